"""Agreement: spans apart from codes, worked by hand, and never a number where there is none.

For N pairs, n = 2N values, D pairs that disagree and n_c uses of category c:
alpha = 1 - (n - 1) * 2D / (n**2 - sum n_c**2).
"""

import dataclasses

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.findings import agreement
from helpers.findings.agreement import (
    RELIABLE,
    alpha,
    attributes,
    certainty,
    closed_form,
    codes,
    interval,
    one_flip,
    unitizing,
    verdict,
)
from helpers.tables import match

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=40)


def claims(*rows):
    return pd.DataFrame(rows, columns=["claim_id", "source_id", "start", "end", "level"])


def codings(*rows):
    return pd.DataFrame(rows, columns=["claim_id", "code", "stance"])


def test_alpha_of_the_published_example():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: 12 units, D = 3; uses
    # a 4, b 6, c 6, d 6, e 2: alpha = 1 - 23 * 6 / (576 - 128) = 155/224 = .692.
    value = alpha("aabbdcccedda", "babbbccceddd")
    assert value == pytest.approx(155 / 224)
    assert verdict(value) == "tentative"


def test_an_alpha_of_exactly_eight_tenths_is_reliable():
    # N = 11, n = 22, D = 1, uses 7 and 15: alpha = 1 - 21 * 2 / (484 - 49 - 225) = .8.
    assert verdict(alpha("xxxx" + "y" * 7, "xxxy" + "y" * 7)) == "reliable"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.667, "tentative"), (2 / 3, "below the usual bar"), (None, "undefined"), (1.0, "reliable")],
)
def test_the_bars_in_words(value, words):
    assert verdict(value) == words


def test_of_a_code_on_fewer_than_five_claims_nothing_is_said():
    assert verdict(1.0, 4) == "fewer than 5 claims"
    assert verdict(1.0, 5) == "reliable"


def test_the_lower_bound_of_the_interval_decides_the_word():
    """Two of forty pairs apart: alpha itself is above the bar, its lower bound is not."""
    a, b = ["x"] * 6 + ["y"] * 34, ["x"] * 5 + ["y"] * 33 + ["x", "y"]
    a_claims = claims(*((f"a{i}", "s", i, i + 1, "primary") for i in range(40)))
    row = attributes(
        pd.DataFrame({"claim_a": a_claims["claim_id"], "claim_b": a_claims["claim_id"]}),
        a_claims.assign(voice=a),
        a_claims.assign(voice=b),
        ["voice"],
    ).iloc[0]
    assert row["alpha"] > RELIABLE > row["low"]
    assert row["verdict"] != "reliable"


def test_certainty_is_compared_over_codings_that_both_gave():
    pairs = pd.DataFrame({"claim_a": ["a", "b"], "claim_b": ["c", "d"]})
    sure = pd.DataFrame(
        [("a", "x", "sure"), ("a", "y", "sure"), ("b", "x", "arguable")],
        columns=["claim_id", "code", "certainty"],
    )
    other = pd.DataFrame(
        [("c", "x", "arguable"), ("d", "x", "arguable"), ("d", "z", "sure")],
        columns=["claim_id", "code", "certainty"],
    )
    row = certainty(pairs, sure, other).iloc[0]
    assert (row["pairs"], row["agree"], row["attribute"]) == (2, 1, "certainty")


@pytest.mark.parametrize(("a", "b"), [([], []), (["x"], ["x"]), ("xxxx", "xxxx")])
def test_with_one_category_alpha_is_undefined_and_neither_0_nor_1(a, b):
    assert alpha(a, b) is None
    assert interval(a, b)["low"] is None


@given(PAIRS)
def test_perfect_agreement_is_one(pairs):
    a = [x for x, _ in pairs]
    assert alpha(a, a) == (1.0 if len(set(a)) > 1 else None)


@given(PAIRS, st.permutations("pqrst"))
def test_renamed_labels_and_swapped_coders_change_nothing(pairs, names):
    a, b = zip(*pairs, strict=True)
    value = alpha(a, b)
    for first, second in ((b, a), ([names[x] for x in a], [names[y] for y in b])):
        assert (
            alpha(first, second) == pytest.approx(value)
            if value is not None
            else alpha(first, second) is None
        )
    assert interval(b, a, draws=50) == interval(a, b, draws=50)


@given(PAIRS)
def test_the_closed_form_is_the_package(pairs):
    values = np.array(pairs).T
    kinds, counts = np.unique(np.sort(values, axis=0), axis=1, return_counts=True)
    value = closed_form(counts[None, :], kinds)[0]
    if len(np.unique(values)) < 2:
        assert np.isnan(value)
    else:
        assert value == pytest.approx(
            krippendorff.alpha(
                reliability_data=values.astype(float), level_of_measurement="nominal"
            )
        )


def test_the_interval_counts_the_draws_it_leaves_out():
    bounds = interval("x" * 19 + "y", "x" * 19 + "y", draws=400)
    # The one y is missed by a draw with probability .95 ** 20 = .358.
    assert 90 < bounds["undefined_draws"] < 200
    assert (bounds["low"], bounds["high"]) == (1.0, 1.0)


