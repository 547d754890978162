"""Tables, quotes and claims as HTML, all text escaped."""

from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

from helpers import tables
from helpers.charts import Chart
from helpers.corpus import Corpus

WIDE = "max-width:60em"


SMALL = "font-size:0.88em"


def claims_behind(chart: Chart) -> str:
    """The claims that a chart's marks stand for, folded, as HTML."""
    columns = [c for c in ("claim_id", "outlet", "speaker", "voice", "quote") if c in chart.rows]
    rows = chart.rows[chart.rows["claim_id"].astype(bool)].drop_duplicates("claim_id")[columns]
    count = "1 claim" if len(rows) == 1 else f"{len(rows)} claims"
    table = table_html(rows.rename(columns={"claim_id": "claim", "outlet": "article"}), "")
    return (
        f'<details style="{WIDE}"><summary>The {count} behind the marks</summary>{table}</details>'
    )


def table_html(frame: pd.DataFrame, caption: str) -> str:
    """A table as HTML with a caption and column headers, all text escaped."""
    head = "".join(
        f'<th scope="col" style="text-align:left">{escape(str(c))}</th>' for c in frame.columns
    )
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{_cell_style(v)}">{escape(_cell(v))}</td>' for v in row)
        + "</tr>"
        for row in frame.itertuples(index=False)
    )
    body = body or f'<tr><td colspan="{max(len(frame.columns), 1)}">none</td></tr>'
    title = (
        f'<caption style="text-align:left;font-weight:bold">{escape(caption)}</caption>'
        if caption
        else ""
    )
    return f'<table style="{SMALL};{WIDE}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def quotable(corpus: Corpus) -> dict[str, dict]:
    """Claims by id, each with who says it, for `quotes_html`."""
    voices = dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True))
    known = {}
    for r in tables.claims(corpus).to_dict("records"):
        by = f"{r['speaker']}, " if r["voice"] in ("direct", "indirect") else ""
        known[r["claim_id"]] = {**r, "by": by + voices[r["voice"]]}
    return known


def quotes_html(known: dict[str, dict], claim_ids: Iterable[str]) -> str:
    """Claims, as `quotable` gives them, as block quotes in HTML."""
    unknown = [c for c in claim_ids if c not in known]
    if unknown:
        raise ValueError(f"no claim {', '.join(unknown)} in claims.csv")
    return "".join(_quote(known[c]) for c in claim_ids)


def _quote(claim: dict) -> str:
    translation = f" <em>({escape(claim['translation'])})</em>" if claim["translation"] else ""
    where = f"{claim['outlet']}, {claim['position']}"
    return (
        f'<blockquote style="margin:0.4em 0 0.4em 1em;{WIDE}">{_around(claim)}{translation}'
        f'<br><span style="{SMALL}">{escape(claim["by"])}; {escape(where)}; <span style="white-space:nowrap">claim {escape(claim["claim_id"])}</span></span></blockquote>'
    )


def _around(claim: dict) -> str:
    """A quote in its sentence, the quote itself marked."""
    before, after = (escape(" ".join(claim[c].split(" "))) for c in ("before", "after"))
    return f"{before}<strong>{escape(claim['quote'])}</strong>{after}"


def _cell(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "–"
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _cell_style(value: Any) -> str:
    align = "right" if isinstance(value, (int, float)) and not isinstance(value, bool) else "left"
    return f"text-align:{align};vertical-align:top" + (
        ";white-space:nowrap" if len(_cell(value)) < 13 else ""
    )
