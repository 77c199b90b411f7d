"""Changes of rows in words, for people who review, release or follow the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from dashboard.periods import in_words
from dashboard.row_changes import ROW_CLASSES, RowChange, Tables
from dashboard.words import counted, figure_in_words, sentence_start, unit_in_words

_NOUNS = {
    "claims": ("claim", "claims"),
    "claimants": ("claimant", "claimants"),
    "series": ("running count", "running counts"),
    "publishers": ("publisher", "publishers"),
    "sources": ("document", "documents"),
    "claim_sources": ("document behind a claim", "documents behind claims"),
    "claim_links": ("link between claims", "links between claims"),
    "conversions": ("conversion", "conversions"),
    "places": ("place", "places"),
    "place_sources": ("document behind a place", "documents behind places"),
    "claim_places": ("place named by a claim", "places named by claims"),
    "routes": ("route", "routes"),
    "route_sources": ("document behind a route", "documents behind routes"),
    "legs": ("leg", "legs"),
    "vessels": ("vessel", "vessels"),
    "vessel_sources": ("document behind a vessel", "documents behind vessels"),
    "vessel_sanctions": ("listing of a vessel", "listings of vessels"),
    "sightings": ("sighting", "sightings"),
    "sighting_sources": ("document behind a sighting", "documents behind sightings"),
}
_FIGURE = frozenset(("low", "high", "qualifier", "item", "unit"))
_LONGEST = 160
_CONTEXT = 3


class Head(StrEnum):
    """What happened to a row."""

    ADDED = "Added"
    REVISED = "Revised"
    WITHDRAWN = "Withdrawn"
    REMOVED = "Removed"


@dataclass(frozen=True)
class ToldChange:
    """A change in words.

    Attributes:
        head: What happened.
        table: Name of the table.
        row_id: The id of the row; its parts joined by ' / '.
        words: What the row says, or what of it is another.
    """

    head: Head
    table: str
    row_id: str
    words: str

    def __str__(self) -> str:
        return f"{self.row_id}: {self.words}" if self.words else self.row_id


def told_changes(changes: Iterable[RowChange], tables: Tables) -> tuple[ToldChange, ...]:
    """Return changes in words, claims first, in the order in which they are given.

    Args:
        changes: The changes.
        tables: Every table by name, for the names of bodies; before or after the changes.
    """
    names = _short_names(tables)
    told = [
        ToldChange(_head(change), change.table, " / ".join(change.key), _words(change, names))
        for change in changes
    ]
    order = list(_NOUNS)
    return tuple(sorted(told, key=lambda one: order.index(one.table)))


def summary(told: Sequence[ToldChange]) -> str:
    """Return changes in one sentence, such as '3 claims added, 1 revised; 4 documents added'."""
    parts = []
    for table, (noun, plural) in _NOUNS.items():
        counts = Counter(one.head for one in told if one.table == table)
        happened = [(counts[head], head.lower()) for head in Head if counts[head]]
        if happened:
            (number, what), *rest = happened
            first = f"{counted(number, noun, plural)} {what}"
            parts.append(", ".join([first, *(f"{number:,} {what}" for number, what in rest)]))
    return f"{'; '.join(parts)}." if parts else "Nothing changed."


def as_text(told: Sequence[ToldChange]) -> str:
    """Return changes as plain text: the sentence, then one line each under their heads."""
    return "\n".join([summary(told), *_listed(told, "\n{heading}", "  {change}")])


def as_markdown(told: Sequence[ToldChange], most: int = 50) -> str:
    """Return changes as Markdown: the sentence, then one item each under their heads.

    Args:
        told: The changes.
        most: How many to list of one table and head before the rest is only counted.
    """
    lines = _listed(told, "\n### {heading}\n", "- {change}", most, markdown=True)
    return "\n".join([summary(told), *lines])


def markdown_text(text: str) -> str:
    """Return a text such that Markdown shows it as it is, on one line."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~$:" else sign for sign in text)
    return " ".join(escaped.split())


