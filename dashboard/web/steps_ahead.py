"""The growth chart of every day, for browsers to draw while the server still works.

A step of the time control changes a whole page, and takes a rerun of it. The chart need not wait:
once a reader has touched the control, the browser has what the chart tells on every day, and draws
it as the offline page does. What the server sends afterwards has the last word.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from importlib.resources import files
from typing import Any

from dashboard.dataset import Dataset
from dashboard.exports.offline_content import Content, Words, dataset_content, main_items
from dashboard.kept import kept
from dashboard.selection import Selection
from dashboard.web.chart_files import ChartFile, kept_file

MOST_CLAIMS = 3_000
"""Of a larger dataset nothing is made ahead: each of its days costs too much."""
_CLAIM_FIELDS = ("id", "known", "line", "figure", "high", "qualifier", "status", "colour")
_SCRIPTS = (
    "exports/offline/colours.js",
    "exports/offline/steps.js",
    "exports/offline/history.js",
    "web/static/steps_ahead.js",
)
_being_made = threading.Lock()
_made: dict[str, ChartFile] = {}


def steps_ahead(dataset: Dataset, selection: Selection, theme: str) -> dict[str, Any] | None:
    """Return what a browser needs to step a growth chart by itself; None where it cannot.

    Args:
        dataset: The whole dataset, frozen to no day.
        selection: What the chart shows: an item and a day alone can be drawn ahead.
        theme: Light or dark.
    """
    plain = Selection(item=selection.item, as_known_on=selection.as_known_on)
    if len(dataset.claims) > MOST_CLAIMS or selection != plain:
        return None
    if selection.item not in _items(dataset):
        return None
    return {
        "script": stepping_script().address,
        "history": ChartFile.address_of(history_name(dataset)),
        "item": selection.item,
        "day": selection.as_known_on,
        "theme": theme,
    }


_items = kept(1, are_small=True)(main_items)


@cache
def stepping_script() -> ChartFile:
    """Return the script that draws any day, as a module."""
    texts = [(files("dashboard") / path).read_text(encoding="utf-8") for path in _SCRIPTS]
    return kept_file("stepping-{}.js", "\n".join(texts).encode(), "text/javascript")


def history_name(dataset: Dataset) -> str:
    """Return the name of the file that holds what the chart tells on every day."""
    return f"history-{dataset.digest}.json"


def history_if_made(dataset: Dataset) -> ChartFile | None:
    """Return that file; None until it is made, which begins with the first call."""
    name = history_name(dataset)
    if name not in _made and len(dataset.claims) <= MOST_CLAIMS and not _being_made.locked():
        threading.Thread(target=make_history, args=(dataset,), daemon=True).start()
    return _made.get(name)


def make_history(dataset: Dataset) -> None:
    """Make that file, of one dataset at a time; an older one is dropped."""
    name = history_name(dataset)
    with _being_made:
        if name not in _made:
            content = json.dumps(history_content(dataset), separators=(",", ":")).encode()
            made = ChartFile.of(name, content, "application/json")
            _made.clear()
            _made[name] = made


def history_content(dataset: Dataset) -> Content:
    """Return what the chart of each item tells on every day, without sentences around it."""
    whole = dataset_content(dataset)
    places = [whole["claims"]["fields"].index(name) for name in _CLAIM_FIELDS]
    words = Words()

    def word(place: int) -> int:
        return words.place(whole["words"][place])

    def drawn(state: Content) -> Content:
        parts: Content = {"from": state["from"]}
        if "points" in state:
            parts["points"] = [[at, word(name), word(hover)] for at, name, hover in state["points"]]
        if "answers" in state:
            parts["answers"] = [[at, word(hover)] for at, hover in state["answers"]]
        if "step" in state:
            step = state["step"]
            parts["step"] = step and [step[0], step[1], word(step[2])]
        return parts

    return {
        "items": [
            {"id": item["id"], "states": [drawn(state) for state in item["states"]]}
            for item in whole["items"]
        ],
        "claims": {
            "fields": list(_CLAIM_FIELDS),
            "rows": [[row[place] for place in places] for row in whole["claims"]["rows"]],
        },
        "words": list(words.places),
        "pairs": whole["themes"]["pairs"],
        **{name: whole[name] for name in ("days", "stops", "last_day", "drawing")},
    }
