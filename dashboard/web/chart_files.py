"""Files that every chart on screen needs: the drawing library and the land under the maps.

A browser fetches each of them once and keeps it: their names change with their content.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from dashboard.figures.land import land_outlines

PATH = "/chart-files/{name}"
FOR_A_YEAR = "public, max-age=31536000, immutable"


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

    @classmethod
    def of(cls, name: str, content: bytes, media_type: str) -> ChartFile:
        """Return a file with this content."""
        return cls(name, content, gzip.compress(content, compresslevel=9, mtime=0), media_type)

    @staticmethod
    def address_of(name: str) -> str:
        """Return the address of a file below the root of the site."""
        return PATH.format(name=name).lstrip("/")

    @property
    def address(self) -> str:
        """The address below the root of the site."""
        return self.address_of(self.name)


def kept_file(name: str, content: bytes, media_type: str) -> ChartFile:
    """Return a file with a digest of its content where its name has {}."""
    return ChartFile.of(name.format(hashlib.sha256(content).hexdigest()[:12]), content, media_type)


@cache
def drawing_library() -> ChartFile:
    """Return Plotly's scripts, of which we ship the kinds of chart that we draw."""
    script = files("dashboard") / "assets" / "plotly-geo.min.js"
    return kept_file("plotly-{}.js", script.read_bytes(), "text/javascript")


@cache
def land() -> ChartFile:
    """Return the outlines of land and waters of every map, as JSON."""
    content = json.dumps(land_outlines(), separators=(",", ":")).encode()
    return kept_file("land-{}.json", content, "application/json")


def answer_with(file: ChartFile, request: Request, kept: str = FOR_A_YEAR) -> Response:
    """Answer with a file, compressed where the browser takes that."""
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.content, media_type=file.media_type, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(file.compressed, media_type=file.media_type, headers=headers)
