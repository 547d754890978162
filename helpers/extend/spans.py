"""The spans of an article: sentences, quoted speech and its speaker, and what is left out."""

import re
from collections.abc import Iterator

from helpers.corpus import Corpus, quotes

SAYING = (
    r"said|says|stated|states|explained|noted|told|added|emphasi[sz]ed|highlighted|stressed|called"
    r"|announced|warned|argued|claimed|suggested|declared|insisted|denied|replied|asked"
)
WHO_SAID = re.compile(rf"(?P<who>[^,;:]*?(?:,[^,]*,)?[^,;:]*?)\b(?:{SAYING})\b(?:\s+that\b)?")
PAIRS = (("“", "”"), ('"', '"'), ("„", "“"), ("«", "»"))
UNKNOWN = "speaker-not-found"
FRAGMENT = 5  # quoted words fewer than these are a fragment inside a paraphrase


def spans(corpus: Corpus, text: str) -> Iterator[dict]:
    """The spans of an article in order: claims and what is left out.

    Yields
    ------
    dict
        kind ("claim", or a kind of omission), start, end, position, level, voice, speaker (an
        actor's id; "" for the outlet), utterance (a number in the article; "" for none).
    """
    headline, led, seen, utterance = False, False, set(), 0
    for line in re.finditer(r"[^\n]+", text):
        start, end = trim(text, line.start(), line.end())
        piece = text[start:end]
        if not re.search(r"\w", piece):
            continue
        bullet = bool(re.match(r"[•‣*–-]\s", piece))
        if not headline:
            headline = True
            seen.add(piece)
            yield _claim(start, end, "headline")
        elif any(piece in earlier for earlier in seen):
            yield _left_out(start, end, "repetition")
        elif not bullet and _no_sentence(piece):
            yield _left_out(start, end, _kind_of_line(piece))
        else:
            seen.add(piece)
            position = "list" if bullet else "body" if led else "lead"
            led = led or not bullet
            for low, high in quotes.sentences(text, start, end, whole_quotations=True):
                utterance += 1
                yield from _sentence(corpus, text, low, high, position, f"u{utterance}")


def _no_sentence(piece: str) -> bool:
    """Whether a line is short and does not end as a sentence does."""
    return not re.search(r"[.!?…:][”’\"')\]»]*$", piece) and quotes.count(piece) < 12


def _kind_of_line(piece: str) -> str:
    words = re.search(r"[A-Za-zА-я]{4}", piece) and not re.search(r"\d{5}", piece)
    return "heading" if words else "boilerplate"


def _sentence(
    corpus: Corpus, text: str, start: int, end: int, position: str, utterance: str
) -> Iterator[dict]:
    """A sentence: quoted speech apart from who says it, or a paraphrase, or the outlet's own."""
    speech = [(a + start, b + start) for a, b in quoted(text[start:end])]
    long = [s for s in speech if quotes.count(text[slice(*s)]) >= FRAGMENT]
    if long:
        yield from _quotation(corpus, text, (start, end), long, position, utterance)
    else:
        yield from _told(corpus, text, (start, end), speech, position, utterance)


def _quotation(
    corpus: Corpus,
    text: str,
    whole: tuple[int, int],
    speech: list[tuple[int, int]],
    position: str,
    utterance: str,
) -> Iterator[dict]:
    """A sentence with quoted speech: each sentence quoted, and what stands around."""
    at, end = whole
    bounds = [at, *(i for span in speech for i in span), end]
    outside = " ".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    who = speaker_in(corpus, outside) or UNKNOWN
    said = {"voice": "direct", "speaker": who, "utterance": utterance}
    for a, b in speech:
        yield from _outside(text, at, a, position)
        for low, high in quotes.sentences(text, a, b):
            low, high = trim(text, low, high, ' \t,"“”„«»')
            yield _claim(low, high, position) | said
        at = b
    yield from _outside(text, at, end, position)


def _told(
    corpus: Corpus,
    text: str,
    whole: tuple[int, int],
    speech: list[tuple[int, int]],
    position: str,
    utterance: str,
) -> Iterator[dict]:
    """A paraphrase apart from its speaker, or the outlet's own sentence; words quoted in it."""
    start, end = whole
    said = WHO_SAID.match(text[start:end])
    speaker = speaker_in(corpus, said["who"]) if said else None
    if said and speaker and start + said.end() < end - 3:
        low, high = trim(text, start + said.end(), end, " \t,.:")
        yield _left_out(start, start + said.end(), "attribution")
        told = {"voice": "indirect", "speaker": speaker, "utterance": utterance}
        yield _claim(low, high, position) | told
    else:
        low, high = trim(text, start, end, " \t.•‣*")
        yield _claim(low, high, position)
    who = speaker or speaker_in(corpus, text[start:end]) or UNKNOWN
    own = {"level": "nested", "voice": "direct", "speaker": who, "utterance": utterance}
    for a, b in speech:
        if low <= a and b <= high and (a, b) != (low, high):
            yield _claim(a, b, position) | own


def _outside(text: str, start: int, end: int, position: str) -> Iterator[dict]:
    """What stands around quoted speech: who says it, or a claim of the outlet."""
    start, end = trim(text, start, end, ' \t.,"“”„«»:')
    piece = text[start:end]
    if re.search(r"\w", piece):
        short = re.search(rf"\b(?:{SAYING})\b", piece) and quotes.count(piece) < 14
        yield _left_out(start, end, "attribution") if short else _claim(start, end, position)


def quoted(piece: str) -> list[tuple[int, int]]:
    """Words in quotation marks, without the marks."""
    found: list[tuple[int, int]] = []
    for left, right in PAIRS:
        for match in re.finditer(f"{left}([^{left}{right}]+){right}", piece):
            span = trim(piece, match.start(1), match.end(1), " ,.")
            if not any(span[0] < b and a < span[1] for a, b in found) and span[1] > span[0]:
                found.append(span)
    return sorted(found)


def named(corpus: Corpus, piece: str) -> list[str]:
    """Known actors whose name, short name or other name stands in a piece of text."""
    out = []
    for r in corpus.actors.itertuples():
        names = [n for n in (r.name, r.short_name, *r.also_named.split("|")) if n]
        if any(quotes.finder(n)(piece) for n in names):
            out.append(r.actor_id)
    return out


def speaker_in(corpus: Corpus, piece: str) -> str | None:
    """The person that a piece of text names, by name or by office."""
    persons = corpus.actors[corpus.actors["kind"] == "person"]
    by_name = [a for a in named(corpus, piece) if a in set(persons["actor_id"])]
    if by_name:
        return by_name[0]
    low = piece.lower()
    return next(
        (r.actor_id for r in persons.itertuples() if r.role and r.role.lower() in low), None
    )


def trim(text: str, start: int, end: int, marks: str = " \t\r\u00a0") -> tuple[int, int]:
    """A span without the marks at its ends."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def _claim(start: int, end: int, position: str) -> dict:
    said = {"level": "primary", "voice": "outlet", "speaker": "", "utterance": ""}
    return {"kind": "claim", "start": start, "end": end, "position": position, **said}


def _left_out(start: int, end: int, kind: str) -> dict:
    return {**_claim(start, end, ""), "kind": kind}
