"""Marks in a matrix of rows and columns, static and interactive."""

import itertools
import textwrap
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.charts import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEP = 3.5  # mm from mark to mark in a cell
LETTERS_ACROSS = 84  # of the column headings of an interactive figure, side by side


class Matrix(NamedTuple):
    """What a matrix shows.

    `marks` has section, row, group, column, marker, colour, fill ("full", "pale", "hollow"),
    struck (bool), text (drawn instead of a mark where not ""), name (in the interactive key) and
    hover. `rows` are (section, row), `columns` (group, column) in order; `empty` is what a row
    without marks says.
    """

    marks: pd.DataFrame
    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    key: list[dict]
    empty: str = ""


def draw(matrix: Matrix, words: style.Words, size: str, titled: bool, grey: bool) -> "Figure":
    """The static figure."""
    return style.largest_that_fits(
        lambda scale: _draw(matrix, words, size, scale, titled, grey), size, 0.72
    )


def _draw(
    matrix: Matrix, words: style.Words, size: str, scale: float, titled: bool, grey: bool
) -> tuple["Figure", float]:
    """The figure, whose axes count in millimetres from the top left, and how much room it found."""
    points, small = style.TEXT * scale, style.SMALL * scale
    cells: dict[tuple, list[dict]] = {}
    for mark in matrix.marks.to_dict("records"):
        cells.setdefault((mark["section"], mark["row"], mark["group"], mark["column"]), []).append(
            mark
        )
    rows = matrix.rows if size == "full" else _without_silent(matrix, cells)
    for share in (0.34, 0.27, 0.34):  # narrower labels if headings stand level then, and only then
        labels = {r: style.wrap(r[1], share * style.SIZES[size], points) for r in rows}
        left = (
            max((style.text_width(t, points) for ls in labels.values() for t in ls), default=10)
            + 3 * scale
        )
        width = style.room(size, scale) - left
        edges = _edges(matrix, width, small, scale)
        heads, head_room, upright = _headings(matrix.columns, edges, small, scale)
        if not upright:
            break
    groups = _groups(matrix.columns, edges, points)
    top = head_room + (
        max(len(g[2]) for g in groups) * style.line(points) + 1.2 * scale if groups else 0
    )
    silent = {s: style.wrap(t, width - 3 * scale, small) for s, t in _silent(matrix, rows).items()}
    needed = {r: _height(r, labels, cells, matrix.columns, edges, points, scale) for r in rows}
    heading, quiet = (
        style.line(points) * 1.6,
        {s: len(t) * style.line(small) + 2.2 * scale for s, t in silent.items()},
    )
    total = (
        sum(needed.values()) + sum(quiet.values()) + heading * len({s for s, _ in matrix.rows if s})
    )
    total = total or style.line(points) * 2
    page = style.page(
        size, scale, total, left, words, style.key_height(matrix.key, size, scale), titled, top
    )
    fit, ax = page.height / total, page.axes  # a slide's height is fixed; elsewhere this is one
    ax.set_axis_off()
    if not matrix.rows:
        _note(ax, ["Nothing to draw: no claim carries such a code."], page.height / 2, small, scale)
    _columns(ax, matrix.columns, heads, edges, page.height, upright, small, scale)
    for start, end, lines_ in groups:
        at = -(head_room + 0.4)
        ax.plot([start + 0.8, end - 0.8], [at, at], color=style.MUTED, lw=0.9, clip_on=False)
        ax.text(
            (start + end) / 2,
            at - 0.6 * scale,
            "\n".join(map(style.plain, lines_)),
            size=points,
            weight="bold",
            ha="center",
            va="bottom",
        )
    y, rules, placed = 0.0, [], []
    for section in dict.fromkeys(s for s, _ in matrix.rows):
        if section:
            ax.text(
                -left,
                y + style.line(points) * 0.9 * fit,
                style.plain(section),
                size=points,
                weight="bold",
                va="center",
                bbox={"fc": style.PAPER, "ec": "none", "pad": 1},
            )
            y += heading * fit
        for row in [r for r in rows if r[0] == section]:
            height = needed[row] * fit
            label = "\n".join(map(style.plain, labels[row]))
            ax.text(-1.5 * scale, y + height / 2, label, size=points, ha="right", va="center")
            here = [cells.get((*row, *c)) for c in matrix.columns]
            if matrix.empty and all(c is None for c in here):
                for start, end, _ in groups or [(0.0, width, [])]:
                    _note(ax, [matrix.empty], y + height / 2, small, scale, (start + end) / 2)
            for i, marks in enumerate(here):
                if marks is not None:
                    middle = (edges[i] + edges[i + 1]) / 2, y + height / 2
                    per_line = _per_line(edges[i + 1] - edges[i], scale)
                    placed += _placed(marks, *middle, per_line, min(fit, 1.0), scale)
            y += height
            rules.append(y)
        if section in silent:
            height = quiet[section] * fit
            ax.text(
                -1.5 * scale,
                y + height / 2,
                matrix.empty,
                size=points,
                ha="right",
                va="center",
                color=style.MUTED,
            )
            _note(ax, silent[section], y + height / 2, small, scale)
            y += height
            rules.append(y)
    ax.hlines(rules, 0, width, color=style.GRID, lw=0.6)
    _marks(ax, placed, min(fit, 1.0), small, scale, grey)
    style.key(page.figure, matrix.key, size, scale, page.key_top, grey)
    return page.figure, fit


