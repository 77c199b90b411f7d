"""The data folder as one thing that is saved whole, by one writer at a time, and can be undone.

A save locks the folder, makes its changes to the rows as they stand now, checks all tables, and
only then writes. New files are put together in a folder of their own beside the old ones; giving
that folder its final name is the one step that decides. A writer that dies before it has changed
nothing; what a writer that dies after it left to do is done by whoever comes next.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.checks import check_tables
from dashboard.dataset import DatasetError, data_version
from dashboard.describe import DICTIONARY_FILE, data_dictionary
from dashboard.faults import RUN_FORMAT
from dashboard.issues import Issue
from dashboard.raw_table import RawTable
from dashboard.row_changes import (
    ROW_CLASSES,
    Conflict,
    RowChange,
    Tables,
    rows_by_key,
    with_changes,
)
from dashboard.schema import TABLES
from dashboard.tables import file_of, read_table, table_text
from dashboard.whole_file import write_whole

LAST_SAVE = ".last-save.json"
LOCK = ".lock"
DECIDED = ".saving"
_BEGUN = ".begun-"
_SECONDS_TO_WAIT = 30.0


class ChangedMeanwhileError(ValueError):
    """Rows are not as they were when the changes were made; nothing was saved.

    Attributes:
        conflicts: The changes that do not fit, each with the row as it is now.
    """

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        rows = ", ".join(
            f"{conflict.wanted.table} {' / '.join(conflict.wanted.key)}" for conflict in conflicts
        )
        super().__init__(f"somebody else has changed {rows} meanwhile; nothing was saved")
        self.conflicts = tuple(conflicts)


class FolderBusyError(OSError):
    """Another writer holds the folder for longer than one waits."""


@dataclass(frozen=True)
class LastSave:
    """The last save of a folder.

    Attributes:
        said: What it did, in words.
        changes: Its changes.
    """

    said: str
    changes: tuple[RowChange, ...]


def save_changes(
    folder: Path, changes: Sequence[RowChange], today: date | None, said: str = ""
) -> None:
    """Make changes to the rows of a data folder, all of them or none.

    Args:
        folder: The data folder.
        changes: What to change; rows that others have changed meanwhile are left alone.
        today: Dates later than this day are faults; None leaves that check out.
        said: What the changes do, in words, for whoever may undo them.

    Raises:
        ChangedMeanwhileError: A row is not as it was; with the rows as they are now.
        DatasetError: The folder has faults, or would have with these changes.
        FolderBusyError: Another writer holds the folder.
        OSError: A file cannot be written.
    """
    with locked(folder):
        tables, hindrances = tables_to_rewrite(folder, {change.table for change in changes})
        if hindrances:
            raise DatasetError(hindrances)
        new, conflicts = with_changes(tables, changes)
        if conflicts:
            raise ChangedMeanwhileError(conflicts)
        issues = check_tables(new, today)
        if issues:
            raise DatasetError(issues)
        _write(folder, new, changes, said)


def tables_to_rewrite(
    folder: Path, names: Collection[str]
) -> tuple[dict[str, RawTable], tuple[Issue, ...]]:
    """Return the tables of a folder, and why some of them cannot be written again without loss.

    Faults of single cells are no hindrance: changes may be there to mend them.

    Args:
        folder: The data folder.
        names: The tables that are to be written again.
    """
    read = {row.table: read_table(folder / file_of(row), row) for row in TABLES}
    tables = {name: table for name, (table, _) in read.items()}
    hindrances = [issue for _, issues in read.values() for issue in issues]
    hindrances = [issue for issue in hindrances if issue.remedy != RUN_FORMAT]
    if any(
        len(rows_by_key(tables[name], ROW_CLASSES[name])) < len(tables[name].rows) for name in names
    ):
        hindrances += check_tables(tables)
    return tables, tuple(sorted(set(hindrances)))


def undo_last_save(folder: Path) -> LastSave | None:
    """Take the last save of a folder back and return it; None where there is none to take back.

    Undoing an undo makes the save again. What others saved since is left as it is.

    Raises:
        ChangedMeanwhileError: A row of that save has been changed since.
        DatasetError: The folder would have faults without that save.
        OSError: A file cannot be read or written.
    """
    last = last_save(folder)
    if last is None:
        return None
    save_changes(
        folder, tuple(change.inverse for change in last.changes), None, f"Undone: {last.said}"
    )
    return last


def last_save(folder: Path) -> LastSave | None:
    """Return the last save of a folder; None where none is recorded."""
    try:
        record = json.loads((folder / LAST_SAVE).read_text(encoding="utf-8"))
        changes = tuple(_change_of(entry) for entry in record["changes"])
        return LastSave(str(record["said"]), changes)
    except (FileNotFoundError, ValueError, LookupError, TypeError):
        return None


# ------------------------------------------------------------------ one writer at a time


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a data folder alone; a save that was decided and not finished is finished first.

    Raises:
        FolderBusyError: Another writer holds it for half a minute.
        OSError: The folder cannot be written to.
    """
    try:
        with FileLock(folder / LOCK, timeout=_SECONDS_TO_WAIT):
            _finish(folder)
            yield
    except Timeout as fault:
        raise FolderBusyError(f"another program is saving in {folder.name}: try again") from fault


