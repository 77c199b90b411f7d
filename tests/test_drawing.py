"""Figures are handed to Plotly unchecked while they are drawn, so they are checked here."""

import json

import plotly.graph_objects as go
import pytest

from dashboard.captioned import CaptionedChart
from dashboard.codes import Item
from dashboard.dataset import Dataset
from dashboard.figures.catalogue import ChartOrder, chart_names, draw
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import (
    main_route_ids,
    routes_and_sightings_chart,
    sea_leg_and_sightings_chart,
)
from dashboard.figures.route_map import map_with_inset
from dashboard.selection import Selection

THEMES = ("light", "dark")


def is_accepted(figure: go.Figure) -> bool:
    """Return whether Plotly accepts each property of a figure and leaves it as it is."""
    drawn = json.loads(figure.to_json())
    return json.loads(go.Figure(figure.to_plotly_json()).to_json()) == drawn


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", chart_names())
def test_plotly_accepts_every_chart(name, theme, dataset):
    assert is_accepted(draw(dataset, name, ChartOrder(), theme).figure)


@pytest.mark.parametrize("item", Item)
def test_plotly_accepts_the_growth_chart_of_every_item(item, dataset):
    assert is_accepted(growth_chart(dataset, Selection(item=item), "light").figure)


def with_sightings(dataset: Dataset) -> list[CaptionedChart]:
    charts = (routes_and_sightings_chart, sea_leg_and_sightings_chart)
    return [chart(dataset, main_route_ids(dataset), "dark") for chart in charts]


def test_plotly_accepts_maps_with_sightings_and_with_an_inset(dataset):
    inset = map_with_inset(dataset, main_route_ids(dataset), "light")
    assert all(
        is_accepted(figure) for figure in (inset, *(c.figure for c in with_sightings(dataset)))
    )


def test_a_wrong_property_is_not_accepted():
    wrong = go.Figure([{"type": "scatter", "colour": "red"}], _validate=False)
    with pytest.raises(ValueError, match="colour"):
        is_accepted(wrong)
