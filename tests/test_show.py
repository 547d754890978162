"""What is shown: text is text, each picture says what it shows, each table has its caption."""

import re

import pandas as pd
import pytest

from helpers import show, tables
from helpers.charts import style
from helpers.show import figures, marked_article, notebook
from helpers.show.html import table_html

EVIL = "<script>alert('&')</script>"
CHARTS = list(figures.CHARTS)


@pytest.fixture(scope="module")
def made(corpus):
    """Every chart by name."""
    return {name: figures.make(corpus, name) for name in CHARTS}


@pytest.fixture
def shown(monkeypatch):
    """What would be displayed, as (html, plain) pairs."""
    out = []
    monkeypatch.setattr(notebook, "_display", lambda html, plain: out.append((html, plain)))
    return out


@pytest.fixture
def evil(corpus):
    """A corpus in which every text that people type has markup in it."""
    claims, actors, book = corpus.claims.copy(), corpus.actors.copy(), corpus.codebook.copy()
    text = corpus.texts[claims["source_id"].iloc[0]]
    claims["quote"] = EVIL + claims["quote"]
    claims["proposition"] = EVIL
    claims["translation"] = EVIL
    actors["name"] = actors["short_name"] = EVIL + actors["name"]
    book["label"] = EVIL + book["label"]
    book["definition"] = EVIL
    events = corpus.events.assign(label=EVIL + corpus.events["label"], words=EVIL)
    texts = {s: (EVIL + t if t is text else t) for s, t in corpus.texts.items()}
    return corpus.replaced(claims=claims, actors=actors, codebook=book, events=events, texts=texts)


def test_markup_in_claims_is_shown_as_text(evil, shown):
    show.claims(evil)
    show.quotes(evil, "mil-03", "mil-36")
    show.findings(evil)
    show.table(tables.claims(evil).head(3), EVIL)
    show.beside(evil, one=tables.claims(evil).head(2), other=tables.claims(evil).head(2))
    for name in CHARTS:
        show.show(figures.make(evil, name))
    for html, _ in shown:
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html


def test_markup_in_an_article_is_shown_as_text(evil):
    for source in evil.texts:
        html = marked_article.article(evil, source)
        assert "<script" not in html


def test_markup_in_an_interactive_twin_is_shown_as_text(evil):
    twins = [c for name in CHARTS if (c := figures.make(evil, name)).plotly]
    assert twins
    for trace in (trace for chart in twins for trace in chart.interactive().data):
        for text in [trace.name or "", *(trace.text or [])]:
            assert "<script" not in text


@pytest.mark.parametrize("name", CHARTS)
def test_each_figure_says_its_type_its_axes_and_its_finding(made, name):
    chart = made[name]
    assert re.match(r"[A-Z][a-z ]+[,.]", chart.alt)
    assert "rows" in chart.alt.lower() or "across" in chart.alt
    assert chart.words.headline.rstrip(".") in chart.alt
    assert chart.words.source.startswith("Source: ")
    assert "no human review" in chart.words.source


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_leads_to_a_claim_and_its_quote(made, corpus, name):
    rows = made[name].rows
    marks = rows[rows["claim_id"] != ""]
    quotes = corpus.claims.set_index("claim_id")["quote"]
    assert len(marks)
    assert list(marks["quote"]) == list(quotes.reindex(marks["claim_id"]))


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_is_the_same_bytes_each_time(corpus, name):
    first, second = (figures.svg(figures.make(corpus, name)) for _ in range(2))
    assert first == second


def test_a_picture_stands_with_alt_text_caption_source_and_its_claims(made, shown):
    show.show(made["04-labels"])
    html = shown[0][0]
    assert re.search(r'<img alt="Matrix of marks[^"]{80,}"', html)
    assert re.search(r"<figcaption[^>]*>.*Source: ", html)
    assert html.count("<tr>") == made["04-labels"].rows["claim_id"].nunique() + 1


def test_a_table_has_a_caption_and_column_headers():
    html = table_html(pd.DataFrame({"a": [["x", "y"], []], "b": [1, 2]}), "What it shows")
    assert "<caption" in html
    assert html.count('scope="col"') == 2
    assert "x, y" in html


def test_an_unknown_claim_finding_or_article_is_named(corpus):
    with pytest.raises(ValueError, match="no claim mil-99"):
        show.quotes(corpus, "mil-99")
    with pytest.raises(ValueError, match="no finding nothing; there are"):
        show.findings(corpus, "nothing")
    with pytest.raises(ValueError, match="no article x; there are"):
        marked_article.article(corpus, "x")


def test_an_article_shows_every_word_and_every_claim_id(corpus):
    for source, text in corpus.texts.items():
        html = marked_article.article(corpus, source)
        bare = re.sub(r"<sup.*?</sup>", "", html)
        bare = re.sub(r"<details style=.*?</details>", "", bare)
        bare = re.sub(r"<[^>]+>", "", bare)
        for word in re.findall(r"\w+", text):
            assert word in bare
        for claim in corpus.claims.query("source_id == @source")["claim_id"]:
            assert f'id="{claim}"' in html


def test_tints_keep_text_readable(corpus):
    for colour in corpus.codebook["colour"]:
        ground, ink = style.luminance(style.tint(colour)), style.luminance("#1a1a1a")
        assert (ground + 0.05) / (ink + 0.05) >= 7
        assert (style.luminance("#ffffff") + 0.05) / (style.luminance(colour) + 0.05) >= 4.5
