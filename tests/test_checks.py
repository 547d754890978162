"""Each thing a person gets wrong in a corpus is named: table, row, column, what stands there."""

import csv
import gc
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter

import frictionless
import pytest
import rapidfuzz
import synthetic
from conftest import rows, run, write

from helpers import CorpusError, load, tables
from helpers.corpus import HOME, problem, quotes
from helpers.corpus.problem import MOST_ALIKE
from helpers.corpus.schema import BY_WORD, CLOSED, PLACEHOLDERS


def problems(folder):
    with pytest.raises(CorpusError) as error:
        load(folder)
    return error.value.problems


def change(folder, table, where, **cells):
    """Change cells in the row whose first column has a value; return the row's number."""
    path = folder / "data" / f"{table}.csv"
    records = rows(path)
    at = next(i for i, r in enumerate(records) if where == next(iter(r.values())))
    records[at] |= cells
    write(path, records)
    return at + 2


def packaged(folder, table, column, constraints=None, **properties):
    """Change what the data package says of a column, of a table, or, with no table, of itself.

    A constraint that is None goes.
    """
    path = folder / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    held = package
    if table:
        held = next(r["schema"] for r in package["resources"] if r["name"] == table)
    if column:
        held = next(f for f in held["fields"] if f["name"] == column)
    if constraints:
        merged = {**held.get("constraints", {}), **constraints}
        held["constraints"] = {k: v for k, v in merged.items() if v is not None}
    held.update(properties)
    path.write_text(json.dumps(package), "utf-8")


def only(found, **wanted):
    """There is just one problem with these parts; others that follow from it may stand beside."""
    fits = [p for p in found if all(str(getattr(p, k)) == str(v) for k, v in wanted.items())]
    assert len(fits) == 1, "\n".join(map(str, found))
    return str(fits[0])


def test_the_projects_own_corpus_has_no_problem(corpus):
    assert corpus.notes == ()
    assert len(corpus.claims) > 0


@pytest.mark.slow
def test_frictionless_finds_the_data_package_valid_as_a_whole():
    report = frictionless.validate(str(HOME / "data" / "datapackage.json"))
    assert report.valid, report.to_summary()
    tables = {p.name for p in (HOME / "data").glob("*.csv")}
    assert {task.name for task in report.tasks} == {name.removesuffix(".csv") for name in tables}


def test_a_copy_of_the_corpus_loads_from_its_folder(copy, corpus):
    assert load(copy).claims.equals(corpus.claims)


def test_a_changed_letter_in_a_quote_is_shown_the_passage_that_stands_there(copy):
    row = change(copy, "claims", "mil-16", quote="we are untied")
    said = only(
        problems(copy),
        file="data/claims.csv",
        row=row,
        row_id="mil-16",
        column="quote",
        value="we are untied",
    )
    assert "does not stand in the article. Nearest passage: “we are united”" in said


def test_straight_quotation_marks_in_a_quote_are_found_and_noted(copy):
    change(copy, "claims", "mil-06", quote="Albania's Minister of Defense, Pirro Vengu")
    assert "other quotation marks" in load(copy).notes[0]


def test_an_ambiguous_quote_says_how_often_it_stands(copy):
    row = change(copy, "claims", "mil-01", occurrence="")
    assert "stands 4 times in the article" in only(
        problems(copy), row=row, column="quote", row_id="mil-01"
    )


def test_a_deleted_claim_leaves_its_words_over_in_their_sentence(copy):
    path = copy / "data" / "claims.csv"
    write(path, [r for r in rows(path) if r["claim_id"] != "rks-36"])
    found = problems(copy)
    said = only(found, value="no approvals or permissions are needed from third parties")
    assert "9 words stand in no claim and no omission" in said
    assert "The sentence: “The agreement is open to other countries" in said
    assert "no such claim_id in claims.csv" in only(found, file="data/codings.csv", value="rks-36")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "row", "column", "value", "hint"),
    [
        ("claims", "mil-12", "speaker_id", "maqedonchi", "Did you mean “maqedonci”?"),
        ("claims", "mil-12", "voice", "dirct", "Did you mean “direct”?"),
        (
            "claims",
            "mil-12",
            "source_id",
            "militarny-article",
            "Did you mean “militarnyi-article”?",
        ),
        ("claims", "mil-12", "occurrence", "0", "expected a whole number from 1"),
        ("claims", "mil-12", "occurrence", "first", "expected a whole number from 1"),
        ("claims", "mil-12", "quote", "   ", "has no words in it"),
        ("claims", "mil-12", "occurrence", "²", "expected a whole number from 1"),
        (
            "sources",
            "rksnews-article",
            "published_basis",
            "stated",
            "none goes with a blank date of publication",
        ),
        ("events", "signing", "date_basis", "none", "none goes with a blank date"),
        ("codings", "mil-12", "code", "deterent-signal", "Did you mean “deterrent-signal”?"),
        ("codings", "mil-12", "stance", "support", "Did you mean “supports”?"),
        ("events", "signing", "date", "March 2025", "write for example 2025-03-05"),
        ("events", "signing", "date", "/2025-03", "../2025-03"),
        ("events", "signing", "after", "sining", "Did you mean “signing”?"),
        ("actors", "vengu", "kind", "human", "expected one of person"),
        ("mentions", "mil-03", "actor_id", "other-country", "Did you mean “other-countries”?"),
        ("sources", "rksnews-article", "outlet_id", "rks-news", "Did you mean “rksnews”?"),
        ("sources", "rksnews-article", "headline", "Serbia Accepts Invitation", "Nearest passage"),
        ("codebook", "partnership", "colour", "blue", "expected a colour: # and six of"),
        ("codebook", "partnership", "opposite_of", "hostile", "no such code in codebook.csv"),
    ],
)
def test_a_wrong_value_is_named_with_the_nearest_right_one(copy, table, row, column, value, hint):
    number = change(copy, table, row, **{column: value})
    fits = [
        p
        for p in problems(copy)
        if (p.file, p.row, p.column) == (f"data/{table}.csv", number, column)
    ]
    assert fits, "not named"
    assert any(f"“{value.strip()}”" in str(p) and hint in str(p) for p in fits), "\n".join(
        map(str, fits)
    )


