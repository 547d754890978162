"""Figures for reports: the committed files are what is drawn now, whole, readable and harmless."""

import csv
import io
import itertools
import platform
import re
import xml.etree.ElementTree as ET
from html import escape, unescape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import charts, findings, tables
from helpers.charts import letters, style
from helpers.corpus import HOME, files
from helpers.corpus.colours import PAPER
from helpers.show import figures, overview, pages
from helpers.show.links import MOST_TOLD

HERE = (platform.system(), platform.machine()) == ("Linux", "x86_64")
FIGURES = HOME / "figures"
DRAWN = list(itertools.product(figures.CHARTS, style.SIZES))


@pytest.fixture(scope="module")
def made(corpus):
    """All charts by name."""
    return figures.all_charts(corpus)


@pytest.fixture(scope="module")
def untitled(made):
    """Each chart as its page has it, with the places of its marks."""
    return {name: figures.drawn(chart, titled=False) for name, chart in made.items()}


def pixels(png: bytes) -> np.ndarray:
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)


def unlike(committed: bytes, now: bytes) -> str:
    """How two pictures differ: "" if not, else in words."""
    if committed == now:
        return ""
    a, b = pixels(committed), pixels(now)
    if a.shape != b.shape:
        before, now_ = (f"{shape[1]} x {shape[0]}" for shape in (a.shape, b.shape))
        return f"{before} pixels were committed, {now_} are drawn"
    apart = np.abs(a - b).max(axis=2)
    share = (apart > 16).mean()
    # Letters are drawn a hair otherwise on other systems; here not a pixel may differ.
    return (
        ""
        if share <= (0 if HERE else 0.01)
        else f"{(apart > 16).sum()} pixels differ, by up to {apart.max()} of 255"
    )


@pytest.mark.parametrize("name", figures.CHARTS)
def test_the_committed_picture_is_what_is_drawn_now(made, name):
    committed = (FIGURES / f"{name}.png").read_bytes()
    said = unlike(committed, figures.picture(made[name], "png"))
    assert not said, f"{name}.png: {said}; run: python -m helpers figures"


@pytest.mark.skipif(
    not HERE,
    reason="text forms are the same bytes on Linux x86-64; elsewhere pictures are compared",
)
@pytest.mark.parametrize(
    "form",
    ["csv", *(pytest.param(form, marks=pytest.mark.slow) for form in ("svg", "pdf", "html"))],
)
@pytest.mark.parametrize("name", figures.CHARTS)
def test_the_committed_text_forms_are_what_is_written_now(made, name, form):
    path = FIGURES / f"{name}.{form}"
    now = figures.content(made[name], form)
    now = now.encode("utf-8") if isinstance(now, str) else now
    assert path.read_bytes() == now, (
        f"{path.name} differs from what is drawn now; run: python -m helpers figures"
    )


def test_gallery_and_captions_are_what_is_written_now(made):
    assert (FIGURES / "README.md").read_text("utf-8") == figures.gallery(made)
    assert (FIGURES / "captions.csv").read_text("utf-8") == files.csv_text(figures.index(made))


def test_in_the_table_of_words_the_sign_of_what_is_denied_is_struck(corpus):
    """Not that of the side which a denial takes: it would read as a denial of that side."""
    book = corpus.codebook.set_index("code")
    denied = tables.disputed(corpus).query("stance == 'rejects'")
    assert len(denied)
    hollow = {
        line.get_marker()
        for line in charts.two_disputes(corpus).draw("full").axes[0].lines
        if line.get_markerfacecolor() == PAPER and isinstance(line.get_marker(), str)
    }
    assert hollow == {book.at[book.at[code, "side"], "marker"] for code in denied["code"]}


def test_who_was_not_chosen_is_not_called_silent(corpus):
    takes = set(tables.disputed(corpus)["speaker_id"])
    persons = set(corpus.actors.loc[corpus.actors["kind"] == "person", "actor_id"])
    told = 0
    for voices in (["direct", "outlet"], ["indirect", "outlet"], ["outlet"]):
        seen = corpus.where(voice=voices)
        alt = charts.two_disputes(seen).alt
        for who in set(corpus.claims["speaker_id"]) & persons:
            mine = re.search(rf"{corpus.names[who]}[^.:]*: ([^.?]*)", alt)
            if mine and who not in set(tables.disputed(seen)["speaker_id"]):
                told += 1
                said = "not in your selection" if who in takes else "speaks, but not of this"
                assert mine[1] == said
    assert told > len(persons & takes)


