"""Dates in a text, in EDTF: months by their names in the article's language, through babel."""

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from helpers.extend.language import Words, words

YEAR = r"(?:19|20)\d\d"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
INFLECTED = ("hu", "uk", "tr", "sr", "hr", "bs", "ru")


class Date(NamedTuple):
    """A date as a text has it."""

    start: int
    end: int
    edtf: str


def dates(text: str, language: str) -> Iterator[Date]:
    """The dates of a text; a month alone is none, and no year is added to a day without one."""
    months = _months(language)
    for found in _pattern(language).finditer(text):
        part = {k.rstrip("0123456789"): v for k, v in found.groupdict().items() if v}
        edtf = part.get("iso") or _edtf(part, months)
        spelt = language != "en" or part.get("m", "X")[0].isupper()  # "may" is no month
        if edtf and spelt:
            yield Date(*found.span(), _open(edtf, part.get("prep", "").lower(), words(language)))


def _open(year: str, before: str, known: Words) -> str:
    """A year with the word before it: "by 2025" is 2025 or earlier."""
    if re.fullmatch(known["by"], before):
        return f"../{year}"
    return f"{year}/.." if re.fullmatch(known["since"], before) else year


def _edtf(part: dict[str, str], months: dict[str, int]) -> str:
    """A date of its parts; "" where they are no date."""
    year, day = part.get("y", "XXXX"), part.get("d")
    month = months.get(part["m"].lower()) if "m" in part else int(part.get("n", 0))
    if not month:
        return year if year != "XXXX" and not day else ""
    if not day:
        return f"{year}-{month:02d}" if year != "XXXX" else ""
    try:
        dt.date(int(year) if year != "XXXX" else 2000, month, int(day))
    except ValueError:
        return ""
    return f"{year}-{month:02d}-{int(day):02d}"


@functools.cache
def _months(language: str) -> dict[str, int]:
    """Numbers of months by name; of languages that inflect them much, by how the name begins."""
    names: dict[str, int] = {"sept": 9}
    for tag in dict.fromkeys((language, f"{language}_Latn", "en")):
        try:
            locale = Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
        for names_ in (
            get_month_names("wide", "format", locale),
            get_month_names("wide", "stand-alone", locale),
            get_month_names("abbreviated", "format", locale),
            get_month_names("abbreviated", "stand-alone", locale),
        ):
            for number, name in names_.items():
                name = name.lower().rstrip(".")
                stem = name[:-2] if tag[:2] in INFLECTED and len(name) > 4 else name
                if len(stem) > 2 and not re.search(r"\d", stem):
                    names.setdefault(stem, number)
    return names


@functools.cache
def _pattern(language: str) -> re.Pattern:
    """What a date looks like."""
    names = sorted(_months(language), key=len, reverse=True)
    month = f"(?P<m@>{'|'.join(map(re.escape, names))})"
    month += r"\w{0,5}" if language in INFLECTED else ""
    of, nth = r"(?:of |de |del |d[’'])?", r"(?:st|nd|rd|th|er|º|ª|\.)?"
    forms = (
        rf"(?P<iso@>{YEAR}-\d\d(?:-\d\d)?)",
        rf"(?P<y@>{YEAR})年(?:(?P<n@>\d{{1,2}})月(?:(?P<d@>\d{{1,2}})日)?)?",
        rf"(?P<d@>{DAY})\. ?(?P<n@>0?[1-9]|1[0-2])\. ?(?P<y@>{YEAR})",
        rf"(?P<y@>{YEAR})\. {month}(?: (?P<d@>{DAY})\b)?",
        rf"(?P<d@>{DAY}){nth} {of}{month}\.?(?:,? {of}(?P<y@>{YEAR}))?",
        rf"{month}\.? (?P<d@>{DAY}){nth}(?:,? (?P<y@>{YEAR}))?",
        rf"{month}\.?,? {of}(?P<y@>{YEAR})",
        rf"(?P<prep@>{words(language)['dates']}) (?:the year |the end of )?(?P<y@>{YEAR})",
        rf"(?P<y@>{YEAR})(?=\.? (?:godine|године|r\.|року))",
    )
    ends = r"(?![A-Za-z0-9%]|-\d|[.,]\d)"
    whole = (f"(?<![A-Za-z0-9-]){f.replace('@', str(i))}{ends}" for i, f in enumerate(forms))
    return re.compile("|".join(whole).replace(" ", r"[ \u00a0]"), re.I)
