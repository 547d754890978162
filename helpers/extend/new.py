"""Start a corpus of one's own: empty tables, the voices, a first notebook, a page of help."""

import copy
import json
from pathlib import Path

from helpers.corpus import Corpus
from helpers.corpus.files import csv_text, refuse_corpus, refuse_full, write_all

TEMPLATES = Path(__file__).parent / "templates"
FILES = {  # by path in the new folder, the template
    "README.md": "README.md",
    ".gitignore": "gitignore",
    "notebooks/00_start_here.ipynb": "00_start_here.ipynb",
    "notebooks/findings.py": "findings.py",
}
# What values of these columns are called where nobody has given them names of their own.
TARGETS = {"other": "others"}
FACETS = {
    "framing": "Framings",
    "aim": "Aims",
    "area": "Areas",
    "label": "Labels",
    "criterion": "Criteria",
    "voice": "Voices",
}


def write(corpus: Corpus, folder: Path) -> None:
    """Write an empty corpus that validates, with the tables and voices of another.

    Raises
    ------
    ValueError
        Where the folder is a corpus, or lies among the tables or articles of one.
    FileExistsError
        Where the folder is there and holds something.
    OSError
        Where a file cannot be written; then none is.
    """
    refuse_corpus(folder)
    refuse_full(folder)
    package = _package(corpus.package, folder.resolve().name)
    contents = {path: (TEMPLATES / name).read_text("utf-8") for path, name in FILES.items()}
    contents |= {"seeds/.gitkeep": "", "figures/.gitkeep": ""}  # git keeps no empty folder
    contents["data/datapackage.json"] = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    for resource in package["resources"]:
        columns = [f["name"] for f in resource["schema"]["fields"]]
        text = ",".join(columns) + "\n"
        if resource["name"] == "codebook":
            text = csv_text(corpus.codebook.loc[corpus.codebook["facet"] == "voice", columns])
        contents[f"data/{resource['name']}.csv"] = text
    write_all(folder, contents)


def _package(package: dict, title: str) -> dict:
    """A data package for other articles: the same tables, and nothing on what these are about."""
    new = copy.deepcopy(package)
    for own in ("main_target", "keywords", "sources", "contributors", "licenses"):
        new.pop(own, None)
    new |= {
        "name": "corpus",
        "title": title,
        "description": "Claims of news articles.",
        "version": "0.1.0",
    }
    for resource in new["resources"]:
        for field in resource["schema"]["fields"]:
            if (resource["name"], field["name"]) == ("claims", "target"):
                field.get("constraints", {}).pop("enum", None)
                field["categories"] = _named(TARGETS)
            elif (resource["name"], field["name"]) == ("codebook", "facet"):
                own = {c["value"]: c["label"] for c in field.get("categories", [])}
                field["categories"] = _named(own | FACETS)
    return new


def _named(labels: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in labels.items()]
