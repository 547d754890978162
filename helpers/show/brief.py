"""A brief of two pages: the question, findings, what they depend on, figures and limits."""

import base64
import os
import re
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from helpers import findings, stopping
from helpers.charts import coding_words
from helpers.corpus import Corpus
from helpers.corpus.files import temporary, write_into
from helpers.show import overview
from helpers.show.figures import drawn, make
from helpers.show.html import render

FIGURES = {"04-labels": "full", "04-framings": "column", "06-dependence": "column"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def html(corpus: Corpus) -> str:
    """The brief as one page of HTML with its pictures in it."""
    package = overview.citation(corpus)
    depends = findings.dependence(corpus)[["finding_id", "words"]]
    said = findings.of(corpus).merge(depends.rename(columns={"words": "depends"}))
    checked = [findings.checked_words(corpus, claims) for claims in said["claims"]]
    return render(
        "brief.html",
        title=package,
        heading=package.split(".")[0],
        question=next(iter(overview.overview(corpus)["question"]), ""),
        findings=said.assign(checked=checked).to_dict("records"),
        figures=[figure(corpus, name, size) for name, size in FIGURES.items()],
        how=" ".join(dict.fromkeys(corpus.coders["how"])),
        settled=len(corpus.coders) > 1,
        coding=coding_words(corpus, corpus.sources),
        limits=list(findings.tempting(corpus)["statement"]),
    )


def figure(corpus: Corpus, name: str, size: str) -> dict:
    """A figure for the brief; narrow ones have their headline above the picture, not in it."""
    chart, titled = make(corpus, name), size == "full"
    picture = base64.b64encode(drawn(chart, size, titled)[0]).decode("ascii")
    return {"chart": chart, "picture": picture, "titled": titled}


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Write brief.html, and brief.pdf where Chromium is there; return the files."""
    page = html(corpus)
    browser = next((b for b in map(shutil.which, CHROMIUM) if b), None)
    printed = {"brief.pdf": pdf(page, browser)} if browser else {}
    return write_into(folder, {"brief.html": page, **printed})


def pdf(page: str, browser: str) -> bytes:
    """A page as Chromium prints it."""
    with temporary() as place:
        made, source = place / "brief.pdf", place / "brief.html"
        source.write_text(page, "utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={place}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={made}",
        ]
        command = [browser, *options, source.resolve().as_uri()]
        failed, words = _run(command, place)
        if failed or not made.exists():
            last = "".join(words.strip().splitlines()[-1:])
            raise OSError(f"Chromium could not print the brief, so none is written: {last}")
        return undated(made.read_bytes())


def undated(printed: bytes) -> bytes:
    """A PDF without the time of its printing, so that the same brief has the same bytes."""
    dates = rb"/(?:Creation|Mod)Date \(D:[^)]*\)"
    return re.sub(dates, lambda found: b" " * len(found[0]), printed)  # each thing keeps its place


def _run(command: list[str], place: Path) -> tuple[int, str]:
    """Run a browser that keeps to a folder; what it ended with, and what it said."""
    with (
        subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "TMPDIR": str(place)},
            start_new_session=True,
        ) as run,
        stopping.cleaned(partial(_kill, run)),
    ):
        try:
            words = run.communicate(timeout=120)[1].decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            _kill(run)
            return 1, "it took longer than two minutes."
    return run.returncode, words


def _kill(run: subprocess.Popen) -> None:
    """End a browser with all its processes."""
    if sys.platform == "win32":
        run.kill()
    else:
        os.killpg(run.pid, signal.SIGKILL)
