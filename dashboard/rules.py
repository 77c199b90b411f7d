"""What is wrong between cells that are each sound: bounds, units, series, periods, pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import itemgetter

from dashboard import faults
from dashboard.codes import Item, Measure, Qualifier, Status
from dashboard.columns import columns_of, names_of
from dashboard.issues import Issue, issue_at
from dashboard.layout import Cells
from dashboard.periods import parse_period
from dashboard.raw_table import RawTable
from dashboard.references import ranks
from dashboard.schema import TABLES, Row
from dashboard.sheets import Misfit, Sheet, Sheets
from dashboard.tables import has_numeric_order, sort_key

_PERIODS = (
    ("claims", "period_start", "period_end"),
    ("routes", "first_reported", "last_reported"),
    ("sightings", "observed_from", "observed_to"),
)
_PAIRS = (
    ("claims", "withdrawn_on", "withdrawn_reason"),
    ("sources", "archived_url", "archived_on"),
    ("sources", "url_status", "url_checked_on"),
    ("sources", "published_on", "date_basis"),
)
_NUMBERED = (("legs", "route_id", "leg_no"), ("vessel_sanctions", "vessel_id", "sanction_no"))
_ITEMS = {item.value: item for item in Item}
_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}
_MAY_LIE_AHEAD = frozenset(("period_start", "period_end"))


# ------------------------------------------------------------------ keys and order


def check_keys(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each row whose key an earlier row has."""
    for row_class in TABLES:
        sheet = sheets[row_class.table]
        if not sheet.is_unique(*row_class.key):
            yield from _repeated_keys(sheet, row_class)


def _repeated_keys(sheet: Sheet, row_class: type[Row]) -> Iterator[Issue]:
    first_line: dict[Cells, int] = {}
    for line, key in sheet.rows(*row_class.key):
        earlier = first_line.setdefault(key, line)
        if earlier != line:
            fault = faults.repeated_key(" ".join(key), earlier)
            yield sheet.issue(line, fault, row_class.key[-1], key[-1])


def order_issues(table: RawTable, row_class: type[Row], faulty_lines: set[int]) -> list[Issue]:
    """Return an issue for the first row that stands below one that it belongs above.

    Args:
        table: The table.
        row_class: Its class, which names the columns of the order.
        faulty_lines: Lines that have another issue; when that is mended they may move.
    """
    if table.header != names_of(row_class):
        return []
    if not (faulty_lines or has_numeric_order(row_class)) and table.is_sorted(*row_class.sort):
        return []
    numbered = zip(table.lines, table.rows, strict=True)
    kept = [(line, row) for line, row in numbered if line not in faulty_lines]
    keys = list(map(sort_key(row_class), map(itemgetter(1), kept)))
    if keys == sorted(keys):
        return []
    fallen = next(number for number in range(1, len(keys)) if keys[number - 1] > keys[number])
    (_, above), (line, row) = kept[fallen - 1], kept[fallen]
    places = [table.header.index(name) for name in row_class.sort]
    place = next(place for place in places if above[place] != row[place])
    fault = faults.unsorted(above[place], row_class.sort)
    return [issue_at(table.file, line, fault, table.header[place], row[place])]


# ------------------------------------------------------------------ figures


