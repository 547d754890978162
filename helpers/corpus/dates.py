"""Dates as uncertain as they are: EDTF to earliest and latest day, precision, and words."""

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.corpus import edtf
from helpers.corpus.edtf import MONTHS as MONTHS
from helpers.corpus.schema import INFERRED


class Bounds(NamedTuple):
    """Earliest and latest day (None: no limit), and the precision of what is stated."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str


def parse(text: str) -> Bounds:
    """Strict bounds of an EDTF date.

    Raises
    ------
    ValueError
        Where it is no EDTF date, or one that is not kept here, with what to write.
    """
    return Bounds(*_read(text.strip())[:3])


def in_words(text: str) -> str:
    """An EDTF date in words that claim no more than it does; "not dated" for a blank."""
    return _read(text.strip()).words if text.strip() else "not dated"


@lru_cache(maxsize=10_000)
def _read(text: str) -> edtf.Read:
    return edtf.read(text)


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
    yearless = re.fullmatch(r"XXXX-(\d\d)-(\d\d)", re.sub("[?~%]", "", date))
    if side == "after" and day and yearless:
        return _first_on_or_after(day, int(yearless[1]), int(yearless[2]))
    return day


def _first_on_or_after(limit: dt.date, month: int, day: int) -> dt.date:
    for year in range(limit.year, min(limit.year + 9, edtf.LAST + 1)):
        if day <= calendar.monthrange(year, month)[1] and dt.date(year, month, day) >= limit:
            return dt.date(year, month, day)
    raise ValueError(f"no {day} {MONTHS[month]}")


def _event_words(row: dict, labels: dict[str, str]) -> str:
    if row["date"]:
        text = in_words(row["date"])
        if row["precision"] == "day, year not stated" and row["earliest"]:
            text += f", {row['earliest'].year} at the earliest"
        return f"{text}, inferred" if row.get("date_basis") == INFERRED else text
    parts = [f"{side} “{labels[row[side]]}”" for side in ("after", "before") if row[side]]
    return " and ".join(parts) or "not dated"
