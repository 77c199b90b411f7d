"""The tables as files: the only module that reads or writes the CSV files of `data/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from rapidfuzz import fuzz, process

from dashboard import faults
from dashboard.columnar import columnar_table
from dashboard.columns import Column, columns_of, names_of
from dashboard.issues import Issue, issue_at
from dashboard.layout import Cells, Layout, canonical_text, read_layout
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, Row
from dashboard.whole_file import write_whole


def file_of(row_class: type[Row]) -> str:
    """Return the name of a table's file."""
    return f"{row_class.table}.csv"


# ------------------------------------------------------------------ reading


def read_table(path: Path, row_class: type[Row]) -> tuple[RawTable, list[Issue]]:
    """Return a table as text, and what is wrong with the file, its header and its lines.

    What the cells say is not judged here. Never raises, whatever the bytes are.
    """
    nothing = RawTable(path.name, (), (), ())
    if leads_out(path):
        return nothing, [issue_at(path.name, 0, faults.leads_out())]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return nothing, [issue_at(path.name, 0, faults.missing_file())]
    except OSError as error:
        return nothing, [issue_at(path.name, 0, faults.unreadable_file(error.strerror or ""))]
    return table_from_bytes(data, path.name, row_class)


def leads_out(path: Path) -> bool:
    """Return whether a path, all links followed, lies outside the folder in which it is named."""
    return not path.resolve().is_relative_to(path.parent.resolve())


def table_from_bytes(data: bytes, file: str, row_class: type[Row]) -> tuple[RawTable, list[Issue]]:
    """Return the table in a file's bytes, and what is wrong with header and lines."""
    sound = columnar_table(data, file, row_class)
    return (sound, []) if sound is not None else table_by_line(data, file, row_class)


def table_by_line(data: bytes, file: str, row_class: type[Row]) -> tuple[RawTable, list[Issue]]:
    """Return the same from a look at each line, which tells what is wrong and where."""
    layout = read_layout(data, file)
    nothing = RawTable(file, (), (), ())
    if not layout.records:
        return nothing, sorted(layout.issues)
    positions, header_issues = _header_positions(layout, file, names_of(row_class))
    if layout.lines[0] in layout.told:
        header_issues = []
    if not positions:
        return nothing, sorted([*layout.issues, *header_issues])
    header = tuple(name for name in names_of(row_class) if name in positions)
    width = len(layout.records[0])
    counts, uneven = _cell_count_issues(layout, file)
    if 2 * len(uneven) > len(layout.records) and (header_issues or layout.lines[0] in layout.told):
        counts = []
    table = RawTable(
        file,
        header,
        _arranged(layout.records[1:], width, [positions[name] for name in header]),
        layout.lines[1:],
        layout.told | uneven,
    )
    return table, sorted([*layout.issues, *header_issues, *counts])


def _arranged(rows: tuple[Cells, ...], width: int, order: list[int]) -> tuple[Cells, ...]:
    """Return rows with their cells in another order; cells that are missing are empty."""
    if order == list(range(width)) and all(len(cells) == width for cells in rows):
        return rows
    padded = (cells + ("",) * (width - len(cells)) for cells in rows)
    return tuple(tuple([cells[position] for position in order]) for cells in padded)


def _cell_count_issues(layout: Layout, file: str) -> tuple[list[Issue], frozenset[int]]:
    """Return an issue for each line that has not as many cells as the header, and these lines."""
    width = len(layout.records[0])
    issues = []
    uneven = set()
    for line, cells in zip(layout.lines, layout.records, strict=True):
        if len(cells) == width:
            continue
        uneven.add(line)
        if line not in layout.told:
            words = faults.too_many_cells if len(cells) > width else faults.too_few_cells
            value = cells[min(width, len(cells) - 1)]
            issues.append(issue_at(file, line, words(len(cells), width), value=value))
    return issues, frozenset(uneven)


