"""The address within the dashboard that shows what a chart of the catalogue shows."""

from __future__ import annotations

import os
from urllib.parse import urlencode

from dashboard.dataset import Dataset
from dashboard.figures.catalogue import ChartOrder
from dashboard.selection import Selection

_PAGES = {
    "growth": "/timeline",
    "conversion": "/timeline",
    "factors": "/timeline",
    "routes": "/routes",
    "sea": "/routes",
    "sightings": "/vessels",
    "trips": "/vessels",
    "vessel": "/vessels",
    "relays": "/evidence",
}


def base_url() -> str:
    """Return the dashboard's own address, if whoever runs it gave one in SHIPMENTS_BASE_URL."""
    return os.environ.get("SHIPMENTS_BASE_URL", "")


def permalink_of(dataset: Dataset, name: str, order: ChartOrder) -> str:
    """Return the address of a chart, such as '/timeline?item=containers&data=2026.11.0'.

    Empty where no page shows just that: pages choose neither single series nor single routes,
    and claims side by side have no page.
    """
    page = _PAGES.get(name, "")
    if not page or (page == "/timeline" and order.selection.series):
        return ""
    if page == "/routes" and order.route:
        return ""
    choices = [*_choices(name, order), ("data", dataset.version)]
    if dataset.as_known_on is not None:
        choices.insert(0, ("as_known_on", dataset.as_known_on.isoformat()))
    return f"{page}?{urlencode(choices)}"


def _choices(name: str, order: ChartOrder) -> list[tuple[str, str]]:
    if name == "relays":
        return [("claim", order.claim)]
    if name == "vessel":
        return [("vessel", order.vessel)]
    if name in ("routes", "sea"):
        return [
            *(("mode", mode.value) for mode in order.mode),
            *(("route_status", status.value) for status in order.route_status),
        ]
    if name in ("growth", "conversion", "factors"):
        choices = _of_claims(order.selection)
        if name != "growth" and order.convert_to:
            choices.append(("convert_to", order.convert_to.value))
        return choices
    return []


def _of_claims(selection: Selection) -> list[tuple[str, str]]:
    days = (("from", selection.from_), ("to", selection.to))
    return [
        *([("item", selection.item.value)] if selection.item else []),
        *(("claimant", claimant) for claimant in selection.claimant),
        *((key, day.isoformat()) for key, day in days if day),
    ]
