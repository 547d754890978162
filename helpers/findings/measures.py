"""What a finding measures: whether it holds, its numbers, the claims it rests on."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from helpers.findings.evidence import Groups, View, aligned, pick, some, tally, total

MEASURES: dict[str, Callable] = {}
GIVES: dict[str, tuple[str, ...]] = {}


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
def one_addressee_two_ways(
    view: View, actor: str, code: str, other_code: str, source: str
) -> Outcome:
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
    numbers = {
        "count": total(view, one),
        "speakers": a,
        "other_count": total(view, two),
        "other_speakers": b,
    }
    return Outcome(holds, numbers, one | two)


@measure("count", "speakers", "adders", "others")
def several_deny_one_adds(
    view: View, codes: list[str], other_codes: list[str], added_code: str
) -> Outcome:
    """Several speakers assert one of `codes` or reject one of `other_codes`; some, not all, add a code."""
    deny = pick(view, kind="code", value=codes, stance="supports")
    deny |= pick(view, kind="code", value=other_codes, stance="rejects")
    add = pick(view, kind="code", value=added_code, stance="supports")
    names, (x, y) = aligned(tally(view, deny, "speaker_id"), tally(view, add, "speaker_id"))
    denies, adds = x > 0, (x > 0) & (y > 0)
    only = denies & ~adds
    holds = (denies.sum(1) > 1) & some(adds) & some(only)
    who = (
        view.rows["speaker_id"]
        .isin([n for n, d in zip(names, denies[0], strict=True) if d])
        .to_numpy()
    )
    numbers = {"count": total(view, deny), "speakers": Groups(names, denies * 1), "adders": Groups(names, adds * 1), "others": Groups(names, only * 1)}  # fmt: skip
    return Outcome(holds, numbers, deny | (add & who))


@measure("count", "elsewhere", "other_count")
def told_only_in(view: View, event: str, other_event: str, position: str, source: str) -> Outcome:
    """An event is told in one position of an article alone; elsewhere it tells of another one."""
    told = pick(view, kind="event", value=event, source_id=source)
    there = told & pick(view, position=position)
    instead = pick(view, kind="event", value=other_event, source_id=source) & ~pick(
        view, position=position
    )
    count, elsewhere, other = (total(view, w) for w in (there, told & ~there, instead))
    numbers = {"count": count, "elsewhere": elsewhere, "other_count": other}
    return Outcome((count > 0) & (elsewhere == 0) & (other > 0), numbers, told | instead)


@measure("count", "other_count", "all", "rest", "longest", "other_longest")
def more_words_quoted(view: View, actor: str, other_actor: str, source: str) -> Outcome:
    """In one article, more words of one actor stand in quotation marks than of another, who has some."""
    quoted = pick(view, kind="words", voice="direct", source_id=source)
    one, two = quoted & pick(view, speaker_id=actor), quoted & pick(view, speaker_id=other_actor)
    a, b, all_words = (total(view, w) for w in (one, two, quoted))
    longest, other = (
        (view.keep * view.rows["weight"].to_numpy() * w).max(axis=1, initial=0) for w in (one, two)
    )
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
    rows = (
        named
        & view.rows["value"]
        .isin([n for n, s in zip(names, silent[0], strict=True) if s])
        .to_numpy()
    )
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
    names, counts = aligned(
        *(tally(view, rows & pick(view, source_id=s), "value") for s in sources)
    )
    stated = [c > 0 for c in counts]
    shared: np.ndarray = np.logical_and.reduce(stated)
    carried = (
        rows
        & view.rows["value"]
        .isin([n for n, s in zip(names, shared[0], strict=True) if s])
        .to_numpy()
    )
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
