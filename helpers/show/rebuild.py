"""Make anew what is stored: outputs of the notebooks, figures, the findings in README."""

import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from helpers import charts, findings, stopping, tables
from helpers.corpus import Corpus
from helpers.corpus.files import Contents, temporary
from helpers.corpus.read import drafts
from helpers.show import figures
from helpers.show.exports import ELSEWHERE
from helpers.show.markdown import text
from helpers.show.overview import MOST_NAMED

MARK = re.compile("<!-- (?:facts|findings|review)")
REVIEWED = re.compile(r"(<!-- review -->\*\*).*?(\*\*<!-- end of review -->)", re.S)


def files(corpus: Corpus) -> dict[str, str | bytes]:
    """All stored files of a corpus by path, made anew, with a line for each as it is done.

    Raises
    ------
    ValueError
        Where a notebook fails: which, in which cell, and why.
    """
    paths = notebooks_of(corpus)
    with running(paths) as runs:
        made = {f"figures/{name}": content for name, content in figures.files(corpus).items()}
        made |= notebooks(corpus, runs)
    return {**made, **readme(corpus)}


def notebooks_of(corpus: Corpus) -> list[Path]:
    """The notebooks of a corpus, those in folders of notebooks/ too."""
    found = (corpus.folder / "notebooks").rglob("*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


@contextmanager
def running(paths: list[Path]) -> Iterator[dict[Future, Path]]:
    """The notebooks as they run, as many at a time as there are cores."""
    # here, for threads that import one module at once may see half of it
    import IPython  # noqa: F401
    import nbclient  # noqa: F401

    with temporary() as place, ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            yield {pool.submit(executed, path, place): path for path in paths}
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def notebooks(corpus: Corpus, runs: dict[Future, Path]) -> Contents:
    """Each notebook as it is to be stored, with a line as it ends."""
    made, failed = {}, []
    for number, run in enumerate(as_completed(runs), 1):
        path, (content, seconds, error) = runs[run], run.result()
        name = path.name
        said = "failed" if error else f"{seconds:.1f} s"
        print(f"[{number}/{len(runs)}] {name} {said}", flush=True)
        made[path.relative_to(corpus.folder).as_posix()] = content
        failed += [f"{name}, {error}"] if error else []
    if failed:
        raise ValueError("\n".join([*sorted(failed), "Nothing was changed."]))
    return made


def executed(path: Path, place: Path) -> tuple[str, float, str]:
    """A notebook run from top to bottom; the seconds it took, and where and why it failed.

    `place` is a folder for what its kernel writes on the way, and for what it saves.
    """
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
        coalesce_streams=True,  # a slow machine flushes what is printed in several pieces
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.create_kernel_manager().connection_file = str(place / f"{path.parent.name}-{path.stem}")
    error = ""
    try:
        with stopping.cleaned(partial(_kill, client)):
            # each saves into a folder of its own: two at once would stand in each other's way
            own = str(place / f"{path.parent.name}-{path.stem}-exports")
            client.execute(env={**os.environ, ELSEWHERE: own, "TMPDIR": str(place)})
    except CellExecutionError as raised:
        error = f"cell {_failing(notebook)}: {raised.ename}: {raised.evalue}"
    except (CellTimeoutError, DeadKernelError) as raised:
        error = str(raised).strip().splitlines()[0]
    stored = nbformat.writes(tidy(notebook)) + "\n"
    return stored, time.perf_counter() - started, error


def _kill(client) -> None:
    """End the kernel of a notebook, if it has begun."""
    process = getattr(getattr(client.km, "provisioner", None), "process", None)
    if process:
        process.kill()


def _failing(notebook) -> int:
    """The number of the last cell with an error, counted from one; others may be meant to fail."""
    ran = [n for n, cell in enumerate(notebook.cells, 1) if cell.get("execution_count")]
    failed = (
        number
        for number, cell in enumerate(notebook.cells, 1)
        if any(output.output_type == "error" for output in cell.get("outputs", []))
    )
    # an error that the kernel cannot put in words leaves no output
    return max(failed, default=max(ran, default=1))


def readme(corpus: Corpus) -> Contents:
    """README with facts and findings, as they are computed now, between its marks, if it has them.

    The mark of the facts says that they are written, and so does that of the findings.
    """
    path = corpus.folder / "README.md"
    page = old = path.read_text("utf-8") if path.exists() else ""
    for name, lines in (("facts", _facts), ("findings", _findings)):
        marks = re.compile(rf"(<!-- {name}:.*?-->\n).*?(<!-- end of {name} -->)", re.S)
        if marks.search(page):
            written = lines(corpus)
            page = marks.sub(lambda m, w=written: f"{m[1]}{w}\n{m[2]}", page, count=1)
    page = REVIEWED.sub(lambda m: f"{m[1]}{findings.reviewed(corpus)}{m[2]}", page)
    return {"README.md": page} if MARK.search(old) else {}


def _facts(corpus: Corpus) -> str:
    """The facts that come first, each with its claims, and who the persons are, in Markdown."""
    lines = [
        f"- {text(r.sentence)} ({', '.join(f'`{c}`' for c in r.claims[:MOST_NAMED])}"
        + (f" and {len(r.claims) - MOST_NAMED} more" if len(r.claims) > MOST_NAMED else "")
        + ")"
        for r in findings.facts(corpus).itertuples()
    ]
    lines += [f"- {text(charts.coding_words(corpus, corpus.sources))}", ""]
    lines += ["| who | office | heard |", "| --- | --- | --- |"]
    lines += [
        f"| {text(r.name)} | {text(r.office)}{f' (`{r.claim}`)' if r.claim else ''} "
        f"| {text(r.heard)} |"
        for r in tables.who_is_who(corpus).itertuples(index=False)
    ]
    return "\n".join(lines)


def _findings(corpus: Corpus) -> str:
    """The findings, each with what it depends on, and notes on drafts, in Markdown."""
    depends = findings.dependence(corpus).set_index("finding_id")["words"]
    said = findings.of(corpus)[["finding_id", "sentence", "claims"]].itertuples(index=False)
    lines = "\n".join(
        f"{n}. **{text(sentence)}** {text(depends[i])}{_checked(corpus, claims)}"
        for n, (i, sentence, claims) in enumerate(said, 1)
    )
    noted = "".join(f"\n\nNote: {text(note)}" for note in drafts(corpus.claims))
    return f"{lines or 'None yet.'}{noted}"


def _checked(corpus: Corpus, claims: tuple[str, ...]) -> str:
    """What of a finding's claims was checked, as a link; "" for nothing."""
    words = findings.checked_words(corpus, claims)
    return f" [{text(words)}](data/reviews.csv)" if words else ""


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
