"""Find quotes in articles: their place, the nearest passage, and which words they cover."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
import pandas as pd
import regex

LINE = re.compile(r"[^\n]+")
CLOSED_BY = {  # quotation marks that open, with those that may close them
    **{"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‚": "‘’", "‘": "’", "”": "”"},
    **{"「": "」", "『": "』", '"': '"', "'": "'"},
}
OPENING = re.compile(  # those that also close, or are apostrophes, open before a word alone
    "[“„«‹‚「『]|(?<![\\w’'»])»(?=\\S)|(?<!\\w)[‘'](?=[\\w“\"])(?!\\d0s)|(?<!\\w)[\"”](?=[\\w¿¡‘'…])"
)
SHORTENED = re.compile(  # a number, or a word that is hardly ever without its dot
    r"(?<!\w)(?:\d{1,2}|Kft|Zrt|Nyrt|Bt|Nr|bzw|ca|tzv|npr|odn|gen|prof|inż|ul|др|проф|ул|г)\.\s*$"
)
# Words that are whole, and taken for shortened ones where a name follows: "It opens in May. Rosa …"
WHOLE = re.compile(r"\b(?:May|no|art|sun|sat|wed)(?=\.\s+[^\w\s]?[^\W\d_])")
LETTER = re.compile(r"\w")
WINDOW = 20_000  # characters of an article that a library is given at once
HEAD = 300  # characters of a long quote that are sought
# A word as UAX #29 bounds it, so that accents, vowel signs, joiners and soft hyphens part none.
# As it allows, hyphens join words, and letters of scripts without spaces, which only a dictionary
# could part, stay together.
WORD = regex.compile(
    r"\p{Line_Break=Complex_Context}+|[\p{L}\p{N}_].*?\b(?:[-\u2010\u2011][\p{L}\p{N}].*?\b)*",
    regex.WORD | regex.S,
)

# What browsers, word processors and spreadsheets change in a pasted quote.
FOLDED = {
    **dict.fromkeys("“”„‟«»″〝〞", '"'),
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
PLAIN = str.maketrans(FOLDED)


def count(text: str) -> int:
    """How many words stand in a text."""
    return sum(1 for _ in WORD.finditer(text))


def plain(text: str) -> str:
    """A text without what pasting changes, for words to be sought in."""
    return unicodedata.normalize("NFC", text).translate(PLAIN)


def finder(words: str, inflected: bool = False) -> Callable[[str], bool]:
    """Whether some words stand in a text, as whole words.

    Inflected: whichever their capitals, and with or without an s at their end.
    """
    whole = f"(?i:{regex.escape(plain(words))}s?)" if inflected else regex.escape(plain(words))
    sought = regex.compile(rf"(?<!\w){whole}(?!\w)")
    return lambda text: sought.search(plain(text)) is not None


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place where a quote stands letter by letter, as (start, end) in code points."""
    found, start = [], text.find(quote) if quote else -1
    while start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def fold(text: str) -> tuple[str, list[int]]:
    """Fold away what pasting changes: kinds of quotation marks, dashes, spaces, composed accents.

    Returns
    -------
    tuple
        The folded text, and for each of its characters the offset in `text` it came from,
        with one more for the end.
    """
    out: list[str] = []
    offsets: list[int] = []
    for cluster in re.finditer(
        r"\s+|.(?:(?![\u200b-\u200d])[\u0300-\u036f\u0483-\u0487\u3099\u309a])*", text, re.S
    ):
        composed = unicodedata.normalize("NFC", cluster.group())
        piece = " " if composed.isspace() else "".join(FOLDED.get(c, c) for c in composed)
        out.append(piece)
        offsets += [cluster.start()] * len(piece)
    return "".join(out), [*offsets, len(text)]


_fold_article = lru_cache(maxsize=1)(fold)  # quotes are sought in one article after the other


