"""Rows that were edited and not saved: what changes, what is wrong, what others did meanwhile."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from dashboard.checks import check_folder, check_tables
from dashboard.dataset import SHIPPED_DATA
from dashboard.layout import Cells
from dashboard.patches import LARGEST, patch_of
from dashboard.row_changes import ROW_CLASSES, added, revised, rows_by_key, with_changes
from dashboard.row_edits import Edits, may_be_removed, rows_found
from dashboard.tables import file_of, read_table
from tests import build
from tests.build import write_good_folder

TODAY = date(2026, 11, 24)
SEOUL = ("rok-mnd-20240226-containers",)


@pytest.fixture
def base(tmp_path: Path):
    return tables_of(write_good_folder(tmp_path))


def tables_of(folder: Path):
    return {name: read_table(folder / file_of(row), row)[0] for name, row in ROW_CLASSES.items()}


def row(tables, table: str = "claims", key=SEOUL) -> Cells:
    return rows_by_key(tables[table], ROW_CLASSES[table])[key]


def edited(base, key=SEOUL, **cells: str) -> Edits:
    after = revised("claims", row(base, key=key), **cells).after
    return Edits(base, {("claims", key): after})


def faults(edits: Edits):
    return [(one.table, one.key, one.issue.column) for one in edits.faults(TODAY)]


# ------------------------------------------------------------------ what changes


def test_an_edited_row_is_a_revision_and_nothing_else(base):
    [change] = edited(base, note="Said at a briefing.").changes
    assert (change.key, change.columns) == (SEOUL, ("note",))


def test_a_row_edited_back_is_no_change(base):
    edits = Edits(base, {("claims", SEOUL): row(base)})
    assert edits.changes == ()
    assert edits.tables == base


def test_a_row_taken_out_and_one_added_are_changes_too(base):
    link = ("rok-dia-20240827-containers", "kbs-20240226")
    new = build.cells("claim_sources", claim_id=SEOUL[0], source_id="voa-20240223")
    edits = Edits(base, {("claim_sources", link): None}, {"claim_sources": (new,)})
    removed, put_in = edits.changes
    assert (removed.after, put_in.before) == (None, None)
    rows = edits.tables["claim_sources"].rows
    assert new in rows
    assert link not in {one[:2] for one in rows}
    assert faults(edits) == []


def test_claims_may_not_be_removed_and_links_may():
    assert not may_be_removed("claims")
    assert may_be_removed("claim_sources")


# ------------------------------------------------------------------ what is wrong


def test_a_fault_is_told_at_its_row_and_column(base):
    assert faults(edited(base, low="6,700")) == [("claims", SEOUL, "low")]


def test_a_fault_of_a_row_that_moves_is_told_at_that_row(base):
    edits = edited(base, stated_on="2026-12-31", period_end="")
    assert faults(edits) == [("claims", SEOUL, "stated_on")]


def test_an_id_used_twice_is_a_fault_of_the_new_row_and_loses_none(base):
    edits = Edits(base, {}, {"claims": (build.claim(*SEOUL),)})
    assert ("claims", SEOUL, "claim_id") in faults(edits)
    assert len(edits.tables["claims"].rows) == len(base["claims"].rows) + 1


def test_a_new_row_without_an_id_is_a_fault_and_no_crash(base):
    edits = Edits(base, {}, {"claims": (("",) * len(row(base)),)})
    assert ("claims", ("",), "claim_id") in faults(edits)


def test_sound_edits_have_no_fault(base):
    assert faults(edited(base, low="7000", high="7000")) == [
        ("conversions", ("rok-mnd-rounds",), "factor")
    ]
    assert faults(edited(base, note="Said at a briefing.")) == []


# ------------------------------------------------------------------ two editors at once


def conflict_with(base, edits, *theirs):
    """Return the tables after another's changes, and the conflicts of the edits with them."""
    now, _ = with_changes(base, theirs)
    return now, with_changes(now, edits.changes)[1]


def test_edits_are_made_again_to_the_row_as_it_is_now(base):
    edits = edited(base, note="Mine.")
    now, conflicts = conflict_with(base, edits, revised("claims", row(base), method="unknown"))
    again = edits.rebased(now, conflicts)
    [change] = again.changes
    assert (change.cells_after["note"], change.cells_after["method"]) == ("Mine.", "unknown")
    assert change.columns == ("note",)
    assert with_changes(now, again.changes)[1] == ()


