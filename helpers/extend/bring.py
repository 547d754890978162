"""Bring a person's coding into a corpus, whole or in part; or nothing of it."""

import pandas as pd

from helpers.corpus import Corpus, Problem, check
from helpers.corpus.files import write_all
from helpers.corpus.problem import short
from helpers.corpus.schema import CODER_TABLES, HUMAN, PARTIAL, coder_schema
from helpers.extend.coding import Tables, missing
from helpers.extend.marked import NotBroughtIn

UNKNOWN = "Not stated."  # what the coder had seen before, until somebody writes it down


def bring(corpus: Corpus, made: Tables, name: str, how: str, file: str, replace: bool) -> list[str]:
    """Write a coder's tables and its row of coders.csv, once they hold to the rules of the corpus.

    Returns
    -------
    list of str
        What a whole coding would have besides; the coding is one in part where there is any.

    Raises
    ------
    NotBroughtIn
        Where the coding breaks a rule, or the coder is there already.
    OSError
        Where a file cannot be written; then none is.
    """
    before = _coder(corpus, name, file, replace)
    lacks = missing(corpus, made)
    row = {"coder_id": name, "kind": HUMAN, "how": how, "had_seen": UNKNOWN, **before}
    row[PARTIAL] = "yes" if lacks else ""
    coders = corpus.coders[corpus.coders["coder_id"] != name]
    coders = pd.concat([coders, pd.DataFrame([row])], ignore_index=True)[[*corpus.coders]]
    made = {t: made[t][columns] for t, columns in _columns(corpus).items()}
    if problems := _problems(corpus, coders, made, name, file):
        raise NotBroughtIn(problems)
    contents = {f"data/coders/{name}/{t}.csv": _csv(table) for t, table in made.items()}
    write_all(corpus.folder, {"data/coders.csv": _csv(coders), **contents})
    return lacks


def _coder(corpus: Corpus, name: str, file: str, replace: bool) -> dict[str, str]:
    """What is known of a coder that is replaced; nothing of a new one."""
    known = corpus.coders.set_index("coder_id").to_dict("index")
    said = "is what the settled coding is called: take another." if name == "settled" else ""
    if name in known and known[name]["kind"] != HUMAN:
        said = f"is a coding by a {known[name]['kind'].replace('-', ' ')}: take another name."
    elif name in known and not replace:
        said = "is there already: take another name, or --replace to put this one in its place."
    if said:
        raise NotBroughtIn([Problem(file, None, "", "--as", name, said)])
    return {"had_seen": known[name]["had_seen"]} if name in known else {}


def _columns(corpus: Corpus) -> dict[str, list[str]]:
    """The columns of a coder's tables, by table."""
    return {
        r["name"]: [f["name"] for f in coder_schema(r)["schema"]["fields"]]
        for r in corpus.package["resources"]
        if r["name"] in CODER_TABLES
    }


def _problems(
    corpus: Corpus, coders: pd.DataFrame, made: Tables, name: str, file: str
) -> list[Problem]:
    """What `load` would say of the corpus with this coding, told of the file that it is from."""
    fields = {r["name"]: r["schema"]["fields"] for r in corpus.package["resources"]}
    given = {**corpus.tables, "coders": coders}
    read = {n: _numbered(t[[f["name"] for f in fields[n]]]) for n, t in given.items()}
    found: list[Problem] = []
    own = {name: {n: _numbered(t) for n, t in made.items()}}
    check.validate(corpus.package, read, corpus.texts, own, found)
    said = dict(zip(made["claims"]["claim_id"], made["claims"]["quote"], strict=True))
    return [_of_file(p, file, said) for p in found]


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    """A table with the number of each row as a spreadsheet counts, as checks have it."""
    return table.assign(row=range(2, len(table) + 2))


def _of_file(problem: Problem, file: str, said: dict[str, str]) -> Problem:
    """A problem as it is told of a project, in which a claim is known by its words."""
    row = problem.row_id
    if row in said:
        row = f"{row}, “{short(said[row], 60)}”"
    return problem._replace(file=file, row=None, row_id=row)


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n")


def how(program: str) -> str:
    """How a coding was made, for coders.csv."""
    by = f" with {program}" if program else ""
    return f"A person coded{by}; `kit` brought it in."
