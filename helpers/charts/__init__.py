"""What is drawn: each chart takes a corpus and gives a figure whose marks are claims."""

from helpers.charts.chart import Chart, coding_words
from helpers.charts.dependence import dependence
from helpers.charts.lanes import voices
from helpers.charts.marks import aims, criteria, framings, headline_body, labels
from helpers.charts.timeline import timeline
from helpers.charts.words import two_disputes

__all__ = [
    "Chart",
    "aims",
    "coding_words",
    "criteria",
    "dependence",
    "framings",
    "headline_body",
    "labels",
    "timeline",
    "two_disputes",
    "voices",
]
