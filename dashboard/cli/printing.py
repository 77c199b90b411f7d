"""Printing what a query found: as a table, as CSV or as JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table

from dashboard.records import Record, records


class Format(StrEnum):
    """How a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def print_frame(frame: pd.DataFrame, output: Format) -> None:
    """Print rows as a table, CSV or JSON."""
    if output is Format.JSON:
        print_json(plain_records(frame))
    elif output is Format.CSV:
        writer = csv.DictWriter(sys.stdout, list(frame.columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(plain_records(frame))
    else:
        _print_table(list(frame.columns), plain_records(frame))


def print_record(record: Mapping[str, object], output: Format) -> None:
    """Print one record as a table, CSV or JSON."""
    if output is Format.JSON:
        print_json(record)
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


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def plain_records(frame: pd.DataFrame) -> list[Record]:
    """Return rows as plain values: missing is None, whole numbers are int."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _plain(value) for name, value in row.items()} for row in records(plain)]


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


@contextmanager
def working(words: str) -> Iterator[None]:
    """Show at a terminal that something is under way; nothing stays, and files get nothing."""
    with Console(stderr=True).status(words) if sys.stderr.isatty() else nullcontext():
        yield


def fail(message: str) -> NoReturn:
    """End the command with a sentence on the error output."""
    print(f"shipments: {message}", file=sys.stderr)
    raise typer.Exit(1)
