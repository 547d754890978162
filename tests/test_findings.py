"""Findings say what the claims bear out, whichever claims there are, and what they depend on."""

import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import charts, findings, load
from helpers.charts.dependence import KINDS
from helpers.corpus.model import CERTAINTY, CHOSEN_BY
from helpers.corpus.schema import REJECTS, SUPPORTS
from helpers.findings.depends import FAILS, of_coder
from helpers.findings.statement import FILE, stated

BROKEN = re.compile(
    r"\bnobody’s|by nobody\b|\b0 claim|\b1 (?:claims|words|persons|aims|fields|articles)\b"
    r"|  |\(\)|\{|\bNone\b|\(,"
)


def numbers(sentence):
    return [int(n) for n in re.findall(r"(?<![\w-])\d+", sentence)]


def flipped(codings, i):
    other = {SUPPORTS: REJECTS, REJECTS: SUPPORTS}
    return codings.assign(
        stance=codings["stance"].where(codings.index != i, other[codings.at[i, "stance"]])
    )


def swapped(codings, i):
    """The alternative in place of an arguable coding; without it where there is none."""
    row = codings.loc[i]
    if row["alternative"] in ("", "none"):
        return codings.drop(index=i)
    new = codings.copy()
    new.loc[i, ["code", "stance"]] = row["alternative"], row["alternative_stance"]
    return new.drop_duplicates(["claim_id", "code"])


# Codes whose claims the test of numbers counts.
COUNTED = (
    "label-alliance",
    "military-alliance",
    "hostile-to-serbia",
    "not-directed-against-anyone",
    "against-russia-aligned",
)
CHANGES = {"removed": lambda c, i: c.drop(index=i), "flipped": flipped, "swapped": swapped}


def counted(corpus):
    """The claims that assert and that deny each code, with their speakers, in plain pandas."""
    marks = corpus.codings.merge(corpus.claims, on="claim_id")
    return marks.groupby(["code", "stance"]).agg(
        claims=("claim_id", set), speakers=("speaker_id", set)
    )


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_a_coding_becomes_every_sentence_is_whole_and_rests_on_claims_that_are_there(
    corpus, change, every
):
    for i in corpus.codings.index[::every]:
        changed = corpus.replaced(codings=change(corpus.codings, i))
        for r in pd.concat([findings.facts(changed), findings.of(changed)]).itertuples():
            assert r.holds is not None, r.sentence
            assert not BROKEN.search(r.sentence), r.sentence
            assert set(r.claims) <= set(corpus.claims["claim_id"])
            if r.holds:
                assert r.claims, r.sentence


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_numbers_of_claims_are_those_that_plain_pandas_counts(corpus, change):
    """For the findings whose numbers are claims that carry a code: each number is such a count."""
    asked = corpus.codings[corpus.codings["code"].isin(COUNTED)]
    for i in asked.index:
        changed = corpus.replaced(codings=change(corpus.codings, i))
        table, said = counted(changed), findings.of(changed).set_index("finding_id")

        def claims(code, stance=SUPPORTS, table=table):
            return table["claims"].get((code, stance), set())

        word = claims("label-alliance")
        duties = [c for c in changed.codebook["code"] if c.startswith("atop-")]
        duties = set().union(
            *(
                claims(c)
                for c in duties
                if c.split("atop-")[1]
                in ("defence", "offence", "neutrality", "non-aggression", "consultation")
            )
        )
        sentence = said.loc["alliance-and-content", "sentence"]
        assert numbers(sentence) == [n for n in (len(duties), len(word)) if n]
        denials = claims("not-directed-against-anyone") | claims("hostile-to-serbia", REJECTS)
        sentence = said.loc["denial-and-deterrence", "sentence"]
        assert numbers(sentence) == ([len(denials)] if denials else [])
        charges = claims("hostile-to-serbia") | claims("against-russia-aligned")
        sentence = said.loc["charge-and-answer", "sentence"]
        named = changed.mentions[changed.mentions["part"] == "object"]["claim_id"]
        naming = set(named) & (denials | claims("against-russia-aligned", REJECTS))
        assert numbers(sentence) == (
            [n for n in (len(charges), len(naming)) if n] if charges else []
        )
        for name, ids in (
            (
                "alliance-whose-word",
                word
                | claims("military-alliance")
                | claims("label-alliance", REJECTS)
                | claims("military-alliance", REJECTS),
            ),
            ("charge-and-answer", charges | denials | claims("against-russia-aligned", REJECTS)),
        ):
            assert set(said.loc[name, "claims"]) == ids


