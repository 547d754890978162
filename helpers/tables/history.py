"""Events in time, with the claims that tell of them."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.names import told_apart


def said_at(corpus: Corpus) -> pd.DataFrame:
    """Claims with the occasion of their utterance, "" where none is known."""
    said = dict(zip(corpus.utterances["utterance_id"], corpus.utterances["occasion"], strict=True))
    claims = corpus.claims
    return claims.assign(occasion=[said.get(u, "") for u in claims["utterance_id"]])


def event_names(corpus: Corpus) -> dict[str, str]:
    """Labels of events by id, each of one event alone."""
    columns = (corpus.whole.events.set_index("event_id")[c].to_dict() for c in ("label", "words"))
    return told_apart(*columns)


def timeline(corpus: Corpus) -> pd.DataFrame:
    """Events with their bounds, the claims that tell of them and the claims said at them.

    Returns
    -------
    DataFrame
        The columns of events.csv, earliest, latest, precision, words, told_in and said_in
        (lists of claim ids); dated events first, then the rest.
    """
    events = corpus.events
    events["label"] = events["event_id"].map(event_names(corpus))
    claims = said_at(corpus)
    for column, linked_by in (("told_in", "event_id"), ("said_in", "occasion")):
        about: dict[str, list[str]] = {event: [] for event in events["event_id"]}
        linked = claims[claims[linked_by] != ""]
        for event, claim in zip(linked[linked_by], linked["claim_id"], strict=True):
            about.setdefault(event, []).append(claim)
        events[column] = [about[event] for event in events["event_id"]]
    dated = events["date"] != ""
    first = [e.isoformat() if e else "9999" for e in events["earliest"]]
    events = events.assign(dated=~dated, first=first).sort_values(["dated", "first"], kind="stable")
    return events.drop(columns=["dated", "first"]).reset_index(drop=True)
