"""What is called the same is kept apart: articles, outlets, persons, codes, events."""

import pytest
import synthetic
from test_other_corpora import texts_of

from helpers import charts, exchange, findings, load, tables
from helpers.corpus.names import told_apart
from helpers.exchange import graph
from helpers.extend import marked
from helpers.findings.said import said
from helpers.show import figures, overview

PAPER = {"actor_id": "paper", "name": "The Paper", "kind": "outlet"}
MEN = (
    {"actor_id": "jones-1", "name": "Al Jones", "kind": "person", "role": "mayor of Port"},
    {"actor_id": "jones-2", "name": "Al Jones", "kind": "person", "role": "farmer"},
)
CODES = (
    {"code": "fair", "facet": "framing", "label": "Fair"},
    {"code": "other-1", "facet": "framing", "label": "Other"},
    {"code": "other-2", "facet": "framing", "label": "Other"},
    {"code": "aim-fair", "facet": "aim", "label": "Fair"},
)
ARTICLES = [{"source_id": s, "outlet_id": "paper"} for s in ("one", "two")]
CLAIMS = [
    {"source_id": "one", "quote": "Toll is fair", "codes": {"fair": "supports"}},
    {
        "source_id": "one",
        "quote": "Jones calls the new toll a burden",
        "speaker_id": "jones-1",
        "codes": {"other-1": "supports", "aim-fair": "supports"},
    },
    {"source_id": "two", "quote": "Toll is not fair", "codes": {"fair": "rejects"}},
    {
        "source_id": "two",
        "quote": "Agreed",
        "speaker_id": "jones-2",
        "codes": {"other-2": "rejects"},
    },
]


def made(folder, actors=(PAPER, *MEN), articles=ARTICLES, claims=CLAIMS, codes=CODES, events=()):
    return load(synthetic.small(folder / "made", [*actors], articles, claims, codes, events))


@pytest.fixture
def alike(tmp_path):
    """Two articles of one outlet, two men and two codes of one name."""
    return made(tmp_path)


@pytest.mark.parametrize(
    ("names", "tellers", "wanted"),
    [
        ({"a": "X", "b": "Y"}, [{"a": "long", "b": "word"}], {"a": "X", "b": "Y"}),
        ({"a": "X", "b": "x"}, [], {"a": "X (a)", "b": "x (b)"}),
        (
            {"a": "X", "b": "X"},
            [{"a": "a long word", "b": "another"}, {"a": "one", "b": "two"}],
            {"a": "X (one)", "b": "X (two)"},
        ),
        ({"a": "X", "b": "X"}, [{"a": "same", "b": "Same"}], {"a": "X (a)", "b": "X (b)"}),
        ({"a": "X", "b": "X"}, [{"a": "one"}], {"a": "X (a)", "b": "X (b)"}),
        (
            {"a": "X", "b": "X", "c": "X (a)"},
            [],
            {"a": "X (a) (a)", "b": "X (b)", "c": "X (a) (c)"},
        ),
    ],
)
def test_what_is_called_the_same_gets_the_shortest_words_that_tell_it(names, tellers, wanted):
    assert told_apart(names, *tellers) == wanted


@pytest.mark.slow
def test_two_articles_of_one_outlet_are_two_in_every_table_and_figure(alike):
    one, two = alike.outlets.values()
    assert one != two
    held = tables.conflicts(alike, "framing").set_index("label")
    assert held.at["Fair", "relation"] == "asserted in one article, denied in another"
    assert held.at["Fair", "asserted by"] == one
    assert held.at["Fair", "denied by"] == two
    both = tables.only_and_both(alike, "framing").set_index("label")
    assert both.at["Fair", "where"] == one
    assert set(tables.claims(alike)["outlet"]) == {one, two}
    assert len(tables.voices(alike).groupby("outlet")) == 2
    for name in ("framings", "aims", "headline_body", "voices"):
        drawn = texts_of(getattr(charts, name)(alike))
        there = {one, two} if name != "aims" else {one}
        assert all(article in drawn for article in there), name
    assert "2 news articles (The Paper)" in charts.framings(alike).wording.source
    assert one in alike.where(source_id="one").selection


def test_the_words_of_an_articles_own_outlet_are_not_in_another_article(alike):
    assert (
        "(in" not in tables.conflicts(alike, "framing").set_index("label").at["Fair", "asserted by"]
    )


def test_dates_tell_articles_apart_where_all_have_one(tmp_path):
    days = [a | {"published": f"2024-05-0{n}"} for n, a in enumerate(ARTICLES, 1)]
    named = list(made(tmp_path, articles=days).outlets.values())
    assert named == ["The Paper (1 May 2024)", "The Paper (2 May 2024)"]


