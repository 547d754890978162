"""Marks in a matrix of rows and columns, static and interactive."""

import itertools
from collections.abc import Iterator
from html import escape
from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEP = 3.5  # mm from mark to mark in a cell
LABELS = 0.34  # of the figure, at most: the labels of the rows
LEAST = 9.0  # mm: a column
ROW_GAP = 2.2  # mm above and below what stands in a row, together
LETTERS_ACROSS = 84  # of the column headings of an interactive figure, side by side


class Matrix(NamedTuple):
    """What a matrix shows.

    `marks` has section, row, group, column, marker, colour, fill ("full", "pale", "hollow"),
    struck (bool), text (drawn instead of a mark where not ""), name (in the interactive key) and
    claim_id. `rows` are (section, row), `columns` (group, column) in order; `empty` is what a row
    without marks says.
    """

    marks: pd.DataFrame
    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    key: list[dict]
    empty: str = ""


Row = tuple[str, str]  # section and label
Cells = dict[tuple[str, str, str, str], list[dict]]  # marks by section, row, group and column


class _Layout(NamedTuple):
    """Where the parts of a static figure stand, in mm."""

    left: float  # room for the labels
    width: float  # of all columns
    edges: list[float]  # of the columns
    heads: list[str]  # of the columns
    head_room: float
    upright: bool  # whether the heads are
    groups: list[tuple[float, float, list[str]]]  # start, end and lines of the name
    labels: dict[Row, list[str]]  # in lines
    heights: dict[Row, float]
    silent: dict[str, list[str]]  # by section, rows without marks named together, in lines
    sections: dict[str, list[str]]  # their names, in lines


