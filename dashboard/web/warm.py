"""Everything that readers would otherwise wait for, done at start or just after it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

from dashboard.as_known import statement_days
from dashboard.captioned import CaptionedChart
from dashboard.codes import Item, Mode
from dashboard.conversions import convertible_items, published_range
from dashboard.dataset import Dataset
from dashboard.figures.conversion import points_item
from dashboard.figures.maps import main_route_ids
from dashboard.figures.palette import Theme
from dashboard.routes import filtered_routes
from dashboard.selection import Selection
from dashboard.web.chart_files import drawing_library, land
from dashboard.web.charts import (
    cached_conversion,
    cached_factors,
    cached_growth,
    cached_routes,
    cached_sea_leg,
    cached_vessel_map,
)
from dashboard.web.controls import first_selection, items_with_figures
from dashboard.web.snapshot import pages_of
from dashboard.web.state import cached_as_known, last_good_dataset
from dashboard.web.steps_ahead import MOST_CLAIMS, make_history, stepping_script

THEMES: tuple[Theme, ...] = ("light", "dark")
PAUSE_SECONDS = 0.05
"""Between two charts, so that the first readers are served meanwhile."""


def draw_overview() -> None:
    """Load the data and draw the main figures, so that lazy imports are done; faults come later."""
    dataset = last_good_dataset()
    if dataset is None:
        return
    cached_as_known(dataset, dataset.last_day)
    for make in (drawing_library, land, stepping_script):
        make()
    for theme in THEMES:
        cached_growth(dataset, Selection(), theme).figure.to_json()
        cached_routes(dataset, main_route_ids(dataset), theme).figure.to_json()


def draw_likely_choices() -> None:
    """Draw what readers choose most: each day, newest first, item, vessel and way of transport.

    A step of the time control, or another item, then costs no drawing. What was made, with the
    snapshot, is left out of garbage collection.
    """
    dataset = last_good_dataset()
    if dataset is None or len(dataset.claims) > MOST_CLAIMS:
        return
    for theme in THEMES:
        for _ in _drawn(dataset, theme):
            time.sleep(PAUSE_SECONDS)
    pages_of(dataset)
    make_history(dataset)
    gc.collect()
    gc.freeze()


def _drawn(dataset: Dataset, theme: Theme) -> Iterator[CaptionedChart]:
    """Draw charts one after another."""
    for day in reversed(statement_days(dataset.claims)):
        frozen = cached_as_known(dataset, day)
        yield cached_growth(frozen, Selection(as_known_on=day), theme)
        yield cached_routes(frozen, main_route_ids(frozen), theme)
    for item in items_with_figures(dataset):
        selection = first_selection(dataset, Item(item))
        yield cached_growth(dataset, selection, theme)
        for to_item in convertible_items(dataset, Item(item))[:1]:
            factor = published_range(dataset, Item(item), to_item)
            yield cached_conversion(dataset, selection, to_item, factor, theme)
            yield cached_factors(dataset, points_item(selection), to_item, theme)
    for mode in ((), *((mode,) for mode in Mode)):
        route_ids = tuple(filtered_routes(dataset, mode)["route_id"])
        yield cached_routes(dataset, route_ids, theme)
        yield cached_sea_leg(dataset, route_ids, theme)
    for vessel_id in dataset.vessels["vessel_id"]:
        yield cached_vessel_map(dataset, vessel_id, theme)
