"""The shipped files, spoilt in five thousand ways: a located message each, or legal; never a crash.

The sequence is fixed, so that a failure can be seen again: its number names the spoilt files.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard import columnar
from dashboard.checks import check_tables
from dashboard.cli import app
from dashboard.dataset import SHIPPED_DATA, dataset_from_tables
from dashboard.figures.catalogue import ChartOrder, draw
from dashboard.issues import Issue
from dashboard.layout import canonical_text, read_layout
from dashboard.origins import origins_of
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, Row
from dashboard.tables import file_of, table_by_line, table_from_bytes

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
ENTRY = Path(__file__).parents[1] / "dashboard" / "web" / "entry.py"
ALONE, IN_COMPANY, FILES_AT_ONCE = 600, 1_200, 4
EVERY_SO_OFTEN = 20
"""How often a spoilt folder is also given to the command and to the running app."""
SHIPPED = {row.table: (SHIPPED_DATA / file_of(row)).read_bytes() for row in TABLES}
RECORDS = {name: read_layout(data, f"{name}.csv").records for name, data in SHIPPED.items()}
ROW_CLASSES = {row.table: row for row in TABLES}

NASTY = (
    *("", " ", "0", "-1", "9" * 400, "1e999", "NaN", "NA", "-", "13,000", "13.000", "6700.0"),
    *("27-Aug-24", "2024-02-30", "2024-13", "45349", "2024-02-26T00:00:00", "27/08/2024"),
    *('=HYPERLINK("http://example.org")', "+1", "@x", "\t", "a\nb", "a\rb", "a\0b", '"', '""', ","),
    *("<script>alert(1)</script>", "[a](javascript:alert(1))", "$x^2$", ":smile:", ":red[x]"),
    *(
        "javascript:alert(1)",
        "https://",
        "ＩＤ",
        "\u202etxt",
        "\ud7ff",
        "e\u0301",
        "🚢",
        "x" * 40_000,
    ),
)


# ------------------------------------------------------------------ ways to spoil a file


def _flip(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]


def _insert(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + dice.randbytes(dice.randint(1, 12)) + data[place:]


def _delete(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    return data[:place] + data[place + dice.randint(1, 200) :]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    part = data[place : place + dice.randint(1, 200)]
    return data[:place] + part + data[place:]


def _truncate(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _change_line(data: bytes, dice: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = dice.randrange(len(lines))
    other = dice.randrange(len(lines))
    match dice.randrange(5):
        case 0:
            del lines[place]
        case 1:
            lines.insert(other, lines[place])
        case 2:
            lines[place], lines[other] = lines[other], lines[place]
        case 3:
            lines.insert(place, b"\n")
        case _:
            lines[place : place + 1] = [b"<<<<<<< a\n", lines[place], b"=======\n", b">>>>>>> b\n"]
    return b"".join(lines)


def _recode(data: bytes, dice: random.Random) -> bytes:
    text = data.decode("utf-8")
    ways: Sequence[Callable[[], bytes]] = (
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-16-le"),
        lambda: text.encode("cp1251", "replace"),
        lambda: text.encode("cp949", "replace"),
        lambda: text.encode("latin-1", "replace"),
        lambda: b"\xef\xbb\xbf" + data,
        lambda: data.replace(b"\n", b"\r\n"),
        lambda: data.replace(b"\n", b"\r"),
        lambda: data.replace(b",", b";"),
        lambda: data.replace(b",", b"\t"),
        lambda: b"",
        lambda: data.upper(),
    )
    return dice.choice(ways)()


def _spoil_cell(records: list[list[str]], dice: random.Random) -> None:
    row = dice.choice(records[1:] or records)
    place = dice.randrange(len(row))
    row[place] = dice.choice(
        (dice.choice(NASTY), dice.choice(records)[place], dice.choice(row), row[place][::-1])
    )


def _spoil_column(records: list[list[str]], dice: random.Random) -> None:
    place = dice.randrange(len(records[0]))
    other = dice.randrange(len(records[0]))
    match dice.randrange(5):
        case 0:
            for row in records:
                del row[place]
        case 1:
            for row in records:
                row.insert(other, row[place])
        case 2:
            for row in records:
                row[place], row[other] = row[other], row[place]
        case 3:
            records[0][place] = dice.choice(NASTY)
        case _:
            for row in records[1:]:
                row[place] = row[other]


def spoilt(name: str, dice: random.Random) -> bytes:
    """Return the bytes of a shipped file, spoilt in one way."""
    by_bytes = (_flip, _insert, _delete, _repeat, _truncate, _change_line, _recode)
    by_records = (_spoil_cell, _spoil_cell, _spoil_cell, _spoil_column)
    way = dice.randrange(len(by_bytes) + len(by_records))
    if way < len(by_bytes):
        return by_bytes[way](SHIPPED[name], dice)
    records = [list(row) for row in RECORDS[name]]
    by_records[way - len(by_bytes)](records, dice)
    return canonical_text(records).encode("utf-8", "surrogatepass")


# ------------------------------------------------------------------ what is demanded


Reader = Callable[[bytes, str, type[Row]], tuple[RawTable, list[Issue]]]


def _read(name: str, data: bytes, reader: Reader) -> tuple[RawTable, list[Issue]]:
    return reader(data, f"{name}.csv", ROW_CLASSES[name])


@pytest.fixture(scope="module", autouse=True)
def _columns_from_the_first_byte() -> Iterator[None]:
    """Have small files read by column where they can be, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columnar, "FEWEST_BYTES", 0)
        yield


