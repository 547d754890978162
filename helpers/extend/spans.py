"""The spans of an article: what is quoted, told or the outlet's own, by whom, what is left out.

All is found by patterns: where they do not reach, a sentence stays whole, and its speaker open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.corpus import Corpus, quotes
from helpers.corpus.quotes import CLOSED_BY
from helpers.extend import layout, speech, subject
from helpers.extend.dated import dates
from helpers.extend.language import Words, guess, words
from helpers.extend.layout import Piece, trim
from helpers.extend.people import UNSPACED, Actor, Cast, Speaker, cast, mentions
from helpers.extend.speech import HIDDEN, MARKS, Frame

UNKNOWN = "speaker-not-found"
ABOVE = 6  # lines at the top that may tell date and author
LABEL = 3  # words before a colon
BESIDE = 8  # words beside who says it that tell when, where, on what occasion
FRAGMENT = 5  # words in quotation marks; fewer, with nobody who says them, are no speech
POINTS = " \t\r\n\u00a0\u202f,.;:–—"
Span = tuple[int, int]


@dataclass
class Reading:
    """An article as a draft reads it."""

    flat: str
    language: str
    cast: Cast
    pieces: list[Piece]
    spans: list[dict] = field(default_factory=list)
    said: list[Speaker] = field(default_factory=list)  # who spoke, in order
    nearby: list[Actor] = field(default_factory=list)  # persons of the sentence before
    spoken: bool = False  # whether somebody is quoted in the sentence before
    utterance: int = 0

    @property
    def words(self) -> Words:
        return self.cast.words


def read(corpus: Corpus, text: str, language: str = "") -> Reading:
    """Read an article.

    Parameters
    ----------
    corpus : Corpus
        Its actors are known.
    text : str
    language : str
        BCP 47 tag; guessed where it is not given.

    Returns
    -------
    Reading
        `spans` has a dict for each claim and each span left out, in order: kind ("claim", or a kind
        of omission), start, end, position, level, voice, speaker (an actor's id; "" for the
        outlet), attribution, candidates (who may speak, where that is open), verb, utterance (a
        number in the article; "" for none).
    """
    flat = layout.joined(text)
    language = language or guess(text)
    known = words(language)
    pieces = list(_with_datelines(flat, layout.pieces(flat), language))
    own = _actors_of(corpus, text)
    out = Reading(flat, language, cast(corpus, flat, known, _family(language), own), pieces)
    speeches = _speeches(flat, out.pieces, known)
    led = False
    for i, piece in enumerate(out.pieces):
        if piece.kind in ("headline", "body", "list"):
            position = "lead" if piece.kind == "body" and not led else piece.kind
            led = led or piece.kind == "body"
            _paragraph(
                out,
                piece,
                position,
                speeches[i],
                open_after=_open(speeches, i, flat),
            )
        else:
            out.spans.append(_left_out(piece.start, piece.end, piece.kind))
    _settle_open(out)
    return out


def _actors_of(corpus: Corpus, text: str) -> set[str]:
    """Who speaks or is mentioned in an article that is in the corpus already."""
    sources = [source for source, known in corpus.texts.items() if known == text]
    claims = corpus.claims[corpus.claims["source_id"].isin(sources)]
    mentioned = corpus.mentions[corpus.mentions["claim_id"].isin(claims["claim_id"])]
    return {*claims["speaker_id"], *mentioned["actor_id"]}


def _family(language: str) -> int:
    """Where the family name stands in a name."""
    return 0 if language in ("hu", "ja", "ko", "zh") else -1


def _with_datelines(flat: str, pieces: list[Piece], language: str) -> Iterator[Piece]:
    """Pieces, with lines at the top that give date or author told from headings."""
    for i, piece in enumerate(pieces):
        line = flat[piece.start : piece.end]
        dated = any(re.fullmatch(r"\d{4}-\d\d-\d\d", d.edtf) for d in dates(line, language))
        top = piece.kind == "heading" and i < ABOVE
        if top and (dated or re.match(r"By [A-Z]", line)):
            piece = piece._replace(kind="boilerplate")
        yield piece


def _speeches(flat: str, pieces: list[Piece], known: Words) -> list[list[Span]]:
    """What is in quotation marks in each piece; a quotation may go on in the next one."""
    out = []
    for i, (_, start, end) in enumerate(pieces):
        found = quotes.quotations(flat, start, end)
        at = max([start, *(b + 1 for _, b in found)])
        mark = quotes.OPENING.search(flat, at, end)
        after = flat[pieces[i + 1].start] if i + 1 < len(pieces) else ""
        goes_on = mark and (after == mark[0] or after in CLOSED_BY[mark[0]])
        if mark and (goes_on or mark[0] in "“„«「"):
            found.append((mark.end(), end))
        out.append([s for s in found if not _is_title(flat, s, known)])
    return out


def _open(speeches: list[list[Span]], i: int, flat: str) -> bool:
    """Whether the last quotation of a piece is not closed in it."""
    if not speeches[i]:
        return False
    end = speeches[i][-1][1]
    return end >= len(flat) or flat[end] not in "".join(CLOSED_BY.values())


def _is_title(flat: str, span: Span, known: Words) -> bool:
    """Whether words in quotation marks are the name of a film, a ship, a programme."""
    before, inside = flat[max(0, span[0] - 40) : span[0] - 1], flat[slice(*span)].strip(" ,.")
    if re.search(r"(?i)\b(?:an?|ein(?:e[mnrs]?)?|une?|un[ao])\s[“\"„«‘']?$", before):
        return False  # a name has no such article before its marks
    if title := re.search(rf"(?i)(?<!\w)({known['title']})\s*$", before):
        return inside[:1].isupper() or bool(re.search("term|word|so-called|slogan|motto", title[1]))
    if re.search(rf"(?:{known['says']})[\s,:]*$", before) and not before.rstrip().endswith(
        "called"
    ):
        return False
    small = rf"(?i){known['of']}|{known['the']}|{known['and']}|\w\w?"
    large = [w for w in inside.split() if not re.fullmatch(small, w)]
    capitals = all(w[0].isupper() or w[0].isdigit() for w in large)
    if before.rstrip().endswith("called"):
        return capitals
    stopped = flat[span[1] - 1] in ",.?!" or before.rstrip().endswith((":", ","))
    return known.known and len(inside.split()) > 1 and capitals and not stopped


def _paragraph(
    out: Reading, piece: Piece, position: str, inside: list[Span], open_after: bool
) -> None:
    """All sentences of a paragraph."""
    first = True
    low = piece.start + (2 if position == "list" else 0)
    for start, end in _sentences(out, low, piece.end):
        own = [(max(a, start), min(b, end)) for a, b in inside if a < end and start < b]
        _sentence(out, (start, end), own, position, first)
        first = False
    if out.spans and open_after:
        out.spans[-1]["goes_on"] = True


def _sentences(out: Reading, start: int, end: int) -> list[Span]:
    """Sentences; who says it, after a question that is quoted, belongs to the question."""
    found: list[Span] = []
    for low, high in quotes.sentences(out.flat, start, end, True, out.language):
        before = out.flat[found[-1][0] : found[-1][1]] if found else ""
        short = len(out.flat[low:high].split()) <= 7 and not re.search(
            f"[{MARKS}]", out.flat[low:high]
        )
        if short and re.search(rf"[?!…][{MARKS}]$", before):
            frames = speech.frames(out.flat[low:high], out.words)
            if frames and frames[0].end >= high - low - 1:
                found[-1] = (found[-1][0], high)
                continue
        found.append((low, high))
    return found


def _masked(flat: str, span: Span, inside: list[Span]) -> str:
    """A sentence with what is quoted hidden."""
    pieces, at = [], span[0]
    for low, high in inside:
        pieces += [flat[at:low], HIDDEN * (high - low)]
        at = high
    return "".join([*pieces, flat[at : span[1]]])


def _sentence(out: Reading, span: Span, inside: list[Span], position: str, first: bool) -> None:
    """A sentence: cut at its frames, each piece with who says it."""
    masked = _masked(out.flat, span, inside)
    found = []
    spoke, bare = None, not re.search(r"\w", re.sub(HIDDEN, "", masked))
    frames = speech.frames(masked, out.words)
    for i, frame in enumerate(frames):
        after = frames[i + 1].start if i + 1 < len(frames) else len(masked)
        known = len(out.cast.actors)
        before = out.flat[: span[0]]
        speaker = subject.who(out.cast, frame.subject, out.said, out.nearby, before)
        quoted = bool(inside) and (frame.place != "before" or HIDDEN in masked[frame.end : after])
        if _holds(frame, speaker, masked, quoted, out.words):
            found.append((frame, speaker))
            out.said.append(speaker)
            spoke = speaker
        else:
            del out.cast.actors[known:]
    if inside and not found:
        spoke = _unframed(out, masked, bare, first)
        long = any(_many(out.flat[a:b], out.words.known) for a, b in inside)
        headline = rf"^[{MARKS}]{HIDDEN}+[{MARKS}]\s?:|:\s[{MARKS}]{HIDDEN}+[{MARKS}]$"
        bare = bare or bool(re.search(headline, masked))
        if not (bare or long or (spoke.actor_id and position != "headline")):
            inside = []
    persons = _persons(out.cast, masked)
    spoken = [a for a in out.cast.actors if spoke and a.actor_id == spoke.actor_id]
    _cut(out, span, masked, found, inside, spoke, position)
    out.spoken = bool(inside)
    if persons or spoken or not bare:
        goes_on = re.match(rf"(?i)\W*(?:{out.words['he']}|{out.words['she']})\b", masked)
        kept = out.nearby if first or goes_on else []
        out.nearby = list(dict.fromkeys([*persons, *spoken])) or kept


def _persons(cast: Cast, masked: str) -> list[Actor]:
    """Persons whom a sentence names; one who only has something, such as "X's lawyer", if alone."""
    named = [(end, a) for _, end, a in mentions(cast, masked) if a.kind == "person"]
    free = [a for end, a in named if not re.match(r"['’]s?\s", masked[end:])]
    return free or [a for _, a in named]


def _many(piece: str, known: bool) -> bool:
    """Whether words are more than a fragment; of writing without spaces, letters count."""
    return len(piece.split()) >= (FRAGMENT if known else 2) or bool(
        UNSPACED.search(piece) and len(piece) > 2 * FRAGMENT
    )


def _holds(frame: Frame, speaker: Speaker, masked: str, quoted: bool, known: Words) -> bool:
    """Whether a frame tells who speaks: in a sentence without a quotation, only in some forms."""
    if not frame.verb:  # only where it stands tells that somebody speaks
        return bool(speaker.actor_id)
    if quoted:
        return True
    that = re.search(rf"(?:{known['that']})[\s,:]*$", masked[frame.start : frame.end])
    someone = rf"(?:{known['he']}|{known['she']}|{known['they']})\s"
    clause = re.match(someone, masked[frame.end :])  # "The league confirmed it had …"
    told = that or clause or frame.place != "before" or re.fullmatch(known["bare"], frame.verb)
    according = re.fullmatch(rf"(?i){known['according']}", frame.verb)
    return bool(speaker.actor_id and (told or according))


def _unframed(out: Reading, masked: str, bare: bool, first: bool) -> Speaker:
    """Who speaks where no verb says so: who spoke before, or the one person who is named."""
    persons = [a.actor_id for *_, a in mentions(out.cast, masked) if a.kind == "person"]
    persons = list(dict.fromkeys(persons))
    last = out.said[-1] if out.said else Speaker("", "inferred")
    near = list(dict.fromkeys(a.actor_id for a in out.nearby))
    if len(persons) == 1:
        chosen = Speaker(persons[0], "inferred")
    elif persons:
        chosen = Speaker("", "inferred", tuple(persons))
    elif bare and not first and not out.spoken and len(near) == 1:
        chosen = Speaker(near[0], "inferred")  # "X put it bluntly. “…”"
    elif bare and not first and last.actor_id:
        chosen = Speaker(last.actor_id, "inferred")
    elif bare and not first and last.candidates:
        chosen = last
    elif bare and out.spans and out.spans[-1].get("goes_on") and out.spans[-1]["voice"] == "direct":
        chosen = Speaker(out.spans[-1]["speaker"], "inferred", out.spans[-1]["candidates"])
    elif bare and len(near) == 1 and near[0] == (last.actor_id or near[0]):
        chosen = Speaker(near[0], "inferred")
    else:
        chosen = Speaker("", "inferred", tuple(near or ([last.actor_id] if last.actor_id else [])))
    if chosen.actor_id and chosen.actor_id != UNKNOWN:
        out.said.append(chosen)
    return chosen


def _cut(
    out: Reading,
    span: Span,
    masked: str,
    found: list[tuple[Frame, Speaker]],
    inside: list[Span],
    spoke: Speaker | None,
    position: str,
) -> None:
    """The pieces of a sentence between its frames, and its frames as what is left out."""
    at = span[0]
    cuts = [
        (f, s) for f, s in found if not (f.place == "within" and not _quoted(inside, span[0], f))
    ]
    starts = [*(span[0] + f.start for f, _ in cuts), span[1]]
    for i, until in enumerate(starts):
        governing = _governing(cuts, i, _quoted_in(inside, at, until))
        verb = governing[0].verb if governing else ""
        speaker = governing[1] if governing else None
        for frame, by in found:
            if (frame, by) not in cuts and at <= span[0] + frame.start < until:
                speaker, verb = by, frame.verb
        _piece(out, (at, until), inside, speaker, spoke, verb, position)
        if i < len(cuts):
            frame = cuts[i][0]
            low, high = trim(out.flat, until, span[0] + frame.end, POINTS + MARKS)
            if high > low:
                out.spans.append(_left_out(low, high, "attribution"))
            at = span[0] + frame.end


def _quoted(inside: list[Span], offset: int, frame: Frame) -> bool:
    return any(b <= offset + frame.start for _, b in inside)


def _quoted_in(inside: list[Span], start: int, end: int) -> bool:
    return any(start <= a and b <= end for a, b in inside)


def _governing(cuts: list, i: int, quoted: bool) -> tuple[Frame, Speaker] | None:
    """The frame that a piece hangs on: after it, if that comes after what is said; or before."""
    if i > 0 and cuts[i - 1][0].place == "before":
        return cuts[i - 1]
    if i < len(cuts) and cuts[i][0].place == "after":
        return cuts[i]
    if i > 0 and (cuts[i - 1][0].place != "after" or quoted):
        return cuts[i - 1]
    return None


def _piece(
    out: Reading,
    span: Span,
    inside: list[Span],
    speaker: Speaker | None,
    spoke: Speaker | None,
    verb: str,
    position: str,
) -> None:
    """A piece between frames: quoted, or told with words quoted in it, or the outlet's own."""
    flat, (start, end) = out.flat, span
    own = [(a, b) for a, b in inside if start <= a and b <= end]
    outside = _masked(flat, span, own).replace(HIDDEN, "")
    rest = re.findall(r"\w+", outside)
    if not own:
        low, high = _unmarked(flat, *trim(flat, start, end, POINTS))
        if spoke and rest and len(rest) <= LABEL and flat[high : high + 1] == ":":
            out.spans.append(_left_out(low, high, "heading"))  # "Ruritania: X said …"
            return
        if high > low and rest:
            beside = (
                spoke and not speaker and len(rest) <= BESIDE and _lead(flat[low:high], out.words)
            )
            told = (
                _left_out(low, high, "attribution")
                if beside
                else _told(out, low, high, position, speaker, verb, rest)
            )
            out.spans.append(told)
        return
    colon = bool(re.search(r":\s*$", flat[start : own[0][0] - 1])) and len(rest) <= BESIDE
    colon = colon and position != "headline"
    who = speaker or spoke or Speaker("", "inferred")
    if colon or _joining(rest, out.words):
        at = start
        for a, b in own:
            _between(out, at, a)
            for saying in _sayings(out, a, b):
                out.spans.append(_spoken(out, *saying, position, who, verb))
            at = b
        _between(out, at, end)
        return
    low, high = _around(flat, start, end, own)
    out.spans.append(_told(out, low, high, position, speaker, verb, rest))
    for a, b in own:
        for saying in _sayings(out, a, b):
            out.spans.append(_spoken(out, *saying, position, who, verb) | {"level": "nested"})


