"""Reading and writing the files: what is read is what is written, and faults name their line."""

import os
import stat
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import faults
from dashboard.columns import columns_of, names_of
from dashboard.issues import Issue
from dashboard.schema import TABLES, Claim, Claimant, Leg, Place
from dashboard.tables import (
    cells_of,
    file_of,
    format_folder,
    read_table,
    read_text,
    table_from_bytes,
    table_text,
    typed_frame,
    write_table,
    write_text,
)
from tests.build import change_bytes, claim, good_tables, place, write_good_folder

pytestmark = pytest.mark.usefixtures("either_reader")

SHIPPED_DATA = Path(__file__).parent.parent / "data"
ONE_LINE = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0"), max_size=20
)


def issues_of(data: bytes) -> list[Issue]:
    return table_from_bytes(data, "claimants.csv", Claimant)[1]


def claimants_bytes() -> bytes:
    return table_text(good_tables()["claimants"], Claimant).encode("utf-8")


# ------------------------------------------------------------------ round trip


@pytest.mark.parametrize("row_class", TABLES, ids=lambda row: row.table)
def test_writing_what_was_read_gives_the_same_bytes(tmp_path, row_class):
    path = write_good_folder(tmp_path) / file_of(row_class)
    before = path.read_bytes()
    table, _ = read_table(path, row_class)
    write_table(path, table.rows, row_class)
    assert path.read_bytes() == before


@pytest.mark.parametrize("row_class", TABLES, ids=lambda row: row.table)
def test_shipped_files_are_in_their_canonical_form(row_class):
    path = SHIPPED_DATA / file_of(row_class)
    table, issues = read_table(path, row_class)
    assert not issues
    assert table_text(table.rows, row_class).encode("utf-8") == path.read_bytes()


@given(st.lists(st.tuples(*[ONE_LINE] * 11).filter(lambda row: row[0].strip()), max_size=5))
def test_any_cells_survive_writing_and_reading(rows):
    text = table_text(rows, Claimant)
    table, issues = table_from_bytes(text.encode("utf-8"), "claimants.csv", Claimant)
    assert not issues
    assert sorted(table.rows) == sorted(rows)
    assert table_text(table.rows, Claimant) == text


def test_rows_keep_the_order_and_the_lines_of_the_file():
    table, _ = table_from_bytes(claimants_bytes(), "claimants.csv", Claimant)
    assert table.columns["claimant"] == ("dprk", "rok", "rok-dia", "rok-mnd", "us")
    assert table.lines == (2, 3, 4, 5, 6)


def test_a_row_below_a_line_break_has_its_physical_line():
    data = claimants_bytes().replace(b"rok-dia,rok-dia", b'rok-dia,"rok\ndia"')
    table, issues = table_from_bytes(data, "claimants.csv", Claimant)
    assert not issues
    assert table.lines == (2, 3, 4, 6, 7)


def test_no_more_is_quoted_than_needs_be():
    text = table_text([claim("a", paraphrase='He said "2, or 3".', note="a; b")], Claim)
    assert text.count('"') == 6
    assert '"He said ""2, or 3""."' in text


def test_legs_are_sorted_by_number_and_not_by_letter():
    legs = [("r", number, "a", "b", "sea", "reported", "", "x") for number in ("10", "9", "1")]
    table, _ = table_from_bytes(table_text(legs, Leg).encode(), "legs.csv", Leg)
    assert table.columns["leg_no"] == ("1", "9", "10")


def test_a_row_object_becomes_the_cells_of_its_file():
    row = place("dunai-port", lat="42.88", lon="132.35", precision_km="5")
    named = dict(zip(names_of(Place), row, strict=True))
    model = Place.model_validate({name: cell or None for name, cell in named.items()})
    assert cells_of(model) == row


# ------------------------------------------------------------------ writing


def test_a_row_with_a_line_break_is_not_written(tmp_path):
    path = write_good_folder(tmp_path) / "claims.csv"
    before = path.read_bytes()
    with pytest.raises(ValueError, match="line break"):
        write_table(path, [claim("a", note="one\ntwo")], Claim)
    assert path.read_bytes() == before


