"""Figures as files."""

from helpers import charts, show
from helpers.corpus import HOME, Corpus
from helpers.files import write_whole

FIGURES = HOME / "figures"
# Every figure of the notebooks: the number is that of the notebook which tells it.
CHARTS = {
    "01-voices": charts.voices,
    "02-timeline": charts.timeline,
    "03-aims": charts.aims,
    "04-labels": charts.labels,
    "04-framings": charts.framings,
    "04-headline-body": charts.headline_body,
    "05-criteria": charts.criteria,
    "06-sturdiness": charts.sturdiness,
}


def figures(corpus: Corpus) -> None:
    """Write every figure of the notebooks."""
    for name, chart in CHARTS.items():
        write_whole(FIGURES / f"{name}.svg", show.svg(chart(corpus)))
