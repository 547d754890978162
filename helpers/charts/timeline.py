"""The timeline: what is known of each event's time, static and interactive."""

import datetime as dt
from dataclasses import replace
from html import escape
from math import fsum
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.charts.chart import MOST_ROWS, Chart, the_rest, weights
from helpers.corpus import Corpus, dates
from helpers.corpus.colours import PAPER
from helpers.corpus.english import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELS = 0.36  # of the figure's width, for the labels
UNDATED = ", without a date"


def timeline(corpus: Corpus) -> Chart:
    """Events with dates on an axis, as uncertain as they are; the others in a list beneath."""
    kinds = corpus.categories("events", "kind")
    every = tables.timeline(corpus)
    every = every[(every["told_in"].map(len) + every["said_in"].map(len)) > 0]
    every = every.assign(dated=every["date"] != "", heading=every["kind"].map(kinds))
    every["heading"] += every["dated"].map({True: "", False: UNDATED})
    place = every["kind"].map(list(kinds).index)
    every = every.assign(apart=~every["dated"], place=place)
    every = every.sort_values(["apart", "place"], kind="stable").reset_index(drop=True)
    events = _shown(corpus, every)
    reading = (
        "A bar is the span that a date leaves open, an arrow an open end; beneath, what is known "
        "of the others."
    )
    left = every[~every["event_id"].isin(events["event_id"])]
    part = f"{len(events)} of {plural(len(every), 'event')}" if len(left) else ""
    if part:
        reading += f" {len(events)} of {len(every)} are drawn, those told of most, in headlines and"
        reading += " leads above all; the others stand below."
    claims = tables.claims(corpus).set_index("claim_id")
    told = "; ".join(f"{e.label}: {e.words}" for e in events.itertuples())

    def describe(headline: str) -> str:
        return (
            f"Timeline, {plural(len(events), 'event')} in rows, {int(events['dated'].sum())} of "
            f"them with a date on an axis, the others in a list. {headline}. {told}."
        )

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        return _figure(events, wording, size, titled)

    def plotly(wording: style.Wording) -> Any:
        return _interactive(events, claims, wording)

    rows = _event_marks(events, claims.reset_index())
    title = "Events as the articles date them"
    known = f"of {plural(len(corpus.events), 'event')} none is told of in a claim"
    lacking = known if len(corpus.events) else "the corpus has no event"
    chart = Chart("timeline", corpus, title, reading, rows, describe, paint, plotly)
    rest = the_rest("Other events", list(left["label"]))
    return replace(chart, lacking=lacking, part=part, rest=rest)


def _shown(corpus: Corpus, events: pd.DataFrame) -> pd.DataFrame:
    """Of many events those told of most, in headlines and leads, and near the articles' dates."""
    if len(events) <= MOST_ROWS:
        return events
    claims = corpus.claims
    weigh = dict(zip(claims["claim_id"], weights(claims), strict=True))
    told = [
        sum(map(weigh.__getitem__, ids)) + len(said)
        for ids, said in zip(events["told_in"], events["said_in"], strict=True)
    ]
    days = [dates.parse(d) for d in corpus.sources["published"] if d]
    near = [_days_apart(e, days) for e in events[["earliest", "latest"]].itertuples()]
    ranked = events.assign(told=told, near=near)
    ranked = ranked.sort_values(["told", "near"], ascending=[False, True], kind="stable")
    return events.loc[sorted(ranked.index[:MOST_ROWS])].reset_index(drop=True)


def _days_apart(event: Any, articles: list[dates.Bounds]) -> float:
    """Days between what is known of an event's time and the nearest article; endless if unknown."""
    known = [d for d in (event.earliest, event.latest) if d]
    ends = [d for article in articles for d in (article.earliest, article.latest) if d]
    return min((abs((a - b).days) for a in known for b in ends), default=float("inf"))


def _event_marks(events: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """One row per event and claim about it."""
    parts = []
    for role in ("told_in", "said_in"):
        part = (
            events[["event_id", "label", "kind", "date", "words", role]]
            .explode(role)
            .rename(columns={role: "claim_id"})
        )
        parts.append(
            part.dropna(subset=["claim_id"])
            .astype({"claim_id": "str"})
            .assign(role=role.replace("_", " "))
        )
    marks = pd.concat(parts).merge(
        claims[["claim_id", "source_id", "outlet", "speaker", "voice", "quote"]], on="claim_id"
    )
    place = {e: i for i, e in enumerate(events["event_id"])}
    return marks.sort_values("event_id", key=lambda s: s.map(place), kind="stable").reset_index(
        drop=True
    )


def time_range(events: pd.DataFrame) -> tuple[dt.date, dt.date]:
    """First day of the first year and last day of the last one that is drawn."""
    days = [d for c in ("earliest", "latest") for d in events[c] if d is not None and d == d]
    first, last = (min(days), max(days)) if days else (dt.date(2000, 1, 1), dt.date(2000, 1, 1))
    return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)