def test_a_single_changed_pixel_is_noticed():
    from PIL import Image

    image = Image.open(next(FIGURES.glob("*.png"))).convert("RGB").crop((0, 0, 400, 200))
    before, after = io.BytesIO(), io.BytesIO()
    image.save(before, "PNG")
    image.putpixel((40, 40), (200, 0, 0))
    image.save(after, "PNG")
    if HERE:
        assert "1 pixels differ" in unlike(before.getvalue(), after.getvalue())
    assert unlike(before.getvalue(), before.getvalue()) == ""


def test_a_figure_cannot_be_made_without_source_and_alt_text():
    with pytest.raises(TypeError):
        style.Wording("headline", "subtitle")
    with pytest.raises(TypeError):
        charts.Chart("name", style.Wording("h", "s", "source"))


def set_texts(chart, size, grey=False):
    """A chart's figure, and its texts with the boxes around them."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with matplotlib.rc_context(style.RC):
        figure = chart.draw(size, True, grey)
        FigureCanvasAgg(figure)
        texts = [(t, t.get_window_extent()) for t in figure.findobj(Text) if t.get_text()]
    return figure, texts


def faults(figure, texts):
    """What cannot be read in a figure: words that are cut, too small, or over each other."""
    page = figure.bbox
    for text, box in texts:
        across = box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1
        if not (across and box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1):
            yield f"“{text.get_text()}” is cut"
        if text.get_fontsize() < 7:
            yield f"“{text.get_text()}” is too small"
    for (one, a), (two, b) in itertools.combinations(texts, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        # Line heights have room above and below the letters; a fifth of it may be shared.
        if across > 1 and down > 0.22 * min(a.height, b.height):
            yield f"“{one.get_text()}” and “{two.get_text()}” overlap"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), DRAWN)
def test_no_words_are_cut_overlap_or_want_a_magnifier(made, name, size):
    figure, texts = set_texts(made[name], size)
    assert texts
    assert round(figure.get_figwidth() * 25.4, 1) == style.SIZES[size]
    assert not list(faults(figure, texts))


NAMED = {
    "actors": ("name", "short_name"),
    "codebook": ("label", "belongs_to"),
    "events": ("label",),
    "claims": ("quote",),
}


def renamed(corpus, text):
    """A corpus whose names, labels, events and quotes are a text, each with a number after it."""
    changed = {}
    for name, columns in NAMED.items():
        table = getattr(corpus, name)
        for column in columns:
            names = {had: f"{text}{n}" for n, had in enumerate(table[column].unique()) if had}
            table[column] = table[column].map(lambda had, names=names: names.get(had, ""))
        changed[name] = table
    return corpus.replaced(**changed)


@pytest.fixture(scope="module")
def of_long_words(corpus):
    """A corpus in which whatever has a name is named by one word of fifty letters."""
    return renamed(corpus, ("Llanfairpwllgwyngyll" * 3)[:48])


@pytest.mark.slow
@pytest.mark.parametrize(("name", "size"), DRAWN)
def test_a_word_of_fifty_letters_is_broken_and_within_the_page(of_long_words, name, size):
    figure, texts = set_texts(figures.CHARTS[name](of_long_words), size)
    assert "Llanfair" in "".join(text.get_text() for text, _ in texts)
    assert not list(faults(figure, texts))


@pytest.mark.parametrize("size", style.SIZES)
def test_every_speaker_has_a_lane_and_it_says_how_many_words(made, corpus, size):
    import matplotlib
    from matplotlib.text import Text

    with matplotlib.rc_context(style.RC):
        shown = [t.get_text() for t in made["01-voices"].draw(size).findobj(Text)]
    spoken = tables.voices(corpus).query("part in ['direct', 'indirect']")
    names = dict(zip(corpus.actors["name"], corpus.actors["short_name"], strict=True))
    wanted = spoken.drop_duplicates(["outlet", "speaker"])["speaker"].map(names)
    assert set(wanted) <= set(shown)
    assert set(spoken["words"].astype(str)) <= set(shown)


@pytest.mark.slow
def test_grey_figures_have_no_colour(made):
    import matplotlib

    for name, chart in made.items():
        with matplotlib.rc_context(style.RC), io.BytesIO() as file:
            chart.draw("full", True, True).savefig(file, format="png", dpi=60)
            drawn = pixels(file.getvalue())
        spread = drawn.max(axis=2) - drawn.min(axis=2)
        assert spread.max() <= 24, name  # headings are a bluish grey


def test_an_untitled_figure_keeps_its_source_line(made):
    titled, bare = (
        figures.picture(made["04-labels"], "svg", titled=t).decode("utf-8").split("</metadata>")[1]
        for t in (True, False)
    )
    first = made["04-labels"].wording.headline.split(";")[0].split(" (")[0]
    assert "Source: " in bare
    assert (first in titled, first in bare) == (True, False)


SVG = "{http://www.w3.org/2000/svg}"


def test_an_svg_has_a_title_a_description_and_its_letters_as_outlines(made):
    for name, chart in made.items():
        root = ET.fromstring((FIGURES / f"{name}.svg").read_bytes())
        assert root.find(f"{SVG}title").text == chart.wording.headline
        assert root.find(f"{SVG}desc").text == chart.alt
        assert root.find(f".//{SVG}text") is None, name


@pytest.mark.slow
def test_an_svg_whose_text_can_be_edited_has_all_words_and_names_the_fonts(made, tmp_path):
    done = run("figures", "04-labels", "--text", "--to", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == ["04-labels_text.svg"]
    root = ET.fromstring((tmp_path / "04-labels_text.svg").read_bytes())
    texts = list(root.iter(f"{SVG}text"))
    words = " ".join("".join(t.itertext()) for t in texts)
    for wanted in (made["04-labels"].wording.source, *made["04-labels"].rows["row"]):
        assert wanted in words
    assert all(style.FONTS in t.get("style") for t in texts)


def test_letters_of_all_languages_of_the_articles_are_set_in_the_first_font():
    from font_source_sans_pro import font_files_ttf
    from matplotlib.ft2font import FT2Font

    for weight in ("SourceSansPro", "SourceSansProBold"):
        known = FT2Font(font_files_ttf[weight]).get_charmap()
        for letter in "čćđšžČĆĐŠŽëçËÇїієґЇІЄҐщюяЩЮЯћђЋЂ’“”–…":
            assert ord(letter) in known, letter


LACKING = {  # letters that no font has, each drawn as one box
    "emoji": "🤝",
    "joined emoji": "👨‍👩‍👧",
    "flag": "🇷🇸",
    "flag of tags": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "skin": "🤝🏽",
    "han": "武契奇",
    "thai": "กรุงที่",
    "private": "\ue123",
    "unassigned": "\U000e0fff",
    "control": "\x07",
}


@pytest.mark.parametrize("kind", LACKING)
def test_a_letter_that_no_font_has_is_one_box_and_is_named(kind):
    text = LACKING[kind]
    lacking = letters.undrawn(f"Vučić Ñ {text}, Міноборони")
    assert "".join(dict.fromkeys(text)) == "".join(dict.fromkeys("".join(lacking)))
    boxes = {"han": 3, "thai": 4}.get(kind, 1)
    assert letters.boxed(f"a{text}z") == f"a{letters.BOX * boxes}z"
    named = letters.named(lacking)
    assert named.startswith("Letters not drawn: ")
    assert all(f"U+{ord(c):04X}" in named for c in text)
    shown = kind not in ("private", "unassigned", "control")
    assert all((letter in named) == shown for letter in lacking)


def test_what_is_not_to_be_seen_is_no_letter_that_lacks():
    for text in ("a\ufeffb", "a\u2066b\u2069", "a\tb", "e\u0301", "Vučić ❤\ufe0f"):
        assert letters.undrawn(text) == []
        assert letters.BOX not in letters.boxed(text)
    assert letters.boxed("a\r\nb\u3000c") == "a b c"
    assert letters.named([]) == ""


def test_many_letters_that_lack_are_counted():
    named = letters.named(chr(0x4E00 + n) for n in range(20))
    assert named.endswith(" and 12 more.")


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", figures.CHARTS)
def test_every_figure_is_drawn_whatever_letters_stand_in_it_and_names_those_it_lacks(corpus, name):
    text = "🤝" + LACKING["han"] + "ไทย🇷🇸"
    chart = figures.CHARTS[name](renamed(corpus, text))
    for form in ("svg", "pdf", "png"):
        assert figures.picture(chart, form, "column")
    for size in style.SIZES:
        figure, texts = set_texts(chart, size)
        shown = "".join(t.get_text() for t, _ in texts)
        assert letters.BOX in shown
        assert not set(text) & set(shown)
        assert not list(faults(figure, texts))
    assert "Letters not drawn: " in chart.wording.source
    for letter in letters.whole(text):
        assert letter in chart.wording.source


def test_a_figure_whose_letters_are_all_there_names_none(made):
    for chart in made.values():
        assert "not drawn" not in chart.wording.source
        assert chart.undrawn == []


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def page_of(text):
    """A page on which a text is headline, subtitle, source and note."""
    return letters.box(style.blank(style.Wording(text, text, text), "column", True, text))


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
@settings(max_examples=40, deadline=None)
@given(ANY_TEXT)
def test_any_text_is_set_within_the_page(text):
    import matplotlib
    from matplotlib.text import Text

    with matplotlib.rc_context(style.RC), io.BytesIO() as file:
        figure = page_of(text)
        figure.savefig(file, format="svg")
        texts = [t for t in figure.findobj(Text) if t.get_text()]
        assert ET.fromstring(file.getvalue()).tag == f"{SVG}svg"
        assert all(t.get_window_extent().x1 <= figure.bbox.x1 + 1 for t in texts)


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
@pytest.mark.parametrize("name", figures.CHARTS)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ANY_TEXT)
def test_any_figure_is_drawn_with_any_text(corpus, name, form, text):
    chart = figures.CHARTS[name](renamed(corpus, text))
    for size in style.SIZES:
        assert figures.picture(chart, form, size)
    if form == "svg":
        ET.fromstring(figures.picture(chart, "svg", text=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_every_letter_that_a_font_has_is_drawn(form):
    import matplotlib

    every = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000]
    drawn = [c for c in every if letters.boxed(c) == c]
    assert len(drawn) > 5000
    drawn = drawn[
        :: {"svg": 1, "pdf": 4, "png": 4}[form]
    ]  # what a form cannot draw, all of a block
    for start in range(0, len(drawn), 1000):
        with matplotlib.rc_context(style.RC), io.BytesIO() as file:
            page_of("".join(drawn[start : start + 1000])).savefig(file, format=form)


def test_pdf_fonts_are_embedded():
    raw = (FIGURES / "04-labels.pdf").read_bytes()
    assert b"/CIDFontType2" in raw
    assert b"/Type3" not in raw
    assert b"/FontFile2" in raw
    assert b"SourceSansPro" in raw


def test_the_csv_has_exactly_the_marks_with_ids_and_quotes(made, corpus):
    known = corpus.claims.set_index("claim_id")["quote"]
    for name, chart in made.items():
        records = list(csv.DictReader((FIGURES / f"{name}.csv").open(encoding="utf-8", newline="")))
        assert len(records) == len(chart.rows)
        for r in records:
            if r["claim_id"]:
                assert r["quote"] == files.harmless(known[r["claim_id"]])


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(cell):
    text = files.csv_text(pd.DataFrame({"a": [cell, "plain"]}))
    assert next(csv.reader(io.StringIO(text.split("\n", 1)[1], newline="")))[0].startswith("'")


LINK = re.compile(r'<a href="#([^"]+)" title="([^"]+)" style="([^"]+)">([^<]+)</a>')


def inside(looks: str) -> bool:
    """Whether a link lies in the picture and takes room there, by its style in per cent."""
    sides = {k: float(v) for k, v in re.findall(r"(left|top|width|height):([\d.-]+)%", looks)}
    across, down = ((sides[a], sides[b]) for a, b in (("left", "width"), ("top", "height")))
    return all(at >= 0 and size > 0 and at + size <= 100 for at, size in (across, down))


@pytest.mark.parametrize("name", figures.CHARTS)
def test_a_figures_page_lists_every_claim_behind_its_marks(name, corpus):
    html = (FIGURES / f"{name}.html").read_text("utf-8")
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        claims = {r["claim_id"] for r in csv.DictReader(file)} - {""}
    listed = re.findall(r'<blockquote id="([^"]+)">(.*?)</blockquote>', html, re.S)
    ids = [claim for claim, _ in listed]
    assert len(ids) == len(set(ids))
    assert set(ids) == claims
    quotes = corpus.claims.set_index("claim_id")["quote"]
    for claim, words in listed:
        assert f"<strong>{quotes[claim]}</strong>" in unescape(words)


@pytest.mark.slow
@pytest.mark.parametrize("name", figures.CHARTS)
def test_on_a_figures_page_each_mark_answers_with_its_sentence_and_leads_to_it(
    untitled, name, corpus
):
    html = (FIGURES / f"{name}.html").read_text("utf-8")
    _, places = untitled[name]
    wide, _, slim = html.partition('<div class="on-phone">')
    links = LINK.findall(wide)
    assert len(links) == len(places) == wide.count("<a ") > 0
    assert {c for *_, words in LINK.findall(slim) for c in words.split(", ")} == {
        c for place in places for c in place.claims
    }
    listed = set(re.findall(r'<blockquote id="([^"]+)">', html))
    marked = {c for place in places for c in place.claims}
    # There only claims that turn a finding are marks.
    assert marked <= listed if name == "06-dependence" else marked == listed
    quotes = corpus.claims.set_index("claim_id")["quote"]
    for (claim, title, looks, words), place in zip(links, places, strict=True):
        assert claim == place.claims[0]
        assert claim in listed
        assert words == ", ".join(place.claims)
        told = unescape(title)
        for one in place.claims[:MOST_TOLD]:
            assert " ".join(quotes[one].split()) in told
            assert f"claim {one}" in told
        rest = len(place.claims) - MOST_TOLD
        assert told.endswith(f"and {rest} more") == (rest > 0)
        assert inside(looks), looks


def test_a_link_outside_its_picture_is_noticed():
    within = "left:10.00%;top:10.00%;width:5.00%;height:5.00%"
    assert inside(within)
    for other in ("left:-0.10%", "left:95.10%", "left:10.00%;width:0.00%"):
        changed = dict(part.split(":") for part in f"{within};{other}".split(";"))
        assert not inside(";".join(f"{k}:{v}" for k, v in changed.items()))


@pytest.mark.parametrize("name", figures.CHARTS)
def test_a_figures_page_has_alt_text_and_asks_nothing_of_the_network(made, name):
    html = (FIGURES / f"{name}.html").read_text("utf-8")
    # wide and narrow, of which one is seen
    assert re.findall(r'<img alt="([^"]+)"', html) == [escape(made[name].alt)] * 2
    assert unescape(re.search(r"<h1>(.*?)</h1>", html)[1]) == made[name].wording.headline
    bare = re.sub(r'src="data:image/svg\+xml;base64,[^"]+"', "", html)
    assert not re.search(r"<script|\son\w+=|javascript:|<(?:link|iframe|object|embed)\b", bare)
    assert not re.search(r'(?:src|href)="(?!#)|srcset=|url\(|@import', bare)
    assert not re.search(r"https?://|plotly", bare)


def test_figures_holds_what_the_charts_make_and_nothing_else():
    made = {f"{name}.{form}" for name in figures.CHARTS for form in figures.FORMATS}
    there = {p.name for p in FIGURES.iterdir() if not p.name.startswith(".")}
    assert there == made | {"README.md", "captions.csv"}


# Contrast, and colour vision deficiencies after Machado, Oliveira & Fernandes (2009), severity 1

SEEN_BY = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "nobody with a deficiency": np.eye(3),
}


def lab(colour: str, matrix) -> np.ndarray:
    """CIELAB of a colour as it is seen through a matrix on linear RGB."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = xyz @ np.clip(np.array(matrix) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("who", SEEN_BY)
