"""What leaves, under which name, and with which words around it."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.as_known import as_known
from dashboard.captioned import CaptionedChart
from dashboard.exports.caption import SHORT_SOURCES, caption_of
from dashboard.exports.formats import (
    ExportError,
    ExportFormat,
    export_chart,
    file_name,
    format_named,
    offered_formats,
)
from dashboard.exports.plot.plotted import plotted_chart
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart, sea_leg_chart
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.selection import Selection

DAY = date(2024, 8, 28)
DIGEST = "0123456789ab"


@pytest.fixture(scope="module")
def chart(dataset) -> CaptionedChart:
    return growth_chart(replace(dataset, digest=DIGEST), Selection(), "light")


# ------------------------------------------------------------------ formats


def test_a_file_name_holds_chart_version_and_hash(chart):
    name = file_name(chart, ExportFormat.XLSX)
    assert name == f"growth-{chart.data_version.split()[0]}-{DIGEST}.xlsx"


def test_a_frozen_chart_has_its_day_in_the_file_name(chart):
    frozen = replace(chart, as_known_on=DAY)
    assert file_name(frozen, ExportFormat.CSV).endswith(f"-{DIGEST}-as-known-on-2024-08-28.csv")


def test_a_file_name_has_only_safe_characters(chart):
    hostile = replace(chart, name="../a b:c\n한")
    assert file_name(hostile, ExportFormat.CSV).startswith("a-b-c-")


@pytest.mark.parametrize("format", offered_formats())
def test_every_offered_format_makes_a_file(chart, format):
    if format in (ExportFormat.PNG, ExportFormat.SVG, ExportFormat.PDF):
        pytest.skip("needs a browser: tested with its writer")
    export = export_chart(chart, format)
    assert export.data
    assert export.media_type == format.media_type
    assert export.file_name == file_name(chart, format)


def test_every_format_has_a_media_type_and_words():
    assert all("/" in format.media_type and format.meaning for format in ExportFormat)


def test_a_format_is_found_by_its_ending():
    assert format_named(".XLSX") is ExportFormat.XLSX


def test_an_unknown_format_is_refused_with_the_list_of_formats():
    with pytest.raises(ExportError, match=r"There is no format ‘docx’\. The formats are: .*xlsx"):
        format_named("docx")


@pytest.mark.parametrize("name", ["growth", "trips", "sightings", "routes", "sea"])
def test_every_chart_of_a_frozen_dataset_knows_its_day(dataset, name):
    frozen = as_known(dataset, DAY)
    routes = main_route_ids(frozen)
    charts = {
        "growth": lambda: growth_chart(frozen, Selection(), "light"),
        "trips": lambda: trip_totals_chart(frozen, "light"),
        "sightings": lambda: sightings_chart(frozen, "light"),
        "routes": lambda: routes_chart(frozen, routes, "light"),
        "sea": lambda: sea_leg_chart(frozen, routes, "light"),
    }
    assert charts[name]().as_known_on == DAY


# ------------------------------------------------------------------ captions


def test_a_caption_holds_the_words_of_its_chart(chart):
    caption = caption_of(chart)
    assert caption.title == chart.title
    assert caption.subtitle == chart.subtitle
    assert caption.as_known == chart.as_known
    assert caption.origins == chart.origins
    assert caption.data_version == chart.data_version
    assert caption.warnings == tuple(warning.meaning for warning in chart.warnings)


def test_every_document_is_cited_once_and_numbered_through(chart):
    caption = caption_of(chart)
    assert len(caption.sources) == SHORT_SOURCES
    assert [document.number for document in caption.documents] == list(
        range(1, len(chart.sources) + 1)
    )


def test_the_source_line_says_how_many_documents_it_leaves_out(chart):
    more = len(chart.sources) - SHORT_SOURCES
    assert caption_of(chart).source_line.endswith(f"; and {more} more documents")


def test_a_document_without_title_or_date_says_so(chart):
    sources = chart.sources.head(1).assign(title=None, title_basis="not-seen", published_on=None)
    document = caption_of(replace(chart, sources=sources)).documents[0]
    assert document.title == "title not seen"
    assert document.published == "date not seen"
    assert document.published_on == ""


def test_an_address_that_is_not_of_the_web_is_no_link(chart):
    sources = chart.sources.head(1).assign(url="javascript:alert(1)")
    assert caption_of(replace(chart, sources=sources)).documents[0].link == ""


def test_another_title_stands_instead_of_the_chart_s_own(chart):
    assert caption_of(chart, title=" From 6,700 to 13,000 ").title == "From 6,700 to 13,000"


def test_a_title_of_200_characters_is_taken(chart):
    assert caption_of(chart, title="x" * 200).title == "x" * 200


def test_a_longer_title_is_refused_in_a_sentence(chart):
    with pytest.raises(ExportError, match=r"The title has 201 characters\. It may have 200"):
        caption_of(chart, title="x" * 201)


def test_the_marking_is_tlp_clear_where_none_is_given(chart):
    assert caption_of(chart).marking == "TLP:CLEAR"
    assert caption_of(chart, marking="  ").marking == "TLP:CLEAR"


def test_a_tlp_label_is_printed_in_capitals(chart):
    assert caption_of(chart, marking="tlp: amber+strict").marking == "TLP:AMBER+STRICT"


def test_a_national_marking_is_printed_as_it_is(chart):
    assert caption_of(chart, marking="대외비 / Nur für den Dienstgebrauch").marking == (
        "대외비 / Nur für den Dienstgebrauch"
    )


@pytest.mark.parametrize(
    ("marking", "sentence"),
    [
        ("TLP:CLEAR\nSecret", "holds a line break"),
        ("TLP:CLEAR\u2028Secret", "holds a line break"),
        ("Secret\u202etnellecxe", "holds a line break or another sign"),
        ("x" * 81, "has 81 characters. It may have 80 at most"),
        ("TLP:WHITE", "no label of TLP 2.0"),
    ],
)
def test_a_marking_that_cannot_be_printed_is_refused(chart, marking, sentence):
    with pytest.raises(ExportError, match=sentence):
        caption_of(chart, marking=marking)


def test_a_permalink_is_relative_where_the_site_is_not_known(chart):
    assert caption_of(chart, permalink="/timeline?item=oil").permalink == "/timeline?item=oil"


def test_a_permalink_is_whole_where_the_site_is_known(chart):
    caption = caption_of(chart, permalink="/timeline", base_url="https://shipments.example/")
    assert caption.permalink == "https://shipments.example/timeline"
    assert caption.citation.endswith(" https://shipments.example/timeline")


@pytest.mark.parametrize(
    ("permalink", "base_url"),
    [("//evil.example", ""), ("https://evil.example", ""), ("/timeline", "ftp://example.org")],
)
def test_an_address_outside_the_site_is_refused(chart, permalink, base_url):
    with pytest.raises(ExportError, match="address"):
        caption_of(chart, permalink=permalink, base_url=base_url)


# ------------------------------------------------------------------ plotted series


def test_every_claim_drawn_is_a_mark(chart):
    plotted = plotted_chart(chart.figure)
    marks = {
        point.figure_of
        for series in plotted.series
        if series.kind == "marks"
        for point in series.drawn
    }
    assert marks == set(chart.claim_ids)


def test_a_step_runs_along_or_up_but_never_aslant(chart):
    for series in plotted_chart(chart.figure).series:
        if series.kind == "steps":
            for start, end in zip(series.points, series.points[1:], strict=False):
                assert start is None or end is None or start.x == end.x or start.y == end.y


def test_every_corner_of_a_step_knows_whose_figure_it_is(chart):
    steps = [series for series in plotted_chart(chart.figure).series if series.kind == "steps"]
    assert steps
    assert all(point.figure_of for series in steps for point in series.drawn)


def test_a_map_has_no_plotted_series(dataset):
    assert plotted_chart(routes_chart(dataset, main_route_ids(dataset), "light").figure) is None


def test_the_rows_of_a_chart_of_names_run_from_the_bottom_up(dataset):
    chart = trip_totals_chart(dataset, "light")
    assert plotted_chart(chart.figure).rows[-1] == chart.figure.data[0].y[0]
