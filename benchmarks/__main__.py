"""How fast it is, against its lower bound and as corpora grow: python -m benchmarks [--quick].

Prints a table and writes it to benchmarks/results.csv. Numbers of one run are to be compared with
one another, not with those of another machine.
"""

import argparse
import csv
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("results.csv")
SIZES = (1_000, 10_000, 100_000)
# Put at the end of a notebook: the modules that it has imported, in order, but for our own.
IMPORTED = """
import sys
print(*(n for n, m in list(sys.modules.items()) if getattr(m, "__spec__", None) and n.split(".")[0] not in ("helpers", "__main__")))
"""
# What a notebook does once its imports are there.
INSIDE = """
import json, time
import matplotlib.backends.backend_svg, plotly.graph_objects as go, frictionless.fields, edtf
from helpers import charts, findings, forks, load, show
go.Figure, go.Scatter, go.Layout
times = {}
def step(name, function):
    started = time.perf_counter(); out = function(); times[name] = time.perf_counter() - started
    return out
corpus = step("load and check", load)
step("findings", lambda: findings.compute(corpus))
step("how sturdy they are", lambda: forks.robustness(corpus))
chart = step("marks and words of a figure", lambda: charts.framings(corpus))
step("drawing it", lambda: show.svg(chart))
step("its interactive twin", lambda: chart.twin().to_json())
print(json.dumps(times))
"""
STEPS = """
import json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import synthetic
times = {}
def step(name, function):
    started = time.perf_counter(); out = function(); times[name] = time.perf_counter() - started
    return out
size, folder = int(sys.argv[1]), Path(sys.argv[2])
step("write the made-up corpus", lambda: synthetic.write(folder, max(2, size // 30), size, max(5, size // 50)))
from helpers import findings, forks, load, network, quotes, tables
import frictionless, edtf
corpus = step("load, anchor and check", lambda: load(folder))
step("coverage, word by word", lambda: quotes.coverage(corpus.texts, corpus.claims, corpus.omissions))
step("tables behind the figures", lambda: (tables.coded(corpus, "framing"), tables.timeline(corpus), tables.voices(corpus)))
said = step("statements", lambda: tables.statements(corpus))
step("relations of actors", lambda: network.relation(said, "congruence", "jaccard"))
rows = step("evidence for forks", lambda: forks.evidence(corpus))
step("masks of all forks", lambda: forks.kept(rows, forks.combinations(corpus)))
times["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(times))
"""


