"""How healthy the data are: counts of what they hold and of their weak spots."""

import pytest

from dashboard.health import coverage_by_year, table_counts, weak_spots
from dashboard.schema import TABLES
from tests.build import claim, dataset_of_claims, good_dataset, said, source

SPOTS = {
    "Documents without a publication date": (3, 5),
    "Documents whose title was not seen": (0, 5),
    "Documents with a title rebuilt from the address": (0, 5),
    "Documents without an archived copy": (4, 5),
    "Documents whose link was never tried": (4, 5),
    "Claims found in one document only": (5, 6),
    "Claims without a figure": (1, 6),
    "Claims dated only to a month or year": (1, 6),
    "Claims never graded": (6, 6),
}


def test_every_table_is_counted():
    counts = table_counts(good_dataset()).set_index("Table")["Rows"]
    assert list(counts.index) == [row.table for row in TABLES]
    assert (counts["claims"], counts["sources"], counts["legs"]) == (6, 5, 2)


def test_every_table_says_what_a_row_is():
    assert table_counts(good_dataset())["What a row is"].str.endswith(".").all()


def test_weak_spots_are_counted():
    rows = weak_spots(good_dataset())
    found = {row["Weak spot"]: (row["Count"], row["Of"]) for _, row in rows.iterrows()}
    assert {name: found[name] for name in SPOTS} == SPOTS


def test_a_share_is_in_percent():
    rows = weak_spots(good_dataset()).set_index("Weak spot")
    assert rows.loc["Claims without a figure", "Share"] == pytest.approx(16.7)


def test_titles_that_were_not_seen_are_told_from_rebuilt_ones():
    dataset = dataset_of_claims(
        [claim("a")],
        sources=[
            source("x", title="", title_basis="not-seen"),
            source("y", title_basis="address"),
            source("z", title_basis="address"),
        ],
    )
    counts = weak_spots(dataset).set_index("Weak spot")["Count"]
    assert counts["Documents whose title was not seen"] == 1
    assert counts["Documents with a title rebuilt from the address"] == 2


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
    assert list(table.columns) == ["2023", "2024"]
    assert table.loc["Containers of arms"].tolist() == [1, 2]
    assert table.loc["Soldiers"].tolist() == [0, 1]
