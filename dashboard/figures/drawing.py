"""Figures put together from plain dictionaries.

Plotly checks and copies each property when it is set, which took most of the time of a drawing.
Here the properties are handed over once and unchecked; tests have Plotly check every chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import plotly.graph_objects as go

from dashboard.figures.palette import Theme, layout_template

Properties = dict[str, Any]
"""Properties of a trace, an annotation or a layout, in Plotly's words."""


@dataclass
class Drawing:
    """A figure over two axes, while it is drawn.

    Attributes:
        theme: Light or dark.
        traces: Traces, those below first.
        annotations: Words beside marks, and those that stand alone.
        shapes: What lies behind the traces.
    """

    theme: Theme
    traces: list[Properties] = field(default_factory=list)
    annotations: list[Properties] = field(default_factory=list)
    shapes: list[Properties] = field(default_factory=list)

    def add_scatter(self, **properties: Any) -> None:
        """Draw a trace of marks, lines or words above the others."""
        self.traces.append({"type": "scatter", **properties})

    def add_bar(self, **properties: Any) -> None:
        """Draw a trace of bars above the others."""
        self.traces.append({"type": "bar", **properties})

    def add_band(self, low: float, high: float, colour: str) -> None:
        """Colour the ground between two heights, from edge to edge."""
        across = {"type": "rect", "xref": "x domain", "x0": 0, "x1": 1}
        look = {"fillcolor": colour, "line": {"width": 0}, "layer": "below"}
        self.shapes.append({**across, "y0": low, "y1": high, "yref": "y", **look})

    def add_annotation(self, **properties: Any) -> None:
        """Write words."""
        self.annotations.append(properties)

    def figure(self, **layout: Any) -> go.Figure:
        """Return the figure with a layout."""
        drawn = {"annotations": self.annotations, "shapes": self.shapes}
        present = {name: items for name, items in drawn.items() if items}
        return unchecked_figure(self.traces, {**themed(self.theme), **present, **layout})


def scattergeo(**properties: Any) -> Properties:
    """Return a trace of marks, lines or words on a map."""
    return {"type": "scattergeo", **properties}


def unchecked_figure(traces: Sequence[Any], layout: Mapping[str, Any]) -> go.Figure:
    """Return a figure of traces and a layout that Plotly takes as they are."""
    return go.Figure(list(traces), dict(layout), _validate=False)


def themed(theme: Theme) -> Properties:
    """Return the layout that names the template of a theme."""
    return {"template": _template(theme)}


@cache
def _template(theme: Theme) -> Properties:
    template: Properties = layout_template(theme).to_plotly_json()
    return template