def timed(command: list[str], cwd: Path = HOME) -> float:
    """Seconds that a command takes; it must succeed."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return time.perf_counter() - started


def bare_notebooks(folder: Path) -> None:
    """As many notebooks as ours, each of which starts a kernel and imports what ours imports."""
    import nbformat
    from nbclient import NotebookClient

    for path in sorted((HOME / "notebooks").glob("*.ipynb")):
        ours = nbformat.read(path, as_version=4)
        ours.cells.append(nbformat.v4.new_code_cell(IMPORTED))
        NotebookClient(
            ours, resources={"metadata": {"path": str(path.parent)}}, extra_arguments=["--IPKernelApp.log_level=40"]
        ).execute()
        names = ours.cells[-1].outputs[0].text.split()
        # Some modules cannot be the first of their circle to be imported; another one of it brings them.
        imports = f"from contextlib import suppress\nfrom importlib import import_module\n\nfor name in {names!r}:\n    with suppress(ImportError):\n        import_module(name)"
        bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(imports, execution_count=1)])
        bare.metadata = ours.metadata
        nbformat.write(bare, folder / path.name)


def notebooks(rows: list[tuple]) -> None:
    """nbval and rebuild against as many bare notebooks, in turns; the quicker of two runs each."""
    pytest = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-p", "no:cacheprovider"]
    execute = (
        "import sys; from pathlib import Path; from helpers import build; sys.exit(build.notebooks(Path(sys.argv[1])))"
    )
    with tempfile.TemporaryDirectory() as place:
        bare, ours = Path(place) / "bare", Path(place) / "ours"
        bare.mkdir()
        bare_notebooks(bare)
        shutil.copytree(HOME / "notebooks", ours)
        for name, command, folders in (
            ("nbval", pytest, (bare, HOME / "notebooks")),
            ("rebuild", [sys.executable, "-c", execute], (bare, ours)),
        ):
            runs = [[timed([*command, str(folder)]) for folder in folders] for _ in range(2)]
            bound, took = (min(seconds) for seconds in zip(*runs, strict=True))
            rows.append((f"{name}, bare notebooks (the bound)", "", bound, "s", ""))
            rows.append((f"{name}, our notebooks", "", took, "s", f"{took / bound:.2f} of the bound"))


def inside(rows: list[tuple]) -> None:
    """What our notebooks do beyond the bound, step by step, each step for the first time."""
    for name, seconds in steps([sys.executable, "-c", INSIDE]).items():
        rows.append((f"in a notebook: {name}", "", seconds, "s", ""))


def steps(command: list[str]) -> dict[str, float]:
    """What a process prints of its steps, each the quickest of three runs."""
    runs = [
        json.loads(
            subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        )
        for _ in range(3)
    ]
    return {name: min(run[name] for run in runs) for name in runs[0]}


def growth(rows: list[tuple], sizes: tuple[int, ...]) -> None:
    """Each step at growing numbers of claims, in a process of its own."""
    import math

    before: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            command = [sys.executable, "-c", STEPS, str(size), str(Path(place) / "corpus"), str(HOME / "tests")]
            done = subprocess.run(command, cwd=HOME, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        times = json.loads(done.stdout.splitlines()[-1])
        for name, value in times.items():
            grew = f"growth exponent {math.log10(value / before[name]):.2f}" if before.get(name, 0) > 0.05 else ""
            rows.append((name, size, value, "MB" if "MB" in name else "s", grew))
        before = times


def exports(rows: list[tuple]) -> None:
    """Each export of the project's own corpus."""
    from helpers import brief, exchange, export, load, pages

    corpus = load()
    started = time.perf_counter()
    export.everything(corpus)
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
    rows.append(("import helpers", "", min(timed([sys.executable, "-c", "import helpers"]) for _ in range(3)), "s", ""))
    rows.append(("check", "", min(timed([sys.executable, "-m", "helpers", "check"]) for _ in range(3)), "s", ""))


def table(records: list[dict]) -> str:
    """The results as README shows them."""
    lines = ["| what | claims | value | |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {r['what']} | {r['claims']} | {r['value']} {r['unit']} | {r['note']} |" for r in records]
    return "\n".join([*lines, "", f"Measured with {records[0]['machine']}."])


def main() -> None:
    """Run all benchmarks; --quick leaves out the largest corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out the largest corpus")
    given = parser.parse_args()
    rows: list[tuple] = []
    for name, part in (("notebooks", notebooks), ("steps in a notebook", inside), ("exports", exports)):
        print(f"measuring {name} …", flush=True)
        part(rows)
    print("measuring growth …", flush=True)
    growth(rows, SIZES[: 2 if given.quick else 3])
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, " + ", ".join(
        f"{p} {importlib.metadata.version(p)}"
        for p in ("pandas", "numpy", "matplotlib", "plotly", "frictionless", "nbval")
    )
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["what", "claims", "value", "unit", "note", "machine"])
        for what, size, value, unit, note in rows:
            writer.writerow([what, size, f"{value:.2f}", unit, note, machine])
            print(f"{what:<40}{size!s:>8} {value:>9.2f} {unit:<3} {note}")
    print(machine)
    with RESULTS.open(encoding="utf-8", newline="") as file:
        shown = table(list(csv.DictReader(file)))
    readme = HOME / "README.md"
    text = readme.read_text("utf-8")
    start, end = "<!-- speed: written by `python -m benchmarks` -->", "<!-- end of speed -->"
    before, rest = text.split(start)
    readme.write_text(f"{before}{start}\n{shown}\n{end}{rest.split(end)[1]}", "utf-8")


if __name__ == "__main__":
    main()
