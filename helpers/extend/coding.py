"""A coder's tables from what a person has marked; what is missing in them, claim by claim."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from helpers.corpus import Corpus, Problem, quotes
from helpers.corpus.english import plural
from helpers.corpus.problem import short
from helpers.corpus.schema import (
    CODER_TABLES,
    JOINED,
    MAY_LACK,
    NESTED,
    PRIMARY,
    SPEAKING,
    coder_schema,
)
from helpers.extend.kit import AS_CODES, MENTION, OMISSION
from helpers.extend.marked import NotBroughtIn, known_codes

# Lines of a memo, by what they belong to; words before any such line are a note.
OF_CLAIM = ("proposition", "translation", "utterance_id")
OF_UTTERANCE = ("verb", "time_words", "responds_to_actor", "responds_to_claim")
OF_CODING = ("stance", "certainty", "alternative", "alternative_stance")
LINES = (*OF_CLAIM, *OF_UTTERANCE, *OF_CODING, "note", "reason", "part")
LINE = re.compile(rf" *({'|'.join(LINES).replace('_', '[_ ]')}) *:(.*)", re.I)
CONNECTIVE = "connective"  # the kind of omission that ends no utterance
OPENING = set('“„«"')
Tables = dict[str, pd.DataFrame]


def lines(memo: str, otherwise: str = "note") -> dict[str, str]:
    """The lines of a memo by name; a line without one goes on with the one before."""
    said: dict[str, list[str]] = {}
    name = otherwise
    for line in memo.replace("\r\n", "\n").split("\n"):
        found = LINE.fullmatch(line)
        if found:
            name, line = found[1].lower().replace(" ", "_"), found[2]
        said.setdefault(name, []).append(line.strip())
    joined = {name: "\n".join(parts).strip() for name, parts in said.items()}
    return {name: words for name, words in joined.items() if words}


def tables(corpus: Corpus, marks: pd.DataFrame, file: str) -> Tables:
    """A coder's tables from marks, with ids, levels and occurrences by their places.

    Parameters
    ----------
    marks : DataFrame
        source_id, start, end, code (of the codebook, or COLUMN=VALUE), memo.

    Returns
    -------
    dict of str to DataFrame
        As `data/coders/NAME/` has them, with start and end.

    Raises
    ------
    NotBroughtIn
        Where a span has two values for one column, or a code twice with different memos.
    """
    problems: list[Problem] = []
    order = {s: i for i, s in enumerate(corpus.texts)}
    spans = [
        _span(corpus, place, group, file, problems)
        for place, group in marks.groupby(["source_id", "start", "end"])
    ]
    spans.sort(key=lambda s: (order[s["source_id"]], s["start"], -s["end"]))
    units = [s for s in spans if OMISSION in s or s["claim"]]
    loose = [s for s in spans if not (OMISSION in s or s["claim"])]
    _attach(loose, [u for u in units if u["claim"]], file, problems)
    if problems:
        raise NotBroughtIn(problems)
    _number(corpus, units)
    return _as_tables(corpus, units)


def _span(corpus: Corpus, place: tuple, group: pd.DataFrame, file: str, problems: list) -> dict:
    """All that is said of a span: its columns, codings and mentions, or why it is left out."""
    source, start, end = place
    quote = corpus.texts[source][start:end]
    span = {"source_id": source, "start": start, "end": end, "quote": quote}
    span |= {"claim": False, "codings": {}, "mentions": {}}
    for code, memo in group[["code", "memo"]].sort_values("code").itertuples(index=False):
        for column, value in _said(span, code, memo):
            if column == "note" and column in span:
                span[column] = JOINED.join(dict.fromkeys([span[column], value]))
            elif span.setdefault(column, value) != value:
                said = f"has {column} twice: “{short(span[column])}” and “{short(value)}”."
                problems.append(_problem(file, span, column, said))
    if OMISSION in span and (span["claim"] or span["mentions"]):
        said = "is left out and coded at once: one of the two."
        problems.append(_problem(file, span, "code", said))
    return span


def _said(span: dict, code: str, memo: str) -> Iterator[tuple[str, str]]:
    """Enter a code with its memo into a span; the columns that it gives a value."""
    column, _, value = code.partition("=")
    said = lines(memo, "reason" if column == OMISSION else "note")
    if column == MENTION:
        span["mentions"][value] = said.get("part", "")
    elif column == OMISSION:
        yield column, value
        yield "reason", said.get("reason", "")
    else:
        span["claim"] = True
        if column in AS_CODES:
            yield column, value
        else:
            span["codings"][code] = {c: said.pop(c, "") for c in (*OF_CODING, "note")}
            yield f"the memo of {code}", "; ".join(span["codings"][code].values())
        yield from ((n, said[n]) for n in (*OF_CLAIM, *OF_UTTERANCE, "note") if n in said)


def _problem(file: str, span: dict, column: str, said: str) -> Problem:
    return Problem(file, None, span["source_id"], column, span["quote"], said)


def _attach(loose: list[dict], claims: list[dict], file: str, problems: list) -> None:
    """Give mentions that were marked on a word of their own to the innermost claim around."""
    for span in loose:
        same = [c for c in claims if c["source_id"] == span["source_id"]]
        around = [c for c in same if c["start"] <= span["start"] and span["end"] <= c["end"]]
        if around:
            innermost = min(around, key=lambda c: c["end"] - c["start"])
            innermost["mentions"] = {**span["mentions"], **innermost["mentions"]}
        else:
            said = "mentions somebody and lies in no claim: mark the claim as well."
            problems.append(_problem(file, span, MENTION, said))


def _number(corpus: Corpus, units: list[dict]) -> None:
    """Give levels, ids and utterances, article by article, in the order of the text."""
    for source, group in itertools.groupby(units, key=lambda u: u["source_id"]):
        own, reach = list(group), -1
        for unit in own:
            unit["level"] = NESTED if unit["end"] <= reach else PRIMARY
            reach = max(reach, unit["end"])
        claims, before = [u for u in own if u["claim"]], prefix(corpus, source)
        for number, claim in enumerate(claims, 1):
            claim["claim_id"] = f"{before}{number:02d}"
        if not any(c.get("utterance_id") for c in claims):
            _utter(own, before, corpus.texts[source])


def prefix(corpus: Corpus, source: str) -> str:
    """What ids of an article's claims begin with: as in the settled coding, where it has any."""
    ids = corpus.claims.loc[corpus.claims["source_id"] == source, "claim_id"]
    begins = Counter(re.sub(r"\d+$", "", i) for i in ids)
    return begins.most_common(1)[0][0] if begins else f"{source}-"


