"""Files read by column: the same tables, issues and data frames as when they are read by line."""

import gc
import random
import weakref
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from benchmarks.scaling import multiplied
from dashboard import columnar
from dashboard.cells import SOUND_FORMS, cell_fault
from dashboard.checks import check_tables
from dashboard.columnar import ColumnarTable, columnar_table
from dashboard.columns import columns_of, names_of
from dashboard.dataset import SHIPPED_DATA, dataset_from_tables, load_dataset
from dashboard.layout import canonical_text
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES, Claim, Claimant, ClaimLink
from dashboard.tables import file_of, table_by_line, table_text
from tests.build import cells, good_tables

TODAY = date(2026, 11, 24)
WIDTH = len(names_of(ClaimLink))
HEADER = ",".join(names_of(ClaimLink))


@pytest.fixture(autouse=True, scope="module")
def _columns_from_the_first_byte():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columnar, "FEWEST_BYTES", 0)
        yield


def both(data: bytes) -> tuple[RawTable | None, RawTable, list]:
    by_line, issues = table_by_line(data, "claim_links.csv", ClaimLink)
    return columnar_table(data, "claim_links.csv", ClaimLink), by_line, issues


def is_taken(*lines: str) -> bool:
    """Return whether these lines below the header are read by column; check that it is right."""
    by_column, by_line, issues = both("".join(f"{line}\n" for line in (HEADER, *lines)).encode())
    assert by_column is None or (by_column.rows == by_line.rows and not issues)
    return by_column is not None


# ------------------------------------------------------------------ which files are taken


@pytest.mark.parametrize(
    "line",
    [
        "a,b,c,d",
        "a,b,c,",
        'a,b,c,"d, e"',
        'a,b,c,"say ""yes"""',
        'a,b,c,""""',
        'a,"b,","c,","d,"',
        "a,b,c,한국어 – слово",
    ],
)
def test_a_line_in_canonical_form_is_taken(line):
    assert is_taken("a,b,c,d", line, "x,y,z,")


@pytest.mark.parametrize(
    "line",
    [
        'a,b,c,"d"',
        'a,b,c,""',
        'a,b,c,d"e',
        'a,b,c,"d,"e',
        'a,b,c,"d, e',
        'a,b,c,d "e, f"',
        'a,b,c,"d,\ne"',
        'a,b,"c,""d,e"',
        "a,b,c",
        "a,b,c,d,e",
        ",,,",
        ",b,c,d",
        "",
        "a,b,c,d\r",
        "a,b,c,d\0",
    ],
)
def test_a_line_in_another_form_is_left_to_the_reader_of_lines(line):
    assert not is_taken("a,b,c,d", line, "x,y,z,")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        HEADER.encode(),
        f"{HEADER}\na,b,c,d".encode(),
        f"\ufeff{HEADER}\na,b,c,d\n".encode(),
        f"{HEADER},\na,b,c,d,\n".encode(),
        f"{HEADER}\na,b,c,\n".encode() + b"\xff,b,c,\n",
        f"{HEADER}\na,b,c,\n".encode() + b"\xed\xa0\x80,b,c,\n",
    ],
)
def test_a_file_in_another_form_is_left_to_the_reader_of_lines(data):
    assert columnar_table(data, "claim_links.csv", ClaimLink) is None


def test_quotes_too_many_in_one_cell_and_too_few_in_another_do_not_make_up_for_each_other():
    assert not is_taken('a,b,c,d"e', 'a,b,c,d"e', 'a,b,c,"d"', 'a,b,c,"d"', 'a,b,c,"d"')


CSV_SIGNS = st.text(st.sampled_from('ab,"\n\r é한'), max_size=12)


@given(st.lists(st.tuples(*[CSV_SIGNS] * WIDTH), max_size=4), st.randoms(use_true_random=False))
def test_only_what_would_be_written_so_is_taken(rows, dice: random.Random):
    text = canonical_text([names_of(ClaimLink), *rows])
    place = dice.randrange(len(HEADER), len(text))
    for data in (text, text[:place] + dice.choice('",\n"') + text[place + dice.randrange(2) :]):
        by_column, by_line, issues = both(data.encode())
        if by_column is not None:
            assert not issues
            assert by_column.rows == by_line.rows
            assert canonical_text([by_column.header, *by_column.rows]) == data


# ------------------------------------------------------------------ the same tables


def columns_and_lines(row_class, rows) -> tuple[RawTable, RawTable]:
    data, file = table_text(rows, row_class).encode(), file_of(row_class)
    by_column = columnar_table(data, file, row_class)
    assert isinstance(by_column, ColumnarTable)
    return by_column, table_by_line(data, file, row_class)[0]


