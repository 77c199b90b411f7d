"""Every check of the data folder, in one run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from dashboard import confirmation, faults, references, rules
from dashboard.cells import cell_issues
from dashboard.issues import Issue, issue_at
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES
from dashboard.sheets import Sheets, sheet_of
from dashboard.tables import file_of, read_table

_CHECKS = (
    rules.check_keys,
    rules.check_bounds,
    rules.check_units,
    rules.check_denials,
    rules.check_conversions,
    rules.check_series,
    rules.check_claimants_of_series,
    rules.check_periods,
    rules.check_pairs,
    rules.check_numbers,
    confirmation.check_confirmed,
    references.check_references,
    references.check_links_to_itself,
    references.check_circles,
    references.check_documents_of_claims,
    references.check_use_of_sources,
    references.check_legs_of_routes,
)


def check_folder(
    folder: Path, today: date | None = None
) -> tuple[dict[str, RawTable], tuple[Issue, ...]]:
    """Return the tables of a folder by name, and all that is wrong with them, by file and line.

    Never raises, whatever the files hold.

    Args:
        folder: A folder with one CSV file for each table.
        today: Dates later than this day are faults; None leaves that check out.
    """
    if not folder.is_dir():
        return {}, (issue_at(folder.name, 0, faults.missing_folder()),)
    read = {row.table: read_table(folder / file_of(row), row) for row in TABLES}
    tables = {name: table for name, (table, _) in read.items()}
    layout_issues = [issue for _, issues in read.values() for issue in issues]
    return tables, tuple(sorted([*layout_issues, *check_tables(tables, today)]))


def check_tables(tables: Mapping[str, RawTable], today: date | None = None) -> tuple[Issue, ...]:
    """Return all that is wrong with what the tables say, by file and line.

    Args:
        tables: Every table by name, as read.
        today: Dates later than this day are faults; None leaves that check out.
    """
    by_cell = {row.table: cell_issues(tables, row) for row in TABLES}
    sheets: Sheets = {name: sheet_of(tables[name], issues) for name, issues in by_cell.items()}
    issues = [issue for found in by_cell.values() for issue in found]
    issues += [issue for check in _CHECKS for issue in check(sheets)]
    issues += rules.check_future(sheets, today) if today else ()
    return tuple(sorted([*issues, *_order_issues(sheets, issues)]))


def _order_issues(sheets: Sheets, issues: list[Issue]) -> list[Issue]:
    faulty_lines: dict[str, set[int]] = {}
    for issue in issues:
        faulty_lines.setdefault(issue.file, set()).add(issue.line)
    found: list[Issue] = []
    for row in TABLES:
        table = sheets[row.table].table
        lines = faulty_lines.get(table.file, set()) | table.told
        found += rules.order_issues(table, row, lines)
    return found
