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
    told, said = (
        corpus.claims.groupby(c)["claim_id"].agg(list).to_dict() for c in ("event_id", "said_at")
    )
    events["told_in"] = [told.get(e, []) for e in events["event_id"]]
    events["said_in"] = [said.get(e, []) for e in events["event_id"]]
    dated = events["date"] != ""
    first = [e.isoformat() if e else "9999" for e in events["earliest"]]
    events = events.assign(dated=~dated, first=first).sort_values(["dated", "first"], kind="stable")
    return events.drop(columns=["dated", "first"]).reset_index(drop=True)
