"""Drafts of articles of many kinds: what is quoted is found, and nobody is named who did not speak.

drafts.toml has the articles, with a key made by reading them.
"""

import functools
import itertools
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from conftest import rows, run, write
from hypothesis import given
from hypothesis import strategies as st

from helpers import load
from helpers.extend import draft, layout, new
from helpers.extend.dated import dates
from helpers.extend.language import guess, languages
from helpers.extend.spans import UNKNOWN, read

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

ARTICLES = tomllib.loads((Path(__file__).parent / "drafts.toml").read_text("utf-8"))
OPEN = "?"
HERE = load()
EMPTY = HERE.replaced(actors=HERE.actors.iloc[:0])


@pytest.fixture(scope="module")
def empty():
    """A corpus without actors."""
    return EMPTY


@pytest.fixture
def mine(tmp_path):
    new.write(HERE, tmp_path / "mine")
    return tmp_path / "mine"


@functools.cache
def reading(corpus, name):
    return read(corpus, ARTICLES[name]["text"].lstrip("\n"))


def said(corpus, name):
    """Each quotation of a key with its spans, the names of who speaks, and who does by the key."""
    text, found = ARTICLES[name]["text"].lstrip("\n"), reading(corpus, name)
    names = {a.actor_id: a.name for a in found.cast.actors} | {UNKNOWN: OPEN}
    for quote, who in ARTICLES[name]["quotes"]:
        start = text.index(quote)
        end = start + len(quote) + 1
        own = [s for s in found.spans if start <= s["start"] and s["end"] <= end]
        own = [s for s in own if s["voice"] == "direct"]
        yield text, quote, own, {names[s["speaker"]] for s in own}, who


@pytest.mark.parametrize("name", ARTICLES)
def test_each_quotation_is_found_whole_or_in_sentences(empty, name):
    for text, quote, own, _, _ in said(empty, name):
        inside = {i for s in own for i in range(s["start"], s["end"])}
        start = text.index(quote)
        missing = [i for i in range(len(quote)) if start + i not in inside and quote[i].isalnum()]
        assert not missing, quote


@pytest.mark.parametrize("name", ARTICLES)
def test_nobody_is_named_outright_who_did_not_speak(empty, name):
    for _, quote, own, found, who in said(empty, name):
        if {s["attribution"] for s in own} == {"explicit"}:
            assert any(re.search(who.replace("?", r"\?"), n) for n in found), (quote, found)


def test_of_25_speakers_22_are_found_and_the_others_left_open_with_who_it_may_be(empty):
    table = [
        (OPEN in found, any(re.search(w.replace("?", r"\?"), n) for n in found), own)
        for name in ARTICLES
        for *_, own, found, w in said(empty, name)
    ]
    open_ = [own for is_open, _, own in table if is_open]
    right = sum(not is_open and fits for is_open, fits, _ in table)
    assert right + len(open_) == len(table) > 90
    assert right >= len(table) * 22 / 25
    assert all(s["attribution"] == "inferred" for own in open_ for s in own)
    known = [name for name in ARTICLES if guess(ARTICLES[name]["text"]) in languages()]
    assert all(
        s["candidates"] for n in known for *_, own, f, _ in said(empty, n) for s in own if OPEN in f
    )


@pytest.mark.parametrize("name", ARTICLES)
def test_names_of_films_ships_and_programmes_are_not_speech(empty, name):
    found = reading(empty, name)
    spoken = {found.flat[s["start"] : s["end"]] for s in found.spans if s["voice"] == "direct"}
    assert not spoken & set(ARTICLES[name]["silent"])


@pytest.mark.parametrize("name", ARTICLES)
def test_what_is_left_out_as_who_says_it_holds_no_reported_clause(empty, name):
    found = reading(empty, name)
    for span in found.spans:
        if span["kind"] == "attribution":
            left = found.flat[span["start"] : span["end"]]
            assert not re.search(r"\bthat\b\W+\w+", left), left


