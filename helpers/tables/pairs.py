"""Which spans of two codings belong together."""

import numpy as np
import pandas as pd


def match(claims_a: pd.DataFrame, claims_b: pd.DataFrame, overlap: float = 0.5) -> pd.DataFrame:
    """Pair the spans of two coders one to one, the largest overlap first.

    Parameters
    ----------
    overlap : float
        The least share of characters in both spans among those in either, above 0 to 1.

    Returns
    -------
    DataFrame
        claim_a, claim_b, overlap, in the order of `claims_a`. Between equal overlaps the same
        level goes first, then the earlier start.
    """
    columns = ["claim_id", "source_id", "start", "end", "level"]
    both = claims_a[columns].merge(claims_b[columns], on="source_id", suffixes=("_a", "_b"))
    shared = np.minimum(both["end_a"], both["end_b"]) - np.maximum(both["start_a"], both["start_b"])
    either = (both["end_a"] - both["start_a"]) + (both["end_b"] - both["start_b"]) - shared
    both = both.assign(overlap=shared / either, other=both["level_a"] != both["level_b"])
    both = both[(shared > 0) & (both["overlap"] >= overlap)]
    keys = ["overlap", "other", "start_a", "start_b", "claim_id_a", "claim_id_b"]
    both = both.sort_values(keys, ascending=[False, True, True, True, True, True])
    used_a, used_b, rows = set(), set(), []
    for a, b, share in zip(both["claim_id_a"], both["claim_id_b"], both["overlap"], strict=True):
        if a not in used_a and b not in used_b:
            used_a.add(a)
            used_b.add(b)
            rows.append((a, b, share))
    order = {c: i for i, c in enumerate(claims_a["claim_id"])}
    rows.sort(key=lambda r: order[r[0]])
    return pd.DataFrame(rows, columns=["claim_a", "claim_b", "overlap"])
