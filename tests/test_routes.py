from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest
import shapely
from geopy.distance import geodesic
from shapely.geometry import LineString, Point, Polygon

from dashboard.dataset import load_dataset
from dashboard.figures.land import land_sheet
from dashboard.routes import (
    densified,
    filtered_routes,
    leg_length_km,
    leg_path,
    length_by_mode,
    middle,
    path_length_km,
    place_points,
    route_legs,
    runs_drawn_once,
    stretches,
)

QUARTER_MERIDIAN_KM = 10_001.966  # WGS 84, equator to pole


def small_dataset():
    """Three places on the equator, one degree apart; two routes share the leg from B to C."""
    places = pd.DataFrame(
        {
            "place_id": ["a", "b", "c"],
            "name": ["Port A", "Port B", "Depot C"],
            "lat": [0.0, 0.0, 0.0],
            "lon": [0.0, 1.0, 2.0],
        }
    )
    routes = pd.DataFrame(
        {
            "route_id": ["r-sea", "r-rail", "r-back"],
            "name": ["By sea", "By rail", "Back by rail"],
            "status": ["reported-active", "alleged", "alleged"],
        }
    )
    legs = pd.DataFrame(
        [
            ("r-sea", 2, "b", "c", "rail", "inferred", None, "second"),
            ("r-sea", 1, "a", "b", "sea", "observed", "1.0,0.5", "first"),
            ("r-rail", 1, "b", "c", "rail", "reported", None, "the same rails"),
            ("r-back", 1, "c", "b", "rail", "inferred", None, "the same rails, the other way"),
        ],
        columns=["route_id", "leg_no", "from_place", "to_place", "mode", "status", "via", "note"],
    )
    return SimpleNamespace(places=places, routes=routes, legs=legs)


@pytest.fixture(scope="module")
def shipped():
    return load_dataset()


def leg(**cells):
    return pd.Series({"from_place": "a", "to_place": "b", "via": None, **cells})


def test_a_leg_runs_from_its_place_through_its_waypoints_to_its_place():
    points = {"a": (0.0, 0.0), "b": (0.0, 1.0)}
    path = leg_path(leg(via="1.0000,0.2500; 2.0000,0.7500"), points)
    assert path == ((0.0, 0.0), (1.0, 0.25), (2.0, 0.75), (0.0, 1.0))


def test_a_leg_without_waypoints_is_straight():
    assert leg_path(leg(), {"a": (0.0, 0.0), "b": (0.0, 1.0)}) == ((0.0, 0.0), (0.0, 1.0))


def test_a_path_from_equator_to_pole_is_a_quarter_meridian_long():
    assert path_length_km([(0, 0), (90, 0)]) == pytest.approx(QUARTER_MERIDIAN_KM, abs=0.001)


def test_a_leg_is_as_long_as_its_parts():
    points = {"a": (0.0, 0.0), "b": (2.0, 0.0)}
    direct = leg_length_km(leg(), points)
    assert leg_length_km(leg(via="1.0,0.0"), points) == pytest.approx(direct)


def test_legs_come_in_order_with_names_and_one_decimal():
    legs = route_legs(small_dataset(), "r-sea")
    assert legs["leg_no"].tolist() == [1, 2]
    assert legs["from_name"].tolist() == ["Port A", "Port B"]
    # By sea twice √(110.57² + 55.66²): a degree of latitude up or down, half a degree along.
    assert legs["length_km"].tolist() == [247.6, 111.3]
    assert legs.columns.tolist() == [
        "route_id",
        "leg_no",
        "from_place",
        "to_place",
        "from_name",
        "to_name",
        "mode",
        "status",
        "length_km",
        "note",
    ]


def test_an_unknown_route_is_refused_with_the_nearest_id():
    with pytest.raises(LookupError, match="no route 'r-see': did you mean 'r-sea'"):
        route_legs(small_dataset(), "r-see")


def test_legs_in_a_row_add_up_by_mode_and_sea_comes_first():
    legs = pd.DataFrame(
        {
            "mode": ["rail", "sea", "rail"],
            "to_place": ["b", "c", "d"],
            "length_km": [10.0, 5.5, 2.0],
        }
    )
    totals = length_by_mode(legs)
    assert totals["mode"].tolist() == ["sea", "rail"]
    assert totals["legs"].tolist() == [1, 2]
    assert totals["length_km_low"].tolist() == [5.5, 12.0]
    assert totals["length_km_high"].tolist() == [5.5, 12.0]


def test_legs_from_three_ports_to_one_are_alternatives_and_do_not_add_up():
    legs = pd.DataFrame(
        {"mode": ["sea"] * 3, "to_place": ["x"] * 3, "length_km": [10.0, 20.0, 30.0]}
    )
    totals = length_by_mode(legs)
    assert totals["length_km_low"].tolist() == [10.0]
    assert totals["length_km_high"].tolist() == [30.0]


def test_a_dense_path_keeps_its_waypoints_and_its_length():
    path = ((0.0, 0.0), (40.0, 30.0), (50.0, 100.0))
    dense = densified(path, spacing_km=100)
    assert set(path) <= set(dense)
    assert path_length_km(dense) == pytest.approx(path_length_km(path), rel=1e-9)
    assert all(geodesic(*step).km <= 100.001 for step in pairwise(dense))


