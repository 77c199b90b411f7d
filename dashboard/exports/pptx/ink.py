"""Colours of slides: by their place in the theme, so that a template recolours everything."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dashboard.figures.palette import Theme, group_colours, surface, text_colours

MARKS_CONTRAST = 3.0
"""What marks and lines must stand out by (WCAG 2.2, 1.4.11)."""
TEXT_CONTRAST = 4.5
"""What letters must stand out by (WCAG 2.2, 1.4.3)."""

_SLOTS = {
    "rok": "accent1",
    "us": "accent2",
    "ukraine": "accent3",
    "observers": "accent4",
    "international": "accent5",
    "other states": "accent6",
    "dprk or russia": "tx2",
}
"""The place of each group of bodies in the theme; colours of other bodies are greys of its ink."""
_THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Ink:
    """A colour.

    Attributes:
        base: A place in the theme, such as 'accent1', or a fixed colour, such as '#b3261e'.
        kept: Percentage of its lightness that is kept.
        added: Percentage points of lightness added then.
        alpha: Percentage of opacity.
    """

    base: str
    kept: int = 100
    added: int = 0
    alpha: int = 100

    def xml(self) -> str:
        """Return the colour as DrawingML."""
        changes = "".join(
            f'<a:{name} val="{percentage * 1000}"/>'
            for name, percentage, default in (
                ("lumMod", self.kept, 100),
                ("lumOff", self.added, 0),
                ("alpha", self.alpha, 100),
            )
            if percentage != default
        )
        if self.base.startswith("#"):
            return f'<a:srgbClr val="{self.base[1:].upper()}">{changes}</a:srgbClr>'
        return f'<a:schemeClr val="{self.base}">{changes}</a:schemeClr>'

    def seen_in(self, theme: Mapping[str, str]) -> str:
        """Return the fixed colour that it has in a theme, opacity aside."""
        red, green, blue = _parts(self.base if self.base.startswith("#") else theme[self.base])
        hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
        lightness = min(1.0, lightness * self.kept / 100 + self.added / 100)
        parts = colorsys.hls_to_rgb(hue, lightness, saturation)
        return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


PAPER = Ink("bg1")
TEXT = Ink("tx1")
MUTED = Ink("tx1", kept=75, added=25)
BASELINE = Ink("tx1", kept=50, added=50)
GRID = Ink("tx1", alpha=14)
RULE = Ink("tx1", kept=25, added=67)


def fill_xml(ink: Ink | None) -> str:
    """Return a plain fill, or none, as DrawingML."""
    return f"<a:solidFill>{ink.xml()}</a:solidFill>" if ink else "<a:noFill/>"


@dataclass(frozen=True)
class Inks:
    """The colours of one presentation.

    Attributes:
        theme: The fixed colour of each place in the theme: 'bg1', 'tx1', 'accent1' ….
    """

    theme: Mapping[str, str]
    _known: Mapping[str, Ink] = field(default_factory=lambda: _known_colours())

    def of_marks(self, colour: str, opacity: float = 1.0) -> Ink:
        """Return the ink of marks and lines that a figure draws in a colour."""
        ink = self._known.get(colour.lower(), Ink(colour.lower()))
        if ink in (PAPER, GRID):
            return ink
        alpha = max(1, round(opacity * 100))
        return replace(self._standing_out(ink, MARKS_CONTRAST), alpha=alpha)

    def of_letters(self, colour: str) -> Ink:
        """Return the ink of words that a figure writes in a colour."""
        return self._standing_out(self._known.get(colour.lower(), Ink(colour)), TEXT_CONTRAST)

    def _standing_out(self, ink: Ink, least: float) -> Ink:
        """Return an ink, darker or lighter where it would not stand out from the paper."""
        paper = self.theme["bg1"]
        is_dark = _luminance(paper) < 0.18
        changes = [(100, 0), (75, 25), (50, 50)] if is_dark else [(100, 0), (75, 0), (50, 0)]
        for kept, added in changes:
            changed = replace(ink, kept=ink.kept * kept // 100, added=ink.added + added)
            if contrast(changed.seen_in(self.theme), paper) >= least:
                return changed
        return TEXT


def _known_colours() -> dict[str, Ink]:
    known: dict[str, Ink] = {}
    for theme in _THEMES:
        colours = surface(theme)
        known |= {
            colours.page: PAPER,
            colours.ink: TEXT,
            colours.muted: MUTED,
            colours.baseline: BASELINE,
            colours.grid: GRID,
        }
        for group, colour in group_colours(theme).items():
            known[colour] = Ink(_SLOTS[group]) if group in _SLOTS else MUTED
        known |= {name: known[colour] for colour, name in text_colours(theme).items()}
    return known


def own_theme_colours() -> dict[str, str]:
    """Return the colours of the project's own theme, by their names in a theme part."""
    colours, groups = surface("light"), group_colours("light")
    slots = {slot: groups[group] for group, slot in _SLOTS.items() if group in groups}
    return {
        "dk1": colours.ink,
        "lt1": colours.page,
        "dk2": slots.pop("tx2"),
        "lt2": colours.sea,
        **slots,
        "hlink": groups["rok"],
        "folHlink": groups["international"],
    }


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue
