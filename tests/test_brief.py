"""The brief: the same words in every form, pieces that a report can take, the same bytes."""

import io
import re
import zipfile
from html import unescape

import pytest

from helpers import findings
from helpers.charts import style
from helpers.show import brief, figures, overview, word
from helpers.show.html import spoken

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone


@pytest.fixture(scope="module")
def page(corpus) -> str:
    """The brief as HTML."""
    return brief.html(corpus)


@pytest.fixture(scope="module")
def raw(corpus) -> bytes:
    """The brief for Word."""
    return word.document(brief.contents(corpus))


@pytest.fixture(scope="module")
def opened(raw):
    """The same, opened."""
    from docx import Document

    return Document(io.BytesIO(raw))


def paragraphs(opened, style_: str) -> list[str]:
    return [p.text for p in opened.paragraphs if p.style.name == style_]


def test_the_page_states_facts_findings_what_they_depend_on_and_limits(corpus, page):
    html = unescape(page)
    tempting = findings.tempting(corpus)["statement"]
    facts = findings.facts(corpus)["sentence"]
    assert len(tempting)
    assert len(facts)
    assert all(f"<li>{words}</li>" in html for words in [*facts, *tempting])
    depends = findings.dependence(corpus).set_index("finding_id")["words"]
    for r in findings.of(corpus).itertuples():
        said = rf"<li><strong>{re.escape(r.sentence)}</strong>\s*<small>(.*?)</small></li>"
        own = depends[r.finding_id].removeprefix(findings.STEADY).strip()
        assert re.findall(said, html) == [own]
    assert overview.citation(corpus) in html
    assert re.findall(r'<img alt="([^"]*)"', html) == [spoken(figures.make(corpus, figures.FIRST))]


def test_word_has_the_same_words_under_headings_of_its_own(corpus, opened):
    said = brief.contents(corpus)
    assert paragraphs(opened, "Title") == [said["heading"]]
    assert paragraphs(opened, "List Bullet") == [*said["facts"], said["coding"], *said["tempting"]]
    assert paragraphs(opened, "List Number") == [
        f"{f['sentence']} {f['depends']}" for f in said["findings"]
    ]
    headings = paragraphs(opened, "Heading 1")
    assert len(headings) == len(set(headings)) >= 4
    (table,) = opened.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [list(said["who"][0]), *(list(person.values()) for person in said["who"])]
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert said["citation"] in paragraphs(opened, "Normal")


def test_word_counts_the_captions_and_every_picture_says_what_it_shows(corpus, opened):
    chart = figures.make(corpus, figures.FIRST)
    captions = [p for p in opened.paragraphs if p.style.name == "Caption"]
    fields = [p._p.xpath("./w:fldSimple/@w:instr") for p in captions]
    assert [[f.split()[:2] for f in some] for some in fields] == [
        [["SEQ", "Figure"]],
        [["SEQ", "Table"]],
    ]
    assert captions[0].text.endswith(chart.caption)
    (shape,) = opened.inline_shapes
    assert shape._inline.docPr.get("descr") == spoken(chart)
    assert shape.height.mm <= word.HIGHEST
    assert shape.width.mm <= style.SIZES["full"] + 0.1


def test_a_high_picture_is_made_small_enough_for_a_page_of_word(corpus, monkeypatch, opened):
    from docx import Document

    monkeypatch.setattr(word, "HIGHEST", 20)
    small = Document(io.BytesIO(word.document(brief.contents(corpus)))).inline_shapes[0]
    usual = opened.inline_shapes[0]
    assert round(small.height.mm, 1) == 20
    assert small.width / small.height == pytest.approx(usual.width / usual.height, rel=0.01)


def test_word_is_the_same_bytes_each_time_and_brings_nothing_of_another_document(corpus, raw):
    assert word.document(brief.contents(corpus)) == raw
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert {i.date_time[0] for i in archive.infolist()} == {1980}
        assert not [n for n in archive.namelist() if "thumbnail" in n]
        about = archive.read("docProps/core.xml").decode("utf-8")
    assert not re.search("dcterms:|python-docx", about)


def test_letters_that_a_document_cannot_hold_do_not_stop_it(corpus):
    said = brief.contents(corpus)
    odd = {**said, "facts": ["a\x0cb < & c"], "heading": "\x00"}
    with zipfile.ZipFile(io.BytesIO(word.document(odd))) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    assert "a\ufffdb &lt; &amp; c" in text


def test_a_printed_page_loses_its_dates_and_no_byte():
    printed = b"<</Creator (x)\n/CreationDate (D:20261128)\n/ModDate (D:20261128)>>\nxref 1"
    bare = brief.undated(printed)
    assert len(bare) == len(printed)
    assert bare.split() == [b"<</Creator", b"(x)", b">>", b"xref", b"1"]
