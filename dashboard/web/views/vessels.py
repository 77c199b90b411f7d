"""Ships, aircraft and trains: sanctions, dated sightings, and the published trip totals."""

from dashboard.web.evidence_dialog import evidence_dialog, pick_mark
from dashboard.web.frame import page_title
from dashboard.web.state import current_dataset
from dashboard.web.vessel_page import sighting_axis, trip_totals, vessel_register

dataset = current_dataset()
page_title("Vessels", "Who was seen carrying, where and when, and how the trip totals relate.")
sighting_axis(dataset)
trip_totals(dataset, pick_mark)
vessel_register(dataset)
evidence_dialog(dataset)
