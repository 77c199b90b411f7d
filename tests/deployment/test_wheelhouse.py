"""`make wheelhouse` packs all that a machine without a network needs; this is such a machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from benchmarks.servers import free_port
from dashboard.dataset import load_dataset
from tests.deployment.conftest import ROOT
from tests.deployment.isolation import without_network

pytestmark = pytest.mark.slow

PYTHON = Path(sys.base_prefix, "bin", f"python3.{sys.version_info.minor}")
"""Not that of the project's own environment, which has all libraries already."""

VISIT = """
import subprocess, sys, time, urllib.request
server = subprocess.Popen([".venv/bin/shipments", "serve", "--port", sys.argv[1]])
try:
    for attempt in range(600):
        try:
            answer = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/_stcore/health")
            break
        except OSError:
            time.sleep(0.1)
    print("health", answer.status)
    page = urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/snapshot")
    print("snapshot", page.status, sys.argv[2].encode() in page.read())
finally:
    server.kill()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the archive, unpacked and installed without a network.

    Where the whole suite is cut off, the archive was made before: wheels come over the network.
    """
    if not os.environ.get("SHIPMENTS_CUT_OFF"):
        subprocess.run(["make", "wheelhouse"], cwd=ROOT, check=True, capture_output=True)
    [archive] = (ROOT / "build").glob("arms-shipments-dashboard-*.tar")
    place = tmp_path_factory.mktemp("stick")
    with tarfile.open(archive) as content:
        content.extractall(place, filter="data")
    [folder] = place.iterdir()
    done = run(folder, ["sh", "install.sh"])
    assert done.returncode == 0, done.stderr
    assert "no faults" in done.stdout
    return folder


def run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command without a network, and without anything that this project has set up."""
    clean = ["env", "--ignore-environment", f"--chdir={folder}", "PATH=/usr/sbin:/usr/bin:/bin"]
    settings = [f"PY={PYTHON}", "PYTHONDONTWRITEBYTECODE=1"]
    return subprocess.run(
        without_network([*clean, *settings, *command]), capture_output=True, text=True
    )


def test_no_network_is_there(installed: Path) -> None:
    reach = "import socket; socket.create_connection(('192.0.2.1', 443), 3)"
    done = run(installed, [".venv/bin/python", "-c", reach])
    assert "Network is unreachable" in done.stderr


def test_the_data_pass_their_checks(installed: Path) -> None:
    done = run(installed, [".venv/bin/shipments", "check"])
    assert (done.returncode, done.stdout.strip()) == (0, "no faults")


def test_every_library_comes_from_the_archive(installed: Path) -> None:
    where = "import dashboard, streamlit; print(dashboard.__file__); print(streamlit.__file__)"
    done = run(installed, [".venv/bin/python", "-c", where])
    assert [Path(line).is_relative_to(installed) for line in done.stdout.split()] == [True, True]


def test_the_dashboard_is_served(installed: Path) -> None:
    visit = ["-c", VISIT, str(free_port()), load_dataset().digest]
    done = run(installed, [".venv/bin/python", *visit])
    assert "health 200" in done.stdout, done.stderr
    assert "snapshot 200 True" in done.stdout


def test_make_takes_the_environment_as_it_is(installed: Path) -> None:
    done = run(installed, ["make", "check"])
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no faults")


def test_a_damaged_archive_is_not_installed(installed: Path) -> None:
    claims = installed / "data" / "claims.csv"
    sound = claims.read_bytes()
    claims.write_bytes(sound.replace(b"6700", b"7600", 1))
    try:
        done = run(installed, ["sh", "install.sh"])
    finally:
        claims.write_bytes(sound)
    assert done.returncode != 0
    assert "claims.csv: FAILED" in done.stdout


def test_wheels_for_another_python_are_not_installed(installed: Path) -> None:
    platform = installed / "PLATFORM"
    sums = installed / "SHA256SUMS"
    before = platform.read_text(), sums.read_text()
    platform.write_text("cpython3.99-linux-x86_64\n")
    sums.write_text("".join(line for line in sums.open() if "PLATFORM" not in line))
    try:
        done = run(installed, ["sh", "install.sh"])
    finally:
        platform.write_text(before[0])
        sums.write_text(before[1])
    assert done.returncode == 1
    assert "These wheels are for cpython3.99-linux-x86_64" in done.stderr


def test_the_archive_holds_nothing_that_only_its_makers_need(installed: Path) -> None:
    found = {path.name for path in installed.iterdir()}
    assert found >= {"dashboard", "data", "docs", "deploy", ".streamlit", "wheels", "INSTALL.txt"}
    assert not found & {"tests", "benchmarks", "scripts", ".github", ".ci", ".git"}