def test_inks_side_by_side_stay_apart(corpus, who):
    book = corpus.codebook
    voices = book[book["facet"] == "voice"]["colour"]
    sides = book[book["facet"] == "side"].groupby("dispute")["colour"].agg(list)
    for inks in (voices, *sides):
        for one, two in itertools.combinations(inks, 2):
            assert np.linalg.norm(lab(one, SEEN_BY[who]) - lab(two, SEEN_BY[who])) >= 15, (one, two)


def test_text_and_marks_stand_out_from_the_paper(corpus):
    def contrast(colour):
        return (style.luminance(PAPER) + 0.05) / (style.luminance(colour) + 0.05)

    assert min(map(contrast, (style.INK, style.MUTED))) >= 4.5
    sides = corpus.codebook.loc[corpus.codebook["facet"] == "side", "colour"]
    assert min(map(contrast, sides)) >= 4.5
    voices = corpus.codebook.loc[corpus.codebook["facet"] == "voice", "colour"]
    assert min(map(contrast, voices)) >= 3


def test_each_voice_and_each_side_has_a_look_of_its_own_and_no_other_code_has_any(corpus):
    book = corpus.codebook
    looking = book[book["facet"].isin(["voice", "side"])]
    assert (book.loc[~book.index.isin(looking.index), ["colour", "marker"]] == "").all(axis=None)
    assert not looking.duplicated(["facet", "marker"]).any()
    assert not looking["colour"].duplicated().any()


