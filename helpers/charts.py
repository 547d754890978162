"""Figures from the tables: each mark is a claim. A chart is drawn when it is shown or exported."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers import findings, style, tables
from helpers.corpus import Corpus

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STANCES = {"supports": "asserts or uses it", "rejects": "denies it"}


class Chart(NamedTuple):
    """A figure with all that belongs to it.

    `rows` are the marks drawn, with claim ids and quotes; `draw(size, titled)` gives the
    matplotlib figure, `twin()` the interactive plotly one, where there is one.
    """

    name: str
    headline: str
    subtitle: str
    alt: str
    caption: str
    source: str
    rows: pd.DataFrame
    draw: Callable[..., "Figure"]
    twin: Callable[[], Any] | None = None


def source_line(corpus: Corpus, rows: pd.DataFrame) -> str:
    """What a figure rests on: articles, outlets, number of claims, and how they were coded."""
    names = corpus.actors.set_index("actor_id")["name"]
    used = (
        corpus.sources[corpus.sources["source_id"].isin(rows["source_id"])]
        if "source_id" in rows
        else corpus.sources
    )
    outlets = findings.listed(list(dict.fromkeys(used["outlet_id"].map(names))))
    count = rows["claim_id"].nunique()
    claims = "1 claim" if count == 1 else f"{count} claims"
    articles = "article" if len(used) == 1 else "articles"
    how = coding_words(corpus)
    return f"Source: {len(used)} news {articles} ({outlets}); {claims} of {len(corpus.claims)}. {how}"


def coding_words(corpus: Corpus) -> str:
    """How the coding came about, in a sentence."""
    kinds = list(corpus.coders["kind"])
    machine, human = kinds.count("language-model"), kinds.count("human")
    if not kinds:
        return "How it was coded is not stated."
    times = {1: "once", 2: "twice"}
    parts = []
    if machine:
        parts.append(f"{times.get(machine, f'{machine} times')} by a language model")
    if human:
        parts.append(f"{times.get(human, f'{human} times')} by a person")
    review = "" if human else "; no human review"
    return f"Coded {' and '.join(parts)}{review}."


def headline_of(corpus: Corpus, chart: str, otherwise: str) -> str:
    """The finding that findings.csv gives a chart, or else words computed from its marks."""
    mine = corpus.findings[corpus.findings["chart"] == chart]
    if mine.empty:
        return otherwise
    return findings.compute(corpus._replace(findings=mine.head(1)))["sentence"].iloc[0]


def plural(count: int, noun: str) -> str:
    """ "1 claim", "3 claims"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


# Marks in a matrix: what is said, against who says it


def labels(corpus: Corpus) -> Chart:
    """Which words name the document, by speaker and voice."""
    marks = tables.coded(corpus, "label")
    marks = marks.assign(
        row=marks["label"], column=_short(corpus, marks["speaker_id"]), group=marks["outlet"]
    )
    top = marks[marks["stance"] == "supports"]["label"].value_counts()
    otherwise = (
        f"The word used most is “{top.index[0]}”: {plural(int(top.iloc[0]), 'claim')}"
        if len(top)
        else "No word for it is coded"
    )
    subtitle = (
        "Words for the document, by who uses them. A mark is a claim; its shape says whose words stand there."
    )
    return _matrix_chart(
        corpus, "labels", marks, headline_of(corpus, "labels", otherwise), subtitle, "word", "speaker"
    )


def framings(corpus: Corpus) -> Chart:
    """Who supports and who rejects which framing, in claims about the pact."""
    marks = tables.without_opposites(corpus, tables.coded(corpus, "framing", target="pact"))
    marks = marks.assign(
        row=marks["label"], column=_short(corpus, marks["speaker_id"]), group=marks["outlet"]
    )
    split = marks.groupby("label")["stance"].nunique()
    both = list(split[split > 1].index)
    otherwise = (
        f"Both asserted and denied: {findings.listed(both)}"
        if both
        else "No framing is both asserted and denied"
    )
    subtitle = "Framings in claims about the pact, by speaker. A mark is a claim; a claim on both sides of one question is drawn once."
    return _matrix_chart(
        corpus, "framings", marks, headline_of(corpus, "framings", otherwise), subtitle, "framing", "speaker"
    )


