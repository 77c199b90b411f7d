"""Faults in the data, as values: small, frozen, ordered, comparable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong and what to do, in the words of `dashboard.faults`.

    Attributes:
        message: What is wrong, e.g. "'27-Aug-24' is not a date".
        remedy: What to do, e.g. "write YYYY-MM-DD, e.g. 2024-02-26".
    """

    message: str
    remedy: str


@dataclass(frozen=True, order=True)
class Issue:
    """A fault at its place in a file.

    Attributes:
        file: Name within the data folder, e.g. "claims.csv".
        line: Physical line, from 1; 0 where the fault is of the whole file.
        column: Name of the column; empty where the fault is of a whole line or file.
        value: The cell as found, not shortened; empty where no cell is at fault.
        message: What is wrong.
        remedy: What to do.
    """

    file: str
    line: int
    column: str
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self._what()) if part)

    def github_annotation(self, folder: str = "data") -> str:
        """Return the workflow command that marks the line in a pull request.

        The form and its escapes are those of GitHub's `actions/toolkit`, `core/src/command.ts`.

        Args:
            folder: The data folder's path within the repository.
        """
        path = _escaped_property(f"{folder.rstrip('/')}/{self.file}")
        return f"::error file={path},line={max(self.line, 1)}::{_escaped_text(self._what())}"

    def _what(self) -> str:
        return ": ".join(part for part in (self.column, self.message, self.remedy) if part)


def issue_at(file: str, line: int, fault: Fault, column: str = "", value: str = "") -> Issue:
    """Return the fault as an issue at that place."""
    return Issue(file, line, column, value, fault.message, fault.remedy)


def _escaped_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped_text(text).replace(":", "%3A").replace(",", "%2C")
