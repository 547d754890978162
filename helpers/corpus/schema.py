"""The lists whose meaning is code, and how tables are named.

Any other list (targets, kinds of events, actors and omissions, facets) is open: its values are
read from the data package and the tables.
"""

import re

DIRECT, INDIRECT, OUTLET, EDITORIAL = VOICES = ("direct", "indirect", "outlet", "editorial")
SPEAKING = (DIRECT, INDIRECT)  # somebody else than the outlet speaks
PRIMARY, NESTED = LEVELS = ("primary", "nested")
HEADLINE, *_ = POSITIONS = ("headline", "lead", "body", "list", "caption")
SUPPORTS, REJECTS = STANCES = ("supports", "rejects")
SURE, ARGUABLE = CERTAINTIES = ("sure", "arguable")
EXPLICIT, INFERRED, NONE = ATTRIBUTIONS = ("explicit", "inferred", "none")
MODALITIES = ("asserted", "conditional", "question", "expectation")
HUMAN = "human"  # the kind of coder that is a person
AGREES, DISAGREES, UNSURE = VERDICTS = ("agree", "disagree", "unsure")
CLOSED = {
    ("claims", "voice"): VOICES,
    ("claims", "level"): LEVELS,
    ("claims", "position"): POSITIONS,
    ("claims", "attribution"): ATTRIBUTIONS,
    ("claims", "modality"): MODALITIES,
    ("codings", "stance"): STANCES,
    ("codings", "certainty"): CERTAINTIES,
    ("codings", "alternative_stance"): STANCES,
    ("reviews", "verdict"): VERDICTS,
}
TABLES = (
    "sources",
    "actors",
    "claims",
    "utterances",
    "mentions",
    "events",
    "codebook",
    "codings",
    "omissions",
    "coders",
    "adjudication",
    "reviews",
    "retired",
)
DISPUTE, SIDE, VOICE = "dispute", "side", "voice"
UNCODED = (VOICE, DISPUTE, SIDE)  # facets whose rows order others, and are given to no claim
CODER_TABLES = ("claims", "codings", "omissions", "utterances", "mentions")
# Filled when codings are settled; no coder's table has them.
LATER = ("event_id", "occasion", "words")
DATED = (("events", "date"), ("sources", "published"))
JOINED = "; "  # between several values of one cell
PARTIAL = "partial"  # a column of coders.csv: that what is blank in a coding was not given
# What a coding in part may leave blank; its places and codes it has.
MAY_LACK = (
    "position",
    "voice",
    "attribution",
    "speaker_id",
    "modality",
    "target",
    "proposition",
    "stance",
    "certainty",
    "reason",
)
REVIEW = "review"  # a column of claims.csv that drafts have until a person has read them
# Words that a draft puts where a person has to write, by the column that has them.
NAME_IT, NAME_THEM = "(name it)", "(name him or her)"
DRAFTED, DRAFTED_DATE = "draft", "Draft: "
BY_WORD = "proposed by the word alone; not reviewed"
PLACEHOLDERS = {
    ("actors", "name"): rf"{re.escape(NAME_IT)}$|{re.escape(NAME_THEM)}$",
    ("events", "reasoning"): f"^{DRAFTED_DATE}",
    ("codings", "note"): f"^{re.escape(BY_WORD)}$",
    ("omissions", "reason"): f"^{DRAFTED}$",
}


def coder_schema(resource: dict) -> dict:
    """A table's schema without the columns that are only filled when codings are settled."""
    schema = resource["schema"]
    fields = [f for f in schema["fields"] if f["name"] not in LATER]
    keys = [k for k in schema.get("foreignKeys", []) if not {*k["fields"]} & {*LATER}]
    return {**resource, "schema": {**schema, "fields": fields, "foreignKeys": keys}}


def partial_schema(resource: dict) -> dict:
    """The schema of a coder's table that may have blanks, since the coding is one in part."""
    schema = coder_schema(resource)["schema"]
    fields = [_optional(f) if f["name"] in MAY_LACK else f for f in schema["fields"]]
    return {**resource, "schema": {**schema, "fields": fields}}


def _optional(field: dict) -> dict:
    rules = {k: v for k, v in field.get("constraints", {}).items() if k != "required"}
    return {**field, "constraints": rules}
