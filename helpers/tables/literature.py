"""What is stated of each criterion of the definitions in the literature."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.schema import ARGUABLE, REJECTS, SUPPORTS, SURE
from helpers.tables.coded_claims import by, coded


def criteria(corpus: Corpus) -> pd.DataFrame:
    """What is stated of each criterion of each definition.

    Returns
    -------
    DataFrame
        definition, criterion, counts as (needed, or one of several), state ("stated", "denied",
        "stated and denied" or "not stated"), certainty ("sure" if one coding at least is,
        "arguable", or "–"), by (speakers), voices, claims (list of ids), would count (what would
        have to stand in a text), reference.
    """
    book = corpus.codebook[corpus.codebook["facet"] == "criterion"]
    marks = coded(corpus, "criterion")
    labels, rows = corpus.labels, []
    for r in book.itertuples():
        mine = marks[marks["code"] == r.code]
        stances = set(mine["stance"])
        stated = [w for s, w in ((SUPPORTS, "stated"), (REJECTS, "denied")) if s in stances]
        state = " and ".join(stated) or "not stated"
        voices = ", ".join(dict.fromkeys(labels[v] for v in mine["voice"]))
        rows.append(
            (
                r.belongs_to,
                labels[r.code],
                r.counts_as,
                state,
                SURE if (mine["certainty"] == SURE).any() else ARGUABLE if len(mine) else "–",
                by(corpus, mine),
                voices or "–",
                list(mine["claim_id"]),
                r.include,
                r.reference,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "definition",
            "criterion",
            "counts as",
            "state",
            "certainty",
            "by",
            "voices",
            "claims",
            "would count",
            "reference",
        ],
    )


def definitions(corpus: Corpus) -> pd.DataFrame:
    """How far the texts go towards each definition, in counts and in words.

    Returns
    -------
    DataFrame
        definition, needed (criteria), of these stated, one of (alternatives), of these stated,
        arguable (stated ones whose every coding is arguable), in words.
    """
    rows = []
    for name, group in criteria(corpus).groupby("definition", sort=False):
        stated = group["state"].str.startswith("stated")
        needed, one_of = group["counts as"] == "needed", group["counts as"] == "one of"
        missing = [*group.loc[needed & ~stated, "criterion"]]
        if one_of.any() and not (one_of & stated).any():
            missing.append(f"any of {', '.join(group.loc[one_of, 'criterion'])}")
        words = f"not stated: {'; '.join(missing)}"
        if not missing:
            words = "all that is needed is stated somewhere, by somebody"
            words += (
                f", and {(one_of & stated).sum()} of {one_of.sum()} alternatives"
                if one_of.any()
                else ""
            )
        rows.append(
            (
                name,
                int(needed.sum()),
                int((needed & stated).sum()),
                int(one_of.sum()),
                int((one_of & stated).sum()),
                int((stated & (group["certainty"] == ARGUABLE)).sum()),
                words,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "definition",
            "needed",
            "needed and stated",
            "alternatives",
            "alternatives stated",
            "arguable",
            "in words",
        ],
    )
