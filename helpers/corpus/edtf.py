"""Dates in EDTF, levels 0 to 2, as days and words; what cannot be kept is refused in a sentence.

The two libraries for EDTF were compared on its specification's own examples: one fails on the
codes 25 to 41 and drops doubts of a part, the other takes no season, no set and no such doubt.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.corpus.english import listed

MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),  # calendar.month_name
    *("July", "August", "September", "October", "November", "December"),  # changes with the locale
)
LAST = 9998  # year: what is drawn needs room after it
EXAMPLES = "2025-03-05, 2025-03, 2025, XXXX-03-05 (year not stated), ../2025-03-05 (open start)"
DOUBTS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
PARTLY = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}
PARTS = ("year", "month", "day")
DATE = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
# Codes in the place of a month: words, first month, how many. The four seasons that no hemisphere
# is named for are the northern ones.
SEASONS = ("spring", "summer", "autumn", "winter")
NORTH, SOUTH = (3, 6, 9, 12), (9, 12, 3, 6)
GROUPS = {
    **{21 + i: (SEASONS[i], NORTH[i], 3) for i in range(4)},
    **{25 + i: (f"{SEASONS[i]} (Northern Hemisphere)", NORTH[i], 3) for i in range(4)},
    **{29 + i: (f"{SEASONS[i]} (Southern Hemisphere)", SOUTH[i], 3) for i in range(4)},
    **{33 + i: (f"{MONTHS[3 * i + 1]} to {MONTHS[3 * i + 3]}", 3 * i + 1, 3) for i in range(4)},
    **{37 + i: (f"{MONTHS[4 * i + 1]} to {MONTHS[4 * i + 4]}", 4 * i + 1, 4) for i in range(3)},
    **{40 + i: (f"{MONTHS[6 * i + 1]} to {MONTHS[6 * i + 6]}", 6 * i + 1, 6) for i in range(2)},
}


class Read(NamedTuple):
    """Earliest and latest day (None: no limit), the precision of what is stated, and words."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    words: str


def read(text: str) -> Read:
    """Read a date.

    Raises
    ------
    ValueError
        Where it is no EDTF date, or one that is not kept here, with what to write.
    """
    _refuse(text)
    if text[:1] + text[-1:] in ("[]", "{}"):
        return _set(text)
    if "/" in text:
        return _interval(*text.split("/", 1))
    return _date(text)


def _refuse(text: str) -> None:
    """Raise for EDTF that is not kept here, so that nothing of it is lost unsaid."""
    if re.match(r"[\d-]+T\d", text):
        day = text.split("T")[0]
        raise ValueError(f"a time of day is not kept: write the day alone, {day}")
    if re.fullmatch(r"Y-?\d+(E\d+)?(S\d+)?|-?\d+S\d+", text):
        raise ValueError("years of other than four digits are not kept, nor significant digits")
    if re.match(r"-\d", text) or "0000" in re.split("[-/]", re.sub("[?~%]", "", text)):
        raise ValueError("years before 1 are not kept")
    if text.startswith("/") or text.endswith("/"):
        ends = re.sub(r"^/", "../", re.sub(r"/$", "/..", text))
        raise ValueError(f"an open start or end is written as two dots: {ends}")


def _date(text: str) -> Read:
    """One date: digits or X for year, month and day, and marks of doubt."""
    found = DATE.fullmatch(text)
    if not found:
        raise ValueError(f"not a date in EDTF; write for example {EXAMPLES}")
    groups = found.groups()
    year, month, day = groups[1::3]
    if month and month.isdigit() and int(month) in GROUPS and not day:
        low, high = _group(year, int(month))
        precision = "season"
    else:
        low, high = (_first(year, month, day, step) for step in (1, -1))
        precision = _precision(year, month, day)
    if year == "XXXX":
        low = high = None
    doubts = _doubts(groups)
    return Read(low, high, precision, _doubted(_words(year, month, day, low, high), doubts))


def _fits(numbers: range, pattern: str | None, width: int) -> Iterator[int]:
    """Numbers that digits and X stand for; all of them where nothing is stated."""
    if pattern is None:
        yield from numbers
    elif pattern.isdigit():
        yield from (n for n in (int(pattern),) if n in numbers)
    else:
        fits = re.compile(pattern.replace("X", r"\d")).fullmatch
        yield from (n for n in numbers if fits(f"{n:0{width}}"))


