"""A table of words: who says what in each dispute, in whose words, and on which side."""

from collections.abc import Iterator
from dataclasses import replace
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.charts.chart import Chart, the_rest, weights
from helpers.corpus import Corpus
from helpers.corpus.colours import NEUTRAL
from helpers.corpus.english import does, listed
from helpers.corpus.schema import ARGUABLE, DIRECT, HEADLINE, INDIRECT, REJECTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_SPEAKERS = 14
MOST_LINES = 4  # of one side in a cell
NAME = 37.0  # mm for the names, at full width
GUTTER = 3.0  # mm between columns
SIGN = 3.4  # mm for the sign of a side before its words
ROOM = 1.6  # mm above and below a row
IN_HEADLINE = "in the headline alone"
OUTLET_ITSELF = "the outlet itself"
HEARD, NAMED = "speaks, but not of this", "named, not heard"
UNCHOSEN = "not in your selection"  # of who takes a side in words that were not chosen


class Line(NamedTuple):
    """Words on one side: whose they are, how they are drawn, and the claims they stand for."""

    text: str
    voice: str
    colour: str
    marker: str
    claims: tuple[str, ...]
    denied: bool = False


class Row(NamedTuple):
    """A speaker in an article, with the lines of each dispute, or what is said of none."""

    source: str
    speaker: str
    name: str
    office: str
    cells: dict[str, list[Line]]
    silent: str = ""
    claim: str = ""


def two_disputes(corpus: Corpus) -> Chart:
    """Who says what in each dispute of the corpus, in a table of words."""
    marks, apart = tables.disputed(corpus), tables.outside(corpus)
    rows, left = _rows(corpus, marks, apart)
    used = set(marks["dispute"])
    columns = {d: label for d, label in tables.disputes(corpus).items() if d in used}
    key = [
        {"marker": r.marker, "colour": r.colour, "label": corpus.labels[r.code]}
        for d in columns
        for r in tables.sides_of(corpus, d).itertuples()
        if r.code in set(marks["side"])
    ]
    if (marks["stance"] == REJECTS).any():
        struck = {"marker": "o", "colour": NEUTRAL, "fill": "hollow", "struck": True}
        key.append({**struck, "label": "struck through: denied"})
    if _in_other_words(corpus, marks).any():
        label = "[in brackets]: what other languages’ words are coded as"
        key.append({"marker": "", "colour": NEUTRAL, "label": label})
    if (marks["certainty"] == ARGUABLE).any():
        label = "(arguable): may be coded otherwise"
        key.append({"marker": "", "colour": NEUTRAL, "label": label})
    reading = (
        "Each outlet in its own voice, then whom it reports. “Quoted words” stand in quotation "
    )
    reading += "marks, paraphrase in italics. Other words for it stand bare, whoever says them."
    part = f"{len(rows)} of {len(rows) + len(left)} who speak or are named" if left else ""
    more = does("stand", len(left))
    reading += f" {len(left)} more {more} below." if left else ""

    def describe(headline: str) -> str:
        told = " ".join(_told(corpus, row, columns) for row in rows)
        return f"Table of words in rows, one for each who speaks. {headline.rstrip('.')}. {told}"

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        return _figure(corpus, rows, columns, key, (wording, size, titled, grey))

    title = " ".join(columns.values()) or "What is in dispute"
    kept, found = _kept(corpus, marks, apart, rows), tables.disputes(corpus)
    untaken = f"no claim takes a side in “{listed([*found.values()], 'or')}”"
    lacking = untaken if found else "the codebook has no dispute"
    chart = Chart("two-disputes", corpus, title, reading, kept, describe, paint, lacking=lacking)
    return replace(chart, part=part, rest=the_rest("Not drawn", left))


def _in_other_words(corpus: Corpus, marks: pd.DataFrame) -> pd.Series:
    """Whether what a claim says is translated, and its words are drawn as they stand."""
    translated = corpus.claims.set_index("claim_id")["translation"].reindex(marks["claim_id"])
    drawn = marks["side"].map(corpus.codebook.set_index("code")["opposite_of"]) != ""
    return (translated != "").to_numpy() & drawn


