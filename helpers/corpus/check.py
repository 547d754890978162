"""Everything that must hold in a corpus before anything is drawn from it."""

import bisect
import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import colours, dates, quotes
from helpers.corpus.english import plural
from helpers.corpus.losses import adjudication_problems
from helpers.corpus.problem import Problem, meant, short
from helpers.corpus.rules import WHOLE, Tables, cells, key_problems, lost_rows, rule_problems
from helpers.corpus.schema import (
    ARGUABLE,
    DISPUTE,
    EDITORIAL,
    JOINED,
    NESTED,
    OUTLET,
    PARTIAL,
    PRIMARY,
    SIDE,
    SPEAKING,
    TABLES,
    UNCODED,
    VOICE,
    coder_schema,
    partial_schema,
)
from helpers.corpus.spoilt import odd_words, spoilt_problems

NOTHING = "none"  # an alternative that is no code; the basis of a date that is not known


def validate(
    package: dict, read: Tables, texts: dict[str, str], independent: dict, problems: list[Problem]
) -> tuple[dict[str, pd.DataFrame], dict[str, dict[str, pd.DataFrame]], list[str]]:
    """Check all tables; append to `problems`.

    Tables that could not be read are left out, and so are the checks that need them.

    Returns
    -------
    tuple
        The tables and the coders' own, claims and omissions with start and end; and notes.
    """
    schemas = {r["name"]: r for r in package["resources"]}
    notes: list[str] = []
    described = [(f"data/{n}.csv", schemas[n], t, read) for n, t in read.items() if t is not None]
    fragments = in_part(read.get("coders"))
    for coder, tables in independent.items():
        fitting = partial_schema if coder in fragments else coder_schema
        described += [
            (f"data/coders/{coder}/{n}.csv", fitting(schemas[n]), t, {**read, **tables})
            for n, t in tables.items()
            if t is not None
        ]
    odd = cache(partial(odd_words, texts))  # only asked where a cell looks so
    for file, resource, table, _ in described:
        rule_problems(file, resource, table, problems)
        spoilt_problems(file, resource, table, texts, odd, problems, notes)
    reference_problems(described, problems)
    codings = [("data", read, True)]
    codings += [(f"data/coders/{c}", t, c not in fragments) for c, t in independent.items()]
    for folder, tables, entire in codings:
        target = package.get("main_target")
        coding_problems(tables, read, texts, folder, target, problems, notes, entire)
    voice_problems(read, independent, problems)
    colour_problems(read, problems)
    role_problems(read, problems)
    dispute_problems(read, problems)
    event_problems(read, problems)
    source_problems(read, texts, problems)
    adjudication_problems(read, independent, problems)
    problems[:0] = mixed_up(read, texts)
    return (
        _tidy({n: read.get(n) for n in TABLES}),
        {c: _tidy(t) for c, t in independent.items()},
        notes,
    )


def in_part(coders: pd.DataFrame | None) -> set[str]:
    """The coders whose coding is one in part."""
    if coders is None:
        return set()
    return {c for c, p in zip(cells(coders, "coder_id"), cells(coders, PARTIAL), strict=True) if p}


def reference_problems(described: list[tuple], problems: list[Problem]) -> None:
    """What rows refer to exists; first what several refer to in vain, then who does."""
    found: list[Problem] = []
    missing: Counter = Counter()
    used: set[tuple[str, str]] = set()
    for file, resource, table, beside in described:
        key_problems(file, resource, table, beside, found, missing, used)
    problems += lost_rows(missing, used, {file: table for file, _, table, _ in described})
    problems += found


def _tidy(tables: Tables) -> dict[str, pd.DataFrame]:
    """The tables that could be read, without the numbers of their rows."""
    return {n: t.drop(columns="row") for n, t in tables.items() if t is not None}