def aims(corpus: Corpus) -> Chart:
    """Aims and areas of cooperation: in which article, in whose mouth, of what."""
    marks = tables.coded(corpus, "aim", "area")
    what = marks["target"].map(target_words(corpus))
    marks = marks.assign(
        row=marks["label"], section=marks["facet"].map({"aim": "Aims", "area": "Fields of cooperation"}),
        column=_short(corpus, marks["speaker_id"]) + "\n" + what, group=marks["outlet"],
    )  # fmt: skip
    order = {t: i for i, t in enumerate(target_words(corpus))}
    marks = marks.assign(rank=marks["target"].map(order))
    pact = marks[marks["target"] == "pact"]["claim_id"].nunique()
    otherwise = f"{pact} of {plural(marks['claim_id'].nunique(), 'claim')} on aims and fields are about the pact itself"
    subtitle = "Aims and fields of cooperation, by who states them and of what. A mark is a claim."
    return _matrix_chart(
        corpus,
        "aims",
        marks,
        headline_of(corpus, "aims", otherwise),
        subtitle,
        "aim or field",
        "speaker and what it is said of",
    )


def headline_body(corpus: Corpus) -> Chart:
    """What headlines carry, held against the rest of the article."""
    marks = tables.headline_and_body(corpus)
    words = {"headline": "headline", "lead": "lead", "body": "body", "list": "list", "caption": "caption"}
    marks = marks.assign(column=marks["position"].map(words), group=marks["outlet"])
    marks = marks.assign(rank=marks["position"].map({p: i for i, p in enumerate(words)}))
    alone = [row for row, g in marks.groupby("row", sort=False) if set(g["position"]) == {"headline"}]
    otherwise = (
        f"Only in a headline: {findings.listed(alone)}" if alone else "Nothing stands in a headline alone"
    )
    subtitle = "What the headlines carry, and where else in the article it stands. A mark is a claim."
    return _matrix_chart(
        corpus,
        "headline-body",
        marks,
        headline_of(corpus, "headline-body", otherwise),
        subtitle,
        "what is said",
        "place in the article",
    )


def target_words(corpus: Corpus) -> dict[str, str]:
    """Targets as column headings."""
    return {
        "pact": "of the pact",
        "bilateral": "of two states",
        "single-actor": "of one actor",
        "other": "of others",
    }


def _short(corpus: Corpus, ids: pd.Series) -> pd.Series:
    names = corpus.actors.set_index("actor_id")
    return ids.map(names["short_name"].where(names["short_name"] != "", names["name"]))


def _matrix_chart(
    corpus: Corpus,
    name: str,
    marks: pd.DataFrame,
    headline: str,
    subtitle: str,
    row_word: str,
    column_word: str,
) -> Chart:
    """A chart of marks with columns row, column, group (the article), voice and stance."""
    if "section" not in marks:
        marks = marks.assign(section="")
    if "rank" not in marks:
        first = {s: i for i, s in enumerate(dict.fromkeys(corpus.claims["speaker_id"]))}
        own = marks["speaker_id"].isin(corpus.sources["outlet_id"])
        marks = marks.assign(rank=marks["speaker_id"].map(first).where(~own, -1))
    columns = marks.drop_duplicates(["group", "column"]).sort_values(["group", "rank"], kind="stable")
    outlets = list(dict.fromkeys(tables.claims(corpus)["outlet"]))
    columns = columns.sort_values("group", key=lambda g: g.map(outlets.index), kind="stable")
    columns = list(zip(columns["group"], columns["column"], strict=True))
    sections = list(dict.fromkeys(marks["section"]))
    rows = []
    for section in sections:
        inside = marks[marks["section"] == section]
        by_size = (
            inside.groupby("row", sort=False)["claim_id"]
            .nunique()
            .sort_values(ascending=False, kind="stable")
        )
        rows += [(section, r) for r in by_size.index]
    entries = _voice_key(corpus, marks)
    source = source_line(corpus, marks)
    counts = marks.groupby("row", sort=False)["claim_id"].nunique().reindex([r for _, r in rows])
    most = findings.listed([f"{r} ({c})" for r, c in counts.nlargest(3).items()])
    alt = (
        f"Matrix of marks. Rows: {row_word}, {len(rows)} in all; columns: {column_word}, by article, {len(columns)} in all. "
        f"Each mark is one claim, from 1 to {int(marks.groupby(['row', 'column', 'group']).size().max()) if len(marks) else 0} in a cell. "
        f"Most claims: {most}. {headline}"
    )
    caption = f"{headline.rstrip('.')}. {subtitle}"
    kept = marks.drop(columns=[c for c in ("rank",) if c in marks])

    def draw(size: str = "full", titled: bool = True) -> "Figure":
        return _draw_matrix(size, titled, marks, rows, columns, entries, headline, subtitle, source, corpus)

    def twin():
        return _plotly_matrix(marks, rows, columns, headline, subtitle, corpus)

    return Chart(name, headline, subtitle, alt, caption, source, kept, draw, twin)


