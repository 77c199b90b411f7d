"""Changes before they are saved or proposed: what they do, what is wrong, and what others did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pandas as pd
import streamlit as st

from dashboard.change_words import ToldChange, summary, told_changes
from dashboard.columns import names_of
from dashboard.data_folder import (
    ChangedMeanwhileError,
    FolderBusyError,
    last_save,
    save_changes,
    undo_last_save,
)
from dashboard.dataset import DatasetError
from dashboard.patches import patch_of
from dashboard.row_changes import ROW_CLASSES, Conflict, RowChange
from dashboard.row_edits import Edits, RowFault
from dashboard.web.edit_session import EditSession
from dashboard.web.state import data_folder
from dashboard.web.text import plain
from dashboard.words import counted

MOST_CHANGES = 200
"""How many rows one save or one proposal may change: more is not for one person to check."""
_MOST_LISTED = 20
_FAULTY = "background-color: #b3261e; color: #ffffff; font-weight: 600"


def today() -> date:
    """Return the day after which no date may lie."""
    return datetime.now(UTC).date()


# ------------------------------------------------------------------ what changes, what is wrong


def show_review(edits: Edits, faults: Sequence[RowFault]) -> bool:
    """Show what edits do, with every fault at its cell; return whether they may be saved."""
    changes = edits.changes
    if not changes:
        return False
    if len(changes) > MOST_CHANGES:
        st.error(
            f"{len(changes):,} rows are changed, and {MOST_CHANGES} are the most for one time. "
            "Discard some, or take them in parts."
        )
        return False
    if faults:
        _show_faults(faults)
        _show_cells(changes, faults)
        return False
    _show_words(told_changes(changes, edits.tables))
    _show_cells(changes, ())
    return True


def _show_faults(faults: Sequence[RowFault]) -> None:
    lines = [
        f"- {plain(_place(fault))}: {plain(fault.issue.message)}. "
        f"**{plain(_sentence(fault.issue.remedy))}**"
        for fault in faults[:_MOST_LISTED]
    ]
    if len(faults) > _MOST_LISTED:
        lines.append(f"- and {len(faults) - _MOST_LISTED:,} more")
    number = counted(len(faults), "fault", "faults")
    st.error(f"{number} to mend first:\n\n" + "\n".join(lines))


def _place(fault: RowFault) -> str:
    row = " / ".join(part or "(no id yet)" for part in fault.key)
    return ", ".join(part for part in (fault.table, row, fault.issue.column) if part)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def _show_words(told: Sequence[ToldChange]) -> None:
    lines = [f"- {plain(change.head)} {plain(change)}" for change in told[:_MOST_LISTED]]
    if len(told) > _MOST_LISTED:
        lines.append(f"- and {len(told) - _MOST_LISTED:,} more")
    st.info(f"This will be changed: {plain(summary(told))}\n\n" + "\n".join(lines))


def _show_cells(changes: Sequence[RowChange], faults: Sequence[RowFault]) -> None:
    """Show every changed cell as it was and as it will be; faulty ones say so in words."""
    frame = changed_cells(changes, faults).sort_values(
        "Fault", key=lambda words: words == "", kind="stable", ignore_index=True
    )
    is_faulty = frame["Fault"] != ""
    styles = [_FAULTY if faulty else "" for faulty in is_faulty]
    with st.expander("Cell by cell", expanded=bool(is_faulty.any())):
        st.dataframe(
            frame.style.apply(lambda _: styles, subset=["Will be"]),
            hide_index=True,
            column_config={"Fault": st.column_config.TextColumn(width="large")},
            alt="Table of the changed cells: as they were, as they will be, and their faults",
        )


def changed_cells(changes: Sequence[RowChange], faults: Sequence[RowFault]) -> pd.DataFrame:
    """Return one row for each cell that is changed or at fault."""
    words = {
        (fault.table, fault.key, fault.issue.column): f"{fault.issue.message}: {fault.issue.remedy}"
        for fault in faults
    }
    rows = []
    for change in changes:
        at_fault = {
            column for table, key, column in words if (table, key) == (change.table, change.key)
        }
        for column in names_of(ROW_CLASSES[change.table]):
            if column in change.columns or column in at_fault:
                was, will_be = change.cells_before.get(column), change.cells_after.get(column)
                fault = words.get((change.table, change.key, column), "")
                rows.append((change.table, " / ".join(change.key), column, was, will_be, fault))
    names = ["Table", "Row", "Column", "Was", "Will be", "Fault"]
    return pd.DataFrame(rows, columns=names).fillna("")


# ------------------------------------------------------------------ saving


def save_buttons(session: EditSession, edits: Edits, *, may_be_saved: bool) -> None:
    """Offer to save what was edited in the tables, and to discard it."""
    with st.container(horizontal=True):
        if st.button("Save", type="primary", disabled=not may_be_saved, icon=":material/save:"):
            said = save(session, edits)
            if said:
                session.saved(edits, said)
            st.rerun()
        discard_button(session, edits)


def discard_button(session: EditSession, edits: Edits) -> None:
    """Offer to forget what was edited in the tables."""
    if st.button("Discard my changes", disabled=not edits.changes):
        session.discard()
        st.rerun()


def save(session: EditSession, edits: Edits) -> str:
    """Save edits and return what was done; nothing where that failed, and the session knows why."""
    said = said_of(told_changes(edits.changes, edits.tables))
    session.failure, session.conflicts = _failure_of(
        lambda: save_changes(data_folder(), edits.changes, today(), said)
    )
    return "" if session.failure else f"Saved. {said}"


def said_of(told: Sequence[ToldChange]) -> str:
    """Return what changes do, short enough for one line."""
    if len(told) > 1:
        return summary(told)
    return "".join(f"{change.head} {change}." for change in told)


def _failure_of(action: Callable[[], object]) -> tuple[str, tuple[Conflict, ...]]:
    """Do something to the files; return why it failed, if it did, and the rows in the way."""
    try:
        action()
    except ChangedMeanwhileError as fault:
        rows = counted(len(fault.conflicts), "row", "rows")
        words = f"Somebody else has changed {rows} since. Nothing was saved, and nothing is lost."
        return words, fault.conflicts
    except DatasetError as fault:
        listed = "; ".join(str(issue) for issue in fault.issues[:_MOST_LISTED])
        return f"Nothing was saved: with it the files would have faults. {listed}", ()
    except FolderBusyError:
        return "Nothing was saved: another program is saving. Wait a moment and save again.", ()
    except OSError as fault:
        words = fault.strerror or "the disk refused"
        return (
            f"Nothing was saved: the data folder cannot be written ({words}). Your changes are "
            "kept here. Make the folder writable, then save again.",
            (),
        )
    return "", ()


def show_outcome(session: EditSession) -> None:
    """Say what was done last, and why a save failed."""
    if session.notice:
        st.success(plain(session.notice))
        session.notice = ""
    if session.failure and not session.conflicts:
        st.warning(plain(session.failure))


# ------------------------------------------------------------------ two editors at once


def show_conflicts(session: EditSession) -> None:
    """Show what somebody else has changed meanwhile, beside the own change, and what to do."""
    st.warning(plain(session.failure))
    st.dataframe(
        conflicting_cells(session.conflicts),
        hide_index=True,
        alt="Table of the cells that somebody else changed: before, theirs and yours",
    )
    with st.container(horizontal=True):
        if st.button("Apply my changes to the current rows", type="primary"):
            session.apply_to_current_rows()
            session.notice = "Your changes now stand on the current rows. Look at them, then save."
            st.rerun()
        discard_button(session, session.edits)


def conflicting_cells(conflicts: Sequence[Conflict]) -> pd.DataFrame:
    """Return one row for each cell that somebody else or the reader changed."""
    rows = []
    for conflict in conflicts:
        wanted = conflict.wanted
        theirs = dict(zip(names_of(ROW_CLASSES[wanted.table]), conflict.found or (), strict=False))
        for column in names_of(ROW_CLASSES[wanted.table]):
            was, yours = wanted.cells_before.get(column), wanted.cells_after.get(column)
            if not was == yours == theirs.get(column):
                cells = (was, theirs.get(column), yours)
                shown = ("(no row)" if cell is None else cell for cell in cells)
                rows.append((wanted.table, " / ".join(wanted.key), column, *shown))
    return pd.DataFrame(rows, columns=["Table", "Row", "Column", "Was", "Now, by others", "Yours"])


# ------------------------------------------------------------------ undo


def show_last_save(session: EditSession) -> None:
    """Say what the last save did, and offer to undo it."""
    last = last_save(data_folder())
    if last is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Undo the last save", icon=":material/undo:"):
            session.failure, _ = _failure_of(lambda: undo_last_save(data_folder()))
            session.notice = "" if session.failure else f"Undone: {last.said}"
            st.rerun()
        st.caption(plain(f"Last save: {last.said}"))


# ------------------------------------------------------------------ proposing


def patch_button(edits: Edits, version: str, *, may_be_proposed: bool) -> None:
    """Offer edits as a patch; nothing is written on the server."""
    patch = ""
    if may_be_proposed:
        told = told_changes(edits.changes, edits.tables)
        about = [f"Proposed change to data {version}", *map(str, told), *_HOW_TO_APPLY]
        try:
            patch = patch_of(edits.base, edits.tables, about)
        except ValueError as fault:
            st.error(plain(f"This is too much for one proposal: {fault}."))
    st.download_button(
        "Download the proposed change",
        data=patch.encode("utf-8"),
        file_name=f"proposed-change-{today():%Y%m%d}.patch",
        mime="text/x-diff",
        on_click="ignore",
        type="primary",
        disabled=not patch,
        icon=":material/download:",
    )


_HOW_TO_APPLY = ("To apply it: git apply FILE, then make generated and make check.",)
