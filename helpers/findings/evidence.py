"""Every claim as rows of evidence, which measures pick and count."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.model import remembered


class View(NamedTuple):
    """Rows of evidence, which of them count (variants x rows), and what is counted once."""

    rows: pd.DataFrame
    keep: np.ndarray
    unit: str = "claim_id"


class Groups(NamedTuple):
    """Counts per group (variants x groups), with the groups' names."""

    names: list[str]
    counts: np.ndarray


# Evidence


@remembered
def evidence(corpus: Corpus) -> pd.DataFrame:
    """Every claim as rows of evidence.

    Returns
    -------
    DataFrame
        claim_id, source_id, speaker_id, voice, attribution, position, level, target, utterance
        (the utterance, or the claim where it is its own), kind (code, event, mention, words),
        value (a code, event, actor or ""), facet (of a code, or the kind of an actor), stance,
        certainty, weight (1, or a number of words).
    """
    claims = corpus.claims
    events = claims.loc[claims["event_id"] != "", ["claim_id", "event_id"]]
    events = events.rename(columns={"event_id": "value"}).assign(
        kind="event", facet="event", weight=1
    )
    mentions = corpus.mentions[["claim_id", "actor_id"]].rename(columns={"actor_id": "value"})
    kinds = corpus.actors.set_index("actor_id")["kind"]
    mentions = mentions.assign(kind="mention", facet=mentions["value"].map(kinds), weight=1)
    count = quotes.coverage(corpus.texts, claims, corpus.omissions)["claim_id"].value_counts()
    words = claims[["claim_id"]].assign(
        value="", kind="words", facet="", weight=claims["claim_id"].map(count).fillna(0).astype(int)
    )
    other = _of_claims(pd.concat([events, mentions, words]).assign(stance="", certainty=""), claims)
    return pd.concat([coded(claims, corpus.codings, corpus.codebook), other], ignore_index=True)


def coded(claims: pd.DataFrame, codings: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """The rows of `evidence` that are codings."""
    codes = codings[["claim_id", "code", "stance", "certainty"]].rename(columns={"code": "value"})
    facets = codebook.set_index("code")["facet"]
    return _of_claims(codes.assign(kind="code", facet=codes["value"].map(facets), weight=1), claims)


def _of_claims(rows: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    columns = [
        "claim_id",
        "source_id",
        "speaker_id",
        "voice",
        "attribution",
        "position",
        "level",
        "target",
    ]
    utterance = claims["utterance_id"].where(claims["utterance_id"] != "", claims["claim_id"])
    return rows.merge(claims[columns].assign(utterance=utterance), on="claim_id", how="left")


def as_it_stands(corpus: Corpus) -> View:
    """All evidence, in one variant."""
    rows = evidence(corpus)
    return View(rows, np.ones((1, len(rows)), dtype=bool))


def pick(view: View, **where: str | list[str]) -> np.ndarray:
    """Rows of evidence with these values (a list: any of them), as a mask."""
    mask = np.ones(len(view.rows), dtype=bool)
    for column, wanted in where.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        mask &= view.rows[column].isin(values).to_numpy()
    return mask


def tally(view: View, where: np.ndarray, by: str | None) -> Groups:
    """Count units per group (None: all in one): a unit counts once in a group, words by their number."""
    at = np.flatnonzero(where)
    if not at.size:
        return Groups([], np.zeros((len(view.keep), 0), dtype=int))
    words = view.rows["kind"].to_numpy()[at[0]] == "words"
    values = view.rows[by].to_numpy()[at] if by else np.zeros(len(at), dtype=int)
    group, names = pd.factorize(values, sort=True)
    unit = pd.factorize(view.rows["claim_id" if words else view.unit].to_numpy()[at])[0]
    order = np.lexsort((unit, group))
    group, unit, at = group[order], unit[order], at[order]
    weights = view.keep[:, at] * view.rows["weight"].to_numpy()[at]
    new = np.r_[True, (group[1:] != group[:-1]) | (unit[1:] != unit[:-1])]
    once = np.maximum.reduceat(weights, np.flatnonzero(new), axis=1)
    heads = group[new]
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    return Groups(list(names), np.add.reduceat(once, starts, axis=1))


def total(view: View, where: np.ndarray) -> np.ndarray:
    """Count units, one number per variant."""
    counts = tally(view, where, None).counts
    return counts[:, 0] if counts.shape[1] else np.zeros(len(view.keep), dtype=int)


def aligned(*groups: Groups) -> tuple[list[str], list[np.ndarray]]:
    """The same groups for all, 0 where one has none."""
    names = sorted({n for g in groups for n in g.names})
    out = []
    for g in groups:
        counts = np.zeros((len(g.counts), len(names)), dtype=int)
        counts[:, [names.index(n) for n in g.names]] = g.counts
        out.append(counts)
    return names, out


def some(groups: np.ndarray) -> np.ndarray:
    """Whether any group is true, one per variant."""
    return np.logical_or.reduce(groups, axis=1)
