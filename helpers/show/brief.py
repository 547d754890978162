"""A brief of two pages that stands alone: facts, the first figure, findings, limits, citation."""

import base64
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers import findings
from helpers.charts import coding_words
from helpers.corpus import Corpus
from helpers.corpus.english import plural
from helpers.corpus.files import write_into
from helpers.show import overview, word
from helpers.show.figures import FIRST, drawn, make
from helpers.show.html import render, spoken
from helpers.tables import who_is_who

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
DATES = re.compile(rb"/(?:CreationDate|ModDate) \([^)]*\)")


def contents(corpus: Corpus) -> dict:
    """What the brief says, in whichever form; the templates brief.html and `word` set it."""
    depends = findings.dependence(corpus)[["finding_id", "words"]]
    found = findings.of(corpus).merge(depends.rename(columns={"words": "depends"}))
    articles = plural(len(corpus.texts), "article")
    blind = ["Differences were settled without sight of the coder."] * (len(corpus.coders) > 1)
    return {
        "heading": corpus.package["title"],
        "question": next(iter(overview.overview(corpus)["question"]), ""),
        "facts": findings.facts(corpus)["sentence"].tolist(),
        "who": who_is_who(corpus).drop(columns="claim").to_dict("records"),
        "chart": make(corpus, FIRST),
        "findings": found[["sentence", "depends"]].to_dict("records"),
        "evidence": f"The evidence is {articles} and nothing else. What no article says is not "
        "stated, which is not the same as no.",
        "tempting": findings.tempting(corpus)["statement"].tolist(),
        "how": " ".join([*dict.fromkeys(corpus.coders["how"]), *blind]),
        "coding": coding_words(corpus, corpus.sources),
        "citation": overview.citation(corpus),
    }


def html(corpus: Corpus) -> str:
    """The brief as one page of HTML with its picture in it."""
    said = contents(corpus)
    pictures = {
        size: base64.b64encode(drawn(said["chart"], size, titled=False)[0]).decode("ascii")
        for size in ("full", "column")
    }
    return render("brief.html", **said, alt=spoken(said["chart"]), pictures=pictures)


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Write brief.html, brief.docx, and brief.pdf where Chromium is there; return the files."""
    page = html(corpus)
    browser = next((b for b in map(shutil.which, CHROMIUM) if b), None)
    printed = {"brief.pdf": pdf(page, browser)} if browser else {}
    made = {"brief.html": page, "brief.docx": word.document(contents(corpus)), **printed}
    return write_into(folder, made)


def pdf(page: str, browser: str) -> bytes:
    """A page as Chromium prints it, the same bytes each time."""
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
        return undated(made.read_bytes())


def undated(printed: bytes) -> bytes:
    """A PDF without its dates, whose places are left blank: the file counts in bytes."""
    return DATES.sub(lambda m: b" " * len(m[0]), printed)
