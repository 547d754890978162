"""The lists whose meaning is code, and how tables are named.

Any other list (targets, kinds of events, actors and omissions, facets) is open: its values are
read from the data package and the tables.
"""

DIRECT, INDIRECT, OUTLET, EDITORIAL = VOICES = ("direct", "indirect", "outlet", "editorial")
SPEAKING = (DIRECT, INDIRECT)  # somebody else than the outlet speaks
PRIMARY, NESTED = LEVELS = ("primary", "nested")
HEADLINE, *_ = POSITIONS = ("headline", "lead", "body", "list", "caption")
SUPPORTS, REJECTS = STANCES = ("supports", "rejects")
SURE, ARGUABLE = CERTAINTIES = ("sure", "arguable")
EXPLICIT, INFERRED, NONE = ATTRIBUTIONS = ("explicit", "inferred", "none")
MODALITIES = ("asserted", "conditional", "question", "expectation")
VERDICTS = ("agree", "disagree", "unsure")
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
DISPUTE, SIDE = "dispute", "side"
UNCODED = ("voice", DISPUTE, SIDE)  # facets whose rows order others, and are given to no claim
CODER_TABLES = ("claims", "codings", "omissions", "utterances", "mentions")
LATER = ("event_id", "occasion")  # filled when codings are settled; no coder's table has them
DATED = (("events", "date"), ("sources", "published"))
JOINED = "; "  # between several values of one cell
REVIEW = "review"  # a column of claims.csv that drafts have until a person has read them


def coder_schema(resource: dict) -> dict:
    """A table's schema without the columns that are only filled when codings are settled."""
    schema = resource["schema"]
    fields = [f for f in schema["fields"] if f["name"] not in LATER]
    keys = [k for k in schema.get("foreignKeys", []) if not {*k["fields"]} & {*LATER}]
    return {**resource, "schema": {**schema, "fields": fields, "foreignKeys": keys}}
