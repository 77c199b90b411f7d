"""The checks: one thing is changed in a good folder, and exactly one issue tells it."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import faults
from dashboard.checks import check_folder
from dashboard.columns import columns_of, names_of
from dashboard.issues import Issue
from dashboard.layout import canonical_text
from dashboard.schema import TABLES
from dashboard.tables import file_of
from tests.build import (
    ROW_CLASSES,
    cells,
    change_bytes,
    change_cell,
    claim,
    claimant,
    good_tables,
    source,
    write_good_folder,
)

pytestmark = pytest.mark.usefixtures("either_reader")

TODAY = date(2026, 11, 24)
SHIPPED_DATA = Path(__file__).parent.parent / "data"


def issues_in(folder: Path) -> tuple[Issue, ...]:
    return check_folder(folder, TODAY)[1]


def only_issue_in(folder: Path) -> Issue:
    issues = issues_in(folder)
    assert len(issues) == 1, [str(issue) for issue in issues]
    return issues[0]


def where(issue: Issue) -> tuple[str, int, str, str]:
    return issue.file, issue.line, issue.column, issue.value


def test_a_good_folder_has_no_issue(tmp_path):
    assert issues_in(write_good_folder(tmp_path)) == ()


def test_the_shipped_data_have_no_issue():
    assert [str(issue) for issue in issues_in(SHIPPED_DATA)] == []


def test_tables_come_by_name(tmp_path):
    tables, _ = check_folder(write_good_folder(tmp_path))
    assert list(tables) == [row.table for row in TABLES]
    assert len(tables["claims"].rows) == 6


# ------------------------------------------------------------------ one cell

# what is wrong: table, line, column, cell, message, remedy
CELL_FAULTS = {
    "a date that a spreadsheet changed": (
        *("claims", 2, "stated_on", "23-Feb-24"),
        "'23-Feb-24' is not a date",
        f"{faults.WRITE_A_DATE} {faults.EXCEL_DATES}",
    ),
    "a date with slashes": (
        *("claims", 2, "stated_on", "23/02/2024"),
        "'23/02/2024' is not a date",
        f"{faults.WRITE_A_DATE} {faults.EXCEL_DATES}",
    ),
    "a month that a spreadsheet changed": (
        *("claims", 7, "stated_on", "Sep-24"),
        "'Sep-24' is not a date",
        f"{faults.WRITE_A_DATE} {faults.EXCEL_DATES}",
    ),
    "a date as a number of days": (
        *("claims", 6, "stated_on", "45531"),
        "'45531' is not a date",
        f"write 2024-08-27? {faults.EXCEL_DATES}",
    ),
    "a date with a time": (
        *("claims", 6, "stated_on", "2024-08-27 00:00:00"),
        "'2024-08-27 00:00:00' is not a date",
        f"{faults.WRITE_A_DATE} {faults.EXCEL_DATES}",
    ),
    "a day that is not in the calendar": (
        *("claims", 2, "stated_on", "2024-02-30"),
        "'2024-02-30' is not a day of the calendar",
        "that month has 29 days",
    ),
    "a thirteenth month": (
        *("claims", 2, "stated_on", "2024-13"),
        "'2024-13' has no such month",
        "write a month from 01 to 12",
    ),
    "a month where a day is needed": (
        *("claims", 2, "recorded_on", "2026-11"),
        "'2026-11' is not a day",
        "write YYYY-MM-DD, e.g. 2024-02-26",
    ),
    "words with a colon for a date": (
        *("claims", 2, "stated_on", "said: last week"),
        "'said: last week' is not a date",
        "write YYYY-MM-DD, e.g. 2024-02-26",
    ),
    "words for a date": (
        *("claims", 2, "stated_on", "last week"),
        "'last week' is not a date",
        "write YYYY-MM-DD, e.g. 2024-02-26",
    ),
    "a date in other digits": (
        *("claims", 2, "stated_on", "２０２４-02-23"),
        "'２０２４-02-23' is not a date",
        "write YYYY-MM-DD, e.g. 2024-02-26",
    ),
    "an error of a spreadsheet": (
        *("claims", 2, "note", "#NAME?"),
        "'#NAME?' is an error of a spreadsheet",
        "write what stood there before",
    ),
    "another error of a spreadsheet": (
        *("claims", 2, "note", "Err:508"),
        "'Err:508' is an error of a spreadsheet",
        "write what stood there before",
    ),
    "a cell that was too narrow": (
        *("claims", 2, "note", "########"),
        "'########' is an error of a spreadsheet",
        "write what stood there before",
    ),
    "letters that an encoding lacks": (
        *("places", 3, "alt_names", "Najin; ????"),
        "'Najin; ????' has question marks in the place of letters",
        f"{faults.FROM_SPREADSHEET}, or write the letters again and save the file as 'CSV UTF-8'",
    ),
    "letters of an address that an encoding lacks": (
        *("sources", 2, "url", "https://example.org/????"),
        "'https://example.org/????' has question marks in the place of letters",
        f"{faults.FROM_SPREADSHEET}, or write the letters again and save the file as 'CSV UTF-8'",
    ),
    "a date after today": (
        *("claims", 7, "stated_on", "2026-12"),
        "'2026-12' is later than today, 2026-11-24",
        "correct the date",
    ),
    "a comma in a number": (
        *("claims", 6, "low", "13,000"),
        "'13,000' is not a whole number in plain digits",
        "write 13000",
    ),
    "a space in a number": (
        *("claims", 6, "low", "13 000"),
        "'13 000' is not a whole number in plain digits",
        "write 13000",
    ),
    "a decimal for a whole number": (
        *("claims", 3, "low", "6700.0"),
        "'6700.0' is not a whole number in plain digits",
        "write 6700",
    ),
    "a number in powers of ten": (
        *("claims", 3, "low", "6.70E+03"),
        "'6.70E+03' is not a whole number in plain digits",
        "write 6700",
    ),
    "three zeros after a point": (
        *("claims", 6, "low", "13.000"),
        "'13.000' is not a whole number in plain digits",
        "write digits only, e.g. 13000",
    ),
    "millions as a letter": (
        *("claims", 4, "high", "3M"),
        "'3M' is not a whole number in plain digits",
        "write digits only, e.g. 13000",
    ),
    "a number with a leading zero": (
        *("claims", 6, "low", "013000"),
        "'013000' is not a whole number in plain digits",
        "write digits only, e.g. 13000",
    ),
    "a number below zero": (
        *("claims", 6, "low", "-5"),
        "'-5' is too small",
        "write 0 or more",
    ),
    "a latitude beyond the pole": (
        *("places", 2, "lat", "142.88"),
        "'142.88' is too great",
        "write 90 or less",
    ),
    "a latitude in degrees and minutes": (
        *("places", 2, "lat", "42°53'N"),
        "'42°53'N' is not a decimal number",
        "write digits and a point, e.g. 42.2333",
    ),
    "a value that is not in the list": (
        *("claims", 3, "confidence", "hihg"),
        "'hihg' is not an allowed value",
        "did you mean 'high'? Allowed: high, medium, low",
    ),
    "a value like nothing in the list": (
        *("claims", 3, "confidence", "42"),
        "'42' is not an allowed value",
        "write one of high, medium, low",
    ),
    "a needed cell that is empty": (
        *("claims", 3, "paraphrase", ""),
        "is empty",
        "this column is needed in every row",
    ),
    "a space after a cell": (
        *("publishers", 2, "name", "KBS "),
        "'KBS ' begins or ends with a space",
        "remove the space",
    ),
    "a space that does not break before a cell": (
        *("publishers", 2, "name", "\u00a0KBS"),
        "'\\xa0KBS' begins or ends with a space",
        "remove the space",
    ),
    "a tab in a cell": (
        *("publishers", 2, "name", "\tKBS"),
        "'\\tKBS' holds a tab",
        "write the cell on one line, in plain characters",
    ),
    "a NUL byte in a cell": (
        *("publishers", 2, "name", "K\0S"),
        "'K\\x00S' holds a NUL byte",
        "write the cell on one line, in plain characters",
    ),
    "a sign that turns the words after it": (
        *("sources", 2, "publisher", "K\u202eSB"),
        "'K\\u202eSB' holds a sign that turns the direction of reading",
        "write the cell on one line, in plain characters",
    ),
    "a formula": (
        *("sources", 2, "title", '=HYPERLINK("https://example.org")'),
        "'=HYPERLINK(\"https://example.org\")' begins like a spreadsheet formula",
        "begin with a letter or a digit",
    ),
    "a cell that begins with a plus": (
        *("sources", 2, "title", "+82 2 788 1114"),
        "'+82 2 788 1114' begins like a spreadsheet formula",
        "begin with a letter or a digit",
    ),
    "a cell that begins with a hyphen": (
        *("claims", 3, "note", "-not seen"),
        "'-not seen' begins like a spreadsheet formula",
        "begin with a letter or a digit",
    ),
    "a cell that begins with an at sign": (
        *("publishers", 2, "name", "@yonhap"),
        "'@yonhap' begins like a spreadsheet formula",
        "begin with a letter or a digit",
    ),
    "a formula in a number": (
        *("claims", 6, "low", "=6500*2"),
        "'=6500*2' begins like a spreadsheet formula",
        "begin with a letter or a digit",
    ),
    "NA for unknown": (
        *("sources", 2, "published_on", "NA"),
        "'NA' stands for an unknown value",
        "leave the cell empty if it is not known",
    ),
    "N/A for unknown": (
        *("claims", 2, "spokesperson", "N/A"),
        "'N/A' stands for an unknown value",
        "leave the cell empty if it is not known",
    ),
    "null for unknown": (
        *("vessels", 3, "operator_owner", "null"),
        "'null' stands for an unknown value",
        "leave the cell empty if it is not known",
    ),
    "a dash for unknown": (
        *("claims", 2, "high", "-"),
        "'-' stands for an unknown value",
        "leave the cell empty if it is not known",
    ),
    "a question mark in a needed cell": (
        *("publishers", 2, "name", "?"),
        "'?' stands for an unknown value",
        "write what is known",
    ),
    "a cell longer than a spreadsheet holds": (
        *("claims", 3, "note", "a" * 32_768),
        "has 32,768 characters",
        "write at most 32,767, which a spreadsheet holds",
    ),
    "an address that runs a script": (
        *("sources", 2, "url", "javascript:alert(1)"),
        "'javascript:alert(1)' is not a web address",
        "it must start with https:// or http://",
    ),
    "an address that holds data": (
        *("sources", 6, "archived_url", "data:text/html,hello"),
        "'data:text/html,hello' is not a web address",
        "it must start with https:// or http://",
    ),
    "a name where a country code is due": (
        *("places", 2, "country", "Russia"),
        "'Russia' is not a country code",
        "write ISO 3166 alpha-3, e.g. PRK",
    ),
    "a name where a language tag is due": (
        *("sources", 2, "language", "Korean"),
        "'Korean' is not a language tag",
        "write BCP 47, e.g. ko or zh-Hant",
    ),
    "an IMO number with a wrong digit": (
        *("vessels", 2, "imo", "9179843"),
        "'9179843' fails the IMO check digit",
        "its last digit should be 2 if the others are right",
    ),
    "an IMO number of six digits": (
        *("vessels", 2, "imo", "917984"),
        "'917984' is not an IMO number",
        "it has seven digits",
    ),
    "a waypoint off the earth": (
        *("legs", 2, "via", "42.1,230.5"),
        "'42.1,230.5' is not a waypoint",
        "write latitude,longitude and join them with '; ', e.g. 42.2050,130.2960; 42.1500,130.3200",
    ),
    "an id in capitals": (
        *("sightings", 2, "sighting_id", "Y-001"),
        "'Y-001' is not an id",
        "use small letters, digits and hyphens",
    ),
    # between cells and tables
    "an id that is in no other table": (
        *("claim_sources", 5, "source_id", "kbs-20240227"),
        "'kbs-20240227' is not in sources.csv",
        "did you mean 'kbs-20240226'?",
    ),
    "an id that is like no other": (
        *("sightings", 3, "claimant", "xxxxxxxx"),
        "'xxxxxxxx' is not in claimants.csv",
        "add it to claimants.csv, or correct it",
    ),
    "an id that two rows have": (
        *("vessel_sanctions", 3, "sanction_no", "1"),
        "'v-angara 1' is already the id of line 2",
        "give this row another id, or remove it if it repeats that line",
    ),
    "a low above its high": (
        *("claims", 7, "low", "60"),
        "'60' is above the upper bound, 50",
        "correct one of the two",
    ),
    "a sighted low above its high": (
        *("sightings", 2, "containers_low", "301"),
        "'301' is above the upper bound, 300",
        "correct one of the two",
    ),
    "a figure without a hedge": (
        *("claims", 2, "qualifier", ""),
        "is empty though a figure is given",
        "say how it was hedged: exactly, about, at-least, more-than, up-to, between",
    ),
    "a unit that is not the item's": (
        *("claims", 7, "unit", "rounds"),
        "'rounds' does not go with item 'ballistic_missiles'",
        "write missiles",
    ),
    "a direction that is not the item's": (
        *("claims", 7, "direction", "to-dprk"),
        "'to-dprk' does not go with item 'ballistic_missiles'",
        "write to-russia",
    ),
    "a denial by its measure only": (
        *("claims", 5, "status", "planned"),
        "'planned' does not go with measure 'denial'",
        "a denial has measure 'denial' and status 'denied', and nothing else has either",
    ),
    "a denial by its status only": (
        *("claims", 2, "status", "denied"),
        "'denied' does not go with measure 'cumulative'",
        "a denial has measure 'denial' and status 'denied', and nothing else has either",
    ),
    "a measure that is not the series'": (
        *("claims", 6, "measure", "increment"),
        "'increment' does not go with series 'rok-containers', which is of cumulative",
        "write cumulative, or leave series empty",
    ),
    "a claimant that is no part of the series' body": (
        *("claims", 6, "claimant", "dprk"),
        "'dprk' is not part of 'rok', whose series 'rok-containers' is",
        "name another series, or leave series empty",
    ),
    "a period that ends before it starts": (
        *("claims", 3, "period_start", "2024-03"),
        "'2024-03' is after period_end, 2024-02-26",
        "correct one of the two",
    ),
    "a sighting that ends before it starts": (
        *("sightings", 2, "observed_to", "2023-09-11"),
        "'2023-09-12' is after observed_to, 2023-09-11",
        "correct one of the two",
    ),
    "a route last reported before it was first": (
        *("routes", 2, "last_reported", "2023-10-12"),
        "'2023-10-13' is after last_reported, 2023-10-12",
        "correct one of the two",
    ),
    "a withdrawal without a reason": (
        *("claims", 2, "withdrawn_on", "2026-11-20"),
        "is empty though withdrawn_on is given",
        "fill it, or empty withdrawn_on",
    ),
    "a reason without a withdrawal": (
        *("claims", 2, "withdrawn_reason", "Misread."),
        "is empty though withdrawn_reason is given",
        "fill it, or empty withdrawn_reason",
    ),
    "an archived copy without its day": (
        *("sources", 6, "archived_on", ""),
        "is empty though archived_url is given",
        "fill it, or empty archived_url",
    ),
    "a day without its archived copy": (
        *("sources", 6, "archived_url", ""),
        "is empty though archived_on is given",
        "fill it, or empty archived_on",
    ),
    "a claim linked to itself": (
        *("claim_links", 2, "other_claim_id", "rok-dia-20240827-containers"),
        "'rok-dia-20240827-containers' is also the claim_id of this row",
        "name another one",
    ),
    "a body that is part of itself": (
        *("claimants", 2, "part_of", "dprk"),
        "'dprk' is also the claimant of this row",
        "name another one",
    ),
    "two bodies that are part of each other": (
        *("claimants", 3, "part_of", "rok-dia"),
        "'rok' is part of itself",
        "break the circle: rok in rok-dia in rok",
    ),
    "a factor that is not the ratio of its claims": (
        *("conversions", 2, "factor", "447"),
        "'447' is not rok-mnd-20240226-shells divided by rok-mnd-20240226-containers",
        "write 448",
    ),
    "a conversion of a claim without a figure": (
        *("conversions", 2, "from_claim", "dprk-20240301-denial"),
        "'dprk-20240301-denial' has no figure, or that of zero",
        "name a claim with a figure",
    ),
    "a gap in the numbers of legs": (
        *("legs", 3, "leg_no", "3"),
        "'3' stands where 2 is due",
        "number them from 1, without gaps",
    ),
    "a row above one that it belongs below": (
        *("claims", 2, "stated_on", "2024-02-27"),
        "the row belongs above '2024-02-27': rows are sorted by stated_on, then claim_id",
        "run `shipments format`",
    ),
}
# where the issue is told, if not in the cell that was changed
TOLD_ELSEWHERE = {
    "a denial by its status only": ("claims.csv", 2, "status", "denied"),
    "a sighting that ends before it starts": ("sightings.csv", 2, "observed_from", "2023-09-12"),
    "a route last reported before it was first": ("routes.csv", 2, "first_reported", "2023-10-13"),
    "a withdrawal without a reason": ("claims.csv", 2, "withdrawn_reason", ""),
    "a reason without a withdrawal": ("claims.csv", 2, "withdrawn_on", ""),
    "a row above one that it belongs below": ("claims.csv", 3, "stated_on", "2024-02-26"),
}


@pytest.mark.parametrize("fact", CELL_FAULTS)
def test_one_changed_cell_is_one_issue(tmp_path, fact):
    table, line, column, cell, message, remedy = CELL_FAULTS[fact]
    change_cell(write_good_folder(tmp_path), table, line, column, cell)
    issue = only_issue_in(tmp_path)
    assert where(issue) == TOLD_ELSEWHERE.get(fact, (f"{table}.csv", line, column, cell))
    assert (issue.message, issue.remedy) == (message, remedy)


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "column"),
    [
        ("exactly", "5", "", "high"),
        ("exactly", "5", "6", "high"),
        ("about", "", "5", "low"),
        ("at-least", "", "5", "low"),
        ("at-least", "5", "6", "high"),
        ("more-than", "5", "5", "high"),
        ("up-to", "5", "6", "low"),
        ("up-to", "", "", "high"),
        ("between", "5", "", "high"),
        ("between", "5", "5", "high"),
        ("between", "", "", "low"),
    ],
)
def test_bounds_must_be_those_of_the_qualifier(tmp_path, qualifier, low, high, column):
    row = claim("us-20240223-containers", claimant="us", qualifier=qualifier, low=low, high=high)
    claims = [row, *good_tables()["claims"][1:]]
    issue = only_issue_in(write_good_folder(tmp_path, claims=claims))
    value = {"low": low, "high": high}[column]
    assert (issue.file, issue.column, issue.value) == ("claims.csv", column, value)
    assert issue.message.endswith(f"does not fit the qualifier '{qualifier}'")


def test_a_period_may_end_after_the_day_of_the_statement(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 2, "period_end", "2027")
    assert issues_in(folder) == ()


def test_dates_are_not_held_against_a_day_that_is_not_given(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 7, "stated_on", "2099")
    assert check_folder(folder)[1] == ()


def test_either_bound_of_a_range_may_be_converted(tmp_path):
    claims = good_tables()["claims"]
    shells = dict(zip(names_of(ROW_CLASSES["claims"]), claims[2], strict=True))
    claims[2] = claim(**shells | {"low": "2900000", "qualifier": "between"})
    folder = write_good_folder(tmp_path, claims=claims)
    assert issues_in(folder) == ()
    change_cell(folder, "conversions", 2, "factor", "433")
    assert issues_in(folder) == ()


def test_a_claim_without_a_document_is_told(tmp_path):
    claims = [*good_tables()["claims"], claim("rok-mnd-2026", stated_on="2026")]
    issue = only_issue_in(write_good_folder(tmp_path, claims=claims))
    assert where(issue) == ("claims.csv", 8, "claim_id", "rok-mnd-2026")
    assert issue.message == "'rok-mnd-2026' has no document in claim_sources.csv"


def test_a_document_that_backs_nothing_is_told(tmp_path):
    folder = write_good_folder(tmp_path, sources=[*good_tables()["sources"], source("zzz")])
    issue = only_issue_in(folder)
    assert where(issue) == ("sources.csv", 7, "source_id", "zzz")
    assert issue.message == "'zzz' backs nothing"


def test_a_route_without_a_leg_is_told(tmp_path):
    issue = only_issue_in(write_good_folder(tmp_path, legs=[]))
    assert where(issue) == ("routes.csv", 2, "route_id", "r-rajin-tikhoretsk")
    assert issue.message == "'r-rajin-tikhoretsk' has no leg in legs.csv"


def test_a_second_row_of_one_id_names_the_line_of_the_first(tmp_path):
    claimants = [*good_tables()["claimants"], claimant("us", country="USA")]
    issue = only_issue_in(write_good_folder(tmp_path, claimants=claimants))
    assert where(issue) == ("claimants.csv", 7, "claimant", "us")
    assert issue.message == "'us' is already the id of line 6"


def test_a_part_of_a_part_may_restate_the_series_of_the_state(tmp_path):
    claimants = [*good_tables()["claimants"][:3], claimant("rok-dia-desk", part_of="rok-dia")]
    claimants += good_tables()["claimants"][3:]
    folder = write_good_folder(tmp_path, claimants=claimants)
    change_cell(folder, "claims", 6, "claimant", "rok-dia-desk")
    assert issues_in(folder) == ()


# ------------------------------------------------------------------ bytes, lines and headers

# what is wrong: file, bytes, bytes in their stead; line, column, value and message of the issue
BYTE_FAULTS = {
    "a byte order mark": (
        *("claims.csv", b"claim_id,", b"\xef\xbb\xbfclaim_id,"),
        *(1, "", "", "begins with a byte order mark (BOM)"),
    ),
    "a line that ends in CR LF": (
        *("series.csv", b"cumulative,\n", b"cumulative,\r\n"),
        *(2, "", "", "lines end in CR LF, not in LF"),
    ),
    "a CR among the line ends": (
        *("claimants.csv", b"Not yet graded.", b"Not yet\rgraded."),
        *(2, "", "", "the line ends in CR, not in LF"),
    ),
    "a cut last line": (
        *("sighting_sources.csv", b"y-002,voa-20240223\n", b"y-002,voa-20240223"),
        *(3, "", "", "the last line has no line end"),
    ),
    "a blank line": (
        *("claims.csv", b"\nrok-mnd", b"\n\nrok-mnd"),
        *(3, "", "", "the line is blank"),
    ),
    "a line of nothing but commas": (
        *("sighting_sources.csv", b"y-002,", b",\ny-002,"),
        *(3, "", "", "the line is blank"),
    ),
    "a missing cell": (
        *("place_sources.csv", b"rajin-port,map-of-ports", b"rajin-port"),
        *(3, "", "rajin-port", "the line has 1 cell, not 2"),
    ),
    "a comma too many": (
        *("claims.csv", b"Seoul said so.", b"Seoul said, so."),
        *(2, "", "", "the line has 25 cells, not 24"),
    ),
    "a quote within a cell": (
        *("publishers.csv", b",KBS,", b',K"BS,'),
        *(2, "name", 'K"BS', "'K\"BS' has a stray double quote"),
    ),
    "a quote that is never closed": (
        *("publishers.csv", b",KBS,", b',"KBS,'),
        *(2, "name", '"KBS', "'\"KBS' has a stray double quote"),
    ),
    "a quote that closes too early": (
        *("publishers.csv", b",KBS,", b',"K"BS,'),
        *(2, "name", '"K"BS', "'\"K\"BS' has a stray double quote"),
    ),
    "quotes that are not needed": (
        *("publishers.csv", b",KBS,", b',"KBS",'),
        *(2, "name", "KBS", "'KBS' has double quotes that it does not need"),
    ),
    "a line break within a cell": (
        *("publishers.csv", b",KBS,", b',"KBS\nWorld",'),
        *(2, "name", "KBS\nWorld", "'KBS\\nWorld' holds a line break"),
    ),
    "a carriage return within a cell": (
        *("publishers.csv", b",KBS,", b',"KBS\rWorld",'),
        *(2, "name", "KBS\rWorld", "'KBS\\rWorld' holds a line break"),
    ),
    "bytes of another encoding": (
        *("publishers.csv", b",KBS,", ",한국방송,".encode("cp949")),
        *(
            2,
            "name",
            "한국방송",
            "'한국방송' is not UTF-8 but probably cp949 (Korean Windows)",
        ),
    ),
    "a merge marker": (
        *("sighting_sources.csv", b"y-002,", b">>>>>>> theirs\ny-002,"),
        *(3, "", "", "a merge conflict begins here"),
    ),
    "a misspelt column": (
        *("claims.csv", b"stated_on", b"stated on"),
        *(1, "stated_on", "stated on", "'stated on' is not a column of this table"),
    ),
    "a column in place of another": (
        *("claims.csv", b"stated_on", b"note"),
        *(1, "stated_on", "note", "'note' stands twice in the header"),
    ),
}


@pytest.mark.parametrize("fact", BYTE_FAULTS)
def test_changed_bytes_are_one_issue(tmp_path, fact):
    file, old, new, line, column, value, message = BYTE_FAULTS[fact]
    write_good_folder(tmp_path)
    if fact == "a comma too many":
        change_bytes(tmp_path, file, b'"Seoul said so, in these words."', b"Seoul said so.")
    change_bytes(tmp_path, file, old, new)
    issue = only_issue_in(tmp_path)
    assert (where(issue), issue.message) == ((file, line, column, value), message)


WHOLE_FILE_FAULTS = {
    "an empty file": (lambda _: b"", 1, "", "is empty"),
    "a file of blank lines": (lambda _: b"\n\n", 1, "", "is empty"),
    "UTF-16": (lambda text: text.encode("utf-16"), 1, "", "is UTF-16, not UTF-8"),
    "UTF-16 without its mark": (
        lambda text: text.encode("utf-16-le"),
        1,
        "",
        "is UTF-16, not UTF-8",
    ),
    "CR LF": (
        lambda text: text.replace("\n", "\r\n").encode(),
        *(1, "", "lines end in CR LF, not in LF"),
    ),
    "CR": (lambda text: text.replace("\n", "\r").encode(), 1, "", "lines end in CR, not in LF"),
    "semicolons": (
        lambda text: text.replace(",", ";").encode(),
        *(1, "", "has semicolons between its cells"),
    ),
    "tabs": (lambda text: text.replace(",", "\t").encode(), 1, "", "has tabs between its cells"),
    "no header": (
        lambda text: text.split("\n", 1)[1].encode(),
        *(1, "", "has no header line"),
    ),
    "a column less": (
        lambda text: re.sub("(?m)^[^,]*,", "", text).encode(),
        *(1, "sighting_id", "is missing from the header"),
    ),
    "a column more": (
        lambda text: re.sub("(?m)$", ",x", text.rstrip("\n")).encode() + b"\n",
        *(1, "x", "'x' is not a column of this table"),
    ),
    "columns without a name": (
        lambda text: text.replace("\n", ",,\n").encode(),
        *(1, "", "the header has a column without a name"),
    ),
    "another order of columns": (
        lambda text: re.sub("(?m)^([^,]*),([^,\n]*)$", r"\2,\1", text).encode(),
        *(1, "", "has its columns in another order than sighting_id, source_id"),
    ),
}


@pytest.mark.parametrize("fact", WHOLE_FILE_FAULTS)
def test_a_spoilt_file_is_one_issue(tmp_path, fact):
    spoil, line, column, message = WHOLE_FILE_FAULTS[fact]
    path = write_good_folder(tmp_path) / "sighting_sources.csv"
    path.write_bytes(spoil(path.read_bytes().decode()))
    issue = only_issue_in(tmp_path)
    place = (issue.file, issue.line, issue.column)
    assert (place, issue.message) == (("sighting_sources.csv", line, column), message)


@pytest.mark.parametrize("row_class", TABLES, ids=lambda row: row.table)
def test_a_missing_file_is_one_issue(tmp_path, row_class):
    (write_good_folder(tmp_path) / file_of(row_class)).unlink()
    issue = only_issue_in(tmp_path)
    assert (where(issue), issue.message) == ((file_of(row_class), 0, "", ""), "is missing")


@pytest.mark.parametrize("noise", [b"\xff", b'"'])
def test_a_spoilt_header_is_not_told_again_on_each_line(tmp_path, noise):
    change_bytes(write_good_folder(tmp_path), "series.csv", b"name,claimant", b"name" + noise)
    issue = only_issue_in(tmp_path)
    assert (issue.file, issue.line) == ("series.csv", 1)


def test_a_missing_folder_is_one_issue(tmp_path):
    issue = only_issue_in(tmp_path / "dat")
    assert str(issue) == "dat: is not a folder: name the folder that holds claims.csv"


def test_a_merge_conflict_is_one_issue_and_its_first_side_is_checked(tmp_path):
    path = write_good_folder(tmp_path) / "sightings.csv"
    lines = path.read_bytes().split(b"\n")
    ours, theirs = lines[2], lines[2].replace(b"rajin-port", b"nowhere")
    lines[2:3] = [b"<<<<<<< HEAD", ours, b"=======", theirs, b">>>>>>> add-a-sighting"]
    path.write_bytes(b"\n".join(lines))
    issue = only_issue_in(tmp_path)
    assert where(issue) == ("sightings.csv", 3, "", "")
    assert issue.message == "a merge conflict begins here"


# ------------------------------------------------------------------ all in one run


def test_all_faults_of_all_files_are_told_in_one_run(tmp_path):
    folder = write_good_folder(tmp_path)
    change_cell(folder, "claims", 2, "stated_on", "23-Feb-24")
    change_cell(folder, "claims", 3, "low", "6,700")
    change_cell(folder, "places", 2, "lat", "95")
    change_bytes(folder, "publishers.csv", b",KBS,", b',K"BS,')
    (folder / "legs.csv").unlink()
    places = [(issue.file, issue.line, issue.column) for issue in issues_in(folder)]
    assert places == [
        ("claims.csv", 2, "stated_on"),
        ("claims.csv", 3, "low"),
        ("legs.csv", 0, ""),
        ("places.csv", 2, "lat"),
        ("publishers.csv", 2, "name"),
    ]


def test_a_table_that_cannot_be_read_makes_no_ids_unknown(tmp_path):
    path = write_good_folder(tmp_path) / "claims.csv"
    path.write_bytes(path.read_bytes().decode().encode("utf-16"))
    assert [issue.file for issue in issues_in(tmp_path)] == ["claims.csv"]


def test_a_row_at_fault_still_lends_its_id(tmp_path):
    change_bytes(write_good_folder(tmp_path), "claimants.csv", b"us,us,us", b"us,us,u,s")
    assert [issue.line for issue in issues_in(tmp_path)] == [6]


# ------------------------------------------------------------------ never an exception

SLOTS = [
    (row.table, line, column.name)
    for row in TABLES
    for line in range(2, 2 + len(good_tables()[row.table]))
    for column in columns_of(row)
]
NASTY = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "0",
            "9" * 30,
            "-1",
            "1e999",
            "NaN",
            "2024-00-00",
            "0000",
            "'",
            '"',
            ",",
            "\n",
            "\r\n",
            "=",
        ]
    ),
)


@settings(max_examples=200)
@given(st.sampled_from(SLOTS), NASTY)
def test_a_cell_of_any_content_raises_nothing_and_stays_in_its_place(tmp_path_factory, slot, cell):
    table, line, column = slot
    folder = write_good_folder(tmp_path_factory.mktemp("data"))
    change_cell(folder, table, line, column, cell.encode("utf-8", "replace").decode("utf-8"))
    for issue in issues_in(folder):
        assert str(issue).isprintable()
        assert issue.message
        assert issue.remedy


@settings(max_examples=100)
@given(st.sampled_from(TABLES), st.binary(max_size=200), st.data())
def test_any_bytes_in_any_file_raise_nothing(tmp_path_factory, row_class, noise, data):
    path = write_good_folder(tmp_path_factory.mktemp("data")) / file_of(row_class)
    good = path.read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, len(good)))
    path.write_bytes(good[:start] + noise + good[end:])
    for issue in issues_in(path.parent):
        assert "\n" not in str(issue)


@given(st.permutations(good_tables()["claims"]))
def test_rows_in_another_order_are_at_most_one_issue(tmp_path_factory, claims):
    path = write_good_folder(tmp_path_factory.mktemp("data")) / "claims.csv"
    text = canonical_text([names_of(ROW_CLASSES["claims"]), *claims])
    path.write_bytes(text.encode("utf-8"))
    issues = issues_in(path.parent)
    assert len(issues) == (list(claims) != good_tables()["claims"])
    assert all(issue.remedy == faults.RUN_FORMAT for issue in issues)


# ------------------------------------------------------------------ the words


def test_an_issue_reads_as_in_the_documents(tmp_path):
    change_cell(write_good_folder(tmp_path), "claim_sources", 5, "source_id", "kbs-20240227")
    assert str(only_issue_in(tmp_path)) == (
        "claim_sources.csv:5: source_id: 'kbs-20240227' is not in sources.csv: "
        "did you mean 'kbs-20240226'?"
    )


def test_an_annotation_marks_the_line_for_github():
    issue = Issue("claims.csv", 3, "low", "5\n", "'5%' is wrong:\nvery", "write 6, or 7")
    assert issue.github_annotation() == (
        "::error file=data/claims.csv,line=3::low: '5%25' is wrong:%0Avery: write 6, or 7"
    )


def test_an_annotation_of_a_whole_file_stands_at_its_first_line():
    issue = Issue("a,b:c.csv", 0, "", "", "is missing", "add it")
    assert issue.github_annotation("some/data/") == (
        "::error file=some/data/a%2Cb%3Ac.csv,line=1::is missing: add it"
    )


def test_issues_sort_by_file_and_line():
    issues = [
        Issue("claims.csv", 10, "", "", "m", "r"),
        Issue("claims.csv", 9, "", "", "m", "r"),
        Issue("legs.csv", 1, "", "", "m", "r"),
    ]
    assert sorted(issues) == [issues[1], issues[0], issues[2]]
    assert len(set(issues)) == 3


def test_a_long_cell_is_cut_in_words_and_kept_in_the_issue(tmp_path):
    change_cell(write_good_folder(tmp_path), "sources", 2, "url", "x" * 200)
    issue = only_issue_in(tmp_path)
    assert len(issue.value) == 200
    assert len(str(issue)) < 160


def test_only_what_format_can_mend_is_sent_to_it(tmp_path):
    rows = [cells("claim_places", claim_id="us-20240223-containers", place_id="rajin-port")]
    folder = write_good_folder(tmp_path, claim_places=rows)
    assert only_issue_in(folder).remedy != faults.RUN_FORMAT
