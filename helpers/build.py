"""Store the outputs of the notebooks: each run from top to bottom, the same bytes every time."""

import re
import sys
import time
from pathlib import Path

from helpers import findings, forks
from helpers.corpus import HOME, Corpus
from helpers.files import write_whole

NOTEBOOKS = HOME / "notebooks"


def notebooks(folder: Path = NOTEBOOKS) -> int:
    """Execute every notebook in order of name; stop at the first that fails, which stays as it was.

    Returns
    -------
    int
        0, or 1 where a notebook failed.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    paths = sorted(folder.glob("*.ipynb"))
    for i, path in enumerate(paths, 1):
        started = time.perf_counter()
        print(f"[{i}/{len(paths)}] {path.name} ", end="", flush=True)
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            record_timing=False,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": str(path.parent)}},
        )
        try:
            client.execute()
        except CellExecutionError as error:
            print("failed; it stays as it was.\n", error, file=sys.stderr)
            return 1
        write_whole(path, nbformat.writes(tidy(notebook)) + "\n")
        print(f"{time.perf_counter() - started:.1f} s", flush=True)
    return 0


def readme(corpus: Corpus, path: Path = HOME / "README.md") -> None:
    """Write the findings, as they are computed now, between README's two marks."""
    text = path.read_text("utf-8")
    start, end = (re.search(mark, text) for mark in (r"<!-- findings:.*?-->", "<!-- end of findings -->"))
    if start and end:
        sturdy = forks.robustness(corpus).set_index("finding_id")["words"]
        said = findings.compute(corpus)[["finding_id", "sentence"]].itertuples(index=False)
        lines = "\n".join(f"{n}. **{sentence}** {sturdy[i]}" for n, (i, sentence) in enumerate(said, 1))
        write_whole(path, f"{text[: start.end()]}\n{lines}\n{text[end.start() :]}")


def tidy(notebook):
    """Leave out what differs between machines: the version of Python, trust and scroll states."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k == "tags"}
    return notebook
