"""The optional online basemap: off by default, its server from configuration alone."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.figures.online_map import Tiles, online_map
from dashboard.web.asgi import content_security_policy, tile_host

TILES = Tiles("https://tiles.example.org/{z}/{x}/{y}.png", "Someone <b>")
ROUTES = ("r-sea-rajin-dunai",)
INDEX = "<script>1</script>"


def test_tiles_lie_under_the_routes_and_over_our_own_land(dataset):
    figure = online_map(dataset, ROUTES, "light", TILES).figure
    [layer] = figure.layout.map.layers
    assert (layer.source, layer.below) == ((TILES.address,), "traces")
    assert [part["id"] for part in figure.layout.map.style["layers"]] == ["sea", "land"]
    assert layer.sourceattribution == "Someone &lt;b&gt;"


def test_the_style_asks_no_server_for_glyphs(dataset):
    style = online_map(dataset, ROUTES, "dark", TILES).figure.layout.map.style
    assert "glyphs" not in style
    assert "sprite" not in style


def test_without_configuration_the_policy_names_no_host():
    assert "https://" not in content_security_policy(INDEX, tile_host({}))


def test_the_policy_admits_the_configured_host_and_no_other():
    host = tile_host({"SHIPMENTS_TILES_URL": TILES.address})
    policy = content_security_policy(INDEX, host)
    assert policy.count("https://") == policy.count("https://tiles.example.org") == 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tiles/{z}", ""])
def test_an_address_that_is_no_web_address_is_ignored(address):
    assert tile_host({"SHIPMENTS_TILES_URL": address}) == ""


def routes_page() -> AppTest:
    page = AppTest.from_file("../dashboard/web/entry.py", default_timeout=30)
    return page.switch_page("views/routes.py").run()


def test_by_default_no_online_map_is_offered(monkeypatch):
    monkeypatch.delenv("SHIPMENTS_TILES_URL", raising=False)
    assert "online" not in [toggle.key for toggle in routes_page().toggle]


def test_where_a_server_is_configured_the_map_is_offered_and_off(monkeypatch):
    monkeypatch.setenv("SHIPMENTS_TILES_URL", TILES.address)
    [toggle] = [toggle for toggle in routes_page().toggle if toggle.key == "online"]
    assert toggle.value is False
