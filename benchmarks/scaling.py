"""The shipped data many times over: new ids, other words, every check still passes.

Claims, documents, sightings and conversions are copied, and so is every row that links them.
Bodies, publishers, series, places, routes and vessels stay as they are: a dataset grows by what is
said and printed, not by new countries. Words, titles and addresses of copies differ from those of
the originals, so that no cell is cheap because it was seen before.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from dashboard.columns import columns_of, names_of
from dashboard.dataset import SHIPPED_DATA
from dashboard.layout import Cells
from dashboard.schema import TABLES, Row
from dashboard.tables import file_of, read_table, write_table

COPIED = {"claims": "claim_id", "sources": "source_id", "sightings": "sighting_id"} | {
    "conversions": "conversion_id"
}
"""The tables whose things are copied, with the column of their ids."""
OWN_WORDS = frozenset(("paraphrase", "title", "relays", "note", "spokesperson"))
"""Free text that differs from copy to copy."""


def multiplied(target: Path, times: int, source: Path = SHIPPED_DATA) -> Path:
    """Write the tables of a folder so many times over into another, and return that.

    Raises:
        ValueError: A shipped table cannot be read.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "datapackage.json", target)
    for row_class in TABLES:
        table, issues = read_table(source / file_of(row_class), row_class)
        if issues:
            raise ValueError(str(issues[0]))
        rows = _copies(table.rows, row_class, times)
        write_table(target / file_of(row_class), rows, row_class)
    return target


def _copies(rows: tuple[Cells, ...], row_class: type[Row], times: int) -> list[Cells]:
    """Return the rows and their copies; the rows alone where nothing in them is copied."""
    places = _places_of_ids(row_class)
    if not places:
        return list(rows)
    words = [place for place, name in enumerate(names_of(row_class)) if name in OWN_WORDS]
    addresses = [place for place, name in enumerate(names_of(row_class)) if name == "url"]
    copies = list(rows)
    for number in range(2, times + 1):
        ends = dict.fromkeys(places, f"-copy{number}")
        ends |= dict.fromkeys(words, f" (copy {number})")
        ends |= dict.fromkeys(addresses, f"#copy{number}")
        copies += [_with_ends(row, ends) for row in rows]
    return copies


def _places_of_ids(row_class: type[Row]) -> list[int]:
    """Return where ids of copied things stand in a row."""
    return [
        place
        for place, column in enumerate(columns_of(row_class))
        if COPIED.get(row_class.table) == column.name
        or (column.reference and column.reference.table in COPIED)
    ]


def _with_ends(row: Cells, ends: dict[int, str]) -> Cells:
    """Return a row with an end put to its filled cells at these places."""
    cells = list(row)
    for place, end in ends.items():
        if cells[place]:
            cells[place] += end
    return tuple(cells)
