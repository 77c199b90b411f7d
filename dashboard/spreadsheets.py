"""Tables that a spreadsheet has saved, brought back to their canonical form without guessing.

What the form of a cell leaves no doubt about is mended by itself. Where the last good version of
the tables is known, a cell that a spreadsheet alone can have made of the former value gets it back.
Whatever is not sure stays as it is, for the checks to tell.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from dashboard import faults
from dashboard.columns import columns_of, names_of
from dashboard.data_folder import locked
from dashboard.faults import quoted
from dashboard.issues import Issue, issue_at
from dashboard.layout import Cells, canonical_text
from dashboard.raw_table import RawTable
from dashboard.readings import is_form_of, sure_reading
from dashboard.row_changes import Key, Tables, rows_by_key
from dashboard.schema import TABLES, Row
from dashboard.tables import file_of, hindrances, sort_key, table_from_bytes, table_text, write_text

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SHOWN_BEFORE = 15
_CODECS = ("cp1252", "cp1250", "cp1251", "cp949", "cp932", "gb18030")


@dataclass(frozen=True, order=True)
class Mend:
    """One thing that was mended.

    Attributes:
        file: Name within the data folder.
        line: The line of the row in the file as it is now; 0 where the whole file was mended.
        column: The column; empty where the whole file was mended.
        before: The cell as found, or what was found in words.
        after: The cell as it is now, or what is there now in words.
    """

    file: str
    line: int
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.line:
            return f"{self.file}: {self.before} → {self.after}"
        before, after = _where_they_differ(self.before, self.after)
        return f"{self.file}:{self.line}: {self.column}: {quoted(before)} → {quoted(after)}"


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Return two texts without a long beginning that both have."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    start = same - _SHOWN_BEFORE
    return (f"...{one[start:]}", f"...{other[start:]}") if start > _SHOWN_BEFORE else (one, other)


@dataclass(frozen=True)
class MendedTable:
    """A table after mending.

    Attributes:
        text: The file in its canonical form; None where it must be left as it is.
        mends: What was mended.
        issues: Why the file is left as it is.
    """

    text: str | None
    mends: tuple[Mend, ...] = ()
    issues: tuple[Issue, ...] = ()


def mend_folder(
    folder: Path, earlier: Tables
) -> tuple[tuple[str, ...], tuple[Mend, ...], tuple[Issue, ...]]:
    """Mend the tables of a folder that a spreadsheet has saved, and write them.

    Args:
        folder: The data folder.
        earlier: The tables in their last good version, as far as it is known.

    Returns:
        The names of the files that were rewritten, all that was mended, and the issues for which
        other files were left as they are.

    Raises:
        OSError: A file cannot be read or written, or another writer holds the folder.
    """
    if not folder.is_dir():
        return (), (), (issue_at(folder.name, 0, faults.missing_folder()),)
    rewritten: list[str] = []
    mends: list[Mend] = []
    issues: list[Issue] = []
    with locked(folder):
        for row_class in TABLES:
            path = folder / file_of(row_class)
            if not path.exists():
                issues.append(issue_at(path.name, 0, faults.missing_file()))
                continue
            data = path.read_bytes()
            mended = mended_table(data, row_class, earlier.get(row_class.table))
            mends += mended.mends
            issues += mended.issues
            if mended.text is not None and mended.text.encode("utf-8") != data:
                write_text(path, mended.text)
                rewritten.append(path.name)
    return tuple(rewritten), tuple(mends), tuple(issues)


def mended_table(data: bytes, row_class: type[Row], earlier: RawTable | None) -> MendedTable:
    """Return a table that a spreadsheet has saved, mended as far as is sure.

    Args:
        data: The file.
        row_class: The table.
        earlier: The table in its last good version; None where it is not known.
    """
    file = file_of(row_class)
    before = rows_by_key(earlier, row_class) if earlier else {}
    text, of_the_bytes = _decoded(data, row_class, before)
    records, of_the_file, joined = _records(text, row_class, before)
    if records:
        text = canonical_text(records)
    table, issues = table_from_bytes(text.encode("utf-8") if text else data, file, row_class)
    hindering = hindrances(table, issues)
    if hindering:
        return MendedTable(None, (), tuple(hindering))
    rows, changes = _mended_rows(table, row_class, before)
    for number, line in enumerate(table.lines):
        changes[number] = joined.get(line, []) + changes[number]
    whole = [Mend(file, 0, "", was, now) for was, now in [*of_the_bytes, *of_the_file]]
    mends = [*whole, *_located(file, rows, row_class, changes)]
    return MendedTable(table_text(rows, row_class), tuple(mends))


Change = tuple[str, str, str]
"""Column, cell as found, and cell as it should be."""


# ------------------------------------------------------------------ bytes


def _decoded(
    data: bytes, row_class: type[Row], before: Mapping[Key, Cells]
) -> tuple[str, list[tuple[str, str]]]:
    """Return the text (empty where none is sure), and what was mended to get it, in words."""
    if data.startswith(codecs.BOM_UTF8):
        return _if_decodes(data, "utf-8-sig"), [("a byte order mark", "none")]
    sixteen = _utf16_codec(data)
    if sixteen:
        return _if_decodes(data, sixteen), [("UTF-16", "UTF-8")]
    text = _if_decodes(data, "utf-8")
    if text:
        return text, []
    codec = _proven_codec(data, row_class, before)
    return (_if_decodes(data, codec), [(codec, "UTF-8")]) if codec else ("", [])


def _if_decodes(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return ""


def _utf16_codec(data: bytes) -> str:
    """Return the codec of UTF-16, with its mark or without; nothing for other bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    header = data[:40]
    zeros = header[0::2].count(0), header[1::2].count(0)
    if max(zeros) < max(1, len(header) // 2):
        return ""
    return "utf-16-be" if zeros[0] else "utf-16-le"


def _proven_codec(data: bytes, row_class: type[Row], before: Mapping[Key, Cells]) -> str:
    """Return the one codec in which the file says what the last good version says.

    A codec that turns more cells into those of the last good version than another refutes it. If
    two that give different texts do equally well, neither is proven.
    """
    known = {cell for row in before.values() for cell in row if not cell.isascii()}
    proofs: dict[str, int] = {}
    for codec in _CODECS:
        records = _parsed(_if_decodes(data, codec), row_class)[0]
        proofs[codec] = len(known & {cell for record in records for cell in record})
    most = max(proofs.values())
    best = [codec for codec in _CODECS if proofs[codec] == most]
    is_proven = most > 0 and len({data.decode(codec) for codec in best}) == 1
    return best[0] if is_proven else ""


# ------------------------------------------------------------------ records


def _parsed(text: str, row_class: type[Row]) -> tuple[list[list[str]], str]:
    """Return the records of a text, none where its quotes are astray, and their separator."""
    header = text.split("\n", 1)[0].rstrip("\r").replace('"', "")
    names = set(names_of(row_class))
    found = {sign: len(names & set(header.split(sign))) for sign in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda sign: found[sign])
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return list(reader), separator
    except csv.Error:
        return [], separator


def _records(
    text: str, row_class: type[Row], before: Mapping[Key, Cells]
) -> tuple[list[list[str]], list[tuple[str, str]], dict[int, list[Change]]]:
    """Return the records with cells put in their places.

    Returns:
        The records, none where the text is to be read as it stands; what was mended in the whole
        file, in words; and the cells that were joined again, by line.
    """
    parsed, separator = _parsed(text, row_class)
    if not parsed:
        return [], [], {}
    words = [] if separator == "," else [(_SEPARATORS[separator], "commas")]
    header = _without_empty_end(parsed[0], 0)
    if not header:
        return [], words, {}
    width, full_width = len(header), len(parsed[0])
    if max(map(len, parsed)) <= width:
        return (parsed if words else []), words, {}
    is_cut = not any(len(_pieces(cell)) > 1 for record in parsed for cell in record)
    records = [header]
    joined: dict[int, list[Change]] = {}
    for line, record in enumerate(parsed[1:], start=2):
        former = before.get(_key(record, row_class)) if _is_header(header, row_class) else None
        whole = _joined(record, former) if is_cut and former else None
        if whole and former:
            joined[line] = _changes_of_joining(whole, former, row_class)
        elif is_cut and _may_be_cut(record, former):
            whole = [*record, *[""] * (width + 1 - len(record))]
        records.append(
            whole
            or [
                *record[:width],
                *_without_empty_end(record[width:full_width], 0),
                *record[full_width:],
            ]
        )
    if full_width > width:
        words.append(("columns without a name", "none"))
    return records, words, joined


def _may_be_cut(record: list[str], former: Cells | None) -> bool:
    """Return True where cells of a row may have been cut, and nothing shows where.

    Such a row is left with a cell too many: it must not be taken for whole with its cells astray.
    """
    was_cut = former is not None and any(len(_pieces(cell)) > 1 for cell in former)
    return was_cut or any(cell.startswith(" ") for cell in record)


def _is_header(header: list[str], row_class: type[Row]) -> bool:
    return tuple(header) == names_of(row_class)


def _key(record: list[str], row_class: type[Row]) -> Key:
    """Return the cells that name a row, which stand first in every table."""
    return tuple(record[: len(row_class.key)])


def _without_empty_end(record: list[str], least: int) -> list[str]:
    """Return a record without the empty cells at its end, but not shorter than some length."""
    end = len(record)
    while end > least and not record[end - 1]:
        end -= 1
    return record[:end]


def _joined(record: list[str], former: Cells) -> list[str] | None:
    """Return a record whose cells were cut at semicolons or tabs, with these cells whole again.

    Spreadsheets cut there by default when they open a file of commas. Only if every piece is that
    of the former row is it sure where the cuts are; cells that were not cut may have been edited.
    """
    pieces = [_pieces(cell) for cell in former]
    if len(_without_empty_end(record, 0)) > sum(map(len, pieces)):
        return None
    rest = iter([*record, *[""] * sum(map(len, pieces))])
    whole = []
    for cell, cut in zip(former, pieces, strict=True):
        found = [next(rest) for _ in cut]
        if len(cut) > 1 and found != cut:
            return None
        whole.append(cell if len(cut) > 1 else found[0])
    return whole


def _pieces(cell: str) -> list[str]:
    """Return the cells that a spreadsheet makes of one; a quoted cell is never cut."""
    is_quoted = any(sign in cell for sign in ',"\r\n')
    return [cell] if is_quoted else cell.replace("\t", ";").split(";")


def _changes_of_joining(whole: list[str], former: Cells, row_class: type[Row]) -> list[Change]:
    return [
        (name, "|".join(_pieces(before)), cell)
        for name, cell, before in zip(names_of(row_class), whole, former, strict=True)
        if cell == before and len(_pieces(before)) > 1
    ]


# ------------------------------------------------------------------ cells


def _mended_rows(
    table: RawTable, row_class: type[Row], before: Mapping[Key, Cells]
) -> tuple[list[Cells], list[list[Change]]]:
    """Return all rows with their cells mended, and what was changed in each row."""
    columns = columns_of(row_class)
    places = [names_of(row_class).index(name) for name in row_class.key]
    rows: list[Cells] = []
    changes: list[list[Change]] = []
    for row in table.rows:
        key = tuple(sure_reading(columns[place], row[place]) for place in places)
        former = before.get(key, ("",) * len(columns))
        mended = tuple(
            sure_reading(column, cell, was) if not is_form_of(column, cell, was) else was
            for column, cell, was in zip(columns, row, former, strict=True)
        )
        rows.append(mended)
        changes.append(
            [
                (column.name, cell, now)
                for column, cell, now in zip(columns, row, mended, strict=True)
                if cell != now
            ]
        )
    return rows, changes


def _located(
    file: str, rows: list[Cells], row_class: type[Row], changes: list[list[Change]]
) -> Iterable[Mend]:
    """Yield what was changed in rows, each at the line where its row stands when written."""
    key = sort_key(row_class)
    order = sorted(range(len(rows)), key=lambda number: key(rows[number]))
    for line, number in enumerate(order, start=2):
        for column, before, after in changes[number]:
            yield Mend(file, line, column, before, after)
