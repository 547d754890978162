"""A corpus never changes; a selection of it is consistent, and says what was chosen."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus.model import CERTAINTY, CHOSEN_BY, remembered


def values(corpus, column):
    if column == CERTAINTY:
        return ["sure", "arguable"]
    return sorted(set(corpus.claims[column]) - {""})


@pytest.fixture(scope="module")
def choices(corpus):
    """A strategy of selections."""
    columns = [*CHOSEN_BY, CERTAINTY]
    one = st.sampled_from(columns).flatmap(
        lambda c: st.tuples(
            st.sampled_from([c, f"not_{c}"]),
            st.lists(st.sampled_from(values(corpus, c)), max_size=3),
        )
    )
    return st.lists(one, max_size=3).map(dict)


def test_any_selection_is_consistent_and_composes_with_what_is_left(corpus, choices):
    @given(choices)
    def check(wanted):
        seen = corpus.where(**wanted)
        kept = set(seen.claims["claim_id"])
        for name, given_ in wanted.items():
            column = name.removeprefix("not_")
            if column == CERTAINTY:
                assert set(seen.codings[column]) <= set(given_) or name.startswith("not_")
                assert not (name.startswith("not_") and set(seen.codings[column]) & set(given_))
            else:
                inside = seen.claims[column].isin(given_)
                assert (~inside if name.startswith("not_") else inside).all()
        assert kept <= set(corpus.claims["claim_id"])
        for table in (seen.codings, seen.mentions):
            assert set(table["claim_id"]) <= kept
        assert set(seen.claims["source_id"]) | set(seen.omissions["source_id"]) <= set(seen.texts)
        assert set(seen.texts) == set(seen.sources["source_id"])
        assert set(seen.claims["event_id"]) - {""} <= set(seen.events["event_id"])
        whole = len(seen.claims) == len(corpus.claims) and len(seen.codings) == len(corpus.codings)
        assert whole == (seen.selection == "")
        assert seen.whole is corpus

    check()


def test_codings_and_mentions_follow_their_claims_and_events_and_omissions_their_article(corpus):
    source = corpus.sources["source_id"].iloc[0]
    seen = corpus.where(source_id=source)
    mine = corpus.claims[corpus.claims["source_id"] == source]
    assert set(seen.codings["claim_id"]) <= set(mine["claim_id"])
    assert set(seen.omissions["source_id"]) == {source}
    assert 0 < len(seen.events) < len(corpus.events)
    quoted = corpus.where(voice="direct")
    assert len(quoted.events) == len(corpus.events)
    assert set(quoted.texts) == set(corpus.texts)


def test_certainty_drops_codings_and_no_claims(corpus):
    sure = corpus.where(certainty="sure")
    assert len(sure.claims) == len(corpus.claims)
    assert set(sure.codings["certainty"]) == {"sure"}


def test_a_selection_says_in_words_what_was_chosen(corpus):
    voice = corpus.claims["voice"].iloc[0]
    label = corpus.labels[voice]
    assert corpus.where(voice=voice).selection == f"only {label}"
    assert corpus.where(not_voice=voice).selection == f"without {label}"
    assert (
        corpus.where(not_position="headline", voice=voice).selection
        == f"without the headline, only {label}"
    )
    assert corpus.where(voice=[]).selection == "only nothing"
    assert corpus.where(voice=None).selection == corpus.where().selection == ""
    everyone = list(dict.fromkeys(corpus.claims["voice"]))
    assert corpus.where(voice=everyone).selection == ""


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"vioce": "direct"}, "did you mean voice?"),
        ({"not_nothing": "direct"}, "there are claim_id, source_id"),
        ({"voice": "dirct"}, "did you mean direct?"),
        ({"speaker_id": ["nobody-at-all-here"]}, "there are "),
    ],
)
def test_a_choice_that_is_none_is_named_with_the_nearest(corpus, wanted, said):
    with pytest.raises(ValueError, match=r"nothing has|no column") as error:
        corpus.where(**wanted)
    assert said in str(error.value)


def test_an_edit_of_a_table_stays_outside_and_nothing_of_a_corpus_is_set(corpus):
    before = corpus.claims
    mine = corpus.claims
    mine.loc[0, "quote"] = "something else"
    mine["new"] = 1
    assert corpus.claims.equals(before)
    with pytest.raises(dataclasses.FrozenInstanceError):
        corpus.texts = {}


def test_a_replaced_table_takes_what_hangs_on_it_along(corpus):
    fewer = corpus.replaced(claims=corpus.claims.iloc[5:])
    gone = set(corpus.claims["claim_id"].iloc[:5])
    assert not gone & set(fewer.codings["claim_id"])
    assert not gone & set(fewer.mentions["claim_id"])
    assert len(corpus.replaced(codings=corpus.codings.iloc[:3]).codings) == 3
    with pytest.raises(ValueError, match="no table codigns"):
        corpus.replaced(codigns=corpus.codings)


def test_what_is_computed_is_remembered_in_the_corpus_and_forgotten_with_it(corpus):
    calls = []

    @remembered
    def counted(given, factor=1):
        calls.append(factor)
        return len(given.claims) * factor

    own = corpus.replaced()
    assert counted(own) == counted(own) == len(corpus.claims)
    assert counted(own, 2) == 2 * len(corpus.claims)
    assert counted(corpus.replaced()) == len(corpus.claims)
    assert calls == [1, 2, 1]
