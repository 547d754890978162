"""The same in every time zone, locale, folder, hash seed; and code that a tool has read."""

import ast
import contextlib
import io
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import NOTEBOOKS

from helpers import findings
from helpers.corpus import HOME

PRINT = """
import hashlib
from helpers import charts, findings, load
from helpers.show.figures import drawn
corpus = load()
parts = [drawn(charts.labels(corpus)), drawn(charts.timeline(corpus)), *corpus.events["words"]]
parts += [*findings.of(corpus)["sentence"], *findings.dependence(corpus)["words"]]
print(hashlib.sha256("".join(map(str, parts)).encode()).hexdigest())
"""


@pytest.mark.slow
def test_time_zone_locale_hash_seed_and_working_folder_change_nothing(tmp_path):
    here = io.StringIO()
    with contextlib.redirect_stdout(here):
        exec(PRINT, {})
    place = tmp_path / "a folder, č 語"
    place.mkdir()
    environment = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        capture_output=True,
        text=True,
        cwd=place,
        env={**os.environ, **environment},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == here.getvalue()


def test_helpers_and_check_load_nothing_that_draws_or_shows():
    code = """
import sys
def loaded(*names): print(*(n for n in names if n in sys.modules))
import helpers
loaded("jinja2", "matplotlib", "plotly", "frictionless", "networkx", "scipy")
from helpers.__main__ import main
main(["check"])
loaded("jinja2", "matplotlib", "plotly", "frictionless", "scipy")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HOME)
    after_import, *said, after_check = done.stdout.splitlines()
    assert "no problem" in said[-1]
    assert (after_import, after_check) == ("", "")


TOOLS = {
    "lint": ["ruff", "check", "helpers", "notebooks", "tests", "benchmarks", "browser"],
    "format": ["ruff", "format", "--check", "helpers", "tests", "benchmarks", "browser"],
    "types": ["pyrefly", "check", "--python-interpreter-path", sys.executable],
}
HEAVY = set(
    """IPython docx jinja2 krippendorff matplotlib nbclient nbconvert nbformat networkx plotly
    rapidfuzz sentencex frictionless ftfy py3langid font_source_sans_pro
    wcwidth""".split()  # noqa: SIM905
)


@pytest.mark.slow
@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS)
def test_code_is_as_the_tools_want_it(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, cwd=HOME
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_rooms_are_entered_one_way():
    """The contracts stand in pyproject.toml."""
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=HOME)
    assert done.returncode == 0, done.stdout[-3000:]


def test_only_heavy_libraries_are_imported_inside_functions():
    for path in (HOME / "helpers").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in (
            n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
        ):
            for node in ast.walk(function):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                for name in names:
                    assert name.split(".")[0] in HEAVY, (
                        f"{path.name}:{node.lineno} imports {name} in a function"
                    )


def test_no_name_of_an_actor_or_a_code_in_prose_is_unknown_to_the_data(corpus):
    known = (
        set(corpus.codebook["code"])
        | set(corpus.claims["claim_id"])
        | set(findings.of(corpus)["finding_id"])
        | set(findings.facts(corpus)["finding_id"])
    )
    known |= (
        set(corpus.actors["actor_id"])
        | set(corpus.events["event_id"])
        | set(corpus.sources["source_id"])
    )
    starts = "|".join(sorted({c.rpartition("-")[0] for c in corpus.claims["claim_id"]}))
    shown = re.compile(rf"""["'`]((?:{starts})-\d+)["'`]""")
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        source = "\n".join("".join(c["source"]) for c in cells)
        for found in shown.findall(source):
            assert found in known, f"{path.name}: {found}"
        for call in re.findall(r"findings\(\s*corpus,([^)]*)\)", source):
            for name in re.findall(r'"([^"]+)"', call):
                assert name in known, f"{path.name}: {name}"


# Words of prose that begin with a capital and are no name of the articles.
PROSE = """
Alliance Analysis Analyzer Article Atlantic Chromium Communication Content Correlates Date
Discourse Entman Excel Extended Force Format Gangestad Gelman Giudice Graustark Handbook Journal
Jupyter JupyterLab Krippendorff LaTeX Leifeld LibreOffice Nelson Network Networks North
Obligations Organization Oxford Political Provisions Python Ruritania Security Simmons Simonsohn
Steegen Time Treaty Tuerlinckx Ukrainian Vanpaemel Word
"""


def test_people_that_prose_names_are_in_the_articles(corpus):
    texts = " ".join(corpus.texts.values())
    names = {
        w
        for n in corpus.actors.query("kind in ['person', 'state', 'outlet']")["name"]
        for w in n.split()
    }
    cited = set(re.findall(r"\w+", " ".join(corpus.codebook["reference"])))
    ordinary = re.compile(r"(?<=[a-z,] )([A-ZČĆĐŠŽ][a-zčćđšž]{3,})\b")
    allowed = set(PROSE.split())
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        for cell in cells:
            if cell["cell_type"] == "markdown":
                prose = re.sub(r"\[[^\]]*\]\([^)]*\)|`[^`]*`", "", "".join(cell["source"]))
                for word in ordinary.findall(prose):
                    assert word in names | allowed | cited or word in texts, f"{path.name}: {word}"
