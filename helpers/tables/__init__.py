"""What the claims say: small tables, one row a mark, with its claim, quote and speaker."""

from helpers.tables.coded_claims import bare, claims, coded, sides, statements, without_opposites
from helpers.tables.comparison import conflicts, headline_and_body, only_and_both
from helpers.tables.disputes import disputed, disputes, inks, outside, sides_of, sides_taken
from helpers.tables.history import timeline
from helpers.tables.literature import criteria, definitions
from helpers.tables.pairs import match
from helpers.tables.parallels import misquoted, parallels, uncoded
from helpers.tables.reviews import checked
from helpers.tables.speech import (
    LEFT_OUT,
    NOT_CHOSEN,
    occasions,
    people,
    spoken,
    spoken_words,
    voices,
    who_is_who,
)

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
    "disputed",
    "disputes",
    "headline_and_body",
    "inks",
    "match",
    "misquoted",
    "occasions",
    "only_and_both",
    "outside",
    "parallels",
    "people",
    "sides",
    "sides_of",
    "sides_taken",
    "spoken",
    "spoken_words",
    "statements",
    "timeline",
    "uncoded",
    "voices",
    "who_is_who",
    "without_opposites",
]
