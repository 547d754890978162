"""Dates are as uncertain as they are stated, in bounds and in words."""

import contextlib
import datetime as dt
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.corpus import dates


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "words"),
    [
        ("2025-03-05", "2025-03-05", "2025-03-05", "day", "5 March 2025"),
        ("2025-03", "2025-03-01", "2025-03-31", "month", "March 2025"),
        ("2024", "2024-01-01", "2024-12-31", "year", "2024"),
        ("2025-21", "2025-03-01", "2025-05-31", "season", "spring 2025"),
        ("../2026-01-26", None, "2026-01-26", "interval", "26 January 2026 or earlier"),
        ("2026-01-26/..", "2026-01-26", None, "interval", "26 January 2026 or later"),
        (
            "2025-03/2026-01",
            "2025-03-01",
            "2026-01-31",
            "interval",
            "from March 2025 to January 2026",
        ),
        ("2025-03?", "2025-03-01", "2025-03-31", "month", "perhaps March 2025"),
        ("2025~", "2025-01-01", "2025-12-31", "year", "about 2025"),
        ("XXXX-01-26", None, None, "day, year not stated", "26 January, year not stated"),
        ("2025-24", "2024-12-01", "2026-02-28", "season", "winter 2025"),
        ("2025-26", "2025-06-01", "2025-08-31", "season", "summer 2025 (Northern Hemisphere)"),
        ("2025-32", "2025-06-01", "2025-08-31", "season", "winter 2025 (Southern Hemisphere)"),
        ("2025-36", "2025-10-01", "2025-12-31", "season", "October to December 2025"),
        ("2025-38", "2025-05-01", "2025-08-31", "season", "May to August 2025"),
        ("2024-40", "2024-01-01", "2024-06-30", "season", "January to June 2024"),
        ("2025-03-?05", "2025-03-05", "2025-03-05", "day", "5 March 2025 (day uncertain)"),
        (
            "2025?-~03-05",
            "2025-03-05",
            "2025-03-05",
            "day",
            "5 March 2025 (year uncertain, month approximate)",
        ),
        (
            "?2025-03~",
            "2025-03-01",
            "2025-03-31",
            "month",
            "March 2025 (year uncertain and approximate, month approximate)",
        ),
        (
            "2025-02-XX",
            "2025-02-01",
            "2025-02-28",
            "partly stated",
            "between 2025-02-01 and 2025-02-28",
        ),
        ("198X", "1980-01-01", "1989-12-31", "partly stated", "between 1980-01-01 and 1989-12-31"),
        (
            "20XX-02-29",
            "2000-02-29",
            "2096-02-29",
            "partly stated",
            "between 2000-02-29 and 2096-02-29 (20XX-02-29)",
        ),
        ("XXXX-12-XX", None, None, "partly stated", "December, year not stated"),
        ("[2024,2025-03]", "2024-01-01", "2025-03-31", "partly stated", "2024 or March 2025"),
        ("{2024,2025-03}", "2024-01-01", "2025-03-31", "partly stated", "2024 and March 2025"),
        ("[..2025-03]", None, "2025-03-31", "interval", "March 2025 or earlier"),
        ("{2023..2025}", "2023-01-01", "2025-12-31", "interval", "from 2023 to 2025"),
    ],
)
def test_bounds_precision_and_words(text, earliest, latest, precision, words):
    span = dates.parse(text)
    given_ = tuple(dt.date.fromisoformat(d) if d else None for d in (earliest, latest))
    assert span == (*given_, precision)
    assert dates.in_words(text) == words


def test_no_date_is_said_to_be_none():
    assert dates.in_words("") == "not dated"


@pytest.mark.parametrize(
    "text",
    [
        "26 January",
        "2025-13",
        "2025-02-30",
        "2025-04-31",
        "XXXX-02-30",
        "2023-02-29",
        "March 2025",
        "2026/2025",
        "x",
        "2025-42\n    ",
        "20250305",
        "2025-3-5",
        "2025-W10",
        "2025-24-01",
        "2025-2X",
        "[2024",
        "{}",
        "2025/2026/2027",
        "[2024/2025]",
        "２０２５",
    ],
)
def test_what_is_no_date_is_refused_with_examples(text):
    with pytest.raises(ValueError, match=r"not a date in EDTF|ends before it begins"):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-03-05T10:11:12Z", "a time of day is not kept: write the day alone, 2025-03-05"),
        ("-0044-03-15", "years before 1 are not kept"),
        ("0000-03", "years before 1 are not kept"),
        ("2025/-0044", "years before 1 are not kept|not a date"),
        ("Y170000002", "four digits"),
        ("Y-17E7", "four digits"),
        ("1950S2", "significant digits"),
        ("9999-12-31", "an open end is written as two dots"),
    ],
)
def test_what_is_edtf_and_not_kept_is_refused_with_the_reason(text, said):
    with pytest.raises(ValueError, match=said):
        dates.parse(text)


