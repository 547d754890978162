"""Whose words stand where in each article: a lane for each speaker."""

from collections import Counter
from collections.abc import Iterable
from math import fsum
from typing import TYPE_CHECKING

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.charts.chart import Chart, short_names, the_rest
from helpers.corpus import Corpus
from helpers.corpus.english import listed, plural
from helpers.corpus.schema import DIRECT, SPEAKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ARTICLES = 4
MOST_SPEAKERS = 5
HEAD, GAP, BAR = 7.0, 3.0, 5.2  # mm: an article's heading, the room under it, a lane


def voices(corpus: Corpus) -> Chart:
    """Each article word by word, in lanes by speaker."""
    shown = _shown(corpus)
    names = corpus.codebook[corpus.codebook["facet"] == "voice"].set_index("code")
    runs = _runs(corpus, shown)
    reading = f"The number of words stands at the right.{_left_out(corpus, shown)}"
    left = [name for source, name in corpus.outlets.items() if source not in shown]
    part = f"{len(shown)} of {len(corpus.texts)} articles" if left else ""
    if part:
        reading += f" {part}, those with most claims; the others stand in the table of words."
    totals = tables.voices(corpus).groupby(["outlet", "part"], sort=False)["words"].sum()
    counts = "; ".join(
        f"{o}, {names['label'].get(p, p)}: {plural(int(n), 'word')}" for (o, p), n in totals.items()
    )

    def describe(headline: str) -> str:
        return (
            "Strips of text, one per article, in lanes by speaker and voice; words of the article "
            "across, from the first to the last; what is quoted stands taller. "
            f"{headline} {counts}."
        )

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        return _figure(runs, names, wording, size, titled, grey)

    title = "Each article from its first word to its last, in lanes by whose words stand there"
    by_article = runs.groupby("outlet", sort=False)
    gathered = [f"{name} (in {o})" for o, mine in by_article for name in _speakers(mine)[1]]
    rest = f"{the_rest('Other articles', left)} {the_rest('In “more”', gathered)}".strip()
    return Chart("voices", corpus, title, reading, runs, describe, paint, part=part, rest=rest)


def _shown(corpus: Corpus) -> list[str]:
    """Articles that have a lane: those with most claims on the main target, then in all."""
    claims = corpus.claims
    count, main = Counter(claims["source_id"]), claims["target"] == corpus.main_target
    on = Counter(claims.loc[main, "source_id"])
    most = sorted(corpus.texts, key=lambda s: (-on[s], -count[s]))[:MOST_ARTICLES]
    return [source for source in corpus.texts if source in most]


def _left_out(corpus: Corpus, shown: list[str]) -> str:
    """What kinds of words no claim has, in a sentence."""
    omissions = corpus.omissions[corpus.omissions["source_id"].isin(shown)]
    kinds, found = corpus.categories("omissions", "kind"), set(omissions["kind"])
    return f" Left out: {listed([kinds[k] for k in kinds if k in found])}." if found else ""


def _runs(corpus: Corpus, shown: list[str]) -> pd.DataFrame:
    """Words one after another that stand in the same claim, or in none, as one row."""
    words = tables.spoken_words(corpus)
    words = words[words["source_id"].isin(shown)]
    same = ["source_id", "part", "speaker_id", "speaker", "claim_id"]
    new = (words[same] != words[same].shift()).any(axis=1).cumsum()
    runs = (
        words.assign(start=words.groupby("source_id").cumcount())
        .groupby(new)
        .agg({**dict.fromkeys(same, "first"), "start": "first", "word": "size"})
    )
    claims, names = corpus.claims, short_names(corpus)
    quotes = dict(zip(claims["claim_id"], claims["quote"], strict=True))
    runs = runs.rename(columns={"word": "words"}).assign(
        outlet=runs["source_id"].map(corpus.outlets),
        quote=[quotes.get(c, "") for c in runs["claim_id"]],
        short=[names.get(s, "") for s in runs["speaker_id"]],
    )
    runs = runs.drop(columns="speaker_id")
    return runs.reset_index(drop=True)


def _figure(
    runs: pd.DataFrame,
    voices: pd.DataFrame,
    wording: style.Wording,
    size: str,
    titled: bool,
    grey: bool,
) -> "Figure":
    """The static figure. Its axes count in millimetres, from the top left.

    Parameters
    ----------
    runs : DataFrame
        source_id, outlet, part (a voice or "left out"), short (the speaker), start and words
        (in words from the article's beginning).
    voices : DataFrame
        label, colour and marker by voice, in their order.
    """
    articles = dict(iter(runs.groupby("source_id", sort=False)))
    others = [v for v in voices.index if v in set(runs["part"]) and v not in SPEAKING]
    lanes = {s: _lanes(mine, voices, others) for s, mine in articles.items()}
    labels = _labels(lanes.values(), size)
    left = max(style.text_width(t, style.TEXT) for ls in labels.values() for t in ls) + 3
    heights = {
        label: max(BAR, len(t) * style.line(style.TEXT) + 1.2) for label, t in labels.items()
    }
    room = style.room(size)
    heads = {s: style.wrap(_head(m), room, style.TEXT, True) for s, m in articles.items()}
    total = fsum(
        HEAD + fsum(heights[label] for label, _ in found) + GAP for found in lanes.values()
    )
    total += fsum(_more(lines) for lines in heads.values())
    key = _key(runs, voices)
    page = style.page(size, total, left, wording, style.key_height(key, size), titled)
    page.axes.set_axis_off()
    width = room - left
    longest = int((runs["start"] + runs["words"]).max())
    word = (width - 2 * _number_width() - 1) / longest  # width of a word in mm
    y, rules = 0.0, []
    for source in articles:
        _heading(page.axes, heads[source], left, y)
        y += HEAD + _more(heads[source])
        for label, here in lanes[source]:
            middle = y + heights[label] / 2
            _label(page.axes, labels[label], middle)
            _lane(page.axes, here, voices, middle, width, word, grey)
            y += heights[label]
            rules.append(y)
        y += GAP
    page.axes.hlines(rules, 0, width, color=style.GRID, lw=0.6, clip_on=False)
    style.key(page.figure, key, size, page.key_top, grey)
    return page.figure


