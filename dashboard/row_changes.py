"""Rows that were added, revised or removed between two states of the tables.

One and the same value serves the safe save, its undo, the differences that a reviewer reads, the
changelog of a release and the feed of changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.columns import names_of
from dashboard.layout import Cells
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, Row
from dashboard.tables import file_of, sort_key

Key = tuple[str, ...]
Tables = Mapping[str, RawTable]
ROW_CLASSES: Mapping[str, type[Row]] = {row.table: row for row in TABLES}


@dataclass(frozen=True)
class RowChange:
    """One row as it was and as it is.

    Attributes:
        table: Name of the table, e.g. "claims".
        key: The cells that name the row, in the order of the row class's key.
        before: All cells, in the order of the row class's columns; None for a row that is added.
        after: All cells likewise; None for a row that is removed.
    """

    table: str
    key: Key
    before: Cells | None
    after: Cells | None

    @property
    def cells_before(self) -> dict[str, str]:
        """The cells as they were, by column; empty for a row that is added."""
        return _named(self.table, self.before)

    @property
    def cells_after(self) -> dict[str, str]:
        """The cells as they are, by column; empty for a row that is removed."""
        return _named(self.table, self.after)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose cells differ."""
        before, after = self.cells_before, self.cells_after
        names = names_of(ROW_CLASSES[self.table])
        return tuple(name for name in names if before.get(name, "") != after.get(name, ""))

    @property
    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True)
class Conflict:
    """A change that no longer fits: the row is not as it was when the change was made.

    Attributes:
        wanted: The change.
        found: All cells of the row as it is now; None where there is none.
    """

    wanted: RowChange
    found: Cells | None

    @property
    def rebased(self) -> RowChange:
        """The same change made to the row as it is now; only the cells that it meant to change.

        A row that is gone is added again, whole.
        """
        wanted, now = self.wanted, _named(self.wanted.table, self.found)
        if wanted.after is None or wanted.before is None or self.found is None:
            return replace(wanted, before=self.found)
        after = now | {name: wanted.cells_after[name] for name in wanted.columns}
        return replace(wanted, before=self.found, after=tuple(after.values()))


def added(table: str, cells: Mapping[str, str]) -> RowChange:
    """Return the change that adds a row; columns that are not given are empty.

    Raises:
        KeyError: A column is not of this table.
    """
    names = names_of(ROW_CLASSES[table])
    unknown = set(cells) - set(names)
    if unknown:
        raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    row = tuple(cells.get(name, "") for name in names)
    return RowChange(table, key_of(table, row), None, row)


def revised(table: str, before: Cells, **cells: str) -> RowChange:
    """Return the change that puts other values into some cells of a row.

    Raises:
        ValueError: A cell of the key would change: ids are never changed, nor used again.
    """
    after = tuple((_named(table, before) | cells).values())
    if key_of(table, after) != key_of(table, before):
        raise ValueError(f"{table}: {', '.join(ROW_CLASSES[table].key)} may not change")
    return RowChange(table, key_of(table, before), before, after)


def key_of(table: str, row: Cells) -> Key:
    """Return the cells that name a row."""
    names = names_of(ROW_CLASSES[table])
    return tuple(row[names.index(name)] for name in ROW_CLASSES[table].key)


def rows_by_key(table: RawTable, row_class: type[Row]) -> dict[Key, Cells]:
    """Return the rows of a table by key; a column that its file lacks is empty."""
    names = names_of(row_class)
    places = [table.header.index(name) if name in table.header else None for name in names]
    rows = (tuple("" if place is None else row[place] for place in places) for row in table.rows)
    return {key_of(row_class.table, row): row for row in rows}


def row_changes(before: Tables, after: Tables) -> tuple[RowChange, ...]:
    """Return what must be done to one state of the tables to get another, by table and key.

    A table that one side lacks has no rows there. A column that the earlier state lacks altogether
    is taken as equal, so that a new column does not mark every row as revised.
    """
    changes: list[RowChange] = []
    for row_class in TABLES:
        old, new = (
            rows_by_key(tables[row_class.table], row_class) if row_class.table in tables else {}
            for tables in (before, after)
        )
        lacking = _columns_lacking(before.get(row_class.table), row_class)
        for key in sorted(old.keys() | new.keys()):
            was, now = old.get(key), new.get(key)
            if was and now and lacking:
                was = tuple(
                    now[place] if place in lacking else cell for place, cell in enumerate(was)
                )
            if was != now:
                changes.append(RowChange(row_class.table, key, was, now))
    return tuple(changes)


def _columns_lacking(table: RawTable | None, row_class: type[Row]) -> frozenset[int]:
    if table is None or not table.header:
        return frozenset()
    names = enumerate(names_of(row_class))
    return frozenset(place for place, name in names if name not in table.header)


def with_changes(
    tables: Tables, changes: Iterable[RowChange]
) -> tuple[dict[str, RawTable], tuple[Conflict, ...]]:
    """Return the tables with changes made, sorted, and the changes that do not fit.

    A change fits when its row is as it was when the change was made, or already as it should be.
    """
    by_table: dict[str, dict[Key, Cells]] = {}
    conflicts: list[Conflict] = []
    for change in changes:
        name = change.table
        if name not in by_table:
            by_table[name] = rows_by_key(tables[name], ROW_CLASSES[name])
        found = by_table[name].get(change.key)
        if found not in (change.before, change.after):
            conflicts.append(Conflict(change, found))
        elif change.after is None:
            by_table[name].pop(change.key, None)
        else:
            by_table[name][change.key] = change.after
    changed = {name: sorted_table(name, rows.values()) for name, rows in by_table.items()}
    return dict(tables) | changed, tuple(conflicts)


def sorted_table(name: str, rows: Iterable[Cells]) -> RawTable:
    """Return rows as the table that a canonical file of them would give."""
    row_class = ROW_CLASSES[name]
    ordered = tuple(sorted(rows, key=sort_key(row_class)))
    lines = tuple(range(2, len(ordered) + 2))
    return RawTable(file_of(row_class), names_of(row_class), ordered, lines)


def _named(table: str, cells: Cells | None) -> dict[str, Any]:
    return dict(zip(names_of(ROW_CLASSES[table]), cells, strict=True)) if cells else {}
