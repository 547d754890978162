"""Show figures, tables, quotes and findings in a notebook, with alt text, caption and source."""

import base64
from typing import Any

import pandas as pd

from helpers import findings as findings_
from helpers.charts import Chart, coding_words
from helpers.corpus import Corpus
from helpers.corpus.english import plural
from helpers.corpus.problem import visible
from helpers.corpus.schema import REJECTS
from helpers.show import marked_article, overview
from helpers.show.figures import bundle, drawn, headed, index, picture
from helpers.show.html import (
    claims_behind,
    linked_places,
    named,
    quotable,
    render,
    spoken,
    table_html,
)
from helpers.show.links import room_of, table_of
from helpers.show.menu import with_menu
from helpers.tables import who_is_who

MOST_ROWS = 14  # of a table that is not folded


def show(chart: Chart) -> None:
    """Show a chart: the picture with its alt text, caption, source and the claims behind it."""
    chart = headed(chart)
    if chart.nothing:
        _display(render("paragraphs.html", paragraphs=[chart.alt]), chart.alt)
        return
    svg, places = drawn(chart)
    picture = base64.b64encode(svg).decode("ascii")
    rows = claims_behind(chart)
    listed = table_html(rows, "")
    links = linked_places(chart, places, room_of(chart.corpus))
    values = {"picture": picture, "places": links, "count": len(rows), "table": listed}
    html = render("figure.html", chart=chart, alt=spoken(chart), **values)
    _display(html, chart.alt)


def gallery(made: dict[str, Chart]) -> None:
    """Show charts by name, as their files have them, each with the notebook that tells it."""
    rows = index(made).to_dict("records")
    for r in rows:
        r["picture"] = base64.b64encode(picture(made[r["figure"]], "svg")).decode("ascii")
    plain = "\n".join(f"{r['figure']}: {r['alt']}" for r in rows)
    _display(render("gallery.html", figures=rows), plain)


def explore(chart: Chart) -> None:
    """Show a chart's interactive form, for corpora too large for a picture: zoom and hover."""
    chart = headed(chart)
    if chart.plotly is None:
        raise ValueError(f"{chart.name} has no interactive form")
    said = f"Interactive: {chart.alt}"
    _display(render("explore.html", source=chart.wording.source), said)
    _plotly(chart.interactive(), f"Interactive: {chart.wording.headline}")


def _plotly(figure: Any, plain: str) -> None:
    from IPython.display import display

    made = {"application/vnd.plotly.v1+json": bundle(figure), "text/plain": plain}
    display(made, raw=True)


def table(frame: pd.DataFrame, caption: str) -> None:
    """Show a table with a caption, folded where it is long; cells that are lists are joined."""
    html = table_html(frame, caption)
    if len(frame) > MOST_ROWS:
        html = render("folded.html", summary=f"{caption}: {plural(len(frame), 'row')}", html=html)
    _display(html, f"{caption}\n{frame.to_string(index=False)}")


def facts(corpus: Corpus) -> None:
    """Show the facts that come first, each with its claims, and who the persons are."""
    known = quotable(corpus)
    rows = [
        {**r, "depends": "", "checked": "", "reviews": [], "claims": named(known, r["claims"])}
        for r in findings_.facts(corpus).to_dict("records")
    ]
    coding = coding_words(corpus, corpus.sources)
    html = render("findings.html", findings=rows, chosen="", numbered=False, link="")
    html += render("paragraphs.html", paragraphs=[coding])
    plain = "\n".join([*map(str, findings_.facts(corpus)["sentence"]), coding])
    _display(html + table_html(who_is_who(corpus), "Who is who"), plain)


def findings(corpus: Corpus, *ids: str) -> None:
    """Show findings (all, or those named, facts too), what each depends on, and its claims."""
    found = findings_.of(corpus)
    known_ = pd.concat([findings_.facts(corpus), found]) if ids else found
    rows = {r["finding_id"]: r for r in known_.to_dict("records")}
    if unknown := [i for i in ids if i not in rows]:
        raise ValueError(f"no finding {', '.join(unknown)}; there are {', '.join(rows)}")
    depends = findings_.dependence(corpus).set_index("finding_id")["words"].to_dict()
    known, reviews = quotable(corpus), corpus.reviews
    shown = [
        {
            **r,
            "depends": depends.get(i, ""),
            "claims": named(known, r["claims"]),
            "checked": findings_.checked_words(corpus, r["claims"]),
            "reviews": reviews[reviews["claim_id"].isin(r["claims"])].to_dict("records"),
        }
        for i, r in rows.items()
        if i in ids or not ids
    ]
    plain = "\n".join(f"{r['sentence']} {r['depends']} {r['checked']}".rstrip() for r in shown)
    chosen = f"In your selection ({corpus.selection}):" if corpus.selection else ""
    link = table_of(corpus, "reviews")
    html = render("findings.html", findings=shown, chosen=chosen, numbered=True, link=link)
    _display(html, f"{chosen}\n{plain}".strip())


def quotes(corpus: Corpus, *claim_ids: str, title: str = "") -> None:
    """Show claims as quotes, each with its speaker, voice, article and id."""
    rows = named(quotable(corpus.whole), claim_ids)
    plain = "\n".join([title] * bool(title) + [f"{r['claim_id']}: “{r['quote']}”" for r in rows])
    _display(render("quoted.html", claims=rows, title=title), plain)


def tempting(corpus: Corpus) -> None:
    """Show what suggests itself and is not borne out, with all that is said of it."""
    known = quotable(corpus.whole)
    rows = [
        {"statement": r.statement, "claims": named(known, r.claims)}
        for r in findings_.tempting(corpus).itertuples()
    ]
    _display(render("tempting.html", rows=rows), "\n".join(r["statement"] for r in rows))


def menu(corpus: Corpus) -> None:
    """Show the framings with a menu of selections; marks, title and finding change together."""
    _plotly(with_menu(corpus), "Framings, with a menu of selections")


def claims(corpus: Corpus) -> None:
    """Show all claims in their sentences; once the cell is run, filters stand above the table."""
    book = {code: visible(label) for code, label in corpus.labels.items()}
    rows = list(quotable(corpus).values())
    for r in rows:
        stances = ["denied" if s == REJECTS else "asserted" for s in r["stances"]]
        r["codings"] = list(zip((book[c] for c in r["codes"]), stances, strict=True))
        r["said"] = ", ".join("denied: " * (s == "denied") + code for code, s in r["codings"])
    plain = f"All {plural(len(rows), 'claim')}, with article, speaker, voice, sentence and codes"
    html = render("claims.html", claims=rows)
    _display(render("folded.html", summary=plain, html=html), plain)


def article(corpus: Corpus, source_id: str) -> None:
    """Show an article with its claims marked."""
    html = marked_article.article(corpus, source_id)
    _display(html, f"The article {source_id} with its claims marked")


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
