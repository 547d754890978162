"""What persons have checked of what a finding rests on."""

from collections.abc import Collection

from helpers.corpus import Corpus
from helpers.corpus.english import plural
from helpers.corpus.schema import DISAGREES, UNSURE
from helpers.tables import checked


def checked_words(corpus: Corpus, claims: Collection[str]) -> str:
    """Who has checked some claims and how it came out, in a sentence; "" where nobody has."""
    mine = corpus.reviews[corpus.reviews["claim_id"].isin(list(claims))]
    if mine.empty:
        return ""
    verdicts = list(checked(corpus, claims)["verdict"])
    people = mine["reviewer"].nunique()
    who = "a person" if people == 1 else f"{people} persons"
    also = f", {verdicts.count(UNSURE)} unsure" if UNSURE in verdicts else ""
    return (
        f"Checked by {who}: {len(verdicts)} of {plural(len(set(claims)), 'claim')}, "
        f"{plural(verdicts.count(DISAGREES), 'disagreement')}{also}."
    )


def reviewed(corpus: Corpus) -> str:
    """Whether any person has reviewed the coding, as the end of a sentence."""
    words = checked_words(corpus, corpus.claims["claim_id"])
    if words:
        return words[0].lower() + words[1:]
    coded = (corpus.coders["kind"] == "human").any()
    return "a person has coded it too." if coded else "no human has reviewed it."