def loose_places(text: str, quote: str) -> list[tuple[int, int]]:
    """Places where a quote stands but for what `fold` folds away, as (start, end) in `text`."""
    folded, offsets = _fold_article(text)
    wanted = fold(quote)[0].strip()
    spans = ((offsets[a], offsets[b]) for a, b in places(folded, wanted))
    return [(a, a + len(text[a:b].rstrip())) for a, b in spans]


class NotThere(LookupError):
    """A quote that does not stand in its article."""


def locate(text: str, quote: str, occurrence: int | None = None) -> tuple[int, int, str]:
    """Find the span that a quote stands for.

    Parameters
    ----------
    text : str
        The article.
    quote : str
        The span as typed.
    occurrence : int, optional
        Which occurrence, counted from 1; None where it must be the only one.

    Returns
    -------
    tuple
        start, end (code points, end exclusive), and how the quote differs from the article
        ("" where it does not).

    Raises
    ------
    NotThere
        Where it does not stand in the article.
    LookupError
        Where it does not say which of several places is meant: what to do, in a sentence.
    """
    found = _all_places(text, quote)
    if not found:
        raise NotThere("this does not stand in the article.")
    if occurrence is None and len(found) > 1:
        where = "; ".join(f"{i}: “{around(text, *span)}”" for i, span in enumerate(found[:5], 1))
        raise LookupError(
            f"this stands {len(found)} times in the article: say which in occurrence, "
            f"1 to {len(found)} ({where})."
        )
    if occurrence is not None and not 1 <= occurrence <= len(found):
        times = "once" if len(found) == 1 else f"{len(found)} times"
        raise LookupError(f"occurrence is {occurrence}, but this stands {times} in the article.")
    start, end = found[(occurrence or 1) - 1]
    passage = text[start:end]
    return start, end, "" if passage == quote else difference(quote, passage)


