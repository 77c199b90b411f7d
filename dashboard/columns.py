"""What each column of a table may hold, read once from the row classes of `dashboard.schema`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from pydantic import AfterValidator, TypeAdapter
from pydantic.fields import FieldInfo

from dashboard import schema
from dashboard.schema import ForeignKey, Row

CellType = Literal["text", "id", "coded", "day", "period", "address", "integer", "number"]


@dataclass(frozen=True)
class Column:
    """What a column may hold.

    Attributes:
        name: Name in the header.
        description: One line for readers, from the row class.
        holds: What a cell stands for.
        is_required: False where an empty cell means unknown.
        coded: The list of allowed values, for a coded column.
        reference: The table and column whose ids it holds.
        pattern: Regular expression that every cell matches; empty where any text may stand.
        minimum: Least allowed number.
        maximum: Greatest allowed number.
        adapter: Pydantic's validator of one cell, given as text.
    """

    name: str
    description: str
    holds: CellType
    is_required: bool
    coded: type[StrEnum] | None
    reference: ForeignKey | None
    pattern: str
    minimum: int | float | None
    maximum: int | float | None
    adapter: TypeAdapter[Any]

    @property
    def allowed(self) -> tuple[str, ...]:
        """The allowed values of a coded column, in the order of its list."""
        return tuple(member.value for member in self.coded) if self.coded else ()

    @property
    def is_free_text(self) -> bool:
        """True when any words may stand in a cell."""
        return self.holds == "text" and not self.pattern

    @property
    def is_numeric(self) -> bool:
        """True when cells stand for numbers."""
        return self.holds in ("integer", "number")


_SHAPES: dict[Any, tuple[CellType, str]] = {
    get_args(schema.Slug)[1]: ("id", r"^[a-z0-9_]+(-+[a-z0-9_]+)*$"),
    get_args(schema.PartialDate)[1]: ("period", r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    get_args(schema.Day)[1]: ("day", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    get_args(schema.WebAddress)[1]: ("address", r"^https?://\S+$"),
    get_args(schema.Imo)[1]: ("text", r"^[0-9]{7}$"),
    get_args(schema.Waypoints)[1]: (
        "text",
        r"^-?[0-9.]+,-?[0-9.]+(; -?[0-9.]+,-?[0-9.]+)*$",
    ),
}


@cache
def columns_of(row_class: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a table in the order of its file."""
    return tuple(_column(name, field) for name, field in row_class.model_fields.items())


@cache
def names_of(row_class: type[Row]) -> tuple[str, ...]:
    """Return the header of a table."""
    return tuple(row_class.model_fields)


def _column(name: str, field: FieldInfo) -> Column:
    """Return what the field says of its column.

    Raises:
        TypeError: The annotation is of a kind that no column of a CSV file can have.
    """
    base, marks, is_required = _unwrapped(field.annotation, tuple(field.metadata))
    shape, pattern = _shape(base, marks)
    return Column(
        name=name,
        description=field.description or "",
        holds=shape,
        is_required=is_required,
        coded=base if isinstance(base, type) and issubclass(base, StrEnum) else None,
        reference=next((mark for mark in marks if isinstance(mark, ForeignKey)), None),
        pattern=pattern,
        minimum=next((_number(mark.ge) for mark in marks if isinstance(mark, Ge)), None),
        maximum=next((_number(mark.le) for mark in marks if isinstance(mark, Le)), None),
        adapter=TypeAdapter(Annotated[base, *marks] if marks else base),
    )


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...], bool]:
    """Return the bare type, all its marks, and whether a value is required."""
    if get_origin(annotation) in (Union, UnionType):
        inner = [part for part in get_args(annotation) if part is not NoneType]
        if len(inner) != 1:
            raise TypeError(f"{annotation} is not one type, or one type and None")
        base, marks, _ = _unwrapped(inner[0], marks)
        return base, marks, False
    if get_origin(annotation) is Annotated:
        base, *more = get_args(annotation)
        unpacked = tuple(part for mark in more for part in _mark_parts(mark))
        return base, (*unpacked, *marks), True
    return annotation, marks, True


def _mark_parts(mark: Any) -> tuple[Any, ...]:
    return tuple(mark.metadata) if isinstance(mark, FieldInfo) else (mark,)


def _number(bound: object) -> int | float:
    if not isinstance(bound, (int, float)):
        raise TypeError(f"a bound of a column is a number, not {bound!r}")
    return bound


def _shape(base: Any, marks: tuple[Any, ...]) -> tuple[CellType, str]:
    if isinstance(base, type) and issubclass(base, StrEnum):
        return "coded", ""
    if base is int:
        return "integer", ""
    if base is float:
        return "number", ""
    if base is not str:
        raise TypeError(f"a column cannot hold {base}")
    for mark in marks:
        if isinstance(mark, AfterValidator):
            return _SHAPES[mark]
        pattern = getattr(mark, "pattern", None)
        if pattern is not None:
            return "text", pattern.pattern if isinstance(pattern, re.Pattern) else pattern
        if isinstance(mark, MinLen):
            return "text", ""
    raise TypeError("a text column says what it holds: use Text or a narrower type")
