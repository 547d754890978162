"""The notebooks as a table of contents, and how to cite the collection."""

import json
import re

import pandas as pd

from helpers.corpus import Corpus

MOST_NAMED = 4  # claims behind a fact or a finding, where they are not all named


def overview(corpus: Corpus) -> pd.DataFrame:
    """Notebooks of a corpus in order.

    Returns
    -------
    DataFrame
        file, title (the first heading), question (the first line that is bold and ends in a
        question mark).
    """
    rows = []
    for path in sorted((corpus.folder / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        prose = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        title = re.search(r"^# (.+)$", prose, re.M)
        question = re.search(r"^\*\*(.+\?)\*\*$", prose, re.M)
        row = path.name, title[1] if title else path.stem, question[1] if question else ""
        rows.append(row)
    return pd.DataFrame(rows, columns=["file", "title", "question"])


def citation(corpus: Corpus) -> str:
    """How to cite the collection."""
    package = corpus.package
    return f"{package['title']}. Jupyter notebooks and data, version {package['version']}."


def citations(corpus: Corpus, claim_id: str) -> tuple[str, str]:
    """How to cite the collection, and how to cite one claim of it."""
    whole = citation(corpus)
    claims = corpus.claims.set_index("claim_id")
    if claim_id not in claims.index:
        raise ValueError(f"no claim {claim_id} in claims.csv")
    row = claims.loc[claim_id]
    source = corpus.sources.set_index("source_id").loc[row["source_id"]]
    date = source["published"] or "date of publication not stated"
    speaker, outlet = corpus.names[row["speaker_id"]], corpus.names[source["outlet_id"]]
    where = f"“{source['headline']}”, {outlet}, {date}"
    return whole, f"“{row['quote']}”, {speaker} in {where}; claim {claim_id} in {whole}"
