"""A kit goes to a person; what comes back is that person's coding, or is refused in whole."""

import html
import io
import itertools
import re
import struct
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import qualcoder
from conftest import rows, run
from hypothesis import given
from hypothesis import strategies as st

from helpers import charts, exchange, findings, load
from helpers.corpus import HOME, quotes
from helpers.extend import coding, kit, marked
from helpers.findings import agreement

pytestmark = pytest.mark.slow  # it takes long, and seldom breaks alone

DATA = HOME / "tests" / "data"
REAL = DATA / "qualcoder.qdpx"
NS = "{urn:QDA-XML:project:1.0}"


def read(corpus, raw: bytes | Path, user: str) -> dict[str, pd.DataFrame]:
    """The tables of one user of a project."""
    with tempfile.TemporaryDirectory() as place:
        path = raw if isinstance(raw, Path) else Path(place) / "mine.qdpx"
        if isinstance(raw, bytes):
            path.write_bytes(raw)
        project = exchange.opened(path)
    return coding.tables(corpus, marked.from_project(corpus, project, user, "f"), "f")


def cells(table: pd.DataFrame, columns=None) -> list[tuple]:
    return sorted(table[columns or list(table)].itertuples(index=False, name=None))


# What the real program writes


@pytest.mark.parametrize("table", ["claims", "codings", "omissions"])
def test_what_qualcoder_wrote_comes_back_as_it_was_coded(corpus, table):
    expected = pd.read_csv(
        DATA / "first_edition" / f"{table}.csv", dtype=str, keep_default_na=False
    )
    found = read(corpus, REAL, "two")[table]
    shared = [c for c in expected if c in found]
    assert set(expected) - set(shared) <= {"event_id"}
    assert cells(found, shared) == cells(expected, shared)
    if "start" in found:
        assert list(found["quote"]) == list(expected["quote"])  # in the order of the text


def test_a_user_who_is_called_like_the_coder_is_chosen_and_claims_without_a_code_are_no_marks(
    whole_copy,
):
    """An export of ours has users, and claims as selections without a code."""
    from_us = whole_copy / "project.qdpx"
    from_us.write_bytes(exchange.FORMATS["project"][1](load(whole_copy)))
    project = exchange.opened(from_us)
    assert (project.selections["guid"] == "").any()
    assert marked.chosen(["one", "two"], "two", None, "f") == "two"
    assert marked.chosen(["one", "two"], "two", "one", "f") == "one"
    codings = re.compile(r"(?s)<Coding .*?</Coding>")
    fewer = moved(REAL.read_bytes(), lambda xml: codings.sub("", xml, count=1))
    assert (exchange.opened(REAL).selections["guid"] != "").all()
    assert len(read(load(whole_copy), fewer, "one")["claims"]) > 0
    uncoded = moved(REAL.read_bytes(), lambda xml: codings.sub("", xml))
    path = whole_copy / "mine.qdpx"
    path.write_bytes(uncoded)
    assert "nobody has coded anything" in bring(whole_copy, path).stdout


def test_what_the_first_edition_did_not_code_is_missing_and_the_coding_one_in_part(whole_copy):
    done = run("kit", "--read", REAL, "--as", "ana", "--user", "two", "--corpus", whole_copy)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if line.startswith("- ")]
    assert lines == ["- no claim mentions anybody", "- no utterance has a verb of saying"]
    corpus = load(whole_copy)
    assert corpus.partial == {"ana"}
    assert corpus.independent["ana"]["mentions"].empty


# Round trips


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("named", [True, False], ids=["codes by id", "codes by name"])
def test_every_coding_goes_through_a_program_and_comes_back(corpus, seed, named):
    users = {c: qualcoder.marks(t) for c, t in corpus.independent.items()}
    raw = qualcoder.project(corpus, users, seed, named)
    for coder, own in corpus.independent.items():
        back = read(corpus, raw, coder)
        assert {n: cells(back[n], list(t)) for n, t in own.items()} == {
            n: cells(t) for n, t in own.items()
        }
        assert coding.missing(corpus, back) == []


