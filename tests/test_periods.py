"""Dates that are no sharper than their source."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import in_words, month_in_words, parse_period

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2023-11", date(2023, 11, 1), date(2023, 11, 30)),
        ("2024-02-26", date(2024, 2, 26), date(2024, 2, 26)),
    ],
)
def test_a_period_spans_its_days(text, first, last):
    period = parse_period(text)
    assert (period.first, period.last, period.text) == (first, last, text)


def test_only_a_day_is_a_day():
    assert [parse_period(text).is_day for text in ("2024", "2024-02", "2024-02-26")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-2",
        "2024-02-2",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-04-31",
        "2024-02-00",
        "27-Aug-24",
        "27/08/2024",
        "2024-02-26 ",
        "2024-02-26\n",
        "2024-02-26T00:00",
        "45531",
        "1899",
        "2101",
        "٢٠٢٤",
    ],
)
def test_what_is_no_date_is_refused_in_its_own_words(text):
    with pytest.raises(ValueError, match=r"is not|no such") as refusal:
        parse_period(text)
    assert f"'{text}'" in str(refusal.value)


@given(DAYS)
def test_every_day_is_its_own_first_and_last(day):
    period = parse_period(day.isoformat())
    assert period.first == period.last == day


@given(DAYS)
def test_a_month_holds_its_days_and_lies_in_its_year(day):
    month, year = parse_period(day.isoformat()[:7]), parse_period(day.isoformat()[:4])
    assert year.first <= month.first <= day <= month.last <= year.last


@given(st.dates(date(1900, 1, 1), date(2100, 11, 30)))
def test_the_day_after_a_month_is_the_first_of_the_next(day):
    after = parse_period(day.isoformat()[:7]).last + timedelta(days=1)
    assert after.day == 1
    assert after > day


def test_periods_sort_by_their_first_day():
    texts = ["2024-02-26", "2023", "2024-02", "2024"]
    assert [period.text for period in sorted(map(parse_period, texts))] == [
        "2023",
        "2024",
        "2024-02",
        "2024-02-26",
    ]


@pytest.mark.parametrize(
    ("text", "words", "month"),
    [
        ("2024", "2024", "2024"),
        ("2024-06", "June 2024", "Jun 2024"),
        ("2024-06-05", "5 June 2024", "Jun 2024"),
    ],
)
def test_words_are_no_sharper_than_the_date(text, words, month):
    assert (in_words(text), month_in_words(text)) == (words, month)