def test_a_duplicate_id_names_the_row_it_stands_in_already(copy):
    row = change(copy, "claims", "mil-12", claim_id="mil-11")
    said = only(problems(copy), file="data/claims.csv", row=row, column="claim_id")
    assert f"stands in row {row - 1} already" in said


def test_a_missing_column_is_named_with_the_one_that_may_be_meant(copy):
    path = copy / "data" / "claims.csv"
    records = [
        {("speeker_id" if k == "speaker_id" else k): v for k, v in r.items()} for r in rows(path)
    ]
    write(path, records)
    assert "this column is missing. Is “speeker_id” meant" in only(
        problems(copy), column="speaker_id"
    )


def test_a_missing_table_is_named(copy):
    (copy / "data" / "events.csv").unlink()
    assert "there is no such file" in only(problems(copy), file="data/events.csv")


def test_a_table_that_the_package_does_not_describe_is_named(copy):
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] != "events"]
    path.write_text(json.dumps(package), "utf-8")
    assert "describes no table events" in only(problems(copy), column="resources")


def test_a_column_of_an_unknown_type_is_named(copy):
    path = copy / "data" / "datapackage.json"
    path.write_text(
        path.read_text("utf-8").replace('"type": "integer"', '"type": "integr"', 1), "utf-8"
    )
    said = only(problems(copy), file="data/datapackage.json", column="occurrence", value="integr")
    assert "expected one of string, integer" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '"pattern": "[a-z0-9][a-z0-9_.-]*"',
            '"pattern": "[a-z0-9"',
            "its constraints cannot be used",
        ),
        ('"minimum": 1', '"minimum": "one"', "its constraints cannot be used"),
        ('"resource": "actors"', '"resource": "people"', "in people, which there is not"),
        ('"resources": [', '"resources": "none", "others": [', "it needs resources"),
        (
            '"primaryKey": ["claim_id"]',
            '"primaryKey": null',
            "names, keys and allowed values are text",
        ),
        (
            '"primaryKey": ["claim_id"]',
            '"primaryKey": ["claim"]',
            "“claim”: there is no such column",
        ),
        ('"fields": ["source_id"]', '"fields": {}', "names, keys and allowed values are text"),
        ('"name": "claim_id"', '"name": null', "names, keys and allowed values are text"),
    ],
)
def test_a_package_whose_rules_cannot_be_used_is_named(copy, old, new, said):
    path = copy / "data" / "datapackage.json"
    text = json.dumps(json.loads(path.read_text("utf-8")))
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    named = [p for p in problems(copy) if p.file == "data/datapackage.json"]
    assert any(said in str(p) for p in named), named


@pytest.mark.parametrize(
    ("table", "column", "properties", "said"),
    [
        (
            "claims",
            "quote",
            {"constraints": {"maxLength": 9}},
            "maxLength”: this constraint of a column of type string is not known; "
            "known are required, enum, pattern.",
        ),
        ("claims", "quote", {"constraints": {"unique": True}}, "unique”: this constraint"),
        ("claims", "occurrence", {"constraints": {"maximum": 3}}, "known are required, minimum"),
        ("claims", "quote", {"constraints": {"minimum": 1}}, "minimum”: this constraint"),
        (
            "claims",
            "quote",
            {"constraints": {"required": "yes"}},
            "required”: its constraints cannot be used (it is 'yes', not bool)",
        ),
        ("claims", "quote", {"constraints": {"required": None}}, "column quote: must be required"),
        ("claims", "occurrence", {"type": "string"}, "must be of type integer"),
        ("claims", "quote", {"format": "email"}, "format”: can only be 'default'"),
        ("claims", "quote", {"missingValues": ["", "-"]}, "missingValues”: can only be ['']"),
        ("claims", "", {"uniqueKeys": [["quote"]]}, "known are primaryKey and foreignKeys"),
        ("claims", "", {"missingValues": ["-"]}, "can only be ['']"),
        (
            "mentions",
            "",
            {
                "foreignKeys": [
                    {
                        "fields": ["claim_id", "actor_id"],
                        "reference": {"resource": "codings", "fields": ["claim_id", "code"]},
                    }
                ]
            },
            "a foreign key of several columns is not known",
        ),
    ],
)
def test_what_a_package_asks_and_is_not_known_is_refused(copy, table, column, properties, said):
    packaged(copy, table, column, **properties)
    found = problems(copy)
    assert {p.file for p in found} == {"data/datapackage.json"}
    assert any(table in str(p) and said in str(p) for p in found), found