def test_utterances_that_nobody_has_named_are_those_that_the_coders_named(corpus):
    for own in corpus.independent.values():
        claims = own["claims"].assign(utterance_id="")
        marks = qualcoder.marks({**own, "claims": claims})
        assert list(coding.tables(corpus, marks, "f")["claims"]["utterance_id"]) == list(
            own["claims"]["utterance_id"]
        )


LETTERS = st.sampled_from(
    ["word", "Wort", "слово", "👩🏽‍🚀", "😀", "&<b>\"'", "“so”", "é", "e\u0301"]
)
SPACES = st.sampled_from([" ", " ", "\n", "\r\n", "\n\n", ", ", "\u00a0"])
NOTES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), blacklist_characters=":"),
    max_size=12,
)
COLUMNS = {
    "speaker_id": "militarnyi",
    "voice": "outlet",
    "attribution": "none",
    "modality": "asserted",
    "target": "other",
    "position": "body",
}


@st.composite
def texts(draw) -> list[str]:
    """The pieces of an article, words and spaces by turns."""
    pieces = []
    for _ in range(draw(st.integers(3, 14))):
        pieces += [draw(LETTERS), draw(SPACES)]
    return pieces


@st.composite
def coded(draw):
    """An article, and claims in it, nested or beside one another, with codes and notes."""
    pieces = draw(texts())
    text, count = "".join(pieces), len(pieces) // 2
    begins = [len("".join(pieces[: 2 * i])) for i in range(count)]
    ends = [b + len(pieces[2 * i]) for i, b in enumerate(begins)]
    spans = set()
    for _ in range(draw(st.integers(1, 5))):
        low = draw(st.integers(0, count - 1))
        high = draw(st.integers(low, count - 1))
        crosses = any(
            a < begins[low] < b < ends[high] or begins[low] < a < ends[high] < b for a, b in spans
        )
        if not crosses:
            spans.add((begins[low], ends[high]))
    marks = []
    for start, end in spans:
        note = draw(NOTES).strip()
        about = f"proposition: {draw(NOTES).strip()}\nnote: {note}"
        marks += [
            (start, end, f"{c}={v}", about if c == "speaker_id" else "") for c, v in COLUMNS.items()
        ]
        for code in draw(st.sets(st.sampled_from(["partnership", "unity", "novelty"]))):
            marks.append((start, end, code, f"stance: rejects\ncertainty: sure\nnote: {note}"))
    return text, marks


@given(coded(), st.integers(0, 3))
def test_spans_nestings_notes_and_emoji_come_back_at_their_place(corpus, made, seed):
    text, marks = made
    source = next(iter(corpus.texts))
    small = corpus.replaced({source: text}, sources=corpus.sources.head(1))
    table = pd.DataFrame([(source, *m) for m in marks], columns=qualcoder.COLUMNS)
    back = read(small, qualcoder.project(small, {"ana": table}, seed), "ana")
    claims = back["claims"]
    assert set(zip(claims["start"], claims["end"], strict=True)) == {m[:2] for m in marks}
    assert all(text[r.start : r.end] == r.quote for r in claims.itertuples())
    inside = {
        (a, b) for a, b, *_ in marks for c, d, *_ in marks if (c, d) != (a, b) and c <= a and b <= d
    }
    nested = claims[claims["level"] == "nested"]
    assert set(zip(nested["start"], nested["end"], strict=True)) == inside
    by_id = claims.set_index("claim_id")
    said = {
        (by_id.loc[r.claim_id, "start"], by_id.loc[r.claim_id, "end"], r.code, r.stance, r.note)
        for r in back["codings"].itertuples()
    }
    assert said == {
        (a, b, code, "rejects", coding.lines(memo).get("note", ""))
        for a, b, code, memo in marks
        if "=" not in code
    }
    for r in claims.itertuples():
        places = [m.start() for m in re.finditer(f"(?={re.escape(r.quote)})", text)]
        assert places[int(r.occurrence or 1) - 1] == r.start
        assert bool(r.occurrence) == (len(places) > 1)


# The kit itself


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit") / "kit"
    assert run("kit", "--to", folder).returncode == 0
    archive = zipfile.ZipFile(folder / "kit.qdpx")
    return folder, archive, ET.fromstring(archive.read("project.qde"))


