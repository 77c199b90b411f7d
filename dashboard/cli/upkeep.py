"""Serving, checking and keeping the data."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard.checks import check_folder
from dashboard.cli.options import DataOption
from dashboard.cli.printing import fail, working
from dashboard.dataset import SHIPPED_DATA
from dashboard.describe import DICTIONARY_FILE, descriptions, write_descriptions
from dashboard.schema import TABLES
from dashboard.tables import format_folder

upkeep = typer.Typer()


class CheckFormat(StrEnum):
    """How the faults are printed."""

    TEXT = "text"
    GITHUB = "github"


@upkeep.command()
def check(
    folder: Annotated[Path, typer.Argument(help="Folder with the data.")] = SHIPPED_DATA,
    output: Annotated[CheckFormat, typer.Option("--format", help="How to print.")] = (
        CheckFormat.TEXT
    ),
) -> None:
    """Check the data: every fault with file, line, column, value and remedy.

    Example: shipments check data
    """
    with working("Checking the data"):
        _, issues = check_folder(folder, datetime.now(UTC).date())
    for issue in issues:
        print(issue if output is CheckFormat.TEXT else issue.github_annotation(str(folder)))
    if issues:
        fail(f"{len(issues)} fault{'s' if len(issues) > 1 else ''} in {folder.name}")
    print("no faults")


@upkeep.command("format")
def format_command(
    folder: Annotated[Path, typer.Argument(help="Folder with the data.")] = SHIPPED_DATA,
) -> None:
    """Write the data files again in their canonical form: order, quotes, line ends.

    Example: shipments format data
    """
    with working("Reading and writing the data"):
        written, issues = format_folder(folder)
    for name in written:
        print(f"{name}: written in canonical form")
    for issue in issues:
        print(issue)
    if issues:
        fail("files with these faults were left as they are")
    print(f"{len(written)} of {len(TABLES)} files changed")


@upkeep.command()
def describe(
    write: Annotated[
        bool, typer.Option("--write", help="Write data/ instead of printing.")
    ] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Print the data dictionary, or write it and `datapackage.json` into the data folder.

    Example: shipments describe --write
    """
    if not data.is_dir():
        fail(f"{data} is not a folder")
    today = datetime.now(UTC).date()
    if write:
        write_descriptions(data, today)
        print(f"{data.name}: data dictionary and data package written")
        return
    print(descriptions(data, today)[DICTIONARY_FILE])


@upkeep.command()
def serve(
    port: Annotated[int, typer.Option("--port", help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option("--address", help="Address to bind.")] = "127.0.0.1",
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Serve the dashboard.

    Example: shipments serve --port 8502
    """
    # Not resolved: whoever swaps a symbolic link to new data wants the running server to follow.
    os.environ["SHIPMENTS_DATA"] = str(data.absolute())
    os.chdir(SHIPPED_DATA.parent)
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
