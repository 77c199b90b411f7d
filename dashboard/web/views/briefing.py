"""Charts, maps and claims in one file to take along."""

from dashboard.web.briefing_page import briefing_builder
from dashboard.web.evidence_dialog import evidence_dialog
from dashboard.web.frame import page_title
from dashboard.web.state import current_dataset

dataset = current_dataset()
page_title("Briefing", "Charts, maps and claims in one file, each with its proof.")
briefing_builder(dataset)
evidence_dialog(dataset)
