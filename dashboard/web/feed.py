"""The feed of data changes at /changes.atom, made from the changelog of the data."""

from __future__ import annotations

import hashlib
from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from dashboard.exports.permalink import base_url
from dashboard.feed import changes_feed
from dashboard.packaging import CHANGELOG
from dashboard.tables import read_text
from dashboard.web.state import data_folder

MEDIA_TYPE = "application/atom+xml"


def feed(request: Request) -> Response:
    """Answer with the feed; with 503 and a sentence where the changelog cannot be read."""
    path = data_folder() / CHANGELOG
    try:
        xml = changes_feed(read_text(path), base_url())
        changed = path.stat().st_mtime
    except (OSError, ValueError):
        return PlainTextResponse(
            f"There is no feed: {CHANGELOG} of the data cannot be read as releases.", 503
        )
    headers = {
        "ETag": f'"{hashlib.sha256(xml).hexdigest()[:32]}"',
        "Last-Modified": formatdate(changed, usegmt=True),
        "Cache-Control": "no-cache",
    }
    response = Response(xml, media_type=MEDIA_TYPE, headers=headers)
    if StaticFiles().is_not_modified(response.headers, request.headers):
        return NotModifiedResponse(response.headers)
    return response
