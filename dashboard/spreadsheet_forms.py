"""The forms that spreadsheets give to numbers and dates, and what these can stand for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from babel.dates import get_month_names

_GROUPED = re.compile(r"[0-9]{1,3}(?:[, \u00a0\u202f'’][0-9]{3})+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_EXACT = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.0{1,2}")
_EXACT_WITH_COMMA = re.compile(r"([0-9]+|[0-9]{1,3}(?:[. \u00a0\u202f][0-9]{3})+),0{1,2}")
_DOT_AND_THREE = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}")
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_SERIAL = re.compile(r"([1-7][0-9]{4})(?:[.,]0{1,2})?")
_EPOCH = date(1899, 12, 30)
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]0?0:00(?::00(?:\.0+)?)?Z?")
_MONTH_NAME = r"[^\W\d_]{3,}\.?"
_BETWEEN = r"(?:\. ?|, ?|[-/ ])"
_THREE_PARTS = re.compile(
    rf"([0-9]{{1,4}}|{_MONTH_NAME}){_BETWEEN}([0-9]{{1,2}}|{_MONTH_NAME}){_BETWEEN}"
    r"([0-9]{4}|[0-9]{1,2})\.?"
)
_TWO_PARTS = re.compile(rf"([0-9]{{1,4}}|{_MONTH_NAME}){_BETWEEN}([0-9]{{1,4}}|{_MONTH_NAME})")
_CENTURY_TURNS = 30
_MONTHS_IN = ("en", "de", "es", "fr", "id", "it", "nl", "pl", "pt", "ru", "tr", "uk")


# ------------------------------------------------------------------ numbers


def digits_meant(cell: str) -> str:
    """Return the digits of a whole number that was grouped or got decimals, or nothing.

    Three digits after one point are left alone: 13.000 is thirteen here, thirteen thousand there.
    """
    for form in (_EXACT, _EXACT_WITH_COMMA):
        if match := form.fullmatch(cell):
            return _digits(match.group(1))
    return _digits(cell) if _GROUPED.fullmatch(cell) else ""


def digits_shown(cell: str) -> str:
    """Return the whole number that a cell in scientific notation shows, or nothing."""
    if not _SCIENTIFIC.fullmatch(cell):
        return ""
    number = float(cell.replace(",", "."))
    return f"{number:.0f}" if number.is_integer() else ""


def is_number_of(cell: str, digits: str) -> bool:
    """Return True where a cell shows a whole number, as far as its form shows digits at all."""
    if digits_meant(cell) == digits or is_same_number(cell, digits):
        return True
    if _DOT_AND_THREE.fullmatch(cell):
        return _digits(cell) == digits
    return digits.isdigit() and _is_rounded(cell, Decimal(digits))


def _is_rounded(cell: str, number: Decimal) -> bool:
    """Return True where scientific notation shows a number, be it with fewer digits."""
    if not _SCIENTIFIC.fullmatch(cell):
        return False
    shown = Decimal(cell.replace(",", "."))
    exponent = shown.as_tuple().exponent
    return isinstance(exponent, int) and abs(number - shown) <= Decimal("0.5").scaleb(exponent)


def is_same_number(cell: str, other: str) -> bool:
    """Return True for two ways to write one number, such as 47.42 and 47.4200."""
    if not (_NUMBER.fullmatch(cell) and _NUMBER.fullmatch(other)):
        return False
    return float(cell.replace(",", ".")) == float(other.replace(",", "."))


def _digits(cell: str) -> str:
    return re.sub(r"[^0-9]", "", cell)


# ------------------------------------------------------------------ dates


def day_of_serial(cell: str) -> date | None:
    """Return the day for which a spreadsheet writes a number; None for other cells."""
    match = _SERIAL.fullmatch(cell)
    return _EPOCH + timedelta(days=int(match.group(1))) if match else None


def days_meant(cell: str) -> frozenset[str]:
    """Return every day that a cell can stand for, as YYYY-MM-DD.

    Jan 2024 stands for none: it may be a month, or a day whose number is not shown.
    """
    if match := _MIDNIGHT.fullmatch(cell):
        return frozenset((match.group(1),))
    match = _THREE_PARTS.fullmatch(cell)
    if not match:
        return frozenset()
    days = (
        _day(year, month, day)
        for years, months, day in _orders(*match.groups())
        for year in _years(years)
        for month in _months(months)
    )
    return frozenset(filter(None, days))


def months_shown(cell: str) -> frozenset[str]:
    """Return every month that a cell without a day can show, as YYYY-MM."""
    match = _TWO_PARTS.fullmatch(cell)
    if not match:
        return frozenset()
    one, other = match.groups()
    return frozenset(
        f"{year:04}-{month:02}"
        for years, months in ((one, other), (other, one))
        for year in _years(years)
        for month in _months(months)
        if 1 <= month <= 12
    )


def _orders(first: str, second: str, third: str) -> set[tuple[str, str, str]]:
    """Return three parts as year, month and day, in every order in which dates are written."""
    if len(first) == 4 and first.isdigit():
        return {(first, second, third)}
    if not first.isdigit():
        return {(third, first, second)}
    orders = {(third, second, first)}
    if second.isdigit():
        orders.add((third, first, second))
        orders.add((first, second, third))
    return orders


def _years(text: str) -> tuple[int, ...]:
    """Return the years that two or four digits stand for.

    Spreadsheets take 00 to 29 for years after 2000; the others can be of either century.
    """
    if not text.isdigit() or len(text) not in (2, 4):
        return ()
    number = int(text)
    if len(text) == 4:
        return (number,)
    return (2000 + number,) if number < _CENTURY_TURNS else (1900 + number, 2000 + number)


def _months(text: str) -> frozenset[int]:
    if text.isdigit():
        return frozenset((int(text),))
    return _months_by_name().get(_bare_name(text), frozenset())


@cache
def _months_by_name() -> dict[str, frozenset[int]]:
    """Return the months that a name or its short form means, in the languages of spreadsheets."""
    found: dict[str, set[int]] = {}
    for language in _MONTHS_IN:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(_bare_name(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _bare_name(text: str) -> str:
    return text.rstrip(".").casefold()


def _day(year: int, month: int, day: str) -> str:
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""
