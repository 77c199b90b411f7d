"""The commands that tell, take back and publish changes: diff, withdraw, undo, release."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dashboard.change_words import ToldChange, as_markdown, as_text, told_changes
from dashboard.checks import check_folder
from dashboard.cli.asking import NOTHING_SAVED
from dashboard.cli.options import DataOption
from dashboard.cli.printing import fail, print_json, working
from dashboard.cli.saving import refusals, save_told, today
from dashboard.data_folder import locked, undo_last_save
from dashboard.dataset import SHIPPED_DATA, data_version
from dashboard.describe import descriptions
from dashboard.history import commit_of_version, tables_at
from dashboard.nearest import no_such
from dashboard.packaging import CHANGELOG, data_zip
from dashboard.releasing import (
    changelog_entry,
    cited,
    cited_in_words,
    next_version,
    with_entry,
)
from dashboard.row_changes import revised, row_changes, rows_by_key
from dashboard.schema import Claim
from dashboard.tables import file_of, read_table, read_text
from dashboard.whole_file import write_whole

revising = typer.Typer()

CITATION = "CITATION.cff"
YesOption = Annotated[bool, typer.Option("--yes", help="Save without asking.")]


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@revising.command()
def diff(
    revision: Annotated[str, typer.Argument(help="Commit, branch or tag to compare with.")],
    output: Annotated[DiffFormat, typer.Option("--format", help="How to print.")] = DiffFormat.TEXT,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Say in words what changed in the data since a commit; as Markdown for a pull request.

    Example: shipments diff HEAD --format markdown
    """
    told = _told_since(data, revision)
    if output is DiffFormat.JSON:
        print_json(
            [
                {"change": one.head.lower(), "table": one.table, "id": one.row_id, "is": one.words}
                for one in told
            ]
        )
    else:
        print(as_markdown(told) if output is DiffFormat.MARKDOWN else as_text(told))


@revising.command()
def withdraw(
    claim_id: Annotated[str, typer.Argument(help="Id of the claim.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it should not be there.")],
    yes: YesOption = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Withdraw a claim: it stays, with a date and a reason, and is no longer drawn.

    Example: shipments withdraw rok-mnd-20240226-containers --reason "Misread: it was Kyiv"
    """
    claims = rows_by_key(read_table(data / file_of(Claim), Claim)[0], Claim)
    row = claims.get((claim_id,))
    if row is None:
        fail(no_such("claim", claim_id, [key for (key,) in claims]))
    change = revised("claims", row, withdrawn_on=today().isoformat(), withdrawn_reason=reason)
    if change.cells_before["withdrawn_on"]:
        fail(f"{claim_id} was withdrawn on {change.cells_before['withdrawn_on']} already")
    save_told(data, [change], without_asking=yes)


@revising.command()
def undo(data: DataOption = SHIPPED_DATA) -> None:
    """Take back what the command or the editor saved last; once more brings it back.

    Example: shipments undo
    """
    if not data.is_dir():
        fail(f"{data} is not a folder")
    with refusals(data):
        undone = undo_last_save(data)
    if undone is None:
        fail("nothing was saved here that could be taken back")
    print(f"Taken back: {undone.said}")


@revising.command()
def release(
    since: Annotated[
        str | None,
        typer.Option("--since", help="Commit, branch or tag of the last release.", show_default=""),
    ] = None,
    to: Annotated[Path, typer.Option("--to", help="Folder for the zip.")] = Path("build"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the entry only.")] = False,
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Release the data: next version, changelog entry, citation, and a zip with checksums.

    Without --since, the last release is the commit that gave the data their present version.

    Example: shipments release --to build
    """
    with working("Checking the data"):
        _, issues = check_folder(data, today())
    for issue in issues:
        print(issue)
    if issues:
        fail("data with faults are not released")
    version, entry, texts = _release_texts(data, since)
    if dry_run:
        print(entry)
        return
    with refusals(data), locked(data):
        for path, text in texts.items():
            write_whole(path, text.encode("utf-8"))
    to.mkdir(parents=True, exist_ok=True)
    package = to / f"arms-shipments-{version}.zip"
    with working("Packing the data"):
        write_whole(package, data_zip(data))
    print(f"Released as {version}: {package}")
    print(f"Now commit, and mark the commit: git tag data-{version}")


def _release_texts(data: Path, since: str | None) -> tuple[str, str, dict[Path, str]]:
    """Return the next version, its changelog entry, and the text of each file that names it."""
    try:
        old = data_version(data)
        told = _told_since(data, since or commit_of_version(data, old))
        version = next_version(old, today())
        entry = changelog_entry(version, today(), told)
        changelog = with_entry(read_text(data / CHANGELOG), entry)
        citations = _citations(data, old, version)
    except (LookupError, ValueError) as refusal:
        fail(f"{refusal}; {NOTHING_SAVED}")
    if not told:
        fail(f"nothing changed since {old}; {NOTHING_SAVED}")
    described = descriptions(data, today(), version)
    return (
        version,
        entry,
        {data / CHANGELOG: changelog, **citations}
        | {data / name: text for name, text in described.items()},
    )


def _citations(data: Path, old: str, version: str) -> dict[Path, str]:
    """Return the text of each document that cites the data, with another version."""
    citation = data.parent / CITATION
    texts = {citation: cited(read_text(citation), version, today())} if citation.exists() else {}
    for path in (data.parent / "README.md", data / "LICENSE.md"):
        if path.exists():
            texts[path] = cited_in_words(read_text(path), old, version, today())
    return texts


def _told_since(data: Path, revision: str) -> Sequence[ToldChange]:
    if not data.is_dir():
        fail(f"{data} is not a folder")
    with working("Comparing the data"):
        try:
            before = tables_at(data, revision)
        except LookupError as refusal:
            fail(str(refusal))
        tables, _ = check_folder(data)
        return told_changes(row_changes(before, tables), tables)
