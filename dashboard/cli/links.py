"""`shipments links`: tries the links of documents, and enters what they answer."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dashboard.checks import check_folder
from dashboard.cli.options import DataOption
from dashboard.cli.printing import Format, fail, print_frame
from dashboard.codes import UrlStatus
from dashboard.dataset import SHIPPED_DATA, DatasetError
from dashboard.layout import Cells
from dashboard.link_requests import Manners, try_links
from dashboard.links import (
    Findings,
    Look,
    dead_link_report,
    due_documents,
    host_of,
    named_cells,
)
from dashboard.nearest import no_such
from dashboard.row_changes import rows_by_key
from dashboard.schema import Source
from dashboard.tables import write_text

DOCUMENTS_OF_A_SAVE = 20
SECONDS_OF_A_SAVE = 10.0
HOSTS_THAT_TELL = 10
INTERRUPTED = 130
STOPPED = "shipments: stopped; what was found is saved, and the same command goes on from there"

links_of_documents = typer.Typer()


class _NoNetworkError(Exception):
    """Hardly any host answers, so that the fault is probably here."""


@links_of_documents.command()
def links(
    again_after: Annotated[
        int,
        typer.Option("--again-after", min=0, help="Leave out links tried so few days ago."),
    ] = 30,
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Only links to this host; may be repeated.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Try so many links at most.")
    ] = None,
    pause: Annotated[
        float, typer.Option("--pause", min=0, help="Seconds between two requests to one host.")
    ] = Manners.pause,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds to wait for an answer.")
    ] = Manners.timeout,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write the dead links into this Markdown file.")
    ] = None,
    fail_on_gone: Annotated[
        bool, typer.Option("--fail-on-gone", help="End with code 1 where a document is gone.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask hosts of private networks.")
    ] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Try the links of documents, politely, and enter what they answer.

    It can be stopped with Ctrl-C and started again: what was found is kept.

    Example: shipments links --limit 50 --report dead-links.md
    """
    today = datetime.now(UTC).date()
    rows = _documents(data, today)
    due = due_documents(rows.values(), today, again_after, _known_hosts(host, rows))[:limit]
    findings = Findings(data, rows, today)
    manners = Manners(pause=pause, timeout=timeout, allow_private=allow_private)
    is_whole = _tried(due, manners, findings)
    _print_summary(findings.looks)
    now = _documents(data, today).values()
    if report:
        _write_report(report, dead_link_report(now, findings.looks, today))
    if not is_whole:
        print(STOPPED, file=sys.stderr)
        raise typer.Exit(INTERRUPTED)
    gone = sum(named_cells(row)["url_status"] == UrlStatus.GONE for row in now)
    if fail_on_gone and gone:
        fail(f"{gone} document{'s are' if gone > 1 else ' is'} gone")


def _documents(folder: Path, today: date) -> dict[str, Cells]:
    """Return the documents of a folder by id, or end the command where the data have faults."""
    tables, issues = check_folder(folder, today)
    if issues:
        for issue in issues:
            print(issue, file=sys.stderr)
        fail(f"the data in {folder.name} have faults; `shipments check` lists them")
    return {key[0]: row for key, row in rows_by_key(tables["sources"], Source).items()}


def _known_hosts(hosts: list[str] | None, rows: dict[str, Cells]) -> list[str]:
    """Return hosts as links name them, or end the command with the nearest that exists."""
    known = sorted({host_of(named_cells(row)["url"]) for row in rows.values()})
    wanted = [host.lower().removeprefix("www.") for host in hosts or ()]
    for host in wanted:
        if host not in known:
            fail(no_such("host", host, known))
    return wanted


def _tried(due: list[Cells], manners: Manners, findings: Findings) -> bool:
    """Try links and save what is found, and return whether all were tried."""
    is_whole = True
    try:
        try:
            with _shown(len(due)) as step:
                asyncio.run(try_links(due, manners, _keeper(findings, step)))
        except KeyboardInterrupt:
            is_whole = False
        _save_the_last(findings)
    except _NoNetworkError:
        fail("hardly any host answers: is there a network? Nothing was saved of their silence")
    except DatasetError as fault:
        fail(f"the data have faults meanwhile, so the last links were not saved: {fault.issues[0]}")
    except OSError as fault:
        fail(f"the last links were not saved: {fault.strerror or fault}")
    return is_whole


def _keeper(findings: Findings, step: Callable[[], None]) -> Callable[[Look], None]:
    """Return what takes each look in, and saves now and then."""
    saved_at = monotonic()

    def keep(look: Look) -> None:
        nonlocal saved_at
        findings.looks.append(look)
        step()
        if findings.silent_hosts >= HOSTS_THAT_TELL:
            _stop_without_network(findings)
        seconds = monotonic() - saved_at
        if findings.unsaved >= DOCUMENTS_OF_A_SAVE or seconds >= SECONDS_OF_A_SAVE:
            findings.save_certain()
            saved_at = monotonic()

    return keep


def _save_the_last(findings: Findings) -> None:
    if findings.is_nothing_heard or findings.silent_hosts >= HOSTS_THAT_TELL:
        _stop_without_network(findings)
    findings.save_all()


def _stop_without_network(findings: Findings) -> NoReturn:
    findings.save_certain()
    raise _NoNetworkError


@contextmanager
def _shown(total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on the error output, or now and then a line where that is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("links", total=total)
        yield lambda: bar.advance(task)


def _lines(total: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % DOCUMENTS_OF_A_SAVE == 0 or done == total:
            print(f"{done} of {total} links tried", file=sys.stderr, flush=True)

    return step


def _print_summary(looks: list[Look]) -> None:
    found = pd.Series([look.answer.status for look in looks], dtype=object)
    counts = [(status.value, int((found == status).sum()), status.meaning) for status in UrlStatus]
    if found.isna().any():
        counts.append(("", int(found.isna().sum()), "not asked; the report says why"))
    frame = pd.DataFrame(counts, columns=["url_status", "documents", "meaning"])
    print_frame(frame[frame["documents"] > 0], Format.TABLE)


def _write_report(path: Path, text: str) -> None:
    try:
        write_text(path, text)
    except OSError as fault:
        fail(f"{path} cannot be written: {fault.strerror}")
    print(f"{path}: written")
