"""Tests of the discourse network measures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.exchange import network

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

AFFILIATION_KINDS = ("ignore", "subtract", "combine")
AFFILIATION_NORMS = ("no", "activity", "prominence")
RELATION_KINDS = ("ignore", "congruence", "conflict", "subtract")
RELATION_NORMS = ("no", "average", "jaccard", "dna-cosine", "cosine")
DUPLICATES = ("include", "document")

AFFILIATION_CALLS = [
    (kind, normalise, duplicates)
    for kind, normalise, duplicates in itertools.product(
        AFFILIATION_KINDS, AFFILIATION_NORMS, DUPLICATES
    )
    if kind != "combine" or normalise == "no"
]
RELATION_CALLS = list(itertools.product(RELATION_KINDS, RELATION_NORMS, DUPLICATES))

Row = tuple[str, str, str, str]  # actor, concept, stance, document


def frame(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "concept", "stance", "document"], dtype=object)


# The counts x_ijk of the example, as (rejects, supports):
#            Tax     Wind    Gas     a_i
#   Anna    (0, 2)  (1, 1)  (0, 0)    4
#   Ben     (1, 1)  (0, 1)  (0, 0)    3
#   Cem     (3, 0)  (0, 0)  (0, 1)    4
#   Dora    (0, 0)  (0, 0)  (2, 0)    2
#   sum_ik     7       3       3     13
# In d1 Anna supports Tax twice, and both supports and rejects Wind; in d3 Cem rejects Tax twice.
EXAMPLE = frame(
    ("Cem", "Tax", "rejects", "d3"),
    ("Anna", "Tax", "supports", "d1"),
    ("Anna", "Tax", "supports", "d1"),
    ("Dora", "Gas", "rejects", "d2"),
    ("Anna", "Wind", "supports", "d1"),
    ("Ben", "Wind", "supports", "d1"),
    ("Anna", "Wind", "rejects", "d1"),
    ("Ben", "Tax", "supports", "d1"),
    ("Ben", "Tax", "rejects", "d2"),
    ("Cem", "Tax", "rejects", "d3"),
    ("Cem", "Tax", "rejects", "d4"),
    ("Cem", "Gas", "supports", "d4"),
    ("Dora", "Gas", "rejects", "d3"),
)
ACTORS = ["Anna", "Ben", "Cem", "Dora"]
CONCEPTS = ["Gas", "Tax", "Wind"]


def two_mode(values: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(np.array(values), index=ACTORS, columns=CONCEPTS)


def pairs(ab: float, ac: float, ad: float, bc: float, bd: float, cd: float) -> pd.DataFrame:
    values = [[0, ab, ac, ad], [ab, 0, bc, bd], [ac, bc, 0, cd], [ad, bd, cd, 0]]
    return pd.DataFrame(np.array(values), index=ACTORS, columns=ACTORS)


# Hand-worked examples: affiliation


def test_affiliation_ignore_counts_statements_of_either_stance() -> None:
    # Anna: Gas 0, Tax 0+2, Wind 1+1; Ben: Tax 1+1, Wind 0+1; Cem: Gas 0+1, Tax 3+0; Dora: Gas 2+0
    expected = two_mode([[0, 2, 2], [0, 2, 1], [1, 3, 0], [2, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE), expected)


def test_affiliation_subtract_is_supports_minus_rejects() -> None:
    # Anna: Tax 2-0, Wind 1-1; Ben: Tax 1-1, Wind 1-0; Cem: Gas 1-0, Tax 0-3; Dora: Gas 0-2
    expected = two_mode([[0, 2, 0], [0, 0, 1], [1, -3, 0], [-2, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "subtract"), expected)


def test_affiliation_combine_codes_none_supports_rejects_and_both() -> None:
    # Anna: Gas none 0, Tax supports 1, Wind both 3; Ben: Tax both 3, Wind supports 1;
    # Cem: Gas supports 1, Tax rejects 2; Dora: Gas rejects 2
    expected = two_mode([[0, 1, 3], [0, 3, 1], [1, 2, 0], [2, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "combine"), expected)


def test_affiliation_activity_divides_by_the_gross_count_of_the_actor() -> None:
    # a: Anna 4, Ben 3, Cem 4, Dora 2
    expected = two_mode([[0, 2 / 4, 2 / 4], [0, 2 / 3, 1 / 3], [1 / 4, 3 / 4, 0], [2 / 2, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "ignore", "activity"), expected)
    # Anna's Wind is (1 - 1) / 4, and her Tax 2 / 4 although her net statements are only 2
    expected = two_mode([[0, 2 / 4, 0], [0, 0, 1 / 3], [1 / 4, -3 / 4, 0], [-2 / 2, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "subtract", "activity"), expected)


def test_affiliation_prominence_divides_by_the_gross_count_of_the_concept() -> None:
    # sum_ik: Gas 1+2 = 3, Tax 2+2+3 = 7, Wind 2+1 = 3
    expected = two_mode([[0, 2 / 7, 2 / 3], [0, 2 / 7, 1 / 3], [1 / 3, 3 / 7, 0], [2 / 3, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "ignore", "prominence"), expected)
    expected = two_mode([[0, 2 / 7, 0], [0, 0, 1 / 3], [1 / 3, -3 / 7, 0], [-2 / 3, 0, 0]])
    pd.testing.assert_frame_equal(network.affiliation(EXAMPLE, "subtract", "prominence"), expected)


def test_affiliation_counts_once_per_document_on_request() -> None:
    # ignore, by (document, actor, concept): Anna Tax d1 = 1, Wind d1 = 1 (both stances, once);
    # Ben Tax d1, d2 = 2, Wind d1 = 1; Cem Tax d3, d4 = 2, Gas d4 = 1; Dora Gas d2, d3 = 2
    expected = two_mode([[0, 1, 1], [0, 2, 1], [1, 2, 0], [2, 0, 0]])
    actual = network.affiliation(EXAMPLE, "ignore", duplicates="document")
    pd.testing.assert_frame_equal(actual, expected)
    # the divisors too: a = 2, 3, 3, 2
    expected = two_mode([[0, 1 / 2, 1 / 2], [0, 2 / 3, 1 / 3], [1 / 3, 2 / 3, 0], [2 / 2, 0, 0]])
    actual = network.affiliation(EXAMPLE, "ignore", "activity", "document")
    pd.testing.assert_frame_equal(actual, expected)


def test_affiliation_keeps_opposite_stances_in_one_document_apart_unless_ignored() -> None:
    # subtract, by (document, actor, concept, stance): Anna Tax 1-0, Wind 1-1 = 0 with a = 3;
    # Ben Tax 1-1, Wind 1-0 with a = 3; Cem Gas 1-0, Tax 0-2 with a = 3; Dora Gas 0-2 with a = 2
    expected = two_mode([[0, 1 / 3, 0], [0, 0, 1 / 3], [1 / 3, -2 / 3, 0], [-2 / 2, 0, 0]])
    actual = network.affiliation(EXAMPLE, "subtract", "activity", "document")
    pd.testing.assert_frame_equal(actual, expected)
    # combine: Anna's Wind in d1 is still both
    assert network.affiliation(EXAMPLE, "combine", duplicates="document").loc["Anna", "Wind"] == 3


# Hand-worked examples: relation


def test_relation_ignore_multiplies_the_counts_of_each_concept() -> None:
    # rows (Gas, Tax, Wind): Anna 0 2 2, Ben 0 2 1, Cem 1 3 0, Dora 2 0 0
    # AB 2*2 + 2*1 = 6; AC 2*3 = 6; AD 0; BC 2*3 = 6; BD 0; CD 1*2 = 2
    pd.testing.assert_frame_equal(network.relation(EXAMPLE), pairs(6, 6, 0, 6, 0, 2))


def test_relation_congruence_multiplies_the_counts_of_equal_stances() -> None:
    # AB Tax 2*1 + Wind supports 1*1 + Wind rejects 1*0 = 3; AC Tax 2*0 + 0*3 = 0; AD 0;
    # BC Tax rejects 1*3 = 3; BD 0; CD Gas 1*0 + 0*2 = 0
    actual = network.relation(EXAMPLE, "congruence")
    pd.testing.assert_frame_equal(actual, pairs(3, 0, 0, 3, 0, 0))


def test_relation_conflict_multiplies_the_counts_of_opposite_stances() -> None:
    # AB Tax 2*1 (Ben rejects) + Wind 1*1 (Anna rejects) = 3; AC Tax 2*3 = 6; AD 0;
    # BC Tax 1*3 = 3; BD 0; CD Gas 1*2 = 2
    actual = network.relation(EXAMPLE, "conflict")
    pd.testing.assert_frame_equal(actual, pairs(3, 6, 0, 3, 0, 2))


def test_relation_subtract_is_congruence_minus_conflict() -> None:
    # AB 3-3; AC 0-6; BC 3-3; CD 0-2
    actual = network.relation(EXAMPLE, "subtract")
    pd.testing.assert_frame_equal(actual, pairs(0, -6, 0, 0, 0, -2))


def test_relation_average_divides_by_the_mean_activity_of_the_pair() -> None:
    # a = 4, 3, 4, 2: AB 3 / 3.5; BC 3 / 3.5
    actual = network.relation(EXAMPLE, "congruence", "average")
    pd.testing.assert_frame_equal(actual, pairs(3 / 3.5, 0, 0, 3 / 3.5, 0, 0))
    # AC -6 / 4; CD -2 / 3
    actual = network.relation(EXAMPLE, "subtract", "average")
    pd.testing.assert_frame_equal(actual, pairs(0, -6 / 4, 0, 0, 0, -2 / 3))


def test_relation_jaccard_divides_by_the_unshared_and_the_multiplied_shared_counts() -> None:
    # over (concept, stance); what one has and the other lacks, plus the products of the shared:
    # AB Anna alone Wind- 1, Ben alone Tax- 1, shared Tax+ 2*1 + Wind+ 1*1 = 3: 1 + 1 + 3 = 5
    # AC Anna alone 4, Cem alone 4: 8
    # BC Ben alone Tax+ 1 + Wind+ 1 = 2, Cem alone Gas+ 1, shared Tax- 1*3 = 3: 2 + 1 + 3 = 6
    # CD Cem alone 4, Dora alone 2: 6
    actual = network.relation(EXAMPLE, "congruence", "jaccard")
    pd.testing.assert_frame_equal(actual, pairs(3 / 5, 0, 0, 3 / 6, 0, 0))
    # the same divisors whatever the kind
    actual = network.relation(EXAMPLE, "conflict", "jaccard")
    pd.testing.assert_frame_equal(actual, pairs(3 / 5, 6 / 8, 0, 3 / 6, 0, 2 / 6))
    actual = network.relation(EXAMPLE, "ignore", "jaccard")
    pd.testing.assert_frame_equal(actual, pairs(6 / 5, 6 / 8, 0, 6 / 6, 0, 2 / 6))


def test_relation_dna_cosine_divides_by_the_product_of_the_activities() -> None:
    # a = 4, 3, 4, 2: AB 6 / 12; AC 6 / 16; BC 6 / 12; CD 2 / 8
    actual = network.relation(EXAMPLE, "ignore", "dna-cosine")
    pd.testing.assert_frame_equal(actual, pairs(6 / 12, 6 / 16, 0, 6 / 12, 0, 2 / 8))


def test_relation_cosine_divides_by_the_norms_of_the_vectors_of_the_kind() -> None:
    # ignore, (Gas, Tax, Wind): squared norms A 4+4 = 8, B 4+1 = 5, C 1+9 = 10, D 4
    actual = network.relation(EXAMPLE, "ignore", "cosine")
    expected = pairs(
        6 / math.sqrt(40), 6 / math.sqrt(80), 0, 6 / math.sqrt(50), 0, 2 / math.sqrt(40)
    )
    pd.testing.assert_frame_equal(actual, expected)
    # with stances: A 4+1+1 = 6, B 1+1+1 = 3, C 9+1 = 10, D 4
    actual = network.relation(EXAMPLE, "conflict", "cosine")
    expected = pairs(
        3 / math.sqrt(18), 6 / math.sqrt(60), 0, 3 / math.sqrt(30), 0, 2 / math.sqrt(40)
    )
    pd.testing.assert_frame_equal(actual, expected)
    # net: A (0, 2, 0) 4, B (0, 0, 1) 1, C (1, -3, 0) 10, D (-2, 0, 0) 4
    actual = network.relation(EXAMPLE, "subtract", "cosine")
    pd.testing.assert_frame_equal(actual, pairs(0, -6 / math.sqrt(40), 0, 0, 0, -2 / math.sqrt(40)))


def test_relation_counts_once_per_document_on_request() -> None:
    # ignore, by (document, actor, concept): Anna 0 1 1, Ben 0 2 1, Cem 1 2 0, Dora 2 0 0
    # AB 1*2 + 1*1 = 3; AC 1*2 = 2; BC 2*2 = 4; CD 1*2 = 2
    actual = network.relation(EXAMPLE, duplicates="document")
    pd.testing.assert_frame_equal(actual, pairs(3, 2, 0, 4, 0, 2))
    # congruence, the stance being part of the key: Anna Tax (0, 1), Wind (1, 1); Ben as before;
    # Cem Tax (2, 0): AB 1*1 + 1*1 = 2; BC 1*2 = 2; with a = 3, 3, 3, 2 the averages are 3
    actual = network.relation(EXAMPLE, "congruence", "average", "document")
    pd.testing.assert_frame_equal(actual, pairs(2 / 3, 0, 0, 2 / 3, 0, 0))


def test_relation_ignore_jaccard_per_document_keeps_the_support_of_a_contradiction() -> None:
    contradiction = [("A", "x", "rejects", "d1"), ("A", "x", "supports", "d1")]
    statements = frame(*contradiction, ("B", "x", "supports", "d1"))
    # A counts once, as supports: shared 1*1, nobody alone; 1*1 / 1
    # (were the rejection kept, both would be alone: 1*1 / 2)
    for ordered in (statements, statements[::-1]):
        assert network.relation(ordered, "ignore", "jaccard", "document").loc["A", "B"] == 1


# What holds for every frame


labels = st.sampled_from(["a", "b", "c", "d"])
frames = st.lists(
    st.tuples(
        labels,
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from(["supports", "rejects"]),
        st.sampled_from(["d1", "d2"]),
    ),
    max_size=25,
).map(lambda rows: frame(*rows))


def kept(statements: pd.DataFrame, kind: str, duplicates: str) -> list[Row]:
    """Transcribe the rule on duplicates."""
    rows = list(statements[["actor", "concept", "stance", "document"]].itertuples(index=False))
    if duplicates == "include":
        return rows
    if kind != "ignore":
        return list(dict.fromkeys(rows))
    result: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        key = (row.document, row.actor, row.concept)
        if key not in result or row.stance == "supports":
            result[key] = row
    return list(result.values())


def counts(statements: pd.DataFrame, kind: str, duplicates: str) -> dict[tuple[str, str, int], int]:
    x = {
        (i, j, k): 0
        for i in set(statements["actor"])
        for j in set(statements["concept"])
        for k in (0, 1)
    }
    for actor, concept, stance, _ in kept(statements, kind, duplicates):
        x[actor, concept, 1 if stance == "supports" else 0] += 1
    return x


def slow_affiliation(
    statements: pd.DataFrame, kind: str, normalise: str, duplicates: str
) -> pd.DataFrame:
    """Transcribe the formulas, one cell at a time."""
    actors, concepts = sorted(set(statements["actor"])), sorted(set(statements["concept"]))
    x = counts(statements, kind, duplicates)
    result = pd.DataFrame(0.0, index=actors, columns=concepts)
    for i in actors:
        for j in concepts:
            if kind == "ignore":
                value = x[i, j, 0] + x[i, j, 1]
            elif kind == "subtract":
                value = x[i, j, 1] - x[i, j, 0]
            else:
                value = {
                    (False, False): 0,
                    (False, True): 1,
                    (True, False): 2,
                    (True, True): 3,
                }[x[i, j, 0] > 0, x[i, j, 1] > 0]
            divisor = 1
            if normalise == "activity":
                divisor = sum(x[i, other, k] for other in concepts for k in (0, 1))
            elif normalise == "prominence":
                divisor = sum(x[other, j, k] for other in actors for k in (0, 1))
            result.loc[i, j] = value / divisor if divisor else 0
    return result


def slow_relation(
    statements: pd.DataFrame, kind: str, normalise: str, duplicates: str
) -> pd.DataFrame:
    """Transcribe the formulas, one pair at a time."""
    actors, concepts = sorted(set(statements["actor"])), sorted(set(statements["concept"]))
    x = counts(statements, kind, duplicates)
    both = (0, 1)

    def gross(i: str, j: str) -> int:
        return x[i, j, 0] + x[i, j, 1]

    def net(i: str, j: str) -> int:
        return x[i, j, 1] - x[i, j, 0]

    def norm(i: str) -> float:
        if kind == "ignore":
            return math.sqrt(sum(gross(i, j) ** 2 for j in concepts))
        if kind == "subtract":
            return math.sqrt(sum(net(i, j) ** 2 for j in concepts))
        return math.sqrt(sum(x[i, j, k] ** 2 for j in concepts for k in both))

    result = pd.DataFrame(0.0, index=actors, columns=actors)
    for a, b in itertools.permutations(actors, 2):
        congruence = sum(x[a, j, k] * x[b, j, k] for j in concepts for k in both)
        conflict = sum(x[a, j, k] * x[b, j, 1 - k] for j in concepts for k in both)
        value = {
            "ignore": sum(gross(a, j) * gross(b, j) for j in concepts),
            "congruence": congruence,
            "conflict": conflict,
            "subtract": congruence - conflict,
        }[kind]
        active_a = sum(x[a, j, k] for j in concepts for k in both)
        active_b = sum(x[b, j, k] for j in concepts for k in both)
        divisor: float = 1
        if normalise == "average":
            divisor = (active_a + active_b) / 2
        elif normalise == "jaccard":
            m10 = sum(x[a, j, k] for j in concepts for k in both if x[b, j, k] == 0)
            m01 = sum(x[b, j, k] for j in concepts for k in both if x[a, j, k] == 0)
            m11 = sum(x[a, j, k] * x[b, j, k] for j in concepts for k in both)
            divisor = m10 + m01 + m11
        elif normalise == "dna-cosine":
            divisor = active_a * active_b
        elif normalise == "cosine":
            divisor = norm(a) * norm(b)
        result.loc[a, b] = value / divisor if divisor else 0
    return result


def assert_same(actual: pd.DataFrame, expected: pd.DataFrame) -> None:
    assert list(actual.index) == list(expected.index)
    assert list(actual.columns) == list(expected.columns)
    np.testing.assert_allclose(actual.to_numpy(), expected.to_numpy(), rtol=1e-12, atol=0)


@pytest.mark.parametrize(("kind", "normalise", "duplicates"), AFFILIATION_CALLS)
@settings(max_examples=8, deadline=None)
@given(statements=frames)
def test_affiliation_equals_its_formula_written_out_as_loops(
    kind: str, normalise: str, duplicates: str, statements: pd.DataFrame
) -> None:
    actual = network.affiliation(statements, kind, normalise, duplicates)
    assert_same(actual, slow_affiliation(statements, kind, normalise, duplicates))


@pytest.mark.parametrize(("kind", "normalise", "duplicates"), RELATION_CALLS)
@settings(max_examples=8, deadline=None)
@given(statements=frames)
def test_relation_equals_its_formula_written_out_as_loops_and_is_exactly_symmetric(
    kind: str, normalise: str, duplicates: str, statements: pd.DataFrame
) -> None:
    actual = network.relation(statements, kind, normalise, duplicates)
    assert_same(actual, slow_relation(statements, kind, normalise, duplicates))
    values = actual.to_numpy()
    assert np.array_equal(values, values.T)
    assert not np.diag(values).any()


@settings(deadline=None)
@given(statements=frames)
def test_congruence_and_conflict_add_up_to_ignore(statements: pd.DataFrame) -> None:
    total = network.relation(statements, "congruence") + network.relation(statements, "conflict")
    pd.testing.assert_frame_equal(total, network.relation(statements, "ignore"))


@pytest.mark.parametrize("duplicates", DUPLICATES)
@pytest.mark.parametrize("normalise", RELATION_NORMS[:-1])
@settings(max_examples=8, deadline=None)
@given(statements=frames)
def test_subtract_is_the_difference_of_the_normalised_congruence_and_conflict(
    normalise: str, duplicates: str, statements: pd.DataFrame
) -> None:
    congruence = network.relation(statements, "congruence", normalise, duplicates)
    conflict = network.relation(statements, "conflict", normalise, duplicates)
    actual = network.relation(statements, "subtract", normalise, duplicates)
    pd.testing.assert_frame_equal(actual, congruence - conflict, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("kind", RELATION_KINDS)
@settings(deadline=None)
@given(statements=frames)
def test_true_cosine_stays_within_one(kind: str, statements: pd.DataFrame) -> None:
    values = network.relation(statements, kind, "cosine").to_numpy()
    assert (np.abs(values) <= 1 + 1e-12).all()


def test_true_cosine_of_equal_actors_is_exactly_one_and_the_dna_cosine_is_not() -> None:
    said = [("x", "supports"), ("x", "supports"), ("y", "rejects"), ("z", "rejects")]
    statements = frame(*[(i, j, stance, "d1") for i in "AB" for j, stance in said])
    # 2*2 + 1*1 + 1*1 = 6; the squared norm is 4+1+1 = 6, so 6 / 6; but a = 4, so 6 / 16
    for kind in ("ignore", "congruence", "subtract"):
        assert network.relation(statements, kind, "cosine").loc["A", "B"] == 1
    assert network.relation(statements, "congruence", "dna-cosine").loc["A", "B"] == 6 / 16


def test_true_cosine_of_an_actor_whose_statements_cancel_out_is_zero() -> None:
    # A's net vector is 1-1 = 0, of norm 0
    statements = frame(
        ("A", "x", "supports", "d1"), ("A", "x", "rejects", "d1"), ("B", "x", "supports", "d1")
    )
    assert network.relation(statements, "subtract", "cosine").loc["A", "B"] == 0


def test_zeros_carry_no_minus_sign() -> None:
    # net: A -1, B 0, C 1 on x, so A and B have -1 * 0
    statements = frame(
        ("A", "x", "rejects", "d1"),
        ("B", "x", "rejects", "d1"),
        ("B", "x", "supports", "d1"),
        ("C", "x", "supports", "d1"),
    )
    for normalise in RELATION_NORMS:
        values = network.relation(statements, "subtract", normalise).to_numpy()
        assert not np.signbit(values[values == 0]).any()


# Shape, labels and types


def every_call() -> list[Callable[[pd.DataFrame], pd.DataFrame]]:
    calls = [(network.affiliation, options) for options in AFFILIATION_CALLS]
    calls += [(network.relation, options) for options in RELATION_CALLS]
    return [lambda s, f=f, options=options: f(s, *options) for f, options in calls]


def test_row_order_is_irrelevant() -> None:
    shuffled = [EXAMPLE[::-1], EXAMPLE.sample(frac=1, random_state=1)]
    for call in every_call():
        for statements in shuffled:
            pd.testing.assert_frame_equal(call(statements), call(EXAMPLE))


def test_input_is_left_unchanged() -> None:
    statements = EXAMPLE.copy(deep=True)
    for call in every_call():
        call(statements)
        pd.testing.assert_frame_equal(statements, EXAMPLE)


def test_result_does_not_share_its_values_with_a_later_one() -> None:
    for call in every_call():
        first = call(EXAMPLE)
        first.iloc[:, :] = 99
        assert not (call(EXAMPLE) == 99).any(axis=None)


def test_other_columns_and_the_row_labels_are_ignored() -> None:
    more = EXAMPLE.assign(date=None, weight=np.nan).set_index(pd.Index([0] * len(EXAMPLE)))
    for call in every_call():
        pd.testing.assert_frame_equal(call(more), call(EXAMPLE))


def test_document_column_is_needed_only_to_count_per_document() -> None:
    bare = EXAMPLE.drop(columns="document")
    pd.testing.assert_frame_equal(network.relation(bare), network.relation(EXAMPLE))
    gaps = EXAMPLE.assign(document=None)
    pd.testing.assert_frame_equal(network.affiliation(gaps), network.affiliation(EXAMPLE))


def test_counts_are_integers_and_normalised_values_floats() -> None:
    for kind, normalise, duplicates in AFFILIATION_CALLS:
        wanted = np.int64 if normalise == "no" else np.float64
        assert (network.affiliation(EXAMPLE, kind, normalise, duplicates).dtypes == wanted).all()
    for kind, normalise, duplicates in RELATION_CALLS:
        wanted = np.int64 if normalise == "no" else np.float64
        assert (network.relation(EXAMPLE, kind, normalise, duplicates).dtypes == wanted).all()


def test_categorical_columns_are_sorted_by_label_without_unused_categories() -> None:
    statements = EXAMPLE.assign(
        actor=pd.Categorical(EXAMPLE["actor"], categories=["Zoe", *reversed(ACTORS)], ordered=True),
        concept=EXAMPLE["concept"].astype("category"),
        stance=EXAMPLE["stance"].astype("category"),
        document=EXAMPLE["document"].astype("category"),
    )
    for call in every_call():
        pd.testing.assert_frame_equal(call(statements), call(EXAMPLE))


def test_numbers_serve_as_labels_and_sort_as_numbers() -> None:
    statements = EXAMPLE.assign(
        actor=EXAMPLE["actor"].map(dict(zip(ACTORS, (2, 10, 1, 30), strict=True)))
    )
    actual = network.relation(statements, "conflict")
    assert actual.index.tolist() == actual.columns.tolist() == [1, 2, 10, 30]
    assert actual.loc[2, 1] == 6  # Anna and Cem


def test_one_actor_alone_has_no_relations() -> None:
    statements = frame(("A", "x", "supports", "d1"), ("A", "x", "supports", "d2"))
    for kind, normalise, duplicates in RELATION_CALLS:
        actual = network.relation(statements, kind, normalise, duplicates)
        assert actual.to_numpy().tolist() == [[0]]


def test_empty_frame_gives_an_empty_frame() -> None:
    for call in every_call():
        assert call(EXAMPLE.iloc[:0]).shape == (0, 0)
        assert call(pd.DataFrame(columns=["actor", "concept", "stance", "document"])).empty
    assert (network.relation(EXAMPLE.iloc[:0]).dtypes == np.int64).all()


def test_large_counts_are_exact() -> None:
    # 5001 * 5001 = 25,010,001, odd and above 2**24, so not a 32-bit float
    statements = pd.DataFrame({"actor": ["A", "B"] * 5001, "concept": "x", "stance": "supports"})
    assert network.relation(statements, "congruence").loc["A", "B"] == 25_010_001


# Errors


@pytest.mark.parametrize("function", [network.affiliation, network.relation])
@pytest.mark.parametrize("option", ["kind", "normalise", "duplicates"])
@pytest.mark.parametrize("value", ["Ignore", None, "yes"])
def test_unknown_option_is_named_with_the_known_ones(
    function: Callable[..., pd.DataFrame], option: str, value: object
) -> None:
    known = {
        (network.affiliation, "kind"): AFFILIATION_KINDS,
        (network.affiliation, "normalise"): AFFILIATION_NORMS,
        (network.relation, "kind"): RELATION_KINDS,
        (network.relation, "normalise"): RELATION_NORMS,
    }.get((function, option), DUPLICATES)
    with pytest.raises(ValueError) as error:
        function(EXAMPLE, **{option: value})
    expected = ", ".join(repr(name) for name in known)
    assert str(error.value) == f"{option}: unknown value {value!r}, expected one of {expected}"


@pytest.mark.parametrize("normalise", ["activity", "prominence"])
def test_combine_refuses_to_be_normalised(normalise: str) -> None:
    with pytest.raises(ValueError, match=f"normalise: '{normalise}' with kind='combine'.*'no'"):
        network.affiliation(EXAMPLE, "combine", normalise)


@pytest.mark.parametrize("function", [network.affiliation, network.relation])
def test_counting_per_document_without_documents_is_refused(
    function: Callable[..., pd.DataFrame],
) -> None:
    message = "column 'document' is missing, expected once for duplicates='document'"
    with pytest.raises(ValueError, match=message):
        function(EXAMPLE.drop(columns="document"), duplicates="document")


def test_missing_document_value_is_refused_when_counting_per_document() -> None:
    statements = EXAMPLE.assign(document=["d1", np.nan, *["d1"] * 11])
    with pytest.raises(ValueError, match="column 'document', row 1: value nan, expected no missi"):
        network.relation(statements, duplicates="document")


@pytest.mark.parametrize("function", [network.affiliation, network.relation])
def test_every_problem_of_the_frame_is_named_at_once(
    function: Callable[..., pd.DataFrame],
) -> None:
    statements = pd.DataFrame(
        {
            "actor": ["A", None, "B", "B", "C"],
            "stance": ["maybe", "supports", "Supports", "maybe", None],
        },
        index=["r1", "r2", "r3", "r4", "r5"],
        dtype=object,
    )
    with pytest.raises(ValueError) as error:
        function(statements, duplicates="document")
    assert str(error.value).splitlines() == [
        "the statements cannot be used:",
        "- column 'actor', row 'r2': value None, expected no missing value",
        "- column 'concept' is missing, expected once",
        "- column 'stance', row 'r5': value None, expected no missing value",
        "- column 'stance', rows 'r1', 'r4': value 'maybe', expected 'supports' or 'rejects'",
        "- column 'stance', row 'r3': value 'Supports', expected 'supports' or 'rejects'",
        "- column 'document' is missing, expected once for duplicates='document'",
    ]


def test_stances_coded_as_numbers_are_refused_with_a_message_that_stays_short() -> None:
    statements = EXAMPLE.assign(stance=1)
    with pytest.raises(ValueError) as error:
        network.relation(statements)
    rows = "rows 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 3 more"
    assert f"column 'stance', {rows}: value 1, expected" in str(error.value)


def test_rows_under_the_same_label_are_judged_apart() -> None:
    statements = EXAMPLE.assign(stance=["other", *EXAMPLE["stance"][1:]])
    statements.index = pd.Index([7] * len(statements))
    with pytest.raises(ValueError) as error:
        network.relation(statements)
    assert str(error.value).count("column") == 1
    assert "row 7: value 'other'" in str(error.value)


def test_column_that_is_there_twice_is_refused() -> None:
    statements = pd.concat([EXAMPLE, EXAMPLE[["actor"]]], axis=1)
    with pytest.raises(ValueError, match="column 'actor' is there 2 times, expected once"):
        network.affiliation(statements)


def test_frame_without_rows_still_needs_its_columns() -> None:
    with pytest.raises(ValueError, match="column 'stance' is missing"):
        network.relation(pd.DataFrame(columns=["actor", "concept"]))


# Size


@pytest.mark.slow
def test_a_hundred_thousand_statements_are_counted() -> None:
    random = np.random.default_rng(1)
    size = 100_000
    statements = pd.DataFrame(
        {
            "actor": [f"actor {i:03}" for i in random.integers(0, 500, size)],
            "concept": [f"concept {j:03}" for j in random.integers(0, 300, size)],
            "stance": random.choice(["supports", "rejects"], size),
            "document": [f"document {d}" for d in random.integers(0, 20_000, size)],
        }
    )
    for call in every_call():
        result = call(statements)
        assert result.shape in {(500, 300), (500, 500)}
