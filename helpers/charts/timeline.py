"""The timeline: what is known of each event's time, static and interactive."""

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.charts.chart import MOST_ROWS, Chart
from helpers.corpus import Corpus
from helpers.corpus.english import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def timeline(corpus: Corpus) -> Chart:
    """Events with dates as uncertain as they are, what happened apart from what was said."""
    kinds = corpus.categories("events", "kind")
    every = _bounded(tables.timeline(corpus))
    every = every[(every["told_in"].map(len) + every["said_in"].map(len)) > 0]
    every = every.sort_values("kind", key=lambda k: k.map(list(kinds).index), kind="stable")
    every = every.assign(heading=every["kind"].map(kinds)).reset_index(drop=True)
    events = every.groupby("kind", sort=False).head(MOST_ROWS // 2).reset_index(drop=True)
    reading = (
        "A bar is the span that a date leaves open, an arrow an open end, a dashed line an order "
        "without a date, up to the event that bounds it, and dots where that event may be later. "
        "The earliest year of a day without one is inferred."
    )
    if len(every) > len(events):
        reading += (
            f" The first {len(events)} of {len(every)}; the others stand in the table of events."
        )
    claims = tables.claims(corpus).set_index("claim_id")
    low, _ = time_range(events)
    told = "; ".join(f"{e.label}: {e.words}" for e in events.itertuples())

    def describe(headline: str) -> str:
        return (
            f"Timeline, {plural(len(events), 'event')} in rows, time across, from {low.year}. "
            f"{headline}. {told}."
        )

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        return _figure(events, wording, size, titled, grey)

    def plotly(wording: style.Wording) -> Any:
        return _interactive(events, claims, wording)

    rows = _event_marks(events, claims.reset_index())
    title = "Events as the articles date them"
    return Chart("timeline", corpus, title, reading, rows, describe, paint, plotly)


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
    columns = ("earliest", "latest", "since", "until")
    days = [d for column in columns for d in events[column] if d is not None and d == d]
    first, last = (min(days), max(days)) if days else (dt.date(2000, 1, 1), dt.date(2000, 1, 1))
    return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)


def _bounded(events: pd.DataFrame) -> pd.DataFrame:
    """Events with what bounds those without a date, drawn itself or not.

    Returns
    -------
    DataFrame
        The columns of `tables.timeline`; since and until, the first possible day of the dated
        event that comes before and after (None if there is none), up to which an event without a
        date is drawn, whenever that was; loose, whether the event that comes after may be later.
    """
    first = {
        e["event_id"]: e["earliest"] or e["latest"]
        for e in events.to_dict("records")
        if e["date"] and (e["earliest"] or e["latest"])
    }
    late = {e["event_id"] for e in events.to_dict("records") if e["date"] and e["latest"] is None}
    return events.assign(
        since=pd.Series([first.get(e) for e in events["after"]], events.index, dtype=object),
        until=pd.Series([first.get(e) for e in events["before"]], events.index, dtype=object),
        loose=[e in late for e in events["before"]],
    )


