"""Slides, opened again: by python-pptx, by openpyxl, by a validator, by LibreOffice."""

import io
import math
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportError, ExportFormat, export_chart
from dashboard.exports.plot.clipping import Rectangle, clipped_line, clipped_ring
from dashboard.exports.plot.lettering import line_count
from dashboard.exports.plot.projection import EqualArea, Mercator
from dashboard.exports.plot.xy_axes import month_axis, round_axis
from dashboard.exports.plot.xy_traces import doubled
from dashboard.exports.pptx.presentation import pptx_bytes, presentation
from dashboard.figures.conversion import factor_chart
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart, sea_leg_chart
from dashboard.figures.relays import relay_chart
from dashboard.figures.voyages import sightings_chart, trip_totals_chart
from dashboard.schema import Item
from dashboard.selection import Selection

XY_CHARTS = ("growth", "trips", "sightings", "factors")
MAPS = ("routes", "sea")
SLIDE_SIZES = {"16:9": (960, 540), "4:3": (720, 540)}
LARGEST_MAP = 100_000


@pytest.fixture(scope="module")
def charts(dataset):
    routes = main_route_ids(dataset)
    drawn = [
        growth_chart(dataset, Selection(), "light"),
        routes_chart(dataset, routes, "light"),
        sea_leg_chart(dataset, routes, "light"),
        trip_totals_chart(dataset, "light"),
        sightings_chart(dataset, "light"),
        factor_chart(dataset, Item.CONTAINERS, Item.SHELLS_152MM, "light"),
        relay_chart(dataset, "rok-dia-20240827-containers", "light"),
    ]
    return {chart.name: chart for chart in drawn}


@pytest.fixture(scope="module")
def growth(charts):
    return charts["growth"]


@pytest.fixture(scope="module")
def decks(charts):
    return {name: opened(written(chart)) for name, chart in charts.items()}


@pytest.fixture(scope="module")
def briefs(charts):
    every = list(charts.values())
    return {
        ratio: presentation(every, ratio=ratio, title="A brief", marking="TLP:GREEN")
        for ratio in SLIDE_SIZES
    }


def written(chart, **options) -> bytes:
    return pptx_bytes(chart, caption_of(chart), **options)


def opened(data: bytes):
    return Presentation(io.BytesIO(data))


def slide_of(deck):
    (slide,) = deck.slides
    return slide


def named(slide, name: str):
    return next(shape for shape in slide.shapes if shape.name == name)


def native_charts(slide):
    return [shape for shape in slide.shapes if shape.has_chart]


def all_shapes(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from all_shapes(shape.shapes)


def workbook_of(slide, *, values: bool = True):
    (frame,) = native_charts(slide)
    blob = frame.chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob), data_only=values)


def words_on(slide) -> str:
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(frame.text for frame in frames)


def template(**theme: str) -> bytes:
    """Return a template with one old slide, its theme changed: font='Georgia', accent1='112233'."""
    deck = Presentation()
    part = deck.slide_master.part.part_related_by(RT.THEME)
    xml = part.blob.decode()
    for slot, value in theme.items():
        if slot == "font":
            xml = xml.replace("Calibri", value)
        else:
            xml = re.sub(f"<a:{slot}>.*?</a:{slot}>", colour_xml(slot, value), xml, count=1)
    part._blob = xml.encode()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Old slide of the template"
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def colour_xml(slot: str, value: str) -> str:
    return f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>'


def changed_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.infolist():
            content = source.read(part)
            archive.writestr(
                part.filename, content.replace(old, new) if part.filename == name else content
            )
    return target.getvalue()


# ------------------------------------------------------------------ native charts


@pytest.mark.parametrize("name", XY_CHARTS)
def test_a_chart_over_time_is_one_native_chart_and_no_picture(decks, name):
    slide = slide_of(decks[name])
    (frame,) = native_charts(slide)
    assert frame.chart.chart_type.name.startswith("XY_SCATTER")
    assert not [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]


