"""What a finding depends on: one change at a time, each one that a reader would make.

The verdict is tried by leaving out each claim, speaker and article; the numbers, under one coder
or another, under the other reading of an arguable coding, without headlines, and with one facet of
contents alone. A choice that removes what a finding is about is no test of it (Del Giudice &
Gangestad 2021, doi 10.1177/2515245920954925).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from helpers.corpus import Corpus
from helpers.corpus.model import remembered
from helpers.corpus.schema import ARGUABLE, EDITORIAL, HEADLINE, OUTLET
from helpers.findings.said import Said, said
from helpers.findings.statement import FILE, Finding, answered, of, stated
from helpers.tables import match

NUMBER = re.compile(r"\d+")
CONTENTS = ("aim", "area")  # facets that may be counted together or apart
MOST_NAMED = 3
FAILS = "In these claims the finding does not hold; this is what they have instead."
STEADY = "It holds whichever one claim is left out."
KINDS = {"article": "source_id", "speaker": "speaker_id", "claim": "claim_id"}


@remembered
def removals(corpus: Corpus) -> pd.DataFrame:
    """Each finding without one article, one speaker or one claim.

    What a finding is about, and claims that it never asks for, are not left out.

    Returns
    -------
    DataFrame
        finding_id, kind (article, speaker, claim), which (its id), name, turns (bool: whether the
        verdict is another then), before and after (sentences).
    """
    every, rows = said(corpus), []
    names = corpus.names | corpus.outlets
    for f in stated(corpus.whole):
        own = replace(every, asked=set())
        holds, before, _ = answered(f, own, corpus.folder / FILE)
        for kind, which, rest in _without(f, own):
            now, after, _ = answered(f, rest, corpus.folder / FILE)
            row = f.finding_id, kind, which, names.get(which, which), now != holds, before, after
            rows.append(row)
    columns = ["finding_id", "kind", "which", "name", "turns", "before", "after"]
    return pd.DataFrame(rows, columns=columns).astype({"turns": bool})


def _without(f: Finding, every: Said) -> Iterator[tuple[str, str, Said]]:
    """All claims but one, one speaker's or one article's, of those the finding asked for."""
    asked = set(every.asked)
    columns = every.index.columns
    for kind, column in KINDS.items():
        groups = columns[column] if kind != "claim" else {c: frozenset([c]) for c in every.claims}
        for which, ids in groups.items():
            if ids & asked and not _subject(f, every, column, which):
                yield kind, which, replace(every, ids=every.ids - ids, asked=set())


def _subject(f: Finding, every: Said, column: str, which: str) -> bool:
    """Whether a finding is about what would be left out."""
    about = f.about.get(column, [])
    own_voice = {OUTLET, EDITORIAL} & set(_listed(f.about.get("voice", [])))
    is_outlet = column == "speaker_id" and every.index.kinds.get(which) == OUTLET
    return which in _listed(about) or bool(own_voice and is_outlet)


def _listed(values: str | list[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


@remembered
def readings(corpus: Corpus) -> pd.DataFrame:
    """The sentences that read otherwise under another choice.

    Returns
    -------
    DataFrame
        finding_id, question, choice (in words), claim (the one that is read otherwise, or ""),
        before and after (sentences).
    """
    every, rows = said(corpus), []
    found = stated(corpus.whole)
    now = {f.finding_id: answered(f, every, corpus.folder / FILE)[1] for f in found}
    for choice, claim, column, claims in _choices(corpus):
        for f in found:
            if column and column[1] in _listed(f.about.get(column[0], [])):
                continue
            after = answered(f, claims, corpus.folder / FILE)[1]
            if after != now[f.finding_id]:
                asked = f.finding_id, f.question
                rows.append((*asked, choice, claim, now[f.finding_id], after))
    columns = ["finding_id", "question", "choice", "claim", "before", "after"]
    return pd.DataFrame(rows, columns=columns)


def _choices(corpus: Corpus) -> Iterator[tuple[str, str, tuple[str, str] | None, Said]]:
    """Each choice: in words, the claim read otherwise, what it removes, and the claims then."""
    every = said(corpus)
    for coder in whole(corpus):
        yield f"coder {coder} is followed", "", None, of_coder(corpus, coder)
    alone = every.where(not_position=HEADLINE)
    yield "headlines are not counted", "", ("position", HEADLINE), alone
    names = corpus.categories("codebook", "facet")
    for facet in CONTENTS:
        others = {c for c, f in every.index.facets.items() if f in CONTENTS and f != facet}
        codes = {k: v for k, v in every.index.codes.items() if k[0] not in others}
        only = replace(every, index=replace(every.index, codes=codes))
        yield f"{names.get(facet, facet).lower()} alone are counted", "", None, only
    codings = corpus.codings
    for row in codings[codings["certainty"] == ARGUABLE].to_dict("records"):
        codes = dict(every.index.codes)
        key = row["code"], row["stance"]
        codes[key] = codes[key] - {row["claim_id"]}
        other = row["alternative"], row["alternative_stance"]
        if other[1]:
            codes[other] = codes.get(other, frozenset()) | {row["claim_id"]}
        index = replace(every.index, codes=codes)
        yield "the other reading is taken", row["claim_id"], None, replace(every, index=index)


def whole(corpus: Corpus) -> list[str]:
    """The coders whose coding can stand for the settled one; one in part cannot."""
    return [c for c in corpus.independent if c not in corpus.partial]


def of_coder(corpus: Corpus, coder: str) -> Said:
    """The claims as one coder has them, where that coder has claims or omissions in an article.

    A coder's claim that matches a settled one takes its id, so that events, which were added when
    codings were settled, go along.
    """
    own = corpus.independent[coder]
    sources = set(own["claims"]["source_id"]) | set(own["omissions"]["source_id"])
    settled = corpus.claims
    theirs = settled["source_id"].isin(sources)
    pairs = match(own["claims"], settled[theirs])
    known = dict(zip(pairs["claim_a"], pairs["claim_b"], strict=True))
    ids = {c: known.get(c, f"{coder}: {c}") for c in own["claims"]["claim_id"]}
    elsewhere = settled[~theirs]

    def joined(name: str, column: str, of: pd.Series) -> pd.DataFrame:
        """A table of the articles that the coder has not, and the coder's own."""
        others = corpus.tables[name]
        mine = own[name]
        if "claim_id" in mine:
            mine = mine.assign(claim_id=mine["claim_id"].map(ids))
        return pd.concat([others[others[column].isin(of)], mine], ignore_index=True)

    claims = joined("claims", "claim_id", elsewhere["claim_id"])
    told = settled.set_index("claim_id")["event_id"]  # events were added when codings were settled
    claims["event_id"] = claims["claim_id"].map(told).fillna("")
    order = {c: i for i, c in enumerate(settled["claim_id"])}
    claims = claims.sort_values(
        "claim_id", key=lambda s: s.map(order).fillna(len(order)), kind="stable"
    )
    read = said(
        corpus.replaced(
            claims=claims.reset_index(drop=True),
            codings=joined("codings", "claim_id", elsewhere["claim_id"]),
            mentions=joined("mentions", "claim_id", elsewhere["claim_id"]),
            utterances=joined("utterances", "utterance_id", elsewhere["utterance_id"]),
        )
    )
    return replace(read, index=replace(read.index, words=said(corpus).index.words))


