"""A brief of two pages: the question, the findings, how sturdy they are, figures and limits."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers import findings
from helpers.charts import coding_words
from helpers.corpus import Corpus
from helpers.corpus.files import write_whole
from helpers.show import overview
from helpers.show.figures import make, svg
from helpers.show.html import render

FIGURES = {"04-labels": "full", "04-framings": "column", "06-sturdiness": "column"}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def html(corpus: Corpus) -> str:
    """The brief as one page of HTML with its pictures in it."""
    package, _ = overview.citations(corpus, corpus.claims["claim_id"].iloc[0])
    said = findings.compute(corpus).merge(findings.robustness(corpus)[["finding_id", "words"]])
    return render(
        "brief.html",
        title=package,
        heading=package.split(".")[0],
        question=overview.overview()["question"].iloc[0],
        findings=said.rename(columns={"words": "sturdy"}).to_dict("records"),
        figures=[figure(corpus, name, size) for name, size in FIGURES.items()],
        how=" ".join(dict.fromkeys(corpus.coders["how"])),
        coding=coding_words(corpus, corpus.sources),
        limits=not_shown(),
    )


def figure(corpus: Corpus, name: str, size: str) -> dict:
    """A figure for the brief; narrow ones have their headline above the picture, not in it."""
    chart, titled = make(corpus, name), size == "full"
    picture = base64.b64encode(svg(chart, size, titled)).decode("ascii")
    return {"chart": chart, "picture": picture, "titled": titled}


def not_shown() -> list[str]:
    """The limits, as the first notebook states them."""
    first = sorted((overview.HOME / "notebooks").glob("*.ipynb"))[0]
    cells = json.loads(first.read_text("utf-8"))["cells"]
    prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    section = re.search(
        r"^## What does this collection not show\?\n(.*?)(?=^## |\Z)", prose, re.M | re.S
    )
    points = re.findall(r"^- (.+)$", section[1], re.M) if section else []
    return [re.sub(r"[*_`]", "", p) for p in points]


def write(corpus: Corpus, folder: Path) -> list[str]:
    """Write brief.html, and brief.pdf where Chromium is there; return the files' names."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "brief.html", html(corpus))
    browser = next((b for b in map(shutil.which, CHROMIUM) if b), None)
    if browser is None:
        return ["brief.html"]
    with tempfile.TemporaryDirectory() as profile:
        pdf = Path(profile) / "brief.pdf"
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
        ]
        done = subprocess.run(
            [browser, *options, (folder / "brief.html").resolve().as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode or not pdf.exists():
            raise OSError(
                "Chromium could not print the brief: "
                f"{done.stderr.strip().splitlines()[-1:]}. brief.html is written."
            )
        write_whole(folder / "brief.pdf", pdf.read_bytes())
    return ["brief.html", "brief.pdf"]