def test_the_marks_in_the_workbook_are_the_figures_of_the_table(decks, growth):
    table = growth.table
    figures = table["Low"].where(table["Low"].notna(), table["High"]).dropna()
    assert sorted(marks_in(slide_of(decks["growth"]))) == sorted(map(int, figures))


def marks_in(slide) -> list[int]:
    """Return what stands in the workbook for the marks that carry figures."""
    sheet = workbook_of(slide)["Chart data"]
    heights = []
    for series in native_charts(slide)[0].chart.plots[0].series:
        has_marks = series._element.find("{*}marker/{*}symbol").get("val") != "none"
        if has_marks and "Denial" not in series.name:
            cells = cells_of(sheet, series._element.find("{*}yVal/{*}numRef/{*}f").text)
            heights += [int(cell.value) for cell in cells if cell.value is not None]
    return heights


def cells_of(sheet, reference: str):
    return [cell for (cell,) in sheet[reference.split("!")[1].replace("$", "")]]


def test_the_embedded_workbook_holds_the_table_of_the_chart(decks, growth):
    rows = list(workbook_of(slide_of(decks["growth"]))["Table"].values)
    assert list(rows[0]) == list(growth.table.columns)
    assert [row[0] for row in rows[1:]] == list(growth.table["Stated on"])
    assert [row[2] for row in rows[1:]] == list(growth.table["Figure"])


@pytest.mark.parametrize("name", XY_CHARTS)
def test_what_the_chart_shows_stands_in_its_workbook(decks, name):
    slide = slide_of(decks[name])
    sheet = workbook_of(slide)["Chart data"]
    for element in native_charts(slide)[0].chart._chartSpace.iter("{*}numRef"):
        cells = cells_of(sheet, element.find("{*}f").text)
        for point in element.iter("{*}pt"):
            cell = cells[int(point.get("idx"))].value
            shown = float(point.find("{*}v").text)
            assert as_number(cell) == pytest.approx(shown)


def as_number(value: object) -> float:
    if hasattr(value, "year"):
        return openpyxl.utils.datetime.to_excel(value)
    return float(value)


def test_a_step_follows_the_mark_that_it_starts_from(decks):
    sheet = workbook_of(slide_of(decks["growth"]), values=False)["Chart data"]
    assert sheet["B1"].value == "Washington"
    assert str(sheet["B2"].value).startswith("=")


def test_days_are_written_as_months_and_years(decks):
    axis = native_charts(slide_of(decks["growth"]))[0].chart._chartSpace.find(".//{*}valAx")
    assert axis.find("{*}numFmt").get("formatCode") == "mmm yyyy"


def test_series_are_named_beside_their_newest_mark_and_not_in_a_legend(decks):
    chart = native_charts(slide_of(decks["growth"]))[0].chart
    assert not chart.has_legend
    told = [
        series.name
        for series in chart.plots[0].series
        if any(one.get("val") == "1" for one in series._element.iter("{*}showSerName"))
    ]
    assert {"Seoul (MND, DIA)", "Washington"} <= set(told)


def test_a_silent_body_keeps_its_dotted_line(decks):
    chart = native_charts(slide_of(decks["growth"]))[0].chart
    dashes = {
        series.name: dash.get("val")
        for series in chart.plots[0].series
        for dash in series._element.findall("{*}spPr/{*}ln/{*}prstDash")
    }
    assert dashes["Washington"] == "solid"
    assert dashes["Washington, not restated"] == "sysDot"


def test_categories_become_rows_with_a_name_beside_each(decks, charts):
    chart = native_charts(slide_of(decks["trips"]))[0].chart
    names = next(series for series in chart.plots[0].series if series.name == "Names of rows")
    words = [
        "".join(one.text for one in label.iter("{*}t")) for label in names._element.iter("{*}dLbl")
    ]
    assert len(words) == len(charts["trips"].table)