def _figure(events: pd.DataFrame, wording: style.Wording, size: str, titled: bool) -> "Figure":
    """The static figure, whose axes count in millimetres from the top left."""
    left = LABELS * style.SIZES[size]
    width = style.room(size) - left
    labels = [style.wrap(t, left - 3, style.TEXT) for t in events["label"]]
    wide = [0.78 * width if dated else width for dated in events["dated"]]
    whens = [style.wrap(t, w, style.SMALL) for t, w in zip(events["words"], wide, strict=True)]
    heights = [_height(*one) for one in zip(labels, whens, events["dated"], strict=True)]
    headings = {t: style.wrap(t, style.room(size), style.TEXT, True) for t in events["heading"]}
    rooms = {t: style.line(style.TEXT) * (0.6 + len(lines)) for t, lines in headings.items()}
    total = fsum(heights) + fsum(rooms.values())
    above = style.line(style.SMALL) * 1.4 if events["dated"].any() else 0
    page = style.page(size, total, left, wording, 0, titled, above)
    ax = page.axes
    ax.set_axis_off()
    scale = _Scale(*time_range(events), width)
    dated = events["dated"].to_numpy()
    end = fsum(h for h, d in zip(heights, dated, strict=True) if d)
    if dated.any():
        _years(ax, scale, end + sum(rooms[t] for t in events.loc[dated, "heading"].unique()))
    y, seen = 0.0, ""
    for i, event in enumerate(events.to_dict("records")):
        if event["heading"] != seen:
            seen = event["heading"]
            look = {"size": style.TEXT, "weight": "bold", "va": "center"}
            middle = y + rooms[seen] - style.line(style.TEXT) * (len(headings[seen]) / 2 + 0.14)
            box = {"fc": PAPER, "ec": "none", "pad": 0.6}
            text = "\n".join(map(style.plain, headings[seen]))
            ax.text(-left, middle, text, bbox=box, **look)
            y += rooms[seen]
        _row(ax, event, labels[i], whens[i], (y, heights[i], left), scale)
        y += heights[i]
    return page.figure


def _height(label: list[str], when: list[str], dated: bool) -> float:
    """Of a row: its label, or its words under the mark on the axis."""
    words = len(when) * style.line(style.SMALL) + (3.6 if dated else 0)
    return max(len(label) * style.line(style.TEXT), words) + 2.2


def _row(
    ax: "Axes",
    event: dict,
    label: list[str],
    when: list[str],
    place: tuple[float, float, float],
    scale: "_Scale",
) -> None:
    """An event: its label, and its mark on the axis with its words, or its words alone."""
    y, height, left = place
    middle, text = y + height / 2, "\n".join(map(style.plain, when))
    ax.plot([-left, scale.width], [y + height] * 2, color=style.GRID, lw=0.6, clip_on=False)
    ax.text(-left, middle, "\n".join(map(style.plain, label)), size=style.TEXT, va="center")
    claims = [*event["told_in"], *event["said_in"]]
    style.mark_place(ax, scale.width / 2, middle, scale.width, height, claims)
    if not event["dated"]:
        ax.text(0, middle, text, size=style.SMALL, color=style.MUTED, va="center")
        return
    at = middle - len(when) * style.line(style.SMALL) / 2
    beside, align = _time(ax, event, scale, at)
    box = {"fc": PAPER, "ec": "none", "pad": 0.6}
    ax.text(beside, at + 1.7, text, size=style.SMALL, va="top", ha=align, bbox=box)


class _Scale(NamedTuple):
    """From days to millimetres."""

    low: dt.date
    high: dt.date
    width: float

    def at(self, day: dt.date) -> float:
        """Where a day is, in mm."""
        days = (self.high - self.low).days
        pad = days * 0.13
        return ((day - self.low).days + pad) / (days + 2 * pad) * self.width


