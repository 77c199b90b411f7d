"""Queries: what the pages show, for scripts and for people who like terminals."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from dashboard.arithmetic import ArithmeticRefusal, total
from dashboard.as_known import change_records, changes
from dashboard.claims import claim_records, selected_claims
from dashboard.cli.options import (
    ClaimantOption,
    DataOption,
    DayOption,
    FormatOption,
    FromOption,
    ItemOption,
    SeriesOption,
    ToOption,
    day_of,
    item_named,
    known_ids,
    load,
    one_item,
)
from dashboard.cli.printing import (
    Format,
    fail,
    plain_records,
    print_frame,
    print_json,
    print_record,
)
from dashboard.conflicts import conflict_records
from dashboard.conversions import ConversionError, conversion_records
from dashboard.dataset import SHIPPED_DATA
from dashboard.origins import origins_of
from dashboard.routes import length_by_mode, route_legs
from dashboard.selection import Selection
from dashboard.series import ComparisonError, compare, series_points, series_records

queries = typer.Typer()

CONFLICT_COLUMNS = [
    "claim_id",
    "low",
    "high",
    "other_claim_id",
    "other_low",
    "other_high",
    "days_apart",
    "is_explained",
    "explanation",
]
"""What of a pair of claims fits a screen; CSV and JSON hold everything."""


@queries.command()
def claims(
    item: ItemOption = "any",
    claimant: ClaimantOption = None,
    series: SeriesOption = None,
    status: Annotated[list[str] | None, typer.Option("--status", help="Kind of claim.")] = None,
    text: Annotated[str, typer.Option("--text", help="Words to find.")] = "",
    from_: FromOption = None,
    to: ToOption = None,
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List claims, oldest first.

    Example: shipments claims --item containers --claimant rok --from 2024-01-01
    """
    dataset = load(data, as_known_on)
    selection = Selection(
        item=item_named(item),
        claimant=known_ids(claimant, dataset.claimants["claimant"], "claimant"),
        series=known_ids(series, dataset.series["series"], "series"),
        status=known_ids(status, dataset.claims["status"], "status"),
        from_=day_of(from_, "--from"),
        to=day_of(to, "--to"),
        as_known_on=dataset.as_known_on,
        text=text,
    )
    print_frame(claim_records(selected_claims(dataset, selection)), output)


@queries.command()
def series(
    item: ItemOption = "containers",
    series: SeriesOption = None,
    claimant: ClaimantOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List the figures of running counts, oldest first.

    Example: shipments series --item containers --as-known-on 2024-02-25 --format json
    """
    dataset = load(data, as_known_on)
    selection = Selection(
        item=item_named(item),
        claimant=known_ids(claimant, dataset.claimants["claimant"], "claimant"),
        series=known_ids(series, dataset.series["series"], "series"),
        from_=day_of(from_, "--from"),
        to=day_of(to, "--to"),
        as_known_on=dataset.as_known_on,
    )
    print_frame(series_records(series_points(dataset, selection)), output)


@queries.command("compare")
def compare_command(
    claim_id: Annotated[str, typer.Argument(help="Id of a claim.")],
    other_claim_id: Annotated[str, typer.Argument(help="Id of another.")],
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Show difference, factor, days and rate between two claims, with bounds.

    Example: shipments compare rok-mnd-20240226-containers rok-dia-20240827-containers
    """
    dataset = load(data, as_known_on)
    try:
        result = compare(dataset, claim_id, other_claim_id)
    except (ComparisonError, LookupError) as refusal:
        fail(str(refusal.args[0]))
    print_record(dataclasses.asdict(result), output)


@queries.command()
def route(
    route_id: Annotated[str, typer.Argument(help="Id of a route.")],
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List the legs of a route with their lengths, and the total by mode.

    Example: shipments route r-sea-rajin-dunai
    """
    dataset = load(data, as_known_on)
    try:
        legs = route_legs(dataset, route_id)
    except LookupError as fault:
        fail(str(fault.args[0]))
    totals = length_by_mode(legs)
    if output is Format.JSON:
        print_json(
            {"route_id": route_id, "legs": plain_records(legs), "totals": plain_records(totals)}
        )
        return
    print_frame(legs, output)
    if output is Format.TABLE:
        print_frame(totals, output)


@queries.command()
def origins(
    claim_ids: Annotated[list[str], typer.Argument(help="Ids of claims.")],
    as_known_on: DayOption = None,
    output: FormatOption = Format.JSON,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Count the articles, claimants and independent origins behind claims.

    Example: shipments origins rok-dia-20240827-containers us-state-20240904-containers
    """
    dataset = load(data, as_known_on)
    try:
        result = origins_of(dataset, claim_ids)
    except LookupError as fault:
        fail(str(fault.args[0]))
    print_record(dataclasses.asdict(result), output)


@queries.command("sum")
def sum_command(
    claim_ids: Annotated[list[str], typer.Argument(help="Ids of claims.")],
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Add up figures that may be added, or say why they may not.

    Example: shipments sum ID ID
    """
    dataset = load(data, as_known_on)
    try:
        result = total(dataset, claim_ids)
    except (ArithmeticRefusal, LookupError) as refusal:
        fail(str(refusal.args[0]))
    print_record(dataclasses.asdict(result), output)


@queries.command("conflicts")
def conflicts_command(
    item: Annotated[str, typer.Option("--item", help="What is counted.")] = "containers",
    window: Annotated[
        int, typer.Option("--window", min=0, help="Most days between two claims.")
    ] = 30,
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List pairs of claims that contradict each other, and what accounts for it.

    Example: shipments conflicts --item containers --window 7
    """
    dataset = load(data, as_known_on)
    found = conflict_records(dataset, one_item(item), window)
    print_frame(found[CONFLICT_COLUMNS] if output is Format.TABLE else found, output)


@queries.command("convert")
def convert_command(
    from_item: Annotated[str, typer.Argument(help="What is counted, e.g. containers.")],
    to_item: Annotated[str, typer.Argument(help="Into what, e.g. shells_152mm.")],
    factor_low: Annotated[int | None, typer.Option("--factor-low", min=1)] = None,
    factor_high: Annotated[int | None, typer.Option("--factor-high", min=1)] = None,
    as_known_on: DayOption = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Convert stated figures into another unit by published factors, always as a range.

    Example: shipments convert containers shells_152mm
    """
    dataset = load(data, as_known_on)
    items = (one_item(from_item), one_item(to_item))
    try:
        found = conversion_records(dataset, *items, factor_low, factor_high)
    except ConversionError as refusal:
        fail(str(refusal))
    print_frame(found, output)


@queries.command("changes")
def changes_command(
    since: Annotated[str, typer.Argument(help="Day; what became known after it is listed.")],
    until: Annotated[str | None, typer.Argument(help="Last day; all up to now without it.")] = None,
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List the series whose newest figure changed between two days, old and new, by whom.

    Example: shipments changes 2024-02-26 2024-08-28
    """
    dataset = load(data, None)
    end = day_of(until, "UNTIL") or dataset.last_day
    start = day_of(since, "SINCE") or end
    print_frame(change_records(dataset, changes(dataset, start, end)), output)
