"""Captioned maps: the way from Najin to Tikhoretsk, and the chart of the sea leg."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart, sources_by_id
from dashboard.codes import LegStatus, Mode, RouteStatus
from dashboard.dataset import Dataset
from dashboard.figures.map_view import OVERVIEW, SEA_CHART, View
from dashboard.figures.palette import Theme
from dashboard.figures.route_map import overview_map, sea_chart
from dashboard.figures.sighting_marks import sightings_on_map, sightings_within
from dashboard.routes import Stretch, stretches
from dashboard.selection import as_known_in_words
from dashboard.translation import (
    decimal_number,
    message,
    plural_message,
    translated,
    translated_plural,
)
from dashboard.words import listed

CAVEATS = message(
    "Lines join reported points; for rail the drawn line is not the track and understates its "
    "length. Ships ran with tracking signals off: sea lines are shortest ways off land."
)
_STATUS_COUNTS = {
    LegStatus.OBSERVED: plural_message("{number} observed", "{number} observed"),
    LegStatus.REPORTED: plural_message("{number} reported", "{number} reported"),
    LegStatus.INFERRED: plural_message("{number} inferred", "{number} inferred"),
}
STATUS_NAMES = {
    LegStatus.OBSERVED: message("observed"),
    LegStatus.REPORTED: message("reported"),
    LegStatus.INFERRED: message("inferred"),
}


def main_route_ids(dataset: Dataset) -> tuple[str, ...]:
    """Return the ids of the routes that are reported with more than one sighting or statement."""
    routes = dataset.routes
    is_reported = routes["status"] != RouteStatus.ALLEGED
    is_arms = (routes["direction"] == "to-russia") & routes["corridor"].isin(["sea", "mixed"])
    return tuple(routes.loc[is_reported & is_arms, "route_id"])


def routes_chart(dataset: Dataset, route_ids: tuple[str, ...], theme: Theme) -> CaptionedChart:
    """Return the overview map of routes, from Najin to Tikhoretsk and beyond."""
    drawn = stretches(dataset, route_ids)
    names = _names(dataset, route_ids)
    title = translated("Reported ways from North Korea's ports to Russia's depots")
    if len(names) == 1:
        title = names[0]
    return _captioned(
        dataset, route_ids, "routes", title, overview_map(dataset, route_ids, theme), drawn
    )


def sea_leg_chart(dataset: Dataset, route_ids: tuple[str, ...], theme: Theme) -> CaptionedChart:
    """Return the enlarged chart of the sea leg."""
    drawn = [stretch for stretch in stretches(dataset, route_ids) if stretch.mode == Mode.SEA]
    figure = sea_chart(dataset, route_ids, theme)
    return _captioned(dataset, route_ids, "sea", _sea_title(dataset, drawn), figure, drawn)


def routes_and_sightings_chart(
    dataset: Dataset, route_ids: tuple[str, ...], theme: Theme
) -> CaptionedChart:
    """Return the overview map of routes with all dated sightings on it."""
    return _with_sightings(routes_chart(dataset, route_ids, theme), dataset, OVERVIEW, theme)


def sea_leg_and_sightings_chart(
    dataset: Dataset, route_ids: tuple[str, ...], theme: Theme
) -> CaptionedChart:
    """Return the chart of the sea leg with the dated sightings in its frame."""
    return _with_sightings(sea_leg_chart(dataset, route_ids, theme), dataset, SEA_CHART, theme)


def _with_sightings(
    chart: CaptionedChart, dataset: Dataset, view: View, theme: Theme
) -> CaptionedChart:
    """Return a map with sightings drawn, told, listed and sourced."""
    sightings = sightings_within(dataset, view)
    if sightings.empty:
        return chart
    links = dataset.sighting_sources
    is_of_these = links["sighting_id"].isin(sightings["sighting_id"])
    source_ids = {*chart.sources["source_id"], *links.loc[is_of_these, "source_id"]}
    names = dict(zip(dataset.places["place_id"], dataset.places["short_name"], strict=True))
    counts = sightings["place_id"].value_counts()
    outside = len(dataset.sightings) - len(sightings)
    told = translated(
        "{sightings} at {places}, most at {place} ({number})",
        sightings=translated_plural(
            "{number} dated sighting", "{number} dated sightings", len(sightings)
        ),
        places=translated_plural("{number} place", "{number} places", len(counts)),
        place=names[counts.index[0]],
        number=counts.iloc[0],
    )
    if outside:
        told += "; " + translated_plural(
            "{number} more not on this map", "{number} more not on this map", outside
        )
    return replace(
        chart,
        figure=sightings_on_map(chart.figure, dataset, view, theme),
        table=pd.concat([chart.table, _sightings_table(sightings, names)], ignore_index=True),
        alt=f"{chart.alt} {told}.",
        sources=sources_by_id(dataset, source_ids),
    )


def _sightings_table(sightings: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    by_place = sightings.groupby("place_id", sort=False)
    return pd.DataFrame(
        {
            translated("Seen at"): [names[str(place_id)] for place_id, _ in by_place],
            translated("Sightings"): by_place.size().tolist(),
            translated("Last seen"): by_place["observed_to"].last().tolist(),
        }
    )


def _sea_title(dataset: Dataset, drawn: Sequence[Stretch]) -> str:
    """Return the title with the lengths of the legs out of the main port of loading."""
    names = dict(zip(dataset.places["place_id"], dataset.places["short_name"], strict=True))
    if not drawn:
        return translated("The sea between the two countries")
    departures = Counter(stretch.from_place for stretch in drawn for _ in stretch.legs)
    loading = departures.most_common(1)[0][0]
    legs = [stretch for stretch in drawn if stretch.from_place == loading]
    ends = [
        translated(
            "{place} {length} km",
            place=names[leg.to_place],
            length=decimal_number(leg.length_km, 0),
        )
        for leg in legs
    ]
    return translated("By sea from {place}: to {ends}", place=names[loading], ends=listed(ends))


def _captioned(
    dataset: Dataset,
    route_ids: Sequence[str],
    name: str,
    title: str,
    figure: go.Figure,
    drawn: Sequence[Stretch],
) -> CaptionedChart:
    links = dataset.route_sources
    source_ids = set(links.loc[links["route_id"].isin(list(route_ids)), "source_id"])
    return CaptionedChart(
        name=name,
        title=title,
        subtitle=_subtitle(dataset, route_ids),
        figure=figure,
        table=_table(dataset, drawn),
        alt=f"{_legs_in_words(drawn)} {translated(CAVEATS)}",
        claim_ids=(),
        sources=sources_by_id(dataset, source_ids),
        warnings=(),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def _subtitle(dataset: Dataset, route_ids: Sequence[str]) -> str:
    if len(route_ids) > 2:
        return translated(
            "{shown} of {number} routes", shown=len(route_ids), number=len(dataset.routes)
        )
    count = translated_plural("{number} route", "{number} routes", len(route_ids))
    return f"{count}: {listed(_names(dataset, route_ids))}"


def _legs_in_words(drawn: Sequence[Stretch]) -> str:
    if not drawn:
        return translated("Map without a leg of these routes.")
    numbers = {status: sum(leg.status == status for leg in drawn) for status in LegStatus}
    kinds = [
        translated_plural(*_STATUS_COUNTS[status], number)
        for status, number in numbers.items()
        if number
    ]
    legs = translated_plural("{number} leg", "{number} legs", len(drawn))
    return translated("Map with {legs}: {kinds}.", legs=legs, kinds=listed(kinds))


def _names(dataset: Dataset, route_ids: Sequence[str]) -> list[str]:
    routes = dataset.routes
    return list(routes.loc[routes["route_id"].isin(list(route_ids)), "name"])


def _table(dataset: Dataset, drawn: Sequence[Stretch]) -> pd.DataFrame:
    places = dict(zip(dataset.places["place_id"], dataset.places["name"], strict=True))
    return pd.DataFrame(
        {
            translated("From"): [places[stretch.from_place] for stretch in drawn],
            translated("To"): [places[stretch.to_place] for stretch in drawn],
            translated("By"): [translated(Mode(stretch.mode).meaning) for stretch in drawn],
            translated("How known"): [
                translated(STATUS_NAMES[LegStatus(stretch.status)]) for stretch in drawn
            ],
            translated("Length (km)"): [round(stretch.length_km, 1) for stretch in drawn],
            translated("On routes"): [
                len({route for route, _ in stretch.legs}) for stretch in drawn
            ],
        }
    )
