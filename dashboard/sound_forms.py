"""Forms of cells that break no rule: one pattern, for a cell and for a whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class SoundForm:
    """A form that no cell at fault has; a cell of another form may be sound all the same.

    Attributes:
        pattern: Regular expression of the whole cell. It keeps to what both engines read alike:
            classes, groups and repeats, and no looking ahead, which Arrow's (RE2) cannot.
        never: Signs that stand nowhere in such a cell.
        longest: The most signs that it has.
    """

    pattern: str
    never: str
    longest: int

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _never_as_bytes(self) -> re.Pattern[bytes]:
        return re.compile(re.escape(self.never.encode()))

    def fits(self, cell: str) -> bool:
        """Return whether a cell has the form."""
        is_short = len(cell) <= self.longest
        return is_short and self.never not in cell and bool(self._whole.fullmatch(cell))

    def unlike(self, cells: pa.StringArray) -> list[str]:
        """Return the different cells that have not the form, and maybe some that have it.

        Missing cells are left out.
        """
        if not len(cells):
            return []
        fits = pc.match_substring_regex(cells, f"^(?:{self.pattern})$")
        # A sign takes one byte or more, so what is short in bytes is short in signs.
        fits = pc.and_(fits, pc.less_equal(pc.binary_length(cells), self.longest))
        # One look at all cells, as they stand side by side, is faster than one at each.
        if self._never_as_bytes.search(cells.buffers()[2]):
            fits = pc.and_(fits, pc.invert(pc.match_substring(cells, self.never)))
        if pc.all(fits).as_py():
            return []
        found: list[str] = cells.filter(pc.invert(fits)).unique().to_pylist()
        return found
