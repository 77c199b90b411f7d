"""Axes of a figure in the language of captions: separators of numbers, names of months."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel.numbers import get_decimal_symbol, get_group_symbol

from dashboard.periods import month_in_words
from dashboard.translation import ENGLISH, current_language

MOST_TICKS = 8
_MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24)


def in_caption_language(figure: go.Figure) -> go.Figure:
    """Return a figure whose axes are written in the language of captions; English ones as drawn.

    Plotly knows no other language without a script of its own, so the ticks of a time axis are
    set one by one.
    """
    language = current_language()
    if language == ENGLISH:
        return figure
    written = go.Figure(figure)
    written.update_layout(separators=get_decimal_symbol(language) + get_group_symbol(language))
    ends = _time_axis(written)
    if ends:
        months = ticks_of_months(*ends)
        written.update_xaxes(
            tickmode="array",
            tickvals=[month.isoformat() for month in months],
            ticktext=[month_in_words(month.isoformat()) for month in months],
        )
    return written


def ticks_of_months(first: date, last: date) -> list[date]:
    """Return the first days of round months between two days: as many as an axis can name."""
    start, end = _months_of(first), _months_of(last)
    fitting = (step for step in _MONTH_STEPS if (end - start) // step <= MOST_TICKS)
    step = next(fitting, 12 * (1 + (end - start) // (12 * MOST_TICKS)))
    rounded = -(-(start + (first.day > 1)) // step) * step
    return [date(month // 12, month % 12 + 1, 1) for month in range(rounded, end + 1, step)]


def _months_of(day: date) -> int:
    return 12 * day.year + day.month - 1


def _time_axis(figure: go.Figure) -> tuple[date, date] | None:
    """Return the ends of the horizontal axis, or of what is drawn along it, where it is of time."""
    ends = figure.layout.xaxis.range
    if ends is None:
        drawn = [trace.x for trace in figure.data if trace.type == "scatter"]
        ends = [x for xs in drawn if xs is not None for x in xs if x is not None]
    days = [_day(end) for end in ends]
    known = [day for day in days if day]
    return (min(known), max(known)) if known and len(known) == len(days) else None


def _day(value: Any) -> date | None:
    if isinstance(value, (int, float)):
        return None
    try:
        return pd.Timestamp(value).date()
    except ValueError:
        return None
