"""Pictures and drawings of charts, opened again; and the browser that makes them, in its bounds."""

import io
import os
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from dashboard.exports import renderer
from dashboard.exports.caption import LONGEST_TITLE, caption_of
from dashboard.exports.formats import ExportError, ExportFormat, export_chart
from dashboard.exports.picture import png_bytes, svg_bytes
from dashboard.exports.renderer import Job, render
from dashboard.exports.sheet import PICTURE_SIZE, sheet_html
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.figures.voyages import sightings_chart
from dashboard.selection import Selection
from tests.build import good_dataset

REFERENCES = Path(__file__).parent / "reference"
REFERENCE_SIZE = (640, 360)
BLOCK = 40
LARGEST_DIFFERENCE = 2.0
LARGEST_DIFFERENCE_OF_A_BLOCK = 16.0
"""Of 255, in the mean: letters of another browser stay below it, a lost label does not."""

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</script><script>alert(1)</script>"
NEVER_DRAWN = "<script>while (true) {}</script>"

browser = pytest.mark.browser


@pytest.fixture(scope="module")
def chart():
    return growth_chart(good_dataset(), Selection(), "light")


@pytest.fixture(scope="module")
def caption(chart):
    return caption_of(chart, permalink="/timeline?item=containers")


@pytest.fixture(scope="module")
def drawing(rendering, chart, caption) -> str:
    return svg_bytes(chart, caption).decode()


def words_of(drawing: str) -> str:
    """Return the text that a drawing shows, its lines joined."""
    texts = [element.text or "" for element in ET.fromstring(drawing).findall(f"{SVG}text")]
    return re.sub(r"\s+", " ", " ".join(texts))


def drawn_again(drawing: str) -> Image.Image:
    """Return a drawing as a browser shows it."""
    content = drawing.split("?>", 1)[1]
    page = (
        "<!doctype html><meta charset='utf-8'>"
        f"<style>body{{margin:0}}body>svg{{display:block}}</style>{content}"
        "<script>document.fonts.ready.then(() => { window.sheetReady = true })</script>"
    )
    return Image.open(io.BytesIO(render([Job(page, "png", *PICTURE_SIZE)])[0]))


# ------------------------------------------------------------------ pictures


@browser
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_picture_has_the_size_of_its_scale(rendering, chart, caption, scale):
    export = export_chart(chart, ExportFormat.PNG, caption, scale=scale)
    picture = Image.open(io.BytesIO(export.data))
    assert picture.format == "PNG"
    assert picture.size == (1280 * scale, 720 * scale)


def test_an_unknown_scale_is_refused(chart, caption):
    with pytest.raises(ExportError, match=r"There is no scale 4\. The scales are: 1, 2, 3\."):
        png_bytes(chart, caption, scale=4)


# ------------------------------------------------------------------ drawings


@browser
def test_a_drawing_is_one_valid_svg_of_the_size_of_a_picture(drawing):
    root = ET.fromstring(drawing)
    assert root.tag == f"{SVG}svg"
    assert (root.get("width"), root.get("height")) == ("1280", "720")


@browser
def test_a_drawing_holds_the_whole_caption_as_text(drawing, caption):
    words = words_of(drawing)
    for expected in (
        caption.title,
        caption.subtitle,
        caption.as_known,
        " ".join(caption.warnings),
        caption.sources[0].short,
        caption.data_version,
        caption.permalink,
    ):
        assert expected in words
    assert words.count(caption.marking) == 2


@browser
def test_a_drawing_says_what_it_shows(drawing, caption):
    root = ET.fromstring(drawing)
    assert root.findtext(f"{SVG}title") == caption.title
    assert root.findtext(f"{SVG}desc") == caption.alt


@browser
def test_a_drawing_holds_the_chart_as_lines_not_as_a_picture(drawing):
    assert "<image" not in drawing
    nested = ET.fromstring(drawing).find(f"{SVG}svg")
    assert len(nested.findall(f".//{SVG}path")) > 10


