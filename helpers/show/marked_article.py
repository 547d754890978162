"""An article as HTML with its claims marked: who speaks by ground, codes by colour and sign."""

from markupsafe import Markup

from helpers.corpus import Corpus, quotes
from helpers.show.html import quotable, render

FOLDED = {"boilerplate", "repetition"}
Span = tuple[int, int, dict]  # start, end, and the claim or omission that stands there


def article(corpus: Corpus, source_id: str) -> Markup:
    """The article with each claim's id and the signs of its codes, and lists of the claims."""
    if source_id not in corpus.texts:
        raise ValueError(f"no article {source_id}; there are {', '.join(corpus.texts)}")
    book = corpus.codebook.set_index("code").to_dict("index")
    claims = [r for r in quotable(corpus).values() if r["source_id"] == source_id]
    omissions = corpus.omissions[corpus.omissions["source_id"] == source_id].to_dict("records")
    voices = {r["voice"] for r in claims}
    return render(
        "article.html",
        voices=[row for code, row in book.items() if code in voices],
        blocks=_blocks(corpus.texts[source_id], _spans(book, claims, omissions)),
    )


def _spans(book: dict[str, dict], claims: list[dict], omissions: list[dict]) -> list[Span]:
    """Claims and omissions in the order of the text, the longer of two that start alike first."""
    spans = [(r["start"], r["end"], _coded(book, r)) for r in claims]
    spans += [(r["start"], r["end"], {**r, "claim_id": ""}) for r in omissions]
    return sorted(spans, key=lambda s: (s[0], -s[1], s[2]["claim_id"] != ""))


def _coded(book: dict[str, dict], claim: dict) -> dict:
    """A claim with the looks of its voice and of its codes."""
    codes = []
    for code, stance in zip(claim["codes"], claim["stances"], strict=True):
        row, denied = book[code], stance == "rejects"
        label = row["label"] + (" (denied)" if denied else "")
        codes.append({**row, "denied": denied, "label": label})
    return {**claim, "ink": book[claim["voice"]]["colour"], "codes": codes}


def _blocks(text: str, spans: list[Span]) -> list[dict]:
    """The paragraphs in order; neighbours that only repeat or decorate are one block, left out."""
    blocks: list[dict] = []
    for start, end in _paragraphs(text):
        inside = [(max(a, start), min(b, end), r) for a, b, r in spans if a < end and b > start]
        kinds = {r.get("kind") for _, _, r in inside}
        if not kinds or not kinds <= FOLDED:
            listed = [r for _, _, r in inside if r["claim_id"]]
            pieces = _pieces(text, start, end, inside)
            blocks.append({"left_out": [], "pieces": pieces, "claims": listed})
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
