"""Rows of a table as a grid to type in, and what was typed into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.columns import Column, columns_of, names_of
from dashboard.layout import Cells
from dashboard.row_changes import ROW_CLASSES, Tables

STATE = "State"
REMOVE = "Remove"
_MOST_OPTIONS = 120
"""A longer list of ids is quicker typed than chosen from; the check says where one is wrong."""
_LONG_TEXT = frozenset(
    ("paraphrase", "note", "title", "url", "archived_url", "relays", "summary", "via", "aliases")
)

GridState = Mapping[str, Any]
"""What Streamlit's editor keeps: `edited_rows` by place, `added_rows`, places of `deleted_rows`."""


# ------------------------------------------------------------------ out to the screen


def rows_frame(table: str, rows: Sequence[Cells]) -> pd.DataFrame:
    """Return rows as a data frame to type in; an empty cell is missing."""
    columns = columns_of(ROW_CLASSES[table])
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            column.name: _typed(column, column_cells)
            for column, column_cells in zip(columns, cells, strict=True)
        }
    )


def _typed(column: Column, cells: Sequence[str]) -> pd.Series[Any]:
    if column.holds == "integer" and all(cell.isdigit() for cell in cells if cell):
        return pd.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    return pd.Series([cell or None for cell in cells], dtype="string")


def column_settings(table: str, tables: Tables, *, may_change_ids: bool) -> dict[str, Any]:
    """Return how each column of a table is typed into.

    Args:
        table: Name of the table.
        tables: Every table by name, whose ids may be chosen.
        may_change_ids: False for rows that are there: ids are never changed.
    """
    key = ROW_CLASSES[table].key
    return {
        column.name: _setting(column, tables, is_fixed=column.name in key and not may_change_ids)
        for column in columns_of(ROW_CLASSES[table])
    }


def _setting(column: Column, tables: Tables, *, is_fixed: bool) -> Any:
    settings: dict[str, Any] = {
        "label": column.name,
        "help": column.description,
        "disabled": is_fixed,
        "pinned": is_fixed,
    }
    if is_fixed:
        return st.column_config.TextColumn(**settings)
    options = _options(column, tables)
    if options:
        return st.column_config.SelectboxColumn(options=options, **settings)
    if column.holds == "integer":
        settings |= {"min_value": column.minimum, "max_value": column.maximum}
        return st.column_config.NumberColumn(format="%d", step=1, **settings)
    if column.name in _LONG_TEXT:
        settings["width"] = "large"
    return st.column_config.TextColumn(**settings)


def _options(column: Column, tables: Tables) -> list[str]:
    """Return what may be chosen in a column: a coded list, or the ids of a small table."""
    if column.reference is None:
        return list(column.allowed)
    ids = tables[column.reference.table].columns.get(column.reference.column, ())
    return sorted(set(ids)) if len(ids) <= _MOST_OPTIONS else []


# ------------------------------------------------------------------ back from the screen


def typed_into(table: str, cells: Cells, typed: Mapping[str, Any]) -> Cells:
    """Return a row with what was typed into some of its cells."""
    names = names_of(ROW_CLASSES[table])
    return tuple(
        _as_cell(typed[name]) if name in typed else cell
        for name, cell in zip(names, cells, strict=True)
    )


def _as_cell(value: object) -> str:
    if value is None:
        return ""
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole else str(value).strip()  # type: ignore[call-overload]


def edited_at(state: GridState, place: int) -> Mapping[str, Any]:
    """Return what was typed into the row at a place of a grid."""
    rows = state.get("edited_rows", {})
    typed: Mapping[str, Any] = rows.get(place, {})
    return typed


def rows_in(table: str, rows: Sequence[Cells], state: GridState) -> tuple[Cells, ...]:
    """Return the rows of a grid in which rows may be added and taken out; blank ones left out."""
    deleted = set(state.get("deleted_rows", ()))
    kept = [
        typed_into(table, row, edited_at(state, place))
        for place, row in enumerate(rows)
        if place not in deleted
    ]
    blank = ("",) * len(names_of(ROW_CLASSES[table]))
    added: Iterable[Mapping[str, Any]] = state.get("added_rows", ())
    return tuple(
        row for row in [*kept, *(typed_into(table, blank, typed) for typed in added)] if any(row)
    )
