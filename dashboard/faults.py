"""Every fault that the data can have, in words for the people who mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.codes import Qualifier
from dashboard.issues import Fault

RUN_FORMAT = "run `shipments format`"
FROM_SPREADSHEET = "run `shipments format --from-spreadsheet`"
LONGEST_CELL = 32_767

WRITE_A_DATE = "write YYYY-MM-DD, e.g. 2024-02-26"
EXCEL_DATES = "(Excel changes dates: format the column as Text)"

_BOUNDS = {
    Qualifier.EXACTLY: "write the figure as low and as high",
    Qualifier.ABOUT: "write the figure as low and as high",
    Qualifier.AT_LEAST: "write a low and no high",
    Qualifier.MORE_THAN: "write a low and no high",
    Qualifier.UP_TO: "write a high and no low",
    Qualifier.BETWEEN: "write a low and a higher high",
}
TURNS_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that make words run the other way: a text could show what it does not say."""

_CHARACTER_NAMES = {
    "\0": "a NUL byte",
    "\t": "a tab",
    "\n": "a line break",
    "\r": "a line break",
    **dict.fromkeys(TURNS_DIRECTION, "a sign that turns the direction of reading"),
}


def quoted(value: str) -> str:
    """Return a cell in single quotes, on one line and no longer than 60 characters."""
    shown = "".join(letter if letter.isprintable() else _escaped(letter) for letter in value[:61])
    return f"'{shown}'" if len(shown) <= 60 else f"'{shown[:57]}...'"


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def _did_you_mean(suggestion: str | None, otherwise: str) -> str:
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


def leads_out() -> Fault:
    """The file is a link to a place outside the data folder."""
    return Fault("is a link that leads out of the data folder", "put the file itself in its place")


def empty_file() -> Fault:
    """There is nothing in the file."""
    return Fault("is empty", "write at least the header line")


def utf16() -> Fault:
    """The file was saved as 'Unicode text'."""
    return Fault("is UTF-16, not UTF-8", f"{FROM_SPREADSHEET}, or save it as 'CSV UTF-8'")


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
    return Fault("has semicolons between its cells", f"{FROM_SPREADSHEET}, or save it with commas")


def tabs() -> Fault:
    """Cells are parted by tabs."""
    return Fault("has tabs between its cells", f"{FROM_SPREADSHEET}, or save it with commas")


# ------------------------------------------------------------------ header


def no_header(names: Sequence[str]) -> Fault:
    """The first line names no column."""
    return Fault("has no header line", f"write as the first line: {','.join(names)}")


def missing_column() -> Fault:
    """A column is not in the header."""
    return Fault("is missing from the header", "add the column, with a cell in each row")


def nameless_column() -> Fault:
    """The header goes on where no column is: cells were cut in two, or a cell beyond was filled."""
    return Fault("the header has a column without a name", f"{FROM_SPREADSHEET}, or remove it")


def unknown_column(name: str, suggestion: str | None) -> Fault:
    """The header names a column that the table does not have."""
    remedy = _did_you_mean(suggestion, "remove the column")
    return Fault(f"{quoted(name)} is not a column of this table", remedy)


def repeated_column(name: str, suggestion: str | None) -> Fault:
    """The header names a column twice."""
    remedy = _did_you_mean(suggestion, "remove one of the two columns")
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
    cells = "1 cell" if found == 1 else f"{found} cells"
    return Fault(f"the line has {cells}, not {wanted}", "an empty cell needs its comma too")


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
    unseen = f"\x7f{TURNS_DIRECTION}"
    found = next((letter for letter in value if letter < " " or letter in unseen), "")
    name = _CHARACTER_NAMES.get(found, "a control character")
    return Fault(f"{quoted(value)} holds {name}", "write the cell on one line, in plain characters")


def surrounding_spaces(value: str) -> Fault:
    """A cell begins or ends with a space."""
    return Fault(f"{quoted(value)} begins or ends with a space", "remove the space")


def empty_cell() -> Fault:
    """A required cell is empty."""
    return Fault("is empty", "this column is needed in every row")


