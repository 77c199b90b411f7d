"""The records of a CSV file and what is wrong with its lines, from its bytes alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard import faults
from dashboard.issues import Fault, Issue, issue_at

Cells = tuple[str, ...]

_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CELL = re.compile(r'"(?:[^"]|"")*"(?=,|\Z)|[^,]*')
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_NEEDS_QUOTES = re.compile(r'[,"\r\n]')
_MARKER = re.compile(r"(<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?: .*)?", re.DOTALL)
_LOSS = "\ufffd"


@dataclass(frozen=True)
class Layout:
    """The records of a file, with the faults of its lines.

    Attributes:
        records: Cells of the header and of each row; blank lines, merge markers and the second
            side of a merge conflict are left out.
        lines: The physical line, from 1, on which each record starts.
        issues: What is wrong with bytes and lines.
        told: Lines that have an issue which spoils their cells, so that these are not judged.
    """

    records: tuple[Cells, ...] = ()
    lines: tuple[int, ...] = ()
    issues: tuple[Issue, ...] = ()
    told: frozenset[int] = frozenset()


class _Record(NamedTuple):
    line: int
    cells: Cells
    raw: str
    end: str


def canonical_text(records: Iterable[Sequence[str]]) -> str:
    """Return records as CSV with LF line ends and no more quotes than needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(records)
    return out.getvalue()


def read_layout(data: bytes, file: str) -> Layout:
    """Return the records of a file's bytes; never raises, whatever they are."""
    text, issues, told = _decoded(data, file)
    separator = _wrong_separator(text)
    if not text or separator:
        return Layout(issues=issues + tuple(issue_at(file, 1, fault) for fault in separator))
    records = _clean_records(text)
    if records:
        return Layout(records, tuple(range(1, len(records) + 1)), issues, told)
    found = _layout_with_faults(text, file)
    return Layout(found.records, found.lines, issues + found.issues, told | found.told)


def _clean_records(text: str) -> tuple[Cells, ...]:
    """Return the records of a text that is in its canonical form but for the order of rows.

    Returns:
        All records, or none where the form is another one. Only lines with quotes go through the
        csv module; the others are split, which is five times as fast.
    """
    if "\r" in text or not text.endswith("\n"):
        return ()
    lines = text[:-1].split("\n")
    with_quotes = [line for line in lines if '"' in line]
    try:
        parsed = list(map(tuple, csv.reader(with_quotes, strict=True)))
    except csv.Error:
        return ()
    if canonical_text(parsed) != "".join(f"{line}\n" for line in with_quotes):
        return ()
    rest = iter(parsed)
    records = tuple([next(rest) if '"' in line else tuple(line.split(",")) for line in lines])
    is_even = len(set(map(len, records))) == 1
    return records if is_even and all(map(any, records)) else ()


def _wrong_separator(text: str) -> list[Fault]:
    """Return a fault where the header's cells are parted by something else than commas."""
    header = text.split("\n", 1)[0]
    if "," in header:
        return []
    signs = ((";", faults.semicolons()), ("\t", faults.tabs()))
    return [fault for sign, fault in signs if sign in header][:1]


# ------------------------------------------------------------------ bytes


def _decoded(data: bytes, file: str) -> tuple[str, tuple[Issue, ...], frozenset[int]]:
    """Return the text (empty where none can be had), the issues, and the lines they spoil."""
    sample = data[:4096]
    if data.startswith(_UTF16_BOMS) or sample.count(0) > len(sample) // 5:
        return "", (issue_at(file, 1, faults.utf16()),), frozenset()
    issues = []
    if data.startswith(_BOM):
        issues.append(issue_at(file, 1, faults.byte_order_mark()))
        data = data.removeprefix(_BOM)
    if not data.strip():
        return "", (issue_at(file, 1, faults.empty_file()),), frozenset()
    try:
        return data.decode("utf-8"), tuple(issues), frozenset()
    except UnicodeDecodeError as error:
        issues.append(_encoding_issue(data, error.start, file))
    text = data.decode("utf-8", "replace")
    lines = enumerate(io.StringIO(text, newline=""), start=1)
    return text, tuple(issues), frozenset(line for line, content in lines if _LOSS in content)


