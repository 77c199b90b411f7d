"""Every chart by its short name: the name in links, on the command and in briefing files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from dashboard.captioned import CaptionedChart
from dashboard.codes import Item, Mode, RouteStatus
from dashboard.conversions import PUBLISHED, convertible_items, published_range
from dashboard.dataset import Dataset
from dashboard.figures.axes import in_caption_language
from dashboard.figures.conversion import conversion_chart, factor_chart
from dashboard.figures.growth import CENTRAL_CLAIMS, growth_chart
from dashboard.figures.maps import routes_chart, sea_leg_chart
from dashboard.figures.palette import Theme
from dashboard.figures.relays import relay_chart
from dashboard.figures.vessel_map import vessel_map
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.nearest import no_such
from dashboard.routes import check_route_id, filtered_routes
from dashboard.selection import Selection


@dataclass(frozen=True)
class ChartOrder:
    """What to draw; a chart takes of it what it needs.

    Attributes:
        selection: Which claims.
        route: Ids of routes; empty for those that `mode` and `route_status` leave.
        mode: Only routes with a leg of these modes.
        route_status: Only routes of these statuses.
        claim: The claim whose relays are drawn.
        vessel: The vessel whose sightings are drawn.
        convert_to: Into what stated figures are converted.
    """

    selection: Selection = field(default_factory=Selection)
    route: tuple[str, ...] = ()
    mode: tuple[Mode, ...] = ()
    route_status: tuple[RouteStatus, ...] = ()
    claim: str = CENTRAL_CLAIMS[1]
    vessel: str = "v-angara"
    convert_to: Item | None = None


def draw(dataset: Dataset, name: str, order: ChartOrder, theme: Theme) -> CaptionedChart:
    """Return a chart by its name, in the language of captions.

    Raises:
        LookupError: There is no such chart, route, claim or vessel, or nothing to draw.
    """
    if name not in _CHARTS:
        raise LookupError(no_such("chart", name, _CHARTS))
    chart = _CHARTS[name][1](dataset, order, theme)
    return replace(chart, figure=in_caption_language(chart.figure))


def chart_names() -> dict[str, str]:
    """Return what each chart shows, by its name."""
    return {name: words for name, (words, _) in _CHARTS.items()}


def _growth(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    if order.selection.item is None:
        raise LookupError("a chart over time needs one item: unlike things share no axis")
    return growth_chart(dataset, order.selection, theme)


def _routes(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    return routes_chart(dataset, drawn_routes(dataset, order), theme)


def _sea(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    return sea_leg_chart(dataset, drawn_routes(dataset, order), theme)


def drawn_routes(dataset: Dataset, order: ChartOrder) -> tuple[str, ...]:
    """Return the ids of the routes that a map of an order draws.

    Raises:
        LookupError: There is no such route, or none is left.
    """
    for route_id in order.route:
        check_route_id(dataset, route_id)
    routes = filtered_routes(dataset, order.mode, order.route_status)
    found = order.route or tuple(routes["route_id"])
    if not found:
        raise LookupError("no route is reported that way: give fewer modes or statuses")
    return found


def _conversion(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    from_item, to_item = _bridge(dataset, order)
    factor = published_range(dataset, from_item, to_item, PUBLISHED)
    return conversion_chart(dataset, order.selection, to_item, factor, theme)


def _factors(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    return factor_chart(dataset, *_bridge(dataset, order), theme)


def _bridge(dataset: Dataset, order: ChartOrder) -> tuple[Item, Item]:
    from_item = order.selection.item
    targets = convertible_items(dataset, from_item) if from_item else ()
    if from_item is None or not targets:
        raise LookupError("nobody published a factor for this item: choose containers, for one")
    if order.convert_to is not None and order.convert_to not in targets:
        raise LookupError(no_such("factor into", order.convert_to, targets))
    return from_item, order.convert_to or targets[0]


def _sightings(dataset: Dataset, _order: ChartOrder, theme: Theme) -> CaptionedChart:
    if dataset.sightings.empty:
        raise LookupError("no sighting was published by that day")
    return sightings_chart(dataset, theme)


def _trips(dataset: Dataset, _order: ChartOrder, theme: Theme) -> CaptionedChart:
    return trip_totals_chart(dataset, theme)


def _relays(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    return relay_chart(dataset, order.claim, theme)


def _vessel(dataset: Dataset, order: ChartOrder, theme: Theme) -> CaptionedChart:
    return vessel_map(dataset, order.vessel, theme)


_CHARTS: dict[str, tuple[str, Callable[[Dataset, ChartOrder, Theme], CaptionedChart]]] = {
    "growth": ("stated figures of an item over time", _growth),
    "routes": ("map of the reported routes", _routes),
    "sea": ("chart of the sea legs", _sea),
    "sightings": ("dated sightings of vessels on a time axis", _sightings),
    "trips": ("published totals of voyages over their periods", _trips),
    "conversion": ("stated figures in another unit, as ranges", _conversion),
    "factors": ("published factors from one unit to another", _factors),
    "relays": ("who printed whom for one claim", _relays),
    "vessel": ("map of one vessel’s sightings", _vessel),
}
