"""What readers cost the server: a rerun of each page, an open session, and many at a time."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages import floors_and_dashboard
from benchmarks.scaling import multiplied
from benchmarks.servers import Server, dashboard, running
from benchmarks.sessions import Session, session
from benchmarks.table import Figure

CONTROLS = {
    "overview": "as known slider",
    "timeline": "item",
    "routes": "mode",
    "evidence": "item",
    "vessels": "vessel",
    "briefing": "language",
    "data": "as known slider",
    "method": "as known slider",
}
"""The control that is changed on each page."""
FLOOR_CONTROL = "step"
STEPS_A_RUN = 3
OPEN_SESSIONS = 50
THINKING_SECONDS = 2.0
CROWDS = (25, 50, 100, 150)
MOST_P95_MS = 1000


# ------------------------------------------------------------------ reruns


def reruns(runs: int) -> list[Figure]:
    """Return processor time and bytes of a rerun that changes one control, page by page.

    The first time a choice is made its charts are drawn, for all readers; then they are kept.
    """
    with floors_and_dashboard() as servers:
        floor = asyncio.run(_cost(servers["streamlit"], "", FLOOR_CONTROL, runs))
        found = _costs(servers["dashboard"], runs)
    figures = []
    for page, cost in found.items():
        title = page.capitalize()
        cpu = f"{title}, processor time"
        figures += [
            Figure(cpu, cost.again, "ms", floor.again, "Streamlit", most=25),
            Figure(
                f"{cpu}, not chosen before", cost.first, "ms", floor.first, "Streamlit", most=25
            ),
            Figure(f"{title}, bytes", cost.kilobytes, "kB", floor.kilobytes, "Streamlit", most=60),
        ]
    return figures


def reruns_at_100(runs: int) -> list[Figure]:
    """Return processor time of a rerun with 100 times the shipped data."""
    with tempfile.TemporaryDirectory() as folder:
        data = multiplied(Path(folder) / "data", 100)
        with running(dashboard(data)) as server:
            server.wait_until_idle()
            found = _costs(server, runs)
    figures = []
    for page, cost in found.items():
        cpu = f"{page.capitalize()} at 100 ×, processor time"
        figures += [
            Figure(cpu, cost.again, "ms", most=150),
            Figure(f"{cpu}, not chosen before", cost.first, "ms", most=150),
        ]
    return figures


@dataclass(frozen=True)
class Cost:
    """What a rerun costs: processor milliseconds, and kilobytes over the wire.

    Attributes:
        first: Where the choice was not made before since the server started.
        again: Where it was.
    """

    first: float
    again: float
    kilobytes: float


def _costs(server: Server, runs: int) -> dict[str, Cost]:
    return {
        page: asyncio.run(_cost(server, page, control, runs)) for page, control in CONTROLS.items()
    }


async def _cost(server: Server, page: str, control: str, runs: int) -> Cost:
    """Make some choices on a page, and then the same again.

    The processor's clock ticks every 10 ms, so it is read before and after a row of reruns.
    """
    number = runs * STEPS_A_RUN
    async with session(server.port, "" if page == "overview" else page) as reader:
        laps = [await _lap(server, reader, control, number) for _ in range(2)]
    sizes = [size for _, lap in laps for size in lap]
    return Cost(laps[0][0], laps[1][0], statistics.median(sizes))


async def _lap(
    server: Server, reader: Session, control: str, number: int
) -> tuple[float, list[float]]:
    before = server.cpu_seconds()
    done = [await reader.change(control, place + 1) for place in range(number)]
    cpu = 1000 * (server.cpu_seconds() - before) / number
    return cpu, [rerun.bytes / 1000 for rerun in done]


# ------------------------------------------------------------------ many readers


def crowds(runs: int) -> list[Figure]:
    """Return the memory of a session, and how long many readers wait who think in between."""
    seconds = 3.0 * runs
    with floors_and_dashboard() as servers:
        floor_mb = asyncio.run(_memory_of_sessions(servers["streamlit"], {"": FLOOR_CONTROL}))
        own_mb = asyncio.run(_memory_of_sessions(servers["dashboard"], CONTROLS))
        waits = {
            crowd: asyncio.run(_waits(servers["dashboard"], crowd, seconds)) for crowd in CROWDS
        }
    p95 = {crowd: statistics.quantiles(found, n=20)[-1] for crowd, found in waits.items()}
    held = max((crowd for crowd in CROWDS if p95[crowd] <= MOST_P95_MS), default=0)
    figures = [Figure("memory of a further session", own_mb, "MB", floor_mb, "Streamlit", most=2)]
    for crowd, found in waits.items():
        figures += [
            Figure(f"{crowd} sessions, half wait less than", statistics.median(found), "ms"),
            Figure(
                f"{crowd} sessions, 95 of 100 wait less than",
                p95[crowd],
                "ms",
                most=500 if crowd == OPEN_SESSIONS else None,
            ),
        ]
    return [*figures, Figure("sessions held below 1 s, of those tried", held, "")]


async def _memory_of_sessions(server: Server, controls: dict[str, str]) -> float:
    """Return the megabytes by which each of many open sessions makes the server grow."""
    async with AsyncExitStack() as stack:
        await _open(stack, server, controls, 2)
        before = server.memory_mb()
        await _open(stack, server, controls, OPEN_SESSIONS)
        return (server.memory_mb() - before) / OPEN_SESSIONS


async def _open(
    stack: AsyncExitStack, server: Server, controls: dict[str, str], number: int
) -> list[tuple[Session, str]]:
    """Open sessions on the pages in turn, each with one change made."""
    opened = []
    for place in range(number):
        page, control = list(controls.items())[place % len(controls)]
        name = "" if page == "overview" else page
        reader = await stack.enter_async_context(session(server.port, name))
        await reader.change(control, place + 1)
        opened.append((reader, control))
    return opened


async def _waits(server: Server, crowd: int, seconds: float) -> list[float]:
    """Return the milliseconds that readers waited for each rerun; a fault ends the measurement."""
    async with AsyncExitStack() as stack:
        readers = await _open(stack, server, CONTROLS, crowd)
        end = time.perf_counter() + seconds
        found = await asyncio.gather(
            *(
                _think_and_change(reader, control, place / crowd, end)
                for place, (reader, control) in enumerate(readers)
            )
        )
    return [wait for waits in found for wait in waits]


async def _think_and_change(reader: Session, control: str, share: float, end: float) -> list[float]:
    """Change the control again and again; readers begin one after another, not all at once."""
    waits: list[float] = []
    await asyncio.sleep(share * THINKING_SECONDS)
    while time.perf_counter() < end:
        waits.append(1000 * (await reader.change(control, len(waits))).seconds)
        await asyncio.sleep(THINKING_SECONDS)
    return waits