def _encoding_issue(data: bytes, start: int, file: str) -> Issue:
    """Return the issue of the cell that holds the first byte which is no UTF-8."""
    label, codec = _likely_encoding(data)
    lines_before = data.count(b"\n", 0, start)
    begin = data.rfind(b"\n", 0, start) + 1
    line = data[begin:].split(b"\n", 1)[0].rstrip(b"\r").decode(codec, "replace")
    position = len(list(_raw_cells(data[begin:start].decode(codec, "replace")))) - 1
    cells, names = (
        _loose_cells(line),
        _loose_cells(data.split(b"\n", 1)[0].decode("ascii", "replace")),
    )
    value = cells[min(position, len(cells) - 1)]
    column = names[position].strip() if lines_before and position < len(names) else ""
    return issue_at(file, lines_before + 1, faults.not_utf8(value, label), column, value)


def _likely_encoding(data: bytes) -> tuple[str, str]:
    """Return a name for people and a codec for what bytes that are not ASCII probably are.

    Korean letters take two bytes each; Cyrillic words are runs of bytes above 127; letters with
    accents stand alone among plain ones.
    """
    runs = re.findall(rb"[\x80-\xff]+[\x40-\x7e]?", data)
    foreign = b" ".join(runs)[:65536]
    hangul = [letter for letter in foreign.decode("cp949", "replace") if not letter.isascii()]
    if sum("\uac00" <= letter <= "\ud7a3" for letter in hangul) >= 0.8 * len(hangul):
        return "cp949 (Korean Windows)", "cp949"
    cyrillic = [letter for letter in foreign.decode("cp1251", "replace") if not letter.isascii()]
    is_cyrillic = sum("\u0410" <= letter <= "\u044f" for letter in cyrillic) >= 0.8 * len(cyrillic)
    if is_cyrillic and len(cyrillic) >= 2 * len(runs):
        return "cp1251 (Cyrillic Windows)", "cp1251"
    return "latin-1 (Western Windows)", "latin-1"


# ------------------------------------------------------------------ lines


