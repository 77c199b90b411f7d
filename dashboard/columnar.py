"""Tables of files in canonical form, kept by column: as the data grow, one look for many cells.

A file is taken only when it is proved to be written as `dashboard.layout.canonical_text` writes
it. With any doubt it is left to `dashboard.layout`, which alone says what is wrong with a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from dashboard.columns import Column, columns_of, names_of
from dashboard.layout import Cells
from dashboard.raw_table import RawTable, Taken
from dashboard.schema import Row
from dashboard.sound_forms import SoundForm

FEWEST_BYTES = 2**18
"""Smaller files are read line by line: to prepare the columns would take longer than that."""
_MOST_BYTES = 2**31 - 1
"""What one of Arrow's columns of text can hold."""
_QUOTE, _LINE_END = b'"\n'
_BESIDE_CELLS = np.frombuffer(b",\n", np.uint8)


_Numbers = np.ndarray[Any, np.dtype[np.int64]]


# ------------------------------------------------------------------ reading


def columnar_table(data: bytes, file: str, row_class: type[Row]) -> RawTable | None:
    """Return the table in a file's bytes, or None where its form is or may be another one."""
    names = names_of(row_class)
    header = ",".join(names).encode() + b"\n"
    if not FEWEST_BYTES <= len(data) <= _MOST_BYTES:
        return None
    is_plain = data.startswith(header) and data.endswith(b"\n")
    if not is_plain or b"\r" in data or b"\0" in data or not _needs_its_quotes(data):
        return None
    try:
        text = _parsed(data, names)
    except pa.ArrowInvalid:  # uneven rows, or no UTF-8
        return None
    # A row of empty cells is a blank line, and every table starts with a column that is required.
    is_full = text.column(0).null_count == 0
    ends = np.count_nonzero(np.frombuffer(data, np.uint8) == _LINE_END)
    has_a_line_each = ends == text.num_rows + 1
    return ColumnarTable(file, text, row_class) if is_full and has_a_line_each else None


def _parsed(data: bytes, names: tuple[str, ...]) -> pa.Table:
    """Return the cells as text; an empty one is missing, so that it is seen without a look."""
    return pyarrow.csv.read_csv(
        pa.py_buffer(data),
        # Threads would be of no use: what counts on a shared server is the work in all.
        pyarrow.csv.ReadOptions(use_threads=False),
        pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _needs_its_quotes(data: bytes) -> bool:
    """Return whether each quote encloses, or stands doubled in, a cell that must have quotes.

    Quotes are taken in pairs. Where a pair follows the one before at once, the two quotes in
    between are one quote of the cell.
    """
    if b'"' not in data:
        return True
    signs = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    is_apart = opening[1:] != closing[:-1] + 1
    is_first, is_last = np.append(True, is_apart), np.append(is_apart, True)
    beside = np.append(signs[opening[is_first] - 1], signs[closing[is_last] + 1])
    if not np.isin(beside, _BESIDE_CELLS).all():
        return False
    alone = is_first & is_last
    commas = map(data.find, repeat(b","), opening[alone].tolist(), closing[alone].tolist())
    return -1 not in commas


# ------------------------------------------------------------------ the table


class ColumnarTable(RawTable):
    """A table in canonical form, kept by column; rows are made when they are first asked for."""

    def __init__(self, file: str, text: pa.Table, row_class: type[Row]) -> None:
        vars(self).update(file=file, header=names_of(row_class), told=frozenset())
        self._length: int = text.num_rows
        self._kept = {
            column.name: _Kept(cells.combine_chunks(), _has_own_words(column))
            for column, cells in zip(columns_of(row_class), text.columns, strict=True)
        }

    def __eq__(self, other: object) -> bool:
        """Return whether a table is the same, however it is kept."""
        if not isinstance(other, RawTable):
            return NotImplemented
        return (self.file, self.header, self.rows, self.lines, self.told) == (
            *(other.file, other.header, other.rows, other.lines, other.told),
        )

    __hash__ = RawTable.__hash__

    @cached_property
    def rows(self) -> tuple[Cells, ...]:
        """One tuple of cells for each row."""
        return tuple(zip(*self.columns.values(), strict=True))

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line of each row: the header has the first, and no cell has a line break."""
        return tuple(range(2, self._length + 2))

    @cached_property
    def columns(self) -> Mapping[str, Cells]:
        """The cells of each column."""
        return _LazyColumns(self._kept)

    def different(self, *names: str) -> set[Cells]:
        """Return the different cells that stand side by side in these columns."""
        columns = [self._kept[name] for name in names]
        if len(columns) == 1:
            [column] = columns
            return {(cell,) for cell in column.different}
        first = np.flatnonzero(~_is_repeated(columns))
        return set(zip(*(column.at(first) for column in columns), strict=True))

    def is_unique(self, *names: str) -> bool:
        """Return whether no two rows have the same cells in these columns."""
        columns = [self._kept[name] for name in names]
        if len(columns) == 1:
            [column] = columns
            return len(column.filled) + bool(column.cells.null_count) == self._length
        return not bool(_is_repeated(columns).any())

    def is_sorted(self, *names: str) -> bool:
        """Return whether the rows stand in the order of their cells in these columns, as text.

        Arrow compares bytes: in UTF-8 these have the order of the signs that they stand for.
        """
        rises: Any = True
        for name in reversed(names):
            cells = self._kept[name].cells.fill_null("")
            above, below = cells[:-1], cells[1:]
            rises = pc.or_(pc.less(above, below), pc.and_(pc.equal(above, below), rises))
        is_sorted: bool = pc.all(rises).as_py()
        return is_sorted

    def unlike(
        self, name: str, form: SoundForm, known: tuple[RawTable, str] | None = None
    ) -> set[str]:
        """Return what a table by rows returns, from a look at whole columns."""
        column = self._kept[name]
        filled = column.cells.drop_null() if column.has_own_words else column.filled
        may_be_empty = bool(column.cells.null_count) and not form.fits("")
        if known:
            target = _kept_in(*known)
            if target is None:
                return super().unlike(name, form, known)
            filled = column.outside(target)
            may_be_empty = may_be_empty and not target.cells.null_count
        return set(form.unlike(filled)).union([""] if may_be_empty else [])

    def strangers(self, name: str, *others: tuple[RawTable, str]) -> set[str]:
        """Return the filled cells of a column that stand in no column of these tables."""
        found = self._kept[name].filled
        by_line: list[Cells] = []
        for table, other in others:
            target = _kept_in(table, other)
            if target is None:
                by_line.append(table.columns.get(other, ()))
            elif found is self._kept[name].filled:
                found = self._kept[name].outside(target)
            else:
                found = _without(found, target.filled)
        return set(found.to_pylist()).difference(*by_line)

    def has_twins(self, name: str, other: str) -> bool:
        """Return whether some row has the same filled cell in two columns."""
        return bool(pc.any(pc.equal(self._kept[name].cells, self._kept[other].cells)).as_py())

    def objects(self, name: str) -> np.ndarray[Any, np.dtype[np.object_]]:
        """Return the cells of a column for a data frame, None where one is empty."""
        column = self._kept[name]
        if column.has_own_words or 2 * len(column.filled) > self._length:
            objects: np.ndarray[Any, np.dtype[np.object_]]
            objects = column.cells.to_numpy(zero_copy_only=False)
        else:
            cells = np.array([cell or None for cell in column.cells_by_code], dtype=object)
            objects = cells[column.codes]
        return objects

    def converted(self, name: str, convert: Callable[[Cells], Taken]) -> Taken:
        """Return what a function makes of a column's cells, each different one taken once."""
        column = self._kept[name]
        return convert(column.cells_by_code).take(column.codes)


def _has_own_words(column: Column) -> bool:
    return column.is_free_text or column.holds == "address"


def _is_repeated(columns: Sequence[_Kept]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return of each row whether an earlier one has the same cells in all these columns."""
    numbers, *others = (column.codes for column in columns)
    for column, codes in zip(columns[1:], others, strict=True):
        # Numbers from nought without gaps: so their product with the next never runs over.
        dense, _ = pd.factorize(numbers)
        numbers = dense * len(column.cells_by_code) + codes
    return pd.Series(numbers).duplicated().to_numpy()


def _kept_in(table: RawTable, name: str) -> _Kept | None:
    return table._kept[name] if isinstance(table, ColumnarTable) else None


def _without(cells: pa.StringArray, known: pa.StringArray) -> pa.StringArray:
    is_known = pc.is_in(cells, value_set=known)
    return cells.filter(pc.invert(is_known))


@dataclass(frozen=True, eq=False)
class _Kept:
    """A column as it is kept.

    Attributes:
        cells: The cells; an empty one is missing.
        has_own_words: True where few rows have the same cell.
    """

    cells: pa.StringArray
    has_own_words: bool

    @cached_property
    def _encoded(self) -> pa.DictionaryArray:
        return self.cells.dictionary_encode()

    @property
    def filled(self) -> pa.StringArray:
        """The different cells, but for the empty one."""
        return self._encoded.dictionary

    @cached_property
    def cells_by_code(self) -> Cells:
        """The empty cell, and then the different cells."""
        return ("", *self.filled.to_pylist())

    @property
    def different(self) -> Cells:
        """The different cells, with the empty one only where it stands in a row."""
        return self.cells_by_code if self.cells.null_count else self.cells_by_code[1:]

    @cached_property
    def _outside(self) -> WeakKeyDictionary[_Kept, pa.StringArray]:
        # Columns that are sought in each other must not keep each other in memory.
        return WeakKeyDictionary()

    def outside(self, other: _Kept) -> pa.StringArray:
        """Return the different filled cells that do not stand in another column; sought once."""
        if other not in self._outside:
            self._outside[other] = _without(self.filled, other.filled)
        return self._outside[other]

    def at(self, rows: _Numbers) -> Iterator[str]:
        """Return the cells of some rows."""
        return map(self.cells_by_code.__getitem__, self.codes[rows].tolist())

    @cached_property
    def codes(self) -> _Numbers:
        """For each row the place of its cell in `cells_by_code`."""
        codes: _Numbers = self._encoded.indices.cast(pa.int64()).fill_null(-1).to_numpy() + 1
        return codes


class _LazyColumns(Mapping[str, Cells]):
    """The cells of each column as Python's own, made of a column when it is asked for."""

    def __init__(self, kept: Mapping[str, _Kept]) -> None:
        self._kept = kept
        self._made: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self._made:
            self._made[name] = tuple(self._kept[name].cells.fill_null("").to_pylist())
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
