"""What a reader sees: notebooks, articles, figure files, pages, the brief."""

from helpers.show.notebook import (
    article,
    beside,
    citation,
    claims,
    explore,
    findings,
    gallery,
    notebooks,
    quotes,
    show,
    table,
)

__all__ = [
    "article",
    "beside",
    "citation",
    "claims",
    "explore",
    "findings",
    "gallery",
    "notebooks",
    "quotes",
    "show",
    "table",
]
