"""Words for readers: figures, dates and the short list of usage warnings."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.codes import Coded, Item, Measure, Unit
from dashboard.records import is_given
from dashboard.translation import (
    ENGLISH,
    MANY,
    current_language,
    decimal_number,
    large_number,
    message,
    plural_message,
    translated,
    translated_plural,
)

_QUALIFIERS = {
    "exactly": "{figure}",
    "about": message("about {figure}"),
    "at-least": message("at least {figure}"),
    "more-than": message("more than {figure}"),
    "up-to": message("up to {figure}"),
}
_AFTER_HEDGE_MANY = ("about", "up-to", "between")
"""Hedges whose figure takes the form of 'many', whatever its last digit."""
_UNIT_FIGURES = {
    Unit.CONTAINERS: plural_message("{figure} containers", "{figure} containers"),
    Unit.ROUNDS: plural_message("{figure} rounds", "{figure} rounds"),
    Unit.MISSILES: plural_message("{figure} missiles", "{figure} missiles"),
    Unit.ATTACKS: plural_message("{figure} attacks", "{figure} attacks"),
    Unit.SYSTEMS: plural_message("{figure} systems", "{figure} systems"),
    Unit.VEHICLES: plural_message("{figure} vehicles", "{figure} vehicles"),
    Unit.PEOPLE: plural_message("{figure} people", "{figure} people"),
    Unit.TRIPS: plural_message("{figure} trips", "{figure} trips"),
    Unit.SHIPS: plural_message("{figure} ships", "{figure} ships"),
    Unit.RAILCARS: plural_message("{figure} railcars", "{figure} railcars"),
    Unit.DELIVERIES: plural_message("{figure} deliveries", "{figure} deliveries"),
    Unit.TONNES: plural_message("{figure} tonnes", "{figure} tonnes"),
    Unit.BARRELS: plural_message("{figure} barrels", "{figure} barrels"),
}
_SOLDIERS = plural_message("{figure} soldiers", "{figure} soldiers")
_ITEM_FIGURES = {
    Item.TROOPS: _SOLDIERS,
    Item.TROOPS_RETURNED: _SOLDIERS,
    Item.WORKERS: plural_message("{figure} workers", "{figure} workers"),
    Item.VOYAGES: plural_message("{figure} voyages", "{figure} voyages"),
    Item.TANKER_CALLS: plural_message("{figure} tanker calls", "{figure} tanker calls"),
    Item.TRAINS: plural_message("{figure} train runs", "{figure} train runs"),
}
_BARE = ("{figure}", "{figure}")
_UNIT_NAMES = {
    Unit.CONTAINERS: message("containers"),
    Unit.ROUNDS: message("rounds"),
    Unit.MISSILES: message("missiles"),
    Unit.ATTACKS: message("attacks"),
    Unit.SYSTEMS: message("systems"),
    Unit.VEHICLES: message("vehicles"),
    Unit.PEOPLE: message("people"),
    Unit.TRIPS: message("trips"),
    Unit.SHIPS: message("ships"),
    Unit.RAILCARS: message("railcars"),
    Unit.DELIVERIES: message("deliveries"),
    Unit.TONNES: message("tonnes"),
    Unit.BARRELS: message("barrels"),
    Unit.PERCENT: message("percent"),
    Unit.USD: message("usd"),
    Unit.NONE: message("none"),
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
    Measure.CUMULATIVE: message("running totals as stated"),
    Measure.INCREMENT: message("amounts within a period"),
    Measure.CAPACITY: message("what could have fitted"),
    Measure.STOCK: message("numbers present at a time"),
    Measure.SHARE: message("shares"),
    Measure.VALUE: message("sums of money"),
    Measure.DENIAL: message("denials"),
}


class UsageWarning(Coded):
    """What a reader must know before using a chart; printed under it and in its export."""

    LOWER_BOUND = (
        "lower-bound",
        message("‘At least’ and ‘more than’ have no upper limit."),
    )
    UPPER_BOUND = "upper-bound", message("‘Up to’ has no lower limit.")
    CAPACITY = (
        "converted",
        message("Hollow marks say what was worked out, not what was seen."),
    )
    NOT_ADDITIVE = (
        "not-additive",
        message("Do not add up figures of different bodies or periods."),
    )
    PARTIAL_DATE = (
        "partial-date",
        message("Dates known to the month only are drawn on its last day."),
    )
    SINGLE_SOURCE = "single-source", message("Some figures rest on one document.")
    RELAYED = (
        "relayed",
        message("Many articles print one statement: that is no confirmation."),
    )


def number_in_words(number: int) -> str:
    """Return 13,000 for 13000 and 9.4 million for 9400000."""
    if current_language() != ENGLISH:
        return large_number(number)
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
        if not ends:
            return translated("any number")
        open_end = message("{figure} or less") if low is None else message("{figure} or more")
        return translated(open_end, figure=ends[0])
    start, end = rounded_in_words(low), rounded_in_words(high)
    if start == end:
        return end
    if current_language() != ENGLISH:
        return translated("{low} to {high}", low=start, high=end)
    (first, _, scale), (_, _, last_scale) = start.partition(" "), end.partition(" ")
    return f"{first if scale == last_scale else start} to {end}"


def figure_in_words(low: object, high: object, qualifier: object, unit: object = "") -> str:
    """Return a figure as it was said: 'more than 13,000', '4.2 million to 5.8 million'."""
    return figure_of(low, high, qualifier, unit, _BARE)


def figure_of_item(low: object, high: object, qualifier: object, item: object) -> str:
    """Return a figure as it was said, with its unit: 'more than 13,000 containers'."""
    counted_item = Item(str(item))
    things = _ITEM_FIGURES.get(counted_item) or _UNIT_FIGURES.get(counted_item.unit, _BARE)
    return figure_of(low, high, qualifier, counted_item.unit, things)


def figure_with_unit(figure: str, item: Item) -> str:
    """Return a figure in words with the unit of an item, in its form for many."""
    things = _ITEM_FIGURES.get(item) or _UNIT_FIGURES.get(item.unit, _BARE)
    return translated_plural(*things, MANY, figure=figure)


def figure_of(
    low: object, high: object, qualifier: object, unit: object, things: tuple[str, str]
) -> str:
    """Return a figure of some things as it was said.

    Args:
        low: Lower bound, if given.
        high: Upper bound, if given.
        qualifier: A value of `Qualifier`.
        unit: A value of `Unit`; dollars and percentages are written with their sign.
        things: Both forms of a text with {figure}, for the catalogue.
    """
    bounds = [int(str(bound)) for bound in (low, high) if is_given(bound)]
    if not bounds:
        return translated("no figure")
    ends = [_with_sign(bound, unit) for bound in bounds]
    number = MANY if qualifier in _AFTER_HEDGE_MANY else bounds[0]
    if qualifier == "between" and len(ends) > 1:
        span = translated("{low} to {high}", low=ends[0], high=ends[1])
        return translated_plural(*things, number, figure=span)
    hedge = translated(_QUALIFIERS.get(str(qualifier), "{figure}"))
    if hedge.startswith("{figure}"):
        # A hedge that follows its figure follows the word for the things too.
        return hedge.format(figure=translated_plural(*things, number, figure=ends[0]))
    return translated_plural(*things, number, figure=hedge.format(figure=ends[0]))


def _with_sign(bound: int, unit: object) -> str:
    number = number_in_words(bound)
    if unit == Unit.USD:
        return translated("US$ {number}", number=number)
    return translated("{number} %", number=number) if unit == Unit.PERCENT else number


def bounds_in_words(low: object, high: object, unit: object = "") -> str:
    """Return what the bounds leave open: '6,700', '13,000 or more', '1,000 to 3,000'."""
    if is_given(low) and is_given(high):
        return figure_in_words(low, high, "exactly" if low == high else "between", unit)
    figure = figure_in_words(low, high, "exactly", unit)
    if is_given(low):
        return translated("{figure} or more", figure=figure)
    return translated("{figure} or less", figure=figure) if is_given(high) else figure


def figures_in_words(claims: pd.DataFrame) -> list[str]:
    """Return each claim's figure as it was said; needs low, high, qualifier and unit."""
    columns = ("low", "high", "qualifier", "unit")
    rows = list(zip(*(claims[column].tolist() for column in columns), strict=True))
    said = {row: figure_in_words(*row) for row in set(rows)}
    return [said[row] for row in rows]


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


def unit_name(unit: object) -> str:
    """Return what a unit is called: 'containers'."""
    return translated(_UNIT_NAMES[Unit(str(unit))])


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return '1 article' or '34 articles'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def months_in_words(days: int) -> str:
    """Return a span of days as readers say it: '12 days', '6 months', '2.5 years'."""
    if days < 45:
        return translated_plural("{number} day", "{number} days", days)
    months = round(days / 30.44)
    if months < 24:
        return translated_plural("{number} month", "{number} months", months)
    return translated("{number} years", number=decimal_number(days / 365.25, 1))


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
    first = translated(", ").join(words[:-1])
    return translated("{first} and {last}", first=first, last=words[-1])


def ranged(numbers: Sequence[int]) -> str:
    """Return rising whole numbers with their runs drawn together: '1, 3–5'."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