def _years(ax: "Axes", scale: _Scale, height: float) -> None:
    """A rule for each year, or for each of a few where they are many."""
    first, end = scale.low.year, scale.high.year + 1
    for year in range(first, end + 1, max(1, -(-(end - first) // 8))):
        at = scale.at(dt.date(year, 1, 1))
        ax.plot([at, at], [0, height], color=style.GRID, lw=0.8)
        ax.text(at, -0.8, str(year), size=style.SMALL, ha="center", va="bottom")


def _time(ax: "Axes", event: dict, scale: _Scale, y: float) -> tuple[float, str]:
    """Draw what is known of an event's time; give where its words go and how they are aligned."""
    first, last = event["earliest"], event["latest"]
    if first and last:
        return _between(ax, event, scale, y)
    if not (first or last):
        return 0.0, "left"
    at, width = scale.at(first or last), scale.width
    arrow = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0, "color": style.INK, "lw": 1.6}
    ax.annotate("", xy=(width if first else 0, y), xytext=(at, y), arrowprops=arrow)
    marker, points = ("o", 7) if event["precision"].startswith("day") else ("|", 9)
    ax.plot(at, y, marker, ms=points, color=style.INK, mfc=PAPER, mew=1.6)
    return (width, "right") if first else (0, "left")


def _between(ax: "Axes", event: dict, scale: _Scale, y: float) -> tuple[float, str]:
    """A dot for a day, a bar for a longer time."""
    last = event["latest"]
    a = scale.at(event["earliest"])
    b = scale.at(last + dt.timedelta(days=1) if last < dt.date.max else last)
    if event["precision"] == "day":
        ax.plot((a + b) / 2, y, "o", ms=7, color=style.INK)
    else:
        ax.plot([a, max(b, a + 2.2)], [y, y], color=style.INK, lw=5, solid_capstyle="butt")
    return (a, "left") if a < 0.6 * scale.width else (b, "right")


def _interactive(events: pd.DataFrame, claims: pd.DataFrame, wording: style.Wording) -> Any:
    """The interactive figure, a plotly one; `claims` has quote and outlet by claim id."""
    import plotly.graph_objects as go

    low, high = time_range(events)
    start, end = low - dt.timedelta(days=120), high + dt.timedelta(days=120)
    figure = go.Figure()
    for i, event in enumerate(events.to_dict("records")):
        _event_traces(figure, event, i, start, end, _hover(event, claims))
    figure.update_layout(**style.plotly_layout(wording.headline, 110 + 44 * len(events), 40))
    figure.update_xaxes(
        range=[start.isoformat(), end.isoformat()],
        dtick="M12",
        tick0=low.isoformat(),
        tickformat="%Y",
        side="top",
        gridcolor=style.GRID,
    )
    labels = ["<br>".join(map(escape, style.lines(t, 34))) for t in events["label"]]
    figure.update_yaxes(
        tickvals=list(range(len(events))),
        ticktext=labels,
        range=[len(events) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        automargin=True,
    )
    return figure


def _event_traces(
    figure: Any, event: dict, row: int, start: dt.date, end: dt.date, hover: str
) -> None:
    """A line for what is known of an event's time, and a mark to hover over."""
    undated, open_end = not event["date"], event["latest"] is None
    first = event["earliest"] or start
    last = event["latest"] or end
    ink = style.MUTED if undated else style.INK
    stroke = {
        "color": ink,
        "width": 2 if undated or open_end else 9,
        "dash": "dash" if undated else "solid",
    }
    figure.add_scatter(
        x=[first.isoformat(), last.isoformat()],
        y=[row, row],
        mode="lines",
        line=stroke,
        hoverinfo="skip",
        showlegend=False,
    )
    at = first
    if undated and first == start:
        at = last if last != end else start + dt.timedelta(days=45)
    marker = {
        "size": 11,
        "color": ink,
        "symbol": "circle-open" if undated or open_end else "square",
        "line": {"width": 2, "color": ink},
    }
    figure.add_scatter(
        x=[at.isoformat()],
        y=[row],
        mode="markers",
        marker=marker,
        text=[hover],
        hovertemplate="%{text}<extra></extra>",
        customdata=[event["event_id"]],
        showlegend=False,
        cliponaxis=False,
    )


def _hover(event: dict, claims: pd.DataFrame, most: int = 6) -> str:
    ids = event["told_in"] + event["said_in"]
    told = []
    for c in ids[:most]:
        first, *more = style.lines(claims.loc[c, "quote"])
        where = escape(claims.loc[c, "outlet"])
        told.append(f"{escape(c)} ({where}): “{escape(first)}{'…' if more else ''}”")
    rest = [f"and {len(ids) - most} more"] if len(ids) > most else []
    return "<br>".join(
        [
            f"<b>{escape(event['label'])}</b>",
            *map(escape, style.lines(event["words"])),
            *told,
            *rest,
        ]
    )
