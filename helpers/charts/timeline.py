"""The timeline: what is known of each event's time, static and interactive."""

import datetime as dt
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers import tables
from helpers.charts import style
from helpers.charts.chart import MOST_ROWS, Chart
from helpers.charts.matrix import lines, plotly_layout
from helpers.corpus import Corpus
from helpers.corpus.english import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ARROW = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0}


def timeline(corpus: Corpus) -> Chart:
    """Events with dates as uncertain as they are, what happened apart from what was said."""
    kinds = corpus.categories("events", "kind")
    every = tables.timeline(corpus)
    every = every[(every["told_in"].map(len) + every["said_in"].map(len)) > 0]
    every = every.sort_values("kind", key=lambda k: k.map(list(kinds).index), kind="stable")
    every = every.assign(heading=every["kind"].map(kinds)).reset_index(drop=True)
    events = every.groupby("kind", sort=False).head(MOST_ROWS // 2).reset_index(drop=True)
    reading = "A bar is the span that a date leaves open, an arrow an open end, a dashed line an order without a date, up to the event that bounds it, and dots where that event may be later. The earliest year of a day without one is inferred."
    if len(every) > len(events):
        reading += (
            f" The first {len(events)} of {len(every)}; the others stand in the table of events."
        )
    claims = tables.claims(corpus).set_index("claim_id")
    low, _ = time_range(events)
    told = "; ".join(f"{e.label}: {e.words}" for e in events.itertuples())

    def describe(headline: str) -> str:
        return f"Timeline, {plural(len(events), 'event')} in rows, time across, from {low.year}. {headline}. {told}."

    def paint(words: style.Words, size: str, titled: bool, grey: bool) -> "Figure":
        return _figure(events, words, size, titled, grey)

    def plotly(words: style.Words) -> Any:
        return _interactive(events, claims, words)

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
    """First day of the first year and last day of the last one that an event's date touches."""
    days = [
        d for column in ("earliest", "latest") for d in events[column] if d is not None and d == d
    ]
    first, last = (min(days), max(days)) if days else (dt.date(2000, 1, 1), dt.date(2000, 1, 1))
    return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)


def anchors(events: pd.DataFrame) -> dict[str, dt.date]:
    """The first possible day of each dated event: what is known only to come before or after it
    is drawn up to there, whenever that was."""
    return {
        e["event_id"]: e["earliest"] or e["latest"]
        for e in events.to_dict("records")
        if e["date"] and (e["earliest"] or e["latest"])
    }


def _figure(
    events: pd.DataFrame, words: style.Words, size: str, titled: bool, grey: bool
) -> "Figure":
    """The static figure."""
    return style.largest_that_fits(
        lambda scale: _draw(events, words, size, scale, titled, grey), size, 0.85
    )