@lru_cache(maxsize=1)
def _all_places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of a quote; letter by letter if it stands so anywhere."""
    return places(text, quote) or loose_places(text, quote)


def difference(quote: str, passage: str) -> str:
    """Say in words how a quote differs from the passage it was found as."""
    kinds = []
    nfc = unicodedata.normalize("NFC", quote), unicodedata.normalize("NFC", passage)
    if nfc != (quote, passage):
        kinds.append("accents composed otherwise")
    classes = {"quotation marks": "\"'", "dashes": "-", "dots": "."}
    for name, marks in classes.items():
        kept = [
            [c for c in s if FOLDED.get(c, c)[:1] in tuple(marks) and FOLDED.get(c, c)] for s in nfc
        ]
        if kept[0] != kept[1]:
            kinds.append(f"other {name}")
    if [c for c in quote if c.isspace()] != [c for c in passage if c.isspace()]:
        kinds.append("other spaces or line ends")
    return ", ".join(kinds) or "characters that do not show"


def nearest(text: str, quote: str) -> str:
    """The passage of an article nearest to a quote, in whole words; "" if nothing is near.

    Of a long quote its beginning is sought, and in one piece of a long article after the other:
    the time that it takes grows with both, and nothing interrupts it within a piece.
    """
    from rapidfuzz import fuzz

    if not text.strip() or not quote.strip():
        return ""
    sought, best, found = quote[:HEAD], 50.0, (0, 0)
    for start in range(0, max(1, len(text) - 2 * HEAD), WINDOW):
        piece = text[start : start + WINDOW + 2 * HEAD]
        match = fuzz.partial_ratio_alignment(sought, piece, score_cutoff=best)
        if match and (match.score > best or not any(found)):
            best, found = match.score, (start + match.dest_start, start + match.dest_end)
    inside = [m.span() for m in WORD.finditer(text, max(0, found[0] - HEAD), found[1] + HEAD)]
    inside = [s for s in inside if s[1] > found[0] and s[0] < found[1]]
    return text[inside[0][0] : inside[-1][1]] if inside else ""


def around(text: str, start: int, end: int, width: int = 24) -> str:
    """A span with a little of what stands before and after it, on one line."""
    piece = text[max(0, start - width) : end + width]
    left, right = "…" if start > width else "", "…" if end + width < len(text) else ""
    return left + " ".join(piece.split()) + right


def quotations(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """What stands in quotation marks, without the marks, line by line; the outermost marks alone.

    A mark that is never closed in its line opens nothing.
    """
    found: list[tuple[int, int]] = []
    for line in LINE.finditer(text, start, len(text) if end is None else end):
        at, last, never = line.start(), line.end(), ""
        while opening := OPENING.search(text, at, last):
            mark, at = opening[0], opening.end()
            close = -1 if mark in never else _closing(text, mark, at, last)
            if close < 0:
                never += mark
            else:
                found.append((at, close))
                at = close + 1
    return found


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """Where a quotation ends; -1 where nothing closes it."""
    if mark not in "‘'":
        places_ = (text.find(c, start, end) for c in CLOSED_BY[mark])
        return min((p for p in places_ if p >= 0), default=-1)
    # An apostrophe may end a word too: a comma or a full stop tells the mark from it.
    ends = re.finditer(rf"(?<!\s){CLOSED_BY[mark]}(?!\w)", text[start:end])
    again = re.search(rf"(?<!\w){mark}(?=\w)", text[start:end])
    limit = again.start() if again else end - start
    candidates = [m.start() for m in ends if m.start() < limit]
    stopped = (p for p in candidates if text[start + p - 1] in ",.?!…")
    close = next(stopped, candidates[0] if candidates else -1)
    return close if close < 0 else start + close


def sentences(
    text: str,
    start: int = 0,
    end: int | None = None,
    whole_quotations: bool = False,
    language: str = "en",
) -> list[tuple[int, int]]:
    """Sentences of a text, line by line; a closing quotation mark belongs to its sentence.

    Parameters
    ----------
    text : str
        The article.
    start, end : int, optional
        The piece of it to look at.
    whole_quotations : bool
        Leave a quotation of several sentences in one, with what stands around it: who says it.
    language : str
        BCP 47 tag: which words are shortened, and whether a number has a dot.

    Returns
    -------
    list
        (start, end) in `text`, without the white space around; only what has a word in it.
    """
    spans: list[tuple[int, int]] = []
    for line in LINE.finditer(text, start, len(text) if end is None else end):
        inside = quotations(text, *line.span())
        for low, high in _segments(text, *line.span(), inside, language):
            cuts = [] if whole_quotations else _inner_cuts(text, low, high, inside, language)
            spans += itertools.pairwise([low, *cuts, high])
    stripped = ((a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in spans)
    return [(a, a + len(text[a:b].rstrip())) for a, b in stripped if WORD.search(text, a, b)]


def _segments(
    text: str, start: int, end: int, hidden: list[tuple[int, int]], language: str
) -> Iterator[tuple[int, int]]:
    """Sentences as sentencex has them, quotations left whole, and what it cuts too early joined.

    A window bounds what it is given at once.
    """
    from sentencex import get_sentence_boundaries

    masked = _masked(text, start, end, hidden)
    if language == "en":
        masked = WHOLE.sub(lambda word: "x" * len(word[0]), masked)
    at, low = 0, 0
    while at < len(masked):
        window = masked[at : at + WINDOW]
        found = get_sentence_boundaries(language, window)
        whole = found if len(found) == 1 or at + WINDOW >= len(masked) else found[:-1]
        for high in (at + s["end_index"] for s in whole):
            if not _goes_on(masked, low, high, language):
                yield start + low, start + high
                low = high
        at += whole[-1]["end_index"]
    if low < len(masked):
        yield start + low, end


def _masked(text: str, start: int, end: int, hidden: list[tuple[int, int]]) -> str:
    """A line with what is quoted hidden, but for its last mark."""
    pieces, at = [], start
    for low, high in hidden:
        pieces += [text[at:low], "X" * (high - 1 - low)]  # a sentence begins with a capital
        at = max(low, high - 1)
    return "".join([*pieces, text[at:end]])


def _goes_on(line: str, low: int, at: int, language: str) -> bool:
    """Whether a sentence goes on: with a small letter, or after what has a dot anyway."""
    following = re.compile(r"[^\w\n]*(\w)").match(line, at)
    if not following:
        return False
    shortened = language != "en" and SHORTENED.search(line[low:at])
    return following[1].islower() or bool(shortened)


def _inner_cuts(
    text: str, start: int, end: int, inside: list[tuple[int, int]], language: str
) -> list[int]:
    """Where a sentence begins inside a quotation, but for its first."""
    return [
        low
        for a, b in inside
        if start <= a and b <= end
        for low, _ in list(_segments(text, a, b, [], language))[1:]
    ]


def left_over(text: str, taken: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Runs of words that no passage reaches: start, end, how many words."""
    taken = sorted(taken)
    reached = itertools.accumulate((end for _, end in taken), max, initial=0)
    starts = itertools.chain((start for start, _ in taken), [len(text)])
    # A word that no passage reaches lies in a gap between them: most often no gap has a letter.
    if not any(LETTER.search(text, a, b) for a, b in zip(reached, starts, strict=True) if a < b):
        return []
    runs: list[tuple[int, int, int]] = []
    nearby, reach, open_ = iter(taken), 0, False
    following = next(nearby, None)
    for word in WORD.finditer(text):
        while following and following[0] < word.end():
            reach = max(reach, following[1])
            following = next(nearby, None)
        if reach > word.start():
            open_ = False
        elif open_:
            runs[-1] = (runs[-1][0], word.end(), runs[-1][2] + 1)
        else:
            runs.append((word.start(), word.end(), 1))
            open_ = True
    return runs