@pytest.mark.parametrize("row_class", TABLES, ids=lambda row: row.table)
def test_a_table_by_column_answers_as_one_by_line(row_class):
    data, file = (SHIPPED_DATA / file_of(row_class)).read_bytes(), file_of(row_class)
    by_column = columnar_table(data, file, row_class)
    by_line, _ = table_by_line(data, file, row_class)
    assert isinstance(by_column, ColumnarTable)
    assert (by_column.header, by_column.lines) == (by_line.header, by_line.lines)
    assert by_column.rows == by_line.rows
    assert dict(by_column.columns) == by_line.columns
    names = by_line.header
    for some in [(one,) for one in names] + [names[:2], names[-2:], names[:3], names]:
        assert by_column.different(*some) == by_line.different(*some)
        assert by_column.is_unique(*some) == by_line.is_unique(*some)
        assert by_column.is_sorted(*some) == by_line.is_sorted(*some)
    for one in names:
        assert list(by_column.objects(one)) == list(by_line.objects(one))
        for other in names:
            assert by_column.has_twins(one, other) == by_line.has_twins(one, other)
            strangers = by_line.strangers(one, (by_line, other))
            for table in (by_column, by_line):
                assert by_column.strangers(one, (table, other)) == strangers
                assert by_line.strangers(one, (table, other)) == strangers


def test_strangers_are_strangers_to_all_of_several_columns():
    ids = [cells("claim_links", claim_id=one, other_claim_id=other) for one, other in ("ab", "bc")]
    by_column, by_line = columns_and_lines(ClaimLink, ids)
    others = [(by_column, "other_claim_id"), (by_line, "note")]
    assert by_column.strangers("claim_id", *others) == {"a"}
    assert by_column.strangers("claim_id", *others, (by_line, "claim_id")) == set()
    assert by_column.strangers("claim_id", (by_line, "no_such_column")) == {"a", "b"}


@pytest.mark.parametrize("form", SOUND_FORMS)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\0"))))
def test_a_whole_column_has_no_more_cells_of_a_form_than_its_cells_by_themselves(form, texts):
    rows = [cells("claimants", claimant="a", name=text, note=text) for text in texts]
    by_column, by_line = columns_and_lines(Claimant, rows)
    for name in ("name", "note"):
        assert by_column.unlike(name, SOUND_FORMS[form]) == by_line.unlike(name, SOUND_FORMS[form])


@given(st.text(max_size=12) | st.from_regex(r"(Err:|#|h?tt?ps?://)?[\x00-\x7f]{0,12}"))
def test_no_cell_at_fault_has_a_sound_form(cell):
    for column in (column for row in TABLES for column in columns_of(row)):
        form = SOUND_FORMS.get("words" if column.is_free_text else column.holds)
        if form and form.fits(cell):
            assert cell_fault(column, cell) is None


def test_tables_that_were_looked_up_in_each_other_do_not_keep_each_other_in_memory():
    rows = [cells("claim_links", claim_id="a", other_claim_id="b")]
    one, other = (columns_and_lines(ClaimLink, rows)[0] for _ in range(2))
    one.strangers("claim_id", (other, "claim_id"))
    other.strangers("claim_id", (one, "claim_id"))
    left = weakref.ref(one)
    gc.disable()
    try:
        del one, other
        assert left() is None
    finally:
        gc.enable()


# ------------------------------------------------------------------ the same data frames


def tables_by_line(folder: Path) -> dict[str, RawTable]:
    return {
        row.table: table_by_line((folder / file_of(row)).read_bytes(), file_of(row), row)[0]
        for row in TABLES
    }


@pytest.mark.parametrize(("times", "fewest_bytes"), [(1, 0), (3, 0), (1, 20_000), (3, 2**18)])
def test_data_frames_are_the_same(tmp_path, monkeypatch, times, fewest_bytes):
    monkeypatch.setattr(columnar, "FEWEST_BYTES", fewest_bytes)
    folder = multiplied(tmp_path / "data", times)
    by_column = load_dataset(folder, TODAY)
    tables = tables_by_line(folder)
    assert check_tables(tables, TODAY) == ()
    by_line = dataset_from_tables(tables, by_column.version, by_column.digest)
    for row in TABLES:
        one, other = getattr(by_column, row.table), getattr(by_line, row.table)
        assert_frame_equal(one, other, check_exact=True, check_column_type=True)
        for name in one:
            assert list(map(type, one[name])) == list(map(type, other[name]))


def test_an_empty_cell_is_none_and_a_number_is_missing():
    by_column, _ = columns_and_lines(Claim, good_tables()["claims"])
    assert {type(cell) for cell in by_column.objects("note")} <= {str, type(None)}
    assert None in by_column.objects("withdrawn_on")
