"""`shipments brief`: a briefing as slides, pages, a workbook or a ZIP of all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as ProgressBar

from dashboard.cli.options import DataOption, load
from dashboard.cli.printing import fail
from dashboard.dataset import SHIPPED_DATA, Dataset
from dashboard.exports.briefing import Briefing, BriefingFormat, briefing_from_toml
from dashboard.exports.briefing_making import Progress, files_of, make_briefing
from dashboard.exports.formats import Export, ExportError
from dashboard.whole_file import write_whole

briefing = typer.Typer()


@briefing.command()
def brief(
    file: Annotated[Path, typer.Argument(help="What is in the briefing, as TOML.")],
    to: Annotated[
        Path,
        typer.Option("--to", help="File (.pptx, .pdf, .xlsx, .zip), or a folder for all formats."),
    ],
    template: Annotated[
        Path | None, typer.Option("--template", help="For slides: a presentation of yours.")
    ] = None,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Make a briefing of charts, maps and claims, with the proof of each.

    Example: shipments brief briefs/standing.toml --to briefing.pptx
    """
    try:
        text = _content(file).decode("utf-8")
        wanted = briefing_from_toml(text)
        if template:
            wanted = replace(wanted, template=_content(template))
        made = _made(load(data, None), wanted, _targets(wanted, file, to))
    except UnicodeDecodeError:
        fail(f"{file} is not a text in UTF-8")
    except ExportError as refusal:
        fail(str(refusal))
    except KeyboardInterrupt:
        fail("cancelled; nothing was written")
    for path, one in made:
        try:
            write_whole(path, one.data)
        except OSError as fault:
            fail(f"{path} cannot be written: {fault.strerror}")
        print(f"{path}: {len(one.data):,} bytes")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        fail(f"{file} cannot be read: {fault.strerror}")


def _targets(wanted: Briefing, file: Path, to: Path) -> dict[Path, BriefingFormat]:
    """Return each file to write with its format; all formats where a folder is named."""
    if to.is_dir():
        return {to / f"{file.stem}.{format.value}": format for format in wanted.formats}
    for format in BriefingFormat:
        if to.suffix.lower() == f".{format.value}":
            return {to: format}
    endings = ", ".join(f".{format.value}" for format in BriefingFormat)
    raise ExportError(
        f"‘{to}’ is no folder, and a briefing has no such ending. The endings are: {endings}."
    )


def _made(
    dataset: Dataset, wanted: Briefing, targets: dict[Path, BriefingFormat]
) -> list[tuple[Path, Export]]:
    """Return all files, made in memory: either all can be made, or none is written."""
    for format in targets.values():
        files_of(wanted, format)
    made = []
    for path, format in targets.items():
        with _shown(format) as progress:
            made.append((path, make_briefing(dataset, wanted, format, progress)))
    return made


@contextmanager
def _shown(format: BriefingFormat) -> Iterator[Progress]:
    """Show a bar on the error output while a file is made."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with ProgressBar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(format.meaning)

        def progress(done: int, total: int, words: str) -> None:
            bar.update(task, completed=done, total=total, description=words)

        yield progress
