"""What was measured, as rows of a Markdown table, and their place in the page that reports them."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HEAD = (
    "| What | Measured | Floor | Ratio | Target | Met |",
    "|---|--:|--:|--:|--:|---|",
)
_NO_TARGET = "–"


@dataclass(frozen=True)
class Figure:
    """One measured value, beside its floor and its target.

    Attributes:
        what: What was measured.
        value: The median.
        unit: Of value and floor, such as "ms".
        floor: The same of the floor, in the same run.
        floor_name: Which floor.
        most_ratio: The target, as a multiple of the floor.
        most: The target, as a value.
    """

    what: str
    value: float
    unit: str
    floor: float | None = None
    floor_name: str = ""
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.value / self.floor if self.floor else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.most_ratio is not None and self.ratio is not None:
            return self.ratio <= self.most_ratio
        return self.value <= self.most if self.most is not None else None

    def row(self) -> str:
        """Return the figure as a row of the table."""
        met = {True: "yes", False: "**no**", None: ""}[self.is_met]
        floor = f"{self._measured(self.floor)} ({self.floor_name})" if self.floor else ""
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        measured = self._measured(self.value)
        return f"| {self.what} | {measured} | {floor} | {ratio} | {self._target()} | {met} |"

    def _measured(self, value: float) -> str:
        return f"{_number(value)} {self.unit}".strip()

    def _target(self) -> str:
        if self.most_ratio is not None:
            return f"≤ {self.most_ratio:g} ×"
        return f"≤ {self.most:g} {self.unit}" if self.most is not None else _NO_TARGET


def _number(value: float) -> str:
    """Return a number with three digits that tell something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(figures: Iterable[Figure], runs: int) -> str:
    """Return the figures as a table, with what must be known to read it."""
    load = os.getloadavg()[0]
    caption = (
        f"Medians of {runs} runs. {os.cpu_count()} cores shared by server, browser and load "
        f"client, {_processor()}, Python {platform.python_version()}; "
        f"load of the machine at the end {load:.1f}."
    )
    return "\n".join([*_HEAD, *(figure.row() for figure in figures), "", caption])


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, flags=re.MULTILINE)
    return found.group(1) if found else platform.machine()


def with_table(text: str, name: str, written: str) -> str:
    """Return a page with a table between the markers of its name.

    Raises:
        ValueError: The page has no such markers.
    """
    begin, end = f"<!-- bench {name} -->", f"<!-- end {name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"no markers for {name}")
    return f"{before}{begin}\n\n{written}\n\n{end}{after}"
