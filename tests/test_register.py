"""The register of claims as a captioned table."""

import csv
import io

import openpyxl
import pytest

from dashboard.claims import selected_claims
from dashboard.exports.caption import caption_of
from dashboard.exports.tabular import csv_bytes
from dashboard.exports.xlsx import xlsx_bytes
from dashboard.figures.register import register_chart
from dashboard.selection import Selection

SELECTIONS = (
    Selection(),
    Selection(item=None),
    Selection(item=None, claimant=("dprk",)),
    Selection(item=None, text="Pasundan"),
)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_the_register_holds_every_selected_claim_once(dataset, selection):
    chart = register_chart(dataset, selection, "light")
    wanted = list(selected_claims(dataset, selection)["claim_id"])
    assert sorted(chart.table["Claim"]) == sorted(wanted)
    assert chart.title.startswith(str(len(wanted)))


@pytest.mark.parametrize("selection", SELECTIONS)
def test_the_register_names_every_document_of_its_claims(dataset, selection):
    chart = register_chart(dataset, selection, "light")
    links = dataset.claim_sources
    expected = set(links[links["claim_id"].isin(chart.claim_ids)]["source_id"])
    assert set(chart.sources["source_id"]) == expected


def test_the_saved_table_is_the_register(dataset):
    chart = register_chart(dataset, Selection(item=None), "light")
    text = csv_bytes(chart, caption_of(chart)).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [row[heading.index("Claim")] for row in rows] == list(chart.table["Claim"])


def test_the_saved_workbook_opens_with_every_claim(dataset):
    chart = register_chart(dataset, Selection(item=None), "light")
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(chart, caption_of(chart))))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert set(chart.claim_ids) <= cells


def test_a_selection_without_claims_has_no_register(dataset):
    with pytest.raises(LookupError, match="holds no claim"):
        register_chart(dataset, Selection(text="xyzzy"), "light")
