"""What the claims say: small tables, one row a mark, with its claim, quote and speaker."""

from helpers.tables.coded_claims import bare, claims, coded, sides, statements, without_opposites
from helpers.tables.comparison import conflicts, headline_and_body, only_and_both
from helpers.tables.history import timeline
from helpers.tables.literature import criteria, definitions
from helpers.tables.pairs import match
from helpers.tables.reviews import checked
from helpers.tables.speech import LEFT_OUT, NOT_CHOSEN, occasions, people, spoken_words, voices

__all__ = [
    "LEFT_OUT",
    "NOT_CHOSEN",
    "bare",
    "checked",
    "claims",
    "coded",
    "conflicts",
    "criteria",
    "definitions",
    "headline_and_body",
    "match",
    "occasions",
    "only_and_both",
    "people",
    "sides",
    "spoken_words",
    "statements",
    "timeline",
    "voices",
    "without_opposites",
]
