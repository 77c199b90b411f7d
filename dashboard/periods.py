"""Dates that are no sharper than their source: 2024, 2024-06 or 2024-06-05."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dashboard.translation import (
    ENGLISH,
    current_language,
    day_of_captions,
    month_of_captions,
    short_day_of_captions,
    short_month_of_captions,
    translated,
)

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class Period:
    """A year, a month or a day, as the days that it spans.

    Attributes:
        first: First day.
        last: Last day; a claim dated with a month counts as known only on this day.
        text: As written in the data.
    """

    first: date
    last: date
    text: str

    @property
    def is_day(self) -> bool:
        """True when the source gave the day."""
        return self.first == self.last


@lru_cache(maxsize=8192)
def parse_period(text: str) -> Period:
    """Return the span of a year, month or day.

    The same few thousand days are asked for again and again, by every chart and every sentence.

    Raises:
        ValueError: The text is not YYYY, YYYY-MM or YYYY-MM-DD, or there is no such day.
    """
    match = _PERIOD.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a date: write YYYY-MM-DD, e.g. 2024-02-26")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or not 1900 <= year <= 2100:
        raise ValueError(f"'{text}' is not a year between 1900 and 2100")
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31), text)
    if not 1 <= month <= 12:
        raise ValueError(f"'{text}' has no such month: write a month from 01 to 12")
    last_day = calendar.monthrange(year, month)[1]
    if day is None:
        return Period(date(year, month, 1), date(year, month, last_day), text)
    if not 1 <= day <= last_day:
        raise ValueError(f"'{text}' is not a day of the calendar: that month has {last_day} days")
    return Period(date(year, month, day), date(year, month, day), text)


def in_words(text: str) -> str:
    """Return a period as readers write it: 2024-06-05 as '5 June 2024', 2024-06 as 'June 2024'."""
    period = parse_period(text)
    if len(text) == 4:
        return text
    if current_language() != ENGLISH:
        written = month_of_captions if len(text) == 7 else day_of_captions
        return written(period.first)
    month = calendar.month_name[period.first.month]
    if len(text) == 7:
        return f"{month} {period.first.year}"
    return f"{period.first.day} {month} {period.first.year}"


def on_or_in_words(text: str) -> str:
    """Return a period with its preposition: 'on 5 June 2024', 'in June 2024', 'in 2024'."""
    return f"{'on' if parse_period(text).is_day else 'in'} {in_words(text)}"


def covered_in_words(start: object, end: object) -> str:
    """Return the period that a figure covers, or nothing where neither end is given.

    Args:
        start: First day, month or year; a missing value where it is not given.
        end: Last one; a missing value stands for the day of the statement.
    """
    if not isinstance(start, str):
        if not isinstance(end, str):
            return ""
        return translated("up to {day}, start not given", day=in_words(end))
    if not isinstance(end, str):
        return translated("from {day}, to the day it was stated", day=in_words(start))
    if start == end:
        return in_words(start)
    return translated("{start} to {end}", start=in_words(start), end=in_words(end))


def month_in_words(text: str) -> str:
    """Return the month of a period as labels write it: 2024-06-05 as 'Jun 2024', 2024 as '2024'."""
    period = parse_period(text)
    if len(text) == 4:
        return text
    if current_language() != ENGLISH:
        return short_month_of_captions(period.first)
    return f"{calendar.month_abbr[period.first.month]} {period.first.year}"


def short_in_words(text: str) -> str:
    """Return a period as labels write it, no sharper than it is: '27 Aug 2024', 'Aug 2024'."""
    month = month_in_words(text)
    if len(text) < 10:
        return month
    day = parse_period(text).first
    return f"{day.day} {month}" if current_language() == ENGLISH else short_day_of_captions(day)
