"""A kit for a person who codes: articles and codes for a program, and a page that says how."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers import tables
from helpers.corpus import HOME, Corpus
from helpers.corpus.files import refuse_full, write_into
from helpers.corpus.schema import UNCODED

STEPS = Path(__file__).parent / "templates" / "kit.md"
OF_CORPUS = " --corpus FOLDER"  # in commands
GREY = "#777777"  # of codes that stand for columns
# Columns of claims whose values are codes, with the name of their category.
AS_CODES = {
    "speaker_id": "Who says it",
    "voice": "Whose words",
    "attribution": "How attributed",
    "modality": "How put forward",
    "target": "About what",
    "position": "Where it stands",
}
OMISSION, MENTION = "omission", "mention"
NAMED = {"speaker_id": "speaker"}  # what a column is called in the name of a code, where otherwise
DEFINED = ("definition", "include", "exclude")
NO_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def write(corpus: Corpus, folder: Path, project: bytes) -> list[Path]:
    """Write a project to code in, the steps, and the instructions into a new folder.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    OSError
        Where a file cannot be written; then none is.
    """
    refuse_full(folder)
    contents: dict[str, str | bytes] = {
        "README.md": STEPS.read_text("utf-8").replace(OF_CORPUS, _of(corpus)),
        "kit.qdpx": project,
        "coding.csv": "article,quote,code\n",
    }
    instructions = corpus.folder / "data" / "coders" / "instructions.md"
    if instructions.exists():
        contents["instructions.md"] = instructions.read_bytes()
    return write_into(folder, contents)


def _of(corpus: Corpus) -> str:
    """What a command has to say for a corpus to be meant: nothing for the project's own."""
    return "" if corpus.folder == HOME else f" --corpus {corpus.folder.name}"


def article_names(corpus: Corpus) -> dict[str, str]:
    """What each article is called where a person codes it, by source_id: each name once."""
    sources = corpus.sources.set_index("source_id")["headline"]
    names: dict[str, str] = {}
    for source, outlet in corpus.outlets.items():
        said = NO_FILE_NAME.sub(" ", f"{outlet} - {sources[source]}")
        name = " ".join(said.split())[:80].strip(" .")
        taken = {n.casefold() for n in names.values()}
        names[source] = f"{name} ({source})" if name.casefold() in taken else name
    return names


def codes(corpus: Corpus) -> pd.DataFrame:
    """All that can be given to a span: codes, and the values of columns.

    Returns
    -------
    DataFrame
        category, id (a code, or COLUMN=VALUE), name (each once), description, colour.
    """
    rows = [*_book(corpus), *_columns(corpus), *_left_out(corpus), *_mentions(corpus)]
    table = pd.DataFrame(rows, columns=["category", "id", "name", "about", "colour"])
    twice = table["name"].str.casefold().duplicated(keep=False)
    names = table["name"].where(~twice, table["name"] + " (" + table["id"] + ")")
    described = "Code: " + table["id"] + "\n" + table["about"]
    return table.drop(columns="about").assign(name=names, description=described.str.strip())


def _book(corpus: Corpus) -> Iterator[tuple]:
    facets = corpus.categories("codebook", "facet")
    for r in corpus.codebook.assign(colour=tables.inks(corpus)).to_dict("records"):
        if r["facet"] not in UNCODED:
            about = "\n".join(f"{c.capitalize()}: {r[c]}" for c in DEFINED if r[c])
            yield facets[r["facet"]], r["code"], r["label"], about, r["colour"]


def _columns(corpus: Corpus) -> Iterator[tuple]:
    for column, category in AS_CODES.items():
        what, values = NAMED.get(column, column), _values(corpus, "claims", column)
        if column == "speaker_id":
            values = dict.fromkeys(corpus.names, values[""])
        for value, about in values.items():
            label = corpus.names[value] if column == "speaker_id" else value
            if value:
                yield category, f"{column}={value}", f"{what}: {label}", about, GREY


def _values(corpus: Corpus, table: str, column: str) -> dict[str, str]:
    """The values that a column may have, or has, each described; "" has what the column is."""
    (resource,) = (r for r in corpus.package["resources"] if r["name"] == table)
    (field,) = (f for f in resource["schema"]["fields"] if f["name"] == column)
    about = field.get("description", "")
    allowed = field.get("constraints", {}).get("enum") or corpus.categories(table, column)
    named = {c["value"]: c.get("description") or about for c in field.get("categories", [])}
    return {"": about, **dict.fromkeys(allowed, about), **named}


def _left_out(corpus: Corpus) -> Iterator[tuple]:
    for kind, about in _values(corpus, "omissions", "kind").items():
        if kind:
            yield "Left out", f"{OMISSION}={kind}", f"{OMISSION}: {kind}", about, GREY


def _mentions(corpus: Corpus) -> Iterator[tuple]:
    about = "The claim names or means this actor. Memo, where it is so: part: object, or addressee."
    for actor, name in corpus.names.items():
        yield "Mentioned", f"{MENTION}={actor}", f"{MENTION}: {name}", about, GREY