def test_a_column_and_its_rules_of_a_corpus_of_its_own_are_held(copy, corpus):
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    fields = next(r["schema"]["fields"] for r in package["resources"] if r["name"] == "claims")
    fields.append({"name": "page", "type": "integer", "constraints": {"minimum": 0}})
    path.write_text(json.dumps(package), "utf-8")
    claims, pages = copy / "data" / "claims.csv", ["0", "-1", "1.5", *"9" * len(corpus.claims)]
    write(claims, [{**r, "page": p} for r, p in zip(rows(claims), pages, strict=False)])
    assert [(p.row, p.value, p.message) for p in problems(copy)] == [
        (3, "-1", "expected a whole number from 0."),
        (4, "1.5", "expected a whole number from 0."),
    ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_a_package_that_is_no_json_is_named(copy, text):
    (copy / "data" / "datapackage.json").write_text(text, "utf-8")
    assert "is not a data package" in only(problems(copy), file="data/datapackage.json")


def test_a_key_of_one_column_may_stand_alone(copy):
    path = copy / "data" / "datapackage.json"
    text = json.dumps(json.loads(path.read_text("utf-8")))
    path.write_text(
        text.replace('["claim_id"]', '"claim_id"').replace('["source_id"]', '"source_id"'), "utf-8"
    )
    assert len(load(copy).claims)


def test_a_voice_that_the_codebook_does_not_describe_is_named(copy):
    path = copy / "data" / "codebook.csv"
    write(path, [r for r in rows(path) if r["code"] != "indirect"])
    assert "add a row with facet voice" in only(
        problems(copy), file="data/codebook.csv", value="indirect"
    )


def test_an_article_that_no_row_names_is_noted(copy):
    (copy / "seeds" / "third.txt").write_text("A third one.", "utf-8")
    assert (
        "seeds/third.txt stands in no row of sources.csv, so nothing of it is read."
        in load(copy).notes
    )


def test_very_many_problems_of_one_column_are_counted(copy):
    path = copy / "data" / "codings.csv"
    records = rows(path)
    write(path, [{**r, "code": f"{r['code']}x"} for r in records])
    with pytest.raises(CorpusError) as error:
        load(copy)
    found = [p for p in error.value.problems if p.file == "data/codings.csv"]
    assert len([p for p in found if p.column == "code"]) == len(records)
    told = str(error.value).count("no such code")
    assert 0 < told < len(records)
    assert f"data/codings.csv, column code: {len(records) - told} more such" in str(error.value)


@pytest.fixture
def two_articles(tmp_path):
    return synthetic.write(tmp_path / "two", articles=2, claims=400, actors=8)


def noted(monkeypatch, module, name):
    """The arguments of each call of a function from here on."""
    calls, function = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *a, **k: calls.append(a) or function(*a, **k))
    return calls


def counted(found):
    """How many problems there are of each column, as far as they are printed."""
    counts = Counter((p.file, p.column) for p in found)
    return sum(min(n, MOST_ALIKE) for n in counts.values())


def test_the_nearest_passage_is_sought_for_what_is_printed_alone(two_articles, monkeypatch):
    one, two = sorted((two_articles / "seeds").iterdir())
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    sought = noted(monkeypatch, quotes, "nearest")
    quotes._fold_article.cache_clear()
    found = problems(two_articles)
    missing = [p for p in found if p.message == "this does not stand in the article."]
    assert len(missing) > 300
    assert {p.column for p in missing} == {"quote", "headline"}
    assert 0 < len(sought) <= counted(missing)
    folded = quotes._fold_article.cache_info().misses
    assert folded <= 4  # claims and omissions of each article


@pytest.mark.slow
def test_a_long_quote_and_a_long_article_are_sought_in_pieces(two_articles, monkeypatch):
    one, two = sorted((two_articles / "seeds").iterdir())
    path = two_articles / "data" / "omissions.csv"
    wrong = {"source_id": two.stem, "quote": one.read_text("utf-8"), "kind": "boilerplate"}
    write(path, [*rows(path), {**wrong, "occurrence": "", "reason": "all of it"}])
    two.write_text(two.read_text("utf-8") + "One more word. " * 20_000, "utf-8")
    sought = noted(monkeypatch, rapidfuzz.fuzz, "partial_ratio_alignment")
    said = only(problems(two_articles), file="data/omissions.csv", column="quote")
    assert "Nearest passage to its beginning: “" in said
    assert len(wrong["quote"]) > 8_000
    assert len(sought) > 10
    assert all(len(a) <= quotes.HEAD for a, _ in sought)
    assert all(len(b) <= quotes.WINDOW + 2 * quotes.HEAD for _, b in sought)


@pytest.mark.parametrize(
    ("table", "column"),
    [("claims", "speaker_id"), ("claims", "voice"), ("codings", "code"), ("codings", "claim_id")],
)
def test_what_may_be_meant_is_sought_for_what_is_printed_alone(
    two_articles, monkeypatch, table, column
):
    path = two_articles / "data" / f"{table}.csv"
    write(path, [{**r, column: f"{r[column]}x"} for r in rows(path)])
    sought = noted(monkeypatch, problem, "closest")
    found = problems(two_articles)
    assert len([p for p in found if p.column == column]) >= 400
    assert 0 < len(sought) <= counted(found)


