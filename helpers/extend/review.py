"""A list of claims for a person to check, and the verdicts back."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.corpus import Corpus, Problem
from helpers.corpus.files import csv_text, refuse_full, write_all, write_into
from helpers.corpus.problem import meant
from helpers.corpus.read import decoded, separated
from helpers.corpus.schema import ARGUABLE, HUMAN, REJECTS, SUPPORTS, VERDICTS
from helpers.extend.marked import NotBroughtIn

FILE = "data/reviews.csv"
NEEDED = ("claim_id", "verdict")
BOM = "\ufeff"  # without it a spreadsheet takes letters for others


def sheet(corpus: Corpus, claims: list[str]) -> pd.DataFrame:
    """Claims with what the coding says of each, in plain words, in the order given.

    Returns
    -------
    DataFrame
        claim_id, article, before, quote and after (the sentence), says (in words), verdict and
        note (blank).
    """
    chosen = tables.claims(corpus)
    chosen = chosen.set_index("claim_id").loc[claims].reset_index()
    says = in_words(corpus)
    table = chosen[["claim_id", "outlet", "before", "quote", "after"]].assign(
        says=chosen["claim_id"].map(says), verdict="", note=""
    )
    return table.rename(columns={"outlet": "article"}).reset_index(drop=True)


def in_words(corpus: Corpus) -> dict[str, str]:
    """What the coding says of each claim: whose it is, what it claims, what it carries."""
    facets = corpus.categories("codebook", "facet")
    book = corpus.codebook.set_index("code")
    names = {
        c: f"{book.loc[c, 'label']} ({facets[book.loc[c, 'facet']].lower()})" for c in book.index
    }
    codings = dict(list(corpus.codings.groupby("claim_id")))
    told = {}
    for r in tables.claims(corpus).itertuples():
        lines = [f"{r.speaker} ({corpus.labels[r.voice]}): {r.proposition}"]
        own = codings.get(r.claim_id, corpus.codings.head(0))
        for verb, rows in (
            ("Asserts or uses", own[own["stance"] == SUPPORTS]),
            ("Denies", own[own["stance"] == REJECTS]),
            ("Could be read otherwise", own[own["certainty"] == ARGUABLE]),
        ):
            if len(rows):
                lines.append(f"{verb}: {'; '.join(names[c] for c in rows['code'])}.")
        told[r.claim_id] = " ".join(lines if len(own) else [*lines, "No code is given."])
    return told


def write(folder: Path, table: pd.DataFrame, page: str) -> list[Path]:
    """Write the list as a table to fill in and as a page to print, into a new folder.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    OSError
        Where a file cannot be written; then none is.
    """
    refuse_full(folder)
    whole = table["before"] + "[" + table["quote"] + "]" + table["after"]
    columns = ["claim_id", "article", "sentence", "says", "verdict", "note"]
    filled_in = table.assign(sentence=whole)[columns]
    return write_into(folder, {"review.csv": BOM + csv_text(filled_in), "review.html": page})


def read(corpus: Corpus, path: Path, name: str) -> pd.DataFrame:
    """The verdicts of a list that was filled in; a claim without one was not checked.

    Returns
    -------
    DataFrame
        claim_id, reviewer, verdict, note.

    Raises
    ------
    NotBroughtIn
        Where a verdict is none, or is on no claim, or the name is that of a machine's coding.
    """
    problems: list[Problem] = []
    kinds = corpus.coders.set_index("coder_id")["kind"]
    if kinds.get(name, HUMAN) != HUMAN:
        kind = kinds[name].replace("-", " ")
        said = f"is a coding by a {kind}, and no person: take another name."
        problems.append(Problem(path.name, None, "", "--as", name, said))
    rows = {}
    for number, row in _rows(path):
        claim, verdict, note = (row.get(c, "") for c in ("claim_id", "verdict", "note"))
        _check(corpus, (path.name, number, claim), verdict.lower(), note, rows, problems)
        if verdict:
            rows[claim] = (claim, name, verdict.lower(), note)
    if not rows and not problems:
        said = f"is blank throughout: put one of {', '.join(VERDICTS)}."
        problems.append(Problem(path.name, None, "", "verdict", "", said))
    if problems:
        raise NotBroughtIn(problems)
    return pd.DataFrame(list(rows.values()), columns=["claim_id", "reviewer", "verdict", "note"])


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list, each with its number as a spreadsheet counts."""
    problems: list[Problem] = []
    text = decoded(path.read_bytes(), path.name, problems) or ""
    text, between = separated(text)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=between))
    header = [c.strip().lower() for c in lines[0]] if lines else []
    if not problems:
        missing = [c for c in NEEDED if c not in header]
        problems = [Problem(path.name, 1, "", c, "", "this column is missing.") for c in missing]
    if problems:
        raise NotBroughtIn(problems)
    named = (dict(zip(header, map(str.strip, line), strict=False)) for line in lines[1:])
    return list(enumerate(named, 2))


def _check(
    corpus: Corpus,
    place: tuple[str, int, str],
    verdict: str,
    note: str,
    before: Collection[str],
    problems: list[Problem],
) -> None:
    """What is wrong with a row."""
    claim, known = place[2], list(corpus.claims["claim_id"])
    if (verdict or note) and claim not in known:
        problems.append(Problem(*place, "claim_id", claim, _gone(corpus, claim, known)))
    if verdict and claim in before:
        problems.append(Problem(*place, "claim_id", claim, "has a verdict already, further up."))
    if verdict and verdict not in VERDICTS:
        said = f"expected one of {', '.join(VERDICTS)}.{meant(verdict, VERDICTS)}"
        problems.append(Problem(*place, "verdict", verdict, said))
    if note and not verdict:
        said = f"goes with a verdict: {', '.join(VERDICTS)}."
        problems.append(Problem(*place, "note", note, said))


def _gone(corpus: Corpus, claim: str, known: list[str]) -> str:
    """Why there is no such claim, and which may be meant."""
    retired = dict(zip(corpus.retired["old_id"], corpus.retired["new_ids"], strict=True))
    if claim in retired:
        return f"is a claim no more; for it stands {retired[claim] or 'none'}."
    return f"no such claim.{meant(claim, known)}"


def bring(corpus: Corpus, new: pd.DataFrame) -> int:
    """Put verdicts into the table of reviews; how many of them replace one of the same person.

    Raises
    ------
    OSError
        Where the file cannot be written; then it is as it was.
    """
    keys = ["claim_id", "reviewer"]
    old = corpus.reviews
    kept = old[~old.set_index(keys).index.isin(new.set_index(keys).index)]
    order = {c: i for i, c in enumerate(corpus.claims["claim_id"])}
    both = pd.concat([kept, new])[[*old.columns]]
    both = both.sort_values("claim_id", key=lambda s: s.map(order), kind="stable")
    write_all(corpus.folder, {FILE: csv_text(both)})
    return len(old) - len(kept)
