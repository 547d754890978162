"""Everything that must hold in a corpus before anything is drawn from it."""

import bisect
import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import dates, quotes
from helpers.corpus.problem import Problem, closest
from helpers.corpus.rules import Tables, key_problems, rule_problems
from helpers.corpus.schema import TABLES, coder_schema


def validate(
    package: dict, read: Tables, texts: dict[str, str], independent: dict, problems: list[Problem]
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, pd.DataFrame]], list[str]]:
    """Check all tables; append to `problems`; return the tables and the coders' with spans, and notes.

    Tables that could not be read are left out, and so are the checks that need them.
    """
    schemas = {r["name"]: r for r in package["resources"]}
    notes: list[str] = []
    described = [(f"data/{n}.csv", schemas[n], t, read) for n, t in read.items() if t is not None]
    for coder, tables in independent.items():
        described += [
            (f"data/coders/{coder}/{n}.csv", coder_schema(schemas[n]), t, {**read, **tables})
            for n, t in tables.items()
            if t is not None
        ]
    for file, resource, table, _ in described:
        rule_problems(file, resource, table, problems)
    for file, resource, table, beside in described:
        key_problems(file, resource, table, beside, problems)
    for tables, folder in [
        (read, "data"),
        *((t, f"data/coders/{c}") for c, t in independent.items()),
    ]:
        coding_problems(tables, read, texts, folder, package.get("main_target"), problems, notes)
    voice_problems(read, independent, problems)
    event_problems(read, problems)
    source_problems(read, texts, problems)
    tidy = {n: t.drop(columns="row") for n, t in read.items() if t is not None}
    own = {
        c: {n: t.drop(columns="row") for n, t in tables.items() if t is not None}
        for c, tables in independent.items()
    }
    return {n: tidy[n] for n in TABLES if n in tidy}, own, notes


def coding_problems(
    tables: Tables,
    read: Tables,
    texts: dict,
    folder: str,
    main_target: str | None,
    problems: list[Problem],
    notes: list[str],
) -> None:
    """Spans, overlaps, coverage, speakers and codings of one coding, in place: spans are added."""
    claims, omissions, codings = (tables.get(n) for n in ("claims", "omissions", "codings"))
    placed = {}
    for name, table in (("claims", claims), ("omissions", omissions)):
        if table is not None:
            file = f"{folder}/{name}.csv"
            placed[name] = _anchor(table, texts, file, problems, notes)
    if claims is not None:
        speaker_problems(claims, read, f"{folder}/claims.csv", problems)
    if codings is not None:
        file = f"{folder}/codings.csv"
        code_problems(codings, claims, read.get("codebook"), main_target, file, problems)
    if len(placed) == 2 and claims is not None and omissions is not None:
        layout_problems(claims, omissions, texts, folder, problems)
        if all(placed.values()):
            # an independent coder need not have coded every article
            coded = (
                texts
                if tables is read
                else {s: t for s, t in texts.items() if s in set(claims["source_id"])}
            )
            coverage_problems(claims, omissions, coded, folder, problems)
            sort_by_text(tables, texts)


def _anchor(
    table: pd.DataFrame, texts: dict, file: str, problems: list[Problem], notes: list[str]
) -> bool:
    """Add start and end to each row; -1 where the quote does not stand; True if all do."""
    spans, ids = [], table["claim_id"] if "claim_id" in table else [""] * len(table)
    records = zip(
        table["source_id"], table["quote"], table["occurrence"], table["row"], ids, strict=True
    )
    whole = True
    for source, quote, occurrence, row, row_id in records:
        span = (-1, -1)
        if source in texts and quote.strip() and (not occurrence or occurrence.isdecimal()):
            try:
                start, end, differs = quotes.locate(
                    texts[source], quote, int(occurrence) if occurrence else None
                )
                span = start, end
                if differs:
                    notes.append(
                        f"{file}, row {row} ({row_id or source}): found, though with {differs}."
                    )
            except LookupError as error:
                column = "occurrence" if "occurrence is" in str(error) else "quote"
                problems.append(Problem(file, row, row_id, column, quote, str(error)))
        elif quote and not quote.strip():
            problems.append(
                Problem(
                    file,
                    row,
                    row_id,
                    "quote",
                    quote,
                    "has no words in it: put the passage that the row is about.",
                )
            )
        whole = whole and span[0] >= 0
        spans.append(span)
    table["start"], table["end"] = ([s[i] for s in spans] for i in (0, 1))
    return whole


