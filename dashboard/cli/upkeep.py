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
from dashboard.history import tables_at
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES
from dashboard.spreadsheets import mend_folder
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
    from_spreadsheet: Annotated[
        bool, typer.Option("--from-spreadsheet", help="Also mend what a spreadsheet did.")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            help="With --from-spreadsheet: folder or git revision of the last good version.",
            show_default="the last commit",
        ),
    ] = None,
) -> None:
    """Write the data files again in their canonical form: order, quotes, line ends.

    Example: shipments format data
    """
    if from_spreadsheet:
        _mend(folder, against)
        return
    if against:
        fail("--against goes with --from-spreadsheet")
    with working("Reading and writing the data"):
        written, issues = format_folder(folder)
    for name in written:
        print(f"{name}: written in canonical form")
    for issue in issues:
        print(issue)
    if issues:
        fail("files with these faults were left as they are")
    print(f"{len(written)} of {len(TABLES)} files changed")


def _mend(folder: Path, against: str | None) -> None:
    """Mend what a spreadsheet did to a folder, and print every change and what is still wrong."""
    try:
        earlier = _last_good_tables(folder, against)
        with working("Mending the data"):
            written, mends, unmended = mend_folder(folder, earlier)
            _, issues = check_folder(folder, datetime.now(UTC).date())
    except OSError as fault:
        fail(f"{folder} cannot be mended: {fault.strerror or fault}")
    for mend in mends:
        print(mend)
    for name in written:
        print(f"{name}: written in canonical form")
    for issue in issues:
        print(issue)
    print(f"{len(written)} of {len(TABLES)} files changed, {len(mends)} changes as listed")
    left = sorted({issue.file for issue in unmended})
    if left:
        print(f"left as they are: {', '.join(left)}", file=sys.stderr)
    if issues:
        fail(f"{len(issues)} fault{'s' if len(issues) > 1 else ''} left, which you must mend")


def _last_good_tables(folder: Path, against: str | None) -> dict[str, RawTable]:
    """Return the tables in their last good version; none, with a word of it, if none is known."""
    if against and Path(against).is_dir():
        return check_folder(Path(against))[0]
    try:
        return tables_at(folder, against or "HEAD")
    except LookupError as fault:
        if against:
            fail(f"--against: {against!r} is neither a folder nor a revision: {fault}")
        print(f"no last good version to compare with: {fault}", file=sys.stderr)
        return {}


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
    edit: Annotated[
        bool, typer.Option("--edit", help="Let the data be edited on the Data page.")
    ] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Serve the dashboard.

    Example: shipments serve --port 8502
    """
    # Not resolved: whoever swaps a symbolic link to new data wants the running server to follow.
    os.environ["SHIPMENTS_DATA"] = str(data.absolute())
    os.chdir(SHIPPED_DATA.parent)
    os.environ.pop("SHIPMENTS_EDIT", None)
    if edit:
        _allow_editing(address)
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


def _allow_editing(address: str) -> None:
    """Tell the dashboard to show the editor, or end the command where it may not."""
    # Streamlit takes a second to import, and only this option needs it.
    from dashboard.web.editing_rights import refusal_to_serve, server_at

    try:
        refusal = refusal_to_serve(server_at(address, is_started_for_editing=True))
    except OSError as fault:
        refusal = f"the login is in {fault.filename}, and that cannot be read: {fault.strerror}"
    if refusal:
        fail(refusal)
    os.environ["SHIPMENTS_EDIT"] = "1"
