from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.as_known import as_known
from dashboard.dataset import load_dataset
from dashboard.figures.map_view import OVERVIEW, SEA_CHART, is_within
from dashboard.figures.maps import (
    routes_and_sightings_chart,
    routes_chart,
    sea_leg_and_sightings_chart,
)
from dashboard.figures.palette import group_colours
from dashboard.figures.route_map import sea_chart
from dashboard.figures.sighting_marks import sightings_on_map
from dashboard.figures.vessel_map import CONTINENT, VIEWS, vessel_map
from dashboard.sightings import in_time_order, located_sightings, vessel_sightings

COLUMNS = [
    "sighting_id",
    "vessel_id",
    "observed_from",
    "observed_to",
    "from_place",
    "to_place",
    "event",
    "observed_by",
    "paraphrase",
]
PLACES = [
    ("rajin-port", "Rajin <Port>", "Najin", 42.23, 130.30),
    ("dunai-naval", "Dunai pier", "Dunai", 42.88, 132.34),
    ("yard", "The yard", "Yard", 29.98, 122.21),
    ("moscow-area", "Moscow", "Moscow", 55.76, 37.62),
]


def seen(sighting_id, vessel_id, start, end=None, *, to_place=None, from_place=None):
    end = end or start
    return (sighting_id, vessel_id, start, end, from_place, to_place, "docked", "RUSI", "Seen.")


ROWS = [
    seen("y-1", "v-a", "2023-09-08", to_place="rajin-port"),
    seen("y-2", "v-a", "2023-08", "2023-10", to_place="dunai-naval", from_place="rajin-port"),
    seen("y-3", "v-b", "2023-12-09", to_place="rajin-port"),
    seen("y-4", "v-a", "2024-01-01", from_place="rajin-port"),
    seen("y-5", "v-a", "2024-02-01"),
    seen("y-6", "v-a", "2024-03-01", to_place="rajin-port"),
    seen("y-7", "v-c", "2024-04-01", to_place="yard"),
]


def small_dataset(rows=ROWS):
    places = pd.DataFrame(PLACES, columns=["place_id", "name", "short_name", "lat", "lon"])
    routes = [("r-one", "Route one", "rajin-port")]
    legs = [("r-one", 1, "rajin-port", "dunai-naval", "sea", "observed", None)]
    vessels = [("v-a", "Angara"), ("v-b", "Lady <R>"), ("v-c", "Tug"), ("v-d", "Never seen")]
    return SimpleNamespace(
        places=places.assign(alt_names=None, kind="port", precision_km=2, role="Loads."),
        routes=pd.DataFrame(routes, columns=["route_id", "name", "origin_place"]),
        route_sources=pd.DataFrame([("r-one", "s-0")], columns=["route_id", "source_id"]),
        legs=pd.DataFrame(
            legs,
            columns=["route_id", "leg_no", "from_place", "to_place", "mode", "status", "via"],
        ),
        vessels=pd.DataFrame(vessels, columns=["vessel_id", "name"]),
        sightings=pd.DataFrame(rows, columns=COLUMNS).astype({"observed_from": "str"}),
        sighting_sources=pd.DataFrame(
            [("y-1", "s-1"), ("y-3", "s-3")], columns=["sighting_id", "source_id"]
        ),
        sources=pd.DataFrame({"source_id": ["s-0", "s-1", "s-2", "s-3"]}),
        as_known_on=None,
        last_day=pd.Timestamp("2024-05-01").date(),
        label="1 (abc)",
    )


def traces(figure, name):
    return [trace for trace in figure.data if trace.name == name]


# ------------------------------------------------------------------ time and place


def test_sightings_come_in_the_order_in_which_they_began():
    ids = in_time_order(small_dataset().sightings)["sighting_id"].tolist()
    assert ids == ["y-2", "y-1", "y-3", "y-4", "y-5", "y-6", "y-7"]


def test_a_sighting_is_where_the_vessel_went_or_else_where_it_came_from():
    located = located_sightings(small_dataset()).set_index("sighting_id")["place_id"]
    assert located["y-2"] == "dunai-naval"
    assert located["y-4"] == "rajin-port"


