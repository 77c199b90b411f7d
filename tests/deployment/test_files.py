"""What the files for deployment say hangs together, and with the code."""

from __future__ import annotations

import fnmatch
import ipaddress
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.servers import free_port, wait_until_healthy
from tests.browser.conftest import HEALTH
from tests.deployment.conftest import DEPLOY, NGINX, ROOT, SHIPPED_ADDRESSES, missing
from tests.deployment.streamlit_client import Reader

OPERATIONS = ROOT / "docs" / "operations.md"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
MOST_EXPOSED = 20
"""Of 100, as `systemd-analyze security` counts; an unguarded service has 96."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def replicas_of(compose: dict[str, Any]) -> list[dict[str, Any]]:
    return [service for name, service in compose["services"].items() if name != "proxy"]


# ------------------------------------------------------------------ containers


def test_the_proxy_knows_the_replicas_by_their_addresses(compose: dict[str, Any]) -> None:
    addresses = [one["networks"]["inside"]["ipv4_address"] for one in replicas_of(compose)]
    assert tuple(f"{address}:8501" for address in addresses) == SHIPPED_ADDRESSES
    subnet = ipaddress.ip_network(compose["networks"]["inside"]["ipam"]["config"][0]["subnet"])
    assert all(ipaddress.ip_address(address) in subnet for address in addresses)


def test_the_replicas_have_no_way_out(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inside"]["internal"] is True
    assert [list(one["networks"]) for one in replicas_of(compose)] == [["inside"], ["inside"]]
    assert not any("ports" in one for one in replicas_of(compose))


def test_every_container_is_locked_down(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert all(volume.endswith(":ro") for volume in service["volumes"])
        assert service["mem_limit"]


def test_the_proxy_waits_for_healthy_replicas(compose: dict[str, Any]) -> None:
    waits = compose["services"]["proxy"]["depends_on"]
    assert {name: wait["condition"] for name, wait in waits.items()} == {
        "replica-1": "service_healthy",
        "replica-2": "service_healthy",
    }


def test_every_file_that_is_mounted_is_there(compose: dict[str, Any]) -> None:
    for volume in compose["services"]["proxy"]["volumes"]:
        assert (DEPLOY / volume.split(":")[0]).is_file()


def test_the_image_runs_as_an_ordinary_user() -> None:
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    [user] = re.findall(r"^USER (\d+):\d+$", last_stage, flags=re.MULTILINE)
    assert int(user) > 0
    assert "/_stcore/health" in last_stage


def test_chromium_is_in_the_image_only_on_demand(compose: dict[str, Any]) -> None:
    assert "ARG CHROMIUM=no" in DOCKERFILE
    for replica in replicas_of(compose):
        assert replica["build"]["args"]["CHROMIUM"] == "${CHROMIUM:-no}"


def test_the_image_is_built_with_the_tool_of_the_project() -> None:
    version = r"uv==([\d.]+)"
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(version, DOCKERFILE) == re.findall(version, makefile)


@pytest.fixture
def image_files(tmp_path: Path) -> Path:
    """A folder with those files alone that go into the image."""
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    named = [line[1:] for line in lines if line.startswith("!")]
    left_out = [line for line in lines[lines.index("!uv.lock") + 1 :] if not line.startswith("!")]

    def ignored(folder: str, names: list[str]) -> set[str]:
        place = Path(folder).relative_to(ROOT)
        return {
            name
            for name in names
            for pattern in left_out
            if fnmatch.fnmatch(str(place / name), pattern.replace("**/", "*"))
        }

    for name in named:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.slow
def test_the_image_has_all_files_that_pages_read(image_files: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=image_files, stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}{HEALTH}")
        assert Path(f"/proc/{process.pid}/cwd").resolve() == image_files
        with Reader(f"http://127.0.0.1:{port}") as reader:
            for page in ("", "timeline", "routes", "evidence", "vessels", "briefing", "data"):
                reader.rerun(page)
            reader.rerun("method")
            methods = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
            assert reader.shows(methods.splitlines()[-1])
    finally:
        process.kill()
        process.wait()


# ------------------------------------------------------------------ systemd


@pytest.fixture(params=UNITS)
def unit(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A unit file whose programs are there, so that the rest of it can be verified."""
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze")
    text = (DEPLOY / "systemd" / request.param).read_text(encoding="utf-8")
    path = tmp_path / request.param
    path.write_text(re.sub(r"/(opt|usr/sbin)/\S+/?(shipments|nginx) ", "/bin/true ", text))
    return path


def test_systemd_finds_no_fault_in_the_unit(unit: Path) -> None:
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_is_locked_down(unit: Path) -> None:
    limit = f"--threshold={MOST_EXPOSED}"
    command = ["systemd-analyze", "security", "--no-pager", "--offline=true", limit, str(unit)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


# ------------------------------------------------------------------ what the documents say


def snippets() -> list[str]:
    text = OPERATIONS.read_text(encoding="utf-8")
    return re.findall(r"```nginx\n(.*?)```", text, flags=re.DOTALL)


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    if NGINX is None:
        missing("nginx")
    shutil.copytree(DEPLOY / "nginx", tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("snippet", snippets())
def test_nginx_takes_what_the_documents_say_about_login(configuration: Path, snippet: str) -> None:
    with (configuration / "listen.conf").open("a", encoding="utf-8") as listen:
        listen.write(snippet)
    test = ["-t", "-q", "-p", f"{configuration}/", "-c", str(configuration / "nginx.conf")]
    done = subprocess.run([str(NGINX), *test], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_commands_for_systemd_change_what_they_are_to_change(configuration: Path) -> None:
    block = OPERATIONS.read_text(encoding="utf-8").split("## systemd")[1].split("## Without")[0]
    commands = re.findall(r"^    (sed (?:.*\\\n)?.*)$", block, flags=re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        here = command.replace("/etc/shipments/nginx", str(configuration))
        subprocess.run(["sh", "-c", here], check=True)
    replicas = (configuration / "replicas.conf").read_text(encoding="utf-8")
    assert "192.168." not in replicas
    assert replicas.count("127.0.0.1:8501") == replicas.count("127.0.0.1:8502") == 4
    assert "syslog:server=unix:/dev/log,nohostname,tag=shipments private;" in (
        configuration / "listen.conf"
    ).read_text(encoding="utf-8")


def test_every_setting_is_documented() -> None:
    in_code = {
        name
        for path in (ROOT / "dashboard").rglob("*.py")
        for name in re.findall(r"\bSHIPMENTS_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    table = OPERATIONS.read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(SHIPMENTS_[A-Z_]+)`", table, flags=re.MULTILINE)) == in_code


def test_every_setting_reaches_the_replicas(compose: dict[str, Any]) -> None:
    settings = {"SHIPMENTS_BASE_URL", "SHIPMENTS_TILES_URL", "SHIPMENTS_TILES_CREDIT"}
    for replica in replicas_of(compose):
        assert set(replica["environment"]) == settings
        assert replica["command"][-2:] == ["--data", "/data"]


def test_every_path_that_the_threat_model_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:dashboard|deploy|tests|\.streamlit)/[\w./@-]*)`", text)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []
