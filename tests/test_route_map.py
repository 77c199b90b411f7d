from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest
from shapely.geometry import Point, Polygon

from dashboard.dataset import load_dataset
from dashboard.figures.land import land_credit, land_sheet, land_traces
from dashboard.figures.map_view import SEA_CHART
from dashboard.figures.palette import mode_colour
from dashboard.figures.route_map import map_with_inset, overview_map, sea_chart

GEO_LAYERS = ("land", "coastlines", "lakes", "ocean", "countries", "rivers", "subunits", "frame")


def small_dataset():
    """A sea leg from Rajin to Dunai, observed on one route and inferred on another; rail onward."""
    places = pd.DataFrame(
        {
            "place_id": ["rajin-port", "dunai-naval", "depot"],
            "name": ["Rajin <Port>", "Dunai pier", "The depot"],
            "short_name": ["Najin (Rajin)", "Dunai", "Depot"],
            "alt_names": ["Najin; 라진항", None, None],
            "kind": ["port", "naval-facility", "depot"],
            "lat": [42.23, 42.88, 45.85],
            "lon": [130.30, 132.34, 40.13],
            "precision_km": [2, 3, 12],
            "role": ["Loads.", "Unloads.", "Stores."],
        }
    )
    routes = pd.DataFrame({"route_id": ["r-one", "r-two"], "name": ["Route one", "Route two"]})
    legs = pd.DataFrame(
        [
            ("r-one", 1, "rajin-port", "dunai-naval", "sea", "observed", "42.1700,130.3100"),
            ("r-one", 2, "dunai-naval", "depot", "rail", "inferred", None),
            ("r-two", 1, "rajin-port", "dunai-naval", "sea", "inferred", "42.1700,130.3100"),
        ],
        columns=["route_id", "leg_no", "from_place", "to_place", "mode", "status", "via"],
    )
    return SimpleNamespace(places=places, routes=routes, legs=legs)


