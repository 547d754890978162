"""A blank coding sheet for another coder."""

from pathlib import Path

from helpers.corpus import Corpus
from helpers.corpus.files import csv_text, refuse_full, write_into
from helpers.corpus.schema import CODER_TABLES, coder_schema

STEPS = Path(__file__).parent / "templates" / "sheet.md"


def write(corpus: Corpus, folder: Path) -> list[Path]:
    """Write empty tables, codebook, instructions and articles into a new folder.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    OSError
        Where a file cannot be written; then none is.
    """
    refuse_full(folder)
    contents: dict[str, str | bytes] = {"README.md": STEPS.read_text("utf-8")}
    for resource in corpus.package["resources"]:
        if resource["name"] in CODER_TABLES:
            columns = [f["name"] for f in coder_schema(resource)["schema"]["fields"]]
            contents[f"{resource['name']}.csv"] = ",".join(columns) + "\n"
    book = corpus.codebook[corpus.codebook["facet"] != "voice"].drop(columns=["colour", "marker"])
    contents["codebook.csv"] = csv_text(book)
    instructions = corpus.folder / "data" / "coders" / "instructions.md"
    if instructions.exists():
        contents["instructions.md"] = instructions.read_bytes()
    for path in corpus.sources["path"]:
        contents[f"articles/{Path(path).name}"] = (corpus.folder / path).read_bytes()
    return write_into(folder, contents)