PHRASES = {  # who speaks, in forms that articles have; the key names the speaker
    "“We open in May,” according to Rosa Lind.": "Rosa Lind",
    "According to Rosa Lind, “we open in May, and not a day later”.": "Rosa Lind",
    "“We open,” Rosa Lind said, “in May.”": "Rosa Lind",
    "Rosa Lind, who once worked for Karl Oster, declared “we open in May or never”.": "Rosa Lind",
    "The opposition, which includes Karl Oster, declared: “We will not open.”": "opposition",
    "A spokesman for Karl Oster said: “He will not open it.”": "spokesman for Karl Oster",
    "Karl Oster’s lawyer said: “He will not open it.”": "lawyer",
    "After a meeting with Karl Oster, Rosa Lind told reporters: “We open in May.”": "Rosa Lind",
    "“We open in May,” grumbled Rosa Lind.": "Rosa Lind",
    "“We open in May,” the mayor, Rosa Lind, said.": "Rosa Lind",
    "The plan was described by Rosa Lind as “late but welcome to all”.": "Rosa Lind",
    "The Harbour Union called the plan “late” and said it “comes far too late for us”.": "Union",
    "Its chief executive, Rosa Lind, said: “We open in May.”": "Rosa Lind",
    "“We open in May,” said a spokeswoman for the port, Rosa Lind.": "Rosa Lind",
    "A port official, who asked to remain anonymous, said ships could be sent. “They may come "
    "next week,” the official said.": "port official",
    "Oster’s rival, Rosa Lind of the Port League, wrote a letter. “We open in May,” she "
    "said.": "Rosa Lind",
    "Port Royal FC have denied it. “We open in May,” the club said.": "Port Royal FC",
    "Fellow captain Rosa Lind said: “We open in May.”": "Rosa Lind",
    "Shares in Zenda Shipping, the biggest carrier, fell. “We open in May,” the company said.": (
        "Zenda Shipping"
    ),
    "The Port Forum points to delays. “We open in May,” the group said.": "Port Forum",
    "Dame Rosa Lind chairs the port. “We open in May,” Dame Rosa said.": "Rosa Lind",
    "For Rosa Lind, it is a beginning: “We open in May.”": "Rosa Lind",
    "“We open in May,” said Rosa Lind, a 38-year-old captain.": "Rosa Lind",
    "Its chair, Rosa Lind, had earlier described the plan as “an honest beginning”.": "Rosa Lind",
    "The Port Board came in May. “We open,” the regulator said.": "Port Board",
    "His neighbour, retired ship captain Rosa Lind, agreed: “We open in May.”": "Rosa Lind",
    "Rosa Lind, a captain, chairs it. “We open in May,” the 51-year-old said.": "Rosa Lind",
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_who_speaks_is_told_from_who_is_only_named(empty, phrase):
    text = f"Harbour to open\n\nKarl Oster, a minister, was there.\n\n{phrase}\n"
    found = read(empty, text, "en")
    names = {a.actor_id: a.name for a in found.cast.actors}
    direct = [s for s in found.spans if s["voice"] == "direct"]
    assert {PHRASES[phrase] in names.get(s["speaker"], OPEN) for s in direct} == {True}


OTHER_LANGUAGES = {  # a text, its language, the words quoted, and who speaks
    "Der Hafenverband sprach von einer „Schande für Stadt und Land“.": ("de", "Hafenverband"),
    "Geschäftsführerin Rosa Lind nannte den Plan einen „Unsinn ohne jedes Beispiel“.": (
        "de",
        "Rosa Lind",
    ),
    "„Wir öffnen im Mai“, sagte die Vorsitzende der Hafengilde, Rosa Lind, dem Boten.": (
        "de",
        "Rosa Lind",
    ),
    "Der Hafen sei „nicht wirklich bereit zu öffnen“, teilte das Ministerium mit.": (
        "de",
        "Ministerium",
    ),
    "Ihre Sprecherin Rosa Lind, deren Haus am Hafen steht, ist zufrieden: „Wir öffnen.“": (
        "de",
        "Rosa Lind",
    ),
    "Bürgermeisterin Rosa Lind nickt. „Wir öffnen“, so die Rathauschefin.": ("de", "Rosa Lind"),
    "« Nous ouvrons en mai », a dit la directrice de l’agence, Rosa Lind.": ("fr", "Rosa Lind"),
    "La maire, Rosa Lind, sourit. « Nous ouvrons en mai », glisse-t-elle.": ("fr", "Rosa Lind"),
    "Der Biologe Karl Oster von der Universität Zenda warnte. „Wir öffnen zu früh“, so Oster.": (
        "de",
        "Karl Oster",
    ),
    "Le ministère de la Mer a indiqué suivre « la question avec beaucoup d’attention ».": (
        "fr",
        "ministère de la Mer",
    ),
}


@pytest.mark.parametrize("sentence", OTHER_LANGUAGES)
def test_a_fragment_is_by_the_subject_of_its_verb_in_other_languages_too(empty, sentence):
    language, speaker = OTHER_LANGUAGES[sentence]
    found = read(empty, f"Hafen\n\n{sentence}\n", language)
    names = {a.actor_id: a.name for a in found.cast.actors}
    assert [names[s["speaker"]] for s in found.spans if s["voice"] == "direct"] == [speaker]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Bürgermeisterin Rosa Lind lehnte ab. Der Hafen sei sicher, sagte sie am Montag.",
            "Der Hafen sei sicher",
        ),
        ("Ministerin Rosa Lind erklärte, ein Hafen könne helfen.", "ein Hafen könne helfen"),
    ],
)
def test_what_is_told_in_the_subjunctive_is_a_claim_of_who_says_it(empty, sentence, told):
    found = read(empty, f"Hafen\n\n{sentence}\n", "de")
    names = {a.actor_id: a.name for a in found.cast.actors}
    said = {
        found.flat[s["start"] : s["end"]]: names[s["speaker"]]
        for s in found.spans
        if s["voice"] == "indirect"
    }
    assert said == {told: "Rosa Lind"}


