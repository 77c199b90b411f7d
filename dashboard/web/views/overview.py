"""The one-screen answer: the newest figure, the growth chart, the map, what changed."""

from dashboard.selection import Selection
from dashboard.web.evidence_dialog import evidence_dialog, pick_mark
from dashboard.web.overview import growth_and_map, headline
from dashboard.web.state import current_dataset

dataset = current_dataset()
selection = Selection(as_known_on=dataset.as_known_on)
headline(dataset, selection)
growth_and_map(dataset, selection, pick_mark)
evidence_dialog(dataset)