# ------------------------------------------------------------------ maps and tables


@pytest.mark.parametrize("name", MAPS)
def test_a_map_is_vector_shapes_and_no_picture(decks, name):
    shapes = list(all_shapes(slide_of(decks[name]).shapes))
    kinds = {shape.shape_type for shape in shapes}
    assert MSO_SHAPE_TYPE.FREEFORM in kinds
    assert MSO_SHAPE_TYPE.PICTURE not in kinds


def test_the_layers_of_a_map_have_names(decks):
    names = {shape.name for shape in all_shapes(slide_of(decks["sea"]).shapes)}
    assert {"Map", "Sea", "Land", "Sea legs, observed", "Najin (Rajin)", "Dunai"} <= names


def test_an_inferred_leg_is_dotted_and_an_observed_one_is_not(decks):
    shapes = {shape.name: shape for shape in all_shapes(slide_of(decks["sea"]).shapes)}
    inferred = shapes["Rail legs, inferred 1"]._element.spPr.find("{*}ln/{*}prstDash")
    observed = shapes["Sea legs, observed 1"]._element.spPr.find("{*}ln/{*}prstDash")
    assert (inferred.get("val"), observed.get("val")) == ("sysDot", "solid")


@pytest.mark.parametrize("name", MAPS)
def test_a_map_stays_a_small_file(charts, name):
    assert len(written(charts[name])) < LARGEST_MAP


def test_no_shape_of_a_map_leaves_its_slide(decks):
    width, height = SLIDE_SIZES["16:9"]
    for shape in all_shapes(slide_of(decks["routes"]).shapes):
        assert shape.left.pt >= 0
        assert shape.left.pt + shape.width.pt <= width
        assert shape.top.pt + shape.height.pt <= height


def test_an_outline_of_relays_becomes_a_native_table(decks, charts):
    table = next(shape for shape in slide_of(decks["relays"]).shapes if shape.has_table).table
    assert table.cell(0, 0).text == charts["relays"].table.columns[0]
    assert f"of {len(charts['relays'].table)} rows" in words_on(slide_of(decks["relays"]))


# ------------------------------------------------------------------ the proof on the slide


@pytest.mark.parametrize("name", [*XY_CHARTS, *MAPS, "relays"])
def test_the_drawing_has_its_alternative_text(decks, charts, name):
    told = [
        element.get("descr")
        for element in slide_of(decks[name]).shapes._spTree.iter("{*}cNvPr")
        if element.get("descr")
    ]
    assert told == [charts[name].alt]


@pytest.mark.parametrize("name", [*XY_CHARTS, *MAPS, "relays"])
def test_the_notes_hold_every_source_with_its_link(decks, charts, name):
    notes = slide_of(decks[name]).notes_slide
    links = {rel.target_ref for rel in notes.part.rels.values() if rel.is_external}
    for document in caption_of(charts[name]).documents:
        assert document.title in notes.notes_text_frame.text
        assert not document.link or {document.link} <= links


def test_the_notes_say_what_the_picture_shows(decks, growth):
    assert slide_of(decks["growth"]).notes_slide.notes_text_frame.text.startswith(growth.alt)


def test_a_slide_says_its_finding_selection_sources_version_and_licence(decks, growth):
    slide = slide_of(decks["growth"])
    caption = caption_of(growth)
    assert slide.shapes.title.text_frame.text == growth.title
    words = words_on(slide)
    for part in (growth.subtitle, growth.as_known, caption.licence, caption.data_version):
        assert part in words
    for warning in caption.warnings:
        assert warning in words
    assert "[3]" in words
    assert "[4]" not in words
    assert f"{len(caption.documents) - 3} more in the notes" in words