def test_of_claims_that_all_cross_each_is_named_once(two_articles):
    text = next((two_articles / "seeds").glob("article-0*")).read_text("utf-8")
    words = [m.start() for m in quotes.WORD.finditer(text)]
    path = two_articles / "data" / "claims.csv"
    records = rows(path)
    crossing = [
        {
            **records[0],
            "claim_id": f"x{i}",
            "level": "nested",
            "quote": text[words[i] : words[i + 150]],
        }
        for i in range(100)
    ]
    write(path, [*records, *crossing])
    found = [p for p in problems(two_articles) if "and ends outside it" in p.message]
    assert {p.row_id for p in found} == {f"x{i}" for i in range(1, 100)}
    assert len(found) == 99


def test_a_row_that_stands_there_very_often_is_named_with_the_first(two_articles):
    path = two_articles / "data" / "actors.csv"
    write(path, [rows(path)[0]] * 500)
    found = [p for p in problems(two_articles) if p.row and p.file == "data/actors.csv"]
    assert len(found) == 499
    assert {p.message for p in found} == {"stands in row 2 already: each must be there once."}


def test_the_search_for_circles_goes_on_after_a_corpus_is_refused(two_articles):
    assert gc.isenabled()
    (two_articles / "data" / "claims.csv").write_text("claim_id\n", "utf-8")
    problems(two_articles)
    assert gc.isenabled()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", "Vu\u010di\u0107".encode("utf-16"), b"a\0b"])
def test_a_file_that_is_no_text_is_named(copy, content):
    (copy / "data" / "actors.csv").write_bytes(content)
    assert (
        "no text" in (said := only(problems(copy), file="data/actors.csv"))
        or "not UTF-8 text" in said
    )


