"""Dated sightings of vessels in time order, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.codes import SightingEvent
from dashboard.nearest import no_such
from dashboard.periods import parse_period
from dashboard.translation import message, translated

if TYPE_CHECKING:
    from dashboard.dataset import Dataset


_EVENT_NAMES = {
    SightingEvent.ARRIVED: message("arrived"),
    SightingEvent.DEPARTED: message("departed"),
    SightingEvent.DOCKED: message("docked"),
    SightingEvent.LOADING: message("loading"),
    SightingEvent.UNLOADING: message("unloading"),
    SightingEvent.TRANSIT: message("transit"),
}


def event_name(event: object) -> str:
    """Return what was seen in one word: 'docked'."""
    return translated(_EVENT_NAMES[SightingEvent(str(event))])


def in_time_order(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return sightings, those that began first before others."""
    first_days = sightings["observed_from"].map(lambda text: parse_period(text).first.isoformat())
    order = sightings.assign(first_day=first_days)
    in_order = order.sort_values(["first_day", "observed_to", "sighting_id"], ignore_index=True)
    return in_order.drop(columns="first_day")


def located_sightings(dataset: Dataset) -> pd.DataFrame:
    """Return the sightings whose place is known, in time order.

    Returns:
        The columns of the table, `place_id` (where the vessel was or went, else where it came
        from) and `vessel` (its name).
    """
    sightings = in_time_order(dataset.sightings)
    names = dict(zip(dataset.vessels["vessel_id"], dataset.vessels["name"], strict=True))
    place_id = sightings["to_place"].where(sightings["to_place"].notna(), sightings["from_place"])
    is_located = place_id.isin(dataset.places["place_id"])
    located = sightings.assign(place_id=place_id, vessel=sightings["vessel_id"].map(names))
    return located[is_located].reset_index(drop=True)


def vessel_sightings(dataset: Dataset, vessel_id: str) -> pd.DataFrame:
    """Return all sightings of a vessel in time order, numbered from 1 in the column `number`.

    Raises:
        LookupError: There is no such vessel; the message names the nearest id.
    """
    known = dataset.vessels["vessel_id"].tolist()
    if vessel_id not in known:
        raise LookupError(no_such("vessel", vessel_id, known))
    of_vessel = dataset.sightings[dataset.sightings["vessel_id"] == vessel_id]
    in_order = in_time_order(of_vessel)
    return in_order.assign(number=range(1, len(in_order) + 1))