def word_for_unknown(value: str, is_required: bool) -> Fault:
    """A word or sign stands where the cell should be empty."""
    remedy = "write what is known" if is_required else "leave the cell empty if it is not known"
    return Fault(f"{quoted(value)} stands for an unknown value", remedy)


def formula(value: str) -> Fault:
    """A spreadsheet would run the cell, or take it for a sum."""
    return Fault(
        f"{quoted(value)} begins like a spreadsheet formula", "begin with a letter or a digit"
    )


def spreadsheet_error(value: str) -> Fault:
    """A spreadsheet ran the cell, and failed."""
    return Fault(f"{quoted(value)} is an error of a spreadsheet", "write what stood there before")


def lost_letters(value: str) -> Fault:
    """Letters were saved in an encoding that does not have them."""
    return Fault(
        f"{quoted(value)} has question marks in the place of letters",
        f"{FROM_SPREADSHEET}, or write the letters again and save the file as 'CSV UTF-8'",
    )


def too_long(length: int) -> Fault:
    """A spreadsheet would cut the cell."""
    return Fault(
        f"has {length:,} characters", f"write at most {LONGEST_CELL:,}, which a spreadsheet holds"
    )


def not_allowed(value: str, suggestion: str | None, allowed: Sequence[str]) -> Fault:
    """A coded column holds a value that is not in its list."""
    listed = ", ".join(allowed)
    remedy = f"did you mean {quoted(suggestion)}? Allowed: {listed}" if suggestion else ""
    return Fault(f"{quoted(value)} is not an allowed value", remedy or f"write one of {listed}")


def not_a_whole_number(value: str, meant: str) -> Fault:
    """A count is not written in plain digits; `meant` is the number, where it can be told."""
    remedy = f"write {meant}" if meant else "write digits only, e.g. 13000"
    return Fault(f"{quoted(value)} is not a whole number in plain digits", remedy)


def not_a_decimal(value: str) -> Fault:
    """A coordinate is not written as a plain decimal number."""
    return Fault(
        f"{quoted(value)} is not a decimal number", "write digits and a point, e.g. 42.2333"
    )


def too_small(value: str, minimum: float) -> Fault:
    """A number is below the least that makes sense."""
    return Fault(f"{quoted(value)} is too small", f"write {minimum:g} or more")


def too_great(value: str, maximum: float) -> Fault:
    """A number is above the greatest that makes sense."""
    return Fault(f"{quoted(value)} is too great", f"write {maximum:g} or less")


def excel_date(value: str) -> Fault:
    """A spreadsheet has changed a date into its own form."""
    return Fault(f"{quoted(value)} is not a date", f"{WRITE_A_DATE} {EXCEL_DATES}")


def excel_serial(value: str, day: date) -> Fault:
    """A spreadsheet has changed a date into a number of days."""
    return Fault(f"{quoted(value)} is not a date", f"write {day.isoformat()}? {EXCEL_DATES}")


def not_a_country(value: str) -> Fault:
    """The cell is not of the form of a country code."""
    return Fault(f"{quoted(value)} is not a country code", "write ISO 3166 alpha-3, e.g. PRK")


def not_a_language(value: str) -> Fault:
    """The cell is not of the form of a language tag."""
    return Fault(f"{quoted(value)} is not a language tag", "write BCP 47, e.g. ko or zh-Hant")


def wrong_form(value: str, reason: str) -> Fault:
    """The cell breaks a rule of its column that has no words of its own."""
    return Fault(f"{quoted(value)} is not allowed here", reason)


# ------------------------------------------------------------------ rows and tables


def repeated_key(value: str, first_line: int) -> Fault:
    """An id is used by two rows."""
    return Fault(
        f"{quoted(value)} is already the id of line {first_line}",
        "give this row another id, or remove it if it repeats that line",
    )


def unknown_id(value: str, table: str, suggestion: str | None) -> Fault:
    """An id is in no row of the table that it points to."""
    remedy = _did_you_mean(suggestion, f"add it to {table}.csv, or correct it")
    return Fault(f"{quoted(value)} is not in {table}.csv", remedy)


def link_to_itself(value: str, other_column: str) -> Fault:
    """A row links a thing with itself."""
    return Fault(f"{quoted(value)} is also the {other_column} of this row", "name another one")