def test_an_edited_article_is_not_taken_for_the_one_that_was_coded(copy):
    article = next((copy / "seeds").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\nOne more sentence.", "utf-8")
    found = problems(copy)
    assert "is not the one that was coded" in only(found, file="data/sources.csv", column="sha256")
    assert "3 words stand in no claim" in only(
        found, file="data/claims.csv", value="One more sentence"
    )


def test_an_article_outside_the_folder_is_refused(copy):
    change(copy, "sources", "rksnews-article", path="../secret.txt")
    assert "must be a file inside the corpus folder" in only(problems(copy), column="path")


SECRET = "an,outsider's,words"


@pytest.fixture
def outside(copy, tmp_path_factory):
    """A file beside the corpus, and one way into it from each place that could lead there."""
    path = tmp_path_factory.mktemp("elsewhere") / "outside.csv"
    path.write_text(f"{SECRET}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    "file",
    [
        "data/events.csv",
        "data/datapackage.json",
        "data/coders/instructions.md",
        "notebooks/findings.py",
        "notebooks/deep/a.ipynb",
        "README.md",
        "figures",
        "notebooks",
    ],
)
def test_nothing_of_a_corpus_leads_out_of_its_folder(copy, outside, file):
    link = copy / file
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(outside.parent if "." not in file else outside)
    said = only(problems(copy), file=file)
    assert "leads out of the corpus folder" in said
    assert "outsider" not in said


@pytest.mark.parametrize("path", ["../../{}", "coders/../../../{}"])
def test_a_table_outside_the_folder_is_refused_unread(copy, outside, path):
    (copy.parent / outside.name).write_text(SECRET, "utf-8")
    text = (copy / "data" / "datapackage.json").read_text("utf-8")
    path = path.format(outside.name)
    (copy / "data" / "datapackage.json").write_text(text.replace("events.csv", path), "utf-8")
    said = only(problems(copy), file=f"data/{path}")
    assert "leads out of the corpus folder" in said
    assert "outsider" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("file", ["data/events.csv", "seeds/000_514676f038da2d0f.txt"])
def test_a_pipe_is_refused_and_not_waited_for(copy, file):
    (copy / file).unlink()
    os.mkfifo(copy / file)
    assert any("no file that can be read" in str(p) or p.column == "path" for p in problems(copy))


def test_an_article_that_is_a_link_to_itself_is_refused(copy):
    path = next((copy / "seeds").glob("*.txt"))
    path.unlink()
    path.symlink_to(path.name)
    assert "cannot be read" in only(problems(copy), file=f"seeds/{path.name}")


def test_a_text_that_is_a_link_to_itself_is_noted(copy):
    (copy / "seeds" / "new.txt").symlink_to("new.txt")
    assert "seeds/new.txt stands in no row" in load(copy).notes[0]


def test_overlapping_primary_claims_are_named_with_the_words_they_share(copy):
    change(copy, "claims", "mil-17", quote="united, and we expect other countries to join us")
    said = only(problems(copy), row_id="mil-17", column="quote")
    assert "overlaps mil-16 in “united”" in said


def test_a_nested_claim_must_lie_inside_another_span(copy):
    change(copy, "claims", "mil-16", level="nested")
    assert "lies inside no primary claim or omission" in only(
        problems(copy), row_id="mil-16", column="level"
    )


def test_nested_claims_that_cross_are_named(copy):
    path = copy / "data" / "claims.csv"
    records = rows(path)
    outer = next(r for r in records if r["claim_id"] == "rks-34")
    crossing = ("designed as a partnership", "a partnership rather than")
    nested = [
        {**outer, "claim_id": f"new-{i}", "quote": quote, "level": "nested"}
        for i, quote in enumerate(crossing)
    ]
    write(path, [*records, *nested])
    assert "begins inside new-0 and ends outside it" in only(
        problems(copy), row_id="new-1", column="quote"
    )


def test_an_arguable_coding_needs_its_alternative(copy):
    row = next(r for r in rows(copy / "data" / "codings.csv") if r["certainty"] == "arguable")
    change(
        copy,
        "codings",
        row["claim_id"],
        certainty="arguable",
        alternative="",
        alternative_stance="",
    )
    assert any("an arguable coding needs an alternative" in str(p) for p in problems(copy))


def test_the_outlets_voice_is_the_outlets(copy):
    change(copy, "claims", "mil-03", speaker_id="maqedonci")
    assert "the voice is the outlet's, so the speaker must be militarnyi" in only(
        problems(copy), row_id="mil-03"
    )


def test_a_criterion_is_held_against_claims_on_the_main_target_alone(copy):
    change(copy, "codings", "mil-26", code="atop-formal")
    said = only(problems(copy), row_id="mil-26", column="code")
    assert "a criterion is held against claims on the main target, pact" in said


def test_without_a_main_target_a_criterion_is_held_against_any_claim(copy):
    change(copy, "codings", "mil-26", code="atop-formal")
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    del package["main_target"]
    path.write_text(json.dumps(package), "utf-8")
    assert load(copy).main_target is None


def test_the_main_target_is_one_that_claims_may_have(copy):
    packaged(copy, "", "", main_target="pakt")
    said = only(problems(copy), file="data/datapackage.json", column="main_target", value="pakt")
    assert "expected one of the targets that claims may have: pact, bilateral" in said
    assert "Did you mean “pact”?" in said


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column"), CLOSED)
@pytest.mark.parametrize(
    ("given", "todo"),
    [
        (lambda values: [*values, "whispered"], "; remove whispered."),
        (lambda values: list(values[1:]), "; put back {}."),
        (lambda values: None, "; put it as the enum of its constraints."),
    ],
)
def test_another_list_whose_meaning_is_code_is_refused(copy, table, column, given, todo):
    values = CLOSED[table, column]
    wanted = given(values)
    packaged(copy, table, column, constraints={"enum": wanted})
    said = only(problems(copy), file="data/datapackage.json", row_id=table, column=column)
    assert f"{column} is a closed list: {', '.join(values)}{todo.format(values[0])}" in said


def test_lists_whose_meaning_is_code_stand_in_the_data_package_as_in_the_code():
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    lists = {
        (r["name"], f["name"]): f.get("constraints", {}).get("enum")
        for r in package["resources"]
        for f in r["schema"]["fields"]
    }
    assert {key: tuple(lists[key]) for key in CLOSED} == CLOSED


def open_lists():
    """Columns with a list of values that a corpus may make longer."""
    package = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            key = (resource["name"], field["name"])
            if "enum" in field.get("constraints", {}) and key not in CLOSED:
                yield *key, field["constraints"]


@pytest.mark.slow
@pytest.mark.parametrize(("table", "column", "constraints"), list(open_lists()))
def test_any_other_list_may_be_longer_in_a_corpus(whole_copy, table, column, constraints):
    longer = {**constraints, "enum": [*constraints["enum"], "one-more"]}
    packaged(whole_copy, table, column, constraints=longer)
    records = rows(whole_copy / "data" / f"{table}.csv")
    changed = records[-1 if table == "claims" else 0]  # the last claim has no criterion
    changed[column] = "one-more"
    if column.endswith("_basis"):  # it goes with a date
        changed[column.removesuffix("_basis")] = "2025-03"
    write(whole_copy / "data" / f"{table}.csv", records)
    assert "one-more" in list(getattr(load(whole_copy), table)[column])


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        (["pact"], "each needs a value and a label, both text"),
        ("pact", "each needs a value and a label"),
        ([{"value": "pact", "label": ""}], "each needs a value and a label"),
        ([{"value": "moon", "label": "the moon"}], "names moon, which the column may not have"),
    ],
)
def test_names_of_values_that_cannot_be_used_are_refused(copy, categories, said):
    packaged(copy, "claims", "target", categories=categories)
    found = only(problems(copy), file="data/datapackage.json", row_id="claims", column="target")
    assert said in found


def test_a_row_with_a_comma_too_many_is_named(copy):
    path = copy / "data" / "mentions.csv"
    path.write_text(path.read_text("utf-8") + "mil-03,serbia,,nato\n", "utf-8")
    assert "has 4 cells, the header 3" in only(problems(copy), file="data/mentions.csv")


@pytest.mark.parametrize(("table", "column"), PLACEHOLDERS)
def test_words_that_a_draft_left_are_noted(copy, table, column):
    left = {"actors": "Outlet of x (name it)", "events": "Draft: the article says 4 March."}
    left |= {"codings": BY_WORD, "omissions": "draft"}
    path = copy / "data" / f"{table}.csv"
    records = rows(path)
    records[1][column] = left[table]
    write(path, records)
    notes = [n for n in load(copy).notes if "Words of a draft" in n]
    assert notes == [f"Words of a draft stand still in 1 row of {table}.csv, {column}."]