def test_a_kit_has_the_articles_under_names_that_a_person_knows(blank, corpus):
    _, archive, root = blank
    sources = {s.get("name"): s.get("plainTextPath") for s in root.iter(f"{NS}TextSource")}
    assert len(sources) == len(corpus.texts)
    for (name, path), (source, text) in zip(sources.items(), corpus.texts.items(), strict=True):
        assert corpus.outlets[source] in name
        assert not kit.NO_FILE_NAME.search(name)
        written = archive.read(path.replace("internal://", "Sources/")).decode("utf-8")
        assert written == text.replace("\r\n", "\n")


def test_a_kit_holds_nobodys_coding_and_no_user(blank, corpus):
    folder, archive, root = blank
    for tag in ("User", "PlainTextSelection", "Coding", "CodeRef"):
        assert not list(root.iter(f"{NS}{tag}")), tag
    whole = "".join(p.read_text("utf-8") for p in folder.iterdir() if p.suffix != ".qdpx")
    whole += archive.read("project.qde").decode("utf-8")
    articles = "".join(corpus.texts.values())  # a headline may be told in its own words
    propositions = [p for p in corpus.claims["proposition"] if p not in articles]
    for told in [*propositions, *corpus.codings["note"]]:
        assert len(told) < 30 or html.escape(told, quote=False) not in whole


def test_a_kit_offers_every_code_with_its_definition_and_every_value_of_a_column(blank, corpus):
    _, _, root = blank
    found = {}
    for code in root.iter(f"{NS}Code"):
        if code.get("isCodable") == "true":
            first, *rest = code.findtext(f"{NS}Description").split("\n")
            found[first.removeprefix("Code: ")] = (code.get("name"), "\n".join(rest))
    book = corpus.codebook.set_index("code")
    given = book[~book["facet"].isin(["voice", "dispute", "side"])]
    assert set(given.index) <= set(found)
    assert not set(book.index) - set(given.index) & set(found)
    for code, definition in given["definition"].items():
        assert f"Definition: {definition}" in found[code][1]
    for column in ("voice", "position", "target", "speaker_id", "modality", "attribution"):
        assert {f"{column}={v}" for v in corpus.claims[column]} <= set(found)
    assert {f"omission={k}" for k in corpus.omissions["kind"]} <= set(found)
    assert {f"mention={a}" for a in corpus.actors["actor_id"]} <= set(found)
    names = [name.casefold() for name, _ in found.values()]
    assert len(set(names)) == len(names)


def test_a_kit_has_the_steps_and_what_may_be_left_blank(blank):
    folder, *_ = blank
    steps = (folder / "README.md").read_text("utf-8")
    assert "## One sentence, step by step" in steps
    assert "## What may be left blank" in steps
    for line in (*coding.OF_CODING[:3], "proposition", "verb", "reason"):
        assert f"{line}:" in steps or f"`{line}`" in steps


