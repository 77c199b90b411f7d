"""Any reported item over time, and any two figures compared."""

from dashboard.web.add_up import add_up
from dashboard.web.changes import what_changed_since
from dashboard.web.chart_card import chart_card
from dashboard.web.charts import cached_growth
from dashboard.web.compare import compare_two
from dashboard.web.controls import timeline_selection
from dashboard.web.evidence_dialog import evidence_dialog, pick_mark
from dashboard.web.frame import page_title
from dashboard.web.screen import height_for
from dashboard.web.state import current_dataset, current_theme, full_dataset
from dashboard.web.steps_ahead import steps_ahead
from dashboard.web.unit_bridge import unit_bridge

CHART_PX, CHART_ON_PHONE_PX = 430, 310

dataset = current_dataset()
page_title(
    "Timeline", "What was said, by whom, and when. A total holds until its body restates it."
)
selection = timeline_selection(dataset)
chart_card(
    cached_growth(dataset, selection, current_theme()),
    pick_mark,
    height_for(CHART_PX, CHART_ON_PHONE_PX),
    steps_ahead(full_dataset(), selection, current_theme()),
)
compare_two(dataset, selection)
add_up(dataset, selection)
unit_bridge(dataset, selection)
what_changed_since(dataset)
evidence_dialog(dataset)
