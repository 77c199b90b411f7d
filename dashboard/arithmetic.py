"""Arithmetic: which figures may be added or compared, and why the others may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from dashboard.claimants import short_names
from dashboard.claims import claim, known_claims
from dashboard.codes import Coded, Direction, Item, Measure, Status
from dashboard.dataset import Dataset
from dashboard.periods import in_words, on_or_in_words, parse_period
from dashboard.records import Record, is_given
from dashboard.words import figure_in_words

UNLIKE = {
    "item": "count different things",
    "measure": "are different kinds of quantity",
    "direction": "go in different directions",
    "claimant": "come from two bodies, which may have counted the same things",
    "status": "do not claim the same of what they count",
}
"""Why two claims that differ in a column may not be added; some columns also bar comparing."""

_KINDS_NEVER_ADDED = {
    Measure.CAPACITY: "say what could have fitted, which is no amount that was sent",
    Measure.STOCK: "say how many were there at a time, so both may count the same ones",
    Measure.SHARE: "are shares, and the wholes of which they are shares are not given",
    Measure.VALUE: "are estimates of value, so both may hold the same things",
}
_CODES: dict[str, type[Coded]] = {"measure": Measure, "direction": Direction, "status": Status}
_FIRST_UNLIKE = ("item", "direction", "measure")
_NEXT_UNLIKE = ("claimant", "status")


class ArithmeticRefusal(ValueError):  # noqa: N818 - what was asked for is refused; nothing failed
    """Figures may not be added or compared; the message says which two and why."""


@dataclass(frozen=True)
class Total:
    """The sum of amounts that one body stated for periods that do not overlap.

    Attributes:
        claim_ids: The claims added, by period.
        period_start: Start of the first period, as written in the data.
        period_end: End of the last period, as written in the data.
        figure: Sum of the figures as said, in the item's unit.
        low: Sum of the low bounds; None where one is open.
        high: Sum of the high bounds; None where one is open.
        caution: Which times between the periods no figure covers.
    """

    claim_ids: tuple[str, ...]
    claimant: str
    item: str
    unit: str
    status: str
    period_start: str
    period_end: str
    figure: int
    low: int | None
    high: int | None
    caution: str


def total(dataset: Dataset, claim_ids: Sequence[str]) -> Total:
    """Return the sum of amounts within periods, with bounds.

    Raises:
        LookupError: One of the ids is unknown.
        ArithmeticRefusal: The claims may not be added.
    """
    rows = [claim(dataset, claim_id) for claim_id in claim_ids]
    if len(rows) < 2:
        raise ArithmeticRefusal("one figure is no sum: name two claims or more")
    names = short_names(dataset)
    known = set(known_claims(dataset.claims, dataset.as_known_on)["claim_id"])
    for row in rows:
        _demand_figure(row, names, known)
    for one, other in combinations(rows, 2):
        _demand_addable(one, other, names)
    rows.sort(key=lambda row: parse_period(row["period_start"]).first)
    lows, highs = zip(*(bounds(row) for row in rows), strict=True)
    first, last = rows[0], rows[-1]
    return Total(
        claim_ids=tuple(row["claim_id"] for row in rows),
        claimant=first["claimant"],
        item=first["item"],
        unit=first["unit"],
        status=first["status"],
        period_start=first["period_start"],
        period_end=last["as_of"],
        figure=sum(figure_as_said(row) for row in rows),
        low=_sum(lows),
        high=_sum(highs),
        caution=_caution(rows),
    )


def bounds(row: Record) -> tuple[int | None, int | None]:
    """Return the low and the high bound of a claim; None where it leaves one open."""
    low, high = row["low"], row["high"]
    return (int(low) if is_given(low) else None, int(high) if is_given(high) else None)


def figure_as_said(row: Record) -> int:
    """Return the figure of a claim: the low bound, or for 'up to' the high one.

    Raises:
        ArithmeticRefusal: The claim states no figure.
    """
    low, high = bounds(row)
    figure = high if low is None else low
    if figure is None:
        raise ArithmeticRefusal(f"{row['claim_id']} states no figure")
    return figure


def first_unlike(one: Record, other: Record, columns: Sequence[str]) -> str | None:
    """Return the first of some columns, keys of `UNLIKE`, in which two claims differ."""
    return next((column for column in columns if one[column] != other[column]), None)


def claim_in_words(row: Record, names: dict[str, str]) -> str:
    """Return a claim as a sentence names it: 'Seoul (MND) on 26 February 2024 (about 6,700)'.

    Args:
        row: The claim.
        names: Short name of each claimant.
    """
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    return f"{names[row['claimant']]} {on_or_in_words(row['stated_on'])} ({figure})"


def _demand_figure(row: Record, names: dict[str, str], known: set[str]) -> None:
    if row["claim_id"] not in known:
        raise ArithmeticRefusal(f"{claim_in_words(row, names)} was withdrawn: it is not added")
    if bounds(row) == (None, None):
        raise ArithmeticRefusal(
            f"{claim_in_words(row, names)} states no figure: there is nothing to add"
        )


def _demand_addable(one: Record, other: Record, names: dict[str, str]) -> None:
    reason = _reason_against_adding(one, other, names)
    if reason:
        pair = f"{claim_in_words(one, names)} and {claim_in_words(other, names)}"
        raise ArithmeticRefusal(f"{pair} {reason}, so they are not added")


def _reason_against_adding(one: Record, other: Record, names: dict[str, str]) -> str:
    if one["claim_id"] == other["claim_id"]:
        return "are one claim, named twice"
    column = first_unlike(one, other, _FIRST_UNLIKE)
    if column:
        return _unlike_in_words(one, other, column)
    if one["measure"] != Measure.INCREMENT:
        return _reason_of_kind(one, other)
    column = first_unlike(one, other, _NEXT_UNLIKE)
    if column:
        return _unlike_in_words(one, other, column)
    return _reason_of_periods(one, other, names)


def _unlike_in_words(one: Record, other: Record, column: str) -> str:
    if column == "claimant":
        return UNLIKE[column]
    values = [_value_in_words(row[column], column) for row in (one, other)]
    return f"{UNLIKE[column]} ({'; '.join(values)})"


def _value_in_words(value: str, column: str) -> str:
    if column == "item":
        return Item(value).label
    return _CODES[column](value).meaning


def _reason_of_kind(one: Record, other: Record) -> str:
    measure = Measure(one["measure"])
    if measure is not Measure.CUMULATIVE:
        return _KINDS_NEVER_ADDED[measure]
    if one["claimant"] == other["claimant"] or _is_same_series(one, other):
        return "are running totals, and each restates the one before"
    return "are running totals of two bodies, which may have counted the same things"


def _is_same_series(one: Record, other: Record) -> bool:
    return is_given(one["series"]) and bool(one["series"] == other["series"])


def _reason_of_periods(one: Record, other: Record, names: dict[str, str]) -> str:
    for row in (one, other):
        if not is_given(row["period_start"]):
            return f"may overlap: {claim_in_words(row, names)} does not say from when it counts"
        if row["status"] == Status.PLANNED and not is_given(row["period_end"]):
            return f"may overlap: {claim_in_words(row, names)} does not say until when it counts"
        if min(len(row["period_start"]), len(row["as_of"])) == len("2024"):
            return f"may overlap: {claim_in_words(row, names)} gives no more than a year"
    (first, last), (other_first, other_last) = _days(one), _days(other)
    if last < other_first or other_last < first:
        return ""
    return (
        f"cover times that overlap, {_days_in_words(one)} and {_days_in_words(other)}: "
        "what lies in both would count twice"
    )


def _days(row: Record) -> tuple[date, date]:
    return parse_period(row["period_start"]).first, parse_period(row["as_of"]).last


def _days_in_words(row: Record) -> str:
    return f"{in_words(row['period_start'])} to {in_words(row['as_of'])}"


def _sum(bounds_of_claims: Sequence[int | None]) -> int | None:
    given = [bound for bound in bounds_of_claims if bound is not None]
    return sum(given) if len(given) == len(bounds_of_claims) else None


def _caution(rows: Sequence[Record]) -> str:
    gaps = [
        f"{in_words(str(last + timedelta(days=1)))} to {in_words(str(first - timedelta(days=1)))}"
        for (_, last), (first, _) in pairwise(_days(row) for row in rows)
        if first - last > timedelta(days=1)
    ]
    return f"No figure covers {'; '.join(gaps)}." if gaps else ""
