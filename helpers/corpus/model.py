"""A corpus: articles and tables, checked."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

HOME = Path(__file__).resolve().parents[2]


class Corpus(NamedTuple):
    """Articles and tables, checked; claims and omissions carry start and end in their article.

    Cells are text, "" where blank. `independent` maps each coder's id to its own claims, codings
    and omissions. `notes` says what was read generously, such as a quote with straight
    quotation marks.
    """

    folder: Path
    texts: dict[str, str]
    sources: pd.DataFrame
    actors: pd.DataFrame
    claims: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    codebook: pd.DataFrame
    codings: pd.DataFrame
    omissions: pd.DataFrame
    findings: pd.DataFrame
    coders: pd.DataFrame
    adjudication: pd.DataFrame
    independent: dict[str, dict[str, pd.DataFrame]]
    notes: list[str]

    def name(self, actor_id: str) -> str:
        """The name of an actor."""
        return dict(zip(self.actors["actor_id"], self.actors["name"], strict=True))[actor_id]

    def label(self, code: str) -> str:
        """The label of a code."""
        return dict(zip(self.codebook["code"], self.codebook["label"], strict=True))[code]


CODER_TABLES = ("claims", "codings", "omissions")


TYPES = ("string", "integer")


REVIEW = "review"  # a column of claims.csv that drafts have until a person has read them


def coder_schema(resource: dict) -> dict:
    """A table's schema without the columns that are only filled when codings are settled."""
    schema = resource["schema"]
    fields = [f for f in schema["fields"] if f["name"] != "said_at"]
    keys = [k for k in schema.get("foreignKeys", []) if k["fields"] != ["said_at"]]
    return {**resource, "schema": {**schema, "fields": fields, "foreignKeys": keys}}
