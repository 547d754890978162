"""Passages that go together are coded alike, or a note says why not."""

import pytest
from conftest import run

from helpers import load, tables
from helpers.corpus.schema import REJECTS, SUPPORTS, SURE


def without_notes(corpus):
    return corpus.replaced(claims=corpus.claims.assign(note=""))


def pairs(corpus):
    return {frozenset((r.one, r.other)) for r in tables.parallels(corpus).itertuples()}


def test_the_settled_coding_has_none_and_says_why_where_no_code_fits(corpus):
    assert tables.parallels(corpus).empty
    assert tables.uncoded(corpus) == []


def test_a_note_on_one_of_two_is_enough(corpus):
    found = tables.parallels(without_notes(corpus))
    assert len(found)
    noted = set(corpus.claims.loc[corpus.claims["note"] != "", "claim_id"])
    assert all({r.one, r.other} & noted for r in found.itertuples())


def test_one_event_told_twice_with_another_target_is_found(corpus):
    claims = without_notes(corpus).claims
    coded = set(corpus.codings["claim_id"])
    told = claims[(claims["event_id"] != "") & claims["claim_id"].isin(coded)]
    one, other = next(
        tuple(g["claim_id"])[:2]
        for _, g in told.groupby("event_id")
        if g["target"].nunique() == 1 < len(g)
    )
    changed = claims.assign(target=claims["target"].where(claims["claim_id"] != one, "other"))
    found = tables.parallels(corpus.replaced(claims=changed))
    row = found[(found["one"] == one) & (found["other"] == other)].iloc[0]
    assert "target: other" in row["differs"]


@pytest.mark.slow
@pytest.mark.parametrize("column", ["stance", "certainty"])
def test_the_same_words_with_another_stance_or_certainty_are_found(corpus, column):
    """Words in a row that two claims on one target share, under a code that both carry."""
    bare, value = without_notes(corpus), {"stance": REJECTS, "certainty": "arguable"}[column]
    known, tried = pairs(bare), 0
    for claim, group in corpus.codings[corpus.codings["certainty"] == SURE].groupby("claim_id"):
        changed = corpus.codings.assign(
            **{column: corpus.codings[column].where(~corpus.codings.index.isin(group.index), value)}
        )
        new = pairs(bare.replaced(codings=changed)) - known
        tried += bool(new)
        assert all(claim in pair for pair in new)
    assert tried


@pytest.mark.slow
def test_a_denial_of_another_speaker_is_no_difference_in_coding(corpus):
    bare = without_notes(corpus)
    turned = bare.codings["stance"].map({SUPPORTS: REJECTS, REJECTS: SUPPORTS})
    speakers = bare.claims.set_index("claim_id")["speaker_id"]
    codings = bare.codings
    for claim in codings["claim_id"].unique():
        own = codings["claim_id"] == claim
        changed = bare.replaced(codings=codings.assign(stance=codings["stance"].mask(own, turned)))
        for r in tables.parallels(changed).itertuples():
            if SUPPORTS in r.differs and REJECTS in r.differs:
                assert speakers[r.one] == speakers[r.other]


def test_words_inside_a_nested_claim_and_names_are_not_compared(corpus):
    bare = without_notes(corpus)
    for r in tables.parallels(bare).itertuples():
        if r.shared not in set(corpus.events["event_id"]):
            first, second = r.shared.split()
            names = " ".join(corpus.actors["name"]).lower().split()
            assert first not in names
            assert second not in names


def test_check_notes_both_kinds_and_is_content(whole_copy):
    path = whole_copy / "data" / "claims.csv"
    corpus = load(whole_copy)
    noted = corpus.claims[corpus.claims["note"] != ""]
    text = path.read_text("utf-8")
    for note in noted["note"]:
        for written in (f'"{note}"', note):
            text = text.replace(f",{written}\n", ",\n")
    path.write_text(text, "utf-8")
    done = run("check", "--corpus", whole_copy)
    assert done.returncode == 0
    assert "go together" in done.stdout
    assert "carries no code" in done.stdout