def speaker_problems(
    claims: pd.DataFrame, read: Tables, file: str, problems: list[Problem]
) -> None:
    """The outlet's voice is the outlet's, a speaker's words are not; one utterance, one speaker."""
    sources = read.get("sources")
    if sources is not None:
        outlet = claims["source_id"].map(
            dict(zip(sources["source_id"], sources["outlet_id"], strict=True))
        )
        own, speaks = (
            claims["voice"].isin(["outlet", "editorial"]),
            claims["voice"].isin(["direct", "indirect"]),
        )
        for wrong, text in (
            (
                own & (claims["speaker_id"] != outlet),
                "the voice is the outlet's, so the speaker must be {}.",
            ),
            (
                speaks & (claims["speaker_id"] == outlet),
                "the voice is a speaker's, so it cannot be the outlet.",
            ),
        ):
            for r in _where(claims.assign(outlet=outlet), wrong & outlet.notna()):
                place = (file, r["row"], r["claim_id"], "speaker_id", r["speaker_id"])
                problems.append(Problem(*place, text.format(r["outlet"])))
    said = claims[claims["utterance_id"] != ""]
    by = (
        (said["source_id"] + "\0" + said["speaker_id"])
        .groupby(said["utterance_id"], sort=False)
        .nunique()
    )
    for utterance in by.index[by > 1]:
        group = said[said["utterance_id"] == utterance]
        row = group.iloc[-1]
        problems.append(Problem(file, int(row["row"]), row["claim_id"], "utterance_id", str(utterance), "one utterance has one speaker in one article; here " + ", ".join(f"{i} is by {s}" for i, s in zip(group["claim_id"], group["speaker_id"], strict=True)) + "."))  # fmt: skip


def voice_problems(read: Tables, independent: dict, problems: list[Problem]) -> None:
    """The codebook describes every voice that claims have."""
    codebook, claims = (
        read.get("codebook"),
        [t.get("claims") for t in (read, *independent.values())],
    )
    if codebook is not None:
        known = set(codebook.loc[codebook["facet"] == "voice", "code"])
        used = dict.fromkeys(v for t in claims if t is not None for v in t["voice"])
        for voice in (v for v in used if v and v not in known):
            said = "claims have this voice: add a row with facet voice that describes it."
            problems.append(Problem("data/codebook.csv", None, "", "code", voice, said))


def code_problems(
    codings: pd.DataFrame,
    claims: pd.DataFrame | None,
    codebook: pd.DataFrame | None,
    main_target: str | None,
    file: str,
    problems: list[Problem],
) -> None:
    """Alternatives go with arguable codings; criteria are held against the main target alone."""
    facets = {} if codebook is None else dict(zip(codebook["code"], codebook["facet"], strict=True))
    targets = {} if claims is None else dict(zip(claims["claim_id"], claims["target"], strict=True))
    for r in codings.to_dict("records"):
        place = (file, r["row"], r["claim_id"])
        alternative, code = r["alternative"], r["code"]
        if (r["certainty"] == "arguable") != bool(alternative):
            problems.append(
                Problem(
                    *place,
                    "alternative",
                    alternative,
                    "an arguable coding needs an alternative (a code, or none); a sure one has no alternative.",
                )
            )
        elif alternative not in ("", "none") and facets and alternative not in facets:
            hint = closest(alternative, list(facets))
            problems.append(
                Problem(
                    *place,
                    "alternative",
                    alternative,
                    "no such code in codebook.csv." + (f" Did you mean “{hint}”?" if hint else ""),
                )
            )
        if (alternative not in ("", "none")) != bool(r["alternative_stance"]):
            problems.append(
                Problem(
                    *place,
                    "alternative_stance",
                    r["alternative_stance"],
                    "goes with an alternative that is a code, and only with it.",
                )
            )
        if facets.get(code) == "voice":
            problems.append(
                Problem(
                    *place, "code", code, "is a voice; it stands in claims.csv and is not coded."
                )
            )
        target = targets.get(r["claim_id"], main_target)
        if main_target and facets.get(code) == "criterion" and target != main_target:
            said = (
                f"a criterion is held against claims on the main target, {main_target}; "
                f"this one is on {target}."
            )
            problems.append(Problem(*place, "code", code, said))


