"""The stored notebooks are whole: run in order, nothing cleared, nothing that a reader cannot see.

That their outputs are what a new run gives, nbval checks.
"""

import copy
import itertools
import json
import re

import pytest
from conftest import NOTEBOOKS

from helpers import show
from helpers.charts import style
from helpers.corpus import HOME

PATHS = sorted((HOME / "notebooks").glob("*.ipynb"))  # read in order
HOWTO = [path for path in NOTEBOOKS if path not in PATHS]
MACHINE = re.compile(r"/(?:home|root|tmp|work|Users)/|[A-Z]:\\\\")
SHOWS = "|".join([*show.__all__, "print"])
PICTURES = {"image/png", "image/svg+xml", "image/jpeg"}
WIDTHS = "|".join(f"{width:g}" for width in style.SIZES.values())
# Years, pages and volumes of cited works, claim ids, notebook names and widths of figures are not
# counts; nor are words that stand in an article and are set in italics.
NO_COUNT = rf"\b(?:{WIDTHS}) mm\b|" + (
    r"\([^()]*\d{4}, [^()]*\)|`[^`]*`|\[[^\]]*\]\([^)]*\)|(?<!\*)\*[^*]+\*(?!\*)|doi \S+"
)


def faults(notebook: dict) -> list[str]:
    """What a reader would stumble over in a stored notebook."""
    found = []
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    if [c["execution_count"] for c in code] != list(range(1, len(code) + 1)):
        found.append("cells were not run in order from the first to the last")
    outputs = [o for c in code for o in c["outputs"]]
    shows = [c for c in code if re.search(rf"^(?:{SHOWS})\(", "".join(c["source"]), re.M)]
    found += [
        f"no output stored for {''.join(c['source'])[:40]!r}" for c in shows if not c["outputs"]
    ]
    for output in outputs:
        if output["output_type"] == "error" or output.get("name") == "stderr":
            found.append("an error or a warning is stored")
        data = output.get("data", {})
        if PICTURES & set(data):
            found.append("a picture without alt text is stored")
        html = "".join(data.get("text/html", ""))
        for tag in re.findall(r"<img\b[^>]*>", html):
            alt = re.search(r'\salt="([^"]*)"', tag)
            if not alt or len(alt[1]) < 60:
                found.append("a picture has no telling alt text")
        if MACHINE.search(
            html + "".join(output.get("text", "")) + "".join(data.get("text/plain", ""))
        ):
            found.append("a path of this machine is stored")
    prose = "\n".join(
        "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
    )
    if len(re.findall(r"^# ", prose, re.M)) != 1:
        found.append("there is not exactly one title")
    if re.search(r"^### ", prose, re.M) and not re.search(r"^## ", prose, re.M):
        found.append("a level of heading is skipped")
    return found


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return json.loads(path.read_text("utf-8"))


def test_the_notebooks_are_those_that_are_known():
    assert [p.name[:2] for p in PATHS] == [f"{n:02d}" for n in range(7)]
    assert {p.parent.name for p in HOWTO} == {"howto"}


def test_a_stored_notebook_is_whole(notebook):
    assert faults(notebook) == []


def test_a_cleared_notebook_is_noticed(notebook):
    cleared = copy.deepcopy(notebook)
    for cell in cleared["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    assert len(faults(cleared)) >= 2


def test_a_picture_without_alt_text_is_noticed():
    stored = json.loads(PATHS[0].read_text("utf-8"))
    text = json.dumps(stored)
    assert 'alt=\\"' in text
    assert "a picture has no telling alt text" in faults(
        json.loads(text.replace('alt=\\"', 'data-alt=\\"'))
    )


def test_each_code_cell_is_short_and_comes_after_a_sentence(notebook):
    cells = notebook["cells"]
    for before, cell in itertools.pairwise(cells):
        if cell["cell_type"] == "code":
            assert before["cell_type"] == "markdown" or "load" in "".join(before["source"])
            source = "".join(cell["source"])
            assert len(source.splitlines()) <= (10 if "import" in source else 6)
            assert max(map(len, "".join(cell["source"]).splitlines())) <= 100


def test_contents_name_the_headings_in_their_order(notebook):
    prose = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    headings = re.findall(r"^## (.+)$", "\n".join(prose), re.M)
    assert re.findall(r"^- \[(.+?)\]\(#(.+?)\)$", "\n".join(prose), re.M) == [
        (h, h.replace(" ", "-")) for h in headings
    ]


def test_links_lead_to_the_notebook_before_and_the_one_after():
    titles = []
    for path in PATHS:
        first = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        titles.append(re.search(r"^# (.+)$", first, re.M)[1])
    for i, path in enumerate(PATHS):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        for prose in ("".join(cells[0]["source"]), "".join(cells[-1]["source"])):
            links = dict(re.findall(r"(Before|After) this: (\[.+?\]\(.+?\))", prose))
            near = {"Before": i - 1, "After": i + 1}
            expected = {
                k: f"[{titles[n]}]({PATHS[n].name})" for k, n in near.items() if 0 <= n < len(PATHS)
            }
            assert links == expected


@pytest.mark.parametrize("path", HOWTO, ids=lambda p: p.stem)
def test_a_howto_leads_back_to_the_first_notebook(path):
    first, how = (
        "".join(json.loads(p.read_text("utf-8"))["cells"][0]["source"]) for p in (PATHS[0], path)
    )
    title = re.search(r"^# (.+)$", first, re.M)[1]
    assert f"Back to: [{title}](../{PATHS[0].name})" in how.splitlines()
    assert not re.search(r"(?:Before|After) this:", how)


def test_links_in_prose_lead_to_files_and_headings_that_are_there(notebook, path):
    here = "\n".join(
        "".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"
    )
    links = re.findall(r"\]\(([^)\s]+)\)", here)
    assert links
    for link in links:
        file, _, heading = link.partition("#")
        target = path.parent / file
        assert not file or target.exists(), f"dead link: {link}"
        if heading:
            cells = json.loads(target.read_text("utf-8"))["cells"] if file else notebook["cells"]
            prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
            anchors = [h.replace(" ", "-") for h in re.findall(r"^#+ (.+)$", prose, re.M)]
            assert heading in anchors, f"dead link: {link}"


def test_no_number_is_typed_in_prose(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            assert not re.search(r"\d", re.sub(NO_COUNT, "", "".join(cell["source"])))


def test_a_typed_number_is_noticed():
    for words in (
        "There are 12 claims.",
        "**All 12 of them?**",
        "12 *of* them",
        "(12 of 13)",
        "12 mm",
    ):
        assert re.search(r"\d", re.sub(NO_COUNT, "", words)), words
    for words in ("(Entman 1993, 52, doi 10.1111/j.1460)", "*in March 2025* (`rks-09`)"):
        assert not re.search(r"\d", re.sub(NO_COUNT, "", words)), words


def test_to_read_takes_half_an_hour():
    prose = 0
    for path in PATHS:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        prose += sum(
            len("".join(c["source"]).split()) for c in cells if c["cell_type"] == "markdown"
        )
    assert prose <= 3500