def draw(matrix: Matrix, wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
    """The static figure, whose axes count in millimetres from the top left."""
    matrix = _fitted(matrix, size)
    cells = _cells(matrix)
    rows = matrix.rows if size == "full" else _without_silent(matrix, cells)
    layout = _layout(matrix, rows, cells, size)
    height = fsum(layout.heights.values()) + fsum(map(_silent_height, layout.silent.values()))
    height += fsum(map(_section_height, layout.sections.values()))
    group_lines = max((len(lines_) for _, _, lines_ in layout.groups), default=0)
    top = layout.head_room + (group_lines * style.line(style.TEXT) + 1.2 if layout.groups else 0)
    key_lines = style.key_height(matrix.key, size)
    page = style.page(size, height, layout.left, wording, key_lines, titled, top)
    ax = page.axes
    ax.set_axis_off()
    _columns(ax, matrix.columns, layout, height)
    _group_names(ax, layout)
    _marks(ax, _rows(ax, matrix, cells, layout), grey)
    style.key(page.figure, matrix.key, size, page.key_top, grey)
    return page.figure


def _fitted(matrix: Matrix, size: str) -> Matrix:
    """The matrix with the texts of its cells in lines that all columns have room for."""
    said = matrix.marks[matrix.marks["text"] != ""]
    wide = said["text"].map(_text_width).groupby([said["group"], said["column"]]).max()
    widths = [max(LEAST, wide.get(c, 0.0) + 2) for c in matrix.columns]
    most = _most(widths, style.room(size) - LABELS * style.SIZES[size] - 3) - 2
    texts = said["text"].map(
        lambda text: "\n".join(
            line for part in text.split("\n") for line in style.wrap(part, most, style.SMALL)
        )
    )
    return matrix._replace(
        marks=matrix.marks.assign(text=texts.reindex(matrix.marks.index, fill_value=""))
    )


def _most(widths: list[float], free: float) -> float:
    """What the widest of some widths may be, so that together they need no more than is free."""
    for i, width in enumerate(sorted(widths)):
        if width > (share := free / (len(widths) - i)):
            return share
        free -= width
    return max(widths, default=free)


def _cells(matrix: Matrix) -> Cells:
    cells: Cells = {}
    for mark in matrix.marks.to_dict("records"):
        place = mark["section"], mark["row"], mark["group"], mark["column"]
        cells.setdefault(place, []).append(mark)
    return cells


def _layout(matrix: Matrix, rows: list[Row], cells: Cells, size: str) -> _Layout:
    """Measure labels, columns and rows."""
    for share in (
        LABELS,
        0.27,
        LABELS,
    ):  # narrower labels if headings stand level then, and only then
        labels = {r: style.wrap(r[1], share * style.SIZES[size], style.TEXT) for r in rows}
        widths = [style.text_width(t, style.TEXT) for ls in labels.values() for t in ls]
        left = max(widths, default=10) + 3
        width = style.room(size) - left
        edges = _edges(matrix, width)
        heads, head_room, upright = _headings(matrix.columns, edges)
        if not upright:
            break
    groups = _groups(matrix.columns, edges)
    heights = {r: _height(r, labels[r], cells, matrix.columns, edges) for r in rows}
    silent = {s: style.wrap(t, width - 3, style.SMALL) for s, t in _silent(matrix, rows).items()}
    sections = {s: style.wrap(s, style.room(size), style.TEXT, True) for s, _ in matrix.rows if s}
    heads = heads, head_room, upright
    return _Layout(left, width, edges, *heads, groups, labels, heights, silent, sections)


def _rows(
    ax: "Axes", matrix: Matrix, cells: Cells, layout: _Layout
) -> list[tuple[float, float, dict]]:
    """Draw sections, labels and rules from the top down; give the marks with their places."""
    y, rules, placed = 0.0, [], []
    for section in dict.fromkeys(section for section, _ in matrix.rows):
        if section:
            _section(ax, layout.sections[section], layout.left, y)
            y += _section_height(layout.sections[section])
        for row in [r for r in layout.labels if r[0] == section]:
            placed += _row(ax, matrix, cells, layout, row, y + layout.heights[row] / 2)
            y += layout.heights[row]
            rules.append(y)
        if section in layout.silent:
            height = _silent_height(layout.silent[section])
            look = {"size": style.TEXT, "ha": "right", "va": "center", "color": style.MUTED}
            ax.text(-1.5, y + height / 2, matrix.empty, **look)
            style.note(ax, layout.silent[section], y + height / 2)
            y += height
            rules.append(y)
    ax.hlines(rules, 0, layout.width, color=style.GRID, lw=0.6)
    return placed


def _row(
    ax: "Axes", matrix: Matrix, cells: Cells, layout: _Layout, row: Row, middle: float
) -> list[tuple[float, float, dict]]:
    """Draw a row's label, and what it says without marks; give its marks with their places."""
    label = "\n".join(map(style.plain, layout.labels[row]))
    ax.text(-1.5, middle, label, size=style.TEXT, ha="right", va="center")
    here = [cells.get((*row, *column), []) for column in matrix.columns]
    if matrix.empty:
        said = {group for (group, _), marks in zip(matrix.columns, here, strict=True) if marks}
        names = list(dict.fromkeys(group for group, _ in matrix.columns if group))
        spans = layout.groups or [(0.0, layout.width, [])]
        for name, (start, end, _) in zip(names or [""], spans, strict=True):
            if name not in said:
                style.note(ax, [matrix.empty], middle, (start + end) / 2)
    placed = []
    for marks, (start, end) in zip(here, itertools.pairwise(layout.edges), strict=True):
        placed += _placed(marks, (start + end) / 2, middle, _per_line(end - start))
    return placed


def _section(ax: "Axes", lines_: list[str], left: float, y: float) -> None:
    look = {"size": style.TEXT, "weight": "bold", "va": "center"}
    box = {"fc": style.PAPER, "ec": "none", "pad": 1}
    middle = y + style.line(style.TEXT) * (0.4 + len(lines_) / 2)
    ax.text(-left, middle, "\n".join(map(style.plain, lines_)), bbox=box, **look)


def _section_height(lines_: list[str]) -> float:
    return style.line(style.TEXT) * (0.6 + len(lines_))


def _without_silent(matrix: Matrix, cells: Cells) -> list[Row]:
    """Rows that have marks, where rows may be empty; small sizes name the others in one line."""
    loud = {k[:2] for k in cells}
    return [r for r in matrix.rows if r in loud] if matrix.empty else matrix.rows


def _silent(matrix: Matrix, rows: list[Row]) -> dict[str, str]:
    """By section, the rows that are named in one line."""
    quiet = [r for r in matrix.rows if r not in set(rows)]
    return {s: "; ".join(r for t, r in quiet if t == s) for s in dict.fromkeys(s for s, _ in quiet)}


def _silent_height(lines_: list[str]) -> float:
    return len(lines_) * style.line(style.SMALL) + ROW_GAP


def _edges(matrix: Matrix, width: float) -> list[float]:
    """Where columns begin and end: as wide as their text, the others share the rest."""
    said = matrix.marks[matrix.marks["text"] != ""]
    texts = said.groupby(["group", "column"], sort=False)["text"].agg(list)
    wide = [max(map(_text_width, texts.get(c, [])), default=0) + 2 for c in matrix.columns]
    share = width / max(len(wide), 1)
    fixed = {i: w for i, w in enumerate(wide) if w > share}
    rest = (width - fsum(fixed.values())) / max(len(wide) - len(fixed), 1)
    edges = [0.0]
    for i in range(len(wide)):
        edges.append(edges[-1] + fixed.get(i, rest))
    return edges


def _text_width(text: str) -> float:
    """Of the longest line of what stands in a cell."""
    return max(style.text_width(line, style.SMALL) for line in text.split("\n"))


def _groups(columns: list, edges: list[float]) -> list[tuple[float, float, list[str]]]:
    """Start, end and name, in lines, of each group of columns."""
    out = []
    for group in dict.fromkeys(g for g, _ in columns if g):
        at = [i for i, (g, _) in enumerate(columns) if g == group]
        start, end = edges[at[0]], edges[at[-1] + 1]
        out.append((start, end, style.wrap(group, end - start - 1, style.TEXT, bold=True)))
    return out


def _headings(columns: list, edges: list[float]) -> tuple[list[str], float, bool]:
    """Column headings, the room they take, and whether they stand upright.

    Words too wide for their column stand on two levels in turn, where that is enough: every other
    heading has a line beneath it.
    """
    widths = [b - a for a, b in itertools.pairwise(edges)]
    flat = [c.replace("-\n", "").replace("\n", " ") for _, c in columns]
    wide = [style.text_width(f, style.SMALL) for f in flat]
    if any(
        style.text_width(word, style.SMALL) > w - 0.8
        for (_, c), w in zip(columns, widths, strict=True)
        for word in c.split()
    ):
        if all(f < 2 * w - 1.5 for f, w in zip(wide, widths, strict=True)):
            in_turn = [f"{f}\n" if i % 2 else f for i, f in enumerate(flat)]
            return in_turn, 2 * style.line(style.SMALL) + 1.5, False
        return flat, max(wide) + 2, True
    broken = [
        [line for part in c.split("\n") for line in style.wrap(part, w - 0.8, style.SMALL)]
        for (_, c), w in zip(columns, widths, strict=True)
    ]
    head_room = max(map(len, broken), default=1) * style.line(style.SMALL) + 1.5
    return ["\n".join(b) for b in broken], head_room, False


def _per_line(width: float) -> int:
    return max(1, int((width - 1.2) // STEP))


def _height(row: Row, label: list[str], cells: Cells, columns: list, edges: list[float]) -> float:
    """Of a row: as its label or its fullest cell asks for."""
    marks = 0.0
    for column, (start, end) in zip(columns, itertools.pairwise(edges), strict=True):
        here = cells.get((*row, *column), [])
        lines_ = -(-len(here) // _per_line(end - start))
        lines_ += max((mark["text"].count("\n") for mark in here), default=0)
        marks = max(marks, lines_ * STEP * 1.05)
    return max(marks, len(label) * style.line(style.TEXT)) + ROW_GAP


def _columns(ax: "Axes", columns: list, layout: _Layout, height: float) -> None:
    """Headings and rules of the columns."""
    first = [i == 0 or columns[i - 1][0] != group for i, (group, _) in enumerate(columns)]
    inks = [style.MUTED if f else style.GRID for f in first]
    thick = [1.0 if f else 0.6 for f in first]
    ax.vlines(layout.edges[: len(columns)], 0, height, colors=inks, lw=thick)
    look = {"size": style.SMALL, "ha": "center", "va": "bottom"}
    for head, (start, end) in zip(layout.heads, itertools.pairwise(layout.edges), strict=True):
        turn = 90 if layout.upright else 0
        up = style.line(style.SMALL) * head.endswith("\n")  # it stands on the upper of two levels
        text = style.plain(head.rstrip("\n"))
        ax.text((start + end) / 2, -1.0 - up, text, rotation=turn, **look)


def _group_names(ax: "Axes", layout: _Layout) -> None:
    """The names of the groups over a line each."""
    at = -(layout.head_room + 0.4)
    look = {"size": style.TEXT, "weight": "bold", "ha": "center", "va": "bottom"}
    for start, end, lines_ in layout.groups:
        ax.plot([start + 0.8, end - 0.8], [at, at], color=style.MUTED, lw=0.9, clip_on=False)
        ax.text((start + end) / 2, at - 0.6, "\n".join(map(style.plain, lines_)), **look)


def _placed(
    marks: list[dict], x: float, y: float, per_line: int
) -> Iterator[tuple[float, float, dict]]:
    """The marks of one cell around its middle, line by line."""
    count = -(-len(marks) // per_line)
    for k, mark in enumerate(marks):
        line, place = divmod(k, per_line)
        in_line = min(per_line, len(marks) - line * per_line)
        across, down = place - (in_line - 1) / 2, line - (count - 1) / 2
        yield x + across * STEP, y + down * STEP * 1.02, mark


def _marks(ax: "Axes", placed: list[tuple[float, float, dict]], grey: bool) -> None:
    """Draw marks, all that look the same at once."""
    alike: dict[tuple, list[tuple[float, float]]] = {}
    for x, y, mark in placed:
        ids = mark["claim_id"].split("|")
        if mark["text"]:
            text = style.plain(mark["text"])
            ax.text(x, y, text, size=style.SMALL, ha="center", va="center")
            high = STEP * (1 + text.count("\n"))
            style.mark_place(ax, x, y, _text_width(mark["text"]), high, ids)
            continue
        style.mark_place(ax, x, y, STEP, STEP, ids)
        ink = style.grey_of(mark["colour"]) if grey else mark["colour"]
        face = style.filled(ink, mark["fill"])
        alike.setdefault((mark["marker"], 6.0, ink, face), []).append((x, y))
        if mark["struck"]:
            alike.setdefault((style.STRIKE, 12.0, ink, ink), []).append((x, y))
    strikes_last = sorted(alike.items(), key=lambda look: look[0][0] == style.STRIKE)
    for (marker, size, ink, face), at in strikes_last:
        look = {"marker": marker, "ms": size, "color": ink, "mfc": face, "mew": 1.2}
        ax.plot(*zip(*at, strict=True), linestyle="", clip_on=False, **look)


def interactive(matrix: Matrix, hovers: pd.Series, wording: style.Wording) -> Any:
    """The interactive figure, a plotly one; `hovers` are its texts by the index of the marks."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for name, marks in _spread(matrix).groupby("name", sort=False):
        figure.add_scatter(
            x=list(marks["x"]),
            y=list(marks["y"]),
            mode="markers",
            name=escape(name),
            marker=_plotly_marker(marks),
            text=list(hovers[marks.index]),
            hovertemplate="%{text}<extra></extra>",
            customdata=list(marks["claim_id"]),
            legendgroup=marks["marker"].iloc[0],
            showlegend=False,
        )
    _plotly_key(figure, matrix.key)
    broken = _broken(matrix.columns)
    head_room = 8 + 16 * max(map(len, broken), default=1)
    names, rules = _plotly_groups(matrix.columns, head_room)
    layout = style.plotly_layout(
        wording.headline, 162 + head_room + 30 * len(matrix.rows), 52 + head_room
    )
    figure.update_layout(**layout, annotations=names, shapes=rules)
    figure.update_xaxes(
        tickvals=list(range(len(broken))),
        ticktext=["<br>".join(map(escape, b)) for b in broken],
        side="top",
        range=[-0.5, len(broken) - 0.5],
        showgrid=False,
        zeroline=False,
        tickangle=0,
    )
    figure.update_yaxes(
        tickvals=list(range(len(matrix.rows))),
        ticktext=[escape(r) for _, r in matrix.rows],
        range=[len(matrix.rows) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        automargin=True,
    )
    return figure


def _plotly_key(figure: Any, key: list[dict]) -> None:
    """Entries of the key, in no side's colour, which the first mark of a trace would have."""
    for entry in key:
        drawn = pd.DataFrame([{"fill": "full", "struck": False, **entry}])
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=escape(entry["label"]),
            marker=_plotly_marker(drawn),
            hoverinfo="skip",
            legendgroup=entry["label"] if "fill" in entry else entry["marker"],
        )


def _spread(matrix: Matrix) -> pd.DataFrame:
    """The marks with x, counted in columns, and y, in rows; those of a cell side by side."""
    row, column = ({k: i for i, k in enumerate(keys)} for keys in (matrix.rows, matrix.columns))
    marks = matrix.marks[matrix.marks["text"] == ""]
    marks = marks.assign(
        i=[column[k] for k in zip(marks["group"], marks["column"], strict=True)],
        y=[row[k] for k in zip(marks["section"], marks["row"], strict=True)],
    )
    size = marks.groupby(["i", "y"])["row"].transform("size")
    place = marks.groupby(["i", "y"]).cumcount()
    return marks.assign(x=marks["i"] + (place - (size - 1) / 2) * 0.8 / size.clip(lower=5))


def _plotly_marker(marks: pd.DataFrame) -> dict:
    """How the marks of one entry of the key look."""
    first = marks.iloc[0]
    # a hollow mark is hollow by its symbol
    fills = [
        style.filled(c, "pale" if f == "pale" else "full")
        for c, f in zip(marks["colour"], marks["fill"], strict=True)
    ]
    return {
        "color": list(marks["colour"]) if first["struck"] else fills,
        "size": 11,
        "symbol": style.PLOTLY_MARKERS[first["marker"]] + _open(first),
        "line": {"color": list(marks["colour"]), "width": 2},
    }


def _broken(columns: list) -> list[list[str]]:
    """Column headings of the interactive figure, in lines."""
    letters = max(8, LETTERS_ACROSS // max(len(columns), 1))
    return [
        [line for part in c.split("\n") for line in style.lines(part, letters)] for _, c in columns
    ]


def _plotly_groups(columns: list, head_room: int) -> tuple[list[dict], list[dict]]:
    """The names of the groups of columns, and a rule before each."""
    groups: dict[str, list[int]] = {}
    for i, (group, _) in enumerate(columns):
        groups.setdefault(group, []).append(i)
    above = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": head_room}
    names = [
        {"x": fsum(at) / len(at), **above, "text": f"<b>{escape(group)}</b>", "showarrow": False}
        for group, at in groups.items()
    ]
    down = {"y0": 0, "y1": 1, "yref": "paper", "line": {"color": style.MUTED, "width": 1}}
    rules = [
        {"type": "line", "x0": at[0] - 0.5, "x1": at[0] - 0.5, **down} for at in groups.values()
    ]
    return names, rules


def _open(mark: pd.Series) -> str:
    if not mark["struck"]:
        return ""
    return "-x-open" if mark["marker"] in ("o", "s", "D") else "-open"


def hover(mark: pd.Series, codes: list[str], voice: str) -> str:
    """What an interactive mark says: claim, speaker, voice, quote, article, codes."""
    parts = [f"<b>{escape(mark['claim_id'])}</b> {escape(mark['speaker'])}, {escape(voice)}"]
    parts += map(escape, style.lines(f"“{mark['quote']}”"))
    parts += [escape(mark["outlet"]), *map(escape, style.lines(", ".join(codes)))]
    return "<br>".join(p for p in parts if p)
