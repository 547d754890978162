"""Claims and codings, one row a mark, with quote and speaker."""

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.english import listed
from helpers.corpus.model import remembered
from helpers.corpus.names import told_apart
from helpers.corpus.schema import NONE, REJECTS, SUPPORTS

OF_CLAIM = [
    "claim_id",
    "source_id",
    "outlet",
    "speaker_id",
    "speaker",
    "voice",
    "position",
    "modality",
    "target",
    "utterance_id",
    "quote",
]


@remembered
def claims(corpus: Corpus) -> pd.DataFrame:
    """All claims with names for ids, their codes in words, and the sentence around each.

    Returns
    -------
    DataFrame
        The columns of claims.csv and outlet, speaker, codes (tuple of ids), stances (tuple),
        before and after (what stands around the quote in its sentence).
    """
    table = _in_context(corpus.whole)
    if corpus.whole is not corpus:
        chosen = table["claim_id"].isin(corpus.claims["claim_id"])
        table = table[chosen].reset_index(drop=True)
    codings = corpus.codings
    place = pd.Index(corpus.codebook["code"]).get_indexer(codings["code"])
    codings = codings.take(np.argsort(place, kind="stable"))
    # lists are gone through more quickly than columns
    claim_ids, codes_, stances_ = (codings[c].tolist() for c in ("claim_id", "code", "stance"))
    codes: dict[str, list[str]] = {c: [] for c in table["claim_id"].tolist()}
    stances: dict[str, list[str]] = {c: [] for c in codes}
    for claim, code, stance in zip(claim_ids, codes_, stances_, strict=True):
        codes[claim].append(code)
        stances[claim].append(stance)
    return table.assign(
        codes=list(map(tuple, codes.values())),
        stances=list(map(tuple, stances.values())),
        before=table.pop("before"),
        after=table.pop("after"),
    )


@remembered
def _in_context(corpus: Corpus) -> pd.DataFrame:
    """All claims with outlet, speaker, and what stands before and after them in the sentence."""
    table = corpus.claims
    before = np.full(len(table), "", dtype=object)
    after = before.copy()
    starts, ends = table["start"].to_numpy(), table["end"].to_numpy()
    for source, rows in table.groupby("source_id", sort=False).indices.items():
        text = corpus.texts[source]
        sentences = np.array(quotes.sentences(text)).reshape(-1, 2)
        # the last sentence that begins by the start, and the first that ends from the end on
        first = sentences[:, 0].searchsorted(starts[rows], "right") - 1
        last = sentences[:, 1].searchsorted(ends[rows], "left")
        for row, one, two in zip(rows, first, last, strict=True):
            start, end = starts[row], ends[row]
            low = sentences[one, 0] if one >= 0 else start
            high = sentences[two, 1] if two < len(sentences) else end
            before[row] = text[low:start].lstrip("\n\t •‣-*")
            after[row] = text[end:high].rstrip("\n")
    return table.assign(
        outlet=table["source_id"].map(corpus.outlets),
        speaker=table["speaker_id"].map(corpus.names),
        before=before,
        after=after,
    )


def coded(corpus: Corpus, *facets: str, target: str | None = None) -> pd.DataFrame:
    """Codings of some facets as marks.

    Returns
    -------
    DataFrame
        One row per coding: claim_id, source_id, outlet, speaker_id, speaker, voice, position,
        modality, target, utterance_id, quote, code, label, facet, stance, certainty, note; in
        the order of the codebook, then of the texts.
    """
    book = corpus.codebook[corpus.codebook["facet"].isin(facets)]
    about = claims(corpus)
    if target is not None:
        about = about[about["target"] == target]
    codings = corpus.codings
    code = pd.Index(book["code"]).get_indexer(codings["code"])
    claim = pd.Index(about["claim_id"]).get_indexer(codings["claim_id"])
    rows = np.flatnonzero((code >= 0) & (claim >= 0))
    rows = rows[np.lexsort((claim[rows], code[rows]))]
    book = book.assign(label=book["code"].map(corpus.labels))
    parts = (
        about[OF_CLAIM].take(claim[rows]),
        book[["code", "label", "facet"]].take(code[rows]),
        codings[["stance", "certainty", "note"]].take(rows),
    )
    return pd.concat([part.reset_index(drop=True) for part in parts], axis=1)


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
    """Claims on the main target, if there is one, for which nobody but the outlet answers."""
    table = claims(corpus)
    table = table[table["attribution"] == NONE]
    if corpus.main_target is not None:
        table = table[table["target"] == corpus.main_target]
    return table.reset_index(drop=True)


def sides(corpus: Corpus, supports: list[str], rejects: list[str]) -> pd.DataFrame:
    """Claims that assert one of some codes or reject one of others, each once.

    Strongest first: the best of each code, quoted speech before paraphrase, then the second best
    of each, and so on.
    """
    marks = coded(corpus, *corpus.codebook["facet"].unique())
    asserted = marks["code"].isin(supports) & (marks["stance"] == SUPPORTS)
    denied = marks["code"].isin(rejects) & (marks["stance"] == REJECTS)
    order = list(corpus.codebook.loc[corpus.codebook["facet"] == "voice", "code"])
    marks = marks[asserted | denied]
    marks = marks.assign(rank=marks["voice"].map(order.index)).sort_values("rank", kind="stable")
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
    marks = across_facets(coded(corpus, *(facets or ("framing", "aim", "label"))))
    columns = {"speaker": "actor", "label": "concept", "stance": "stance", "source_id": "document"}
    return marks[list(columns)].rename(columns=columns)


def across_facets(marks: pd.DataFrame) -> pd.DataFrame:
    """Codings whose labels tell codes of several facets apart."""
    codes = marks.drop_duplicates("code").set_index("code")
    labels = told_apart(codes["label"].to_dict(), codes["facet"].to_dict())
    return marks.assign(label=marks["code"].map(labels))


def by(corpus: Corpus, marks: pd.DataFrame) -> str:
    """Who speaks, in words, with the article that has it; of the outlet's own voice that alone."""
    own = dict(zip(corpus.sources["source_id"], corpus.sources["outlet_id"], strict=True))
    pairs = marks.drop_duplicates(["source_id", "speaker_id"])
    columns = ("source_id", "speaker_id", "speaker", "outlet")
    names = [
        outlet if own[source] == who else f"{speaker} (in {outlet})"
        for source, who, speaker, outlet in zip(*(pairs[c] for c in columns), strict=True)
    ]
    return listed(names)