def test_what_follows_who_says_it_is_not_left_out(empty):
    told = "Er sei offen, sagte sie, und es richte sich gegen niemanden."
    text = f"Hafen\n\nBürgermeisterin Rosa Lind kam. {told}\n"
    found = read(empty, text, "de")
    kept = [found.flat[s["start"] : s["end"]] for s in found.spans if s["kind"] == "claim"]
    assert any("es richte sich gegen niemanden" in words for words in kept)


def test_no_clause_and_no_thing_becomes_an_actor(empty):
    text = (
        "Harbour\n\nLaut Personalrat haben drei das Haus verlassen. Der Streit ist alt: „Niemand "
        "fragt, wem der Hafen gehört.“\n"
    )
    assert {a.name for a in read(empty, text, "de").cast.actors if a.new} <= {"Personalrat"}


def test_words_of_a_headline_are_by_nobody_who_is_only_named_in_it(empty):
    text = "Row over ‘dirty tricks’ of Oster at the port\n\nKarl Oster, a captain, was there.\n"
    assert "direct" not in {s["voice"] for s in read(empty, text, "en").spans}


def test_a_name_is_not_who_wrote_the_article_nor_a_line_of_another_paragraph(empty):
    text = "Harbour to open\nBy Rosa Lind, harbour reporter\n\nKarl Oster, a captain, was there.\n"
    assert [a.name for a in read(empty, text, "en").cast.actors if a.new] == ["Karl Oster"]


def test_an_outlet_that_was_typed_and_stands_at_the_top_is_the_articles(mine, tmp_path):
    row = dict.fromkeys(load(mine).actors.columns, "")
    row |= {"actor_id": "bote", "name": "Zenda Bote", "kind": "outlet"}
    write(mine / "data" / "actors.csv", [row])
    path = tmp_path / "one.txt"
    path.write_text("Harbour\n\nZenda Bote, 7 November 2023\n\nIt opens.\n", "utf-8")
    draft.add(mine, path)
    read_ = load(mine)
    assert list(read_.sources["outlet_id"]) == ["bote"]
    assert list(read_.actors["actor_id"]) == ["bote"]
    other = tmp_path / "two.txt"  # which only tells of that outlet
    other.write_text("Zenda Bote closes\n\n8 November 2023\n\nIt closes.\n", "utf-8")
    draft.add(mine, other)
    assert list(load(mine).sources["outlet_id"]) == ["bote", "two-outlet"]