def coding_problems(
    tables: Tables,
    read: Tables,
    texts: dict[str, str],
    folder: str,
    main_target: str | None,
    problems: list[Problem],
    notes: list[str],
    entire: bool = True,
) -> None:
    """Places, overlaps, coverage, speakers and codings of one coding; start and end are added.

    One that is not `entire` may overlap and leave words over.
    """
    claims, omissions, codings = (tables.get(n) for n in ("claims", "omissions", "codings"))
    placed = {}
    for name, table in (("claims", claims), ("omissions", omissions)):
        if table is not None:
            placed[name] = anchor(table, texts, f"{folder}/{name}.csv", problems, notes)
    if claims is not None:
        uttered, file = tables.get("utterances"), f"{folder}/claims.csv"
        utterance_problems(uttered, claims, texts, f"{folder}/utterances.csv", problems)
        speaker_problems(claims, read.get("sources"), uttered, file, problems)
    if codings is not None:
        file = f"{folder}/codings.csv"
        code_problems(codings, claims, read.get("codebook"), main_target, file, problems)
        words_problems(codings, claims, file, problems)
    if claims is not None and omissions is not None:
        passages = layout_problems(claims, omissions, texts, folder, problems) if entire else []
        if all(placed.values()):
            # an independent coder need not have coded every article
            coded = texts if tables is read else set(cells(claims, "source_id"))
            articles = {s: t for s, t in texts.items() if s in coded and entire}
            coverage_problems(passages, articles, f"{folder}/claims.csv", problems)
            sort_by_text(tables, texts)


def anchor(
    table: pd.DataFrame,
    texts: dict[str, str],
    file: str,
    problems: list[Problem],
    notes: list[str],
) -> bool:
    """Add start and end to each row; -1 where the quote does not stand; True if all do."""
    sources, quoted, which = (cells(table, c) for c in ("source_id", "quote", "occurrence"))
    starts, ends = [-1] * len(table), [-1] * len(table)
    others = []
    for i, (source, quote, occurrence) in enumerate(zip(sources, quoted, which, strict=True)):
        text = texts.get(source, "")
        start = text.find(quote)
        # Letter by letter in one place only: there is nothing else that it could stand for.
        if start >= 0 and text.find(quote, start + 1) < 0 and not occurrence and quote.strip():
            starts[i], ends[i] = start, start + len(quote)
        else:
            others.append(i)
    rows, found, noted = cells(table, "row"), [], []
    ids = cells(table, "claim_id") if "claim_id" in table else [""] * len(table)
    # One article after the other, one quote after the other: what was found of one is at hand.
    for i in sorted(others, key=lambda i: (sources[i], quoted[i])):
        place, text = (file, rows[i], ids[i]), texts.get(sources[i])
        try:
            starts[i], ends[i], differs = _located(text, quoted[i], which[i])
        except LookupError as error:
            column, hint = "occurrence" if which[i] else "quote", None
            if isinstance(error, quotes.NotThere) and text is not None:
                column, hint = "quote", partial(nearest_in_words, text, quoted[i])
            found.append(Problem(*place, column, quoted[i], str(error), hint))
            continue
        if differs:
            said = f"{file}, row {rows[i]} ({ids[i] or sources[i]}): found, though with {differs}."
            noted.append((rows[i], said))
    problems += sorted(found, key=lambda p: p.row or 0)
    notes += [said for _, said in sorted(noted)]
    table["start"], table["end"] = starts, ends
    return -1 not in starts


def _located(text: str | None, quote: str, occurrence: str) -> tuple[int, int, str]:
    """Where a quote stands, and how it differs there; -1 where another rule names what is wrong."""
    if quote and not quote.strip():
        raise quotes.NotThere("has no words in it: put the passage that the row is about.")
    if text is None or not quote or (occurrence and not WHOLE.fullmatch(occurrence)):
        return -1, -1, ""
    return quotes.locate(text, quote, int(occurrence) if occurrence else None)


def nearest_in_words(text: str, quote: str) -> str:
    """The passage of an article nearest to a quote, to add to a message."""
    near = quotes.nearest(text, quote)
    begins = "" if len(quote) <= quotes.HEAD else " to its beginning"
    return f" Nearest passage{begins}: “{near}”." if near else ""


def speaker_problems(
    claims: pd.DataFrame,
    sources: pd.DataFrame | None,
    utterances: pd.DataFrame | None,
    file: str,
    problems: list[Problem],
) -> None:
    """The outlet's voice is the outlet's, a speaker's words are not; one utterance, one speaker."""
    outlets = {}
    if sources is not None:
        outlets = dict(zip(cells(sources, "source_id"), cells(sources, "outlet_id"), strict=True))
    uttered = {}
    if utterances is not None:
        columns = (cells(utterances, c) for c in ("utterance_id", "source_id", "speaker_id"))
        uttered = {u: (source, speaker) for u, source, speaker in zip(*columns, strict=True)}
    names = ("row", "claim_id", "source_id", "speaker_id", "voice", "utterance_id")
    for row, claim, source, speaker, voice, utterance in zip(
        *(cells(claims, n) for n in names), strict=True
    ):
        outlet = outlets.get(source)
        said = ""
        if voice in (OUTLET, EDITORIAL) and outlet and speaker != outlet:
            said = f"the voice is the outlet's, so the speaker must be {outlet}."
        elif voice in SPEAKING and speaker == outlet:
            said = "the voice is a speaker's, so it cannot be the outlet."
        if said:
            problems.append(Problem(file, row, claim, "speaker_id", speaker, said))
        if uttered.get(utterance, (source, speaker)) != (source, speaker):
            there, who = uttered[utterance]
            said = f"is by {who} in {there}; this claim is by {speaker} in {source}."
            problems.append(Problem(file, row, claim, "utterance_id", utterance, said))