def finish_interrupted_save(folder: Path) -> bool:
    """Finish a save whose writer died, and return whether the folder is now whole.

    It is not while a writer is at work in it, or where this process may not write. One that
    cannot be looked into is taken as whole: reading it tells what is wrong.
    """
    try:
        is_decided = (folder / DECIDED).is_dir()
    except OSError:
        return True
    if not is_decided:
        return True
    try:
        with FileLock(folder / LOCK, timeout=0):
            _finish(folder)
    except (Timeout, OSError):
        return False
    return True


def _finish(folder: Path) -> None:
    for begun in folder.glob(f"{_BEGUN}*"):
        shutil.rmtree(begun, ignore_errors=True)
    decided = folder / DECIDED
    if not decided.is_dir():
        return
    for path in sorted(decided.iterdir()):
        os.replace(path, folder / path.name)
    _sync(folder)
    decided.rmdir()


def _write(folder: Path, tables: Tables, changes: Sequence[RowChange], said: str) -> None:
    """Write the tables that changed, with a record of the changes, as one step."""
    begun = folder / f"{_BEGUN}{os.getpid()}"
    begun.mkdir()
    try:
        for name in {change.table for change in changes}:
            row_class = ROW_CLASSES[name]
            text = table_text(tables[name].rows, row_class)
            path = folder / file_of(row_class)
            write_whole(begun / path.name, text.encode("utf-8"))
            os.chmod(begun / path.name, path.stat().st_mode & 0o777)
        if (folder / DICTIONARY_FILE).is_file():
            dictionary = data_dictionary(tables, data_version(folder))
            write_whole(begun / DICTIONARY_FILE, dictionary.encode("utf-8"))
        record = {"said": said, "changes": [asdict(change) for change in changes]}
        write_whole(begun / LAST_SAVE, json.dumps(record, ensure_ascii=False).encode("utf-8"))
        _sync(begun)
        os.rename(begun, folder / DECIDED)
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        raise
    _sync(folder)
    _finish(folder)


def _sync(folder: Path) -> None:
    """Ask the system to write the names in a folder to disk, where it can be asked."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _change_of(entry: dict[str, object]) -> RowChange:
    """Return a change from its JSON."""
    cells = {
        name: None if entry[name] is None else tuple(str(cell) for cell in entry[name])  # type: ignore[attr-defined]
        for name in ("key", "before", "after")
    }
    return RowChange(str(entry["table"]), cells["key"] or (), cells["before"], cells["after"])