def _draw(
    events: pd.DataFrame, words: style.Words, size: str, scale: float, titled: bool, grey: bool
) -> tuple["Figure", float]:
    """The figure, whose axes count in millimetres from the top left, and how much room it found."""
    points, small = style.TEXT * scale, style.SMALL * scale
    left = 0.36 * style.SIZES[size]
    width = style.room(size, scale) - left
    labels = [style.wrap(t, left - 3 * scale, points) for t in events["label"]]
    whens = [style.wrap(t, 0.78 * width, small) for t in events["words"]]
    needed = [
        max(len(a) * style.line(points), len(b) * style.line(small) + 3.6 * scale) + 2.2 * scale
        for a, b in zip(labels, whens, strict=True)
    ]
    heading = style.line(points) * 1.6
    total = sum(needed) + heading * events["kind"].nunique()
    page = style.page(size, scale, total, left, words, 0, titled, style.line(small) * 1.4)
    ax, fit = page.axes, page.height / total
    ax.set_axis_off()
    low, high = time_range(events)
    pad = (high - low).days * 0.13

    def x(day: dt.date) -> float:
        return ((day - low).days + pad) / ((high - low).days + 2 * pad) * width

    for year in range(low.year, high.year + 2, max(1, -(-(high.year + 1 - low.year) // 8))):
        at = x(dt.date(year, 1, 1))
        ax.plot([at, at], [0, page.height], color=style.GRID, lw=0.8)
        ax.text(at, -0.8 * scale, str(year), size=small, ha="center", va="bottom")
    known, y, seen = anchors(events), 0.0, ""
    later = {e["event_id"] for e in events.to_dict("records") if e["date"] and e["latest"] is None}
    ink = style.grey_of(style.ACCENT) if grey else style.ACCENT
    for event, label, when, height in zip(
        events.to_dict("records"), labels, whens, needed, strict=True
    ):
        if event["kind"] != seen:
            seen = event["kind"]
            ax.text(
                -left,
                y + heading * 0.6 * fit,
                event["heading"],
                size=points,
                weight="bold",
                va="center",
            )
            y += heading * fit
        middle, tall = y + height * fit / 2, height * fit
        ax.plot([-left, width], [y + tall] * 2, color=style.GRID, lw=0.6, clip_on=False)
        ax.text(-left, middle, "\n".join(map(style.plain, label)), size=points, va="center")
        at = middle - len(when) * style.line(small) / 2
        beside, align = _span(ax, event, known, later, x, width, at, ink, scale)
        text = "\n".join(map(style.plain, when))
        ax.text(
            beside,
            at + 1.7 * scale,
            text,
            size=small,
            va="top",
            ha=align,
            bbox={"fc": style.PAPER, "ec": "none", "pad": 0.6},
        )
        y += tall
    return page.figure, fit


def _span(
    ax: "Axes",
    event: dict,
    known: dict,
    later: set,
    x,
    width: float,
    y: float,
    ink: str,
    scale: float,
) -> tuple[float, str]:
    """Draw what is known of an event's time; return where its words go and how they are aligned."""
    first, last = event["earliest"], event["latest"]
    arrow = {**ARROW, "color": ink, "lw": 1.6 * scale}
    if event["date"] and first and last:
        a, b = x(first), x(last + dt.timedelta(days=1) if last < dt.date.max else last)
        if event["precision"] == "day":
            ax.plot((a + b) / 2, y, "o", ms=7 * scale, color=ink)
        else:
            ax.plot(
                [a, max(b, a + 2.2 * scale)], [y, y], color=ink, lw=5 * scale, solid_capstyle="butt"
            )
        return (a, "left") if a < 0.6 * width else (b, "right")
    if event["date"] and (first or last):
        at = x(first or last)
        ax.annotate("", xy=(width if first else 0, y), xytext=(at, y), arrowprops=arrow)
        dot = event["precision"].startswith("day")
        ax.plot(
            at,
            y,
            "o" if dot else "|",
            ms=(7 if dot else 9) * scale,
            color=ink,
            mfc=style.PAPER,
            mew=1.6 * scale,
        )
        return (width, "right") if first else (0, "left")
    if event["after"] or event["before"]:
        ends = (known.get(event["after"]), 0.0, "<"), (known.get(event["before"]), width, ">")
        xs = [x(day) if day else edge for day, edge, _ in ends]
        ax.plot(xs, [y, y], color=style.MUTED, lw=1.2 * scale, ls=(0, (4, 3)))
        if event["before"] in later:
            ax.plot([xs[1], width], [y, y], color=style.LEFT_OUT, lw=1.2 * scale, ls=(0, (1, 3)))
        for at, (day, _, sign) in zip(xs, ends, strict=True):
            ax.plot(
                at,
                y,
                marker="|" if day else sign,
                ms=(9 if day else 5) * scale,
                mew=1.4 * scale,
                color=style.MUTED,
                clip_on=False,
            )
    else:
        ax.plot([0, width], [y, y], color=style.LEFT_OUT, lw=1.2 * scale, ls=(0, (1, 3)))
    return 0.0, "left"


def _interactive(events: pd.DataFrame, claims: pd.DataFrame, words: style.Words):
    """The interactive figure, a plotly one; `claims` has quote and outlet by claim id."""
    import plotly.graph_objects as go

    low, high = time_range(events)
    start, end = low - dt.timedelta(days=120), high + dt.timedelta(days=120)
    known, figure = anchors(events), go.Figure()
    for i, e in enumerate(events.to_dict("records")):
        undated, open_end = not e["date"], e["latest"] is None
        first = e["earliest"] or known.get(e["after"]) or start
        last = e["latest"] or known.get(e["before"]) or end
        ink = style.MUTED if undated else style.ACCENT
        stroke = {
            "color": ink,
            "width": 2 if undated or open_end else 9,
            "dash": "dash" if undated else "solid",
        }
        figure.add_scatter(
            x=[first.isoformat(), last.isoformat()],
            y=[i, i],
            mode="lines",
            line=stroke,
            hoverinfo="skip",
            showlegend=False,
        )
        at = (
            first
            if not undated or first != start
            else last
            if last != end
            else start + dt.timedelta(days=45)
        )
        marker = {
            "size": 11,
            "color": ink,
            "symbol": "circle-open" if undated or open_end else "square",
            "line": {"width": 2, "color": ink},
        }
        figure.add_scatter(
            x=[at.isoformat()],
            y=[i],
            mode="markers",
            marker=marker,
            text=[_hover(e, claims)],
            hovertemplate="%{text}<extra></extra>",
            customdata=[e["event_id"]],
            showlegend=False,
            cliponaxis=False,
        )
    figure.update_layout(**plotly_layout(words.headline, 110 + 44 * len(events), 40))
    figure.update_xaxes(
        range=[start.isoformat(), end.isoformat()],
        dtick="M12",
        tick0=low.isoformat(),
        tickformat="%Y",
        side="top",
        gridcolor=style.GRID,
    )
    labels = ["<br>".join(map(escape, lines(t, 34))) for t in events["label"]]
    figure.update_yaxes(
        tickvals=list(range(len(events))),
        ticktext=labels,
        range=[len(events) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        automargin=True,
    )
    return figure


def _hover(event: dict, claims: pd.DataFrame, most: int = 6) -> str:
    ids = event["told_in"] + event["said_in"]
    told = []
    for c in ids[:most]:
        first, *more = lines(claims.loc[c, "quote"])
        told.append(
            f"{escape(c)} ({escape(claims.loc[c, 'outlet'])}): “{escape(first)}{'…' if more else ''}”"
        )
    rest = [f"and {len(ids) - most} more"] if len(ids) > most else []
    return "<br>".join(
        [f"<b>{escape(event['label'])}</b>", *map(escape, lines(event["words"])), *told, *rest]
    )