def _unmarked(flat: str, low: int, high: int) -> Span:
    """A piece without the quotation marks that belong to what stands beside it."""
    while low < high and flat[low] in MARKS and not re.match(r"\w", flat[low + 1 : low + 2]):
        low, high = trim(flat, low + 1, high, POINTS)
    while low < high and flat[high - 1] in MARKS and flat[high - 2] in POINTS:
        low, high = trim(flat, low, high - 1, POINTS)
    return low, high


def _lead(piece: str, known: Words) -> bool:
    """Whether words only tell when and where it was said."""
    return bool(re.match(rf"(?i)(?:{known['lead']})\b", piece))


def _joining(rest: list[str], known: Words) -> bool:
    """Whether words say nothing: and, with, that."""
    return len(rest) <= 3 and all(re.fullmatch(known["and"], w.lower()) for w in rest)


def _around(flat: str, start: int, end: int, own: list[Span]) -> Span:
    """A piece without what is around it, but with the marks of its quotations."""
    low, high = trim(flat, start, end, POINTS)
    while low < own[0][0] - 1 and flat[low] in MARKS + POINTS:
        low += 1
    while high > own[-1][1] + 1 and flat[high - 1] in MARKS + POINTS:
        high -= 1
    return min(low, own[0][0]), max(high, own[-1][1])


