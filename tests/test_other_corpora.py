"""Other people's articles: none, one, or forty; texts and tables as they come."""

import json
import shutil
import sys
import unicodedata

import pytest
import synthetic
from conftest import rows, run, write

from helpers import charts, exchange, findings, load, tables
from helpers.corpus import HOME, quotes
from helpers.exchange import network
from helpers.extend import draft, new
from helpers.findings.said import said
from helpers.findings.statement import FILE
from helpers.show import figures, marked_article, notebook

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

EXAMPLE = HOME / "notebooks" / "howto" / "example_article.txt"


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Forty articles, two hundred actors."""
    return load(synthetic.write(tmp_path_factory.mktemp("large") / "corpus", 40, 1200, 200))


def calls(function) -> int:
    """How many functions are called, ours and those of libraries, while one runs."""
    count = 0

    def counts(_, event, __):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counts)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_ten_times_the_claims_take_about_ten_times_the_work(tmp_path):
    """A loop within a loop over claims would take a hundred times as much."""

    def work(folder) -> dict[str, int]:
        corpus = load(folder)
        steps = {
            "load": lambda: load(folder),
            "coverage": lambda: quotes.coverage(corpus.texts, corpus.claims, corpus.omissions),
            "codes": lambda: tables.coded(corpus, "framing"),
            "timeline": lambda: tables.timeline(corpus),
            "voices": lambda: tables.voices(corpus),
            "people": lambda: tables.people(corpus),
            "framings": lambda: charts.framings(corpus),
            "claims to be asked": lambda: said(corpus),
            "statements": lambda: tables.statements(corpus),
        }
        return {name: calls(step) for name, step in steps.items()}

    folders = [synthetic.write(tmp_path / str(n), n // 30, n, n // 50) for n in (300, 3000)]
    work(folders[0])  # what is done once in a process
    small, large = (work(folder) for folder in folders)
    assert all(large[step] < 20 * small[step] for step in small), (small, large)


@pytest.fixture
def started(tmp_path, corpus):
    """A corpus of one's own, just started."""
    new.write(corpus, tmp_path / "mine")
    return tmp_path / "mine"


@pytest.mark.parametrize("name", figures.CHARTS)
def test_a_chart_of_many_articles_stays_readable_and_says_what_it_gathers(large, name):
    chart = figures.CHARTS[name](large)
    if chart.rows.empty:
        return
    import matplotlib

    from helpers.charts import style

    with matplotlib.rc_context(style.RC):
        figure = chart.draw()
    assert figure.get_figheight() * 25.4 < 330
    assert len(chart.wording.headline) < 200
    gathered = ("more", "the others stand", "together")
    assert any(g in chart.wording.subtitle for g in gathered)
    if chart.plotly:
        assert chart.interactive().data


def test_a_draft_keeps_tables_as_they_are_and_ids_apart(copy, tmp_path):
    mentions = copy / "data" / "mentions.csv"
    mentions.write_text(mentions.read_text("utf-8").replace(",", ";"), "utf-8")
    whole = load(copy)
    before = whole.mentions
    for name in ("mil.txt", "новина.txt", "стаття.txt"):
        text = EXAMPLE.read_text("utf-8") + f"\nThis stands in {name}.\n"
        (tmp_path / name).write_text(text, "utf-8")
        draft.add(copy, tmp_path / name)
    after = load(copy)
    assert after.mentions.head(len(before)).equals(before)
    assert after.claims["claim_id"].is_unique
    assert len(after.sources) == len(whole.sources) + 3


def test_nothing_is_dropped_from_a_condensed_matrix(large):
    chart = charts.framings(large)
    marks = tables.without_opposites(large, tables.coded(large, "framing", target="pact"))
    assert len(chart.rows) == len(marks)
    assert chart.rows["claim_id"].nunique() == marks["claim_id"].nunique()
    assert chart.rows["row"].str.endswith("more").sum() < len(chart.rows)


def test_a_new_corpus_is_empty_valid_and_shown_in_words(started, monkeypatch):
    corpus = load(started)
    assert len(corpus.claims) == 0
    shown = []
    monkeypatch.setattr(notebook, "_display", lambda html, plain: shown.append(plain))
    for name in figures.CHARTS:
        notebook.show(figures.make(corpus, name))
    assert len(shown) == len(figures.CHARTS)
    assert all("Nothing to draw: there is no claim." in text for text in shown)
    assert (started / "README.md").read_text("utf-8").count("\n") < 60