def test_a_kit_is_not_written_over_something(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    done = run("kit", "--to", tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stdout


# What comes back


@pytest.fixture
def mine(whole_copy):
    """A copy to bring into, and a function that writes a project of marks beside it."""
    corpus = load(whole_copy)

    def wrote(users: dict[str, pd.DataFrame], **options) -> Path:
        path = whole_copy / "mine.qdpx"
        path.write_bytes(qualcoder.project(corpus, users, **options))
        return path

    return whole_copy, corpus, wrote


def marks_of(corpus, coder="one") -> pd.DataFrame:
    return qualcoder.marks(corpus.independent[coder])


def bring(folder, path, *options):
    return run("kit", "--read", path, "--as", "ana", *options, "--corpus", folder)


def snapshot(folder):
    return {p: p.read_bytes() for p in sorted((folder / "data").rglob("*")) if p.is_file()}


def test_a_whole_coding_is_compared_with_the_machines_and_is_called_a_persons(mine):
    folder, corpus, wrote = mine
    done = bring(folder, wrote({"someone": marks_of(corpus)}))
    assert done.returncode == 0
    assert "in part" not in done.stdout
    assert "data/coders.csv, column had_seen" in done.stdout
    now = load(folder)
    assert now.partial == set()
    row = now.coders.set_index("coder_id").loc["ana"]
    assert (row["kind"], row["had_seen"]) == ("human", "Not stated.")
    assert "one and ana" in agreement.of_spans(now)
    same = agreement.of_attributes(now).query("coders == 'one and ana'")
    same = same[same["attribute"] != "certainty"]  # that is counted over codings
    assert (same["agree"] == len(corpus.independent["one"]["claims"])).all()
    pairs = agreement.of_pairs(now).set_index("coders")
    assert "a person" in pairs.loc["one and ana", "made by"]
    assert pairs.loc["one and ana", "shows"] != pairs.loc["one and two", "shows"]
    assert "ana" in findings.under_coders(now)
    assert "by a person" in charts.coding_words(now, now.sources)
    assert "no human review" not in charts.coding_words(now, now.sources)


def test_spans_and_codes_alone_are_compared_on_what_they_have(mine):
    folder, corpus, wrote = mine
    marks = marks_of(corpus)
    marks = marks[~marks["code"].str.contains("=")].assign(memo="")
    done = bring(folder, wrote({"someone": marks}))
    assert done.returncode == 0
    now = load(folder)
    assert now.partial == {"ana"}
    own = now.independent["ana"]
    lines = [line for line in done.stdout.splitlines() if line.startswith("- ")]
    for claim in own["claims"]["claim_id"]:
        (line,) = (x for x in lines if x.startswith(f"- {claim}, “"))
        assert "speaker_id" in line
        assert "stance and certainty of" in line
    attributes = (
        agreement.of_attributes(now).query("coders == 'one and ana'").set_index("attribute")
    )
    assert (attributes.drop("level")["pairs"] == 0).all()
    codes = agreement.of_codes(now).query("coders == 'one and ana'")
    assert (codes["agree"] == codes["pairs"]).all()  # given or not, whatever the stance
    assert codes["both"].sum() == len(own["codings"])
    told = agreement.differences(now).query("coders == 'one and ana'")
    assert set(told["what"]) <= {"a claim of its own", "level"}
    assert "ana" not in findings.under_coders(now)
    assert not findings.readings(now)["choice"].str.contains("ana").any()
    assert "in part by a person" in charts.coding_words(now, now.sources)


@pytest.mark.parametrize("step", [1, 3])
def test_a_coding_of_two_paragraphs_is_compared_on_these_alone(mine, step):
    folder, corpus, wrote = mine
    marks, source = marks_of(corpus), next(iter(corpus.texts))
    text, primary = corpus.texts[source], corpus.independent["one"]["claims"]
    starts = primary.loc[primary["source_id"] == source, "start"]
    every = [p.span() for p in re.finditer(r"[^\n]+", text)]
    told = [(a, b) for a, b in every if ((starts >= a) & (starts < b)).any()]
    (a, b), (c, d) = told[2], told[2 + step]  # with others between that are not marked, or not
    mine_ = (marks["start"] >= a) & (marks["end"] <= b) | (marks["start"] >= c) & (
        marks["end"] <= d
    )
    inside = (marks["source_id"] == source) & mine_
    done = bring(folder, wrote({"someone": marks[inside]}))
    assert done.returncode == 0
    others = [s for s in corpus.texts if s != source]
    assert all(f"Nothing is marked in {s}" in done.stdout for s in others[:1])
    now = load(folder)
    own = now.independent["ana"]["claims"]
    assert 0 < len(own) < len(corpus.independent["one"]["claims"]) / 2
    spans = agreement.of_spans(now).set_index("measure")["one and ana"]
    assert spans["F1 of the spans"] == 1
    assert spans["spans of the other"] == len(own)
    words = quotes.words(corpus.texts)
    reached = (words["start"] >= a) & (words["end"] <= b)
    reached |= (words["start"] >= c) & (words["end"] <= d)
    assert spans["words"] == (reached & (words["source_id"] == source)).sum()
    assert agreement.differences(now).query("coders == 'one and ana'").empty
    # whichever of the two is the one in part
    path = wrote({"another": marks})
    assert run("kit", "--read", path, "--as", "bob", "--corpus", folder).returncode == 0
    spans = agreement.of_spans(load(folder)).set_index("measure")
    assert spans.loc["spans of the one", "ana and bob"] == len(own)
    assert spans.loc["spans of the other", "ana and bob"] == len(own)


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-1, None)])
def test_codings_in_part_that_do_not_meet_are_compared_on_nothing(mine, low, high):
    folder, corpus, wrote = mine
    marks = marks_of(corpus).sort_values("start")
    marks = marks[(marks["source_id"] == marks["source_id"].iloc[0]) & (marks["code"] != "")]
    for name, some in (("ana", marks.iloc[low:high]), ("bob", marks.iloc[[len(marks) // 2]])):
        path = wrote({"someone": some.assign(memo="")})
        assert run("kit", "--read", path, "--as", name, "--corpus", folder).returncode == 0
    now = load(folder)
    spans = agreement.of_spans(now).set_index("measure")["ana and bob"]
    assert spans["words"] == 0
    assert agreement.differences(now).query("coders == 'ana and bob'").empty
    assert (agreement.of_codes(now).query("coders == 'ana and bob'")["pairs"] == 0).all()


def test_in_a_coding_in_part_spans_may_overlap(mine):
    folder, corpus, wrote = mine
    marks = marks_of(corpus)
    marks = marks[~marks["code"].str.contains("=")].head(1).assign(memo="")
    path = wrote({"someone": pd.concat([marks, _shifted(marks)])})
    assert bring(folder, path).returncode == 0
    assert list(load(folder).independent["ana"]["claims"]["level"]) == ["primary", "primary"]


def test_a_table_of_quotes_and_codes_is_as_good(whole_copy):
    corpus = load(whole_copy)
    claims = corpus.independent["one"]["claims"].set_index("claim_id")
    given = corpus.independent["one"]["codings"].head(6)
    quoted = [(claims.loc[r.claim_id], r.code) for r in given.itertuples()]
    table = pd.DataFrame(
        [(r["source_id"], r["quote"], r["occurrence"], code) for r, code in quoted],
        columns=["document", "content", "occurrence", "tag"],
    )
    table.to_csv(whole_copy / "mine.csv", index=False, sep=";", encoding="utf-8-sig")
    assert bring(whole_copy, whole_copy / "mine.csv").returncode == 0
    own = load(whole_copy).independent["ana"]
    assert len(own["codings"]) == 6
    assert set(own["claims"]["quote"]) == {r["quote"] for r, _ in quoted}


def test_a_table_names_every_row_that_is_wrong(whole_copy):
    before = snapshot(whole_copy)
    text = "quote,code,article\nno such words,partnership,\nAlbania,partnrship,Atlantis\n"
    (whole_copy / "mine.csv").write_text(text, "utf-8")
    done = bring(whole_copy, whole_copy / "mine.csv")
    assert done.returncode == 1
    assert "mine.csv, row 2, column quote: “no such words”" in done.stdout
    assert "mine.csv, row 3, column code: “partnrship”" in done.stdout
    assert "Did you mean “partnership”?" in done.stdout
    assert "mine.csv, row 3, column article: “Atlantis”" in done.stdout
    assert snapshot(whole_copy) == before


def test_one_of_several_users_is_chosen(mine):
    folder, corpus, wrote = mine
    path = wrote({c: marks_of(corpus, c) for c in corpus.independent})
    done = bring(folder, path)
    assert done.returncode == 1
    assert "several have coded in it" in done.stdout
    assert "Did you mean “two”?" in bring(folder, path, "--user", "tow").stdout
    assert bring(folder, path, "--user", "two").returncode == 0
    own = load(folder).independent
    assert cells(own["ana"]["claims"]) == cells(own["two"]["claims"])


def test_a_second_import_is_refused_or_replaces_as_asked(mine):
    folder, corpus, wrote = mine
    assert bring(folder, wrote({"one": marks_of(corpus)}), "--user", "one").returncode == 0
    coders = folder / "data" / "coders.csv"
    coders.write_text(
        coders.read_text("utf-8").replace("Not stated.", "The two articles."), "utf-8"
    )
    before = snapshot(folder)
    path = wrote({"two": marks_of(corpus, "two")})
    done = bring(folder, path)
    assert (done.returncode, snapshot(folder)) == (1, before)
    assert "--replace" in done.stdout
    assert bring(folder, path, "--replace").returncode == 0
    now = load(folder)
    assert cells(now.independent["ana"]["claims"]) == cells(now.independent["two"]["claims"])
    assert list(now.coders["had_seen"])[-1] == "The two articles."


@pytest.mark.parametrize("name", ["one", "settled", "Ana B.", "../ana", ""])
def test_a_name_that_is_taken_or_is_none_is_refused(mine, name):
    folder, corpus, wrote = mine
    path, before = wrote({"someone": marks_of(corpus)}), snapshot(folder)
    done = run("kit", "--read", path, "--as", name, "--replace", "--corpus", folder)
    assert (done.returncode, done.stderr, snapshot(folder)) == (1, "", before)


def damaged(marks: pd.DataFrame, how: str) -> pd.DataFrame:
    """Marks in which one thing is wrong."""
    first = marks[marks["code"] == marks["code"].iloc[1]].index[0]
    again = marks.loc[[first]]
    return {
        "two values": pd.concat([marks, again.assign(code="voice=editorial")]),
        "left out and coded": pd.concat([marks, again.assign(code="omission=heading")]),
        "two memos": pd.concat(
            [marks, marks[~marks["code"].str.contains("=")].head(1).assign(memo="stance: rejects")]
        ),
        "no such stance": marks.assign(memo=marks["memo"].str.replace("supports", "suports")),
        "overlap": pd.concat([marks, _shifted(marks)]),
    }[how]


def _shifted(marks: pd.DataFrame) -> pd.DataFrame:
    """A claim that begins inside the first one and ends outside it."""
    start, end = marks.iloc[0]["start"], marks.iloc[0]["end"]
    return marks[(marks["start"] == start) & (marks["end"] == end)].assign(
        start=start + 9, end=end + 9
    )


@pytest.mark.parametrize(
    ("how", "said"),
    {
        "two values": "has voice twice",
        "left out and coded": "left out and coded at once",
        "two memos": "twice",
        "no such stance": "column stance: “suports”: expected one of supports, rejects. Did you",
        "overlap": "overlaps",
    }.items(),
)
def test_what_is_wrong_is_named_with_its_words_and_nothing_is_brought_in(mine, how, said):
    folder, corpus, wrote = mine
    before = snapshot(folder)
    done = bring(folder, wrote({"someone": damaged(marks_of(corpus), how)}))
    assert (done.returncode, done.stderr, snapshot(folder)) == (1, "", before)
    assert said in done.stdout
    assert "mine.qdpx" in done.stdout
    assert "“" in done.stdout


def test_a_mention_may_be_marked_on_a_word_of_its_own(mine):
    _, corpus, _ = mine
    claims = corpus.independent["one"]["claims"]
    claim = next(r for r in claims.itertuples() if r.quote.count(" ") > 4 and r.level == "primary")
    whole, end = (claim.source_id, claim.start, claim.end, "unity", ""), claim.quote.index(" ")
    word = (claim.source_id, claim.start, claim.start + end, "mention=serbia", "")
    marks = pd.DataFrame([whole, word], columns=qualcoder.COLUMNS)
    made = coding.tables(corpus, marks, "f")
    assert len(made["claims"]) == 1
    assert list(made["mentions"]["actor_id"]) == ["serbia"]
    with pytest.raises(marked.NotBroughtIn, match="lies in no claim"):
        coding.tables(corpus, marks.tail(1), "f")


def test_codes_and_actors_in_a_memo_may_be_given_by_name(corpus):
    code, label = next(
        (r.code, r.label)
        for r in corpus.codebook.itertuples()
        if (corpus.codebook["label"].str.casefold() == r.label.casefold()).sum() == 1
    )
    actor, name = next(iter(corpus.names.items()))
    claim = corpus.independent["one"]["claims"].query("voice == 'direct'").iloc[0]
    place = tuple(claim[["source_id", "start", "end"]])
    memos = {
        f"speaker_id={claim['speaker_id']}": f"Responds to actor: {name}",
        "voice=direct": "",
        "unity": f"stance: supports\nCertainty: arguable\nalternative: {label}\nnote: so",
    }
    marks = pd.DataFrame([(*place, c, m) for c, m in memos.items()], columns=qualcoder.COLUMNS)
    made = coding.tables(corpus, marks, "f")
    assert list(made["codings"]["alternative"]) == [code]
    assert list(made["utterances"]["responds_to_actor"]) == [actor]


@pytest.mark.parametrize(
    ("memo", "lines"),
    [
        ("a thought", {"note": "a thought"}),
        (
            "stance: supports\nNote:  one\ntwo: three",
            {"stance": "supports", "note": "one\ntwo: three"},
        ),
        ("Time words: earlier\n\n", {"time_words": "earlier"}),
        ("stance:", {}),
        ("", {}),
    ],
)
def test_lines_of_a_memo_are_read_as_a_person_writes_them(memo, lines):
    assert coding.lines(memo) == lines


# How programs count


def moved(raw: bytes, change) -> bytes:
    """A project whose project.qde is changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    files["project.qde"] = change(files["project.qde"].decode("utf-8")).encode("utf-8")
    return qualcoder.archive(files)


def later(xml: str, step: int = 7) -> str:
    """Every position some steps further on."""
    return re.sub(r'Position="(\d+)"', lambda m: f'Position="{int(m[1]) + step}"', xml)


def test_a_place_that_no_count_leads_to_is_found_by_its_words_if_they_stand_once(corpus):
    own = corpus.independent["one"]
    raw = qualcoder.project(corpus, {"one": qualcoder.marks(own)})
    with pytest.raises(marked.NotBroughtIn, match="or in several places"):
        read(corpus, moved(raw, later), "one")
    claims = own["claims"][own["claims"]["occurrence"] == ""]
    left = {n: own[n][own[n]["claim_id"].isin(claims["claim_id"])] for n in ("codings", "mentions")}
    left |= {"claims": claims, "omissions": own["omissions"].head(0)}
    once = qualcoder.project(corpus, {"one": qualcoder.marks({**own, **left})})
    back = read(corpus, moved(once, later), "one")["claims"]
    places = [set(zip(t["start"], t["end"], strict=True)) for t in (back, claims)]
    assert places[0] == places[1]


@pytest.mark.parametrize(
    ("mark", "step"), [("", 0), ("\ufeff", 1), ("\ufeff", 0)], ids=["none", "counted", "left out"]
)
def test_a_mark_before_the_text_is_counted_or_not_as_the_program_likes(corpus, mark, step):
    """Each text begins with one more, which some programs keep as a letter."""
    own = corpus.independent["one"]
    raw = qualcoder.project(corpus, {"one": qualcoder.marks(own)})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    files = {n: mark.encode() + f if n.endswith(".txt") else f for n, f in files.items()}
    back = read(corpus, moved(qualcoder.archive(files), lambda xml: later(xml, step)), "one")
    assert cells(back["claims"]) == cells(own["claims"], list(back["claims"]))


def test_an_article_that_was_edited_is_no_article_of_the_corpus(mine):
    folder, corpus, _ = mine
    source = next(iter(corpus.texts))
    edited = corpus.replaced({**corpus.texts, source: "Now " + corpus.texts[source]})
    marks = marks_of(corpus)
    path = folder / "mine.qdpx"
    path.write_bytes(qualcoder.project(edited, {"someone": marks}))
    done = bring(folder, path)
    assert done.returncode == 1
    assert "is no article of this corpus" in done.stdout


def test_a_code_without_an_id_and_without_a_known_name_is_named_with_the_nearest(mine):
    folder, corpus, wrote = mine
    path = wrote({"someone": marks_of(corpus)}, named=False)
    label = corpus.labels[corpus.independent["one"]["codings"]["code"].iloc[0]]
    path.write_bytes(moved(path.read_bytes(), lambda xml: xml.replace(f'"{label}"', f'"{label}z"')))
    done = bring(folder, path)
    assert done.returncode == 1
    assert f"column code: “{label}z”: is no code of the kit" in done.stdout
    assert "Did you mean" in done.stdout


# What could do harm


LARGER = (f'<!ENTITY {b} "{f"&{a};" * 40}">' for a, b in itertools.pairwise("abcdefghiz"))
BOMB = f'<!DOCTYPE a [<!ENTITY a "ha">{"".join(LARGER)}]><Project>&z;</Project>'
HARM = {
    "outside": (lambda: qualcoder.archive({"../x.qde": b"<Project/>"}), "lies outside it"),
    "absolute": (lambda: qualcoder.archive({"/x.qde": b"<Project/>"}), "lies outside it"),
    "backslash": (lambda: qualcoder.archive({"..\\x.qde": b"<Project/>"}), "lies outside it"),
    "bomb": (lambda: qualcoder.archive({"project.qde": BOMB.encode()}), "DTDForbidden"),
    "file from elsewhere": (
        lambda: qualcoder.archive(
            {
                "project.qde": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
                b"<Project>&e;</Project>"
            }
        ),
        "DTDForbidden",
    ),
    "large inside": (
        lambda: qualcoder.archive({"project.qde": b"<Project/>", "a.txt": bytes(200_000_000)}),
        "would unpack to",
    ),
    "many tags": (lambda: qualcoder.archive({"project.qde": b"<a/>" * 3_000_001}), "tags"),
    "no archive": (lambda: b"nothing", "is no REFI-QDA project"),
    "half an archive": (lambda: REAL.read_bytes()[:50_000], "is no REFI-QDA project"),
    "no project": (lambda: qualcoder.archive({"a.txt": b""}), "holds 0 files"),
    "other XML": (lambda: qualcoder.archive({"project.qde": b"<html/>"}), "begins with html"),
    "broken XML": (lambda: qualcoder.archive({"project.qde": b"<Project>"}), "its XML is not read"),
    "no text": (
        lambda: qualcoder.archive(
            {"a.qde": b'<Project><TextSource name="x" plainTextPath="internal://x.txt"/></Project>'}
        ),
        "has no plain text of “x”",
    ),
    "a file of the machine": (
        lambda: qualcoder.archive(
            {"a.qde": b'<Project><TextSource plainTextPath="absolute:///etc/hostname"/></Project>'}
        ),
        "has no plain text",
    ),
    "nobody": (lambda: qualcoder.archive({"a.qde": b"<Project/>"}), "nobody has coded"),
}


@pytest.mark.parametrize("harm", HARM)
def test_an_archive_that_could_do_harm_or_is_none_is_refused(whole_copy, harm):
    make, said = HARM[harm]
    path, before = whole_copy / "mine.qdpx", snapshot(whole_copy)
    path.write_bytes(make())
    done = bring(whole_copy, path)
    assert (done.returncode, done.stderr, snapshot(whole_copy)) == (1, "", before)
    assert said in done.stdout
    assert "Traceback" not in done.stdout


def test_a_file_of_a_gigabyte_is_refused_unread(whole_copy):
    path = whole_copy / "mine.qdpx"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    assert "bytes; at most" in bring(whole_copy, path).stdout


def test_an_archive_that_lies_about_a_size_is_not_unpacked_beyond_it(tmp_path):
    raw = bytearray(qualcoder.archive({"project.qde": bytes(50_000_000)}))
    for at in (raw.index(b"PK\x03\x04") + 22, raw.index(b"PK\x01\x02") + 24):
        raw[at : at + 4] = struct.pack("<I", 10)
    (tmp_path / "mine.qdpx").write_bytes(bytes(raw))
    with pytest.raises(ValueError, match="damaged"):
        exchange.opened(tmp_path / "mine.qdpx")


def test_only_a_coders_tables_and_the_list_of_coders_are_written(mine):
    folder, corpus, wrote = mine
    path, before = wrote({"someone": marks_of(corpus)}), snapshot(folder)
    bring(folder, path)
    now = snapshot(folder)
    changed = {p.relative_to(folder).as_posix() for p in now if now[p] != before.get(p)}
    own = {f"data/coders/ana/{t}.csv" for t in corpus.independent["one"]}
    assert changed == {"data/coders.csv", *own}
    assert [r["coder_id"] for r in rows(folder / "data" / "coders.csv")] == ["one", "two", "ana"]
