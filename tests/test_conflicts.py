"""Which claims contradict each other, and what accounts for it."""

from datetime import date

import pytest

from dashboard.as_known import as_known
from dashboard.codes import Item
from dashboard.conflicts import conflict_records, conflicts
from dashboard.dataset import Dataset
from dashboard.explanations import Explanation, explanation
from dashboard.layout import Cells
from tests.build import cells, claim, claimant, dataset_of_claims, said

BODIES = [
    claimant("osc", kind="think-tank", country="GBR"),
    claimant("rok", kind="state", shares_with="us"),
    claimant("rok-dia", part_of="rok"),
    claimant("rok-mnd", part_of="rok"),
    claimant("us", kind="state", country="USA"),
]


def pair_of(one: Cells, other: Cells, **tables: list[Cells]) -> Dataset:
    return dataset_of_claims([one, other], claimants=BODIES, **tables)


def seoul(figure: int, **given_cells: str) -> Cells:
    """Return what Seoul said on 26 February 2024: about so many containers."""
    return claim("seoul", **{**said("about", figure), **given_cells})


def washington(figure: int, **given_cells: str) -> Cells:
    """Return what Washington said on 1 March 2024: more than so many containers."""
    filled = {"stated_on": "2024-03-01", **said("more-than", figure), **given_cells}
    return claim("washington", claimant="us", **filled)


def found(dataset: Dataset, window_days: int = 30) -> list[tuple[str, str]]:
    return [
        (conflict.claim_id, conflict.other_claim_id)
        for conflict in conflicts(dataset, Item.CONTAINERS, window_days)
    ]


def explained(one: Cells, other: Cells) -> Explanation:
    return explanation(pair_of(one, other), one[0], other[0])


# ------------------------------------------------------------------ which pairs


def test_bounds_apart_are_a_conflict() -> None:
    assert found(pair_of(seoul(6700), washington(10000))) == [("seoul", "washington")]


def test_a_number_that_fits_both_is_no_conflict() -> None:
    assert found(pair_of(seoul(13000), washington(10000))) == []
    assert found(pair_of(seoul(13000, **said("more-than", 13000)), washington(16500))) == []
    assert found(pair_of(seoul(10000), washington(10000))) == []


def test_up_to_less_than_more_than_is_a_conflict() -> None:
    assert found(pair_of(seoul(900, **said("up-to", 900)), washington(1000)))


def test_the_window_is_in_days_and_holds_its_last_day() -> None:
    dataset = pair_of(seoul(6700), washington(10000))
    assert found(dataset, 4) == [("seoul", "washington")]
    assert found(dataset, 3) == []


def test_a_month_counts_with_the_most_days_that_can_lie_between() -> None:
    dataset = pair_of(seoul(6700), washington(10000, stated_on="2024-03"))
    assert found(dataset, 33) == []
    assert conflicts(dataset, Item.CONTAINERS, 34)[0].days_apart == 34


@pytest.mark.parametrize(
    "other",
    [
        {"claimant": "rok-mnd"},
        {"measure": "stock"},
        {"item": "troops", "unit": "people"},
        {"qualifier": "", "low": "", "high": ""},
        {"withdrawn_on": "2024-06-01", "withdrawn_reason": "A slip"},
    ],
)
def test_unlike_or_silent_claims_are_no_conflict(other: dict[str, str]) -> None:
    figure = {**said("more-than", 10000), **other}
    assert found(pair_of(seoul(6700), claim("other", **{"claimant": "us", **figure}))) == []


def test_two_bodies_of_one_state_can_contradict_each_other() -> None:
    other = claim("dia", claimant="rok-dia", stated_on="2024-03-01", **said("more-than", 10000))
    assert found(pair_of(seoul(6700), other)) == [("seoul", "dia")]


def test_a_running_count_carried_on_is_no_conflict() -> None:
    def stated_by_dia(figure: int) -> Cells:
        return claim(
            "dia",
            claimant="rok-dia",
            series="rok-containers",
            stated_on="2024-03-01",
            **said("about", figure),
        )

    ministry = seoul(6700, series="rok-containers")
    assert found(pair_of(ministry, stated_by_dia(7000))) == []
    assert found(pair_of(ministry, stated_by_dia(6000))) == [("seoul", "dia")]


def test_amounts_of_different_times_are_no_conflict() -> None:
    may = seoul(100, measure="increment", period_start="2023-05", period_end="2023-05")
    june = {"measure": "increment", "period_start": "2023-06", "period_end": "2023-06"}
    assert found(pair_of(may, washington(1000, **june))) == []
    assert found(pair_of(may, washington(1000, **june | {"period_start": "2023-05-31"})))


