"""Dates as uncertain as they are: EDTF to earliest and latest day, precision, and words."""

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

MONTHS = (
    *("", "January", "February", "March", "April", "May", "June"),  # calendar.month_name
    *("July", "August", "September", "October", "November", "December"),  # changes with the locale
)
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
EXAMPLES = "2025-03-05, 2025-03, 2025, XXXX-03-05 (year not stated), ../2025-03-05 (open start)"


class Bounds(NamedTuple):
    """Earliest and latest day (None: no limit), and the precision of what is stated."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str


@lru_cache(maxsize=10_000)
def parse(text: str) -> Bounds:
    """Strict bounds of an EDTF date.

    Raises
    ------
    ValueError
        Where it is no EDTF date, or has an empty start or end, which parsers read as some years:
        an open one is written "..".
    """
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    text = text.strip()
    if text.startswith("/") or text.endswith("/"):
        raise ValueError(f"an open start or end is written as two dots: {open_ends(text)}")
    try:
        date = parse_edtf(text)
        low, high = date.lower_strict(), date.upper_strict()
        bounds = Bounds(_day(low), _day(high), _precision(text))
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError) as error:
        raise ValueError(f"not a date in EDTF; write for example {EXAMPLES}") from error
    if bounds.earliest and bounds.latest and bounds.earliest > bounds.latest:
        raise ValueError("ends before it begins")
    return bounds


def open_ends(text: str) -> str:
    """An interval with its empty ends written as two dots."""
    return re.sub(r"^/", "../", re.sub(r"/$", "/..", text))


def _day(moment) -> dt.date | None:
    """A bound of the edtf package as a day; infinite ones and years outside 1 to 9998 as None."""
    year = getattr(moment, "tm_year", None)
    if year is None or not 1 <= year <= 9998:
        return None
    return dt.date(year, moment.tm_mon, moment.tm_mday)


def _precision(text: str) -> str:
    if "/" in text or ".." in text:
        return "interval"
    bare = text.strip("?~%[]{}")
    for pattern, name in (
        (r"-?\d{4}-\d\d-\d\d", "day"),
        (r"-?\d{4}-2[1-4]", "season"),
        (r"-?\d{4}-\d\d", "month"),
        (r"-?\d{4}", "year"),
        (r"XXXX-\d\d-\d\d", "day, year not stated"),
    ):
        if re.fullmatch(pattern, bare):
            return name
    return "partly stated"


def in_words(text: str) -> str:
    """An EDTF date in words that claim no more than it does; "not dated" for a blank."""
    text = text.strip()
    if not text:
        return "not dated"
    bounds = parse(text)
    if match := re.fullmatch(r"(.+?)/(.+)", text):
        start, end = match.groups()
        if start == "..":
            return "any date" if end == ".." else f"{in_words(end)} or earlier"
        return (
            f"{in_words(start)} or later"
            if end == ".."
            else f"from {in_words(start)} to {in_words(end)}"
        )
    if match := re.fullmatch(r"(.+)([?~%])", text):
        doubt = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}[match[2]]
        return doubt + in_words(match[1])
    if match := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", text):
        return f"{int(match[2])} {MONTHS[int(match[1])]}, year not stated"
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text):
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if month > 12:
            return f"{SEASONS[month]} {year}"
        return " ".join(part for part in (str(day or ""), MONTHS[month], str(year)) if part)
    low, high = (d.strftime("%Y-%m-%d") if d else None for d in bounds[:2])
    if low and high:
        return f"between {low} and {high}"
    return f"{low} or later" if low else f"{high} or earlier" if high else "any date"


def resolve(events: pd.DataFrame) -> pd.DataFrame:
    """Narrow each event by the events it comes after and before, and put it into words.

    Parameters
    ----------
    events : DataFrame
        event_id, label, date (EDTF or blank), after, before (event ids or blank).

    Returns
    -------
    DataFrame
        `events` with earliest, latest (datetime.date or None), precision and words.

    Raises
    ------
    ValueError
        Where a date is no EDTF date, where events come after themselves, or where their order
        leaves an event no day.
    """
    rows = {r["event_id"]: r for r in events.to_dict("records")}
    limits: dict[str, dict[str, dt.date | None]] = {"after": {}, "before": {}}
    for side, known in limits.items():
        for event in rows:
            path: dict[str, None] = {}  # as far as there is an event whose limit is not known yet
            while event and event not in known:
                if event in path:
                    way = " and ".join(path)
                    raise ValueError(f"{event}: comes {side} itself, by way of {way}")
                path[event] = None
                event = rows[event][side]
            limit = known.get(event)
            for event in reversed(path):
                limit = known[event] = _narrowed(rows[event]["date"], side, limit)
    out = []
    for event, row in rows.items():
        low, high = limits["after"][event], limits["before"][event]
        if low and high and low > high:
            raise ValueError(
                f"{event}: {row['date'] or 'its order'} leaves no day, {low} is after {high}"
            )
        out.append((low, high, parse(row["date"]).precision if row["date"] else "not dated"))
    table = events.reset_index(drop=True).copy()
    for i, name in enumerate(("earliest", "latest", "precision")):
        table[name] = pd.Series([row[i] for row in out], dtype=object, index=table.index)
    labels = dict(zip(events["event_id"], events["label"], strict=True))
    return table.assign(words=[_event_words(row, labels) for row in table.to_dict("records")])


def _narrowed(date: str, side: str, limit: dt.date | None) -> dt.date | None:
    """The first day (side "after") or last day of an event, from its date and its neighbour's."""
    own = parse(date) if date else Bounds(None, None, "")
    near, choose = (own.earliest, max) if side == "after" else (own.latest, min)
    day = choose(d for d in (near, limit) if d) if near or limit else None
    yearless = re.fullmatch(r"XXXX-(\d\d)-(\d\d)", date)
    if side == "after" and day and yearless:
        return _first_on_or_after(day, int(yearless[1]), int(yearless[2]))
    return day


def _first_on_or_after(limit: dt.date, month: int, day: int) -> dt.date:
    for year in range(limit.year, limit.year + 9):
        if day <= calendar.monthrange(year, month)[1] and dt.date(year, month, day) >= limit:
            return dt.date(year, month, day)
    raise ValueError(f"no {day} {MONTHS[month]}")


def _event_words(row: dict, labels: dict[str, str]) -> str:
    if row["date"]:
        text = in_words(row["date"])
        if row["precision"] == "day, year not stated" and row["earliest"]:
            text += f", {row['earliest'].year} at the earliest"
        return text
    parts = [f"{side} “{labels[row[side]]}”" for side in ("after", "before") if row[side]]
    return " and ".join(parts) or "not dated"
