"""The editor of the data: for whoever maintains it, or for a reader who proposes a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.dataset import Dataset
from dashboard.row_changes import ROW_CLASSES, Key
from dashboard.row_edits import Edits, RowFault, may_be_removed
from dashboard.web.claim_form import claim_form, clear_form
from dashboard.web.edit_session import EditSession, current_tables, edit_session, faults_of_files
from dashboard.web.editing_rights import Rights, current_rights, is_logged_in
from dashboard.web.grid import REMOVE, STATE, column_settings, rows_frame
from dashboard.web.review import (
    discard_button,
    patch_button,
    save,
    save_buttons,
    show_conflicts,
    show_last_save,
    show_outcome,
    show_review,
    today,
)
from dashboard.web.state import full_dataset, show_issues
from dashboard.web.text import plain

_VIEWS = ("Add a claim", "Edit tables")


def maintenance(dataset: Dataset) -> None:
    """Show the editor to whoever may edit; a reader may propose a change."""
    rights = current_rights()
    if rights is Rights.EDIT:
        _maintain()
    else:
        _propose(dataset)
    if rights is Rights.LOG_IN and st.button("Log in to maintain the data"):
        st.login()
    if is_logged_in() and st.button("Log out"):
        st.logout()


def _maintain() -> None:
    with st.container(border=True):
        st.header("Maintain", anchor=False)
        st.caption(
            "Every change is checked before it is saved. Readers see it with their next click."
        )
        session = edit_session()
        _views(partial(_add_a_claim, session), partial(_edit_tables, session))
        show_outcome(session)
        show_last_save(session)


def _propose(dataset: Dataset) -> None:
    expander = st.expander("Propose a change", key="propose", on_change="rerun")
    if not expander.open:
        return
    with expander:
        st.caption(
            "Add a claim or edit a table here, and download your change as a patch. Nothing is "
            "saved on this site: send the file to the maintainers, who review it."
        )
        _views(partial(_propose_a_claim, dataset), partial(_propose_edits, dataset))


def _views(show_claim: Callable[[], None], show_tables: Callable[[], None]) -> None:
    """Show the form or the tables, if the files as such are sound."""
    if not _files_are_sound():
        return
    for view, show in zip(
        st.tabs(_VIEWS, key="editor", on_change="rerun"), (show_claim, show_tables), strict=True
    ):
        if view.open:
            with view:
                show()


def _add_a_claim(session: EditSession) -> None:
    edits = claim_form(full_dataset(), current_tables())
    may_be_saved = edits is not None and show_review(edits, edits.faults(today()))
    if st.button("Save the claim", type="primary", disabled=not may_be_saved) and edits:
        said = save(session, edits)
        if said:
            session.notice = said
            clear_form()
        session.conflicts = ()
        st.rerun()


def _propose_a_claim(dataset: Dataset) -> None:
    edits = claim_form(full_dataset(), current_tables())
    if edits:
        may_be_proposed = show_review(edits, edits.faults(today()))
        patch_button(edits, dataset.label, may_be_proposed=may_be_proposed)


def _propose_edits(dataset: Dataset) -> None:
    session = edit_session()
    edits, faults = _edited(session)
    may_be_proposed = show_review(edits, faults)
    with st.container(horizontal=True):
        patch_button(edits, dataset.label, may_be_proposed=may_be_proposed)
        discard_button(session, edits)


def _edit_tables(session: EditSession) -> None:
    edits, faults = _edited(session)
    if session.conflicts:
        show_conflicts(session)
    else:
        save_buttons(session, edits, may_be_saved=show_review(edits, faults))


def _files_are_sound() -> bool:
    issues = faults_of_files()
    if issues:
        show_issues(issues)
        st.caption("Mend these files by hand first; then they can be edited here.")
    return not issues


# ------------------------------------------------------------------ the table


def _edited(session: EditSession) -> tuple[Edits, tuple[RowFault, ...]]:
    """Show a table to edit, and return all that is edited so far, with what is wrong with it."""
    if session.follow_the_files():
        st.info(
            "The files have changed since you began. Your changes are kept; saving them tells you "
            "if somebody has changed the same row."
        )
    left, right = st.columns([2, 3])
    table = left.selectbox(
        "Table",
        list(ROW_CLASSES),
        index=list(ROW_CLASSES).index(session.table),
        format_func=lambda name: f"{ROW_CLASSES[name].heading} ({name}.csv)",
        key="edited table",
    )
    words = right.text_input(
        "Find rows", value=session.words, key="rows to edit", placeholder="words in any cell"
    )
    session.look_at(table, words)
    edits = session.edits
    faults = edits.faults(today()) if edits.changes else ()
    _rows_grid(session, edits, faults)
    _new_rows_grid(session)
    session.remember_grids()
    return edits, faults


def _rows_grid(session: EditSession, edits: Edits, faults: Sequence[RowFault]) -> None:
    table, rows = session.table, session.shown_rows
    frame = rows_frame(table, rows)
    frame.insert(0, STATE, pd.Series(_states(session, edits, faults), dtype="string"))
    settings = column_settings(table, session.base, may_change_ids=False)
    settings[STATE] = st.column_config.TextColumn(disabled=True, pinned=True, width=110)
    if may_be_removed(table):
        is_removed = [session.rows.get((table, key), key) is None for key in session.shown or ()]
        frame[REMOVE] = pd.Series(is_removed, dtype="bool")
    st.caption(_advice(table, len(rows), len(session.base[table].rows)))
    st.data_editor(
        frame,
        key=session.rows_key,
        hide_index=True,
        num_rows="fixed",
        column_config=settings,
        placeholder="",
        alt=f"Rows of {table}.csv, to edit",
    )


def _advice(table: str, shown: int, there_are: int) -> str:
    number = f"{there_are:,} rows" if shown == there_are else f"{shown:,} of {there_are:,} rows"
    removal = (
        f"To take a row out, tick “{REMOVE}” in the last column."
        if may_be_removed(table)
        else "Claims are never removed: withdraw one in withdrawn\\_on and withdrawn\\_reason."
    )
    return f"{number}. Click a cell and type. Ids stay as they are. {removal}"


def _states(session: EditSession, edits: Edits, faults: Sequence[RowFault]) -> list[str]:
    """Return a word for each row of the grid: nothing, or what is done to it and its faults."""
    changes = {change.key: change for change in edits.changes if change.table == session.table}
    faulty: dict[Key, list[str]] = {}
    for fault in faults:
        if fault.table == session.table:
            faulty.setdefault(fault.key, []).append(fault.issue.column)
    states = []
    for key in session.shown or ():
        change = changes.get(key)
        done = "" if change is None else "removed" if change.after is None else "changed"
        states.append(f"fault: {', '.join(faulty[key])}" if key in faulty else done)
    return states


def _new_rows_grid(session: EditSession) -> None:
    table = session.table
    st.caption(f"New rows of {plain(table)}\\.csv: type into the empty line.")
    st.data_editor(
        rows_frame(table, session.new.get(table, ())),
        key=session.new_key,
        hide_index=True,
        num_rows="dynamic",
        column_config=column_settings(table, session.base, may_change_ids=True),
        placeholder="",
        alt=f"New rows of {table}.csv",
    )
