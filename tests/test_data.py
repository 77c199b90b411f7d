"""The shipped data: every number leads to a claim, and every claim to a document."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from dashboard.captioned import CaptionedChart
from dashboard.dataset import Dataset, load_dataset
from dashboard.figures.growth import CENTRAL_CLAIMS, growth_chart
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.languages import language_name
from dashboard.origins import origins_of
from dashboard.schema import Item, Measure
from dashboard.selection import Selection
from dashboard.series import stated_figure

NAMES_AS_WRITTEN = (Path(__file__).parent / "names_as_written.txt").read_text("utf-8").splitlines()
SEOUL, SEOUL_LATER = CENTRAL_CLAIMS
WASHINGTON = "us-state-20240904-containers"
OPEN_SOURCE_CENTRE = "osc-20250415-containers"
MONITORING_TEAM = "msmt-20250529-containers"
PASUNDAN = "pasundan-2024-13000"

shipped = cache(load_dataset)
"""For lists of cases, which pytest makes before there are fixtures."""


def ids_with_documents(dataset: Dataset) -> set[str]:
    """Return the claims that have a document of which the address is known."""
    links = dataset.claim_sources.merge(dataset.sources, on="source_id")
    return set(links.loc[links["url"].str.match(r"https?://\S+$"), "claim_id"])


# ------------------------------------------------------------------ how much there is


@pytest.mark.parametrize(
    ("table", "least"),
    [
        ("claims", 301),
        ("sources", 699),
        ("claim_sources", 1058),
        ("places", 41),
        ("routes", 17),
        ("legs", 100),
        ("vessels", 32),
        ("sightings", 86),
    ],
)
def test_no_row_is_lost(dataset, table, least):
    assert len(getattr(dataset, table)) >= least


def test_nothing_is_filed_under_other(dataset):
    assert "other" not in {item.value for item in Item} | set(dataset.claims["item"])


# ------------------------------------------------------------------ every number


def test_every_claim_has_a_document(dataset):
    assert set(dataset.claims["claim_id"]) - ids_with_documents(dataset) == set()


def selections() -> list[tuple[Item, Measure]]:
    """Return every item and kind of quantity in the data."""
    present = set(zip(shipped().claims["item"], shipped().claims["measure"], strict=True))
    return [pair for pair in product(Item, Measure) if pair in present]


@cache
def chart_of(dataset: Dataset, item: Item, measure: Measure) -> CaptionedChart:
    return growth_chart(dataset, Selection(item=item, measure=(measure.value,)), "light")


def drawn_numbers(chart: CaptionedChart) -> Iterator[tuple[str, float]]:
    """Return the claim to which each mark leads, and the height at which it stands."""
    for trace in chart.figure.data:
        if trace.mode == "markers" and trace.customdata is not None:
            for (kind, claim_id), height in zip(trace.customdata, trace.y, strict=True):
                assert kind == "claim"
                yield claim_id, height


@pytest.mark.parametrize(("item", "measure"), selections(), ids=lambda code: code.value)
def test_every_number_drawn_is_a_claim_with_a_source(dataset, item, measure):
    chart = chart_of(dataset, item, measure)
    drawn = dict(drawn_numbers(chart))
    claims = dataset.claims[dataset.claims["claim_id"].isin(list(drawn))]
    figures = stated_figure(claims["low"], claims["high"]).astype(float).fillna(0)
    assert drawn == dict(zip(claims["claim_id"], figures, strict=True))
    assert set(drawn) == set(chart.claim_ids)
    assert set(drawn) <= ids_with_documents(dataset)
    lines = {y for trace in chart.figure.data if trace.mode == "lines" for y in trace.y}
    assert lines - {None} <= set(drawn.values())


@pytest.mark.parametrize(("item", "measure"), selections(), ids=lambda code: code.value)
def test_the_sources_of_a_chart_carry_what_it_draws(dataset, item, measure):
    chart = chart_of(dataset, item, measure)
    links = dataset.claim_sources
    carriers = links.loc[links["claim_id"].isin(chart.claim_ids), "source_id"]
    assert set(chart.sources["source_id"]) == set(carriers)


def test_every_voyage_total_is_a_claim_with_a_source(dataset):
    chart = trip_totals_chart(dataset, "light")
    bars = [claim_id for bar in chart.figure.data for _, claim_id in bar.customdata]
    assert set(bars) == set(chart.claim_ids)
    assert set(bars) <= ids_with_documents(dataset)


def test_every_sighting_has_a_document(dataset):
    links = dataset.sighting_sources.merge(dataset.sources, on="source_id")
    assert set(links["sighting_id"]) == set(dataset.sightings["sighting_id"])
    assert len(sightings_chart(dataset, "light").sources) > 0


def test_every_conversion_is_a_pair_of_claims_with_sources(dataset):
    pairs = dataset.conversions
    ends = set(pairs["from_claim"]) | set(pairs["to_claim"])
    assert ends <= set(dataset.claims["claim_id"])
    assert ends <= ids_with_documents(dataset)


def test_every_converted_figure_is_linked_to_what_it_was_worked_out_from(dataset):
    links = dataset.claim_links
    worked_out = links[links["relation"] == "computed-from"]
    linked = set(zip(worked_out["claim_id"], worked_out["other_claim_id"], strict=True))
    is_shells = dataset.conversions["to_claim"].isin(
        dataset.claims.loc[dataset.claims["measure"] == "capacity", "claim_id"]
    )
    pairs = dataset.conversions[is_shells]
    assert set(zip(pairs["to_claim"], pairs["from_claim"], strict=True)) <= linked


# ------------------------------------------------------------------ the central claims


def test_the_two_central_claims_are_of_one_series(dataset):
    series = dataset.claims.set_index("claim_id")["series"]
    assert series[SEOUL] == series[SEOUL_LATER] == "rok-containers"


def test_the_pasundan_article_is_behind_the_second_central_claim(dataset):
    links = dataset.claim_sources
    assert PASUNDAN in set(links.loc[links["claim_id"] == SEOUL_LATER, "source_id"])


def test_the_pasundan_article_is_among_the_sources_of_the_growth_chart(dataset):
    chart = growth_chart(dataset, Selection(), "light")
    assert PASUNDAN in set(chart.sources["source_id"])


@pytest.mark.parametrize(
    ("claim_ids", "least_articles", "claimants", "low", "high"),
    [
        ([SEOUL_LATER], 18, 1, 1, 1),
        ([SEOUL_LATER, "rok-dia-20240827-capacity"], 18, 1, 1, 1),
        ([SEOUL_LATER, WASHINGTON], 20, 2, 1, 2),
        ([SEOUL_LATER, WASHINGTON, OPEN_SOURCE_CENTRE], 27, 3, 2, 3),
        ([SEOUL_LATER, WASHINGTON, OPEN_SOURCE_CENTRE, MONITORING_TEAM], 31, 4, 2, 3),
    ],
)
def test_origins_are_fewer_than_articles(dataset, claim_ids, least_articles, claimants, low, high):
    origins = origins_of(dataset, claim_ids)
    assert origins.articles >= least_articles
    assert (origins.claimants, origins.origins_low, origins.origins_high) == (claimants, low, high)


def test_a_capacity_is_worked_out_from_the_containers_told_with_it(dataset):
    claims = dataset.claims
    is_capacity = (claims["measure"] == "capacity") | (claims["status"] == "inferred-capacity")
    is_count = (claims["item"] == "containers") & ~is_capacity
    together = claims[is_capacity].merge(
        claims[is_count], on=["claimant", "stated_on"], suffixes=("", "_counted")
    )
    links = dataset.claim_links
    worked_out = links[links["relation"] == "computed-from"]
    linked = set(zip(worked_out["claim_id"], worked_out["other_claim_id"], strict=True))
    pairs = set(zip(together["claim_id"], together["claim_id_counted"], strict=True))
    assert len(pairs) >= 16
    assert pairs <= linked


PUBLISHED_PAIRS = [
    (2_000, 1_000_000),
    (6_700, 3_000_000),
    (10_000, 4_800_000),
    (13_000, 6_000_000),
    (20_000, 9_400_000),
    (22_000, 10_000_000),
    (28_000, 12_000_000),
    (33_000, 15_000_000),
]


@pytest.mark.parametrize(("containers", "shells"), PUBLISHED_PAIRS)
def test_a_published_pair_gives_429_to_500_rounds_a_container(dataset, containers, shells):
    claims = dataset.claims.set_index("claim_id")
    figure = stated_figure(claims["low"], claims["high"])
    pairs = dataset.conversions
    is_pair = (pairs["from_claim"].map(figure) == containers) & (
        pairs["to_claim"].map(figure) == shells
    )
    of_seoul = pairs[is_pair & pairs["claimant"].isin(["rok-mnd", "rok-dia"])]
    assert len(of_seoul) == 1
    assert 429 <= of_seoul["factor"].iloc[0] <= 500


# ------------------------------------------------------------------ figures and words


BOUNDS = {
    "exactly": (True, True),
    "about": (True, True),
    "at-least": (True, False),
    "more-than": (True, False),
    "up-to": (False, True),
    "between": (True, True),
}


@pytest.mark.parametrize("qualifier", BOUNDS)
def test_bounds_follow_the_hedge(dataset, qualifier):
    claims = dataset.claims[dataset.claims["qualifier"] == qualifier]
    has_bounds = set(zip(claims["low"].notna(), claims["high"].notna(), strict=True))
    assert has_bounds == {BOUNDS[qualifier]}


def test_a_figure_without_a_range_has_one_value(dataset):
    claims = dataset.claims[dataset.claims["qualifier"].isin(["exactly", "about"])]
    assert (claims["low"] == claims["high"]).all()


def test_a_claim_without_a_hedge_has_no_figure(dataset):
    claims = dataset.claims[dataset.claims["qualifier"].isna()]
    assert claims[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("item", ["percent", "usd"])
def test_percentages_and_dollars_have_items_of_their_own(dataset, item):
    items = set(dataset.claims.loc[dataset.claims["unit"] == item, "item"])
    assert items
    assert set(dataset.claims.loc[dataset.claims["item"].isin(items), "unit"]) == {item}


LEANS_ON_ANOTHER = re.compile(r"(He|She|It|They|The same|That|Those)\b|.*\bdays later\b")


def test_every_paraphrase_stands_by_itself(dataset):
    paraphrases = pd.concat([dataset.claims["paraphrase"], dataset.sightings["paraphrase"]])
    assert [text for text in paraphrases if LEANS_ON_ANOTHER.match(text)] == []


def test_the_list_of_names_as_written_is_whole():
    assert len(set(NAMES_AS_WRITTEN)) == 72


@pytest.mark.parametrize("name", NAMES_AS_WRITTEN)
def test_every_name_as_written_belongs_to_one_claimant(dataset, name):
    aliases = dataset.claimants["aliases"].dropna().str.split("; ").explode()
    assert Counter(aliases)[name] == 1


def test_unspecified_officials_are_not_one_of_the_named_bodies(dataset):
    kinds = dataset.claimants.set_index("claimant")["kind"]
    assert kinds["rok-officials"] == "unnamed"
    assert set(kinds[["rok-mnd", "rok-jcs", "rok-dia", "nis"]]) == {"state-body"}


def test_every_language_has_a_name(dataset):
    tags = dataset.sources["language"].unique()
    assert [tag for tag in tags if language_name(tag) == tag] == []


def test_every_imo_number_has_its_check_digit(dataset):
    numbers = dataset.vessels["imo"].dropna()
    assert len(numbers) > 0
    for number in numbers:
        digits = [int(digit) for digit in number]
        weighted = sum(
            digit * weight for digit, weight in zip(digits, (7, 6, 5, 4, 3, 2, 0), strict=True)
        )
        assert weighted % 10 == digits[6], number