@browser
def test_a_drawing_refers_to_nothing_outside(drawing):
    addresses = re.findall(r"""(?:href|src)=["']([^"']*)|url\(["']?([^"')]*)""", drawing)
    outside = {one or other for one, other in addresses if not (one or other).startswith("#")}
    assert {address.split(",")[0] for address in outside} == {"data:font/woff2;base64"}
    assert "file:" not in drawing


@browser
def test_a_long_title_leaves_room_for_the_chart(rendering, chart):
    words = caption_of(chart, title=("Seoul said more than 13,000 " * 9)[:LONGEST_TITLE].strip())
    root = ET.fromstring(svg_bytes(chart, words))
    nested = root.find(f"{SVG}svg")
    assert float(nested.get("height")) > 300
    ends = [float(text.get("y")) for text in root.findall(f"{SVG}text")]
    assert max(ends) < 720


@browser
def test_every_vessel_keeps_its_name_on_a_picture(rendering, dataset):
    chart = sightings_chart(dataset, "light")
    drawing = svg_bytes(chart, caption_of(chart)).decode()
    shown = "".join(ET.fromstring(drawing).itertext())
    assert all(name in shown for name in chart.table["Vessel"].unique())


@browser
def test_a_map_is_drawn_with_its_land_and_names(rendering, dataset):
    chart = routes_chart(dataset, main_route_ids(dataset), "light")
    drawing = svg_bytes(chart, caption_of(chart)).decode()
    assert "<image" not in drawing
    assert "Tikhoretsk" in "".join(ET.fromstring(drawing).itertext())


# ------------------------------------------------------------------ looks


@browser
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_chart_looks_as_it_did(rendering, chart, caption, drawing, kind):
    if kind == "png":
        drawn = Image.open(io.BytesIO(png_bytes(chart, caption)))
    else:
        drawn = drawn_again(drawing)
    drawn = drawn.convert("RGB").resize(REFERENCE_SIZE, Image.Resampling.LANCZOS)
    kept = REFERENCES / f"growth-{kind}.png"
    if os.environ.get("WRITE_REFERENCES"):
        drawn.quantize(64).save(kept, optimize=True)
    difference = ImageChops.difference(drawn, Image.open(kept).convert("RGB")).convert("L")
    assert ImageStat.Stat(difference).mean[0] < LARGEST_DIFFERENCE
    width, height = REFERENCE_SIZE
    for left in range(0, width, BLOCK):
        for top in range(0, height, BLOCK):
            block = difference.crop((left, top, left + BLOCK, top + BLOCK))
            assert ImageStat.Stat(block).mean[0] < LARGEST_DIFFERENCE_OF_A_BLOCK, (left, top)


@browser
def test_a_picture_and_a_drawing_look_alike(rendering, chart, caption, drawing):
    picture = Image.open(io.BytesIO(png_bytes(chart, caption))).convert("RGB")
    difference = ImageChops.difference(picture, drawn_again(drawing).convert("RGB"))
    assert ImageStat.Stat(difference.convert("L")).mean[0] < 0.5


# ------------------------------------------------------------------ the page behind them


def test_words_of_the_data_are_never_code(chart):
    figure = type(chart.figure)(chart.figure)
    figure.add_annotation(text=HOSTILE)
    hostile = replace(chart, figure=figure, title=HOSTILE, subtitle=HOSTILE, alt=f'"{HOSTILE}')
    page = sheet_html([hostile], [caption_of(hostile)], "a4")
    assert "<script>alert" not in page
    assert '""' not in page.split('aria-label="')[1][:10]


def test_a_national_marking_stays_a_marking(chart):
    words = caption_of(chart, marking='RESTRICTED "</style>{} 대외비')
    page = sheet_html([chart], [words], "a4")
    assert 'content:"RESTRICTED' in page
    assert "</style>{}" not in page


