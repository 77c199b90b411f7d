"""How each number is made."""

from dashboard.web.evidence_dialog import evidence_dialog
from dashboard.web.frame import page_title
from dashboard.web.method_page import method_text
from dashboard.web.state import current_dataset

page_title("Method", "How each number is made, what the words mean, and what not to conclude.")
method_text()
evidence_dialog(current_dataset())
