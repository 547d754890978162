"""The commands: `python -m helpers --help` lists them."""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from helpers import exchange, findings, stopping
from helpers.corpus import HOME, CorpusError, files, load, quotes
from helpers.corpus.english import plural
from helpers.extend import draft as draft_
from helpers.extend import new as new_
from helpers.extend import sheet as sheet_
from helpers.show import brief as brief_
from helpers.show import figures as figures_
from helpers.show import pages as pages_
from helpers.show import rebuild as rebuild_


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if all is well, 1 if something is wrong with the corpus or a file."""
    given = vars(parser().parse_args(arguments))
    run, writes, _ = (given.pop(name) for name in ("run", "writes", "command"))
    try:
        if given.get("to"):
            files.refuse_corpus(given["to"])
        with ExitStack() as stack:
            corpus = given.get("corpus")
            here = writes and not given.get("to")
            if corpus and corpus.is_dir() and (here or files.unfinished(corpus)):
                stack.enter_context(files.alone(corpus))
            code = run(**given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # `head` and its like need not read to the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(stopping.SAID)
        return stopping.INTERRUPTED
    except OSError as error:
        print(files.in_words(error))
        return 1
    except (CorpusError, ValueError) as error:
        print(error)
        return 1


def parser() -> argparse.ArgumentParser:
    """Every command with what it takes."""
    of = argparse.ArgumentParser(add_help=False)
    of.add_argument(
        "--corpus",
        type=Path,
        default=HOME,
        metavar="FOLDER",
        help="the corpus; this project's own if left out",
    )
    to = argparse.ArgumentParser(add_help=False)
    to.add_argument("--to", type=Path, metavar="FOLDER", help="write here, and not into the corpus")
    whole = argparse.ArgumentParser(prog="python -m helpers", description="Work with a corpus.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="command")

    def command(
        run: Callable[..., int], words: str, *shared: argparse.ArgumentParser, writes: bool = True
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=words, description=words, parents=shared)
        made.set_defaults(run=run, writes=writes)
        return made

    command(check, "name all that is wrong in tables and quotes", of, writes=False)
    command(changes, "say which findings the last commit had otherwise", of, writes=False)
    command(rebuild, "make figures, notebooks, README's findings anew", of)
    shapes = command(figures, "write the figures, or some in another shape", of, to)
    shapes.add_argument("names", nargs="*", help="figures, such as 04-labels; all if left out")
    shapes.add_argument("--size", choices=["column", "full"], help="85 or 170 mm wide")
    shapes.add_argument("--format", dest="forms", action="append", choices=figures_.FORMATS)
    shapes.add_argument("--untitled", action="store_true", help="without headline and subtitle")
    shapes.add_argument("--grey", action="store_true", help="for print in black and white")
    command(brief, "write a brief of two pages", of, to)
    command(pages, "write pages that need no Jupyter and no network", of, to)
    command(draft, "add an article and propose its rows", of).add_argument(
        "article", type=Path, help="a plain text file"
    )
    command(new, "start a corpus of your own in a new folder").add_argument("folder", type=Path)
    command(export, "hand the coding to other software", of, to).add_argument(
        "format", choices=list(exchange.FORMATS)
    )
    command(sheet, "write a blank coding sheet for another coder", of, to)
    return whole


def check(corpus: Path) -> int:
    """Print every problem of a corpus, or what it holds."""
    started = time.perf_counter()
    read = load(corpus)
    for note in read.notes:
        print(f"note: {note}")
    words = quotes.coverage(read.texts, read.claims, read.omissions)
    for source, group in words.groupby("source_id", sort=False):
        said, covered = int((group["claim_id"] != "").sum()), int(group["covered"].sum())
        rest = f"{covered - said} left out on purpose, {len(group) - covered} left over"
        print(f"{source}: {plural(len(group), 'word')}, {said} in claims, {rest}")
    counts = ", ".join(
        plural(len(read.tables[f"{n}s"]), n) for n in ("claim", "coding", "omission")
    )
    print(f"{counts}: no problem ({time.perf_counter() - started:.1f} s)")
    return 0


def changes(corpus: Path) -> int:
    """Print the findings that differ from the last commit."""
    now = load(corpus)
    for note in now.notes:
        print(f"note: {note}")
    try:
        before = findings.committed(corpus)
    except CorpusError as error:
        raise ValueError(
            "The last commit cannot be read by the helpers as they are now, so nothing is "
            f"compared.\nThere: {error}"
        ) from error
    table = findings.compare(before, now)
    for r in table.itertuples():
        print(f"{r.finding_id} {r.what} otherwise\n  before: {r.before}\n  now:    {r.after}")
    for what, words in (("reads", "read otherwise"), ("depends", "depend on something else")):
        count = int((table["what"] == what).sum())
        print(f"{count} of {len(findings.of(now))} findings {words} than in the last commit.")
    return 0


def rebuild(corpus: Path) -> int:
    """Make anew all that is stored."""
    stored = files.write_all(corpus, rebuild_.files(load(corpus)))
    print(f"Stored {plural(len(stored), 'file')}.")
    return 0


def figures(
    corpus: Path,
    to: Path | None,
    names: list[str],
    size: str | None,
    forms: list[str] | None,
    untitled: bool,
    grey: bool,
) -> int:
    """Write all figures as the corpus keeps them, or some in another shape."""
    read = load(corpus)
    if not any((names, size, forms, untitled, grey)):
        folder = to or corpus / "figures"
        written = files.write_into(folder, figures_.files(read))
        print(f"Wrote {plural(len(written), 'file')} to {_near(folder)}.")
        return 0
    folder, forms = to or corpus / "exports", forms or list(figures_.FORMATS)
    names = names or list(figures_.CHARTS)
    written = figures_.save(read, names, folder, forms, size or "full", not untitled, grey)
    said(folder / name for name in written)
    return 0


def brief(corpus: Path, to: Path | None) -> int:
    """Write the brief."""
    return said(brief_.write(load(corpus), to or corpus / "brief"))


def pages(corpus: Path, to: Path | None) -> int:
    """Write the reading edition."""
    return said(pages_.write(load(corpus), to or corpus / "pages"))


def draft(corpus: Path, article: Path) -> int:
    """Add an article to a corpus, with proposed rows."""
    added = ", ".join(
        f"{plural(n, 'row')} to {t}.csv" for t, n in draft_.add(corpus, article).items()
    )
    print(f"Added {article.name}: {added}.")
    print("Every row is a draft that nobody has reviewed: edit the tables, then run check.")
    return 0


def new(folder: Path) -> int:
    """Start an empty corpus."""
    new_.write(load(), folder)
    print(f"Wrote an empty corpus to {_near(folder)}; its README.md says how to go on.")
    return 0


def export(corpus: Path, to: Path | None, format: str) -> int:
    """Write the coding in a format of the field, and say what it cannot hold."""
    ending, _, lost = exchange.FORMATS[format]
    path = (to or corpus / "exports") / f"{format}{ending}"
    exchange.write(load(corpus), format, path)
    said([path])
    print(lost)
    return 0


def sheet(corpus: Path, to: Path | None) -> int:
    """Write a blank coding sheet."""
    folder = to or corpus / "sheet"
    sheet_.write(load(corpus), folder)
    print(f"Wrote a blank sheet to {_near(folder)}; its README.md says what to do with it.")
    return 0


def said(paths: Iterable[Path]) -> int:
    """Print the files that a command has written."""
    for path in paths:
        print(_near(path))
    return 0


def _near(path: Path) -> Path:
    """A path as it is reached from where the command was typed."""
    whole, here = path.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else path


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
