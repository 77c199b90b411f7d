"""Links of documents, tried against a real server on this machine."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from typer.testing import CliRunner

from dashboard import link_requests
from dashboard.checks import check_folder
from dashboard.cli import app
from dashboard.codes import UrlStatus
from dashboard.data_folder import save_changes
from dashboard.link_requests import Manners, is_public, try_links
from dashboard.links import (
    Answer,
    Findings,
    Look,
    changes_of,
    dead_link_report,
    due_documents,
    is_same_address,
    named_cells,
    rebased_changes,
)
from dashboard.row_changes import Conflict, revised, rows_by_key
from dashboard.schema import Source
from dashboard.tables import read_table
from tests.build import cells, good_tables, source, write_good_folder

TODAY = datetime.now(UTC).date()
QUICK = Manners(pause=0, timeout=0.4, longest_wait=2, allow_private=True)
FAST = ("--pause", "0", "--timeout", "1", "--allow-private")


class Asked(NamedTuple):
    """A request as the server saw it."""

    method: str
    path: str
    began: float
    ended: float
    agent: str


class Site(ThreadingHTTPServer):
    """A web site whose pages answer as a test says."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.pages: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.refuses_head: set[str] = set()
        self.seconds: dict[str, float] = {}
        self.log: list[Asked] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def answers(self, path: str, *codes: int, **headers: str) -> str:
        """Let a page answer with these codes, the last one for ever; return its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = [(code, named) for code in codes]
        return self.address(path)

    def asked(self, path: str) -> list[str]:
        return [request.method for request in self.log if request.path == path]


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        began = time.monotonic()
        time.sleep(self.server.seconds.get(self.path, 0))
        replies = self.server.pages.get(self.path, [(200, {})])
        code, headers = replies.pop(0) if len(replies) > 1 else replies[0]
        if self.command == "HEAD" and self.path in self.server.refuses_head:
            code, headers = 405, {}
        self.server.log.append(
            Asked(self.command, self.path, began, time.monotonic(), self.headers["User-Agent"])
        )
        self.send_response_only(code)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the error output."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    yield server
    server.shutdown()
    server.server_close()


def document(url: str, number: int = 1, **given: str) -> tuple[str, ...]:
    return source(f"document-{number}", url=url, **given)


def looks_at(*urls: str, manners: Manners = QUICK) -> list[Look]:
    found: list[Look] = []
    rows = [document(url, number) for number, url in enumerate(urls)]
    asyncio.run(try_links(rows, manners, found.append))
    return found


def answer_of(url: str, manners: Manners = QUICK) -> Answer:
    [look] = looks_at(url, manners=manners)
    return look.answer


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


# ------------------------------------------------------------------ what an answer means


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (200, UrlStatus.OK),
        (404, UrlStatus.GONE),
        (410, UrlStatus.GONE),
        (401, UrlStatus.BLOCKED),
        (403, UrlStatus.BLOCKED),
        (429, UrlStatus.BLOCKED),
        (451, UrlStatus.BLOCKED),
        (400, UrlStatus.UNREACHABLE),
        (500, UrlStatus.UNREACHABLE),
        (503, UrlStatus.UNREACHABLE),
    ],
)
def test_the_final_code_says_what_became_of_a_page(site, code, status):
    assert answer_of(site.answers("/page", code)).status is status


def test_a_page_that_answers_head_is_not_asked_again(site):
    assert answer_of(site.address("/page")).status is UrlStatus.OK
    assert site.asked("/page") == ["HEAD"]


def test_where_head_is_refused_the_page_itself_is_asked_for(site):
    site.refuses_head.add("/page")
    assert answer_of(site.address("/page")).status is UrlStatus.OK
    assert site.asked("/page") == ["HEAD", "GET"]


def test_a_page_is_gone_only_if_get_says_so_too(site):
    url = site.answers("/page", 404, 200)
    assert answer_of(url).status is UrlStatus.OK
    assert site.asked("/page") == ["HEAD", "GET"]


def test_a_fault_of_the_server_is_asked_about_once_more(site):
    assert answer_of(site.answers("/page", 500, 500, 200)).status is UrlStatus.OK


def test_a_server_that_fails_twice_is_left(site):
    answer = answer_of(site.answers("/page", 500))
    assert answer == Answer(UrlStatus.UNREACHABLE, "answered 500")
    assert site.asked("/page") == ["HEAD", "GET", "HEAD", "GET"]


def test_a_challenge_to_browsers_is_a_refusal(site):
    assert answer_of(site.answers("/page", 503, cf_mitigated="challenge")).status is (
        UrlStatus.BLOCKED
    )


def test_a_page_that_moved_for_good_has_another_address(site):
    url = site.answers("/old", 301, Location="/new?id=1")
    new = site.address("/new?id=1")
    assert answer_of(url) == Answer(UrlStatus.MOVED, f"now at <{new}>", new)


def test_a_page_that_answers_elsewhere_for_now_has_not_moved(site):
    url = site.answers("/old", 302, Location="/login")
    assert answer_of(url).status is UrlStatus.OK


def test_a_redirect_for_good_behind_one_for_now_does_not_count(site):
    site.answers("/now", 308, Location="/end")
    assert answer_of(site.answers("/old", 307, Location="/now")).status is UrlStatus.OK


def test_a_page_whose_new_address_is_gone_is_gone(site):
    site.answers("/new", 404)
    assert answer_of(site.answers("/old", 301, Location="/new")).status is UrlStatus.GONE


def test_a_last_slash_is_no_other_address(site):
    assert answer_of(site.answers("/page", 301, Location="/page/")).status is UrlStatus.OK


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://example.org/a", "https://www.example.org/a/", True),
        ("https://example.org", "https://example.org/", True),
        ("http://example.org:80/a", "https://example.org:443/a", True),
        ("https://example.org/a", "https://example.org/", False),
        ("https://example.org/?id=1", "https://example.org/?id=2", False),
        ("https://example.org/a", "https://example.com/a", False),
        ("https://example.org:8080/a", "https://example.org/a", False),
    ],
)
def test_https_www_and_a_last_slash_make_no_other_address(one, other, same):
    assert is_same_address(one, other) is same


def test_a_page_that_leads_in_circles_is_unreachable(site):
    answer = answer_of(site.answers("/page", 301, Location="/page"))
    assert answer == Answer(UrlStatus.UNREACHABLE, "leads on and on to other addresses")
    assert len(site.log) == 9


def test_a_page_that_does_not_answer_in_time_is_unreachable(site):
    site.seconds["/slow"] = 0.6
    assert answer_of(site.address("/slow"), Manners(0, 0.1, allow_private=True)) == Answer(
        UrlStatus.UNREACHABLE, "no answer in time"
    )


def test_a_host_that_refuses_connections_is_unreachable():
    answer = answer_of(f"http://127.0.0.1:{free_port()}/")
    assert answer == Answer(UrlStatus.UNREACHABLE, "refuses connections")


def test_a_name_that_leads_nowhere_is_unreachable(monkeypatch):
    without_names(monkeypatch)
    answer = answer_of("https://nowhere.example/")
    assert answer == Answer(UrlStatus.UNREACHABLE, "its name leads to no machine", "", False)


def test_a_server_that_speaks_no_tls_is_unreachable(site):
    answer = answer_of(site.address("/").replace("http:", "https:"))
    assert answer == Answer(UrlStatus.UNREACHABLE, "no secure connection can be made")


def without_names(monkeypatch):
    """Let no name lead anywhere, as on a machine without a network."""

    async def no_address(host: str) -> list[str]:
        fault = socket.gaierror(socket.EAI_AGAIN, "no name server")
        raise httpx.ConnectError(host) from fault

    monkeypatch.setattr(link_requests, "_addresses", no_address)


# ------------------------------------------------------------------ which are never asked


def test_an_address_that_is_none_of_the_web_is_never_asked(site):
    answer = answer_of(site.answers("/page", 301, Location="javascript:alert(1)"))
    assert answer.status is UrlStatus.UNREACHABLE
    assert "no web address" in answer.remark
    assert answer_of("javascript:alert(1)").status is UrlStatus.UNREACHABLE
    assert [request.path for request in site.log] == ["/page"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_machine_of_a_private_network_is_not_asked(site, host):
    answer = answer_of(f"http://{host}:{site.server_port}/page", Manners(pause=0))
    assert answer.status is None
    assert site.log == []


def test_a_page_that_leads_into_a_private_network_is_not_followed(site, monkeypatch):
    monkeypatch.setattr(link_requests, "is_public", lambda address: address != "127.0.0.9")
    url = site.answers("/page", 302, Location="http://127.0.0.9/secret")
    assert answer_of(url, Manners(pause=0)) == Answer(
        None, "leads into a private network, so it was not asked"
    )


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("192.168.1.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_public_machines_are_told_from_others(address, public):
    assert is_public(address) is public


# ------------------------------------------------------------------ manners


def test_a_host_is_asked_one_request_at_a_time_with_pauses(site):
    for number in range(4):
        site.seconds[f"/{number}"] = 0.03
    urls = [site.address(f"/{number}") for number in range(4)]
    looks_at(*urls, manners=Manners(pause=0.1, allow_private=True))
    requests = sorted(site.log, key=lambda request: request.began)
    gaps = [later.began - one.ended for one, later in pairwise(requests)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.1


def test_hosts_are_asked_side_by_side(site):
    other = Site()
    for one in (site, other):
        one.seconds["/slow"] = 0.3
    looks_at(site.address("/slow"), other.address("/slow"))
    [first], [second] = site.log, other.log
    assert max(first.began, second.began) < min(first.ended, second.ended)
    other.shutdown()
    other.server_close()


def test_the_program_says_who_it_is(site):
    looks_at(site.address("/"))
    assert site.log[0].agent.startswith("arms-shipments-dashboard/")


def test_a_host_that_asks_to_wait_is_given_the_time(site):
    url = site.answers("/page", 429, 200, Retry_After="1")
    began = time.monotonic()
    assert answer_of(url).status is UrlStatus.OK
    assert time.monotonic() - began >= 1
    assert site.asked("/page") == ["HEAD", "HEAD"]


def test_a_host_that_asks_to_wait_till_a_distant_moment_is_left(site):
    moments = {
        "Date": "Tue, 24 Nov 2026 10:00:00 GMT",
        "Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT",
    }
    site.pages["/page"] = [(503, moments)]
    assert answer_of(site.address("/page")).status is UrlStatus.UNREACHABLE
    assert site.asked("/page") == ["HEAD"]


def test_a_host_that_asks_for_a_long_time_is_left_for_another_run(site):
    urls = [site.answers("/1", 429, Retry_After="3600"), site.address("/2")]
    first, second = looks_at(*urls)
    assert first.answer == Answer(UrlStatus.BLOCKED, "answered 429")
    assert second.answer.status is None
    assert [request.path for request in site.log] == ["/1"]


def test_the_archived_copy_is_tried_too(site):
    found: list[Look] = []
    row = document(
        site.address("/"), archived_url=site.answers("/copy", 404), archived_on="2026-01-01"
    )
    asyncio.run(try_links([row], QUICK, found.append))
    assert found[0].answer.status is UrlStatus.OK
    assert found[0].archived == Answer(UrlStatus.GONE, "answered 404")


# ------------------------------------------------------------------ which are due


def checked(number: int, days_ago: int) -> tuple[str, ...]:
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    return document(f"https://example.org/{number}", number, url_status="ok", url_checked_on=day)


def test_links_tried_lately_are_left_out_and_the_oldest_come_first():
    rows = [checked(1, 29), checked(2, 30), checked(3, 90), document("https://example.org/4", 4)]
    due = [row[0] for row in due_documents(rows, TODAY, 30)]
    assert due == ["document-4", "document-3", "document-2"]


def test_links_of_other_hosts_can_be_left_out():
    rows = [document("https://www.example.org/1", 1), document("https://example.com/2", 2)]
    assert [row[0] for row in due_documents(rows, TODAY, 30, ["example.org"])] == ["document-1"]


# ------------------------------------------------------------------ how it is kept


def folder_of(folder: Path, urls: list[str]) -> Path:
    """Write a good folder with documents at these addresses; its own were tried today."""
    today = {"url_status": "ok", "url_checked_on": TODAY.isoformat()}
    names = list(named_cells(good_tables()["sources"][0]))
    own = [
        tuple((dict(zip(names, row, strict=True)) | today).values())
        for row in good_tables()["sources"]
    ]
    new = [document(url, number) for number, url in enumerate(urls, start=1)]
    links = [
        cells(
            "claim_sources", claim_id="rok-mnd-20240226-containers", source_id=f"document-{number}"
        )
        for number in range(1, len(urls) + 1)
    ]
    return write_good_folder(
        folder,
        sources=[*own, *new],
        claim_sources=[*good_tables()["claim_sources"], *links],
    )


def documents_in(folder: Path) -> dict[str, dict[str, str]]:
    table, _ = read_table(folder / "sources.csv", Source)
    return {key[0]: named_cells(row) for key, row in rows_by_key(table, Source).items()}


def statuses_in(folder: Path) -> dict[str, str]:
    return {
        name: row["url_status"]
        for name, row in documents_in(folder).items()
        if name.startswith("document-")
    }


def run(folder: Path, *words: str):
    return CliRunner().invoke(app, ["links", "--data", str(folder), *FAST, *words])


def test_what_is_found_is_entered_and_nothing_else_is_changed(site, tmp_path):
    urls = [site.address("/1"), site.answers("/2", 410)]
    folder = folder_of(tmp_path, urls)
    before = documents_in(folder)
    result = run(folder)
    assert result.exit_code == 0, result.output
    after = documents_in(folder)
    assert statuses_in(folder) == {"document-1": "ok", "document-2": "gone"}
    for name, row in after.items():
        changed = {column for column in row if row[column] != before[name][column]}
        assert changed <= {"url_status", "url_checked_on"}
    assert after["document-2"]["url_checked_on"] == TODAY.isoformat()
    assert check_folder(folder, TODAY)[1] == ()


def test_a_second_run_asks_for_nothing_that_was_just_tried(site, tmp_path):
    folder = folder_of(tmp_path, [site.address("/1")])
    run(folder)
    asked = len(site.log)
    assert run(folder).exit_code == 0
    assert len(site.log) == asked
    assert (
        run(folder, "--again-after", "0", "--host", f"127.0.0.1:{site.server_port}").exit_code == 0
    )
    assert len(site.log) > asked


def test_as_many_links_are_tried_as_one_asks_for(site, tmp_path):
    folder = folder_of(tmp_path, [site.address(f"/{number}") for number in range(5)])
    assert "2" in run(folder, "--limit", "2").stdout
    assert len(site.log) == 2


def test_the_summary_counts_by_status_and_progress_is_on_the_error_output(site, tmp_path):
    folder = folder_of(tmp_path, [site.address("/1"), site.answers("/2", 404)])
    result = run(folder)
    assert "no longer there" in result.stdout
    assert "2 of 2 links tried" in result.stderr


def test_a_dead_link_is_a_failure_only_where_one_asks_for_it(site, tmp_path):
    folder = folder_of(tmp_path, [site.answers("/1", 404)])
    assert run(folder).exit_code == 0
    result = run(folder, "--fail-on-gone")
    assert result.exit_code == 1
    assert "1 document is gone" in result.stderr


def test_the_report_lists_dead_links_with_a_place_to_look_for_a_copy(site, tmp_path):
    urls = [site.answers("/1", 404), site.answers("/2", 301, Location="/3"), site.address("/4")]
    folder = folder_of(tmp_path, urls)
    report = tmp_path / "report.md"
    assert run(folder, "--report", str(report)).exit_code == 0
    text = report.read_text("utf-8")
    assert "## No longer there: 1" in text
    assert f"https://web.archive.org/web/2/{urls[0]}" in text
    assert f"now at <{site.address('/3')}>" in text
    assert "document-3" not in text


def test_the_report_of_sound_links_says_so():
    assert "No dead link is known." in dead_link_report(
        [document("https://example.org/")], [], TODAY
    )


def test_the_report_names_spoilt_copies_and_what_was_not_tried():
    look = Look("a", "https://example.org/", Answer(None, "private"), Answer(UrlStatus.GONE, "404"))
    text = dead_link_report([], [look], TODAY)
    assert "## Archived copies without a sound answer: 1" in text
    assert "## Not tried: 1" in text


def test_a_host_that_no_document_has_is_refused_with_the_nearest(site, tmp_path):
    result = run(folder_of(tmp_path, [site.address("/1")]), "--host", "exampl.org")
    assert result.exit_code == 1
    assert "did you mean 'example.org'?" in result.stderr


def test_faulty_data_are_not_touched(site, tmp_path):
    folder = folder_of(tmp_path, [site.address("/1")])
    path = folder / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"2024-02-23", b"23-Feb-24"))
    result = run(folder)
    assert result.exit_code == 1
    assert "`shipments check` lists them" in result.stderr
    assert site.log == []


# ------------------------------------------------------------------ no network, and interruptions


def test_without_a_network_nothing_is_entered(tmp_path, monkeypatch):
    without_names(monkeypatch)
    folder = folder_of(tmp_path, [f"https://host{number}.example/" for number in range(30)])
    before = (folder / "sources.csv").read_bytes()
    result = run(folder)
    assert result.exit_code == 1
    assert "is there a network?" in result.stderr
    assert (folder / "sources.csv").read_bytes() == before


def test_a_single_host_that_is_silent_is_taken_for_a_missing_network(tmp_path, monkeypatch):
    without_names(monkeypatch)
    folder = folder_of(tmp_path, ["https://nowhere.example/"])
    assert run(folder).exit_code == 1
    assert statuses_in(folder) == {"document-1": ""}


def test_a_silent_host_among_others_is_entered(site, tmp_path, monkeypatch):
    addresses = link_requests._addresses

    async def some_addresses(host: str) -> list[str]:
        if host.endswith(".example"):
            raise httpx.ConnectError(host) from socket.gaierror(socket.EAI_NONAME, "unknown")
        return await addresses(host)

    monkeypatch.setattr(link_requests, "_addresses", some_addresses)
    folder = folder_of(tmp_path, [site.address("/1"), "https://nowhere.example/"])
    assert run(folder).exit_code == 0
    assert statuses_in(folder) == {"document-1": "ok", "document-2": "unreachable"}


def test_silence_is_certain_only_once_another_host_answered(tmp_path):
    urls = ["https://a.example/", "https://b.example/", "https://c.example/"]
    folder = folder_of(tmp_path, urls)
    rows = {key: row for key, row in rows_of(folder).items() if key.startswith("document-")}
    findings = Findings(folder, rows, TODAY)
    silent = Answer(UrlStatus.UNREACHABLE, "no way leads to it", "", False)
    findings.looks.append(Look("document-1", urls[0], silent))
    findings.save_certain()
    assert statuses_in(folder)["document-1"] == ""
    findings.looks.append(Look("document-2", urls[1], Answer(UrlStatus.OK, "answered 200")))
    findings.looks.append(Look("document-3", urls[2], silent))
    findings.save_certain()
    assert list(statuses_in(folder).values()) == ["unreachable", "ok", ""]
    assert (findings.unsaved, findings.silent_hosts) == (1, 1)


def rows_of(folder: Path) -> dict[str, tuple[str, ...]]:
    table, _ = read_table(folder / "sources.csv", Source)
    return {key[0]: row for key, row in rows_by_key(table, Source).items()}


def test_what_was_found_is_kept_when_the_command_is_stopped(site, tmp_path):
    documents = 50
    for number in range(documents):
        site.seconds[f"/{number}"] = 0.05
    folder = folder_of(tmp_path, [site.address(f"/{number}") for number in range(documents)])
    command = [sys.executable, "-m", "dashboard", "links", "--data", str(folder), *FAST]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    while len(site.log) < 25:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told.strip().splitlines()[-1].startswith("shipments: stopped; what was found is saved")
    assert "Traceback" not in told
    kept = [status for status in statuses_in(folder).values() if status]
    assert 20 <= len(kept) < documents
    site.log.clear()
    site.seconds.clear()
    assert run(folder).exit_code == 0
    assert len(site.log) == documents - len(kept)
    assert set(statuses_in(folder).values()) == {"ok"}
    assert check_folder(folder, TODAY)[1] == ()


# ------------------------------------------------------------------ others at work meanwhile


def test_what_another_changed_meanwhile_is_kept(tmp_path):
    folder = folder_of(tmp_path, ["https://a.example/"])
    rows = rows_of(folder)
    save_changes(folder, [revised("sources", rows["document-1"], title="Corrected")], TODAY)
    findings = Findings(folder, rows, TODAY)
    findings.looks.append(Look("document-1", "https://a.example/", Answer(UrlStatus.GONE, "404")))
    findings.save_all()
    found = documents_in(folder)["document-1"]
    assert (found["title"], found["url_status"]) == ("Corrected", "gone")


def test_what_was_found_at_an_address_says_nothing_of_another(tmp_path):
    folder = folder_of(tmp_path, ["https://a.example/"])
    rows = rows_of(folder)
    corrected = revised("sources", rows["document-1"], url="https://b.example/")
    save_changes(folder, [corrected], TODAY)
    findings = Findings(folder, rows, TODAY)
    findings.looks.append(Look("document-1", "https://a.example/", Answer(UrlStatus.GONE, "404")))
    findings.save_all()
    assert documents_in(folder)["document-1"]["url_status"] == ""


def test_a_document_that_was_removed_is_not_added_again():
    row = document("https://a.example/")
    look = Look("document-1", "https://a.example/", Answer(UrlStatus.OK, "answered 200"))
    [change] = changes_of([look], {"document-1": row}, date(2026, 11, 24))
    assert rebased_changes([change], [Conflict(change, None)]) == ()