def utterance_problems(
    utterances: pd.DataFrame | None,
    claims: pd.DataFrame,
    texts: dict[str, str],
    file: str,
    problems: list[Problem],
) -> None:
    """Verbs and words of time stand in the article; what is answered is a claim."""
    if utterances is None:
        return
    problems += _by_nobody(utterances, claims, file)
    known = dict.fromkeys(cells(claims, "claim_id"))
    columns = ("row", "utterance_id", "source_id", "verb", "time_words", "responds_to_claim")
    for row, utterance, source, *told, answered in zip(
        *(cells(utterances, c) for c in columns), strict=True
    ):
        for column, words in zip(("verb", "time_words"), told, strict=True):
            for word in filter(None, words.split(JOINED)):
                if word not in texts.get(source, word):
                    said = "does not stand in the article: put it letter by letter, or leave blank."
                    problems.append(Problem(file, row, utterance, column, word, said))
        for claim in filter(None, answered.split(JOINED)):
            if claim not in known:
                hint = partial(meant, claim, known)
                said = f"no such claim in claims.csv; several are joined by “{JOINED}”."
                problems.append(
                    Problem(file, row, utterance, "responds_to_claim", claim, said, hint)
                )


def _by_nobody(utterances: pd.DataFrame, claims: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Utterances of which several claims say all alike that they are by another."""
    by: dict[str, list] = defaultdict(list)
    columns = (cells(claims, c) for c in ("utterance_id", "source_id", "speaker_id"))
    for utterance, source, speaker in zip(*columns, strict=True):
        by[utterance].append((source, speaker))
    columns = (cells(utterances, c) for c in ("row", "utterance_id", "source_id", "speaker_id"))
    for row, utterance, *stated in zip(*columns, strict=True):
        told = by.get(utterance, [])
        if len(told) > 1 and len(set(told)) == 1 and told[0] != tuple(stated):
            (source, speaker), column = told[0], "speaker_id"
            if speaker == stated[1]:
                column = "source_id"
            said = f"all {len(told)} claims of this utterance are by {speaker} in {source}."
            value = stated[column == "speaker_id"]
            yield Problem(file, row, utterance, column, value, said)


def colour_problems(read: Tables, problems: list[Problem]) -> None:
    """Sides and voices have a colour that shows on the page, and voices a marker."""
    book = read.get("codebook")
    if book is None:
        return
    columns = (cells(book, c) for c in ("row", "code", "facet", "colour", "marker"))
    for row, code, facet, colour, marker in zip(*columns, strict=True):
        place = ("data/codebook.csv", row, code)
        if facet in (VOICE, SIDE) and not colour:
            said = f"a {facet} needs a colour, #rrggbb."
            problems.append(Problem(*place, "colour", colour, said))
        elif colours.RGB.fullmatch(colour) and colours.contrast(colour) < colours.LEAST:
            said = (
                f"can hardly be seen on the page (contrast {colours.contrast(colour):.1f}, "
                f"at least {colours.LEAST:g} is needed): choose a darker one, such as "
                f"{colours.darkened(colour)}."
            )
            problems.append(Problem(*place, "colour", colour, said))
        if facet in (VOICE, SIDE) and not marker:
            said = f"a {facet} needs a marker of its own: its shape in every figure."
            problems.append(Problem(*place, "marker", marker, said))


def role_problems(read: Tables, problems: list[Problem]) -> None:
    """The claim that gives an office is about who holds it."""
    actors, mentions = read.get("actors"), read.get("mentions")
    if actors is None or mentions is None:
        return
    named = set(zip(cells(mentions, "claim_id"), cells(mentions, "actor_id"), strict=True))
    columns = (cells(actors, c) for c in ("row", "actor_id", "role", "role_claim"))
    for row, actor, role, claim in zip(*columns, strict=True):
        said = ""
        if claim and not role:
            said = "goes with a role: put the office in the article's words."
        elif claim and (claim, actor) not in named:
            said = f"does not mention {actor}: put the claim that gives the office, or leave blank."
        if said:
            problems.append(Problem("data/actors.csv", row, actor, "role_claim", claim, said))


def dispute_problems(read: Tables, problems: list[Problem]) -> None:
    """A code's side is one of its dispute's, and so is the side opposite to a side."""
    book = read.get("codebook")
    if book is None:
        return
    columns = ("row", "code", "facet", "dispute", "side", "opposite_of")
    rows = list(zip(*(cells(book, c) for c in columns), strict=True))
    facets = {code: facet for _, code, facet, *_ in rows}
    disputes = {code: dispute for _, code, facet, dispute, *_ in rows if facet == SIDE}
    for row, code, facet, dispute, side, opposite in rows:
        found = []
        if dispute and facets.get(dispute, DISPUTE) != DISPUTE:
            found.append(("dispute", dispute, f"is a {facets[dispute]}, not a dispute."))
        if facet == SIDE and not dispute:
            found.append(("dispute", dispute, "a side is a side in a dispute: name it."))
        if side and facets.get(side, SIDE) != SIDE:
            found.append(("side", side, f"is a {facets[side]}, not a side."))
        elif side and disputes.get(side, dispute) != dispute:
            said = f"is a side in {disputes[side]}, the code a word in {dispute or 'no dispute'}."
            found.append(("side", side, said))
        if facet == SIDE and opposite and disputes.get(opposite) != dispute:
            found.append(("opposite_of", opposite, "must be another side in the same dispute."))
        problems += [Problem("data/codebook.csv", row, code, *wrong) for wrong in found]


def voice_problems(read: Tables, independent: dict, problems: list[Problem]) -> None:
    """The codebook describes every voice that claims have."""
    codebook = read.get("codebook")
    claims = [t["claims"] for t in (read, *independent.values()) if t.get("claims") is not None]
    if codebook is not None:
        known = set(codebook.loc[codebook["facet"] == "voice", "code"])
        used = dict.fromkeys(v for t in claims for v in dict.fromkeys(cells(t, "voice")))
        for voice in (v for v in used if v and v not in known):
            said = "claims have this voice: add a row with facet voice that describes it."
            problems.append(Problem("data/codebook.csv", None, "", "code", voice, said))


def words_problems(
    codings: pd.DataFrame, claims: pd.DataFrame | None, file: str, problems: list[Problem]
) -> None:
    """The words that carry a code stand in the quote of its claim."""
    if claims is None or "words" not in codings:
        return
    quoted = dict(zip(cells(claims, "claim_id"), cells(claims, "quote"), strict=True))
    columns = (cells(codings, c) for c in ("row", "claim_id", "words"))
    for row, claim, words in zip(*columns, strict=True):
        if words and words not in quoted.get(claim, words):
            said = "do not stand in the quote of the claim: put them letter by letter, or none."
            problems.append(Problem(file, row, claim, "words", words, said))


class Coding(NamedTuple):
    """What the rules on codings look at: the same of very many codings."""

    code: str
    certainty: str
    alternative: str
    alternative_stance: str
    target: str | None


def code_problems(
    codings: pd.DataFrame,
    claims: pd.DataFrame | None,
    codebook: pd.DataFrame | None,
    main_target: str | None,
    file: str,
    problems: list[Problem],
) -> None:
    """Alternatives go with arguable codings; criteria are held against the main target alone."""
    facets, targets = {}, {}
    if codebook is not None:
        facets = dict(zip(cells(codebook, "code"), cells(codebook, "facet"), strict=True))
    if claims is not None:
        targets = dict(zip(cells(claims, "claim_id"), cells(claims, "target"), strict=True))
    ids = cells(codings, "claim_id")
    columns = (cells(codings, name) for name in Coding._fields[:-1])
    all_ = list(map(Coding, *columns, map(targets.get, ids)))
    wrong = {c: found for c in set(all_) if (found := list(_wrong_in(c, facets, main_target)))}
    if wrong:
        for row, claim, coding in zip(cells(codings, "row"), ids, all_, strict=True):
            for column, said, hint in wrong.get(coding, ()):
                value = getattr(coding, column)
                problems.append(Problem(file, row, claim, column, value, said, hint))


def _wrong_in(
    coding: Coding, facets: dict[str, str], main_target: str | None
) -> Iterator[tuple[str, str, partial | None]]:
    """Columns of a coding that are wrong, with why and a hint."""
    code, certainty, alternative, stance, target = coding
    another = alternative not in ("", NOTHING)
    if (certainty == ARGUABLE) != bool(alternative):
        said = (
            "an arguable coding needs an alternative (a code, or none); "
            "a sure one has no alternative."
        )
        yield "alternative", said, None
    elif another and facets and alternative not in facets:
        yield "alternative", "no such code in codebook.csv.", partial(meant, alternative, facets)
    if another != bool(stance):
        said = "goes with an alternative that is a code, and only with it."
        yield "alternative_stance", said, None
    if facets.get(code) in UNCODED:
        said = f"is of facet {facets[code]}, which no claim is coded with."
        yield "code", said, None
    if main_target and facets.get(code) == "criterion" and target not in (None, "", main_target):
        said = (
            f"a criterion is held against claims on the main target, {main_target}; "
            f"claims.csv has this one on {target}."
        )
        yield "code", said, None


class Passage(NamedTuple):
    """Where a claim (or an omission, whose claim is "") stands."""

    source: str
    start: int
    end: int
    file: str
    row: int
    claim: str
    quote: str


def _passages(table: pd.DataFrame, file: str) -> list[Passage]:
    """The rows of claims or omissions that stand in their article, in its order."""
    ids = cells(table, "claim_id") if "claim_id" in table else [""] * len(table)
    columns = [cells(table, c) for c in ("source_id", "start", "end", "row", "quote")]
    all_ = (Passage(s, a, b, file, r, i, q) for s, a, b, r, q, i in zip(*columns, ids, strict=True))
    return sorted(p for p in all_ if p.start >= 0)


def layout_problems(
    claims: pd.DataFrame, omissions: pd.DataFrame, texts: dict, folder: str, problems: list[Problem]
) -> list[Passage]:
    """Primary claims and omissions keep apart; a nested claim lies inside one of them.

    Returns
    -------
    list of Passage
        All that stand in their article.
    """
    file = f"{folder}/claims.csv"
    outer = _passages(claims[claims["level"] == PRIMARY], file)
    outer = sorted(outer + _passages(omissions, f"{folder}/omissions.csv"))
    last: Passage | None = None
    for p in outer:
        if last and last.source == p.source and p.start < last.end:
            shared = short(texts[p.source][p.start : min(p.end, last.end)])
            other = last.claim or f"row {last.row} of omissions.csv"
            said = (
                f"overlaps {other} in “{shared}”: a word stands in one primary claim or omission."
            )
            problems.append(Problem(p.file, p.row, p.claim, "quote", p.quote, said))
        if not last or last.source != p.source or p.end > last.end:
            last = p
    nested = _passages(claims[claims["level"] == NESTED], file)
    crossing_problems(nested, problems)
    for p in nested:
        i = bisect.bisect_right(outer, (p.source, p.start, math.inf)) - 1
        around = outer[i] if i >= 0 and outer[i].source == p.source else None
        if not around or p.end > around.end or (p.start, p.end) == (around.start, around.end):
            said = (
                f"“{short(p.quote)}” lies inside no primary claim or omission, "
                "or is the whole of one."
            )
            problems.append(Problem(file, p.row, p.claim, "level", NESTED, said))
    return outer + nested


def crossing_problems(nested: list[Passage], problems: list[Problem]) -> None:
    """Nested claims lie apart or one inside the other; each is named with one that it crosses."""
    source, open_ = None, []
    for p in sorted(nested, key=lambda p: (p.source, p.start, -p.end)):
        if p.source != source:
            source, open_ = p.source, []
        while open_ and open_[0][0] <= p.start:
            heapq.heappop(open_)
        if open_ and open_[0][0] < p.end:
            said = f"begins inside {open_[0][1]} and ends outside it: one must hold the other."
            problems.append(Problem(p.file, p.row, p.claim, "quote", p.quote, said))
        heapq.heappush(open_, (p.end, p.claim))


def coverage_problems(
    passages: list[Passage], texts: dict[str, str], file: str, problems: list[Problem]
) -> None:
    """Every word of every article stands in a claim or in an omission; runs of words left over."""
    taken = defaultdict(list)
    for p in passages:
        taken[p.source].append((p.start, p.end))
    for source, text in texts.items():
        left = quotes.left_over(text, taken[source])
        sentences = quotes.sentences(text) if left else []
        for start, end, count in left:
            i = bisect.bisect_right(sentences, (start, math.inf)) - 1
            sentence = short(text[slice(*sentences[i])], 400) if i >= 0 else ""
            said = (
                f"{plural(count, 'word')} {'stands' if count == 1 else 'stand'} in no claim and no "
                "omission. Add a claim, or an omission with its kind. "
                f"The sentence: “{sentence}”"
            )
            problems.append(Problem(file, None, source, "quote", text[start:end], said))


def sort_by_text(tables: Tables, texts: dict) -> None:
    """Put claims and omissions in the order of the articles, outer passages before inner ones."""
    order = {s: i for i, s in enumerate(texts)}
    for name in ("claims", "omissions"):
        table = tables[name]
        assert table is not None
        place = np.array([order[s] for s in cells(table, "source_id")], dtype=int)
        by = np.lexsort((-table["end"].to_numpy(), table["start"].to_numpy(), place))
        tables[name] = table.iloc[by].reset_index(drop=True)


def event_problems(read: Tables, problems: list[Problem]) -> None:
    """Dates are EDTF, a basis goes with a date, and the order of events leaves room for them."""
    events = read.get("events")
    if events is None:
        return
    fine, known = True, {"", *cells(events, "event_id")}
    names = ("row", "event_id", "date", "date_basis", "after", "before")
    for row, event, date, basis, after, before in zip(
        *(cells(events, n) for n in names), strict=True
    ):
        place = ("data/events.csv", row, event)
        if error := _date_error(date):
            problems.append(Problem(*place, "date", date, error))
            fine = False
        if basis == NOTHING if date else basis != NOTHING and not (after or before):
            said = "none goes with a blank date, and only with it."
            problems.append(Problem(*place, "date_basis", basis, said))
        fine = fine and event != "" and {after, before} <= known
    if fine and events["event_id"].is_unique:
        try:
            read["events"] = dates.resolve(events)
        except ValueError as error:
            problems.append(Problem("data/events.csv", None, "", "after, before", "", f"{error}."))


def mixed_up(read: Tables, texts: dict[str, str]) -> Iterator[Problem]:
    """Articles whose claims are mostly another's: their row in sources.csv is wrong, not they."""
    sources, claims = read.get("sources"), read.get("claims")
    if sources is None or claims is None:
        return
    quoted, lost = Counter(cells(claims, "source_id")), Counter()
    own: dict[str, list[str]] = defaultdict(list)  # once over the claims, for articles may be many
    columns = (cells(claims, c) for c in ("source_id", "start", "voice", "speaker_id"))
    for source, start, voice, speaker in zip(*columns, strict=True):
        lost[source] += start < 0
        if voice in (OUTLET, EDITORIAL):
            own[source].append(speaker)
    columns = (cells(sources, c) for c in ("row", "source_id", "outlet_id"))
    for row, source, outlet in zip(*columns, strict=True):
        place, by = ("data/sources.csv", row, source), own[source]
        if source in texts and lost[source] > 1 and 2 * lost[source] > quoted[source]:
            said = f"of its {quoted[source]} quotes {lost[source]} do not stand in it: "
            yield Problem(*place, "source_id", source, f"{said}is it another article?")
        elif len(by) > 1 and len(set(by)) == 1 and by[0] != outlet:
            said = f"all {len(by)} claims in the outlet's voice are by {by[0]}."
            yield Problem(*place, "outlet_id", outlet, said)


def _date_error(date: str) -> str:
    """What is wrong with a date; "" for nothing, or no date."""
    try:
        if date:
            dates.parse(date)
    except ValueError as error:
        return f"{error}."
    return ""


def source_problems(read: Tables, texts: dict, problems: list[Problem]) -> None:
    """The headline stands in the article; a date of publication is EDTF and has a basis."""
    sources = read.get("sources")
    if sources is None:
        return
    names = ("row", "source_id", "headline", "published", "published_basis")
    for row, source, headline, published, basis in zip(
        *(cells(sources, n) for n in names), strict=True
    ):
        place, text = ("data/sources.csv", row, source), texts.get(source)
        if text is not None and headline and headline not in text:
            hint = partial(nearest_in_words, text, headline)
            said = "this does not stand in the article."
            problems.append(Problem(*place, "headline", headline, said, hint))
        if (basis == NOTHING) != (not published):
            said = "none goes with a blank date of publication, and only with it."
            problems.append(Problem(*place, "published_basis", basis, said))
        if error := _date_error(published):
            problems.append(Problem(*place, "published", published, error))