def test_a_linked_contradiction_is_shown_whatever_window_and_bounds() -> None:
    later = washington(16500, stated_on="2025-03-01")
    link = cells("claim_links", claim_id="washington", relation="disputes", other_claim_id="seoul")
    dataset = pair_of(seoul(13000, **said("more-than", 13000)), later, claim_links=[link])
    (conflict,) = conflicts(dataset, Item.CONTAINERS, 7)
    assert (conflict.claim_id, conflict.other_claim_id) == ("seoul", "washington")
    assert conflict.is_linked
    assert conflict.days_apart == 369


def test_a_denial_that_the_data_link_is_a_conflict_without_a_gap() -> None:
    denial = claim(
        "denial",
        claimant="us",
        item="arms",
        unit="none",
        measure="denial",
        status="denied",
        stated_on="2024-02-27",
    )
    link = cells("claim_links", claim_id="denial", relation="disputes", other_claim_id="seoul")
    dataset = pair_of(seoul(6700), denial, claim_links=[link])
    (conflict,) = conflicts(dataset, Item.CONTAINERS, 30)
    assert not conflict.has_figures
    account = explanation(dataset, "seoul", "denial")
    assert account.reasons == (
        "us says that it did not happen, rok-mnd that it did. A denial gives no figure, so there "
        "is no gap to explain.",
    )
    assert not account.is_explained


# ------------------------------------------------------------------ what accounts for them


def test_a_longer_count_with_the_larger_figure_explains() -> None:
    account = explained(
        seoul(6700, period_start="2023-07"), washington(10000, period_start="2022-06")
    )
    assert account.is_explained
    assert account.reasons[0].startswith("us counts from June 2022, rok-mnd from July 2023.")


def test_a_longer_count_with_the_smaller_figure_explains_nothing() -> None:
    account = explained(
        seoul(6700, period_start="2023-07"), washington(10000, period_start="2023-09")
    )
    assert not account.is_explained
    assert account.reasons[0] == (
        "rok-mnd counts from July 2023, us from September 2023. The longer count gives the "
        "smaller figure, so this does not explain the gap."
    )


@pytest.mark.parametrize(
    ("start", "other_start", "words"),
    [
        ("2023-07", "2023-07", "Both count from July 2023, so the start does not explain"),
        ("2023", "2023-09", "These dates do not tell which count is the longer."),
        ("2023-07", "", "us does not say from when it counts, rok-mnd counts from July 2023"),
        ("", "", "Neither says from when it counts"),
    ],
)
def test_starts_that_are_equal_rough_or_unknown_explain_nothing(
    start: str, other_start: str, words: str
) -> None:
    account = explained(
        seoul(6700, period_start=start), washington(10000, period_start=other_start)
    )
    assert not account.is_explained
    assert any(words in reason for reason in account.reasons)


def test_time_between_two_statements_explains_nothing() -> None:
    account = explained(seoul(6700), washington(10000))
    assert (
        "The larger figure is the later, by 4 days. Whether 3,300 containers were added in that "
        "time, the data do not say." in account.reasons
    )
    assert not account.is_explained


def test_a_count_that_stops_earlier_explains_the_smaller_figure() -> None:
    account = explained(seoul(6700, period_end="2023-12-31"), washington(10000))
    assert account.is_explained
    assert "rok-mnd counts up to 31 December 2023 only" in account.reasons[0]


def test_a_later_and_smaller_figure_is_not_explained_by_time() -> None:
    account = explained(seoul(6700, stated_on="2024-03-05"), washington(10000))
    assert any("the later, by 4 days, and the smaller" in reason for reason in account.reasons)
    assert not account.is_explained


def test_what_pictures_show_may_be_less_than_an_officials_word() -> None:
    pictures = seoul(6700, claimant="osc", method="imagery")
    assert explained(pictures, washington(10000)).is_explained
    assert not explained(
        seoul(20000, claimant="osc", method="imagery"), washington(10000, **said("about", 10000))
    ).is_explained


@pytest.mark.parametrize(
    ("status", "figure", "is_explained"),
    [("inferred-capacity", 10000, True), ("inferred-capacity", 5000, False), ("planned", 1, True)],
)
def test_plan_capacity_and_count_are_different_things(
    status: str, figure: int, is_explained: bool
) -> None:
    other = washington(figure, status=status)
    assert explained(seoul(6700), other).is_explained is is_explained


def test_an_amount_cannot_be_more_than_the_total_that_holds_it() -> None:
    amount = {"measure": "increment", "period_start": "2024-01"}
    part_larger = explained(seoul(100), washington(148, **amount))
    assert not part_larger.is_explained
    assert "Yet the part is the larger figure" in part_larger.reasons[0]
    assert explained(seoul(200), washington(148, **amount)).is_explained


