"""What a cell may stand for that a spreadsheet has changed.

A reading is sure where the form of the cell leaves no other one: 13,000 in a column of whole
numbers, or 27-Aug-24 in one of dates. 02/03/2024 has two, so nobody can tell them apart; nor can
a number of days, 44810, that a spreadsheet writes for a date, be told from a number that was meant.
Beside the value that was there before, such forms do tell: they show whether it is still that one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dashboard.cells import cell_fault
from dashboard.columns import Column
from dashboard.spreadsheet_forms import (
    day_of_serial,
    days_meant,
    digits_meant,
    is_number_of,
    is_same_number,
    months_shown,
)

_TRUTHS = frozenset(("true", "false"))
_LIKENESSES = {
    '"': '["“”„«»]',
    "'": "['‘’‚′]",
    "-": "[-–—]",
    " ": "[ \u00a0\u202f]",
    "…": r"(?:…|\.\.\.)",
    "′": "[′'?]",
    "″": '[″"?]',
}


def sure_reading(column: Column, cell: str, before: str = "") -> str:
    """Return what a cell of a column stands for, if its form leaves one reading alone.

    A cell that the column may hold is left as it is, but for spaces around it. So is one that
    nobody can tell.

    Args:
        column: The column.
        cell: The cell as found.
        before: The cell of the same row in the last good version, where there is one.
    """
    bare = cell.strip()
    if column.is_free_text or _fits(column, bare):
        return bare
    readings = {reading for reading in _readings(column, bare) if _fits(column, reading)}
    if len(readings) != 1 or f"{before}-01" in readings:
        return bare
    return readings.pop()


def _readings(column: Column, cell: str) -> Iterator[str]:
    """Yield what a cell that the column may not hold can have been; not all of it fits."""
    yield cell.removeprefix("'")
    if column.holds in ("day", "period"):
        yield from days_meant(cell)
    elif column.holds == "number":
        yield cell.replace(",", ".")
        yield digits_meant(cell)
    elif column.holds == "integer":
        yield digits_meant(cell)
    else:
        yield from (cell.lower(), cell.upper(), digits_meant(cell))


def _fits(column: Column, cell: str) -> bool:
    """Return True where the column may hold the cell as it is."""
    return bool(cell) and cell_fault(column, cell) is None


def is_form_of(column: Column, cell: str, before: str) -> bool:
    """Return True where a spreadsheet, and nobody else, may have made one cell of another.

    Args:
        column: The column of both.
        cell: The cell as found.
        before: The cell of the same row in the last good version.
    """
    bare = cell.strip().removeprefix("'")
    if not bare or not before:
        return False
    if bare == before.removeprefix("'"):
        return True
    if column.holds in ("day", "period"):
        return _is_date_of(bare, before)
    if column.is_free_text or not before.isdigit():
        return _is_text_of(bare, before) or is_same_number(bare, before)
    return is_number_of(bare, before)


def _is_date_of(cell: str, before: str) -> bool:
    serial = day_of_serial(cell)
    if serial and serial.isoformat() == before:
        return True
    is_year = before.isdigit() and is_number_of(cell, before)
    return is_year or before in days_meant(cell) | months_shown(cell)


def _is_text_of(cell: str, before: str) -> bool:
    """Return True for a text whose quotes were bent, or letters lost; and for TRUE as a word."""
    if cell.lower() == before.lower() and cell.lower() in _TRUTHS:
        return True
    return bool(re.fullmatch("".join(map(_letter_pattern, before)), cell))


def _letter_pattern(letter: str) -> str:
    """Return the pattern of all that a spreadsheet makes of a letter.

    It makes straight quotes curly and dashes long, and saves letters that its encoding does not
    have as question marks, or as the plain form of the letter.
    """
    if letter in _LIKENESSES:
        return _LIKENESSES[letter]
    if letter.isascii():
        return re.escape(letter)
    plain = unicodedata.normalize("NFKC", letter)
    return rf"(?:{re.escape(letter)}|{re.escape(plain)}|\?{{1,2}})"
