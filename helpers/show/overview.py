"""The notebooks as a table of contents, and how to cite the collection."""

import json
import re
from pathlib import Path

import pandas as pd

from helpers.corpus import HOME, Corpus, read_package

WORDS_A_MINUTE, SECONDS_A_FIGURE = 220, 40


def overview(folder: Path = HOME / "notebooks") -> pd.DataFrame:
    """Notebooks in order.

    Returns
    -------
    DataFrame
        file, title (the first heading), question (the first line that ends in a question mark),
        minutes (words of prose at a reader's pace, and a while for each cell that shows something).
    """
    rows = []
    for path in sorted(folder.glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        prose = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
        shown = sum(
            1 for c in cells if c["cell_type"] == "code" and "import" not in "".join(c["source"])
        )
        seconds = (
            60 * sum(len(p.split()) for p in prose) / WORDS_A_MINUTE + SECONDS_A_FIGURE * shown
        )
        title = re.search(r"^# (.+)$", "\n".join(prose), re.M)
        question = re.search(r"^\*\*(.+\?)\*\*$", "\n".join(prose), re.M)
        rows.append(
            (
                path.name,
                title[1] if title else path.stem,
                question[1] if question else "",
                max(1, round(seconds / 60)),
            )
        )
    return pd.DataFrame(rows, columns=["file", "title", "question", "minutes"])


def citations(corpus: Corpus, claim_id: str) -> tuple[str, str]:
    """How to cite the collection, and how to cite one claim of it."""
    package = read_package(corpus.folder, [])
    whole = f"{package['title']}. Jupyter notebooks and data, version {package['version']}."
    claims = corpus.claims.set_index("claim_id")
    if claim_id not in claims.index:
        raise ValueError(f"no claim {claim_id} in claims.csv")
    row = claims.loc[claim_id]
    source = corpus.sources.set_index("source_id").loc[row["source_id"]]
    date = source["published"] or "date of publication not stated"
    speaker, outlet = corpus.names[row["speaker_id"]], corpus.names[source["outlet_id"]]
    where = f"“{source['headline']}”, {outlet}, {date}"
    return whole, f"“{row['quote']}”, {speaker} in {where}; claim {claim_id} in {whole}"
