"""Compute once what the same rows give."""

import copy
import functools
import hashlib
from collections.abc import Callable

import pandas as pd

from helpers.corpus.model import Corpus


def fingerprint(corpus: Corpus) -> str:
    """A digest of all articles and rows, by which what was computed from the same rows is known again."""
    tables = [t for t in corpus if isinstance(t, pd.DataFrame)]
    tables += [t for own in corpus.independent.values() for t in own.values()]
    digest = hashlib.sha256("\0".join([*corpus.independent, *corpus.texts, *corpus.texts.values()]).encode())
    for table in tables:
        for name, column in table.items():
            cells = column.to_numpy()
            raw = "\0".join(map(str, cells)).encode() if cells.dtype == object else cells.tobytes()
            digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return digest.hexdigest()


def once(function: Callable[[Corpus], pd.DataFrame]) -> Callable[[Corpus], pd.DataFrame]:
    """Remember what a function gave for the last corpus, as long as its rows are the same."""
    known: dict[str, pd.DataFrame] = {}

    @functools.wraps(function)
    def remembered(corpus: Corpus) -> pd.DataFrame:
        key = fingerprint(corpus)
        if key not in known:
            known.clear()
            known[key] = function(corpus)
        lists = {c: known[key][c].map(copy.copy) for c in known[key] if known[key][c].dtype == object}
        return known[key].assign(**lists)

    return remembered
