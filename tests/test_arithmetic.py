"""What may be added, and the sentence that refuses the rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.arithmetic import ArithmeticRefusal, total
from dashboard.dataset import Dataset
from dashboard.layout import Cells
from dashboard.series import ComparisonError, compare
from tests.build import claim, dataset_of_claims, said


def amount(claim_id: str, start: str, end: str, **given_cells: str) -> Cells:
    """Return an amount of 100 containers that Seoul's defence ministry stated for a period."""
    filled = {
        "measure": "increment",
        "period_start": start,
        "period_end": end,
        **said("exactly", 100),
        **given_cells,
    }
    return claim(claim_id, **filled)


def refusal(*claims: Cells) -> str:
    """Return the sentence with which the sum of all these claims is refused."""
    with pytest.raises(ArithmeticRefusal) as caught:
        total(dataset_of_claims(list(claims)), [row[0] for row in claims])
    return str(caught.value)


MAY = amount("may", "2024-05", "2024-05")
JUNE = amount("june", "2024-06-01", "2024-06-30", **said("more-than", 20))


# ------------------------------------------------------------------ what adds up


def test_two_amounts_of_one_body_for_two_months_add_up() -> None:
    result = total(dataset_of_claims([MAY, JUNE]), ["june", "may"])
    assert (result.figure, result.low, result.high) == (120, 120, None)
    assert result.claim_ids == ("may", "june")
    assert (result.period_start, result.period_end) == ("2024-05", "2024-06-30")
    assert result.caution == ""


def test_an_open_low_bound_leaves_the_sum_without_one() -> None:
    up_to = amount("june", "2024-06", "2024-06", **said("up-to", 20))
    result = total(dataset_of_claims([MAY, up_to]), ["may", "june"])
    assert (result.figure, result.low, result.high) == (120, None, 120)


def test_a_range_keeps_both_ends() -> None:
    between = amount("june", "2024-06", "2024-06", **said("between", 10, 30))
    result = total(dataset_of_claims([MAY, between]), ["may", "june"])
    assert (result.figure, result.low, result.high) == (110, 110, 130)


def test_days_that_no_figure_covers_are_named() -> None:
    august = amount("august", "2024-08", "2024-08")
    result = total(dataset_of_claims([MAY, august]), ["may", "august"])
    assert result.caution == "No figure covers 1 June 2024 to 31 July 2024."


def test_an_amount_without_an_end_runs_to_the_day_it_was_stated() -> None:
    running = amount("may", "2024-05-01", "", stated_on="2024-05-20")
    later = amount("late", "2024-05-21", "2024-05-31")
    assert total(dataset_of_claims([running, later]), ["may", "late"]).figure == 200


@settings(max_examples=25, deadline=None)
@given(
    lows=st.lists(st.integers(0, 10**9), min_size=2, max_size=8),
    widths=st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=8, max_size=8),
)
def test_the_sum_lies_between_its_bounds_whatever_the_order(
    lows: list[int], widths: list[int | None]
) -> None:
    claims = [
        amount(
            f"c{month}",
            f"2024-{month:02}",
            f"2024-{month:02}",
            qualifier="between",
            low=str(low),
            high="" if width is None else str(low + width),
        )
        for month, (low, width) in enumerate(zip(lows, widths, strict=False), 1)
    ]
    ids = [row[0] for row in claims]
    dataset = dataset_of_claims(claims)
    result = total(dataset, ids)
    assert result.low == result.figure == sum(lows)
    assert result.high is None or result.high >= result.figure
    assert result == total(dataset, ids[::-1])


# ------------------------------------------------------------------ what is refused


def test_running_totals_restate_each_other() -> None:
    first = claim("february", series="rok-containers", **said("about", 6700))
    second = claim(
        "august",
        series="rok-containers",
        claimant="rok-dia",
        stated_on="2024-08-27",
        **said("more-than", 13000),
    )
    assert refusal(first, second) == (
        "rok-mnd on 26 February 2024 (about 6,700) and rok-dia on 27 August 2024 "
        "(more than 13,000) are running totals, and each restates the one before, "
        "so they are not added"
    )