def _figure(
    events: pd.DataFrame, wording: style.Wording, size: str, titled: bool, grey: bool
) -> "Figure":
    """The static figure, whose axes count in millimetres from the top left."""
    left = 0.36 * style.SIZES[size]
    width = style.room(size) - left
    labels = [style.wrap(t, left - 3, style.TEXT) for t in events["label"]]
    whens = [style.wrap(t, 0.78 * width, style.SMALL) for t in events["words"]]
    heights = [
        max(len(a) * style.line(style.TEXT), len(b) * style.line(style.SMALL) + 3.6) + 2.2
        for a, b in zip(labels, whens, strict=True)
    ]
    heading = style.line(style.TEXT) * 1.6
    total = sum(heights) + heading * events["kind"].nunique()
    page = style.page(size, total, left, wording, 0, titled, style.line(style.SMALL) * 1.4)
    ax = page.axes
    ax.set_axis_off()
    scale = _Scale(*time_range(events), width)
    _years(ax, scale, total)
    y, seen = 0.0, ""
    ink = style.grey_of(style.ACCENT) if grey else style.ACCENT
    for event, label, when, height in zip(
        events.to_dict("records"), labels, whens, heights, strict=True
    ):
        if event["kind"] != seen:
            seen = event["kind"]
            look = {"size": style.TEXT, "weight": "bold", "va": "center"}
            ax.text(-left, y + heading * 0.6, style.plain(event["heading"]), **look)
            y += heading
        middle = y + height / 2
        ax.plot([-left, width], [y + height] * 2, color=style.GRID, lw=0.6, clip_on=False)
        ax.text(-left, middle, "\n".join(map(style.plain, label)), size=style.TEXT, va="center")
        at = middle - len(when) * style.line(style.SMALL) / 2
        claims = [*event["told_in"], *event["said_in"]]
        style.mark_place(ax, width / 2, middle, width, height, claims)
        beside, align = _time(ax, event, scale, at, ink)
        text = "\n".join(map(style.plain, when))
        box = {"fc": style.PAPER, "ec": "none", "pad": 0.6}
        ax.text(beside, at + 1.7, text, size=style.SMALL, va="top", ha=align, bbox=box)
        y += height
    return page.figure


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


def _time(ax: "Axes", event: dict, scale: _Scale, y: float, ink: str) -> tuple[float, str]:
    """Draw what is known of an event's time; give where its words go and how they are aligned."""
    first, last = event["earliest"], event["latest"]
    if event["date"] and first and last:
        return _between(ax, event, scale, y, ink)
    if event["date"] and (first or last):
        at, width = scale.at(first or last), scale.width
        arrow = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0, "color": ink, "lw": 1.6}
        ax.annotate("", xy=(width if first else 0, y), xytext=(at, y), arrowprops=arrow)
        marker, points = ("o", 7) if event["precision"].startswith("day") else ("|", 9)
        ax.plot(at, y, marker, ms=points, color=ink, mfc=style.PAPER, mew=1.6)
        return (width, "right") if first else (0, "left")
    if event["after"] or event["before"]:
        _in_order(ax, event, scale, y)
    else:
        _dots(ax, 0, scale.width, y)
    return 0.0, "left"


def _between(ax: "Axes", event: dict, scale: _Scale, y: float, ink: str) -> tuple[float, str]:
    """A dot for a day, a bar for a longer time."""
    last = event["latest"]
    a = scale.at(event["earliest"])
    b = scale.at(last + dt.timedelta(days=1) if last < dt.date.max else last)
    if event["precision"] == "day":
        ax.plot((a + b) / 2, y, "o", ms=7, color=ink)
    else:
        ax.plot([a, max(b, a + 2.2)], [y, y], color=ink, lw=5, solid_capstyle="butt")
    return (a, "left") if a < 0.6 * scale.width else (b, "right")


def _in_order(ax: "Axes", event: dict, scale: _Scale, y: float) -> None:
    """A dashed line between the events that bound one, open where none does."""
    ends = (event["since"], 0.0, "<"), (event["until"], scale.width, ">")
    xs = [scale.at(day) if day else edge for day, edge, _ in ends]
    ax.plot(xs, [y, y], color=style.MUTED, lw=1.2, ls=(0, (4, 3)))
    if event["loose"]:
        _dots(ax, xs[1], scale.width, y)
    for at, (day, _, sign) in zip(xs, ends, strict=True):
        marker, points = ("|", 9) if day else (sign, 5)
        look = {"ms": points, "mew": 1.4, "color": style.MUTED, "clip_on": False}
        ax.plot(at, y, marker=marker, **look)


def _dots(ax: "Axes", start: float, end: float, y: float) -> None:
    ax.plot([start, end], [y, y], color=style.LEFT_OUT, lw=1.2, ls=(0, (1, 3)))


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
    first = event["earliest"] or event["since"] or start
    last = event["latest"] or event["until"] or end
    ink = style.MUTED if undated else style.ACCENT
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