def _between(out: Reading, start: int, end: int) -> None:
    """Words around a quotation that say nothing of their own."""
    low, high = trim(out.flat, start, end, POINTS + MARKS)
    if high > low and re.search(r"\w", out.flat[low:high]):
        few = _joining(re.findall(r"\w+", out.flat[low:high]), out.words)
        out.spans.append(_left_out(low, high, "connective" if few else "attribution"))


def _sayings(out: Reading, start: int, end: int) -> Iterator[Span]:
    """The sentences of a quotation."""
    for low, high in quotes.sentences(out.flat, start, end, True, out.language):
        low, high = trim(out.flat, low, high, ' \t\r\n\u00a0\u202f,“”"„«»')
        yield (
            (low, high - 1)
            if high - low > 1 and out.flat[high - 1] == "." and high == end
            else (low, high)
        )


def _told(
    out: Reading,
    start: int,
    end: int,
    position: str,
    speaker: Speaker | None,
    verb: str,
    rest: list[str],
) -> dict:
    """Words that are not quoted: a speaker's, the outlet's own, or none that say anything."""
    if _joining(rest, out.words):
        return _left_out(start, end, "connective")
    claim = _claim(start, end, position)
    return claim | _by(out, speaker, verb) | {"voice": "indirect"} if speaker else claim


