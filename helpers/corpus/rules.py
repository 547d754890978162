"""The rules of the data package: which it may have, and what breaks them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from helpers.corpus.problem import Problem, closest, meant, some
from helpers.corpus.schema import CLOSED, CODER_TABLES

# What the patterns of a data package mean.
FORMS = {
    "[a-z0-9][a-z0-9_.-]*": "letters a to z, digits and . _ - (no spaces, capitals or accents)",
    "#[0-9a-f]{6}": "a colour: # and six of 0 to 9 and a to f, as in #a33c00",
    "[0-9a-f]{64}": "64 of 0 to 9 and a to f",
}

Tables = dict[str, pd.DataFrame | None]
PACKAGE = "data/datapackage.json"
KNOWN = {  # types, and the constraints of each with what they are
    "string": {"required": bool, "enum": list, "pattern": str},
    "integer": {"required": bool, "minimum": int},
}
MOST_SOUGHT = 25  # ids that may be mistyped; where more are missing, rows are
WHOLE = re.compile(r"[+-]?[0-9]{1,18}")


def package_problems(package: dict, own: dict) -> Iterator[Problem]:
    """What a data package lacks of the project's own, and what it asks that is not known here.

    Both are refused: the first would be missed, the second would not be held.
    """
    columns = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    fields = _fields(package)
    for (table, column), field in _fields(own).items():
        if table in columns and (said := _lacking(fields.get((table, column)), field)):
            yield Problem(PACKAGE, None, table, column, "", said)
    yield from _lacking_keys(package, own)
    for (table, _), field in fields.items():
        yield from _field_problems(table, field)
    for resource in package["resources"]:
        yield from _schema_problems(resource, columns)
    for (table, column), values in CLOSED.items():
        if (table, column) in fields:
            yield from _list_problems(table, fields[table, column], values)
    if "main_target" in package:
        yield from _target_problems(package["main_target"], fields.get(("claims", "target"), {}))


def _target_problems(main: object, field: dict) -> Iterator[Problem]:
    """What the corpus is about is a target that claims may have."""
    any_text = [main] if isinstance(main, str) and main else []
    allowed = field.get("constraints", {}).get("enum", any_text)
    if main not in allowed:
        said = f"expected one of the targets that claims may have: {', '.join(allowed)}."
        hint = partial(meant, str(main), allowed)
        yield Problem(PACKAGE, None, "", "main_target", str(main), said, hint)


def _fields(package: dict) -> dict[tuple[str, str], dict]:
    """What a data package says of each column, by table and column."""
    return {(r["name"], f["name"]): f for r in package["resources"] for f in r["schema"]["fields"]}


def _lacking(field: dict | None, own: dict) -> str:
    """What the description of a column lacks; "" for nothing."""
    if field is None:
        return "this column is not described."
    if field["type"] in KNOWN and field["type"] != own["type"]:
        return f"must be of type {own['type']}."
    needed = own.get("constraints", {}).get("required")
    return (
        "must be required." if needed and not field.get("constraints", {}).get("required") else ""
    )


def _lacking_keys(package: dict, own: dict) -> Iterator[Problem]:
    """Keys that the project's own tables have: without them nothing would hold rows together."""
    schemas = {r["name"]: r["schema"] for r in package["resources"]}
    for resource in (r for r in own["resources"] if r["name"] in schemas):
        schema, table = schemas[resource["name"]], resource["name"]
        key = _listed(resource["schema"].get("primaryKey", []))
        if schema.get("primaryKey", []) != key:
            said = f"must be {', '.join(key) or 'left out'}."
            given = ", ".join(schema.get("primaryKey", []))
            yield Problem(PACKAGE, None, table, "primaryKey", given, said)
        there = [_reference(k) for k in schema.get("foreignKeys", [])]
        for wanted in map(_reference, resource["schema"].get("foreignKeys", [])):
            if wanted not in there:
                (column, *_), other, (of, *_) = wanted
                said = f"this key is missing: {column} refers to {of} in {other}."
                yield Problem(PACKAGE, None, table, "foreignKeys", "", said)


def _reference(key: dict) -> tuple[list[str], str, list[str]]:
    """What refers to what: columns, table, columns there."""
    reference = key["reference"]
    return _listed(key["fields"]), reference["resource"], _listed(reference["fields"])