def layout_problems(
    claims: pd.DataFrame, omissions: pd.DataFrame, texts: dict, folder: str, problems: list[Problem]
) -> None:
    """Primary claims and omissions keep apart; a nested claim lies inside one of them."""
    primary, file = claims["level"] == "primary", f"{folder}/claims.csv"
    outer = _spans(claims[primary], file) + _spans(omissions, f"{folder}/omissions.csv")
    outer.sort(key=lambda s: (s.source, s.start, s.end))
    last: Span | None = None
    for s in outer:
        if last and last.source == s.source and s.start < last.end:
            shared = texts[s.source][s.start : min(s.end, last.end)]
            other = last.claim or f"row {last.row} of omissions.csv"
            problems.append(Problem(s.file, s.row, s.claim, "quote", s.quote, f"overlaps {other} in “{' '.join(shared.split())}”: a word stands in one primary claim or omission."))  # fmt: skip
        if not last or last.source != s.source or s.end > last.end:
            last = s
    nested = _spans(claims[claims["level"] == "nested"], file)
    crossing_problems(nested, problems)
    places = [(s.source, s.start) for s in outer]
    for s in nested:
        i = bisect.bisect_right(places, (s.source, s.start)) - 1
        around = outer[i] if i >= 0 and outer[i].source == s.source else None
        if not around or s.end > around.end or (s.start, s.end) == (around.start, around.end):
            problems.append(Problem(file, s.row, s.claim, "level", "nested", f"“{s.quote}” lies inside no primary claim or omission, or is the whole of one."))  # fmt: skip


def _where(table: pd.DataFrame, mask: pd.Series) -> list[dict]:
    """Rows as dicts; most often there are none, and none are copied then."""
    return table[mask].to_dict("records") if mask.any() else []


class Span(NamedTuple):
    """Where a claim (or an omission, whose claim is "") stands."""

    source: str
    start: int
    end: int
    file: str
    row: int
    claim: str
    quote: str


def _spans(table: pd.DataFrame, file: str) -> list[Span]:
    """The rows of claims or omissions that stand in their article."""
    ids = table["claim_id"] if "claim_id" in table else itertools.repeat("")
    cells = zip(
        *(table[c].tolist() for c in ("source_id", "start", "end")),
        itertools.repeat(file),
        table["row"].tolist(),
        ids,
        table["quote"],
        strict=False,
    )
    return [s for s in map(Span._make, cells) if s.start >= 0]


def crossing_problems(nested: list[Span], problems: list[Problem]) -> None:
    """Nested claims lie apart or one inside the other."""
    source, open_ = None, []
    for s in sorted(nested, key=lambda s: (s.source, s.start, -s.end)):
        open_ = [o for o in open_ if o.end > s.start] if s.source == source else []
        source = s.source
        for o in open_:
            if s.end > o.end:
                problems.append(Problem(s.file, s.row, s.claim, "quote", s.quote, f"begins inside {o.claim} and ends outside it: one must hold the other."))  # fmt: skip
        open_.append(s)


