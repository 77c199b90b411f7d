"""Saving the data folder: whole, by one at a time, and so that it can be undone."""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from datetime import date
from itertools import count
from pathlib import Path
from types import ModuleType
from unittest import mock

import pytest

from dashboard.checks import check_folder
from dashboard.data_folder import (
    DECIDED,
    ChangedMeanwhileError,
    FolderBusyError,
    finish_interrupted_save,
    last_save,
    locked,
    save_changes,
    undo_last_save,
)
from dashboard.dataset import DatasetError
from dashboard.describe import write_descriptions
from dashboard.row_changes import added, revised, row_changes, rows_by_key
from dashboard.schema import Claim, Claimant, ClaimSource, Source
from dashboard.tables import file_of, read_table
from tests import build
from tests.build import change_cell, write_good_folder

TODAY = date(2026, 11, 24)
SEOUL = ("rok-mnd-20240226-containers",)
WRITERS, EDITS_OF_EACH = 4, 60
KILLS = 200
# Forked from a server that has everything imported: a child starts within milliseconds.
CHILDREN = multiprocessing.get_context("forkserver")
CHILDREN.set_forkserver_preload(["tests.test_data_folder"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_good_folder(tmp_path)


def child(target, *args):
    """Return a process that runs a function of this file."""
    # Tests of pages leave a main module behind that no child can import.
    with mock.patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process = CHILDREN.Process(target=target, args=args)
        process.start()
    return process


def rows(folder: Path, row_class):
    return rows_by_key(read_table(folder / file_of(row_class), row_class)[0], row_class)


def note(folder: Path, text: str, key=SEOUL):
    return revised("claims", rows(folder, Claim)[key], note=text)


def new_claim(number: int):
    """Return a document, a claim in it and the link of both: three tables in one save."""
    claim_id, source_id = f"rok-mnd-20240226-note{number}", f"document-{number}"
    return (
        added("sources", _named("sources", build.source(source_id))),
        added("claims", _named("claims", build.claim(claim_id))),
        added("claim_sources", {"claim_id": claim_id, "source_id": source_id, "role": "first"}),
    )


def _named(table, cells):
    return dict(zip(build.names_of(build.ROW_CLASSES[table]), cells, strict=True))


def faults(folder: Path):
    return [str(issue) for issue in check_folder(folder, TODAY)[1]]


# ------------------------------------------------------------------ one save


def test_a_save_changes_its_row_and_nothing_else(folder):
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    save_changes(folder, [note(folder, "Said at a briefing.")], TODAY)
    assert rows(folder, Claim)[SEOUL][-1] == "Said at a briefing."
    changed = {name for name, data in before.items() if (folder / name).read_bytes() != data}
    assert changed == {"claims.csv"}
    assert faults(folder) == []


def test_a_claim_its_document_and_their_link_are_saved_in_one_step(folder):
    save_changes(folder, new_claim(1), TODAY)
    assert ("rok-mnd-20240226-note1", "document-1") in rows(folder, ClaimSource)
    assert faults(folder) == []


def test_a_save_that_would_leave_faults_is_refused_with_them(folder):
    document, _, _ = new_claim(1)
    before = (folder / "sources.csv").read_bytes()
    with pytest.raises(DatasetError, match="document-1' backs nothing"):
        save_changes(folder, [document], TODAY)
    assert (folder / "sources.csv").read_bytes() == before


def test_a_save_may_mend_a_fault_that_is_there(folder):
    change_cell(folder, "claims", 3, "note", "=1+1")
    save_changes(folder, [note(folder, "A sum.")], TODAY)
    assert faults(folder) == []


def test_a_table_that_cannot_be_written_again_without_loss_is_not(folder):
    path = folder / "claims.csv"
    path.write_bytes(path.read_bytes() + b'one,"two\n')
    before = path.read_bytes()
    with pytest.raises(DatasetError, match=r"claims\.csv:8"):
        save_changes(folder, new_claim(1), TODAY)
    assert path.read_bytes() == before


def test_of_two_rows_with_one_id_none_is_lost(folder):
    path = folder / "sources.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[-1].replace(b"containers", b"crates")]))
    before = path.read_bytes()
    with pytest.raises(DatasetError, match="already the id of line"):
        save_changes(folder, new_claim(1), TODAY)
    assert path.read_bytes() == before


def test_the_data_dictionary_is_brought_up_to_date_by_the_save(folder):
    write_descriptions(folder, TODAY)
    save_changes(folder, new_claim(1), TODAY)
    saved = (folder / "README.md").read_text(encoding="utf-8")
    write_descriptions(folder, TODAY)
    assert saved == (folder / "README.md").read_text(encoding="utf-8")


def test_a_claim_that_is_stated_in_the_future_is_refused(folder):
    with pytest.raises(DatasetError, match="later than today"):
        save_changes(folder, new_claim(1), date(2024, 2, 25))


# ------------------------------------------------------------------ two at once


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(folder):
    first, second = note(folder, "First."), note(folder, "Second.")
    save_changes(folder, [first], TODAY)
    with pytest.raises(ChangedMeanwhileError, match="claims rok-mnd-20240226-containers") as told:
        save_changes(folder, [second], TODAY)
    [conflict] = told.value.conflicts
    assert conflict.found == first.after
    assert rows(folder, Claim)[SEOUL] == first.after


def test_the_second_edit_can_be_made_again_to_the_row_as_it_is_now(folder):
    row = rows(folder, Claim)[SEOUL]
    second = revised("claims", row, note="Second.")
    save_changes(folder, [revised("claims", row, confidence="low")], TODAY)
    with pytest.raises(ChangedMeanwhileError) as told:
        save_changes(folder, [second], TODAY)
    save_changes(folder, [conflict.rebased for conflict in told.value.conflicts], TODAY)
    saved = dict(zip(build.names_of(Claim), rows(folder, Claim)[SEOUL], strict=True))
    assert (saved["note"], saved["confidence"]) == ("Second.", "low")


def test_two_editors_of_different_rows_both_save(folder):
    first, second = note(folder, "First."), note(folder, "Other.", ("us-202409-missiles",))
    save_changes(folder, [first], TODAY)
    save_changes(folder, [second], TODAY)
    assert rows(folder, Claim)[SEOUL][-1] == "First."
    assert rows(folder, Claim)[("us-202409-missiles",)][-1] == "Other."


def test_a_row_that_another_has_added_is_not_written_over(folder):
    save_changes(folder, new_claim(1), TODAY)
    document, claim, link = new_claim(1)
    other = added("claims", claim.cells_after | {"paraphrase": "Something else."})
    with pytest.raises(ChangedMeanwhileError):
        save_changes(folder, [document, other, link], TODAY)


def test_a_writer_that_waits_too_long_is_told_to_try_again(folder, monkeypatch):
    monkeypatch.setattr("dashboard.data_folder._SECONDS_TO_WAIT", 0.05)
    holder = child(_hold, folder)
    try:
        _wait_for(folder / "held")
        with pytest.raises(FolderBusyError, match="try again"):
            save_changes(folder, [note(folder, "Now.")], TODAY)
    finally:
        holder.kill()
        holder.join()


def _hold(folder: Path) -> None:
    with locked(folder):
        (folder / "held").touch()
        time.sleep(60)


def _wait_for(path: Path) -> None:
    for _ in range(1000):
        if path.exists():
            return
        time.sleep(0.01)
    pytest.fail(f"{path.name} never came")


@pytest.mark.slow
def test_four_writers_make_240_edits_and_all_are_kept(folder):
    writers = [child(_write_many, folder, n) for n in range(WRITERS)]
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    written = {key for key in rows(folder, Claim) if "note" in key[0]}
    assert len(written) == WRITERS * EDITS_OF_EACH
    assert len(json.loads(rows(folder, Claim)[SEOUL][-1])) == WRITERS * EDITS_OF_EACH
    assert faults(folder) == []


def _write_many(folder: Path, writer: int) -> None:
    """Add claims of one's own, and enter each in one cell that all writers change."""
    for edit in range(EDITS_OF_EACH):
        number = writer * EDITS_OF_EACH + edit
        while True:
            entry = rows(folder, Claim)[SEOUL][-1]
            entries = json.dumps([*json.loads(entry or "[]"), number])
            try:
                save_changes(folder, [*new_claim(number), note(folder, entries)], TODAY)
                break
            except ChangedMeanwhileError:
                continue


# ------------------------------------------------------------------ killed while saving


@pytest.mark.slow
def test_a_writer_that_is_killed_200_times_never_leaves_a_broken_file(folder):
    sequence = random.Random(20240226)
    in_the_midst = 0
    for number in range(KILLS):
        before = {row: rows(folder, row).keys() for row in (Source, Claim, ClaimSource)}
        receiving, sending = CHILDREN.Pipe(duplex=False)
        writer = child(_save_for_ever, folder, number, sending)
        seconds_of_a_save = receiving.recv()
        time.sleep(sequence.uniform(0, 2) * seconds_of_a_save)
        writer.kill()
        writer.join()
        assert writer.exitcode == -signal.SIGKILL
        in_the_midst += any(path.is_dir() for path in folder.iterdir())
        with locked(folder):
            assert faults(folder) == []
        assert all(rows(folder, row).keys() >= before[row] for row in before)
        assert len({len(rows(folder, row)) - len(before[row]) for row in before}) == 1
    left = {path.name for path in folder.iterdir() if not path.name.endswith(".csv")}
    assert left <= {".lock", ".last-save.json"}
    assert in_the_midst > 0


def _save_for_ever(folder: Path, writer: int, sending) -> None:
    """Save one claim after the other, and tell how long the first took."""
    for number in count(1000 * writer):
        started = time.perf_counter()
        save_changes(folder, new_claim(number), TODAY)
        if number == 1000 * writer:
            sending.send(time.perf_counter() - started)


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_save_that_was_decided_is_finished_by_the_next(folder, monkeypatch, written):
    replace, moved = os.replace, []

    def dies_after_some(old, new):
        if Path(old).parent.name == DECIDED:
            if len(moved) == written:
                raise KeyboardInterrupt
            moved.append(new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", dies_after_some)
    with pytest.raises(KeyboardInterrupt):
        save_changes(folder, new_claim(1), TODAY)
    monkeypatch.undo()
    assert (folder / DECIDED).is_dir()
    assert finish_interrupted_save(folder)
    assert ("rok-mnd-20240226-note1",) in rows(folder, Claim)
    assert faults(folder) == []


def test_a_save_that_was_not_decided_never_was(folder, monkeypatch):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        save_changes(folder, new_claim(1), TODAY)
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}
    assert after == before


# ------------------------------------------------------------------ undo


def test_the_last_save_can_be_undone_and_the_undoing_too(folder):
    before = rows(folder, Claim)
    save_changes(folder, new_claim(1), TODAY, "One claim added.")
    after = rows(folder, Claim)
    undone = undo_last_save(folder)
    assert undone.said == "One claim added."
    assert rows(folder, Claim) == before
    assert last_save(folder).said == "Undone: One claim added."
    undo_last_save(folder)
    assert rows(folder, Claim) == after


def test_where_nothing_was_saved_there_is_nothing_to_undo(folder):
    assert undo_last_save(folder) is None


def test_a_row_that_was_changed_since_is_not_undone(folder):
    save_changes(folder, [note(folder, "First.")], TODAY)
    change_cell(folder, "claims", 3, "note", "By hand.")
    with pytest.raises(ChangedMeanwhileError):
        undo_last_save(folder)
    assert rows(folder, Claim)[SEOUL][-1] == "By hand."


# ------------------------------------------------------------------ what changed


def test_the_changes_between_two_states_lead_from_one_to_the_other(folder):
    tables, _ = check_folder(folder)
    save_changes(folder, [*new_claim(1), note(folder, "Now.")], TODAY)
    changes = row_changes(tables, check_folder(folder)[0])
    assert [(change.table, change.before is None) for change in changes] == [
        ("claims", False),
        ("claims", True),
        ("sources", True),
        ("claim_sources", True),
    ]
    assert changes[0].columns == ("note",)


def test_a_column_that_is_new_does_not_mark_every_row_as_revised(folder):
    tables, _ = check_folder(folder)
    path = folder / "claims.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "\n".join(line.rsplit(",", 1)[0] for line in text.splitlines()) + "\n", encoding="utf-8"
    )
    assert "note" not in read_table(path, Claim)[0].header
    older = tables | {"claims": read_table(path, Claim)[0]}
    assert row_changes(older, tables) == ()


def test_an_id_is_never_changed(folder):
    row = rows(folder, Claimant)[("rok",)]
    with pytest.raises(ValueError, match="claimant may not change"):
        revised("claimants", row, claimant="korea")


def test_a_column_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="claims has no column titel"):
        added("claims", {"titel": "x"})
