"""The table of a chart as CSV for people and their spreadsheets, and as JSON for programs.

The CSV is a pure table: no lines of comment, one header, one row a mark. It opens in spreadsheets
with a double click, so it begins with a byte order mark, without which Excel garbles Hangul and
Cyrillic, and a text that a spreadsheet would run as a formula gets a leading apostrophe. The JSON
holds every text as it is, with caption and sources beside the rows.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date
from typing import Any

import pandas as pd

from dashboard.captioned import CaptionedChart
from dashboard.exports.caption import Caption
from dashboard.records import is_given
from dashboard.translation import caption_language, translated

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With one of these a spreadsheet takes a text for a formula."""

PlainValue = str | int | float | bool | None


def plain_value(value: Any) -> PlainValue:
    """Return a cell of a table as a plain value; None where it is missing."""
    if not is_given(value):
        return None
    if isinstance(value, (str, bool, int, float)):
        return value
    if hasattr(value, "item"):
        return plain_value(value.item())
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_rows(table: pd.DataFrame) -> list[list[PlainValue]]:
    """Return the rows of a table as plain values, in order."""
    return [[plain_value(value) for value in row] for row in table.itertuples(index=False)]


def csv_bytes(chart: CaptionedChart, caption: Caption) -> bytes:
    """Return the table of a chart as CSV: UTF-8 with byte order mark, lines ended as in RFC 4180.

    A missing value is an empty cell; yes and no stand for true and false.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_spreadsheet_text(str(heading)) for heading in chart.table.columns)
    with caption_language(caption.language):
        for row in plain_rows(chart.table):
            writer.writerow(_csv_cell(value) for value in row)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(value: PlainValue) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return translated("yes") if value else translated("no")
    return _spreadsheet_text(value) if isinstance(value, str) else value


def _spreadsheet_text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def json_bytes(chart: CaptionedChart, caption: Caption) -> bytes:
    """Return a chart as one JSON object: caption, columns, rows, claims, sources and version."""
    words = asdict(caption)
    for key in ("sources", "appendix", "data_version", "as_known_on"):
        del words[key]
    columns = [str(heading) for heading in chart.table.columns]
    content = {
        "name": chart.name,
        "data_version": caption.data_version,
        "as_known_on": caption.as_known_on.isoformat() if caption.as_known_on else None,
        "caption": words,
        "columns": columns,
        "rows": [dict(zip(columns, row, strict=True)) for row in plain_rows(chart.table)],
        "claims": list(chart.claim_ids),
        "sources": [asdict(document) for document in caption.documents],
    }
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()