def test_a_new_corpus_has_two_findings_from_a_file_of_its_own(started):
    found = findings.of(load(started))
    assert list(found["finding_id"]) == ["how-much-quoted", "most-quoted"]
    assert not found["holds"].astype(bool).any()
    assert found["holds"].notna().all()
    assert not found["claims"].map(len).any()
    draft.add(started, EXAMPLE)
    drafted = load(started)
    after = findings.of(drafted)
    assert after.set_index("finding_id").loc["how-much-quoted", "holds"]
    assert set(after["claims"].explode().dropna()) <= set(drafted.claims["claim_id"])
    assert len(findings.dependence(drafted)) == 2
    own = started / FILE
    own.write_text(own.read_text("utf-8").replace("How much is quoted?", "Who is heard?"), "utf-8")
    assert next(iter(findings.of(load(started))["question"])) == "Who is heard?"


def test_how_it_was_coded_is_said_where_the_data_package_has_it(started):
    path = started / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(package | {"how_coded": "Coded once by two students."}), "utf-8")
    read = load(started)
    assert charts.coding_words(read, read.sources) == "Coded once by two students."


def test_without_who_is_quoted_most_the_comparison_of_a_new_corpus_is_another(started):
    assert not run("draft", EXAMPLE, "--corpus", started).returncode
    read = load(started)
    direct = read.claims[read.claims["voice"] == "direct"]
    words = direct["quote"].str.split().str.len().groupby(direct["speaker_id"]).sum()
    for speaker in words.index:
        of = findings.of(read.where(not_speaker_id=speaker)).set_index("finding_id")
        left = words.drop(speaker)
        assert of.at["most-quoted", "holds"] == bool(len(left) and 2 * left.max() > left.sum())


def test_a_new_corpus_is_not_written_over_something(tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    done = run("new", tmp_path)
    assert done.returncode == 1
    assert "is not empty" in done.stdout
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_a_draft_validates_covers_every_word_and_says_it_is_a_draft(started):
    added = draft.add(started, EXAMPLE)
    corpus = load(started)
    assert added.rows["claims"] == len(corpus.claims) > 5
    assert "are a draft that nobody has reviewed" in corpus.notes[0]
    assert "unreviewed draft" in charts.voices(corpus).wording.source
    assert (corpus.claims["review"] == "draft").all()


def test_a_draft_finds_quoted_speech_dates_labels_and_known_speakers(copy):
    path = copy / "data" / "actors.csv"
    known = {
        "actor_id": "elphberg",
        "name": "Rudolf Elphberg",
        "short_name": "Elphberg",
        "kind": "person",
        "role": "minister of harbours of Ruritania",
    }
    write(path, [*rows(path), {**dict.fromkeys(rows(path)[0], ""), **known}])
    draft.add(copy, EXAMPLE)
    corpus = load(copy)
    mine = corpus.claims[corpus.claims["review"] == "draft"].set_index("quote")
    assert tuple(
        mine.loc["This agreement is directed against nobody.", ["voice", "speaker_id"]]
    ) == (
        "direct",
        "elphberg",
    )
    stated = mine[mine.index.str.startswith("the two navies")].iloc[0]
    assert (stated["voice"], stated["speaker_id"]) == ("indirect", "elphberg")  # by office
    assert mine.loc["hostile alliance", "level"] == "nested"
    event = corpus.events[corpus.events["event_id"].str.startswith("example")].iloc[0]
    assert (event["date"], event["words"]) == ("2024-05", "May 2024")
    coded = corpus.codings[corpus.codings["claim_id"].str.startswith("example")]
    assert {"label-partnership", "label-agreement"} <= set(coded["code"])
    assert (coded["certainty"] == "arguable").all()


def test_drafting_the_coded_articles_is_measured_against_their_coding(corpus):
    table = draft.compare(corpus)
    assert (table["matched"] <= table[["claims", "drafted"]].min(axis=1)).all()
    assert (table["same voice"] <= table["matched"]).all()


def test_an_article_is_added_once(started):
    assert run("draft", EXAMPLE, "--corpus", started).returncode == 0
    before = {p: p.read_bytes() for p in started.rglob("*.*")}
    done = run("draft", EXAMPLE, "--corpus", started)
    assert (done.returncode, "nothing new" in done.stdout) == (0, True)
    assert {p: p.read_bytes() for p in started.rglob("*.*")} == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\xff", "not UTF-8"), (b"", "no words"), (None, "there is no file")],
)
def test_an_article_that_cannot_be_read_is_refused_in_a_sentence(started, tmp_path, content, words):
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    done = run("draft", path, "--corpus", started)
    assert done.returncode == 1
    assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


