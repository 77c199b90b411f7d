"""Changes of the data as a patch that `git apply` takes."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from dashboard.row_changes import ROW_CLASSES, Tables
from dashboard.tables import file_of, table_text

LARGEST = 1_000_000
"""How many characters a patch may have; a larger one is not for a reviewer to read."""


def patch_of(before: Tables, after: Tables, about: Sequence[str], folder: str = "data") -> str:
    """Return the unified difference between two states of the tables; empty where there is none.

    Both states are taken in their canonical form, as the files of a sound folder are.

    Args:
        before: Every table by name.
        after: The same tables, changed.
        about: What the patch does: lines of plain text that stand above it.
        folder: Where the files are within the repository.

    Raises:
        ValueError: The patch has more than `LARGEST` characters, or a cell a line break.
    """
    parts = [
        _file_patch(before, after, name, folder)
        for name in ROW_CLASSES
        if before[name].rows != after[name].rows
    ]
    if not any(parts):
        return ""
    text = "".join(f"# {' '.join(line.split())}\n" for line in about) + "\n" + "".join(parts)
    if len(text) > LARGEST:
        raise ValueError(f"the patch has {len(text):,} characters, and {LARGEST:,} are the most")
    return text


def _file_patch(before: Tables, after: Tables, name: str, folder: str) -> str:
    row_class = ROW_CLASSES[name]
    path = f"{folder}/{file_of(row_class)}"
    old, new = (
        [f"{line}\n" for line in table_text(tables[name].rows, row_class).split("\n")[:-1]]
        for tables in (before, after)
    )
    lines = list(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}"))
    return "".join([f"diff --git a/{path} b/{path}\n", *lines]) if lines else ""
