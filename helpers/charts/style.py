"""How figures look: named sizes, type, inks, and the page every figure is set on."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ft2font import FT2Font

MM = 1 / 25.4  # inches in a millimetre
SIZES = {"column": 85.0, "full": 170.0, "slide": 254.0}  # width in mm; a slide is 16:9
SLIDE_HEIGHT = 142.9
SCALES = {"slide": (1.3, 1.15, 1.0)}  # of type and marks, the largest that fits
TITLE, TEXT, SMALL = 11.0, 8.5, 7.2  # pt as printed; on a slide larger
MARGIN = 3.0
INK, MUTED, GRID, PAPER = "#1a1a1a", "#55595e", "#c9cdd2", "#ffffff"
ACCENT, ALARM, LEFT_OUT = "#005a9c", "#a33c00", "#8a9097"
SIGNS = {"o": "●", "s": "■", "^": "▲", "v": "▼", "D": "◆", "P": "✚", "X": "✖", "*": "★", "h": "⬢", "p": "⬟", "<": "◀", ">": "▶", "8": "⯃", "d": "⬧"}  # fmt: skip
PLOTLY_MARKERS = {"o": "circle", "s": "square", "^": "triangle-up", "v": "triangle-down", "D": "diamond", "P": "cross", "X": "x", "*": "star", "h": "hexagon", "p": "pentagon", "<": "triangle-left", ">": "triangle-right", "8": "octagon", "d": "diamond-tall"}  # fmt: skip
RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "svg.hashsalt": "figure",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "axes.edgecolor": MUTED,
    "text.color": INK,
    "xtick.color": INK,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
}


class Words(NamedTuple):
    """Headline, subtitle and source line of a figure; the last cannot be left off."""

    headline: str
    subtitle: str
    source: str


class Page(NamedTuple):
    """A figure; its axes, which count in millimetres from the top left; their height; where a
    key goes, in mm from the bottom of the page."""

    figure: "Figure"
    axes: "Axes"
    height: float
    key_top: float


def largest_that_fits(
    draw: Callable[[float], tuple["Figure", float]], size: str, least: float
) -> "Figure":
    """Draw at the largest scale at which the content keeps `least` of the height it asks for."""
    if size not in SIZES:
        raise ValueError(f"no size {size!r}; there are {', '.join(SIZES)}")
    figure = None
    for scale in SCALES.get(size, (1.0,)):
        figure, fit = draw(scale)
        if fit >= least:
            break
    assert figure is not None
    return figure


def room(size: str, scale: float) -> float:
    """Width between the margins, in mm."""
    return SIZES[size] - 2 * MARGIN * scale


def line(points: float) -> float:
    """Height of a line of text, in mm."""
    return points * 1.25 / 72 / MM


def text_width(text: str, points: float, bold: bool = False) -> float:
    """Width of a line of text in mm, letter by letter, with a little to spare."""
    return sum(_advance(letter, bold) for letter in text) * points * 1.02 / 72 / MM


@lru_cache(maxsize=10_000)
def _advance(letter: str, bold: bool) -> float:
    """How far a letter moves the next one, as a share of the size of type."""
    from matplotlib.ft2font import LoadFlags

    return (
        _font(bold).load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance
        / _font(bold).units_per_EM
    )


@lru_cache(maxsize=2)
def _font(bold: bool) -> "FT2Font":
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    return FT2Font(
        findfont(FontProperties(family=RC["font.family"], weight="bold" if bold else "normal"))
    )


def wrap(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width` mm."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, points, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def even(text: str, width: float, points: float, bold: bool = False) -> list[str]:
    """Break a text into as few lines as `wrap` does, as even as they can be, so that no word stands alone."""
    lines = wrap(text, width, points, bold)
    while len(lines) > 1 and len(
        narrower := wrap(text, width := width * 0.98, points, bold)
    ) == len(lines):
        if max(text_width(t, points, bold) for t in narrower) > width:
            break  # one long word
        lines = narrower
    return lines


def missing_letters(text: str) -> str:
    """Letters that figures cannot set, because their font lacks them."""
    rare = [
        c for c in dict.fromkeys(text) if ord(c) > 0x52F and not c.isspace()
    ]  # Latin to Cyrillic are all there
    return "".join(c for c in rare if ord(c) not in _letters())


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(_font(False).get_charmap())


def plain(text: str) -> str:
    """Text for matplotlib, which would read two dollar signs as mathematics."""
    return text.replace("$", r"\$")


def page(
    size: str,
    scale: float,
    height: float,
    left: float,
    words: Words,
    key_lines: int = 0,
    titled: bool = True,
    top: float = 0.0,
) -> Page:
    """A page with headline, subtitle and source line, and axes in between.

    Parameters
    ----------
    size : str
        "column", "full" or "slide".
    scale : float
        How much larger type and marks are than at their nominal size.
    height : float
        Height of the axes in mm; on a slide, whose height is fixed, they take what is left.
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

    width = SIZES[size]
    margin, free = MARGIN * scale, room(size, scale)
    heads = even(words.headline, free, TITLE * scale, bold=True) if titled else []
    subs = even(words.subtitle, free, TEXT * scale) if titled else []
    foot = wrap(words.source, free, SMALL * scale)
    key_room = key_lines * line(SMALL * scale) * 1.2 + (1.5 * scale if key_lines else 0)
    foot_room = len(foot) * line(SMALL * scale)
    above = (
        margin
        + len(heads) * line(TITLE * scale)
        + len(subs) * line(TEXT * scale)
        + (3.5 * scale if titled else 0)
        + top
    )
    below = margin + foot_room + key_room + 1.5 * scale
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
            y -= line(points * scale)
        y -= 0.8 * scale
    for i, text in enumerate(foot):
        figure.text(
            margin / width,
            (margin + foot_room - i * line(SMALL * scale)) / total,
            plain(text),
            size=SMALL * scale,
            color=MUTED,
            va="top",
        )
    inner = total - above - below
    axes = figure.add_axes(
        ((margin + left) / width, below / total, (free - left) / width, inner / total)
    )
    axes.set_xlim(0, free - left)
    axes.set_ylim(inner, 0)
    return Page(figure, axes, inner, margin + foot_room + key_room)