def test_a_main_target_that_no_claim_has_is_noted(copy):
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    (field,) = (
        f
        for r in package["resources"]
        for f in r["schema"]["fields"]
        if (r["name"], f["name"]) == ("claims", "target")
    )
    field["constraints"].pop("enum")
    claims = rows(copy / "data" / "claims.csv")
    wrong = package["main_target"][:-1]
    path.write_text(json.dumps(package | {"main_target": wrong}), "utf-8")
    codings = copy / "data" / "codings.csv"  # a criterion goes with the main target
    book = {r["code"]: r["facet"] for r in rows(copy / "data" / "codebook.csv")}
    write(codings, [r for r in rows(codings) if book[r["code"]] != "criterion"])
    assert claims
    notes = [n for n in load(copy).notes if "main_target" in n]
    assert len(notes) == 1
    assert package["main_target"] in notes[0]


def test_a_voice_that_does_not_go_with_the_quotation_marks_is_noted(copy):
    assert tables.misquoted(load(copy)) == []
    path = copy / "data" / "claims.csv"
    records = rows(path)
    quoted = next(r for r in records if r["voice"] == "direct" and len(r["quote"].split()) > 5)
    told = next(r for r in records if r["voice"] == "indirect" and "“" not in r["quote"])
    ids = {
        told["claim_id"]: "stands in no quotation marks",
        quoted["claim_id"]: "stands in quotation marks",
    }
    corpus = load(copy)
    voices = corpus.claims["voice"].mask(corpus.claims["claim_id"] == told["claim_id"], "direct")
    voices = voices.mask(corpus.claims["claim_id"] == quoted["claim_id"], "outlet")
    assert dict(tables.misquoted(corpus.replaced(claims=corpus.claims.assign(voice=voices)))) == ids


def test_all_problems_are_named_at_once(copy):
    change(copy, "claims", "mil-12", voice="dirct")
    change(copy, "events", "signing", date="soon")
    change(copy, "codings", "rks-34", code="partner")
    files = {p.file for p in problems(copy)}
    assert {"data/claims.csv", "data/events.csv", "data/codings.csv"} <= files


@pytest.mark.parametrize(
    "style", ["bom", "semicolons", "windows", "reordered", "empty rows", "extra column"]
)
def test_tables_as_spreadsheets_save_them_are_read(copy, style, corpus):
    path = copy / "data" / "codings.csv"
    text = path.read_text("utf-8")
    if style == "bom":
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    elif style == "windows":
        path.write_bytes(text.replace("\n", "\r\n").encode())
    elif style == "empty rows":
        path.write_text(text + ",,,,,,\n,,,,,,\n", "utf-8")
    else:
        records = rows(path)
        columns = list(records[0])
        columns = (
            columns[::-1]
            if style == "reordered"
            else columns + ["row", "quote", "label", "mine"] * (style == "extra column")
        )
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=";" if style == "semicolons" else ",")
            writer.writeheader()
            writer.writerows(records)
    assert load(copy).codings[list(corpus.codings)].equals(corpus.codings)


@pytest.mark.parametrize("file", ["mentions.csv", "coders/one/codings.csv", "coders.csv"])
def test_a_table_whose_end_may_be_cut_off_is_noted(whole_copy, file):
    path = whole_copy / "data" / file
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")
    assert f"data/{file} does not end with a line end" in "\n".join(load(whole_copy).notes)


@pytest.mark.parametrize(
    "file", ["codings.csv", "adjudication.csv", "coders/two/codings.csv", "coders/one/mentions.csv"]
)
def test_a_table_that_lost_its_rows_is_noted(whole_copy, file):
    path = whole_copy / "data" / file
    path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    (said,) = load(whole_copy).notes
    assert said.startswith(f"data/{file} has no row, though there are ")


def test_a_coding_that_no_row_names_is_noted_with_what_changes(whole_copy):
    path = whole_copy / "data" / "coders.csv"
    write(path, rows(path)[:1])
    gone = "data/coders/two/ stands in no row of coders.csv, so nothing of it is read."
    assert gone in load(whole_copy).notes
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=whole_copy, check=True, capture_output=True)
    assert f"note: {gone}\n" in run("changes", "--corpus", whole_copy).stdout


def test_a_difference_is_settled_once_whichever_way_round_it_stands(whole_copy):
    path = whole_copy / "data" / "adjudication.csv"
    records = rows(path)
    turned = {**records[1], "reading_one": records[1]["reading_two"]}
    turned["reading_two"] = records[1]["reading_one"]
    write(path, [*records, records[0], turned])
    found = problems(whole_copy)
    for i in (0, 1):
        said = only(found, row=len(records) + 2 + i, column="what")
        assert f"is settled in row {i + 2} already" in said


def test_a_reading_is_the_one_of_its_own_coder(whole_copy):
    path = whole_copy / "data" / "adjudication.csv"
    claims = rows(whole_copy / "data" / "coders" / "one" / "claims.csv")
    records = rows(path)
    at = next(i for i, r in enumerate(records) if r["what"] in claims[0])
    one, two = records[at]["reading_one"], records[at]["reading_two"]
    records[at] |= {"reading_one": two, "reading_two": one}
    write(path, records)
    said = only(problems(whole_copy), file="data/adjudication.csv", row=at + 2, value=two)
    assert "the two stand the other way round" in said


@pytest.mark.parametrize(("key", "gone"), [("primaryKey", "must be"), ("foreignKeys", "missing")])
def test_keys_that_a_data_package_lost_are_named(copy, key, gone):
    path = copy / "data" / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    had = [r["name"] for r in package["resources"] if r["schema"].pop(key, None)]
    path.write_text(json.dumps(package), "utf-8")
    found = {p.row_id for p in problems(copy) if p.column == key and gone in p.message}
    assert found == set(had)


