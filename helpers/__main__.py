"""The commands: python -m helpers check, changes, rebuild, figures, sheet."""

import argparse
import sys
import time
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if all is well, 1 if something is wrong with the corpus or a file."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description="Work with the corpus and the notebooks.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def command(name: str, function, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(run=function)
        return made

    check_ = command("check", check, "validate the tables, find every quote, say what is not covered")
    check_.add_argument("folder", nargs="?", type=Path, help="a corpus folder; this project's own if left out")
    command("changes", changes, "say which findings read otherwise than in the last commit")
    command("rebuild", rebuild, "run every notebook in order and store its outputs, and the findings in README")
    command("figures", figures, "write every figure of the notebooks to figures/")
    sheet_ = command("sheet", sheet, "write a blank coding sheet for another coder, with the codebook beside it")
    sheet_.add_argument("folder", type=Path, help="a new folder for the sheet")
    given = vars(parser.parse_args(arguments))
    run = given.pop("run")
    given.pop("command")
    from helpers.corpus import CorpusError

    try:
        return run(**given)
    except (CorpusError, OSError) as error:
        print(error)
        return 1


def check(folder: Path | None) -> int:
    """Print every problem of a corpus, or what it holds."""
    from helpers import quotes
    from helpers.corpus import load

    started = time.perf_counter()
    corpus = load(folder)
    for note in corpus.notes:
        print(f"note: {note}")
    words = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)
    for source, group in words.groupby("source_id", sort=False):
        said = int((group["claim_id"] != "").sum())
        print(f"{source}: {len(group)} words, {said} in claims, {len(group) - said} left out on purpose, 0 left over")
    counts = ", ".join(f"{len(getattr(corpus, n))} {n}" for n in ("claims", "codings", "omissions", "findings"))
    print(f"{counts}: no problem ({time.perf_counter() - started:.1f} s)")
    return 0


def changes() -> int:
    """Print the findings that differ from the last commit."""
    from helpers import forks
    from helpers.corpus import HOME, load

    corpus, before = load(), forks.committed(HOME)
    if before is None:
        print("This folder is no git checkout, so there is no committed state to compare with.")
        return 1
    table = forks.compare(before, corpus)
    for r in table.itertuples():
        print(f"{r.finding_id}\n  before: {r.before}\n  now:    {r.after}")
    print(f"{len(table)} of {len(corpus.findings)} findings read otherwise than in the last commit.")
    return 0


def rebuild() -> int:
    """Execute the notebooks and store their outputs."""
    from helpers import build
    from helpers.corpus import load

    build.readme(load())
    return build.notebooks()


def figures() -> int:
    """Write the figures."""
    from helpers import export
    from helpers.corpus import load

    export.figures(load())
    return 0


def sheet(folder: Path) -> int:
    """Write a blank coding sheet."""
    from helpers import sheet as sheet_
    from helpers.corpus import load

    sheet_.write(load(), folder)
    print(f"Wrote a blank sheet to {folder}; its README.md says what to do with it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
