"""Show figures, tables, quotes and findings in a notebook, with alt text, caption and source."""

import base64
import json
from html import escape

import pandas as pd

from helpers import findings as findings_
from helpers import tables
from helpers.charts import Chart
from helpers.corpus import Corpus
from helpers.show import marked_article, overview
from helpers.show.figures import FIGURES, headed, svg
from helpers.show.html import (
    SMALL,
    WIDE,
    _around,
    _cell_style,
    claims_behind,
    quotable,
    quotes_html,
    table_html,
)


def show(chart: Chart) -> None:
    """Show a chart: the picture with its alt text, then caption, source and the claims behind it."""
    chart = headed(chart)
    if chart.nothing:
        _display(f"<p>{escape(chart.alt)}</p>", chart.alt)
        return
    picture = base64.b64encode(svg(chart)).decode("ascii")
    html = (
        f'<figure style="margin:0;{WIDE}"><img alt="{escape(chart.alt)}" style="width:100%" '
        f'src="data:image/svg+xml;base64,{picture}">'
        f'<figcaption style="{SMALL}">{escape(chart.caption)} {escape(chart.words.source)}</figcaption></figure>'
        f"{claims_behind(chart)}"
    )
    _display(html, chart.alt)


def gallery(listed: pd.DataFrame) -> None:
    """Show figures as their files have them; `listed` is what `export.captions` gives."""
    parts = []
    for r in listed.itertuples():
        picture = base64.b64encode((FIGURES / f"{r.figure}.svg").read_bytes()).decode("ascii")
        parts.append(
            f'<figure style="margin:0 0 2em;{WIDE}"><img alt="{escape(r.alt)}" style="width:100%" src="data:image/svg+xml;base64,{picture}">'
            f'<figcaption style="{SMALL}"><strong>{escape(r.figure)}</strong>, told in <a href="{escape(r.notebook)}">{escape(r.notebook)}</a>. '
            f"{escape(r.caption)} {escape(r.source)}</figcaption></figure>"
        )
    _display("".join(parts), "\n".join(f"{r.figure}: {r.alt}" for r in listed.itertuples()))


def explore(chart: Chart) -> None:
    """Show a chart's interactive twin: hover over a mark for its claim."""
    chart = headed(chart)
    if chart.plotly is None:
        raise ValueError(f"{chart.name} has no interactive form")
    figure = json.loads(chart.interactive().to_json())
    note = (
        f'<p style="{SMALL}">Interactive twin of the figure above: hover over a mark for its quote, speaker, '
        f"voice, article and codes; the same stands in the list of claims there. {escape(chart.words.source)}</p>"
    )
    _display(note, f"Interactive twin: {chart.alt}")
    from IPython.display import display

    display(
        {
            "application/vnd.plotly.v1+json": figure,
            "text/plain": f"Interactive twin: {chart.words.headline}",
        },
        raw=True,
    )


def table(frame: pd.DataFrame, caption: str) -> None:
    """Show a table with a caption; cells that are lists are joined by commas."""
    _display(table_html(frame, caption), f"{caption}\n{frame.to_string(index=False)}")


def findings(corpus: Corpus, *ids: str) -> None:
    """Show findings (all, or those named), how sturdy each is, and the claims each rests on."""
    table = findings_.compute(corpus)
    unknown = [i for i in ids if i not in set(table["finding_id"])]
    if unknown:
        raise ValueError(
            f"no finding {', '.join(unknown)}; there are {', '.join(table['finding_id'])}"
        )
    table = table[table["finding_id"].isin(ids)] if ids else table
    sturdy, known = findings_.robustness(corpus).set_index("finding_id")["words"], quotable(corpus)
    items = "".join(
        f'<li style="margin-bottom:0.5em"><strong>{escape(r.sentence)}</strong> '
        f'<span style="{SMALL}">{escape(sturdy[r.finding_id])}</span>'
        f"<details><summary>{escape(r.question)} {_count(len(r.claims))}</summary>"
        f"{quotes_html(known, r.claims)}</details></li>"
        for r in table.itertuples()
    )
    plain = "\n".join(
        f"{s} {sturdy[i]}" for i, s in zip(table["finding_id"], table["sentence"], strict=True)
    )
    _display(f'<ol style="{WIDE}">{items}</ol>', plain)


def quotes(corpus: Corpus, *claim_ids: str) -> None:
    """Show claims as quotes, each with its speaker, voice, article and id."""
    plain = "\n".join(
        f"{c}: “{q}”"
        for c, q in corpus.claims.set_index("claim_id")["quote"].reindex(claim_ids).items()
    )
    _display(quotes_html(quotable(corpus), claim_ids), plain)


