"""Any selection of claims: tables and figures of it are true, whatever was chosen.

What is right is counted anew here from the rows of the whole corpus, in plain pandas.
"""

import io
from collections import Counter, defaultdict

import matplotlib
import pytest
import synthetic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import charts, load, tables
from helpers.charts import style
from helpers.corpus import quotes
from helpers.corpus.model import CERTAINTY, CHOSEN_BY, Corpus
from helpers.show import notebook

pytestmark = [
    pytest.mark.slow,  # it takes long, and seldom breaks alone
    # What another test of the process has left open is collected at any time, and is not ours.
    pytest.mark.filterwarnings(
        "error", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
    ),
]
MATRICES = ("labels", "framings", "aims", "headline_body", "criteria")
CHARTS = (*MATRICES, "timeline", "voices")
FACETS = {"labels": ["label"], "aims": ["aim", "area"], "criteria": ["criterion"]}
drawing = settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
many = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


class Whole:
    """A corpus with what is counted once of it, word by word and row by row."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        claims = corpus.claims
        self.claims = claims.set_index("claim_id").to_dict("index")
        said = dict(corpus.utterances[["utterance_id", "occasion"]].itertuples(index=False))
        for row in self.claims.values():
            row["occasion"] = said.get(row["utterance_id"], "")
        self.codings = corpus.codings.merge(corpus.codebook[["code", "facet", "label"]], on="code")
        self.names = dict(zip(corpus.actors["actor_id"], corpus.actors["name"], strict=True))
        self.outlets = corpus.outlets
        assert len(set(self.outlets.values())) == len(corpus.texts)
        spans = [(*r, r[2] - r[1]) for r in self._spans(claims, "claim_id")]
        omitted = self._spans(corpus.omissions, "kind")
        self.words = []  # article, innermost claim, whether it is in an omission
        for source, _, start, end in quotes.words(corpus.texts).itertuples(index=False):
            around = [r for r in spans if r[0] == source and r[1] < end and r[2] > start]
            inner = min(around, key=lambda r: r[4])[3] if around else ""
            out = any(s == source and a < end and b > start for s, a, b, _ in omitted)
            self.words.append((source, inner, out))

    def _spans(self, table, column: str) -> list[tuple]:
        columns = ["source_id", "start", "end", column]
        return list(table[columns].itertuples(index=False, name=None))


class Chosen:
    """A selection, and what it must hold."""

    def __init__(self, whole: Whole, conditions: list[tuple[str, bool, list[str]]]) -> None:
        self.whole, self.conditions = whole, conditions
        self.corpus = whole.corpus
        kept, codings = whole.corpus.claims, whole.codings
        self.articles = list(whole.corpus.texts)
        for column, without, values in conditions:
            self.corpus = self.corpus.where(**{("not_" if without else "") + column: values})
            if column == CERTAINTY:
                codings = codings[codings[column].isin(values) != without]
            else:
                kept = kept[kept[column].isin(values) != without]
            if column == "source_id":
                self.articles = [a for a in self.articles if (a in values) != without]
        self.ids = set(kept["claim_id"])
        self.codings = codings[codings["claim_id"].isin(self.ids)]

    def coded(self, *facets: str) -> Counter:
        rows = self.codings[self.codings["facet"].isin(facets)]
        return Counter(zip(rows["claim_id"], rows["code"], rows["stance"], strict=True))

    def on(self, target: str | None) -> set[str]:
        return {c for c in self.ids if target in (None, self.whole.claims[c]["target"])}

    def words(self) -> Counter:
        """How many words of an article stand in which part, by whom."""
        found: Counter = Counter()
        for source, claim, omitted in self.whole.words:
            if source not in self.articles:
                continue
            if claim in self.ids:
                row = self.whole.claims[claim]
                found[source, row["voice"], self.whole.names[row["speaker_id"]]] += 1
            elif omitted and not claim:
                found[source, tables.LEFT_OUT, ""] += 1
            else:
                found[source, tables.NOT_CHOSEN, ""] += 1
        return found


@pytest.fixture(scope="module", params=["own", "made up"])
def whole(request, corpus, tmp_path_factory):
    """The project's corpus, and a made-up one of many outlets and speakers."""
    if request.param == "own":
        return Whole(corpus)
    return Whole(load(synthetic.write(tmp_path_factory.mktemp("made-up") / "corpus", 6, 240, 14)))


