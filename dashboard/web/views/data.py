"""What is in the dataset, how healthy it is, how to take it away, and how to change it."""

from dashboard.web.data_page import cite_this, contents, downloads, health
from dashboard.web.editor import maintenance
from dashboard.web.evidence_dialog import evidence_dialog
from dashboard.web.frame import page_title
from dashboard.web.state import current_dataset

dataset = current_dataset()
page_title("Data", "What the dataset holds, where it is weak, and how to take it with you.")
contents(dataset)
health(dataset)
downloads(dataset)
maintenance(dataset)
cite_this(dataset)
evidence_dialog(dataset)
