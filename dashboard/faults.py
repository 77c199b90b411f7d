"""Every fault that the data can have, in words for the people who mend it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.issues import Fault

RUN_FORMAT = "run `shipments format`"
LONGEST_CELL = 32_767

_CHARACTER_NAMES = {"\0": "a NUL byte", "\t": "a tab", "\n": "a line break", "\r": "a line break"}


def quoted(value: str) -> str:
    """Return a cell in single quotes, on one line and no longer than 60 characters."""
    shown = "".join(letter if letter.isprintable() else _escaped(letter) for letter in value[:61])
    return f"'{shown}'" if len(shown) <= 60 else f"'{shown[:57]}...'"


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def _or_nothing(suggestion: str | None, otherwise: str) -> str:
    return f"did you mean {quoted(suggestion)}?" if suggestion else otherwise


# ------------------------------------------------------------------ files


def missing_folder() -> Fault:
    """The data folder is not there."""
    return Fault("is not a folder", "name the folder that holds claims.csv")


def missing_file() -> Fault:
    """A table has no file."""
    return Fault("is missing", "every table needs its file, if only with the header line")


def unreadable_file(reason: str) -> Fault:
    """The system refuses to read the file."""
    return Fault("cannot be read", reason)


def empty_file() -> Fault:
    """There is nothing in the file."""
    return Fault("is empty", "write at least the header line")


def utf16() -> Fault:
    """The file was saved as 'Unicode text'."""
    return Fault("is UTF-16, not UTF-8", "save the file as 'CSV UTF-8'")


def byte_order_mark() -> Fault:
    """The file begins with a byte order mark."""
    return Fault("begins with a byte order mark (BOM)", RUN_FORMAT)


def not_utf8(value: str, likely: str) -> Fault:
    """The bytes are no UTF-8; `likely` names the probable encoding."""
    return Fault(
        f"{quoted(value)} is not UTF-8 but probably {likely}", "save the file as 'CSV UTF-8'"
    )


def semicolons() -> Fault:
    """Cells are parted by semicolons, as a spreadsheet does in many countries."""
    return Fault("has semicolons between its cells", "save the file with commas between the cells")


def tabs() -> Fault:
    """Cells are parted by tabs."""
    return Fault("has tabs between its cells", "save the file with commas between the cells")


# ------------------------------------------------------------------ header


def no_header(names: Sequence[str]) -> Fault:
    """The first line names no column."""
    return Fault("has no header line", f"write as the first line: {','.join(names)}")


def missing_column() -> Fault:
    """A column is not in the header."""
    return Fault("is missing from the header", "add the column, with a cell in each row")


def unknown_column(name: str, suggestion: str | None) -> Fault:
    """The header names a column that the table does not have."""
    remedy = _or_nothing(suggestion, "remove the column")
    return Fault(f"{quoted(name)} is not a column of this table", remedy)


def repeated_column(name: str, suggestion: str | None) -> Fault:
    """The header names a column twice."""
    remedy = _or_nothing(suggestion, "remove one of the two columns")
    return Fault(f"{quoted(name)} stands twice in the header", remedy)


def reordered_columns(names: Sequence[str]) -> Fault:
    """All columns are there, in another order."""
    return Fault(f"has its columns in another order than {', '.join(names)}", RUN_FORMAT)


# ------------------------------------------------------------------ lines


def crlf() -> Fault:
    """Lines end as on Windows."""
    return Fault("lines end in CR LF, not in LF", RUN_FORMAT)


def bare_cr() -> Fault:
    """All lines end as on an old Macintosh."""
    return Fault("lines end in CR, not in LF", RUN_FORMAT)


def stray_cr() -> Fault:
    """A carriage return alone stands among other line ends, and may cut a row in two."""
    return Fault("the line ends in CR, not in LF", "replace the CR with LF, or with a space")


def no_final_line_end() -> Fault:
    """The last line is cut."""
    return Fault("the last line has no line end", RUN_FORMAT)


def blank_line() -> Fault:
    """A line without any value."""
    return Fault("the line is blank", RUN_FORMAT)


def conflict() -> Fault:
    """A merge was left undone."""
    return Fault("a merge conflict begins here", "keep the right rows and remove the markers")


def too_many_cells(found: int, wanted: int) -> Fault:
    """A line has more cells than the header."""
    remedy = "put double quotes around a cell that holds a comma"
    return Fault(f"the line has {found} cells, not {wanted}", remedy)


def too_few_cells(found: int, wanted: int) -> Fault:
    """A line has fewer cells than the header."""
    remedy = "an empty cell needs its comma too"
    return Fault(f"the line has {found} cells, not {wanted}", remedy)


def stray_quote(value: str) -> Fault:
    """A double quote stands where it neither opens nor closes a cell."""
    remedy = 'write "" for each double quote within a cell, and one " before and after the cell'
    return Fault(f"{quoted(value)} has a stray double quote", remedy)


def needless_quotes(value: str) -> Fault:
    """A cell is quoted that need not be."""
    return Fault(f"{quoted(value)} has double quotes that it does not need", RUN_FORMAT)


def unsorted(before: str, columns: Sequence[str]) -> Fault:
    """A row stands below one that it belongs above."""
    rule = ", then ".join(columns)
    return Fault(f"the row belongs above {quoted(before)}: rows are sorted by {rule}", RUN_FORMAT)


# ------------------------------------------------------------------ cells


def control_character(value: str) -> Fault:
    """A cell holds a character that no reader can see."""
    found = next((letter for letter in value if letter < " " or letter == "\x7f"), "")
    name = _CHARACTER_NAMES.get(found, "a control character")
    return Fault(f"{quoted(value)} holds {name}", "write the cell on one line, in plain characters")
