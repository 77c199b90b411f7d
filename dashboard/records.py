"""Rows of a data frame as plain dictionaries, for code that speaks of one row at a time."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd

Record = dict[str, Any]
"""One row: column name to value; a missing value is None, NaN or NA."""


def records(frame: pd.DataFrame) -> list[Record]:
    """Return the rows of a frame, in order."""
    return cast("list[Record]", frame.to_dict("records"))


def records_by(frame: pd.DataFrame, column: str) -> dict[str, Record]:
    """Return the rows of a frame by the value of a column whose values are all different."""
    return {row[column]: row for row in records(frame)}


def is_given(value: object) -> bool:
    """Return True where a cell is not missing."""
    return value is not None and value is not pd.NA and value == value
