"""Differences are decided one at a time, without names, and written down with a reason."""

import random

import pytest
from conftest import rows, run

from helpers import load
from helpers.extend import settle
from helpers.findings import agreement

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone


def answers(monkeypatch, *given: str) -> list[str]:
    """Answer questions in turn, then end; the questions asked."""
    asked, left = [], iter(given)

    def ask(question=""):
        asked.append(question)
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", ask)
    return asked


@pytest.fixture
def unsettled(whole_copy):
    """A corpus of which no difference is settled."""
    path = whole_copy / "data" / "adjudication.csv"
    path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    return whole_copy


def differences(corpus):
    found = agreement.differences(corpus)
    return settle.undecided(corpus, found, *list(corpus.independent)[:2])


def test_what_is_settled_is_not_asked_again(whole_copy, monkeypatch):
    asked = answers(monkeypatch)
    done = run("settle", "--corpus", whole_copy)
    assert (done.returncode, asked) == (0, [])
    assert "0 of 0 open differences" in done.stdout


def test_each_difference_is_asked_once_and_each_choice_written_with_its_reason(
    unsettled, monkeypatch
):
    corpus = load(unsettled)
    wanted = differences(corpus)
    assert len(wanted) > 1
    asked = answers(monkeypatch, *["a", "Rule 3."] * len(wanted))
    done = run("settle", "--corpus", unsettled)
    assert f"{len(wanted)} of {len(wanted)} open differences settled" in done.stdout
    assert len(asked) == 2 * len(wanted)
    made = rows(unsettled / "data" / "adjudication.csv")
    assert sorted(r["what"] for r in made) == sorted(wanted["what"])
    assert {r["reason"] for r in made} == {"Rule 3."}
    assert all(r["settled"] == r["shown_first"] for r in made)  # A is what was shown first
    load(unsettled)
    assert "0 of 0" in run("settle", "--corpus", unsettled).stdout


def test_no_coder_is_named_and_the_order_is_drawn_by_lot(unsettled):
    corpus = load(unsettled)
    wanted = differences(corpus)
    orders, firsts = set(), set()
    for seed in range(20):
        asked = []

        def ask(question, asked=asked):
            asked.append(question)
            return "b" if question.endswith(settle.ASKED) else "because"

        made = list(settle.decided(corpus, wanted, ask, random.Random(seed)))
        orders.add(tuple(r["what"] for r in made))
        firsts |= {(r["what"], r["shown_first"]) for r in made}
        assert all(r["settled"] != r["shown_first"] for r in made)
        for coder in corpus.independent:
            assert not any(f" {coder} " in f" {q.split('Where they')[0]} " for q in asked)
    assert len(orders) > 1
    assert len(firsts) == 2 * len(wanted)


def test_what_is_shown_first_is_the_reading_of_whoever_is_named_for_it(corpus):
    found = agreement.differences(corpus)
    row = found[~found["what"].isin([settle.OWN])].iloc[0].to_dict()
    row["kind"] = row["what"]
    for first, value in {"one": "value_a", "two": "value_b"}.items():
        lines = settle.shown(corpus, row, first).splitlines()
        assert f"A: {settle.in_words(corpus, row['kind'], row[value])}" in lines


def test_later_stop_neither_and_no_reason(unsettled, monkeypatch):
    count = len(differences(load(unsettled)))
    asked = answers(monkeypatch, "", "maybe", "neither", "", "Both break rule 2.", "stop")
    done = run("settle", "--corpus", unsettled)
    assert f"1 of {count} open" in done.stdout
    assert "“maybe” is none of these" in asked[2]
    assert "A reason is needed" in asked[4]
    (made,) = rows(unsettled / "data" / "adjudication.csv")
    assert (made["settled"], made["reason"]) == ("neither", "Both break rule 2.")


def test_what_was_decided_before_the_input_ends_is_kept(unsettled, monkeypatch):
    answers(monkeypatch, "a", "Because.")
    assert run("settle", "--corpus", unsettled).returncode == 0
    assert len(rows(unsettled / "data" / "adjudication.csv")) == 1


@pytest.mark.parametrize("coders", [["one"], ["one", "one"], ["one", "tow"]])
def test_two_coders_are_needed(whole_copy, coders):
    done = run("settle", *coders, "--corpus", whole_copy)
    assert (done.returncode, done.stderr) == (1, "")
    assert "two" in done.stdout
