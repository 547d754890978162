"""How figures look: named sizes, type, inks, and the page every figure is set on."""

import textwrap
from collections.abc import Iterable
from html import escape
from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers.charts import letters
from helpers.corpus.colours import PAPER, luminance, parts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MM = 1 / 25.4  # inches in a millimetre
SIZES = {"column": 85.0, "full": 170.0}  # width in mm
TITLE, TEXT, SMALL = 11.0, 8.5, 7.2  # pt as printed
MARGIN = 3.0
UNDER_TOP = 0.76  # of a line: where its letters stand, so that accents do not move them
INK, MUTED, GRID, LEFT_OUT = "#1a1a1a", "#55595e", "#c9cdd2", "#b4bac0"
MARKERS = {  # matplotlib's markers, each as a letter and as plotly names it
    "o": ("●", "circle"),
    "s": ("■", "square"),
    "^": ("▲", "triangle-up"),
    "v": ("▼", "triangle-down"),
    "D": ("◆", "diamond"),
    "P": ("✚", "cross"),
    "X": ("✖", "x"),
    "*": ("★", "star"),
    "h": ("⬢", "hexagon"),
    "p": ("⬟", "pentagon"),
    "<": ("◀", "triangle-left"),
    ">": ("▶", "triangle-right"),
    "8": ("⯃", "octagon"),
    "d": ("⬧", "diamond-tall"),
}
# The fonts of figures whose letters the reader's machine sets.
FONTS = "'Source Sans Pro', 'Source Sans 3', 'DejaVu Sans', Verdana, sans-serif"
PLOTLY_LINE = 64  # letters that the narrowest page with an interactive figure has room for
STRIKE = (2, 2, -45)  # a stroke from the lower left, which goes through a mark of any shape
SIGNS, PLOTLY_MARKERS = ({m: names[i] for m, names in MARKERS.items()} for i in (0, 1))
RC: dict[Any, Any] = {
    "font.family": letters.FAMILIES,
    "font.size": TEXT,
    "svg.hashsalt": "figure",
    "svg.fonttype": "path",  # a reader's browser may not have the fonts
    "pdf.fonttype": 42,
    "axes.edgecolor": MUTED,
    "text.color": INK,
    "xtick.color": INK,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
}


class Wording(NamedTuple):
    """Headline, subtitle and source line of a figure, which cannot be left off; what is listed
    above the source line."""

    headline: str
    subtitle: str
    source: str
    listed: str = ""


class Place(NamedTuple):
    """Where a mark stands on a page, as shares of its width and height from the top left, and
    the ids of the claims that it stands for."""

    left: float
    top: float
    width: float
    height: float
    claims: tuple[str, ...]


def mark_place(
    ax: "Axes", x: float, y: float, wide: float, high: float, claims: Iterable[str]
) -> None:
    """Note where a mark stands (its middle, in mm), so that who shows the figure can link it."""
    ids = tuple(c for c in dict.fromkeys(claims) if c)
    if ids:
        figure: Any = ax.figure
        box = ax.get_position()
        across, down = figure.get_figwidth() / MM, figure.get_figheight() / MM
        left, top = box.x0 + (x - wide / 2) / across, 1 - box.y1 + (y - high / 2) / down
        places(figure).append(Place(left, top, wide / across, high / down, ids))


def places(figure: Any) -> list[Place]:
    """The places of a figure's marks, in the order in which they were drawn."""
    if not hasattr(figure, "places_of_marks"):
        figure.places_of_marks = []
    return figure.places_of_marks


class Page(NamedTuple):
    """A figure; its axes, which count in millimetres from the top left; and where a key goes, in
    mm from the bottom of the page."""

    figure: "Figure"
    axes: "Axes"
    key_top: float


def room(size: str) -> float:
    """Width between the margins, in mm."""
    return SIZES[size] - 2 * MARGIN


def line(points: float) -> float:
    """Height of a line of text, in mm."""
    return points * 1.25 / 72 / MM


def text_width(text: str, points: float, bold: bool = False) -> float:
    """Width of a line of text in mm, letter by letter, with a little to spare."""
    # fsum, here and in the layouts: sum() rounds floats otherwise from Python 3.12 on.
    return fsum(letters.advance(letter, bold) for letter in text) * points * 1.02 / 72 / MM


