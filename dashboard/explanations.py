"""Explanations: what in the data accounts for the gap between two claims, and what does not.

Each rule looks at one difference: of kind, of item, of period, of time, of method. A difference
explains a gap only when it works in the right direction: a longer count, a whole, a later day or
an official's word may give the larger figure; that they give the smaller one explains nothing.
See docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dashboard.arithmetic import bounds, figure_as_said
from dashboard.claimants import short_names
from dashboard.claims import claim
from dashboard.codes import Credibility, Item, Measure, Method, Relation, Status
from dashboard.dataset import Dataset
from dashboard.periods import Period, in_words, on_or_in_words, parse_period
from dashboard.records import Record, is_given, records
from dashboard.words import counted, figure_in_words, number_in_words, unit_in_words


@dataclass(frozen=True)
class Explanation:
    """What the data say of the gap between two claims.

    Attributes:
        reasons: A sentence or two for each difference, those that explain the gap first.
        is_explained: True where at least one of them explains the gap.
        notes: What our notes say of the contradiction itself.
        claim_notes: What our notes say of the earlier and of the later claim.
    """

    reasons: tuple[str, ...]
    is_explained: bool
    notes: tuple[str, ...]
    claim_notes: tuple[str, ...]


@dataclass(frozen=True)
class _Reason:
    words: str
    explains: bool


@dataclass(frozen=True)
class _Side:
    """One of two claims, with its name in the sentences."""

    row: Record
    name: str

    @property
    def period_start(self) -> Period | None:
        start = self.row["period_start"]
        return parse_period(start) if is_given(start) else None

    @property
    def as_of(self) -> Period:
        return parse_period(self.row["as_of"])


@dataclass(frozen=True)
class _Pair:
    """Two claims that state figures, the earlier first; by size where the figures differ."""

    earlier: _Side
    later: _Side
    smaller: _Side | None
    larger: _Side | None

    @property
    def sides(self) -> tuple[_Side, _Side]:
        return self.earlier, self.later

    def other(self, side: _Side) -> _Side:
        return self.later if side is self.earlier else self.earlier


class _Kind(Enum):
    """What a figure tells; the words say it to readers."""

    PLAN = "a plan, not yet done when stated"
    CAPACITY = "what was worked out or could have fitted, not what was seen"
    USED = "what was fired or found at the front"
    TOTAL = "a running total"
    AMOUNT = "an amount within a period"
    PRESENT = "how many were there at a time"
    SHARE = "a share"
    MONEY = "a sum of money"


_KIND_OF_STATUS = {
    Status.PLANNED: _Kind.PLAN,
    Status.INFERRED_CAPACITY: _Kind.CAPACITY,
    Status.REPORTED_USED: _Kind.USED,
}
_KIND_OF_MEASURE = {
    Measure.CAPACITY: _Kind.CAPACITY,
    Measure.CUMULATIVE: _Kind.TOTAL,
    Measure.INCREMENT: _Kind.AMOUNT,
    Measure.STOCK: _Kind.PRESENT,
    Measure.SHARE: _Kind.SHARE,
    Measure.VALUE: _Kind.MONEY,
}
_WHOLES = {
    _Kind.USED: {_Kind.TOTAL, _Kind.CAPACITY},
    _Kind.AMOUNT: {_Kind.TOTAL, _Kind.CAPACITY},
    _Kind.PRESENT: {_Kind.TOTAL, _Kind.CAPACITY},
    _Kind.TOTAL: {_Kind.CAPACITY},
}
"""For each kind, those of which it can be no more than a part."""

_SHELLS = {Item.SHELLS_152MM, Item.SHELLS_122MM, Item.MORTAR_BOMBS, Item.ROCKETS}
_SEEN = {
    Method.IMAGERY: "pictures",
    Method.SIGNALS: "tracking signals",
    Method.TRADE_DATA: "freight or customs records",
    Method.FIELD_RECOVERY: "debris and equipment examined on the ground",
}
_RIGHT_WAY = (
    "The longer count gives the larger figure, so this can explain a gap in this direction; "
    "how much of it, the data do not say."
)
_PART_IS_LARGER = "Yet the part is the larger figure, so this does not explain the gap."
_WRONG_WAY = "The longer count gives the smaller figure, so this does not explain the gap."


def explanation(dataset: Dataset, claim_id: str, other_claim_id: str) -> Explanation:
    """Return what accounts for the gap between two claims, whichever is named first.

    Raises:
        LookupError: One of the ids is unknown.
    """
    rows = [claim(dataset, claim_id), claim(dataset, other_claim_id)]
    rows.sort(key=lambda row: (row["known_on"], row["claim_id"]))
    earlier, later = _sides(dataset, *rows)
    reasons = _reasons(earlier, later)
    reasons.sort(key=lambda reason: not reason.explains)
    return Explanation(
        reasons=tuple(reason.words for reason in reasons),
        is_explained=any(reason.explains for reason in reasons),
        notes=_notes(dataset, earlier, later),
        claim_notes=tuple(
            f"On {side.name}: {side.row['note']}"
            for side in (earlier, later)
            if is_given(side.row["note"])
        ),
    )


def _sides(dataset: Dataset, earlier: Record, later: Record) -> tuple[_Side, _Side]:
    """Return both with names that tell them apart: the body, where need be with day or figure."""
    names = short_names(dataset)
    rows = (earlier, later)
    first, second = (names[row["claimant"]] for row in rows)
    if first == second:
        first, second = (f"{first} {on_or_in_words(row['stated_on'])}" for row in rows)
    if first == second:
        first, second = (f"{first} ({_said(row)})" for row in rows)
    return _Side(earlier, first), _Side(later, second)


def _said(row: Record) -> str:
    return figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])


def _notes(dataset: Dataset, earlier: _Side, later: _Side) -> tuple[str, ...]:
    links = dataset.claim_links
    ids = {earlier.row["claim_id"], later.row["claim_id"]}
    is_between = links["claim_id"].isin(ids) & links["other_claim_id"].isin(ids)
    disputes = links[is_between & (links["relation"] == Relation.DISPUTES)]
    return tuple(row["note"] for row in records(disputes) if is_given(row["note"]))


def _reasons(earlier: _Side, later: _Side) -> list[_Reason]:
    """Return the reasons; a denial, or a claim without a number, leaves no gap to explain."""
    for side, other in ((earlier, later), (later, earlier)):
        if side.row["measure"] == Measure.DENIAL:
            words = (
                f"{side.name} says that it did not happen, {other.name} that it did. A denial "
                "gives no figure, so there is no gap to explain."
            )
            return [_Reason(words, False)]
    for side in (earlier, later):
        if bounds(side.row) == (None, None):
            words = f"{side.name} gives no number, so the two cannot be set against each other."
            return [_Reason(words, False)]
    pair = _pair(earlier, later)
    return [reason for rule in _RULES for reason in rule(pair)]


def _pair(earlier: _Side, later: _Side) -> _Pair:
    first, second = figure_as_said(earlier.row), figure_as_said(later.row)
    if first == second or earlier.row["unit"] != later.row["unit"]:
        return _Pair(earlier, later, None, None)
    smaller, larger = (earlier, later) if first < second else (later, earlier)
    return _Pair(earlier, later, smaller, larger)


# ------------------------------------------------------------------ the rules


def _wording(pair: _Pair) -> list[_Reason]:
    """Say so where both figures, as hedged, can be true at once."""
    if pair.larger is None or pair.smaller is None:
        return []
    _, high = bounds(pair.smaller.row)
    if high is not None or not _is_alike(pair):
        return []
    words = (
        f"As worded, both can be true: “{_said(pair.smaller.row)}” sets no upper limit. "
        "That does not explain why the figures differ."
    )
    return [_Reason(words, False)]


def _items(pair: _Pair) -> list[_Reason]:
    item, other = (Item(side.row["item"]) for side in pair.sides)
    if item is other:
        return []
    words = (
        f"{pair.earlier.name} counts “{item.label}”, {pair.later.name} “{other.label}”: "
        "two different things."
    )
    larger = Item(pair.larger.row["item"]) if pair.larger else None
    if larger in _SHELLS and Item.SHELLS_ANY in (item, other):
        return [_Reason(f"{words} {_PART_IS_LARGER}", False)]
    return [_Reason(words, True)]


def _kinds(pair: _Pair) -> list[_Reason]:
    kind, other = (_kind(side) for side in pair.sides)
    if kind is other:
        return []
    words = f"{pair.earlier.name} gives {kind.value}, {pair.later.name} {other.value}."
    if _Kind.PLAN in (kind, other):
        return [_Reason(f"{words} A plan is not a count, so the two need not agree.", True)]
    if pair.larger and pair.smaller:
        large, small = _kind(pair.larger), _kind(pair.smaller)
        if small in _WHOLES.get(large, ()):
            return [_Reason(f"{words} {_PART_IS_LARGER}", False)]
    return [_Reason(f"{words} The two need not agree.", True)]


def _periods(pair: _Pair) -> list[_Reason]:
    """Compare what the figures cover, where both are running totals or both are amounts."""
    measures = {side.row["measure"] for side in pair.sides}
    if measures == {Measure.INCREMENT}:
        return _spans(pair)
    if measures <= {Measure.CUMULATIVE, Measure.CAPACITY}:
        return _starts(pair) + _ends(pair)
    return _ends(pair) if measures == {Measure.STOCK} else []


def _starts(pair: _Pair) -> list[_Reason]:
    start, other_start = pair.earlier.period_start, pair.later.period_start
    if start is None or other_start is None:
        return [_no_start(pair)]
    if start == other_start:
        words = f"Both count from {in_words(start.text)}, so the start does not explain the gap."
        return [_Reason(words, False)]
    is_definite = start.last < other_start.first or other_start.last < start.first
    long, short = pair.sides if start.first < other_start.first else pair.sides[::-1]
    words = f"{long.name} counts from {_start(long)}, {short.name} from {_start(short)}."
    if not is_definite:
        return [_Reason(f"{words} These dates do not tell which count is the longer.", False)]
    return [_with_length(pair, long, words)]


def _no_start(pair: _Pair) -> _Reason:
    silent = [side for side in pair.sides if side.period_start is None]
    if len(silent) == 2:
        return _Reason("Neither says from when it counts, so the starts are no help.", False)
    return _Reason(
        f"{silent[0].name} does not say from when it counts, {pair.other(silent[0]).name} counts "
        f"from {_start(pair.other(silent[0]))}: whether the starts differ is not known.",
        False,
    )


def _with_length(pair: _Pair, long: _Side, words: str) -> _Reason:
    if pair.larger is None:
        return _Reason(words, False)
    is_right = pair.larger is long
    return _Reason(f"{words} {_RIGHT_WAY if is_right else _WRONG_WAY}", is_right)


def _ends(pair: _Pair) -> list[_Reason]:
    """Compare the days for which the figures stand; only an end that was given explains."""
    if pair.larger is None or pair.smaller is None:
        return []
    first, second = sorted(pair.sides, key=lambda side: side.as_of.last)
    if first.as_of == second.as_of and first.as_of.is_day:
        words = f"Both stand for {in_words(first.as_of.text)}, so time does not explain the gap."
        return [_Reason(words, False)]
    if first.as_of.last >= second.as_of.first:
        return []
    days = ""
    if first.as_of.is_day and second.as_of.is_day:
        days = f" {counted((second.as_of.last - first.as_of.last).days, 'day')}"
    if pair.smaller is second:
        words = (
            f"The figure of {second.name} is the later{', by' + days if days else ''}, and the "
            "smaller: growth in between does not explain the gap."
        )
        return [_Reason(words, False)]
    if is_given(first.row["period_end"]):
        words = (
            f"{first.name} counts up to {in_words(first.as_of.text)} only, {second.name} up to "
            f"{in_words(second.as_of.text)}."
        )
        return [_with_length(pair, second, words)]
    return [_growth(pair.smaller, pair.larger, days)]


def _growth(smaller: _Side, larger: _Side, days: str) -> _Reason:
    gap = figure_as_said(larger.row) - figure_as_said(smaller.row)
    unit = unit_in_words(larger.row["item"])
    return _Reason(
        f"The larger figure is the later{', by' + days if days else ''}. Whether "
        f"{number_in_words(gap)}{unit} were added in that time, the data do not say.",
        False,
    )


def _spans(pair: _Pair) -> list[_Reason]:
    """Compare the periods of two amounts."""
    if any(side.period_start is None for side in pair.sides):
        return [_no_start(pair)]
    (first, last), (other_first, other_last) = (_span(side) for side in pair.sides)
    if (first, last) == (other_first, other_last):
        words = (
            f"Both speak of {_span_in_words(pair.earlier)}: the period does not explain the gap."
        )
        return [_Reason(words, False)]
    words = (
        f"{pair.earlier.name} speaks of {_span_in_words(pair.earlier)}, {pair.later.name} of "
        f"{_span_in_words(pair.later)}"
    )
    if last < other_first or other_last < first:
        return [_Reason(f"{words}: two different times, so the two need not agree.", True)]
    if first <= other_first and other_last <= last:
        return [_with_length(pair, pair.earlier, f"{words}.")]
    if other_first <= first and last <= other_last:
        return [_with_length(pair, pair.later, f"{words}.")]
    return [_Reason(f"{words}: the two overlap in part only, so they need not agree.", True)]


def _methods(pair: _Pair) -> list[_Reason]:
    method, other = (Method(side.row["method"]) for side in pair.sides)
    silent = [side for side in pair.sides if side.row["method"] == Method.UNKNOWN]
    if silent:
        names = "Neither says" if len(silent) == 2 else f"{silent[0].name} does not say"
        return [_Reason(f"{names} how it knows.", False)]
    if method is other:
        how = "an official's word; neither shows how it counted"
        if method in _SEEN:
            how = f"{_SEEN[method]}, so the method does not explain the gap"
        return [_Reason(f"Both rest on {how}.", False)]
    if method in _SEEN and other in _SEEN:
        words = f"{pair.earlier.name} used {_SEEN[method]}, {pair.later.name} {_SEEN[other]}"
        return [_Reason(f"{words}: two ways of counting, which need not agree.", True)]
    return [_seen_against_word(pair)]


def _seen_against_word(pair: _Pair) -> _Reason:
    seen = pair.earlier if pair.earlier.row["method"] in _SEEN else pair.later
    words = (
        f"{seen.name} counted what {_SEEN[Method(seen.row['method'])]} show; "
        f"{pair.other(seen).name} gave an official's word and not how it was counted."
    )
    if pair.larger is None:
        return _Reason(words, False)
    if pair.smaller is seen:
        return _Reason(f"{words} What can be seen is a part, so it may well be less.", True)
    return _Reason(f"{words} Yet what can be seen, a part, is the larger figure.", False)


def _slips(pair: _Pair) -> list[_Reason]:
    return [
        _Reason(
            f"We grade what {side.name} said {side.row['credibility']}, "
            f"{Credibility.IMPROBABLE.meaning}: {side.row['credibility_reason']}",
            True,
        )
        for side in pair.sides
        if side.row["credibility"] == Credibility.IMPROBABLE
    ]


_RULES: tuple[Callable[[_Pair], list[_Reason]], ...] = (
    _items,
    _kinds,
    _periods,
    _methods,
    _slips,
    _wording,
)


# ------------------------------------------------------------------ parts of sentences


def _kind(side: _Side) -> _Kind:
    status, measure = Status(side.row["status"]), Measure(side.row["measure"])
    return _KIND_OF_STATUS.get(status) or _KIND_OF_MEASURE[measure]


def _is_alike(pair: _Pair) -> bool:
    return pair.earlier.row["item"] == pair.later.row["item"] and _kind(pair.earlier) is _kind(
        pair.later
    )


def _start(side: _Side) -> str:
    return in_words(side.row["period_start"])


def _is_open_plan(side: _Side) -> bool:
    """Return True for a plan without an end: it goes on after the day on which it was stated."""
    return side.row["status"] == Status.PLANNED and not is_given(side.row["period_end"])


def _span(side: _Side) -> tuple[date, date]:
    first = parse_period(side.row["period_start"]).first
    return first, date.max if _is_open_plan(side) else side.as_of.last


def _span_in_words(side: _Side) -> str:
    start, end = side.row["period_start"], side.row["as_of"]
    if _is_open_plan(side):
        return f"{in_words(start)} and after"
    return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"