@pytest.mark.parametrize("ratio", SLIDE_SIZES)
def test_the_marking_stands_on_top_and_bottom_to_the_right(briefs, ratio):
    deck = opened(briefs[ratio])
    for slide in deck.slides:
        for place, is_right in (
            ("top", lambda shape: shape.top.pt < 30),
            ("bottom", lambda shape: shape.top.pt > 500),
        ):
            shape = named(slide, f"Handling marking, {place}")
            assert shape.text_frame.text == "TLP:GREEN"
            assert is_right(shape)
            assert (shape.left + shape.width) / 12700 == pytest.approx(SLIDE_SIZES[ratio][0] - 36)
            assert shape.text_frame.paragraphs[0].runs[0].font.size.pt >= 12


@pytest.mark.parametrize("ratio", SLIDE_SIZES)
def test_slides_have_the_ratio_that_was_asked_for(briefs, ratio):
    deck = opened(briefs[ratio])
    assert (deck.slide_width.pt, deck.slide_height.pt) == SLIDE_SIZES[ratio]


def test_every_slide_has_its_number_as_a_field(briefs):
    for number, slide in enumerate(opened(briefs["16:9"]).slides, 1):
        field = named(slide, "Slide number")._element.find(".//{*}fld")
        assert field.get("type") == "slidenum"
        assert field.find("{*}t").text == str(number)


def test_a_brief_begins_with_its_title(briefs, charts):
    slides = list(opened(briefs["16:9"]).slides)
    assert slides[0].shapes.title.text_frame.text == "A brief"
    assert len(slides) == len(charts) + 1


def test_sources_can_follow_on_slides(charts):
    deck = opened(presentation([charts["sea"]], sources="notes and slides"))
    listed = "\n".join(words_on(slide) for slide in list(deck.slides)[1:])
    for document in caption_of(charts["sea"]).documents:
        assert document.title in listed


def test_no_letter_is_smaller_than_12_points_but_the_small_print(briefs):
    sizes = {
        shape.name: int(element.get("sz")) / 100
        for slide in opened(briefs["16:9"]).slides
        for shape in slide.shapes
        for element in shape._element.iter("{*}rPr")
        if element.get("sz")
    }
    small = {name for name, size in sizes.items() if size < 12}
    assert small == {"Data version and licence"}


def test_every_run_has_a_language(briefs):
    deck = opened(briefs["16:9"])
    for slide in deck.slides:
        for run in slide.shapes._spTree.iter("{*}rPr"):
            assert run.get("lang")


def test_korean_titles_are_marked_as_korean(charts):
    notes = slide_of(opened(written(charts["growth"]))).notes_slide
    languages = {run.get("lang") for run in notes.notes_text_frame._txBody.iter("{*}rPr")}
    assert {"en-GB", "ko-KR"} <= languages


def test_the_same_chart_gives_the_same_bytes(growth):
    assert written(growth) == written(growth)


def test_the_registry_knows_slides(growth):
    export = export_chart(growth, ExportFormat.PPTX)
    assert export.file_name.endswith(".pptx")
    assert slide_of(opened(export.data)).shapes.title.text_frame.text == growth.title


# ------------------------------------------------------------------ a reader's template


def test_a_template_lends_its_fonts_and_colours(growth):
    deck = opened(written(growth, template=template(font="Georgia", accent1="3A7D44")))
    theme = deck.slide_master.part.part_related_by(RT.THEME).blob.decode()
    assert 'typeface="Georgia"' in theme
    assert "3A7D44" in theme
    used = {
        element.get("val")
        for element in native_charts(slide_of(deck))[0].chart._chartSpace.iter("{*}schemeClr")
    }
    assert "accent1" in used


def test_no_letter_and_no_series_brings_its_own_font_or_colour(growth):
    slide = slide_of(opened(written(growth, template=template(font="Georgia"))))
    chart = native_charts(slide)[0].chart._chartSpace
    fonts = {
        one.get("typeface")
        for one in (*chart.iter("{*}latin"), *slide.shapes._spTree.iter("{*}latin"))
    }
    assert fonts <= {"+mn-lt", "+mj-lt"}
    assert not list(chart.iter("{*}srgbClr"))