def check_bounds(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each figure whose bounds are not those of its qualifier."""
    yield from sheets["claims"].misfits(_bounds_misfit, "low", "high", "qualifier")
    yield from sheets["sightings"].misfits(
        _sighted_bounds_misfit, "containers_low", "containers_high"
    )


def _sighted_bounds_misfit(low: str, high: str) -> Misfit | None:
    is_reversed = bool(low) and bool(high) and int(low) > int(high)
    return ("containers_low", low, faults.low_above_high(low, high)) if is_reversed else None


def _bounds_misfit(low: str, high: str, qualifier: str) -> Misfit | None:
    if low and high and int(low) > int(high):
        return "low", low, faults.low_above_high(low, high)
    if not qualifier:
        is_given = bool(low or high)
        return ("qualifier", "", faults.bounds_without_qualifier()) if is_given else None
    column = _bound_at_fault(low, high, _QUALIFIERS[qualifier])
    if not column:
        return None
    value = low if column == "low" else high
    return column, value, faults.bound_misfit(value, _QUALIFIERS[qualifier])


def _bound_at_fault(low: str, high: str, qualifier: Qualifier) -> str:
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
    yield from sheets["claims"].misfits(_unit_misfit, "item", "unit")
    yield from sheets["claims"].misfits(_direction_misfit, "item", "direction")


def _unit_misfit(item: str, unit: str) -> Misfit | None:
    own = _ITEMS[item].unit
    return None if unit == own else ("unit", unit, faults.not_of_item(unit, item, own))


def _direction_misfit(item: str, direction: str) -> Misfit | None:
    own = _ITEMS[item].direction
    if direction == own:
        return None
    return "direction", direction, faults.not_of_item(direction, item, own)


def check_denials(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim that is a denial by its measure or its status only."""
    yield from sheets["claims"].misfits(_denial_misfit, "measure", "status")


def _denial_misfit(measure: str, status: str) -> Misfit | None:
    if (measure == Measure.DENIAL) == (status == Status.DENIED):
        return None
    return "status", status, faults.denial_misfit(status, measure)


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
    for column in ("item", "measure"):
        wanted = sheets["series"].lookup("series", column)
        judge = partial(_series_misfit, column, wanted)
        yield from sheets["claims"].misfits(judge, "series", column)


def _series_misfit(column: str, wanted: dict[str, Cells], series: str, cell: str) -> Misfit | None:
    if series not in wanted or wanted[series] == (cell,):
        return None
    return column, cell, faults.not_of_series(cell, series, wanted[series][0])


def check_claimants_of_series(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim in a series of a body that its claimant is no part of."""
    owner = sheets["series"].lookup("series", "claimant")
    above = sheets["claimants"].lookup("claimant", "part_of")
    part_of = {claimant: cells[0] for claimant, cells in above.items()}
    judge = partial(_claimant_misfit, owner, part_of)
    yield from sheets["claims"].misfits(judge, "series", "claimant")


def _claimant_misfit(
    owner: dict[str, Cells], part_of: dict[str, str], series: str, claimant: str
) -> Misfit | None:
    if series not in owner or claimant not in part_of:
        return None
    if owner[series][0] in ranks(claimant, part_of):
        return None
    fault = faults.claimant_not_of_series(claimant, series, owner[series][0])
    return "claimant", claimant, fault


# ------------------------------------------------------------------ dates


def check_periods(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each period that ends before it starts."""
    for table, start, end in _PERIODS:
        yield from sheets[table].misfits(partial(_period_misfit, start, end), start, end)


def _period_misfit(start: str, end: str, first: str, last: str) -> Misfit | None:
    if not first or not last or parse_period(first).first <= parse_period(last).last:
        return None
    return start, first, faults.start_after_end(first, end, last)


def check_future(sheets: Sheets, today: date) -> Iterator[Issue]:
    """Yield an issue for each date that cannot be known today; planned periods may lie ahead."""
    for row_class in TABLES:
        for column in columns_of(row_class):
            if column.holds in ("day", "period") and column.name not in _MAY_LIE_AHEAD:
                judge = partial(_future_misfit, column.name, today)
                yield from sheets[row_class.table].misfits(judge, column.name)


def _future_misfit(column: str, today: date, cell: str) -> Misfit | None:
    if not cell or parse_period(cell).first <= today:
        return None
    return column, cell, faults.in_the_future(cell, today)


# ------------------------------------------------------------------ pairs and numbers


def check_pairs(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue where only one of two columns that go together is filled."""
    for table, one, other in _PAIRS:
        yield from sheets[table].misfits(partial(_pair_misfit, one, other), one, other)


def _pair_misfit(one: str, other: str, cell: str, other_cell: str) -> Misfit | None:
    if bool(cell) == bool(other_cell):
        return None
    empty, full = (other, one) if cell else (one, other)
    return empty, "", faults.half_of_pair(full)


def check_numbers(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for the first part of each thing that leaves a gap in its numbers."""
    for table, key, number in _NUMBERED:
        parts: dict[str, dict[int, int]] = {}
        for line, (whole, cell) in sheets[table].rows(key, number):
            parts.setdefault(whole, {}).setdefault(int(cell), line)
        for lines in parts.values():
            due = next(count for count in range(1, len(lines) + 2) if count not in lines)
            if due <= len(lines):
                found = min(count for count in lines if count > due)
                fault = faults.wrong_number_in_row(str(found), due)
                yield sheets[table].issue(lines[found], fault, number, str(found))
