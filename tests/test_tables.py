"""The tables behind the figures add up to the texts and the codings."""

from helpers import tables
from helpers.corpus import quotes


def test_words_by_voice_add_up_to_the_words_of_each_article(corpus):
    counted = tables.voices(corpus).groupby("source_id")["words"].sum()
    assert counted.to_dict() == quotes.words(corpus.texts)["source_id"].value_counts().to_dict()


def test_shares_of_the_voices_add_up_to_one(corpus):
    shares = tables.voices(corpus).groupby("source_id")["share"].sum()
    assert all(abs(s - 1) < 1e-9 for s in shares)


def test_every_quote_stands_in_the_sentence_that_is_shown_around_it(corpus):
    for r in tables.claims(corpus).itertuples():
        assert r.before + r.quote + r.after in corpus.texts[r.source_id]


def test_no_claim_is_drawn_on_both_sides_of_one_question(corpus):
    marks = tables.without_opposites(corpus, tables.coded(corpus, "framing"))
    opposite = dict(zip(corpus.codebook["code"], corpus.codebook["opposite_of"], strict=True))
    drawn = set(zip(marks["claim_id"], marks["code"], strict=True))
    assert not [(c, k) for c, k in drawn if opposite[k] and (c, opposite[k]) in drawn]
    assert set(marks["claim_id"]) == set(tables.coded(corpus, "framing")["claim_id"])


def test_every_event_is_in_the_timeline_dated_or_not(corpus):
    assert set(tables.timeline(corpus)["event_id"]) == set(corpus.events["event_id"])


def test_every_event_is_told_or_is_an_occasion_on_which_something_was_said(corpus):
    table = tables.timeline(corpus)
    assert all(bool(t) or bool(s) for t, s in zip(table["told_in"], table["said_in"], strict=True))


def test_a_person_with_no_word_quoted_is_still_listed(corpus):
    people = tables.people(corpus)
    assert (people["direct"] == 0).any()
    assert set(people["actor"]) == set(corpus.actors.query("kind == 'person'")["name"])


def test_what_both_articles_state_is_stated_in_each(corpus):
    table = tables.only_and_both(corpus, "aim", "area", target="pact")
    outlets = list(tables.claims(corpus)["outlet"].unique())
    for r in table.to_dict("records"):
        assert (r["where"] == "all") == all(r[o] for o in outlets)
        assert any(r[o] for o in outlets)


def test_a_code_denied_and_asserted_is_called_a_conflict(corpus):
    table = tables.conflicts(corpus, "framing", "label").set_index("label")
    contested = table[(table["asserted by"] != "nobody") & (table["denied by"] != "nobody")]
    assert len(contested)
    assert contested["relation"].str.contains("denied").all()
    assert (
        not table.drop(contested.index)["relation"]
        .str.contains("asserted and|denied in another")
        .any()
    )


def test_a_side_shows_the_best_of_each_code_first(corpus):
    side = tables.sides(
        corpus, ["partnership", "not-directed-against-anyone"], ["military-alliance"]
    )
    assert side["claim_id"].is_unique
    first = side.head(side[["code", "stance"]].drop_duplicates().shape[0])
    assert first[["code", "stance"]].drop_duplicates().shape[0] == len(first)


def test_what_is_remembered_is_nobody_elses(corpus):
    before = tables.claims(corpus)
    mine = tables.claims(corpus)
    mine.loc[0, "speaker"] = "somebody else"
    assert tables.claims(corpus).equals(before)