def misread(text: str, encoding: str) -> str:
    """A text whose UTF-8 was read in another encoding, as programs do that refuse no byte."""
    bytes_ = (bytes([b]) for b in text.encode("utf-8"))
    return "".join(b.decode(encoding, "ignore") or chr(b[0]) for b in bytes_)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1250", "cp1251", "iso-8859-2"])
@pytest.mark.parametrize("name", ["Žarko Đurić", "Kosovë", "Марко", "Νίκη", "São João", "“Ja”"])
def test_letters_that_were_read_in_a_wrong_encoding_are_named_with_what_they_were(
    copy, encoding, name
):
    wrong = misread(name, encoding)
    places = {"actors": "name", "events": "label", "codebook": "label", "sources": "headline"}
    found = {}
    for table, column in (places | {"codings": "note"}).items():
        first = next(iter(rows(copy / "data" / f"{table}.csv")[0].values()))
        found[table] = change(copy, table, first, **{column: f"plain {wrong}"}), column
    found_ = problems(copy)
    for table, (row, column) in found.items():
        said = [p for p in found_ if "letters were lost" in p.message and table in p.file]
        assert [(p.row, p.column) for p in said] == [(row, column)]
        assert any(f"“{word}”" in said[0].message for word in name.split() if not word.isascii())


@pytest.mark.parametrize("wrong", ["VuÄiÄ‡", "Vu?i?", "Vu\ufffdi\ufffd"])
def test_letters_that_are_lost_are_named(copy, wrong):
    row = change(copy, "actors", "vucic", name=f"A. {wrong}")
    assert "letters were lost" in only(problems(copy), file="data/actors.csv", row=row)


@pytest.mark.slow
@pytest.mark.parametrize(
    "right",
    [
        "ÅÄÖ",
        "»Ä«-Saal",
        "CAFÉ’s",
        "„KAČ”",
        "O’Đ’s",
        "М’який",
        "п’ять",
        "Říjen",
        "ČĽB",
        "zvlášť",
        "हिन्दी",
        "می\u200cخواهم",
        "日本語。",
        "👩\u200d👩\u200d👧",
        "Why? “Who?”",
        "https://a.org/?b=c?d",
        "é́",
        "Œuvre—État",
        "İğ",
        "ăîșț",
    ],
)
def test_letters_that_are_right_are_left_alone(copy, right):
    change(copy, "actors", "vucic", name=right)
    assert load(copy).notes == ()


def test_an_article_may_have_such_letters_itself(copy):
    path = copy / "seeds" / "000_514676f038da2d0f.txt"
    wrong = "SaÃ£o “VuÄ‡” Va?a"
    path.write_text(path.read_text("utf-8").replace("- Militarnyi", f"- {wrong}", 1), "utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    change(copy, "sources", "militarnyi-article", sha256=digest)
    text = (copy / "data" / "omissions.csv").read_text("utf-8")
    text = text.replace("- Militarnyi,", f"- {wrong},")
    (copy / "data" / "omissions.csv").write_text(text, "utf-8")
    assert len(load(copy).omissions)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("claims", "mil-12", "translation"),
        ("claims", "mil-12", "utterance_id"),
        ("actors", "vucic", "role"),
        ("codebook", "partnership", "code"),
        ("events", "signing", "event_id"),
    ],
)
@pytest.mark.parametrize(
    "cell", ["03/01/2025", "Mar-25", "1-Mar", "01.03.2025", "2025-03-01 00:00:00", "3/1/25"]
)
def test_a_cell_that_a_spreadsheet_turned_into_a_date_is_named(copy, table, row, column, cell):
    at = change(copy, table, row, **{column: cell})
    found = [p for p in problems(copy) if (p.file, p.row) == (f"data/{table}.csv", at)]
    assert "as a spreadsheet writes a date" in "".join(p.message for p in found if p.value == cell)


@pytest.mark.parametrize("cell", ["2025-03-01", "May 2025", "Art. 5", "3/4", "1.2", "24-hour"])
def test_a_cell_that_is_no_such_date_is_left_alone(copy, cell):
    change(copy, "actors", "vucic", role=cell)
    assert load(copy).notes == ()


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://a.org")', "@SUM(1)", "+1+cmd|' /C a'!A0"])
def test_a_cell_that_a_spreadsheet_would_run_is_noted(copy, cell):
    row = change(copy, "claims", "mil-12", note=cell)
    (said,) = load(copy).notes
    assert said.startswith(f"data/claims.csv, row {row}, column note: a spreadsheet runs “{cell}”")


@pytest.mark.parametrize("named", [";", ",", "\t"])
def test_a_first_line_that_names_the_separator_is_read(copy, named, corpus):
    for name in ("codings", "sources"):
        path = copy / "data" / f"{name}.csv"
        records = rows(path)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"sep={named}\r\n")
            writer = csv.DictWriter(file, list(records[0]), delimiter=named)
            writer.writeheader()
            writer.writerows(records)
    assert load(copy).codings[list(corpus.codings)].equals(corpus.codings)
    (copy / "more.txt").write_text("A headline\n\nSomebody said something new.\n", "utf-8")
    assert run("draft", copy / "more.txt", "--corpus", copy).returncode == 0
    assert len(load(copy).sources) == len(corpus.sources) + 1