def test_a_row_of_another_length_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="2 cells"):
        write_table(tmp_path / "claims.csv", [("a", "b")], Claim)
    assert not (tmp_path / "claims.csv").exists()


def test_a_failed_replacement_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "claims.csv"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_text(path, "new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_rewritten_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_text(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_missing_text_is_empty(tmp_path):
    assert read_text(tmp_path / "datapackage.json") == ""


# ------------------------------------------------------------------ formatting


def test_formatting_a_good_folder_rewrites_nothing(tmp_path):
    assert format_folder(write_good_folder(tmp_path)) == ((), ())


SPOILT_FORMS = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
    "no last line end": lambda data: data[:-1],
    "blank lines": lambda data: data.replace(b"\n", b"\n\n"),
    "rows of commas": lambda data: data + b",,,,,,,,,,\n",
    "needless quotes": lambda data: data.replace(b"dprk,dprk", b'"dprk","dprk"'),
    "other order of rows": lambda data: b"\n".join(
        [data.split(b"\n")[0], *reversed(data.split(b"\n")[1:-1]), b""]
    ),
    "other order of columns": lambda data: (
        b"\n".join(
            b",".join([*line.split(b",")[1:], line.split(b",")[0]]) for line in data.splitlines()
        )
        + b"\n"
    ),
}


@pytest.mark.parametrize("spoil", SPOILT_FORMS.values(), ids=SPOILT_FORMS.keys())
def test_formatting_restores_the_canonical_bytes(tmp_path, spoil):
    path = write_good_folder(tmp_path) / "claimants.csv"
    good = path.read_bytes()
    path.write_bytes(spoil(good))
    assert format_folder(tmp_path) == (("claimants.csv",), ())
    assert path.read_bytes() == good


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"rok-dia,rok-dia", b'rok-dia,"rok-dia'),
        (b"rok-dia,rok-dia", b"rok-dia,rok,dia"),
        (b"rok-dia,rok-dia", b'rok-dia,"rok\ndia"'),
        (b"rok-dia,rok-dia", b"rok-dia,rok\rdia"),
        (b"rok-dia,rok-dia", b"rok-dia,\xed\x95"),
        (b"claimant,name", b"claimant,nmae"),
        (b",note\n", b"\n"),
        (b"dprk,", b"<<<<<<< ours\ndprk,"),
    ],
    ids=[
        "quote astray",
        "too many cells",
        "line break",
        "CR within a line",
        "not UTF-8",
        "misspelt column",
        "missing column",
        "merge marker",
    ],
)
def test_formatting_leaves_a_file_that_it_could_change_the_sense_of(tmp_path, old, new):
    path = write_good_folder(tmp_path) / "claimants.csv"
    change_bytes(tmp_path, "claimants.csv", old, new)
    spoilt = path.read_bytes()
    rewritten, refused = format_folder(tmp_path)
    assert rewritten == ()
    assert {issue.file for issue in refused} == {"claimants.csv"}
    assert path.read_bytes() == spoilt


def test_formatting_changes_no_cell_that_is_at_fault(tmp_path):
    path = write_good_folder(tmp_path) / "claims.csv"
    change_bytes(tmp_path, "claims.csv", b"2024-02-23", b"23-Feb-24")
    format_folder(tmp_path)
    assert b",23-Feb-24," in path.read_bytes()


@settings(max_examples=60)
@given(st.data())
def test_formatting_twice_changes_nothing_more(tmp_path_factory, data):
    folder = write_good_folder(tmp_path_factory.mktemp("data"))
    path = folder / "claimants.csv"
    path.write_bytes(_mutated(path.read_bytes(), data))
    format_folder(folder)
    once = path.read_bytes()
    assert format_folder(folder)[0] == ()
    assert path.read_bytes() == once


def _mutated(original: bytes, data: st.DataObject) -> bytes:
    mutated = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(mutated) - 1))
        mutated[place] = data.draw(st.sampled_from(b'\0",;\n\r\t =<>\xec\xff'))
    return bytes(mutated)


# ------------------------------------------------------------------ faults of bytes and lines


