"""What is shown: text is text, each picture says what it shows, each table has its caption."""

import json
import re
import xml.etree.ElementTree as ET
from html import escape, unescape
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from conftest import NOTEBOOKS

from helpers import findings, show, tables
from helpers.charts import style
from helpers.corpus import HOME
from helpers.corpus.colours import NEUTRAL
from helpers.corpus.model import remembered
from helpers.show import brief, figures, marked_article, notebook, pages, rebuild
from helpers.show.exports import SAVED
from helpers.show.html import TEMPLATES, table_html
from helpers.show.links import MOST_TOLD, reading_room
from helpers.show.menu import with_menu

EVIL = (
    """</script><script>alert('&')</script><a href="javascript:alert(1)">x"onmouseover="alert(1)"""
)
CHARTS = list(figures.CHARTS)


@pytest.fixture(scope="module")
def made(corpus):
    """Every chart by name."""
    return {name: figures.make(corpus, name) for name in CHARTS}


@pytest.fixture(scope="module")
def drawings(made):
    """Every chart by name as it is drawn, with the places of its marks."""
    return {name: figures.drawn(chart) for name, chart in made.items()}


@pytest.fixture
def shown(monkeypatch):
    """What would be displayed, as (html, plain) pairs."""
    out = []
    monkeypatch.setattr(notebook, "_display", lambda html, plain: out.append((html, plain)))
    return out


TYPED = {
    "claims": ["proposition", "translation", "quote"],
    "actors": ["name", "short_name"],
    "codebook": ["label", "definition"],
    "events": ["label", "words"],
    "sources": ["headline"],
    "coders": ["how"],
}


def beginning(corpus, words: str):
    """A corpus in which every text that people type begins with some words."""
    changed = {}
    for name, columns in TYPED.items():
        table = getattr(corpus, name)
        changed[name] = table.assign(**{c: words + table[c] for c in columns if c in table})
    return corpus.replaced(texts={s: words + t for s, t in corpus.texts.items()}, **changed)


@pytest.fixture(scope="module")
def harmless(corpus):
    """A corpus as `evil`, without its markup."""
    return beginning(corpus, "word ")


@pytest.fixture(scope="module")
def evil(corpus):
    """A corpus in which every text that people type has markup in it."""
    return beginning(corpus, EVIL)


class Elements(HTMLParser):
    """The elements of a page, where links lead, and all that is text."""

    def __init__(self, html: str):
        super().__init__()
        self.elements, self.links, self.scripts, self.text = set(), set(), 0, []
        self.hovers = []  # of marks, which are links
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.add((tag, *sorted(given)))
        self.links.add(given.get("href", "").split(":")[0] if ":" in given.get("href", "") else "")
        self.scripts += tag == "script"
        self.text += [given.get("alt", ""), given.get("title", "")]
        self.hovers += [given["title"]] if tag == "a" and "title" in given else []

    def handle_data(self, data):
        self.text.append(data)


@remembered
def displayed(corpus, name: str) -> str:
    """The HTML that showing something displays, but for pictures, which take long to draw."""
    out = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebook, "_display", lambda html, plain: out.append(html))
        patch.setattr(notebook, "drawn", undrawn)
        SHOWN[name](corpus)
    return "\n".join(out)


def undrawn(chart, *_, **__):
    """No picture, and three places of marks."""
    claims = [c for c in chart.rows["claim_id"] if c][:3]
    return b"<svg/>", [style.Place(0.1, 0.1, 0.1, 0.1, tuple(claims))]


def interactive(corpus) -> list:
    """The charts that have an interactive form."""
    return [chart for name in CHARTS if (chart := figures.make(corpus, name)).plotly]


