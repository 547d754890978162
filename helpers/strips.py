"""Where in each article which voice speaks, as drawn: a lane for each voice."""

from typing import TYPE_CHECKING

import pandas as pd

from helpers import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def draw(runs: pd.DataFrame, voices: pd.DataFrame, words: style.Words, size: str, titled: bool, grey: bool) -> "Figure":
    """The static figure. Its axes count in millimetres, from the top left.

    Parameters
    ----------
    runs : DataFrame
        source_id, outlet, part (a voice or "left out"), short (the speaker), start and words
        (in words from the article's beginning).
    voices : DataFrame
        label and colour by voice, in their order.
    """
    scale = style.SCALES.get(size, (1.0,))[0]
    points, small = style.TEXT * scale, style.SMALL * scale
    lanes = [*[v for v in voices.index if v in set(runs["part"])], "left out"]
    labels = {v: voices["label"].get(v, "left out") for v in lanes}
    left = max(style.text_width(t, points) for t in labels.values()) + 3 * scale
    articles = list(dict.fromkeys(runs["source_id"]))
    lane, head, gap = 6.0 * scale, 7.0 * scale, 3.0 * scale
    total = len(articles) * (head + lane * len(lanes) + gap)
    page = style.page(size, scale, total, left, words, 0, titled)
    ax, fit = page.axes, min(page.height / total, 1.0)
    ax.set_axis_off()
    word = (style.room(size, scale) - left - 14 * scale) / int((runs["start"] + runs["words"]).max())
    y = 0.0
    for article in articles:
        mine = runs[runs["source_id"] == article]
        count = int(mine["words"].sum())
        ax.text(
            -left,
            y + head * 0.55 * fit,
            style.plain(f"{mine['outlet'].iloc[0]}, {count} words"),
            size=points,
            weight="bold",
            va="center",
        )
        y += head * fit
        for v in lanes:
            middle, here = y + lane * fit / 2, mine[mine["part"] == v]
            ax.text(-2 * scale, middle, labels[v], size=points, ha="right", va="center")
            ax.plot([0, count * word], [y + lane * fit] * 2, color=style.GRID, lw=0.6, clip_on=False)
            ink = voices["colour"].get(v, style.LEFT_OUT)
            ink = style.grey_of(ink) if grey else ink
            ax.barh(
                [middle] * len(here),
                here["words"] * word,
                left=here["start"] * word,
                height=lane * 0.62 * fit,
                color=ink,
                ec=style.PAPER,
                lw=0.5,
            )
            if v in ("direct", "indirect"):
                _names(ax, here, middle, small, word, style.room(size, scale) - left, scale)
            y += lane * fit
        y += gap * fit
    ax.set_xlim(0, style.room(size, scale) - left)
    ax.set_ylim(page.height, 0)
    return page.figure


def _names(ax: "Axes", runs: pd.DataFrame, y: float, points: float, word: float, width: float, scale: float) -> None:
    """Name the speaker at the end of a stretch of words, where there is room before the next."""
    spans: list[list] = []
    for r in runs.itertuples():
        if spans and spans[-1][0] == r.short and r.start - spans[-1][2] < 12:
            spans[-1][2] = r.start + r.words
        else:
            spans.append([r.short, r.start, r.start + r.words])
    for i, (short, _, end) in enumerate(spans):
        free = (spans[i + 1][1] * word if i + 1 < len(spans) else width) - end * word
        if style.text_width(short, points) + 1.5 * scale < free:
            ax.text(end * word + 0.8 * scale, y, style.plain(short), size=points, va="center")
