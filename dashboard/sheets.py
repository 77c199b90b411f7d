"""Tables whose cells were judged: their rows without the cells that are at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from dashboard.columns import columns_of
from dashboard.issues import Fault, Issue, issue_at
from dashboard.layout import Cells
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, ForeignKey, Row

Misfit = tuple[str, str, Fault]
"""Column, cell and fault of a row whose cells do not go together."""


@dataclass(frozen=True)
class Sheet:
    """A table with the places of the faults found so far.

    Attributes:
        table: The table as text.
        faulty: For each column, the lines whose cell is at fault.
    """

    table: RawTable
    faulty: Mapping[str, frozenset[int]]

    def rows(self, *names: str) -> Iterator[tuple[int, Cells]]:
        """Return line and cells of each row whose cells in these columns are all sound."""
        if not all(name in self.table.columns for name in names):
            return iter(())
        cells = zip(*(self.table.columns[name] for name in names), strict=True)
        rows = zip(self.table.lines, cells, strict=True)
        spoilt = self._spoilt(*names)
        return (row for row in rows if row[0] not in spoilt) if spoilt else rows

    def cells(self, *names: str) -> Iterator[Cells]:
        """Return the cells of each row whose cells in these columns are all sound."""
        return map(itemgetter(1), self.rows(*names))

    def different(self, *names: str) -> set[Cells]:
        """Return the different cells of the rows whose cells in these columns are all sound."""
        if self._has_only_sound(*names):
            return self.table.different(*names)
        return set(self.cells(*names))

    def is_unique(self, *names: str) -> bool:
        """Return whether no two rows with sound cells in these columns have the same there."""
        if self._has_only_sound(*names):
            return self.table.is_unique(*names)
        cells = list(self.cells(*names))
        return len(set(cells)) == len(cells)

    def has_twins(self, name: str, other: str) -> bool:
        """Return whether some row has the same filled cell in two columns."""
        is_whole = name in self.table.columns and other in self.table.columns
        return is_whole and self.table.has_twins(name, other)

    def _has_only_sound(self, *names: str) -> bool:
        is_whole = all(name in self.table.columns for name in names)
        return is_whole and not self._spoilt(*names)

    def _spoilt(self, *names: str) -> frozenset[int]:
        """Return the lines on which a cell of these columns is at fault."""
        return self.table.told.union(*(self.faulty.get(name, ()) for name in names))

    def misfits(self, judge: Callable[..., Misfit | None], *names: str) -> Iterator[Issue]:
        """Yield an issue for each row whose cells do not go together.

        Args:
            judge: Says of the cells what does not fit, or None; asked once for equal cells.
            names: The columns whose cells it is given.
        """
        found = {cells: judge(*cells) for cells in self.different(*names)}
        if not any(found.values()):
            return
        for line, cells in self.rows(*names):
            misfit = found[cells]
            if misfit:
                column, value, fault = misfit
                yield self.issue(line, fault, column, value)

    def lookup(self, key: str, *names: str) -> dict[str, Cells]:
        """Return the cells of the named columns by key, of sound rows."""
        return {cells[0]: cells[1:] for cells in self.cells(key, *names)}

    def issue(self, line: int, fault: Fault, column: str, value: str) -> Issue:
        """Return the fault as an issue of this table."""
        return issue_at(self.table.file, line, fault, column, value)


Sheets = Mapping[str, Sheet]


def sheet_of(table: RawTable, issues: Iterable[Issue]) -> Sheet:
    """Return a table with the places of the faults of its cells."""
    faulty: dict[str, set[int]] = {}
    for issue in issues:
        faulty.setdefault(issue.column, set()).add(issue.line)
    return Sheet(table, {column: frozenset(lines) for column, lines in faulty.items()})


def references() -> Iterator[tuple[type[Row], str, ForeignKey]]:
    """Yield each column that holds ids of a table, with the table that it points to."""
    for row_class in TABLES:
        for column in columns_of(row_class):
            if column.reference:
                yield row_class, column.name, column.reference
