"""What a corpus may have lost without breaking a rule: said in a note, or refused where sure."""

from pathlib import Path

import pandas as pd

from helpers.corpus.english import listed, plural
from helpers.corpus.problem import Problem, meant
from helpers.corpus.rules import Tables, cells
from helpers.corpus.schema import PLACEHOLDERS

RESTING = ("codings", "mentions")  # every claim may do without; all of them hardly
READINGS = {"reading_one": "one", "reading_two": "two"}  # columns of adjudication, and whose


def cut(file: str, text: str) -> list[str]:
    """A note on a table that does not end with a line end."""
    if not text or text.endswith(("\n", "\r")):
        return []
    return [f"{file} does not end with a line end: perhaps its end was cut off."]


def unfinished(tables: dict[str, pd.DataFrame]) -> list[str]:
    """A note where words stand still that a draft put in the place of a person's."""
    still = {
        f"{name}.csv, {column}": int(tables[name][column].str.contains(words).sum())
        for (name, column), words in PLACEHOLDERS.items()
    }
    told = [f"{plural(n, 'row')} of {place}" for place, n in still.items() if n]
    return [f"Words of a draft stand still in {listed(told)}."] if told else []


def untargeted(main: str | None, claims: pd.DataFrame) -> list[str]:
    """A note where no claim is about what the corpus is about."""
    targets = sorted(set(claims["target"]) - {""})
    if main is None or not targets or main in targets:
        return []
    near = meant(main, targets) or f" Claims have {listed(targets)}."
    return [f"data/datapackage.json, main_target: no claim has the target “{main}”.{near}"]


def losses(
    root: Path, tables: dict[str, pd.DataFrame], independent: dict[str, dict[str, pd.DataFrame]]
) -> list[str]:
    """Notes on tables without rows beside others with many, and on codings that are not read."""
    coders = list(tables["coders"]["coder_id"])
    codings = {"data": tables, **{f"data/coders/{c}": t for c, t in independent.items()}}
    notes = [
        f"{folder}/{name}.csv has no row, though there are {plural(len(held['claims']), 'claim')}."
        for folder, held in codings.items()
        for name in RESTING
        if len(held["claims"]) and held[name].empty
    ]
    if len(coders) > 1 and tables["adjudication"].empty:
        notes.append(f"data/adjudication.csv has no row, though there are {len(coders)} codings.")
    folders = sorted(p.name for p in (root / "data" / "coders").glob("*") if p.is_dir())
    return notes + [
        f"data/coders/{name}/ stands in no row of coders.csv, so nothing of it is read."
        for name in folders
        if name not in coders
    ]


def adjudication_problems(
    read: Tables, independent: dict[str, Tables], problems: list[Problem]
) -> None:
    """Each difference is settled once, and each reading is the one of its own coder."""
    table = read.get("adjudication")
    if table is None:
        return
    given = [_by_claim(read.get("claims"), independent.get(c, {})) for c in READINGS.values()]
    first: dict[tuple, int] = {}
    columns = (cells(table, c) for c in ("row", "claim_id", "what", *READINGS))
    for row, claim, what, one, two in zip(*columns, strict=True):
        place = ("data/adjudication.csv", row, claim)
        there = first.setdefault((claim, what, frozenset((one, two))), row)
        if there != row:
            said = f"this difference is settled in row {there} already: each must be there once."
            problems.append(Problem(*place, "what", what, said))
        own = [codes.get(claim, {}).get(what) for codes in given]
        if one != two and own == [two, one]:
            said = "is the reading of the other coder: the two stand the other way round."
            problems.append(Problem(*place, "reading_one", one, said))


def _by_claim(settled: pd.DataFrame | None, coder: Tables) -> dict[str, dict]:
    """A coder's own row for each settled claim that has the same words."""
    own = coder.get("claims")
    if settled is None or own is None:
        return {}
    span = ["source_id", "start", "end"]
    rows = dict(
        zip(own[span].itertuples(index=False, name=None), own.to_dict("records"), strict=True)
    )
    ids = zip(settled["claim_id"], settled[span].itertuples(index=False, name=None), strict=True)
    return {claim: rows[at] for claim, at in ids if at in rows}
