"""Conversions: one unit in terms of another, by factors that somebody published.

Method: a factor is how many of one thing there are in one of another, such as rounds a container.
It comes from a pair of claims. A stated figure times the least and the greatest factor is a range;
where the figure is open, so is the range. Nothing here was counted by anyone. See docs/methods.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from dashboard.claims import known_claims
from dashboard.codes import Item, Measure, Relation, Status
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.records import is_given, records
from dashboard.selection import Selection
from dashboard.series import series_points, single_points, stated_figure

FACTOR_COLUMNS = (
    "conversion_id",
    "claimant",
    "from_item",
    "to_item",
    "from_claim",
    "to_claim",
    "from_figure",
    "to_figure",
    "factor",
    "qualifier",
    "stated_on",
    "known_on",
    "replaced_by",
    "note",
)
RECORD_COLUMNS = (
    "claim_id",
    "claimant",
    "stated_on",
    "item",
    "low",
    "high",
    "qualifier",
    "to_item",
    "factor_low",
    "factor_high",
    "converted_low",
    "converted_high",
)
PUBLISHED = "published"
OWN = "own"
CONVERTED_MEASURES = (Measure.CUMULATIVE, Measure.INCREMENT, Measure.STOCK)
"""What may be converted: a capacity is worked out already."""

_SHOWN_FIRST = {Item.CONTAINERS: Item.SHELLS_152MM}
"""What an item is converted into unless the reader says otherwise, where it is not the first."""


class ConversionError(ValueError):
    """The figures cannot be converted; the message says why in a sentence."""


@dataclass(frozen=True)
class Bridge:
    """Two items between which factors are published.

    Attributes:
        from_item: What is converted.
        to_item: What comes out.
        one: The item of which a factor takes one: containers, in rounds a container.
        many: The item that a factor counts in it: rounds, in rounds a container.
    """

    from_item: Item
    to_item: Item
    one: Item
    many: Item


@dataclass(frozen=True)
class FactorRange:
    """The least and the greatest factor by which figures are converted.

    Attributes:
        low: The least.
        high: The greatest.
        factor_of: Whose they are: id of a claimant, `PUBLISHED` for everybody's, `OWN` for the
            reader's.
    """

    low: int
    high: int
    factor_of: str


@kept(64)
def factors(dataset: Dataset) -> pd.DataFrame:
    """Return every published factor, oldest first, with the columns of `FACTOR_COLUMNS`.

    The frame is shared, like those of the dataset, and like them never changed.

    `from_figure` and `to_figure` are the two figures as said, or the bound of the second that
    gives the factor; `qualifier` is the hedge of the second, `stated_on` its date. `replaced_by`
    is the later conversion in which the same body gave the same figure another factor; missing
    where the factor stands.
    """
    claims = known_claims(dataset.claims, dataset.as_known_on)
    claims = claims.assign(figure=stated_figure(claims["low"], claims["high"]))
    start = claims[["claim_id", "item", "figure"]].rename(
        columns={"claim_id": "from_claim", "item": "from_item", "figure": "from_figure"}
    )
    end = claims[["claim_id", "item", "figure", "high", "qualifier", "stated_on", "known_on"]]
    end = end.rename(columns={"claim_id": "to_claim", "item": "to_item", "figure": "to_figure"})
    pairs = dataset.conversions.merge(start, on="from_claim").merge(end, on="to_claim")
    pairs = pairs.sort_values(["known_on", "conversion_id"], ignore_index=True)
    from_low = (pairs["to_figure"] / pairs["from_figure"] - pairs["factor"]).abs()
    from_high = (pairs["high"] / pairs["from_figure"] - pairs["factor"]).abs()
    is_high = (from_high < from_low).fillna(False)
    return pairs.assign(
        to_figure=pairs["high"].where(is_high, pairs["to_figure"]),
        replaced_by=_replacements(pairs),
    )[list(FACTOR_COLUMNS)]


def _replacements(pairs: pd.DataFrame) -> pd.Series[str]:
    """Return for each pair, oldest first, the next one that converts the same figure otherwise."""
    same = pairs.groupby(["claimant", "from_item", "to_item", "from_figure"])
    later, later_factor = same["conversion_id"].shift(-1), same["factor"].shift(-1)
    is_later = same["known_on"].shift(-1) > pairs["known_on"]
    return later.where(is_later & (later_factor != pairs["factor"]))


def convert(
    low: int | None, high: int | None, factor_low: int, factor_high: int
) -> tuple[int | None, int | None]:
    """Return the range of a figure times a range of factors; an open end stays open (None).

    Raises:
        ConversionError: The factors are no range above zero.
    """
    _demand_range(factor_low, factor_high)
    return (
        None if low is None else low * factor_low,
        None if high is None else high * factor_high,
    )


def convert_back(
    low: int | None, high: int | None, factor_low: int, factor_high: int
) -> tuple[int | None, int | None]:
    """Return the range of a figure over a range of factors, in whole numbers, rounded outwards.

    Raises:
        ConversionError: The factors are no range above zero.
    """
    _demand_range(factor_low, factor_high)
    return (
        None if low is None else low // factor_high,
        None if high is None else -(-high // factor_low),
    )


def _demand_range(factor_low: int, factor_high: int) -> None:
    if factor_low < 1:
        raise ConversionError("a factor is a whole number of 1 or more")
    if factor_low > factor_high:
        raise ConversionError(
            f"the least factor, {factor_low:,}, is above the greatest, {factor_high:,}"
        )


def convertible_items(dataset: Dataset, from_item: Item) -> tuple[Item, ...]:
    """Return the items into which figures of an item can be converted, the usual one first."""
    pairs = factors(dataset)
    found = set(pairs.loc[pairs["from_item"] == from_item, "to_item"])
    found |= set(pairs.loc[pairs["to_item"] == from_item, "from_item"])
    usual = _SHOWN_FIRST.get(from_item)
    return tuple(sorted((item for item in Item if item in found), key=lambda item: item != usual))


def bridge(dataset: Dataset, from_item: Item, to_item: Item) -> Bridge:
    """Return in which direction the published factors between two items run.

    Raises:
        ConversionError: Nobody published a factor between the two.
    """
    pairs = factors(dataset)
    for one, many in ((from_item, to_item), (to_item, from_item)):
        if ((pairs["from_item"] == one) & (pairs["to_item"] == many)).any():
            return Bridge(from_item, to_item, one, many)
    raise ConversionError(
        f"nobody published a factor between {from_item} and {to_item}, so they cannot be converted"
    )


def bridge_factors(dataset: Dataset, across: Bridge) -> pd.DataFrame:
    """Return the published factors of a bridge, oldest first: columns as for `factors`."""
    pairs = factors(dataset)
    is_across = (pairs["from_item"] == across.one) & (pairs["to_item"] == across.many)
    return pairs[is_across].reset_index(drop=True)


def published_range(
    dataset: Dataset, from_item: Item, to_item: Item, factor_of: str = PUBLISHED
) -> FactorRange:
    """Return the least and the greatest published factor between two items that still stand.

    A factor is rounded. Where there is only one, the range is the two whole numbers round it.

    Args:
        dataset: The data.
        from_item: What is converted.
        to_item: What comes out.
        factor_of: Id of the claimant whose factors count, or `PUBLISHED` for all.

    Raises:
        ConversionError: Nobody, or not this body, published a factor between the two.
    """
    pairs = bridge_factors(dataset, bridge(dataset, from_item, to_item))
    standing = pairs[pairs["replaced_by"].isna()]
    if factor_of != PUBLISHED:
        standing = standing[standing["claimant"] == factor_of]
    if standing.empty:
        raise ConversionError(f"{factor_of} published no factor between {from_item} and {to_item}")
    low, high = int(standing["factor"].min()), int(standing["factor"].max())
    if low == high:
        ratio = int(standing["to_figure"].iloc[0]) / int(standing["from_figure"].iloc[0])
        low, high = math.floor(ratio), math.ceil(ratio)
    return FactorRange(low, high, factor_of)


def claimants_with_factors(dataset: Dataset, from_item: Item, to_item: Item) -> tuple[str, ...]:
    """Return the bodies whose factors between two items still stand, in the order of their ids.

    Raises:
        ConversionError: Nobody published a factor between the two.
    """
    pairs = bridge_factors(dataset, bridge(dataset, from_item, to_item))
    return tuple(sorted(pairs.loc[pairs["replaced_by"].isna(), "claimant"].unique()))


def converted_series(
    dataset: Dataset, selection: Selection, to_item: Item, factor_low: int, factor_high: int
) -> pd.DataFrame:
    """Return the stated figures of a selection, oldest first, each with its converted range.

    These are running totals, or else single statements, of one measure, and the statements from
    which the factors come. Plans, capacities and figures that were themselves worked out from the
    other item are left out: they would come back as what they were made from.

    Args:
        dataset: The data.
        selection: Which claims; it must name an item.
        to_item: What comes out.
        factor_low: The least factor, in the direction in which factors are published.
        factor_high: The greatest.

    Returns:
        The columns of `Dataset.claims`, and `to_item`, `factor_low`, `factor_high`;
        `converted_low` and `converted_high`, missing where the figure is open; `drawn_low` and
        `drawn_high`, the range of the figure as said, which is never open.

    Raises:
        ConversionError: The item cannot be converted, or the factors are no range.
    """
    if selection.item is None:
        raise ConversionError("only one kind of thing at a time can be converted")
    across = bridge(dataset, selection.item, to_item)
    arithmetic = convert if across.one is selection.item else convert_back
    points = _convertible_points(dataset, selection, to_item)
    _demand_range(factor_low, factor_high)
    bounds = [(_whole(row["low"]), _whole(row["high"])) for row in records(points)]
    converted = [arithmetic(low, high, factor_low, factor_high) for low, high in bounds]
    drawn = [
        arithmetic(
            high if low is None else low, low if high is None else high, factor_low, factor_high
        )
        for low, high in bounds
    ]
    return points.assign(
        to_item=to_item.value,
        factor_low=factor_low,
        factor_high=factor_high,
        converted_low=_column([low for low, _ in converted]),
        converted_high=_column([high for _, high in converted]),
        drawn_low=_column([low for low, _ in drawn]),
        drawn_high=_column([high for _, high in drawn]),
    )


def _convertible_points(dataset: Dataset, selection: Selection, to_item: Item) -> pd.DataFrame:
    single = single_points(dataset, selection)
    has_factor = single["claim_id"].isin(factors(dataset)["from_claim"])
    points = pd.concat([series_points(dataset, selection), single[has_factor]])
    points = _not_worked_out(dataset, points, to_item)
    if points.empty:
        points = _not_worked_out(dataset, single, to_item)
    present = [measure for measure in CONVERTED_MEASURES if (points["measure"] == measure).any()]
    points = points[points["measure"].isin(present[:1])]
    return points.sort_values(["known_on", "claim_id"], ignore_index=True)


def _not_worked_out(dataset: Dataset, points: pd.DataFrame, to_item: Item) -> pd.DataFrame:
    """Return points without plans, capacities and what was computed from the other item."""
    links = dataset.claim_links[dataset.claim_links["relation"] == Relation.COMPUTED_FROM]
    others = dataset.claims.loc[dataset.claims["item"] == to_item, "claim_id"]
    computed = links.loc[links["other_claim_id"].isin(others), "claim_id"]
    is_left_out = (
        points["status"].isin([Status.PLANNED, Status.DENIED])
        | ~points["measure"].isin(CONVERTED_MEASURES)
        | points["claim_id"].isin(computed)
    )
    return points[~is_left_out]


def _whole(bound: object) -> int | None:
    return int(str(bound)) if is_given(bound) else None


def _column(values: list[int | None]) -> pd.Series[int]:
    return pd.Series(values, dtype="Int64")


def conversion_records(
    dataset: Dataset,
    from_item: Item,
    to_item: Item,
    factor_low: int | None = None,
    factor_high: int | None = None,
) -> pd.DataFrame:
    """Return the stated totals of an item with their converted ranges, for the command.

    A factor that is not given is the least, or the greatest, published one.

    Raises:
        ConversionError: Nobody published a factor between the two, or the factors are no range.
    """
    published = published_range(dataset, from_item, to_item)
    low = published.low if factor_low is None else factor_low
    high = published.high if factor_high is None else factor_high
    points = converted_series(dataset, Selection(item=from_item), to_item, low, high)
    return points[list(RECORD_COLUMNS)].reset_index(drop=True)
