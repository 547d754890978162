"""The rules of the data package: types, allowed values, keys."""

import re
from typing import Any

import pandas as pd

from helpers.corpus.problem import Problem, closest

Tables = dict[str, pd.DataFrame | None]


def ruled(resource: dict) -> list:
    """The columns of a table that have a type or a rule, as frictionless reads them.

    Made without its check of the descriptor, which takes longer than reading all the cells;
    a test makes that check.
    """
    from frictionless.fields import IntegerField, StringField

    kinds = {"string": StringField, "integer": IntegerField}
    return [
        kinds[f["type"]](
            name=f["name"],
            description=f.get("description") or f["name"],
            constraints=f.get("constraints", {}),
        )
        for f in resource["schema"]["fields"]
        if f.get("constraints") or f["type"] != "string"
    ]


def rule_problems(file: str, resource: dict, table: pd.DataFrame, problems: list[Problem]) -> None:
    """Types, constraints and primary keys as the data package has them.

    frictionless reads each value of a column once, however often it stands there.
    """
    found = []
    for field in ruled(resource):
        try:
            read = field.create_cell_reader()
            broken = {
                value: notes for value in table[field.name].unique() if (notes := read(value)[1])
            }
        except (re.error, TypeError, ValueError) as error:
            said = f"its constraints cannot be used ({error})."
            problems.append(
                Problem("data/datapackage.json", None, resource["name"], field.name, "", said)
            )
            continue
        for record in _where(table, table[field.name].isin(broken)) if broken else []:
            value = record[field.name]
            said = _in_words(field, value, broken[value])
            found.append(
                Problem(file, record["row"], _row_id(record, resource), field.name, value, said)
            )
    names = resource["schema"].get("primaryKey", [])
    filled = (table[names] != "").any(axis=1)  # empty cells are named by their own rule
    for record in _where(table, table.duplicated(names) & filled) if names else []:
        first = table.loc[(table[names] == [record[n] for n in names]).all(axis=1), "row"].iloc[0]
        value = ", ".join(record[n] for n in names)
        said = f"stands in row {first} already: each must be there once."
        found.append(
            Problem(file, record["row"], _row_id(record, resource), ", ".join(names), value, said)
        )
    problems += sorted(found, key=lambda p: p.row or 0)


def _in_words(field: Any, value: str, broken: dict[str, str]) -> str:
    """What is wrong with a value that breaks some rules of a field."""
    if not value:
        return f"must not be empty: {field.description.lower()}."
    if "enum" in broken:
        allowed = field.constraints["enum"]
        hint = closest(value, allowed)
        return f"expected one of {', '.join(allowed)}." + (
            f" Did you mean “{hint}”?" if hint else ""
        )
    if "pattern" in broken:
        return f"does not have the form {field.constraints['pattern']}."
    if {"type", "minimum"} & set(broken):
        return "expected a whole number from 1."
    return f"breaks a rule of the data package: {'; '.join(broken.values())}."


def _where(table: pd.DataFrame, mask: pd.Series) -> list[dict]:
    """Rows as dicts; most often there are none, and none are copied then."""
    return table[mask].to_dict("records") if mask.any() else []


def key_problems(
    file: str, resource: dict, table: pd.DataFrame, beside: Tables, problems: list[Problem]
) -> None:
    """Foreign keys as the data package has them: what is referred to exists."""
    for key in resource["schema"].get("foreignKeys", []):
        column, target = key["fields"][0], key["reference"]["resource"]
        there = key["reference"]["fields"][0]
        other = beside.get(target)
        if target not in beside or (other is not None and there not in other):
            said = f"refers to {there} in {target}, which there is not."
            problems.append(
                Problem("data/datapackage.json", None, resource["name"], column, "", said)
            )
        if other is None or there not in other:
            continue
        known = list(other[there])
        for record in _where(table, ~table[column].isin(["", *known])):
            hint = closest(record[column], known)
            also = f" Did you mean “{hint}”?" if hint else f" Known: {_some(known)}."
            problems.append(Problem(file, record["row"], _row_id(record, resource), column, record[column], f"no such {there} in {target}.csv.{also}"))  # fmt: skip


def _row_id(record: dict, resource: dict) -> str:
    key = (resource["schema"].get("primaryKey") or ["claim_id"])[0]
    return str(record.get(key, ""))


def _some(values: list[str], most: int = 8) -> str:
    kept = [v for v in dict.fromkeys(values) if v]
    return ", ".join(kept[:most]) + (f" and {len(kept) - most} more" if len(kept) > most else "")