def test_a_template_keeps_its_size_and_loses_its_slides(growth):
    deck = opened(written(growth, template=template()))
    assert deck.slide_width.pt == 720
    assert "Old slide" not in words_on(slide_of(deck))


def test_a_dark_template_gets_letters_that_can_be_read(growth):
    dark = template(dk1="F5F5F5", lt1="101820", accent1="101828")
    chart = native_charts(slide_of(opened(written(growth, template=dark))))[0].chart._chartSpace
    plain = [
        one for one in chart.iter("{*}schemeClr") if one.get("val") == "accent1" and not len(one)
    ]
    assert not plain


def test_a_template_of_type_potx_is_taken_too(growth):
    kind = b"officedocument.presentationml.%s.main+xml"
    potx = changed_part(
        template(), "[Content_Types].xml", kind % b"presentation", kind % b"template"
    )
    assert slide_of(opened(written(growth, template=potx)))


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(3):
            archive.writestr(f"{number}.xml", bytes(80_000_000))
    return target.getvalue()


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"", "no PowerPoint file"),
        (b"not a zip", "no PowerPoint file"),
        (template()[:2000], "no PowerPoint file"),
        (bytes(20_000_001), "20 MB|may have 20"),
    ],
    ids=["empty", "text", "cut short", "too large"],
)
def test_a_bad_template_is_refused_in_a_sentence(growth, broken, words):
    with pytest.raises(ExportError, match=words):
        written(growth, template=broken)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(growth):
    with pytest.raises(ExportError, match="unpacks to more"):
        written(growth, template=bomb())


def test_a_workbook_is_no_template(growth):
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    with pytest.raises(ExportError, match="no PowerPoint file"):
        written(growth, template=target.getvalue())


def test_a_template_with_broken_xml_is_refused_in_a_sentence(growth):
    broken = changed_part(template(), "ppt/presentation.xml", b"<p:sldMasterIdLst>", b"<")
    with pytest.raises(ExportError, match="no PowerPoint file"):
        written(growth, template=broken)


# ------------------------------------------------------------------ bad wishes


@pytest.mark.parametrize("ratio", SLIDE_SIZES)
def test_a_title_of_200_characters_fits(growth, ratio):
    title = ("Seoul said more than thirteen thousand containers " * 4).strip()[:200]
    deck = opened(pptx_bytes(growth, caption_of(growth, title=title), ratio=ratio))
    shape = slide_of(deck).shapes.title
    subtitle = named(slide_of(deck), "Subtitle")
    assert shape.text_frame.paragraphs[0].runs[0].font.size.pt >= 24
    assert shape.top + shape.height <= subtitle.top


def test_a_title_too_wide_is_refused_in_a_sentence(growth):
    with pytest.raises(ExportError, match="does not fit"):
        pptx_bytes(growth, caption_of(growth, title="W" * 200), ratio="4:3")


def test_there_is_no_other_ratio(growth):
    with pytest.raises(ExportError, match="16:9 or 4:3"):
        written(growth, ratio="21:9")


def test_no_chart_makes_no_slides():
    with pytest.raises(ExportError, match="at least one"):
        presentation([])


def test_a_marking_with_a_line_break_is_refused(growth):
    with pytest.raises(ExportError, match="one line"):
        presentation([growth], marking="SECRET\nNOT")


@pytest.mark.slow
def test_fifty_charts_make_one_file(growth):
    deck = opened(presentation([growth] * 50))
    assert len(deck.slides) == 51


def test_a_chart_without_a_figure_still_makes_a_slide(dataset):
    chart = growth_chart(dataset, Selection(to=date(2000, 1, 1)), "light")
    assert chart.title in words_on(slide_of(opened(written(chart))))


def test_signs_that_xml_forbids_are_left_out(growth):
    odd = replace(growth, subtitle="A\x0bsign \x00of control")
    assert "Asign of control" in words_on(slide_of(opened(written(odd))))


