"""The map: by which ways the goods and people were reported to go."""

from dashboard.web.evidence_dialog import evidence_dialog
from dashboard.web.frame import page_title
from dashboard.web.route_page import (
    online_basemap,
    route_filters,
    route_lengths,
    route_maps,
)
from dashboard.web.state import current_dataset

dataset = current_dataset()
page_title(
    "Routes", "How the goods were reported to travel. Click a place or a leg for its evidence."
)
route_ids = route_filters(dataset)
route_maps(dataset, route_ids)
online_basemap(dataset, route_ids)
route_lengths(dataset, route_ids)
evidence_dialog(dataset)