def wrap(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width` mm; a word that is wider itself too."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, points, bold) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, width, points, bold)
    return lines if lines[0] or len(lines) == 1 else lines[1:]


def _pieces(word: str, width: float, points: float, bold: bool) -> list[str]:
    """A word in as few pieces as fit, each of one letter at least."""
    pieces = [""]
    for letter in letters.whole(word):
        if pieces[-1] and text_width(pieces[-1] + letter, points, bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def even(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into as few lines as `wrap` does, as even as they can be.

    No word stands alone then.
    """
    lines = wrap(text, width, points, bold)
    least = max((text_width(word, points, bold) for word in text.split()), default=0)
    # no narrower than the longest word, which would be broken then
    while len(lines) > 1 and width * 0.98 >= least:
        narrower = wrap(text, width := width * 0.98, points, bold)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def plain(text: str) -> str:
    """Text for matplotlib, which would read two dollar signs as mathematics."""
    return text.replace("$", r"\$")


def page(
    size: str,
    height: float,
    left: float,
    wording: Wording,
    key_lines: int = 0,
    titled: bool = True,
    top: float = 0.0,
) -> Page:
    """A page with headline, subtitle and source line, and axes in between.

    Parameters
    ----------
    size : str
        "column" or "full".
    height : float
        Height of the axes in mm.
    left : float
        Room for the labels left of the axes, in mm.
    key_lines : int
        Lines to keep free under the axes for a key.
    titled : bool
        Without headline and subtitle if false; the source line always stands.
    top : float
        Room for headings above the axes, in mm.
    """
    from matplotlib.figure import Figure  # pyplot would cost each notebook half a second

    width, free = SIZES[size], room(size)
    heads = even(wording.headline, free, TITLE, bold=True) if titled else []
    subs = even(wording.subtitle, free, TEXT) if titled else []
    foot = wrap(wording.listed, free, SMALL) if wording.listed else []
    foot += wrap(wording.source, free, SMALL)
    key_room = key_lines * line(SMALL) * 1.2 + (1.5 if key_lines else 0)
    foot_room = len(foot) * line(SMALL)
    title_room = len(heads) * line(TITLE) + len(subs) * line(TEXT) + (3.5 if titled else 0)
    above = MARGIN + title_room + top
    below = MARGIN + foot_room + key_room + 1.5
    total = above + height + below
    end = total - above  # of the axes, from the bottom
    figure = Figure(figsize=(width * MM, total * MM))
    _above(figure, heads, subs, width, total)
    _below(figure, foot, width, total)
    axes = figure.add_axes(
        ((MARGIN + left) / width, below / total, (free - left) / width, (end - below) / total)
    )
    axes.set_xlim(0, free - left)
    axes.set_ylim(height, 0)
    return Page(figure, axes, MARGIN + foot_room + key_room)


def _above(
    figure: "Figure", heads: list[str], subs: list[str], width: float, height: float
) -> None:
    """Headline and subtitle, from the top of the page, whose measures are in mm."""
    y = height - MARGIN
    for lines, points, weight, ink in ((heads, TITLE, "bold", INK), (subs, TEXT, "normal", MUTED)):
        for text in lines:
            look = {"size": points, "weight": weight, "color": ink, "va": "baseline"}
            figure.text(
                MARGIN / width, (y - UNDER_TOP * line(points)) / height, plain(text), **look
            )
            y -= line(points)
        y -= 0.8


def _below(figure: "Figure", foot: list[str], width: float, height: float) -> None:
    """The source line, at the bottom of the page, whose measures are in mm."""
    for i, text in enumerate(foot):
        y = MARGIN + (len(foot) - i - UNDER_TOP) * line(SMALL)
        look: dict[str, Any] = {"size": SMALL, "color": MUTED, "va": "baseline"}
        figure.text(MARGIN / width, y / height, plain(text), **look)


def note(axes: "Axes", texts: list[str], y: float, middle: float | None = None) -> None:
    """Small lines of text around a middle, or at the left."""
    text = "\n".join(map(plain, texts))
    box = {"fc": PAPER, "ec": "none", "pad": 1}
    look = {"size": SMALL, "color": MUTED, "va": "center", "bbox": box}
    if middle is None:
        axes.text(2, y, text, ha="left", **look)
    else:
        axes.text(middle, y, text, ha="center", **look)


def blank(wording: Wording, size: str, titled: bool, said: str) -> "Figure":
    """A page that says why it shows nothing."""
    texts = wrap(said, room(size) - 4, SMALL)
    height = (len(texts) + 1) * line(SMALL)
    made = page(size, height, 0, wording, titled=titled)
    made.axes.set_axis_off()
    note(made.axes, texts, height / 2)
    return made.figure


def key(figure: "Figure", entries: list[dict], size: str, top: float, grey: bool = False) -> None:
    """Marks and their meaning in lines; `top` is where the key starts, in mm from the bottom."""
    from matplotlib.lines import Line2D

    width, height = SIZES[size], figure.get_figheight() / MM
    for x, y, entry in _laid_out(entries, size):
        at = (top - y - line(SMALL) * 0.7) / height
        ink = grey_of(entry["colour"]) if grey else entry["colour"]
        face = filled(ink, entry.get("fill", "full"))
        marks = [(entry["marker"], 5.5), *([(STRIKE, 9.0)] if entry.get("struck") else [])]
        for marker, points in marks:
            look: dict[str, Any] = {
                "marker": marker,
                "color": ink,
                "mfc": face,
                "mew": 1.1,
                "markersize": points,
            }
            place = [(x + 1.4) / width], [at]
            mark = Line2D(*place, linestyle="", transform=figure.transFigure, **look)
            figure.add_artist(mark)
        after = x + (3.6 if entry["marker"] else 0)
        for i, text in enumerate(_key_label(entry, size)):
            low = at - i * line(SMALL) * 1.2 / height
            figure.text(after / width, low, plain(text), size=SMALL, va="center", color=INK)


def _key_label(entry: dict, size: str) -> list[str]:
    return wrap(entry["label"], room(size) - 3.6, SMALL)


def _laid_out(entries: list[dict], size: str) -> list[tuple[float, float, dict]]:
    """Key entries with their place in mm, broken into lines."""
    x, y, out = MARGIN, 0.0, []
    for entry in entries:
        texts = _key_label(entry, size)
        wide = 3.6 + max(text_width(text, SMALL) for text in texts)
        if x > MARGIN and x + wide > MARGIN + room(size):
            x, y = MARGIN, y + line(SMALL) * 1.2
        out.append((x, y, entry))
        x += wide + 4.5
        y += (len(texts) - 1) * line(SMALL) * 1.2
    return out


def key_height(entries: list[dict], size: str) -> int:
    """How many lines a key takes."""
    step = line(SMALL) * 1.2
    ends = (round(y / step) + len(_key_label(e, size)) for _, y, e in _laid_out(entries, size))
    return max(ends, default=0)


def filled(ink: str, fill: str) -> str:
    """The face of a mark of some ink: "full", "pale" or "hollow"."""
    return {"full": ink, "pale": tint(ink, 0.32), "hollow": PAPER}[fill]


def grey_of(colour: str) -> str:
    """The grey of the same luminance."""
    light = luminance(colour)
    value = round(
        255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
    )
    return f"#{value:02x}{value:02x}{value:02x}"


def tint(colour: str, share: float = 0.16) -> str:
    """A colour mixed with white, so that text on it keeps its contrast."""
    return "#" + "".join(f"{round(255 - (255 - p) * share):02x}" for p in parts(colour))


def lines(text: str, width: int = 60) -> list[str]:
    """A text in lines of at most `width` letters; one empty line for an empty text."""
    return textwrap.wrap(text, width) or [""]


def plotly_layout(headline: str, height: int, top: int = 80) -> dict:
    """Layout that the interactive figures share, after the static ones."""
    title = "<br>".join(f"<b>{escape(line)}</b>" for line in lines(headline, PLOTLY_LINE))
    count = title.count("<br>") + 1
    return {
        "template": "none",
        "height": height + 18 * count,
        "hovermode": "closest",
        "font": {"family": FONTS, "size": 12, "color": INK},
        "title": {
            "text": title,
            "font": {"size": 15},
            "x": 0.01,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 14},
        },
        "modebar": {"orientation": "v"},
        "margin": {"l": 60, "r": 50, "t": top + 20 * count, "b": 50},
        "legend": {
            "orientation": "h",
            "tracegroupgap": 0,
            "y": 0,
            "yanchor": "top",
            "yref": "paper",
            "x": 0,
            "xanchor": "left",
        },
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "hoverlabel": {"align": "left", "bgcolor": PAPER, "font": {"color": INK}},
    }


def plotly_blank(wording: Wording, said: str) -> Any:
    """An interactive figure that says why it shows nothing."""
    import plotly.graph_objects as go

    place = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "showarrow": False}
    text = "<br>".join(map(escape, lines(said, PLOTLY_LINE)))
    figure = go.Figure(layout=plotly_layout(wording.headline, 160))
    figure.update_layout(annotations=[{**place, "text": text, "xanchor": "left"}])
    return figure.update_xaxes(visible=False).update_yaxes(visible=False)
