"""A table as text: what the checks, the editor and the data frames are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from pandas.api.extensions import ExtensionArray

from dashboard.layout import Cells
from dashboard.sound_forms import SoundForm

Taken = TypeVar("Taken", np.ndarray[Any, Any], ExtensionArray)


@dataclass(frozen=True)
class RawTable:
    """A table as text, as it stands in its file.

    What is asked of whole columns is asked by name, so that a table which is kept by column can
    answer in its own way: see `dashboard.columnar`.

    Attributes:
        file: Name of the file, e.g. "claims.csv".
        header: The columns found, in the order of the row class; all of them in a sound file,
            none where the file could not be read.
        rows: One tuple of cells for each row, in the order of the file and of `header`.
        lines: The physical line, from 1, on which each row starts.
        told: Lines that have an issue already which spoils their cells.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Cells, ...]
    lines: tuple[int, ...]
    told: frozenset[int] = frozenset()

    @cached_property
    def columns(self) -> Mapping[str, Cells]:
        """The cells of each column that the header names."""
        cells = list(zip(*self.rows, strict=True)) or [()] * len(self.header)
        return dict(zip(self.header, cells, strict=True))

    def different(self, *names: str) -> set[Cells]:
        """Return the different cells that stand side by side in these columns."""
        return set(zip(*(self.columns[name] for name in names), strict=True))

    def is_unique(self, *names: str) -> bool:
        """Return whether no two rows have the same cells in these columns."""
        return len(self.different(*names)) == len(self.rows)

    def is_sorted(self, *names: str) -> bool:
        """Return whether the rows stand in the order of their cells in these columns, as text."""
        keys = list(zip(*(self.columns[name] for name in names), strict=True))
        return keys == sorted(keys)

    def unlike(
        self, name: str, form: SoundForm, known: tuple[RawTable, str] | None = None
    ) -> set[str]:
        """Return the different cells of a column that have not a form and are not known.

        Args:
            name: The column.
            form: What most cells are like.
            known: A table and a column of cells to leave out.
        """
        cells = {cell for (cell,) in self.different(name)}
        if known:
            table, column = known
            cells.difference_update(table.columns.get(column, ()))
        return {cell for cell in cells if not form.fits(cell)}

    def strangers(self, name: str, *others: tuple[RawTable, str]) -> set[str]:
        """Return the filled cells of a column that stand in no column of these tables."""
        known = (table.columns.get(column, ()) for table, column in others)
        return set(self.columns[name]).difference(*known, ("",))

    def has_twins(self, name: str, other: str) -> bool:
        """Return whether some row has the same filled cell in two columns."""
        cells = zip(self.columns[name], self.columns[other], strict=True)
        return any(one and one == two for one, two in cells)

    def objects(self, name: str) -> np.ndarray[Any, np.dtype[np.object_]]:
        """Return the cells of a column for a data frame, None where one is empty."""
        return np.array([cell or None for cell in self.columns[name]], dtype=object)

    def converted(self, name: str, convert: Callable[[Cells], Taken]) -> Taken:
        """Return what a function makes of a column's cells, each of which it takes by itself."""
        return convert(self.columns[name])
