"""How fast it is, against its lower bound and as corpora grow: python -m benchmarks.

Prints tables and writes them to results.csv and README.md beside this file, and two sentences on
them into the project's README. Numbers of one run are to be compared with one another, not with
those of another machine.
"""

import argparse
import importlib.metadata
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from helpers.corpus import HOME
from helpers.corpus.english import plural
from helpers.corpus.files import csv_text, write_all
from helpers.show.exports import ELSEWHERE

TABLES = Path(__file__).with_name("README.md")
COLUMNS = ("part", "what", "claims", "value", "unit", "note", "machine")
START, END = "<!-- speed: written by `python -m benchmarks` -->", "<!-- end of speed -->"
SIZES = (1_000, 10_000, 100_000)
# Put at the end of a notebook: the modules that it has imported, in order, but for our own.
IMPORTED = """
import sys
known = [name for name, m in list(sys.modules.items()) if getattr(m, "__spec__", None)]
print(*(name for name in known if name.split(".")[0] not in ("helpers", "__main__")))
"""
CHECK = ["-m", "helpers", "check"]
# Some modules cannot be the first of their circle to be imported; another one of it brings them.
BARE = """
from contextlib import suppress
from importlib import import_module

for name in {names!r}:
    with suppress(ImportError):
        import_module(name)
"""
# The argument is a folder of notebooks.
REBUILD = """
import sys
from pathlib import Path
from helpers.show import rebuild

with rebuild.running(sorted(Path(sys.argv[1]).rglob("*.ipynb"))) as runs:
    errors = [error for _, _, error in (run.result() for run in runs) if error]
sys.exit("; ".join(errors) or None)
"""
# What a cell does, by the first of these that stands in it.
KINDS = {
    "save(": "figures, shown and saved",
    "explore(": "interactive figures",
    "menu(": "interactive figures",
    "show(": "figures, shown alone",
    "findings(": "findings and what they depend on",
    "load(": "loading and checking",
    "": "tables, articles and the rest",
}
STEPS = """
import json, resource, sys, tempfile, time
from pathlib import Path

sys.path.insert(0, sys.argv[3])
import synthetic

size, folder = int(sys.argv[1]), Path(tempfile.mkdtemp(dir=sys.argv[2])) / "corpus"
synthetic.write(folder, max(2, size // 30), size, max(5, size // 50))

from helpers import charts, load, tables
from helpers.corpus import quotes
from helpers.exchange import network
from helpers.findings.said import said as asked

times = {}

def step(name, function):
    started = time.perf_counter()
    made = function()
    times[name] = time.perf_counter() - started
    return made

def behind_the_figures():
    tables.coded(corpus, "framing")
    tables.timeline(corpus)
    tables.voices(corpus)
    tables.people(corpus)
    charts.framings(corpus)

def covered():
    return quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)

corpus = step("load, anchor and check", lambda: load(folder))
step("coverage, word by word", covered)
step("tables behind the figures", behind_the_figures)
said = step("statements", lambda: tables.statements(corpus))
step("relations of actors", lambda: network.relation(said, "congruence", "jaccard"))
step("claims to be asked by findings", lambda: asked(corpus))
times["peak memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(times))
"""


