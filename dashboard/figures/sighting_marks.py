"""Sightings on maps: a disc at each place where something was seen, larger for more sightings."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

import pandas as pd
import plotly.graph_objects as go

from dashboard.dataset import Dataset
from dashboard.figures.drawing import Properties, scattergeo, unchecked_figure
from dashboard.figures.map_view import View, is_within, places_by_id, wrapped
from dashboard.figures.palette import Theme, group_colours
from dashboard.periods import covered_in_words
from dashboard.records import Record, records
from dashboard.sightings import located_sightings
from dashboard.translation import translated, translated_plural

LAST_FEW = 3
DISC_OPACITY = 0.4


def sightings_on_map(figure: go.Figure, dataset: Dataset, view: View, theme: Theme) -> go.Figure:
    """Return a map with all located sightings on it, above the legs and below the places.

    A place where something was seen tells its sightings instead of its role.

    Args:
        figure: A map of routes.
        dataset: The dataset.
        view: The view of the map.
        theme: Light or dark.
    """
    sightings = sightings_within(dataset, view)
    if sightings.empty:
        return figure
    words = _words_by_place(dataset, sightings)
    traces = [trace.to_plotly_json() for trace in figure.data]
    for trace in traces:
        if trace.get("name") == "Places":
            seen = zip(trace["customdata"], trace["hovertext"], strict=True)
            trace["hovertext"] = [words.get(place_id, text) for (_, place_id), text in seen]
    legs = [trace.get("name") for trace in traces].index("Legs")
    discs = _discs(dataset, sightings, words, view, theme)
    with_discs = [*traces[:legs], discs, *traces[legs:], _legend_key(view, theme)]
    return unchecked_figure(with_discs, figure.layout.to_plotly_json())


def sightings_within(dataset: Dataset, view: View) -> pd.DataFrame:
    """Return the located sightings inside the frame of a view, in time order."""
    sightings = located_sightings(dataset)
    places = places_by_id(dataset, set(sightings["place_id"]))
    inside = [
        row["place_id"] for row in records(places) if is_within((row["lat"], row["lon"]), view)
    ]
    return sightings[sightings["place_id"].isin(inside)].reset_index(drop=True)


def disc_px(sightings: int) -> float:
    """Return the diameter of the disc for a number of sightings."""
    return 10 + 3 * sqrt(sightings)


def disc_look(theme: Theme) -> dict[str, object]:
    """Return the colours of a disc, those of the observers on the time axis."""
    colour = group_colours(theme)["observers"]
    return {"color": colour, "opacity": DISC_OPACITY, "line": {"color": colour, "width": 1}}


def _discs(
    dataset: Dataset,
    sightings: pd.DataFrame,
    words: Mapping[str, str],
    view: View,
    theme: Theme,
) -> Properties:
    counts = sightings["place_id"].value_counts()
    places = records(places_by_id(dataset, set(counts.index)))
    as_ever = {"marker": {"opacity": DISC_OPACITY}}
    return scattergeo(
        geo=view.geo,
        lat=[row["lat"] for row in places],
        lon=[row["lon"] for row in places],
        mode="markers",
        marker={
            **disc_look(theme),
            "size": [disc_px(int(counts[row["place_id"]])) for row in places],
        },
        selected=as_ever,
        unselected=as_ever,
        customdata=[["place", row["place_id"]] for row in places],
        hovertext=[words[row["place_id"]] for row in places],
        hovertemplate="%{hovertext}<extra></extra>",
        name="Sightings",
        showlegend=False,
    )


def _words_by_place(dataset: Dataset, sightings: pd.DataFrame) -> dict[str, str]:
    names = dict(zip(dataset.places["place_id"], dataset.places["name"], strict=True))
    by_place = sightings.groupby("place_id")
    return {
        str(place_id): _words(names[str(place_id)], records(rows)) for place_id, rows in by_place
    }


def _words(place: str, sightings: list[Record]) -> str:
    """Return what the pointer tells: how often something was seen, and the last three times."""
    count = translated_plural("{number} sighting", "{number} sightings", len(sightings))
    is_more = len(sightings) > LAST_FEW
    heading = (
        translated("{sightings}, the last three:", sightings=count) if is_more else f"{count}:"
    )
    last = [f"{when_seen(row)}: {row['vessel']}" for row in reversed(sightings[-LAST_FEW:])]
    return "<br>".join([f"<b>{wrapped(place)}</b>", heading, *map(wrapped, last)])


def when_seen(sighting: Record) -> str:
    """Return the day or the period of a sighting in words."""
    return covered_in_words(sighting["observed_from"], sighting["observed_to"])


def _legend_key(view: View, theme: Theme) -> Properties:
    return scattergeo(
        geo=view.geo,
        lat=[None],
        lon=[None],
        mode="markers",
        marker={**disc_look(theme), "size": 12},
        name=translated("Seen here"),
        showlegend=True,
    )
