"""Commands: python -m helpers check | rebuild."""

import argparse
import sys
import time
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if all is well, 1 if the corpus has problems, 2 if the call is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description="Work with the corpus and the notebooks."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    check = commands.add_parser(
        "check", help="validate the tables, find every quote, say what is not covered"
    )
    check.add_argument("folder", nargs="?", type=Path, help="a corpus folder; this project's own if left out")
    commands.add_parser("rebuild", help="run every notebook in order and store its outputs")
    commands.add_parser("figures", help="write every figure of the notebooks to figures/")
    given = parser.parse_args(arguments)
    if given.command == "check":
        return run_check(given.folder)
    return run_figures() if given.command == "figures" else run_rebuild()


def run_check(folder: Path | None) -> int:
    """Print every problem of a corpus, or what it holds."""
    from helpers import quotes
    from helpers.corpus import CorpusError, load

    started = time.perf_counter()
    try:
        corpus = load(folder)
    except CorpusError as error:
        print(error)
        return 1
    for note in corpus.notes:
        print(f"note: {note}")
    words = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)
    for source, group in words.groupby("source_id", sort=False):
        in_claims = int((group["claim_id"] != "").sum())
        print(
            f"{source}: {len(group)} words, {in_claims} in claims, {len(group) - in_claims} left out on purpose, 0 left over"
        )
    print(
        f"{len(corpus.claims)} claims, {len(corpus.codings)} codings, {len(corpus.omissions)} omissions, "
        f"{len(corpus.findings)} findings: no problem ({time.perf_counter() - started:.1f} s)"
    )
    return 0


def run_rebuild() -> int:
    """Execute the notebooks and store their outputs."""
    from helpers import build
    from helpers.corpus import CorpusError, load

    try:
        corpus = load()
    except CorpusError as error:
        print(error)
        return 1
    build.readme(corpus)
    return build.notebooks()


def run_figures() -> int:
    """Write the figures."""
    from helpers import export
    from helpers.corpus import CorpusError, load

    try:
        export.figures(load())
    except CorpusError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