TEXTS = {
    "byte order mark": "\ufeffA headline here\n\nThe pact was signed in May 2024.\n",
    "windows line ends": "A headline here\r\n\r\nThe pact was signed in May 2024.\r\n"
    "“We are open to all,” said Ana.\r\n",
    "no-break spaces": "A headline\u00a0here\n\nThe\u00a0pact was signed in\u00a0May 2024.\n",
    "decomposed accents": unicodedata.normalize(
        "NFD", "Vučić’s headline\n\nVučić said that the pact is öpen.\n"
    ),
    "cyrillic": "Заголовок новини\n\nМеморандум підписали у березні 2025.\n"
    "«Ми відкриті для всіх країн», — сказав міністр.\n",
    "right to left": "عنوان الخبر\n\nوقعت الدول الثلاث اتفاقا دفاعيا في مارس.\n",
    "chinese": "三国签署防务声明\n\n该声明于三月签署。\n",
    "emoji": "A headline 🚀 here\n\nThe pact 🤝🏽 was signed in May 2024 by 👩‍👩‍👧.\n",
    "markup": "A <b>headline</b> & more\n\nThe <script>alert(1)</script> was signed in May 2024.\n",
    "formula": "=SUM(A1) is the headline\n\n+1 was signed in May 2024.\n",
}


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_are_drafted_checked_and_read_as_they_come(started, tmp_path, kind):
    article = tmp_path / f"{kind.replace(' ', '-')}.txt"
    article.write_bytes(TEXTS[kind].encode("utf-8"))
    draft.add(started, article)
    corpus = load(started)
    (source,) = corpus.texts
    html = marked_article.article(corpus, source)
    assert "<script>" not in html
    assert len(tables.voices(corpus))
    assert (started / "seeds" / article.name).read_bytes() == article.read_bytes()


@pytest.mark.parametrize(
    "typed", ["“We are showing", '"We are showing', "We\u00a0are showing", "We are  showing"]
)
def test_a_quote_as_pasted_is_found_and_the_difference_is_said(copy, typed):
    path = copy / "data" / "claims.csv"
    records = rows(path)
    target = next(r for r in records if r["quote"].startswith("We are showing"))
    target["quote"] = target["quote"].replace("We are showing", typed)
    write(path, records)
    corpus = load(copy)
    stands = typed.strip("“") == "We are showing"
    assert (
        stands == (not corpus.notes)
        or "quotation marks" in corpus.notes[0]
        or "spaces" in corpus.notes[0]
    )
    claim = corpus.claims[corpus.claims["claim_id"] == target["claim_id"]].iloc[0]
    assert "We are showing" in corpus.texts[claim["source_id"]][claim["start"] : claim["end"]]


def test_measures_of_networks_take_any_corpus(large):
    said = tables.statements(large)
    assert network.relation(said, "congruence").shape[0] == said["actor"].nunique()
    assert network.affiliation(said, "subtract").shape[1] == said["concept"].nunique()


def test_an_independent_coding_of_some_articles_is_welcome(whole_copy):
    draft.add(whole_copy, EXAMPLE)
    from helpers.findings import agreement

    assert len(agreement.of_spans(load(whole_copy)))


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_the_export_command_writes_and_says_what_the_format_cannot_hold(tmp_path, form):
    done = run("export", form, "--to", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.iterdir())) == 1
    assert len(done.stdout.splitlines()) >= 2


