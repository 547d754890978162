"""Analyses can be done again with another choice: no traceback, a true title, a true finding."""

import json
import os
import re
from html import unescape
from pathlib import Path

import pytest

from helpers import charts, findings
from helpers.corpus import HOME
from helpers.corpus.model import CERTAINTY
from helpers.corpus.schema import CERTAINTIES
from helpers.show import figures, notebook
from helpers.show.exports import ELSEWHERE, save
from helpers.show.menu import selections, with_menu

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

PATHS = sorted((HOME / "notebooks").glob("*.ipynb"))
EVERY = sorted((HOME / "notebooks").rglob("*.ipynb"))
CHOICE = re.compile(r"^([A-Z]+) = (.+?)(?:  # (try .+))?$", re.M)


def code(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


def is_choice(source: str) -> bool:
    return bool(CHOICE.search(source)) and bool(re.search(r"^seen = corpus\.where\(", source, re.M))


CHOOSING = [path for path in PATHS if any(map(is_choice, code(path)))]


def column_of(source: str, name: str) -> str:
    """The column by which a constant chooses."""
    found = re.search(rf"(\w+)={name}\b", source)
    return found[1] if found else ""


def choices(corpus, source: str) -> list[dict[str, object]]:
    """Other choices: nothing left, everything, and single values of a column."""
    made: list[dict[str, object]] = []
    for name, *_ in CHOICE.findall(source):
        column = column_of(source, name).removeprefix("not_")
        if column == CERTAINTY:
            made += [{name: value} for value in CERTAINTIES]
        elif column:
            values = sorted(set(corpus.claims[column]) - {""})
            made += [{name: []}, {name: values[0]}, {name: values[1:3]}]
    return made


def run(path: Path, changed: dict[str, object], monkeypatch) -> tuple[dict, list]:
    """Run the cells of a notebook with other choices; what it has then, and what it showed."""
    shown: list[tuple[str, object]] = []
    given: dict = {}

    def undrawn(chart):
        shown.append(("chart", chart))
        return b"", []

    with monkeypatch.context() as patch:
        patch.chdir(path.parent)
        patch.setattr(notebook, "_display", lambda html, plain: shown.append(("html", plain)))
        patch.setattr(notebook, "_plotly", lambda figure, plain: shown.append(("plot", figure)))
        # how figures are drawn under any selection is tested elsewhere
        patch.setattr(
            notebook, "drawn", lambda chart: (shown.append(("chart", chart)), (b"", []))[1]
        )
        patch.setattr("helpers.show.exports.content", lambda *_: b"")
        patch.setattr(notebook, "with_menu", lambda corpus: None)
        for source in code(path):
            exec(source, given)
            if is_choice(source):
                given |= changed
                exec(re.search(r"^seen = .+", source, re.M)[0], given)
    return given, shown


def test_every_notebook_but_the_first_has_one_cell_of_choices():
    assert PATHS[1:] == CHOOSING
    for path in CHOOSING:
        cells = code(path)
        (at,) = (i for i, source in enumerate(cells) if is_choice(source))
        assert "# try" in cells[at] or "; try" in cells[at]
        after = "\n".join(cells[at + 1 :])
        for call in ("table(", "show(chart)", "save(chart, "):
            assert call in after, (path.name, call)
        assert "findings(seen" in after or "findings.compare(corpus, seen)" in after


@pytest.mark.parametrize("path", CHOOSING, ids=lambda p: p.stem)
def test_other_choices_draw_true_figures_and_state_true_findings(
    path, corpus, monkeypatch, tmp_path
):
    monkeypatch.setenv(ELSEWHERE, str(tmp_path))
    (source,) = filter(is_choice, code(path))
    tried = choices(corpus, source)
    assert len(tried) >= 3
    for changed in tried:
        given, shown = run(path, changed, monkeypatch)
        seen = given["seen"]
        claims = set(seen.claims["claim_id"])
        drawn = [chart for kind, chart in shown if kind == "chart" and chart.corpus is seen]
        for chart in drawn:
            assert set(chart.rows["claim_id"]) - {""} <= claims, changed
            if seen.selection:
                assert f"(your selection: {seen.selection})" in chart.wording.headline
        sentences = dict(
            zip(*(findings.of(seen)[c] for c in ("finding_id", "sentence")), strict=True)
        )
        for name in re.findall(r'findings\(seen, "([^"]+)"', "\n".join(code(path))):
            said = [
                text for kind, text in shown if kind == "html" and sentences[name] in unescape(text)
            ]
            assert said, (changed, name)
            assert not seen.selection or any(seen.selection in text for text in said)


def test_a_figure_is_saved_with_its_words_and_data(corpus, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv(ELSEWHERE, str(tmp_path))
    save(charts.labels(corpus), "column")
    files = {p.name for p in tmp_path.iterdir()}
    assert files == {f"labels_column.{form}" for form in ("svg", "pdf", "png", "csv", "txt")}
    words = (tmp_path / "labels_column.txt").read_text("utf-8")
    chart = figures.make(corpus, "04-labels")
    for part in (chart.wording.headline, chart.caption, chart.alt, chart.wording.source):
        assert part in words
    svg = (tmp_path / "labels_column.svg").read_text("utf-8")
    width = float(re.search(r'width="([\d.]+)pt"', svg)[1])
    assert abs(width / 72 * 25.4 - 85) < 0.2
    assert "exports/: labels_column as svg" in capsys.readouterr().out
    save(charts.labels(corpus.where(voice="direct")), "column")
    assert {p.name for p in tmp_path.iterdir()} - files == {
        f"labels_column_selection.{form}" for form in ("svg", "pdf", "png", "csv", "txt")
    }
    save(charts.labels(corpus.where(voice=[])))
    assert "Nothing to save" in capsys.readouterr().out


def test_what_notebooks_save_while_they_are_tested_is_not_in_the_project():
    assert Path(os.environ[ELSEWHERE]).resolve() != HOME / "exports"


def test_the_menu_changes_marks_title_and_finding_together(corpus):
    figure = with_menu(corpus)
    (menu,) = figure.layout.updatemenus
    every = selections(corpus)
    assert [unescape(b.label) for b in menu.buttons] == [s.selection or "all claims" for s in every]
    assert len({b.label for b in menu.buttons}) == len(every) >= 5 + len(corpus.texts)
    for button, seen in zip(menu.buttons, every, strict=True):
        visible, layout = button.args[0]["visible"], button.args[1]
        traces = [t for t, on in zip(figure.data, visible, strict=True) if on]
        chart = charts.framings(seen)
        assert sorted(c for t in traces for c in t.customdata or ()) == sorted(
            chart.rows["claim_id"]
        )
        title = unescape(re.sub(r"<[^>]+>", " ", layout["title"]["text"]))
        finding = findings.heading(corpus, "framings")
        said = findings.of(seen).set_index("finding_id").loc[finding.finding_id, "sentence"]
        assert " ".join(said.split()) in " ".join(title.split())
        assert seen.selection in " ".join(title.split())
    assert [t.visible for t in figure.data] == list(menu.buttons[0].args[0]["visible"])


QUOTED = re.compile(r"\*([^*`]+)\* \(`([^`]+)`\)")


def sentences(path: Path) -> list[str]:
    """The sentences of a notebook's prose, without code, links, headings and bold questions."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    prose = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    prose = re.sub(r"^#.*$|\[[^\]]*\]\([^)]*\)", "", prose, flags=re.M)
    return [s for part in prose.split("\n") for s in re.split(r"(?<=[.?!])\s+(?=[A-Z*])", part)]


@pytest.mark.parametrize(
    "path", sorted((HOME / "notebooks").rglob("*.ipynb")), ids=lambda p: p.stem
)
def test_prose_that_names_an_actor_asks_or_quotes(path, corpus):
    known = corpus.actors[corpus.actors["kind"].isin(["person", "outlet", "state"])]
    names = {n for c in ("name", "short_name") for n in known[c] if n}
    for sentence in sentences(path):
        bare = QUOTED.sub("", sentence)
        named = [n for n in names if re.search(rf"\b{re.escape(n)}\b", bare)]
        assert not named or sentence.rstrip("*").endswith("?"), (path.name, sentence)


def test_what_prose_quotes_stands_in_the_claim(corpus):
    quotes = corpus.claims.set_index("claim_id")["quote"]
    found = [pair for path in PATHS for pair in QUOTED.findall(path.read_text("utf-8"))]
    assert found
    for words, claim in found:
        assert words.strip("“”…") in json.loads(f'"{quotes[claim]}"'), (words, claim)


@pytest.mark.parametrize("path", CHOOSING, ids=lambda p: p.stem)
def test_prose_and_code_keep_step(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    prose = sum(len("".join(c["source"]).split()) for c in cells if c["cell_type"] == "markdown")
    lines = sum(len([x for x in source.splitlines() if x.strip()]) for source in code(path))
    assert 5 <= prose / lines <= 14
