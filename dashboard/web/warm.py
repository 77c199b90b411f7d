"""Everything that the first reader would otherwise wait for, done once at start."""

from __future__ import annotations

from dashboard.dataset import DatasetError, load_dataset
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.selection import Selection
from dashboard.web.state import data_folder


def draw_everything_once() -> None:
    """Load the data and draw the main figures, so that lazy imports are done; faults come later."""
    try:
        dataset = load_dataset(data_folder())
    except (DatasetError, OSError, ValueError, KeyError):
        return
    growth_chart(dataset, Selection(), "light").figure.to_json()
    routes_chart(dataset, main_route_ids(dataset), "light").figure.to_json()