def test_another_shape_is_written_where_it_is_wanted_and_nowhere_else(tmp_path):
    before = {p.name: p.stat().st_mtime_ns for p in FIGURES.iterdir()}
    done = run(
        "figures",
        "04-labels",
        "--size",
        "column",
        "--grey",
        "--untitled",
        "--format",
        "svg",
        "--to",
        str(tmp_path),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [p.name for p in tmp_path.iterdir()] == ["04-labels_column_untitled_grey.svg"]
    assert {p.name: p.stat().st_mtime_ns for p in FIGURES.iterdir()} == before


def test_a_file_where_a_folder_is_wanted_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    done = run("figures", "04-labels", "--format", "csv", "--to", str(tmp_path / "file"))
    assert done.returncode == 1
    assert done.stdout.startswith(f"{tmp_path / 'file'} cannot be made: a file has that name.")


def test_an_unknown_figure_is_named_with_those_there_are():
    done = run("figures", "04-lables")
    assert done.returncode == 1
    assert "no figure 04-lables; there are 00-two-disputes" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_reading_edition_is_whole_and_asks_nothing_of_the_network(corpus, tmp_path):
    written = {p.name for p in pages.write(corpus, tmp_path)}
    notebooks = sorted((HOME / "notebooks").glob("*.ipynb"))
    assert {f"{p.stem}.html" for p in notebooks} <= written
    anchors = {
        p.name: set(re.findall(r'\sid="([^"]+)"', p.read_text("utf-8")))
        for p in tmp_path.glob("*.html")
    }
    marked = set().union(*anchors.values())
    assert set(corpus.claims["claim_id"]) <= marked
    for path in tmp_path.glob("*.html"):
        html = path.read_text("utf-8")
        bare = re.sub(r"<script.*?</script>", "", html, flags=re.S)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', bare), path.name
        assert "[0m" not in html
        levels = [int(n) for n in re.findall(r"<h([1-6])", bare)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
        for link in re.findall(r'href="([^":]+)"', bare):
            target, _, anchor = link.partition("#")
            if target.startswith("../"):
                assert (HOME / target.removeprefix("../")).exists(), link
                continue
            assert Path(tmp_path / (target or path.name)).exists(), link
            assert not anchor or anchor in anchors[target or path.name], link


def test_the_front_page_states_all_that_comes_first_and_leads_to_every_notebook(corpus):
    html = pages.front(corpus)
    words = unescape(html)
    depends = findings.dependence(corpus)["words"]
    for sentence in [*findings.facts(corpus)["sentence"], *findings.of(corpus)["sentence"]]:
        assert sentence in words
    assert all(words.count(said) >= list(depends).count(said) for said in depends)
    assert all(name in words for name in tables.who_is_who(corpus)["name"])
    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        assert f'href="{path.stem}.html"' in html
    assert figures.make(corpus, figures.FIRST).alt in words
    assert overview.citation(corpus) in words


@pytest.mark.slow
def test_each_figure_of_the_pages_has_a_narrow_form_with_the_same_claims(corpus, tmp_path):
    narrow = pages.narrow_forms(corpus)
    assert len(narrow) == len(figures.CHARTS)
    found = 0
    for path in pages.write(corpus, tmp_path):
        html = path.read_text("utf-8")
        assert '<figure class="scrolls"' not in html, path.name
        both = re.findall(
            r'<div class="on-desk">(.*?)</div></div><div class="on-phone">(.*?)</div>\s*</div>',
            html,
            re.S,
        )
        assert len(both) == html.count("<figure ") + html.count("<figure>")
        for wide, slim in both:
            alts = [re.search(r'alt="([^"]*)"', form)[1] for form in (wide, slim)]
            assert alts[0] == alts[1]
            assert unescape(alts[0]) in narrow
            ids = [set(re.findall(r'href="[^"#]*#([^"]+)"', form)) for form in (wide, slim)]
            assert ids[0] == ids[1]
            found += 1
    assert found > len(figures.CHARTS)


def test_a_figure_without_a_narrow_form_scrolls_by_itself():
    figure = (
        '<figure style="margin:0">\n<div style="position:relative"><img alt="A b" src="x"></div>'
    )
    assert '<figure class="scrolls" tabindex="0" style="margin:0">' in pages.fitted(figure, {})
    assert "on-phone" in pages.fitted(figure, {"A b": "<img>"})
