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
# What a notebook of ours pays for before it does anything: a kernel and its imports.
BARE = {
    "cells": ["import pandas, frictionless, edtf\nfrom matplotlib.figure import Figure", "import plotly.graph_objects"]
}
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
    ours = sorted((HOME / "notebooks").glob("*.ipynb"))
    for path in ours:
        text = path.read_text("utf-8")
        cells = BARE["cells"][:1] + (BARE["cells"][1:] if "vnd.plotly" in text else [])
        notebook = {
            "cells": [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": c, "outputs": [], "execution_count": i + 1} for i, c in enumerate(cells)],
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }  # fmt: skip
        (folder / path.name).write_text(json.dumps(notebook), "utf-8")


def notebooks(rows: list[tuple]) -> None:
    """nbval and rebuild against as many bare notebooks."""
    pytest = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadscope",
        "-o",
        "addopts=",
        "-p",
        "no:cacheprovider",
    ]
    execute = (
        "import sys; from pathlib import Path; from helpers import build; sys.exit(build.notebooks(Path(sys.argv[1])))"
    )
    with tempfile.TemporaryDirectory() as place:
        bare, ours = Path(place) / "bare", Path(place) / "ours"
        bare.mkdir()
        bare_notebooks(bare)
        shutil.copytree(HOME / "notebooks", ours)
        bound = timed([*pytest, str(bare)])
        rows.append(("nbval of bare notebooks (the bound)", "", bound, "s", ""))
        took = timed([*pytest, "notebooks"])
        rows.append(("nbval of our notebooks", "", took, "s", f"{took / bound:.2f} of the bound"))
        bound = timed([sys.executable, "-c", execute, str(bare)])
        rows.append(("run bare notebooks (the bound)", "", bound, "s", ""))
        took = timed([sys.executable, "-c", execute, str(ours)])
        rows.append(("run our notebooks, as rebuild does", "", took, "s", f"{took / bound:.2f} of the bound"))


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
    for name, part in (("notebooks", notebooks), ("exports", exports)):
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