def key(
    figure: "Figure", entries: list[dict], size: str, scale: float, top: float, grey: bool = False
) -> None:
    """Marks and their meaning in lines; `top` is where the key starts, in mm from the bottom."""
    from matplotlib.lines import Line2D

    width = SIZES[size]
    total = figure.get_figheight() / MM
    for x, y, entry in _laid_out(entries, size, scale):
        at = (top - y - line(SMALL * scale) * 0.7) / total
        ink = grey_of(entry["colour"]) if grey else entry["colour"]
        face = {"full": ink, "pale": tint(ink, 0.32), "hollow": PAPER}[entry.get("fill", "full")]
        for marker, points in (
            (entry["marker"], 5.5),
            *((("x", 3.6),) if entry.get("struck") else ()),
        ):
            mark = Line2D(
                [(x + 1.4 * scale) / width],
                [at],
                marker=marker,
                color=ink,
                mfc=face,
                mew=1.1 * scale,
                markersize=points * scale,
                linestyle="",
                transform=figure.transFigure,
            )
            figure.add_artist(mark)
        figure.text(
            (x + 3.6 * scale) / width,
            at,
            plain(entry["label"]),
            size=SMALL * scale,
            va="center",
            color=INK,
        )


def _laid_out(entries: list[dict], size: str, scale: float) -> list[tuple[float, float, dict]]:
    """Key entries with their place in mm, broken into lines."""
    margin, gap = MARGIN * scale, 4.5 * scale
    x, y, out = margin, 0.0, []
    for entry in entries:
        wide = 3.6 * scale + text_width(entry["label"], SMALL * scale)
        if x > margin and x + wide > margin + room(size, scale):
            x, y = margin, y + line(SMALL * scale) * 1.2
        out.append((x, y, entry))
        x += wide + gap
    return out


def key_height(entries: list[dict], size: str, scale: float) -> int:
    """How many lines a key takes."""
    return len({y for _, y, _ in _laid_out(entries, size, scale)})


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (Web Content Accessibility Guidelines)."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (p / 255 for p in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def grey_of(colour: str) -> str:
    """The grey of the same luminance."""
    light = luminance(colour)
    value = round(
        255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
    )
    return f"#{value:02x}{value:02x}{value:02x}"


def tint(colour: str, share: float = 0.16) -> str:
    """A colour mixed with white, so that text on it keeps its contrast."""
    return "#" + "".join(f"{round(255 - (255 - p) * share):02x}" for p in _parts(colour))
