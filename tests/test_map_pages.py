"""The maps on their pages: sightings at a switch, one vessel's places, heights for a phone."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.web import frame, screen
from tests.drawn_charts import drawn_charts

WEB = Path(frame.__file__).parent


def opened(page, keys=None):
    app = AppTest.from_file(str(WEB / "entry.py"), default_timeout=30)
    app.switch_page(f"views/{page}.py")
    for key, value in (keys or {}).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def maps(app):
    """Return the names of the traces of each map, in the order of the page."""
    figures = [chart["figure"] for chart in drawn_charts(app).values()]
    return [
        [trace.get("name") for trace in figure["data"]]
        for figure in figures
        if "geo" in figure["layout"]
    ]


def captions(app):
    return "\n".join(caption.value for caption in app.caption)


def test_the_maps_show_no_sightings_until_they_are_switched_on():
    app = opened("routes")
    assert app.toggle(key="sightings").value is False
    assert not any("Sightings" in names for names in maps(app))
    app.toggle(key="sightings").set_value(True).run()
    assert [("Sightings" in names) for names in maps(app)] == [True, True]


def test_an_address_opens_the_maps_with_sightings():
    app = opened("routes", {"sightings": "true"})
    assert [("Sightings" in names) for names in maps(app)] == [True, True]


def test_a_day_before_any_sighting_offers_no_switch():
    app = opened("routes", {"sightings": "true", "as_known_on": "2022-10-01"})
    assert not app.toggle


@pytest.mark.parametrize(("vessel", "number_of_maps"), [("v-lady-r", 1), ("v-an-san-1", 0)])
def test_a_vessel_has_a_map_when_it_was_seen_somewhere(vessel, number_of_maps):
    assert len(maps(opened("vessels", {"vessel": vessel}))) == number_of_maps


def test_the_list_beside_a_vessels_map_is_numbered():
    app = opened("vessels", {"vessel": "v-lady-r"})
    (sightings,) = [text.value for text in app.markdown if text.value.startswith("1. **")]
    assert len(sightings.splitlines()) == 14


def test_each_note_on_legs_is_said_once_with_the_numbers_of_its_legs():
    app = opened("routes", {"leg_route": "r-sea-rajin-dunai"})
    (legs,) = [frame.value for frame in app.dataframe]
    assert "Note" not in legs
    assert "**Leg 1:** sea waypoints" in captions(app)
    assert "**Legs 2–14:** illustrative path" in captions(app)


@pytest.mark.parametrize(("is_narrow", "height"), [(None, 384), (False, 384), (True, 216)])
def test_a_map_is_lower_on_a_narrow_screen(monkeypatch, is_narrow, height):
    told = {} if is_narrow is None else {screen._IS_NARROW: is_narrow}
    monkeypatch.setattr(screen.st, "session_state", told)
    assert screen.height_for(384, 216) == height
