"""What a page sends to the browser for a chart, and what the browser fetches once."""

import asyncio
import gzip
import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dashboard.codes import Item
from dashboard.figures.land import land_outlines, outline_of
from dashboard.figures.maps import main_route_ids, routes_chart, sea_leg_chart
from dashboard.selection import Selection
from dashboard.web import chart_files
from dashboard.web.chart_route import chart_file
from dashboard.web.chart_view import message_of
from dashboard.web.steps_ahead import (
    MOST_CLAIMS,
    history_content,
    history_name,
    make_history,
    stepping_script,
    steps_ahead,
)

ASSETS = Path(chart_files.__file__).parents[1] / "assets"


def answer_to(name: str, encoding: str = "gzip") -> Response:
    scope = {
        "type": "http",
        "path_params": {"name": name},
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    return asyncio.run(chart_file(Request(scope)))


@pytest.fixture(scope="module", params=[routes_chart, sea_leg_chart])
def chart_of_a_map(request, dataset):
    return request.param(dataset, main_route_ids(dataset), "light")


def test_the_drawing_library_is_the_one_that_is_shipped():
    library = chart_files.drawing_library()
    answer = answer_to(library.name, "identity")
    assert answer.body == (ASSETS / "plotly-geo.min.js").read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert hashlib.sha256(answer.body).hexdigest()[:12] in library.name


@pytest.mark.parametrize("make", [chart_files.drawing_library, chart_files.land, stepping_script])
def test_a_file_is_sent_compressed_and_kept_for_good(make):
    answer = answer_to(make().name)
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.body) < 0.4 * len(make().content)
    assert gzip.decompress(answer.body) == make().content


def test_a_browser_that_takes_no_gzip_gets_it_plain():
    answer = answer_to(chart_files.land().name, "identity")
    assert "content-encoding" not in answer.headers
    assert json.loads(answer.body) == land_outlines()


@pytest.mark.parametrize("name", ["plotly-000000000000.js", "land.json", "../asgi.py"])
def test_another_name_is_not_found(name):
    assert answer_to(name).status_code == 404


def test_a_map_is_sent_without_its_land(chart_of_a_map):
    traces = json.loads(message_of(chart_of_a_map, 300))["figure"]["data"]
    land = [trace for trace in traces if outline_of(trace)]
    assert len(land) == 2
    assert not any(key in trace for trace in land for key in ("lon", "lat"))
    assert all("lon" in trace for trace in traces if trace not in land)


def test_the_land_that_the_browser_fetches_is_that_of_the_figure(chart_of_a_map):
    outlines = land_outlines()
    for trace in chart_of_a_map.figure.data:
        key = outline_of(trace.to_plotly_json())
        if key is None:
            continue
        for way in ("lon", "lat"):
            fetched = np.array(outlines[key][way], dtype=float)
            np.testing.assert_allclose(fetched, trace[way], atol=1e-4, equal_nan=True)


def test_what_is_sent_of_a_chart_is_made_once(chart_of_a_map):
    assert message_of(chart_of_a_map, 300) is message_of(chart_of_a_map, 300)
    assert json.loads(message_of(chart_of_a_map, 212))["height"] == 212


# ------------------------------------------------------------------ steps ahead


def test_the_history_of_the_chart_is_sent_once_it_is_made(dataset):
    name = history_name(dataset)
    make_history(dataset)
    answer = answer_to(name)
    assert answer.status_code == 200
    assert json.loads(gzip.decompress(answer.body)) == json.loads(
        json.dumps(history_content(dataset))
    )
    assert len(answer.body) < 20_000


def test_a_chart_of_an_item_alone_can_be_stepped_by_the_browser(dataset):
    day = date(2024, 8, 31)
    told = steps_ahead(dataset, Selection(item=Item.TROOPS, as_known_on=day), "dark")
    assert told["history"].endswith(history_name(dataset))
    assert (told["item"], told["day"], told["theme"]) == (Item.TROOPS, day, "dark")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(claimant=("rok",)),
        Selection(from_=date(2024, 1, 1)),
        Selection(measure=("rate",)),
        Selection(item=None),
    ],
)
def test_a_chart_with_filters_waits_for_the_server(selection, dataset):
    assert steps_ahead(dataset, selection, "light") is None


def test_a_large_dataset_is_not_worked_out_ahead(dataset):
    claims = pd.concat([dataset.claims] * (MOST_CLAIMS // len(dataset.claims) + 1))
    assert steps_ahead(replace(dataset, claims=claims), Selection(), "light") is None
