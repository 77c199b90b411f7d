"""The options that queries share, and what they stand for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from dashboard.as_known import as_known
from dashboard.cli.printing import Format, fail
from dashboard.codes import Item
from dashboard.dataset import Dataset, DatasetError, load_dataset
from dashboard.nearest import no_such
from dashboard.periods import parse_period

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


def load(folder: Path, as_known_on: str | None) -> Dataset:
    """Return the dataset in a folder, frozen to a day if one is given.

    Faulty data end the command with what is wrong.
    """
    day = day_of(as_known_on, "--as-known-on")
    try:
        dataset = load_dataset(folder)
        return as_known(dataset, day) if day else dataset
    except DatasetError as fault:
        for issue in fault.issues:
            print(issue, file=sys.stderr)
        fail(f"the data in {folder.name} have faults; `shipments check` lists them")
    except OSError as fault:
        fail(f"the data in {folder} cannot be read: {fault.strerror}")


def item_named(name: str) -> Item | None:
    """Return the item of a name; None for 'any'."""
    return None if name == "any" else one_item(name)


def one_item(name: str) -> Item:
    """Return the item of a name, or end the command with the list of items."""
    try:
        return Item(name)
    except ValueError:
        fail(f"there is no item '{name}'; items are {', '.join(Item)}")


def known_ids(values: Sequence[str] | None, allowed: pd.Series[str], name: str) -> tuple[str, ...]:
    """Return the ids that were given, or end the command with the nearest one that exists."""
    choices = allowed.unique()
    for value in values or ():
        if value not in choices:
            fail(no_such(name, value, choices))
    return tuple(values or ())


def day_of(text: str | None, option: str) -> date | None:
    """Return the day of an option: the first of a month or year for --from, else the last."""
    if text is None:
        return None
    try:
        period = parse_period(text)
    except ValueError as fault:
        fail(f"{option}: {fault}")
    return period.first if option == "--from" else period.last
