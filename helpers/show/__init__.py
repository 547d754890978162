"""What a reader sees: notebooks, articles, figure files, pages, the brief."""

from helpers.show.exports import save
from helpers.show.notebook import (
    article,
    citation,
    claims,
    explore,
    facts,
    findings,
    gallery,
    menu,
    notebooks,
    quotes,
    show,
    table,
    tempting,
)

__all__ = [
    "article",
    "citation",
    "claims",
    "explore",
    "facts",
    "findings",
    "gallery",
    "menu",
    "notebooks",
    "quotes",
    "save",
    "show",
    "table",
    "tempting",
]
