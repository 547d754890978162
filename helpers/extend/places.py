"""Where the selections of a project stand in an article, however the program counts."""

import bisect
import itertools
from collections.abc import Iterator
from typing import NamedTuple

from helpers.corpus import quotes

MARK = "\ufeff"  # the byte order mark


class Selection(NamedTuple):
    """A place as a program has it: positions by its own count, and the words it has there."""

    start: int
    end: int
    words: str


def squeezed(text: str) -> tuple[str, list[int]]:
    """A text without white space, and where each of its characters stood.

    Programs change line ends and marks before the text, and so the places; nothing else.
    """
    at = [i for i, c in enumerate(text) if not c.isspace() and c != MARK]
    return "".join(text[i] for i in at), at


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in white space alone."""
    return squeezed(one)[0] == squeezed(other)[0]


def found(text: str, theirs: str, selections: list[Selection]) -> list[tuple[int, int] | None]:
    """Find selections in an article.

    The words decide. Of several ways of counting that lead to them, the one that fits most
    selections is taken; where none does, the words are sought, and taken if they stand once.

    Parameters
    ----------
    text : str
        The article.
    theirs : str
        The same as the program has it.
    selections : list of Selection

    Returns
    -------
    list
        For each selection start and end (code points of `text`, without white space around), or
        None where it does not stand there, or could stand in several places.
    """
    letters, at = squeezed(text)
    counted = [[_between(way, s) for s in selections] for way in _ways(theirs)]
    words = [squeezed(s.words)[0] for s in selections]
    fits = [
        sum(bool(w) and letters[slice(*place)] == w for w, place in zip(words, places, strict=True))
        for places in counted
    ]
    best = sorted(range(len(counted)), key=lambda i: -fits[i])
    spans = []
    for i, sought in enumerate(words):
        places = [counted[way][i] for way in best]
        place = _one(places, letters, sought)
        spans.append((at[place[0]], at[place[1] - 1] + 1) if place else None)
    return spans


def _one(places: list[tuple[int, int]], letters: str, sought: str) -> tuple[int, int] | None:
    """The place that is meant, in the squeezed text."""
    if not sought:  # nothing to go by but the place
        return places[0] if len(set(places)) == 1 and places[0][0] < places[0][1] else None
    fitting = next((p for p in places if letters[slice(*p)] == sought), None)
    if fitting is None and len(elsewhere := quotes.places(letters, sought)) == 1:
        return elsewhere[0]
    return fitting


def _ways(theirs: str) -> Iterator[list[int]]:
    """For each way of counting, the position at which each squeezed character begins.

    With a mark before the text or without, a line end as one or as two, an emoji as one or as two.
    """
    bare = theirs.removeprefix(MARK)
    as_one = bare.replace("\r\n", "\n")
    texts = dict.fromkeys([bare, as_one, as_one.replace("\n", "\r\n")])
    for given, mark, emoji in itertools.product(texts, (0, 1), (1, 2)):
        yield _positions(given, mark, emoji)


def _positions(text: str, first: int, emoji: int) -> list[int]:
    """Where each character that is no white space begins, counted from `first`."""
    widths = (emoji if c > "\uffff" else 1 for c in text)
    begins = itertools.accumulate(widths, initial=first)
    return [i for i, c in zip(begins, text, strict=False) if not c.isspace() and c != MARK]


def _between(positions: list[int], selection: Selection) -> tuple[int, int]:
    """The squeezed characters from one position to another."""
    low, high = (bisect.bisect_left(positions, p) for p in (selection.start, selection.end))
    return low, max(low, high)
