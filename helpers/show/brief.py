"""A brief of two pages: the question, the findings and how sturdy they are, three figures, limits."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

from helpers import findings
from helpers.charts import coding_words, style
from helpers.corpus import Corpus
from helpers.corpus.files import write_whole
from helpers.show import overview
from helpers.show.figures import FONTS, make, svg

FIGURES = {"04-labels": "full", "04-framings": "column", "06-sturdiness": "column"}
CSS = f"""
@page {{ size: A4; margin: 14mm 16mm; }}
body {{ font-family: {FONTS}; font-size: 8.6pt; line-height: 1.32; color: {style.INK}; max-width: 178mm; margin: 0 auto; }}
h1 {{ font-size: 15pt; margin: 0 0 2mm; }} h2 {{ font-size: 10pt; margin: 3mm 0 1mm; }} p, ol, ul {{ margin: 0 0 1.5mm; }} ol, ul {{ padding-left: 5mm; }} li {{ margin-bottom: 0.9mm; }}
figure {{ margin: 0 0 2mm; break-inside: avoid; }} img {{ width: 100%; }} .two figcaption {{ min-height: 17mm; font-size: 7.8pt; }} .two {{ display: flex; gap: 5mm; }} .two figure {{ flex: 1; }}
ul {{ columns: 2; column-gap: 6mm; font-size: 7.6pt; }} ul li {{ break-inside: avoid; }} .two img {{ width: 94%; }} main > figure img {{ width: 88%; }}
small {{ color: {style.MUTED}; font-size: 7.4pt; }} .next {{ break-before: page; }}
"""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def html(corpus: Corpus) -> str:
    """The brief as one page of HTML with its pictures in it."""
    package, _ = overview.citations(corpus, corpus.claims["claim_id"].iloc[0])
    sturdy = findings.robustness(corpus).set_index("finding_id")["words"]
    said = "".join(
        f"<li><strong>{escape(r.sentence)}</strong> <small>{escape(sturdy[r.finding_id])}</small></li>"
        for r in findings.compute(corpus).itertuples()
    )
    question = overview.overview()["question"].iloc[0]
    limits = "".join(f"<li>{escape(text)}</li>" for text in not_shown())
    one, two, three = (figure(corpus, name, size) for name, size in FIGURES.items())
    how = " ".join(dict.fromkeys(corpus.coders["how"]))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{escape(package)}</title><style>{CSS}</style></head>\n<body>\n<main>\n'
        f"<h1>{escape(package.split('.')[0])}</h1>\n<p><strong>{escape(question)}</strong></p>\n<h2>Findings</h2>\n<ol>{said}</ol>\n{one}\n"
        f"<p><small><strong>How it was made.</strong> {escape(how)} Differences were settled without sight of the coder. {escape(coding_words(corpus, corpus.sources))} "
        f"<strong>How to cite.</strong> {escape(package)}</small></p>\n"
        f'<h2 class="next">Who says what, and how sure is it?</h2>\n<div class="two">{two}{three}</div>\n'
        f"<h2>What it does not show</h2>\n<ul>{limits}</ul>\n</main>\n</body>\n</html>\n"
    )


def figure(corpus: Corpus, name: str, size: str = "full") -> str:
    """A figure with its alt text; narrow ones have their headline above the picture."""
    chart = make(corpus, name)
    titled = size == "full"
    picture = base64.b64encode(svg(chart, size, titled)).decode("ascii")
    head = (
        ""
        if titled
        else f"<figcaption><strong>{escape(chart.words.headline)}</strong> {escape(chart.words.subtitle)}</figcaption>"
    )
    return f'<figure>{head}<img alt="{escape(chart.alt)}" src="data:image/svg+xml;base64,{picture}"></figure>'


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
                f"Chromium could not print the brief: {done.stderr.strip().splitlines()[-1:]}. brief.html is written."
            )
        write_whole(folder / "brief.pdf", pdf.read_bytes())
    return ["brief.html", "brief.pdf"]
