"""Files that every chart on screen needs: the drawing library and the land under the maps.

A browser fetches each of them once and keeps it: their names change with their content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.figures.land import land_outlines

PATH = "/chart-files/{name}"
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class ChartFile:
    """A file to be kept by browsers.

    Attributes:
        name: Its name, with a digest of the content.
        content: The content.
        compressed: The same, by gzip.
        media_type: The media type.
    """

    name: str
    content: bytes
    compressed: bytes
    media_type: str

    @property
    def address(self) -> str:
        """The address below the root of the site."""
        return PATH.format(name=self.name).lstrip("/")


@cache
def drawing_library() -> ChartFile:
    """Return Plotly's scripts, of which we ship the kinds of chart that we draw."""
    script = files("dashboard") / "assets" / "plotly-geo.min.js"
    return _file("plotly-{}.js", script.read_bytes(), "text/javascript")


@cache
def land() -> ChartFile:
    """Return the outlines of land and waters of every map, as JSON."""
    content = json.dumps(land_outlines(), separators=(",", ":")).encode()
    return _file("land-{}.json", content, "application/json")


def _file(name: str, content: bytes, media_type: str) -> ChartFile:
    digest = hashlib.sha256(content).hexdigest()[:12]
    compressed = gzip.compress(content, compresslevel=9, mtime=0)
    return ChartFile(name.format(digest), content, compressed, media_type)


_FILES: tuple[Callable[[], ChartFile], ...] = (drawing_library, land)


async def chart_file(request: Request) -> Response:
    """Answer with a file, compressed where the browser takes that."""
    name = request.path_params["name"]
    found = next((file for make in _FILES if (file := make()).name == name), None)
    if found is None:
        return PlainTextResponse("There is no such file; load the page again.", 404)
    headers = {"Cache-Control": _FOR_A_YEAR, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(found.content, media_type=found.media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(found.compressed, media_type=found.media_type, headers=headers)
