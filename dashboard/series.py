"""Series: running counts that one body restates, and what may be said of two of its figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.arithmetic import UNLIKE, ArithmeticRefusal, bounds, figure_as_said, first_unlike
from dashboard.claims import claim, selected_claims
from dashboard.dataset import Dataset
from dashboard.periods import parse_period
from dashboard.records import Record, is_given
from dashboard.selection import Selection
from dashboard.translation import translated

RECORD_COLUMNS = (
    "claim_id",
    "series",
    "claimant",
    "stated_on",
    "as_of",
    "low",
    "high",
    "qualifier",
    "articles",
)


def series_points(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the claims of a selection that belong to a series and state a figure, oldest first."""
    claims = selected_claims(dataset, selection)
    has_figure = claims["low"].notna() | claims["high"].notna()
    return claims[claims["series"].notna() & has_figure].reset_index(drop=True)


def single_points(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the claims of a selection that state a figure and belong to no series."""
    claims = selected_claims(dataset, selection)
    has_figure = claims["low"].notna() | claims["high"].notna()
    return claims[claims["series"].isna() & has_figure].reset_index(drop=True)


def latest_points(points: pd.DataFrame) -> pd.DataFrame:
    """Return the newest claim of each series; points come oldest first."""
    return points.drop_duplicates("series", keep="last").reset_index(drop=True)


def stated_figure(low: pd.Series[int], high: pd.Series[int]) -> pd.Series[int]:
    """Return the figure as it was said: the low bound, or for 'up to' the high one.

    This is where a mark is drawn; it is never a middle of two bounds.
    """
    return low.where(low.notna(), high)


def series_records(points: pd.DataFrame) -> pd.DataFrame:
    """Return points with the columns that the command shows."""
    return points[list(RECORD_COLUMNS)].reset_index(drop=True)


@dataclass(frozen=True)
class Comparison:
    """Two claims of one kind of quantity, the earlier first.

    A bound is None where a claim leaves it open: from 'about 6,700' to 'more than 13,000' the
    difference is 6,300 or more.

    Attributes:
        difference: Between the figures as said, in the claims' unit.
        factor: The later figure over the earlier one, two decimals.
        days: From the one statement to the other; None where a date is not a day.
        rate_per_30_days: Difference over days, times 30.
    """

    from_claim: str
    to_claim: str
    item: str
    unit: str
    from_figure: int
    to_figure: int
    difference: int
    difference_low: int | None
    difference_high: int | None
    factor: float | None
    factor_low: float | None
    factor_high: float | None
    days: int | None
    rate_per_30_days: int | None
    rate_per_30_days_low: int | None
    rate_per_30_days_high: int | None
    caution: str


class ComparisonError(ArithmeticRefusal):
    """The two claims may not be compared; the message says why in a sentence."""


def compare(dataset: Dataset, claim_id: str, other_claim_id: str) -> Comparison:
    """Return what lies between two claims, the earlier one first.

    Raises:
        LookupError: One of the ids is unknown.
        ComparisonError: The claims count different things, or state no figure.
    """
    return comparison_of(claim(dataset, claim_id), claim(dataset, other_claim_id))


def comparison_of(one: Record, other: Record) -> Comparison:
    """Return what lies between two claims, given as rows; see `compare`.

    Raises:
        ComparisonError: The claims count different things, or state no figure.
    """
    pair = [one, other]
    _demand_comparable(*pair)
    earlier, later = sorted(
        pair, key=lambda row: (row["known_on"], row["as_of_day"], row["claim_id"])
    )
    from_low, from_high = bounds(earlier)
    to_low, to_high = bounds(later)
    from_figure, to_figure = figure_as_said(earlier), figure_as_said(later)
    days = _days_between(earlier["stated_on"], later["stated_on"])
    low, high = _minus(to_low, from_high), _minus(to_high, from_low)
    difference = to_figure - from_figure
    return Comparison(
        from_claim=earlier["claim_id"],
        to_claim=later["claim_id"],
        item=later["item"],
        unit=later["unit"],
        from_figure=from_figure,
        to_figure=to_figure,
        difference=difference,
        difference_low=low,
        difference_high=high,
        factor=_over(to_figure, from_figure),
        factor_low=_over(to_low, from_high),
        factor_high=_over(to_high, from_low),
        days=days,
        rate_per_30_days=_per_30_days(difference, days),
        rate_per_30_days_low=_per_30_days(low, days),
        rate_per_30_days_high=_per_30_days(high, days),
        caution=_caution(earlier, later),
    )


def _demand_comparable(one: Record, other: Record) -> None:
    column = first_unlike(one, other, ("item", "measure", "direction"))
    if column:
        raise ComparisonError(
            f"{one['claim_id']} and {other['claim_id']} {UNLIKE[column]} "
            f"({one[column]} and {other[column]}), so they cannot be compared"
        )
    for row in (one, other):
        if bounds(row) == (None, None):
            raise ComparisonError(f"{row['claim_id']} states no figure, so it cannot be compared")


def _minus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _over(one: int | None, other: int | None) -> float | None:
    return round(one / other, 2) if one is not None and other else None


def _days_between(one: str, other: str) -> int | None:
    first, second = parse_period(one), parse_period(other)
    return (second.first - first.first).days if first.is_day and second.is_day else None


def _per_30_days(difference: int | None, days: int | None) -> int | None:
    return round(difference / days * 30) if difference is not None and days else None


def _caution(earlier: Record, later: Record) -> str:
    if not is_given(earlier["series"]) or earlier["series"] != later["series"]:
        return translated(
            "The two claims are not of one series: the difference mixes two ways of counting "
            "and is no increase."
        )
    if earlier["period_start"] != later["period_start"] and not (
        not is_given(earlier["period_start"]) and not is_given(later["period_start"])
    ):
        return translated(
            "The two claims count from different days, so the difference is only a guide."
        )
    return ""