def test_the_middle_of_a_path_along_the_equator_is_half_way():
    lat, lon = middle([(0, 0), (0, 1), (0, 4)])
    assert (lat, lon) == pytest.approx((0, 2))


def test_routes_are_filtered_by_mode_and_status():
    dataset = small_dataset()
    assert filtered_routes(dataset)["route_id"].tolist() == ["r-sea", "r-rail", "r-back"]
    assert filtered_routes(dataset, ["sea"])["route_id"].tolist() == ["r-sea"]
    assert filtered_routes(dataset, ["rail"], ["alleged"])["route_id"].tolist() == [
        "r-rail",
        "r-back",
    ]
    assert filtered_routes(dataset, ["air"]).empty


def test_a_path_that_three_legs_share_is_one_stretch():
    shared = stretches(small_dataset(), ["r-sea", "r-rail", "r-back"])[0]
    assert shared.legs == (("r-rail", 1), ("r-sea", 2), ("r-back", 1))


def test_a_shared_stretch_has_the_status_of_its_best_known_leg():
    drawn = stretches(small_dataset(), ["r-sea", "r-rail"])
    assert [(stretch.mode, stretch.status) for stretch in drawn] == [
        ("rail", "reported"),
        ("sea", "observed"),
    ]


def test_stretches_of_an_unknown_route_are_refused():
    with pytest.raises(LookupError, match="did you mean 'r-rail'"):
        stretches(small_dataset(), ["r-sea", "r-rial"])


def test_a_part_shared_by_two_stretches_is_drawn_by_the_better_known():
    dataset = small_dataset()
    dataset.legs = pd.DataFrame(
        {
            "route_id": ["r-sea", "r-rail"],
            "leg_no": [1, 1],
            "from_place": ["a", "b"],
            "to_place": ["c", "c"],
            "mode": ["rail", "rail"],
            "status": ["inferred", "reported"],
            "via": ["0.0,1.5", "0.0,1.5"],
        }
    )
    runs = runs_drawn_once(stretches(dataset, ["r-sea", "r-rail"]))
    assert runs == [[((0.0, 0.0), (0.0, 1.5))], [((0.0, 1.0), (0.0, 1.5), (0.0, 2.0))]]


# ------------------------------------------------------------------ the shipped data


def land_crossing_km(path, land):
    """Return how many kilometres of a path lie on land; points at most 2 km apart."""
    line = LineString([(lon, lat) for lat, lon in densified(path, spacing_km=2)])
    crossings = shapely.get_parts(line.intersection(land))
    lines = [part.coords for part in crossings if part.geom_type == "LineString"]
    return sum(path_length_km([(lat, lon) for lon, lat in coords]) for coords in lines)


def fine_land():
    return shapely.union_all([Polygon(ring) for ring in land_sheet("sea_chart").land])


def sea_legs(dataset):
    is_sea = dataset.legs["mode"] == "sea"
    return [leg for _, leg in dataset.legs[is_sea].iterrows()]


def test_the_crossing_test_finds_a_leg_that_cuts_a_cape():
    square = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    crossing = land_crossing_km(((0.5, -1.0), (0.5, 2.0)), square)
    assert crossing == pytest.approx(path_length_km([(0.5, 0.0), (0.5, 1.0)]), rel=0.001)


def test_no_sea_leg_crosses_land_between_its_first_and_last_waypoint(shipped):
    land = fine_land()
    points = place_points(shipped.places)
    crossings = {
        (leg["route_id"], leg["leg_no"]): land_crossing_km(leg_path(leg, points)[1:-1], land)
        for leg in sea_legs(shipped)
    }
    assert len(crossings) >= 11
    assert {leg_id: km for leg_id, km in crossings.items() if km > 0} == {}


def test_a_sea_leg_reaches_open_water_within_the_precision_of_its_port(shipped):
    points = place_points(shipped.places)
    precision = dict(zip(shipped.places["place_id"], shipped.places["precision_km"], strict=True))
    for leg in sea_legs(shipped):
        path = leg_path(leg, points)
        assert path_length_km(path[:2]) <= precision[leg["from_place"]]
        assert path_length_km(path[-2:]) <= precision[leg["to_place"]]


def test_sea_waypoints_keep_about_a_kilometre_off_land(shipped):
    land = fine_land()
    points = place_points(shipped.places)
    for leg in sea_legs(shipped):
        open_water = densified(leg_path(leg, points)[1:-1], spacing_km=5)
        assert min(land.distance(Point(lon, lat)) for lat, lon in open_water) > 0.01


def test_rajin_to_dunai_is_about_two_hundred_kilometres_by_sea(shipped):
    first_leg = route_legs(shipped, "r-sea-rajin-dunai").iloc[0]
    assert first_leg["mode"] == "sea"
    assert 195 <= first_leg["length_km"] <= 220


def test_every_route_has_legs_numbered_from_one(shipped):
    for route_id in shipped.routes["route_id"]:
        numbers = route_legs(shipped, route_id)["leg_no"].tolist()
        assert numbers == list(range(1, len(numbers) + 1))
        assert numbers


def test_no_leg_is_shorter_than_the_distance_between_its_places(shipped):
    points = place_points(shipped.places)
    for _, leg in shipped.legs.iterrows():
        direct = geodesic(points[leg["from_place"]], points[leg["to_place"]]).km
        assert leg_length_km(leg, points) >= direct - 1e-6
