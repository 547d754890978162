"""Findings: yes-or-no statements with their numbers, computed from the tables.

A finding names a measure below and its arguments; the measure sees every claim as rows of
evidence and a mask of which rows count, so that the same code answers for the tables as they are
and for thousands of variants of them at once.
"""

import inspect
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import Corpus, closest
from helpers.once import once

MEASURES: dict[str, Callable] = {}
GIVES: dict[str, tuple[str, ...]] = {}
DOMAINS = {
    "code": ("codebook", "code"),
    "source": ("sources", "source_id"),
    "event": ("events", "event_id"),
    "actor": ("actors", "actor_id"),
    "facet": ("codebook", "facet"),
    "target": ("claims", "target"),
    "position": ("claims", "position"),
}


class View(NamedTuple):
    """Rows of evidence, which of them count (variants x rows), and what is counted once."""

    rows: pd.DataFrame
    keep: np.ndarray
    unit: str = "claim_id"


class Groups(NamedTuple):
    """Counts per group (variants x groups), with the groups' names."""

    names: list[str]
    counts: np.ndarray


class Outcome(NamedTuple):
    """Whether a finding holds (one per variant), its numbers, and the rows it rests on."""

    holds: np.ndarray
    numbers: dict[str, Any]
    rests_on: np.ndarray


def measure(*gives: str) -> Callable[[Callable], Callable]:
    """Register a measure, and the names of the numbers that a sentence may use."""

    def register(function: Callable) -> Callable:
        MEASURES[function.__name__] = function
        GIVES[function.__name__] = gives
        return function

    return register


# Evidence


@once
def evidence(corpus: Corpus) -> pd.DataFrame:
    """Every claim as rows of evidence.

    Returns
    -------
    DataFrame
        claim_id, source_id, speaker_id, voice, attribution, position, level, target, utterance
        (the utterance, or the claim where it is its own), kind (code, event, mention, words),
        value (a code, event, actor or ""), facet (of a code, or the kind of an actor), stance,
        certainty, weight (1, or a number of words).
    """
    from helpers import quotes

    claims = corpus.claims
    events = claims.loc[claims["event_id"] != "", ["claim_id", "event_id"]]
    events = events.rename(columns={"event_id": "value"}).assign(kind="event", facet="event", weight=1)
    mentions = corpus.mentions[["claim_id", "actor_id"]].rename(columns={"actor_id": "value"})
    kinds = corpus.actors.set_index("actor_id")["kind"]
    mentions = mentions.assign(kind="mention", facet=mentions["value"].map(kinds), weight=1)
    count = quotes.coverage(corpus.texts, claims, corpus.omissions)["claim_id"].value_counts()
    words = claims[["claim_id"]].assign(
        value="", kind="words", facet="", weight=claims["claim_id"].map(count).fillna(0).astype(int)
    )
    other = _of_claims(pd.concat([events, mentions, words]).assign(stance="", certainty=""), claims)
    return pd.concat([coded(claims, corpus.codings, corpus.codebook), other], ignore_index=True)


