"""An article as HTML with its claims marked: who speaks by ground, codes by colour and sign."""

from html import escape

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.corpus import Corpus

FOLDED = ("boilerplate", "repetition")
Book = dict[str, dict]  # the rows of the codebook by code


def article(corpus: Corpus, source_id: str) -> str:
    """The article with each claim's id and the signs of its codes, and a list under each paragraph."""
    if source_id not in corpus.texts:
        raise ValueError(f"no article {source_id}; there are {', '.join(corpus.texts)}")
    text = corpus.texts[source_id]
    book: Book = corpus.codebook.set_index("code").to_dict("index")
    claims = tables.claims(corpus)
    claims = claims[claims["source_id"] == source_id]
    omissions = corpus.omissions[corpus.omissions["source_id"] == source_id]
    spans = sorted(
        [(r["start"], -r["end"], 1, r) for r in claims.to_dict("records")]
        + [(r["start"], -r["end"], 0, r) for r in omissions.to_dict("records")],
        key=lambda s: s[:3],
    )
    parts, folded = [_key(book, claims)], []
    for start, end in _paragraphs(text):
        inside = [(a, -b, r) for a, b, _, r in spans if a < end and -b > start]
        kinds = {r.get("kind") for _, _, r in inside}
        if kinds and kinds <= set(FOLDED):
            folded.append(text[start:end])
            continue
        parts += [*_fold(folded), _paragraph(book, text, start, end, inside)]
        folded = []
    return f'<div style="max-width:60em;line-height:1.9">{"".join(parts + _fold(folded))}</div>'


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((start, start + len(line.rstrip())))
        start += len(line)
    return spans


def _fold(lines: list[str]) -> list[str]:
    if not lines:
        return []
    body = "<br>".join(escape(line) for line in lines)
    words = sum(len(line.split()) for line in lines)
    return [
        f'<details><summary style="color:{style.MUTED}">left out: repetition and boilerplate, {words} words</summary><p style="color:{style.MUTED}">{body}</p></details>'
    ]


def _paragraph(book: Book, text: str, start: int, end: int, inside: list[tuple]) -> str:
    """One paragraph: text with marks, then its claims in a list that unfolds."""
    inside = [(max(a, start), min(b, end), r) for a, b, r in inside]
    html = _nest(book, text, start, end, inside)
    listed = [r for _, _, r in inside if "claim_id" in r]
    if not listed:
        return f"<p>{html}</p>"
    items = "".join(_item(book, r) for r in listed)
    ids = (
        listed[0]["claim_id"]
        if len(listed) == 1
        else f"{listed[0]['claim_id']} to {listed[-1]['claim_id']}"
    )
    return f'<p style="margin-bottom:0">{html}</p><details style="margin-bottom:0.8em;font-size:0.88em"><summary>{escape(ids)}: who speaks and the codes</summary><ul>{items}</ul></details>'


def _nest(book: Book, text: str, start: int, end: int, spans: list[tuple]) -> str:
    """Text from start to end with spans inside one another as marks."""
    out, at, i = [], start, 0
    while i < len(spans):
        low, high, record = spans[i]
        inner = []
        i += 1
        while i < len(spans) and spans[i][0] < high:
            inner.append(spans[i])
            i += 1
        out += [escape(text[at:low]), _mark(book, record, _nest(book, text, low, high, inner))]
        at = high
    out.append(escape(text[at:end]))
    return "".join(out)


def _mark(book: Book, record: dict, body: str) -> str:
    if "claim_id" not in record:
        return f'<span style="color:{style.MUTED}">{body}</span>'
    ink = book[record["voice"]]["colour"]
    nested = f";border-bottom:2px solid {ink}" if record["level"] == "nested" else ""
    signs = "".join(
        _sign(book, c, s) for c, s in zip(record["codes"], record["stances"], strict=True)
    )
    claim = escape(record["claim_id"])
    return f'<span id="{claim}" style="background-color:{style.tint(ink)};color:{style.INK}{nested}">{body}</span><sup style="color:{style.INK};white-space:nowrap">{claim}{signs}</sup>'


def _sign(book: Book, code: str, stance: str) -> str:
    row = book[code]
    struck = "text-decoration:line-through" if stance == "rejects" else "text-decoration:none"
    title = escape(row["label"] + (" (denied)" if stance == "rejects" else ""))
    return f'<span title="{title}" style="color:{row["colour"]};{struck}">{style.SIGNS[row["marker"]]}</span>'


def _item(book: Book, record: dict) -> str:
    voice = book[record["voice"]]["label"]
    codes = ", ".join(
        f"{_sign(book, c, s)} {escape(book[c]['label'])}{' (denied)' if s == 'rejects' else ''}"
        for c, s in zip(record["codes"], record["stances"], strict=True)
    )
    translation = f" “{escape(record['translation'])}”" if record["translation"] else ""
    return f"<li><strong>{escape(record['claim_id'])}</strong> {escape(record['speaker'])}, {escape(voice)}: {escape(record['proposition'])}{translation} {codes or '(no code)'}</li>"


def _key(book: Book, claims: pd.DataFrame) -> str:
    used = set(claims["voice"])
    grounds = " ".join(
        f'<span style="background-color:{style.tint(r["colour"])};color:{style.INK}">&nbsp;{escape(r["label"])}&nbsp;</span>'
        for code, r in book.items()
        if code in used
    )
    return f'<p style="font-size:0.88em">Ground: {grounds}; underlined: a claim inside another; grey: left out. Signs after a claim’s id are its codes, struck through where denied; they are spelled out under each paragraph.</p>'
