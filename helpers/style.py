"""How figures look: named sizes, type, inks, and the page every figure is set on."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MM = 1 / 25.4
SIZES = {"column": 85.0, "full": 170.0, "slide": 254.0}  # width in mm; a slide is 16:9
SLIDE_HEIGHT = 142.9
TITLE, TEXT, SMALL = 11.0, 8.5, 7.2  # pt; a slide is set larger by SLIDE_SCALE
SLIDE_SCALE = 1.45
INK, MUTED, GRID, PAPER = "#1a1a1a", "#55595e", "#c9cdd2", "#ffffff"
SIGNS = {"o": "●", "s": "■", "^": "▲", "v": "▼", "D": "◆", "P": "✚", "X": "✖", "*": "★", "h": "⬢", "p": "⬟", "<": "◀", ">": "▶", "8": "⯃", "d": "⬧"}  # fmt: skip
PLOTLY_MARKERS = {"o": "circle", "s": "square", "^": "triangle-up", "v": "triangle-down", "D": "diamond", "P": "cross", "X": "x", "*": "star", "h": "hexagon", "p": "pentagon", "<": "triangle-left", ">": "triangle-right", "8": "octagon", "d": "diamond-tall"}  # fmt: skip
RC = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "svg.hashsalt": "figure",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "hatch.linewidth": 0.6,
}


class Page(NamedTuple):
    """A figure with its axes, and the width it has for text (inches)."""

    figure: "Figure"
    axes: "Axes"
    scale: float


@lru_cache(maxsize=20_000)
def text_width(text: str, points: float, bold: bool = False) -> float:
    """Width of a line of text in inches, as the figure will set it, with a little to spare."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=RC["font.family"], weight="bold" if bold else "normal", size=points)
    return text_to_path.get_text_width_height_descent(text, font, False)[0] * 1.02 / 72


def wrap(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width` inches."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, points, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def plain(text: str) -> str:
    """Text for matplotlib, which would read two dollar signs as mathematics."""
    return text.replace("$", r"\$")


def scale_of(size: str) -> float:
    """How much larger type and marks are at a size than at their nominal one."""
    return SLIDE_SCALE if size == "slide" else 1.0


def page(
    size: str,
    height: float,
    left: float,
    headline: str,
    subtitle: str,
    source: str,
    key_lines: int = 0,
    titled: bool = True,
    top: float = 0.0,
) -> Page:
    """A page with headline, subtitle and source line, and axes in between.

    Parameters
    ----------
    size : str
        "column", "full" or "slide".
    height : float
        Height of the axes in mm; a slide, whose height is fixed, gives what is left.
    left : float
        Room for the labels left of the axes, in mm.
    headline, subtitle, source : str
        Headline and subtitle are left out where `titled` is false; the source line never is.
    key_lines : int
        Lines to keep free under the axes for a key.
    top : float
        Room for headings above the axes, in mm.
    """
    from matplotlib.figure import Figure  # pyplot would cost each notebook half a second

    width, scale = SIZES[size], scale_of(size)
    margin = 3.0 * scale
    room = (width - 2 * margin) * MM
    line = {p: p * scale * 1.3 / 72 / MM for p in (TITLE, TEXT, SMALL)}
    heads = wrap(headline, room, TITLE * scale, bold=True) if titled else []
    subs = wrap(subtitle, room, TEXT * scale) if titled else []
    foot = wrap(source, room, SMALL * scale)
    above = margin + len(heads) * line[TITLE] + len(subs) * line[TEXT] + (2.5 * scale if titled else 0) + top
    below = margin + len(foot) * line[SMALL] + 2.0 * scale + key_lines * line[TEXT] * 1.25
    total = SLIDE_HEIGHT if size == "slide" else above + height + below
    figure = Figure(figsize=(width * MM, total * MM))
    y = total - margin
    for lines, points, weight, ink in ((heads, TITLE, "bold", INK), (subs, TEXT, "normal", MUTED)):
        for text in lines:
            figure.text(
                margin / width,
                y / total,
                plain(text),
                size=points * scale,
                weight=weight,
                color=ink,
                va="top",
            )
            y -= line[points]
        y -= 0.8 * scale
    y = margin + len(foot) * line[SMALL]
    for text in foot:
        figure.text(margin / width, y / total, plain(text), size=SMALL * scale, color=MUTED, va="top")
        y -= line[SMALL]
    box = (
        (margin + left) / width,
        below / total,
        (width - 2 * margin - left) / width,
        (total - above - below) / total,
    )
    axes = figure.add_axes(box)
    return Page(figure, axes, scale)


def key(figure: "Figure", entries: list[dict], size: str, bottom: float) -> None:
    """Marks and their meaning in lines under the axes; `bottom` is where the key starts, in mm."""
    from matplotlib.lines import Line2D

    width, scale = SIZES[size], scale_of(size)
    total = figure.get_figheight() / MM
    for x, y, entry in laid_out(entries, size):
        at = bottom - y
        mark = Line2D([(x + 1.4 * scale) / width], [at / total], marker=entry["marker"], color=entry["colour"], markerfacecolor=entry.get("fill", entry["colour"]), markersize=5 * scale, linestyle="", transform=figure.transFigure)  # fmt: skip
        figure.add_artist(mark)
        figure.text(
            (x + 3.6 * scale) / width,
            at / total,
            plain(entry["label"]),
            size=SMALL * scale,
            va="center",
            color=INK,
        )


def laid_out(entries: list[dict], size: str) -> list[tuple[float, float, dict]]:
    """Key entries with their place in mm, broken into lines."""
    width, scale = SIZES[size], scale_of(size)
    margin, step = 3.0 * scale, TEXT * scale * 1.6 / 72 / MM
    x, y, out = margin, 0.0, []
    for entry in entries:
        wide = 3.6 * scale + text_width(entry["label"], SMALL * scale) / MM + 4.5 * scale
        if x > margin and x + wide - 4.5 * scale > width - margin:
            x, y = margin, y + step
        out.append((x, y, entry))
        x += wide
    return out


def key_height(entries: list[dict], size: str) -> int:
    """How many lines a key takes."""
    return len({y for _, y, _ in laid_out(entries, size)})
