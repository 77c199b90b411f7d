"""The data package and the data dictionary: nothing of the data model is left out."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package

from dashboard.columns import columns_of
from dashboard.describe import (
    DICTIONARY_FILE,
    PACKAGE_FILE,
    data_dictionary,
    datapackage,
    descriptions,
    write_descriptions,
)
from dashboard.schema import TABLES
from dashboard.tables import file_of, read_table
from tests.build import change_cell, write_good_folder

TODAY = date(2026, 11, 24)
SHIPPED_DATA = Path(__file__).parent.parent / "data"
COLUMNS = [(row, column) for row in TABLES for column in columns_of(row)]


@pytest.fixture
def described(tmp_path):
    """A good folder with its generated files."""
    write_descriptions(write_good_folder(tmp_path), TODAY)
    return tmp_path


def package() -> dict:
    return json.loads(datapackage({}, TODAY))


def dictionary(folder: Path) -> str:
    tables = {row.table: read_table(folder / file_of(row), row)[0] for row in TABLES}
    return data_dictionary(tables, "2026.11.0")


def field(table: str, column: str) -> dict:
    resource = next(found for found in package()["resources"] if found["name"] == table)
    return next(found for found in resource["schema"]["fields"] if found["name"] == column)


# ------------------------------------------------------------------ an outside check


def test_frictionless_finds_the_good_folder_valid(described):
    report = Package(described / PACKAGE_FILE).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("claims", "measure", "total"),
        ("claims", "stated_on", "23-Feb-24"),
        ("claims", "low", "6,700"),
        ("claims", "paraphrase", ""),
        ("claims", "claimant", "nobody"),
        ("places", "lat", "142.88"),
        ("sources", "url", "javascript:alert(1)"),
    ],
)
def test_frictionless_finds_a_spoilt_cell(described, table, column, cell):
    change_cell(described, table, 2, column, cell)
    assert not Package(described / PACKAGE_FILE).validate().valid


@pytest.mark.slow
def test_frictionless_finds_the_shipped_data_valid():
    report = Package(SHIPPED_DATA / PACKAGE_FILE).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "fieldName", "message"])


# ------------------------------------------------------------------ never stale


@pytest.mark.parametrize("name", [PACKAGE_FILE, DICTIONARY_FILE])
def test_the_shipped_descriptions_are_those_of_the_data_model(name):
    generated = descriptions(SHIPPED_DATA, TODAY)[name]
    shipped = (SHIPPED_DATA / name).read_text(encoding="utf-8")
    assert shipped == generated, f"{name} is stale: run `shipments describe --write`"


def test_describing_twice_gives_the_same_text(described):
    before = (described / PACKAGE_FILE).read_bytes()
    write_descriptions(described, date(2030, 1, 1))
    assert (described / PACKAGE_FILE).read_bytes() == before


def test_version_and_day_of_creation_are_kept(described):
    old = json.dumps({"version": "2027.1.3", "created": "2026-11-01T00:00:00Z"})
    (described / PACKAGE_FILE).write_text(old, encoding="utf-8")
    new = json.loads(descriptions(described, TODAY)[PACKAGE_FILE])
    assert (new["version"], new["created"]) == ("2027.1.3", "2026-11-01T00:00:00Z")
    assert "Version of the data: 2027.1.3." in descriptions(described, TODAY)[DICTIONARY_FILE]


@pytest.mark.parametrize("old", ["", "no JSON", "[]", "{}"])
def test_the_first_version_is_given_where_there_is_none(described, old):
    (described / PACKAGE_FILE).write_text(old, encoding="utf-8")
    new = json.loads(descriptions(described, TODAY)[PACKAGE_FILE])
    assert (new["version"], new["created"]) == ("2026.11.0", "2026-11-24T00:00:00Z")


# ------------------------------------------------------------------ the data package


def test_every_table_is_a_resource():
    resources = package()["resources"]
    assert [found["path"] for found in resources] == [file_of(row) for row in TABLES]


@pytest.mark.parametrize(
    ("row", "column"), COLUMNS, ids=[f"{row.table}.{column.name}" for row, column in COLUMNS]
)
def test_every_column_is_described(row, column):
    found = field(row.table, column.name)
    assert found["description"].endswith((".", "?"))
    assert found.get("constraints", {}).get("required", False) == column.is_required
    assert found.get("constraints", {}).get("enum", []) == list(column.allowed)


def test_every_allowed_value_has_a_meaning():
    categories = field("claims", "measure")["categories"]
    assert {"value": "increment", "label": "an amount within a period"} in categories


def test_a_good_example_is_the_field_s_example():
    assert field("claims", "low")["example"] == "13000"


def test_bounds_are_constraints():
    assert field("places", "lat")["constraints"]["minimum"] == -90
    assert field("places", "lat")["constraints"]["maximum"] == 90
    assert field("claims", "low")["constraints"] == {"minimum": 0}


def test_a_table_that_points_to_itself_does_so_without_a_name():
    schema = package()["resources"][0]["schema"]
    reference = {"resource": "", "fields": ["claimant"]}
    assert {"fields": ["part_of"], "reference": reference} in schema["foreignKeys"]


def test_only_the_empty_cell_is_missing():
    assert {tuple(found["schema"]["missingValues"]) for found in package()["resources"]} == {("",)}


# ------------------------------------------------------------------ the data dictionary


def test_the_dictionary_counts_the_rows(described):
    text = dictionary(described)
    assert (
        "| [`claims.csv`](#claims) | One claimant, one date, one quantity, as stated. | 6 |" in text
    )


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.table)
def test_the_dictionary_describes_every_column(described, row):
    section = dictionary(described).split(f"\n## {row.heading}\n")[1].split("\n## ")[0]
    for column in columns_of(row):
        assert f"| `{column.name}` |" in section
        assert column.description.replace("|", "\\|") in section


def test_the_dictionary_explains_every_allowed_value(described):
    text = dictionary(described)
    for _, column in COLUMNS:
        for member in column.coded or ():
            assert f"| `{member.value}` | {member.meaning} |" in text


def test_every_link_within_the_dictionary_leads_to_a_heading(described):
    text = dictionary(described)
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= anchors
    assert len(anchors) == len(headings)


def test_every_column_says_whose_ids_it_holds(described):
    text = dictionary(described)
    assert "- `claim_sources.source_id` → `sources.source_id`" in text
    assert "| `source_id` | id of `sources` | yes | The document. |" in text
