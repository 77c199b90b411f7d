"""`shipments export`: a chart with its proof, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.cli.options import (
    ClaimantOption,
    DataOption,
    DayOption,
    FromOption,
    ItemOption,
    SeriesOption,
    day_of,
    item_named,
    known_ids,
    load,
    one_item,
)
from dashboard.cli.printing import fail
from dashboard.codes import Mode, RouteStatus
from dashboard.dataset import SHIPPED_DATA
from dashboard.exports.caption import DEFAULT_MARKING, caption_of
from dashboard.exports.formats import (
    ExportError,
    ExportFormat,
    export_chart,
    format_named,
    offered_formats,
)
from dashboard.exports.permalink import base_url, permalink_of
from dashboard.figures.catalogue import ChartOrder, chart_names, draw
from dashboard.figures.palette import Theme
from dashboard.selection import Selection
from dashboard.translation import caption_language
from dashboard.whole_file import write_whole

exporting = typer.Typer()


@exporting.command()
def export(
    chart: Annotated[str, typer.Argument(help="Name of a chart; --list shows them.")] = "",
    to: Annotated[Path | None, typer.Option("--to", help="File; its ending is the format.")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List charts and formats.")] = False,
    item: ItemOption = "containers",
    claimant: ClaimantOption = None,
    series: SeriesOption = None,
    from_: FromOption = None,
    until: Annotated[str | None, typer.Option("--until", help="Stated by this day.")] = None,
    as_known_on: DayOption = None,
    route: Annotated[list[str] | None, typer.Option("--route", help="Id of a route.")] = None,
    mode: Annotated[list[Mode] | None, typer.Option("--mode", help="Routes by these.")] = None,
    route_status: Annotated[
        list[RouteStatus] | None, typer.Option("--route-status", help="Routes so reported.")
    ] = None,
    claim: Annotated[str | None, typer.Option("--claim", help="Claim, for ‘relays’.")] = None,
    vessel: Annotated[str | None, typer.Option("--vessel", help="Vessel, for ‘vessel’.")] = None,
    convert_to: Annotated[
        str | None, typer.Option("--convert-to", help="Item, for ‘conversion’ and ‘factors’.")
    ] = None,
    theme: Annotated[str, typer.Option("--theme", help="light or dark.")] = "light",
    title: Annotated[str, typer.Option("--title", help="Stands for the chart’s own.")] = "",
    marking: Annotated[str, typer.Option("--marking", help="How to handle it.")] = DEFAULT_MARKING,
    scale: Annotated[int, typer.Option("--scale", min=1, max=3, help="For PNG.")] = 1,
    paper: Annotated[str, typer.Option("--paper", help="For PDF: 16:9 or A4.")] = "16:9",
    ratio: Annotated[str, typer.Option("--ratio", help="For PPTX: 16:9 or 4:3.")] = "16:9",
    template: Annotated[
        Path | None, typer.Option("--template", help="For PPTX: a presentation of yours.")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="Of captions: en, ko, uk, id or ja.")
    ] = "en",
    data: DataOption = SHIPPED_DATA,
) -> None:
    """Save a chart with its sources, warnings and data version.

    Example: shipments export growth --to growth.pptx --as-known-on 2024-08-31
    """
    if show_list:
        _list()
        return
    if not chart or to is None:
        fail("name a chart and a file: shipments export growth --to growth.pptx")
    dataset = load(data, as_known_on)
    order = ChartOrder(
        selection=Selection(
            item=item_named(item),
            claimant=known_ids(claimant, dataset.claimants["claimant"], "claimant"),
            series=known_ids(series, dataset.series["series"], "series"),
            from_=day_of(from_, "--from"),
            to=day_of(until, "--until"),
            as_known_on=dataset.as_known_on,
        ),
        route=tuple(route or ()),
        mode=tuple(mode or ()),
        route_status=tuple(route_status or ()),
        claim=claim or ChartOrder.claim,
        vessel=vessel or ChartOrder.vessel,
        convert_to=one_item(convert_to) if convert_to else None,
    )
    try:
        format = format_named(to.suffix)
        options = _options(format, scale, paper, ratio, template)
        with caption_language(language):
            drawn = draw(dataset, chart, order, _theme(theme))
            caption = caption_of(
                drawn,
                title=title,
                marking=marking,
                permalink=permalink_of(dataset, chart, order),
                base_url=base_url(),
            )
            file = export_chart(drawn, format, caption, **options)
        write_whole(to, file.data)
    except (ExportError, LookupError) as refusal:
        fail(str(refusal.args[0]))
    except OSError as fault:
        fail(f"{to} cannot be written: {fault.strerror}")
    print(f"{to}: {len(file.data):,} bytes")


def _list() -> None:
    print("charts")
    for name, words in chart_names().items():
        print(f"  {name:<11} {words}")
    print("formats")
    for format in offered_formats():
        print(f"  {format.value:<11} {format.meaning}")


def _theme(name: str) -> Theme:
    if name == "dark":
        return "dark"
    if name != "light":
        fail(f"there is no theme '{name}'; themes are light and dark")
    return "light"


def _options(
    format: ExportFormat, scale: int, paper: str, ratio: str, template: Path | None
) -> dict[str, Any]:
    if format is ExportFormat.PNG:
        return {"scale": scale}
    if format is ExportFormat.PDF:
        return {"paper": paper}
    if format is ExportFormat.PPTX:
        return {"ratio": ratio, "template": template.read_bytes() if template else None}
    return {}
