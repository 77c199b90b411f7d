"""Conflicts: pairs of claims of one item that cannot both be taken as they were said."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.claims import known_claims
from dashboard.codes import Item, Measure, Relation, Status
from dashboard.dataset import Dataset
from dashboard.explanations import explanation
from dashboard.periods import parse_period
from dashboard.records import records, records_by
from dashboard.series import stated_figure

_SIDE_COLUMNS = (
    "claim_id",
    "claimant",
    "stated_on",
    "period_start",
    "as_of",
    "item",
    "measure",
    "status",
    "method",
    "low",
    "high",
    "qualifier",
)


@dataclass(frozen=True)
class Conflict:
    """Two claims that contradict each other, the earlier first.

    Attributes:
        claim_id: The claim that was stated first.
        other_claim_id: The other.
        days_apart: Days between the statements; where a date is not a day, the most there can be.
        is_linked: True where the data name the contradiction, with a link of their own.
        has_figures: False where one of the two is a denial or gives no number.
    """

    claim_id: str
    other_claim_id: str
    days_apart: int
    is_linked: bool
    has_figures: bool


def conflicts(dataset: Dataset, item: Item, window_days: int) -> tuple[Conflict, ...]:
    """Return the conflicts over an item, newest first.

    They are the pairs of claims by two bodies, stated within the window of each other, whose
    bounds do not overlap; and, whatever the window, the pairs that the data link as contradictory.
    Not among them are the restatements of one running count, nor amounts of different times.
    """
    claims = _with_days(known_claims(dataset.claims, dataset.as_known_on))
    linked = _linked_pairs(dataset, claims, item)
    unlike = _pairs_apart(claims[claims["item"] == item], window_days)
    pairs = pd.concat([linked.assign(is_linked=True), unlike.assign(is_linked=False)])
    pairs = pairs.drop_duplicates(["claim_id", "claim_id_other"])
    pairs = pairs.sort_values(
        ["known_on_other", "known_on", "claim_id_other", "claim_id"], ascending=False
    )
    pairs = pairs.assign(has_figures=_has_figure(pairs, "") & _has_figure(pairs, "_other"))
    return tuple(
        Conflict(
            claim_id=row["claim_id"],
            other_claim_id=row["claim_id_other"],
            days_apart=row["days_apart"],
            is_linked=row["is_linked"],
            has_figures=row["has_figures"],
        )
        for row in records(pairs)
    )


def conflict_records(dataset: Dataset, item: Item, window_days: int) -> pd.DataFrame:
    """Return the conflicts over an item, one a row, for the command and the tables.

    Columns: those of the earlier claim; those of the other, with `other_` before them;
    `days_apart`, `is_linked`, `is_explained`, and `explanation`, the reasons as text.
    """
    claims = records_by(dataset.claims, "claim_id")
    rows = []
    for conflict in conflicts(dataset, item, window_days):
        one, other = claims[conflict.claim_id], claims[conflict.other_claim_id]
        found = explanation(dataset, conflict.claim_id, conflict.other_claim_id)
        rows.append(
            {column: one[column] for column in _SIDE_COLUMNS}
            | {f"other_{column}": other[column] for column in _SIDE_COLUMNS}
            | {
                "days_apart": conflict.days_apart,
                "is_linked": conflict.is_linked,
                "is_explained": found.is_explained,
                "explanation": " ".join(found.reasons),
            }
        )
    columns = [
        *_SIDE_COLUMNS,
        *(f"other_{column}" for column in _SIDE_COLUMNS),
        "days_apart",
        "is_linked",
        "is_explained",
        "explanation",
    ]
    return pd.DataFrame(rows, columns=columns).astype(_BOUNDS_DTYPES)


_BOUNDS_DTYPES = dict.fromkeys(("low", "high", "other_low", "other_high"), "Int64")


def _with_days(claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims with the first and last day that an amount covers; NaT where not known."""
    starts = {text: parse_period(text).first for text in claims["period_start"].dropna().unique()}
    is_open_plan = (claims["status"] == Status.PLANNED) & claims["period_end"].isna()
    return claims.assign(
        from_day=pd.to_datetime(claims["period_start"].map(starts)),
        until_day=claims["as_of_day"].where(~is_open_plan),
    )


def _linked_pairs(dataset: Dataset, claims: pd.DataFrame, item: Item) -> pd.DataFrame:
    links = dataset.claim_links
    ids = links.loc[links["relation"] == Relation.DISPUTES, ["claim_id", "other_claim_id"]]
    pairs = ids.merge(claims, on="claim_id").merge(
        claims, left_on="other_claim_id", right_on="claim_id", suffixes=("", "_other")
    )
    about_item = (pairs["item"] == item) | (pairs["item_other"] == item)
    return _earlier_first(pairs[about_item].drop(columns="other_claim_id"))


def _pairs_apart(claims: pd.DataFrame, window_days: int) -> pd.DataFrame:
    stated = claims[_has_figure(claims, "")]
    pairs = _earlier_first(stated.merge(stated, how="cross", suffixes=("", "_other")))
    pairs = pairs.drop_duplicates(["claim_id", "claim_id_other"])
    is_pair = (
        (pairs["claim_id"] != pairs["claim_id_other"])
        & (pairs["claimant"] != pairs["claimant_other"])
        & (pairs["measure"] == pairs["measure_other"])
        & (pairs["days_apart"] <= window_days)
    )
    return pairs[is_pair & _is_apart(pairs) & ~_is_restated(pairs) & ~_is_of_other_time(pairs)]


def _has_figure(claims: pd.DataFrame, suffix: str) -> pd.Series[bool]:
    return claims[f"low{suffix}"].notna() | claims[f"high{suffix}"].notna()


def _earlier_first(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of claims with the one first known first, and the days between the two."""
    swapped = pairs.rename(columns=_swapped_name)[pairs.columns]
    is_later = (pairs["known_on"] > pairs["known_on_other"]) | (
        (pairs["known_on"] == pairs["known_on_other"])
        & (pairs["claim_id"] > pairs["claim_id_other"])
    )
    ordered = pairs.where(~is_later, swapped)
    forward = (ordered["known_on_other"] - ordered["stated_first"]).dt.days
    backward = (ordered["known_on"] - ordered["stated_first_other"]).dt.days
    return ordered.assign(days_apart=forward.where(forward >= backward, backward))


def _swapped_name(column: str) -> str:
    return column.removesuffix("_other") if column.endswith("_other") else f"{column}_other"


def _is_apart(pairs: pd.DataFrame) -> pd.Series[bool]:
    """Return True where the bounds leave no number that fits both."""
    below = (pairs["high"] < pairs["low_other"]).fillna(False)
    above = (pairs["high_other"] < pairs["low"]).fillna(False)
    return (below | above).astype(bool)


def _is_restated(pairs: pd.DataFrame) -> pd.Series[bool]:
    """Return True where the other claim carries the running count of the first on, or up."""
    figure = stated_figure(pairs["low"], pairs["high"])
    figure_other = stated_figure(pairs["low_other"], pairs["high_other"])
    is_same_count = pairs["series"].notna() & (pairs["series"] == pairs["series_other"])
    return is_same_count & (figure_other >= figure).fillna(False).astype(bool)


def _is_of_other_time(pairs: pd.DataFrame) -> pd.Series[bool]:
    """Return True for two amounts whose periods have no day in common."""
    is_amount = pairs["measure"] == Measure.INCREMENT
    is_before = pairs["until_day"] < pairs["from_day_other"]
    is_after = pairs["until_day_other"] < pairs["from_day"]
    return is_amount & (is_before | is_after)