def coverage_problems(
    claims: pd.DataFrame, omissions: pd.DataFrame, texts: dict, folder: str, problems: list[Problem]
) -> None:
    """Every word of every article stands in a claim or in an omission; runs of words left over."""
    table = quotes.coverage(texts, claims, omissions)
    new_run = (
        table["covered"]
        | table["covered"].shift(fill_value=True)
        | (table["source_id"] != table["source_id"].shift())
    )
    left = table[~table["covered"]]
    sentences = {s: quotes.sentences(texts[s]) for s in left["source_id"].unique()}
    for _, run in left.groupby(new_run.cumsum()[left.index]):
        source, start, end = run["source_id"].iloc[0], run["start"].iloc[0], run["end"].iloc[-1]
        text = texts[source]
        sentence = next((text[a:b] for a, b in sentences[source] if a <= start < b), "")
        words = "1 word stands" if len(run) == 1 else f"{len(run)} words stand"
        problems.append(Problem(f"{folder}/claims.csv", None, str(source), "quote", text[start:end], f"{words} in no claim and no omission. Add a claim, or an omission with its kind. The sentence: “{' '.join(sentence.split())}”"))  # fmt: skip


def sort_by_text(tables: Tables, texts: dict) -> None:
    """Put claims and omissions in the order of the articles, outer spans before inner ones."""
    order = {s: i for i, s in enumerate(texts)}
    for name in ("claims", "omissions"):
        table = tables[name]
        assert table is not None
        keys = (
            -table["end"].to_numpy(),
            table["start"].to_numpy(),
            table["source_id"].map(order).to_numpy(),
        )
        tables[name] = table.iloc[np.lexsort(keys)].reset_index(drop=True)


def event_problems(read: Tables, problems: list[Problem]) -> None:
    """Dates are EDTF, a basis goes with a date, and the order of events leaves room for them."""
    events = read.get("events")
    if events is None:
        return
    fine = True
    for r in events.to_dict("records"):
        place = ("data/events.csv", r["row"], r["event_id"])
        try:
            if r["date"]:
                dates.parse(r["date"])
        except ValueError as error:
            problems.append(Problem(*place, "date", r["date"], f"{error}."))
            fine = False
        ordered = r["after"] or r["before"]
        if r["date_basis"] == "none" if r["date"] else r["date_basis"] != "none" and not ordered:
            problems.append(
                Problem(
                    *place,
                    "date_basis",
                    r["date_basis"],
                    "none goes with a blank date, and only with it.",
                )
            )
        for side in ("after", "before"):
            fine = fine and (not r[side] or r[side] in set(events["event_id"]))
    if fine and events["event_id"].is_unique:
        try:
            read["events"] = dates.resolve(events)
        except ValueError as error:
            problems.append(Problem("data/events.csv", None, "", "after, before", "", f"{error}."))


def source_problems(read: Tables, texts: dict, problems: list[Problem]) -> None:
    """The headline stands in the article; a date of publication is EDTF and has a basis."""
    sources = read.get("sources")
    for r in [] if sources is None else sources.to_dict("records"):
        place = ("data/sources.csv", r["row"], r["source_id"])
        text = texts.get(r["source_id"])
        if text is not None and r["headline"] and not quotes.places(text, r["headline"]):
            near = quotes.nearest(text, r["headline"])
            problems.append(
                Problem(
                    *place,
                    "headline",
                    r["headline"],
                    f"this does not stand in the article. Nearest passage: “{near}”.",
                )
            )
        if (r["published_basis"] == "none") != (not r["published"]):
            said = "none goes with a blank date of publication, and only with it."
            problems.append(Problem(*place, "published_basis", r["published_basis"], said))
        if r["published"]:
            try:
                dates.parse(r["published"])
            except ValueError as error:
                problems.append(Problem(*place, "published", r["published"], f"{error}."))