@cache
def _sound(reader: Reader) -> dict[str, RawTable]:
    return {name: _read(name, data, reader)[0] for name, data in SHIPPED.items()}


def _issues(files: dict[str, bytes]) -> tuple[dict[str, RawTable], list[Issue]]:
    """Return tables and issues, the same ones whether files are read by line or by column."""
    tables, issues = _issues_by(table_by_line, files)
    for reader in (table_from_bytes, _some_by_line):
        same_tables, same_issues = _issues_by(reader, files)
        assert same_issues == issues
        assert all(same_tables[name] == tables[name] for name in files)
    return same_tables, issues


def _some_by_line(data: bytes, file: str, row_class: type[Row]) -> tuple[RawTable, list[Issue]]:
    """Read about half of the files line by line, as where some are large and some are small."""
    reader = table_by_line if len(data) % 2 else table_from_bytes
    return reader(data, file, row_class)


def _issues_by(reader: Reader, files: dict[str, bytes]) -> tuple[dict[str, RawTable], list[Issue]]:
    read = {name: _read(name, data, reader) for name, data in files.items()}
    tables = _sound(reader) | {name: table for name, (table, _) in read.items()}
    layout = [issue for _, issues in read.values() for issue in issues]
    return tables, [*layout, *check_tables(tables, TODAY)]


def _demand_located(issues: Sequence[Issue], files: dict[str, bytes]) -> None:
    for issue in issues:
        name = issue.file.removesuffix(".csv")
        data = files.get(name, SHIPPED[name])
        lines = data.count(b"\n") + data.count(b"\r") + 1
        assert 1 <= issue.line <= lines, issue
        assert issue.message, issue
        assert issue.remedy, issue
        assert str(issue).isprintable(), issue
        assert len(str(issue)) < 2_000, issue


def _demand_usable(tables: dict[str, RawTable]) -> None:
    dataset = dataset_from_tables(tables, "2026.11.0", "0" * 12)
    origins_of(dataset, dataset.claims["claim_id"])
    chart = draw(dataset, "growth", ChartOrder(), "light")
    assert chart.alt


def test_six_hundred_ways_to_spoil_one_file():
    dice = random.Random(6_700)
    told = 0
    for number in range(ALONE):
        name = dice.choice(sorted(SHIPPED))
        files = {name: spoilt(name, dice)}
        tables, issues = _issues(files)
        _demand_located(issues, files)
        told += bool(issues)
        if not issues and number % 3 == 0:
            _demand_usable(tables)
    assert 0 < told < ALONE


def test_four_thousand_eight_hundred_ways_to_spoil_four_files_at_once(tmp_path, monkeypatch):
    dice = random.Random(13_000)
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED_DATA, folder, ignore=shutil.ignore_patterns(".*"))
    monkeypatch.setenv("SHIPMENTS_DATA", str(folder))
    st.cache_resource.clear()
    screen = AppTest.from_file(str(ENTRY), default_timeout=60).run()
    screen.switch_page("views/data.py")
    for number in range(IN_COMPANY):
        names = dice.sample(sorted(SHIPPED), FILES_AT_ONCE)
        files = {name: spoilt(name, dice) for name in names}
        _, issues = _issues(files)
        _demand_located(issues, files)
        if number % EVERY_SO_OFTEN == 0:
            for name, data in (SHIPPED | files).items():
                (folder / f"{name}.csv").write_bytes(data)
            _demand_calm_command(folder, bool(issues))
            _demand_calm_screen(screen, bool(issues))
    st.cache_resource.clear()


def _demand_calm_command(folder: Path, has_faults: bool) -> None:
    for words in (["check", str(folder)], ["series", "--data", str(folder)]):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == int(has_faults), result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)


def _demand_calm_screen(screen: AppTest, has_faults: bool) -> None:
    """Demand the last good data, and where there are faults a notice of them."""
    screen.run()
    assert list(screen.exception) == []
    assert screen.metric[0].value
    assert has_faults == any("the last good data stay" in one.value for one in screen.warning)