def _labels(lanes: Iterable[list[tuple[str, pd.DataFrame]]], size: str) -> dict[str, list[str]]:
    """The lines of each lane's label."""
    names = [label for found in lanes for label, _ in found]
    return {n: style.wrap(n, 0.36 * style.SIZES[size], style.TEXT) for n in names}


def _head(mine: pd.DataFrame) -> str:
    """The outlet of an article and how many words it has."""
    return f"{mine['outlet'].iloc[0]}, {int(mine['words'].sum())} words"


def _more(lines: list[str]) -> float:
    """The room that a heading takes beyond its first line, in mm."""
    return (len(lines) - 1) * style.line(style.TEXT)


def _heading(ax: "Axes", lines: list[str], left: float, y: float) -> None:
    """The heading of an article, above its lanes."""
    middle, title = y + HEAD * 0.55 + _more(lines) / 2, style.plain("\n".join(lines))
    ax.text(-left, middle, title, size=style.TEXT, weight="bold", va="center")


def _label(ax: "Axes", lines: list[str], middle: float) -> None:
    """The label of a lane, at its left."""
    text = style.plain("\n".join(lines))
    ax.text(-2, middle, text, size=style.TEXT, ha="right", va="center")


def _number_width() -> float:
    return style.text_width("0000", style.SMALL)


def _key(runs: pd.DataFrame, voices: pd.DataFrame) -> list[dict]:
    """Key entries for the voices of those who speak."""
    spoken = voices[voices.index.isin(runs["part"]) & voices.index.isin(SPEAKING)]
    return [
        {
            "marker": "s",
            "colour": r.colour,
            "label": r.label + (" (tall)" if r.Index == DIRECT else ""),
        }
        for r in spoken.itertuples()
    ]


def _lane(
    ax: "Axes",
    here: pd.DataFrame,
    voices: pd.DataFrame,
    middle: float,
    width: float,
    word: float,
    grey: bool,
) -> None:
    """One lane of an article: its blocks around a middle, and how many words they are."""
    for part, blocks in here.groupby("part", sort=False):
        ink = voices["colour"].get(part, style.LEFT_OUT)
        ink = style.grey_of(ink) if grey else ink
        # what is quoted stands taller, so that it is told apart without colour
        high = BAR * (0.76 if part == DIRECT else 0.38)
        across = list(zip(blocks["start"] * word, blocks["words"] * word, strict=True))
        look = {"fc": ink, "ec": style.PAPER, "lw": min(0.5, word)}
        ax.broken_barh(across, (middle - high / 2, high), **look)
        for (start, wide), claim in zip(across, blocks["claim_id"], strict=True):
            style.mark_place(ax, start + wide / 2, middle, wide, high, [claim])
        at = width - (_number_width() if part == DIRECT else 0)
        number = f"{int(blocks['words'].sum())}"
        ink = ink if part in voices.index else style.MUTED
        ax.text(at, middle, number, size=style.SMALL, color=ink, ha="right", va="center")
    if here.empty:
        ax.text(width, middle, "0", size=style.SMALL, color=style.MUTED, ha="right", va="center")


def _speakers(mine: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Who has a lane of an article, those with most words first, and who shares the last one."""
    spoken = mine[mine["part"].isin(SPEAKING)].groupby("short", sort=False)["words"].sum()
    names = list(spoken.sort_values(ascending=False, kind="stable").index)
    most = MOST_SPEAKERS - (len(names) > MOST_SPEAKERS)
    return names[:most], names[most:]


def _lanes(
    mine: pd.DataFrame, voices: pd.DataFrame, others: list[str]
) -> list[tuple[str, pd.DataFrame]]:
    """The lanes of an article with their labels.

    Speakers, those with most words first; other voices; the rest.
    """
    spoken = mine["part"].isin(SPEAKING)
    own, gathered = _speakers(mine)
    found = [(name, mine[spoken & (mine["short"] == name)]) for name in own]
    if gathered:
        found.append((f"{len(gathered)} more", mine[spoken & mine["short"].isin(gathered)]))
    found += [(voices.at[v, "label"], mine[mine["part"] == v]) for v in others]
    rest = mine[mine["part"] == tables.NOT_CHOSEN]
    found += [] if rest.empty else [(tables.NOT_CHOSEN, rest)]
    return [*found, (tables.LEFT_OUT, mine[mine["part"] == tables.LEFT_OUT])]