@st.composite
def conditions(draw, corpus: Corpus, most: int = 3):
    """Some columns, each with some of its values, to be kept or left out."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        column = draw(st.sampled_from([*CHOSEN_BY, CERTAINTY]))
        table = corpus.codings if column == CERTAINTY else corpus.claims
        values = sorted(set(table[column]) - {""})
        size = max(4, len(values) // 2)
        some = (
            st.lists(st.sampled_from(values), unique=True, max_size=size) if values else st.just([])
        )
        found.append((column, draw(st.booleans()), draw(some)))
    return found


def choose(data, whole: Whole) -> Chosen:
    return Chosen(whole, data.draw(conditions(whole.corpus)))


@many
@given(data=st.data())
def test_claims_and_codings_are_those_chosen(whole, data):
    chosen = choose(data, whole)
    table = tables.claims(chosen.corpus)
    assert list(table["claim_id"]) == [c for c in whole.claims if c in chosen.ids]
    for r in table.itertuples():
        assert r.before + r.quote + r.after in whole.corpus.texts[r.source_id]
    held = {
        (r.claim_id, code, stance)
        for r in table.itertuples()
        for code, stance in zip(r.codes, r.stances, strict=True)
    }
    assert held == set(chosen.coded(*set(whole.codings["facet"])))
    for facets in (["framing"], ["aim", "area"], ["label"], ["criterion"]):
        marks = tables.coded(chosen.corpus, *facets)
        found = Counter(zip(marks["claim_id"], marks["code"], marks["stance"], strict=True))
        assert found == chosen.coded(*facets)
        said = marks.rename(columns={"claim_id": "index"}).set_index("index")
        for column in ("quote", "voice", "target", "speaker_id"):
            assert all(said[column] == [whole.claims[c][column] for c in said.index])


@many
@given(data=st.data())
def test_words_are_those_of_the_claims_chosen(whole, data):
    chosen = choose(data, whole)
    counted = chosen.words()
    voices = tables.voices(chosen.corpus)
    keys = zip(voices["source_id"], voices["part"], voices["speaker"], strict=True)
    assert dict(zip(keys, voices["words"], strict=True)) == dict(counted)
    shares = voices.groupby("source_id")["share"].sum()
    said = {s for s, part, _ in counted if part not in (tables.LEFT_OUT, tables.NOT_CHOSEN)}
    assert all(abs(share - (s in said)) < 1e-9 for s, share in shares.items())
    rows = charts.voices(chosen.corpus).rows
    shown = set(rows["source_id"])
    drawn: Counter = Counter()
    for r in rows.itertuples():
        drawn[r.source_id, r.part, r.speaker] += r.words
    assert drawn == Counter({k: n for k, n in counted.items() if k[0] in shown})
    assert set(rows["claim_id"]) - {""} <= chosen.ids


@many
@given(data=st.data())
def test_persons_and_occasions_are_counted_from_the_claims_chosen(whole, data):
    chosen = choose(data, whole)
    mentions = whole.corpus.mentions
    mentions = mentions[mentions["claim_id"].isin(chosen.ids)]
    counted: dict[tuple, Counter] = defaultdict(Counter)
    for r in mentions.itertuples():
        outlet = whole.outlets[whole.claims[r.claim_id]["source_id"]]
        counted[outlet, whole.names[r.actor_id]]["mentions"] += 1
    for (source, part, speaker), words in chosen.words().items():
        counted[whole.outlets[source], speaker][part] += words
    persons = set(whole.corpus.actors.query("kind == 'person'")["name"])
    columns = ("mentions", "direct", "indirect")
    wanted = {k: tuple(n[c] for c in columns) for k, n in counted.items() if k[1] in persons}
    people = tables.people(chosen.corpus)
    keys = zip(people["outlet"], people["actor"], strict=True)
    found = dict(zip(keys, people[list(columns)].itertuples(index=False, name=None), strict=True))
    assert found == {k: n for k, n in wanted.items() if any(n)}
    speaking = {c for c in chosen.ids if whole.claims[c]["voice"] in ("direct", "indirect")}
    assert Counter(tables.occasions(chosen.corpus)["claims"].explode().dropna()) == Counter(
        speaking
    )


@many
@given(data=st.data())
def test_what_is_compared_is_what_was_chosen(whole, data):
    chosen = choose(data, whole)
    target, outlets = whole.corpus.main_target, {whole.outlets[a] for a in chosen.articles}
    both = tables.only_and_both(chosen.corpus, "aim", "area", target=target)
    held = {
        (code, claim)
        for claim, code, stance in chosen.coded("aim", "area")
        if stance == "supports" and claim in chosen.on(target)
    }
    assert {(r["code"], c) for r in both.to_dict("records") for o in outlets for c in r[o]} == held
    for r in both.to_dict("records"):
        has = {whole.outlets[whole.claims[c]["source_id"]] for code, c in held if code == r["code"]}
        assert (r["where"] == "all") == (has == outlets)
    contested = tables.conflicts(chosen.corpus, "framing", "label")
    coded = chosen.coded("framing", "label")
    assert set(contested["claims"].explode().dropna()) == {c for c, _, _ in coded}
    assert len(contested) == len({code for _, code, _ in coded})
    bare = {c for c in chosen.on(target) if whole.claims[c]["attribution"] == "none"}
    assert set(tables.bare(chosen.corpus)["claim_id"]) == bare
    criteria = tables.criteria(chosen.corpus)
    assert set(criteria["claims"].explode().dropna()) == {
        c for c, _, _ in chosen.coded("criterion")
    }
    assert (
        tables.definitions(chosen.corpus)["needed and stated"].sum()
        == ((criteria["counts as"] == "needed") & criteria["state"].str.startswith("stated")).sum()
    )
    assert len(tables.statements(chosen.corpus)) == chosen.coded("framing", "aim", "label").total()
    codes = list(whole.corpus.codebook["code"])
    side = tables.sides(chosen.corpus, codes[:3], codes[3:6])
    wanted = {
        c
        for c, code, s in chosen.coded(*set(whole.codings["facet"]))
        if (s == "supports" and code in codes[:3]) or (s == "rejects" and code in codes[3:6])
    }
    assert set(side["claim_id"]) == wanted
    headed = tables.headline_and_body(chosen.corpus)
    assert set(headed["claim_id"]) <= chosen.ids
    first = {c for c, _, _ in coded if whole.claims[c]["position"] == "headline"}
    assert first <= set(headed["claim_id"])


@many
@given(data=st.data())
def test_events_are_told_by_the_claims_chosen(whole, data):
    chosen = choose(data, whole)
    linked = {
        (role, c, whole.claims[c][column])
        for role, column in (("told_in", "event_id"), ("said_in", "occasion"))
        for c in chosen.ids
        if whole.claims[c][column]
    }
    table = tables.timeline(chosen.corpus)
    found = {
        (role, claim, r["event_id"])
        for r in table.to_dict("records")
        for role in ("told_in", "said_in")
        for claim in r[role]
    }
    assert found == linked
    chart = charts.timeline(chosen.corpus)
    marks = {(r.role.replace(" ", "_"), r.claim_id, r.event_id) for r in chart.rows.itertuples()}
    assert marks <= linked
    if marks != linked:
        assert f"of {len({event for *_, event in linked})}" in chart.reading


@many
@given(data=st.data())
def test_a_chart_has_the_claims_chosen_and_says_what_was_chosen(whole, data):
    chosen = choose(data, whole)
    name = data.draw(st.sampled_from(MATRICES))
    chart = getattr(charts, name)(chosen.corpus)
    rows, source, selection = chart.rows, chart.wording.source, chosen.corpus.selection
    marks = Counter(zip(rows["claim_id"], rows["code"], rows["stance"], strict=True))
    if name == "framings":
        on = chosen.on(whole.corpus.main_target)
        coded = {mark for mark in chosen.coded("framing") if mark[0] in on}
        assert set(marks) <= coded
        assert {claim for claim, *_ in marks} == {claim for claim, *_ in coded}
    elif name in FACETS:
        assert marks == chosen.coded(*FACETS[name])
    assert set(rows["claim_id"]) <= chosen.ids
    assert ("your selection" in chart.wording.headline) == bool(selection)
    assert selection in chart.wording.headline
    count = rows["claim_id"].nunique()
    said = f"{count} claim{'' if count == 1 else 's'} of {len(whole.claims)}"
    assert said in source if chosen.articles else source == "Source: no news article."
    used = set(rows["source_id"]) if count else set(chosen.articles)
    assert len(used) == 0 or f"Source: {len(used)} news article" in source
    assert bool(chart.nothing) == rows.empty
    coders = whole.corpus.independent
    coded = {s for own in coders.values() for s in own["claims"]["source_id"]}
    if coders and chosen.articles:
        assert ("without an independent coding" in source) == (not used <= coded)


@pytest.mark.parametrize("name", CHARTS)
@drawing
@given(data=st.data())
def test_any_selection_is_drawn(whole, name, data):
    chart = getattr(charts, name)(choose(data, whole).corpus)
    for size in style.SIZES:
        for grey in (False, True):
            with matplotlib.rc_context(style.RC), io.BytesIO() as file:
                chart.draw(size, True, grey).savefig(file, format="svg")
    assert chart.alt
    if chart.plotly is None:
        return
    figure = chart.interactive()
    if name != "timeline":
        drawn = Counter(c for trace in figure.data for c in trace.customdata or ())
        full = Counter(chart.rows["claim_id"])
        assert not drawn - full
        assert drawn == full or "A number counts marks." in chart.reading


def test_an_empty_selection_says_so_and_nothing_false(corpus, monkeypatch):
    shown = []
    monkeypatch.setattr(notebook, "_display", lambda html, plain: shown.append(plain))
    for empty in (
        corpus.where(claim_id=[]),
        corpus.where(source_id=[]),
        corpus.where(certainty=[]),
    ):
        for name in CHARTS:
            chart = getattr(charts, name)(empty)
            if chart.nothing:
                notebook.show(chart)
                assert shown[-1] == chart.alt
            with matplotlib.rc_context(style.RC):
                texts = [t.get_text() for t in chart.draw().texts + chart.draw().axes[0].texts]
            if chart.nothing:
                assert "Nothing to draw" in " ".join(texts)
    assert len(shown) > 10
    assert not [text for text in shown if "no claim carries" in text]


def test_a_word_of_a_claim_within_a_claim_counts_for_the_inner_one_alone(corpus):
    inner = corpus.where(not_level="nested")
    whole = tables.voices(corpus).groupby(["source_id", "part"])["words"].sum()
    fewer = tables.voices(inner).groupby(["source_id", "part"])["words"].sum()
    voices = whole.index.get_level_values("part").isin(["direct", "indirect", "outlet"])
    assert (fewer.reindex(whole.index[voices]) <= whole[voices]).all()
    assert (
        fewer.xs(tables.LEFT_OUT, level="part") == whole.xs(tables.LEFT_OUT, level="part")
    ).all()
    assert (fewer.xs(tables.NOT_CHOSEN, level="part") > 0).all()
