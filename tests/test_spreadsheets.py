"""Tables that a spreadsheet has saved: damage is told from good files, and mended without guessing.

The slow tests let LibreOffice Calc itself open and save the shipped tables.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.checks import check_folder
from dashboard.cli import app
from dashboard.dataset import SHIPPED_DATA
from dashboard.raw_table import RawTable
from dashboard.row_changes import row_changes
from dashboard.schema import Claimant
from dashboard.spreadsheets import Mend, MendedTable, mend_folder, mended_table
from dashboard.tables import file_of, table_from_bytes, table_text
from tests.build import ROW_CLASSES, change_bytes, change_cell, good_tables, write_good_folder

pytestmark = pytest.mark.usefixtures("either_reader")

TODAY = date(2026, 11, 24)


def good_bytes(folder: Path, table: str) -> bytes:
    return (write_good_folder(folder) / f"{table}.csv").read_bytes()


def table_of(data: bytes, row_class) -> RawTable:
    return table_from_bytes(data, file_of(row_class), row_class)[0]


# ------------------------------------------------------------------ the file as a whole


WHOLE_FILES = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "UTF-16 without its mark": lambda data: data.decode().encode("utf-16-le"),
    "UTF-16, big end first, without its mark": lambda data: data.decode().encode("utf-16-be"),
    "semicolons": lambda data: data.replace(b"; ", b"/ ").replace(b",", b";").replace(b"/ ", b"; "),
    "tabs": lambda data: data.replace(b",", b"\t"),
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "empty columns at the end": lambda data: data.replace(b"\n", b",,\n"),
    "empty rows at the end": lambda data: data + b",,,,,,,,,,\n" * 3,
    "spaces after cells": lambda data: data.replace(b",state-body,", b",state-body  ,"),
    "another order of columns": lambda data: b"\n".join(
        b",".join([*line.split(b",")[1:], line.split(b",")[0]]) for line in data.splitlines()
    ),
}


@pytest.mark.parametrize("fact", WHOLE_FILES)
def test_a_file_is_mended_by_itself(tmp_path, fact):
    good = good_bytes(tmp_path, "claimants").replace(b"MND; South", b"MND South")
    mended = mended_table(WHOLE_FILES[fact](good), Claimant, None)
    assert mended.issues == ()
    assert mended.text == good.decode()


def test_every_change_is_listed_with_its_line_and_column(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 3, "low", "6,700")
    change_cell(folder, "claims", 2, "stated_on", "23-Feb-24")
    rewritten, mends, issues = mend_folder(folder, {})
    assert (rewritten, issues) == (("claims.csv",), ())
    assert mends == (
        Mend("claims.csv", 2, "stated_on", "23-Feb-24", "2024-02-23"),
        Mend("claims.csv", 3, "low", "6,700", "6700"),
    )
    assert check_folder(folder, TODAY)[1] == ()


def test_a_line_is_that_of_the_row_in_the_file_as_it_is_now(tmp_path):
    folder = write_good_folder(tmp_path)
    path = folder / "claims.csv"
    header, *lines = path.read_bytes().replace(b"2024-02-23", b"23-Feb-24").splitlines()
    path.write_bytes(b"\n".join([header, *reversed(lines), b""]))
    _, [mend], _ = mend_folder(folder, {})
    assert mend.line == 2
    assert b"2024-02-23" in path.read_bytes().splitlines()[1]


def test_what_is_not_sure_stays_and_the_rest_of_its_file_is_mended(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 2, "stated_on", "02/03/2024")
    change_cell(folder, "claims", 3, "low", "6,700")
    mend_folder(folder, {})
    [issue] = check_folder(folder, TODAY)[1]
    assert (issue.line, issue.column, issue.value) == (2, "stated_on", "02/03/2024")


@pytest.mark.parametrize("table", ROW_CLASSES)
def test_a_good_table_is_left_as_it_is(tmp_path, table):
    good = good_bytes(tmp_path, table)
    row_class = ROW_CLASSES[table]
    mended = mended_table(good, row_class, table_of(good, row_class))
    assert (mended.text, mended.mends, mended.issues) == (good.decode(), (), ())


def test_mending_twice_changes_nothing_more(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 2, "stated_on", "02/03/2024")
    change_cell(folder, "claims", 3, "low", "6,700")
    mend_folder(folder, {})
    assert mend_folder(folder, {}) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"rok-dia,rok-dia", b'rok-dia,"rok-dia'),
        (b"rok-dia,rok-dia", b"rok-dia,rok,dia"),
        (b"rok-dia,rok-dia", b'rok-dia,"rok\ndia"'),
        (b"rok-dia,rok-dia", b"rok-dia,rok-d\xef"),
        (b"dprk,", b"<<<<<<< ours\ndprk,"),
        (b",note\n", b"\n"),
    ],
    ids=["quote astray", "cell too many", "line break", "encoding", "merge marker", "no column"],
)
def test_a_file_that_cannot_be_read_for_sure_is_left_with_its_issues(tmp_path, old, new):
    folder = write_good_folder(tmp_path)
    change_bytes(folder, "claimants.csv", old, new)
    spoilt = (folder / "claimants.csv").read_bytes()
    rewritten, mends, issues = mend_folder(folder, {})
    assert (rewritten, mends) == ((), ())
    assert {issue.file for issue in issues} == {"claimants.csv"}
    assert (folder / "claimants.csv").read_bytes() == spoilt


# ------------------------------------------------------------------ beside the last good version


def mended_beside(folder: Path, table: str, spoil) -> tuple[bytes, bytes]:
    """Return the good bytes, and those mended from what was made of them."""
    good = good_bytes(folder, table)
    row_class = ROW_CLASSES[table]
    mended = mended_table(spoil(good), row_class, table_of(good, row_class))
    assert mended.text is not None, [str(issue) for issue in mended.issues]
    return good, mended.text.encode()


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("claims", ",2024-02-26,", ",45348,"),
        ("claims", ",2024-03-01,", ",1/3/2024,"),
        ("claims", ",2024-09,", ",Sep-24,"),
        ("places", "42.2383", '"42,2383"'),
        ("vessels", "9179842", "9.18E+06"),
        ("sources", '""13,000""', "“13,000”"),
    ],
)
def test_a_cell_gets_its_former_value_back(tmp_path, table, old, new):
    good, mended = mended_beside(
        tmp_path, table, lambda data: data.replace(old.encode(), new.encode())
    )
    assert mended == good


def with_cells_cut(data: bytes) -> bytes:
    """Return a table as Calc saves it after it took semicolons for separators too."""
    lines = data.decode().replace(";", ",").splitlines()
    width = max(line.count(",") for line in lines)
    return "".join(line + "," * (width - line.count(",")) + "\n" for line in lines).encode()


def test_cells_that_were_cut_at_semicolons_are_whole_again(tmp_path):
    good, mended = mended_beside(tmp_path, "claimants", with_cells_cut)
    assert mended == good


def test_a_row_that_was_cut_and_edited_keeps_its_edit(tmp_path):
    def spoil(data: bytes) -> bytes:
        return with_cells_cut(data).replace(b"state-body,KOR,rok,,MND", b"media,KOR,rok,,MND")

    good, mended = mended_beside(tmp_path, "claimants", spoil)
    assert mended == good.replace(b"rok-mnd,state-body", b"rok-mnd,media")


def test_a_row_whose_pieces_were_edited_is_left_with_its_line(tmp_path):
    good = good_bytes(tmp_path, "claimants")
    spoilt = with_cells_cut(good).replace(b"MND, South", b"MND, North")
    mended = mended_table(spoilt, Claimant, table_of(good, Claimant))
    assert mended.text is None
    assert [issue.line for issue in mended.issues] == [5]


def test_without_the_former_row_cells_that_may_be_cut_are_never_shifted(tmp_path):
    mended = mended_table(with_cells_cut(good_bytes(tmp_path, "claimants")), Claimant, None)
    assert mended.text is None
    assert [issue.line for issue in mended.issues] == [5]


def test_another_encoding_is_read_where_the_former_text_proves_it(tmp_path):
    good = good_bytes(tmp_path, "claimants").replace(b"dprk,dprk", "dprk,République".encode())
    before = table_of(good, Claimant)
    assert mended_table(good.decode().encode("cp1252"), Claimant, before).text == good.decode()
    assert mended_table(good.decode().encode("cp1252"), Claimant, None).text is None


def test_an_encoding_that_two_codecs_explain_differently_is_not_guessed(tmp_path):
    good = good_bytes(tmp_path, "claimants").replace(b"dprk,dprk", "dprk,République".encode())
    edited = good.decode().replace("us,us", "us,ã")
    mended = mended_table(edited.encode("cp1252"), Claimant, table_of(good, Claimant))
    assert mended.text is None
    assert "is not UTF-8" in mended.issues[0].message


# ------------------------------------------------------------------ never an exception

GOOD = table_text(good_tables()["claimants"], Claimant).encode()
NOISE = [b"\0", b'"', b",", b";", b"\n", b"\r", b"\t", b" ", b"=", b"\xec", b"\xff\xfe", b"'", b"?"]


@example(b",")
@example(b",\na,b\n")
@given(st.binary(max_size=200))
def test_mending_never_raises_whatever_the_bytes(data):
    nothing = table_text([], Claimant)
    assert mended_table(data, Claimant, table_of(GOOD, Claimant)).text in (None, nothing)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.sampled_from(NOISE)), max_size=4))
def test_mending_twice_changes_nothing_more_whatever_happened_to_a_good_file(noise):
    spoilt = GOOD
    for place, sign in noise:
        spoilt = spoilt[:place] + sign + spoilt[place:]
    before = table_of(GOOD, Claimant)
    once = mended_table(spoilt, Claimant, before)
    if once.text is not None:
        assert mended_table(once.text.encode(), Claimant, before) == MendedTable(once.text)


# ------------------------------------------------------------------ the command


def run(*words: str):
    return CliRunner().invoke(app, ["format", "--from-spreadsheet", *words])


def test_the_command_lists_what_it_changed_and_what_is_left(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 2, "stated_on", "02/03/2024")
    change_cell(folder, "claims", 3, "low", "6,700")
    result = run(str(folder))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "claims.csv:3: low: '6,700' → '6700'"
    assert lines[1] == "claims.csv: written in canonical form"
    assert lines[2].startswith("claims.csv:2: stated_on: '02/03/2024' is not a date: write")
    assert "no last good version to compare with" in result.stderr
    assert "1 fault left" in result.stderr


def test_the_last_good_version_can_be_a_folder(tmp_path):
    for name in ("good", "spoilt"):
        (tmp_path / name).mkdir()
        write_good_folder(tmp_path / name)
    change_cell(tmp_path / "spoilt", "claims", 2, "stated_on", "45345")
    result = run(str(tmp_path / "spoilt"), "--against", str(tmp_path / "good"))
    assert result.exit_code == 0, result.output
    assert "'45345' → '2024-02-23'" in result.stdout


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *author, *words], cwd=folder, check=True, capture_output=True)


def test_the_last_good_version_is_else_the_last_commit(tmp_path):
    folder = write_good_folder(tmp_path)
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "Good")):
        git(folder, *words)
    change_cell(folder, "claims", 2, "stated_on", "45345")
    assert run(str(folder)).exit_code == 0
    change_cell(folder, "claims", 2, "stated_on", "45345")
    git(folder, "commit", "-qam", "Spoilt")
    assert run(str(folder)).exit_code == 1
    assert run(str(folder), "--against", "HEAD~1").exit_code == 0


def test_a_version_that_is_not_there_is_refused(tmp_path):
    result = run(str(write_good_folder(tmp_path)), "--against", "nowhere")
    assert result.exit_code == 1
    assert "'nowhere' is neither a folder nor a revision" in result.stderr


def test_a_version_to_compare_with_needs_the_switch(tmp_path):
    result = CliRunner().invoke(app, ["format", str(tmp_path), "--against", "HEAD"])
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_folder_that_is_not_there_is_told():
    result = run("nowhere")
    assert result.exit_code == 1
    assert "nowhere: is not a folder" in result.stdout


# ------------------------------------------------------------------ LibreOffice Calc itself

TABLES_IN_CALC = ("claims", "sources", "legs", "vessels", "places")
ENGLISH, GERMAN = "44,34,76,1,,1033,false,true", "44,34,76,1,,1031,false,true"
AS_SHOWN = "44,34,76,1,,0,false,true"


def calc(out: Path, to: str, files: list[Path], opened_as: str = "") -> None:
    """Let LibreOffice open files, and save them in another form."""
    out.mkdir(exist_ok=True)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{out.parent}/profile",
            *([f"--infilter=CSV:{opened_as}"] if opened_as else []),
            *("--convert-to", to, "--outdir", out),
            *files,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def calc_to_csv(out: Path, files: list[Path], saved_as: str, opened_as: str = "") -> None:
    calc(out, f"csv:Text - txt - csv (StarCalc):{saved_as}", files, opened_as)


@dataclass(frozen=True)
class Workshop:
    """Files that Calc has made of the shipped tables."""

    folder: Path

    @property
    def shipped(self) -> list[Path]:
        return [SHIPPED_DATA / f"{name}.csv" for name in TABLES_IN_CALC]

    def saved(self, opened_as: str, saved_as: str) -> dict[str, bytes]:
        """Return the tables, opened and saved."""
        return self._files(lambda out: calc_to_csv(out, self.shipped, saved_as, opened_as))

    def workbook(self, table: str) -> openpyxl.Workbook:
        """Return a table that Calc has saved as a workbook of Excel."""
        made = self.folder / "workbooks"
        if not made.is_dir():
            calc(made, "xlsx", self.shipped, ENGLISH)
        return openpyxl.load_workbook(made / f"{table}.xlsx")

    def shown(self, dates: str, numbers: str, saved_as: str = AS_SHOWN) -> dict[str, bytes]:
        """Return the tables as Calc saves them when cells are shown in these formats."""

        def save(out: Path) -> None:
            books = []
            for table in ("claims", "sources", "vessels"):
                book = self.workbook(table)
                reformat(book, dates, numbers)
                books.append(out / f"{table}.xlsx")
                book.save(books[-1])
            calc_to_csv(out, books, saved_as)

        return self._files(save)

    def _files(self, make) -> dict[str, bytes]:
        out = self.folder / "saved"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        make(out)
        return {path.stem: path.read_bytes() for path in sorted(out.glob("*.csv"))}


def reformat(book: openpyxl.Workbook, dates: str, numbers: str) -> None:
    for row in book.active.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.number_format = dates
            elif isinstance(cell.value, int | float):
                cell.number_format = numbers


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    if not shutil.which("localc"):
        assert not os.environ.get("CI"), "CI needs libreoffice-calc"
        pytest.skip("no LibreOffice Calc here")
    return Workshop(tmp_path_factory.mktemp("calc"))


def folder_with(folder: Path, saved: dict[str, bytes]) -> Path:
    """Return the shipped folder with some of its tables as Calc saved them."""
    for path in [*SHIPPED_DATA.glob("*.csv"), *SHIPPED_DATA.glob("*.json")]:
        shutil.copy(path, folder / path.name)
    for table, data in saved.items():
        (folder / f"{table}.csv").write_bytes(data)
    return folder


SAVED_BY_CALC = {
    "commas": (GERMAN, AS_SHOWN, "has double quotes that it does not need", ""),
    "commas, every text quoted": (ENGLISH, "44,34,76,1", "has double quotes", ""),
    "semicolons": (GERMAN, "59,34,76,1,,0,false,true", "has semicolons", "semicolons → commas"),
    "tabs": (GERMAN, "9,34,76,1,,0,false,true", "has tabs", "tabs → commas"),
    "UTF-16": (ENGLISH, "9,34,65535,1", "is UTF-16", "UTF-16 → UTF-8"),
}


@pytest.mark.slow
@pytest.mark.parametrize("form", SAVED_BY_CALC)
def test_a_form_of_calc_is_told_and_leads_back_to_the_same_bytes(workshop, tmp_path, form):
    opened_as, saved_as, message, mended = SAVED_BY_CALC[form]
    saved = workshop.saved(opened_as, saved_as)
    assert set(saved) == set(TABLES_IN_CALC)
    folder = folder_with(tmp_path, saved)
    differing = {
        name for name in saved if saved[name] != (SHIPPED_DATA / f"{name}.csv").read_bytes()
    }
    told = {issue.file: (issue.line, issue.message) for issue in check_folder(folder, TODAY)[1]}
    assert set(told) == {f"{name}.csv" for name in differing} - unharmed(saved)
    assert all(line and message in words for line, words in told.values())
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 0, result.output
    assert_as_shipped(folder)
    if mended:
        assert f"claims.csv: {mended}" in result.stdout


def unharmed(saved: dict[str, bytes]) -> set[str]:
    """Return the files in their canonical form that say what they said, be it in other digits."""
    canonical = {
        f"{name}.csv"
        for name, data in saved.items()
        if not table_from_bytes(data, f"{name}.csv", ROW_CLASSES[name])[1]
    }
    return canonical


def assert_as_shipped(folder: Path) -> None:
    for path in SHIPPED_DATA.glob("*.csv"):
        assert (folder / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.slow
def test_dates_in_the_form_of_the_data_survive_calc_and_nothing_is_told(workshop, tmp_path):
    saved = workshop.saved(ENGLISH, AS_SHOWN)
    folder = folder_with(tmp_path, saved)
    assert check_folder(folder, TODAY)[1] == ()
    for name in ("claims", "sources", "legs", "vessels"):
        assert saved[name] == (SHIPPED_DATA / f"{name}.csv").read_bytes()
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert "places.csv:2: lat: '47.42' → '47.4200'" in result.stdout
    assert_as_shipped(folder)


@pytest.mark.slow
def test_letters_that_an_encoding_lacks_are_told_and_come_back(workshop, tmp_path):
    saved = workshop.saved(ENGLISH, "59,34,ANSI,1")
    assert b"??????" in saved["places"]
    folder = folder_with(tmp_path, saved)
    issues = check_folder(folder, TODAY)[1]
    assert {issue.file for issue in issues} == {f"{name}.csv" for name in TABLES_IN_CALC}
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 0, result.output
    assert "places.csv: cp1252 → UTF-8" in result.stdout
    assert "'Ashuluk; ??????' → 'Ashuluk; Ашулук'" in result.stdout
    assert_as_shipped(folder)


@pytest.mark.slow
def test_letters_that_are_lost_are_told_without_a_version_to_compare_with(workshop, tmp_path):
    saved = workshop.saved(ENGLISH, "44,34,ANSI,1")["sources"]
    data = saved.decode("cp1252").encode()
    issues = check_folder(folder_with(tmp_path, {"sources": data}), TODAY)[1]
    lost = [issue for issue in issues if "in the place of letters" in issue.message]
    assert len(lost) > 50
    assert {(issue.file, issue.column) for issue in lost} == {
        ("sources.csv", "title"),
        ("sources.csv", "url"),
    }


@pytest.mark.slow
def test_cells_that_calc_cut_at_semicolons_are_told_and_joined(workshop, tmp_path):
    saved = workshop.saved("44/59/9,34,76,1", AS_SHOWN)
    folder = folder_with(tmp_path, saved)
    issues = check_folder(folder, TODAY)[1]
    nameless = {issue.file for issue in issues if "without a name" in issue.message}
    assert {"claims.csv", "places.csv", "legs.csv"} <= nameless
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 0, result.output
    assert "places.csv:2: alt_names: 'Ashuluk| Ашулук' → 'Ashuluk; Ашулук'" in result.stdout
    assert_as_shipped(folder)


FORMATS = {
    "of Germany": ("dd.mm.yyyy", "#,##0"),
    "of the United States": ("mm-dd-yy", "0.00"),
    "with short years": ("dd/mm/yy", "#,##0.00"),
    "with names of months": ("d-mmm-yy", "0.00E+00"),
    "as plain numbers": ("General", "General"),
}


def changed_cells(saved: dict[str, bytes]) -> set[tuple[str, str, str]]:
    """Return table, key and column of each cell that Calc changed."""
    return {
        (change.table, change.key[0], column)
        for change in row_changes(shipped_tables(saved), tables_in(saved))
        for column in change.columns
    }


def tables_in(saved: dict[str, bytes]) -> dict[str, RawTable]:
    return {name: table_of(data, ROW_CLASSES[name]) for name, data in saved.items()}


def shipped_tables(saved: dict[str, bytes]) -> dict[str, RawTable]:
    return tables_in({name: (SHIPPED_DATA / f"{name}.csv").read_bytes() for name in saved})


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_each_cell_that_calc_shows_in_another_form_is_told_and_mended(workshop, tmp_path, form):
    saved = workshop.shown(*FORMATS[form])
    changed = changed_cells(saved)
    assert len(changed) > 900
    folder = folder_with(tmp_path, saved)
    tables, issues = check_folder(folder, TODAY)
    told = {
        (table, tables[table].rows[issue.line - 2][0], issue.column)
        for issue in issues
        for table in [issue.file.removesuffix(".csv")]
    }
    assert told == changed
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 0, result.output
    assert result.stdout.count("' → '") == len(changed)
    assert_as_shipped(folder)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_guessed_where_no_version_is_there_to_compare_with(workshop, tmp_path, form):
    saved = workshop.shown(*FORMATS[form])
    folder = folder_with(tmp_path, saved)
    _, mends, _ = mend_folder(folder, {})
    mended = {name: (folder / f"{name}.csv").read_bytes() for name in saved}
    still_changed = changed_cells(mended)
    assert still_changed <= changed_cells(saved)
    assert len(still_changed) == len(changed_cells(saved)) - len(mends)
    assert len(check_folder(folder, TODAY)[1]) == len(still_changed)


@pytest.mark.slow
def test_days_that_calc_does_not_show_are_told_and_never_made_up(workshop, tmp_path):
    saved = workshop.shown("mmm yyyy", "0")
    folder = folder_with(tmp_path, saved)
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 1
    issues = check_folder(folder, TODAY)[1]
    assert len(issues) == len(changed_cells(saved))
    assert all(issue.line and "is not a date" in issue.message for issue in issues)


@pytest.mark.slow
def test_edits_in_a_workbook_that_calc_saves_are_kept_and_nothing_else_is(workshop, tmp_path):
    book = workshop.workbook("claims")
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    edited = rows["ltn-20260302-increment"]
    edited[header.index("low")].value = 6500
    edited[header.index("stated_on")].value = datetime(2026, 3, 3)
    edited[header.index("stated_on")].number_format = "yyyy-mm-dd"
    edited[header.index("note")].value = 'Said "6,500"; corrected.'
    reformat(book, "dd.mm.yyyy", "#,##0")
    made = tmp_path / "edited"
    made.mkdir()
    book.save(made / "claims.xlsx")
    calc_to_csv(made, [made / "claims.xlsx"], "59,34,76,1,,0,false,true")
    (tmp_path / "data").mkdir()
    saved = {"claims": (made / "claims.csv").read_bytes()}
    folder = folder_with(tmp_path / "data", saved)
    result = run(str(folder), "--against", str(SHIPPED_DATA))
    assert result.exit_code == 0, result.output
    now = {"claims": (folder / "claims.csv").read_bytes()}
    [change] = row_changes(shipped_tables(now), tables_in(now))
    assert change.key == ("ltn-20260302-increment",)
    assert change.columns == ("stated_on", "low", "note")
    after = change.cells_after
    assert (after["stated_on"], after["low"]) == ("2026-03-03", "6500")
    assert after["note"] == 'Said "6,500"; corrected.'