def test_a_corpus_in_a_path_with_spaces_and_other_letters_loads(copy, tmp_path):
    place = tmp_path / "мій корпус č 语"
    shutil.copytree(copy / "data", place / "data")
    shutil.copytree(copy / "seeds", place / "seeds")
    assert len(load(place).claims) == len(load(copy).claims)


LISTS = {  # a table, its open column, and a value that the project does not know
    "claims": ("target", "weather-report"),
    "events": ("kind", "forecast"),
    "codebook": ("facet", "tone"),
    "actors": ("kind", "river"),
    "omissions": ("kind", "weather-map"),
}


@pytest.fixture
def longer(copy):
    """A copy of the project whose open lists have one value more each, without a label."""
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            if (resource["name"], field["name"]) in {(t, c) for t, (c, _) in LISTS.items()}:
                field["constraints"]["enum"].append(LISTS[resource["name"]][1])
    path.write_text(json.dumps(package), "utf-8")
    tables_ = {name: rows(copy / "data" / f"{name}.csv") for name in (*LISTS, "codings")}
    aims = {r["code"] for r in tables_["codebook"] if r["facet"] == "aim"}
    coded = {r["claim_id"] for r in tables_["codings"] if r["code"] in aims}
    # criteria are held against claims on the main target alone
    held = {r["code"] for r in tables_["codebook"] if r["facet"] == "criterion"}
    coded -= {r["claim_id"] for r in tables_["codings"] if r["code"] in held}
    for name, (column, value) in LISTS.items():
        row = tables_[name][-1]
        if name == "claims":
            row = next(r for r in tables_[name] if r["claim_id"] in coded)
            claim = row["claim_id"]
        if name == "events":
            row = next(r for r in tables_[name] if r["event_id"] == "signing")
        if name == "codebook":
            row = {**row, "code": "cheerful", "label": "Cheerful", "marker": "*"}
            tables_[name].append(row)
        row[column] = value
    coding = dict.fromkeys(tables_["codings"][0], "")
    coding |= {"claim_id": claim, "code": "cheerful", "stance": "supports", "certainty": "sure"}
    tables_["codings"].append(coding)
    for name, records in tables_.items():
        write(copy / "data" / f"{name}.csv", records)
    return copy


def texts_of(chart) -> str:
    """All that stands in the static figure, in one line."""
    import matplotlib
    from matplotlib.text import Text

    from helpers.charts import style

    with matplotlib.rc_context(style.RC):
        return " ".join(" ".join(t.get_text() for t in chart.draw().findobj(Text)).split())


def test_one_more_value_in_each_open_list_works_in_every_table_and_figure(longer):
    corpus = load(longer)
    for table, (column, value) in LISTS.items():
        assert value in set(getattr(corpus, table)[column])
    assert "of weather report" in texts_of(charts.aims(corpus))
    assert "forecast" in texts_of(charts.timeline(corpus))
    assert "weather map" in charts.voices(corpus).wording.subtitle
    tone = tables.coded(corpus, "tone")
    assert list(tone["label"]) == ["Cheerful"]
    chosen = corpus.where(target="weather-report")
    assert "only claims on weather report" in charts.aims(chosen).wording.headline
    for one in (corpus, chosen):
        for name in ("labels", "framings", "aims", "headline_body", "criteria", "voices"):
            chart = getattr(charts, name)(one)
            assert texts_of(chart)
            assert (chart.interactive() is None) == (chart.plotly is None)
        for name in ("claims", "bare", "timeline", "voices", "people", "occasions", "criteria"):
            assert getattr(tables, name)(one) is not None
        assert len(tables.statements(one, "tone")) == len(tables.conflicts(one, "tone")) == 1
        assert len(tables.only_and_both(one, "tone")) == 1


def test_without_a_main_target_all_claims_are_drawn(copy):
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    del package["main_target"]
    path.write_text(json.dumps(package), "utf-8")
    corpus = load(copy)
    chart = charts.framings(corpus)
    assert set(chart.rows["claim_id"]) == set(tables.coded(corpus, "framing")["claim_id"])
    assert chart.rows["target"].nunique() > 1
    assert "claims on" not in chart.title
    unsourced = set(corpus.claims.query("attribution == 'none'")["claim_id"])
    assert set(tables.bare(corpus)["claim_id"]) == unsourced


