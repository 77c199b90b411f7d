"""Loading and checking the data as they grow, beside a bare `pandas.read_csv` of the same files."""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.scaling import multiplied
from benchmarks.table import Figure
from dashboard.dataset import load_dataset

AS_TEXT: Mapping[str, Any] = {"dtype": str, "keep_default_na": False}
"""How pandas reads every cell as it is written, which is what the checks look at."""


def loading(runs: int, times: tuple[int, ...] = (1, 100, 1000)) -> list[Figure]:
    """Return the processor time to load and check the data many times over, and how it grows."""
    seconds: dict[int, float] = {}
    figures = []
    for number in times:
        with tempfile.TemporaryDirectory() as folder:
            data = multiplied(Path(folder) / "data", number)
            own, bare, text = _alternating(data, runs)
        seconds[number] = own
        figures += [
            Figure(
                f"processor time of load and check at {number:,} ×",
                own,
                "s",
                bare,
                "read_csv",
                most_ratio=6 if number == 100 else None,
            ),
            Figure("the same", own, "s", text, "read_csv, all as text"),
        ]
    return [*figures, *_growth(seconds)]


def _alternating(data: Path, runs: int) -> tuple[float, float, float]:
    files = sorted(data.glob("*.csv"))
    today = datetime.now(UTC).date()
    works: tuple[Callable[[], object], ...] = (
        lambda: load_dataset(data, today),
        lambda: [pd.read_csv(file) for file in files],
        lambda: [pd.read_csv(file, **AS_TEXT) for file in files],
    )
    times: list[list[float]] = [[_seconds(work) for work in works] for _ in range(runs + 1)]
    own, bare, text = (statistics.median(column) for column in zip(*times[1:], strict=True))
    return own, bare, text


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def _growth(seconds: Mapping[int, float]) -> list[Figure]:
    """Return how much the time grows from each size to the next, beside how the data grow."""
    sizes = sorted(seconds)
    return [
        Figure(
            f"growth of that time from {small:,} × to {large:,} ×",
            seconds[large] / seconds[small],
            "×",
            large / small,
            "growth of the data",
            most_ratio=1.2 if small >= 100 else None,
        )
        for small, large in pairwise(sizes)
    ]
