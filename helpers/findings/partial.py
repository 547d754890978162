"""Two codings on what both have read: not all articles, and of a coding in part not all of one."""

import pandas as pd

from helpers.corpus import Corpus, quotes

Extent = dict[str, list[tuple[int, int]]]  # the paragraphs of an article


def both(corpus: Corpus, one: str, two: str) -> tuple[dict, dict]:
    """The tables of two coders, cut to the articles of both and to what a coding in part reaches.

    A coding in part reaches to the paragraphs in which it has a mark.
    """
    a, b = corpus.independent[one], corpus.independent[two]
    read = _articles(a) & _articles(b)
    a, b = (_kept(t, t["claims"][t["claims"]["source_id"].isin(read)]) for t in (a, b))
    if one in corpus.partial:
        b = _cut(b, _extent(corpus, a))
    if two in corpus.partial:
        a = _cut(a, _extent(corpus, b))
    return a, b


def read_by(corpus: Corpus, words: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """The words of the articles that a coding in part reaches; of two whole ones all."""
    for coder in (c for c in (one, two) if c in corpus.partial):
        words = _within(words, _extent(corpus, corpus.independent[coder]))
    return words


def _articles(tables: dict[str, pd.DataFrame]) -> set[str]:
    """The articles in which a coder has marked anything."""
    return set(tables["claims"]["source_id"]) | set(tables["omissions"]["source_id"])


def _extent(corpus: Corpus, tables: dict[str, pd.DataFrame]) -> Extent:
    """The paragraphs of each article in which a coder has marked anything."""
    marks = pd.concat([tables["claims"], tables["omissions"]])
    found: Extent = {}
    for source, mine in marks.groupby("source_id"):
        spans = list(zip(mine["start"], mine["end"], strict=True))
        every = (p.span() for p in quotes.LINE.finditer(corpus.texts[str(source)]))
        found[str(source)] = [p for p in every if _meets(p, spans)]
    return found


def _within(table: pd.DataFrame, extent: Extent) -> pd.DataFrame:
    columns = table[["source_id", "start", "end"]].itertuples(index=False)
    inside = [_meets((a, b), extent.get(s, [])) for s, a, b in columns]
    # a Series, for pandas takes an empty list for a choice of columns
    return table[pd.Series(inside, table.index, dtype=bool)]


def _meets(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in others)


def _cut(tables: dict[str, pd.DataFrame], extent: Extent) -> dict[str, pd.DataFrame]:
    return _kept(tables, _within(tables["claims"], extent))


def _kept(tables: dict[str, pd.DataFrame], claims: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables of a coder with some of the claims, and their codings alone."""
    codings = tables["codings"]
    codings = codings[codings["claim_id"].isin(claims["claim_id"])]
    return {**tables, "claims": claims, "codings": codings}
