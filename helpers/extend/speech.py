"""Who says what in a sentence: the verb of saying, its subject, and where both stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.extend.language import Words
from helpers.extend.people import Actor, Cast, Speaker, by_office, mentions, runs

HIDDEN = "\ue000"  # stands for what is in quotation marks
MARKS = "“”„«»‹›‚‘’「」『』\"'"
LEAD = 8  # words before a subject that still belong to who says it


class Frame(NamedTuple):
    """A verb of saying with its subject: what stands there says who speaks, and nothing else."""

    start: int
    end: int
    subject: str
    verb: str
    place: str  # "before" what is said, "after" it, or "within"


def frames(masked: str, words: Words) -> list[Frame]:
    """All frames of a sentence whose quotations are hidden, in order."""
    says, saying = words["says"], words["saying"]
    found: list[Frame] = []
    pattern = rf"(?<![\w’'-])(?:(?P<says>{says})|(?P<saying>{saying}))(?![\w’'])"
    for verb in re.finditer(pattern, masked):
        if found and verb.start() < found[-1].end:
            continue
        frame = _by(masked, verb, words) or (
            _participle(masked, verb, found, words)
            if verb["saying"]
            else _frame(masked, verb, found, words)
        )
        if frame:
            found.append(frame)
    for frame in _according(masked, words):
        if not any(f.start < frame.end and frame.start < f.end for f in found):
            found.append(frame)
    return sorted(found)


def _ends(masked: str, verb: re.Match, words: Words) -> int:
    """Where what is said begins, after a verb: after to whom, when, where, and "that"."""
    verb_end = verb.end()
    rest = masked[verb_end:]
    stop = rf"(?=\s*(?:[,:;.{MARKS}{HIDDEN}]|$))"
    when = rf"(?:\s+(?:{words['lead']}|{words['of']})\s[^,:;.{HIDDEN}“\"«„]{{1,70}}?)"
    whom = r"(?:\s+(?:[a-z]+|(?:the|an?) [a-z]+|(?:[A-Z][\w-]+ ?){1,3}))"
    if not re.fullmatch(words["tells"], verb[0]):
        whom = r"(?:\s+\b\B)"
    that = rf",?\s+(?:{words['that']})(?!\w)|,?\s*(?:{words['that']})(?=[{MARKS}])"
    for tail in ("", when, whom, whom + when):
        if m := re.match(rf"{tail}(?:{that})[\s,:]*", rest):
            return verb_end + m.end()
    for tail in (when, whom, whom + when):
        if m := re.match(rf"{tail}{stop}\s*[,:]?\s*", rest):
            return verb_end + m.end()
    m = re.match(r"\s*[,:]?\s*", rest)
    return verb_end + (m.end() if m else 0)


def _frame(masked: str, verb: re.Match, found: list[Frame], words: Words) -> Frame | None:
    """The frame of a finite verb: its subject stands right before it, or right after it."""
    low = max([0, *(f.end for f in found)])
    low = max(
        low,
        *(
            m.end()
            for m in re.finditer(rf"[;:–—]|\s-\s|{HIDDEN}[{MARKS}]*", masked[: verb.start()])
        ),
        0,
    )
    left = masked[low : verb.start()]
    quoted_before = low > 0 and HIDDEN in masked[max(0, low - 3) : low]
    bare = re.sub(rf"^[\s,.{MARKS}–—-]+|[\s,–—-]+$", "", left)
    after_comma = bool(re.search(r",\s*[–—-]?\s*$", left))
    if not bare or (after_comma and _subject_after(masked, verb, left, words)):
        subject, end = _right(masked, verb.end(), words)
        if inner := re.search(rf"-({words['he']}|{words['she']})\s", verb[0]):  # a-t-il dit
            subject, end = inner[1], verb.end()
        if not subject and found:
            subject = found[-1].subject
        start = verb.start() if bare else low + len(left) - len(left.lstrip(" ,–—-"))
        place = "after" if bare or quoted_before or low > 0 else "before"
        if not subject and low == 0 and re.fullmatch(words["dropped"], verb[0]):
            return Frame(start, _ends(masked, verb, words), "", verb[0], "before")
        return Frame(start, end, subject, verb[0], place) if subject else None
    subject, start = _left(left, words)
    if not subject and found:
        subject = found[-1].subject
    start += low
    end = _ends(masked, verb, words)
    preceded = re.search(rf"[\w{HIDDEN}][{MARKS}]*,?[{MARKS}]*\s*[–—-]?\s*$", masked[:start])
    comma = re.search(rf"[,{HIDDEN}{MARKS}–—-]\s*$", masked[:start])
    closes = re.match(r"[\s.]*$", masked[end:])
    stopped = masked[verb.end() : end].rstrip().endswith(",")
    stopped = stopped and (quoted_before or masked[end : end + 1] not in MARKS)
    place = "before"
    if preceded and comma and closes:
        place = "after"
    elif (
        preceded and comma and stopped and not re.search(rf"(?:{words['that']})\W*$", masked[:end])
    ):
        place = "after" if quoted_before else "within"
    return Frame(start, end, subject, verb[0], place)


def _subject_after(masked: str, verb: re.Match, left: str, words: Words) -> bool:
    """Whether it is not what stands before a verb, but somebody right after it, who speaks."""
    if not re.fullmatch(words["inverts"], verb[0]) or re.search(rf",\s*(?:{words['who']})\s", left):
        return False
    after = masked[verb.end() : verb.end() + 60]
    somebody = rf"(?:{words['office']}|{words['body']}|{words['group']})(?!\w)"
    office = rf"\s+(?:(?i:{words['the']})\s+(?:[\w-]+\s+)?)?{somebody}"
    name = r"\s+[^\W\d_a-z][\w’'-]+(?:\s[A-Z]|[,.]|\s*$)"
    return bool(re.match(rf"{office}|{name}", after))


def _right(masked: str, at: int, words: Words) -> tuple[str, int]:
    """A subject after its verb, and where the frame ends."""
    rest = masked[at:]
    m = re.match(rf"\s*([^.;:{HIDDEN}“\"«„]*)", rest)
    phrase = m[1] if m else ""
    phrase = re.split(rf"(?i),?\s(?:{words['who']})\s", phrase)[0]
    named = re.split(rf",| (?i:{words['lead']}) ", f" {phrase}")[0].strip()
    if not named or not re.match(r"[\w’'-]", named):
        return "", at
    whole = re.match(rf"[^.;:{HIDDEN}“\"«„]*", rest)
    text = whole[0] if whole else ""
    that = re.search(rf"(?:,\s*)?\b(?:{words['that']})(?!\w)|,\s+(?:{words['saying']})\b", text)
    return phrase.strip(" ,"), at + (that.start() if that else len(text.rstrip(f" ,{MARKS}–—-")))


def _left(left: str, words: Words) -> tuple[str, int]:
    """The subject before a verb, and where the frame begins in what stands before it."""
    who = re.search(rf"(?:^|[\s,])(?:{words['who']})\s+([^,]*)$", left)
    if who:
        before = left[: who.start()].strip(" ,")
        inner = who[1].strip()
        if inner and not _only_adverbs(inner):
            return inner, who.start(1)
        return _head(before, words), who.start() + 1
    joined = re.search(r"(?:^|[\s,])(?:and|but|then|et|und|y|e|и|i|dhe|és)\s+(?:\w+ly\s+)?$", left)
    subject = _head(left, words)
    if joined:
        return subject, joined.start() + 1
    own = left.rfind(",") + 1
    if left[own:].strip() and subject == left[own:].strip(" –—-.”’»\"'"):
        lead = left[:own].strip()
        if lead and (
            not re.match(rf"(?i)[\s,]*(?:{words['lead']})\b", lead) or len(lead.split()) > LEAD
        ):
            return subject, own
    return subject, len(left) - len(left.lstrip(" ,.”’»\"'–—-"))


def _only_adverbs(phrase: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:(?:has|had|have|also|later|earlier|then|once|previously|\w+ly)\s*)+", phrase
        )
    )


def _head(left: str, words: Words) -> str:
    """The subject of a clause, with what stands beside it: no lead-in, no relative clause."""
    left = re.sub(r"\([^)]*\)", " ", left)
    left = re.sub(rf",\s*(?:{words['who']})\s[^,]*(?:,|$)", ", ", left)
    parts = [p.strip(" –—-.”’»\"'") for p in left.split(",")]
    parts = [p for p in parts if re.search(r"\w", p)]
    kept = [p for p in parts if not re.match(rf"(?i:{words['lead']})\b", p)]
    if kept and kept[-1] == parts[-1] and not left.rstrip().endswith(","):
        return kept[-1]  # what stands beside a subject would end in a comma
    if kept:
        return ", ".join(kept)
    if not parts:
        return ""
    # "On Monday the minister": what follows the words of time
    last = runs_last(parts[-1], words)
    return last


def runs_last(part: str, words: Words) -> str:
    """The last noun phrase of a lead-in that no comma ends."""
    m = re.search(r"\s((?:the|an?|his|her|its)\s+[a-z][\w\s]*)$", part)
    if m:
        return m[1]
    found = list(runs(part))
    if found and found[-1].end >= len(part) - 12:
        return part[found[-1].start :]
    pronoun = re.search(rf"\b((?:{words['he']}|{words['she']}|{words['they']}))\s*(?:\w+)?$", part)
    return pronoun[1] if pronoun else ""


def _participle(masked: str, verb: re.Match, found: list[Frame], words: Words) -> Frame | None:
    """A participle has the subject of the verb before it, or of its sentence."""
    clause = re.split(r"[;:–—]|\s-\s", masked[: verb.start()])[-1]
    subject = found[-1].subject if found else _head(clause, words)
    if HIDDEN in subject or not subject:
        return None
    start = verb.start()
    if m := re.search(r"(?:,\s*)?(?:and|while|also)?\s*$", masked[:start]):
        start = m.start()
    return Frame(start, _ends(masked, verb, words), subject, verb[0], "before")


def _by(masked: str, verb: re.Match, words: Words) -> Frame | None:
    """Described by X as …: the subject of a passive."""
    m = re.match(
        r"\s+by\s+((?:[\w’'-]+\s?){1,7}?)(?=\s*(?:,|\bas\b|$|[.“\"‘'«]))", masked[verb.end() :]
    )
    if not m or not verb["says"]:
        return None
    end = verb.end() + m.end()
    as_ = re.match(r"\s*as\s+(?=[“\"‘'«])", masked[end:])
    return Frame(verb.start(), end + (as_.end() if as_ else 0), m[1].strip(), verb[0], "before")


def _according(masked: str, words: Words) -> Iterator[Frame]:
    """According to X."""
    for m in re.finditer(rf"(?i)(?<!\w)(?:{words['according']})\s+([^,.;:{HIDDEN}“\"«„]+)", masked):
        name = m[1].strip()
        at_start = not re.search(r"\w", masked[: m.start()])
        yield Frame(
            m.start(), m.end(), name, m[0].split(m[1])[0].strip(), "before" if at_start else "after"
        )


def who(cast: Cast, subject: str, said_before: list[Speaker], nearby: list[Actor]) -> Speaker:
    """The actor that a subject means.

    Parameters
    ----------
    cast : Cast
    subject : str
        As a frame has it.
    said_before : list of Speaker
        Who spoke so far, the last one last.
    nearby : list of Actor
        Persons named in the sentence before.
    """
    words = cast.words
    first = re.sub(rf"^(?:(?i:{words['and']})\s+)?", "", subject.strip())
    for pronoun in ("he", "she", "they"):
        if re.match(rf"(?i:{words[pronoun]})(?:\s|$)", first):
            return _pronoun(cast, pronoun, said_before, nearby)
    if not first:
        return _pronoun(cast, "he or she", said_before, nearby)
    head = _np(first, words)
    found = [
        (s, e, a)
        for s, e, a in mentions(cast, head)
        if not re.match(r"['’]s?\b|['’](?=\s)", head[e:])
        and not re.search(
            rf"(?:^|\s)(?i:{words['of']})(?:\s(?i:{words['the']}))?(?:\s(?i:{words['office']}))?\s$",
            head[:s],
        )
        and a.kind != "outlet"
    ]
    persons = list(dict.fromkeys(a.actor_id for *_, a in found if a.kind == "person"))
    offices = re.search(rf"(?i)(?<!\w)(?:{words['office']})(?!\w)", head)
    if re.search(r"\w\s(?:and|und|et|y|e)\s", head) and len(persons) > 1:
        return Speaker("", "inferred", tuple(persons))
    if persons:
        return Speaker(persons[0], "explicit")
    if offices:
        return _office(cast, head, first, said_before)
    if found:
        return Speaker(found[0][2].actor_id, "explicit")
    return _other(cast, head, first, said_before)


def _np(subject: str, words: Words) -> str:
    """A subject up to its own comma or to a verb of another kind."""
    head = subject.split(",")[0]
    cut = re.search(
        rf"\s(?:{words['says']}|is|was|are|were|has|had|have|will|would|[a-z]+ed|{words['who']})(?!\w)",
        head,
    )
    return head[: cut.start()] if cut and cut.start() > 1 else head


def _office(cast: Cast, head: str, subject: str, said_before: list[Speaker]) -> Speaker:
    """A person told by an office: one that is known, a name beside it, or somebody new."""
    words = cast.words
    honour = rf"\s*(?:(?:{words['office']}|{words['mr']}|{words['ms']})\.?\s*)*"
    for part in subject.split(",")[1:]:
        for start, _, actor in mentions(cast, part):
            if actor.kind == "person" and re.fullmatch(honour, part[:start]):
                # "a spokesman for the minister, X": which of both is X?
                both = len(re.findall(rf"(?i)(?<!\w)(?:{words['office']})(?!\w)", head)) > 1
                among = re.search(rf"\s(?:{words['of']})\s", head) and both
                return (
                    Speaker("", "inferred", (actor.actor_id,))
                    if among
                    else Speaker(actor.actor_id, "explicit")
                )
    definite = not re.match(r"(?i)(?:an?|another|one)\s", head)
    known = by_office(cast, head) if definite else []
    if len(known) == 1:
        long = len(re.findall(r"\w{4,}", head)) > 1
        return Speaker(known[0].actor_id, "explicit" if long else "inferred")
    if known:
        spoke = [s.actor_id for s in said_before[-1:] if s.actor_id in {a.actor_id for a in known}]
        if spoke:
            return Speaker(spoke[0], "inferred")
        return Speaker("", "inferred", tuple(a.actor_id for a in known))
    name = re.sub(rf"^(?i:{words['the']})\s+", "", head).strip()
    name = re.split(r"\s(?:on|in|at|during|after|before)\s(?![A-Z]\w+$)", name)[0]
    return Speaker(cast.add(name, "person", "").actor_id, "explicit")


def _other(cast: Cast, head: str, subject: str, said_before: list[Speaker]) -> Speaker:
    """A body or a group: one that is known, or a new one."""
    words = cast.words
    bare = re.sub(rf"^(?i:{words['the']})\s+", "", head).strip()
    body = re.search(rf"(?i)(?<!\w)(?:{words['body']})(?!\w)", bare)
    known = [a for a in cast.actors if a.kind in ("organisation", "state", "group")]
    if (
        body
        and not any(w[0].isupper() for w in bare.split()[1:] or [" "])
        and not bare[0].isupper()
    ):
        same = [a for a in known if body[0].lower() in a.name.lower()]
        if same:
            return Speaker(same[-1].actor_id, "inferred")
    cut = re.split(r"\s(?:on|in|at|during|after|before|as|ce|am|le)\s", bare)[0]
    if re.fullmatch(rf"(?i:{words['group']})", cut):
        return Speaker(cast.add(cut, "group").actor_id, "explicit")
    named = [r for r in runs(cut, joining=True) if not r.possessive]
    if named:
        name = named[0].name
        many = len(named[0].words) in (2, 3) and not body and "&" not in name
        person = many and not re.match(r"(?i)(?:the|an?)\s", head) and named[0].end >= len(cut) - 1
        kind = "person" if person else "organisation"
        return Speaker(cast.add(name, kind).actor_id, "explicit")
    if body:
        return Speaker(cast.add(bare, "organisation").actor_id, "explicit")
    if re.search(rf"(?i)(?<!\w)(?:{words['group']})(?!\w)", cut) and len(cut.split()) <= 6:
        return Speaker(cast.add(cut, "group").actor_id, "explicit")
    return Speaker("", "inferred", tuple(s.actor_id for s in said_before[-1:] if s.actor_id))


def _pronoun(cast: Cast, pronoun: str, said_before: list[Speaker], nearby: list[Actor]) -> Speaker:
    """Whom a pronoun means: who spoke last, or the only one who was named since."""
    kinds = {a.actor_id: a.kind for a in cast.actors}
    other = {"he": "she", "she": "he"}.get(pronoun, "")
    plural = pronoun == "they"

    def fits(actor_id: str) -> bool:
        person = kinds.get(actor_id) == "person"
        return (
            bool(actor_id)
            and person != plural
            and (not other or cast.said_he.get(actor_id) != other)
        )

    near = list(dict.fromkeys(a.actor_id for a in nearby if fits(a.actor_id)))
    last = next((s.actor_id for s in reversed(said_before) if fits(s.actor_id)), "")
    if len(near) == 1 or (not near and last):
        chosen = near[0] if near else last
    elif last in near:
        chosen = last
    else:
        fitting = [a.actor_id for a in cast.actors if fits(a.actor_id) and a.new]
        return Speaker("", "inferred", tuple(near or fitting[:3]))
    if other:
        cast.said_he.setdefault(chosen, pronoun)
    return Speaker(chosen, "inferred")
