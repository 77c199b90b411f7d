"""Published trip totals side by side, and dated sightings on a time axis."""

import pandas as pd
import pytest

from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from tests.build import cells, claim, dataset_of_claims, good_dataset, said, source


def trips(claim_id: str, figure: int, **given: str):
    """Return a count of voyages from August 2023 on."""
    plain = {"item": "voyages", "unit": "trips", "period_start": "2023-08"}
    return claim(claim_id, **(plain | said("about", figure) | given))


def totals(*rows):
    return trip_totals_chart(dataset_of_claims(list(rows)), "light")


# ------------------------------------------------------------------ trip totals


def test_a_total_is_drawn_over_the_period_that_it_counts():
    [bar] = totals(trips("a", 25, period_end="2024-02-10")).figure.data
    assert [pd.Timestamp(x) for x in bar.x] == [pd.Timestamp(2023, 8, 1), pd.Timestamp(2024, 2, 10)]


def test_a_total_without_an_end_runs_to_its_statement():
    [bar] = totals(trips("a", 25, stated_on="2024-02-28")).figure.data
    assert pd.Timestamp(bar.x[1]) == pd.Timestamp(2024, 2, 28)


def test_a_total_without_a_start_has_no_bar():
    assert totals(trips("a", 25, period_start="")).claim_ids == ()


@pytest.mark.parametrize(("figure", "drawn"), [(3, ()), (4, ("a",))])
def test_a_count_of_a_few_trips_is_no_total(figure, drawn):
    assert totals(trips("a", figure)).claim_ids == drawn


@pytest.mark.parametrize("other", [{"measure": "stock"}, {"item": "ships", "unit": "ships"}])
def test_only_counts_of_voyages_are_drawn(other):
    assert totals(trips("a", 25), trips("b", 30, **other)).claim_ids == ("a",)


def test_totals_come_by_the_end_of_their_period():
    chart = totals(trips("a", 64, period_end="2025-03"), trips("b", 25, period_end="2024-02"))
    assert chart.claim_ids == ("b", "a")


def test_every_bar_says_its_figure_and_leads_to_its_claim():
    [bar] = totals(trips("a", 25, **said("at-least", 25))).figure.data
    assert bar.text[1].strip() == "at least 25"
    assert [list(leads_to) for leads_to in bar.customdata] == [["claim", "a"]] * 2


def test_counts_by_one_body_in_one_month_keep_a_row_each():
    bars = totals(trips("a", 25), trips("b", 30), trips("c", 35)).figure.data
    assert len({bar.y[0] for bar in bars}) == 3


def test_the_title_gives_the_span_of_the_counts():
    title = totals(trips("a", 25), trips("b", 64)).title
    assert title.startswith("Counts of voyages run from 25 to 64")


def test_the_alt_text_gives_the_largest_first():
    alt = totals(trips("a", 25), trips("b", 64)).alt
    assert alt.startswith("2 counts of voyages")
    assert alt.index("about 64") < alt.index("about 25")


def test_no_count_of_voyages_is_said_to_be_none():
    chart = trip_totals_chart(good_dataset(), "light")
    assert chart.title == "No count of voyages in the data"
    assert (len(chart.figure.data), len(chart.table), len(chart.sources)) == (0, 0, 0)


def test_the_table_has_a_row_for_each_bar():
    chart = totals(trips("a", 25), trips("b", 64))
    assert sorted(chart.table["Claim"]) == sorted(chart.claim_ids)


# ------------------------------------------------------------------ sightings


def test_every_sighting_has_a_mark_at_its_last_day():
    chart = sightings_chart(good_dataset(), "light")
    [marks] = [trace for trace in chart.figure.data if trace.mode == "markers"]
    assert [pd.Timestamp(x) for x in marks.x] == [
        pd.Timestamp(2023, 9, 12),
        pd.Timestamp(2023, 12, 31),
    ]


def test_a_sighting_over_a_period_has_a_bar():
    chart = sightings_chart(good_dataset(), "light")
    [bar] = [trace for trace in chart.figure.data if trace.mode == "lines"]
    assert [pd.Timestamp(x) for x in bar.x] == [
        pd.Timestamp(2023, 10, 1),
        pd.Timestamp(2023, 12, 31),
    ]


def test_sightings_are_counted_in_words():
    chart = sightings_chart(good_dataset(), "light")
    assert chart.title == "2 dated sightings of 1 vessel or group"
    assert "most are of Angara (2)" in chart.alt


def test_the_table_names_vessel_and_places():
    row = sightings_chart(good_dataset(), "light").table.iloc[1]
    assert (row["Vessel"], row["Coming from"], row["At or bound for"]) == (
        "Angara",
        "rajin-port",
        "dunai-port",
    )


def test_sightings_rest_on_their_documents():
    sources = sightings_chart(good_dataset(), "light").sources
    assert list(sources["source_id"]) == ["voa-20240223"]


def test_the_most_seen_vessel_stands_on_top():
    dataset = good_dataset(
        sightings=[
            cells(
                "sightings",
                sighting_id=f"y-{number}",
                vessel_id=vessel,
                observed_from="2023-09-12",
                observed_to="2023-09-12",
            )
            for number, vessel in enumerate(["v-train", "v-angara", "v-train"])
        ],
        sighting_sources=[],
    )
    order = sightings_chart(dataset, "light").figure.layout.yaxis.categoryarray
    assert list(order) == ["Angara", "A train"]


# ------------------------------------------------------------------ when a sighting was known


def known_on(observed_to: str, *published_on: str) -> str:
    """Return the day on which a sighting could be known, from documents of these dates."""
    sources = [source(f"s-{number}", published_on=day) for number, day in enumerate(published_on)]
    seen = {"observed_from": observed_to, "observed_to": observed_to}
    dataset = good_dataset(
        sources=sources,
        sightings=[cells("sightings", sighting_id="y-001", **seen)],
        sighting_sources=[
            cells("sighting_sources", sighting_id="y-001", source_id=row[0]) for row in sources
        ],
    )
    return dataset.sightings["known_on"].iloc[0].date().isoformat()


@pytest.mark.parametrize(
    ("observed_to", "published_on", "day"),
    [
        ("2024-02-10", ["2024-03-05", "2024-02-28"], "2024-02-28"),
        ("2024-02-10", ["", "2024-02-28"], "2024-02-28"),
        ("2024-02-10", ["2024-02", "2024-02-28"], "2024-02-28"),
        ("2024-02-10", ["2024-02"], "2024-02-29"),
        ("2024-02-10", ["2024-02-01"], "2024-02-10"),
        ("2024-02", ["2024-02-15"], "2024-02-29"),
        ("2024-02-10", [""], "2024-02-10"),
        ("2024-02-10", [], "2024-02-10"),
    ],
)
def test_a_sighting_is_known_from_its_first_dated_document_on(observed_to, published_on, day):
    assert known_on(observed_to, *published_on) == day