@pytest.mark.slow
def test_any_selection_gives_whole_sentences(corpus):
    columns = [*CHOSEN_BY, CERTAINTY]

    def values(column):
        found = ["sure", "arguable"] if column == CERTAINTY else set(corpus.claims[column]) - {""}
        return sorted(found)

    one = st.sampled_from(columns).flatmap(
        lambda c: st.tuples(
            st.sampled_from([c, f"not_{c}"]), st.lists(st.sampled_from(values(c)), max_size=3)
        )
    )

    @settings(max_examples=100)
    @given(st.lists(one, max_size=3).map(dict))
    def check(wanted):
        seen = corpus.where(**wanted)
        for r in pd.concat([findings.facts(seen), findings.of(seen)]).itertuples():
            assert r.holds is not None, r.sentence
            assert not BROKEN.search(r.sentence), (wanted, r.sentence)
            assert set(r.claims) <= set(seen.claims["claim_id"])

    check()


def test_sentences_are_whole_under_each_coder_and_without_any_claim(corpus):
    table = findings.under_coders(corpus)
    assert list(table) == ["finding_id", "question", "settled", *corpus.independent]
    for sentence in table.drop(columns=["finding_id", "question"]).to_numpy().ravel():
        assert not BROKEN.search(sentence), sentence
    for sentence in findings.removals(corpus)["after"]:
        assert not BROKEN.search(sentence), sentence


def test_each_finding_has_a_question_of_its_own_and_heads_one_figure_at_most(corpus):
    table = findings.of(corpus)
    assert table["finding_id"].is_unique
    assert table["question"].is_unique
    figures = table.loc[table["figure"] != "", "figure"]
    assert figures.is_unique


def test_what_is_left_out_is_really_tried(corpus):
    """Each removal once more, through a corpus from which it is gone."""
    table = findings.removals(corpus)
    columns = {"article": "not_source_id", "speaker": "not_speaker_id", "claim": "not_claim_id"}
    now = findings.of(corpus).set_index("finding_id")["holds"]
    for kind, column in columns.items():
        tried = table[table["kind"] == kind]
        for which, group in itertools.islice(tried.groupby("which"), 12):
            rest = findings.of(corpus.where(**{column: which})).set_index("finding_id")
            for r in group.itertuples():
                assert r.turns == (rest.loc[r.finding_id, "holds"] != now[r.finding_id])
                assert r.after == rest.loc[r.finding_id, "sentence"]


def test_what_a_finding_is_about_is_not_left_out(corpus):
    table = findings.removals(corpus)
    for f in stated(corpus):
        mine = table[table["finding_id"] == f.finding_id]
        for kind, column in (("article", "source_id"), ("speaker", "speaker_id")):
            about = f.about.get(column, [])
            about = {about} if isinstance(about, str) else set(about)
            assert not about & set(mine.loc[mine["kind"] == kind, "which"])


def test_a_claim_that_no_finding_asks_for_turns_none(corpus):
    table = findings.removals(corpus)
    tried = set(table.loc[table["kind"] == "claim", "which"])
    now = findings.of(corpus)[["finding_id", "holds", "sentence"]]
    for claim in sorted(set(corpus.claims["claim_id"]) - tried)[:5]:
        rest = findings.of(corpus.where(not_claim_id=claim))[["finding_id", "holds", "sentence"]]
        assert rest.equals(now)


def test_the_line_names_each_claim_that_alone_turns_the_verdict(corpus):
    words = findings.dependence(corpus).set_index("finding_id")
    gone = findings.removals(corpus)
    holds = findings.of(corpus).set_index("finding_id")["holds"]
    for name, row in words.iterrows():
        mine = gone[(gone["finding_id"] == name) & gone["turns"] & (gone["kind"] == "claim")]
        assert tuple(mine["which"]) == row["claims"]
        assert all(c in row["words"] for c in row["claims"][:3])
        told = findings.STEADY.rstrip(".") in row["words"]
        assert told == (mine.empty and holds[name])


def test_a_coder_without_claims_or_omissions_in_an_article_has_no_vote_on_it(corpus):
    coder = next(iter(corpus.independent))
    source = corpus.sources["source_id"].iloc[0]
    own = corpus.independent[coder]
    part = {n: t[t["source_id"] != source] if "source_id" in t else t for n, t in own.items()}
    part["codings"] = part["codings"][part["codings"]["claim_id"].isin(part["claims"]["claim_id"])]
    import dataclasses

    fewer = dataclasses.replace(corpus, independent={coder: part}, memo={})
    settled = corpus.codings.merge(corpus.claims[["claim_id", "source_id"]], on="claim_id")
    kept = settled[settled["source_id"] == source]
    read = of_coder(fewer, coder).where(source_id=source)
    for code, group in kept[kept["stance"] == SUPPORTS].groupby("code"):
        assert set(read.asserting(code).claims) == set(group["claim_id"])


