"""Briefings as files: all parts drawn, then written as slides, pages, a workbook or a ZIP.

Everything is made in memory, so a briefing that cannot be made leaves nothing behind. Whoever
waits is told how far it is, and may stop the work by raising from there.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.as_known import as_known
from dashboard.captioned import CaptionedChart
from dashboard.citation import TITLE
from dashboard.dataset import Dataset
from dashboard.exports.briefing import (
    Briefing,
    BriefingFormat,
    ChartPart,
    ClaimsPart,
    Part,
    briefing_to_toml,
    checked_briefing,
)
from dashboard.exports.caption import LICENCE, Caption, caption_of
from dashboard.exports.data_slice import data_slice
from dashboard.exports.formats import Export, ExportError, safe_name
from dashboard.exports.pdf import pdf_of
from dashboard.exports.permalink import base_url, permalink_of
from dashboard.exports.pptx.presentation import presentation
from dashboard.exports.renderer import NO_BROWSER, browser_path
from dashboard.exports.tabular import csv_bytes
from dashboard.exports.xlsx import workbook_of
from dashboard.figures.catalogue import draw, drawn_routes
from dashboard.figures.claim_facts import claims_chart
from dashboard.nearest import no_such
from dashboard.periods import in_words
from dashboard.translation import caption_language

LONGEST_NAME = 60
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""Archives have no clock of their own, so that the same briefing gives the same bytes."""

Progress = Callable[[int, int, str], None]
"""Told before each step: how many are done, of how many, and what comes next."""


@dataclass(frozen=True)
class DrawnPart:
    """A part as it is printed, with what it rests on."""

    part: Part
    chart: CaptionedChart
    caption: Caption


def make_briefing(
    dataset: Dataset,
    briefing: Briefing,
    format: BriefingFormat,
    progress: Progress | None = None,
) -> Export:
    """Return a briefing as one file.

    Args:
        dataset: The dataset.
        briefing: What is in it.
        format: The kind of file.
        progress: Told before each step, and while pages are printed; what it raises ends the work.

    Raises:
        ExportError: A part has nothing to show, a word cannot be printed, the template is no
            PowerPoint file, or there is no browser for a PDF.
    """
    wanted = checked_briefing(briefing)
    formats = files_of(wanted, format)
    steps = _Steps(len(wanted.parts) + len(formats) + (format is BriefingFormat.ZIP), progress)
    known = _frozen(dataset, wanted.as_known_on)
    with caption_language(wanted.language):
        drawn = _drawn_parts(known, wanted, steps)
    files = {one: _file(wanted, one, drawn, steps) for one in formats}
    if format is BriefingFormat.ZIP:
        steps.begin("Packing the ZIP")
        data = _archive(dataset, wanted, drawn, files)
    else:
        data = files[format]
    steps.finish()
    return Export(briefing_name(wanted, dataset, format), format.media_type, data)


def files_of(briefing: Briefing, format: BriefingFormat) -> tuple[BriefingFormat, ...]:
    """Return the kinds of file that making a format makes; a ZIP does without PDF if it must.

    Raises:
        ExportError: A PDF is wanted and there is no browser, which is said at once.
    """
    if format is BriefingFormat.PDF and browser_path() is None:
        raise ExportError(NO_BROWSER)
    if format is not BriefingFormat.ZIP:
        return (format,)
    return tuple(
        one
        for one in briefing.formats
        if one is not BriefingFormat.ZIP
        and (one is not BriefingFormat.PDF or browser_path() is not None)
    )


def briefing_name(briefing: Briefing, dataset: Dataset, format: BriefingFormat) -> str:
    """Return a name of safe characters: briefing-6700-to-13000-2026.11.0.pptx."""
    words = re.sub(r"(?<=\d),(?=\d)", "", briefing.title)[:LONGEST_NAME]
    day = f"as-known-on-{briefing.as_known_on.isoformat()}" if briefing.as_known_on else ""
    stem = "-".join(part for part in ("briefing", words, day, dataset.version) if part)
    return f"{safe_name(stem)}.{format.value}"


@dataclass
class _Steps:
    """Counts the steps of the work, and tells whoever waits."""

    total: int
    progress: Progress | None
    done: int = -1
    words: str = ""

    def begin(self, words: str) -> None:
        self.done, self.words = self.done + 1, words
        self.tell()

    def tell(self) -> None:
        if self.progress:
            self.progress(self.done, self.total, self.words)

    def finish(self) -> None:
        self.done = self.total - 1
        self.begin("Done")


# ------------------------------------------------------------------ parts


def _frozen(dataset: Dataset, day: date | None) -> Dataset:
    if day is None or day == dataset.as_known_on:
        return dataset
    first = dataset.claims["known_on"].min().date()
    if day < first:
        raise ExportError(
            f"Nothing was known on {in_words(day.isoformat())}: the first claim is of "
            f"{in_words(first.isoformat())}. Choose a later day."
        )
    return as_known(dataset, day)