# ------------------------------------------------------------------ seen from outside


@pytest.mark.parametrize("ratio", SLIDE_SIZES)
@pytest.mark.slow
def test_a_validator_finds_nothing_to_repair(briefs, ratio, tmp_path):
    validator = pytest.importorskip("openxml_audit").OpenXmlValidator()
    path = tmp_path / "brief.pptx"
    path.write_bytes(briefs[ratio])
    assert [str(error) for error in validator.validate(path).errors] == []


@pytest.mark.slow
def test_libreoffice_opens_every_slide(briefs, charts, tmp_path):
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        assert not os.environ.get("CI"), "CI needs libreoffice-impress and poppler-utils"
        pytest.skip("no soffice or pdftotext here")
    path = tmp_path / "brief.pptx"
    path.write_bytes(briefs["16:9"])
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "brief.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = told.split("\f")[:-1]
    assert len(pages) == len(charts) + 1
    for page in pages:
        assert page.count("TLP:GREEN") == 2
    for words in ("Seoul (MND, DIA)", "Washington", "6,700", "35,000", "Jan 2024"):
        assert words in pages[1]
    for words in ("Najin (Rajin)", "Tikhoretsk", "Inferred"):
        assert words in pages[2]


# ------------------------------------------------------------------ axes, maps, letters


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(20, 6000), st.integers(2, 12))
def test_each_tick_of_a_time_axis_falls_into_a_round_month(first, days, ticks):
    low = (first - date(1899, 12, 30)).days
    axis = month_axis(low, low + days, ticks)
    assert axis.low <= low + 10
    months = round(axis.step / 30.436875)
    tick = axis.low
    while tick <= low + days:
        day = date(1899, 12, 30) + timedelta(days=math.floor(tick))
        assert (day.year * 12 + day.month - 1) % months == 0
        assert day.day <= 12
        tick += axis.step


@given(st.lists(st.floats(0, 1e9), min_size=1), st.integers(3, 9))
def test_an_upright_axis_starts_at_zero_and_holds_every_figure(heights, ticks):
    axis = round_axis(heights, None, ticks)
    assert axis.low == 0
    assert axis.high >= max(heights) * (1 - 1e-9)


@given(st.floats(20, 160), st.floats(20, 75))
def test_projections_lead_there_and_back(lon, lat):
    for projection in (EqualArea(88, 50), Mercator()):
        xs, ys = projection.plane(np.array([lon]), np.array([lat]))
        lons, lats = projection.sphere(xs, ys)
        assert (lons[0], lats[0]) == pytest.approx((lon, lat), abs=1e-6)


def test_an_equal_area_map_keeps_the_distance_to_the_pole():
    xs, ys = EqualArea(0, 90).plane(np.array([0.0]), np.array([0.0]))
    assert math.hypot(xs[0], ys[0]) == pytest.approx(math.sqrt(2))


def test_a_ring_is_cut_at_the_frame():
    frame = Rectangle(0, 0, 10, 10)
    ring = [(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)]
    assert set(clipped_ring(ring, frame)) == {(0, 2), (5, 2), (5, 8), (0, 8)}


def test_a_line_through_the_frame_keeps_what_is_inside():
    frame = Rectangle(0, 0, 10, 10)
    assert clipped_line([(-5.0, 5.0), (15.0, 5.0)], frame) == [[(0, 5), (10, 5)]]
    assert clipped_line([(-5.0, 5.0), (-1.0, 5.0)], frame) == []


def test_steps_have_doubled_points_and_keep_their_gaps():
    xs, ys = doubled([1.0, 2.0, None, 4.0], [10.0, 20.0, None, 30.0])
    assert list(zip(xs, ys, strict=True)) == [(1, 10), (2, 10), (2, 20), (None, None), (4, 30)]


def test_a_word_too_long_for_a_line_takes_several():
    assert line_count("W" * 20, 12, 100) == 3
    assert line_count("one two", 12, 1000) == 1
