"""The commands: python -m helpers check, changes, rebuild, figures, brief, pages, sheet, draft, new, export."""

import argparse
import io
import os
import sys
import time
from pathlib import Path

from helpers import exchange, findings
from helpers.corpus import HOME, CorpusError, load, quotes
from helpers.corpus.files import write_whole
from helpers.extend import draft as draft_
from helpers.extend import new as new_
from helpers.extend import sheet as sheet_
from helpers.show import brief as brief_
from helpers.show import figures as figures_
from helpers.show import pages as pages_
from helpers.show import rebuild as rebuild_


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if all is well, 1 if something is wrong with the corpus or a file."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description="Work with the corpus and the notebooks."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, function, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=function)
        return made

    check_ = command(
        "check", check, "validate the tables, find every quote, say what is not covered"
    )
    check_.add_argument(
        "folder", nargs="?", type=Path, help="a corpus folder; this project's own if left out"
    )
    command("changes", changes, "say which findings read otherwise than in the last commit")
    command(
        "rebuild", rebuild, "run every notebook and store its outputs, and the findings in README"
    )
    figures_ = command(
        "figures",
        figures,
        "write every figure of the notebooks to figures/, or some of them as you want them",
    )
    figures_.add_argument("names", nargs="*", help="figures, such as 04-labels; all if left out")
    figures_.add_argument(
        "--size", choices=["column", "full"], help="85 mm, or 170 mm (as committed)"
    )
    figures_.add_argument(
        "--format", dest="forms", action="append", choices=["svg", "pdf", "png", "csv", "html"]
    )
    figures_.add_argument(
        "--untitled",
        action="store_true",
        help="without headline and subtitle; the source line stays",
    )
    figures_.add_argument("--grey", action="store_true", help="for print in black and white")
    figures_.add_argument(
        "--to", type=Path, help="a folder; exports/ if any of these is given, else figures/"
    )
    sheet_ = command(
        "sheet", sheet, "write a blank coding sheet for another coder, with the codebook beside it"
    )
    sheet_.add_argument("folder", type=Path, help="a new folder for the sheet")
    for name, run, words in (
        ("brief", brief, "write a brief of two pages (HTML, and PDF where Chromium is installed)"),
        (
            "pages",
            pages,
            "write the reading edition: plain pages that need no Jupyter and no network",
        ),
    ):
        command(name, run, words).add_argument(
            "folder", nargs="?", type=Path, default=Path(name), help=f"{name}/ if left out"
        )
    draft_ = command("draft", draft, "add an article and propose its rows, marked as a draft")
    draft_.add_argument("article", type=Path, help="a plain text file")
    draft_.add_argument(
        "folder", nargs="?", type=Path, help="a corpus folder; this project's own if left out"
    )
    new_ = command("new", new, "start a corpus of your own in a new folder")
    new_.add_argument("folder", type=Path)
    export_ = command("export", export, "hand the settled coding to other software")
    export_.add_argument("format", choices=["annotations", "codebook", "project", "graphml"])
    export_.add_argument(
        "folder", nargs="?", type=Path, help="a corpus folder; this project's own if left out"
    )
    export_.add_argument("--to", type=Path, default=Path("exports"), help="exports/ if left out")
    given = vars(parser.parse_args(arguments))
    run = given.pop("run")
    given.pop("command")

    try:
        code = run(**given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # `head` and its like need not read to the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Stopped. Each file is as it was, or written whole.")
        return 130
    except OSError as error:
        print(f"{error.filename}: {error.strerror}." if error.strerror else error)
        return 1
    except (CorpusError, ValueError) as error:
        print(error)
        return 1


def check(folder: Path | None) -> int:
    """Print every problem of a corpus, or what it holds."""

    started = time.perf_counter()
    corpus = load(folder)
    if wrong := findings.problems(corpus, [name.split("-", 1)[1] for name in figures_.CHARTS]):
        raise CorpusError(wrong)
    for note in corpus.notes:
        print(f"note: {note}")
    words = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)
    for source, group in words.groupby("source_id", sort=False):
        said, covered = int((group["claim_id"] != "").sum()), int(group["covered"].sum())
        rest = f"{covered - said} left out on purpose, {len(group) - covered} left over"
        print(f"{source}: {len(group)} words, {said} in claims, {rest}")
    counts = ", ".join(
        f"{len(getattr(corpus, n))} {n}" for n in ("claims", "codings", "omissions", "findings")
    )
    print(f"{counts}: no problem ({time.perf_counter() - started:.1f} s)")
    return 0


