"""Start a corpus of one's own: empty tables with their headers, the voices, and a page of help."""

import json
from pathlib import Path

from helpers.corpus import HOME, Corpus
from helpers.corpus.files import csv_text, empty_folder, write_whole

HELP = """# A corpus of your own

1. Add an article: `.venv/bin/python -m helpers draft ARTICLE.txt FOLDER`, FOLDER being this one. It copies the text into
   `seeds/` and proposes rows in `data/`, each marked `draft` in column `review` of `claims.csv`.
2. Write your codes into `data/codebook.csv`: one row a code, with its facet (`framing`, `aim`, `area`, `label`,
   `criterion`), a definition, what goes in and what stays out, a colour and a marker. Write them before you code.
   A facet that you do not need stays empty. The voices are there already; keep them.
3. Edit the draft: name outlets and speakers in `actors.csv`, mend spans in `claims.csv`, give codes in `codings.csv`
   (`supports`, `rejects`; no row is "not stated"), move left-out spans to `omissions.csv`. Empty `review` where you have read.
4. `.venv/bin/python -m helpers check FOLDER` names everything that is wrong or not yet covered, all at once.
5. Open notebook 09 of the project, put FOLDER into its first cell, and run all cells: every chart and table, on your articles.

| table | one row is | keep in mind |
| --- | --- | --- |
{tables}

`data/datapackage.json` describes every column. Columns of your own are welcome in any table; they are left as they are. Dates are EDTF: `2025-03-05`,
`2025-03`, `XXXX-03-05` for a day without a year, `../2025-03-05` for an open start.
"""
HINTS = {
    "claims": "the quote letter by letter; every word of an article stands in a claim or an omission",
    "codings": "an arguable coding names its alternative",
    "events": "`after` and `before` order events that have no date",
    "findings": "may stay empty; a row names a measure in helpers/findings.py",
    "coders": "a row for each independent coding under `data/coders/`; may stay empty",
}


def write(corpus: Corpus, folder: Path) -> None:
    """Write an empty corpus that validates.

    Raises
    ------
    FileExistsError
        Where the folder is there and holds something.
    """
    empty_folder(folder)
    (folder / "data").mkdir()
    (folder / "seeds").mkdir()
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    package |= {
        "name": "corpus",
        "title": folder.name,
        "description": "Claims of news articles.",
        "version": "0.1.0",
    }
    write_whole(
        folder / "data" / "datapackage.json",
        json.dumps(package, indent=1, ensure_ascii=False) + "\n",
    )
    for resource in package["resources"]:
        columns = [f["name"] for f in resource["schema"]["fields"]]
        voices = (
            corpus.codebook[corpus.codebook["facet"] == "voice"][columns]
            if resource["name"] == "codebook"
            else None
        )
        text = ",".join(columns) + "\n" if voices is None else csv_text(voices)
        write_whole(folder / "data" / f"{resource['name']}.csv", text)
    rows = [
        f"| `{r['path']}` | {r['description'].removeprefix('One row is ').rstrip('.')} | {HINTS.get(r['name'], '')} |"
        for r in package["resources"]
    ]
    write_whole(folder / "README.md", HELP.format(tables="\n".join(rows)))
