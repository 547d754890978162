"""Store the outputs of the notebooks: each run from top to bottom, the same bytes every time."""

import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from helpers import findings
from helpers.corpus import HOME, Corpus
from helpers.corpus.files import write_whole
from helpers.corpus.read import drafts

NOTEBOOKS = HOME / "notebooks"


def notebooks(folder: Path = NOTEBOOKS) -> int:
    """Execute every notebook, as many at a time as there are cores; one that fails stays as it was.

    Returns
    -------
    int
        0, or 1 where a notebook failed.
    """
    import nbclient  # noqa: F401  # here, for threads that import the same module at once may see half of it

    paths = sorted(folder.glob("*.ipynb"))
    failed = False
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            runs = {pool.submit(_run, path): path for path in paths}
            for i, run in enumerate(as_completed(runs), 1):
                seconds, error = run.result()
                failed |= bool(error)
                print(
                    f"[{i}/{len(paths)}] {runs[run].name} {'failed; it stays as it was' if error else f'{seconds:.1f} s'}",
                    flush=True,
                )
                if error:
                    print(error, file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            print("Stopping: the notebooks that run are still finished.", flush=True)
            pool.shutdown(cancel_futures=True)
            raise
    return int(failed)


def _run(path: Path) -> tuple[float, str]:
    """Execute a notebook and store it; the seconds it took, and what made it fail, if something did."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    started = time.perf_counter()
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
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return time.perf_counter() - started, str(error)
    write_whole(path, nbformat.writes(tidy(notebook)) + "\n")
    return time.perf_counter() - started, ""


def readme(corpus: Corpus, path: Path = HOME / "README.md") -> None:
    """Write the findings, as they are computed now, between README's two marks."""
    text = path.read_text("utf-8")
    start, end = (
        re.search(mark, text) for mark in (r"<!-- findings:.*?-->", "<!-- end of findings -->")
    )
    if start and end:
        sturdy = findings.robustness(corpus).set_index("finding_id")["words"]
        said = findings.compute(corpus)[["finding_id", "sentence"]].itertuples(index=False)
        lines = "\n".join(
            f"{n}. **{sentence}** {sturdy[i]}" for n, (i, sentence) in enumerate(said, 1)
        )
        lines += "".join(f"\n\nNote: {note}" for note in drafts(corpus.claims))
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