@pytest.mark.parametrize("month", ["2025-01", "2025-12", "2026-02"])
def test_a_winter_has_room_for_all_its_months(month):
    dates.resolve(events(("a", "A", "2025-24", "", "b"), ("b", "B", month, "", "")))
    dates.resolve(events(("a", "A", "2025-24", "b", ""), ("b", "B", month, "", "")))


@given(st.text(alphabet="0123459X-?~%/.,[]{}YES T", max_size=14))
def test_any_text_is_a_date_with_words_or_refused_and_nothing_is_printed(text):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.suppress(ValueError):
        assert dates.parse(text)
        assert dates.in_words(text)
    assert out.getvalue() == ""


def test_an_empty_start_is_refused_with_the_open_one():
    with pytest.raises(ValueError, match=r"two dots: \.\./2026-01-26"):
        dates.parse("/2026-01-26")


def events(*rows):
    columns = ["event_id", "label", "date", "after", "before"]
    return pd.DataFrame(rows, columns=columns)


def test_a_day_without_a_year_is_the_first_one_after_what_it_follows():
    table = dates.resolve(
        events(("a", "signed", "2025-03", "", ""), ("b", "said", "XXXX-01-26", "a", ""))
    )
    assert table.loc[1, "earliest"] == dt.date(2026, 1, 26)
    assert table.loc[1, "latest"] is None
    assert table.loc[1, "words"] == "26 January, year not stated, 2026 at the earliest"


def test_a_day_without_a_year_can_fall_in_the_year_of_what_it_follows():
    table = dates.resolve(
        events(("a", "signed", "2025-01", "", ""), ("b", "said", "XXXX-01-26", "a", ""))
    )
    assert table.loc[1, "earliest"] == dt.date(2025, 1, 26)


def test_an_undated_event_is_bounded_by_its_neighbours():
    table = dates.resolve(
        events(
            ("a", "A", "2025-03-02", "", ""),
            ("b", "B", "", "a", "c"),
            ("c", "C", "2025-05", "", ""),
        )
    )
    assert tuple(table.loc[1, ["earliest", "latest"]]) == (
        dt.date(2025, 3, 2),
        dt.date(2025, 5, 31),
    )
    assert table.loc[1, "words"] == "after “A” and before “C”"


def test_events_that_come_after_themselves_are_refused():
    with pytest.raises(ValueError, match="comes after itself"):
        dates.resolve(events(("a", "A", "", "b", ""), ("b", "B", "", "a", "")))


def test_a_chain_of_events_may_be_long():
    names = [f"e{i}" for i in range(5_000)]
    chain = zip(names, names, ["2025", *[""] * 4_999], ["", *names], [""] * 5_000, strict=False)
    assert dates.resolve(events(*chain))["earliest"].iloc[-1] == dt.date(2025, 1, 1)


def test_an_order_that_leaves_no_day_is_refused():
    with pytest.raises(ValueError, match="leaves no day"):
        dates.resolve(events(("a", "A", "2025", "", ""), ("b", "B", "2024", "a", "")))


DAYS = st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31))
SIMPLE = st.one_of(
    DAYS.map(lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}"),
    DAYS.map(lambda d: f"{d.year:04}-{d.month:02}"),
    DAYS.map(lambda d: f"{d.year:04}"),
)
EDTF = st.one_of(
    SIMPLE,
    st.tuples(SIMPLE, st.sampled_from("?~%")).map("".join),
    st.tuples(SIMPLE, SIMPLE).map(sorted).map("/".join),
    SIMPLE.map(lambda s: f"../{s}"),
    SIMPLE.map(lambda s: f"{s}/.."),
    DAYS.map(lambda d: f"{d.year // 10:03}X"),
    DAYS.map(lambda d: f"{d.year:04}-XX"),
    st.tuples(SIMPLE, SIMPLE).map(lambda d: f"[{d[0]},{d[1]}]"),
    DAYS.map(lambda d: f"{d.year:04}-{d.month:02}-?{d.day:02}"),
)


@given(EDTF)
def test_words_never_contradict_bounds(text):
    try:
        span = dates.parse(text)
    except ValueError:
        assert "/" in text  # two spans of which one begins inside the other
        return
    words = dates.in_words(text)
    for bound, open_word in ((span.earliest, "or earlier"), (span.latest, "or later")):
        assert (bound is None) == (open_word in words)
    for bound in (span.earliest, span.latest):
        if bound is not None:
            assert str(bound.year) in words
