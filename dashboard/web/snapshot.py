"""The instant page at /snapshot: the whole dataset as one page, made once per data version."""

from __future__ import annotations

import gzip
import threading

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard.dataset import Dataset
from dashboard.exports.offline import offline_page
from dashboard.kept import kept
from dashboard.web.state import last_good_dataset

PATH = "/snapshot"
_one_at_a_time = threading.Lock()


async def snapshot(request: Request) -> Response:
    """Answer with the page, compressed where the browser takes that; its own policy is in it."""
    dataset = last_good_dataset()
    if dataset is None:
        return PlainTextResponse("The data files have faults, so there is no page.", 503)
    tag = f'"{dataset.version}-{dataset.digest}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    page, compressed = await run_in_threadpool(pages_of, dataset)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            compressed, media_type="text/html", headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(page, media_type="text/html", headers=headers)


def pages_of(dataset: Dataset) -> tuple[bytes, bytes]:
    """Return the page of a dataset, plain and compressed; the second call for it costs nothing."""
    with _one_at_a_time:
        return _made(dataset)


@kept(2)
def _made(dataset: Dataset) -> tuple[bytes, bytes]:
    page = offline_page(dataset, home="/")
    return page, gzip.compress(page, compresslevel=9, mtime=0)
