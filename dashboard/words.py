"""Words for readers: figures, dates and the short list of usage warnings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.codes import Coded, Item, Measure, Unit
from dashboard.records import is_given

_QUALIFIERS = {
    "exactly": "{}",
    "about": "about {}",
    "at-least": "at least {}",
    "more-than": "more than {}",
    "up-to": "up to {}",
}


_NOUNS = {
    Item.TROOPS: "soldiers",
    Item.TROOPS_RETURNED: "soldiers",
    Item.WORKERS: "workers",
    Item.VOYAGES: "voyages",
    Item.TANKER_CALLS: "tanker calls",
    Item.TRAINS: "train runs",
}

MEASURE_WORDS = {
    Measure.CUMULATIVE: "running totals as stated",
    Measure.INCREMENT: "amounts within a period",
    Measure.CAPACITY: "what could have fitted",
    Measure.STOCK: "numbers present at a time",
    Measure.SHARE: "shares",
    Measure.VALUE: "sums of money",
    Measure.DENIAL: "denials",
}


class UsageWarning(Coded):
    """What a reader must know before using a chart; printed under it and in its export."""

    LOWER_BOUND = "lower-bound", "‘At least’ and ‘more than’ have no upper limit."
    UPPER_BOUND = "upper-bound", "‘Up to’ has no lower limit."
    CAPACITY = "converted", "Hollow marks say what was worked out, not what was seen."
    NOT_ADDITIVE = (
        "not-additive",
        "Do not add up figures of different bodies or periods.",
    )
    PARTIAL_DATE = (
        "partial-date",
        "Dates known to the month only are drawn on its last day.",
    )
    SINGLE_SOURCE = "single-source", "Some figures rest on one document."
    RELAYED = "relayed", "Many articles print one statement: that is no confirmation."


def number_in_words(number: int) -> str:
    """Return 13,000 for 13000 and 9.4 million for 9400000."""
    if number >= 1_000_000_000 and number % 10_000_000 == 0:
        return f"{_two_decimals(number // 10_000_000)} billion"
    if number >= 1_000_000 and number % 10_000 == 0:
        return f"{_two_decimals(number // 10_000)} million"
    return f"{number:,}"


def _two_decimals(hundredths: int) -> str:
    return f"{hundredths // 100:,}.{hundredths % 100:02}".rstrip("0").rstrip(".")


def rounded_in_words(number: int) -> str:
    """Return a worked-out number to three digits: 14.2 million for 14157000, 47 for 47."""
    digits = len(str(abs(number)))
    return number_in_words(round(number, 3 - digits) if digits > 3 else number)


def range_in_words(low: int | None, high: int | None) -> str:
    """Return a worked-out range: '14.2 to 16.5 million', '4.72 million or more'."""
    if low is None or high is None:
        ends = [rounded_in_words(end) for end in (low, high) if end is not None]
        return f"{ends[0]} or {'less' if low is None else 'more'}" if ends else "any number"
    start, end = rounded_in_words(low), rounded_in_words(high)
    if start == end:
        return end
    (first, _, scale), (_, _, last_scale) = start.partition(" "), end.partition(" ")
    return f"{first if scale == last_scale else start} to {end}"


def figure_in_words(low: object, high: object, qualifier: object, unit: object = "") -> str:
    """Return a figure as it was said: 'more than 13,000', '4.2 million to 5.8 million'."""
    prefix = "US$ " if unit == Unit.USD else ""
    suffix = " %" if unit == Unit.PERCENT else ""
    ends = [
        f"{prefix}{number_in_words(int(str(bound)))}{suffix}"
        for bound in (low, high)
        if is_given(bound)
    ]
    if not ends:
        return "no figure"
    if qualifier == "between":
        return " to ".join(ends)
    return _QUALIFIERS.get(str(qualifier), "{}").format(ends[0])


def bounds_in_words(low: object, high: object, unit: object = "") -> str:
    """Return what the bounds leave open: '6,700', '13,000 or more', '1,000 to 3,000'."""
    if is_given(low) and is_given(high):
        return figure_in_words(low, high, "exactly" if low == high else "between", unit)
    figure = figure_in_words(low, high, "exactly", unit)
    if is_given(low):
        return f"{figure} or more"
    return f"{figure} or less" if is_given(high) else figure


def figures_in_words(claims: pd.DataFrame) -> list[str]:
    """Return each claim's figure as it was said; needs low, high, qualifier and unit."""
    columns = (claims["low"], claims["high"], claims["qualifier"], claims["unit"])
    return [figure_in_words(*row) for row in zip(*columns, strict=True)]


def sentence_start(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]


def unit_in_words(item: object) -> str:
    """Return what an item is counted in, with a space before it: ' containers', ' soldiers'.

    Nothing where the figure says its unit itself, as dollars and percentages do.
    """
    counted_item = Item(str(item))
    if counted_item.unit in (Unit.NONE, Unit.USD, Unit.PERCENT):
        return ""
    return f" {_NOUNS.get(counted_item, counted_item.unit.value)}"


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return '1 article' or '34 articles'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def months_in_words(days: int) -> str:
    """Return a span of days as readers say it: '12 days', '6 months', '2.5 years'."""
    if days < 45:
        return counted(days, "day")
    months = round(days / 30.44)
    if months < 24:
        return counted(months, "month")
    return f"{days / 365.25:.1f} years"


def usage_warnings(claims: pd.DataFrame) -> tuple[UsageWarning, ...]:
    """Return the warnings that a set of drawn claims calls for."""
    qualifiers = set(claims["qualifier"].dropna())
    conditions = {
        UsageWarning.LOWER_BOUND: bool(qualifiers & {"more-than", "at-least"}),
        UsageWarning.UPPER_BOUND: "up-to" in qualifiers,
        UsageWarning.CAPACITY: bool((claims["status"] == "inferred-capacity").any()),
        UsageWarning.NOT_ADDITIVE: len(claims) > 1,
        UsageWarning.PARTIAL_DATE: bool((claims["stated_on"].str.len() < 10).any()),
        UsageWarning.SINGLE_SOURCE: bool((claims["articles"] == 1).any()),
        UsageWarning.RELAYED: bool((claims["articles"] >= 3).any()),
    }
    return tuple(warning for warning, holds in conditions.items() if holds)


def listed(words: Sequence[str]) -> str:
    """Return 'a', 'a and b' or 'a, b and c'."""
    if len(words) <= 1:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def ranged(numbers: Sequence[int]) -> str:
    """Return rising whole numbers with their runs drawn together: '1, 3–5'."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
