"""What is wrong with single cells; each different value of a column is judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from dashboard import faults
from dashboard.columns import Column, columns_of
from dashboard.issues import Fault, Issue, issue_at
from dashboard.raw_table import RawTable
from dashboard.schema import Row
from dashboard.sound_forms import SoundForm
from dashboard.spreadsheet_forms import day_of_serial, digits_meant, digits_shown

_CONTROLS = rf"\x00-\x1f\x7f{faults.TURNS_DIRECTION}"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_UNKNOWN_WORDS = frozenset(
    ("na", "n/a", "n.a.", "#n/a", "null", "nan", "-", "--", "–", "—", "?", "??", "???")
)
_SPREADSHEET_ERROR = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|#+)|Err:[0-9]{3}")
_LOST_LETTERS = "????"
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_EXCEL_DATE = re.compile(
    r"[0-9]{1,2}[-/. ](?:[A-Za-z]{3,9}|[0-9]{1,2})[-/. ][0-9]{2,4}"
    r"|[A-Za-z]{3}-[0-9]{2,4}|[0-9]{1,2}-[A-Za-z]{3}"
    r"|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+Z?"
)
_THE_CELL = "\0"
"""Stands for the cell while its message is cut at the colon: a cell may hold one too."""
_SPACES = "\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python takes for space beyond ASCII."""
SOUND_FORMS = {
    form: SoundForm(pattern, never=_LOST_LETTERS, longest=faults.LONGEST_CELL)
    for form, pattern in {
        "id": r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*",
        "address": r"https?://[!-~]+",
        # Words for unknown and errors of spreadsheets that start with no sign of their own are
        # shorter than eight signs.
        "words": rf"[^{_CONTROLS}{_SPACES} =+@#-][^{_CONTROLS}]{{6,}}[^{_CONTROLS}{_SPACES} ]",
    }.items()
}
"""Forms of ids, addresses and free text that break no rule; cells of other forms may."""


def cell_issues(tables: Mapping[str, RawTable], row_class: type[Row]) -> list[Issue]:
    """Return one issue for each cell of a table that breaks a rule of its column.

    An id is judged where it is given; where it is only pointed to, it is not judged again.
    """
    table = tables[row_class.table]
    issues: list[Issue] = []
    for column in columns_of(row_class):
        if column.name in table.columns:
            target = column.reference
            known = (tables[target.table], target.column) if target else None
            issues += _column_issues(table, column, _suspects(table, column, known))
    return issues


def _suspects(table: RawTable, column: Column, known: tuple[RawTable, str] | None) -> set[str]:
    """Return all cells that may be at fault, and some that are not: most are seen to be sound."""
    form = SOUND_FORMS.get("words" if column.is_free_text else column.holds)
    if form:
        return table.unlike(column.name, form, known)
    return {cell for (cell,) in table.different(column.name)}


def _column_issues(table: RawTable, column: Column, suspects: set[str]) -> list[Issue]:
    judged = {cell: cell_fault(column, cell) for cell in suspects}
    found = {cell: fault for cell, fault in judged.items() if fault}
    if not found:
        return []
    return [
        issue_at(table.file, line, found[cell], column.name, cell)
        for line, cell in zip(table.lines, table.columns[column.name], strict=True)
        if cell in found and line not in table.told
    ]


def cell_fault(column: Column, cell: str) -> Fault | None:
    """Return the fault of a cell that says best what happened to it, or None."""
    if not cell:
        return faults.empty_cell() if column.is_required else None
    if len(cell) > faults.LONGEST_CELL:
        return faults.too_long(len(cell))
    fault = _FAULTS_BY_CONTENT[column.holds](column, cell) or _model_fault(column, cell)
    if fault or column.is_free_text or not cell.isprintable() or _LOST_LETTERS in cell:
        return _sign_fault(column, cell) or fault
    return None


def _sign_fault(column: Column, cell: str) -> Fault | None:
    """Return what is wrong with the signs of a cell, whatever the column holds."""
    if _CONTROL.search(cell):
        return faults.control_character(cell)
    if cell != cell.strip():
        return faults.surrounding_spaces(cell)
    if cell.lower() in _UNKNOWN_WORDS:
        return faults.word_for_unknown(cell, column.is_required)
    if _SPREADSHEET_ERROR.fullmatch(cell):
        return faults.spreadsheet_error(cell)
    if _LOST_LETTERS in cell:
        return faults.lost_letters(cell)
    if cell[0] in "=@" or (cell[0] in "+-" and not column.is_numeric):
        return faults.formula(cell)
    return None


# ------------------------------------------------------------------ by content


def _no_fault(column: Column, cell: str) -> Fault | None:
    return None


def _integer_fault(column: Column, cell: str) -> Fault | None:
    if not _WHOLE_NUMBER.fullmatch(cell):
        return faults.not_a_whole_number(cell, digits_meant(cell) or digits_shown(cell))
    return _range_fault(column, cell)


def _decimal_fault(column: Column, cell: str) -> Fault | None:
    return _range_fault(column, cell) if _DECIMAL.fullmatch(cell) else faults.not_a_decimal(cell)


def _range_fault(column: Column, cell: str) -> Fault | None:
    number = float(cell)
    if column.minimum is not None and number < column.minimum:
        return faults.too_small(cell, column.minimum)
    if column.maximum is not None and number > column.maximum:
        return faults.too_great(cell, column.maximum)
    return None


def _coded_fault(column: Column, cell: str) -> Fault | None:
    if cell in column.allowed:
        return None
    match = process.extractOne(cell.lower(), column.allowed, scorer=fuzz.ratio, score_cutoff=60)
    return faults.not_allowed(cell, match[0] if match else None, column.allowed)


def _date_fault(column: Column, cell: str) -> Fault | None:
    if day := day_of_serial(cell):
        return faults.excel_serial(cell, day)
    return faults.excel_date(cell) if _EXCEL_DATE.fullmatch(cell) else None


_FAULTS_BY_CONTENT: dict[str, Callable[[Column, str], Fault | None]] = {
    "text": _no_fault,
    "id": _no_fault,
    "address": _no_fault,
    "coded": _coded_fault,
    "day": _date_fault,
    "period": _date_fault,
    "integer": _integer_fault,
    "number": _decimal_fault,
}


# ------------------------------------------------------------------ by the row class


def _model_fault(column: Column, cell: str) -> Fault | None:
    """Return what the row class's own validator finds, in our words."""
    try:
        column.adapter.validate_python(cell)
    except ValidationError as error:
        return _in_our_words(column, cell, error)
    return None


def _in_our_words(column: Column, cell: str, error: ValidationError) -> Fault:
    """Return pydantic's first error as a fault.

    The validators of `dashboard.schema` raise "what is wrong: what to do".
    """
    first = error.errors(include_url=False)[0]
    if first["type"] == "value_error":
        words = str(first["ctx"]["error"]).replace(f"'{cell}'", _THE_CELL, 1)
        message, _, remedy = words.partition(": ")
        return Fault(message.replace(_THE_CELL, faults.quoted(cell)), remedy or "correct it")
    if first["type"] == "string_pattern_mismatch":
        is_language = column.name == "language"
        return faults.not_a_language(cell) if is_language else faults.not_a_country(cell)
    return faults.wrong_form(cell, first["msg"])
