"""A blank coding sheet for another coder."""

import shutil
from pathlib import Path

from helpers.corpus import Corpus, read_package
from helpers.corpus.files import csv_text, empty_folder, write_whole
from helpers.corpus.schema import CODER_TABLES, coder_schema

STEPS = """# A blank coding sheet

Read `instructions.md` and `codebook.csv`, then code the articles beside them: one row a claim in `claims.csv`,
one row a code in `codings.csv`, one row a span left out in `omissions.csv`. Code before you look at any other
coding of these articles.

When you are done:

1. Put the three tables into `data/coders/NAME/` of the project, NAME being a word for you.
2. Add a row to `data/coders.csv`: NAME, `human`, how you coded, and what you had seen before.
3. Run `.venv/bin/python -m helpers check`: it names every quote that does not stand in its article and every
   word that is in no claim and no omission.
4. Run `.venv/bin/python -m helpers rebuild`: notebook 06 then compares your coding with the others.
"""


def write(corpus: Corpus, folder: Path) -> None:
    """Write empty tables, codebook, instructions and articles into a new folder.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    """
    empty_folder(folder)
    (folder / "articles").mkdir()
    package = read_package(corpus.folder, [])
    for resource in package["resources"]:
        if resource["name"] in CODER_TABLES:
            columns = [f["name"] for f in coder_schema(resource)["schema"]["fields"]]
            write_whole(folder / f"{resource['name']}.csv", ",".join(columns) + "\n")
    book = corpus.codebook[corpus.codebook["facet"] != "voice"].drop(columns=["colour", "marker"])
    write_whole(folder / "codebook.csv", csv_text(book))
    write_whole(folder / "README.md", STEPS)
    instructions = corpus.folder / "data" / "coders" / "instructions.md"
    if instructions.exists():
        shutil.copyfile(instructions, folder / "instructions.md")
    for path in corpus.sources["path"]:
        shutil.copyfile(corpus.folder / path, folder / "articles" / Path(path).name)
