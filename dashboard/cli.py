"""The command `shipments`: everything that the screen can show, as a table, CSV or JSON."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dashboard.claims import claim_records, selected_claims
from dashboard.codes import Item
from dashboard.dataset import SHIPPED_DATA, Dataset, DatasetError, load_dataset
from dashboard.origins import origins_of
from dashboard.periods import parse_period
from dashboard.records import Record, records
from dashboard.routes import length_by_mode, route_legs
from dashboard.schema import TABLES
from dashboard.selection import Selection
from dashboard.series import ComparisonError, compare, series_points, series_records

app = typer.Typer(
    help="Reported arms shipments from North Korea to Russia: what was said, by whom, and when.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class CheckFormat(StrEnum):
    """How faults are printed."""

    TEXT = "text"
    GITHUB = "github"


DataOption = Annotated[
    Path, typer.Option("--data", help="Folder with the data.", show_default="the shipped data")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
ItemOption = Annotated[
    str, typer.Option("--item", help="What is counted, e.g. containers; 'any' for everything.")
]
ClaimantOption = Annotated[
    list[str] | None, typer.Option("--claimant", help="Id of a body or state; may be repeated.")
]
SeriesOption = Annotated[
    list[str] | None, typer.Option("--series", help="Id of a series; may be repeated.")
]
DayOption = Annotated[
    str | None, typer.Option("--as-known-on", help="Leave out what was said after this day.")
]
FromOption = Annotated[str | None, typer.Option("--from", help="Stated on this day or later.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Stated on this day or earlier.")]


@app.command()
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
    dataset = _load(data)
    selection = Selection(
        item=_item(item),
        claimant=_known(claimant, dataset.claimants["claimant"], "claimant"),
        series=_known(series, dataset.series["series"], "series"),
        status=_known(status, dataset.claims["status"], "status"),
        from_=_day(from_, "--from"),
        to=_day(to, "--to"),
        as_known_on=_day(as_known_on, "--as-known-on"),
        text=text,
    )
    _print(claim_records(selected_claims(dataset, selection)), output)


@app.command()
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
    dataset = _load(data)
    selection = Selection(
        item=_item(item),
        claimant=_known(claimant, dataset.claimants["claimant"], "claimant"),
        series=_known(series, dataset.series["series"], "series"),
        from_=_day(from_, "--from"),
        to=_day(to, "--to"),
        as_known_on=_day(as_known_on, "--as-known-on"),
    )
    _print(series_records(series_points(dataset, selection)), output)


@app.command("compare")
def compare_command(
    claim_id: Annotated[str, typer.Argument(help="Id of a claim.")],
    other_claim_id: Annotated[str, typer.Argument(help="Id of another.")],
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Show difference, factor, days and rate between two claims, with bounds.

    Example: shipments compare rok-mnd-20240226-containers rok-dia-20240827-containers
    """
    dataset = _load(data)
    try:
        result = compare(dataset, claim_id, other_claim_id)
    except (ComparisonError, LookupError) as refusal:
        _fail(str(refusal.args[0]))
    _print_record(dataclasses.asdict(result), output)