def test_an_office_without_a_name_is_somebody_else_in_another_article(mine, tmp_path):
    one = (
        "Harbour\n\n“We open,” the chief executive said.\n\nA spokesperson said: “All may come.”\n"
    )
    two = (
        "Dam\n\nIts chief executive, Rosa Lind, said: “We close.” A spokesperson said: “Nobody.”\n"
    )
    paths = [tmp_path / "one.txt", tmp_path / "two.txt"]
    for path, text in zip(paths, (one, two), strict=True):
        path.write_text(text, "utf-8")
    draft.add(mine, *paths)
    claims = load(mine).claims
    spoke = {
        s: set(g["speaker_id"]) for s, g in claims[claims["voice"] == "direct"].groupby("source_id")
    }
    assert len(spoke) == 2
    assert not set.intersection(*spoke.values())
    assert "rosa-lind" in spoke["two-article"]
    before = load(mine).tables
    draft.add(mine, *paths)  # again: nobody is proposed twice
    assert all(before[n].equals(t) for n, t in load(mine).tables.items())


def test_a_date_line_below_a_long_standfirst_is_when_it_was_published(mine, tmp_path):
    path = tmp_path / "one.txt"
    stand = (
        "After ten years of waiting the harbour of the town opens to ships of all its neighbours"
    )
    path.write_text(f"Harbour\n\n{stand}\n\n7 November 2023\n\nIt opens.\n", "utf-8")
    draft.add(mine, path)
    assert load(mine).sources["published"].iloc[0] == "2023-11-07"


def test_a_quotation_over_two_paragraphs_is_by_whom_the_second_names(empty):
    text = "Harbour to open\n\n“We open in May.\n\n“All may come,” said Rosa Lind.\n"
    direct = [s for s in read(empty, text, "en").spans if s["voice"] == "direct"]
    assert [s["speaker"] for s in direct] == ["rosa-lind"] * 2


REPORTED = {  # what stands in the claims told, and that nothing else is one
    "Rosa Lind said that the harbour opens.": ["the harbour opens"],
    "The harbour opens in May, Rosa Lind said.": ["The harbour opens in May"],
    "Rosa Lind said on Friday it had signed the plan.": ["on Friday it had signed the plan"],
    "“We open,” Rosa Lind said, adding that all may come.": ["all may come"],
    "“We open in May” and “nobody will be left out”, said Rosa Lind.": [],
    "Rosa Lind wrote that “all may come and stay as they like”.": [],
    "The port authority confirmed it had sold the quay.": ["it had sold the quay"],
    "Its agent, Rosa Lind, said her client had been paid.": ["her client had been paid"],
}


@pytest.mark.parametrize("sentence", REPORTED)
def test_a_reported_clause_is_an_indirect_claim_and_a_joining_word_is_none(empty, sentence):
    found = read(empty, f"Harbour to open\n\n{sentence}\n", "en")
    claims = [s for s in found.spans if s["kind"] == "claim" and s["voice"] != "direct"][1:]
    assert [found.flat[s["start"] : s["end"]] for s in claims] == REPORTED[sentence]
    assert {s["voice"] for s in claims} <= {"indirect"}


def test_actors_that_are_known_are_found_by_an_office_in_other_words(empty):
    row = dict.fromkeys(empty.actors.columns, "") | {
        "actor_id": "lind",
        "name": "Rosa Lind",
        "kind": "person",
        "role": "Ruritania’s defence minister",
    }
    corpus = empty.replaced(actors=pd.DataFrame([row]))
    for office in ("The Minister of Defense of Ruritania", "The defence minister of Ruritania"):
        found = read(corpus, f"Harbour to open\n\n{office} said: “We open in May.”\n", "en")
        assert [s["speaker"] for s in found.spans if s["voice"] == "direct"] == ["lind"]


def test_a_language_that_is_not_understood_leaves_sentences_whole_and_says_so(mine, tmp_path):
    article = tmp_path / "hindi.txt"
    article.write_text(ARTICLES["hindi"]["text"].lstrip(), "utf-8")
    added = draft.add(mine, article)
    assert any("not understood" in note for note in added.notes)
    claims = load(mine).claims
    assert set(claims.loc[claims["voice"] == "direct", "speaker_id"]) == {UNKNOWN}
    assert claims["quote"].str.contains("मंत्री राजेश वर्मा ने कहा").any()