def timed(command: list[str]) -> float:
    """Seconds that a command takes; it must succeed."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return time.perf_counter() - started


def execute(notebook, folder: Path, cells: Callable | None = None) -> None:
    """Run a notebook in a folder; `cells` is called with the seconds of each cell of code."""
    from nbclient import NotebookClient

    started = 0.0

    def begins(**_):
        nonlocal started
        started = time.perf_counter()

    def ends(cell, **_):
        if cells:
            cells(cell, time.perf_counter() - started)

    NotebookClient(
        notebook,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=40"],
        on_cell_execute=begins,
        on_cell_executed=ends,
    ).execute()


def bare_notebooks(folder: Path) -> None:
    """As many notebooks as ours, each of which starts a kernel and imports what ours imports."""
    import nbformat

    for path in sorted((HOME / "notebooks").rglob("*.ipynb")):
        ours = nbformat.read(path, as_version=4)
        ours.cells.append(nbformat.v4.new_code_cell(IMPORTED))
        execute(ours, path.parent)
        names = ours.cells[-1].outputs[0].text.split()
        source = BARE.format(names=names)
        bare = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source, execution_count=1)]
        )
        bare.metadata = ours.metadata
        nbformat.write(bare, folder / path.name)


def notebooks(rows: list[tuple]) -> None:
    """nbval and rebuild against as many bare notebooks, in turns, the quickest of some runs each.

    And all tests.
    """
    pytest = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-p", "no:cacheprovider"]
    with tempfile.TemporaryDirectory() as place:
        bare, ours = Path(place) / "bare", Path(place) / "ours"
        os.environ[ELSEWHERE] = str(Path(place) / "exports")  # where notebooks save their figures
        bare.mkdir()
        bare_notebooks(bare)
        shutil.copytree(HOME / "notebooks", ours)
        for name, command, folders in (
            ("nbval", pytest, (bare, HOME / "notebooks")),
            ("rebuild", [sys.executable, "-c", REBUILD], (bare, ours)),
        ):
            runs = [[timed([*command, str(folder)]) for folder in folders] for _ in range(3)]
            bound, took = (min(seconds) for seconds in zip(*runs, strict=True))
            rows.append((f"{name}, bare notebooks (the bound)", "", bound, "s", ""))
            rows.append(
                (f"{name}, our notebooks", "", took, "s", f"{took / bound:.2f} of the bound")
            )
        rows.append(("all tests, once installed", "", timed(pytest), "s", ""))
        profile(rows, bare)


def profile(rows: list[tuple], bare: Path) -> None:
    """What the cells of all our notebooks do beyond the bound.

    They are run after the imports; the quicker of two runs counts.
    """
    import nbformat

    spent: dict[str, list[float]] = {kind: [] for kind in KINDS.values()}
    for path in sorted((HOME / "notebooks").rglob("*.ipynb")):
        times: dict[int, tuple[str, float]] = {}
        for _ in range(2):
            ours = nbformat.read(path, as_version=4)
            ours.cells.insert(0, nbformat.read(bare / path.name, as_version=4).cells[0])
            place = iter(range(len(ours.cells)))

            def note(cell, seconds, place=place, times=times):
                at = next(place)
                kind = next(words for sign, words in KINDS.items() if sign in cell.source)
                times[at] = kind, min(seconds, times.get(at, (kind, seconds))[1])

            execute(ours, path.parent, note)
        for at, (kind, seconds) in times.items():
            if at:  # the first cell has the imports
                spent[kind].append(seconds)
    whole = sum(map(sum, spent.values()))
    for kind, seconds in spent.items():
        share = f"{100 * sum(seconds) / whole:.0f} % of it, {plural(len(seconds), 'cell')}"
        rows.append((f"beyond the bound, one core: {kind}", "", sum(seconds), "s", share))


def steps(command: list[str], times: int) -> dict[str, float]:
    """What a process prints of its steps, each the quickest of some runs."""
    runs = [
        json.loads(
            subprocess.run(
                command, cwd=HOME, capture_output=True, text=True, check=True
            ).stdout.splitlines()[-1]
        )
        for _ in range(times)
    ]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def growth(rows: list[tuple]) -> None:
    """Each step at growing numbers of claims, in its own process, the quickest of some runs."""
    before: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as place:
            runs = 3 if size == SIZES[-1] else 5  # small ones are soon done, and vary more
            times = steps(
                [sys.executable, "-c", STEPS, str(size), place, str(HOME / "tests")], runs
            )
        for name, value in times.items():
            grew = (
                f"n^{math.log10(value / before[name]):.2f}"
                if value > 0.1 and name in before
                else ""
            )
            rows.append((name, size, value, "MB" if "memory" in name else "s", grew))
        before = times


def exports(rows: list[tuple]) -> None:
    """Each export of the project's own corpus."""
    from helpers import exchange, load
    from helpers.show import brief, figures, pages

    corpus = load()
    started = time.perf_counter()
    list(figures.everything(corpus))
    rows.append(("all figures in all forms", "", time.perf_counter() - started, "s", ""))
    started = time.perf_counter()
    brief.html(corpus)
    rows.append(("brief", "", time.perf_counter() - started, "s", ""))
    with tempfile.TemporaryDirectory() as place:
        started = time.perf_counter()
        pages.write(corpus, Path(place))
        rows.append(("reading edition", "", time.perf_counter() - started, "s", ""))
        for name in exchange.FORMATS:
            started = time.perf_counter()
            exchange.write(corpus, name, Path(place) / name)
            rows.append((f"export {name}", "", time.perf_counter() - started, "s", ""))
    for name, command in (("import helpers", ["-c", "import helpers"]), ("check", CHECK)):
        least = min(timed([sys.executable, *command]) for _ in range(3))
        rows.append((name, "", least, "s", ""))


