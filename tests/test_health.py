"""How healthy the data are: counts of what they hold and of their weak spots."""

from datetime import date

import pytest

from dashboard.health import (
    coverage_by_claimant,
    coverage_by_year,
    restatements,
    share_with_two_documents,
    table_counts,
    weak_spot,
    weak_spots,
)
from dashboard.schema import TABLES
from tests.build import claim, dataset_of_claims, good_dataset, said, source

SPOTS = {
    "undated": 3,
    "date-not-recorded": 0,
    "title-not-seen": 0,
    "title-rebuilt": 0,
    "not-archived": 4,
    "link-not-tried": 4,
    "link-dead": 0,
    "one-document": 5,
    "no-dated-document": 2,
    "no-figure": 1,
    "month-only": 1,
    "not-graded": 6,
    "low-confidence": 0,
}


def test_every_table_is_counted():
    counts = table_counts(good_dataset()).set_index("Table")["Rows"]
    assert list(counts.index) == [row.table for row in TABLES]
    assert (counts["claims"], counts["sources"], counts["legs"]) == (6, 5, 2)


def test_every_table_says_what_a_row_is():
    assert table_counts(good_dataset())["What a row is"].str.endswith(".").all()


def test_weak_spots_are_counted():
    assert {one.spot: len(one.ids) for one in weak_spots(good_dataset())} == SPOTS


def test_a_weak_spot_names_its_rows():
    assert weak_spot(good_dataset(), "no-figure").ids == ("dprk-20240301-denial",)
    assert weak_spot(good_dataset(), "month-only").ids == ("us-202409-missiles",)
    assert weak_spot(good_dataset(), "no such spot") is None


def test_a_share_is_in_percent():
    assert weak_spot(good_dataset(), "no-figure").share == pytest.approx(16.67, abs=0.01)
    assert share_with_two_documents(good_dataset()) == pytest.approx(16.67, abs=0.01)


def test_titles_that_were_not_seen_are_told_from_rebuilt_ones():
    dataset = dataset_of_claims(
        [claim("a")],
        sources=[
            source("x", title="", title_basis="not-seen"),
            source("y", title_basis="address"),
            source("z", title_basis="address"),
        ],
    )
    assert weak_spot(dataset, "title-not-seen").ids == ("x",)
    assert weak_spot(dataset, "title-rebuilt").ids == ("y", "z")


def test_a_dead_link_is_one_that_is_gone_or_does_not_answer():
    statuses = ("ok", "moved", "gone", "blocked", "unreachable")
    dataset = dataset_of_claims(
        [claim("a")],
        sources=[
            source(status, url_status=status, url_checked_on="2026-11-20") for status in statuses
        ],
    )
    assert weak_spot(dataset, "link-dead").ids == ("gone", "unreachable")
    assert weak_spot(dataset, "link-not-tried").ids == ()


def test_withdrawn_claims_are_not_weak():
    gone = {"withdrawn_on": "2026-11-24", "withdrawn_reason": "Misread."}
    dataset = dataset_of_claims([claim("a"), claim("b", **gone)])
    assert weak_spot(dataset, "not-graded").ids == ("a",)


def test_a_count_is_overdue_when_it_was_not_restated_for_six_months():
    dataset = dataset_of_claims(
        [
            claim("a", series="rok-containers", stated_on="2024-02-26"),
            claim("b", series="rok-containers", stated_on="2024-08-27"),
            claim("c", series="rok-shells", stated_on="2024-08"),
            claim("d", stated_on="2020-01-01"),
        ]
    )
    [first, last] = restatements(dataset, date(2025, 2, 28)).to_dict("records")
    assert (first["Claim"], first["Claims"], first["Overdue"]) == ("b", 2, True)
    assert (last["Claim"], last["Last restated"], last["Overdue"]) == ("c", "2024-08", False)


def test_coverage_counts_the_claims_of_each_body():
    table = coverage_by_claimant(good_dataset()).set_index("Who")
    assert table.loc["rok-mnd"].tolist() == [2, 0, 0, "2024-02-26", "2024-02-26"]
    assert table.loc["rok-dia"].tolist() == [1, 1, 0, "2024-08-27", "2024-08-27"]


def test_coverage_counts_claims_by_item_and_year():
    dataset = dataset_of_claims(
        [
            claim("a", stated_on="2023-11", **said("about", 1)),
            claim("b", stated_on="2024-01-05"),
            claim("c", stated_on="2024"),
            claim("d", stated_on="2024-02-01", item="troops"),
        ]
    )
    table = coverage_by_year(dataset).set_index("Item")
    assert list(table.columns) == ["2023", "2024", "Total"]
    assert table.loc["Containers of arms"].tolist() == [1, 2, 3]
    assert table.loc["Soldiers"].tolist() == [0, 1, 1]