def _listed(
    told: Sequence[ToldChange],
    heading: str,
    item: str,
    most: int | None = None,
    *,
    markdown: bool = False,
) -> list[str]:
    lines: list[str] = []
    for table, (_, plural) in _NOUNS.items():
        for head in Head:
            group = [one for one in told if (one.table, one.head) == (table, head)]
            if not group:
                continue
            lines.append(heading.format(heading=f"{sentence_start(plural)} {head.lower()}"))
            for one in group[:most]:
                change = _in_markdown(one) if markdown else str(one)
                lines.append(item.format(change=change))
            if most is not None and len(group) > most:
                lines.append(item.format(change=f"and {len(group) - most:,} more"))
    return lines


def _in_markdown(one: ToldChange) -> str:
    row_id = f"`{one.row_id.replace('`', '')}`"
    return f"{row_id}: {markdown_text(one.words)}" if one.words else row_id


# ------------------------------------------------------------------ one change


def _head(change: RowChange) -> Head:
    if change.before is None:
        return Head.ADDED
    if change.after is None:
        return Head.REMOVED
    is_withdrawn = "withdrawn_on" in change.columns and change.cells_after["withdrawn_on"]
    return Head.WITHDRAWN if is_withdrawn else Head.REVISED


def _words(change: RowChange, names: Mapping[str, str]) -> str:
    before, after = change.cells_before, change.cells_after
    match _head(change):
        case Head.ADDED:
            return _row_in_words(change.table, after, names)
        case Head.REMOVED:
            return _row_in_words(change.table, before, names)
        case Head.WITHDRAWN:
            return f"{_row_in_words(change.table, before, names)}; {after['withdrawn_reason']}"
    parts = []
    columns = list(change.columns)
    if change.table == "claims" and _FIGURE & set(columns):
        columns = [name for name in columns if name not in _FIGURE]
        who = names.get(after["claimant"], after["claimant"])
        parts.append(f"{who}: {_figure(before)} → {_figure(after)}")
    parts += [f"{name} {_difference(before[name], after[name])}" for name in columns]
    return "; ".join(parts)


def _row_in_words(table: str, cells: Mapping[str, str], names: Mapping[str, str]) -> str:
    if table == "claims":
        who = names.get(cells["claimant"], cells["claimant"])
        said = _figure(cells) if cells["low"] or cells["high"] else _cell(cells["paraphrase"])
        return f"{who}, {in_words(cells['stated_on'])}: {said}"
    if table == "sources":
        day = in_words(cells["published_on"]) if cells["published_on"] else "date not seen"
        return f"{cells['title'] or 'title not seen'} ({cells['publisher']}, {day})"
    key = ROW_CLASSES[table].key
    given = [
        cells[name] for name in ("name", "short_name", "paraphrase", "role") if cells.get(name)
    ]
    return _cell(given[0]).strip("‘’") if given and len(key) == 1 else ", ".join(given[:1])


def _figure(cells: Mapping[str, str]) -> str:
    low, high, qualifier = (cells[name] or None for name in ("low", "high", "qualifier"))
    figure = figure_in_words(low, high, qualifier, cells["unit"])
    return figure + (unit_in_words(cells["item"]) if low or high else "")


def _difference(before: str, after: str) -> str:
    """Return two cells with an arrow; of long ones only the words that differ, and some around."""
    if max(len(before), len(after)) <= _LONGEST // 2:
        return f"{_cell(before)} → {_cell(after)}"
    old, new = before.split(), after.split()
    start = _equal_at_start(old, new)
    end = _equal_at_start(old[start:][::-1], new[start:][::-1])
    return " → ".join(_cell(_part(words, start, end)) for words in (old, new))


def _equal_at_start(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _part(words: Sequence[str], start: int, end: int) -> str:
    """Return words without those at the start and at the end that another text shares."""
    first, last = max(0, start - _CONTEXT), max(start, len(words) - end)
    part = " ".join(words[first : last + _CONTEXT])
    dots = ("… " if first else ""), (" …" if last + _CONTEXT < len(words) else "")
    return f"{dots[0]}{part}{dots[1]}"


def _cell(cell: str) -> str:
    if not cell:
        return "nothing"
    return f"‘{cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1].rstrip() + '…'}’"


def _short_names(tables: Tables) -> dict[str, str]:
    columns = tables["claimants"].columns if "claimants" in tables else {}
    if not {"claimant", "short_name"} <= columns.keys():
        return {}
    return dict(zip(columns["claimant"], columns["short_name"], strict=True))
