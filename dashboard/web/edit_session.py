"""What one visitor has edited and not saved: kept in the session until it is saved or discarded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.data_folder import tables_to_rewrite
from dashboard.issues import Issue
from dashboard.layout import Cells
from dashboard.row_changes import (
    ROW_CLASSES,
    Conflict,
    Key,
    Tables,
    rows_by_key,
    with_changes,
)
from dashboard.row_edits import Edits, RowName, rows_found
from dashboard.web.grid import REMOVE, GridState, edited_at, rows_in, typed_into
from dashboard.web.state import Fingerprint, data_folder, fingerprint_of

_SESSION = "edit session"
_CLASSES = tuple(ROW_CLASSES.items())
_ROWS, _NEW = "rows", "new rows"


@dataclass
class EditSession:
    """Edits on their way from the grids on screen into the files.

    A grid tells what was typed into it by place, so the rows that it shows stay the same until
    its edits are taken over into `rows` and `new`; then it is drawn anew.

    Attributes:
        base: The tables as they were when the editing began.
        fingerprint: The files from which they were read.
        rows: What was edited before the grids were last drawn anew; see `Edits.rows`.
        new: The rows added before; see `Edits.new`.
        table: The table in the grids.
        words: The words by which its rows were found.
        shown: The keys of the rows in the grid, by place.
        generation: How often the grids were drawn anew.
        seen: What was typed into the grids, as last seen: they forget it on another page.
        conflicts: Changes that did not fit when they were to be saved.
        notice: What was done last, to be said once.
        failure: Why a save failed, to be said until the next one.
    """

    base: Tables
    fingerprint: Fingerprint
    rows: Mapping[RowName, Cells | None] = field(default_factory=dict)
    new: Mapping[str, tuple[Cells, ...]] = field(default_factory=dict)
    table: str = "claims"
    words: str = ""
    shown: tuple[Key, ...] | None = None
    generation: int = 0
    seen: dict[str, GridState] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    notice: str = ""
    failure: str = ""

    @property
    def rows_key(self) -> str:
        """The key of the grid of rows that are there."""
        return f"{_ROWS} {self.generation}"

    @property
    def new_key(self) -> str:
        """The key of the grid of new rows."""
        return f"{_NEW} {self.generation}"

    @property
    def shown_rows(self) -> list[Cells]:
        """The rows of the grid, without what was typed into it since it was drawn."""
        before = self._before
        return [self.rows.get((self.table, key)) or before[key] for key in self.shown or ()]

    @property
    def edits(self) -> Edits:
        """All that was edited, with what was typed into the grids since they were drawn."""
        rows, before, state = dict(self.rows), self._before, self._typed(self.rows_key)
        for place in state.get("edited_rows", {}):
            key = (self.shown or ())[place]
            name, typed = (self.table, key), edited_at(state, place)
            start = rows.get(name, before[key])
            is_removed = typed.get(REMOVE, start is None)
            after = None if is_removed else typed_into(self.table, start or before[key], typed)
            rows[name] = after
            if after == before[key]:
                del rows[name]
        new = rows_in(self.table, self.new.get(self.table, ()), self._typed(self.new_key))
        return Edits(self.base, rows, {**self.new, self.table: new})

    def look_at(self, table: str, words: str) -> None:
        """Put the rows of a table that hold some words into the grids."""
        is_same = (table, words) == (self.table, self.words) and self.shown is not None
        if is_same and all(key in st.session_state for key in self.seen):
            return
        self._take_over(self.edits)
        self.table, self.words = table, words
        rows = self._before
        now = [self.rows.get((table, key)) or cells for key, cells in rows.items()]
        keys = list(rows)
        self.shown = tuple(keys[place] for place in rows_found(now, words))

    def remember_grids(self) -> None:
        """Keep what stands in the grids; to be called after they were drawn."""
        self.seen = {
            key: st.session_state[key]
            for key in (self.rows_key, self.new_key)
            if key in st.session_state
        }

    def discard(self) -> None:
        """Forget all that was edited, and begin with the files as they are now."""
        self._start_from(*_current())

    def apply_to_current_rows(self) -> None:
        """Make the edits to the rows as they are now."""
        tables, fingerprint = _current()
        rebased = self.edits.rebased(tables, self.conflicts)
        self._start_from(tables, fingerprint)
        self.rows, self.new = rebased.rows, rebased.new

    def saved(self, edits: Edits, said: str) -> None:
        """Take note that the edits are saved."""
        changes = edits.changes
        self.base, _ = with_changes(edits.base, changes)
        self.rows, self.new = {}, {}
        if any(change.before is None or change.after is None for change in changes):
            self._draw_anew()
        self.notice = said

    def follow_the_files(self) -> bool:
        """Begin anew where files have changed and nothing is edited; return whether they differ."""
        if fingerprint_of(data_folder()) == self.fingerprint:
            return False
        if self.edits.changes:
            return True
        self._start_from(*_current())
        return False

    @property
    def _before(self) -> dict[Key, Cells]:
        return rows_by_key(self.base[self.table], ROW_CLASSES[self.table])

    def _typed(self, key: str) -> GridState:
        state: GridState = st.session_state.get(key, self.seen.get(key, {}))
        return state

    def _take_over(self, edits: Edits) -> None:
        self.rows = edits.rows
        self.new = {table: rows for table, rows in edits.new.items() if rows}
        self._draw_anew()

    def _start_from(self, tables: Tables, fingerprint: Fingerprint) -> None:
        self.base, self.fingerprint = tables, fingerprint
        self.rows, self.new, self.conflicts, self.failure = {}, {}, (), ""
        self._draw_anew()

    def _draw_anew(self) -> None:
        self.generation += 1
        self.seen, self.shown = {}, None


def edit_session() -> EditSession:
    """Return what this visitor has edited so far."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = EditSession(*_current())
    session: EditSession = st.session_state[_SESSION]
    return session


def current_tables() -> Tables:
    """Return the tables as they are in the files."""
    return _current()[0]


def faults_of_files() -> tuple[Issue, ...]:
    """Return what is wrong with files as such, so that rows in them cannot be edited here."""
    folder = data_folder()
    return _read(folder, fingerprint_of(folder))[1]


def _current() -> tuple[Tables, Fingerprint]:
    folder = data_folder()
    fingerprint = fingerprint_of(folder)
    return _read(folder, fingerprint)[0], fingerprint


@lru_cache(maxsize=4)
def _read(folder: Path, fingerprint: Fingerprint) -> tuple[Tables, tuple[Issue, ...]]:
    """Return the tables of a folder in the state that its fingerprint stands for, and faults."""
    return tables_to_rewrite(folder, ROW_CLASSES)