def test_check_says_what_there_is_and_ends_with_zero():
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 left over" in done.stdout
    assert "no problem" in done.stdout


def test_check_names_every_problem_without_a_traceback(copy):
    change(copy, "claims", "mil-16", quote="we are untied", voice="dirct")
    done = run("check", "--corpus", copy)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stdout.count("mil-16") >= 2


@pytest.mark.slow
def test_the_command_as_typed_ends_with_one_and_no_traceback_whatever_the_terminal(copy):
    change(copy, "claims", "mil-16", quote="we are untied")
    command = [sys.executable, "-m", "helpers", "check", "--corpus", str(copy)]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=HOME, env=ascii_only)
    assert (done.returncode, done.stderr) == (1, "")
    assert "mil-16" in done.stdout
    assert r"\u201cwe are untied\u201d" in done.stdout


@pytest.mark.slow
def test_what_is_printed_need_not_be_read_to_its_end():
    command = [sys.executable, "-m", "helpers", "check"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HOME
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_interrupt_is_said_in_a_line(monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("helpers.__main__.load", interrupted)
    done = run("check")
    assert (done.returncode, done.stdout) == (
        130,
        "Stopped. Each file is as it was, or written whole.\n",
    )


def test_check_of_a_folder_that_is_not_there_says_so(tmp_path):
    done = run("check", "--corpus", tmp_path / "nothing")
    assert done.returncode == 1
    assert "nothing: there is no such folder." in done.stdout


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("verb", "whispered", "does not stand in the article"),
        ("time_words", "next year", "does not stand in the article"),
        ("responds_to_claim", "rks-99; mil-01", "no such claim"),
        ("responds_to_actor", "nobody-here", "no such actor_id"),
        ("occasion", "a-feast", "no such event_id"),
    ],
)
def test_what_an_utterance_refers_to_is_there(copy, column, value, says):
    first = rows(copy / "data" / "utterances.csv")[0]["utterance_id"]
    row = change(copy, "utterances", first, **{column: value})
    assert says in only(problems(copy), file="data/utterances.csv", row=row, column=column)


def test_a_claim_is_by_the_speaker_of_its_utterance(copy):
    claims = rows(copy / "data" / "claims.csv")
    spoken = [c for c in claims if c["utterance_id"]]
    one = spoken[0]
    other = next(c for c in spoken if c["speaker_id"] != one["speaker_id"])
    row = change(copy, "claims", one["claim_id"], utterance_id=other["utterance_id"])
    message = only(problems(copy), file="data/claims.csv", row=row, column="utterance_id")
    assert f"is by {other['speaker_id']}" in message


def test_the_claim_of_an_office_is_about_who_holds_it(copy):
    mentions = rows(copy / "data" / "mentions.csv")
    actors = [a for a in rows(copy / "data" / "actors.csv") if a["role"]]
    actor = actors[0]["actor_id"]
    other = next(m["claim_id"] for m in mentions if (m["claim_id"], actor) not in pairs(mentions))
    row = change(copy, "actors", actor, role_claim=other)
    message = only(problems(copy), file="data/actors.csv", row=row, column="role_claim")
    assert f"does not mention {actor}" in message


def pairs(mentions):
    return {(m["claim_id"], m["actor_id"]) for m in mentions}


@pytest.mark.parametrize(
    ("changed", "cells", "column", "says"),
    [
        ("code", {"dispute": "yes"}, "dispute", "not a dispute"),
        ("code", {"dispute": "q", "side": "q"}, "side", "not a side"),
        ("code", {"dispute": "q", "side": "other"}, "side", "is a side in r"),
        ("code", {"dispute": ""}, "side", "no dispute"),
        ("yes", {"dispute": ""}, "dispute", "name it"),
        ("yes", {"opposite_of": "other"}, "opposite_of", "same dispute"),
    ],
)
def test_sides_are_sides_in_one_dispute(copy, changed, cells, column, says):
    path = copy / "data" / "codebook.csv"
    book = rows(path)
    alike = {"label": "?", "definition": "Made up.", "colour": "#005a9c", "marker": "o"}
    new = [
        {"code": "q", "facet": "dispute"},
        {"code": "r", "facet": "dispute"},
        {"code": "yes", "facet": "side", "dispute": "q", "opposite_of": "no"},
        {"code": "no", "facet": "side", "dispute": "q", "opposite_of": "yes"},
        {"code": "other", "facet": "side", "dispute": "r"},
        {"code": "code", "facet": "framing", "dispute": "q", "side": "yes"},
    ]
    blank = dict.fromkeys(book[0], "")
    made = [blank | alike | n | (cells if n["code"] == changed else {}) for n in new]
    write(path, [*book, *made])
    found = [p for p in problems(copy) if p.row and p.row > len(book) + 1]
    assert any(p.column == column and says in str(p) for p in found), found


def test_no_claim_is_coded_with_a_voice_a_dispute_or_a_side(copy):
    voice = next(r["code"] for r in rows(copy / "data" / "codebook.csv") if r["facet"] == "voice")
    claim = rows(copy / "data" / "codings.csv")[0]["claim_id"]
    row = change(copy, "codings", claim, code=voice)
    message = only(problems(copy), file="data/codings.csv", row=row, column="code")
    assert "no claim is coded with" in message