def _kept(
    corpus: Corpus, marks: pd.DataFrame, apart: pd.DataFrame, rows: list[Row]
) -> pd.DataFrame:
    """The codings that are drawn, and a row for each person drawn who takes no side."""
    if marks.empty:
        return marks.drop(columns=["colour"])
    drawn = pd.DataFrame([(r.source, r.speaker) for r in rows], columns=["source_id", "speaker_id"])
    marks, apart = (t.merge(drawn.drop_duplicates()) for t in (marks, apart))
    said = tables.claims(corpus)[["claim_id", "outlet", "voice", "quote"]]
    others = apart.drop(columns=["heard", "role"]).merge(said, on="claim_id")
    return pd.concat([marks.drop(columns=["colour"]), others]).fillna("").reset_index(drop=True)


def _rows(corpus: Corpus, marks: pd.DataFrame, apart: pd.DataFrame) -> tuple[list[Row], list[str]]:
    """A row for each who speaks of it, by article, then for who is named; who is left out."""
    offices = dict(zip(corpus.actors["actor_id"], corpus.actors["role"], strict=True))
    heard, own = _most(marks), corpus.sources.set_index("source_id")["outlet_id"]
    kept, free = set(heard[:MOST_SPEAKERS]), max(MOST_SPEAKERS - len(heard), 0)
    named = list(zip(apart["source_id"], apart["speaker_id"], strict=True)) if heard else []
    silent = set(named[:free])
    taking = set(tables.disputed(corpus.whole)["speaker_id"])
    rows = []
    for source in corpus.sources["source_id"]:
        here = marks[marks["source_id"] == source]
        speakers = dict.fromkeys(here["speaker_id"])
        for speaker in sorted(speakers, key=lambda s, outlet=own[source]: s != outlet):
            if (source, speaker) in kept:
                mine = here[here["speaker_id"] == speaker]
                cells = {d: _lines(corpus, g) for d, g in mine.groupby("dispute", sort=False)}
                office = OUTLET_ITSELF if speaker == own[source] else offices[speaker]
                if not office and _positions(corpus, source, speaker) == {HEADLINE}:
                    office = IN_HEADLINE
                rows.append(Row(source, speaker, corpus.names[speaker], office, cells))
        for r in apart[apart["source_id"] == source].itertuples():
            if (source, r.speaker_id) in silent:
                said = HEARD if r.heard else NAMED
                said = UNCHOSEN if r.speaker_id in taking else said
                rows.append(Row(source, r.speaker_id, r.speaker, r.role, {}, said, r.claim_id))
    left = [*heard[MOST_SPEAKERS:], *named[free:]]
    return rows, [f"{corpus.names[who]} (in {corpus.outlets[source]})" for source, who in left]


def _most(marks: pd.DataFrame) -> list[tuple[str, str]]:
    """Articles with who speaks in them: first who says most, in headlines and leads above all."""
    claims = marks.drop_duplicates(["claim_id", "speaker_id"])
    claims = claims.assign(weight=weights(claims))
    told = claims.groupby(["source_id", "speaker_id"], sort=False)["weight"].sum()
    return list(told.sort_values(ascending=False, kind="stable").index)


def _positions(corpus: Corpus, source: str, speaker: str) -> set[str]:
    """Where in an article somebody speaks."""
    claims = corpus.claims
    mine = (claims["source_id"] == source) & (claims["speaker_id"] == speaker)
    return set(claims.loc[mine, "position"])


def _lines(corpus: Corpus, marks: pd.DataFrame) -> list[Line]:
    """The words of one speaker in one dispute, those of a side together, no words twice.

    Words of a side that no other side is opposite to are named in one line: they take no part.
    """
    book = corpus.codebook.set_index("code")
    found: list[Line] = []
    order = {code: i for i, code in enumerate(book.index)}
    for side in sorted(dict.fromkeys(marks["side"]), key=order.__getitem__):
        group = marks[marks["side"] == side]
        marker, colour = book.at[side, "marker"], book.at[side, "colour"]
        if not book.at[side, "opposite_of"]:
            names = list(dict.fromkeys(group["label"]))
            text = ("also: " if found else "") + ", ".join(names)
            found.append(Line(text, "", colour, marker, tuple(group["claim_id"])))
            continue
        lines: dict[tuple[str, str, str, bool], list[str]] = {}
        for m in group.to_dict("records"):
            said = book.at[m["code"], "side"]  # what is denied is struck, not the side that gains
            drawn = _text(corpus, m), m["voice"], book.at[said, "marker"], m["stance"] == REJECTS
            lines.setdefault(drawn, []).append(m["claim_id"])
        every = [Line(t, v, colour, s, tuple(c), d) for (t, v, s, d), c in lines.items()]
        found += every[:MOST_LINES]
        if rest := every[MOST_LINES:]:
            claims = tuple(c for line in rest for c in line.claims)
            found.append(Line(f"and {len(rest)} more", "", colour, marker, claims))
    return found


