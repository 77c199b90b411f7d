"""What is wrong between cells that are each sound: bounds, units, series, periods, pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from dashboard import faults
from dashboard.columns import columns_of
from dashboard.issues import Fault, Issue
from dashboard.periods import Period, parse_period
from dashboard.references import ranks
from dashboard.schema import TABLES, Item, Measure, Qualifier, Row, Status
from dashboard.sheets import Sheet, Sheets
from dashboard.tables import sort_key

_PERIODS = (
    ("claims", "period_start", "period_end"),
    ("routes", "first_reported", "last_reported"),
    ("sightings", "observed_from", "observed_to"),
)
_PAIRS = (
    ("claims", "withdrawn_on", "withdrawn_reason"),
    ("sources", "archived_url", "archived_on"),
)
_NUMBERED = (("legs", "route_id", "leg_no"), ("vessel_sanctions", "vessel_id", "sanction_no"))
_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}
_MAY_LIE_AHEAD = frozenset(("period_start", "period_end"))


# ------------------------------------------------------------------ keys and order


def check_keys(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each row whose key an earlier row has."""
    for row_class in TABLES:
        sheet = sheets[row_class.table]
        first_line: dict[tuple[str, ...], int] = {}
        for line, key in sheet.rows(*row_class.key):
            earlier = first_line.setdefault(key, line)
            if earlier != line:
                fault = faults.repeated_key(" ".join(key), earlier)
                yield sheet.issue(line, fault, row_class.key[-1], key[-1])


def order_issues(sheet: Sheet, row_class: type[Row], faulty_lines: set[int]) -> list[Issue]:
    """Return an issue for the first row that stands below one that it belongs above.

    Args:
        sheet: The table.
        row_class: Its class, which names the columns of the order.
        faulty_lines: Lines that have another issue; when that is mended they may move.
    """
    if len(sheet.columns) != len(columns_of(row_class)):
        return []
    key = sort_key(row_class)
    numbered = zip(sheet.table.lines, sheet.table.rows, strict=True)
    kept = [(line, row) for line, row in numbered if line not in faulty_lines]
    keys = [key(row) for _, row in kept]
    for (_, above), (line, row), before, after in zip(kept, kept[1:], keys, keys[1:], strict=False):
        if before > after:
            places = [sheet.table.header.index(name) for name in row_class.sort]
            place = next((place for place in places if above[place] != row[place]), places[0])
            fault = faults.unsorted(above[place], row_class.sort)
            return [sheet.issue(line, fault, sheet.table.header[place], row[place])]
    return []


# ------------------------------------------------------------------ figures