def reading_edition(corpus) -> str:
    """A page made of a notebook that shows everything."""
    html = "\n".join(displayed(corpus, name) for name in SHOWN)
    outputs = [{"data": {"text/html": html}}, {"text": corpus.coders["how"].iloc[0]}]
    outputs += [
        {"data": {pages.MIME: figures.bundle(chart.interactive())}} for chart in interactive(corpus)
    ]
    name = corpus.actors["name"].iloc[0]
    code = {"cell_type": "code", "source": repr(name), "outputs": outputs}
    made = pages.body({"cells": [{"cell_type": "markdown", "source": "# Title"}, code]})
    homes = {corpus.claims["claim_id"].iloc[0]: "page.html"}
    return pages.page("page.html", {"page.html": name}, pages.link_claims(made, homes, ""))


SHOWN = {
    "quotes": lambda corpus: show.quotes(corpus, *corpus.claims["claim_id"]),
    "claims": show.claims,
    "findings": show.findings,
    "table": lambda corpus: show.table(
        tables.claims(corpus).head(3), corpus.actors["name"].iloc[0]
    ),
    "quotes with a title": lambda corpus: show.quotes(
        corpus, corpus.claims["claim_id"].iloc[0], title=corpus.actors["name"].iloc[0]
    ),
    "a long table": lambda corpus: show.table(tables.claims(corpus), corpus.actors["name"].iloc[0]),
    "tempting": show.tempting,
    "citation": lambda corpus: show.citation(corpus, corpus.claims["claim_id"].iloc[0]),
    "article": lambda corpus: [show.article(corpus, source) for source in corpus.texts],
    "figures": lambda corpus: [show.show(figures.make(corpus, name)) for name in CHARTS],
}
WRITTEN = {
    "brief": brief.html,
    "figures' pages": lambda corpus: "".join(
        figures.page(figures.make(corpus, name)) for name in CHARTS
    ),
    "reading edition": reading_edition,
}
WITH_HOVER = ("figures", "figures' pages", "reading edition")


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SHOWN, *WRITTEN])
def test_markup_in_data_is_shown_as_text(harmless, evil, name, monkeypatch):
    for module in (brief, figures):
        monkeypatch.setattr(module, "drawn", undrawn)

    def look(of):
        return Elements(WRITTEN[name](of) if name in WRITTEN else displayed(of, name))

    usual, seen = look(harmless), look(evil)
    assert seen.elements == usual.elements
    assert (seen.links, seen.scripts) == (usual.links, usual.scripts)
    assert EVIL in re.sub(r"\s+", " ", "".join(seen.text))
    assert len(seen.hovers) == len(usual.hovers)
    assert bool(seen.hovers) == (name in WITH_HOVER)
    assert all(EVIL in re.sub(r"\s+", " ", text) for text in seen.hovers)


def test_a_claim_over_two_paragraphs_has_its_id_once(corpus):
    claim = corpus.claims.query("level == 'primary'").iloc[5]
    text = corpus.texts[claim["source_id"]]
    at = text.index(" ", claim["start"])
    assert at < claim["end"]
    texts = {**corpus.texts, claim["source_id"]: text[:at] + "\n" + text[at + 1 :]}
    html = marked_article.article(corpus.replaced(texts=texts), claim["source_id"])
    mine = corpus.claims.query("source_id == @claim.source_id")["claim_id"]
    assert sorted(re.findall(r'<span id="([^"]+)"', html)) == sorted(mine)


def test_counts_of_one_are_of_one(corpus):
    one = corpus.where(claim_id=corpus.claims["claim_id"].iloc[0])
    html = displayed(one, "claims") + displayed(one, "article")
    assert "All 1 claim<" in html
    assert not re.search(r"\b1 (claims|words|rows)\b", html)