def test_edits_of_rows_that_nobody_else_touched_stay(base):
    other = ("us-20240223-containers",)
    both = Edits(base, {**edited(base, note="A").rows, **edited(base, other, note="B").rows})
    now, conflicts = conflict_with(base, both, revised("claims", row(base), method="unknown"))
    again = both.rebased(now, conflicts)
    assert {change.key: change.cells_after["note"] for change in again.changes} == {
        SEOUL: "A",
        other: "B",
    }


def test_a_row_that_another_has_removed_is_added_again_whole(base):
    link = ("rok-dia-20240827-containers", "kbs-20240226")
    before = row(base, "claim_sources", link)
    mine = revised("claim_sources", before, role="copy")
    edits = Edits(base, {("claim_sources", link): mine.after})
    removal = added("claim_sources", mine.cells_before).inverse
    now, conflicts = conflict_with(base, edits, removal)
    again = edits.rebased(now, conflicts)
    [change] = again.changes
    assert (change.before, change.after) == (None, mine.after)
    assert faults(again) == []


def test_a_new_row_whose_id_another_took_never_replaces_theirs(base):
    mine, theirs = (
        dict(zip(build.names_of(ROW_CLASSES["publishers"]), cells, strict=True))
        for cells in (
            build.cells("publishers", publisher="tass", name="TASS"),
            build.cells("publishers", publisher="tass", name="Tass agency"),
        )
    )
    edits = Edits(base, {}, {"publishers": (tuple(mine.values()),)})
    now, conflicts = conflict_with(base, edits, added("publishers", theirs))
    assert len(conflicts) == 1
    again = edits.rebased(now, conflicts)
    assert faults(again) == [("publishers", ("tass",), "publisher")]
    assert tuple(theirs.values()) in again.tables["publishers"].rows


# ------------------------------------------------------------------ finding rows


def test_rows_are_found_by_all_words_whatever_their_case():
    rows = [("a", "Seoul, six"), ("b", "seoul"), ("c", "six")]
    assert rows_found(rows, "SEOUL six") == (0,)
    assert rows_found(rows, "") == (0, 1, 2)


# ------------------------------------------------------------------ as a patch

TRICKY = 'He said "6,700", then \u2028 more — ‘so’.'


def repository(folder: Path) -> Path:
    shutil.copytree(SHIPPED_DATA, folder / "data", ignore=shutil.ignore_patterns(".*"))
    git(folder, "init", "--quiet")
    git(folder, "add", "data")
    return folder


def git(folder: Path, *words: str, given: str = "") -> None:
    done = subprocess.run(
        ["git", *words], cwd=folder, input=given.encode("utf-8"), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_git_applies_a_patch_and_gives_the_intended_tables(tmp_path):
    folder = repository(tmp_path)
    base = tables_of(folder / "data")
    link = next(iter(rows_by_key(base["claim_places"], ROW_CLASSES["claim_places"])))
    edits = Edits(
        base,
        {
            **edited(base, note=TRICKY, stated_on="2024-02-27").rows,
            ("claim_places", link): None,
        },
        {"publishers": (build.cells("publishers", publisher="aaa-new", name="A “new”, one"),)},
    )
    patch = patch_of(base, edits.tables, ["What it does", "--- a/hostile\n+++ line"])
    git(folder, "apply", "--check", given=patch)
    git(folder, "apply", given=patch)
    assert tables_of(folder / "data") == edits.tables
    assert check_folder(folder / "data", TODAY)[1] == check_tables(edits.tables, TODAY) == ()


def test_a_patch_begins_with_what_it_does(base):
    edits = edited(base, note="Mine.")
    patch = patch_of(base, edits.tables, ["Revised a claim"])
    assert patch.startswith("# Revised a claim\n\ndiff --git a/data/claims.csv b/data/claims.csv\n")


def test_without_a_change_there_is_no_patch(base):
    assert patch_of(base, base, ["nothing"]) == ""


def test_a_patch_that_is_too_large_is_refused(base):
    edits = Edits(
        base,
        {**edited(base, note="x" * 30_000).rows},
        {
            "claims": tuple(
                build.claim(f"rok-mnd-20240226-n{number}", note="y" * 30_000)
                for number in range(LARGEST // 30_000)
            )
        },
    )
    with pytest.raises(ValueError, match="are the most"):
        patch_of(base, edits.tables, [])