def _first(year: str, month: str | None, day: str | None, step: int) -> dt.date:
    """The first day that a date may be, or with step -1 the last."""
    for y in _fits(range(1, LAST + 1)[::step], year, 4):
        for m in _fits(range(1, 13)[::step], month, 2):
            days = range(1, calendar.monthrange(y, m)[1] + 1)
            for d in _fits(days[::step], day, 2):
                return dt.date(y, m, d)
    if year.isdigit() and int(year) > LAST:
        raise ValueError(f"years after {LAST} are not kept: an open end is written as two dots")
    raise ValueError(f"not a date in EDTF: there is no such day; write for example {EXAMPLES}")


def _group(year: str, code: int) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a season, quarter, third or half.

    A season over the turn of the year may be the one that begins in the year or that ends in it.
    """
    _, month, count = GROUPS[code]
    years = list(_fits(range(1, LAST + 1), year, 4))
    if not years:
        _first(year, None, None, 1)
    over = month + count > 13
    low, end = (years[0] - over, month), month + count - 1
    last = years[-1] + over, (end - 1) % 12 + 1
    earliest = dt.date(*low, 1) if low[0] >= 1 else None
    return earliest, dt.date(*last, calendar.monthrange(*last)[1])


def _precision(year: str, month: str | None, day: str | None) -> str:
    stated = [part for part in (year, month, day) if part]
    if all(part.isdigit() for part in stated):
        return PARTS[len(stated) - 1]
    full = day and day.isdigit() and month and month.isdigit()
    return "day, year not stated" if year == "XXXX" and full else "partly stated"


def _words(
    year: str, month: str | None, day: str | None, low: dt.date | None, high: dt.date | None
) -> str:
    """A date in words that claim no more than it does."""
    code = int(month) if month and month.isdigit() else 0
    number = str(int(day)) if day and day.isdigit() else ""
    if code in GROUPS and year.isdigit():
        name, _, bracket = GROUPS[code][0].partition(" (")
        return f"{name} {int(year)}" + (f" ({bracket}" if bracket else "")
    if year.isdigit() and (not month or code) and (not day or number):
        return " ".join(p for p in (number, MONTHS[code], str(int(year))) if p)
    as_typed = "-".join(p for p in (year, month, day) if p)
    if year == "XXXX":
        known = 1 <= code <= 12 and (number or not day or day == "XX")
        stated = f"{number} {MONTHS[code]}".strip()
        return f"{stated}, year not stated" if known else f"any date of the form {as_typed}"
    later = f" ({as_typed})" if re.search(r"X.*\d", as_typed) else ""
    return f"between {low} and {high}{later}"


def _doubts(groups: tuple[str | None, ...]) -> list[str]:
    """The mark of doubt of each part that is stated: its own, and those after it or further on."""
    marks: list[set[str]] = []
    for before, part, after in zip(groups[::3], groups[1::3], groups[2::3], strict=True):
        if part:
            marks.append(set(before or ""))
            for earlier in marks:
                earlier.update(after or "")
    return ["%" if len(m) > 1 or "%" in m else "".join(m) for m in marks]


def _doubted(words: str, doubts: list[str]) -> str:
    if len(set(doubts)) == 1:
        return DOUBTS.get(doubts[0], "") + words
    said = [f"{part} {PARTLY[d]}" for part, d in zip(PARTS, doubts, strict=False) if d]
    return f"{words} ({', '.join(said)})"


def _interval(start: str, end: str) -> Read:
    """From one date to another, of which either may be open."""
    low, high = (None if part == ".." else _date(part) for part in (start, end))
    earliest, latest = low.earliest if low else None, high.latest if high else None
    if earliest and latest and earliest > latest:
        raise ValueError("ends before it begins")
    if low and high:
        words = f"from {low.words} to {high.words}"
    elif low or high:
        words = f"{low.words} or later" if low else f"{high.words} or earlier" if high else ""
    else:
        words = "any date"
    return Read(earliest, latest, "interval", words)


def _set(text: str) -> Read:
    """One of some dates, in [ ], or all of them, in { }."""
    members = [_member(part.strip()) for part in text[1:-1].split(",")]
    lows, highs = [m.earliest for m in members], [m.latest for m in members]
    return Read(
        min(filter(None, lows)) if all(lows) else None,
        max(filter(None, highs)) if all(highs) else None,
        "interval" if ".." in text else "partly stated",
        listed([m.words for m in members], "or" if text.startswith("[") else "and"),
    )


def _member(text: str) -> Read:
    """A date of a set, or all from one to another."""
    start, dots, end = text.partition("..")
    if not dots:
        return _date(text)
    return _interval(start or "..", end or "..")
