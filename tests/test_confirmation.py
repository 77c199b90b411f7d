"""Grade 1 means confirmed by an independent origin, and the check counts the origins."""

from pathlib import Path

from dashboard.checks import check_folder
from dashboard.issues import Issue
from tests.build import cells, change_cell, good_tables, write_good_folder

GRADE_OF_US_CLAIM = ("claims", 2, "credibility", "1")


def issues_in(folder: Path) -> tuple[Issue, ...]:
    return check_folder(folder)[1]


def folder_with_link(tmp_path: Path, claim_id: str, other_claim_id: str) -> Path:
    link = cells(
        "claim_links", claim_id=claim_id, relation="corroborates", other_claim_id=other_claim_id
    )
    links = sorted([*good_tables()["claim_links"], link])
    return write_good_folder(tmp_path, claim_links=links)


def test_a_single_claim_cannot_be_graded_confirmed(tmp_path):
    change_cell(write_good_folder(tmp_path), *GRADE_OF_US_CLAIM)
    (issue,) = issues_in(tmp_path)
    assert (issue.file, issue.line, issue.column, issue.value) == (
        *("claims.csv", 2, "credibility"),
        "1",
    )
    assert "there is 1 in all" in issue.message


def test_a_body_that_shares_intelligence_confirms_nothing(tmp_path):
    folder = folder_with_link(tmp_path, "rok-mnd-20240226-containers", "us-20240223-containers")
    change_cell(folder, *GRADE_OF_US_CLAIM)
    assert [issue.column for issue in issues_in(folder)] == ["credibility"]


def test_an_independent_body_confirms(tmp_path):
    folder = folder_with_link(tmp_path, "dprk-20240301-denial", "us-20240223-containers")
    change_cell(folder, *GRADE_OF_US_CLAIM)
    assert issues_in(folder) == ()


def test_bodies_that_belong_to_each_other_do_not_stop_the_check(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, *GRADE_OF_US_CLAIM)
    change_cell(folder, "claimants", 3, "part_of", "rok-dia")
    change_cell(folder, "claimants", 4, "part_of", "rok-dia")
    assert issues_in(folder)
