"""Tables whose cells were judged: rows by column, without the cells that are at fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.columns import columns_of
from dashboard.issues import Fault, Issue, issue_at
from dashboard.schema import TABLES, ForeignKey, Row
from dashboard.tables import Cells, RawTable


@dataclass(frozen=True)
class Sheet:
    """A table by column, with the places of the faults found so far.

    Attributes:
        table: The table as text.
        columns: The cells of each column found.
        faulty: For each column, the lines whose cell is at fault.
    """

    table: RawTable
    columns: Mapping[str, Cells]
    faulty: Mapping[str, frozenset[int]]

    def rows(self, *names: str) -> Iterator[tuple[int, Cells]]:
        """Yield line and cells of each row whose cells in these columns are all sound."""
        if not all(name in self.columns for name in names):
            return
        spoilt = self.table.told.union(*(self.faulty.get(name, ()) for name in names))
        cells = zip(*(self.columns[name] for name in names), strict=True)
        for line, row in zip(self.table.lines, cells, strict=True):
            if line not in spoilt:
                yield line, row

    def lookup(self, key: str, *names: str) -> dict[str, Cells]:
        """Return the cells of the named columns by key, of sound rows."""
        return {cells[0]: cells[1:] for _, cells in self.rows(key, *names)}

    def issue(self, line: int, fault: Fault, column: str, value: str) -> Issue:
        """Return the fault as an issue of this table."""
        return issue_at(self.table.file, line, fault, column, value)


Sheets = Mapping[str, Sheet]


def sheet_of(table: RawTable, issues: Iterable[Issue]) -> Sheet:
    """Return a table by column; `issues` are those of its cells."""
    faulty: dict[str, set[int]] = {}
    for issue in issues:
        faulty.setdefault(issue.column, set()).add(issue.line)
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    return Sheet(
        table,
        dict(zip(table.header, cells, strict=True)),
        {column: frozenset(lines) for column, lines in faulty.items()},
    )


def references() -> Iterator[tuple[type[Row], str, ForeignKey]]:
    """Yield each column that holds ids of a table, with the table that it points to."""
    for row_class in TABLES:
        for column in columns_of(row_class):
            if column.reference:
                yield row_class, column.name, column.reference
