"""Show figures, tables, quotes and findings in a notebook, with alt text, caption and source."""

import base64

import pandas as pd

from helpers import findings as findings_
from helpers.charts import Chart
from helpers.corpus import Corpus
from helpers.show import marked_article, overview
from helpers.show.figures import bundle, headed, index, picture, svg
from helpers.show.html import claims_behind, named, quotable, render, table_html


def show(chart: Chart) -> None:
    """Show a chart: the picture with its alt text, caption, source and the claims behind it."""
    chart = headed(chart)
    if chart.nothing:
        _display(render("paragraphs.html", paragraphs=[chart.alt]), chart.alt)
        return
    picture = base64.b64encode(svg(chart)).decode("ascii")
    rows = claims_behind(chart)
    listed = table_html(rows, "")
    html = render("figure.html", chart=chart, picture=picture, count=len(rows), table=listed)
    _display(html, chart.alt)


def gallery(made: dict[str, Chart]) -> None:
    """Show charts by name, as their files have them, each with the notebook that tells it."""
    rows = index(made).to_dict("records")
    for r in rows:
        r["picture"] = base64.b64encode(picture(made[r["figure"]], "svg")).decode("ascii")
    plain = "\n".join(f"{r['figure']}: {r['alt']}" for r in rows)
    _display(render("gallery.html", figures=rows), plain)


def explore(chart: Chart) -> None:
    """Show a chart's interactive form: hover over a mark for its claim."""
    from IPython.display import display

    chart = headed(chart)
    figure = bundle(chart)
    _display(
        render("explore.html", source=chart.words.source), f"The same, interactive: {chart.alt}"
    )
    plain = f"The same, interactive: {chart.words.headline}"
    display({"application/vnd.plotly.v1+json": figure, "text/plain": plain}, raw=True)


def table(frame: pd.DataFrame, caption: str) -> None:
    """Show a table with a caption; cells that are lists are joined by commas."""
    _display(table_html(frame, caption), f"{caption}\n{frame.to_string(index=False)}")


def findings(corpus: Corpus, *ids: str) -> None:
    """Show findings (all, or those named), how sturdy each is, and the claims each rests on."""
    rows = {r["finding_id"]: r for r in findings_.compute(corpus).to_dict("records")}
    if unknown := [i for i in ids if i not in rows]:
        raise ValueError(f"no finding {', '.join(unknown)}; there are {', '.join(rows)}")
    sturdy = findings_.robustness(corpus).set_index("finding_id")["words"]
    known = quotable(corpus)
    shown = [
        {**r, "sturdy": sturdy[i], "claims": named(known, r["claims"])}
        for i, r in rows.items()
        if i in ids or not ids
    ]
    plain = "\n".join(f"{r['sentence']} {r['sturdy']}" for r in shown)
    _display(render("findings.html", findings=shown), plain)


def quotes(corpus: Corpus, *claim_ids: str) -> None:
    """Show claims as quotes, each with its speaker, voice, article and id."""
    rows = named(quotable(corpus), claim_ids)
    plain = "\n".join(f"{r['claim_id']}: “{r['quote']}”" for r in rows)
    _display(render("quotes.html", claims=rows), plain)


def claims(corpus: Corpus) -> None:
    """Show all claims in their sentences; once the cell is run, filters stand above the table."""
    book = dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True))
    rows = list(quotable(corpus).values())
    for r in rows:
        r["labels"] = [book[c] for c in r["codes"]]
        coded = zip(r["labels"], r["stances"], strict=True)
        r["said"] = ", ".join(f"{c} (denied)" if s == "rejects" else c for c, s in coded)
    plain = f"All {len(rows)} claims, with article, speaker, voice, sentence and codes"
    _display(render("claims.html", claims=rows), plain)


def article(corpus: Corpus, source_id: str) -> None:
    """Show an article with its claims marked."""
    html = marked_article.article(corpus, source_id)
    _display(html, f"The article {source_id} with its claims marked")


def beside(corpus: Corpus, **claims: pd.DataFrame) -> None:
    """Show claims of several sides next to one another, as many of each; the rest is named.

    Parameters
    ----------
    claims : DataFrames
        By the name of the side (underscores for spaces): claim_id, strongest first.
    """
    sides = {name.replace("_", " "): list(frame["claim_id"]) for name, frame in claims.items()}
    most, known = min(map(len, sides.values())), quotable(corpus)
    shown = [
        {"name": name, "claims": named(known, ids[:most]), "others": ids[most:]}
        for name, ids in sides.items()
    ]
    plain = "; ".join(f"{name}: {', '.join(ids)}" for name, ids in sides.items())
    _display(render("beside.html", sides=shown), plain)


def notebooks(corpus: Corpus) -> None:
    """Show the notebooks of a corpus with the question of each."""
    rows = overview.overview(corpus)
    caption = "The notebooks in the order of reading"
    html = render("notebooks.html", notebooks=rows.to_dict("records"), caption=caption)
    _display(html, f"{caption}\n{rows.to_string(index=False)}")


def citation(corpus: Corpus, claim_id: str) -> None:
    """Show how to cite the collection, and one claim of it."""
    whole, one = overview.citations(corpus, claim_id)
    lines = [f"The collection: {whole}", f"A claim: {one}"]
    _display(render("paragraphs.html", paragraphs=lines), f"{whole}\n{one}")


def _display(html: str, plain: str) -> None:
    from IPython.display import display

    display({"text/html": html, "text/plain": plain}, raw=True)
