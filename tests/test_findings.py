"""Findings are computed: change a row, and the sentence follows."""

import re

import numpy as np
import pandas as pd
import pytest

from helpers import findings
from helpers.corpus import quotes
from helpers.corpus.english import listed
from helpers.findings.evidence import Groups, View, pick, tally, total
from helpers.findings.sentences import fill


def sentence(corpus, finding):
    table = findings.compute(corpus).set_index("finding_id")
    return table.loc[finding]


def test_every_finding_rests_on_claims_that_exist(corpus):
    table = findings.compute(corpus)
    assert len(table) == len(corpus.findings)
    for ids in table["claims"]:
        assert ids
        assert set(ids) <= set(corpus.claims["claim_id"])


def test_no_sentence_is_left_with_a_placeholder(corpus):
    assert not findings.compute(corpus)["sentence"].str.contains(r"[{}]").any()


def test_a_finding_that_no_longer_holds_says_so(corpus):
    codings = corpus.codings.assign(
        code=corpus.codings["code"].where(corpus.codings["claim_id"] != "mil-03", "atop-defence")
    ).drop_duplicates(["claim_id", "code"])
    before, after = (
        sentence(c, "alliance-and-content") for c in (corpus, corpus.replaced(codings=codings))
    )
    assert before["holds"]
    assert not after["holds"]
    assert "1 claim state" in after["sentence"]


def test_a_number_follows_its_rows(corpus):
    fewer = corpus.codings[
        ~((corpus.codings["claim_id"] == "mil-36") & (corpus.codings["code"] == "label-alliance"))
    ]
    before, after = (
        int(
            re.search(
                r"own word \((\d+) claims?\)", sentence(c, "alliance-whose-word")["sentence"]
            )[1]
        )
        for c in (corpus, corpus.replaced(codings=fewer))
    )
    assert after == before - 1


def test_the_longest_quoted_claim_is_counted_anew(corpus):
    count = quotes.coverage(corpus.texts, corpus.claims, corpus.omissions)[
        "claim_id"
    ].value_counts()
    direct = corpus.claims.query("voice == 'direct'")
    own = {s: count[g["claim_id"]].sort_values() for s, g in direct.groupby("speaker_id")}
    now = sentence(corpus, "whose-words-quoted")["sentence"]
    assert (
        f"of Vengu runs to {own['vengu'].iloc[-1]} words, of Vučić to {own['vucic'].iloc[-1]}"
        in now
    )
    longest = own["vengu"].index[-1]
    fewer = {
        t: x[x["claim_id"] != longest]
        for t in ("claims", "codings", "mentions")
        for x in [getattr(corpus, t)]
    }
    then = sentence(corpus.replaced(**fewer), "whose-words-quoted")["sentence"]
    assert f"of Vengu runs to {own['vengu'].iloc[-2]} words" in then


def view(rows, keep=None, unit="claim_id"):
    frame = pd.DataFrame(
        rows, columns=["claim_id", "utterance", "speaker_id", "kind", "value", "stance", "weight"]
    )
    return View(
        frame, np.ones((1, len(frame)), bool) if keep is None else np.array(keep, bool), unit
    )


ROWS = [
    ("c1", "u1", "a", "code", "x", "supports", 1),
    ("c2", "u1", "a", "code", "x", "supports", 1),
    ("c3", "c3", "b", "code", "x", "rejects", 1),
    ("c1", "u1", "a", "words", "", "", 7),
    ("c2", "u1", "a", "words", "", "", 5),
]


def test_claims_count_one_each_and_an_utterance_once():
    said = view(ROWS)
    where = pick(said, kind="code", value="x", stance="supports")
    assert tally(said, where, "speaker_id").counts.tolist() == [[2]]
    assert tally(said._replace(unit="utterance"), where, "speaker_id").counts.tolist() == [[1]]


def test_words_add_up_also_within_an_utterance():
    said = view(ROWS, unit="utterance")
    assert total(said, pick(said, kind="words")).tolist() == [12]


def test_each_variant_counts_only_the_rows_it_keeps():
    keep = [[1, 1, 1, 1, 1], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]]
    said = view(ROWS, keep)
    assert total(said, pick(said, kind="code", stance="supports")).tolist() == [2, 1, 0]
    assert total(said, pick(said, kind="words")).tolist() == [12, 7, 0]


def test_nothing_to_count_counts_zero():
    said = view(ROWS)
    assert total(said, pick(said, value="unheard-of")).tolist() == [0]


def test_sentences_are_filled_with_numbers_nouns_and_names():
    groups = Groups(["a", "b"], np.array([[2, 0]]))
    numbers = {"n": np.array([1]), "m": np.array([3]), "who": groups}
    assert (
        fill("{n:claim}, {m:claim}, {m}, {who}", numbers, {"a": "Anna"})
        == "1 claim, 3 claims, 3, Anna"
    )


@pytest.mark.parametrize(
    ("items", "words"),
    [([], "nobody"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_listed_as_in_a_sentence(items, words):
    assert listed(items) == words


def test_a_claim_with_opposite_codes_counts_once_among_denials(corpus):
    opposite = dict(zip(corpus.codebook["code"], corpus.codebook["opposite_of"], strict=True))
    both = corpus.codings.groupby("claim_id")["code"].agg(set)
    assert any(opposite[c] in codes for codes in both for c in codes if opposite[c]), (
        "no claim to try it on"
    )
    said = corpus.codings.set_index(["code", "stance"])["claim_id"]
    code = "not-directed-against-anyone"
    denials = {*said[[(code, "supports")]], *said.get([(opposite[code], "rejects")], [])}
    assert f"({len(denials)} claims)" in sentence(corpus, "denial-and-deterrence")["sentence"]