PARTS = {
    "Notebooks and tests": notebooks,
    "Commands and exports": exports,
    "Made-up corpora of so many claims": growth,
}


def table(records: list[dict]) -> str:
    """The results as Markdown, one table for each part."""
    blocks = []
    for part in dict.fromkeys(r["part"] for r in records):
        mine = [r for r in records if r["part"] == part]
        sizes = list(dict.fromkeys(r["claims"] for r in mine))
        if len(sizes) == 1:
            lines = [f"| {part} | | |", "| --- | ---: | --- |"]
            lines += [f"| {r['what']} | {r['value']} {r['unit']} | {r['note']} |" for r in mine]
        else:
            lines = [
                f"| {part} | {' | '.join(f'{int(n):,}' for n in sizes)} | growth |",
                f"| --- |{' ---: |' * len(sizes)} --- |",
            ]
            for what in dict.fromkeys(r["what"] for r in mine):
                cells = [r for r in mine if r["what"] == what]
                values = " | ".join(f"{r['value']} {r['unit']}" for r in cells)
                lines.append(f"| {what} | {values} | {cells[-1]['note']} |")
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, f"Measured with {records[0]['machine']}."])


def sentences(records: list[dict]) -> str:
    """What the project's README says of the results."""
    most = {r["what"]: r for r in records if str(r["claims"]) in ("", str(SIZES[-1]))}

    def took(what: str) -> str:
        return f"{float(most[what]['value']):.0f} {most[what]['unit']}"

    return (
        f"Once installed, all tests take {took('all tests, once installed')}. A made-up corpus of "
        f"{SIZES[-1]:,} claims is loaded and checked in {took('load, anchor and check')} and in "
        f"{took('peak memory')}; [benchmarks](benchmarks/README.md) have the rest."
    )


def between_marks(path: Path, words: str) -> str:
    """The text of a file with other words between the two marks."""
    before, rest = path.read_text("utf-8").split(START)
    return f"{before}{START}\n{words}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Run all benchmarks, print their results, and store them."""
    argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.splitlines()[0]
    ).parse_args()
    for path in (TABLES, HOME / "README.md"):  # a missing mark costs no time, and is said at once
        between_marks(path, "")
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, " + ", ".join(
        f"{p} {importlib.metadata.version(p)}"
        for p in ("pandas", "numpy", "matplotlib", "plotly", "nbval")
    )
    records = []
    for part, measure in PARTS.items():
        print(f"measuring: {part} …", flush=True)
        rows: list[tuple] = []
        measure(rows)
        for what, size, value, unit, note in rows:
            shown = f"{value:.0f}" if unit == "MB" else f"{value:.2f}"
            values = (part, what, size, shown, unit, note, machine)
            records.append(dict(zip(COLUMNS, values, strict=True)))
    print(table(records))
    readme = HOME / "README.md"
    contents = {
        "benchmarks/results.csv": csv_text(pd.DataFrame(records)),
        "benchmarks/README.md": between_marks(TABLES, table(records)),
        "README.md": between_marks(readme, sentences(records)),
    }
    write_all(HOME, contents)


if __name__ == "__main__":
    main()
