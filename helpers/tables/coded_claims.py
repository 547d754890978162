"""Claims and codings, one row a mark, with quote and speaker."""

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.model import remembered


@remembered
def claims(corpus: Corpus) -> pd.DataFrame:
    """All claims with names for ids, their codes in words, and the sentence around each.

    Returns
    -------
    DataFrame
        The columns of claims.csv and outlet, speaker, codes (tuple of ids), stances (tuple),
        before and after (what stands around the quote in its sentence).
    """
    table = corpus.claims.copy()
    names = corpus.actors.set_index("actor_id")["name"]
    outlets = corpus.sources.set_index("source_id")["outlet_id"].map(names)
    order = {code: i for i, code in enumerate(corpus.codebook["code"])}
    by_claim = corpus.codings.sort_values("code", key=lambda s: s.map(order)).groupby("claim_id")
    codes, stances = (by_claim[c].agg(tuple).to_dict() for c in ("code", "stance"))
    sentences = {s: quotes.sentence_spans(t) for s, t in corpus.texts.items()}
    context = [
        _context(corpus.texts[r.source_id], sentences[r.source_id], r.start, r.end)
        for r in table.itertuples()
    ]
    return table.assign(
        outlet=table["source_id"].map(outlets),
        speaker=table["speaker_id"].map(names),
        codes=[codes.get(c, ()) for c in table["claim_id"]],
        stances=[stances.get(c, ()) for c in table["claim_id"]],
        before=[b for b, _ in context],
        after=[a for _, a in context],
    )


def _context(text: str, sentences: list[tuple[int, int]], start: int, end: int) -> tuple[str, str]:
    low = max((a for a, _ in sentences if a <= start), default=start)
    high = min((b for _, b in sentences if b >= end), default=end)
    return text[low:start].lstrip("\n\t •‣-*"), text[end : max(high, end)].rstrip("\n")


def coded(corpus: Corpus, *facets: str, target: str | None = None) -> pd.DataFrame:
    """Codings of some facets as marks.

    Returns
    -------
    DataFrame
        One row per coding: claim_id, source_id, outlet, speaker_id, speaker, voice, position,
        modality, target, utterance_id, quote, code, label, facet, stance, certainty, note; in
        the order of the codebook, then of the texts.
    """
    book = corpus.codebook[corpus.codebook["facet"].isin(facets)][["code", "label", "facet"]]
    codings = corpus.codings[["claim_id", "code", "stance", "certainty", "note"]]
    of_claim = ["claim_id", "source_id", "outlet", "speaker_id", "speaker", "voice", "position", "modality", "target", "utterance_id", "quote"]  # fmt: skip
    marks = book.merge(codings, on="code").merge(claims(corpus)[of_claim], on="claim_id")
    marks = marks if target is None else marks[marks["target"] == target]
    keys = book.reset_index(drop=True).reset_index().set_index("code")["index"]
    place = {c: i for i, c in enumerate(corpus.claims["claim_id"])}
    marks = marks.assign(a=marks["code"].map(keys), b=marks["claim_id"].map(place)).sort_values(
        ["a", "b"]
    )
    return marks[[*of_claim, "code", "label", "facet", "stance", "certainty", "note"]].reset_index(
        drop=True
    )


def without_opposites(corpus: Corpus, marks: pd.DataFrame) -> pd.DataFrame:
    """Drop a code's coding on a claim that carries its opposite as well: one question, once."""
    opposite = {
        c: o
        for c, o in zip(corpus.codebook["code"], corpus.codebook["opposite_of"], strict=True)
        if o
    }
    first = {c: i for i, c in enumerate(corpus.codebook["code"])}
    held = set(zip(marks["claim_id"], marks["code"], strict=True))
    again = [
        (claim, opposite.get(code, "")) in held and first[opposite[code]] < first[code]
        for claim, code in zip(marks["claim_id"], marks["code"], strict=True)
    ]
    return marks[~np.array(again, dtype=bool)].reset_index(drop=True)


def bare(corpus: Corpus) -> pd.DataFrame:
    """Claims about events and aims for which nobody but the outlet answers, with their codes."""
    table = claims(corpus)
    return table[(table["attribution"] == "none") & (table["target"] == "pact")].reset_index(
        drop=True
    )


def sides(corpus: Corpus, supports: list[str], rejects: list[str]) -> pd.DataFrame:
    """Claims that assert one of some codes or reject one of others, each once.

    Strongest first: the best of each code, quoted speech before paraphrase, then the second best
    of each, and so on.
    """
    marks = coded(corpus, *corpus.codebook["facet"].unique())
    on = (marks["code"].isin(supports) & (marks["stance"] == "supports")) | (
        marks["code"].isin(rejects) & (marks["stance"] == "rejects")
    )
    order = list(corpus.codebook.loc[corpus.codebook["facet"] == "voice", "code"])
    marks = (
        marks[on].assign(rank=marks["voice"].map(order.index)).sort_values("rank", kind="stable")
    )
    marks = marks.drop_duplicates("claim_id")
    best = marks.groupby(["code", "stance"], sort=False).cumcount()
    return (
        marks.assign(best=best)
        .sort_values(["best", "rank"], kind="stable")
        .drop(columns=["best", "rank"])
        .reset_index(drop=True)
    )


def statements(corpus: Corpus, *facets: str) -> pd.DataFrame:
    """Codings as statements for `helpers.network`: actor, concept, stance, document.

    Facets that say what is stood for by default: framings, aims and labels.
    """
    marks = coded(corpus, *(facets or ("framing", "aim", "label")))
    columns = {"speaker": "actor", "label": "concept", "stance": "stance", "source_id": "document"}
    return marks[list(columns)].rename(columns=columns)


def by(marks: pd.DataFrame) -> str:
    pairs = marks.drop_duplicates(["outlet", "speaker"])
    names = [
        s if s == o else f"{s} (in {o})"
        for s, o in zip(pairs["speaker"], pairs["outlet"], strict=True)
    ]
    return ", ".join(names) or "nobody"
