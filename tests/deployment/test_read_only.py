"""The server writes nothing but temporary files, as `docker run --read-only` demands."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.servers import free_port, wait_until_healthy
from dashboard.dataset import SHIPPED_DATA, load_dataset
from tests.browser.conftest import HEALTH
from tests.deployment.conftest import ROOT
from tests.deployment.isolation import without_writing
from tests.deployment.streamlit_client import Reader

pytestmark = pytest.mark.slow

DASHBOARD = [sys.executable, "-m", "dashboard"]


@pytest.fixture
def writable() -> Iterator[Path]:
    """A folder with a short name, as /tmp has: Chromium makes a socket in it."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def read_only_server(writable: Path) -> Iterator[str]:
    port = free_port()
    command = without_writing([*DASHBOARD, "serve", "--port", str(port)], writable, ROOT)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(process, f"{address}{HEALTH}")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_nothing_can_be_written_where_the_server_runs(writable: Path) -> None:
    attempt = f"touch {writable}/a && ! touch {ROOT}/b && ! touch {SHIPPED_DATA}/c && id -u"
    done = subprocess.run(
        without_writing(["sh", "-c", attempt], writable, ROOT), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Read-only file system") == 2
    assert done.stdout.split() == [str(os.geteuid())]


def test_pages_and_downloads_need_no_file_that_can_be_written(read_only_server: str) -> None:
    with Reader(read_only_server) as reader:
        for page in ("", "timeline", "routes", "evidence", "vessels", "briefing", "data", "method"):
            reader.rerun(page)
        reader.rerun("data")
        assert reader.shows(load_dataset().digest)
        status, content = reader.download("one zip")
    assert (status, content[:2]) == (200, b"PK")


def test_the_instant_page_needs_no_file_that_can_be_written(read_only_server: str) -> None:
    with urllib.request.urlopen(f"{read_only_server}/snapshot", timeout=60) as answer:
        assert load_dataset().digest.encode() in answer.read()


@pytest.mark.usefixtures("rendering")
def test_chromium_needs_nothing_but_temporary_files(writable: Path) -> None:
    to_output = [*DASHBOARD, "export", "growth", "--to", f"{writable}/a.png"]
    look = f'"$@" && head -c 4 {writable}/a.png'
    done = subprocess.run(
        without_writing(["sh", "-c", look, "sh", *to_output], writable, ROOT), capture_output=True
    )
    assert done.returncode == 0, done.stderr
    assert b"\x89PNG" in done.stdout
