"""Write a figure from a notebook to where a report writer finds it."""

import os
from pathlib import Path

from helpers.charts import Chart
from helpers.corpus import Corpus
from helpers.corpus.files import write_into
from helpers.show.figures import content, headed

DRAWN = ("svg", "pdf", "png", "csv")
SAVED = "Saved to exports/:"  # how what is printed begins
ELSEWHERE = "HELPERS_EXPORTS"  # where rebuild and the tests let notebooks write


def exports_of(corpus: Corpus) -> Path:
    """The folder that figures are saved to."""
    return Path(os.environ.get(ELSEWHERE) or corpus.folder / "exports")


def save(chart: Chart, size: str = "column") -> None:
    """Write a chart into `exports/`, with its data, caption, source and alt text beside it.

    Parameters
    ----------
    size : str
        "column" (85 mm) or "full" (170 mm).
    """
    chart = headed(chart)
    if chart.rows.empty:
        print(f"Nothing to save: {chart.wording.headline} has no marks.")
        return
    name = "_".join([chart.name, size, *["selection"] * bool(chart.corpus.selection)])
    files = {f"{name}.{form}": content(chart, form, size) for form in DRAWN}
    words = {"Headline": chart.wording.headline, "Caption": chart.caption, "Alt text": chart.alt}
    lines = [f"{key}: {text}" for key, text in words.items()]
    files[f"{name}.txt"] = "\n\n".join([*lines, chart.wording.source]) + "\n"
    write_into(exports_of(chart.corpus), files)
    print(f"{SAVED} {name} as {', '.join(DRAWN)}, and {name}.txt with its words.")