MARKUP = (
    "<img src=x onerror=alert(1)> ![a](http://elsewhere/a.png) https://www.a.org a@b.org "
    "[b](javascript:alert(1)) `c` **d** "
    "</p><script>alert(2)</script> <!-- end of findings --> ]( $e$ ~~f~~ | # g"
)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["figures/README.md", "README.md"])
def test_markup_in_data_is_text_in_files_of_markdown(corpus, harmless, file):
    from nbconvert.filters import markdown2html

    def look(of):
        if file == "README.md":
            return Elements(markdown2html(rebuild.readme(of)["README.md"]))
        return Elements(
            markdown2html(figures.gallery({name: figures.make(of, name) for name in CHARTS}))
        )

    marked = beginning(corpus, f"{MARKUP}\u202e\n\n# h\n\n")
    usual, seen = look(harmless), look(marked)
    assert seen.elements == usual.elements
    assert (seen.links, seen.scripts) == (usual.links, usual.scripts)
    shown = "".join(seen.text)
    assert f"{MARKUP} # h" in shown
    assert "\u202e" not in shown


def test_nothing_that_is_shown_turns_round_the_order_of_letters(corpus):
    turned = beginning(corpus, "a\u202eb\u2066c")
    html = "".join(displayed(turned, n) for n in SHOWN if n != "figures")
    assert "abc" in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.slow
def test_markup_in_a_picture_is_shown_as_text(evil):
    picture = ET.fromstring(figures.picture(figures.make(evil, CHARTS[0]), "svg"))
    assert not [e.tag for e in picture.iter() if re.search(r"\}(script|a)$", e.tag)]
    assert EVIL[:17] in "".join(picture.itertext())


@pytest.mark.parametrize("path", sorted(TEMPLATES.iterdir()), ids=lambda p: p.name)
def test_a_template_takes_no_text_for_markup(path):
    words = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|\bautoescape\b", words)
    assert not re.search(r"=\{\{", words)  # an attribute without quotation marks ends at a space


