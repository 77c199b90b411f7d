"""A release of the data: its version, its changelog and its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dashboard.change_words import Head, ToldChange, markdown_text, summary

_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d+)")
_CITED_DATA = re.compile(r"(?ms)^  - type: data\n(?:    .*\n)+")
_QUOTED_LINE = re.compile(r"(?m)^> .*$")
_YEAR_IN_BRACKETS = re.compile(r"\(\d{4}\)")
_FIRST_ENTRY = re.compile(r"(?m)^## ")


def next_version(version: str, today: date) -> str:
    """Return the calendar version after another: year, month, number within the month.

    Raises:
        ValueError: The version is of another form, or lies in the future.
    """
    match = _VERSION.fullmatch(version)
    if not match:
        raise ValueError(f"'{version}' is not a version such as 2026.11.0")
    year, month, number = map(int, match.groups())
    if (year, month) > (today.year, today.month):
        raise ValueError(f"version {version} is of a later month than {today.isoformat()}")
    same_month = (year, month) == (today.year, today.month)
    return f"{today.year}.{today.month:02}.{number + 1 if same_month else 0}"


def changelog_entry(version: str, today: date, told: Sequence[ToldChange]) -> str:
    """Return the entry of a release as Markdown; claims by id, other tables counted."""
    parts = [f"## {version} - {today.isoformat()}", summary(told)]
    claims = [one for one in told if one.table == "claims"]
    for head in Head:
        lines = [
            f"- `{one.row_id}`: {markdown_text(one.words)}" for one in claims if one.head is head
        ]
        if lines:
            parts += [f"### {head}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def with_entry(changelog: str, entry: str) -> str:
    """Return a changelog with an entry above its newest one.

    Raises:
        ValueError: The changelog has an entry of this version already.
    """
    heading = entry.splitlines()[0].split(" - ")[0]
    if re.search(rf"(?m)^{re.escape(heading)} - ", changelog):
        raise ValueError(f"the changelog has an entry '{heading.removeprefix('## ')}' already")
    first = _FIRST_ENTRY.search(changelog)
    if not first:
        return f"{changelog.rstrip()}\n\n{entry}"
    return f"{changelog[: first.start()]}{entry}\n{changelog[first.start() :]}"


def cited(citation: str, version: str, today: date) -> str:
    """Return `CITATION.cff` with another version of the data.

    Raises:
        ValueError: It cites no data set.
    """
    block = _CITED_DATA.search(citation)
    if not block:
        raise ValueError("CITATION.cff has no reference of type data")
    text = re.sub(r"(?m)^    version: .*$", f"    version: {version}", block.group())
    text = re.sub(r"(?m)^    date-released: .*$", f"    date-released: {today.isoformat()}", text)
    return citation[: block.start()] + text + citation[block.end() :]


def cited_in_words(text: str, old: str, version: str, today: date) -> str:
    """Return a document whose quoted citations name another version of the data, and its year."""

    def renewed(line: re.Match[str]) -> str:
        if old not in line.group():
            return line.group()
        return _YEAR_IN_BRACKETS.sub(f"({today.year})", line.group().replace(old, version))

    return _QUOTED_LINE.sub(renewed, text)