def words(texts: dict[str, str]) -> pd.DataFrame:
    """One row per word of the articles: source_id, word, start, end (code points)."""
    spans = {
        s: np.array([m.span() for m in WORD.finditer(t)], dtype=int).reshape(-1, 2)
        for s, t in texts.items()
    }
    found = [texts[s][start:end] for s, at in spans.items() for start, end in at.tolist()]
    bounds = np.concatenate([np.empty((0, 2), dtype=int), *spans.values()])
    sources = np.repeat(np.array(list(spans), dtype=object), [len(at) for at in spans.values()])
    return pd.DataFrame(
        {"source_id": sources, "word": found, "start": bounds[:, 0], "end": bounds[:, 1]}
    )


def coverage(texts: dict[str, str], claims: pd.DataFrame, omissions: pd.DataFrame) -> pd.DataFrame:
    """Which claim or omission each word stands in, the innermost one where several do.

    Parameters
    ----------
    texts : dict
        source_id to article.
    claims, omissions : DataFrame
        With source_id, start, end; claims with claim_id, omissions with kind.

    Returns
    -------
    DataFrame
        One row per word: source_id, word, start, end, claim_id ("" if none), omission (its
        kind, "" if none), covered (bool).
    """
    table = words(texts)
    claim = np.full(len(table), -1)
    omission = np.full(len(table), -1)
    first = table.groupby("source_id", sort=False).indices
    starts, ends = table["start"].to_numpy(), table["end"].to_numpy()
    bounds = {
        s: (at[0], starts[at], ends[at]) for s, at in first.items()
    }  # an article's words lie together
    for target, spans in ((omission, omissions), (claim, claims)):
        for row, source, start, end in _longest_first(spans):
            if source in bounds:
                offset, begin, stop = bounds[source]
                target[
                    offset + stop.searchsorted(start, "right") : offset
                    + begin.searchsorted(end, "left")
                ] = row
    ids = np.append(claims["claim_id"].to_numpy(dtype=object), "")
    kinds = np.append(omissions["kind"].to_numpy(dtype=object), "")
    return table.assign(
        claim_id=ids[claim], omission=kinds[omission], covered=(claim >= 0) | (omission >= 0)
    )


def _longest_first(spans: pd.DataFrame) -> Iterator[tuple[int, str, int, int]]:
    order = np.argsort(-(spans["end"] - spans["start"]).to_numpy(), kind="stable")
    columns = [spans[c].to_numpy()[order] for c in ("source_id", "start", "end")]
    return zip(order, *columns, strict=True)
