"""The address of a chart opens the page that shows it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.as_known import as_known
from dashboard.codes import Item, Mode
from dashboard.exports.permalink import permalink_of
from dashboard.figures.catalogue import ChartOrder, chart_names
from dashboard.selection import Selection


def choices_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("name", chart_names())
def test_every_chart_has_an_address_with_the_data_version(dataset, name):
    address = permalink_of(dataset, name, ChartOrder())
    assert urlsplit(address).path in ("/timeline", "/routes", "/vessels", "/evidence")
    assert choices_of(address)["data"] == [dataset.version]


def test_the_address_holds_the_selection(dataset):
    selection = Selection(item=Item.CONTAINERS, claimant=("us", "rok-dia"), from_=date(2024, 1, 1))
    order = ChartOrder(selection=selection, convert_to=Item.SHELLS_152MM)
    growth = choices_of(permalink_of(dataset, "growth", order))
    assert growth.pop("data") == [dataset.version]
    assert growth == {"item": ["containers"], "claimant": ["us", "rok-dia"], "from": ["2024-01-01"]}
    converted = choices_of(permalink_of(dataset, "conversion", order))
    assert converted["convert_to"] == [Item.SHELLS_152MM.value]


def test_the_address_holds_the_filters_of_routes(dataset):
    address = permalink_of(dataset, "routes", ChartOrder(mode=(Mode.SEA,)))
    assert choices_of(address)["mode"] == ["sea"]


def test_the_address_holds_the_day(dataset):
    frozen = as_known(dataset, date(2024, 8, 31))
    address = permalink_of(frozen, "growth", ChartOrder())
    assert choices_of(address)["as_known_on"] == ["2024-08-31"]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("growth", ChartOrder(selection=Selection(series=("us",)))),
        ("routes", ChartOrder(route=("any",))),
        ("claims", ChartOrder()),
    ],
)
def test_what_no_page_shows_has_no_address(dataset, name, order):
    assert permalink_of(dataset, name, order) == ""