def _header_positions(
    layout: Layout, file: str, names: tuple[str, ...]
) -> tuple[dict[str, int], list[Issue]]:
    """Return where each column stands (nowhere if the line is no header), and the issues."""
    line, found = layout.lines[0], layout.records[0]
    if found == names:
        return {name: position for position, name in enumerate(names)}, []
    if not set(found) & set(names):
        return {}, [issue_at(file, line, faults.no_header(names), value=",".join(found))]
    positions = {name: _place_of(name, found, names) for name in names if name in found}
    renamed, issues = _unknown_columns(layout, file, names)
    positions |= renamed
    issues += [
        issue_at(file, line, faults.missing_column(), name)
        for name in names
        if name not in positions
    ]
    known = list(positions.values())
    if not issues and known != sorted(known):
        issues.append(issue_at(file, line, faults.reordered_columns(names), value=",".join(found)))
    return positions, issues


def _unknown_columns(
    layout: Layout, file: str, names: tuple[str, ...]
) -> tuple[dict[str, int], list[Issue]]:
    """Return where misspelt columns stand, and an issue for each column that is not known."""
    line, found = layout.lines[0], layout.records[0]
    renamed: dict[str, int] = {}
    issues = []
    for position, name in enumerate(found):
        if name in names and _place_of(name, found, names) == position:
            continue
        if not name:
            if position == found.index(""):
                issues.append(issue_at(file, line, faults.nameless_column()))
            continue
        missing = [other for other in names if other not in found and other not in renamed]
        meant = _column_meant(name, missing, names[position : position + 1])
        if meant:
            renamed[meant] = position
        words = faults.repeated_column if name in names else faults.unknown_column
        issues.append(issue_at(file, line, words(name, meant), meant or name, name))
    return renamed, issues


def _place_of(name: str, found: Cells, names: tuple[str, ...]) -> int:
    """Return where a column stands; if its name stands twice, where it belongs, or else first."""
    own = names.index(name)
    return own if found[own : own + 1] == (name,) else found.index(name)


def _column_meant(name: str, missing: list[str], in_its_place: tuple[str, ...]) -> str | None:
    """Return the missing column that a wrong name stands for, by spelling or else by place."""
    match = process.extractOne(name, missing, scorer=fuzz.ratio, score_cutoff=60)
    if match:
        return str(match[0])
    return next((other for other in in_its_place if other in missing), None)


# ------------------------------------------------------------------ writing


def table_text(rows: Iterable[Sequence[str]], row_class: type[Row]) -> str:
    """Return a table in its canonical form: sorted, LF, no more quotes than needed.

    Args:
        rows: Cells in the order of the row class's columns.
        row_class: The table.

    Raises:
        ValueError: A row has another number of cells, or a cell a line break or a NUL.
    """
    names = names_of(row_class)
    cells = [tuple(row) for row in rows]
    for row in cells:
        if len(row) != len(names):
            raise ValueError(f"{row_class.table}: {len(row)} cells in a row, not {len(names)}")
        if any("\n" in cell or "\r" in cell or "\0" in cell for cell in row):
            raise ValueError(f"{row_class.table}: a cell of {row[0]!r} has a line break or a NUL")
    return canonical_text([names, *sorted(cells, key=sort_key(row_class))])


def sort_key(row_class: type[Row]) -> Callable[[Cells], Any]:
    """Return the key by which rows of a table are sorted; whole numbers sort as numbers."""
    places = [names_of(row_class).index(name) for name in row_class.sort]
    numeric = {place for place in places if columns_of(row_class)[place].is_numeric}
    if not has_numeric_order(row_class):
        return itemgetter(*places)
    return lambda row: tuple(
        _rank(row[place]) if place in numeric else row[place] for place in places
    )


def has_numeric_order(row_class: type[Row]) -> bool:
    """Return whether numbers are among the columns by which rows of a table are sorted."""
    return any(
        column.is_numeric and column.name in row_class.sort for column in columns_of(row_class)
    )