PIECES = ["“", "”", '"', "'", "‘", "’", "«", "»", "„", "—", ":", ",", ".", "?", "\n", "\n\n"]
PIECES += ["said", "that", "who", "and", "according to", "he", "Rosa Lind", "The ministry", "opens"]
PIECES += [
    "Mr",
    "Lind’s lawyer",
    "in May 2024",
    "sagte",
    "a déclaré",
    "мост",
    "橋",
    "•",
    "told",
    "by",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["en", "fr", "sr", "ja"]))
def test_of_any_text_each_word_stands_in_a_span_and_none_lies_across_another(pieces, language):
    text = f"Rosa Lind said no.\n\n{' '.join(pieces)}"
    found = read(EMPTY, text, language)
    spans = [(s["start"], s["end"]) for s in found.spans]
    inside = {i for a, b in spans for i in range(a, b)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())
    assert all(a < b for a, b in spans)
    primary = [s for s in found.spans if s["level"] == "primary"]
    assert all(x["end"] <= y["start"] for x, y in itertools.pairwise(primary))
    whole = [(s["start"], s["end"]) for s in primary]
    nested = [(s["start"], s["end"]) for s in found.spans if s["level"] == "nested"]
    assert all(any(a <= c and d <= b for a, b in whole) for c, d in nested)


LINES = "The council met on Monday and talked about the harbour for a long time. "


def test_lines_broken_at_a_width_are_read_as_paragraphs():
    text = ARTICLES["wrapped"]["text"].lstrip()
    flat = layout.joined(text)
    assert len(flat) == len(text)
    kinds = [p.kind for p in layout.pieces(flat)]
    assert kinds == ["headline", "heading", "body", "body", "body"]
    assert "broken at a width" in layout.warnings(text, flat, layout.pieces(flat))[0]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"A title\n{LINES}\nAnd then {LINES}\n", ["headline", "body", "body"]),
        (LINES * 5, ["headline", "body"]),
        (f"A title\n\n{LINES}\n\nA heading\n\n• one\n• two\n", None),
    ],
    ids=["no blank lines", "one line", "a list"],
)
def test_a_text_is_read_however_its_lines_are(text, kinds):
    found = layout.pieces(layout.joined(text))
    expected = kinds or ["headline", "body", "heading", "list", "list"]
    assert [p.kind for p in found] == expected


def test_lines_without_stops_are_named_with_what_to_do(mine, tmp_path):
    text = "A title\n\n" + "\n\n".join(["Words that have no stop at their end"] * 3 + [LINES] * 3)
    (tmp_path / "a.txt").write_text(text.replace("Words", "Words {}").format(1, 2, 3), "utf-8")
    assert any("taken for headings" in n for n in draft.add(mine, tmp_path / "a.txt").notes)


def test_a_date_line_is_when_it_was_published_and_the_language_is_guessed(mine, tmp_path):
    for name in ("feature", "german"):
        (tmp_path / f"{name}.txt").write_text(ARTICLES[name]["text"].lstrip(), "utf-8")
    draft.add(mine, tmp_path / "feature.txt", tmp_path / "german.txt")
    sources = load(mine).sources.set_index("source_id")
    assert list(sources["language"]) == ["en", "de"]
    assert list(sources["published"]) == ["2024-05-03", ""]
    assert list(sources["published_basis"]) == ["stated", "none"]


DATES = {
    "en": {
        "In 2017, they met.": "2017",
        "It opens by 2025.": "../2025",
        "on the 3rd of May 2021": "2021-05-03",
        "on May 3rd, 2021": "2021-05-03",
        "It may 5 times": "",
        "2000 men": "",
    },
    "de": {"am 5. März 2024": "2024-03-05", "bis 2027": "../2027"},
    "fr": {"le 1er mars 2020": "2020-03-01"},
    "it": {"il 12 marzo 2024": "2024-03-12"},
    "es": {"junio de 2025": "2025-06"},
    "sr": {"15. маја 2026. године": "2026-05-15", "3. септембра 2021.": "2021-09-03"},
    "hu": {"2024. március 5-én": "2024-03-05"},
    "pl": {"3 maja 2021 r.": "2021-05-03"},
    "hi": {"5 मार्च 2025 को": "2025-03-05"},
    "ja": {"橋は2025年3月5日に": "2025-03-05"},
}


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, v in DATES.items() for t in v])
def test_dates_are_read_in_the_language_of_the_article(language, text):
    assert " ".join(d.edtf for d in dates(text, language)) == DATES[language][text]


