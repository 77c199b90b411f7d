"""Published totals of ship voyages, and how they relate by the periods that they cover."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pandas as pd

from dashboard.claimants import short_names
from dashboard.codes import Item, Relation
from dashboard.dataset import Dataset
from dashboard.periods import month_in_words, parse_period
from dashboard.records import Record, is_given, records
from dashboard.selection import Selection
from dashboard.series import series_points, single_points, stated_figure
from dashboard.words import figure_in_words

LEAST_TOTAL = 4
"""Fewer trips are single sightings, not totals."""
LARGEST = 6


def trip_totals(dataset: Dataset) -> pd.DataFrame:
    """Return the counts of voyages that say from when they count, by the end of their period.

    Beside the columns of `Dataset.claims`: `figure`, as said.
    """
    selection = Selection(item=Item.VOYAGES, measure=("cumulative", "increment"))
    claims = pd.concat(
        [series_points(dataset, selection), single_points(dataset, selection)], ignore_index=True
    ).sort_values(["as_of_day", "claim_id"], ignore_index=True)
    claims = claims.assign(figure=stated_figure(claims["low"], claims["high"]))
    is_total = claims["period_start"].notna() & (claims["figure"] >= LEAST_TOTAL)
    return claims[is_total].reset_index(drop=True)


def how_totals_relate(dataset: Dataset) -> list[str]:
    """Return a sentence on each two of the largest totals of which one's period holds the other's.

    Then the notes of the links by which totals back or contradict each other.
    """
    totals = trip_totals(dataset)
    names = short_names(dataset)
    largest = records(totals.nlargest(LARGEST, "figure"))
    pairs = [_relation(names, *pair) for pair in combinations(largest, 2)]
    links = dataset.claim_links
    known = set(totals["claim_id"])
    is_between = links["claim_id"].isin(known) & links["other_claim_id"].isin(known)
    is_judged = links["relation"].isin([Relation.CORROBORATES, Relation.DISPUTES])
    notes = list(links.loc[is_between & is_judged, "note"].dropna())
    return [sentence for sentence in pairs if sentence] + notes


def _relation(names: dict[str, str], one: Record, other: Record) -> str:
    for inner, outer in ((one, other), (other, one)):
        if not _is_within(inner, outer):
            continue
        said, larger = _said(names, inner), _said(names, outer)
        if not is_given(outer["high"]) or inner["figure"] <= outer["high"]:
            return f"{said} lies within the period of {larger}: the two can both hold."
        return (
            f"{said} is the larger although its period lies within that of {larger}: "
            "not explained by the periods."
        )
    return ""


def _is_within(inner: Record, outer: Record) -> bool:
    (start, end), (first, last) = _span(inner), _span(outer)
    return first <= start and end <= last


def _span(row: Record) -> tuple[date, date]:
    return parse_period(row["period_start"]).first, row["as_of_day"].date()


def _said(names: dict[str, str], row: Record) -> str:
    figure = figure_in_words(row["low"], row["high"], row["qualifier"])
    start, end = month_in_words(row["period_start"]), month_in_words(row["as_of"])
    return f"{names[row['claimant']]}’s {figure} ({start} to {end})"