def _text(corpus: Corpus, mark: dict) -> str:
    """The words of a coding as the table has them."""
    words = mark["words"].strip()
    translated = corpus.claims.set_index("claim_id").at[mark["claim_id"], "translation"]
    words = f"“{words}”" if mark["voice"] == DIRECT else words
    words += f" [{mark['label'].lower()}]" if translated else ""
    return f"{words} (arguable)" if mark["certainty"] == ARGUABLE else words


def _told(corpus: Corpus, row: Row, columns: dict[str, str]) -> str:
    """A row for those who hear the figure."""
    who = f"{row.name}, {row.office}" if row.office else row.name
    said = [
        f"{label} {'; '.join(line.text + ' (denial)' * line.denied for line in row.cells[d])}"
        for d, label in columns.items()
        if d in row.cells
    ]
    return f"{who} (in {corpus.outlets[row.source]}): {' '.join(said) or row.silent}."


class _Set(NamedTuple):
    """A row as it is set: lines of the name, of each cell with their words broken, and heights."""

    row: Row
    name: list[str]
    office: list[str]
    cells: list[list[tuple[Line, list[str]]]]
    head: float
    height: float


def _figure(
    corpus: Corpus,
    rows: list[Row],
    columns: dict[str, str],
    key: list[dict],
    shape: tuple[style.Wording, str, bool, bool],
) -> "Figure":
    """The static figure, whose axes count in millimetres from the top left.

    In a column the name stands above its words, at full width beside them.
    """
    wording, size, titled, grey = shape
    beside = size == "full"
    left = NAME if beside else 0.0
    width = (style.room(size) - left) / max(len(columns), 1)
    made = [_set(row, columns, width - GUTTER, left, style.room(size)) for row in rows]
    section = style.line(style.TEXT) * 1.5
    heads = _headed(corpus, rows)
    total = fsum(r.height for r in made) + section * fsum(heads.values())
    key_lines = style.key_height(key, size)
    labels = [style.wrap(t, width - GUTTER, style.TEXT, True) for t in columns.values()]
    above = (max(map(len, labels), default=1) + 0.5) * style.line(style.TEXT)
    page = style.page(size, total, 0, wording, key_lines, titled, above)
    ax = page.axes
    ax.set_axis_off()
    for i, label in enumerate(labels):
        look = {"size": style.TEXT, "weight": "bold", "va": "bottom"}
        ax.text(left + i * width, -1.2, "\n".join(map(style.plain, label)), **look)
    y, seen = 0.0, None
    for one in made:
        if one.row.source != seen:
            seen = one.row.source
            ax.plot([0, style.room(size)], [y, y], color=style.MUTED, lw=0.9, clip_on=False)
            if heads[seen]:
                look = {"size": style.SMALL, "color": style.MUTED, "va": "center"}
                ax.text(0, y + section / 2, style.plain(f"in {corpus.outlets[seen]}"), **look)
                y += section
        _draw(ax, one, y, left, width, grey)
        y += one.height
        ax.plot([0, style.room(size)], [y, y], color=style.GRID, lw=0.6, clip_on=False)
    style.key(page.figure, key, size, page.key_top, grey)
    return page.figure


