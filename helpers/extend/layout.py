"""The lines of an article: headline, paragraphs however they are broken, and what is neither."""

import itertools
import re
from typing import NamedTuple

from helpers.corpus import quotes

BULLET = re.compile(r"[•‣*–-]\s")
ENDED = re.compile(r"[.!?…:।。！？][”“’‘\"')\]»«」』]*$")
WORDS = 12  # a line with fewer, and no full stop, is no sentence


class Piece(NamedTuple):
    """A line, or a paragraph: what it is, and where it stands."""

    kind: str  # "headline", "body", "list", "heading", "boilerplate", "repetition"
    start: int
    end: int


def joined(text: str) -> str:
    """A text of the same length in which the lines of a wrapped paragraph are one line."""
    blocks = [b.span() for b in re.finditer(r"\S.*?(?=\s*\n\s*\n|\s*\Z)", text, re.S)]
    lines = [text[a:b].splitlines() for a, b in blocks]
    if not _wrapped(lines):
        return text
    width = max(len(line) for block in lines for line in block)
    out, at = [], 0
    for start, end in blocks:
        out.append(text[at:start])
        pieces = re.split(r"(\r?\n)", text[start:end])
        for line, gap, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
            out += [line, gap if _ends_here(line, after, width) else " " * len(gap)]
        out.append(pieces[-1])
        at = end
    return "".join([*out, text[at:]])


def _wrapped(blocks: list[list[str]]) -> bool:
    """Whether lines are broken at a width: most go on with no stop, and nearly all are full."""
    inner = [(a.rstrip(), b) for block in blocks for a, b in itertools.pairwise(block)]
    width = max((len(line) for block in blocks for line in block), default=0)
    if len(inner) < 3 or not 30 <= width <= 110:
        return False
    on = [a for a, b in inner if not ENDED.search(a) and not BULLET.match(b.lstrip())]
    full = [a for a in on if len(a) >= 0.7 * width]
    return len(on) >= 0.5 * len(inner) and len(full) >= 0.6 * len(on) and len(full) >= 3


def _ends_here(line: str, after: str, width: int) -> bool:
    """Whether a paragraph ends at a line: it leaves room for the next word."""
    word = after.strip().split(" ")[0]
    return len(line.rstrip()) + 1 + len(word) < 0.85 * width or bool(BULLET.match(after.lstrip()))


def pieces(flat: str) -> list[Piece]:
    """The lines of a text, as `joined` gives it, that have a word in them."""
    found: list[Piece] = []
    seen: list[str] = []
    for line in quotes.LINE.finditer(flat):
        start, end = trim(flat, line.start(), line.end())
        piece = flat[start:end]
        if not re.search(r"\w", piece):
            continue
        kind = _kind(piece, bool(found), seen)
        if kind != "repetition":
            seen.append(piece)
        found.append(Piece(kind, start, end))
    return _split_headline(flat, found)


def _kind(piece: str, begun: bool, seen: list[str]) -> str:
    if not begun:
        return "headline"
    if any(piece == earlier or (len(piece) > 20 and piece in earlier) for earlier in seen):
        return "repetition"
    if BULLET.match(piece):
        return "list"
    if not ENDED.search(piece) and len(piece.split()) < WORDS and len(piece) < 90:
        words = re.search(r"[^\W\d_]{4}", piece) and not re.search(r"\d{5}", piece)
        return "heading" if words else "boilerplate"
    return "body"


def _split_headline(flat: str, found: list[Piece]) -> list[Piece]:
    """Of an article in one line, the first sentence is taken for the headline."""
    if not found or len(flat[found[0].start : found[0].end].split()) < 40:
        return found
    _, start, end = found[0]
    first = quotes.sentences(flat, start, end, whole_quotations=True)
    if len(first) == 1:
        return found
    return [Piece("headline", *first[0]), Piece("body", first[1][0], end), *found[1:]]


def warnings(text: str, flat: str, found: list[Piece]) -> list[str]:
    """What a person should look at in how a text is laid out, with what to do."""
    out = []
    if flat != text:
        out.append(
            "its lines are broken at a width; they are read as paragraphs: look where they end."
        )
    whole = sum(len(flat[p.start : p.end].split()) for p in found)
    left = sum(len(flat[p.start : p.end].split()) for p in found if p.kind == "heading")
    if left > 0.15 * whole and whole > 60:
        out.append(
            f"{left} of {whole} words stand in lines without a full stop and are taken for "
            "headings: if they are sentences, join their lines and draft again under a new name."
        )
    if len(found) > 1 and found[0].kind == "headline" and found[1].start - found[0].end < 3:
        between = text[found[0].end : found[1].start]
        if "\n" not in between:
            out.append("it has no line of its own for the headline: its first sentence is taken.")
    return out


def trim(text: str, start: int, end: int, marks: str = " \t\r\n\u00a0\u202f") -> tuple[int, int]:
    """A span without the marks at its ends."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end