def _spoken(out: Reading, start: int, end: int, position: str, who: Speaker, verb: str) -> dict:
    return _claim(start, end, position) | _by(out, who, verb) | {"voice": "direct"}


def _by(out: Reading, who: Speaker, verb: str) -> dict:
    """Who speaks, in an utterance of its own where somebody else spoke before."""
    speaker = who.actor_id or UNKNOWN
    last = next((s for s in reversed(out.spans) if s["kind"] == "claim"), {})
    if last.get("speaker") != speaker or not last.get("utterance"):
        out.utterance += 1
    return {
        "speaker": speaker,
        "attribution": who.attribution,
        "candidates": () if who.actor_id else who.candidates,
        "utterance": f"u{out.utterance}",
        "verb": verb,
    }


def _settle_open(out: Reading) -> None:
    """A quotation that goes on in the next paragraph is by whom that one names."""
    claims = [s for s in out.spans if s["kind"] == "claim"]
    for one, two in zip(reversed(claims[:-1]), reversed(claims[1:]), strict=True):
        named = two["voice"] == "direct" and two["speaker"] != UNKNOWN
        if named and one["speaker"] == UNKNOWN and one.get("goes_on"):
            for claim in [c for c in claims if c["utterance"] == one["utterance"]]:
                claim |= {k: two[k] for k in ("speaker", "utterance")} | {"candidates": ()}


def _claim(start: int, end: int, position: str) -> dict:
    said = {"level": "primary", "voice": "outlet", "speaker": "", "attribution": "none"}
    said |= {"candidates": (), "verb": "", "utterance": ""}
    return {"kind": "claim", "start": start, "end": end, "position": position, **said}


def _left_out(start: int, end: int, kind: str) -> dict:
    return {**_claim(start, end, ""), "kind": kind}