def test_a_sighting_without_a_place_is_not_located():
    assert "y-5" not in set(located_sightings(small_dataset())["sighting_id"])


def test_a_vessels_sightings_are_numbered_with_those_that_have_no_place():
    numbered = vessel_sightings(small_dataset(), "v-a")
    assert dict(zip(numbered["sighting_id"], numbered["number"], strict=True)) == {
        "y-2": 1,
        "y-1": 2,
        "y-4": 3,
        "y-5": 4,
        "y-6": 5,
    }


def test_sightings_of_an_unknown_vessel_are_refused():
    with pytest.raises(LookupError, match="did you mean 'v-a'"):
        vessel_sightings(small_dataset(), "v-aa")


def test_no_sightings_are_no_located_sightings():
    assert located_sightings(small_dataset([])).empty


# ------------------------------------------------------------------ on the maps of routes


def sea_chart_with_sightings(dataset):
    return sightings_on_map(sea_chart(dataset, ["r-one"], "light"), dataset, SEA_CHART, "light")


def test_each_place_has_one_disc_larger_for_more_sightings():
    (discs,) = traces(sea_chart_with_sightings(small_dataset()), "Sightings")
    sizes = {
        place: size for (_, place), size in zip(discs.customdata, discs.marker["size"], strict=True)
    }
    assert set(sizes) == {"rajin-port", "dunai-naval"}
    assert sizes["rajin-port"] > sizes["dunai-naval"]


def test_a_disc_tells_how_many_sightings_and_the_last_three_newest_first():
    (discs,) = traces(sea_chart_with_sightings(small_dataset()), "Sightings")
    assert discs.hovertext[0] == (
        "<b>Rajin &lt;Port&gt;</b><br>4 sightings, the last three:"
        "<br>1 March 2024: Angara<br>1 January 2024: Angara<br>9 December 2023: Lady &lt;R&gt;"
    )


def test_a_single_sighting_is_told_without_counting_the_last():
    (discs,) = traces(sea_chart_with_sightings(small_dataset()), "Sightings")
    assert "<br>1 sighting:<br>August 2023 to October 2023: Angara" in discs.hovertext[1]


def test_a_place_with_sightings_tells_them_too():
    (*_, places) = traces(sea_chart_with_sightings(small_dataset()), "Places")
    assert "4 sightings" in places.hovertext[0]


def test_discs_lie_under_the_places_and_are_explained():
    figure = sea_chart_with_sightings(small_dataset())
    names = [trace.name for trace in figure.data]
    assert names.index("Sightings") < names.index("Legs") < names.index("Places")
    assert [trace.name for trace in figure.data if trace.showlegend][-1] == "Seen here"


def test_the_map_without_sightings_stays_as_it_was():
    plain = sea_chart(small_dataset(), ["r-one"], "light")
    before = plain.to_json()
    sightings_on_map(plain, small_dataset(), SEA_CHART, "light")
    assert plain.to_json() == before


def test_a_map_without_sightings_in_its_frame_gets_none():
    rows = [seen("y-1", "v-a", "2024-01-01", to_place="yard")]
    assert not traces(sea_chart_with_sightings(small_dataset(rows)), "Sightings")


def test_the_chart_with_sightings_counts_them_and_says_what_lies_outside():
    chart = sea_leg_and_sightings_chart(small_dataset(), ("r-one",), "light")
    assert chart.alt.endswith(
        "5 dated sightings at 2 places, most at Najin (4); 2 more not on this map."
    )
    assert chart.table["Sightings"].sum() == 5
    assert set(chart.sources["source_id"]) == {"s-0", "s-1", "s-3"}


def test_without_sightings_the_chart_is_that_of_the_routes():
    dataset = small_dataset([])
    with_none = routes_and_sightings_chart(dataset, ("r-one",), "dark")
    assert with_none.figure == routes_chart(dataset, ("r-one",), "dark").figure