def check_bounds(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each figure whose bounds are not those of its qualifier."""
    claims = sheets["claims"]
    for line, (low, high, qualifier) in claims.rows("low", "high", "qualifier"):
        found = _bounds_fault(low, high, qualifier)
        if found:
            column, value, fault = found
            yield claims.issue(line, fault, column, value)
    sightings = sheets["sightings"]
    for line, (low, high) in sightings.rows("containers_low", "containers_high"):
        if low and high and int(low) > int(high):
            fault = faults.low_above_high(low, high)
            yield sightings.issue(line, fault, "containers_low", low)


def _bounds_fault(low: str, high: str, qualifier: str) -> tuple[str, str, Fault] | None:
    """Return column, cell and fault where the bounds are not those of the qualifier."""
    if low and high and int(low) > int(high):
        return "low", low, faults.low_above_high(low, high)
    if not qualifier:
        is_given = bool(low or high)
        return ("qualifier", "", faults.bounds_without_qualifier()) if is_given else None
    hedge = _QUALIFIERS[qualifier]
    misfit = _misfit(low, high, hedge)
    if not misfit:
        return None
    value = low if misfit == "low" else high
    return misfit, value, faults.bound_misfit(value, hedge)


def _misfit(low: str, high: str, qualifier: Qualifier) -> str:
    """Return the column that does not fit the qualifier, or nothing."""
    if bool(low) != (qualifier is not Qualifier.UP_TO):
        return "low"
    if bool(high) != (qualifier not in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)):
        return "high"
    is_one_figure = qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT)
    is_range = qualifier is Qualifier.BETWEEN
    return "high" if (is_one_figure and low != high) or (is_range and low == high) else ""


def check_units(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim whose unit or direction are not those of its item."""
    claims = sheets["claims"]
    own = {item.value: {"unit": item.unit, "direction": item.direction} for item in Item}
    for column in ("unit", "direction"):
        for line, (item, cell) in claims.rows("item", column):
            if cell != own[item][column]:
                fault = faults.not_of_item(cell, item, own[item][column])
                yield claims.issue(line, fault, column, cell)


def check_denials(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim that is a denial by its measure or its status only."""
    claims = sheets["claims"]
    for line, (measure, status) in claims.rows("measure", "status"):
        if (measure == Measure.DENIAL) != (status == Status.DENIED):
            yield claims.issue(line, faults.denial_misfit(status, measure), "status", status)


def check_conversions(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each factor that is not the ratio of its two claims' figures."""
    conversions = sheets["conversions"]
    bounds = sheets["claims"].lookup("claim_id", "low", "high")
    for line, (start, to, factor) in conversions.rows("from_claim", "to_claim", "factor"):
        if start not in bounds or to not in bounds:
            continue
        divisors = [int(bound) for bound in bounds[start] if bound and int(bound)]
        results = [int(bound) for bound in bounds[to] if bound]
        if not divisors or not results:
            column, claim = ("to_claim", to) if divisors else ("from_claim", start)
            yield conversions.issue(line, faults.no_figure_to_convert(claim), column, claim)
            continue
        ratios = sorted({_rounded(result, by) for result in results for by in divisors})
        if int(factor) not in ratios:
            fault = faults.wrong_factor(factor, to, start, ratios)
            yield conversions.issue(line, fault, "factor", factor)


def _rounded(dividend: int, divisor: int) -> int:
    return math.floor(dividend / divisor + 0.5)


# ------------------------------------------------------------------ series


def check_series(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim that is of another item or measure than its series."""
    claims = sheets["claims"]
    for column in ("item", "measure"):
        wanted = sheets["series"].lookup("series", column)
        for line, (series, cell) in claims.rows("series", column):
            if series in wanted and cell != wanted[series][0]:
                fault = faults.not_of_series(cell, series, wanted[series][0])
                yield claims.issue(line, fault, column, cell)


def check_claimants_of_series(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim in a series of a body that its claimant is no part of."""
    claims = sheets["claims"]
    owner = sheets["series"].lookup("series", "claimant")
    above = sheets["claimants"].lookup("claimant", "part_of")
    part_of = {claimant: cells[0] for claimant, cells in above.items()}
    for line, (series, claimant) in claims.rows("series", "claimant"):
        if series not in owner or claimant == owner[series][0] or claimant not in part_of:
            continue
        if owner[series][0] not in ranks(claimant, part_of):
            fault = faults.claimant_not_of_series(claimant, series, owner[series][0])
            yield claims.issue(line, fault, "claimant", claimant)


# A claim of credibility 1 ("confirmed") needs two independent origins. Origins are counted by
# `dashboard.origins`; its check belongs here once that module can count from sheets.


# ------------------------------------------------------------------ dates


def check_periods(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each period that ends before it starts."""
    for table, start, end in _PERIODS:
        sheet = sheets[table]
        periods = _periods(sheet, start) | _periods(sheet, end)
        for line, (first, last) in sheet.rows(start, end):
            if first and last and periods[first].first > periods[last].last:
                fault = faults.start_after_end(first, end, last)
                yield sheet.issue(line, fault, start, first)


def check_future(sheets: Sheets, today: date) -> Iterator[Issue]:
    """Yield an issue for each date that cannot be known today; planned periods may lie ahead."""
    for row_class in TABLES:
        sheet = sheets[row_class.table]
        for column in columns_of(row_class):
            if column.holds not in ("day", "period") or column.name in _MAY_LIE_AHEAD:
                continue
            ahead = {
                text
                for text, period in _periods(sheet, column.name).items()
                if period.first > today
            }
            for line, (cell,) in sheet.rows(column.name) if ahead else ():
                if cell in ahead:
                    yield sheet.issue(line, faults.in_the_future(cell, today), column.name, cell)


def _periods(sheet: Sheet, column: str) -> dict[str, Period]:
    """Return the periods that stand in a column, by their text."""
    texts = {cell for _, (cell,) in sheet.rows(column) if cell}
    return {text: parse_period(text) for text in texts}


# ------------------------------------------------------------------ pairs and numbers


def check_pairs(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue where only one of two columns that go together is filled."""
    for table, one, other in _PAIRS:
        sheet = sheets[table]
        for line, (cell, other_cell) in sheet.rows(one, other):
            if bool(cell) != bool(other_cell):
                empty, full = (other, one) if cell else (one, other)
                yield sheet.issue(line, faults.half_of_pair(full), empty, "")


def check_numbers(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for the first part of each thing that breaks its numbering from 1."""
    for table, key, number in _NUMBERED:
        sheet = sheets[table]
        parts: dict[str, list[tuple[int, int, str]]] = {}
        for line, (whole, cell) in sheet.rows(key, number):
            parts.setdefault(whole, []).append((int(cell), line, cell))
        for found in parts.values():
            wrong = (
                (wanted, line, cell)
                for wanted, (_, line, cell) in enumerate(sorted(found), start=1)
                if cell != str(wanted)
            )
            for wanted, line, cell in list(wrong)[:1]:
                yield sheet.issue(line, faults.wrong_number_in_row(cell, wanted), number, cell)
