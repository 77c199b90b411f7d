"""Running counts, and what may be said of two figures."""

from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.selection import Selection
from dashboard.series import (
    RECORD_COLUMNS,
    ComparisonError,
    compare,
    latest_points,
    series_points,
    series_records,
    single_points,
    stated_figure,
)
from tests.build import claim, dataset_of_claims, good_dataset, said

ABOUT_100 = said("about", 100)
ABOUT_250 = said("about", 250)


def compared(first: dict[str, str], second: dict[str, str]):
    """Return what lies between two claims, a month of thirty days apart unless given."""
    a = claim("a", **({"stated_on": "2024-04-01", "series": "rok-containers"} | first))
    b = claim("b", **({"stated_on": "2024-05-01", "series": "rok-containers"} | second))
    return compare(dataset_of_claims([a, b]), "a", "b")


# ------------------------------------------------------------------ points


def test_points_are_the_figures_of_running_counts():
    points = series_points(good_dataset(), Selection())
    assert list(points["claim_id"]) == [
        "rok-mnd-20240226-containers",
        "rok-dia-20240827-containers",
    ]


def test_a_claim_without_a_series_is_a_single_point():
    assert list(single_points(good_dataset(), Selection())["claim_id"]) == [
        "us-20240223-containers"
    ]


@pytest.mark.parametrize("series", ["", "rok-containers"])
def test_a_claim_without_a_figure_is_no_point(series):
    dataset = dataset_of_claims([claim("a", series=series)])
    assert series_points(dataset, Selection()).empty
    assert single_points(dataset, Selection()).empty


def test_the_latest_of_each_series_is_its_newest():
    dataset = dataset_of_claims(
        [
            claim("a", series="s", stated_on="2024-05-01", **ABOUT_100),
            claim("b", series="s", stated_on="2024-01-01", **ABOUT_250),
            claim("c", series="t", stated_on="2023-01-01", **ABOUT_100),
        ]
    )
    assert list(latest_points(series_points(dataset, Selection()))["claim_id"]) == ["c", "a"]


def test_a_month_is_later_than_its_days():
    dataset = dataset_of_claims(
        [
            claim("a", series="s", stated_on="2024-05", **ABOUT_100),
            claim("b", series="s", stated_on="2024-05-30", **ABOUT_250),
        ]
    )
    assert list(latest_points(series_points(dataset, Selection()))["claim_id"]) == ["a"]


@pytest.mark.parametrize(
    ("figure", "stated"),
    [
        (said("about", 100), 100),
        (said("more-than", 100), 100),
        (said("up-to", 100), 100),
        (said("between", 100, 200), 100),
    ],
)
def test_a_mark_stands_at_the_figure_that_was_said(figure, stated):
    claims = dataset_of_claims([claim("a", **figure)]).claims
    assert stated_figure(claims["low"], claims["high"]).tolist() == [stated]


def test_records_have_the_columns_of_the_data_files():
    points = series_points(good_dataset(), Selection())
    assert list(series_records(points).columns) == list(RECORD_COLUMNS)


# ------------------------------------------------------------------ between two figures


FROM = {
    "about": said("about", 100),
    "more-than": said("more-than", 100),
    "up-to": said("up-to", 100),
    "between": said("between", 50, 100),
}
TO = {
    "about": said("about", 250),
    "more-than": said("more-than", 250),
    "up-to": said("up-to", 250),
    "between": said("between", 200, 250),
}
DIFFERENCES = [
    ("about", "about", 150, 150),
    ("about", "more-than", 150, None),
    ("about", "up-to", None, 150),
    ("about", "between", 100, 150),
    ("more-than", "about", None, 150),
    ("more-than", "more-than", None, None),
    ("more-than", "up-to", None, 150),
    ("more-than", "between", None, 150),
    ("up-to", "about", 150, None),
    ("up-to", "more-than", 150, None),
    ("up-to", "up-to", None, None),
    ("up-to", "between", 100, None),
    ("between", "about", 150, 200),
    ("between", "more-than", 150, None),
    ("between", "up-to", None, 200),
    ("between", "between", 100, 200),
]


@pytest.mark.parametrize(("start", "end", "low", "high"), DIFFERENCES)
def test_an_open_bound_leaves_the_difference_open(start, end, low, high):
    result = compared(FROM[start], TO[end])
    assert (result.difference_low, result.difference_high) == (low, high)


@pytest.mark.parametrize(("start", "end", "low", "high"), DIFFERENCES)
def test_factor_and_rate_are_open_where_the_difference_is(start, end, low, high):
    result = compared(FROM[start], TO[end])
    is_open = [low is None, high is None]
    assert [result.factor_low is None, result.factor_high is None] == is_open
    assert [
        result.rate_per_30_days_low is None,
        result.rate_per_30_days_high is None,
    ] == is_open


