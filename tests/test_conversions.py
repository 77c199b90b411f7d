"""One unit in terms of another: whose factor, which figures, and always a range."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.as_known import as_known
from dashboard.codes import Item
from dashboard.conversions import (
    FACTOR_COLUMNS,
    OWN,
    PUBLISHED,
    RECORD_COLUMNS,
    ConversionError,
    FactorRange,
    bridge,
    claimants_with_factors,
    conversion_records,
    convert,
    convert_back,
    converted_series,
    convertible_items,
    factors,
    published_range,
)
from dashboard.figures.conversion import conversion_chart, factor_chart
from dashboard.selection import Selection
from dashboard.words import UsageWarning, range_in_words
from tests.build import cells, claim, dataset_of_claims, said

CONTAINERS, SHELLS, SHELLS_152 = Item.CONTAINERS, Item.SHELLS_ANY, Item.SHELLS_152MM
ROK_PAIRS = (429, 448, 455, 462, 470, 480, 500)


def containers(claim_id, figure=100, qualifier="about", **more):
    return claim(claim_id, series="rok-containers", **(said(qualifier, figure) | more))


def shells(claim_id, figure, qualifier="about", **more):
    given = {"item": "shells_any", "unit": "rounds", "measure": "capacity"}
    given["status"] = "inferred-capacity"
    return claim(claim_id, **(given | said(qualifier, figure) | more))


def pair(from_claim, to_claim, factor, claimant="rok-mnd"):
    return cells(
        "conversions",
        conversion_id=f"{from_claim}-{to_claim}",
        claimant=claimant,
        from_claim=from_claim,
        to_claim=to_claim,
        factor=str(factor),
    )


def small_dataset(*more, **tables):
    """100 containers held 4,000 rounds (40 each) and later 200 held 10,000 (50 each)."""
    claims = [
        containers("a"),
        containers("b", 200, stated_on="2024-05-01"),
        shells("a-shells", 4000),
        shells("b-shells", 10000, stated_on="2024-05-01"),
        *more,
    ]
    conversions = [pair("a", "a-shells", 40), pair("b", "b-shells", 50)]
    return dataset_of_claims(claims, **({"conversions": conversions} | tables))


# ------------------------------------------------------------------ arithmetic


def test_a_figure_times_a_range_is_a_range():
    assert convert(100, 100, 40, 50) == (4000, 5000)


def test_an_open_end_stays_open():
    assert convert(100, None, 40, 50) == (4000, None)
    assert convert(None, 100, 40, 50) == (None, 5000)
    assert convert_back(4000, None, 40, 50) == (80, None)
    assert convert_back(None, 4000, 40, 50) == (None, 100)


def test_back_is_the_figure_over_the_range_rounded_outwards():
    assert convert_back(1001, 1001, 3, 10) == (100, 334)


@pytest.mark.parametrize(("low", "high"), [(0, 5), (-1, 5), (6, 5)])
@pytest.mark.parametrize("arithmetic", [convert, convert_back])
def test_factors_that_are_no_range_are_refused(arithmetic, low, high):
    with pytest.raises(ConversionError):
        arithmetic(1, 1, low, high)


NUMBERS = st.integers(0, 10**9)
FACTORS = st.integers(1, 10**6)


@given(NUMBERS, NUMBERS, FACTORS, FACTORS)
def test_low_is_never_above_high(figure, more, factor, wider):
    for arithmetic in (convert, convert_back):
        low, high = arithmetic(figure, figure + more, factor, factor + wider)
        assert low <= high


@given(NUMBERS, FACTORS, FACTORS)
def test_there_and_back_holds_the_figure(figure, factor, wider):
    low, high = convert(figure, figure, factor, factor + wider)
    back_low, back_high = convert_back(low, high, factor, factor + wider)
    assert back_low <= figure <= back_high


# ------------------------------------------------------------------ factors


def test_every_pair_is_a_factor_with_its_items_and_figures():
    rows = factors(small_dataset())
    assert tuple(rows.columns) == FACTOR_COLUMNS
    assert list(rows["factor"]) == [40, 50]
    assert set(rows["from_item"]) == {"containers"}
    assert set(rows["to_item"]) == {"shells_any"}
    assert list(zip(rows["from_figure"], rows["to_figure"], strict=True)) == [
        (100, 4000),
        (200, 10000),
    ]


def test_the_published_range_is_from_the_least_to_the_greatest():
    assert published_range(small_dataset(), CONTAINERS, SHELLS) == FactorRange(40, 50, PUBLISHED)


def test_a_range_may_be_that_of_one_body():
    claims = [
        containers("c", stated_on="2024-06-01", claimant="us"),
        shells("c-shells", 3000, stated_on="2024-06-01", claimant="us"),
    ]
    conversions = [pair("a", "a-shells", 40), pair("c", "c-shells", 30, claimant="us")]
    dataset = small_dataset(*claims, conversions=conversions)
    assert claimants_with_factors(dataset, CONTAINERS, SHELLS) == ("rok-mnd", "us")
    assert published_range(dataset, CONTAINERS, SHELLS, "us") == FactorRange(30, 30, "us")


def test_a_single_factor_is_the_whole_numbers_round_it():
    claims = [containers("a", 3), shells("a-shells", 100)]
    dataset = dataset_of_claims(claims, conversions=[pair("a", "a-shells", 33)])
    assert published_range(dataset, CONTAINERS, SHELLS) == FactorRange(33, 34, PUBLISHED)


def test_a_factor_that_its_body_replaced_for_the_same_figure_does_not_count():
    later = shells("a2-shells", 4500, stated_on="2024-03-10")
    again = containers("a2", stated_on="2024-03-10")
    dataset = small_dataset(
        later, again, conversions=[pair("a", "a-shells", 40), pair("a2", "a2-shells", 45)]
    )
    assert list(factors(dataset)["replaced_by"].notna()) == [True, False]
    assert published_range(dataset, CONTAINERS, SHELLS) == FactorRange(45, 45, PUBLISHED)
    then = as_known(dataset, date(2024, 3, 1))
    assert published_range(then, CONTAINERS, SHELLS) == FactorRange(40, 40, PUBLISHED)


def test_the_two_ends_of_a_stated_range_are_two_factors():
    wide = shells("a-shells", 4000, **said("between", 4000, 6000))
    wide_pairs = [pair("a", "a-shells", 40), pair("a", "a-shells", 60)]
    rows = factors(dataset_of_claims([containers("a"), wide], conversions=wide_pairs))
    assert dict(zip(rows["factor"], rows["to_figure"], strict=True)) == {40: 4000, 60: 6000}


def test_a_withdrawn_pair_gives_no_factor():
    gone = {"withdrawn_on": "2024-06-01", "withdrawn_reason": "A slip."}
    claims = [containers("a"), shells("a-shells", 4000, **gone)]
    dataset = dataset_of_claims(claims, conversions=[pair("a", "a-shells", 40)])
    assert factors(dataset).empty


def test_what_was_published_later_is_no_factor_on_a_past_day():
    then = as_known(small_dataset(), date(2024, 3, 1))
    assert published_range(then, CONTAINERS, SHELLS) == FactorRange(40, 40, PUBLISHED)


def test_before_the_first_claim_there_is_no_factor(dataset):
    before = as_known(dataset, date(2020, 1, 1))
    assert factors(before).empty
    assert convertible_items(before, CONTAINERS) == ()


# ------------------------------------------------------------------ bridges


def test_a_factor_serves_both_ways():
    dataset = small_dataset()
    assert convertible_items(dataset, CONTAINERS) == (SHELLS,)
    assert convertible_items(dataset, SHELLS) == (CONTAINERS,)
    assert bridge(dataset, SHELLS, CONTAINERS).one is CONTAINERS


def test_nothing_is_converted_without_a_published_factor():
    assert convertible_items(small_dataset(), Item.TROOPS) == ()
    with pytest.raises(ConversionError, match="nobody published a factor"):
        published_range(small_dataset(), Item.TROOPS, CONTAINERS)


# ------------------------------------------------------------------ converted figures


def test_each_stated_figure_becomes_a_range():
    points = converted_series(small_dataset(), Selection(item=CONTAINERS), SHELLS, 40, 50)
    assert list(points["claim_id"]) == ["a", "b"]
    assert list(points["converted_low"]) == [4000, 8000]
    assert list(points["converted_high"]) == [5000, 10000]


def test_an_open_figure_is_drawn_as_said_and_left_open():
    more = containers("c", 300, "more-than", stated_on="2024-06-01")
    points = converted_series(small_dataset(more), Selection(item=CONTAINERS), SHELLS, 40, 50)
    last = points.iloc[-1]
    assert (last["drawn_low"], last["drawn_high"]) == (12000, 15000)
    assert last["converted_low"] == 12000
    assert points["converted_high"].isna().tolist() == [False, False, True]


def test_a_plan_is_not_converted():
    plan = containers("c", 900, status="planned", stated_on="2024-06-01")
    points = converted_series(small_dataset(plan), Selection(item=CONTAINERS), SHELLS, 40, 50)
    assert "c" not in set(points["claim_id"])


def test_what_was_worked_out_from_containers_does_not_become_containers_again():
    total = {"series": "rok-shells", "measure": "cumulative", "status": "reported-shipped"}
    dataset = small_dataset(
        shells("c-shells", 4500, stated_on="2024-06-01", **total),
        shells("d-shells", 9000, stated_on="2024-07-01", **total),
        claim_links=[
            cells("claim_links", claim_id="c-shells", relation="computed-from", other_claim_id="a")
        ],
    )
    points = converted_series(dataset, Selection(item=SHELLS), CONTAINERS, 40, 50)
    assert list(points["claim_id"]) == ["d-shells"]
    assert (points["converted_low"][0], points["converted_high"][0]) == (180, 225)


def test_a_statement_of_no_series_counts_where_a_factor_starts_from_it():
    alone = claim("s", **said("about", 300), stated_on="2024-06-01")
    start = shells("s-shells", 12000, stated_on="2024-06-01")
    pairs = [pair("a", "a-shells", 40), pair("s", "s-shells", 40)]
    dataset = small_dataset(alone, start, conversions=pairs)
    points = converted_series(dataset, Selection(item=CONTAINERS), SHELLS, 40, 40)
    assert list(points["claim_id"]) == ["a", "b", "s"]


def test_everything_at_once_is_not_converted():
    with pytest.raises(ConversionError):
        converted_series(small_dataset(), Selection(item=None), SHELLS, 40, 50)


def test_an_empty_selection_has_no_ranges_but_bad_factors_are_still_refused():
    nothing = Selection(item=CONTAINERS, to=date(2020, 1, 1))
    assert converted_series(small_dataset(), nothing, SHELLS, 40, 50).empty
    with pytest.raises(ConversionError):
        converted_series(small_dataset(), nothing, SHELLS, 50, 40)


def test_records_take_the_published_factors_unless_told():
    rows = conversion_records(small_dataset(), CONTAINERS, SHELLS)
    assert tuple(rows.columns) == RECORD_COLUMNS
    assert list(rows["converted_high"]) == [5000, 10000]
    assert list(
        conversion_records(small_dataset(), CONTAINERS, SHELLS, 1, 2)["converted_high"]
    ) == [
        200,
        400,
    ]


# ------------------------------------------------------------------ charts


def test_the_title_says_the_newest_figure_as_a_range():
    factor = FactorRange(40, 50, PUBLISHED)
    chart = conversion_chart(small_dataset(), Selection(), SHELLS, factor, "light")
    assert chart.name == "conversion"
    assert (
        chart.title
        == "200 containers would hold 8,000 to 10,000 rounds of any calibre, at 40–50 a container"
    )
    assert UsageWarning.CAPACITY in chart.warnings


def test_whose_factor_it_is_stands_in_the_subtitle():
    def subtitle(factor):
        return conversion_chart(small_dataset(), Selection(), SHELLS, factor, "light").subtitle

    assert "the factors of rok-mnd" in subtitle(FactorRange(40, 50, PUBLISHED))
    assert "a factor of your own" in subtitle(FactorRange(1, 2, OWN))


def test_stated_shells_are_not_in_the_chart_of_converted_ones():
    factor = FactorRange(40, 50, PUBLISHED)
    chart = conversion_chart(small_dataset(), Selection(), SHELLS, factor, "light")
    assert chart.claim_ids == ("a", "b")
    picked = {point[1] for trace in chart.figure.data for point in trace.customdata or ()}
    assert picked == {"a", "b"}


def test_an_open_end_is_a_triangle_pointing_up():
    more = containers("c", 300, "more-than", stated_on="2024-06-01")
    factor = FactorRange(40, 50, PUBLISHED)
    figure = conversion_chart(small_dataset(more), Selection(), SHELLS, factor, "dark").figure
    symbols = [list(trace.marker.symbol) for trace in figure.data if trace.marker.symbol]
    assert symbols == [["line-ew"] * 3, ["line-ew", "line-ew", "triangle-up"]]


def test_nothing_to_convert_is_an_empty_chart_that_says_so():
    nothing = Selection(to=date(2020, 1, 1))
    factor = FactorRange(40, 50, PUBLISHED)
    chart = conversion_chart(small_dataset(), nothing, SHELLS, factor, "light")
    assert chart.title.startswith("No figure to convert")
    assert chart.table.empty


def test_the_factor_chart_has_one_mark_a_factor():
    chart = factor_chart(small_dataset(), CONTAINERS, SHELLS, "light")
    assert chart.name == "factors"
    assert list(chart.figure.data[0].y) == [40, 50]
    assert chart.title == "For rounds of any calibre, 2 published pairs give 40–50 a container"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14157000, 16500000, "14.2 to 16.5 million"),
        (643000, 1200000, "643,000 to 1.2 million"),
        (47, 178, "47 to 178"),
        (4719000, None, "4.72 million or more"),
        (None, 700, "700 or less"),
        (5, 5, "5"),
    ],
)
def test_a_range_in_words_has_three_digits(low, high, words):
    assert range_in_words(low, high) == words


# ------------------------------------------------------------------ the shipped data


def test_seouls_pairs_give_429_to_500_shells_a_container(dataset):
    assert published_range(dataset, CONTAINERS, SHELLS_152) == FactorRange(429, 500, PUBLISHED)
    assert set(ROK_PAIRS) <= set(factors(dataset)["factor"])


def test_the_usual_unit_of_containers_is_152_mm_shells(dataset):
    assert convertible_items(dataset, CONTAINERS)[0] is SHELLS_152


def test_the_bridge_reaches_trips_and_tonnes(dataset):
    assert published_range(dataset, Item.VOYAGES, CONTAINERS, "osc").low == 247
    assert published_range(dataset, Item.VOYAGES, CONTAINERS, "voa").high == 700
    tonnes = published_range(dataset, Item.EXPLOSIVES, SHELLS)
    assert (tonnes.low, tonnes.high) == (21, 22)


def test_the_newest_total_as_the_command_gives_it(dataset):
    newest = conversion_records(dataset, CONTAINERS, SHELLS_152).iloc[-1]
    assert newest["low"] == newest["high"] == 33000
    assert (newest["converted_low"], newest["converted_high"]) == (14157000, 16500000)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_bridge_of_the_data_can_be_drawn(dataset, theme):
    for item in Item:
        for to_item in convertible_items(dataset, item):
            factor = published_range(dataset, item, to_item)
            chart = conversion_chart(dataset, Selection(item=item), to_item, factor, theme)
            assert len(chart.table) == len(chart.claim_ids)
            assert factor_chart(dataset, item, to_item, theme).claim_ids


def test_the_worked_examples_of_the_methods_are_those_of_the_data(dataset):
    text = (Path(__file__).parent.parent / "docs" / "methods.md").read_text(encoding="utf-8")

    def worked(claim_id, from_item, to_item):
        rows = conversion_records(dataset, from_item, to_item).set_index("claim_id")
        return rows.loc[claim_id]

    newest = worked("rok-dia-20260301-containers", CONTAINERS, SHELLS_152)
    span = f"at {newest['factor_low']}–{newest['factor_high']} shells a container"
    ends = f"{newest['converted_low']:,} to {newest['converted_high']:,} shells of 152 mm"
    assert f"About {newest['low']:,} containers, {span}, come to {ends}" in text
    open_ended = worked("rok-dia-20241023-containers", CONTAINERS, SHELLS_152)
    low = f"{open_ended['converted_low']:,} shells or more"
    assert f"More than {open_ended['low']:,} containers come to {low}" in text
    trips = worked("osc-20250415-voyages", Item.VOYAGES, CONTAINERS)
    span = f"at {trips['factor_low']}–{trips['factor_high']} containers a voyage"
    ends = f"{trips['converted_low']:,} to {trips['converted_high']:,} containers"
    assert f"{trips['low']} voyages, {span}, come to {ends}" in text