@remembered
def dependence(corpus: Corpus) -> pd.DataFrame:
    """What each finding depends on, in a line.

    Returns
    -------
    DataFrame
        finding_id, claims, speakers and articles (tuples of ids, each of which turns the verdict
        when left out), words.
    """
    gone, other = removals(corpus), readings(corpus)
    now = of(corpus).set_index("finding_id")["holds"]
    rows = []
    for f in stated(corpus.whole):
        mine = gone[(gone["finding_id"] == f.finding_id) & gone["turns"]]
        turns = {kind: tuple(mine.loc[mine["kind"] == kind, "which"]) for kind in KINDS}
        holds = bool(now.get(f.finding_id))
        words = [
            _verdict(corpus, mine, holds),
            *_numbers(other[other["finding_id"] == f.finding_id]),
        ]
        row = f.finding_id, turns["claim"], turns["speaker"], turns["article"], " ".join(words)
        rows.append(row)
    return pd.DataFrame(rows, columns=["finding_id", "claims", "speakers", "articles", "words"])


def weightiest(corpus: Corpus) -> list[str]:
    """The claims that findings rest on, those first on which most depends.

    First those that alone turn a finding or may be read otherwise, then by how many findings rest
    on them, then in the order of the text.
    """
    count = Counter(claim for ids in of(corpus)["claims"] for claim in ids)
    first = {claim for ids in dependence(corpus)["claims"] for claim in ids}
    first |= set(corpus.codings.loc[corpus.codings["certainty"] == ARGUABLE, "claim_id"])
    known = [claim for claim in corpus.claims["claim_id"] if claim in count]
    return sorted(known, key=lambda claim: (claim not in first, -count[claim]))