ELSEWHERE = [
    {
        "source_id": "one",
        "quote": f"Ferry {n} is late",
        "target": "other",
        "codes": {"slow": "supports"},
    }
    for n in range(3)
]
HARBOUR = {"actor_id": "harbour", "name": "Harbour News", "kind": "outlet"}


@pytest.fixture
def elsewhere(tmp_path):
    """Claims that carry a framing, none of them on the main target."""
    slow = {"code": "slow", "facet": "framing", "label": "Slow"}
    article = {"source_id": "one", "outlet_id": "harbour"}
    folder = synthetic.small(tmp_path / "made", [HARBOUR], [article], ELSEWHERE, (slow,))
    return load(folder)


def test_an_empty_chart_says_why(elsewhere):
    said = texts_of(charts.framings(elsewhere))
    assert "3 claims carry one of 1 code of the facet framing, but none on the pact" in said
    assert "3 on others" in said
    assert "the codebook has no code of the facet label" in charts.labels(elsewhere).alt
    assert "the corpus has no event" in charts.timeline(elsewhere).alt
    assert "the codebook has no dispute" in charts.two_disputes(elsewhere).alt
    assert not charts.headline_body(elsewhere).nothing
    body = elsewhere.where(position="body")
    assert "no claim stands in a headline" in charts.headline_body(body).alt
    for name in figures.CHARTS:
        assert "has what this figure shows" not in figures.make(elsewhere, name).alt


def test_an_empty_chart_of_a_selection_says_nothing_of_the_others(elsewhere):
    uncoded = elsewhere.where(certainty=[])
    assert "in your selection" in charts.framings(uncoded).nothing
    assert "carry" not in charts.framings(uncoded).nothing


MANY = 40
PORT = {"source_id": "one", "outlet_id": "harbour", "published": "2024-05-03"}


def many_events(folder, claims, events):
    return load(synthetic.small(folder / "made", [HARBOUR], [PORT], claims, (), tuple(events)))


def test_of_many_events_those_that_the_articles_are_about_are_drawn(tmp_path):
    """The last of them is in the headline, the one before told twice, the third last is near."""
    events = [
        {"event_id": f"e{n}", "label": f"Event {n}", "date": f"19{10 + n}"} for n in range(MANY)
    ]
    events[-3]["date"] = "2024-05-01"
    told = [(MANY - 1, "headline"), *((n, "body") for n in range(MANY)), (MANY - 2, "again")]
    claims = [
        {"source_id": "one", "quote": f"Told of {n} in the {where}", "event_id": f"e{n}"}
        for n, where in told
    ]
    chart = charts.timeline(many_events(tmp_path, claims, events))
    drawn = set(chart.rows["event_id"])
    assert {f"e{MANY - n}" for n in (1, 2, 3)} <= drawn
    assert len(drawn) == charts.chart.MOST_ROWS
    said = texts_of(chart)
    assert f"{len(drawn)} of {MANY} events" in chart.wording.headline
    assert all(e["label"] in said for e in events)
    assert f"Other events, {MANY - len(drawn)}: " in said
    assert f"{chart.rows['claim_id'].nunique()} claims of {len(claims)}" in chart.wording.source
    assert chart.rest in chart.alt


def test_of_many_articles_those_with_most_claims_are_drawn_and_the_others_listed(large):
    chart = charts.voices(large)
    count = large.claims["source_id"].value_counts()
    on = large.claims.loc[large.claims["target"] == large.main_target, "source_id"].value_counts()
    drawn = set(chart.rows["source_id"])
    assert on[list(drawn)].min() >= on.drop(list(drawn)).max()
    assert f"{len(drawn)} of {len(count)} articles" in chart.wording.headline
    said = texts_of(chart)
    assert all(name in said for name in large.outlets.values())


SIDES = (
    {"code": "fair-or-not", "facet": "dispute", "label": "Is it fair?"},
    {"code": "yes", "facet": "side", "label": "it is", "dispute": "fair-or-not"},
    {"code": "no", "facet": "side", "label": "it is not", "dispute": "fair-or-not"},
    {"code": "fair", "facet": "framing", "label": "Fair", "dispute": "fair-or-not", "side": "yes"},
)
LOOKS = {
    "yes": {"opposite_of": "no", "colour": "#005a9c", "marker": "o"},
    "no": {"opposite_of": "yes", "colour": "#a33c00", "marker": "s"},
}