def traces(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def drawn_lines(figure):
    return [trace for trace in figure.data if trace.name and ", " in trace.name]


def shown_layers(figure, geo):
    settings = getattr(figure.layout, geo)
    template = figure.layout.template.layout.geo
    values = [
        getattr(settings, f"show{layer}")
        if getattr(settings, f"show{layer}") is not None
        else getattr(template, f"show{layer}")
        for layer in GEO_LAYERS
    ]
    return [
        layer for layer, is_shown in zip(GEO_LAYERS, values, strict=True) if is_shown is not False
    ]


@pytest.mark.parametrize("draw", [overview_map, sea_chart, map_with_inset])
def test_no_map_shows_a_layer_that_plotly_would_fetch(draw):
    figure = draw(small_dataset(), ["r-one"], "light")
    geos = {trace.geo for trace in figure.data}
    assert {geo: shown_layers(figure, geo) for geo in geos} == {geo: [] for geo in geos}


def test_a_leg_that_two_routes_share_is_drawn_once():
    lines = drawn_lines(sea_chart(small_dataset(), ["r-one", "r-two"], "light"))
    assert [line.name for line in lines] == ["Rail, inferred", "Sea, observed"]


def test_observed_legs_are_solid_and_inferred_legs_dotted():
    rail, sea = drawn_lines(overview_map(small_dataset(), ["r-one"], "dark"))
    assert (sea.line.dash, rail.line.dash) == ("solid", "dot")
    assert (sea.line.color, rail.line.color) == (
        mode_colour("sea", "dark"),
        mode_colour("rail", "dark"),
    )


def test_a_line_is_broken_between_legs():
    sea = drawn_lines(sea_chart(small_dataset(), ["r-one"], "light"))[-1]
    assert sea.lat == (42.23, 42.17, 42.88, None)


def test_a_click_on_a_leg_names_its_route_and_all_its_legs():
    (targets,) = traces(sea_chart(small_dataset(), ["r-one", "r-two"], "light"), "Legs")
    assert ["route", "r-one", "r-one/1; r-two/1"] in [list(data) for data in targets.customdata]


def test_a_leg_answers_the_pointer_only_inside_the_frame():
    (targets,) = traces(sea_chart(small_dataset(), ["r-one"], "light"), "Legs")
    (west, east), (south, north) = SEA_CHART.longitudes, SEA_CHART.latitudes
    assert all(west <= lon <= east for lon in targets.lon)
    assert all(south <= lat <= north for lat in targets.lat)


def test_a_leg_tells_how_it_is_known_and_how_long_it_is_drawn():
    (targets,) = traces(sea_chart(small_dataset(), ["r-one", "r-two"], "light"), "Legs")
    words = targets.hovertext[0]
    assert "By ship, " in words
    assert "km as drawn" in words
    assert "Observed: " in words
    assert "Route one and 1 more" in words


def test_a_click_on_a_place_names_the_place():
    marks = traces(overview_map(small_dataset(), ["r-one"], "light"), "Places")
    places = [tuple(data) for trace in marks for data in trace.customdata]
    assert sorted(places) == [
        ("place", "depot"),
        ("place", "dunai-naval"),
        ("place", "rajin-port"),
    ]


def test_a_place_tells_its_names_its_role_and_its_precision():
    *_, marks = traces(overview_map(small_dataset(), ["r-one"], "light"), "Places")
    assert marks.hovertext[0] == (
        "<b>Rajin &lt;Port&gt;</b><br>Also: Najin; 라진항<br>Loads.<br>"
        "A port or stretch of coast where ships load; point within 2 km"
    )


def test_only_places_with_room_are_labelled():
    *_, marks = traces(overview_map(small_dataset(), ["r-one"], "light"), "Places")
    assert marks.text == ("<b>Najin (Rajin)</b>", "", "")


def test_the_legend_explains_what_is_drawn_and_nothing_else():
    figure = sea_chart(small_dataset(), ["r-one"], "light")
    keys = [trace.name for trace in figure.data if trace.showlegend]
    assert keys == ["Sea", "Rail", "Observed", "Inferred"]


def test_the_sea_has_both_its_names():
    (areas,) = traces(sea_chart(small_dataset(), ["r-one"], "light"), "Areas")
    assert "<i>East Sea /<br>Sea of Japan</i>" in areas.text


def test_a_map_of_an_unknown_route_is_refused():
    with pytest.raises(LookupError, match="did you mean 'r-one'"):
        overview_map(small_dataset(), ["r-onne"], "light")


# ------------------------------------------------------------------ land


@pytest.mark.parametrize("sheet", ["overview", "sea_chart"])
def test_rings_are_closed_and_run_clockwise(sheet):
    rings = (*land_sheet(sheet).land, *land_sheet(sheet).water)
    assert all(ring[0] == ring[-1] for ring in rings)
    assert not any(Polygon(ring).exterior.is_ccw for ring in rings)


@pytest.mark.parametrize(
    ("name", "lon", "lat", "is_land"),
    [
        ("Moscow", 37.6, 55.8, True),
        ("Chita", 113.5, 52.0, True),
        ("Anadyr, east of which the antimeridian runs", 177.0, 65.0, True),
        ("the East Sea", 132.0, 40.0, False),
        ("the Arctic Ocean", 120.0, 76.0, False),
    ],
)
def test_the_overview_tells_land_from_sea(name, lon, lat, is_land):
    land = [Polygon(ring) for ring in land_sheet("overview").land]
    assert any(ring.contains(Point(lon, lat)) for ring in land) is is_land, name


@pytest.mark.parametrize(
    ("sheet", "name", "lon", "lat"),
    [
        ("overview", "Caspian Sea", 51.0, 42.0),
        ("overview", "Baikal", 108.0, 53.5),
        ("overview", "Ladoga", 31.5, 61.0),
        ("overview", "Balkhash", 74.0, 45.9),
        ("overview", "Khanka", 132.4, 45.0),
        ("sea_chart", "Khanka", 132.4, 45.0),
    ],
)
def test_inland_waters_are_water_on_top_of_land(sheet, name, lon, lat):
    rings = land_sheet(sheet).water
    assert any(Polygon(ring).contains(Point(lon, lat)) for ring in rings), name


def test_the_land_file_names_the_source_of_its_lakes():
    assert "lakes by plotly.js" in land_credit()


def test_land_is_drawn_before_water():
    land, water = land_traces("overview", "light")
    assert land.fillcolor != water.fillcolor
    assert isinstance(land, go.Scattergeo)
    assert len(land.lon) > len(water.lon)


def test_the_map_names_whose_it_is():
    assert land_credit().startswith("Made with Natural Earth")


# ------------------------------------------------------------------ the shipped data


@pytest.fixture(scope="module")
def shipped():
    return load_dataset()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("draw", [overview_map, sea_chart, map_with_inset])
def test_every_shipped_route_can_be_drawn(shipped, draw, theme):
    figure = draw(shipped, shipped.routes["route_id"], theme)
    assert len(drawn_lines(figure)) >= 5


@pytest.mark.parametrize("draw", [overview_map, sea_chart])
def test_a_map_is_small_enough_to_load_at_once(shipped, draw):
    figure = draw(shipped, shipped.routes["route_id"], "light")
    assert len(figure.to_json()) < 500_000


def test_every_labelled_place_is_in_the_gazetteer(shipped):
    assert set(SEA_CHART.labels) <= set(shipped.places["place_id"])