def changes() -> int:
    """Print the findings that differ from the last commit."""

    corpus = load()
    try:
        before = findings.committed(HOME)
    except CorpusError as error:
        print(
            f"The last commit cannot be read by the helpers as they are now, so nothing is compared.\nThere: {error}"
        )
        return 1
    if before is None:
        print("This folder is no git checkout, so there is no committed state to compare with.")
        return 1
    for what, table in (
        ("read", findings.compare(before, corpus)),
        ("are sturdy", findings.compare_sturdiness(before, corpus)),
    ):
        for r in table.itertuples():
            print(f"{r.finding_id}\n  before: {r.before}\n  now:    {r.after}")
        print(
            f"{len(table)} of {len(corpus.findings)} findings {what} otherwise than in the last commit."
        )
    return 0


def rebuild() -> int:
    """Execute the notebooks and store their outputs."""

    rebuild_.readme(load())
    return rebuild_.notebooks()


def figures(
    names: list[str],
    size: str | None,
    forms: list[str] | None,
    untitled: bool,
    grey: bool,
    to: Path | None,
) -> int:
    """Write the figures: the committed set, or some in another shape."""

    corpus = load()
    if not any((names, size, forms, untitled, grey, to)):
        files = {}
        for i, (name, made) in enumerate(figures_.everything(corpus), 1):
            files |= made
            print(f"[{i}/{len(figures_.CHARTS) + 1}] {name}", flush=True)
        for name, content in files.items():  # only once all of them could be made
            write_whole(figures_.FIGURES / name, content)
        print(f"Wrote {len(files)} files to figures/.")
        return 0
    folder = to or Path("exports")
    wanted, shapes = names or list(figures_.CHARTS), forms or list(figures_.FORMATS)
    written = figures_.save(corpus, wanted, folder, shapes, size or "full", not untitled, grey)
    for file in written:
        print(folder / file)
    if forms and "html" in forms and (flat := [n for n in wanted if f"{n}.html" not in written]):
        print(f"There is no interactive form (html) of {', '.join(flat)}.")
    return 0


def sheet(folder: Path) -> int:
    """Write a blank coding sheet."""

    sheet_.write(load(), folder)
    print(f"Wrote a blank sheet to {folder}; its README.md says what to do with it.")
    return 0


def brief(folder: Path) -> int:
    """Write the brief."""

    for file in brief_.write(load(), folder):
        print(folder / file)
    return 0


def pages(folder: Path) -> int:
    """Write the reading edition."""

    for file in pages_.write(folder):
        print(folder / file)
    return 0


def draft(article: Path, folder: Path | None) -> int:
    """Add an article to a corpus, with proposed rows."""

    added = draft_.add(load(folder), article)
    print(
        f"Added {article.name}: "
        + ", ".join(f"{n} rows to {t}.csv" for t, n in added.items())
        + "."
    )
    print("Every row is a draft that nobody has reviewed: edit the tables, then run check.")
    return 0


def export(format: str, folder: Path | None, to: Path) -> int:
    """Write the coding in a format of the field, and say what it cannot hold."""

    ending, _, lost = exchange.FORMATS[format]
    to.mkdir(parents=True, exist_ok=True)
    path = to / f"{format}.{ending.lstrip('.')}"
    exchange.write(load(folder), format, path)
    print(f"{path}\n{lost}")
    return 0


def new(folder: Path) -> int:
    """Start an empty corpus."""

    new_.write(load(), folder)
    print(f"Wrote an empty corpus to {folder}; its README.md says how to go on.")
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that lacks a letter shows its number
    sys.exit(main())
