"""Rows as somebody has edited them and not yet saved: what changes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dashboard.checks import check_tables
from dashboard.issues import Issue
from dashboard.layout import Cells
from dashboard.row_changes import (
    ROW_CLASSES,
    Conflict,
    Key,
    RowChange,
    Tables,
    key_of,
    rows_by_key,
    sorted_table,
)
from dashboard.schema import Claim
from dashboard.tables import file_of

RowName = tuple[str, Key]
"""A row by the name of its table and its key."""
_TABLE_OF_FILE = {file_of(row_class): name for name, row_class in ROW_CLASSES.items()}


@dataclass(frozen=True)
class RowFault:
    """A fault at a row, or at a whole file where there is no row.

    Attributes:
        table: Name of the table.
        key: The cells that name the row; none where the fault is of the whole file.
        issue: What is wrong, in which column, and what to do.
    """

    table: str
    key: Key
    issue: Issue


@dataclass(frozen=True)
class Edits:
    """What was edited in tables and is not saved yet.

    Attributes:
        base: The tables as they were when the editing began.
        rows: The cells of rows that were there, by table and key; None for a row to be removed.
        new: The rows to be added, by table.
    """

    base: Tables
    rows: Mapping[RowName, Cells | None] = field(default_factory=dict)
    new: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)

    @cached_property
    def changes(self) -> tuple[RowChange, ...]:
        """The changes to be saved, by table in the order of the data model."""
        changes = []
        for table in ROW_CLASSES:
            names = [name for name in self.rows if name[0] == table]
            before = rows_by_key(self.base[table], ROW_CLASSES[table]) if names else {}
            changes += [
                RowChange(table, name[1], before.get(name[1]), self.rows[name])
                for name in sorted(names)
                if before.get(name[1]) != self.rows[name]
            ]
            changes += [
                RowChange(table, key_of(table, row), None, row) for row in self.new.get(table, ())
            ]
        return tuple(changes)

    @cached_property
    def tables(self) -> Tables:
        """The tables as they would be; an id that is given twice stands in them twice."""
        changed: dict[str, list[Cells]] = {}
        for table in {change.table for change in self.changes}:
            rows = dict(rows_by_key(self.base[table], ROW_CLASSES[table]))
            for (name, key), cells in self.rows.items():
                if name == table and cells is None:
                    rows.pop(key, None)
                elif name == table and cells is not None:
                    rows[key] = cells
            changed[table] = [*rows.values(), *self.new.get(table, ())]
        return dict(self.base) | {name: sorted_table(name, rows) for name, rows in changed.items()}

    def faults(self, today: date | None) -> tuple[RowFault, ...]:
        """Return all that would be wrong after saving, each fault at its row.

        Args:
            today: Dates later than this day are faults; None leaves that check out.
        """
        tables = self.tables
        return tuple(_at_its_row(issue, tables) for issue in check_tables(tables, today))

    def rebased(self, now: Tables, conflicts: Iterable[Conflict]) -> Edits:
        """Return the same edits made to the tables as they are now.

        Of a row that somebody else changed meanwhile only the cells meant to be changed are
        changed. A row to be added stays one: where its id is taken by now, that is a fault to see.
        """
        wanted = {(one.wanted.table, one.wanted.key): one for one in conflicts}
        rows: dict[RowName, Cells | None] = {}
        new: dict[str, list[Cells]] = {table: list(rows) for table, rows in self.new.items()}
        for change in self.changes:
            name = (change.table, change.key)
            if change.before is None:
                continue
            conflict = wanted.get(name)
            after = conflict.rebased.after if conflict else change.after
            if conflict and conflict.found is None and after is not None:
                new.setdefault(change.table, []).append(after)
            elif not (conflict and conflict.found is None):
                rows[name] = after
        return Edits(now, rows, {table: tuple(rows) for table, rows in new.items() if rows})


def may_be_removed(table: str) -> bool:
    """Return False for claims: people have cited them, so they are withdrawn with a reason."""
    return table != Claim.table


def rows_found(rows: Sequence[Cells], words: str) -> tuple[int, ...]:
    """Return the places of the rows that hold every word in some cell, whatever their case."""
    wanted = words.casefold().split()
    texts = ("\n".join(row).casefold() for row in rows)
    return tuple(place for place, text in enumerate(texts) if all(word in text for word in wanted))


def _at_its_row(issue: Issue, tables: Tables) -> RowFault:
    name = _TABLE_OF_FILE.get(issue.file, "")
    table = tables.get(name)
    if table is None or issue.line not in table.lines:
        return RowFault(name, (), issue)
    return RowFault(name, key_of(name, table.rows[table.lines.index(issue.line)]), issue)