def circle(members: Sequence[str]) -> Fault:
    """Bodies are part of each other."""
    way = " in ".join(members)
    return Fault(f"{quoted(members[0])} is part of itself", f"break the circle: {way}")


def low_above_high(low: str, high: str) -> Fault:
    """The bounds are the wrong way round."""
    return Fault(f"{quoted(low)} is above the upper bound, {high}", "correct one of the two")


def bounds_without_qualifier() -> Fault:
    """A number is given and its hedge is not."""
    allowed = ", ".join(Qualifier)
    return Fault("is empty though a figure is given", f"say how it was hedged: {allowed}")


def bound_misfit(value: str, qualifier: Qualifier) -> Fault:
    """A bound is there that the qualifier rules out, or is not there though it demands it."""
    found = quoted(value) if value else "an empty cell"
    return Fault(f"{found} does not fit the qualifier '{qualifier}'", _BOUNDS[qualifier])


def not_of_item(value: str, item: str, wanted: str) -> Fault:
    """Unit or direction are not those of the item."""
    return Fault(f"{quoted(value)} does not go with item '{item}'", f"write {wanted}")


def denial_misfit(status: str, measure: str) -> Fault:
    """A denial is not marked as one in both columns."""
    return Fault(
        f"{quoted(status)} does not go with measure '{measure}'",
        "a denial has measure 'denial' and status 'denied', and nothing else has either",
    )


def not_of_series(value: str, series: str, wanted: str) -> Fault:
    """A claim is of another kind than its series."""
    return Fault(
        f"{quoted(value)} does not go with series '{series}', which is of {wanted}",
        f"write {wanted}, or leave series empty",
    )


def claimant_not_of_series(value: str, series: str, wanted: str) -> Fault:
    """A claim's body is neither the series' own nor a part of it."""
    return Fault(
        f"{quoted(value)} is not part of '{wanted}', whose series '{series}' is",
        "name another series, or leave series empty",
    )


def start_after_end(value: str, end_column: str, end: str) -> Fault:
    """A period ends before it starts."""
    return Fault(f"{quoted(value)} is after {end_column}, {end}", "correct one of the two")


def in_the_future(value: str, today: date) -> Fault:
    """A date lies after the day of the check."""
    return Fault(f"{quoted(value)} is later than today, {today.isoformat()}", "correct the date")


def half_of_pair(other_column: str) -> Fault:
    """Two columns go together and only one is filled."""
    return Fault(f"is empty though {other_column} is given", f"fill it, or empty {other_column}")


def wrong_factor(value: str, to: str, start: str, wanted: Sequence[int]) -> Fault:
    """A conversion factor is not that of its pair of claims."""
    meant = " or ".join(str(factor) for factor in wanted)
    return Fault(f"{quoted(value)} is not {to} divided by {start}", f"write {meant}")


def no_figure_to_convert(value: str) -> Fault:
    """A conversion names a claim without a figure."""
    return Fault(f"{quoted(value)} has no figure, or that of zero", "name a claim with a figure")


def wrong_number_in_row(value: str, wanted: int) -> Fault:
    """Parts of a thing are not numbered from 1 without gaps."""
    return Fault(
        f"{quoted(value)} stands where {wanted} is due", "number them from 1, without gaps"
    )


def no_leg(value: str) -> Fault:
    """A route has no legs."""
    return Fault(f"{quoted(value)} has no leg in legs.csv", "add its legs")


def no_document(value: str) -> Fault:
    """A claim rests on no document."""
    return Fault(f"{quoted(value)} has no document in claim_sources.csv", "add one there")


def backs_nothing(value: str, tables: Sequence[str]) -> Fault:
    """A document is linked to nothing."""
    listed = ", ".join(f"{table}.csv" for table in tables)
    return Fault(f"{quoted(value)} backs nothing", f"link it in one of {listed}, or remove it")


def not_confirmed(origins: int) -> Fault:
    """Return the fault of a claim graded 1 without two independent origins."""
    return Fault(
        f"1 means confirmed by an independent origin, and there is {origins} in all"
        if origins == 1
        else "1 means confirmed by an independent origin, and there is none",
        "write 2 or a higher number, or link the claim that corroborates it in claim_links.csv",
    )
