"""Ends and steps of axes, in round numbers and whole months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.exports.office import month_format

SMALLEST_STEP = 1e-9
"""Ticks closer than this are no figures of ours."""
_MONTH = 365.2425 / 12
_EPOCH = date(1899, 12, 30)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class Axis:
    """An axis: its ends, the distance of its ticks, and how its numbers are written."""

    low: float
    high: float
    step: float
    number_format: str


def round_axis(heights: Sequence[float], given: tuple[float, float] | None, ticks: int) -> Axis:
    """Return an axis from zero (or below it) to a round number above all heights."""
    low, high = given or (min([0.0, *heights]), max([0.0, *heights]) or 1.0)
    step = _round_step((high - low) / ticks)
    return Axis(
        low=math.floor(low / step) * step,
        high=high if given else max(math.ceil(high / step - 1e-9), 1) * step,
        step=step,
        number_format="#,##0" if step >= 1 else "#,##0.0##",
    )


def _round_step(step: float) -> float:
    step = max(step, SMALLEST_STEP)
    power = 10.0 ** math.floor(math.log10(step))
    sizes = (1.0, 2.0, 2.5, 5.0, 10.0)
    return float(next(size * power for size in sizes if size * power >= step * (1 - 1e-9)))


def month_axis(low: float, high: float, ticks: int) -> Axis:
    """Return an axis of serial days whose ticks fall into the first days of round months.

    Office programs set ticks at even distances and months are uneven, so a tick stands up to a few
    days after the first of the month that is written under it.
    """
    months = next(
        (step for step in _MONTH_STEPS if (high - low) / (step * _MONTH) <= ticks),
        _MONTH_STEPS[-1],
    )
    first = _first_month(low, months)
    step = months * _MONTH
    start = min(range(10), key=lambda day: _lateness(first, day, months, step, high))
    return Axis(
        _serial(first) + start, max(high, _serial(first) + start + step), step, month_format()
    )


def number_axis(low: float, high: float, ticks: int) -> Axis:
    """Return an axis of plain numbers around two ends."""
    step = _round_step((high - low) / ticks)
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, step, "#,##0")


def _first_month(low: float, months: int) -> date:
    """Return the first of the last round month before a day."""
    day = _EPOCH + timedelta(days=math.floor(low))
    count = (day.year * 12 + day.month - 1) // months * months
    return date(count // 12, count % 12 + 1, 1)


def _lateness(first: date, start: int, months: int, step: float, high: float) -> float:
    """Return how many days the latest tick stands after its month began; a day early is worst."""
    late = []
    tick, number = float(_serial(first) + start), 0
    while tick <= high:
        count = first.year * 12 + first.month - 1 + number * months
        month = date(count // 12, count % 12 + 1, 1)
        days = math.floor(tick) - _serial(month)
        late.append(1000.0 if days < 0 else float(days))
        tick, number = tick + step, number + 1
    return max(late, default=0.0)


def _serial(day: date) -> int:
    return (day - _EPOCH).days
