"""Rows of a data frame as plain dictionaries, for code that speaks of one row at a time."""

from __future__ import annotations

from typing import Any

import pandas as pd

Record = dict[str, Any]
"""One row: column name to value; a missing value is None, NaN or NA."""


def records(frame: pd.DataFrame) -> list[Record]:
    """Return the rows of a frame, in order.

    Columns are turned into lists one by one: pandas' own `to_dict` goes through every cell.
    """
    names = frame.columns.tolist()
    rows = zip(*(_values(frame[name]) for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _values(column: pd.Series) -> list[Any]:
    """Return the values of a column as plain objects, a missing number as None."""
    values = column.tolist()
    if isinstance(column.dtype, pd.Int64Dtype):
        return [None if value is pd.NA else value for value in values]
    return values


def records_by(frame: pd.DataFrame, column: str) -> dict[str, Record]:
    """Return the rows of a frame by the value of a column whose values are all different."""
    return {row[column]: row for row in records(frame)}


def is_given(value: object) -> bool:
    """Return True where a cell is not missing."""
    return value is not None and value is not pd.NA and value == value