def test_a_second_date_in_a_sentence_has_an_event_and_a_claim_inside(mine, tmp_path):
    text = "A title\n\nThe bridge was begun in 2019 and opened in May 2021.\n"
    (tmp_path / "bridge.txt").write_text(text, "utf-8")
    draft.add(mine, tmp_path / "bridge.txt")
    corpus = load(mine)
    told = corpus.claims[corpus.claims["event_id"] != ""].merge(corpus.events, on="event_id")
    assert list(told["date"]) == ["2019", "2021-05"]
    assert list(told["level"]) == ["primary", "nested"]


@pytest.mark.parametrize("stem", ["march-2025", "2025-03", "12", "mar", "1e5"])
def test_no_id_is_one_that_a_spreadsheet_turns_into_a_date_or_number(mine, tmp_path, stem):
    (tmp_path / f"{stem}.txt").write_text(ARTICLES["wire"]["text"].lstrip(), "utf-8")
    draft.add(mine, tmp_path / f"{stem}.txt")
    ids = [
        cell
        for table in (mine / "data").glob("*.csv")
        for row in rows(table)
        for column, cell in row.items()
        if column.endswith("_id") and cell
    ]
    number = r"\d+|\d+e\d+|\w+-\d+|\d+-\d+(-\d+)?|[a-z]{3,9}-\d+(-\d+)?"
    assert ids
    assert not [i for i in ids if re.fullmatch(number, i)]


def test_several_articles_are_drafted_at_once_and_share_their_actors(mine, tmp_path):
    text = ARTICLES["wire"]["text"].lstrip()
    for name, title in (("one", text), ("two", text.replace("sign rail", "sign a rail"))):
        (tmp_path / f"{name}.txt").write_text(title, "utf-8")
    done = run("draft", tmp_path / "one.txt", tmp_path / "two.txt", "--corpus", mine)
    assert (done.returncode, done.stderr) == (0, "")
    corpus = load(mine)
    assert len(corpus.sources) == 2
    assert corpus.actors["name"].is_unique
    (tmp_path / "three.txt").write_bytes(b"\xff\xff")
    before = {p: p.read_bytes() for p in mine.rglob("*.*")}
    (tmp_path / "four.txt").write_text(text + "More.\n", "utf-8")
    done = run("draft", tmp_path / "four.txt", tmp_path / "three.txt", "--corpus", mine)
    assert done.returncode == 1
    assert {p: p.read_bytes() for p in mine.rglob("*.*")} == before