def _listed(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else columns


def _field_problems(table: str, field: dict) -> Iterator[Problem]:
    """The type, constraints and categories of a column."""
    place, kind = (PACKAGE, None, table, field["name"]), field["type"]
    if kind not in KNOWN:
        yield Problem(*place, kind, f"expected one of {', '.join(KNOWN)}.")
        return
    for name, value in field.get("constraints", {}).items():
        if said := _constraint_in_words(kind, name, value):
            yield Problem(*place, name, said)
    for name, only in (("format", "default"), ("missingValues", [""])):
        if field.get(name, only) != only:
            yield Problem(*place, name, f"can only be {only!r}, which is so without it.")
    if said := _categories_in_words(field):
        yield Problem(*place, "categories", said)


def _constraint_in_words(kind: str, name: str, value: Any) -> str:
    """Why a constraint of a column of some type cannot be held; "" where it can."""
    known = KNOWN[kind]
    if name not in known:
        return (
            f"this constraint of a column of type {kind} is not known; "
            f"known are {', '.join(known)}."
        )
    if type(value) is not known[name]:
        return f"its constraints cannot be used (it is {value!r}, not {known[name].__name__})."
    try:
        re.compile(str(value) if name == "pattern" else "")
    except re.error as error:
        return f"its constraints cannot be used ({error})."
    return ""


def _categories_in_words(field: dict) -> str:
    """What is wrong with the names that a column's values have; "" for nothing."""
    named = field.get("categories", [])
    right = isinstance(named, list) and all(isinstance(c, dict) for c in named)
    parts = [c.get(name) for c in named for name in ("value", "label")] if right else [None]
    if not all(p and isinstance(p, str) for p in parts):
        return "each needs a value and a label, both text."
    allowed = field.get("constraints", {}).get("enum", parts)  # without a list, any may be named
    other = [v for v in parts[::2] if v not in allowed]
    also = f"names {', '.join(other)}, which the column may not have: {', '.join(allowed)}."
    return also if other else ""


def _list_problems(table: str, field: dict, values: tuple[str, ...]) -> Iterator[Problem]:
    """A list whose meaning is code is the same in every corpus."""
    given = field.get("constraints", {}).get("enum")
    todo = []
    if given is None:
        todo.append("put it as the enum of its constraints")
    elif more := [v for v in given if v not in values]:
        todo.append(f"remove {', '.join(more)}")
    if given is not None and (fewer := [v for v in values if v not in given]):
        todo.append(f"put back {', '.join(fewer)}")
    if todo:
        said = f"{field['name']} is a closed list: {', '.join(values)}; {' and '.join(todo)}."
        yield Problem(PACKAGE, None, table, field["name"], ", ".join(given or []), said)


def _schema_problems(resource: dict, columns: dict[str, list[str]]) -> Iterator[Problem]:
    """The keys of a table."""
    table, schema = resource["name"], resource["schema"]
    place = (PACKAGE, None, table)
    if schema.get("uniqueKeys"):
        yield Problem(*place, "uniqueKeys", "", "not known; known are primaryKey and foreignKeys.")
    if schema.get("missingValues", [""]) != [""]:
        yield Problem(*place, "missingValues", "", "can only be [''], which is so without it.")
    foreign = schema.get("foreignKeys", [])
    used = [*schema.get("primaryKey", []), *(c for key in foreign for c in key["fields"])]
    for column in (c for c in used if c not in columns[table]):
        yield Problem(*place, "keys", column, "there is no such column.")
    for key in foreign:
        there, other = key["reference"]["fields"], key["reference"]["resource"]
        if len(key["fields"]) > 1 or len(there) > 1:
            said = "a foreign key of several columns is not known; known are those of one."
            yield Problem(*place, "foreignKeys", ", ".join(key["fields"]), said)
        elif there[0] not in columns.get(other, []):
            said = f"refers to {there[0]} in {other}, which there is not."
            yield Problem(*place, key["fields"][0], "", said)


def rule_problems(file: str, resource: dict, table: pd.DataFrame, problems: list[Problem]) -> None:
    """Types, constraints and primary keys as the data package has them."""
    found = []
    for field in resource["schema"]["fields"]:
        values = cells(table, field["name"])
        wrong = _breaking(field, set(values))
        for i in (i for i, value in enumerate(values) if value in wrong) if wrong else ():
            said, hint = _in_words(field, values[i])
            place = (*place_of(file, resource, table, i), field["name"])
            found.append(Problem(*place, values[i], said, hint))
    names = resource["schema"].get("primaryKey", [])
    keys = list(zip(*(cells(table, name) for name in names), strict=True))
    if len(set(keys)) < len(keys):
        first: dict[tuple, int] = {}
        for i, key in enumerate(keys):
            if first.setdefault(key, i) < i and any(key):  # blank cells are named by their own rule
                there = table["row"].iat[first[key]]
                said = f"stands in row {there} already: each must be there once."
                place = (*place_of(file, resource, table, i), ", ".join(names))
                found.append(Problem(*place, ", ".join(key), said))
    problems += sorted(found, key=lambda p: p.row or 0)


def _breaking(field: dict, values: set[str]) -> set[str]:
    """Those of a column's values that break a rule of it; each is looked at once."""
    rules, filled = field.get("constraints", {}), values - {""}
    wrong = {""} & values if rules.get("required") else set()
    if "enum" in rules:
        wrong |= filled - set(rules["enum"])
    if "pattern" in rules:
        fits = re.compile(rules["pattern"]).fullmatch
        wrong |= {v for v in filled if not fits(v)}
    if field["type"] == "integer":
        least = rules.get("minimum")
        wrong |= {
            v for v in filled if not WHOLE.fullmatch(v) or (least is not None and int(v) < least)
        }
    return wrong


def _in_words(field: dict, value: str) -> tuple[str, Any]:
    """What is wrong with a value that breaks a rule of its column, and a hint."""
    rules = field.get("constraints", {})
    if not value:
        return f"must not be empty: {(field.get('description') or field['name']).lower()}.", None
    if value not in rules.get("enum", [value]):
        said = f"expected one of {', '.join(rules['enum'])}."
        return said, partial(meant, value, rules["enum"])
    if "pattern" in rules:
        return _of_form(rules["pattern"], value), None
    least = f" from {rules['minimum']}" if "minimum" in rules else ""
    return f"expected a whole number{least}.", None


def _of_form(pattern: str, value: str) -> str:
    """What a value of some pattern is made of, for those who do not read patterns."""
    if pattern not in FORMS:
        return f"does not have the form {pattern}."
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    near = re.sub("[^a-z0-9_.-]+", "-", plain).strip("-_.")
    such = f", such as “{near}”" if near and re.fullmatch(pattern, near) else ""
    return f"expected {FORMS[pattern]}{such}."


def key_problems(
    file: str,
    resource: dict,
    table: pd.DataFrame,
    beside: Tables,
    problems: list[Problem],
    missing: Counter,
    used: set[tuple[str, str]],
) -> None:
    """Foreign keys as the data package has them: what is referred to exists.

    It is counted in `missing` how often what does not exist is referred to, by file, column and
    value; `used` gathers what is referred to, by file and value.
    """
    own = file.rpartition("/")[0]
    for key in resource["schema"].get("foreignKeys", []):
        (column,), target = key["fields"], key["reference"]["resource"]
        (there,), other = key["reference"]["fields"], beside[target]
        if other is None:
            continue
        target_file = f"{own if target in CODER_TABLES else 'data'}/{target}.csv"
        values, known = cells(table, column), list(dict.fromkeys(cells(other, there)))
        wrong = set(values).difference(known, [""])
        for i in (i for i, value in enumerate(values) if value in wrong) if wrong else ():
            hint = partial(_known, values[i], known)
            place = (*place_of(file, resource, table, i), column)
            problems.append(Problem(*place, values[i], f"no such {there} in {target}.csv.", hint))
            missing[target_file, there, values[i]] += 1
        used |= {(target_file, value) for value in set(values)}


def lost_rows(
    missing: Counter, used: set[tuple[str, str]], tables: dict[str, pd.DataFrame]
) -> Iterator[Problem]:
    """The rows that several others refer to, in vain: these are what is wrong, not the others.

    `tables` are by file. Where an id that nothing refers to looks mistyped, its row is named.
    """
    for (file, column, value), count in missing.items():
        if count > 1:
            ids = dict(zip(cells(tables[file], column), cells(tables[file], "row"), strict=True))
            free = [i for i in ids if (file, i) not in used] if len(missing) <= MOST_SOUGHT else []
            near = closest(value, free)
            also = f" Is “{near}” meant for it?" if near else ""
            said = f"no row has this {column}, to which {count} others refer.{also}"
            yield Problem(file, ids.get(near), near, column, value, said)


def _known(value: str, known: list[str]) -> str:
    return meant(value, known, f" Known: {some(known)}.")


def cells(table: pd.DataFrame, column: str) -> list:
    """The cells of a column as a list; a column of text gives them one by one many times slower."""
    return table[column].to_numpy().tolist()


def place_of(file: str, resource: dict, table: pd.DataFrame, i: int) -> tuple[str, int, str]:
    """File, row and id of the i-th row of a table."""
    key = (resource["schema"].get("primaryKey") or ["claim_id"])[0]
    return file, int(table["row"].iat[i]), str(table[key].iat[i]) if key in table else ""