def test_a_header_in_another_order_is_put_right_in_reading():
    data = claimants_bytes().replace(b"claimant,name,", b"name,claimant,", 1)
    table, issues = table_from_bytes(data, "claimants.csv", Claimant)
    assert [issue.remedy for issue in issues] == [faults.RUN_FORMAT]
    assert table.header == names_of(Claimant)


def test_a_file_that_cannot_be_read_has_no_columns(tmp_path):
    table, issues = read_table(tmp_path / "claimants.csv", Claimant)
    assert (table.header, table.rows) == ((), ())
    assert [(issue.line, issue.message) for issue in issues] == [(0, "is missing")]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path):
    (tmp_path / "claimants.csv").mkdir()
    _, issues = read_table(tmp_path / "claimants.csv", Claimant)
    assert [issue.message for issue in issues] == ["cannot be read"]


@pytest.mark.parametrize(
    ("name", "encoding", "likely"),
    [
        ("국방정보본부", "cp949", "cp949 (Korean Windows)"),
        ("Министерство обороны", "cp1251", "cp1251 (Cyrillic Windows)"),
        ("Ministère de la Défense", "latin-1", "latin-1 (Western Windows)"),
    ],
)
def test_another_encoding_is_guessed_from_its_letters(name, encoding, likely):
    data = claimants_bytes().replace(b"rok-dia,rok-dia", b"rok-dia," + name.encode(encoding))
    message = f"'{name}' is not UTF-8 but probably {likely}"
    assert issues_of(data) == [
        Issue("claimants.csv", 4, "name", name, message, "save the file as 'CSV UTF-8'")
    ]


@given(st.binary(max_size=300))
def test_reading_never_raises_whatever_the_bytes(data):
    table, issues = table_from_bytes(data, "claimants.csv", Claimant)
    assert issues
    assert all(len(row) == len(table.header) for row in table.rows)


@given(st.data())
def test_reading_never_raises_whatever_happened_to_a_good_file(data):
    table, _ = table_from_bytes(_mutated(claimants_bytes(), data), "claimants.csv", Claimant)
    assert all(len(row) == len(table.header) for row in table.rows)
    assert len(table.lines) == len(table.rows)


# ------------------------------------------------------------------ columns and frames


@given(st.sampled_from([column for row in TABLES for column in columns_of(row)]), st.data())
def test_what_the_row_class_accepts_matches_the_pattern_of_its_column(column, data):
    pattern = f"(?:{column.pattern})|." if column.pattern else ".+"
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    try:
        column.adapter.validate_python(text)
    except ValueError:
        return
    assert not column.pattern or pd.Series([text]).str.fullmatch(column.pattern).all()


def test_a_frame_has_text_whole_numbers_and_decimals(tmp_path):
    table, _ = read_table(write_good_folder(tmp_path) / "places.csv", Place)
    frame = typed_frame(table, Place)
    assert list(frame.columns) == list(names_of(Place))
    assert frame["lat"].tolist() == [42.88, 42.2383, 45.8]
    assert frame["precision_km"].dtype == pd.Int64Dtype()
    assert frame["alt_names"].tolist() == [None, "Najin", None]


def test_an_unknown_number_stays_missing(tmp_path):
    table, _ = read_table(write_good_folder(tmp_path) / "claims.csv", Claim)
    bounds = typed_frame(table, Claim).set_index("claim_id")["high"]
    assert bounds["rok-mnd-20240226-shells"] == 3_000_000
    assert bounds["rok-dia-20240827-containers"] is pd.NA


def test_a_table_without_rows_has_the_same_column_types(tmp_path):
    path = write_good_folder(tmp_path, places=[]) / "places.csv"
    table, _ = read_table(path, Place)
    frame = typed_frame(table, Place)
    assert frame.empty
    assert frame["precision_km"].dtype == pd.Int64Dtype()
    assert frame["lat"].dtype == np.float64


def test_a_table_that_lacks_a_column_makes_no_frame():
    data = claimants_bytes().replace(b",note\n", b"\n", 1)
    table, _ = table_from_bytes(data, "claimants.csv", Claimant)
    with pytest.raises(ValueError, match="lacks columns"):
        typed_frame(table, Claimant)
