"""Captioned maps: which legs, how known, how long, and on which documents they rest."""

import pytest

from dashboard.figures.maps import CAVEATS, main_route_ids, routes_chart, sea_leg_chart
from tests.build import cells, good_dataset, good_tables, place

ROUTE = ("r-rajin-tikhoretsk",)


def route(route_id: str, **given: str):
    plain = {"origin_place": "rajin-port", "destination_place": "tikhoretsk-depot"}
    return cells("routes", route_id=route_id, name=route_id, **(plain | given))


def test_a_map_says_how_each_leg_is_known():
    chart = routes_chart(good_dataset(), ROUTE, "light")
    assert chart.alt == f"Map with 2 legs: 1 reported and 1 inferred. {CAVEATS}"


def test_a_map_says_that_tracks_are_not_tracks():
    assert "the drawn line is not the track" in CAVEATS
    assert "tracking signals off" in CAVEATS


def test_a_map_of_one_route_is_named_after_it():
    assert routes_chart(good_dataset(), ROUTE, "light").title == "Rajin to Tikhoretsk"


def test_a_map_of_two_routes_has_a_title_for_both():
    routes = [route("r-one"), route("r-two")]
    legs = [
        cells("legs", route_id=name, leg_no="1", from_place="rajin-port", to_place="dunai-port")
        for name in ("r-one", "r-two")
    ]
    chart = routes_chart(good_dataset(routes=routes, legs=legs), ("r-one", "r-two"), "light")
    assert chart.title == "Reported ways from North Korea's ports to Russia's depots"
    assert chart.subtitle == "2 routes: r-one and r-two"
    assert chart.table["On routes"].tolist() == [2]


def test_the_table_has_a_row_for_each_leg_with_its_length():
    table = routes_chart(good_dataset(), ROUTE, "light").table
    assert table[["From", "To", "By", "How known"]].values.tolist() == [
        ["rajin-port", "dunai-port", "ship", "reported"],
        ["dunai-port", "tikhoretsk-depot", "train", "inferred"],
    ]
    assert table["Length (km)"].gt(100).all()


def test_a_map_rests_on_the_documents_of_its_routes():
    assert list(routes_chart(good_dataset(), ROUTE, "light").sources["source_id"]) == [
        "voa-20240223"
    ]


def test_an_unknown_route_is_refused_with_the_nearest():
    with pytest.raises(LookupError, match="did you mean 'r-rajin-tikhoretsk'"):
        routes_chart(good_dataset(), ("r-rajin-tikhoresk",), "light")


# ------------------------------------------------------------------ the sea chart


def test_the_sea_chart_tells_legs_by_sea_only():
    assert len(sea_leg_chart(good_dataset(), ROUTE, "light").table) == 1


def test_the_sea_chart_is_named_after_its_port_and_its_lengths():
    chart = sea_leg_chart(good_dataset(), ROUTE, "light")
    length = chart.table["Length (km)"].iloc[0]
    assert chart.title == f"By sea from rajin-port: to dunai-port {length:,.0f} km"


def test_the_port_of_the_title_is_that_of_the_routes_drawn():
    busy = [route(f"r-{number}", origin_place="dunai-port") for number in range(3)]
    dataset = good_dataset(routes=[*good_tables()["routes"], *busy])
    assert sea_leg_chart(dataset, ROUTE, "light").title.startswith("By sea from rajin-port")


def test_the_sea_chart_of_a_route_by_rail_names_no_port():
    legs = [
        cells(
            "legs",
            route_id="r-rajin-tikhoretsk",
            leg_no="1",
            from_place="dunai-port",
            to_place="tikhoretsk-depot",
            mode="rail",
        )
    ]
    chart = sea_leg_chart(good_dataset(legs=legs), ROUTE, "light")
    assert chart.title == "The sea between the two countries"
    assert len(chart.table) == 0


# ------------------------------------------------------------------ the main routes


@pytest.mark.parametrize(
    ("given", "is_main"),
    [
        ({}, True),
        ({"corridor": "sea"}, True),
        ({"status": "reported-dormant"}, True),
        ({"corridor": "rail"}, False),
        ({"corridor": "air"}, False),
        ({"status": "alleged"}, False),
        ({"direction": "to-dprk"}, False),
    ],
)
def test_main_routes_are_reported_ones_by_sea_to_russia(given, is_main):
    dataset = good_dataset(routes=[route("r-one", **given)])
    assert main_route_ids(dataset) == (("r-one",) if is_main else ())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_map_of_the_main_routes_can_be_drawn(theme):
    dataset = good_dataset(places=[*good_tables()["places"], place("x", lat="1", lon="1")])
    chart = routes_chart(dataset, main_route_ids(dataset), theme)
    assert len(chart.figure.data) > 0
