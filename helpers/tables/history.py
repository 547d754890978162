"""Events in time, with the claims that tell of them."""

import pandas as pd

from helpers.corpus import Corpus


def timeline(corpus: Corpus) -> pd.DataFrame:
    """Events with their bounds, the claims that tell of them and the claims said at them.

    Returns
    -------
    DataFrame
        The columns of events.csv, earliest, latest, precision, words, told_in and said_in
        (lists of claim ids); dated events first, then the rest.
    """
    events = corpus.events.copy()
    for column, claims in (("told_in", "event_id"), ("said_in", "said_at")):
        about: dict[str, list[str]] = {event: [] for event in events["event_id"]}
        linked = corpus.claims[corpus.claims[claims] != ""]
        for event, claim in zip(linked[claims], linked["claim_id"], strict=True):
            about.setdefault(event, []).append(claim)
        events[column] = [about[event] for event in events["event_id"]]
    dated = events["date"] != ""
    first = [e.isoformat() if e else "9999" for e in events["earliest"]]
    events = events.assign(dated=~dated, first=first).sort_values(["dated", "first"], kind="stable")
    return events.drop(columns=["dated", "first"]).reset_index(drop=True)
