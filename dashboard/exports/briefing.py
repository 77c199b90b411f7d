"""Briefings: charts, maps and claims in the order that a reader gave, and their files in TOML."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeVar, cast

from dashboard.citation import TITLE
from dashboard.codes import Coded, Item, Mode, RouteStatus
from dashboard.exports.caption import (
    DEFAULT_MARKING,
    LONGEST_TITLE,
    checked_marking,
    checked_words,
)
from dashboard.exports.formats import ExportError, ExportFormat
from dashboard.exports.pdf import Paper
from dashboard.figures.catalogue import ChartOrder, chart_names
from dashboard.nearest import no_such
from dashboard.selection import Selection
from dashboard.translation import ENGLISH, LANGUAGES

MOST_PARTS = 30
LONGEST_FILE = 100_000
"""Signs of a briefing file."""
RATIOS = ("16:9", "4:3")
Ratio = Literal["16:9", "4:3"]


class BriefingFormat(Coded):
    """A kind of file; the value is the ending of its name."""

    PPTX = "pptx", "PowerPoint"
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
    ZIP = "zip", "All in one ZIP"

    @property
    def media_type(self) -> str:
        """The type by which servers and browsers know such a file."""
        if self is BriefingFormat.ZIP:
            return "application/zip"
        return ExportFormat(self.value).media_type


ALL_FORMATS = tuple(BriefingFormat)


@dataclass(frozen=True)
class ChartPart:
    """A chart or map of a briefing.

    Attributes:
        chart: Its name in the catalogue.
        order: What it draws.
    """

    chart: str
    order: ChartOrder = field(default_factory=ChartOrder)

    @property
    def name(self) -> str:
        """How the part is called in faults and names of files."""
        return self.chart


@dataclass(frozen=True)
class ClaimsPart:
    """A page on which claims stand side by side, with all that is recorded of each."""

    claims: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the part is called in faults and names of files."""
        return "claims"


Part = ChartPart | ClaimsPart


@dataclass(frozen=True)
class Briefing:
    """What a reader wants in one file.

    Attributes:
        title: Title of the whole.
        subtitle: A line below it.
        marking: How it may be handled, for the top and bottom of each page.
        language: BCP 47 tag of the language of captions.
        as_known_on: The day to which everything is frozen; None takes the dataset as it is.
        parts: What is in it, in order.
        formats: The files that a ZIP holds beside the data.
        ratio: Shape of the slides.
        paper: Size of the PDF's pages: a value of `Paper`.
        template: A reader's own .pptx for the slides.
    """

    title: str = TITLE
    subtitle: str = ""
    marking: str = DEFAULT_MARKING
    language: str = ENGLISH
    as_known_on: date | None = None
    parts: tuple[Part, ...] = ()
    formats: tuple[BriefingFormat, ...] = ALL_FORMATS
    ratio: Ratio = "16:9"
    paper: str = "16:9"
    template: bytes | None = field(default=None, repr=False)


def checked_briefing(briefing: Briefing) -> Briefing:
    """Return a briefing with title and marking as they are printed.

    Raises:
        ExportError: A word of it cannot be printed, or it holds nothing or too much.
    """
    if not briefing.parts:
        raise ExportError("The briefing is empty. Choose at least one chart or claim.")
    if len(briefing.parts) > MOST_PARTS:
        raise ExportError(
            f"{len(briefing.parts)} charts are too many for one briefing. "
            f"Choose {MOST_PARTS} at most, or make two briefings."
        )
    _demand_one_of("language", briefing.language, tuple(LANGUAGES))
    _demand_one_of("ratio", briefing.ratio, RATIOS)
    _demand_one_of("paper", briefing.paper.lower(), tuple(Paper))
    return replace(
        briefing,
        title=checked_words(briefing.title, "title", LONGEST_TITLE) or TITLE,
        subtitle=checked_words(briefing.subtitle, "subtitle", LONGEST_TITLE),
        marking=checked_marking(briefing.marking),
    )


