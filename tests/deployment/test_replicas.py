"""Two replicas behind the proxy: one is killed while readers are at work."""

from __future__ import annotations

import http.client
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from websockets.exceptions import WebSocketException

from benchmarks.servers import free_port
from dashboard.dataset import load_dataset
from tests.browser.conftest import STEP_MILLISECONDS, settled
from tests.deployment.conftest import Proxy, Site, proxy_before
from tests.deployment.streamlit_client import Reader

pytestmark = [pytest.mark.slow, pytest.mark.browser]

READERS = 10
SECONDS_BETWEEN_RUNS = 0.3
PATIENCE_SECONDS = 120
SECONDS_TO_COME_BACK = 20


@dataclass
class BusyReader:
    """A reader who has the page run again and again, and comes back when the session is lost."""

    reader: Reader
    first_replica: str = ""
    ran_at: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)
    lost_at: float | None = None
    back_at: float | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def work(self, until: threading.Event, digests: tuple[str, str]) -> None:
        """Read until told to stop."""
        while not until.wait(SECONDS_BETWEEN_RUNS):
            with self.turn:
                try:
                    self.reader.rerun()
                except (OSError, WebSocketException) as fault:
                    self.faults.append(repr(fault))
                    self.lost_at = self.lost_at or time.monotonic()
                    self._come_back()
                except AssertionError as fault:
                    self.faults.append(str(fault))
                else:
                    self.ran_at.append(time.monotonic())
                    self.digests |= {digest for digest in digests if self.reader.shows(digest)}

    def _come_back(self) -> None:
        try:
            self.reader.close()
            self.reader.open()
            self.reader.rerun()
        except (OSError, WebSocketException, AssertionError) as fault:
            self.faults.append(repr(fault))
        else:
            self.back_at = time.monotonic()


@dataclass(frozen=True)
class Story:
    """What happened while readers were at work and a replica was killed.

    Attributes:
        busy: The readers, from before the kill to the end.
        killed_at: When replica 1 was killed.
        new_while_dead: Replicas of readers who came while it was dead.
        probes: For each reader, which addresses answered it before the kill.
        seconds_to_return: From the restart until a new reader was on replica 1 again.
        moved_downloads: Status of downloads of the moved readers after the restart.
        moved_uploads: Status of uploads of the moved readers after the restart.
        moved_replicas: Where the moved readers were at the end.
    """

    busy: list[BusyReader]
    killed_at: float
    new_while_dead: list[str]
    probes: dict[int, list[str]]
    seconds_to_return: float
    moved_downloads: list[tuple[int, bytes]]
    moved_uploads: list[int]
    moved_replicas: list[str]

    @property
    def stayed(self) -> list[BusyReader]:
        return [one for one in self.busy if one.first_replica == "2"]

    @property
    def moved(self) -> list[BusyReader]:
        return [one for one in self.busy if one.first_replica == "1"]


@pytest.fixture(scope="module")
def digests(site: Site) -> tuple[str, str]:
    """The digest of the data before and after their update."""
    before = load_dataset(site.data).digest
    claims = site.data / "claims.csv"
    text = claims.read_text(encoding="utf-8")
    assert "First denial found." in text
    changed = claims.with_name(".claims.csv.new")
    changed.write_text(text.replace("First denial found.", "The first denial."), encoding="utf-8")
    updated = site.data.with_name("updated")
    updated.mkdir()
    for file in site.data.iterdir():
        if file.name not in (claims.name, changed.name):
            shutil.copy(file, updated)
    shutil.copy(changed, updated / claims.name)
    return before, load_dataset(updated).digest


@pytest.fixture(scope="module")
def story(site: Site, digests: tuple[str, str]) -> Story:
    stop = threading.Event()
    with ExitStack() as stack:
        busy = [BusyReader(stack.enter_context(Reader(site.proxy.address))) for _ in range(READERS)]
        threads = []
        for one in busy:
            one.first_replica = one.reader.replica
            threads.append(threading.Thread(target=one.work, args=(stop, digests), daemon=True))
        stack.callback(lambda: [thread.join(PATIENCE_SECONDS) for thread in threads])
        stack.callback(stop.set)
        for thread in threads:
            thread.start()
        return _told(site, busy, digests)


def _told(site: Site, busy: list[BusyReader], digests: tuple[str, str]) -> Story:
    _wait("every reader has read", lambda: all(len(one.ran_at) > 3 for one in busy))
    probes = {number: _probed(site, one, f"before-{number}") for number, one in enumerate(busy)}

    os.replace(site.data / ".claims.csv.new", site.data / "claims.csv")
    _wait("new data reach all", lambda: all(digests[1] in one.digests for one in busy))

    killed_at = time.monotonic()
    site.replicas["1"].kill()
    new_while_dead = [_newcomer(site) for _ in range(3)]
    moved = [one for one in busy if one.first_replica == "1"]
    _wait("all are back", lambda: all(one.back_at for one in moved))
    time.sleep(2)

    site.replicas["1"].start()
    started_at = time.monotonic()
    _wait("replica 1 takes readers", lambda: _newcomer(site) == "1")
    seconds_to_return = time.monotonic() - started_at

    downloads, uploads = [], []
    for one in moved:
        with one.turn:
            one.reader.rerun(page="data")
            downloads.append(one.reader.download("one zip"))
            uploads.append(one.reader.upload("template.pptx", b"any content"))
    replicas = [one.reader.replica for one in moved]
    return Story(
        busy, killed_at, new_while_dead, probes, seconds_to_return, downloads, uploads, replicas
    )