def test_a_rare_code_falls_from_one_with_a_single_flip():
    # 9 absent and 1 present in both: alpha 1. After the flip D = 1, n = 20, uses 19 and 1:
    # alpha = 1 - 19 * 2 / (400 - 361 - 1) = 0.
    a = ["supports"] + ["absent"] * 9
    assert alpha(a, a) == 1.0
    assert one_flip(a, a) == pytest.approx(0.0)


def test_spans_are_paired_one_to_one_best_overlap_first():
    a = claims(
        ("a1", "s", 0, 10, "primary"), ("a2", "s", 10, 20, "primary"), ("a3", "t", 0, 5, "primary")
    )
    b = claims(
        ("b1", "s", 0, 8, "primary"), ("b2", "s", 0, 10, "nested"), ("b3", "s", 16, 20, "primary")
    )
    # a1-b2 overlap wholly, so b1 (8 of 10) stays alone; a2-b3 share 4 of 10, below a half.
    found = match(a, b)
    assert found.values.tolist() == [["a1", "b2", 1.0]]
    assert list(match(a, b, 0.4)["claim_b"]) == ["b2", "b3"]


def test_between_equal_overlaps_the_same_level_goes_first():
    a = claims(("a1", "s", 0, 10, "nested"))
    b = claims(("b1", "s", 0, 10, "primary"), ("b2", "s", 0, 10, "nested"))
    assert list(match(a, b)["claim_b"]) == ["b2"]


def test_unitizing_by_hand():
    words = pd.DataFrame(
        [("s", 5 * k, 5 * k + 4) for k in range(4)], columns=["source_id", "start", "end"]
    )
    a, b = (
        claims(("a1", "s", 0, 9, "primary"), ("a2", "s", 10, 14, "nested")),
        claims(("b1", "s", 0, 14, "primary")),
    )
    table = unitizing(a, b, words).set_index("measure")["value"]
    # Spans 9 of 14 characters: a pair. F1 = 2 * 1 / 3. Words inside: 2 and 3 of 4, D = 1, n = 8,
    # uses 5 and 3: alpha = 1 - 7 * 2 / (64 - 25 - 9) = 16/30. Both begin at the first word.
    assert table["F1 of the spans"] == pytest.approx(2 / 3)
    assert table["alpha per word, inside a primary span or not"] == pytest.approx(16 / 30)
    assert table["alpha per word, a primary span begins or not"] == 1.0


def test_opposite_stances_are_no_agreement():
    pairs = pd.DataFrame({"claim_a": ["a", "c"], "claim_b": ["b", "d"]})
    table = codes(
        pairs, codings(("a", "x", "supports")), codings(("b", "x", "rejects")), ["x", "y"]
    ).set_index("code")
    assert tuple(table.loc["x", ["of the one", "of the other", "both", "agree"]]) == (1, 1, 1, 1)
    assert table.loc["y", "verdict"] == "undefined"


def test_every_difference_is_listed_once():
    a = claims(("a1", "s", 0, 10, "primary"), ("a2", "s", 20, 30, "primary")).assign(
        voice=["direct", "outlet"]
    )
    b = claims(("b1", "s", 0, 10, "primary"), ("b2", "s", 40, 50, "primary")).assign(
        voice=["indirect", "outlet"]
    )
    table = agreement.disagreements(
        match(a, b),
        a,
        b,
        codings(("a1", "x", "supports")),
        codings(("b1", "y", "rejects")),
        ["voice"],
    )
    assert table["what"].tolist() == [
        "voice",
        "code x",
        "code y",
        "a claim of its own",
        "a claim of its own",
    ]
    assert table[["value_a", "value_b"]].values.tolist() == [
        ["direct", "indirect"],
        ["supports", "absent"],
        ["absent", "rejects"],
        ["yes", "no"],
        ["no", "yes"],
    ]


def test_the_projects_codings_can_be_compared(corpus):
    from helpers.corpus import quotes

    one, two = (corpus.independent[c] for c in corpus.coders["coder_id"].head(2))
    pairs = match(one["claims"], two["claims"])
    assert pairs["claim_a"].is_unique
    assert pairs["claim_b"].is_unique
    assert len(unitizing(one["claims"], two["claims"], quotes.words(corpus.texts)))
    voice = agreement.attributes(pairs, one["claims"], two["claims"], ["voice"]).iloc[0]
    assert voice["agree"] <= voice["pairs"] == len(pairs)


def test_an_article_that_a_coder_never_saw_is_no_difference(corpus):
    one, two = list(corpus.independent)[:2]
    own = corpus.independent[two]
    unseen = own["claims"]["source_id"].iloc[-1]
    less = {n: t[t["source_id"] != unseen] if "source_id" in t else t for n, t in own.items()}
    less["codings"] = own["codings"][own["codings"]["claim_id"].isin(less["claims"]["claim_id"])]
    coders = {**corpus.independent, two: less}
    fewer = dataclasses.replace(corpus, independent=coders, memo={})
    pair = f"{one} and {two}"
    every, found = (t[t["coders"] == pair] for t in map(agreement.differences, (corpus, fewer)))
    seen = every[every["source_id"] != unseen]
    assert list(found["quote"]) == list(seen["quote"])
    spans = agreement.of_spans(fewer).set_index("measure")[pair]
    assert spans["spans of the one"] == (coders[one]["claims"]["source_id"] != unseen).sum()