def coded(claims: pd.DataFrame, codings: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """The rows of `evidence` that are codings."""
    codes = codings[["claim_id", "code", "stance", "certainty"]].rename(columns={"code": "value"})
    facets = codebook.set_index("code")["facet"]
    return _of_claims(codes.assign(kind="code", facet=codes["value"].map(facets), weight=1), claims)


def _of_claims(rows: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    columns = ["claim_id", "source_id", "speaker_id", "voice", "attribution", "position", "level", "target"]
    utterance = claims["utterance_id"].where(claims["utterance_id"] != "", claims["claim_id"])
    return rows.merge(claims[columns].assign(utterance=utterance), on="claim_id", how="left")


def as_it_stands(corpus: Corpus) -> View:
    """All evidence, in one variant."""
    rows = evidence(corpus)
    return View(rows, np.ones((1, len(rows)), dtype=bool))


def pick(view: View, **where: str | list[str]) -> np.ndarray:
    """Rows of evidence with these values (a list: any of them), as a mask."""
    mask = np.ones(len(view.rows), dtype=bool)
    for column, wanted in where.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        mask &= view.rows[column].isin(values).to_numpy()
    return mask


def tally(view: View, where: np.ndarray, by: str | None) -> Groups:
    """Count units per group (None: all in one): a unit counts once in a group, words by their number."""
    at = np.flatnonzero(where)
    if not at.size:
        return Groups([], np.zeros((len(view.keep), 0), dtype=int))
    words = view.rows["kind"].to_numpy()[at[0]] == "words"
    values = view.rows[by].to_numpy()[at] if by else np.zeros(len(at), dtype=int)
    group, names = pd.factorize(values, sort=True)
    unit = pd.factorize(view.rows["claim_id" if words else view.unit].to_numpy()[at])[0]
    order = np.lexsort((unit, group))
    group, unit, at = group[order], unit[order], at[order]
    weights = view.keep[:, at] * view.rows["weight"].to_numpy()[at]
    new = np.r_[True, (group[1:] != group[:-1]) | (unit[1:] != unit[:-1])]
    once = np.maximum.reduceat(weights, np.flatnonzero(new), axis=1)
    heads = group[new]
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    return Groups(list(names), np.add.reduceat(once, starts, axis=1))


def total(view: View, where: np.ndarray) -> np.ndarray:
    """Count units, one number per variant."""
    counts = tally(view, where, None).counts
    return counts[:, 0] if counts.shape[1] else np.zeros(len(view.keep), dtype=int)


def aligned(*groups: Groups) -> tuple[list[str], list[np.ndarray]]:
    """The same groups for all, 0 where one has none."""
    names = sorted({n for g in groups for n in g.names})
    out = []
    for g in groups:
        counts = np.zeros((len(g.counts), len(names)), dtype=int)
        counts[:, [names.index(n) for n in g.names]] = g.counts
        out.append(counts)
    return names, out


def some(groups: np.ndarray) -> np.ndarray:
    """Whether any group is true, one per variant."""
    return np.logical_or.reduce(groups, axis=1)


# Measures


@measure("count", "owners", "other_count", "other_owners", "denials", "deniers")
def word_changes_owner(view: View, code: str, source: str, other_source: str) -> Outcome:
    """The same word is used in two articles, by speakers that have none in common."""
    here = pick(view, kind="code", value=code, stance="supports", source_id=source)
    there = pick(view, kind="code", value=code, stance="supports", source_id=other_source)
    against = pick(view, kind="code", value=code, stance="rejects")
    a, b, c = (tally(view, w, "speaker_id") for w in (here, there, against))
    _, (x, y) = aligned(a, b)
    holds = some(x > 0) & some(y > 0) & ~some((x > 0) & (y > 0))
    numbers = {"count": total(view, here), "owners": a, "other_count": total(view, there), "other_owners": b, "denials": total(view, against), "deniers": c}  # fmt: skip
    return Outcome(holds, numbers, here | there | against)


@measure("count", "speakers", "criteria")
def word_without_content(view: View, code: str, codes: list[str]) -> Outcome:
    """A word is used for the document, and nothing that the word stands for is stated."""
    used = pick(view, kind="code", value=code, stance="supports")
    content = pick(view, kind="code", value=codes, stance="supports")
    count, stated = total(view, used), total(view, content)
    numbers = {"count": count, "speakers": tally(view, used, "speaker_id"), "criteria": stated}
    return Outcome((count > 0) & (stated == 0), numbers, used | content)


@measure("count", "speakers", "other_count", "other_speakers")
def one_addressee_two_ways(view: View, actor: str, code: str, other_code: str, source: str) -> Outcome:
    """In one article, claims about the same actor carry two codes."""
    named = view.rows.loc[pick(view, kind="mention", value=actor), "claim_id"]
    about = view.rows["claim_id"].isin(named).to_numpy() & pick(view, source_id=source)
    one = about & pick(view, kind="code", value=code, stance="supports")
    two = about & pick(view, kind="code", value=other_code, stance="supports")
    a, b = total(view, one), total(view, two)
    numbers = {"count": a, "speakers": tally(view, one, "speaker_id"), "other_count": b, "other_speakers": tally(view, two, "speaker_id")}  # fmt: skip
    return Outcome((a > 0) & (b > 0), numbers, one | two)


@measure("count", "speakers", "other_count", "other_speakers")
def no_common_speaker(view: View, code: str, other_code: str) -> Outcome:
    """Two codes are asserted, and nobody asserts both."""
    one = pick(view, kind="code", value=code, stance="supports")
    two = pick(view, kind="code", value=other_code, stance="supports")
    a, b = tally(view, one, "speaker_id"), tally(view, two, "speaker_id")
    _, (x, y) = aligned(a, b)
    holds = some(x > 0) & some(y > 0) & ~some((x > 0) & (y > 0))
    numbers = {"count": total(view, one), "speakers": a, "other_count": total(view, two), "other_speakers": b}
    return Outcome(holds, numbers, one | two)


@measure("count", "speakers", "adders", "others")
def several_deny_one_adds(view: View, codes: list[str], other_codes: list[str], added_code: str) -> Outcome:
    """Several speakers assert one of `codes` or reject one of `other_codes`; some, not all, add a code."""
    deny = pick(view, kind="code", value=codes, stance="supports")
    deny |= pick(view, kind="code", value=other_codes, stance="rejects")
    add = pick(view, kind="code", value=added_code, stance="supports")
    names, (x, y) = aligned(tally(view, deny, "speaker_id"), tally(view, add, "speaker_id"))
    denies, adds = x > 0, (x > 0) & (y > 0)
    only = denies & ~adds
    holds = (denies.sum(1) > 1) & some(adds) & some(only)
    who = view.rows["speaker_id"].isin([n for n, d in zip(names, denies[0], strict=True) if d]).to_numpy()
    numbers = {"count": total(view, deny), "speakers": Groups(names, denies * 1), "adders": Groups(names, adds * 1), "others": Groups(names, only * 1)}  # fmt: skip
    return Outcome(holds, numbers, deny | (add & who))


@measure("count", "elsewhere", "other_count")
def told_only_in(view: View, event: str, other_event: str, position: str, source: str) -> Outcome:
    """An event is told in one position of an article alone; elsewhere it tells of another one."""
    told = pick(view, kind="event", value=event, source_id=source)
    there = told & pick(view, position=position)
    instead = pick(view, kind="event", value=other_event, source_id=source) & ~pick(view, position=position)
    count, elsewhere, other = (total(view, w) for w in (there, told & ~there, instead))
    numbers = {"count": count, "elsewhere": elsewhere, "other_count": other}
    return Outcome((count > 0) & (elsewhere == 0) & (other > 0), numbers, told | instead)


@measure("count", "other_count", "all", "rest", "longest", "other_longest")
def more_words_quoted(view: View, actor: str, other_actor: str, source: str) -> Outcome:
    """In one article, more words of one actor stand in quotation marks than of another, who has some."""
    quoted = pick(view, kind="words", voice="direct", source_id=source)
    one, two = quoted & pick(view, speaker_id=actor), quoted & pick(view, speaker_id=other_actor)
    a, b, all_words = (total(view, w) for w in (one, two, quoted))
    longest, other = ((view.keep * view.rows["weight"].to_numpy() * w).max(axis=1, initial=0) for w in (one, two))
    numbers = {"count": a, "other_count": b, "all": all_words, "rest": all_words - a - b, "longest": longest, "other_longest": other}  # fmt: skip
    return Outcome((a > b) & (b > 0), numbers, one | two)


@measure("number", "actors", "of")
def named_never_quoted(view: View, facet: str) -> Outcome:
    """Actors of a kind that claims speak of, no word of whom stands in quotation marks."""
    named = pick(view, kind="mention", facet=facet)
    quoted = pick(view, kind="words", voice="direct")
    a, b = tally(view, named, "value"), tally(view, quoted, "speaker_id")
    names, (x, y) = aligned(a, b)
    silent = (x > 0) & (y == 0)
    rows = named & view.rows["value"].isin([n for n, s in zip(names, silent[0], strict=True) if s]).to_numpy()
    numbers = {"number": silent.sum(1), "actors": Groups(names, silent * 1), "of": (x > 0).sum(1)}
    return Outcome(some(silent), numbers, rows)


@measure("count", "of")
def told_without_speaker(view: View, codes: list[str], target: str) -> Outcome:
    """All claims about a target that carry one of these codes are the outlet's own voice,
    attributed to nobody."""
    rows = pick(view, kind="code", value=codes, stance="supports", target=target)
    bare = rows & pick(view, attribution="none", voice="outlet")
    count, of = total(view, bare), total(view, rows)
    return Outcome((of > 0) & (count == of), {"count": count, "of": of}, rows)


@measure("number", "shared", "one_only", "of")
def in_every_article(view: View, facets: list[str], target: str) -> Outcome:
    """Some codes of these facets are stated of a target in every article."""
    rows = pick(view, kind="code", facet=facets, stance="supports", target=target)
    sources = sorted(view.rows["source_id"].unique())
    names, counts = aligned(*(tally(view, rows & pick(view, source_id=s), "value") for s in sources))
    stated = [c > 0 for c in counts]
    shared: np.ndarray = np.logical_and.reduce(stated)
    carried = rows & view.rows["value"].isin([n for n, s in zip(names, shared[0], strict=True) if s]).to_numpy()
    anywhere: np.ndarray = np.logical_or.reduce(stated)
    numbers = {"number": shared.sum(1), "shared": Groups(names, shared * 1), "one_only": (anywhere & ~shared).sum(1), "of": anywhere.sum(1)}  # fmt: skip
    return Outcome(some(shared), numbers, carried)


@measure("count", "claims", "other_count")
def never_mentions(view: View, source: str, actor: str, code: str) -> Outcome:
    """An article that asserts a code never mentions an actor, whom another article does."""
    rows = pick(view, kind="mention", value=actor)
    there = rows & pick(view, source_id=source)
    said = pick(view, kind="code", value=code, stance="supports", source_id=source)
    count, asserted, other = total(view, there), total(view, said), total(view, rows & ~there)
    numbers = {"count": count, "claims": asserted, "other_count": other}
    return Outcome((count == 0) & (asserted > 0) & (other > 0), numbers, said | there)


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
    return [v.strip() for pair in text.split(";") if "=" in pair for v in pair.split("=", 1)[1].split("|")]


def problems(record: dict, tables: dict) -> list[tuple[str, str, str]]:
    """What is wrong with a row of findings.csv, as column, value, message."""
    if record["measure"] not in MEASURES:
        hint = closest(record["measure"], list(MEASURES)) or f"one of {', '.join(MEASURES)}"
        return [("measure", record["measure"], f"there is no such measure. Did you mean {hint}?")]
    found, function = [], MEASURES[record["measure"]]
    for column in ("sentence", "otherwise"):
        for name in re.findall(r"\{(\w*)", record[column]):
            if name not in GIVES[record["measure"]]:
                has = ", ".join(GIVES[record["measure"]])
                found.append((column, "{" + name + "}", f"{record['measure']} has no such number; it has {has}."))
    for fork in filter(None, map(str.strip, record["not_forks"].split("|"))):
        if fork not in ("headlines", "outlet"):
            found.append(("not_forks", fork, "expected headlines, outlet, or both with | between."))
    from helpers.export import CHARTS  # which draws findings, and so cannot be imported above

    charts = [name.split("-", 1)[1] for name in CHARTS]
    if record["chart"] not in ("", *charts):
        found.append(("chart", record["chart"], f"expected one of {', '.join(charts)}, or nothing."))
    try:
        given = arguments(record["arguments"], function)
    except ValueError as error:
        return [*found, ("arguments", record["arguments"], f"{error}.")]
    wanted = set(inspect.signature(function).parameters) - {"view"}
    if wanted != set(given):
        found.append(("arguments", record["arguments"], f"{record['measure']} takes {', '.join(sorted(wanted))}."))
    for name, value in given.items():
        domain = DOMAINS.get(name.removesuffix("s").split("_")[-1])
        if domain and tables.get(domain[0]) is not None:
            known = set(tables[domain[0]][domain[1]])
            if name == "facet":
                known |= set(tables["actors"]["kind"]) if tables.get("actors") is not None else known
            for v in [value] if isinstance(value, str) else value:
                if v not in known:
                    hint = closest(v, sorted(known))
                    also = f" Did you mean “{hint}”?" if hint else ""
                    found.append(("arguments", v, f"no such {domain[1]} in {domain[0]}.csv.{also}"))
    return found


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
        finding_id, question, holds (bool), sentence (with its numbers), claims (list of the
        claim ids it rests on, in the order of the text).
    """
    if view is None:
        return _as_they_stand(corpus)
    names = dict(zip(corpus.actors["actor_id"], corpus.actors["name"], strict=True))
    names |= dict(zip(corpus.codebook["code"], corpus.codebook["label"], strict=True))
    order = list(corpus.claims["claim_id"])
    rows = []
    for r, outcome in zip(corpus.findings.to_dict("records"), outcomes(corpus.findings, view).values(), strict=True):
        holds = bool(outcome.holds[0])
        sentence = fill(r["sentence" if holds else "otherwise"], outcome.numbers, names)
        ids = set(view.rows["claim_id"][outcome.rests_on & view.keep[0]])
        rows.append((r["finding_id"], r["question"], holds, sentence, [c for c in order if c in ids]))
    return pd.DataFrame(rows, columns=["finding_id", "question", "holds", "sentence", "claims"])


@once
def _as_they_stand(corpus: Corpus) -> pd.DataFrame:
    return compute(corpus, as_it_stands(corpus))


def fill(template: str, numbers: dict[str, Any], names: dict[str, str]) -> str:
    """Put numbers into a sentence: {count}, {count:claim} ("1 claim", "3 claims"), {speakers}."""

    def put(match: re.Match) -> str:
        value, noun = numbers[match[1]], match[2]
        if isinstance(value, Groups):
            return listed([names.get(n, n) for n, c in zip(value.names, value.counts[0], strict=True) if c])
        number = int(value[0])
        if not noun:
            return str(number)
        return f"{number} {noun}{'' if number == 1 else 's'}"

    return re.sub(r"\{(\w+)(?::([^}]+))?\}", put, template)


def listed(items: list[str]) -> str:
    """Items in a sentence: "a", "a and b", "a, b and c"; "nobody" for none."""
    if not items:
        return "nobody"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
