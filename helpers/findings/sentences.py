"""From rows of findings.csv to sentences."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.english import listed
from helpers.corpus.model import remembered
from helpers.corpus.problem import CorpusError, Problem, closest
from helpers.findings.evidence import Groups, View, as_it_stands
from helpers.findings.measures import GIVES, MEASURES, Outcome

DOMAINS = {
    "code": ("codebook", "code"),
    "source": ("sources", "source_id"),
    "event": ("events", "event_id"),
    "actor": ("actors", "actor_id"),
    "facet": ("codebook", "facet"),
    "target": ("claims", "target"),
    "position": ("claims", "position"),
}


# From rows of findings.csv to sentences


def arguments(text: str, function: Callable) -> dict[str, str | list[str]]:
    """Read `name=value; name=a|b`; a parameter in the plural takes a list."""
    pairs = [p.split("=", 1) for p in text.split(";") if p.strip()]
    if any(len(p) != 2 for p in pairs):
        raise ValueError("write name=value; name=value")
    given: dict[str, Any] = {name.strip(): value.strip() for name, value in pairs}
    for name in inspect.signature(function).parameters:
        if name in given and name.endswith("s"):
            given[name] = [v.strip() for v in given[name].split("|")]
    return given


def values_of(text: str) -> list[str]:
    """All values in the arguments of a finding."""
    return [
        v.strip()
        for pair in text.split(";")
        if "=" in pair
        for v in pair.split("=", 1)[1].split("|")
    ]


def problems(corpus: Corpus, charts: list[str]) -> list[Problem]:
    """What is wrong with findings.csv: measures, arguments, sentences, names of charts, questions asked twice."""
    tables = {n: getattr(corpus, n) for n, _ in DOMAINS.values()}
    asked: dict[str, int] = {}
    found = []
    for row, r in enumerate(corpus.findings.to_dict("records"), 2):
        place = ("data/findings.csv", row, r["finding_id"])
        if (first := asked.setdefault(r["question"], row)) != row:
            said = f"stands in row {first} already: figures tell findings by their questions."
            found.append(Problem(*place, "question", r["question"], said))
        found += [Problem(*place, *wrong) for wrong in _problems(r, tables, charts)]
    return found


def _problems(record: dict, tables: dict, charts: list[str]) -> list[tuple[str, str, str]]:
    """What is wrong with a row of findings.csv, as column, value, message."""
    if record["measure"] not in MEASURES:
        hint = closest(record["measure"], list(MEASURES)) or f"one of {', '.join(MEASURES)}"
        return [("measure", record["measure"], f"there is no such measure. Did you mean {hint}?")]
    found, function = [], MEASURES[record["measure"]]
    for column in ("sentence", "otherwise"):
        for name in re.findall(r"\{(\w*)", record[column]):
            if name not in GIVES[record["measure"]]:
                has = ", ".join(GIVES[record["measure"]])
                found.append(
                    (
                        column,
                        "{" + name + "}",
                        f"{record['measure']} has no such number; it has {has}.",
                    )
                )
    for fork in filter(None, map(str.strip, record["not_forks"].split("|"))):
        if fork not in ("headlines", "outlet"):
            found.append(("not_forks", fork, "expected headlines, outlet, or both with | between."))
    if charts and record["chart"] not in ("", *charts):
        found.append(
            ("chart", record["chart"], f"expected one of {', '.join(charts)}, or nothing.")
        )
    try:
        given = arguments(record["arguments"], function)
    except ValueError as error:
        return [*found, ("arguments", record["arguments"], f"{error}.")]
    wanted = set(inspect.signature(function).parameters) - {"view"}
    if wanted != set(given):
        found.append(
            (
                "arguments",
                record["arguments"],
                f"{record['measure']} takes {', '.join(sorted(wanted))}.",
            )
        )
    for name, value in given.items():
        domain = DOMAINS.get(name.removesuffix("s").split("_")[-1])
        if domain and tables.get(domain[0]) is not None:
            known = set(tables[domain[0]][domain[1]])
            if name == "facet":
                known |= (
                    set(tables["actors"]["kind"]) if tables.get("actors") is not None else known
                )
            for v in [value] if isinstance(value, str) else value:
                if v not in known:
                    hint = closest(v, sorted(known))
                    also = f" Did you mean “{hint}”?" if hint else ""
                    found.append(("arguments", v, f"no such {domain[1]} in {domain[0]}.csv.{also}"))
    return found


def labels_in(corpus: Corpus, chart: str) -> list[str]:
    """Codes of the facet label that the findings in a chart's headline are about."""
    used = corpus.findings.loc[corpus.findings["chart"] == chart, "arguments"]
    values = {v for arguments_ in used for v in values_of(arguments_)}
    book = corpus.codebook
    return [c for c in book.loc[book["facet"] == "label", "code"] if c in values]


def outcomes(findings: pd.DataFrame, view: View) -> dict[str, Outcome]:
    """Each finding's outcome under every variant of a view."""
    out = {}
    for r in findings.to_dict("records"):
        function = MEASURES[r["measure"]]
        out[r["finding_id"]] = function(view, **arguments(r["arguments"], function))
    return out


def compute(corpus: Corpus, view: View | None = None) -> pd.DataFrame:
    """The findings as the tables have them.

    Returns
    -------
    DataFrame
        finding_id, question, holds (bool), sentence (with its numbers), claims (tuple of the
        claim ids it rests on, in the order of the text).
    """
    if view is None:
        return _as_they_stand(corpus)
    if wrong := problems(corpus, []):
        raise CorpusError(wrong)
    names = dict(zip(corpus.actors["actor_id"], corpus.actors["name"], strict=True))
    names |= dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True))
    order = list(corpus.claims["claim_id"])
    rows = []
    for r, outcome in zip(
        corpus.findings.to_dict("records"), outcomes(corpus.findings, view).values(), strict=True
    ):
        holds = bool(outcome.holds[0])
        sentence = fill(r["sentence" if holds else "otherwise"], outcome.numbers, names)
        ids = set(view.rows["claim_id"][outcome.rests_on & view.keep[0]])
        rows.append(
            (r["finding_id"], r["question"], holds, sentence, tuple(c for c in order if c in ids))
        )
    return pd.DataFrame(rows, columns=["finding_id", "question", "holds", "sentence", "claims"])


@remembered
def _as_they_stand(corpus: Corpus) -> pd.DataFrame:
    return compute(corpus, as_it_stands(corpus))


def fill(template: str, numbers: dict[str, Any], names: dict[str, str]) -> str:
    """Put numbers into a sentence: {count}, {count:claim} ("1 claim", "3 claims"), {speakers}."""

    def put(match: re.Match) -> str:
        value, noun = numbers[match[1]], match[2]
        if isinstance(value, Groups):
            return listed(
                [names.get(n, n) for n, c in zip(value.names, value.counts[0], strict=True) if c]
            )
        number = int(value[0])
        if not noun:
            return str(number)
        return f"{number} {noun}{'' if number == 1 else 's'}"

    return re.sub(r"\{(\w+)(?::([^}]+))?\}", put, template)