def test_two_outlets_of_one_name_are_told_apart_by_their_countries(tmp_path):
    lands = [{"actor_id": c.lower(), "name": c, "kind": "state"} for c in ("Aland", "Bland")]
    papers = [PAPER | {"actor_id": c, "country": c} for c in ("aland", "bland")]
    papers = [p | {"actor_id": f"paper-{p['country']}"} for p in papers]
    articles = [a | {"outlet_id": p["actor_id"]} for a, p in zip(ARTICLES, papers, strict=True)]
    corpus = made(tmp_path, [*lands, *papers, *MEN], articles)
    assert list(corpus.outlets.values()) == ["The Paper (Aland)", "The Paper (Bland)"]
    source = charts.framings(corpus).wording.source
    assert "The Paper (Aland) and The Paper (Bland)" in source


def test_two_persons_of_one_name_have_their_own_words(alike):
    heard = tables.who_is_who(alike).set_index("name")["heard"]
    (mayor,), (farmer,) = (
        [t for n, t in heard.items() if role in n] for role in ("mayor", "farmer")
    )
    assert "7 words" in mayor
    assert "1 word " in farmer
    assert tables.statements(alike)["actor"].nunique() == 4 - 1
    names = [n["name"] for _, n in graph.network(alike).nodes(data=True)]
    assert len(set(names)) == len(names)
    assert len(set(said(alike).index.titles.values())) == len(alike.actors)
    assert "mayor of Port" in texts_of(charts.voices(alike))
    assert "mayor of Port" in overview.citations(alike, "c001")[1]


def test_two_codes_of_one_name_are_two_rows_and_two_concepts(alike):
    labels = {alike.labels[c] for c in ("other-1", "other-2")}
    assert len(labels) == 2
    assert labels <= set(tables.conflicts(alike, "framing")["label"])
    assert labels <= set(charts.framings(alike).rows["row"])
    concepts = tables.statements(alike)["concept"]
    assert labels | {"Fair (framing)", "Fair (aim)"} == set(concepts)
    assert set(tables.coded(alike, "framing")["label"]) == labels | {"Fair"}
    assert said(alike).named(["other-1", "other-2"]) == " and ".join(
        alike.labels[c] for c in ("other-1", "other-2")
    )


def test_two_events_of_one_label_are_told_apart(tmp_path):
    events = [
        {"event_id": f"vote-{day}", "label": "The vote", "date": f"2024-05-0{day}"}
        for day in (1, 2)
    ]
    told = [c | {"event_id": f"vote-{n % 2 + 1}"} for n, c in enumerate(CLAIMS)]
    corpus = made(tmp_path, claims=told, events=events)
    labels = {"The vote (1 May 2024)", "The vote (2 May 2024)"}
    assert set(tables.timeline(corpus)["label"]) == labels
    assert "The vote (1 May 2024)" in set(tables.headline_and_body(corpus)["row"])


def test_an_outlet_given_for_a_coded_passage_means_all_its_articles(alike):
    assert marked._named(alike, "the paper") == ["one", "two"]
    assert marked._named(alike, "two") == ["two"]


def test_two_sides_of_one_name_are_told_apart_by_their_disputes(tmp_path):
    questions = {"is-fair": "Is it fair?", "is-new": "Is it new?"}
    book = [{"code": d, "facet": "dispute", "label": label} for d, label in questions.items()]
    for n, d in enumerate(questions):
        own = {"dispute": d, "facet": "side", "label": "neither"}
        book += [own | {"code": f"{d}-side", "colour": "#005a9c", "marker": "os"[n]}]
        book += [{"code": f"{d}-word", "facet": "label", "label": d} | {"dispute": d}]
        book[-1]["side"] = f"{d}-side"
    stances = {f"{d}-word": "supports" for d in questions}
    corpus = made(tmp_path, claims=[c | {"codes": stances} for c in CLAIMS], codes=book)
    drawn = texts_of(charts.two_disputes(corpus))
    assert "neither (Is it fair?)" in drawn
    assert "neither (Is it new?)" in drawn


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_every_export_takes_what_is_called_the_same(alike, form):
    assert exchange.FORMATS[form][1](alike)


@pytest.mark.slow
def test_findings_name_the_article_that_turns_them(alike):
    assert findings.removals(alike).empty
    for name in figures.CHARTS:
        chart = figures.make(alike, name)
        assert chart.alt
        assert texts_of(chart)