def _note(
    ax: "Axes", texts: list[str], y: float, small: float, scale: float, middle: float | None = None
) -> None:
    box = {"fc": style.PAPER, "ec": "none", "pad": 1}
    ax.text(
        2 * scale if middle is None else middle,
        y,
        "\n".join(map(style.plain, texts)),
        ha="left" if middle is None else "center",
        size=small,
        color=style.MUTED,
        va="center",
        bbox=box,
    )


def _without_silent(matrix: Matrix, cells: dict) -> list[tuple[str, str]]:
    """Rows that have marks, where rows may be empty; small sizes name the others in one line."""
    loud = {k[:2] for k in cells}
    return [r for r in matrix.rows if r in loud] if matrix.empty else matrix.rows


def _silent(matrix: Matrix, rows: list) -> dict[str, str]:
    """By section, the rows that are named in one line."""
    quiet = [r for r in matrix.rows if r not in set(rows)]
    return {s: "; ".join(r for t, r in quiet if t == s) for s in dict.fromkeys(s for s, _ in quiet)}


def _edges(matrix: Matrix, width: float, small: float, scale: float) -> list[float]:
    """Where columns begin and end: as wide as their text, the others share the rest."""
    texts = (
        matrix.marks[matrix.marks["text"] != ""]
        .groupby(["group", "column"], sort=False)["text"]
        .agg(list)
    )
    wide = [
        max((style.text_width(t, small) for t in texts.get(c, [])), default=0) + 2 * scale
        for c in matrix.columns
    ]
    share = width / max(len(wide), 1)
    fixed = {i: w for i, w in enumerate(wide) if w > share}
    rest = (width - sum(fixed.values())) / max(len(wide) - len(fixed), 1)
    edges = [0.0]
    for i in range(len(wide)):
        edges.append(edges[-1] + fixed.get(i, rest))
    return edges


def _groups(
    columns: list, edges: list[float], points: float
) -> list[tuple[float, float, list[str]]]:
    """Start, end and words of each group of columns."""
    out = []
    for group in dict.fromkeys(g for g, _ in columns if g):
        at = [i for i, (g, _) in enumerate(columns) if g == group]
        start, end = edges[at[0]], edges[at[-1] + 1]
        out.append((start, end, style.wrap(group, end - start - 1, points, bold=True)))
    return out


def _headings(
    columns: list, edges: list[float], small: float, scale: float
) -> tuple[list[str], float, bool]:
    """Column headings, the room they take, and whether they stand upright."""
    widths = [b - a for a, b in itertools.pairwise(edges)]
    parts = [c.split("\n") for _, c in columns]
    broken = [
        [line for p in ps for line in style.wrap(p, w - 0.8, small)]
        for ps, w in zip(parts, widths, strict=True)
    ]
    if any(
        style.text_width(line, small) > w - 0.6
        for ls, w in zip(broken, widths, strict=True)
        for line in ls
    ):
        flat = [c.replace("-\n", "").replace("\n", " ") for _, c in columns]
        return flat, max(style.text_width(f, small) for f in flat) + 2 * scale, True
    return (
        ["\n".join(b) for b in broken],
        max(map(len, broken), default=1) * style.line(small) + 1.5 * scale,
        False,
    )