FILTER = """<script>
for (const table of document.querySelectorAll("table.filtered:not([data-ready])")) {
  table.dataset.ready = "yes";
  const rows = [...table.tBodies[0].rows], heads = [...table.tHead.rows[0].cells], chosen = {};
  const bar = document.createElement("p"), count = document.createElement("span");
  const update = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = Object.entries(chosen).every(([i, v]) => !v || (row.cells[i].dataset.values || row.cells[i].textContent).split("|").includes(v));
      row.hidden = !fits; shown += fits;
    }
    count.textContent = shown + " of " + rows.length + " claims";
  };
  heads.forEach((head, i) => {
    if (!head.dataset.filter) return;
    const label = document.createElement("label"), select = document.createElement("select");
    const values = new Set(rows.flatMap(r => (r.cells[i].dataset.values || r.cells[i].textContent).split("|")));
    select.append(new Option("all", ""));
    [...values].filter(v => v).sort().forEach(v => select.append(new Option(v, v)));
    select.onchange = () => { chosen[i] = select.value; update(); };
    label.append(head.textContent + " ", select, "  "); label.style.marginRight = "1em"; bar.append(label);
  });
  bar.append(count); table.before(bar); update();
}
</script>"""


def claims(corpus: Corpus) -> None:
    """Show all claims in their sentences; once the cell is run, filters stand above the table."""
    table, labels = (
        tables.claims(corpus),
        dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True)),
    )
    heads = [
        ("claim", False),
        ("article", True),
        ("speaker", True),
        ("voice", True),
        ("the claim in its sentence", False),
        ("codes", True),
    ]
    head = "".join(
        f'<th scope="col" style="text-align:left"{" data-filter=1" if f else ""}>{h}</th>'
        for h, f in heads
    )
    rows = []
    for r in table.to_dict("records"):
        codes = [labels[c] for c in r["codes"]]
        said = [
            f"{c} (denied)" if s == "rejects" else c
            for c, s in zip(codes, r["stances"], strict=True)
        ]
        cells = [
            (r["claim_id"], ""),
            (r["outlet"], ""),
            (r["speaker"], ""),
            (labels[r["voice"]], ""),
            (None, ""),
            (", ".join(said), "|".join(codes)),
        ]
        rows.append("<tr>" + "".join(
            f'<td style="{_cell_style(text or " " * 13)}"{f" data-values={chr(34)}{escape(values)}{chr(34)}" if values else ""}>'
            f"{_around(r) if text is None else escape(text)}</td>" for text, values in cells) + "</tr>")  # fmt: skip
    html = f'<table class="filtered" style="{SMALL};{WIDE}"><caption style="text-align:left;font-weight:bold">All {len(table)} claims</caption><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>{FILTER}'
    _display(html, f"All {len(table)} claims, with article, speaker, voice, sentence and codes")


def article(corpus: Corpus, source_id: str) -> None:
    """Show an article with its claims marked."""
    _display(
        marked_article.article(corpus, source_id), f"The article {source_id} with its claims marked"
    )


def _count(number: int) -> str:
    return f"(rests on {number} claim{'' if number == 1 else 's'})"


def _display(html: str, plain: str) -> None:
    from IPython.display import display

    display({"text/html": html, "text/plain": plain}, raw=True)


def beside(corpus: Corpus, **claims: pd.DataFrame) -> None:
    """Show claims of several sides next to one another, as many of each; the rest is named.

    Parameters
    ----------
    claims : DataFrames
        By the name of the side (underscores for spaces): claim_id, strongest first.
    """
    sides = {name: list(frame["claim_id"]) for name, frame in claims.items()}
    most, known = min(map(len, sides.values())), quotable(corpus)
    share = 100 // max(len(sides), 1)
    heads = "".join(
        f'<th scope="col" style="text-align:left;width:{share}%">{escape(name.replace("_", " "))}</th>'
        for name in sides
    )
    cells = "".join(
        f'<td style="text-align:left;vertical-align:top">{quotes_html(known, ids[:most])}{_rest(ids[most:])}</td>'
        for ids in sides.values()
    )
    html = f'<table style="{WIDE};width:100%"><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'
    _display(
        html,
        "; ".join(f"{name.replace('_', ' ')}: {', '.join(ids)}" for name, ids in sides.items()),
    )


def _rest(ids: list[str]) -> str:
    return f'<p style="{SMALL}">and {len(ids)} more: {escape(", ".join(ids))}</p>' if ids else ""


def notebooks() -> None:
    """Show the notebooks with the question of each and the minutes that reading takes."""
    rows = overview.overview()
    body = "".join(
        f'<tr><td style="text-align:left"><a href="{escape(r.file)}">{escape(r.title)}</a></td><td style="text-align:left">{escape(r.question)}</td><td style="text-align:right">{r.minutes}</td></tr>'
        for r in rows.itertuples()
    )
    caption = f"The notebooks in the order of reading, {rows['minutes'].sum()} minutes in all"
    html = f'<table style="{SMALL};{WIDE}"><caption style="text-align:left;font-weight:bold">{caption}</caption><thead><tr><th scope="col" style="text-align:left">notebook</th><th scope="col" style="text-align:left">its question</th><th scope="col">minutes</th></tr></thead><tbody>{body}</tbody></table>'
    _display(html, f"{caption}\n{rows.to_string(index=False)}")


def citation(corpus: Corpus, claim_id: str) -> None:
    """Show how to cite the collection, and one claim of it."""
    whole, one = overview.citations(corpus, claim_id)
    _display(
        f"<p>The collection: {escape(whole)}</p><p>A claim: {escape(one)}</p>", f"{whole}\n{one}"
    )
