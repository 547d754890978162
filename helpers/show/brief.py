"""A brief of two pages that stands alone: facts, the first figure, findings, limits, citation."""

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
from helpers.corpus.english import plural
from helpers.corpus.files import temporary, write_into
from helpers.show import overview, word
from helpers.show.figures import FIRST, drawn, make
from helpers.show.html import render, spoken
from helpers.tables import who_is_who

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


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
        "findings": [
            {
                "sentence": r.sentence,
                # said once for all of them: room is short
                "depends": " ".join(
                    [
                        r.depends.removeprefix(findings.STEADY).strip(),
                        findings.checked_words(corpus, r.claims),
                    ]
                ).strip(),
            }
            for r in found.itertuples()
        ],
        "steady": "Where nothing is said of it, a finding holds whichever one claim is left out.",
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
