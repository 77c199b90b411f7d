"""Servers on this machine: started, asked whether they are well, weighed, ended."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.dataset import SHIPPED_DATA

ROOT = Path(__file__).parent.parent
START_SECONDS = 120
IDLE_SHARE = 0.03
"""Of one processor: below it a server has nothing left to do."""
HEALTH = "/_stcore/health"


@dataclass(frozen=True)
class Command:
    """How a server is started.

    Attributes:
        words: The program and its arguments; `{port}` stands for the port.
        folder: Where it runs.
        health: The path that answers once it serves.
    """

    words: tuple[str, ...]
    folder: Path = ROOT
    health: str = HEALTH


@dataclass(frozen=True)
class Server:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    seconds_to_start: float

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Return the processor time spent so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Return the proportional set size in megabytes."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Pss:\s+(\d+) kB", rollup, flags=re.MULTILINE)
        return int(found.group(1)) / 1000 if found else 0.0

    def wait_until_idle(self, most_seconds: float = 600) -> None:
        """Wait until what a server does after its start is done.

        Raises:
            RuntimeError: It is never done.
        """
        end = time.monotonic() + most_seconds
        while time.monotonic() < end:
            before = self.cpu_seconds()
            time.sleep(2)
            if self.cpu_seconds() - before < 2 * IDLE_SHARE:
                return
        raise RuntimeError(f"the server is still busy after {most_seconds} seconds")


def dashboard(data: Path = SHIPPED_DATA) -> Command:
    """Return how the dashboard is served."""
    words = (sys.executable, "-m", "dashboard", "serve", "--port", "{port}", "--data", str(data))
    return Command(words)


@contextmanager
def running(command: Command) -> Iterator[Server]:
    """Start a server on a free port, wait until it answers, end it afterwards.

    Raises:
        RuntimeError: It ends or does not answer.
    """
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        [word.format(port=port) for word in command.words],
        cwd=command.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(process, f"http://127.0.0.1:{port}{command.health}")
        yield Server(process, port, time.perf_counter() - start)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a server, by force if it does not end by itself."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait until an address of a server answers.

    Raises:
        RuntimeError: The server has ended, or does not answer in time.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} seconds")
