"""The commands: `python -m helpers --help` lists them."""

import argparse
import io
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from helpers import exchange, findings, stopping, tables
from helpers.corpus import HOME, Corpus, CorpusError, files, load, quotes
from helpers.corpus.english import listed, plural
from helpers.extend import bring, coding, marked
from helpers.extend import draft as draft_
from helpers.extend import kit as kit_
from helpers.extend import new as new_
from helpers.extend import review as review_
from helpers.extend import settle as settle_
from helpers.findings import agreement
from helpers.show import brief as brief_
from helpers.show import figures as figures_
from helpers.show import pages as pages_
from helpers.show import prose
from helpers.show import rebuild as rebuild_
from helpers.show import review as review_page

MOST_NOTES = 20  # of one kind, printed
HOW = {"fails": "no longer holds", "holds": "holds now"}  # of a finding that was changed


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

    command(
        check, "name all that is wrong in tables and quotes, and doubtful prose", of, writes=False
    )
    command(changes, "say which findings the last commit had otherwise", of, writes=False)
    command(rebuild, "make figures, notebooks, README's findings anew", of)
    shapes = command(figures, "write the figures, or some in another shape", of, to)
    shapes.add_argument("names", nargs="*", help="figures, such as 04-labels; all if left out")
    shapes.add_argument("--size", choices=["column", "full"], help="85 or 170 mm wide")
    shapes.add_argument("--format", dest="forms", action="append", choices=figures_.FORMATS)
    shapes.add_argument("--untitled", action="store_true", help="without headline and subtitle")
    shapes.add_argument("--grey", action="store_true", help="for print in black and white")
    shapes.add_argument("--text", action="store_true", help="SVG whose text can be edited")
    command(brief, "write a brief of two pages, for browser, print and Word", of, to)
    command(pages, "write pages that need no Jupyter and no network", of, to)
    command(draft, "add articles and propose their rows", of).add_argument(
        "articles", type=Path, nargs="+", metavar="ARTICLE", help="a plain text file"
    )
    command(new, "start a corpus of your own in a new folder").add_argument("folder", type=Path)
    command(export, "hand the coding to other software", of, to).add_argument(
        "format", choices=list(exchange.FORMATS)
    )
    back = argparse.ArgumentParser(add_help=False)
    back.add_argument("--read", type=Path, metavar="FILE", help="bring in what was filled in")
    back.add_argument("--as", dest="name", metavar="NAME", help="a word for who did it")
    command(review, "write claims for a person to check, or read the verdicts", of, to, back)
    coded = command(kit, "write a kit for a person who codes, or bring one in", of, to, back)
    coded.add_argument("--user", help="whose coding of a project, where several have coded in it")
    coded.add_argument("--replace", action="store_true", help="in the place of an earlier one")
    between = command(settle, "decide the differences of two codings, one by one", of)
    between.add_argument("coders", nargs="*", help="two coders; the first two if left out")
    return whole


def check(corpus: Path) -> int:
    """Print every problem of a corpus, or what it holds."""
    started = time.perf_counter()
    read = load(corpus)
    for note in [*read.notes, *_reading_notes(read), *_prose_notes(read)]:
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


def _reading_notes(read: Corpus) -> list[str]:
    """What a careful reader would ask of the coding: parallels coded otherwise, claims uncoded."""
    together = [
        f"{r.one} and {r.other} go together (“{r.shared}”) and are coded otherwise ({r.differs}): "
        "code them alike, or say why in the note of one."
        for r in tables.parallels(read).itertuples()
    ]
    bare = [
        f"{claim} carries no code: give it one, or say in its note why none fits."
        for claim in tables.uncoded(read)
    ]
    marked_ = [
        f"{claim} {what}, and its voice says otherwise: look at its span and its voice."
        for claim, what in tables.misquoted(read)
    ]
    return [*_some(together), *_some(bare), *_some(marked_)]


def _some(notes: list[str]) -> list[str]:
    """The first notes of a kind, and how many more there are."""
    rest = len(notes) - MOST_NOTES
    return notes if rest <= 0 else [*notes[:MOST_NOTES], f"and {rest} more notes of this kind."]


def _prose_notes(read: Corpus) -> list[str]:
    """What a person has to write anew where articles were added or taken away."""
    return [
        *(
            f"data/datapackage.json does not name among its sources: {t}."
            for t in prose.unnamed(read)
        ),
        *(
            f"{r.file}{f', cell {r.cell}' if r.cell else ''}: is this still true of "
            f"{plural(len(read.sources), 'article')}? “{r.sentence}”"
            for r in prose.to_read_again(read).itertuples()
        ),
    ]


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
        words = HOW.get(r.what, f"{r.what} otherwise")
        print(f"{r.finding_id} {words}\n  before: {r.before}\n  now:    {r.after}")
    found = len(findings.of(now))
    every = len(findings.facts(now)) + found
    for what, of, words in (
        ("reads", f"{every} facts and findings", "read otherwise"),
        ("depends", f"{found} findings", "depend on something else"),
    ):
        count = int((table["what"] == what).sum())
        print(f"{count} of {of} {words} than in the last commit.")
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
    text: bool,
) -> int:
    """Write all figures as the corpus keeps them, or some in another shape."""
    read = load(corpus)
    if not any((names, size, forms, untitled, grey, text)):
        folder = to or corpus / "figures"
        written = files.write_into(folder, figures_.files(read))
        print(f"Wrote {plural(len(written), 'file')} to {_near(folder)}.")
        return 0
    folder = to or corpus / "exports"
    forms = forms or (["svg"] if text else list(figures_.FORMATS))
    names = names or list(figures_.CHARTS)
    written = figures_.save(read, names, folder, forms, size or "full", not untitled, grey, text)
    said(folder / name for name in written)
    return 0