def _voice_key(corpus: Corpus, marks: pd.DataFrame) -> list[dict]:
    """Key entries for the voices and stances that are drawn."""
    voices = corpus.codebook[corpus.codebook["facet"] == "voice"]
    used = voices[voices["code"].isin(marks["voice"])]
    entries = [{"marker": r.marker, "colour": r.colour, "label": r.label} for r in used.itertuples()]
    if "stance" in marks and (marks["stance"] == "rejects").any():
        entries.append(
            {
                "marker": "o",
                "colour": style.INK,
                "fill": style.PAPER,
                "label": f"hollow, struck through: {STANCES['rejects']}",
            }
        )
    return entries


def _draw_matrix(size, titled, marks, rows, columns, entries, headline, subtitle, source, corpus) -> "Figure":
    scale = style.scale_of(size)
    label_points, step = style.TEXT * scale, 3.5 * scale
    widest = 0.34 * style.SIZES[size]
    wrapped = {r: style.wrap(r, widest * style.MM, label_points) for _, r in rows}
    left = (
        max(style.text_width(line, label_points) / style.MM for lines in wrapped.values() for line in lines)
        + 3 * scale
        if rows
        else 20
    )
    cell = (style.SIZES[size] - 6 * scale - left) / max(len(columns), 1)
    per_line = max(1, int((cell - 1.2 * scale) // step))
    sizes = marks.groupby(["section", "row"])[["claim_id"]].count()
    cells = marks.groupby(["section", "row", "group", "column"]).size()
    lines = {
        key: max((-(-n // per_line) for k, n in cells.items() if k[:2] == key), default=1)
        for key in sizes.index
    }
    heights = {
        key: max(lines[key] * step * 1.05, len(wrapped[key[1]]) * label_points * 1.2 / 72 / style.MM)
        + 2.2 * scale
        for key in rows
    }
    heading_points = style.SMALL * scale
    heads = [c.split("\n") for _, c in columns]
    broken = [
        [line for part in parts for line in style.wrap(part, (cell - 0.8) * style.MM, heading_points)]
        for parts in heads
    ]
    upright = (
        max(
            (style.text_width(line, heading_points) / style.MM for parts in broken for line in parts),
            default=0,
        )
        > cell - 0.6
    )
    if upright:
        broken = [[" ".join(parts)] for parts in heads]
        head_room = max(style.text_width(p[0], heading_points) / style.MM for p in broken) + 2 * scale
    else:
        head_room = max(map(len, broken), default=1) * heading_points * 1.25 / 72 / style.MM + 1.5 * scale
    group_room = style.TEXT * scale * 1.5 / 72 / style.MM
    section_room = {s: (style.TEXT * scale * 1.9 / 72 / style.MM if s else 0) for s in dict(rows)}
    total = sum(heights.values()) + sum(section_room.values())
    key_lines = style.key_height(entries, size)
    page = style.page(
        size, total, left, headline, subtitle, source, key_lines, titled, head_room + group_room
    )
    figure, ax = page.figure, page.axes
    ax.set_xlim(0, len(columns))
    ax.set_ylim(total, 0)
    ax.set_axis_off()
    width_mm = style.SIZES[size] - 6 * scale - left
    unit = width_mm / max(len(columns), 1)
    actual = ax.get_position().height * figure.get_figheight() / style.MM
    stretch = total / actual  # on a slide the height is fixed, so that a unit is not a millimetre
    y, seen = 0.0, None
    look = {
        r.code: (r.colour, r.marker)
        for r in corpus.codebook[corpus.codebook["facet"] == "voice"].itertuples()
    }
    for section, row in rows:
        if section != seen and section:
            ax.text(
                -left / unit,
                y + section_room[section] * 0.6,
                style.plain(section),
                size=style.TEXT * scale,
                weight="bold",
                va="center",
            )
            y += section_room[section]
        seen = section
        height = heights[section, row]
        middle = y + height / 2
        ax.axhline(y + height, color=style.GRID, lw=0.6)
        ax.text(
            -1.5 * scale / unit,
            middle,
            "\n".join(map(style.plain, wrapped[row])),
            size=label_points,
            ha="right",
            va="center",
            linespacing=1.1,
        )
        for i, (group, column) in enumerate(columns):
            here = marks[
                (marks["section"] == section)
                & (marks["row"] == row)
                & (marks["group"] == group)
                & (marks["column"] == column)
            ]
            for k, (voice, stance) in enumerate(zip(here["voice"], here["stance"], strict=True)):
                line, place = divmod(k, per_line)
                in_line = min(per_line, len(here) - line * per_line)
                n_lines = -(-len(here) // per_line)
                x = i + 0.5 + (place - (in_line - 1) / 2) * step / unit
                at = middle + (line - (n_lines - 1) / 2) * step * 1.02 * min(stretch, 1.0)
                colour, marker = look[voice]
                hollow = stance == "rejects"
                ax.plot(
                    x,
                    at,
                    marker=marker,
                    ms=6.2 * scale,
                    color=colour,
                    mfc=style.PAPER if hollow else colour,
                    mew=1.3 * scale,
                    clip_on=False,
                )
                if hollow:
                    ax.plot(x, at, marker="x", ms=4.2 * scale, color=colour, mew=1.3 * scale, clip_on=False)
        y += height
    for i, (lines_, (group, _)) in enumerate(zip(broken, columns, strict=True)):
        first = i == 0 or columns[i - 1][0] != group
        ax.axvline(i, color=style.MUTED if first else style.GRID, lw=1.0 if first else 0.6)
        turn = (
            {"rotation": 90, "ha": "center", "va": "bottom"} if upright else {"ha": "center", "va": "bottom"}
        )
        ax.text(
            i + 0.5,
            -1.0 * scale * stretch,
            "\n".join(map(style.plain, lines_)),
            size=heading_points,
            linespacing=1.15,
            **turn,
        )
        if first:
            span = sum(1 for g, _ in columns if g == group)
            ax.plot(
                [i + 0.06, i + span - 0.06],
                [-(head_room + 0.4) * stretch] * 2,
                color=style.MUTED,
                lw=0.9,
                clip_on=False,
            )
            ax.text(
                i + span / 2,
                -(head_room + 1.0) * stretch,
                style.plain(group),
                size=style.TEXT * scale,
                weight="bold",
                ha="center",
                va="bottom",
            )
    bottom = ax.get_position().y0 * figure.get_figheight() / style.MM - 3.5 * scale
    style.key(figure, entries, size, bottom)
    return figure


def hover(mark: pd.Series, corpus: Corpus) -> str:
    """What an interactive mark says: quote, speaker, voice, article, codes."""
    from html import escape

    codes = corpus.codings[corpus.codings["claim_id"] == mark["claim_id"]]
    voice = corpus.label(mark["voice"])
    said = ", ".join(
        f"{corpus.label(c)}{' (denied)' if s == 'rejects' else ''}"
        for c, s in zip(codes["code"], codes["stance"], strict=True)
    )
    quote = "<br>".join(_lines(f"“{mark['quote']}”"))
    parts = [
        f"<b>{escape(mark['claim_id'])}</b> {escape(mark['speaker'])}, {escape(voice)}",
        escape(quote).replace("&lt;br&gt;", "<br>"),
        escape(mark["outlet"]),
    ]
    return "<br>".join([*parts, "<br>".join(map(escape, _lines(said)))] if said else parts)


def _lines(text: str, width: int = 60) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width) or [""]


def _plotly_matrix(marks, rows, columns, headline, subtitle, corpus):
    import plotly.graph_objects as go

    at_row = {key: i for i, key in enumerate(rows)}
    at_column = {key: i for i, key in enumerate(columns)}
    look = corpus.codebook[corpus.codebook["facet"] == "voice"].set_index("code")
    marks = marks.assign(
        x0=[at_column[k] for k in zip(marks["group"], marks["column"], strict=True)],
        y=[at_row[k] for k in zip(marks["section"], marks["row"], strict=True)],
    )
    place = marks.groupby(["x0", "y"]).cumcount()
    size = marks.groupby(["x0", "y"])["claim_id"].transform("size")
    gap = 0.8 / size.clip(lower=5)
    marks = marks.assign(x=marks["x0"] + (place - (size - 1) / 2) * gap)
    figure = go.Figure()
    keyed = marks.groupby(["voice", "stance"], sort=False)
    order = list(look.index)
    for (voice, stance), group in sorted(keyed, key=lambda k: (k[0][1] == "rejects", order.index(k[0][0]))):
        colour, shape = look.loc[voice, "colour"], style.PLOTLY_MARKERS[look.loc[voice, "marker"]]
        name = look.loc[voice, "label"] + (", denied" if stance == "rejects" else "")
        marker = {
            "color": colour,
            "size": 11,
            "symbol": _plotly_symbol(shape, stance),
            "line": {"color": colour, "width": 2},
        }
        texts = [hover(m, corpus) for _, m in group.iterrows()]
        figure.add_scatter(
            x=list(group["x"]),
            y=list(group["y"]),
            mode="markers",
            name=name,
            marker=marker,
            text=texts,
            hovertemplate="%{text}<extra></extra>",
            customdata=list(group["claim_id"]),
        )
    ticks = [f"{c}".replace("\n", "<br>") for _, c in columns]
    groups = list(dict.fromkeys(g for g, _ in columns))
    spans = {g: [i for i, (h, _) in enumerate(columns) if h == g] for g in groups}
    notes = [
        {
            "x": sum(v) / len(v),
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": 28,
            "text": f"<b>{g}</b>",
            "showarrow": False,
        }
        for g, v in spans.items()
    ]
    lines = [
        {
            "type": "line",
            "x0": v[0] - 0.5,
            "x1": v[0] - 0.5,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": style.MUTED, "width": 1},
        }
        for v in spans.values()
    ]
    figure.update_layout(**_plotly_layout(headline, 190 + 30 * len(rows)), annotations=notes, shapes=lines)
    figure.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=ticks,
        side="top",
        range=[-0.5, len(columns) - 0.5],
        showgrid=False,
        zeroline=False,
        tickangle=0,
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[r for _, r in rows],
        range=[len(rows) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        automargin=True,
    )
    return figure


def _plotly_symbol(shape: str, stance: str) -> str:
    if stance != "rejects":
        return shape
    return f"{shape}-x-open" if shape in ("circle", "square", "diamond") else f"{shape}-open"


def _plotly_layout(headline: str, height: int, top: int = 80) -> dict:
    import textwrap

    title = "<br>".join(f"<b>{line}</b>" for line in textwrap.wrap(headline, 95))
    lines = title.count("<br>") + 1
    return {
        "template": "none", "height": height + 18 * lines, "width": None, "hovermode": "closest",
        "font": {"family": "DejaVu Sans, Verdana, sans-serif", "size": 12, "color": style.INK},
        "title": {"text": title, "font": {"size": 15}, "x": 0.01, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top", "pad": {"t": 14}},
        "modebar": {"orientation": "v"}, "margin": {"l": 60, "r": 50, "t": top + 20 * lines, "b": 50},
        "legend": {"orientation": "h", "y": 0, "yanchor": "top", "yref": "paper", "x": 0, "xanchor": "left"},
        "paper_bgcolor": style.PAPER, "plot_bgcolor": style.PAPER, "hoverlabel": {"align": "left", "bgcolor": style.PAPER, "font": {"color": style.INK}},
    }  # fmt: skip


# Time


def timeline(corpus: Corpus) -> Chart:
    """Events with dates as uncertain as they are, what happened apart from what was said."""
    events = tables.timeline(corpus)
    order = {"happening": 0, "statement": 1}
    events = events.sort_values("kind", key=lambda k: k.map(order), kind="stable").reset_index(drop=True)
    rows = _event_marks(corpus, events)
    days = int((events["precision"] == "day").sum())
    undated = int((events["date"] == "").sum())
    otherwise = f"{days or 'None'} of {plural(len(events), 'event')} can be dated to the day; {undated} {'has' if undated == 1 else 'have'} no date at all"
    headline = headline_of(corpus, "timeline", otherwise)
    subtitle = "Events as the articles date them: a bar is the span that a date leaves open, an arrow an open end, a dashed line an order without a date, up to the event that bounds it."
    source = source_line(corpus, rows)
    told = "; ".join(f"{e.label}: {e.words}" for e in events.itertuples())
    low, high = _range(events)
    alt = f"Timeline, {plural(len(events), 'event')} in rows, time from {low.year} to {high.year} across. {headline}. {told}."
    caption = f"{headline.rstrip('.')}. {subtitle}"

    def draw(size: str = "full", titled: bool = True) -> "Figure":
        return _draw_timeline(size, titled, events, headline, subtitle, source)

    def twin():
        return _plotly_timeline(corpus, events, headline)

    return Chart("timeline", headline, subtitle, alt, caption, source, rows, draw, twin)


def _event_marks(corpus: Corpus, events: pd.DataFrame) -> pd.DataFrame:
    """One row per event and claim about it."""
    claims = tables.claims(corpus)
    parts = []
    for role in ("told_in", "said_in"):
        part = (
            events[["event_id", "label", "kind", "date", "words", role]]
            .explode(role)
            .rename(columns={role: "claim_id"})
        )
        parts.append(part.dropna(subset=["claim_id"]).assign(role=role.replace("_", " ")))
    marks = pd.concat(parts).merge(
        claims[["claim_id", "source_id", "outlet", "speaker", "voice", "quote"]], on="claim_id"
    )
    place = {e: i for i, e in enumerate(events["event_id"])}
    return marks.sort_values("event_id", key=lambda s: s.map(place), kind="stable").reset_index(drop=True)


def _range(events: pd.DataFrame):
    import datetime as dt

    days = [d for column in ("earliest", "latest") for d in events[column] if d is not None and d == d]
    if not days:
        today = dt.date(2000, 1, 1)
        return today, today.replace(year=2001)
    return dt.date(min(days).year, 1, 1), dt.date(max(days).year, 12, 31)


def _draw_timeline(size, titled, events, headline, subtitle, source) -> "Figure":
    from matplotlib.dates import date2num

    scale = style.scale_of(size)
    points, small = style.TEXT * scale, style.SMALL * scale
    wide = 0.36 * style.SIZES[size]
    wrapped = [style.wrap(label, (wide - 3 * scale) * style.MM, points) for label in events["label"]]
    words = [style.wrap(w, 0.30 * style.SIZES[size] * style.MM, small) for w in events["words"]]
    line, small_line = points * 1.25 / 72 / style.MM, small * 1.3 / 72 / style.MM
    heights = [
        max(len(a) * line, (len(b) + 1.2) * small_line) + 2.4 * scale
        for a, b in zip(wrapped, words, strict=True)
    ]
    titles = {"happening": "What happened", "statement": "What was said"}
    room = line * 1.7
    total = sum(heights) + room * events["kind"].nunique()
    page = style.page(size, total, wide, headline, subtitle, source, 0, titled, 5 * scale)
    figure, ax = page.figure, page.axes
    low, high = (date2num(d) for d in _range(events))
    pad = (high - low) * 0.13
    ax.set_xlim(low - pad, high + pad)
    ax.set_ylim(total, 0)
    ax.spines[["left", "bottom"]].set_visible(False)
    years = range(_range(events)[0].year, _range(events)[1].year + 2)
    ticks = [date2num(_range(events)[0].replace(year=y)) for y in years]
    ax.xaxis.tick_top()
    ax.set_xticks(ticks, [str(y) for y in years], size=small)
    ax.tick_params(axis="x", length=0, pad=2)
    ax.set_yticks([])
    ax.grid(axis="x", color=style.GRID, lw=0.8)
    ax.set_axisbelow(True)
    width_mm = ax.get_position().width * style.SIZES[size]
    day = (high - low + 2 * pad) / width_mm  # days in a millimetre
    anchors = {e["event_id"]: e["earliest"] or e["latest"] for e in events.to_dict("records") if e["date"]}
    y, seen = 0.0, None
    for event, label, when, height in zip(events.to_dict("records"), wrapped, words, heights, strict=True):
        if event["kind"] != seen:
            ax.text(
                low - pad - wide * day,
                y + room * 0.65,
                titles[event["kind"]],
                size=points,
                weight="bold",
                va="center",
                clip_on=False,
            )
            y, seen = y + room, event["kind"]
        middle = y + height / 2
        ax.axhline(y + height, color=style.GRID, lw=0.6, xmin=-wide / width_mm, clip_on=False)
        ax.text(
            low - pad - wide * day,
            middle,
            "\n".join(map(style.plain, label)),
            size=points,
            va="center",
            linespacing=1.15,
            clip_on=False,
        )
        at = middle - (len(when) - 0.4) * small_line / 2
        text_x, side = _draw_span(ax, event, anchors, at, low, high, pad, day, scale, date2num)
        ax.text(
            text_x,
            at + 1.6 * scale,
            "\n".join(map(style.plain, when)),
            size=small,
            va="top",
            ha=side,
            color=style.INK,
            linespacing=1.2,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6},
        )
        y += height
    return figure


def _draw_span(ax, event, anchors, y, low, high, pad, day, scale, number) -> tuple[float, str]:
    """Draw what is known of an event's time; return where its words go and how they are aligned.

    `anchors` has the first possible day of each dated event: an event known only to come before
    or after one is drawn up to it, whenever that was.
    """
    ink, edge_low, edge_high = "#005a9c", low - pad, high + pad
    first, last = event["earliest"], event["latest"]
    dated = bool(event["date"])
    if dated and event["precision"] == "day, year not stated":
        x = number(first) if first else low
        ax.annotate(
            "",
            xy=(edge_high, y),
            xytext=(x, y),
            arrowprops={"arrowstyle": "->", "color": ink, "lw": 1.6 * scale, "shrinkA": 0, "shrinkB": 0},
        )
        ax.plot(x, y, "o", ms=7 * scale, mfc=style.PAPER, color=ink, mew=1.6 * scale)
        return edge_high, "right"
    if dated and first and last:
        a, b = number(first), number(last) + 1
        if event["precision"] == "day":
            ax.plot((a + b) / 2, y, "o", ms=7 * scale, color=ink)
        else:
            ax.plot(
                [a, max(b, a + 2.2 * scale * day)], [y, y], color=ink, lw=5 * scale, solid_capstyle="butt"
            )
        return a, "left"
    if dated and (first or last):
        x, edge = (number(first), edge_high) if first else (number(last), edge_low)
        ax.annotate(
            "",
            xy=(edge, y),
            xytext=(x, y),
            arrowprops={"arrowstyle": "->", "color": ink, "lw": 1.6 * scale, "shrinkA": 0, "shrinkB": 0},
        )
        ax.plot(x, y, "|", ms=9 * scale, color=ink, mew=1.6 * scale)
        return (x, "left") if first else (x, "right")
    if event["after"] or event["before"]:
        ends = (anchors.get(event["after"]), edge_low, "<"), (anchors.get(event["before"]), edge_high, ">")
        xs = [number(known) if known else edge for known, edge, _ in ends]
        ax.plot(xs, [y, y], color=style.MUTED, lw=1.2 * scale, ls=(0, (4, 3)))
        for x, (known, _, sign) in zip(xs, ends, strict=True):
            ax.plot(
                x,
                y,
                marker="|" if known else sign,
                ms=(9 if known else 5) * scale,
                mew=1.4 * scale,
                color=style.MUTED,
                clip_on=False,
            )
    else:
        ax.plot([edge_low, edge_high], [y, y], color=style.GRID, lw=1.2 * scale, ls=(0, (1, 3)))
    return edge_low, "left"


def _plotly_timeline(corpus: Corpus, events: pd.DataFrame, headline: str):
    import datetime as dt
    from html import escape

    import plotly.graph_objects as go

    low, high = _range(events)
    start, end = low - dt.timedelta(days=120), high + dt.timedelta(days=120)
    claims = tables.claims(corpus).set_index("claim_id")
    figure = go.Figure()
    anchors = {e["event_id"]: e["earliest"] or e["latest"] for e in events.to_dict("records") if e["date"]}
    for i, e in enumerate(events.to_dict("records")):
        undated, open_end = not e["date"], e["latest"] is None
        first = e["earliest"] or anchors.get(e["after"]) or start
        last = e["latest"] or anchors.get(e["before"]) or end
        told = [
            f"{c} ({escape(claims.loc[c, 'outlet'])}): “{escape(_lines(claims.loc[c, 'quote'])[0])}…”"
            for c in e["told_in"] + e["said_in"]
        ]
        text = "<br>".join(
            [
                f"<b>{escape(e['label'])}</b>",
                *map(escape, _lines(e["words"])),
                *told[:6],
                *([f"and {len(told) - 6} more"] if len(told) > 6 else []),
            ]
        )
        ink = style.MUTED if undated else "#005a9c"
        line = {
            "color": ink,
            "width": 2 if undated or open_end else 9,
            "dash": "dash" if undated else "solid",
        }
        marker = {
            "size": 11,
            "color": ink,
            "symbol": "circle-open" if undated or open_end else "square",
            "line": {"width": 2, "color": ink},
        }
        figure.add_scatter(
            x=[first.isoformat(), last.isoformat()],
            y=[i, i],
            mode="lines",
            line=line,
            hoverinfo="skip",
            showlegend=False,
        )
        at = (
            first if not undated or first != start else last if last != end else start + dt.timedelta(days=45)
        )
        figure.add_scatter(
            x=[at.isoformat()],
            y=[i],
            mode="markers",
            marker=marker,
            text=[text],
            hovertemplate="%{text}<extra></extra>",
            customdata=[e["event_id"]],
            showlegend=False,
            cliponaxis=False,
        )
    figure.update_layout(**_plotly_layout(headline, 110 + 44 * len(events), 40))
    figure.update_xaxes(
        range=[start.isoformat(), end.isoformat()],
        dtick="M12",
        tick0=low.isoformat(),
        tickformat="%Y",
        side="top",
        gridcolor=style.GRID,
    )
    labels = ["<br>".join(_lines(e, 34)) for e in events["label"]]
    figure.update_yaxes(
        tickvals=list(range(len(events))),
        ticktext=labels,
        range=[len(events) - 0.5, -0.5],
        gridcolor=style.GRID,
        zeroline=False,
        automargin=True,
    )
    return figure


# Where in the text which voice speaks


def voices(corpus: Corpus) -> Chart:
    """Each article word by word, in lanes by voice."""
    words = tables.spoken_words(corpus)
    names = corpus.codebook[corpus.codebook["facet"] == "voice"].set_index("code")
    words = words.assign(place=words.groupby("source_id").cumcount())
    new = (
        words[["source_id", "part", "speaker", "claim_id"]]
        != words[["source_id", "part", "speaker", "claim_id"]].shift()
    ).any(axis=1)
    runs = words.groupby(new.cumsum()).agg(
        source_id=("source_id", "first"),
        part=("part", "first"),
        speaker=("speaker", "first"),
        claim_id=("claim_id", "first"),
        start=("place", "first"),
        words=("place", "size"),
    )
    claims = tables.claims(corpus).set_index("claim_id")
    outlet = claims.drop_duplicates("source_id").set_index("source_id")["outlet"]
    runs = runs.assign(
        outlet=runs["source_id"].map(outlet), quote=runs["claim_id"].map(claims["quote"]).fillna("")
    )
    shares = tables.voices(corpus)
    direct = shares[shares["part"] == "direct"].groupby("outlet")["words"].sum()
    said = shares[shares["part"] != "left out"].groupby("outlet")["words"].sum()
    parts = [f"{o}: {int(direct.get(o, 0))} of {int(n)} words are quoted" for o, n in said.items()]
    headline = headline_of(corpus, "voices", "; ".join(parts))
    subtitle = "Each article from its first word to its last, in lanes by whose words stand there. Left out: repeated and section titles, navigation, who said it."
    source = source_line(corpus, runs[runs["claim_id"] != ""])
    totals = shares.groupby(["outlet", "part"], sort=False)["words"].sum()
    listed = "; ".join(
        f"{o}, {names['label'].get(p, p)}: {plural(int(n), 'word')}" for (o, p), n in totals.items()
    )
    alt = f"Strips of text, one per article, in lanes by voice; words of the article across, from the first to the last. {headline}. {listed}."
    caption = f"{headline.rstrip('.')}. {subtitle}"

    def draw(size: str = "full", titled: bool = True) -> "Figure":
        return _draw_voices(size, titled, runs, names, headline, subtitle, source)

    return Chart("voices", headline, subtitle, alt, caption, source, runs.reset_index(drop=True), draw)


def _draw_voices(size, titled, runs, names, headline, subtitle, source) -> "Figure":
    scale = style.scale_of(size)
    points, small = style.TEXT * scale, style.SMALL * scale
    lanes = [*[v for v in names.index if v in set(runs["part"])], "left out"]
    texts = {v: names["label"].get(v, "left out") for v in lanes}
    left = max(style.text_width(t, points) for t in texts.values()) / style.MM + 3 * scale
    articles = list(dict.fromkeys(runs["source_id"]))
    lane, head, gap = 6.4 * scale, 7.0 * scale, 4.0 * scale
    total = len(articles) * (head + lane * len(lanes) + gap)
    page = style.page(size, total, left, headline, subtitle, source, 0, titled, 0)
    figure, ax = page.figure, page.axes
    longest = int((runs["start"] + runs["words"]).max())
    ax.set_xlim(0, longest)
    ax.set_ylim(total, 0)
    ax.set_axis_off()
    width_mm = ax.get_position().width * style.SIZES[size]
    word = longest / width_mm
    y = 0.0
    for article in articles:
        mine = runs[runs["source_id"] == article]
        count = int(mine["words"].sum())
        ax.text(
            -left * word,
            y + head * 0.55,
            style.plain(f"{mine['outlet'].iloc[0]}, {count} words"),
            size=points,
            weight="bold",
            va="center",
        )
        y += head
        for v in lanes:
            ax.text(-2 * scale * word, y + lane / 2, texts[v], size=points, ha="right", va="center")
            ax.plot([0, count], [y + lane] * 2, color=style.GRID, lw=0.6, clip_on=False)
            colour = names["colour"].get(v, style.MUTED)
            here = mine[mine["part"] == v]
            for r in here.itertuples():
                ax.barh(
                    y + lane / 2,
                    r.words,
                    left=r.start,
                    height=lane * 0.62,
                    color=colour if v != "left out" else "#9aa0a6",
                    ec=style.PAPER,
                    lw=0.5,
                )
            if v in ("direct", "indirect"):
                _name_runs(ax, here, y + lane / 2, small, word, scale)
            y += lane
        y += gap
    return figure


def _name_runs(ax, runs: pd.DataFrame, y: float, points: float, word: float, scale: float) -> None:
    """Name the speaker at the end of a stretch of words, where there is room before the next."""
    spans: list[list] = []
    for r in runs.itertuples():
        if spans and spans[-1][0] == r.speaker and r.start - spans[-1][2] < 12:
            spans[-1][2] = r.start + r.words
        else:
            spans.append([r.speaker, r.start, r.start + r.words])
    for i, (speaker, _, end) in enumerate(spans):
        short = speaker.split()[-1]
        room = (spans[i + 1][1] if i + 1 < len(spans) else ax.get_xlim()[1] + 4 * word) - end
        if style.text_width(short, points) / style.MM * word + 1.5 * scale * word < room:
            ax.text(
                end + 0.8 * scale * word, y, style.plain(short), size=points, va="center", color=style.INK
            )
