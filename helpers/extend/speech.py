"""The frames of a sentence: a verb of saying with its subject, and where both stand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.extend.language import NEVER, Words
from helpers.extend.people import runs

HIDDEN = "\ue000"  # stands for what is in quotation marks
MARKS = "“”„«»‹›‚‘’「」『』\"'"
JOINT = "and|but|while|und|aber|et|mais|y|pero|e|ma|и|а|али|i|ali|dhe|por|és"
NEW = "and|but|while|whereas"  # after a comma, a clause with a subject of its own
CLAUSE = (  # words of a clause: then what begins with "on" or "in" is more than a time or place
    "it|he|she|they|we|there|had|has|have|was|were|is|are|would|will|could|can|must|did|may|should"
)
ADVERBS = r"has|had|have|also|later|earlier|then|once|since|already|just|\w+ly"  # before a verb
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
        passive = re.search(
            r"\b(?:is|was|are|were|be|been|being) (?:\w+ly )?$", masked[: verb.start()]
        )
        frame = _by(masked, verb, words) or (
            None
            if passive
            else _participle(masked, verb, found, words)
            if verb["saying"]
            else _frame(masked, verb, found, words)
        )
        if frame:
            found.append(frame)
    for frame in _according(masked, words):
        if not any(f.start < frame.end and frame.start < f.end for f in found):
            found.append(frame)
    return sorted(found) or list(_without_verb(masked, words))


def _without_verb(masked: str, words: Words) -> Iterator[Frame]:
    """A frame whose verb is not among those known: who it is shows where it stands."""
    quote = rf"[{MARKS}]\s?{HIDDEN}+\s?[{MARKS}]"
    if m := re.match(rf"([^:{HIDDEN}]{{1,160}}):\s*(?={quote})", masked):
        yield Frame(0, m.end(), _first(m[1], words), "", "before")  # "X was blunt: “…”"
    m = re.match(rf"\s*{quote}\s*[,–—-]{{0,2}}\s*", masked)
    tail = masked[m.end() :].rstrip(". ") if m and words.known else ""
    if not m or not tail[:1].isalpha() or HIDDEN in tail or len(tail.split()) > 14:
        return
    first = tail.split()[0]
    if first.islower() and not re.fullmatch(
        rf"{words['the']}|{words['and']}|{words['lead']}", first
    ):
        yield Frame(m.end(), m.end() + len(tail), tail[len(first) :].strip(), first, "after")
    elif verb := re.search(r"\s((?:[a-z]+ed|[a-z]+s))(?=$|\s|,)", tail):
        subject = tail[: verb.start()]
        somebody = rf"the|an?|{words['he']}|{words['she']}|{words['they']}"
        if not re.match(rf"(?:{somebody})\b|[^\W\d_a-z]", subject):
            return
        yield Frame(m.end(), m.end() + len(tail), subject, verb[1], "after")


def _first(clause: str, words: Words) -> str:
    """Who a clause before a colon is about: after what leads in, or in it: "For X, it is easy"."""
    if whose := re.match(r"(?:For|Für|Pour|Para|Per)\s+([^,]+),", clause):
        return whose[1]
    clause = re.sub(rf",\s*(?:{words['who']})\s[^,]*(?:,|$)", ", ", clause)
    parts = [p.strip() for p in clause.split(",") if re.search(r"\w", p)]
    kept = [p for p in parts if not re.match(rf"(?i:{words['lead']})\b", p)]
    return ", ".join(kept) or _head(clause, words)


def _ends(masked: str, verb: re.Match, words: Words) -> int:
    """Where what is said begins, after a verb: after to whom, when, where, and "that"."""
    verb_end = verb.end()
    rest = masked[verb_end:]
    stop = rf"(?=\s*(?:[,:;.{MARKS}{HIDDEN}]|$))"
    told = rf"(?:\s+(?:{words['lead']}|{words['of']})\s[^,:;.{HIDDEN}“\"«„]{{1,70}}?)"
    when = rf"(?:(?![^,:;.{HIDDEN}“\"]*?\b(?:{CLAUSE})\b){told})"
    whom = r"(?:\s+(?:(?:the|an?|his|her|their)\s+)?[\w’'-]+(?:\s+[\w’'-]+){0,3}?)"
    if not re.fullmatch(words["tells"], verb[0]):
        whom = r"(?:\s+\b\B)"
    that = rf",?\s+(?:{words['that']})(?!\w)|,?\s*(?:{words['that']})(?=[{MARKS}])"
    for tail in ("", told, whom, whom + told):
        if m := re.match(rf"{tail}(?:{that})[\s,:]*", rest):
            return verb_end + m.end()
    for tail in (when, whom, whom + when):
        if m := re.match(rf"{tail}{stop}\s*[,:]?\s*", rest):
            return verb_end + m.end()
    m = re.match(r"\s*[,:]?\s*", rest)
    return verb_end + (m.end() if m else 0)


def _frame(masked: str, verb: re.Match, found: list[Frame], words: Words) -> Frame | None:
    """The frame of a finite verb: its subject stands right before it, or right after it."""
    low, joint = _clause(masked, verb.start(), found)
    left = masked[low : verb.start()]
    quoted_before = low > 0 and HIDDEN in masked[max(0, low - 3) : low]
    bare = re.sub(rf"^[\s,.{MARKS}–—-]+|[\s,–—-]+$", "", left)
    after_comma = bool(re.search(r",\s*[–—-]?\s*$", left))
    if not bare or (after_comma and _subject_after(masked, verb, left, words)):
        subject, end = _right(masked, verb.end(), words)
        if inner := re.search(rf"-({words['he']}|{words['she']})(?:\s|$)", verb[0]):  # a-t-il dit
            subject, end = inner[1], verb.end()
        if not subject and found:
            subject = found[-1].subject
        start = verb.start() if bare else low + len(left) - len(left.lstrip(" ,–—-"))
        place = "after" if bare or quoted_before or low > 0 else "before"
        if not subject and low == 0 and re.fullmatch(words["dropped"], verb[0]):
            return Frame(start, _ends(masked, verb, words), "", verb[0], "before")  # dropped
        return Frame(start, end, subject, verb[0], place) if subject else None
    subject, start = _left(left, words)
    if found and (not subject or re.search(r"\b(?:and|but)\s+(?:\w+ly\s+)?$", left)):
        subject = found[-1].subject
    if not subject:
        return None
    start = joint if start == 0 else start + low
    end = _ends(masked, verb, words)
    preceded = re.search(rf"[\w{HIDDEN}][{MARKS}]*,?[{MARKS}]*\s*[–—-]?\s*$", masked[:start])
    comma = re.search(rf"[,{HIDDEN}{MARKS}–—-]\s*$", masked[:start])
    closes = re.match(r"[\s.]*$", masked[end:])
    stopped = masked[verb.end() : end].rstrip().endswith(",")
    few = len(masked[:start].split()) <= 4  # "The offer, he stressed, “speaks for itself”"
    stopped = stopped and (quoted_before or few or masked[end : end + 1] not in MARKS)
    place = "before"
    if preceded and comma and closes:
        place = "after"
    elif (
        preceded and comma and stopped and not re.search(rf"(?:{words['that']})\W*$", masked[:end])
    ):
        place = "after" if quoted_before else "within"
    return Frame(start, end, subject, verb[0], place)


def _clause(masked: str, end: int, found: list[Frame]) -> tuple[int, int]:
    """Where the clause of a verb begins, without and with the word that joins it."""
    low = max([0, *(f.end for f in found)])
    for m in re.finditer(rf"[;:–—]|\s-\s|{HIDDEN}[{MARKS}]*", masked[:end]):
        low = max(low, m.end())
    joint = low
    for m in re.finditer(rf",\s+(?:{NEW})\s+(?=\S)", masked[:end]):
        low, joint = max(low, m.end()), m.start() if m.end() > low else joint
    return low, joint


def _subject_after(masked: str, verb: re.Match, left: str, words: Words) -> bool:
    """Whether it is not what stands before a verb, but somebody right after it, who speaks."""
    if not re.fullmatch(words["inverts"], verb[0]) or re.search(rf",\s*(?:{words['who']})\s", left):
        return False
    beside = left.rstrip(" ,").split(",")[1:]  # "X, a politician, said the council …"
    if beside and re.match(rf"\s*(?i:{words['the']}|{words['office']})\s", beside[-1]):
        return False
    after = masked[verb.end() : verb.end() + 60]
    somebody = rf"(?i:{words['office']}|{words['body']}|{words['group']})(?!\w)"
    office = rf"\s+(?:(?i:{words['the']})\s+(?:[\w-]+\s+)?)?{somebody}"
    name = r"\s+[^\W\d_a-z][\w’'-]+(?:\s[A-Z]|[,.]|\s*$)"
    pronoun = rf"\s+(?:{words['he']}|{words['she']}|{words['they']})(?!\w)"
    if words["nouns"] != NEVER and re.match(pronoun, after):
        return True  # "…, sagte sie"
    return bool(re.match(rf"{office}|{name}", after))


def _right(masked: str, at: int, words: Words) -> tuple[str, int]:
    """A subject after its verb, and where the frame ends."""
    rest = masked[at:]
    m = re.match(rf"\s*([^.;:{HIDDEN}“\"«„]*)", rest)
    phrase = re.sub(rf"\s(?:{words['particle']})\W*$", "", m[1]) if m else ""
    phrase = re.split(rf"(?i),?\s(?:{words['who']})\s", phrase)[0]
    named = re.split(rf",| (?i:{words['lead']}) ", f" {phrase}")[0].strip()
    if not named or not re.match(r"[\w’'-]", named):
        return "", at
    whole = re.match(rf"[^.;:{HIDDEN}“\"«„]*", rest)
    text = whole[0] if whole else ""
    goes_on = rf",\s+(?:{words['saying']}|{JOINT})\b"  # with what is told besides
    that = re.search(rf"(?:,\s*)?\b(?:{words['that']})(?!\w)|{goes_on}", text)
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
        return subject, joined.start() + (left[joined.start()] in " ,")
    own = left.rfind(",") + 1
    if left[own:].strip() and subject == left[own:].strip(" –—-.”’»\"'"):
        lead = left[:own].strip()
        if lead and (
            not re.match(rf"(?i)[\s,]*(?:{words['lead']})\b", lead) or len(lead.split()) > LEAD
        ):
            return subject, own
    return subject, len(left) - len(left.lstrip(" ,.”’»\"'–—-"))


def _only_adverbs(phrase: str) -> bool:
    return bool(re.fullmatch(rf"(?:(?:{ADVERBS})\s*)+", phrase))


def _head(left: str, words: Words) -> str:
    """The subject of a clause, with what stands beside it: no lead-in, no relative clause."""
    left = re.sub(r"\([^)]*\)", " ", left)
    left = re.sub(rf"(?<=\W)(?:(?:{ADVERBS})\s+)+$", "", left)
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
    after = rf"(?i:{words['lead']})\s+(?:[\w’']+\s+){{1,3}}?"
    first = rf"(?i:{words['the']}|{words['he']}|{words['she']}|{words['they']})(?:\s|$)|[^\W\d_a-z]"
    m = re.match(rf"{after}((?:{first}).*)", parts[-1])
    return m[1] if m else ""


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
        name, end = m[1].strip(), m.end()
        beside = re.match(r",\s+[^\W\d_a-z][^,.;:]*(?=,)", masked[end:])
        if beside and re.search(rf"(?i)(?<!\w)(?:{words['office']})$", name):
            end += beside.end()  # "according to the engineer, X, the gates …"
            name += beside[0]
        at_start = not re.search(r"\w", masked[: m.start()])
        verb, place = m[0].split(m[1])[0].strip(), "before" if at_start else "after"
        if at_start and not re.search(rf"[\w{HIDDEN}]", masked[end:]):
            place = "within"  # no comma tells the name from what is told
            name = next((r.name for r in runs(name)), "")
        yield Frame(m.start(), end, name, verb, place)