def test_of_two_with_one_surname_the_one_of_the_article_speaks_or_it_stays_open(mine, tmp_path):
    quote = "“We open the harbour in May,” Lind said."
    for name, text in {
        "one": f"A title\n\nRosa Lind, a mayor, came. {quote}\n",
        "two": f"Another title\n\nKarl Lind, a minister, came. {quote}\n",
        "three": f"A third title\n\nThe mayor Rosa Lind and the judge Karl Lind met.\n\n{quote}\n",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    draft.add(mine, *(tmp_path / f"{n}.txt" for n in ("one", "two", "three")))
    claims = load(mine).claims.query("voice == 'direct'")
    assert list(claims["speaker_id"]) == ["rosa-lind", "karl-lind", UNKNOWN]
    assert "Rosa Lind or Karl Lind" in claims["note"].iloc[-1]


def test_drafting_again_keeps_what_a_person_has_edited_and_names_who_is_known_now(mine, tmp_path):
    text = "A title\n\n“This is our harbour and it stays,” he said.\n\nThe tower fell in May.\n"
    article = tmp_path / "a.txt"
    article.write_text(text, "utf-8")
    draft.add(mine, article)
    claims = mine / "data" / "claims.csv"
    records = rows(claims)
    assert [r["speaker_id"] for r in records if r["voice"] == "direct"] == [UNKNOWN]
    tower = next(r for r in records if r["quote"].startswith("The tower"))
    tower |= {"proposition": "Edited.", "target": "tower"}
    write(claims, records)
    actors = rows(mine / "data" / "actors.csv")
    known = {"actor_id": "he-is-lind", "name": "Rosa Lind", "also_named": "he", "kind": "person"}
    write(mine / "data" / "actors.csv", [*actors, dict.fromkeys(actors[0], "") | known])
    edited = {p.name: p.read_bytes() for p in (mine / "data").iterdir()}
    draft.add(mine, article)
    after = {r["claim_id"]: r for r in rows(claims)}
    assert after[tower["claim_id"]] == tower
    assert len(after) == len(records)
    draft.add(mine, article)
    again = {p.name: p.read_bytes() for p in (mine / "data").iterdir()}
    draft.add(mine, article)
    assert again == {p.name: p.read_bytes() for p in (mine / "data").iterdir()}
    assert edited["sources.csv"] == again["sources.csv"]


def test_drafting_again_adds_mentions_of_new_actors_and_leaves_those_that_a_person_chose(
    mine, tmp_path
):
    article = tmp_path / "a.txt"
    text = "A title\n\nRosa Lind, a mayor, came. The mayor Rosa Lind left. Karl left the port.\n"
    article.write_text(text, "utf-8")
    draft.add(mine, article)
    path = mine / "data" / "mentions.csv"
    first, *others = rows(path)
    write(path, others)
    actors = rows(mine / "data" / "actors.csv")
    known = {"actor_id": "karl", "name": "Karl", "kind": "person"}
    write(mine / "data" / "actors.csv", [*actors, dict.fromkeys(actors[0], "") | known])
    draft.add(mine, article)
    assert rows(path)[: len(others)] == others
    assert [r["actor_id"] for r in rows(path)[len(others) :]] == ["karl"]
    assert first["actor_id"] == "rosa-lind"


def test_a_speaker_that_was_open_is_named_once_the_actor_is_typed(mine, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text(
        "A title\n\nBoth met. “It is our harbour and it stays” – so the words of Lind.\n"
    )
    draft.add(mine, article)
    claims = mine / "data" / "claims.csv"
    assert UNKNOWN in {r["speaker_id"] for r in rows(claims)}
    actors = rows(mine / "data" / "actors.csv")
    known = {"actor_id": "lind", "name": "Rosa Lind", "short_name": "Lind", "kind": "person"}
    write(mine / "data" / "actors.csv", [*actors, dict.fromkeys(actors[0], "") | known])
    draft.add(mine, article)
    corpus = load(mine)
    (direct,) = corpus.claims[corpus.claims["voice"] == "direct"].to_dict("records")
    assert (direct["speaker_id"], direct["attribution"], direct["note"]) == ("lind", "inferred", "")
    assert set(corpus.utterances["speaker_id"]) == {"lind"}


def test_byte_order_mark_line_ends_and_separators_of_tables_stay(mine, tmp_path):
    path = mine / "data" / "claims.csv"
    header = path.read_text("utf-8").replace(",", ";").replace("\n", "\r\n")
    path.write_bytes(("\ufeff" + header).encode("utf-8"))
    (tmp_path / "a.txt").write_text(ARTICLES["wire"]["text"].lstrip(), "utf-8")
    draft.add(mine, tmp_path / "a.txt")
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeffclaim_id;")
    assert text.count("\r\n") == text.count("\n") > 5
    assert len(load(mine).claims) > 5


def test_proposed_actors_are_marked_as_drafts_and_the_note_says_so(mine, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLES["wire"]["text"].lstrip(), "utf-8")
    draft.add(mine, tmp_path / "a.txt")
    corpus = load(mine)
    assert (corpus.actors["review"] == "draft").all()
    assert any("actors.csv" in note for note in corpus.notes)
    roles = dict(zip(corpus.actors["name"], corpus.actors["role"], strict=True))
    assert roles["Flavia Tarlen"] == "Transport Minister"
