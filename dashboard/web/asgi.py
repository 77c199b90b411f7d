"""The server: Streamlit as an ASGI app, with imports done and left out of garbage collection."""

from __future__ import annotations

import base64
import gc
import hashlib
import os
import re
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.media_file_manager import MediaFileManager

from dashboard.feed import PATH as FEED_PATH
from dashboard.web import snapshot
from dashboard.web.chart_files import PATH as CHART_FILES_PATH
from dashboard.web.chart_route import chart_file
from dashboard.web.feed import feed

ENTRY = Path(__file__).parent / "entry.py"
SECONDS_TO_FETCH = 30


def content_security_policy(index_html: str, tile_host: str = "") -> str:
    """Return a policy that keeps every request of the page on its own host.

    Args:
        index_html: Streamlit's start page; its inline scripts are allowed by their hashes.
        tile_host: Scheme and host of the configured tile server, the one exception.
    """
    scripts = re.findall(r"<script>(.*?)</script>", index_html, flags=re.DOTALL)
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts
    ]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes} blob:",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {tile_host}".strip(),
            "font-src 'self' data:",
            f"connect-src 'self' ws: wss: blob: data: {tile_host}".strip(),
            "worker-src 'self' blob:",
            "frame-src 'self' blob: data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def tile_host(environment: Mapping[str, str]) -> str:
    """Return scheme and host of the configured tile server, or nothing."""
    address = urlsplit(environment.get("SHIPMENTS_TILES_URL", ""))
    is_web = address.scheme in ("http", "https") and address.netloc
    return f"{address.scheme}://{address.netloc}" if is_web else ""


class SecurityHeaders:
    """Adds the security headers to every response; the instant page has a stricter policy in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        index = Path(st.__file__).parent / "static" / "index.html"
        self.headers = {
            "Content-Security-Policy": content_security_policy(
                index.read_text(encoding="utf-8"), tile_host(os.environ)
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        self.headers_beside_policy = {
            name: value for name, value in self.headers.items() if name != "Content-Security-Policy"
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own_policy = scope.get("path") == snapshot.PATH
                MutableHeaders(scope=message).update(
                    self.headers_beside_policy if own_policy else self.headers
                )
            await send(message)

        await self.app(scope, receive, send_with_headers)


def keep_downloads(manager: MediaFileManager, seconds: float) -> None:
    """Have a server keep a file that was made for a reader for some seconds at least.

    Streamlit drops it when two more pages have run, whoever the readers are. With many of them
    that is before the browser has come for the file.
    """
    drop = manager.remove_orphaned_files
    lock = threading.Lock()
    dropped_at = time.monotonic()

    def drop_seldom() -> None:
        nonlocal dropped_at
        with lock:
            if time.monotonic() - dropped_at < seconds:
                return
            dropped_at = time.monotonic()
        drop()

    manager.remove_orphaned_files = drop_seldom  # type: ignore[method-assign]


@asynccontextmanager
async def warm_start(app: st.App) -> AsyncIterator[dict[str, object]]:
    """Import, load and draw once, then leave all that out of garbage collection."""
    from dashboard.web import warm

    keep_downloads(get_instance().media_file_mgr, SECONDS_TO_FETCH)
    warm.draw_overview()
    gc.collect()
    gc.freeze()
    threading.Thread(target=warm.draw_likely_choices, name="drawing", daemon=True).start()
    yield {}


app = st.App(
    ENTRY,
    lifespan=warm_start,
    routes=[
        Route(snapshot.PATH, snapshot.snapshot),
        Route(FEED_PATH, feed),
        Route(CHART_FILES_PATH, chart_file),
    ],
    middleware=[Middleware(SecurityHeaders)],
)