def _utter(units: list[dict], before: str, text: str) -> None:
    """Number utterances: words of one speaker with nothing between but joining words.

    Where a quotation opens, one begins. What is nested in somebody's words, and said by the same,
    belongs to them.
    """
    count, now, around = 0, None, None
    for unit in units:
        speaker = unit.get("speaker_id") if unit.get("voice") in SPEAKING else None
        outer = unit["level"] == PRIMARY
        held = now if outer else around
        if outer and held and OPENING & set(text[held["end"] : unit["start"]]):
            held = None
        if speaker and held and held["speaker_id"] == speaker:
            unit["utterance_id"] = held["utterance_id"]
        elif speaker:
            count += 1
            unit["utterance_id"] = f"{before}u{count}"
        if outer:
            around = unit if speaker else None
            now = now if unit.get(OMISSION) == CONNECTIVE else around


def _as_tables(corpus: Corpus, units: list[dict]) -> Tables:
    claims = [u | _occurrence(corpus, u) for u in units if u["claim"]]
    omissions = [u | _occurrence(corpus, u) for u in units if OMISSION in u]
    omissions = [u | {"kind": u[OMISSION]} for u in omissions]
    rows = {
        "claims": claims,
        "omissions": omissions,
        "codings": [
            {"claim_id": c["claim_id"], "code": code, **said}
            for c in claims
            for code, said in c["codings"].items()
        ],
        "mentions": [
            {"claim_id": c["claim_id"], "actor_id": actor, "part": part}
            for c in claims
            for actor, part in c["mentions"].items()
        ],
        "utterances": _utterances(claims),
    }
    codes = known_codes(corpus)
    actors = {name.casefold(): actor for actor, name in corpus.names.items()}
    _to_ids(rows["codings"], "alternative", codes)
    _to_ids(rows["utterances"], "responds_to_actor", actors)
    made = {}
    for resource in corpus.package["resources"]:
        if (name := resource["name"]) in CODER_TABLES:
            columns = [f["name"] for f in coder_schema(resource)["schema"]["fields"]]
            columns += ["start", "end"] if name in ("claims", "omissions") else []
            filled = [{c: row.get(c, "") for c in columns} for row in rows[name]]
            made[name] = pd.DataFrame(filled, columns=columns)
    return made


