"""Ids that lead nowhere, in circles, or that nothing leads to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from rapidfuzz import fuzz, process

from dashboard import faults
from dashboard.issues import Issue
from dashboard.raw_table import RawTable
from dashboard.sheets import Misfit, Sheets, references

_MOST_SUGGESTIONS = 100
_NOT_TO_ITSELF = (
    ("claimants", "part_of", "claimant"),
    ("claimants", "shares_with", "claimant"),
    ("claim_links", "other_claim_id", "claim_id"),
    ("conversions", "to_claim", "from_claim"),
    ("legs", "to_place", "from_place"),
)


def check_references(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each id that is in no row of the table that it points to.

    Where the id that it is most like is itself at fault, that was told and is enough.
    """
    for row_class, column, target in references():
        sheet, target_sheet = sheets[row_class.table], sheets[target.table]
        is_readable = target.column in target_sheet.table.columns
        if not is_readable or column not in sheet.table.columns:
            continue
        unknown = _unknown(sheet.table, column, target_sheet.table, target.column)
        if not unknown:
            continue
        ids = target_sheet.table.columns[target.column]
        told = set(ids) - {sound_id for (sound_id,) in target_sheet.cells(target.column)}
        for line, (cell,) in sheet.rows(column):
            if cell in unknown and unknown[cell] not in told:
                fault = faults.unknown_id(cell, target.table, unknown[cell])
                yield sheet.issue(line, fault, column, cell)


def _unknown(table: RawTable, column: str, target: RawTable, key: str) -> dict[str, str | None]:
    """Return the cells of a column that are no ids, each with the id that it is most like."""
    unknown = sorted(table.strangers(column, (target, key)))
    ids = target.columns.get(key, ()) if unknown else ()
    return {
        cell: _nearest(cell, ids) if number < _MOST_SUGGESTIONS else None
        for number, cell in enumerate(unknown)
    }


def _nearest(cell: str, ids: Collection[str]) -> str | None:
    match = process.extractOne(cell, ids, scorer=fuzz.ratio, score_cutoff=70)
    return match[0] if match else None


def check_links_to_itself(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each row that links a thing with itself."""
    for table, column, other in _NOT_TO_ITSELF:
        if sheets[table].has_twins(column, other):
            judge = partial(_link_to_itself, column, other)
            yield from sheets[table].misfits(judge, column, other)


def _link_to_itself(column: str, other: str, cell: str, other_cell: str) -> Misfit | None:
    is_linked = bool(cell) and cell == other_cell
    return (column, cell, faults.link_to_itself(cell, other)) if is_linked else None


def check_circles(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each circle of bodies that are part of each other."""
    claimants = sheets["claimants"]
    part_of = {key: above for key, (above,) in claimants.lookup("claimant", "part_of").items()}
    seen: set[str] = set()
    for line, (claimant, above) in claimants.rows("claimant", "part_of"):
        chain = ranks(claimant, part_of)
        if claimant in seen or part_of.get(chain[-1]) != claimant or above == claimant:
            continue
        seen.update(chain)
        yield claimants.issue(line, faults.circle([*chain, claimant]), "part_of", above)


def ranks(claimant: str, part_of: dict[str, str]) -> list[str]:
    """Return a body and those above it, nearest first; a circle is walked once."""
    chain = [claimant]
    while (above := part_of.get(chain[-1], "")) and above not in chain:
        chain.append(above)
    return chain


def check_documents_of_claims(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim that rests on no document."""
    claims = sheets["claims"]
    alone = _linked_by_none(sheets, "claims", "claim_id", {"claim_sources"})
    if not alone:
        return
    for line, (claim_id,) in claims.rows("claim_id"):
        if claim_id in alone:
            yield claims.issue(line, faults.no_document(claim_id), "claim_id", claim_id)


def check_use_of_sources(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each document that is linked to nothing."""
    tables = sorted(row.table for row, _, target in references() if target.table == "sources")
    alone = _linked_by_none(sheets, "sources", "source_id", set(tables))
    if not alone:
        return
    sources = sheets["sources"]
    for line, (source_id,) in sources.rows("source_id"):
        if source_id in alone:
            yield sources.issue(
                line, faults.backs_nothing(source_id, tables), "source_id", source_id
            )


def check_legs_of_routes(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each route without a leg."""
    alone = _linked_by_none(sheets, "routes", "route_id", {"legs"})
    if not alone:
        return
    for line, (route_id,) in sheets["routes"].rows("route_id"):
        if route_id in alone:
            yield sheets["routes"].issue(line, faults.no_leg(route_id), "route_id", route_id)


def _linked_by_none(sheets: Sheets, table: str, key: str, link_tables: set[str]) -> set[str]:
    """Return the ids that no row of the link tables points to; none if these cannot be read.

    An unknown id counts for the id that it is most like: a slip of the pen is told once, not
    a second time as a thing without links.
    """
    own = sheets[table].table
    links = [
        (sheets[row_class.table].table, column)
        for row_class, column, target in references()
        if target.table == table and row_class.table in link_tables
    ]
    if key not in own.columns or not all(column in link.columns for link, column in links):
        return set()
    alone = own.strangers(key, *links)
    if alone:
        for link, column in links:
            alone.difference_update(_unknown(link, column, own, key).values())
    return alone