def test_running_totals_of_two_bodies_may_hold_the_same_things() -> None:
    other = claim("other", claimant="us", **said("more-than", 10000))
    words = refusal(claim("one", **said("about", 6700)), other)
    assert "running totals of two bodies, which may have counted the same things" in words


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"item": "troops", "unit": "people"}, "count different things (Containers of arms; Sol"),
        ({"measure": "cumulative"}, "are different kinds of quantity (an amount within a period"),
        ({"direction": "to-dprk"}, "go in different directions (from North Korea to Russia; "),
        ({"claimant": "us"}, "come from two bodies, which may have counted the same things"),
        ({"status": "planned"}, "do not claim the same of what they count (said to have been"),
        ({"period_start": ""}, "may overlap: rok-mnd on 26 February 2024 (100) does"),
        ({"period_start": "2023", "period_end": "2023"}, "gives no more than a year"),
        ({"period_start": "2024-05-31"}, "what lies in both would count twice"),
    ],
)
def test_what_differs_is_not_added(cells: dict[str, str], reason: str) -> None:
    other = amount("june", "2024-06", "2024-06", **cells)
    words = refusal(MAY, other)
    assert reason in words
    assert words.endswith(", so they are not added")


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("capacity", "what could have fitted"),
        ("stock", "how many were there at a time"),
        ("share", "are shares"),
        ("value", "are estimates of value"),
    ],
)
def test_some_kinds_are_never_added(measure: str, reason: str) -> None:
    pair = [amount(name, "2024-05", "2024-05", measure=measure) for name in ("one", "other")]
    assert reason in refusal(*pair)


def test_a_plan_without_an_end_may_run_into_anything() -> None:
    plans = [
        amount("may", "2024-05", "2024-05", status="planned"),
        amount("june", "2024-06", "", status="planned"),
    ]
    assert "does not say until when it counts" in refusal(*plans)


def test_a_claim_without_a_figure_is_not_added() -> None:
    silent = amount("june", "2024-06", "2024-06", qualifier="", low="", high="")
    assert "states no figure: there is nothing to add" in refusal(MAY, silent)


def test_a_withdrawn_claim_is_not_added() -> None:
    gone = amount(
        "june", "2024-06", "2024-06", withdrawn_on="2025-01-01", withdrawn_reason="A slip"
    )
    assert "was withdrawn" in refusal(MAY, gone)


def test_one_claim_named_twice_is_not_added() -> None:
    with pytest.raises(ArithmeticRefusal, match="are one claim, named twice"):
        total(dataset_of_claims([MAY]), ["may", "may"])


@pytest.mark.parametrize("claim_ids", [[], ["may"]])
def test_fewer_than_two_claims_are_no_sum(claim_ids: list[str]) -> None:
    with pytest.raises(ArithmeticRefusal, match="one figure is no sum"):
        total(dataset_of_claims([MAY]), claim_ids)


def test_an_unknown_claim_names_the_nearest() -> None:
    with pytest.raises(LookupError, match="did you mean 'may'"):
        total(dataset_of_claims([MAY, JUNE]), ["may", "mai"])


def test_a_comparison_is_refused_for_the_same_reasons() -> None:
    troops = claim("troops", item="troops", unit="people", **said("about", 5))
    dataset = dataset_of_claims([claim("one", **said("about", 6700)), troops])
    with pytest.raises(ComparisonError, match="count different things"):
        compare(dataset, "one", "troops")
    with pytest.raises(ArithmeticRefusal, match="count different things"):
        total(dataset, ["one", "troops"])


# ------------------------------------------------------------------ the shipped data


def test_the_monitoring_teams_soldiers_of_two_years_add_up(dataset: Dataset) -> None:
    result = total(dataset, ["msmt-20250529-troops2024", "msmt-20250529-troops2025"])
    assert (result.figure, result.low, result.high) == (14000, 14000, None)


def test_6700_and_13000_are_not_19700(dataset: Dataset) -> None:
    with pytest.raises(ArithmeticRefusal, match="each restates the one before"):
        total(dataset, ["rok-mnd-20240226-containers", "rok-dia-20240827-containers"])


def test_soldiers_and_containers_are_not_added(dataset: Dataset) -> None:
    with pytest.raises(ArithmeticRefusal, match="count different things"):
        total(dataset, ["rok-jcs-20241223-increment", "msmt-20250529-troops2024"])