def _wait(what: str, is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail(f"not within {PATIENCE_SECONDS} seconds: {what}")


def _probed(site: Site, one: BusyReader, name: str) -> list[str]:
    """Return which addresses answered a reader's requests, by the log of the proxy."""
    answered = []
    for number in range(5):
        with one.turn:
            assert one.reader.get(f"/probe-{name}-{number}")[0] == 200
        answered += site.proxy.passed_on(f"/probe-{name}-{number}")
    return answered


def _newcomer(site: Site) -> str:
    """Return the replica on which a new reader has seen the page."""
    with Reader(site.proxy.address) as reader:
        reader.rerun()
        return reader.replica


# ------------------------------------------------------------------ while all is well


def test_readers_are_spread_over_both_replicas(story: Story) -> None:
    assert min(len(story.stayed), len(story.moved)) >= READERS // 4


def test_every_request_of_a_reader_goes_to_the_replica_of_its_session(
    site: Site, story: Story
) -> None:
    for number, one in enumerate(story.busy):
        assert set(story.probes[number]) == {site.replicas[one.first_replica].address}


def test_new_data_reach_every_reader_under_load(story: Story, digests: tuple[str, str]) -> None:
    assert [one.digests for one in story.busy] == [set(digests)] * READERS


# ------------------------------------------------------------------ while one is dead


def test_sessions_on_the_other_replica_go_on(story: Story) -> None:
    for one in story.stayed:
        assert one.faults == []
        after = [moment for moment in one.ran_at if moment > story.killed_at]
        assert len(after) >= 3
        moments = [story.killed_at, *after]
        pauses = [later - earlier for earlier, later in pairwise(moments)]
        assert max(pauses[:10]) < SECONDS_TO_COME_BACK


def test_readers_of_the_killed_replica_come_back_on_the_other(story: Story) -> None:
    for one in story.moved:
        assert one.lost_at is not None
        assert one.back_at is not None
        assert one.back_at - one.lost_at < SECONDS_TO_COME_BACK


def test_new_readers_are_served_while_a_replica_is_dead(story: Story) -> None:
    assert story.new_while_dead == ["2", "2", "2"]


# ------------------------------------------------------------------ when it is back


def test_a_replica_that_is_started_again_takes_new_readers(story: Story) -> None:
    assert story.seconds_to_return < SECONDS_TO_COME_BACK


def test_a_session_that_moved_stays_where_it_moved_to(story: Story) -> None:
    assert story.moved_replicas == ["2"] * len(story.moved)


def test_a_session_that_moved_can_still_take_files_away_and_bring_them(story: Story) -> None:
    assert [status for status, _ in story.moved_downloads] == [200] * len(story.moved)
    assert all(content.startswith(b"PK") for _, content in story.moved_downloads)
    assert story.moved_uploads == [204] * len(story.moved)


# ------------------------------------------------------------------ with a browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with cookies of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(STEP_MILLISECONDS)
    yield context.new_page()
    context.close()


def replica_of(page: Page) -> str:
    [cookie] = [one for one in page.context.cookies() if one["name"] == "replica"]
    return cookie["value"]


def test_an_open_page_goes_on_at_the_other_replica_by_itself(
    site: Site, page: Page, tmp_path: Path
) -> None:
    page.goto(f"{site.proxy.address}/timeline")
    settled(page)
    dead = replica_of(page)
    site.replicas[dead].kill()
    try:
        page.wait_for_selector("[data-test-connection-state=CONNECTED]", state="detached")
        page.wait_for_selector("[data-test-connection-state=CONNECTED]")
        assert replica_of(page) != dead
    finally:
        site.replicas[dead].start()
    page.get_by_role("link", name="Data", exact=True).click()
    page.wait_for_url("**/data*")
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="zip").click()
    download.value.save_as(tmp_path / "data.zip")
    assert (tmp_path / "data.zip").read_bytes().startswith(b"PK")


# ------------------------------------------------------------------ what the proxy adds


def answer_of(address: str, method: str, path: str) -> http.client.HTTPResponse:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=PATIENCE_SECONDS)
    connection.request(method, path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize("path", ["/", "/timeline", "/_stcore/health", "/static/nothing.js"])
def test_every_answer_has_each_security_header_once(site: Site, path: str) -> None:
    headers = answer_of(site.proxy.address, "GET", path).headers
    for name in (
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    ):
        assert len(headers.get_all(name) or ()) == 1, name
    assert headers["Server"] == "nginx"


def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Site) -> None:
    cookies = answer_of(site.proxy.address, "GET", "/").headers.get_all("Set-Cookie")
    [cookie] = [cookie for cookie in cookies or () if cookie.startswith("replica=")]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_the_log_does_not_say_what_a_reader_looks_at(site: Site) -> None:
    answer_of(site.proxy.address, "GET", "/probe-private?claim=a-claim-of-interest")
    assert site.proxy.passed_on("/probe-private")
    assert "a-claim-of-interest" not in site.proxy.log()


def test_counts_of_sessions_are_not_for_readers(site: Site) -> None:
    replica = f"http://{site.replicas['1'].address}"
    assert answer_of(replica, "GET", "/_stcore/metrics").status == 200
    assert answer_of(site.proxy.address, "GET", "/_stcore/metrics").status == 404


def test_an_upload_larger_than_any_template_is_refused(site: Site) -> None:
    with Reader(site.proxy.address) as reader:
        reader.rerun()
        assert reader.upload("template.pptx", bytes(20_000_000)) == 204
        assert reader.upload("template.pptx", bytes(23_100_000)) == 413


# ------------------------------------------------------------------ without any replica


@pytest.fixture
def lonely_proxy(tmp_path: Path) -> Iterator[Proxy]:
    dead = (f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}")
    with proxy_before(dead, tmp_path) as proxy:
        yield proxy


def test_without_any_replica_the_proxy_says_so_in_a_sentence(lonely_proxy: Proxy) -> None:
    answer = answer_of(lonely_proxy.address, "GET", "/")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
