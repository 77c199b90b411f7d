"""The table as CSV and JSON, read again."""

import csv
import io
import json
from dataclasses import replace

import pandas as pd
import pytest

from dashboard.exports.caption import caption_of
from dashboard.exports.tabular import csv_bytes, json_bytes
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.selection import Selection


@pytest.fixture(scope="module")
def chart(dataset):
    return growth_chart(dataset, Selection(), "light")


def csv_rows(chart) -> list[list[str]]:
    text = csv_bytes(chart, caption_of(chart)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def json_object(chart, **words):
    return json.loads(json_bytes(chart, caption_of(chart, **words)))


# ------------------------------------------------------------------ CSV


def test_the_csv_is_the_table_and_nothing_else(chart):
    heading, *rows = csv_rows(chart)
    assert heading == list(chart.table.columns)
    assert len(rows) == len(chart.table)
    assert [row[heading.index("Claim")] for row in rows] == list(chart.table["Claim"])


def test_numbers_stay_whole_and_a_missing_one_is_empty(chart):
    heading, *rows = csv_rows(chart)
    highs = [row[heading.index("High")] for row in rows]
    assert highs == ["" if pd.isna(high) else str(high) for high in chart.table["High"]]


def test_a_spreadsheet_is_told_that_it_is_utf_8(chart):
    assert csv_bytes(chart, caption_of(chart)).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(chart, text):
    table = chart.table.head(1).assign(**{"What was said": text})
    heading, row = csv_rows(replace(chart, table=table))
    assert row[heading.index("What was said")] == f"'{text}"


def test_a_negative_number_gets_none(chart):
    table = pd.DataFrame({"Difference": [-5]})
    assert csv_rows(replace(chart, table=table)) == [["Difference"], ["-5"]]


def test_true_and_false_are_yes_and_no(chart):
    table = pd.DataFrame({"Replaced": [True, False]})
    assert csv_rows(replace(chart, table=table)) == [["Replaced"], ["yes"], ["no"]]


# ------------------------------------------------------------------ JSON


def test_the_json_holds_caption_rows_claims_sources_and_version(chart):
    content = json_object(chart)
    assert list(content) == [
        "name",
        "data_version",
        "as_known_on",
        "caption",
        "columns",
        "rows",
        "claims",
        "sources",
    ]
    assert content["data_version"] == chart.data_version
    assert content["caption"]["title"] == chart.title
    assert content["claims"] == list(chart.claim_ids)
    assert len(content["sources"]) == len(chart.sources)


def test_the_rows_of_the_json_are_those_of_the_table(chart):
    content = json_object(chart)
    assert [row["Claim"] for row in content["rows"]] == list(chart.table["Claim"])
    assert [row["High"] for row in content["rows"]] == [
        None if pd.isna(high) else high for high in chart.table["High"]
    ]


def test_the_json_leaves_every_text_as_it_is(chart):
    table = chart.table.head(1).assign(**{"What was said": "=1+1 한국어"})
    content = json_object(replace(chart, table=table))
    assert content["rows"][0]["What was said"] == "=1+1 한국어"


def test_a_length_with_a_fraction_keeps_it(dataset):
    routes = routes_chart(dataset, main_route_ids(dataset), "light")
    lengths = [row["Length (km)"] for row in json_object(routes)["rows"]]
    assert lengths == list(routes.table["Length (km)"])


@pytest.mark.parametrize("write", [csv_bytes, json_bytes])
def test_the_same_content_gives_the_same_bytes(chart, write):
    assert write(chart, caption_of(chart)) == write(chart, caption_of(chart))
