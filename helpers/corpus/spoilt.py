"""What programs do to tables on the way: a wrong encoding, cells turned into dates, formulas."""

import itertools
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial

import pandas as pd

from helpers.corpus.problem import Problem, short
from helpers.corpus.rules import cells, place_of
from helpers.corpus.schema import DATED

MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
# As spreadsheets write dates by themselves; an ISO date may have been typed.
TURNED = re.compile(
    rf"(?:\d{{1,2}}/\d{{1,2}}/\d\d(?:\d\d)?|\d{{1,2}}-\d{{1,2}}-\d{{4}}|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}\.?)"
    rf"(?: {CLOCK})?|\d{{4}}-\d\d-\d\d {CLOCK}"
    rf"|\d{{1,2}}-{MONTH}(?:-\d\d(?:\d\d)?)?|{MONTH}-\d\d(?:\d\d)?"
)
AS_DATE = "is as a spreadsheet writes a date: put back what stood here, as text."
LONGEST = 20  # letters of such a date
BEGINS = ("=", "@", "\t", "\r", "+", "-")
FORMULA = re.compile(r"[=@\t\r]|[+-].*[(!|]", re.S)
LOST = r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])"
# A letter that was read in a wrong encoding has become two or more, none of them ASCII.
PART = r"[^\x00-\x2f\x3a-\x3e\x40\x5b-\x60\x7b-\x7f]*"
SUSPECT = re.compile(rf"{PART}(?:[^\x00-\x7f]{{2}}|{LOST}){PART}")
ADDRESS = re.compile(r"\S+://\S+")
READ_AS = ("cp1250", "cp1251", "iso8859-2")
LATIN = 0x21B  # the last letter of what names and words are written in
MARKS = re.compile(r"[\x20-\x7e\xa0-\xbf\u2010-\u203a]")


def odd_words(texts: dict[str, str]) -> set[str]:
    """Words of articles that look as if they had been read in a wrong encoding, and may be."""
    return {found[0] for text in texts.values() for found in SUSPECT.finditer(text)}


def spoilt_problems(
    file: str,
    resource: dict,
    table: pd.DataFrame,
    texts: dict[str, str],
    odd: Callable[[], set[str]],
    problems: list[Problem],
    notes: list[str],
) -> None:
    """Cells whose letters or dates another program has spoilt; what an article has is not.

    `odd` gives the articles' own words of that kind. Cells that a spreadsheet would run are noted.
    """
    for column in (f["name"] for f in resource["schema"]["fields"]):
        values = cells(table, column)
        each = set(values)
        wrong = {
            v: said for v in each if not v.isascii() or "?" in v if (said := _lost(v, texts, odd))
        }
        if (resource["name"], column) not in DATED:
            dates = (v for v in each if len(v) <= LONGEST and TURNED.fullmatch(v))
            wrong |= {v: AS_DATE for v in dates if _new(v, texts)}
        run = {v for v in each if v.startswith(BEGINS) and FORMULA.match(v)}
        for i, value in enumerate(values if wrong or run else ()):
            if value in wrong:
                place = (*place_of(file, resource, table, i), column)
                problems.append(Problem(*place, value, wrong[value]))
            if value in run:
                notes.append(
                    f"{file}, row {table['row'].iat[i]}, column {column}: a spreadsheet runs "
                    f"“{short(value, 60)}” as a formula: open the table there as text."
                )


def _new(words: str, texts: dict[str, str]) -> bool:
    return not any(words in text for text in texts.values())


def _lost(cell: str, texts: dict[str, str], odd: Callable[[], set[str]]) -> str:
    """What is wrong with the letters of a cell, and what they probably were; "" for nothing."""
    for word in (found[0] for found in SUSPECT.finditer(ADDRESS.sub(" ", cell))):
        probably = word if word in odd() else _mended(word)
        if probably != word and _new(word, texts):
            was = f" “{word}” was probably “{probably}”." if probably else ""
            return (
                "letters were lost in a wrong encoding: put them back, and save the table "
                f"with UTF-8 as its encoding.{was}"
            )
    return ""


@lru_cache(maxsize=100_000)
def _mended(word: str) -> str:
    """A word as it probably was; itself where nothing is wrong with it, "" where nobody knows."""
    if re.search(LOST, word):
        return ""
    if readings := [was for was in map(partial(_reread, word), READ_AS) if _plausible(was)]:
        return min(readings, key=_turns)
    alphabets = _alphabets(word)
    if word.isalpha() and len(alphabets) == 1 and "LATIN" not in alphabets:
        return word
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(word):
        return word
    fixed = ftfy.fix_encoding(word)
    left = {c for c in word if not c.isascii()} & set(fixed)  # a byte is lost, and its letter
    return "" if left and fixed != word else fixed


def _reread(word: str, encoding: str) -> str:
    """A word as UTF-8 that was read in another encoding; "" where it cannot be."""
    try:
        # bytes that an encoding lacks are read as control characters
        return b"".join(
            bytes([ord(c)]) if 0x80 <= ord(c) < 0xA0 else c.encode(encoding) for c in word
        ).decode("utf-8")
    except UnicodeError:
        return ""


def _turns(word: str) -> int:
    """How often a capital follows a small letter."""
    return sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word))


def _alphabets(word: str) -> set[str]:
    return {unicodedata.name(c, "none").split()[0] for c in word if c.isalpha()}


def _plausible(word: str) -> bool:
    """Whether a word is of letters of one alphabet, and of letters and marks in use."""
    alphabets = _alphabets(word)
    rare = "LATIN" in alphabets and max(ord(c) for c in word if c.isalpha()) > LATIN
    return len(alphabets) == 1 and not rare and all(c.isalpha() or MARKS.match(c) for c in word)
