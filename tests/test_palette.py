from itertools import combinations

import numpy as np
import pytest

from dashboard.codes import ClaimantKind, LegStatus, Mode
from dashboard.figures.palette import (
    body_colour,
    body_group,
    group_colours,
    layout_template,
    leg_dash,
    mode_colour,
    surface,
)

THEMES = ("light", "dark")

# Full loss of one kind of cone. Machado, Oliveira and Fernandes 2009, severity 1.0; linear sRGB.
CONES = {
    "all": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(colour):
    """Return linear sRGB of '#rrggbb' (IEC 61966-2-1)."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(colour, background):
    """Return the contrast ratio of WCAG 2.2."""
    luminances = [linear(each) @ [0.2126, 0.7152, 0.0722] for each in (colour, background)]
    return (max(luminances) + 0.05) / (min(luminances) + 0.05)


def lab(colour, cones):
    """Return CIE L*a*b* (D65) of a colour as readers with these cones see it."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(CONES[cones] @ linear(colour), 0, 1) / [0.95047, 1, 1.08883]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest_pair(colours, cones):
    """Return the distance (CIE 1976) of the two most similar colours."""
    pairs = combinations([lab(colour, cones) for colour in colours], 2)
    return min(np.linalg.norm(one - other) for one, other in pairs)


def test_black_on_white_has_contrast_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_every_body_colour_stands_out_from_the_page(theme):
    page = surface(theme).page
    faint = {g: c for g, c in group_colours(theme).items() if contrast(c, page) < 3}
    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["page", "land", "sea"])
@pytest.mark.parametrize("mode", Mode)
def test_every_mode_stands_out_from_page_land_and_sea(theme, ground, mode):
    assert contrast(mode_colour(mode, theme), getattr(surface(theme), ground)) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["page", "land", "sea"])
@pytest.mark.parametrize("text", ["ink", "muted"])
def test_text_can_be_read_on_page_land_and_sea(theme, ground, text):
    colours = surface(theme)
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_line_at_zero_stands_out_from_the_page(theme):
    assert contrast(surface(theme).baseline, surface(theme).page) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("cones", CONES)
def test_bodies_stay_apart_for_every_reader(theme, cones):
    assert nearest_pair(group_colours(theme).values(), cones) > 15


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("cones", CONES)
def test_modes_stay_apart_for_every_reader(theme, cones):
    assert nearest_pair([mode_colour(mode, theme) for mode in Mode], cones) > 15


def test_no_mode_has_the_colour_of_a_body():
    for theme in THEMES:
        modes = {mode_colour(mode, theme) for mode in Mode}
        assert modes.isdisjoint(group_colours(theme).values())


def test_seoul_washington_and_kyiv_have_colours_of_their_own():
    colours = {body_colour(body, "state", "light") for body in ("rok", "us", "ukraine", "estonia")}
    assert len(colours) == 4


def test_pyongyang_and_moscow_share_a_colour():
    assert body_colour("dprk", "state", "dark") == body_colour("russia", "state", "dark")


def test_every_kind_of_claimant_has_a_colour():
    assert {body_group("some-body", kind) for kind in ClaimantKind} == {
        "other states",
        "international",
        "observers",
        "other",
    }


def test_an_unknown_kind_mode_or_status_is_refused():
    with pytest.raises(KeyError):
        body_colour("some-body", "guild", "light")
    with pytest.raises(KeyError):
        mode_colour("road", "light")
    with pytest.raises(KeyError):
        leg_dash("rumoured")


def test_each_leg_status_has_its_own_dash():
    assert [leg_dash(status) for status in LegStatus] == ["solid", "dash", "dot"]


@pytest.mark.parametrize("theme", THEMES)
def test_the_template_paints_paper_and_plot_in_the_page_colour(theme):
    layout = layout_template(theme).layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == surface(theme).page


@pytest.mark.parametrize("theme", THEMES)
def test_the_template_asks_the_internet_for_no_map(theme):
    geo = layout_template(theme).layout.geo.to_plotly_json()
    shown = {key: value for key, value in geo.items() if key.startswith("show")}
    assert len(shown) == 8
    assert not any(shown.values())