def _drawn_parts(dataset: Dataset, briefing: Briefing, steps: _Steps) -> tuple[DrawnPart, ...]:
    drawn = []
    for number, part in enumerate(briefing.parts, 1):
        steps.begin(f"Drawing {number} of {len(briefing.parts)}: {part.name}")
        try:
            chart = drawn_part(dataset, part)
            permalink = (
                permalink_of(dataset, part.chart, part.order) if isinstance(part, ChartPart) else ""
            )
            caption = caption_of(
                chart,
                marking=briefing.marking,
                permalink=permalink,
                base_url=base_url(),
            )
        except (LookupError, ExportError) as fault:
            raise ExportError(f"Part {number}, ‘{part.name}’: {fault.args[0]}") from None
        drawn.append(DrawnPart(part, chart, caption))
    return tuple(drawn)


def drawn_part(dataset: Dataset, part: Part) -> CaptionedChart:
    """Return a part of a briefing as a chart in light colours.

    Raises:
        LookupError: It names what does not exist, or nothing is in its selection.
    """
    if isinstance(part, ClaimsPart):
        return claims_chart(dataset, part.claims, "light")
    selection = replace(part.order.selection, as_known_on=dataset.as_known_on)
    _demand_known(selection.claimant, tuple(dataset.claimants["claimant"]), "claimant")
    _demand_known(selection.series, tuple(dataset.series["series"]), "series")
    chart = draw(dataset, part.chart, replace(part.order, selection=selection), "light")
    if chart.table.empty:
        raise LookupError(
            "nothing is in this selection. Choose another item, a wider time or more bodies."
        )
    return chart


def _demand_known(values: Sequence[str], choices: Sequence[str], what: str) -> None:
    for value in values:
        if value not in choices:
            raise LookupError(no_such(what, value, choices))


# ------------------------------------------------------------------ files


def _file(
    briefing: Briefing, format: BriefingFormat, drawn: Sequence[DrawnPart], steps: _Steps
) -> bytes:
    steps.begin(f"Writing {format.meaning}")
    charts, captions = [one.chart for one in drawn], [one.caption for one in drawn]
    if format is BriefingFormat.PPTX:
        return presentation(
            charts,
            captions=captions,
            ratio=briefing.ratio,
            title=briefing.title,
            subtitle=briefing.subtitle,
            template=briefing.template,
        )
    if format is BriefingFormat.PDF:
        return pdf_of(
            charts,
            captions,
            briefing.paper,
            title=briefing.title,
            language=briefing.language,
            check=steps.tell,
        )
    return workbook_of(charts, captions, title=briefing.title, subtitle=briefing.subtitle)


def _archive(
    dataset: Dataset,
    briefing: Briefing,
    drawn: Sequence[DrawnPart],
    files: dict[BriefingFormat, bytes],
) -> bytes:
    """Return the files with the table of each part, the data behind them, and checksums of all."""
    known = _frozen(dataset, briefing.as_known_on)
    content = {f"briefing.{format.value}": data for format, data in files.items()}
    for number, one in enumerate(drawn, 1):
        name = f"tables/{number:02}-{one.part.name}.csv"
        content[name] = csv_bytes(one.chart, one.caption)
    slices = drawn_data(known, drawn)
    content |= {f"data/{name}": data for name, data in slices.items()}
    content["briefing.toml"] = briefing_to_toml(briefing).encode()
    content["README.txt"] = _readme(briefing, drawn, files).encode()
    content["SHA256SUMS"] = _checksums(content).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def drawn_data(dataset: Dataset, drawn: Sequence[DrawnPart]) -> dict[str, bytes]:
    """Return the rows of the data behind drawn parts, by the name of their file."""
    routes: set[str] = set()
    vessels: set[str] = set()
    for one in drawn:
        if not isinstance(one.part, ChartPart):
            continue
        if one.part.chart in ("routes", "sea"):
            routes |= set(drawn_routes(dataset, one.part.order))
        if one.part.chart == "sightings":
            vessels |= set(dataset.vessels["vessel_id"])
        if one.part.chart == "vessel":
            vessels.add(one.part.order.vessel)
    claims = {claim for one in drawn for claim in one.chart.claim_ids}
    if any(one.part.name in ("conversion", "factors") for one in drawn):
        pairs = dataset.conversions
        claims |= {*pairs["from_claim"], *pairs["to_claim"]}
    sources = {source for one in drawn for source in one.chart.sources["source_id"]}
    return data_slice(dataset, claims, sources, routes, vessels)


def _readme(
    briefing: Briefing, drawn: Sequence[DrawnPart], files: dict[BriefingFormat, bytes]
) -> str:
    first = drawn[0].caption
    lacks_pdf = BriefingFormat.PDF in briefing.formats and BriefingFormat.PDF not in files
    lines = [
        briefing.marking,
        "",
        briefing.title,
        *([briefing.subtitle] if briefing.subtitle else []),
        f"{first.as_known}. {first.version_line}.",
        "",
        *(f"{number}. {one.caption.title}" for number, one in enumerate(drawn, 1)),
        "",
        "tables/        the table of each part, in the order above",
        "data/          the rows of the dataset behind them, as in its own files",
        "briefing.toml  this briefing for: shipments brief briefing.toml --to briefing.pptx",
        "SHA256SUMS     checksums; to check: sha256sum -c SHA256SUMS",
        *(["", f"There is no PDF here. {NO_BROWSER}"] if lacks_pdf else []),
        "",
        f"{TITLE}. {LICENCE}",
        "",
        briefing.marking,
    ]
    return "\n".join(lines) + "\n"


def _checksums(content: dict[str, bytes]) -> str:
    return "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(content.items())
    )
