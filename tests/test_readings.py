"""What a cell may stand for that a spreadsheet has changed: sure readings, and what stays open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from dashboard.columns import Column, columns_of
from dashboard.readings import is_form_of, sure_reading
from dashboard.spreadsheet_forms import days_meant, digits_meant
from tests.build import ROW_CLASSES

DAYS = st.dates(date(2000, 1, 1), date(2029, 12, 31))


def column(table: str, name: str) -> Column:
    return next(one for one in columns_of(ROW_CLASSES[table]) if one.name == name)


STATED_ON = column("claims", "stated_on")
RECORDED_ON = column("claims", "recorded_on")
LOW = column("claims", "low")
LATITUDE = column("places", "lat")
LONGITUDE = column("places", "lon")
IMO = column("vessels", "imo")
CREDIBILITY = column("claims", "credibility")
LANGUAGE = column("sources", "language")
NOTE = column("claims", "note")
URL = column("sources", "url")


@pytest.mark.parametrize(
    ("of", "cell", "meant"),
    [
        (STATED_ON, "26.02.2024", "2024-02-26"),
        (STATED_ON, "2/26/2024", "2024-02-26"),
        (STATED_ON, "27-Aug-24", "2024-08-27"),
        (STATED_ON, "27. Aug 24", "2024-08-27"),
        (STATED_ON, "27 août 2024", "2024-08-27"),
        (STATED_ON, "Aug 27, 2024", "2024-08-27"),
        (STATED_ON, "2024/02/26", "2024-02-26"),
        (STATED_ON, "2024. 2. 26.", "2024-02-26"),
        (STATED_ON, "2024-2-6", "2024-02-06"),
        (STATED_ON, "2024-08-27 00:00:00", "2024-08-27"),
        (STATED_ON, "'2024-08", "2024-08"),
        (RECORDED_ON, "03/03/2024", "2024-03-03"),
        (LOW, "13,000", "13000"),
        (LOW, "13 000", "13000"),
        (LOW, "13,000.00", "13000"),
        (LOW, "13.000,00", "13000"),
        (LOW, "1.000.000", "1000000"),
        (LOW, "6700.0", "6700"),
        (LOW, "6700,00", "6700"),
        (LOW, " 6700 ", "6700"),
        (LATITUDE, "42,2383", "42.2383"),
        (LONGITUDE, "129,820", "129.820"),
        (IMO, "9,179,842", "9179842"),
        (CREDIBILITY, "6.00", "6"),
        (LANGUAGE, "Ko", "ko"),
        (NOTE, "Said so. ", "Said so."),
    ],
)
def test_a_form_with_one_reading_is_read(of, cell, meant):
    assert sure_reading(of, cell) == meant


@pytest.mark.parametrize(
    ("of", "cell"),
    [
        (STATED_ON, "02/03/2024"),
        (STATED_ON, "02.03.2024"),
        (STATED_ON, "24/02/26"),
        (STATED_ON, "26-Feb-35"),
        (STATED_ON, "44810"),
        (STATED_ON, "Feb 2024"),
        (STATED_ON, "Feb-24"),
        (STATED_ON, "27-Aug"),
        (STATED_ON, "02/2024"),
        (STATED_ON, "2024-08-27 14:30"),
        (STATED_ON, "31.02.2024"),
        (STATED_ON, "27-Foo-24"),
        (LOW, "13.000"),
        (LOW, "13.5"),
        (LOW, "1.60E+04"),
        (LOW, "9M"),
        (IMO, "7.30E+06"),
        (IMO, "9,179,843"),
        (NOTE, "“Said so”"),
    ],
)
def test_what_can_be_read_in_two_ways_is_left_as_it_is(of, cell):
    assert sure_reading(of, cell) == cell


def test_a_cell_that_may_stand_as_it_is_is_never_changed():
    for of, cell in ((LATITUDE, "47.42"), (STATED_ON, "2024-02"), (NOTE, "13,000"), (LOW, "")):
        assert sure_reading(of, cell) == cell


def test_a_month_never_becomes_its_first_day():
    assert sure_reading(STATED_ON, "2/1/2024") == "2/1/2024"
    assert sure_reading(STATED_ON, "1-Feb-24", "2024-02") == "1-Feb-24"
    assert sure_reading(STATED_ON, "1-Feb-24", "2024-01-31") == "2024-02-01"


@pytest.mark.parametrize(
    ("of", "before", "cell"),
    [
        (STATED_ON, "2024-03-02", "02/03/2024"),
        (STATED_ON, "2024-02-03", "02/03/2024"),
        (STATED_ON, "2024-02-26", "24/02/26"),
        (STATED_ON, "2022-09-06", "44810"),
        (STATED_ON, "2024-02", "Feb-24"),
        (STATED_ON, "2024-02", "02/2024"),
        (STATED_ON, "2024", "2,024"),
        (STATED_ON, "2025", "2.03E+03"),
        (LOW, "13000", "13.000"),
        (LOW, "16000", "1.60E+04"),
        (IMO, "7303803", "7.30E+06"),
        (LATITUDE, "47.4200", "47.42"),
        (LATITUDE, "47.4200", "47,42"),
        (NOTE, 'He said "no".', "He said “no”."),
        (NOTE, "North Korea's", "North Korea’s"),
        (NOTE, "2023-2024", "2023–2024"),
        (NOTE, "국방부 in Seoul", "??? in Seoul"),
        (NOTE, "42°44′N！", "42°44'N!"),
        (NOTE, "true", "TRUE"),
        (URL, "https://example.org/무수", "https://example.org/??"),
    ],
)
def test_a_form_of_what_was_there_before_is_recognised(of, before, cell):
    assert is_form_of(of, cell, before)


@pytest.mark.parametrize(
    ("of", "before", "cell"),
    [
        (STATED_ON, "2024-02-26", "27-Feb-24"),
        (STATED_ON, "2024-02-26", "Feb 2024"),
        (STATED_ON, "2022-09-06", "44811"),
        (LOW, "13000", "13.500"),
        (LOW, "16000", "1.61E+04"),
        (LOW, "", "13,000"),
        (LOW, "13000", ""),
        (LATITUDE, "47.4200", "47.43"),
        (NOTE, "He said “no”.", 'He said "no".'),
        (NOTE, "Why not?", "Why nöt?"),
        (NOTE, "13000", "13,000"),
        (URL, "https://example.org/a", "https://example.org/?"),
    ],
)
def test_an_edit_is_not_taken_for_a_form_of_what_was_there(of, before, cell):
    assert not is_form_of(of, cell, before)


@given(DAYS, st.sampled_from(["en_US", "de_DE", "fr_FR", "pl_PL", "uk_UA", "id_ID", "ko_KR"]))
def test_a_date_in_the_short_form_of_a_language_can_always_be_that_day(day, language):
    assert day.isoformat() in days_meant(format_date(day, "short", language))


@given(DAYS, st.sampled_from(["en_US", "de_DE", "es_ES", "fr_FR", "it_IT", "nl_NL", "tr_TR"]))
def test_a_date_with_the_name_of_its_month_has_one_reading(day, language):
    assert days_meant(format_date(day, "d MMM yyyy", language)) == {day.isoformat()}
    assert days_meant(format_date(day, "d-MMMM-yy", language)) == {day.isoformat()}


@given(DAYS)
def test_a_number_of_days_is_recognised_beside_its_date(day):
    assert is_form_of(STATED_ON, str((day - date(1899, 12, 30)).days), day.isoformat())
    other = (day + timedelta(days=1)).isoformat()
    assert not is_form_of(STATED_ON, str((day - date(1899, 12, 30)).days), other)


@given(st.integers(1000, 10**9), st.sampled_from(["en_US", "fr_FR", "uk_UA", "de_CH"]))
def test_a_grouped_number_is_read_as_its_digits(number, language):
    assert digits_meant(format_decimal(number, locale=language)) == str(number)


@given(st.text(max_size=15), st.sampled_from([STATED_ON, LOW, LATITUDE, IMO, NOTE, URL]))
def test_whatever_stands_in_a_cell_reading_it_twice_changes_nothing_more(cell, of):
    once = sure_reading(of, cell)
    assert sure_reading(of, once) == once
    is_form_of(of, cell, once)
