"""What a person has marked, from a project or from a table: article, place, code, memo."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.corpus import Corpus, Problem, quotes
from helpers.corpus.problem import closest, meant, some
from helpers.corpus.read import decoded, separated
from helpers.extend import kit, places

COLUMNS = ["source_id", "start", "end", "code", "memo"]
ID = re.compile(r"\s*Code: *(\S+)")
# What the columns of a table of quotes may be called, in this project or in a program.
CALLED = {
    "quote": ("quote", "content", "words"),
    "code": ("code", "tag"),
    "article": ("article", "document", "source_id"),
    "occurrence": ("occurrence",),
    "memo": ("memo",),
}


class NotBroughtIn(ValueError):
    """A coding that cannot be brought in, with every reason at once."""

    def __init__(self, problems: list[Problem]):
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n- ".join([f"{count}; nothing is brought in:", *map(str, problems)]))


def chosen(users: list[str], name: str, user: str | None, file: str) -> str:
    """Whose coding of a project it is: the one named, the one called like the coder, or the only.

    Raises
    ------
    NotBroughtIn
        Where there is no such user, or several to choose from.
    """
    wanted = user if user is not None else name if name in users else None
    if wanted is None and len(users) == 1:
        return users[0]
    if wanted in users:
        return str(wanted)
    there = f" There are {some(users)}."
    if not users:
        said = "nobody has coded anything in it."
    elif wanted is None:
        said = f"several have coded in it: say whose with --user.{there}"
    else:
        said = f"nobody of that name has coded in it.{meant(wanted, users, there)}"
    raise NotBroughtIn([Problem(file, None, "", "user", wanted or "", said)])


def from_project(corpus: Corpus, project: Any, user: str, file: str) -> pd.DataFrame:
    """The marks of one user of a project.

    Parameters
    ----------
    project : helpers.exchange.opened.Project

    Returns
    -------
    DataFrame
        source_id, start, end (code points, without white space around), code, memo.
    """
    problems: list[Problem] = []
    mine = project.selections[project.selections["user"] == user]
    mine = mine[mine["guid"] != ""].reset_index(drop=True)
    ids = _code_ids(corpus, project.codes, set(mine["guid"]), file, problems)
    parts = []
    for number, group in mine.groupby("text"):
        name, theirs = project.texts[int(number)]
        source = _article(corpus, name, theirs)
        if not source:
            said = "is no article of this corpus, letter by letter. Code the articles of the kit."
            problems.append(Problem(file, None, "", "article", name, said))
            continue
        marks = [
            places.Selection(*r) for r in group[["start", "end", "words"]].itertuples(index=False)
        ]
        spans = places.found(corpus.texts[source], theirs, marks)
        problems += [_lost(file, name, m) for m, s in zip(marks, spans, strict=True) if s is None]
        both = pd.DataFrame([s or (-1, -1) for s in spans], group.index, ["start", "end"])
        about = group[["memo"]].assign(source_id=source, code=group["guid"].map(ids))
        parts.append(both.join(about))
    if problems:
        raise NotBroughtIn(problems)
    return pd.concat(parts)[COLUMNS].drop_duplicates().reset_index(drop=True)


def _lost(file: str, name: str, mark: places.Selection) -> Problem:
    said = (
        f"is said to stand from {mark.start} to {mark.end}, but other words stand there, and these "
        "nowhere, or in several places. Mark them again in the article as the kit has it."
    )
    return Problem(file, None, name, "selection", mark.words, said)


def _article(corpus: Corpus, name: str, theirs: str) -> str:
    """The article that a text is, by its words; of several with the same words, by name."""
    same = [s for s, text in corpus.texts.items() if places.same_text(text, theirs)]
    named = kit.article_names(corpus)
    return next((s for s in same if name in (s, named[s])), same[0] if same else "")


def known_codes(corpus: Corpus) -> dict[str, str]:
    """What a code may be called, without regard to capitals, and its id."""
    table, book = kit.codes(corpus), corpus.codebook
    book = book[~book["label"].str.casefold().duplicated(keep=False)]
    labels = dict(zip(book["label"].str.casefold(), book["code"], strict=True))
    names = dict(zip(table["name"].str.casefold(), table["id"], strict=True))
    return {**labels, **names, **{i.casefold(): i for i in table["id"]}}


def _code_ids(
    corpus: Corpus, codes: pd.DataFrame, used: set[str], file: str, problems: list[Problem]
) -> dict[str, str]:
    """The id of each code by its guid: the one that its description gives, else by its name."""
    known, ids = known_codes(corpus), {}
    for r in codes[codes["guid"].isin(used)].itertuples():
        given = ID.match(r.description)
        ids[r.guid] = given[1] if given else known.get(r.name.casefold(), "")
        if not ids[r.guid]:
            problems.append(_unknown(file, None, r.name, known))
    if more := used - set(ids):
        said = f"{len(more)} of its codings refer to a code that it does not have."
        problems.append(Problem(file, None, "", "code", "", said))
    return ids


def _unknown(file: str, row: int | None, name: str, known: dict[str, str]) -> Problem:
    near = closest(name.casefold(), list(known))
    also = f" Did you mean “{known[near]}”?" if near else ""
    said = f"is no code of the kit; a new one goes into codebook.csv or actors.csv first.{also}"
    return Problem(file, row, "", "code", name, said)


def from_table(corpus: Corpus, path: Path) -> pd.DataFrame:
    """The marks of a CSV of quotes and codes; the article is named where the quote is in several.

    Returns
    -------
    DataFrame
        The columns of `from_project`.
    """
    problems: list[Problem] = []
    text = decoded(path.read_bytes(), path.name, problems)
    text, between = separated(text or "")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=between))
    given = {c.strip().lower(): c for c in (rows[0] if rows else []) if c}
    columns = {c: next((given[n] for n in names if n in given), "") for c, names in CALLED.items()}
    if not problems and not (columns["quote"] and columns["code"]):
        said = "needs the columns quote and code, and rows."
        problems.append(Problem(path.name, None, "", "", "", said))
    if problems:
        raise NotBroughtIn(problems)
    known, marks = known_codes(corpus), []
    for number, row in enumerate(rows, 2):
        cells = {c: (row.get(n) or "").strip() if n else "" for c, n in columns.items()}
        if any(cells.values()):
            marks.append(_mark(corpus, known, cells, (path.name, number), problems))
    if problems:
        raise NotBroughtIn(problems)
    return pd.DataFrame(marks, columns=COLUMNS).drop_duplicates().reset_index(drop=True)


def _mark(
    corpus: Corpus, known: dict, cells: dict, at: tuple[str, int], problems: list[Problem]
) -> tuple:
    """A row of a table of quotes as a mark."""
    code = known.get(cells["code"].casefold(), "")
    if not code:
        problems.append(_unknown(*at, cells["code"], known))
    sources = _named(corpus, cells["article"])
    if not sources:
        said = (
            f"is no article of this corpus. There are {some(kit.article_names(corpus).values())}."
        )
        problems.append(Problem(*at, "", "article", cells["article"], said))
    found = [s for s in sources if quotes.places(corpus.texts[s], cells["quote"])] or sources
    if len(found) > 1:
        said = "stands in several articles, or in none: name the article; quote letter by letter."
        problems.append(Problem(*at, "", "quote", cells["quote"], said))
    elif found:
        which = int(cells["occurrence"]) if cells["occurrence"].isdecimal() else None
        try:
            start, end, _ = quotes.locate(corpus.texts[found[0]], cells["quote"], which)
            return found[0], start, end, code, cells["memo"]
        except LookupError as error:
            problems.append(Problem(*at, "", "quote", cells["quote"], str(error)))
    return "", -1, -1, code, cells["memo"]


def _named(corpus: Corpus, name: str) -> list[str]:
    """The articles that a name may mean: its id, its name in the kit, its outlet; all for none."""
    if not name:
        return list(corpus.texts)
    named, wanted = kit.article_names(corpus), name.casefold()
    outlets = dict(zip(corpus.sources["source_id"], corpus.sources["outlet_id"], strict=True))
    return [
        s
        for s in corpus.texts
        if wanted in (s.casefold(), named[s].casefold(), corpus.names[outlets[s]].casefold())
    ]
