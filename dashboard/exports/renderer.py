"""Pictures and pages from the server: one subprocess with one browser for a whole list of jobs.

A browser that hangs is killed with everything that it started; nothing is left behind. Without a
browser the refusal comes at once, in a sentence. What was rendered is kept by its content.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from choreographer.browsers.chromium import Chromium

from dashboard.exports.formats import ExportError

SECONDS_FOR_BROWSER = 30
SECONDS_A_JOB = 15
SECONDS_TO_DIE = 3
SECONDS_BETWEEN_CHECKS = 0.25
KEPT_RESULTS = 64
NO_BROWSER = (
    "This needs Chromium or Chrome on the server, and none was found. Install one (on Debian: "
    "apt-get install chromium), or choose PowerPoint, Excel, CSV, JSON or the offline page, which "
    "need none."
)


@dataclass(frozen=True)
class Job:
    """A page to render.

    Attributes:
        html: The page; it sets `window.sheetReady` to true when it is drawn.
        format: 'png', 'svg' or 'pdf'.
        width: Width of the page in CSS pixels.
        height: Height of the page in CSS pixels.
        scale: Device pixels to a CSS pixel, for PNG.
    """

    html: str
    format: str
    width: int
    height: int
    scale: int = 1

    @property
    def digest(self) -> str:
        """SHA-256 of everything that decides the result."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


_kept: OrderedDict[str, bytes] = OrderedDict()
_one_at_a_time = threading.Lock()


def browser_path() -> str | None:
    """Return the path of a browser that can be started, or None."""
    path = os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False)
    return str(path) if path and Path(path).exists() else None


def render(jobs: Sequence[Job], check: Callable[[], None] | None = None) -> list[bytes]:
    """Return the bytes of each job, in order.

    Args:
        jobs: The pages to render.
        check: Called again and again while the browser works; what it raises kills the browser.

    Raises:
        ExportError: There is no browser, or it did not answer in time.
    """
    with _one_at_a_time:
        missing = [job for job in dict.fromkeys(jobs) if job.digest not in _kept]
        fresh: dict[str, bytes] = {}
        if missing:
            fresh = dict(
                zip([job.digest for job in missing], _rendered(missing, check), strict=True)
            )
        results = [fresh.get(job.digest) or _kept[job.digest] for job in jobs]
        for job, result in zip(jobs, results, strict=True):
            _kept[job.digest] = result
            _kept.move_to_end(job.digest)
        while len(_kept) > KEPT_RESULTS:
            _kept.popitem(last=False)
        return results


def _rendered(jobs: Sequence[Job], check: Callable[[], None] | None) -> list[bytes]:
    browser = browser_path()
    if browser is None:
        raise ExportError(NO_BROWSER)
    with tempfile.TemporaryDirectory(prefix="shipments-") as folder:
        orders = []
        for number, job in enumerate(jobs):
            page, result = Path(folder, f"{number}.html"), Path(folder, f"{number}.out")
            page.write_text(job.html, encoding="utf-8")
            order = {**asdict(job), "page": page.as_uri(), "result": str(result)}
            orders.append({key: value for key, value in order.items() if key != "html"})
        seconds = SECONDS_FOR_BROWSER + SECONDS_A_JOB * len(jobs)
        _run(orders, browser, folder, seconds, check)
        return [Path(order["result"]).read_bytes() for order in orders]


def _run(
    orders: Sequence[dict[str, object]],
    browser: str,
    folder: str,
    seconds: int,
    check: Callable[[], None] | None,
) -> None:
    """Have a worker carry out orders; it and its browser keep all their files in the folder."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "dashboard.exports.render_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "BROWSER_PATH": browser, "TMPDIR": folder},
    )
    profile = Path(folder, "browser")
    profile.mkdir()
    request = {"orders": orders, "folder": str(profile), "seconds": seconds + 5}
    try:
        errors = _errors_of(worker, json.dumps(request), seconds, check)
    except subprocess.TimeoutExpired:
        raise ExportError(
            f"The browser on the server did not answer within {seconds} seconds. Try again, "
            "or choose a format that needs none: PowerPoint, Excel, CSV, JSON, offline page."
        ) from None
    finally:
        _kill(worker)
    if worker.returncode:
        lines = [line for line in errors.splitlines() if line.strip()] or ["no reason given"]
        raise ExportError(f"The browser on the server failed: {lines[-1].strip()[:300]}")


def _errors_of(
    worker: subprocess.Popen[str], request: str, seconds: int, check: Callable[[], None] | None
) -> str:
    """Give a worker its request, wait for its end, and return what it wrote of errors."""
    end = time.monotonic() + seconds
    waiting: str | None = request
    while True:
        try:
            return worker.communicate(waiting, timeout=SECONDS_BETWEEN_CHECKS)[1]
        except subprocess.TimeoutExpired:
            if time.monotonic() > end:
                raise
            if check:
                check()
            waiting = None


def _kill(worker: subprocess.Popen[str]) -> None:
    """End the worker with all that it started, and wait until they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    for _ in range(SECONDS_TO_DIE * 50):
        if not _is_alive(worker.pid):
            return
        time.sleep(0.02)


def _is_alive(group: int) -> bool:
    """Return True while a process of a group still runs.

    A dead one may wait long for the init process to notice it, which is not worth waiting for.
    """
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    states = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, its_group, *_ = file.read_text().rpartition(")")[2].split()
            if int(its_group) == group:
                states.append(state)
    return not states or any(state not in ("Z", "X") for state in states)
