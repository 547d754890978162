"""A corpus damaged in every column: each damage is refused, and its place is named.

Damages that do not touch one another are made together and must all be named: a check that stops
at the first, or that hides one behind another, fails here.
"""

import json

import pytest
from conftest import rows, write

from helpers import CorpusError, load
from helpers.corpus import HOME

PACKAGE = json.loads((HOME / "data" / "datapackage.json").read_text("utf-8"))
FIELDS = [(r["name"], f) for r in PACKAGE["resources"] for f in r["schema"]["fields"]]
KEYS = {
    r["name"]: {k["fields"][0] for k in r["schema"].get("foreignKeys", [])}
    for r in PACKAGE["resources"]
}
PRIMARY = {
    r["name"]: r["schema"]["primaryKey"]
    for r in PACKAGE["resources"]
    if "primaryKey" in r["schema"]
}


def damaged(copy, changes: list[tuple[str, int, str, str]]) -> set[tuple]:
    """Make changes (table, row index, column, value) and return the places that are named."""
    for table in {t for t, *_ in changes}:
        path = copy / "data" / f"{table}.csv"
        records = rows(path)
        for t, i, column, value in changes:
            if t == table:
                records[i][column] = value
        write(path, records)
    with pytest.raises(CorpusError) as error:
        load(copy)
    return {
        (p.file.removeprefix("data/").removesuffix(".csv"), p.row, p.column)
        for p in error.value.problems
    }


def spread(wanted) -> list[tuple[str, int, str]]:
    """A row of its own for each damage of a table, as far as there are rows."""
    counts = {
        r["name"]: len(rows(HOME / "data" / f"{r['name']}.csv")) for r in PACKAGE["resources"]
    }
    used: dict[str, int] = {}
    out = []
    for table, field in wanted:
        if counts[table]:
            used[table] = used.get(table, -1) + 1
            out.append((table, used[table] % counts[table], field["name"]))
    return out


DAMAGES = {
    "an empty cell that must not be": (
        "",
        lambda t, f: f.get("constraints", {}).get("required"),
    ),
    "a value outside its list or form": (
        "~ no such value ~",
        lambda t, f: {"enum", "pattern", "minimum"} & set(f.get("constraints", {})),
    ),
    "a reference to nothing": ("nothing-of-the-kind", lambda t, f: f["name"] in KEYS[t]),
}


@pytest.mark.parametrize(("value", "concerns"), DAMAGES.values(), ids=DAMAGES)
def test_every_damaged_cell_is_named(whole_copy, value, concerns):
    places = spread([(t, f) for t, f in FIELDS if concerns(t, f)])
    named = damaged(whole_copy, [(t, i, c, value) for t, i, c in places])
    missed = [(t, i + 2, c) for t, i, c in places if (t, i + 2, c) not in named]
    assert places
    assert not missed


def test_every_row_that_stands_twice_is_named(whole_copy):
    filled = [t for t in PRIMARY if rows(whole_copy / "data" / f"{t}.csv")]
    for table in filled:
        path = whole_copy / "data" / f"{table}.csv"
        records = rows(path)
        write(path, [*records, records[0]])
    with pytest.raises(CorpusError) as error:
        load(whole_copy)
    for table, columns in ((t, PRIMARY[t]) for t in filled):
        found = [
            p
            for p in error.value.problems
            if p.file == f"data/{table}.csv" and p.column == ", ".join(columns)
        ]
        assert any("stands in row 2 already" in p.message for p in found), table


@pytest.mark.parametrize(
    "number", range(max(len(r["schema"]["fields"]) for r in PACKAGE["resources"]))
)
def test_every_missing_column_is_named(copy, number):
    gone = {}
    for resource in PACKAGE["resources"]:
        fields = resource["schema"]["fields"]
        if number < len(fields):
            path = copy / "data" / resource["path"]
            records, column = rows(path), fields[number]["name"]
            gone[resource["name"]] = column
            write(path, records, [f["name"] for f in fields if f["name"] != column])
    with pytest.raises(CorpusError) as error:
        load(copy)
    named = {(p.file, p.column) for p in error.value.problems}
    assert {(f"data/{t}.csv", c) for t, c in gone.items()} <= named


def test_every_missing_or_broken_table_is_named(copy):
    for i, resource in enumerate(PACKAGE["resources"]):
        path = copy / "data" / resource["path"]
        if i % 3 == 0:
            path.unlink()
        elif i % 3 == 1:
            path.write_bytes(b"\xff\xfe\x00broken")
        else:
            path.write_text(path.read_text("utf-8") + '"never closed', "utf-8")
    with pytest.raises(CorpusError) as error:
        load(copy)
    assert {f"data/{r['path']}" for r in PACKAGE["resources"]} <= {
        p.file for p in error.value.problems
    }


@pytest.mark.parametrize("coder", ["one", "two"])
def test_a_damaged_independent_coding_is_named(whole_copy, coder):
    path = whole_copy / "data" / "coders" / coder / "claims.csv"
    records = rows(path)
    records[3]["voice"] = "whisper"
    records[5]["quote"] = "words that stand nowhere in it"
    write(path, records)
    with pytest.raises(CorpusError) as error:
        load(whole_copy)
    named = {(p.file, p.row, p.column) for p in error.value.problems}
    file = f"data/coders/{coder}/claims.csv"
    assert {(file, 5, "voice"), (file, 7, "quote")} <= named


@pytest.mark.parametrize("table", [t for t in KEYS if rows(HOME / "data" / f"{t}.csv")])
def test_free_words_may_be_changed(whole_copy, table):
    """What no rule constrains, a person may word as he likes: the corpus still loads."""
    bound = {
        "event_id",
        "verb",
        "words",
        "time_words",
        "responds_to_claim",
        "utterance_id",
        "date",
        "after",
        "before",
        "published",
        "occurrence",
        "quote",
        "headline",
        "path",
        "alternative",
        "alternative_stance",
        "arguments",
        "sentence",
        "otherwise",
        "measure",
        "not_forks",
        "chart",
        "sha256",
    }
    path = whole_copy / "data" / f"{table}.csv"
    records = rows(path)
    free = [
        f["name"]
        for t, f in FIELDS
        if t == table
        and f["name"] not in bound | KEYS[t] | set(PRIMARY.get(t, []))
        and not {"enum", "pattern"} & set(f.get("constraints", {}))
    ]
    for column in free:
        records[0][column] = "other words, “quoted” & <b>bold</b>"
    write(path, records)
    assert load(whole_copy)
