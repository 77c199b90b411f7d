"""`datapackage.json` and the data dictionary, made from the row classes of `dashboard.schema`."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard.citation import AUTHORS, TITLE
from dashboard.columns import Column, columns_of
from dashboard.raw_table import RawTable
from dashboard.schema import SCHEMA_VERSION, TABLES, Row
from dashboard.tables import file_of, read_table, read_text, write_text

PACKAGE_FILE = "datapackage.json"
DICTIONARY_FILE = "README.md"
FIRST_VERSION = "2026.11.0"

_PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_SUMMARY = (
    "Claims made in public about arms, ammunition and soldiers that went from North Korea to "
    "Russia, and about what came back: who said what and when, in which documents, by which "
    "routes. It records what was said, not what was shipped."
)
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_GOOD_EXAMPLE = re.compile(r"Good: `([^`]+)`")
_FIELD_TYPES = {"integer": "integer", "number": "number", "day": "date"}
_CONTENT_WORDS = {
    "text": "text",
    "id": "id",
    "day": "date, YYYY-MM-DD",
    "period": "date, YYYY-MM-DD, YYYY-MM or YYYY",
    "address": "web address",
    "integer": "whole number",
    "number": "decimal number",
}
_INTRODUCTION = f"""\
# {TITLE}: the data

{_SUMMARY}

This file is made by `shipments describe --write` from the data model; do not edit it by hand. \
How the data are kept stands in [MAINTAINING.md](MAINTAINING.md) in the repository.

## How to read the files

- One CSV file for each table: UTF-8 without BOM, commas, LF line ends, one row on each line, rows \
sorted.
- An empty cell means unknown or not applicable. There is no "NA", no "-", and no 0 for unknown.
- Read every cell as text first: a spreadsheet changes dates and large numbers.
- A date is never sharper than its source: `2023-11` is a month and `2023` a year.
- A figure has bounds: "more than 13,000" has a `low` and no `high`, "up to 9 million" a `high` \
and no `low`. Figures of different claimants, items, measures or units must not be added up.
- Ids are never used again. A claim that was taken back stays, with a date and a reason.
- `{PACKAGE_FILE}` describes the same tables for programs (Data Package, version 2).

The compilation is licensed under {_LICENCE["name"]} (<{_LICENCE["path"]}>). Titles and figures \
are the documents' own."""


# ------------------------------------------------------------------ for the command


def descriptions(folder: Path, today: date, version: str | None = None) -> dict[str, str]:
    """Return the text of each generated file of a data folder, by file name.

    Args:
        folder: The data folder; its tables are counted.
        today: The day of creation, if the folder has none yet.
        version: The version of the data; None keeps that of the folder.
    """
    kept = _kept(read_text(folder / PACKAGE_FILE))
    package = datapackage(kept | ({"version": version} if version else {}), today)
    tables = {row.table: read_table(folder / file_of(row), row)[0] for row in TABLES}
    version = json.loads(package)["version"]
    return {PACKAGE_FILE: package, DICTIONARY_FILE: data_dictionary(tables, version)}


def write_descriptions(folder: Path, today: date) -> None:
    """Write each generated file of a data folder, whole or not at all.

    Raises:
        OSError: A file cannot be written.
    """
    for name, text in descriptions(folder, today).items():
        write_text(folder / name, text)


def _kept(text: str) -> dict[str, str]:
    """Return version and day of creation of a data package's text, where it has them."""
    try:
        package = json.loads(text or "{}")
    except json.JSONDecodeError:
        return {}
    if not isinstance(package, dict):
        return {}
    return {key: str(package[key]) for key in ("version", "created") if package.get(key)}


# ------------------------------------------------------------------ data package


def datapackage(kept: Mapping[str, str], today: date) -> str:
    """Return the Data Package (version 2) that describes all tables, as JSON.

    Args:
        kept: `version` and `created` of the package that it replaces, where it has them.
        today: The day of creation, if none is kept.
    """
    package = {
        "$schema": _PACKAGE_PROFILE,
        "name": "reported-arms-shipments",
        "title": TITLE,
        "description": _SUMMARY,
        "version": kept.get("version", FIRST_VERSION),
        "schemaVersion": SCHEMA_VERSION,
        "created": kept.get("created", f"{today.isoformat()}T00:00:00Z"),
        "licenses": [_LICENCE],
        "contributors": [{"title": AUTHORS, "roles": ["creator"]}],
        "sources": [{"title": "Public reporting; sources.csv lists every document"}],
        "resources": [_resource(row) for row in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(row_class: type[Row]) -> dict[str, Any]:
    return {
        "name": row_class.table,
        "type": "table",
        "path": file_of(row_class),
        "title": row_class.heading,
        "description": inspect.getdoc(row_class),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"},
        "schema": _table_schema(row_class),
    }


def _table_schema(row_class: type[Row]) -> dict[str, Any]:
    columns = columns_of(row_class)
    schema: dict[str, Any] = {
        "$schema": _SCHEMA_PROFILE,
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        "primaryKey": list(row_class.key),
    }
    foreign_keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if target.table == row_class.table else target.table,
                "fields": [target.column],
            },
        }
        for column in columns
        if (target := column.reference)
    ]
    return schema | ({"foreignKeys": foreign_keys} if foreign_keys else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FIELD_TYPES.get(column.holds, "string"),
        "description": column.description,
    }
    if column.holds == "address":
        field["format"] = "uri"
    example = _GOOD_EXAMPLE.search(column.description)
    if example:
        field["example"] = example.group(1)
    if column.coded:
        field["categories"] = [
            {"value": value, "label": meaning} for value, meaning in _meanings(column.coded)
        ]
    constraints = _constraints(column)
    return field | ({"constraints": constraints} if constraints else {})