def _to_ids(rows: list[dict], column: str, known: dict[str, str]) -> None:
    """Put ids in the place of names, by which a person knows codes and actors."""
    for row in rows:
        given = row.get(column, "")
        row[column] = known.get(given.casefold(), given)


def _occurrence(corpus: Corpus, unit: dict) -> dict:
    """Which of several places of a quote it is; blank where there is one."""
    places = quotes.places(corpus.texts[unit["source_id"]], unit["quote"])
    number = places.index((unit["start"], unit["end"])) + 1
    return {"occurrence": str(number) if len(places) > 1 else ""}


def _utterances(claims: list[dict]) -> list[dict]:
    """One row an utterance; several values of its claims are joined."""
    rows: dict[str, dict] = {}
    for claim in (c for c in claims if c.get("utterance_id")):
        start = {c: claim.get(c, "") for c in ("utterance_id", "source_id", "speaker_id")}
        row = rows.setdefault(claim["utterance_id"], start)
        for column in OF_UTTERANCE:
            given = [row.get(column, ""), claim.get(column, "")]
            row[column] = JOINED.join(dict.fromkeys(filter(None, given)))
    return list(rows.values())


def missing(corpus: Corpus, made: Tables) -> list[str]:
    """What a whole coding would have besides, in the order of the text, claim by claim."""
    claims, codings, omissions = (made[n] for n in ("claims", "codings", "omissions"))
    lacks: dict[str, list[str]] = {c: [] for c in claims["claim_id"]}
    for row in claims.to_dict("records"):
        lacks[row["claim_id"]] += [c for c in MAY_LACK if row.get(c) == ""]
    for row in codings.to_dict("records"):
        blank = [c for c in MAY_LACK if row.get(c) == ""]
        lacks[row["claim_id"]] += [f"{' and '.join(blank)} of {row['code']}"] if blank else []
    said = dict(zip(claims["claim_id"], claims["quote"], strict=True))
    found = [f"{c}, “{short(said[c], 60)}”: {', '.join(b)}" for c, b in lacks.items() if b]
    blank = omissions[omissions["reason"] == ""]
    found += [f"left out, “{short(q, 60)}”: reason" for q in blank["quote"]]
    found += list(_left_over(corpus, claims, omissions))
    found += [] if len(made["mentions"]) or claims.empty else ["no claim mentions anybody"]
    uttered = made["utterances"]
    spoken = len(uttered) and not (uttered["verb"] != "").any()
    return found + (["no utterance has a verb of saying"] if spoken else [])


def _left_over(corpus: Corpus, claims: pd.DataFrame, omissions: pd.DataFrame) -> Iterator[str]:
    """Words that stand in no claim and no omission, of articles that were coded."""
    both = pd.concat([claims, omissions])
    for source, group in both.groupby("source_id", sort=False):
        text, taken = (
            corpus.texts[str(source)],
            list(zip(group["start"], group["end"], strict=True)),
        )
        for start, end, count in quotes.left_over(text, taken):
            gap = f"{plural(count, 'word')} in no claim and not left out"
            yield f"{source}, “{short(text[start:end], 60)}”: {gap}"


def unmarked(corpus: Corpus, made: Tables) -> list[str]:
    """The articles in which nothing is marked, by source_id."""
    marked = {*made["claims"]["source_id"], *made["omissions"]["source_id"]}
    return [source for source in corpus.texts if source not in marked]