def test_the_central_example_is_told_as_documented():
    result = compare(good_dataset(), "rok-mnd-20240226-containers", "rok-dia-20240827-containers")
    shown = asdict(result)
    assert shown["difference"] == shown["difference_low"] == 6300
    assert shown["factor"] == shown["factor_low"] == 1.94
    assert (shown["days"], shown["rate_per_30_days"]) == (183, 1033)
    assert shown["difference_high"] is shown["factor_high"] is None


def test_the_factor_is_later_over_earlier():
    result = compared(FROM["between"], TO["between"])
    assert (result.factor, result.factor_low, result.factor_high) == (4.0, 2.0, 5.0)


def test_there_is_no_factor_from_nothing():
    assert compared(said("exactly", 0), ABOUT_250).factor is None


def test_a_fall_is_negative():
    assert compared(ABOUT_250, ABOUT_100).difference == -150


def test_a_rate_is_for_thirty_days():
    sixty_days = compared({**ABOUT_100, "stated_on": "2024-03-02"}, ABOUT_250)
    assert (sixty_days.days, sixty_days.rate_per_30_days) == (60, 75)


@pytest.mark.parametrize("stated_on", ["2024-04", "2024"])
def test_a_date_that_is_no_day_gives_no_rate(stated_on):
    later = {**ABOUT_250, "stated_on": "2025-01-01"}
    result = compared({**ABOUT_100, "stated_on": stated_on}, later)
    assert (result.days, result.rate_per_30_days, result.rate_per_30_days_low) == (None,) * 3


def test_two_figures_of_one_day_give_no_rate():
    result = compared({**ABOUT_100, "stated_on": "2024-05-01"}, ABOUT_250)
    assert (result.days, result.rate_per_30_days) == (0, None)


def test_the_earlier_claim_comes_first_whichever_way_they_are_named():
    dataset = good_dataset()
    pair = ("rok-mnd-20240226-containers", "rok-dia-20240827-containers")
    assert compare(dataset, *pair) == compare(dataset, *pair[::-1])
    assert compare(dataset, *pair[::-1]).from_claim == pair[0]


def test_two_claims_of_one_day_come_in_one_order_whichever_way_they_are_named():
    rows = [claim("a", **ABOUT_100), claim("b", **ABOUT_250)]
    dataset = dataset_of_claims(rows)
    assert compare(dataset, "a", "b") == compare(dataset, "b", "a")


FIGURES = st.one_of(
    st.builds(
        said,
        st.sampled_from(["exactly", "about", "at-least", "more-than", "up-to"]),
        st.integers(1, 1000),
    ),
    st.builds(
        lambda low, more: said("between", low, low + more),
        st.integers(1, 1000),
        st.integers(1, 1000),
    ),
)


@settings(max_examples=50)
@given(FIGURES, FIGURES)
def test_what_was_said_lies_between_the_bounds(first, second):
    result = compared(first, second)
    for name in ("difference", "factor", "rate_per_30_days"):
        low, figure, high = (getattr(result, name + end) for end in ("_low", "", "_high"))
        assert low is None or low <= figure
        assert high is None or figure <= high


# ------------------------------------------------------------------ refusals and cautions


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("item", "troops", "count different things"),
        ("measure", "increment", "are different kinds of quantity"),
        ("direction", "to-dprk", "go in different directions"),
    ],
)
def test_unlike_claims_are_refused_with_the_reason(column, value, words):
    with pytest.raises(ComparisonError, match=words) as refusal:
        compared(ABOUT_100, {**ABOUT_250, column: value})
    assert value in str(refusal.value)


def test_a_claim_without_a_figure_is_refused_by_name():
    with pytest.raises(ComparisonError, match=r"^b states no figure"):
        compared(ABOUT_100, {})


def test_an_unknown_claim_is_refused_with_the_nearest_id():
    with pytest.raises(LookupError, match="did you mean 'us-20240223-containers'"):
        compare(good_dataset(), "rok-mnd-20240226-containers", "us-20240224-containers")


def test_one_series_counted_from_one_day_needs_no_caution():
    start = {"period_start": "2023-07"}
    assert compared(ABOUT_100 | start, ABOUT_250 | start).caution == ""


def test_one_series_without_a_start_needs_no_caution():
    assert compared(ABOUT_100, ABOUT_250).caution == ""


@pytest.mark.parametrize("start", ["2022-07", ""])
def test_another_start_calls_for_caution(start):
    result = compared(
        {**ABOUT_100, "period_start": "2023-07"}, {**ABOUT_250, "period_start": start}
    )
    assert "count from different days" in result.caution


@pytest.mark.parametrize(
    ("series", "other"), [("rok-containers", "us-containers"), ("", ""), ("", "rok-containers")]
)
def test_claims_of_two_series_call_for_caution(series, other):
    result = compared({**ABOUT_100, "series": series}, {**ABOUT_250, "series": other})
    assert "not of one series" in result.caution