def _headed(corpus: Corpus, rows: list[Row]) -> dict[str, bool]:
    """Articles whose name has to stand above their rows, as the first row is not the outlet's."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(row.source, row)
    return {s: row.name != corpus.outlets[s] for s, row in first.items()}


def _set(row: Row, columns: dict[str, str], width: float, left: float, room: float) -> _Set:
    """A row with its texts broken into lines, and how high it is."""
    wide, office = (left or room) - 2, row.office
    if not left and row.silent:  # in a column nothing stands beside the name
        office = "; ".join(filter(None, (office, row.silent)))
    name = style.wrap(row.name, wide, style.TEXT)
    office = style.wrap(office, wide, style.SMALL) if office else []
    cell = width - SIGN
    cells = [
        [(line, style.wrap(line.text, cell, style.SMALL)) for line in row.cells.get(d, [])]
        for d in columns
    ]
    tall = len(name) * style.line(style.TEXT) + len(office) * style.line(style.SMALL)
    most = max((sum(len(t) for _, t in cell) for cell in cells), default=0)
    most = max(most, 1 if row.silent and left else 0) * style.line(style.SMALL) * 1.12
    if not left and _in_one_line(name, office, wide):
        tall = style.line(style.TEXT)
    head = 0.0 if left else tall + 0.4
    height = (max(tall, most) if left else head + most) + 2 * (ROOM if left else ROOM * 0.7)
    return _Set(row, name, office, cells, head, height)


def _in_one_line(name: list[str], office: list[str], wide: float) -> bool:
    """Whether the office has room behind the name."""
    if len(name) > 1 or len(office) > 1:
        return False
    widths = (
        style.text_width(name[0], style.TEXT, bold=True),
        style.text_width("".join(office), style.SMALL),
    )
    return fsum(widths) + 2 < wide


def _draw(ax: "Axes", one: _Set, y: float, left: float, width: float, grey: bool) -> None:
    """Name and office, then the words of each dispute, or what is said of none."""
    start = y + (ROOM if left else ROOM * 0.7)
    at, top = start + style.line(style.TEXT) / 2, start + one.head
    small = {"size": style.SMALL, "color": style.MUTED, "va": "center"}
    for text in one.name:
        look = {"size": style.TEXT, "weight": "bold", "color": style.INK, "va": "center"}
        ax.text(0, at, style.plain(text), **look)
        at += style.line(style.TEXT)
    if not left and _in_one_line(one.name, one.office, 2 * width - 2):
        after = style.text_width(one.name[0], style.TEXT, bold=True) + 2
        ax.text(after, at - style.line(style.TEXT), style.plain("".join(one.office)), **small)
    else:
        for i, text in enumerate(one.office):
            ax.text(0, at + i * style.line(style.SMALL) - 0.4, style.plain(text), **small)
    if one.row.silent:
        wide, high = style.text_width(one.row.silent, style.SMALL), style.line(style.TEXT)
        if left:
            ax.text(left, start + high / 2, one.row.silent, **small)
        style.mark_place(ax, left + wide / 2, start + high / 2, wide, high, [one.row.claim])
    for i, cell in enumerate(one.cells):
        for line, texts, at in _down(cell, top):
            _words(ax, line, texts, left + i * width, at, grey)


def _down(
    cell: list[tuple[Line, list[str]]], top: float
) -> Iterator[tuple[Line, list[str], float]]:
    """The lines of a cell with where each begins."""
    for line, texts in cell:
        yield line, texts, top
        top += len(texts) * style.line(style.SMALL) * 1.12


def _words(ax: "Axes", line: Line, texts: list[str], x: float, y: float, grey: bool) -> None:
    """The sign of a side and the words on it, in its colour."""
    ink = style.grey_of(line.colour) if grey else line.colour
    step = style.line(style.SMALL) * 1.12
    face = style.filled(ink, "hollow" if line.denied else "full")
    look = {"color": ink, "mfc": face, "clip_on": False}
    ax.plot(x + 1.1, y + step / 2, line.marker, ms=4.6, mew=0.9, **look)
    if line.denied:
        # along the arms of a cross the stroke would not be seen
        stroke = (2, 2, 90) if line.marker == "X" else style.STRIKE
        ax.plot(x + 1.1, y + step / 2, marker=stroke, ms=8.4, mew=0.9, **look)
    slant = "italic" if line.voice == INDIRECT else "normal"
    for i, text in enumerate(texts):
        look = {"size": style.SMALL, "color": ink, "style": slant, "va": "center"}
        ax.text(x + SIGN, y + (i + 0.5) * step, style.plain(text), **look)
    wide = SIGN + max(style.text_width(t, style.SMALL) for t in texts)
    high = step * len(texts)
    style.mark_place(ax, x + wide / 2, y + high / 2, wide, high, line.claims)