def _demand_one_of(key: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise ExportError(f"‘{key}’: ‘{value}’ is none of its values: {', '.join(choices)}.")


# ------------------------------------------------------------------ TOML

_KEYS = ("title", "subtitle", "marking", "language", "as_known_on", "formats", "ratio", "paper")
_PART_KEYS: dict[str, tuple[str, ...]] = {
    "growth": ("item", "claimant", "series", "from", "to"),
    "routes": ("route", "mode", "route_status"),
    "sea": ("route", "mode", "route_status"),
    "sightings": (),
    "trips": (),
    "conversion": ("item", "claimant", "series", "from", "to", "convert_to"),
    "factors": ("item", "convert_to"),
    "relays": ("claim",),
    "vessel": ("vessel",),
}
"""What each chart takes of a part; every chart of the catalogue stands here."""

_Listed = TypeVar("_Listed", Item, Mode, RouteStatus, BriefingFormat)


def briefing_from_toml(text: str) -> Briefing:
    """Return the briefing that a file describes; see `briefs/standing.toml`.

    Raises:
        ExportError: The file cannot be read or has a fault; the message names the key and what
            to write there.
    """
    if len(text) > LONGEST_FILE:
        raise ExportError(f"The briefing file has more than {LONGEST_FILE:,} signs. Shorten it.")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ExportError(f"The briefing file is not TOML: {fault}.") from None
    table = _Table(content, "", (*_KEYS, "part"))
    parts = content.get("part", [])
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise ExportError("‘part’: write each chart as a table that begins with [[part]].")
    return checked_briefing(
        Briefing(
            title=table.text("title"),
            subtitle=table.text("subtitle"),
            marking=table.text("marking") or DEFAULT_MARKING,
            language=table.text("language") or ENGLISH,
            as_known_on=table.day("as_known_on"),
            parts=tuple(_part(part, number) for number, part in enumerate(parts, 1)),
            formats=table.listed("formats", BriefingFormat) or ALL_FORMATS,
            ratio=cast("Ratio", table.text("ratio") or "16:9"),
            paper=table.text("paper") or "16:9",
        )
    )


def _part(content: dict[str, Any], number: int) -> Part:
    where = f"part {number}, "
    if "claims" in content:
        table = _Table(content, where, ("claims",))
        return ClaimsPart(table.texts("claims"))
    name = content.get("chart")
    names = chart_names()
    if not isinstance(name, str):
        raise ExportError(
            f"{where}‘chart’: write the name of a chart, or ‘claims’ with a list of claims. "
            f"The charts are: {', '.join(names)}."
        )
    if name not in names:
        raise ExportError(f"{where}‘chart’: {no_such('chart', name, names)}.")
    return ChartPart(name, _order(_Table(content, where, ("chart", *_PART_KEYS[name]))))


def _order(table: _Table) -> ChartOrder:
    usual = ChartOrder()
    return ChartOrder(
        selection=Selection(
            item=table.one_of("item", Item) or usual.selection.item,
            claimant=table.texts("claimant"),
            series=table.texts("series"),
            from_=table.day("from"),
            to=table.day("to"),
        ),
        route=table.texts("route"),
        mode=table.listed("mode", Mode),
        route_status=table.listed("route_status", RouteStatus),
        claim=table.text("claim") or usual.claim,
        vessel=table.text("vessel") or usual.vessel,
        convert_to=table.one_of("convert_to", Item),
    )


@dataclass(frozen=True)
class _Table:
    """A table of a file; every value is looked at before it is taken.

    Attributes:
        content: The table as read.
        where: How a fault begins: 'part 3, '.
        keys: The keys that it may have.
    """

    content: Mapping[str, Any]
    where: str
    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        for key in self.content:
            if key not in self.keys:
                known = ", ".join(self.keys)
                raise ExportError(f"{self.where}‘{key}’ is no key here. The keys are: {known}.")

    def text(self, key: str) -> str:
        """Return a text; nothing where the key is missing."""
        value = self.content.get(key, "")
        if not isinstance(value, str):
            raise self._fault(key, "write a text in quotes")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.content.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self._fault(key, 'write a list of texts, such as ["one", "other"]')
        return tuple(values)

    def day(self, key: str) -> date | None:
        """Return a day; None where the key is missing."""
        value = self.content.get(key)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self._fault(key, "write a day as 2024-08-31") from None

    def listed(self, key: str, codes: type[_Listed]) -> tuple[_Listed, ...]:
        """Return values of a coded list."""
        return tuple(self._coded(key, value, codes) for value in self.texts(key))

    def one_of(self, key: str, codes: type[_Listed]) -> _Listed | None:
        """Return a value of a coded list; None where the key is missing."""
        value = self.text(key)
        return self._coded(key, value, codes) if value else None

    def _coded(self, key: str, value: str, codes: type[_Listed]) -> _Listed:
        try:
            return codes(value)
        except ValueError:
            values = ", ".join(codes)
            raise self._fault(key, f"‘{value}’ is none of its values: {values}") from None

    def _fault(self, key: str, remedy: str) -> ExportError:
        return ExportError(f"{self.where}‘{key}’: {remedy}.")


def briefing_to_toml(briefing: Briefing) -> str:
    """Return the file that describes a briefing, without its template."""
    first: dict[str, object] = {
        "title": briefing.title,
        "subtitle": briefing.subtitle,
        "marking": briefing.marking,
        "language": briefing.language,
        "as_known_on": briefing.as_known_on,
        "formats": [format.value for format in briefing.formats],
        "ratio": briefing.ratio,
        "paper": briefing.paper,
    }
    tables = [_lines(first), *("[[part]]\n" + _lines(_fields(part)) for part in briefing.parts)]
    return "\n".join(tables)


def _fields(part: Part) -> dict[str, object]:
    """Return what a file says of a part: nothing that its chart does not take."""
    if isinstance(part, ClaimsPart):
        return {"claims": list(part.claims)}
    order, selection = part.order, part.order.selection
    values: dict[str, object] = {
        "item": selection.item.value if selection.item else None,
        "claimant": list(selection.claimant),
        "series": list(selection.series),
        "from": selection.from_,
        "to": selection.to,
        "route": list(order.route),
        "mode": [mode.value for mode in order.mode],
        "route_status": [status.value for status in order.route_status],
        "claim": order.claim,
        "vessel": order.vessel,
        "convert_to": order.convert_to.value if order.convert_to else None,
    }
    return {"chart": part.chart, **{key: values[key] for key in _PART_KEYS[part.chart]}}


def _lines(values: Mapping[str, object]) -> str:
    """Return keys with their values; TOML writes text and lists of text as JSON does."""
    return "".join(
        f"{key} = {value if isinstance(value, date) else json.dumps(value, ensure_ascii=False)}\n"
        for key, value in values.items()
        if value not in (None, "", [])
    )