def test_a_finding_that_raises_is_named_with_its_line_and_the_others_go_on(whole_copy):
    own = whole_copy / FILE
    own.parent.mkdir()
    own.write_text(
        "from helpers.findings import finding\n\n\n"
        '@finding("Is it broken?")\ndef broken(said):\n    return 1 / 0, "", said\n\n\n'
        '@finding("Is it whole?")\ndef whole(said):\n    return True, f"It is: {said}.", said\n'
    )
    corpus = load(whole_copy)
    table = findings.of(corpus).set_index("finding_id")
    assert "findings.py, line 6: ZeroDivisionError" in table.loc["broken", "sentence"]
    assert table.loc["whole", "sentence"] == f"It is: {len(corpus.claims)} claims."
    assert len(findings.dependence(corpus)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("def broken(:\n", "line 1: SyntaxError"), ("import nothing_at_all\n", "line 1")],
)
def test_a_file_of_findings_that_cannot_be_run_is_named(whole_copy, text, said):
    own = whole_copy / FILE
    own.parent.mkdir()
    own.write_text(text)
    with pytest.raises(ValueError, match=r"notebooks/findings\.py cannot be run") as error:
        findings.of(load(whole_copy))
    assert said in str(error.value)


def test_load_and_check_run_no_file_of_a_corpus(whole_copy):
    own = whole_copy / FILE
    own.parent.mkdir()
    own.write_text("raise SystemExit('was run')\n")
    assert len(load(whole_copy).claims)


def test_a_corpus_without_findings_has_none(whole_copy):
    corpus = load(whole_copy)
    assert findings.of(corpus).empty
    assert findings.dependence(corpus).empty
    assert findings.removals(corpus).empty


def test_a_denial_that_turns_round_makes_some_finding_read_otherwise(corpus):
    """Where a finding rests on the claim, before or after."""
    before = findings.of(corpus)
    denied = corpus.codings[corpus.codings["stance"] == REJECTS]
    assert len(denied)
    for i in denied.index:
        after = findings.of(corpus.replaced(codings=flipped(corpus.codings, i)))
        rests = set(before["claims"].explode()) | set(after["claims"].explode())
        if corpus.codings.at[i, "claim_id"] in rests:
            assert list(after["sentence"]) != list(before["sentence"]), corpus.codings.loc[i]


def test_a_finding_that_does_not_hold_says_so(corpus):
    """In words, in the table of what it depends on, and in the figure of that."""
    denied = corpus.codings["stance"] == REJECTS
    changed = corpus.replaced(codings=corpus.codings[~denied].assign(certainty="sure"))
    seen = changed.where(voice="outlet")
    table, depends = findings.of(seen), findings.dependence(seen).set_index("finding_id")["words"]
    fails = table[~table["holds"].astype(bool)]
    assert len(fails)
    for r in table.itertuples():
        assert depends[r.finding_id].startswith(FAILS) == (not r.holds)
    chart = charts.dependence(seen, table, findings.removals(seen))
    rows = chart.rows.drop_duplicates("finding_id").set_index("finding_id")
    for name in rows.index:  # nothing is told that it would not hold without, as it does not
        cells = set(rows.loc[name, list(KINDS.values())])
        assert (cells == {"does not hold"}) == (name in set(fails["finding_id"]))
    assert "does not hold" in chart.alt


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('said.asserting("partnersip")', "no code “partnersip”; did you mean partnership?"),
        ('said.denying("no-such")', "no code “no-such”"),
        ('said.where(speaker_id="vengo")', "no speaker_id “vengo”; did you mean vengu?"),
        ('said.where(spaeker_id="vengu")', "no column “spaeker_id”"),
        ('said.mentioning("serbien")', "no actor “serbien”"),
        ('said.telling("sining")', "no event “sining”; did you mean signing?"),
    ],
)
def test_a_slip_of_the_pen_in_a_finding_is_named(whole_copy, body, says):
    own = whole_copy / FILE
    own.parent.mkdir()
    own.write_text(
        "from helpers.findings import finding\n\n\n"
        f'@finding("Is it?")\ndef asked(said):\n    return True, "It is.", {body}\n'
    )
    (row,) = findings.of(load(whole_copy)).itertuples()
    assert row.holds is None
    assert says in row.sentence


def test_what_a_finding_is_about_is_a_column(whole_copy):
    own = whole_copy / FILE
    own.parent.mkdir()
    own.write_text(
        "from helpers.findings import finding\n\n\n"
        '@finding("Is it?", about={"source": "x"})\ndef asked(said):\n    return True, "", said\n'
    )
    with pytest.raises(ValueError, match="about: no column source"):
        findings.of(load(whole_copy))