def test_a_claim_graded_improbable_explains_the_gap() -> None:
    slip = washington(100000, credibility="5", credibility_reason="A nought too many.")
    account = explained(seoul(6700), slip)
    assert account.reasons[0] == ("We grade what us said 5, improbable: A nought too many.")


def test_two_open_figures_can_both_be_true_and_that_is_no_explanation() -> None:
    account = explained(seoul(13000, **said("more-than", 13000)), washington(16500))
    assert any(reason.startswith("As worded, both can be true") for reason in account.reasons)
    assert not account.is_explained


def test_the_order_of_the_two_does_not_matter() -> None:
    dataset = pair_of(seoul(6700), washington(10000))
    assert explanation(dataset, "seoul", "washington") == explanation(
        dataset, "washington", "seoul"
    )


# ------------------------------------------------------------------ the shipped data

KNOWN = [
    (
        Item.CONTAINERS,
        "us-state-20240223-containers",
        "rok-mnd-20240226-containers",
        False,
        "Seoul (MND) counts from July 2023, Washington (State) from September 2023. The longer "
        "count gives the smaller figure",
    ),
    (
        Item.CONTAINERS,
        "rok-dia-20240827-containers",
        "us-state-20240904-containers",
        False,
        "Seoul (DIA) counts from June 2022, Washington (State) from September 2023. The longer "
        "count gives the smaller figure",
    ),
    (
        Item.CONTAINERS,
        "nis-20241018-containers",
        "rok-dia-20241023-containers",
        True,
        "Seoul (DIA) counts from June 2022, Seoul (NIS) from August 2023. The longer count gives "
        "the larger figure",
    ),
    (
        Item.BALLISTIC_MISSILES,
        "hur-20250123-missiles",
        "hur-20250223-missilesplan",
        True,
        "Kyiv (HUR) on 23 January 2025 gives an amount within a period, Kyiv (HUR) on 23 "
        "February 2025 a plan",
    ),
    (
        Item.CONTAINERS,
        "osc-20250415-containers",
        "us-usun-20250507-containers",
        True,
        "OSC counted what pictures show",
    ),
]


@pytest.mark.parametrize(("item", "one", "other", "is_explained", "words"), KNOWN)
def test_the_known_conflicts_are_found_and_accounted_for(
    dataset: Dataset, item: Item, one: str, other: str, is_explained: bool, words: str
) -> None:
    pairs = {
        (conflict.claim_id, conflict.other_claim_id) for conflict in conflicts(dataset, item, 7)
    }
    assert (one, other) in pairs
    account = explanation(dataset, one, other)
    assert account.is_explained is is_explained
    assert any(words in reason for reason in account.reasons)
    assert account.notes


@pytest.mark.slow
def test_every_conflict_of_every_item_has_a_reason(dataset: Dataset) -> None:
    for item in Item:
        for row in conflict_records(dataset, item, 90).to_dict("records"):
            assert row["explanation"], (row["claim_id"], row["other_claim_id"])


@pytest.mark.slow
def test_every_contradiction_that_the_data_name_is_shown(dataset: Dataset) -> None:
    shown = {
        frozenset((conflict.claim_id, conflict.other_claim_id))
        for item in Item
        for conflict in conflicts(dataset, item, 7)
    }
    links = dataset.claim_links[dataset.claim_links["relation"] == "disputes"]
    named = set(map(frozenset, zip(links["claim_id"], links["other_claim_id"], strict=True)))
    assert named <= shown


def test_a_wider_window_never_loses_a_conflict(dataset: Dataset) -> None:
    week, month = (set(conflicts(dataset, Item.TROOPS, days)) for days in (7, 30))
    assert week < month


def test_on_25_february_2024_nobody_knew_of_the_6700(dataset: Dataset) -> None:
    before = as_known(dataset, date(2024, 2, 25))
    ids = {conflict.other_claim_id for conflict in conflicts(before, Item.CONTAINERS, 30)}
    assert "rok-mnd-20240226-containers" not in ids


def test_the_records_are_flat_and_keep_whole_numbers(dataset: Dataset) -> None:
    rows = conflict_records(dataset, Item.CONTAINERS, 7)
    row = rows[rows["other_claim_id"] == "rok-mnd-20240226-containers"].iloc[-1]
    assert (row["claimant"], row["other_claimant"]) == ("us-state", "rok-mnd")
    assert (row["low"], row["other_low"], row["days_apart"]) == (10000, 6700, 3)
    assert str(rows["low"].dtype) == "Int64"


def test_an_item_without_a_conflict_has_no_rows_but_all_columns(dataset: Dataset) -> None:
    rows = conflict_records(dataset, Item.RETURN_CONTAINERS, 7)
    assert rows.empty
    assert list(rows.columns) == list(conflict_records(dataset, Item.CONTAINERS, 7).columns)