def _verdict(corpus: Corpus, mine: pd.DataFrame, holds: bool) -> str:
    """What turns the verdict; who says a claim that does, and its article, go without saying."""
    claims = list(mine.loc[mine["kind"] == "claim", "which"])
    implied = corpus.claims[corpus.claims["claim_id"].isin(claims)]
    speakers = mine[(mine["kind"] == "speaker") & ~mine["which"].isin(implied["speaker_id"])]
    heard = corpus.claims[corpus.claims["speaker_id"].isin(speakers["which"])]
    told = {*implied["source_id"], *heard["source_id"]}
    articles = mine[(mine["kind"] == "article") & ~mine["which"].isin(told)]
    names = [*claims, *speakers["name"], *articles["name"]]
    if not holds:
        return f"{FAILS} It would hold without {_either(names, 'or')}." if names else FAILS
    if claims:
        return f"It does not hold without {_either(names, 'or')}."
    return f"{STEADY.rstrip('.')}, but not without {_either(names, 'or')}." if names else STEADY


def _numbers(mine: pd.DataFrame) -> list[str]:
    """How the numbers of a sentence change, each change with the choices that make it."""
    changes: dict[str, tuple[list[str], list[str]]] = {}
    for r in mine.itertuples():
        choices, claims = changes.setdefault(_change(r.before, r.after), ([], []))
        (claims if r.claim else choices).append(r.claim or r.choice)
    words = []
    for change, (choices, claims) in changes.items():
        ids = list(dict.fromkeys(claims))
        read = [f"{_either(ids, 'or')} is read otherwise"] if ids else []
        words.append(f"{change} if {_either([*choices, *read], 'or')}.")
    return words


def _change(before: str, after: str) -> str:
    """ "13 becomes 12", where nothing but numbers differs; else that the sentence changes."""
    if NUMBER.sub("0", _singular(before)) != NUMBER.sub("0", _singular(after)):
        return "The sentence changes"
    pairs = zip(NUMBER.findall(before), NUMBER.findall(after), strict=True)
    return _either([f"{a} becomes {b}" for a, b in dict.fromkeys(pairs) if a != b], "and")


def _singular(text: str) -> str:
    """A sentence in which a count and its noun are the same for one and for many."""
    return re.sub(r"\b(\d+ \w+?)s?\b", r"\1", text)


def _either(items: list[str], word: str) -> str:
    """ "a", "a or b", "a, b or c"; of many the first and how many more."""
    if len(items) > MOST_NAMED + 1:
        items = [*items[:MOST_NAMED], f"one of {len(items) - MOST_NAMED} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def under_coders(corpus: Corpus) -> pd.DataFrame:
    """Each finding as it reads under the settled coding and under each coder's own.

    Returns
    -------
    DataFrame
        finding_id, question, settled and one column per coder of a whole coding (sentences).
    """
    found, path = stated(corpus.whole), corpus.folder / FILE
    columns = {"settled": said(corpus)}
    columns |= {coder: of_coder(corpus, coder) for coder in whole(corpus)}
    asked = [(f.finding_id, f.question) for f in found]
    table = pd.DataFrame(asked, columns=["finding_id", "question"])
    return table.assign(
        **{name: [answered(f, claims, path)[1] for f in found] for name, claims in columns.items()}
    )