def brief(corpus: Path, to: Path | None) -> int:
    """Write the brief."""
    return said(brief_.write(load(corpus), to or corpus / "brief"))


def pages(corpus: Path, to: Path | None) -> int:
    """Write the reading edition."""
    return said(pages_.write(load(corpus), to or corpus / "pages"))


def draft(corpus: Path, articles: list[Path]) -> int:
    """Add articles to a corpus, with proposed rows; or what is new of those that are there."""
    added = draft_.add(corpus, *articles)
    rows = ", ".join(f"{plural(n, 'row')} to {t}.csv" for t, n in added.rows.items())
    print(f"Added {listed([a.name for a in articles])}: {rows or 'nothing new'}.")
    for note in added.notes:
        print(f"note: {note}")
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


def review(corpus: Path, to: Path | None, read: Path | None, name: str | None) -> int:
    """Write the claims that findings rest on for a person to check, or read the verdicts."""
    known = load(corpus)
    if not read:
        claims = findings.weightiest(known) or list(known.claims["claim_id"])
        table = review_.sheet(known, claims)
        written = review_.write(to or corpus / "review", table, review_page.page(known, table))
        said(written)
        print("Fill in verdict (agree, disagree or unsure) and note, as far as you come; then:")
        of = "" if known.folder == HOME else f" --corpus {_near(known.folder)}"
        print(f"python -m helpers review --read {_near(written[0])} --as NAME{of}")
        return 0
    new = review_.read(known, read, _who(name))
    replaced = review_.bring(known, new)
    counts = ", ".join(f"{n} {v}" for v, n in new["verdict"].value_counts().items())
    earlier = f", {replaced} in the place of earlier ones" if replaced else ""
    print(f"{plural(len(new), 'claim')} checked by {name}: {counts}{earlier}. Now run rebuild.")
    return 0


def kit(
    corpus: Path,
    to: Path | None,
    read: Path | None,
    name: str | None,
    user: str | None,
    replace: bool,
) -> int:
    """Write a kit for a person who codes, or bring in what that person has coded."""
    known = load(corpus)
    if not read:
        folder = to or corpus / "kit"
        project = exchange.blank(known, kit_.codes(known), kit_.article_names(known))
        kit_.write(known, folder, project)
        print(f"Wrote a kit to {_near(folder)}; its README.md says how to code one sentence.")
        return 0
    who, program = _who(name), ""
    if read.suffix.lower() == ".csv":
        marks = marked.from_table(known, read)
    else:
        project = exchange.opened(read)
        users = sorted(set(project.selections.loc[project.selections["guid"] != "", "user"]))
        mine, program = marked.chosen(users, who, user, read.name), project.origin
        marks = marked.from_project(known, project, mine, read.name)
    made = coding.tables(known, marks, read.name)
    lacks = bring.bring(known, made, who, bring.how(program), read.name, replace)
    counts = ", ".join(f"{len(made[t])} {t}" for t in ("claims", "codings", "omissions"))
    print(f"Brought in {counts} as {who}.")
    print(f"Put into data/coders.csv, column had_seen, what {who} had seen of the articles before.")
    if untouched := coding.unmarked(known, made):
        print(f"Nothing is marked in {listed(untouched)}: there it is not compared.")
    if lacks:
        print("It is a coding in part, compared on what it has. A whole one would have besides:")
        print("\n".join(f"- {line}" for line in lacks))
    return 0


def settle(corpus: Path, coders: list[str]) -> int:
    """Ask about the differences of two codings, and write down each choice as it is made."""
    known = load(corpus)
    one, two = settle_.pair(known, coders)
    found = agreement.differences(known)
    rows = settle_.undecided(known, found[found["coders"] == f"{one} and {two}"], one, two)
    made: list[dict[str, str]] = []
    with suppress(EOFError):
        for choice in settle_.decided(known, rows, input, random.Random()):
            made.append(choice)
            settle_.write(known, made)
    print(f"{len(made)} of {len(rows)} open differences settled, in data/adjudication.csv.")
    return 0


def _who(name: str | None) -> str:
    """The word for who has coded or checked."""
    if not name:
        raise ValueError("--read needs --as NAME as well: a word for who did it.")
    return name


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