@app.command()
def route(
    route_id: Annotated[str, typer.Argument(help="Id of a route.")],
    output: FormatOption = Format.TABLE,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """List the legs of a route with their lengths, and the total by mode.

    Example: shipments route r-sea-rajin-dunai
    """
    dataset = _load(data)
    try:
        legs = route_legs(dataset, route_id)
    except LookupError as fault:
        _fail(str(fault.args[0]))
    totals = length_by_mode(legs)
    if output is Format.JSON:
        _print_json({"route_id": route_id, "legs": _records(legs), "totals": _records(totals)})
        return
    _print(legs, output)
    if output is Format.TABLE:
        _print(totals, output)


@app.command()
def origins(
    claim_ids: Annotated[list[str], typer.Argument(help="Ids of claims.")],
    output: FormatOption = Format.JSON,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Count the articles, claimants and independent origins behind claims.

    Example: shipments origins rok-dia-20240827-containers us-state-20240904-containers
    """
    dataset = _load(data)
    try:
        result = origins_of(dataset, claim_ids)
    except LookupError as fault:
        _fail(str(fault.args[0]))
    _print_record(dataclasses.asdict(result), output)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Folder with the data.")] = SHIPPED_DATA,
    output: Annotated[CheckFormat, typer.Option("--format", help="How to print.")] = (
        CheckFormat.TEXT
    ),
) -> None:
    """Check the data: every fault with file, line, column, value and remedy.

    Example: shipments check data
    """
    from dashboard.checks import check_folder

    _, issues = check_folder(folder, datetime.now(UTC).date())
    for issue in issues:
        print(issue if output is CheckFormat.TEXT else issue.github_annotation(str(folder)))
    if issues:
        _fail(f"{len(issues)} fault{'s' if len(issues) > 1 else ''} in {folder.name}")
    print("no faults")


@app.command("format")
def format_command(
    folder: Annotated[Path, typer.Argument(help="Folder with the data.")] = SHIPPED_DATA,
) -> None:
    """Write the data files again in their canonical form: order, quotes, line ends.

    Example: shipments format data
    """
    from dashboard.tables import format_folder

    written, issues = format_folder(folder)
    for name in written:
        print(f"{name}: written in canonical form")
    for issue in issues:
        print(issue)
    if issues:
        _fail("files with these faults were left as they are")
    print(f"{len(written)} of {len(TABLES)} files changed")


@app.command()
def describe(
    write: Annotated[
        bool, typer.Option("--write", help="Write data/ instead of printing.")
    ] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Print the data dictionary, or write it and `datapackage.json` into the data folder.

    Example: shipments describe --write
    """
    from dashboard.describe import DICTIONARY_FILE, descriptions, write_descriptions

    if not data.is_dir():
        _fail(f"{data} is not a folder")
    today = datetime.now(UTC).date()
    if write:
        write_descriptions(data, today)
        print(f"{data.name}: data dictionary and data package written")
        return
    print(descriptions(data, today)[DICTIONARY_FILE])


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option("--address", help="Address to bind.")] = "127.0.0.1",
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Serve the dashboard.

    Example: shipments serve --port 8502
    """
    root = Path(__file__).parent.parent
    os.environ["SHIPMENTS_DATA"] = str(data.resolve())
    os.chdir(root)
    arguments = [
        "-m",
        "streamlit",
        "run",
        str(Path("dashboard", "web", "asgi.py")),
        f"--server.port={port}",
        f"--server.address={address}",
    ]
    print(f"The dashboard is at http://{address}:{port}", flush=True)
    os.execv(sys.executable, [sys.executable, *arguments])


def _load(folder: Path) -> Dataset:
    try:
        return load_dataset(folder)
    except DatasetError as fault:
        for issue in fault.issues:
            print(issue, file=sys.stderr)
        _fail(f"the data in {folder.name} have faults; `shipments check` lists them")
    except OSError as fault:
        _fail(f"the data in {folder} cannot be read: {fault.strerror}")


def _item(name: str) -> Item | None:
    if name == "any":
        return None
    try:
        return Item(name)
    except ValueError:
        _fail(f"there is no item '{name}'; items are {', '.join(Item)}")


def _known(values: Sequence[str] | None, allowed: pd.Series[str], name: str) -> tuple[str, ...]:
    from rapidfuzz import process

    choices = allowed.unique()
    for value in values or ():
        if value not in choices:
            nearest = process.extractOne(value, choices)
            hint = f": did you mean '{nearest[0]}'?" if nearest else ""
            _fail(f"there is no {name} '{value}'{hint}")
    return tuple(values or ())


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        period = parse_period(text)
    except ValueError as fault:
        _fail(f"{option}: {fault}")
    return period.first if option == "--from" else period.last


def _print(frame: pd.DataFrame, output: Format) -> None:
    if output is Format.JSON:
        _print_json(_records(frame))
    elif output is Format.CSV:
        writer = csv.DictWriter(sys.stdout, list(frame.columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(_records(frame))
    else:
        _print_table(list(frame.columns), _records(frame))


def _print_record(record: Mapping[str, object], output: Format) -> None:
    if output is Format.JSON:
        _print_json(record)
    elif output is Format.CSV:
        writer = csv.DictWriter(sys.stdout, list(record), lineterminator="\n")
        writer.writeheader()
        writer.writerow({name: _on_one_line(value) for name, value in record.items()})
    else:
        rows = [{"what": name, "value": _on_one_line(value)} for name, value in record.items()]
        _print_table(["what", "value"], rows)


def _on_one_line(value: object) -> object:
    return "; ".join(value) if isinstance(value, tuple) else value


def _print_table(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*("" if row[column] is None else str(row[column]) for column in columns))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return rows as plain values: missing is None, whole numbers are int."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in records(plain)]


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def _fail(message: str) -> NoReturn:
    print(f"shipments: {message}", file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
