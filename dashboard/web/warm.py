"""Everything that readers would otherwise wait for, done at start or just after it."""

from __future__ import annotations

import gc
import time
from datetime import date

from dashboard.as_known import statement_days
from dashboard.dataset import Dataset
from dashboard.figures.maps import main_route_ids
from dashboard.figures.palette import Theme
from dashboard.selection import Selection
from dashboard.web.charts import cached_growth, cached_routes
from dashboard.web.snapshot import pages_of
from dashboard.web.state import cached_as_known, last_good_dataset
from dashboard.web.steps_ahead import MOST_CLAIMS, make_history

THEMES: tuple[Theme, ...] = ("light", "dark")
PAUSE_SECONDS = 0.05
"""Between two charts, so that the first readers are served meanwhile."""


def draw_overview() -> None:
    """Load the data and draw the main figures, so that lazy imports are done; faults come later."""
    dataset = last_good_dataset()
    if dataset is None:
        return
    for theme in THEMES:
        cached_growth(dataset, Selection(), theme).figure.to_json()
        cached_routes(dataset, main_route_ids(dataset), theme).figure.to_json()


def draw_every_day() -> None:
    """Draw the growth chart as known on each day of a statement, newest first; make the snapshot.

    A step of the time control then costs no drawing. What was made is left out of garbage
    collection.
    """
    dataset = last_good_dataset()
    if dataset is None or len(dataset.claims) > MOST_CLAIMS:
        return
    for theme in THEMES:
        for day in reversed(statement_days(dataset.claims)):
            _draw_day(dataset, day, theme)
            time.sleep(PAUSE_SECONDS)
    pages_of(dataset)
    make_history(dataset)
    gc.collect()
    gc.freeze()


def _draw_day(dataset: Dataset, day: date, theme: Theme) -> None:
    frozen = cached_as_known(dataset, day)
    cached_growth(frozen, Selection(as_known_on=day), theme)
