"""Passages that say the same in the same words, or tell one event, and are coded otherwise."""

import itertools
import re
from collections.abc import Iterator

import pandas as pd

from helpers.corpus import Corpus, quotes
from helpers.corpus.schema import DIRECT, NESTED, OUTLET, PRIMARY

# Words that two passages may share without saying the same.
SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from has have in is it its not of on or our than "
        "that the their these this those to was we were which who will with",
    )
)
WORD = re.compile(r"\w+")
FRAMING = "framing"
MANY = 40
FEW = 5  # words in quotation marks; fewer may be a name or a distance that the outlet keeps
COLUMNS = ["one", "other", "shared", "differs"]


def parallels(corpus: Corpus) -> pd.DataFrame:
    """Claims that go together and are coded otherwise, where neither has a note that says why.

    Two claims go together where they tell of one event, or have two words in a row in common
    (names of actors and small words apart) and the same target. Compared are the target of claims
    on one event; certainty of each code that both carry, and the stance of one speaker; and, within
    an article, a framing that one of them carries while the other carries none. Claims that carry
    no code at all are left out.

    Returns
    -------
    DataFrame
        one, other (claim ids), shared (the words or the event), differs (in words).
    """
    claims = corpus.claims.set_index("claim_id")
    facets = dict(zip(corpus.codebook["code"], corpus.codebook["facet"], strict=True))
    codings: dict[str, dict[str, tuple[str, str]]] = {}
    for r in corpus.codings.itertuples():
        codings.setdefault(r.claim_id, {})[r.code] = (r.stance, r.certainty)
    rows = []
    for one, other, shared, event in _pairs(corpus, claims, set(codings)):
        if claims.at[one, "note"] or claims.at[other, "note"]:
            continue
        same = {c: claims.at[one, c] == claims.at[other, c] for c in ("speaker_id", "source_id")}
        said = list(_differences(codings[one], codings[other], facets, event, same))
        targets = claims.at[one, "target"], claims.at[other, "target"]
        if event and targets[0] != targets[1]:
            said.append(f"target: {targets[0]}, {targets[1]}")
        if said:
            rows.append((one, other, shared, "; ".join(said)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _pairs(
    corpus: Corpus, claims: pd.DataFrame, coded: set[str]
) -> Iterator[tuple[str, str, str, bool]]:
    """Two claims that go together, once each, with what they share and whether it is an event."""
    held: dict[tuple[str, str], list[str]] = {}
    for claim, event in claims["event_id"].items():
        if event and claim in coded:
            held.setdefault(("event", event), []).append(str(claim))
    for claim, pairs in _words_in_a_row(corpus, claims).items():
        for pair in pairs if claim in coded else ():
            held.setdefault((claims.at[claim, "target"], pair), []).append(claim)
    seen = set()
    for (kind, shared), ids in held.items():
        # of very many, each with the next: one that stands apart differs from its neighbours
        pairs = itertools.combinations(ids, 2) if len(ids) <= MANY else itertools.pairwise(ids)
        for two in pairs:
            if two not in seen:
                seen.add(two)
                yield *two, shared, kind == "event"


def _words_in_a_row(corpus: Corpus, claims: pd.DataFrame) -> dict[str, set[str]]:
    """Two words in a row of each claim, without those of the claims inside it."""
    names = (n for c in ("name", "short_name", "also_named") for n in corpus.actors[c])
    apart = SMALL | {w.lower() for name in names for w in WORD.findall(name)}
    inside = {
        source: group[["start", "end"]].to_numpy().tolist()
        for source, group in claims[claims["level"] == NESTED].groupby("source_id")
    }
    found = {}
    columns = ("source_id", "quote", "start", "end", "level")
    for claim, source, quote, start, end, level in claims[list(columns)].itertuples():
        words = [(m[0].lower(), start + m.start()) for m in WORD.finditer(quote)]
        if level == PRIMARY:
            within = [(a, b) for a, b in inside.get(source, ()) if start <= a and b <= end]
            words = [(w if not any(a <= at < b for a, b in within) else "", at) for w, at in words]
        kept = ["" if w in apart else w for w, _ in words]
        found[str(claim)] = {f"{a} {b}" for a, b in itertools.pairwise(kept) if a and b}
    return found


def _differences(
    one: dict[str, tuple[str, str]],
    other: dict[str, tuple[str, str]],
    facets: dict[str, str],
    event: bool,
    same: dict[str, bool],
) -> Iterator[str]:
    """In what the codings of two claims differ, and not for their speakers or articles."""
    for code in sorted(one.keys() & other.keys()):
        denied = one[code][0] != other[code][0]
        if one[code] != other[code] and (same["speaker_id"] or not denied):
            yield f"{code}: {' '.join(one[code])}, {' '.join(other[code])}"
    if event and not same["source_id"]:
        return
    framings = [{c for c in codes if facets.get(c) == FRAMING} for codes in (one, other)]
    alone = framings[0] ^ framings[1] if event else framings[0] | framings[1]
    if alone and (event or not all(framings)):
        yield f"only one carries {', '.join(sorted(alone))}"


def misquoted(corpus: Corpus) -> list[tuple[str, str]]:
    """Claims whose voice does not go with the quotation marks of the article, and what they are.

    A claim in a speaker's own words stands in quotation marks; of what is the outlet's own voice
    no whole sentence does.
    """
    inside = {source: list(_quoted(text)) for source, text in corpus.texts.items()}
    found = []
    for r in corpus.claims.itertuples():
        within = any(a <= r.start and r.end <= b for a, b in inside[r.source_id])
        if r.voice == DIRECT and not within:
            found.append((r.claim_id, "stands in no quotation marks"))
        elif r.voice == OUTLET and within and len(WORD.findall(r.quote)) >= FEW:
            found.append((r.claim_id, "stands in quotation marks"))
    return found


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks; where none closes in its paragraph, up to its end."""
    for line in quotes.LINE.finditer(text):
        found = quotes.quotations(text, *line.span())
        yield from ((a - 1, b + 1) for a, b in found)
        at = max([line.start(), *(b + 1 for _, b in found)])
        if mark := quotes.OPENING.search(text, at, line.end()):
            yield mark.start(), line.end()


def uncoded(corpus: Corpus) -> list[str]:
    """Primary claims that carry no code and give no reason in their note."""
    claims = corpus.claims
    bare = (claims["level"] == PRIMARY) & (claims["note"] == "")
    return list(claims.loc[bare & ~claims["claim_id"].isin(corpus.codings["claim_id"]), "claim_id"])
