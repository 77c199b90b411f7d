"""Saving from the command line: what is about to change, in words, and what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.change_words import as_text, summary, told_changes
from dashboard.checks import check_folder
from dashboard.cli.asking import NOTHING_SAVED, agrees
from dashboard.cli.printing import fail, working
from dashboard.data_folder import ChangedMeanwhileError, save_changes
from dashboard.dataset import DatasetError
from dashboard.row_changes import RowChange


def today() -> date:
    """Return the day on which the command runs, in UTC."""
    return datetime.now(UTC).date()


def save_told(folder: Path, changes: Sequence[RowChange], *, without_asking: bool) -> None:
    """Say what is about to change, ask, and save; a fault ends the command with its words."""
    tables, _ = check_folder(folder)
    told = told_changes(changes, tables)
    print(as_text(told))
    if not without_asking and not agrees("Save this?", proposal=True):
        fail(NOTHING_SAVED)
    with refusals(folder), working("Saving"):
        save_changes(folder, changes, today(), summary(told))
    print(f"Saved in {folder.name}. `shipments undo` takes it back.")


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """End the command with a sentence where a save is refused or fails."""
    try:
        yield
    except DatasetError as refusal:
        for issue in refusal.issues:
            print(issue, file=sys.stderr)
        fail(f"the data would have these faults, or have them already; {NOTHING_SAVED}")
    except ChangedMeanwhileError as refusal:
        for conflict in refusal.conflicts:
            print(f"now: {', '.join(conflict.found or ('no such row',))}", file=sys.stderr)
        fail(str(refusal))
    except OSError as fault:
        fail(f"{folder} cannot be written: {fault.strerror or fault}; {NOTHING_SAVED}")
