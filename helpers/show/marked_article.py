"""An article as HTML with notes in its margin: who speaks, how, and the codes in words."""

from itertools import groupby

from markupsafe import Markup

from helpers.charts import style
from helpers.corpus import Corpus, quotes
from helpers.corpus.schema import (
    ARGUABLE,
    DIRECT,
    EDITORIAL,
    HEADLINE,
    INDIRECT,
    NESTED,
    OUTLET,
    REJECTS,
    SPEAKING,
)
from helpers.show.html import quotable, render

FOLDED = {"boilerplate", "repetition"}
GROUND, THIN = "#e7e9ec", "1px solid #8a9097"
# How each voice looks and is called in the margin; colour is left to the sides of a dispute.
UPRIGHT = f"color:{style.INK};font-style:normal"
LOOKS = {
    DIRECT: (f"{UPRIGHT};background-color:{GROUND}", "quoted"),
    INDIRECT: (f"color:{style.INK};font-style:italic", "paraphrased"),
    OUTLET: (UPRIGHT, "the outlet"),
    EDITORIAL: (f"{UPRIGHT};border:{THIN}", "the editor"),
}
INSIDE = f";border-bottom:{THIN}"  # a claim inside another
Span = tuple[int, int, dict]  # start, end, and the claim or omission that stands there


def article(corpus: Corpus, source_id: str) -> Markup:
    """The article with a note on each claim beside its paragraph; claims keep their ids as HTML."""
    if source_id not in corpus.texts:
        raise ValueError(f"no article {source_id}; there are {', '.join(corpus.texts)}")
    book = corpus.codebook.set_index("code").to_dict("index")
    claims = [r for r in quotable(corpus).values() if r["source_id"] == source_id]
    doubts = _doubts(corpus)
    noted = [_noted(r, book, doubts) for r in claims]
    omissions = corpus.omissions[corpus.omissions["source_id"] == source_id].to_dict("records")
    return render(
        "article.html",
        looks={how: look for voice, (look, how) in LOOKS.items() if _has(claims, "voice", voice)},
        inside=INSIDE.lstrip(";") if _has(claims, "level", NESTED) else "",
        disputes=_disputes(book, noted),
        blocks=_blocks(corpus.texts[source_id], _spans(noted, omissions)),
    )


def _has(claims: list[dict], column: str, value: str) -> bool:
    return any(r[column] == value for r in claims)


def _doubts(corpus: Corpus) -> set[tuple[str, str]]:
    """Claims and codes whose coding is arguable."""
    doubted = corpus.codings[corpus.codings["certainty"] == ARGUABLE]
    return set(zip(doubted["claim_id"], doubted["code"], strict=True))


def _noted(claim: dict, book: dict[str, dict], doubts: set[tuple[str, str]]) -> dict:
    """A claim with its look, who speaks and how, and its codes in words by facet."""
    look, how = LOOKS[claim["voice"]]
    codes = [
        _in_words(book, code, stance == REJECTS, (claim["claim_id"], code) in doubts)
        for code, stance in zip(claim["codes"], claim["stances"], strict=True)
    ]
    by_facet = groupby(codes, key=lambda c: c["facet"])
    return {
        **claim,
        "look": look + (INSIDE if claim["level"] == NESTED else ""),
        "speaks": f"{claim['speaker']}, {how}" if claim["voice"] in SPEAKING else how,
        "codes": [(facet, list(some)) for facet, some in by_facet],
    }


def _in_words(book: dict[str, dict], code: str, denied: bool, arguable: bool) -> dict:
    """A coding in words, with the side that it takes; a denial takes the opposite one."""
    row = book[code]
    side = book.get(row["side"], {}).get("opposite_of", "") if denied else row["side"]
    words = f"{'denied: ' * denied}{row['label']}{' (arguable)' * arguable}"
    ink = book[side]["colour"] if side in book else style.INK
    return {"facet": row["facet"], "words": words, "side": side, "ink": ink, "denied": denied}


def _disputes(book: dict[str, dict], noted: list[dict]) -> list[tuple[str, list[dict]]]:
    """Each dispute with the sides that are taken here, for the key."""
    taken = {c["side"] for r in noted for _, codes in r["codes"] for c in codes}
    sides: dict[str, list[dict]] = {}
    for code, row in book.items():
        if code in taken:
            sides.setdefault(row["dispute"], []).append(row)
    return [(book[d]["label"] if d in book else "", some) for d, some in sides.items()]


def _notes(claims: list[dict]) -> list[dict]:
    """Notes for the claims of a paragraph; who speaks stands where it changes.

    Neighbours of one voice without a code share a note.
    """
    notes: list[dict] = []
    for claim in claims:
        last = notes[-1] if notes else {"speaks": ""}
        note = {**claim, "ids": [claim["claim_id"]], "by": claim["speaks"]}
        if last["speaks"] == note["speaks"]:
            note["by"] = ""
            if not (last["codes"] or note["codes"] or note["translation"] or last["translation"]):
                last["ids"].append(claim["claim_id"])
                continue
        notes.append(note)
    return notes


def _spans(claims: list[dict], omissions: list[dict]) -> list[Span]:
    """Claims and omissions in the order of the text, the longer of two that start alike first."""
    spans = [(r["start"], r["end"], r) for r in claims]
    spans += [(r["start"], r["end"], {**r, "claim_id": ""}) for r in omissions]
    return sorted(spans, key=lambda s: (s[0], -s[1], s[2]["claim_id"] != ""))


def _blocks(text: str, spans: list[Span]) -> list[dict]:
    """The paragraphs in order; neighbours that only repeat or decorate are one block, left out."""
    blocks: list[dict] = []
    for start, end in _paragraphs(text):
        inside = [
            (max(a, start), min(b, end), {**r, "goes_on": a < start})  # from a paragraph before
            for a, b, r in spans
            if a < end and b > start
        ]
        kinds = {r.get("kind") for _, _, r in inside}
        if not kinds or not kinds <= FOLDED:
            listed = [r for _, _, r in inside if r["claim_id"] and not r["goes_on"]]
            headline = _has(listed, "position", HEADLINE)
            pieces, notes = _pieces(text, start, end, inside), _notes(listed)
            block = {"left_out": [], "pieces": pieces, "notes": notes, "headline": headline}
            blocks.append(block)
            continue
        if not blocks or not blocks[-1]["left_out"]:
            blocks.append({"left_out": [], "count": 0})
        blocks[-1]["left_out"].append(text[start:end])
        blocks[-1]["count"] += quotes.count(text[start:end])
    return blocks


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((start, start + len(line.rstrip())))
        start += len(line)
    return spans


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> list[str | dict]:
    """Text from start to end, and in their places the spans, which have pieces of their own."""
    pieces: list[str | dict] = []
    at, i = start, 0
    while i < len(spans):
        low, high, record = spans[i]
        inner = []
        i += 1
        while i < len(spans) and spans[i][0] < high:
            inner.append(spans[i])
            i += 1
        first = not text[record["start"] : low].strip()  # no paragraph before has some of it
        mark = {**record, "first": first, "pieces": _pieces(text, low, high, inner)}
        pieces += [text[at:low], mark]
        at = high
    return [*pieces, text[at:end]]
