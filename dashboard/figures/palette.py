"""The one palette and the one template of all figures; a colour means the same everywhere.

Every colour stands out from its page by 3:1 or more (WCAG 2.2, 1.4.11), every word by 4.5:1 or
more (1.4.3), and the colours of bodies stay apart for readers without red, green or blue cones;
tests compute all three. Colour is never the only sign: series and places are labelled, and legs
differ in their dashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.codes import ClaimantKind, LegStatus, Mode

Theme = Literal["light", "dark"]
Group = Literal[
    "rok", "us", "ukraine", "observers", "international", "other states", "dprk or russia", "other"
]

FONT_FAMILY = "Inter, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"

_GROUP_OF_BODY: dict[str, Group] = {
    "rok": "rok",
    "us": "us",
    "ukraine": "ukraine",
    "dprk": "dprk or russia",
    "russia": "dprk or russia",
    "wagner": "dprk or russia",
    "nk-news": "observers",
}

_GROUP_OF_KIND: dict[str, Group] = {
    ClaimantKind.STATE: "other states",
    ClaimantKind.STATE_BODY: "other states",
    ClaimantKind.INTERNATIONAL: "international",
    ClaimantKind.THINK_TANK: "observers",
    ClaimantKind.NGO: "observers",
    ClaimantKind.COMPANY: "other",
    ClaimantKind.PERSON: "other",
    ClaimantKind.MEDIA: "other",
    ClaimantKind.UNNAMED: "other",
}

_GROUP_COLOURS: dict[Theme, dict[Group, str]] = {
    "light": {
        "rok": "#1144bb",
        "us": "#b74e1a",
        "ukraine": "#c28700",
        "observers": "#036358",
        "international": "#884795",
        "other states": "#268bd9",
        "dprk or russia": "#810e34",
        "other": "#6e8291",
    },
    "dark": {
        "rok": "#3f78f7",
        "us": "#f0925c",
        "ukraine": "#f1d236",
        "observers": "#1ee0a4",
        "international": "#be84d7",
        "other states": "#b9e8f9",
        "dprk or russia": "#ef3974",
        "other": "#9ea3a9",
    },
}

_TEXT_COLOURS: dict[Theme, dict[Group, str]] = {
    "light": {"ukraine": "#9a6a00", "other states": "#0077c3", "other": "#627685"},
    "dark": {"ukraine": "#f2d337", "other states": "#bae9fa", "other": "#9fa4aa"},
}
"""Names of bodies whose marks are lighter than words may be; in the dark theme hardly another."""

_MODE_COLOURS: dict[Theme, dict[str, str]] = {
    "light": {Mode.SEA: "#b3261e", Mode.RAIL: "#2f4454", Mode.AIR: "#6f52b5"},
    "dark": {Mode.SEA: "#ff7a6b", Mode.RAIL: "#c3d3df", Mode.AIR: "#b59cf5"},
}

_MISPRINT_COLOURS: dict[Theme, str] = {"light": "#c2186b", "dark": "#ff7ab8"}

_DASHES: dict[str, str] = {
    LegStatus.OBSERVED: "solid",
    LegStatus.REPORTED: "dash",
    LegStatus.INFERRED: "dot",
}


@dataclass(frozen=True)
class Surface:
    """What figures are drawn on.

    Attributes:
        page: Background of page and plot.
        ink: Text.
        muted: Secondary text; 4.5:1 or more on the page.
        grid: Grid lines.
        baseline: Axis lines and the line at zero.
        sea: Water of the maps.
        land: Land of the maps.
        coast: Coastlines.
    """

    page: str
    ink: str
    muted: str
    grid: str
    baseline: str
    sea: str
    land: str
    coast: str


_SURFACES: dict[Theme, Surface] = {
    "light": Surface(
        page="#ffffff",
        ink="#23303a",
        muted="#5c6a75",
        grid="#e8ecef",
        baseline="#84919b",
        sea="#e9eff4",
        land="#fbfaf7",
        coast="#b9c3cb",
    ),
    "dark": Surface(
        page="#0f1720",
        ink="#e8eef2",
        muted="#9fb0bc",
        grid="#22303b",
        baseline="#6b7d8a",
        sea="#12202b",
        land="#22313d",
        coast="#3b4d5a",
    ),
}


def surface(theme: Theme) -> Surface:
    """Return the backgrounds and inks of a theme."""
    return _SURFACES[theme]


def muted_colour(theme: Theme) -> str:
    """Return the colour of secondary text and of marks that belong to nobody."""
    return surface(theme).muted


def body_group(body: str, kind: str) -> Group:
    """Return the group of bodies that share a colour.

    Args:
        body: Id of the claimant at the top of the `part_of` chain.
        kind: A value of `ClaimantKind`, of that top body.

    Raises:
        KeyError: There is no such kind.
    """
    return _GROUP_OF_BODY.get(body) or _GROUP_OF_KIND[kind]


def body_colour(body: str, kind: str, theme: Theme) -> str:
    """Return the colour of a body: arguments and errors as for `body_group`."""
    return _GROUP_COLOURS[theme][body_group(body, kind)]


def group_colours(theme: Theme) -> dict[Group, str]:
    """Return the colour of each group of bodies."""
    return dict(_GROUP_COLOURS[theme])


def text_colours(theme: Theme) -> dict[str, str]:
    """Return the colour of names, 4.5:1 or more, for each colour of marks too light for words."""
    marks = _GROUP_COLOURS[theme]
    return {marks[group]: colour for group, colour in _TEXT_COLOURS[theme].items()}


def text_colour(colour: str, theme: Theme) -> str:
    """Return the colour in which the name stands of what is drawn in a colour."""
    return text_colours(theme).get(colour, colour)


def mode_colour(mode: str, theme: Theme) -> str:
    """Return the colour of a way of transport.

    Raises:
        KeyError: The mode is not a value of `Mode`.
    """
    return _MODE_COLOURS[theme][mode]


def misprint_colour(theme: Theme) -> str:
    """Return the colour of documents that print a claim differently; 4.5:1 or more as text."""
    return _MISPRINT_COLOURS[theme]


def leg_dash(status: str) -> str:
    """Return the dash of a leg: observed solid, reported dashed, inferred dotted.

    Raises:
        KeyError: The status is not a value of `LegStatus`.
    """
    return _DASHES[status]


def layout_template(theme: Theme) -> go.layout.Template:
    """Return the template of all figures in a theme.

    Streamlit's own template holds placeholder colours that only its pages replace, so figures
    name this one and pages show them with `theme=None`.
    """
    colours = surface(theme)
    axis = _axis(colours)
    return go.layout.Template(
        layout={
            "font": {"family": FONT_FAMILY, "size": 14, "color": colours.ink},
            "paper_bgcolor": colours.page,
            "plot_bgcolor": colours.page,
            "colorway": list(_GROUP_COLOURS[theme].values()),
            "margin": {"l": 56, "r": 16, "t": 16, "b": 44},
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {**axis, "rangemode": "tozero", "ticks": "", "showline": False},
            "legend": _legend(colours),
            "hoverlabel": _hover_label(colours),
            "hovermode": "closest",
            "modebar": {
                "bgcolor": "rgba(0,0,0,0)",
                "color": colours.muted,
                "activecolor": colours.ink,
            },
            "geo": _bare_geo(colours),
            "separators": ".,",
        }
    )


def _axis(colours: Surface) -> dict[str, object]:
    """Return a quiet axis with a plain line at zero."""
    return {
        "gridcolor": colours.grid,
        "zeroline": True,
        "zerolinecolor": colours.baseline,
        "zerolinewidth": 1,
        "linecolor": colours.baseline,
        "showline": True,
        "ticks": "outside",
        "tickcolor": colours.baseline,
        "ticklen": 4,
        "tickfont": {"size": 13, "color": colours.muted},
        "title": {"font": {"size": 13, "color": colours.muted}},
        "automargin": True,
    }


def _legend(colours: Surface) -> dict[str, object]:
    """Return a legend without a box, in a row under the plot."""
    return {
        "bgcolor": "rgba(0,0,0,0)",
        "borderwidth": 0,
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": -0.12,
        "yanchor": "top",
        "font": {"size": 13, "color": colours.ink},
    }


def _hover_label(colours: Surface) -> dict[str, object]:
    """Return a hover label in page colours, left-aligned, never cut short."""
    return {
        "bgcolor": colours.page,
        "bordercolor": colours.baseline,
        "font": {"family": FONT_FAMILY, "size": 13, "color": colours.ink},
        "align": "left",
        "namelength": -1,
    }


def _bare_geo(colours: Surface) -> dict[str, object]:
    """Return a map without built-in layers: plotly would fetch each of them from the internet."""
    layers = ("land", "coastlines", "lakes", "ocean", "countries", "rivers", "subunits", "frame")
    return {**{f"show{layer}": False for layer in layers}, "bgcolor": colours.sea}