def test_the_page_loads_nothing_from_a_network(chart, caption):
    page = unescape(sheet_html([chart], [caption], "picture"))
    assert "default-src 'none'" in page
    loaded = re.findall(r'src="([^"]*)"|url\("([^"]*)"\)', page)
    assert loaded
    assert all((one or other).startswith("file:/") for one, other in loaded)


# ------------------------------------------------------------------ the browser in its bounds


def test_without_a_browser_the_refusal_comes_at_once(monkeypatch, chart, caption):
    monkeypatch.setattr(renderer, "browser_path", lambda: None)
    monkeypatch.setattr(renderer, "_kept", type(renderer._kept)())
    monkeypatch.setattr(renderer, "_run", lambda *_: pytest.fail("something was started"))
    with pytest.raises(ExportError, match="apt-get install chromium"):
        png_bytes(chart, caption)


def test_what_was_rendered_is_not_rendered_again(monkeypatch):
    rendered = []

    def drawn(jobs, _check):
        rendered.extend(jobs)
        return [job.html.encode() for job in jobs]

    monkeypatch.setattr(renderer, "_rendered", drawn)
    monkeypatch.setattr(renderer, "_kept", type(renderer._kept)())
    first, second = Job("first", "png", 10, 10), Job("second", "png", 10, 10)
    assert render([first, second, first]) == [b"first", b"second", b"first"]
    assert render([second, first]) == [b"second", b"first"]
    assert rendered == [first, second]
    render([replace(first, scale=2)])
    assert len(rendered) == 3


def test_only_so_many_results_are_kept(monkeypatch):
    monkeypatch.setattr(renderer, "_rendered", lambda jobs, _check: [b"." for _ in jobs])
    monkeypatch.setattr(renderer, "_kept", type(renderer._kept)())
    for number in range(renderer.KEPT_RESULTS + 5):
        render([Job(str(number), "png", 10, 10)])
    assert len(renderer._kept) == renderer.KEPT_RESULTS


@pytest.fixture
def hurried(monkeypatch, tmp_path) -> Iterator[Path]:
    """Three seconds of patience; the folder in which everything temporary is put.

    It lies high up, because the names of a browser's sockets may not be long.
    """
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        monkeypatch.setattr(renderer, "SECONDS_FOR_BROWSER", 3)
        monkeypatch.setattr(renderer, "SECONDS_A_JOB", 0)
        yield Path(folder)


def test_a_browser_that_hangs_is_killed_and_leaves_nothing(monkeypatch, hurried, tmp_path):
    fake, pids = tmp_path / "browser", tmp_path / "pids"
    fake.write_text(f"#!/bin/sh\nsleep 600 &\necho $$ $! >> {pids}\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(fake))
    started = time.monotonic()
    with pytest.raises(ExportError, match="did not answer within 3 seconds"):
        render([Job("hangs", "png", 10, 10)])
    assert time.monotonic() - started < 15
    assert len(pids.read_text().split()) == 2
    assert not any(is_running(int(pid)) for pid in pids.read_text().split())
    assert list(hurried.iterdir()) == []


@browser
def test_a_page_that_never_ends_is_killed_and_leaves_nothing(rendering, monkeypatch, hurried):
    monkeypatch.setattr(renderer, "SECONDS_FOR_BROWSER", 8)
    with pytest.raises(ExportError, match="did not answer within 8 seconds"):
        render([Job(NEVER_DRAWN, "png", 10, 10)])
    assert commands_with(str(hurried)) == []
    assert list(hurried.iterdir()) == []


@browser
def test_a_page_that_cannot_be_drawn_says_why(rendering):
    page = "<script>window.sheetError = 'no such font'</script>"
    with pytest.raises(ExportError, match="could not be drawn: no such font"):
        render([Job(page, "png", 10, 10)])


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def commands_with(text: str) -> list[str]:
    """Return the command lines of this machine that hold a text."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in command:
            found.append(command)
    return found
