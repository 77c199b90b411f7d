"""What a page sends to the browser for each of its charts."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

COMPONENT = "chart_view"


def drawn_charts(app: AppTest) -> dict[str, dict[str, Any]]:
    """Return what the browser gets of each chart of a page, by the key of the chart."""
    return {
        element.key: json.loads(element.proto.bytes)
        for element in app.get("bidi_component")
        if element.proto.component_name == COMPONENT
    }
