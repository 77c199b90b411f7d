import tomllib
from itertools import combinations, product
from pathlib import Path

import pytest
from coloraide import Color

from dashboard.codes import ClaimantKind, LegStatus, Mode
from dashboard.exports.caption import TLP_INKS, TLP_PAPER
from dashboard.exports.offline import ACCENTS
from dashboard.exports.sheet import _LINK_INKS
from dashboard.figures.catalogue import ChartOrder, chart_names, draw
from dashboard.figures.palette import (
    body_colour,
    body_group,
    group_colours,
    layout_template,
    leg_dash,
    misprint_colour,
    mode_colour,
    surface,
    text_colour,
)

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"
THEMES = ("light", "dark")

EYES = ("all", "protan", "deutan", "tritan")
"""All cones, or none of one kind: Machado, Oliveira and Fernandes 2009, severity 1.0."""
APART = 7
"""CIEDE2000; 2.3 is just noticeable. Names stand beside lines, so colour only has to help."""


def contrast(colour, background):
    """Return the contrast ratio of WCAG 2.2."""
    return Color(colour).contrast(background, method="wcag21")


def seen(colour, eyes):
    """Return a colour as readers with these eyes see it."""
    return Color(colour) if eyes == "all" else Color(colour).filter(eyes, method="machado")


def nearest_pair(colours, eyes):
    """Return the distance (CIEDE2000) of the two most similar colours."""
    pairs = combinations([seen(colour, eyes) for colour in colours], 2)
    return min(one.delta_e(other, method="2000") for one, other in pairs)


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
def test_a_name_in_the_colour_of_its_body_can_be_read(theme):
    page = surface(theme).page
    names = {group: text_colour(colour, theme) for group, colour in group_colours(theme).items()}
    assert {group: name for group, name in names.items() if contrast(name, page) < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_a_misprint_can_be_read(theme):
    assert contrast(misprint_colour(theme), surface(theme).page) >= 4.5


CHARTS = [*product(chart_names(), THEMES)]


def words_of(figure):
    """Return the colour of everything that is written in a figure."""
    layout = figure.layout
    fonts = [layout.template.layout.font, layout.font, *(note.font for note in layout.annotations)]
    fonts += [
        trace.textfont
        for trace in figure.data
        if trace.type != "bar" and "text" in (trace.mode or "")
    ]
    return set(listed(font.color for font in fonts))


def marks_of(figure):
    """Return the colour of every mark and line in a figure; grounds and coasts are neither."""
    traces = [trace for trace in figure.data if trace.type != "bar" and trace.fill != "toself"]
    colours = set(listed(trace.line.color for trace in traces))
    return colours | set(listed(trace.marker.line.color for trace in traces))


def listed(colours):
    for colour in colours:
        yield from ([colour] if isinstance(colour, str) else colour if colour is not None else [])


@pytest.mark.parametrize(("name", "theme"), CHARTS)
def test_every_word_of_a_chart_can_be_read(name, theme, dataset):
    words = words_of(draw(dataset, name, ChartOrder(), theme).figure)
    assert words
    assert {word for word in words if contrast(word, surface(theme).page) < 4.5} == set()


@pytest.mark.parametrize(("name", "theme"), CHARTS)
def test_every_mark_of_a_chart_stands_out(name, theme, dataset):
    figure = draw(dataset, name, ChartOrder(), theme).figure
    colours = surface(theme)
    grounds_and_guides = {colours.page, colours.land, colours.sea, colours.grid}
    marks = marks_of(figure) - grounds_and_guides
    assert marks
    assert {mark for mark in marks if contrast(mark, surface(theme).page) < 3} == set()


# Streamlit writes captions at 60 % of the text, and names of chosen options white on the primary.
PAGES = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("ink", ["textColor", "linkColor", "blueTextColor"])
def test_text_of_the_pages_can_be_read(theme, ground, ink):
    assert contrast(PAGES[theme][ink], PAGES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_captions_of_the_pages_can_be_read(theme, ground):
    below, text = Color(PAGES[theme][ground]), PAGES[theme]["textColor"]
    faint = below.mix(text, 0.6, space="srgb")
    assert faint.contrast(below, method="wcag21") >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_chosen_options_of_the_pages_can_be_read(theme):
    primary = PAGES[theme]["primaryColor"]
    assert contrast("white", primary) >= 4.5
    assert contrast(primary, PAGES[theme]["backgroundColor"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colours", [ACCENTS, _LINK_INKS])
def test_links_in_files_can_be_read(theme, colours):
    assert contrast(colours[theme], surface(theme).page) >= 4.5


def test_tlp_labels_in_files_can_be_read():
    assert {c for c in TLP_INKS.values() if contrast(c, TLP_PAPER) < 4.5} == set()


@pytest.mark.parametrize("theme", THEMES)
def test_the_line_at_zero_stands_out_from_the_page(theme):
    assert contrast(surface(theme).baseline, surface(theme).page) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_bodies_stay_apart_for_every_reader(theme, eyes):
    assert nearest_pair(group_colours(theme).values(), eyes) > APART


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_modes_stay_apart_for_every_reader(theme, eyes):
    assert nearest_pair([mode_colour(mode, theme) for mode in Mode], eyes) > APART


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