def _strict_records(text: str) -> list[tuple[int, Cells]]:
    """Return all records with the line on which each starts, blank ones included.

    Raises:
        csv.Error: A quote is astray, or a cell is longer than the csv module allows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, Cells]] = []
    line = 1
    for cells in reader:
        records.append((line, tuple(cells)))
        line = reader.line_num + 1
    return records


def _layout_with_faults(text: str, file: str) -> Layout:
    lines = list(io.StringIO(text, newline=""))
    records = _records(text, lines)
    dropped, conflicts = _conflicts(records, file)
    kept = [record for record in records if record.line not in dropped]
    full = [record for record in kept if any(cell.strip() for cell in record.cells)]
    blank = {record.line for record in kept} - {record.line for record in full}
    strays = _stray_quote_issues(full, file)
    issues = [
        *_line_end_issues(records, file),
        *conflicts,
        *(issue_at(file, line, faults.blank_line()) for line in blank),
        *strays,
        *_needless_quote_issues(full, file),
    ]
    told = {issue.line for issue in strays} | _beside_stray_cr(records)
    return Layout(
        tuple(record.cells for record in full),
        tuple(record.line for record in full),
        tuple(issues),
        frozenset(told),
    )


def _records(text: str, lines: list[str]) -> list[_Record]:
    """Return all records with their raw text, line by line where quotes do not close."""
    try:
        found = _strict_records(text)
    except csv.Error:
        return [
            _Record(number, _loose_cells(line.rstrip("\r\n")), *_parted(line))
            for number, line in enumerate(lines, start=1)
        ]
    ends = [line for line, _ in found[1:]] + [len(lines) + 1]
    return [
        _Record(line, cells, *_parted("".join(lines[line - 1 : end - 1])))
        for (line, cells), end in zip(found, ends, strict=True)
    ]


def _parted(line: str) -> tuple[str, str]:
    """Return a line and its line end."""
    bare = line.rstrip("\r\n")
    return bare, line[len(bare) :]


def _raw_cells(line: str) -> Iterator[tuple[str, bool]]:
    """Yield each cell as it stands in a line, and whether a quote in it is astray."""
    position = 0
    while position <= len(line):
        match = _CELL.match(line, position)
        cell = match.group() if match else ""
        yield cell, '"' in cell and not _QUOTED.fullmatch(cell)
        position += len(cell) + 1


def _loose_cells(line: str) -> Cells:
    """Return the cells of one line, however its quotes stand."""
    return tuple(
        cell[1:-1].replace('""', '"') if cell.startswith('"') and not is_stray else cell
        for cell, is_stray in _raw_cells(line)
    )


def _located_cells(records: list[_Record]) -> Iterator[tuple[int, str, str, bool]]:
    """Yield line, column, raw cell and whether a quote in it is astray, of all records."""
    names = records[0].cells if records else ()
    for number, record in enumerate(records):
        for position, (cell, is_stray) in enumerate(_raw_cells(record.raw)):
            column = names[position] if number and position < len(names) else ""
            yield record.line, column, cell, is_stray


def _stray_quote_issues(records: list[_Record], file: str) -> list[Issue]:
    """Return one issue for each line with a quote astray."""
    first_of_line: dict[int, Issue] = {}
    for line, column, cell, is_stray in _located_cells(records):
        if is_stray and line not in first_of_line:
            issue = issue_at(file, line, faults.stray_quote(cell), column, cell)
            first_of_line[line] = issue
    return list(first_of_line.values())


def _needless_quote_issues(records: list[_Record], file: str) -> list[Issue]:
    """Return one issue for the first cell that is quoted without need."""
    for line, column, cell, is_stray in _located_cells(records):
        inner = cell[1:-1]
        if cell.startswith('"') and not is_stray and not _NEEDS_QUOTES.search(inner):
            return [issue_at(file, line, faults.needless_quotes(inner), column, inner)]
    return []


def _line_end_issues(records: list[_Record], file: str) -> list[Issue]:
    """Return one issue for each wrong kind of line end, at its first line."""
    first = {record.end: record.line for record in reversed(records)}
    stray_cr = faults.stray_cr() if "\n" in first or "\r\n" in first else faults.bare_cr()
    kinds = (("\r\n", faults.crlf()), ("\r", stray_cr), ("", faults.no_final_line_end()))
    return [issue_at(file, first[end], fault) for end, fault in kinds if end in first]


def _beside_stray_cr(records: list[_Record]) -> set[int]:
    """Return the lines before and after a CR that may have cut a line in two."""
    ends = {record.end for record in records}
    if ends <= {"\r", ""}:
        return set()
    after = [record.line for record in records[1:]] + [0]
    beside = zip(records, after, strict=True)
    return {
        line
        for record, next_line in beside
        if record.end == "\r"
        for line in (record.line, next_line)
    }


def _conflicts(records: list[_Record], file: str) -> tuple[set[int], list[Issue]]:
    """Return the lines to leave out for merge conflicts, and one issue for each conflict."""
    dropped: set[int] = set()
    issues = []
    begin = middle = 0
    for record in records:
        match = _MARKER.fullmatch(record.raw)
        if not match:
            continue
        dropped.add(record.line)
        sign = match.group(1)[0]
        if sign == "<":
            begin, middle = record.line, 0
            issues.append(issue_at(file, begin, faults.conflict()))
        elif not begin:
            issues.append(issue_at(file, record.line, faults.conflict()))
        elif sign == ">":
            dropped.update(range(middle or record.line, record.line))
            begin = 0
        else:
            middle = middle or record.line
    return dropped, issues