def _per_line(width: float, scale: float) -> int:
    return max(1, int((width - 1.2 * scale) // (STEP * scale)))


def _height(row, labels, cells, columns, edges, points, scale) -> float:
    marks = 0.0
    for i, column in enumerate(columns):
        count = len(cells.get((*row, *column), ()))
        marks = max(
            marks, -(-count // _per_line(edges[i + 1] - edges[i], scale)) * STEP * 1.05 * scale
        )
    return max(marks, len(labels[row]) * style.line(points)) + 2.2 * scale


def _columns(ax: "Axes", columns, heads, edges, height, upright, small, scale) -> None:
    """Headings and rules of the columns."""
    first = [i == 0 or columns[i - 1][0] != group for i, (group, _) in enumerate(columns)]
    inks, widths = (
        [style.MUTED if f else style.GRID for f in first],
        [1.0 if f else 0.6 for f in first],
    )
    ax.vlines(edges[: len(columns)], 0, height, colors=inks, lw=widths)
    for i, head in enumerate(heads):
        ax.text(
            (edges[i] + edges[i + 1]) / 2,
            -1.0 * scale,
            style.plain(head),
            size=small,
            ha="center",
            va="bottom",
            rotation=90 if upright else 0,
        )


def _placed(
    marks: list[dict], x: float, y: float, per_line: int, fit: float, scale: float
) -> Iterator[tuple[float, float, dict]]:
    """The marks of one cell around its middle, line by line."""
    lines = -(-len(marks) // per_line)
    for k, mark in enumerate(marks):
        line, place = divmod(k, per_line)
        in_line = min(per_line, len(marks) - line * per_line)
        across, down = place - (in_line - 1) / 2, line - (lines - 1) / 2
        yield x + across * STEP * scale, y + down * STEP * 1.02 * scale * fit, mark


def _marks(
    ax: "Axes",
    placed: list[tuple[float, float, dict]],
    fit: float,
    small: float,
    scale: float,
    grey: bool,
) -> None:
    """Draw marks, all that look the same at once."""
    alike: dict[tuple, list[tuple[float, float]]] = {}
    for x, y, mark in placed:
        if mark["text"]:
            ax.text(x, y, style.plain(mark["text"]), size=small, ha="center", va="center")
            continue
        ink = style.grey_of(mark["colour"]) if grey else mark["colour"]
        face = {"full": ink, "pale": style.tint(ink, 0.32), "hollow": style.PAPER}[mark["fill"]]
        alike.setdefault((mark["marker"], 6.0, ink, face), []).append((x, y))
        if mark["struck"]:
            alike.setdefault(("x", 4.0, ink, ink), []).append((x, y))
    for (marker, size, ink, face), at in sorted(alike.items(), key=lambda look: look[0][0] == "x"):
        look = {
            "marker": marker,
            "ms": size * scale * fit,
            "color": ink,
            "mfc": face,
            "mew": 1.2 * scale,
        }
        ax.plot(*zip(*at, strict=True), linestyle="", clip_on=False, **look)


def interactive(matrix: Matrix, words: style.Words):
    """The interactive figure, a plotly one."""
    import plotly.graph_objects as go

    row, column = ({k: i for i, k in enumerate(keys)} for keys in (matrix.rows, matrix.columns))
    marks = matrix.marks[matrix.marks["text"] == ""]
    marks = marks.assign(
        i=[column[k] for k in zip(marks["group"], marks["column"], strict=True)],
        y=[row[k] for k in zip(marks["section"], marks["row"], strict=True)],
    )
    size = marks.groupby(["i", "y"])["row"].transform("size")
    place = marks.groupby(["i", "y"]).cumcount()
    marks = marks.assign(x=marks["i"] + (place - (size - 1) / 2) * 0.8 / size.clip(lower=5))
    figure = go.Figure()
    order = {name: n for n, name in enumerate(e["label"] for e in matrix.key)}
    for name, group in sorted(
        marks.groupby("name", sort=False),
        key=lambda g: (g[1]["struck"].iloc[0], order.get(g[0], 99)),
    ):
        first = group.iloc[0]
        fills = [
            style.tint(c, 0.32) if f == "pale" else c
            for c, f in zip(group["colour"], group["fill"], strict=True)
        ]
        shape = style.PLOTLY_MARKERS[first["marker"]] + _open(first)
        marker = {
            "color": first["colour"] if first["struck"] else fills,
            "size": 11,
            "symbol": shape,
            "line": {"color": first["colour"], "width": 2},
        }
        figure.add_scatter(
            x=list(group["x"]),
            y=list(group["y"]),
            mode="markers",
            name=escape(name),
            marker=marker,
            text=list(group["hover"]),
            hovertemplate="%{text}<extra></extra>",
            customdata=list(group["claim_id"]),
        )
    broken = [
        [
            line
            for part in c.split("\n")
            for line in lines(part, max(8, LETTERS_ACROSS // len(matrix.columns)))
        ]
        for _, c in matrix.columns
    ]
    head_room = 8 + 16 * max(map(len, broken), default=1)
    groups = {
        g: [i for i, (h, _) in enumerate(matrix.columns) if h == g] for g, _ in matrix.columns
    }
    notes = [
        {
            "x": sum(v) / len(v),
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": head_room,
            "text": f"<b>{escape(g)}</b>",
            "showarrow": False,
        }
        for g, v in groups.items()
    ]
    rules = [
        {
            "type": "line",
            "x0": v[0] - 0.5,
            "x1": v[0] - 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": style.MUTED, "width": 1},
        }
        for v in groups.values()
    ]
    layout = plotly_layout(words.headline, 162 + head_room + 30 * len(matrix.rows), 52 + head_room)
    figure.update_layout(**layout, annotations=notes, shapes=rules)
    ticks = ["<br>".join(map(escape, b)) for b in broken]
    figure.update_xaxes(
        tickvals=list(range(len(ticks))),
        ticktext=ticks,
        side="top",
        range=[-0.5, len(ticks) - 0.5],
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


def _open(mark: pd.Series) -> str:
    if not mark["struck"]:
        return ""
    return "-x-open" if mark["marker"] in ("o", "s", "D") else "-open"


def hover(mark: pd.Series, codes: list[str], voice: str) -> str:
    """What an interactive mark says: claim, speaker, voice, quote, article, codes."""
    parts = [f"<b>{escape(mark['claim_id'])}</b> {escape(mark['speaker'])}, {escape(voice)}"]
    parts += map(escape, lines(f"“{mark['quote']}”"))
    parts += [escape(mark["outlet"]), *map(escape, lines(", ".join(codes)))]
    return "<br>".join(p for p in parts if p)


def lines(text: str, width: int = 60) -> list[str]:
    """A text in lines of at most `width` letters; one empty line for an empty text."""
    return textwrap.wrap(text, width) or [""]


def plotly_layout(headline: str, height: int, top: int = 80) -> dict:
    """Layout that the interactive figures share, after the static ones."""
    title = "<br>".join(f"<b>{escape(line)}</b>" for line in lines(headline, 95))
    count = title.count("<br>") + 1
    return {
        "template": "none", "height": height + 18 * count, "hovermode": "closest",
        "font": {"family": "DejaVu Sans, Verdana, sans-serif", "size": 12, "color": style.INK},
        "title": {"text": title, "font": {"size": 15}, "x": 0.01, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 14}},
        "modebar": {"orientation": "v"}, "margin": {"l": 60, "r": 50, "t": top + 20 * count, "b": 50},
        "legend": {"orientation": "h", "y": 0, "yanchor": "top", "yref": "paper", "x": 0, "xanchor": "left"},
        "paper_bgcolor": style.PAPER, "plot_bgcolor": style.PAPER, "hoverlabel": {"align": "left", "bgcolor": style.PAPER, "font": {"color": style.INK}},
    }  # fmt: skip
