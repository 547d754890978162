"""What persons have checked of the coding."""

from collections.abc import Collection

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.schema import AGREES, DISAGREES, UNSURE


def checked(corpus: Corpus, claims: Collection[str]) -> pd.DataFrame:
    """The claims that somebody has checked, each once.

    Returns
    -------
    DataFrame
        claim_id, verdict: disagree where anybody disagrees, else unsure where anybody is unsure.
    """
    mine = corpus.reviews[corpus.reviews["claim_id"].isin(list(claims))]
    order = {DISAGREES: 0, UNSURE: 1, AGREES: 2}
    worst = mine.sort_values("verdict", key=lambda s: s.map(order), kind="stable")
    return worst.drop_duplicates("claim_id")[["claim_id", "verdict"]].reset_index(drop=True)