def _rank(cell: str) -> tuple[bool, int, str]:
    is_number = cell.isascii() and cell.isdigit() and len(cell) < 1000
    return (not is_number, int(cell) if is_number else 0, cell)


def cells_of(row: Row) -> Cells:
    """Return a row as the cells of its file; None becomes the empty cell."""
    values = (getattr(row, name) for name in names_of(type(row)))
    return tuple("" if value is None else str(value) for value in values)


def write_table(path: Path, rows: Iterable[Sequence[str]], row_class: type[Row]) -> None:
    """Write a table in its canonical form, whole or not at all.

    Raises:
        ValueError: The rows do not fit the table; the file is left as it was.
        OSError: The file cannot be written; it is left as it was.
    """
    write_text(path, table_text(rows, row_class))


def read_text(path: Path) -> str:
    """Return a UTF-8 text; empty where there is no such file.

    Raises:
        OSError: The file cannot be read.
        UnicodeDecodeError: It is not UTF-8.
    """
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, whole or not at all: beside the file first, then in its place.

    Raises:
        OSError: The file cannot be written; it is left as it was.
    """
    write_whole(path, text.encode("utf-8"))


def format_folder(folder: Path) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """Rewrite the tables of a folder in their canonical form; no cell changes its value.

    Returns:
        The names of the files that were rewritten, and the issues for which others were not.
    """
    rewritten: list[str] = []
    refused: list[Issue] = []
    for row_class in TABLES:
        path = folder / file_of(row_class)
        table, issues = read_table(path, row_class)
        hindering = hindrances(table, issues)
        refused += hindering
        if hindering:
            continue
        text = table_text(table.rows, row_class)
        if text.encode("utf-8") != path.read_bytes():
            write_text(path, text)
            rewritten.append(path.name)
    return tuple(rewritten), tuple(refused)


def hindrances(table: RawTable, issues: Iterable[Issue]) -> list[Issue]:
    """Return those issues of a file for which it cannot be written again without loss."""
    found = [issue for issue in issues if issue.remedy != faults.RUN_FORMAT]
    return found or _line_breaks(table)


def _line_breaks(table: RawTable) -> list[Issue]:
    """Return an issue for each cell that cannot be written on one line."""
    return [
        issue_at(table.file, line, faults.control_character(cell), name, cell)
        for line, row in zip(table.lines, table.rows, strict=True)
        for name, cell in zip(table.header, row, strict=True)
        if "\n" in cell or "\r" in cell or "\0" in cell
    ]


# ------------------------------------------------------------------ data frames


def typed_frame(table: RawTable, row_class: type[Row]) -> pd.DataFrame:
    """Return a sound table as a data frame; empty cells are missing.

    Returns:
        One column for each of the row class: text as objects with None, whole numbers as Int64
        with NA, other numbers as float64 with NaN.

    Raises:
        ValueError: A column is missing, or a cell of a number column holds none.
    """
    if table.header != names_of(row_class):
        raise ValueError(f"{table.file} lacks columns")
    columns = {
        column.name: _numbers(table, column) if column.is_numeric else _words(table, column)
        for column in columns_of(row_class)
    }
    # Each column stays as it was made: to lay them together would copy the whole table.
    return pd.DataFrame(columns, copy=False)


def _words(table: RawTable, column: Column) -> pd.Series[str]:
    return pd.Series(table.objects(column.name), dtype=object, copy=False)


def _numbers(table: RawTable, column: Column) -> np.ndarray[Any, Any] | ExtensionArray:
    if column.holds == "integer":
        return table.converted(column.name, _whole_numbers)
    return table.converted(column.name, _decimals)


def _whole_numbers(cells: Cells) -> ExtensionArray:
    numbers = np.array([int(cell) if cell else 0 for cell in cells], dtype=np.int64)
    return pd.arrays.IntegerArray(numbers, np.array([not cell for cell in cells], dtype=bool))


def _decimals(cells: Cells) -> np.ndarray[Any, Any]:
    return np.array([float(cell) if cell else np.nan for cell in cells], dtype=np.float64)
