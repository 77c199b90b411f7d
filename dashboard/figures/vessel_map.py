"""The map of one vessel: where it was seen, numbered in time order.

No line joins the sightings: between them nobody reported where it went.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart, sources_by_id
from dashboard.dataset import Dataset
from dashboard.figures.drawing import Properties, scattergeo, unchecked_figure
from dashboard.figures.map_view import (
    OVERVIEW,
    SEA_CHART,
    View,
    ground,
    is_within,
    map_layout,
    place_marks,
    places_by_id,
    wrapped,
)
from dashboard.figures.palette import FONT_FAMILY, Theme, surface
from dashboard.figures.sighting_marks import disc_look, disc_px, when_seen
from dashboard.records import Record, records
from dashboard.selection import as_known_in_words
from dashboard.sightings import event_name, located_sightings, vessel_sightings
from dashboard.translation import message, translated, translated_plural
from dashboard.words import listed, ranged

SEA = replace(
    SEA_CHART,
    labels={
        **SEA_CHART.labels,
        "rajin-port": "middle right",
        "dunai-naval": "bottom left",
        "vostochny-port": "top center",
        "nakhodka-port": "top center",
    },
)
COASTS = replace(
    SEA_CHART,
    sheet="overview",
    longitudes=(111.0, 147.0),
    latitudes=(28.5, 48.5),
    centre=(39.3, 129.0),
    labels={"rajin-port": "middle left", "dunai-naval": "middle right"},
    landmarks=frozenset(),
    areas=(
        ("<i>East Sea /<br>Sea of Japan</i>", 40.3, 134.8),
        ("Russia", 47.0, 135.0),
        ("China", 44.5, 118.5),
        (message("Japan"), 36.3, 138.3),
    ),
)
CONTINENT = replace(
    OVERVIEW,
    longitudes=(33.0, 139.0),
    latitudes=(20.0, 84.0),
    centre=(54.0, 82.3),
    landmarks=frozenset(),
)
VIEWS = (SEA, COASTS, CONTINENT)
SIDES = {
    "tumangang-station": "middle left",
    "khasan-station": "middle right",
    "dzhankoi-crimea": "top right",
    "krasnoyarsk": "bottom center",
    "shimanovsk-station": "top center",
}


def vessel_map(dataset: Dataset, vessel_id: str, theme: Theme) -> CaptionedChart:
    """Return the map of the places where a vessel was seen.

    Raises:
        LookupError: There is no such vessel; the message names the nearest id.
    """
    numbered = vessel_sightings(dataset, vessel_id)
    places = located_sightings(dataset)[["sighting_id", "place_id"]]
    sightings = numbered.merge(places, on="sighting_id").sort_values("number", ignore_index=True)
    vessels = dict(zip(dataset.vessels["vessel_id"], dataset.vessels["name"], strict=True))
    links = dataset.sighting_sources
    is_of_these = links["sighting_id"].isin(sightings["sighting_id"])
    return CaptionedChart(
        name="vessel",
        title=f"{vessels[vessel_id]}: {_finding(sightings)}",
        subtitle=_subtitle(numbered, sightings),
        figure=_figure(dataset, sightings, theme),
        table=_table(dataset, sightings),
        alt=_alt(dataset, sightings),
        claim_ids=(),
        sources=sources_by_id(dataset, set(links.loc[is_of_these, "source_id"])),
        warnings=(),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def _finding(sightings: pd.DataFrame) -> str:
    if sightings.empty:
        return translated("no sighting with a place")
    places = sightings["place_id"].nunique()
    return translated(
        "{sightings} at {places}",
        sightings=translated_plural(
            "{number} dated sighting", "{number} dated sightings", len(sightings)
        ),
        places=translated_plural("{number} place", "{number} places", places),
    )


def _subtitle(numbered: pd.DataFrame, sightings: pd.DataFrame) -> str:
    without_place = len(numbered) - len(sightings)
    order = translated("Numbered in time order, as in the list")
    if not without_place:
        return order
    rest = translated_plural(
        "{number} more without a place", "{number} more without a place", without_place
    )
    return f"{order}; {rest}"


def _alt(dataset: Dataset, sightings: pd.DataFrame) -> str:
    if sightings.empty:
        return translated("Map without a sighting.")
    names = dict(zip(dataset.places["place_id"], dataset.places["short_name"], strict=True))
    at_places = [
        f"{names[place_id]} ({numbers})" for place_id, numbers in _numbers(sightings).items()
    ]
    seen = translated("Seen at {places}.", places=listed(at_places))
    between = translated("Where it went between them was not reported, so no line joins them.")
    return f"{seen} {between}" if len(at_places) > 1 else seen


def _numbers(sightings: pd.DataFrame) -> dict[str, str]:
    """Return the numbers of the sightings at each place, the place seen first before others."""
    by_place = sightings.groupby("place_id", sort=False)["number"]
    return {str(place_id): ranged(numbers.tolist()) for place_id, numbers in by_place}


def _table(dataset: Dataset, sightings: pd.DataFrame) -> pd.DataFrame:
    names = dict(zip(dataset.places["place_id"], dataset.places["name"], strict=True))
    return pd.DataFrame(
        {
            translated("Number"): sightings["number"],
            translated("From"): sightings["observed_from"],
            translated("To"): sightings["observed_to"],
            translated("Place"): sightings["place_id"].map(names),
            translated("Seen"): sightings["event"].map(event_name),
            translated("Seen by"): sightings["observed_by"],
            translated("What was seen"): sightings["paraphrase"],
        }
    )


# ------------------------------------------------------------------ drawing


def _figure(dataset: Dataset, sightings: pd.DataFrame, theme: Theme) -> go.Figure:
    seen = places_by_id(dataset, set(sightings["place_id"]))
    view = _view_of(records(seen))
    landmarks = places_by_id(dataset, view.landmarks - set(seen["place_id"]))
    traces = [
        *ground(view, theme),
        place_marks(landmarks, view, theme, surface(theme).muted),
        _numbered_marks(seen, sightings, view, theme),
    ]
    return unchecked_figure(traces, map_layout(view, theme))


def _view_of(places: Sequence[Record]) -> View:
    """Return the nearest view that holds all of the places."""
    points = [(row["lat"], row["lon"]) for row in places]
    fitting = [view for view in VIEWS if all(is_within(point, view) for point in points)]
    return fitting[0] if fitting else CONTINENT


def _numbered_marks(
    places: pd.DataFrame, sightings: pd.DataFrame, view: View, theme: Theme
) -> Properties:
    """Return a disc for each place, with its name and the numbers of its sightings."""
    numbers = _numbers(sightings)
    counts = sightings["place_id"].value_counts()
    rows = records(places)
    halo = ", ".join([f"0 0 3px {surface(theme).land}"] * 4)
    ink = surface(theme).ink
    as_ever = {"textfont": {"color": ink}}
    return scattergeo(
        geo=view.geo,
        lat=[row["lat"] for row in rows],
        lon=[row["lon"] for row in rows],
        mode="markers+text",
        marker={
            **disc_look(theme),
            "size": [disc_px(int(counts[row["place_id"]])) for row in rows],
        },
        text=[f"<b>{escape(row['short_name'])}</b><br>{numbers[row['place_id']]}" for row in rows],
        textposition=[_side(row, view) for row in rows],
        textfont={"family": FONT_FAMILY, "size": view.label_px, "color": ink, "shadow": halo},
        selected=as_ever,
        unselected=as_ever,
        customdata=[["place", row["place_id"]] for row in rows],
        hovertext=[_words(row, sightings) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Sightings",
        showlegend=False,
    )


def _side(place: Record, view: View) -> str:
    """Return where the label of a place stands: towards the middle, unless it is set."""
    west, east = view.longitudes
    inwards = "middle right" if place["lon"] < (west + east) / 2 else "middle left"
    return SIDES.get(place["place_id"]) or view.labels.get(place["place_id"], inwards)


def _words(place: Record, sightings: pd.DataFrame) -> str:
    here = sightings[sightings["place_id"] == place["place_id"]]
    seen = [
        f"{row['number']}: {when_seen(row)}, {event_name(row['event'])}" for row in records(here)
    ]
    return "<br>".join([f"<b>{wrapped(str(place['name']))}</b>", *map(wrapped, seen)])