def _constraints(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if column.coded:
        constraints["enum"] = list(column.allowed)
    if column.pattern and column.holds != "day":
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    return constraints


def _meanings(coded: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, str(getattr(member, "meaning", member.value))) for member in coded]


# ------------------------------------------------------------------ data dictionary


def data_dictionary(tables: Mapping[str, RawTable], version: str) -> str:
    """Return the data dictionary as Markdown: tables, how they hang together, columns, values.

    Args:
        tables: Every table by name, for the number of its rows.
        version: Version of the data.
    """
    sections = [
        _INTRODUCTION,
        f"Version of the data: {version}. Version of the columns: {SCHEMA_VERSION}.",
        "## Tables",
        _markdown_table(
            ("table", "a row is", "rows"),
            [
                (
                    f"[`{file_of(row)}`](#{_anchor(row.heading)})",
                    _one_line(row),
                    str(len(tables[row.table].rows)),
                )
                for row in TABLES
            ],
        ),
        "## How the tables hang together",
        "\n".join(_relations()),
        *(section for row in TABLES for section in _table_sections(row)),
        "## Allowed values",
        *(section for coded, users in _coded_lists() for section in _coded_sections(coded, users)),
    ]
    return "\n\n".join(sections) + "\n"


def _table_sections(row_class: type[Row]) -> list[str]:
    key = ", ".join(f"`{name}`" for name in row_class.key)
    order = ", ".join(f"`{name}`" for name in row_class.sort)
    rows = [
        (
            f"`{column.name}`",
            _content_in_words(column),
            "yes" if column.is_required else "",
            column.description,
        )
        for column in columns_of(row_class)
    ]
    return [
        f"## {row_class.heading}",
        f"`{file_of(row_class)}`. {_one_line(row_class)} Key: {key}. Sorted by {order}.",
        _markdown_table(("column", "holds", "needed", "description"), rows),
    ]


def _content_in_words(column: Column) -> str:
    if column.reference:
        return f"id of `{column.reference.table}`"
    if column.coded:
        heading = _words_of(column.coded.__name__)
        return f"one of [{heading.lower()}](#{_anchor(heading)})"
    words = _CONTENT_WORDS[column.holds]
    if column.minimum is None:
        return words
    if column.maximum is None:
        return f"{words}, {column.minimum} or more"
    return f"{words}, {column.minimum} to {column.maximum}"


def _relations() -> Iterator[str]:
    for row in TABLES:
        for column in columns_of(row):
            if column.reference:
                target = f"{column.reference.table}.{column.reference.column}"
                yield f"- `{row.table}.{column.name}` → `{target}`"


def _coded_lists() -> list[tuple[type[StrEnum], list[str]]]:
    """Return each list of allowed values with the columns that use it, in order of first use."""
    users: dict[type[StrEnum], list[str]] = {}
    for row in TABLES:
        for column in columns_of(row):
            if column.coded:
                users.setdefault(column.coded, []).append(f"`{row.table}.{column.name}`")
    return list(users.items())


def _coded_sections(coded: type[StrEnum], users: list[str]) -> list[str]:
    rows = [(f"`{value}`", meaning) for value, meaning in _meanings(coded)]
    return [
        f"### {_words_of(coded.__name__)}",
        f"{inspect.getdoc(coded)} In {', '.join(users)}.",
        _markdown_table(("value", "meaning"), rows),
    ]


def _one_line(row_class: type[Row]) -> str:
    return (inspect.getdoc(row_class) or "").split("\n", 1)[0]


def _words_of(class_name: str) -> str:
    """Return 'Claimant kind' for ClaimantKind."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).capitalize()


def _anchor(heading: str) -> str:
    """Return the fragment by which GitHub links to a heading."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _markdown_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )
