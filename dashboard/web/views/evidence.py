"""The register: every claim and every document."""

from dashboard.web.evidence_dialog import evidence_dialog
from dashboard.web.evidence_page import evidence_register
from dashboard.web.frame import page_title
from dashboard.web.state import current_dataset

dataset = current_dataset()
page_title("Evidence", "Every claim with its documents; every document with its claims.")
evidence_register(dataset)
evidence_dialog(dataset)
