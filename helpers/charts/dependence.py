"""What each finding would not hold without, as a table of words."""

from typing import TYPE_CHECKING

import pandas as pd

from helpers import tables
from helpers.charts import matrix, style
from helpers.charts.chart import Chart, short_names
from helpers.corpus import Corpus
from helpers.corpus.english import plural

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS = {"claim": "one claim", "speaker": "one speaker", "article": "one article"}
GROUP = "Does not hold without"
NOTHING, SUBJECT, FAILS = "nothing", "its subject", "does not hold"


def dependence(corpus: Corpus, found: pd.DataFrame, gone: pd.DataFrame) -> Chart:
    """What turns which finding when it alone is left out.

    Parameters
    ----------
    found : DataFrame
        finding_id, question, holds and claims of each finding.
    gone : DataFrame
        finding_id, kind, which, name and turns: each thing that was left out, one at a time.
    """
    cells = _cells(found, gone, short_names(corpus))
    looks = {"section": "", "group": GROUP, "marker": "", "colour": "", "fill": "full"}
    marks = cells.assign(**looks, struck=False, name="", hover="")
    rows, columns = [("", q) for q in found["question"]], [(GROUP, c) for c in KINDS.values()]
    grid = matrix.Matrix(marks, rows, columns, [])
    told = "; ".join(
        f"{question} "
        + ", ".join(f"{r.column}: {r.text.replace(chr(10), ', ')}" for r in mine.itertuples())
        for question, mine in cells.groupby("row", sort=False)
    )

    def describe(headline: str) -> str:
        return (
            f"Table of words. Rows: {plural(len(found), 'finding')}; columns: what turns the "
            "finding when it alone is left out, among claims, speakers and articles. "
            f"{headline}. {told}."
        )

    def paint(wording: style.Wording, size: str, titled: bool, grey: bool) -> "Figure":
        return matrix.draw(grid, wording, size, titled, grey)

    reading = (
        f"“{NOTHING.capitalize()}”: left out one at a time, none of them is needed. "
        f"“{SUBJECT.capitalize()}”: not tried, since nothing would be left to find."
        + f" “{FAILS.capitalize()}”: not in these claims."
        * (not found["holds"].all())
    )
    title = "What each finding does not hold without"
    rows, lacking = _rows(corpus, found, cells), "no finding rests on a claim"
    return Chart("dependence", corpus, title, reading, rows, describe, paint, lacking=lacking)


def _cells(found: pd.DataFrame, gone: pd.DataFrame, short: dict[str, str]) -> pd.DataFrame:
    """A cell a finding and kind: row, column, text (lines), claim_id (joined by |)."""
    cells = []
    for f in found.itertuples():
        mine = gone[gone["finding_id"] == f.finding_id]
        for kind, column in KINDS.items():
            tried = mine[mine["kind"] == kind]
            turning = tried[tried["turns"]]
            names = [short.get(r.which, r.name) for r in turning.itertuples()]
            nothing = NOTHING if len(tried) else SUBJECT
            text = (",\n".join(names) or nothing) if f.holds else FAILS
            claims = "|".join(turning["which"]) if kind == "claim" else ""
            cells.append((f.question, column, text, claims))
    return pd.DataFrame(cells, columns=["row", "column", "text", "claim_id"])


def _rows(corpus: Corpus, found: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The findings with their claims, a row each, and what turns them."""
    words = cells.assign(text=cells["text"].str.replace("\n", " "))
    words = words.pivot(index="row", columns="column", values="text").reset_index()
    rows = found[["finding_id", "question", "claims"]].rename(columns={"claims": "claim_id"})
    rows = rows.merge(words.rename(columns={"row": "question"}), on="question", how="left")
    columns = ["claim_id", "source_id", "outlet", "speaker", "voice", "quote"]
    rows = rows.explode("claim_id").astype({"claim_id": "str"})
    return rows.merge(tables.claims(corpus)[columns], on="claim_id")