def speakers(folder, claims, articles=(PORT,)):
    who = dict.fromkeys(c["speaker_id"] for c in claims if "speaker_id" in c)
    people = [{"actor_id": w, "name": w.title(), "kind": "state"} for w in who]
    book = tuple(code | LOOKS.get(code["code"], {}) for code in SIDES)
    return load(synthetic.small(folder / "made", [HARBOUR, *people], [*articles], claims, book))


def fair(quote, who, source="one", **more):
    return {"source_id": source, "quote": quote, "speaker_id": who, **more} | {
        "codes": more.get("codes", {"fair": "supports"})
    }


def test_of_many_speakers_the_one_in_the_headline_is_drawn_and_only_what_is_drawn_is_counted(
    tmp_path,
):
    head = {"source_id": "one", "quote": "Toll talk", "codes": {}}
    last = fair("Land 39 in the lead", "land 39".replace(" ", "-"), position="lead")
    said = [fair(f"Land {n} agrees", f"land-{n}") for n in range(MANY - 1)]
    corpus = speakers(tmp_path, [head, *said, last])
    chart = charts.two_disputes(corpus)
    drawn = set(chart.rows["speaker_id"])
    assert "land-39" in drawn
    assert len(drawn) == 14
    assert f"14 claims of {len(corpus.claims)}" in chart.wording.source
    assert "14 of 40" in chart.wording.headline
    assert all(corpus.names[s] in texts_of(chart) for s in corpus.names if s != "harbour")


def test_in_the_headline_alone_is_said_of_the_article_whose_headline_it_is(tmp_path):
    articles = (PORT, PORT | {"source_id": "two"})
    claims = [
        fair("Aland calls it fair", "aland"),
        fair("Bland calls it fair", "bland", "two"),
        fair("Bland says more", "bland", "two", codes={}),
        fair("Aland in the other article", "aland", "two"),
    ]
    chart = charts.two_disputes(speakers(tmp_path, claims, articles))
    assert chart.alt.count("in the headline alone") == 1
    assert "Aland, in the headline alone (in Harbour News (one))" in chart.alt


def test_no_word_of_this_projects_subject_is_in_the_figures_of_another(tmp_path, corpus, started):
    """Names of targets and facets are those of the corpus's own data package."""
    own = [{"code": "fast", "facet": f, "label": "Fast"} for f in ("framing", "aim", "area")]
    own += [{"code": "boat", "facet": "label", "label": "boat"}]
    own += [{"code": "berth", "facet": "criterion", "label": "Berth", "belongs_to": "Port"}]
    book = tuple(code | {"code": f"{code['code']}-{n}"} for n, code in enumerate(own))
    stances = {code["code"]: "supports" for code in book}
    claims = [
        {"source_id": "one", "quote": "Boats are fast", "target": "boats", "codes": stances},
        {"source_id": "one", "quote": "Ports are slow", "target": "pact", "codes": stances},
    ]
    folder = synthetic.small(tmp_path / "port", [HARBOUR], [PORT], claims, book)
    shutil.copyfile(started / "data" / "datapackage.json", folder / "data" / "datapackage.json")
    other = load(folder)
    ours = (
        {
            c["label"]
            for resource in corpus.package["resources"]
            for field in resource["schema"]["fields"]
            if (resource["name"], field["name"]) in {("claims", "target"), ("codebook", "facet")}
            for c in field["categories"]
        }
        | set(corpus.labels.values())
        | set(corpus.names.values())
    )
    ours -= (
        {
            c
            for f in (("claims", "target"), ("codebook", "facet"))
            for c in other.categories(*f).values()
        }
        | set(other.labels.values())
        | set(other.names.values())
    )
    assert {"the pact", "Fields of cooperation", "Words for the document"} <= ours
    for name in figures.CHARTS:
        chart = figures.make(other, name)
        words = f"{texts_of(chart)} {chart.alt} {chart.caption} {chart.wording.source}"
        assert not [word for word in ours if f" {word} " in f" {words} "], name
    for name in ("framings", "aims", "labels", "criteria"):
        assert not getattr(charts, name)(other).nothing
