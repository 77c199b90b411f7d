"""Replicas behind the proxy, on loopback: real servers, and nginx with the project's own files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.servers import free_port, wait_until_healthy
from tests.browser.conftest import HEALTH

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SHIPPED_ADDRESSES = ("192.168.213.11:8501", "192.168.213.12:8501")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def missing(what: str) -> None:
    """Fail in CI, where everything must be there; skip elsewhere."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: the automatic check must have it")
    pytest.skip(f"{what} is missing: install it to run these tests")


@dataclass
class Replica:
    """A server that can be killed and started again at the same address."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "dashboard", "serve", "--data", str(self.data)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until_healthy(self.process, f"http://{self.address}{HEALTH}")

    def kill(self) -> None:
        """End it without any notice, as a crash does."""
        if self.process:
            self.process.kill()
            self.process.wait()


@dataclass(frozen=True)
class Proxy:
    """nginx, and the log of what it passed on."""

    address: str
    folder: Path

    def passed_on(self, path: str) -> list[str]:
        """Return the addresses that answered requests for a path, by the log."""
        end = time.monotonic() + 5
        while time.monotonic() < end:
            lines = [line.split('"') for line in self.log().splitlines() if f" {path} " in line]
            if lines:
                return [line[1] for line in lines]
            time.sleep(0.05)
        pytest.fail(f"nothing in the log about {path}")

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")


@contextmanager
def proxy_before(addresses: tuple[str, str], folder: Path) -> Iterator[Proxy]:
    """Run nginx with the shipped files, other addresses in them, and wait until it listens."""
    if NGINX is None:
        missing("nginx")
    port = free_port()
    shutil.copy(DEPLOY / "nginx" / "nginx.conf", folder)
    replicas = (DEPLOY / "nginx" / "replicas.conf").read_text(encoding="utf-8")
    for shipped, address in zip(SHIPPED_ADDRESSES, addresses, strict=True):
        assert shipped in replicas
        replicas = replicas.replace(shipped, address)
    (folder / "replicas.conf").write_text(replicas, encoding="utf-8")
    listen = (DEPLOY / "nginx" / "listen.conf").read_text(encoding="utf-8")
    assert "listen 8080;" in listen
    listen = listen.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    (folder / "listen.conf").write_text(listen, encoding="utf-8")
    # A folder of pytest can be entered by its owner alone, so workers must not change their user.
    settings = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
    command = [str(NGINX), "-p", f"{folder}/", "-c", str(folder / "nginx.conf"), "-g", settings]
    with (folder / "log").open("wb") as log, (folder / "faults").open("wb") as faults:
        process = subprocess.Popen(command, stdout=log, stderr=faults)
        try:
            wait_until_listening(process, port, folder / "faults")
            yield Proxy(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait(10)


def wait_until_listening(process: subprocess.Popen[bytes], port: int, faults: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"nginx ended: {faults.read_text(encoding='utf-8')}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


@dataclass(frozen=True)
class Site:
    """Two replicas, the proxy before them, and the data that they serve."""

    replicas: dict[str, Replica]
    proxy: Proxy
    data: Path


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The dashboard as a team runs it."""
    data = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(ROOT / "data", data)
    replicas = {"1": Replica(data), "2": Replica(data)}
    with ExitStack() as stack:
        for replica in replicas.values():
            stack.callback(replica.kill)
            replica.start()
        addresses = (replicas["1"].address, replicas["2"].address)
        proxy = proxy_before(addresses, tmp_path_factory.mktemp("proxy"))
        yield Site(replicas, stack.enter_context(proxy), data)
