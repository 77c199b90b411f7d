"""What a page sends to the browser for a chart, and what the browser fetches once."""

import asyncio
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dashboard.figures.land import land_outlines, outline_of
from dashboard.figures.maps import main_route_ids, routes_chart, sea_leg_chart
from dashboard.web import chart_files
from dashboard.web.chart_view import message_of

ASSETS = Path(chart_files.__file__).parents[1] / "assets"


def answer_to(name: str, encoding: str = "gzip") -> Response:
    scope = {
        "type": "http",
        "path_params": {"name": name},
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    return asyncio.run(chart_files.chart_file(Request(scope)))


@pytest.fixture(scope="module", params=[routes_chart, sea_leg_chart])
def chart_of_a_map(request, dataset):
    return request.param(dataset, main_route_ids(dataset), "light")


def test_the_drawing_library_is_the_one_that_is_shipped():
    library = chart_files.drawing_library()
    answer = answer_to(library.name, "identity")
    assert answer.body == (ASSETS / "plotly-geo.min.js").read_bytes()
    assert answer.headers["content-type"].startswith("text/javascript")
    assert hashlib.sha256(answer.body).hexdigest()[:12] in library.name


@pytest.mark.parametrize("make", [chart_files.drawing_library, chart_files.land])
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
