"""The tables as they were at an earlier point of the git history."""

from __future__ import annotations

import subprocess
from pathlib import Path

from dashboard.describe import PACKAGE_FILE
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES
from dashboard.tables import file_of, table_from_bytes


def tables_at(folder: Path, revision: str) -> dict[str, RawTable]:
    """Return the tables of a data folder at a revision; a table that was not there yet is left out.

    Args:
        folder: The data folder, within a git checkout.
        revision: Whatever git takes for one commit: a tag, a branch, `HEAD~3`, a hash.

    Raises:
        LookupError: There is no git, no checkout, or no such revision; the message says which.
    """
    commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    within = _git(folder, "rev-parse", "--show-prefix").decode().strip()
    listed = _git(folder, "ls-tree", "--name-only", commit.decode().strip(), "--", "./").decode()
    present = {Path(name).name for name in listed.splitlines()}
    tables = {}
    for row_class in TABLES:
        file = file_of(row_class)
        if file in present:
            data = _git(folder, "show", f"{commit.decode().strip()}:{within}{file}")
            tables[row_class.table] = table_from_bytes(data, file, row_class)[0]
    return tables


def commit_of_version(folder: Path, version: str) -> str:
    """Return the commit with which the data got a version.

    Raises:
        LookupError: There is no git, no checkout, or no commit that wrote this version.
    """
    commits = _git(
        folder, "log", "--reverse", "--format=%H", f'-S"version": "{version}"', "--", PACKAGE_FILE
    )
    found = commits.decode().split()
    if not found:
        raise LookupError(f"git knows no commit that made the data {version}")
    return found[0]


def _git(folder: Path, *words: str) -> bytes:
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise LookupError(f"git cannot be run: {fault}") from fault
    if answer.returncode:
        lines = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        said = lines[-1] if lines else "it says no more"
        raise LookupError(f"git finds no such state of {folder.name}: {said}")
    return answer.stdout
