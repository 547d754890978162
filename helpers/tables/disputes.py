"""Which side of a dispute a coding takes, and in which words."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.colours import NEUTRAL
from helpers.corpus.model import remembered
from helpers.corpus.schema import DISPUTE, REJECTS, SIDE, STANCES
from helpers.tables.coded_claims import coded
from helpers.tables.speech import PERSON


@remembered
def sides_taken(corpus: Corpus) -> pd.DataFrame:
    """The side that each stance on a code takes: of a denial, the opposite one where there is one.

    Returns
    -------
    DataFrame
        code, stance, dispute, side, colour; in the order of the codebook.
    """
    book = corpus.codebook.set_index("code")
    rows = []
    for code, r in book[(book["side"] != "") & (book["facet"] != SIDE)].iterrows():
        for stance in STANCES:
            opposite = book.at[r["side"], "opposite_of"]
            side = opposite if stance == REJECTS and opposite else r["side"]
            rows.append((code, stance, r["dispute"], side, book.at[side, "colour"]))
    return pd.DataFrame(rows, columns=["code", "stance", "dispute", "side", "colour"])


def disputes(corpus: Corpus) -> dict[str, str]:
    """Labels of the disputes of a corpus by id, in the order of the codebook."""
    labels = corpus.labels
    return {c: labels[c] for c in corpus.codebook.loc[corpus.codebook["facet"] == DISPUTE, "code"]}


def sides_of(corpus: Corpus, dispute: str) -> pd.DataFrame:
    """The sides in a dispute: code, label, colour, marker."""
    book = corpus.codebook
    own = book[(book["facet"] == SIDE) & (book["dispute"] == dispute)]
    return own[["code", "label", "colour", "marker"]].reset_index(drop=True)


def disputed(corpus: Corpus) -> pd.DataFrame:
    """Codings that take a side, with the words that take it; those of one claim once a side.

    Of several codings by which one claim takes a side the one in most words stands.

    Returns
    -------
    DataFrame
        The columns of `coded`, words, dispute, side, colour; in the order of the texts.
    """
    facets = corpus.codebook["facet"].unique()
    marks = coded(corpus, *facets).merge(sides_taken(corpus), on=["code", "stance"])
    said = corpus.codings[["claim_id", "code", "words"]]
    marks = marks.merge(said, on=["claim_id", "code"], how="left")
    marks["words"] = marks["words"].where(marks["words"] != "", marks["quote"])
    place = pd.Index(corpus.claims["claim_id"]).get_indexer(marks["claim_id"])
    marks = marks.assign(place=place, long=-marks["words"].str.len())
    marks = marks.sort_values(["place", "long"], kind="stable")
    once = marks.drop_duplicates(["claim_id", "dispute", "side"])
    return once.drop(columns=["place", "long"]).reset_index(drop=True)


def outside(corpus: Corpus) -> pd.DataFrame:
    """Persons whom an article names or reports and who take no side in any dispute.

    Returns
    -------
    DataFrame
        source_id, speaker_id, speaker, role, claim_id (that gives the office, else the first that
        names the person, else the person's first), heard (bool: whether words of that person's
        stand in an article, chosen or not).
    """
    names, spoken = corpus.names, set(corpus.whole.claims["speaker_id"])
    claims = corpus.claims[["claim_id", "source_id", "speaker_id"]]
    said = claims.rename(columns={"speaker_id": "actor_id"})
    named = corpus.mentions.merge(claims.drop(columns="speaker_id"), on="claim_id")
    named = pd.concat([named, said])
    named = named[~named["actor_id"].isin(disputed(corpus)["speaker_id"])]
    persons = corpus.actors[corpus.actors["kind"] == PERSON]
    rows = []
    for r in persons.itertuples():
        own = named[named["actor_id"] == r.actor_id]
        if len(own):
            gives = own[own["claim_id"] == r.role_claim]
            claim, source = (gives if len(gives) else own).iloc[0][["claim_id", "source_id"]]
            rows.append(
                (source, r.actor_id, names[r.actor_id], r.role, claim, r.actor_id in spoken)
            )
    columns = ["source_id", "speaker_id", "speaker", "role", "claim_id", "heard"]
    return pd.DataFrame(rows, columns=columns)


def inks(corpus: Corpus) -> list[str]:
    """The colour of each row of the codebook: its own, its side's, or the neutral one."""
    sides = corpus.codebook.set_index("code")["colour"].to_dict()
    columns = (corpus.codebook[c] for c in ("colour", "side"))
    return [own or sides.get(side, "") or NEUTRAL for own, side in zip(*columns, strict=True)]