def test_a_map_without_a_leg_says_so():
    dataset = small_dataset([])
    dataset.legs = dataset.legs.assign(mode="rail")
    chart = sea_leg_and_sightings_chart(dataset, ("r-one",), "light")
    assert chart.alt.startswith("Map without a leg of these routes.")


# ------------------------------------------------------------------ one vessel


def test_each_place_bears_the_numbers_of_its_sightings():
    (marks,) = traces(vessel_map(small_dataset(), "v-a", "light").figure, "Sightings")
    assert marks.text == ("<b>Najin</b><br>2–3, 5", "<b>Dunai</b><br>1")
    assert [tuple(data) for data in marks.customdata] == [
        ("place", "rajin-port"),
        ("place", "dunai-naval"),
    ]


def test_no_line_joins_the_sightings_of_a_vessel():
    figure = vessel_map(small_dataset(), "v-a", "light").figure
    lines = [trace for trace in figure.data if "lines" in (trace.mode or "") and not trace.fill]
    assert lines == []


def test_a_vessels_map_says_where_it_was_seen_and_what_has_no_place():
    chart = vessel_map(small_dataset(), "v-a", "light")
    assert chart.title == "Angara: 4 dated sightings at 2 places"
    assert "1 more without a place" in chart.subtitle
    assert chart.alt.startswith("Seen at Dunai (1) and Najin (2–3, 5).")
    assert chart.table["Number"].tolist() == [1, 2, 3, 5]
    assert set(chart.sources["source_id"]) == {"s-1"}


def test_a_vessel_that_nobody_saw_has_a_map_without_marks():
    chart = vessel_map(small_dataset(), "v-d", "light")
    assert chart.table.empty
    assert isinstance(chart.figure, go.Figure)


def test_a_map_of_an_unknown_vessel_is_refused():
    with pytest.raises(LookupError, match="did you mean 'v-a'"):
        vessel_map(small_dataset(), "v-aa", "light")


@pytest.mark.parametrize(("place", "view"), [("dunai-naval", 0), ("yard", 1), ("moscow-area", 2)])
def test_a_vessels_map_is_the_nearest_that_holds_its_places(place, view):
    rows = [seen("y-1", "v-a", "2024-01-01", to_place=place)]
    geo = vessel_map(small_dataset(rows), "v-a", "light").figure.layout.geo
    assert geo.lonaxis.range == VIEWS[view].longitudes


# ------------------------------------------------------------------ the shipped data


@pytest.fixture(scope="module")
def shipped():
    return load_dataset()


def test_every_place_of_a_shipped_sighting_is_on_some_map_of_a_vessel(shipped):
    places = shipped.places[shipped.places["place_id"].isin(located_sightings(shipped)["place_id"])]
    points = zip(places["place_id"], places["lat"], places["lon"], strict=True)
    outside = {
        place
        for place, lat, lon in points
        if not any(is_within((lat, lon), view) for view in VIEWS)
    }
    assert outside == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shipped_vessel_can_be_drawn(shipped, theme):
    for vessel_id in shipped.vessels["vessel_id"]:
        figure = vessel_map(shipped, vessel_id, theme).figure
        (marks,) = traces(figure, "Sightings")
        assert marks.marker.color == group_colours(theme)["observers"]


@pytest.mark.parametrize("day", ["2022-11-05", "2023-09-01", "2024-08-28"])
def test_the_maps_of_a_past_day_show_what_was_known_then(shipped, day):
    then = as_known(shipped, pd.Timestamp(day).date())
    for vessel_id in then.vessels["vessel_id"]:
        drawn = set(vessel_map(then, vessel_id, "light").table["Number"])
        of_vessel = then.sightings[then.sightings["vessel_id"] == vessel_id]
        assert len(drawn) == len(of_vessel)
    if len(then.routes):
        routes_and_sightings_chart(then, tuple(then.routes["route_id"]), "light")
        sea_leg_and_sightings_chart(then, tuple(then.routes["route_id"]), "light")


def test_the_overview_names_the_middle_of_its_frame_inside_its_ranges():
    assert all(is_within(view.centre, view) for view in (OVERVIEW, SEA_CHART, CONTINENT))