def strings(value) -> list[str]:
    """All texts in what JSON can hold."""
    if isinstance(value, (dict, list)):
        inner = value.values() if isinstance(value, dict) else value
        return [text for part in inner for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.slow
def test_markup_in_an_interactive_figure_is_shown_as_text(evil):
    made = [strings(figures.bundle(chart.interactive())) for chart in interactive(evil)]
    made.append(strings(figures.bundle(with_menu(evil))))
    assert made
    for texts in made:
        assert any(escape(EVIL)[:20] in text for text in texts)
        for text in texts:  # plotly makes these bold, lines and nothing, and links of others
            assert not re.search(r"<(?!/?(?:b|br|extra)>)", text)


def interactive_figures() -> list[dict]:
    """All that are stored, in notebooks and figures/, and those of the reading edition."""
    found = []
    for path in NOTEBOOKS:
        stored = json.loads(path.read_text("utf-8"))
        outputs = [o.get("data", {}) for c in stored["cells"] for o in c.get("outputs", [])]
        found += [data[pages.MIME] for data in outputs if pages.MIME in data]
        found += in_page(pages.body(stored))
    for path in sorted((HOME / "figures").glob("*.html")):
        found += in_page(path.read_text("utf-8"))
    return found


def in_page(html: str) -> list[dict]:
    drawn = html.count("Plotly.newPlot(")
    made = [json.loads(text) for text in re.findall(r"const figure = (\{.*\});\n", html)]
    assert len(made) == drawn == html.count("figure.data, figure.layout, figure.config);")
    return made


def test_an_interactive_figure_has_no_button_but_zoom_pan_and_reset():
    configs = [figure.get("config") for figure in interactive_figures()]
    assert configs
    assert all(config == figures.CONFIG for config in configs)
    assert figures.CONFIG["modeBarButtons"] == [["zoom2d", "pan2d", "resetScale2d"]]
    assert figures.CONFIG["displaylogo"] is False


def test_the_key_of_an_interactive_figure_is_in_no_sides_colour(corpus):
    sides = set(tables.sides_taken(corpus)["colour"]) - {NEUTRAL}
    for figure in interactive_figures():
        keyed = [trace for trace in figure["data"] if trace.get("showlegend", True)]
        inks = [trace["marker"]["line"]["color"] for trace in keyed]
        assert not sides & {ink for colours in inks for ink in np.atleast_1d(colours)}


def test_a_page_leaves_out_what_was_saved_and_nothing_else():
    printed = [f"{SAVED} voices as svg", "42"]
    cell = {"cell_type": "code", "source": "", "outputs": [{"text": text} for text in printed]}
    html = pages.body({"cells": [cell]})
    assert SAVED not in html
    assert "42" in html


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_each_figure_says_its_type_its_axes_and_its_finding(made, name):
    chart = made[name]
    assert re.match(r"[A-Z][a-z ]+[,.]", chart.alt)
    assert "rows" in chart.alt.lower() or "across" in chart.alt
    assert chart.wording.headline.rstrip(".") in chart.alt
    assert chart.wording.source.startswith("Source: ")
    assert "no human review" in chart.wording.source


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_leads_to_a_claim_and_its_quote(made, corpus, name):
    rows = made[name].rows
    marks = rows[rows["claim_id"] != ""]
    quotes = corpus.claims.set_index("claim_id")["quote"]
    assert len(marks)
    assert list(marks["quote"]) == list(quotes.reindex(marks["claim_id"]))


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_is_the_same_bytes_each_time(corpus, drawings, name):
    assert figures.drawn(figures.make(corpus, name)) == drawings[name]


def test_a_picture_stands_with_alt_text_caption_source_and_its_claims(made, shown):
    show.show(made["04-labels"])
    html = shown[0][0]
    assert re.search(r'<img alt="Matrix of marks[^"]{80,}"', html)
    assert unescape(re.search(r'<img alt="([^"]*)"', html)[1]).endswith(
        made["04-labels"].wording.source
    )
    assert made["04-labels"].remark
    assert re.search(r"<figcaption[^>]*>(.*?)</figcaption>", html)[1] == made["04-labels"].remark
    assert html.count("<tr>") == made["04-labels"].rows["claim_id"].nunique() + 1


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_answers_with_its_sentence_and_leads_to_it(
    made, drawings, corpus, name, monkeypatch, shown
):
    monkeypatch.chdir(HOME / "notebooks")
    chart, (_, places) = made[name], drawings[name]
    monkeypatch.setattr(notebook, "drawn", lambda _: drawings[name])
    show.show(chart)
    links = re.findall(
        r'<a href="([^"]+)" title="([^"]+)" style="([^"]+)">([^<]+)</a>', shown[0][0]
    )
    assert len(links) == len(places) > 0
    assert {c for place in places for c in place.claims} <= set(chart.rows["claim_id"])
    if name != "06-dependence":  # where only claims that turn a finding are marks
        assert {c for p in places for c in p.claims} == set(chart.rows["claim_id"]) - {""}
    quotes = corpus.claims.set_index("claim_id")["quote"]
    for (href, title, looks, named_), place in zip(links, places, strict=True):
        room, _, claim = href.partition("#")
        assert room == reading_room(HOME / "notebooks")
        assert claim == place.claims[0]
        assert named_ == ", ".join(place.claims)
        for one in place.claims[:MOST_TOLD]:
            assert " ".join(quotes[one].split()) in unescape(title)
        sides = {k: float(v) for k, v in re.findall(r"(left|top|width|height):([\d.-]+)%", looks)}
        assert 0 <= sides["left"] < sides["left"] + sides["width"] <= 100
        assert 0 <= sides["top"] < sides["top"] + sides["height"] <= 100


def test_stored_notebooks_lead_from_marks_and_ids_to_the_reading_room(corpus):
    claims, followed = set(corpus.claims["claim_id"]), 0
    for path in NOTEBOOKS:
        stored = json.loads(path.read_text("utf-8"))
        outputs = [o.get("data", {}) for c in stored["cells"] for o in c.get("outputs", [])]
        html = "".join("".join(data.get("text/html", "")) for data in outputs)
        for file, claim in re.findall(r'<a href="([^"#]*)#([^"]+)"', html):
            if claim in claims:
                assert file in ("", reading_room(path.parent)), path.name
                followed += 1
    assert followed > len(claims)


def test_the_reading_room_holds_the_place_of_every_claim(corpus):
    room = reading_room(HOME / "notebooks")
    assert reading_room(HOME / "notebooks" / "howto") == f"../{room}"
    text = (HOME / "notebooks" / room).read_text("utf-8")
    assert all(f'id=\\"{claim}\\"' in text for claim in corpus.claims["claim_id"])


def test_ids_in_tables_and_quotes_are_links(corpus, shown, monkeypatch):
    monkeypatch.chdir(HOME / "notebooks")
    claim = corpus.claims["claim_id"].iloc[0]
    show.quotes(corpus, claim)
    show.table(pd.DataFrame({"claim_id": [claim], "files": [["a.svg", "b.csv"]]}), "x")
    show.table(pd.DataFrame({"anything": [[claim]]}), "x")
    for html, _ in shown:
        assert re.findall(r'<a href="[^"]+#([^"]+)"', html) == [claim]


def test_a_table_of_more_rows_than_fourteen_is_folded(shown):
    for count in (14, 15):
        show.table(pd.DataFrame({"a": range(count)}), "Numbers")
    (few, _), (many, _) = shown
    assert "<details" not in few
    assert re.search(r"<details[^>]*>\s*<summary>Numbers: 15 rows</summary>\s*<table", many)
    assert [html.count("<td") for html in (few, many)] == [14, 15]


def test_quotes_stand_under_their_title_and_without_one_under_none(corpus, shown):
    claim = corpus.claims["claim_id"].iloc[0]
    show.quotes(corpus, claim, title="What is said & by whom")
    show.quotes(corpus, claim)
    (titled, plain), (bare, _) = shown
    assert "<strong>What is said &amp; by whom</strong>" in titled
    assert plain.startswith("What is said & by whom\n")
    assert "<p>" not in bare


def test_what_is_tempting_stands_with_all_claims_that_are_said_of_it(corpus, shown):
    show.tempting(corpus)
    ((html, plain),) = shown
    rows = findings.tempting(corpus)
    quotes = corpus.claims.set_index("claim_id")["quote"]
    assert plain.splitlines() == list(rows["statement"])
    parts = re.findall(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", html, re.S)
    assert [unescape(statement) for statement, _ in parts] == list(rows["statement"])
    for (_, said), claims in zip(parts, rows["claims"], strict=True):
        assert said.count("<blockquote") == len(claims) > 0
        assert all(f"<strong>{quotes[c]}</strong>" in unescape(said) for c in claims)


def test_each_finding_is_shown_with_what_it_depends_on_and_the_claims_it_rests_on(corpus, shown):
    show.findings(corpus)
    ((html, _),) = shown
    depends = findings.dependence(corpus).set_index("finding_id")["words"]
    items = [unescape(part) for part in re.split(r'<li style="', html)[1:]]
    found = findings.of(corpus)
    for item, r in zip(items, found.itertuples(), strict=True):
        assert f"<strong>{r.sentence}</strong>" in item
        assert f">{depends[r.finding_id]}</span>" in item
        assert r.question in item
        assert item.count("<blockquote") == len(r.claims)


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


def margin(corpus, source: str) -> dict[str, str]:
    """The note of each claim in an article's margin, by the ids that it begins with."""
    html = marked_article.article(corpus, source)
    notes = "".join(re.findall(r'<div role="note".*?</div>', html, re.S))
    found = {}
    for note in re.findall(r"<p .*?</p>", notes, re.S):
        ids, _, rest = note.partition("\u00a0·")
        found |= dict.fromkeys(re.findall(r">([^<>]+)</strong>", ids), rest)
    return found


def test_an_article_is_shown_word_for_word_beside_its_notes(corpus):
    for source, text in corpus.texts.items():
        html = marked_article.article(corpus, source).split("</p>", 1)[1]  # after the key
        for other in (r"<sup.*?</sup>", r'<div role="note".*?</div>', r"<summary.*?</summary>"):
            html = re.sub(other, "", html, flags=re.S)
        assert unescape(re.sub(r"<[^>]+>", "", html)).split() == text.split()


def test_each_claim_has_its_id_once_and_a_note_with_all_its_codes(corpus):
    book = corpus.codebook.set_index("code")
    for source in corpus.texts:
        html, notes = marked_article.article(corpus, source), margin(corpus, source)
        claims = corpus.claims.query("source_id == @source")["claim_id"]
        assert sorted(re.findall(r'\sid="([^"]+)"', html)) == sorted(claims)
        assert set(notes) == set(claims)
        for r in corpus.codings[corpus.codings["claim_id"].isin(claims)].itertuples():
            denied = "denied: " if r.stance == "rejects" else ""
            assert f"{denied}{book['label'][r.code]}" in unescape(notes[r.claim_id])


def test_a_claim_that_goes_on_in_the_next_paragraph_is_noted_once(corpus):
    spans = corpus.claims.itertuples()
    long = {r.claim_id for r in spans if "\n" in corpus.texts[r.source_id][r.start : r.end]}
    assert long
    for source in corpus.texts:
        html = marked_article.article(corpus, source)
        for claim in long & set(margin(corpus, source)):
            assert html.count(f' id="{claim}"') == 1
            assert html.count(f">{claim}</strong>") == 1


def test_who_speaks_and_how_stands_where_it_changes(corpus):
    for source in corpus.texts:
        html = marked_article.article(corpus, source)
        known = tables.claims(corpus).set_index("claim_id")
        for notes in re.findall(r'<div role="note".*?</div>', html, re.S):
            before = None
            for note in re.findall(r"<p .*?</p>", notes, re.S):
                row = known.loc[re.search(r">([^<>]+)</strong>", note)[1]]
                by = (row["speaker"], row["voice"])
                how = marked_article.LOOKS[row["voice"]][1]
                assert (f"\u00a0· {row['speaker']}, {how}" in note) == (
                    by != before and row["voice"] in ("direct", "indirect")
                )
                before = by


def test_colour_in_an_article_means_the_side_taken_and_a_denial_takes_the_other(corpus):
    book = corpus.codebook.set_index("code")
    codings = corpus.codings.assign(side=corpus.codings["code"].map(book["side"]))
    denied = codings["stance"] == "rejects"
    codings.loc[denied, "side"] = codings.loc[denied, "side"].map(book["opposite_of"]).fillna("")
    assert denied.any()
    for source in corpus.texts:
        notes = margin(corpus, source)
        for r in codings[codings["claim_id"].isin(notes)].itertuples():
            inks = re.findall(
                rf'color:(#\w+)">(?:denied: )?{book["label"][r.code]}', unescape(notes[r.claim_id])
            )
            wanted = (
                [book["colour"][r.side]] if r.side else [style.INK] if r.stance == "rejects" else []
            )
            assert inks == wanted, (r.claim_id, r.code)
        key = marked_article.article(corpus, source).split("</p>", 1)[0]
        allowed = {style.INK, style.MUTED, style.PAPER, *book.query("facet == 'side'")["colour"]}
        assert set(re.findall(r"[^-]color:(#\w+)", key)) <= allowed


def test_tints_keep_text_readable(corpus):
    for colour in corpus.codebook.loc[corpus.codebook["facet"] == "side", "colour"]:
        ground, ink = style.luminance(style.tint(colour)), style.luminance("#1a1a1a")
        assert (ground + 0.05) / (ink + 0.05) >= 7
        assert (style.luminance("#ffffff") + 0.05) / (style.luminance(colour) + 0.05) >= 4.5
