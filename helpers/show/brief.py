"""A brief of two pages: the question, findings, what they depend on, figures and limits."""

import base64
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers import findings
from helpers.charts import coding_words
from helpers.corpus import Corpus
from helpers.corpus.files import write_into
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
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "brief.pdf"
        (Path(place) / "brief.html").write_text(page, "utf-8")
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
        address = (Path(place) / "brief.html").resolve().as_uri()
        done = subprocess.run(
            [browser, *options, address], capture_output=True, text=True, timeout=120
        )
        if done.returncode or not made.exists():
            last = "".join(done.stderr.strip().splitlines()[-1:])
            raise OSError(f"Chromium could not print the brief, so none is written: {last}")
        return made.read_bytes()
