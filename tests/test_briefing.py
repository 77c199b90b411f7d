"""Briefings: from a file or the page to one file with all its proof, or to one sentence."""

import csv
import hashlib
import io
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.codes import Item
from dashboard.exports import briefing_making, renderer
from dashboard.exports.briefing import (
    _PART_KEYS,
    MOST_PARTS,
    Briefing,
    BriefingFormat,
    ChartPart,
    ClaimsPart,
    briefing_from_toml,
    briefing_to_toml,
)
from dashboard.exports.briefing_making import drawn_part, files_of, make_briefing
from dashboard.exports.data_slice import data_slice, table_bytes
from dashboard.exports.formats import ExportError
from dashboard.figures.catalogue import ChartOrder, chart_names
from dashboard.figures.claim_facts import claims_chart
from dashboard.figures.growth import CENTRAL_CLAIMS
from dashboard.schema import TABLES
from dashboard.selection import Selection
from dashboard.web import frame
from tests.test_pages import faults, opened, words

ROOT = Path(__file__).parent.parent
STANDING = ROOT / "briefs" / "standing.toml"
MARKING = "TLP:GREEN"
WASHINGTON = "us-state-20240904-containers"
FROM_TO = "from = 2025-01-01\nto = 2024-01-01\n"


@pytest.fixture(scope="module")
def standing() -> Briefing:
    return replace(briefing_from_toml(STANDING.read_text("utf-8")), marking=MARKING)


@pytest.fixture(scope="module")
def archive(rendering, dataset, standing) -> zipfile.ZipFile:
    made = make_briefing(dataset, standing, BriefingFormat.ZIP)
    assert made.media_type == "application/zip"
    return zipfile.ZipFile(io.BytesIO(made.data))


@pytest.fixture(scope="module")
def charts(dataset, standing):
    return [drawn_part(dataset, part) for part in standing.parts]


def refusal(dataset, briefing, format=BriefingFormat.PPTX) -> str:
    with pytest.raises(ExportError) as caught:
        make_briefing(dataset, briefing, format)
    return str(caught.value)


def one_part(text: str) -> str:
    return f'title = "A brief"\n[[part]]\n{text}\n'


# ------------------------------------------------------------------ the file in TOML


def test_the_standing_brief_is_called_as_its_story():
    briefing = briefing_from_toml(STANDING.read_text("utf-8"))
    assert briefing.title == "6,700 to 13,000"
    assert [part.name for part in briefing.parts] == [
        "growth",
        "claims",
        "routes",
        "sea",
        "relays",
        "trips",
        "conversion",
    ]
    assert briefing.marking == "TLP:CLEAR"
    assert set(briefing.formats) == set(BriefingFormat)


def test_every_chart_may_be_a_part():
    assert set(_PART_KEYS) == set(chart_names())
    for name in chart_names():
        assert briefing_from_toml(one_part(f'chart = "{name}"')).parts == (ChartPart(name),)


def test_what_is_written_as_toml_is_read_again():
    order = ChartOrder(
        selection=Selection(item=Item.TROOPS, claimant=("rok",), from_=date(2024, 1, 1)),
    )
    briefing = Briefing(
        title='Said "so" \\ or not: 북한',
        marking="NATO RESTRICTED",
        as_known_on=date(2024, 8, 31),
        parts=(ChartPart("growth", order), ClaimsPart(CENTRAL_CLAIMS), ChartPart("vessel")),
        formats=(BriefingFormat.PDF,),
        ratio="4:3",
        paper="a4",
    )
    assert briefing_from_toml(briefing_to_toml(briefing)) == briefing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "The briefing file is not TOML: "),
        ("[[part]]\nchart = 5", "part 1, ‘chart’: write the name of a chart"),
        (one_part('chart = "growht"'), "part 1, ‘chart’: there is no chart 'growht': did you mean"),
        (one_part('chart = "routes"\nitem = "containers"'), "part 1, ‘item’ is no key here"),
        (one_part('chart = "growth"\nitem = "boxes"'), "‘boxes’ is none of its values: containers"),
        (one_part('chart = "growth"\nfrom = "soon"'), "part 1, ‘from’: write a day as 2024-08-31"),
        (one_part('chart = "growth"\nclaimant = 5'), "part 1, ‘claimant’: write a list of texts"),
        (one_part("claims = [5]"), "part 1, ‘claims’: write a list of texts"),
        ("part = 5", "‘part’: write each chart as a table that begins with [[part]]"),
        ('tilte = "x"', "‘tilte’ is no key here. The keys are: title, "),
        ('title = ["x"]', "‘title’: write a text in quotes"),
        ('title = "x"', "The briefing is empty. Choose at least one chart or claim."),
        ('formats = ["doc"]', "‘doc’ is none of its values: pptx"),
        ('ratio = "3:2"\n' + one_part('chart = "sea"'), "‘ratio’: ‘3:2’ is none of its values"),
        ('paper = "a3"\n' + one_part('chart = "sea"'), "‘paper’: ‘a3’ is none of its values"),
        ('language = "xx"\n' + one_part('chart = "sea"'), "‘language’: ‘xx’ is none of its values"),
        ("#" * 100_001, "The briefing file has more than 100,000 signs"),
        (one_part('chart = "sea"\n') + '[[part]]\nchart = "sea"\n' * 49, "50 charts are too"),
    ],
)
def test_a_fault_names_key_and_remedy(text, said):
    with pytest.raises(ExportError) as caught:
        briefing_from_toml(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "x" * 201}, "The title has 201 characters. It may have 200 at most."),
        ({"title": "W" * 200}, "has 200 characters and does not fit on a slide. Shorten it."),
        ({"title": "one\ntwo"}, "The title holds a line break"),
        ({"subtitle": "one\ntwo"}, "The subtitle holds a line break"),
        ({"marking": "SECRET\nNOT"}, "The marking holds a line break"),
        ({"marking": "TLP:PINK"}, "‘TLP:PINK’ is no label of TLP 2.0"),
        ({"template": b"no deck"}, "The template is no PowerPoint file"),
        ({"as_known_on": date(1990, 1, 1)}, "Nothing was known on 1 January 1990"),
        ({"parts": ()}, "The briefing is empty"),
        ({"parts": (ChartPart("sea"),) * 50}, f"Choose {MOST_PARTS} at most"),
        ({"parts": (ClaimsPart(("nobody",)),)}, "Part 1, ‘claims’: there is no claim 'nobody'"),
        ({"parts": (ClaimsPart(()),)}, "Part 1, ‘claims’: give 1 to 4 claims"),
    ],
)
def test_bad_input_ends_in_one_sentence(dataset, change, said):
    briefing = Briefing(parts=(ChartPart("trips"),))
    assert said in refusal(dataset, replace(briefing, **change))


def test_an_impossible_selection_names_its_part(dataset):
    selection = Selection(from_=date(2025, 1, 1), to=date(2024, 1, 1))
    parts = (ChartPart("trips"), ChartPart("growth", ChartOrder(selection=selection)))
    said = refusal(dataset, Briefing(parts=parts))
    assert said.startswith("Part 2, ‘growth’: nothing is in this selection. Choose another item")


def test_a_mistyped_body_gets_the_nearest_one(dataset):
    order = ChartOrder(selection=Selection(claimant=("rok-mdn",)))
    assert "did you mean 'rok-mnd'" in refusal(
        dataset, Briefing(parts=(ChartPart("growth", order),))
    )


def test_a_title_of_200_characters_fits(dataset):
    title = ("Seoul said more than thirteen thousand containers " * 4).strip()[:200]
    for ratio in ("16:9", "4:3"):
        briefing = Briefing(title=title, ratio=ratio, parts=(ChartPart("trips"),))
        made = make_briefing(dataset, briefing, BriefingFormat.PPTX)
        assert Presentation(io.BytesIO(made.data)).core_properties.title == title


# ------------------------------------------------------------------ claims side by side


def test_two_claims_side_by_side_say_what_lies_between_them(dataset):
    chart = claims_chart(dataset, CENTRAL_CLAIMS[::-1], "light")
    assert chart.claim_ids == CENTRAL_CLAIMS
    assert chart.title.endswith("13,000 containers: +6,300 or more in 183 days")
    assert "only a guide" in chart.alt
    facts = dict(zip(chart.table["Fact"], chart.table.iloc[:, 2], strict=True))
    assert facts["Figure as said"] == "More than 13,000 containers"
    assert facts["Bounds"] == "13,000 or more"
    assert facts["Claim’s grade"].startswith("3: ")
    assert facts["Behind it"] == "18 articles · 1 claimant · 1 origin"
    assert facts["After the earlier claim"].startswith("+6,300 or more in 183 days; ×1.94 or more")


def test_every_claim_can_stand_by_itself(dataset):
    for claim_id in dataset.claims["claim_id"]:
        chart = claims_chart(dataset, [claim_id], "light")
        assert chart.claim_ids == (claim_id,)
        assert len(chart.sources)


def test_claims_that_may_not_be_compared_stand_side_by_side_all_the_same(dataset):
    chart = claims_chart(dataset, [CENTRAL_CLAIMS[1], "rok-dia-20240827-capacity"], "light")
    assert chart.title == "2 claims side by side"
    assert "After the earlier claim" not in set(chart.table["Fact"])


# ------------------------------------------------------------------ what is made


def test_the_slides_are_title_and_parts_with_the_marking_on_each(archive, standing, charts):
    deck = Presentation(io.BytesIO(archive.read("briefing.pptx")))
    slides = list(deck.slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles == [standing.title, *(chart.title for chart in charts)]
    for slide in slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert texts.count(MARKING) == 2
    assert standing.subtitle in "\n".join(
        shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame
    )


def test_the_pdf_bears_title_and_marking_and_every_finding(archive, standing, charts):
    document = PdfReader(io.BytesIO(archive.read("briefing.pdf")))
    texts = [page.extract_text() for page in document.pages]
    assert all(text.count(MARKING) == 2 for text in texts)
    assert standing.title in texts[0]
    assert document.metadata["/Title"] == standing.title
    whole = " ".join("".join(texts).split())
    for chart in charts:
        assert " ".join(chart.title.split())[:30] in whole
    assert "After the earlier" in whole


def test_the_workbook_has_each_table_and_all_sources(archive, charts):
    book = openpyxl.load_workbook(io.BytesIO(archive.read("briefing.xlsx")))
    assert book.sheetnames[0] == "Contents"
    for number, chart in enumerate(charts, 1):
        sheet = book[f"{number} table"]
        assert [cell.value for cell in sheet[1]] == [str(name) for name in chart.table.columns]
        assert sheet.max_row == len(chart.table) + 1
    assert book["Sources"].max_row == sum(len(chart.sources) for chart in charts) + 1
    assert [sheet for sheet in book.sheetnames if sheet.endswith(" chart")] == [
        "1 chart",
        "6 chart",
        "7 chart",
    ]
    formulas = [cell.value for row in book["1 data"].iter_rows() for cell in row if cell.value]
    assert any(str(value).startswith("='1 table'!") for value in formulas)
    for sheet in book:
        assert MARKING in sheet.oddHeader.right.text
        assert MARKING in sheet.oddFooter.right.text


def test_the_checksums_are_those_of_every_other_file(archive):
    lines = archive.read("SHA256SUMS").decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def rows_of(data: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_data_slice_holds_exactly_what_is_drawn(archive, charts, dataset):
    drawn = {claim_id for chart in charts for claim_id in chart.claim_ids}
    converted = {*dataset.conversions["from_claim"], *dataset.conversions["to_claim"]}
    claims = {row["claim_id"] for row in rows_of(archive.read("data/claims.csv"))}
    assert claims == drawn | converted
    links = dataset.claim_links
    both = links["claim_id"].isin(claims) & links["other_claim_id"].isin(claims)
    assert len(rows_of(archive.read("data/claim_links.csv"))) == both.sum()
    documents = dataset.claim_sources
    carried = documents[documents["claim_id"].isin(claims)]
    assert len(rows_of(archive.read("data/claim_sources.csv"))) == len(carried)
    sources = {row["source_id"] for row in rows_of(archive.read("data/sources.csv"))}
    printed = {source for chart in charts for source in chart.sources["source_id"]}
    assert sources >= printed | set(carried["source_id"])
    routes = {row["route_id"] for row in rows_of(archive.read("data/routes.csv"))}
    assert routes == set(dataset.routes["route_id"])


def test_the_rows_of_the_data_are_those_of_the_files(archive):
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        if folder == "data":
            lines = (ROOT / "data" / file).read_text("utf-8").splitlines()
            assert set(archive.read(name).decode().splitlines()) <= set(lines)


def test_a_whole_table_is_the_file_byte_for_byte(dataset):
    for row in TABLES:
        file = ROOT / "data" / f"{row.table}.csv"
        assert table_bytes(getattr(dataset, row.table), row) == file.read_bytes()


def test_no_claim_brings_no_rows(dataset):
    assert data_slice(dataset, (), ()) == {}


def test_the_tables_and_the_briefing_itself_are_in_the_archive(archive, standing, charts):
    for number, (part, chart) in enumerate(zip(standing.parts, charts, strict=True), 1):
        assert len(rows_of(archive.read(f"tables/{number:02}-{part.name}.csv"))) == len(chart.table)
    assert briefing_from_toml(archive.read("briefing.toml").decode()) == standing
    readme = archive.read("README.txt").decode()
    assert readme.startswith(MARKING)
    assert readme.rstrip().endswith(MARKING)


def test_the_same_briefing_gives_the_same_bytes(dataset):
    briefing = Briefing(
        parts=(ChartPart("trips"), ClaimsPart(CENTRAL_CLAIMS)), formats=(BriefingFormat.XLSX,)
    )
    first, second = (make_briefing(dataset, briefing, BriefingFormat.ZIP).data for _ in range(2))
    assert first == second


def test_a_past_day_freezes_every_part_and_the_data(dataset):
    briefing = Briefing(
        parts=(ChartPart("growth"),), as_known_on=date(2024, 8, 31), formats=(BriefingFormat.XLSX,)
    )
    made = make_briefing(dataset, briefing, BriefingFormat.ZIP)
    assert "as-known-on-2024-08-31" in made.file_name
    rows = rows_of(zipfile.ZipFile(io.BytesIO(made.data)).read("data/claims.csv"))
    assert rows
    assert max(row["stated_on"] for row in rows) <= "2024-08-31"


@pytest.mark.parametrize(("language", "sign"), [("ko", "건"), ("uk", "і"), ("ja", "の")])
def test_a_briefing_speaks_the_language_of_its_captions(dataset, language, sign):
    briefing = Briefing(language=language, parts=(ClaimsPart(CENTRAL_CLAIMS),))
    made = make_briefing(dataset, briefing, BriefingFormat.PPTX)
    slide = Presentation(io.BytesIO(made.data)).slides[1]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert sign in "".join(texts)
    assert "as recorded" not in "".join(texts)


# ------------------------------------------------------------------ progress, cancelling


def test_progress_counts_every_step_up_to_the_last(dataset):
    told = []
    briefing = Briefing(parts=(ChartPart("trips"), ClaimsPart(CENTRAL_CLAIMS)))
    make_briefing(dataset, briefing, BriefingFormat.XLSX, lambda *step: told.append(step))
    assert [(done, total) for done, total, _ in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert told[0][2] == "Drawing 1 of 2: trips"
    assert told[-1][2] == "Done"


class StopError(Exception):
    """Raised by whoever waits no longer."""


def test_a_cancelled_pdf_kills_its_browser_and_leaves_nothing(rendering, dataset, monkeypatch):
    started, folders = [], []
    popen = subprocess.Popen

    def watched(*arguments, **options):
        folders.append(Path(options["env"]["TMPDIR"]))
        started.append(popen(*arguments, **options))
        return started[-1]

    def stop(done, total, words):
        if started:
            raise StopError

    monkeypatch.setattr(renderer.subprocess, "Popen", watched)
    briefing = Briefing(title="To be cancelled", parts=(ChartPart("trips"),))
    with pytest.raises(StopError):
        make_briefing(dataset, briefing, BriefingFormat.PDF, stop)
    assert [worker.poll() is not None for worker in started] == [True]
    assert not folders[0].exists()


def test_without_a_browser_a_pdf_is_refused_before_anything_is_drawn(dataset, monkeypatch):
    monkeypatch.setattr(briefing_making, "browser_path", lambda: None)
    monkeypatch.setattr(briefing_making, "drawn_part", lambda *_: pytest.fail("drawn"))
    briefing = Briefing(parts=(ChartPart("trips"),))
    assert refusal(dataset, briefing, BriefingFormat.PDF) == renderer.NO_BROWSER
    assert BriefingFormat.PDF not in files_of(briefing, BriefingFormat.ZIP)


def test_without_a_browser_the_archive_says_why_it_has_no_pdf(dataset, monkeypatch):
    monkeypatch.setattr(briefing_making, "browser_path", lambda: None)
    made = make_briefing(dataset, Briefing(parts=(ChartPart("trips"),)), BriefingFormat.ZIP)
    archive = zipfile.ZipFile(io.BytesIO(made.data))
    assert "briefing.pdf" not in archive.namelist()
    assert renderer.NO_BROWSER in archive.read("README.txt").decode()


# ------------------------------------------------------------------ the command


def run(*arguments: object):
    return CliRunner().invoke(app, ["brief", *map(str, arguments)])


def test_the_command_writes_one_file(tmp_path):
    file = tmp_path / "brief.toml"
    file.write_text(one_part('chart = "trips"'), "utf-8")
    result = run(file, "--to", tmp_path / "out.pptx")
    assert result.exit_code == 0, result.output
    assert zipfile.is_zipfile(tmp_path / "out.pptx")
    assert (tmp_path / "out.pptx").stat().st_mode & 0o777 == 0o644


def test_the_command_writes_every_format_into_a_folder(tmp_path):
    (tmp_path / "brief.toml").write_text(
        'formats = ["pptx", "xlsx"]\n' + one_part('chart = "trips"'), "utf-8"
    )
    out = tmp_path / "out"
    out.mkdir()
    assert run(tmp_path / "brief.toml", "--to", out).exit_code == 0
    assert {path.name for path in out.iterdir()} == {"brief.pptx", "brief.xlsx"}


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (one_part('chart = "growth"\n' + FROM_TO), [], "nothing is in this selection"),
        (one_part('chart = "trips"'), ["--template", "brief.toml"], "no PowerPoint file"),
        (one_part('chart = "trips"'), ["--template", "none.pptx"], "none.pptx cannot be read: No"),
        (one_part('chart = "trips"').replace("A brief", "x" * 201), [], "201 characters"),
        ('marking = "A\\nB"\n' + one_part('chart = "trips"'), [], "marking holds a line break"),
        (one_part('chart = "trips"') + '[[part]]\nchart = "sea"\n' * 49, [], "50 charts are too"),
    ],
)
def test_bad_input_leaves_one_sentence_and_no_file(tmp_path, monkeypatch, text, options, said):
    monkeypatch.chdir(tmp_path)
    Path("brief.toml").write_text(text, "utf-8")
    result = run("brief.toml", "--to", "out.pptx", *options)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brief.toml"]


@pytest.mark.parametrize("to", ["out.doc", "nowhere/out.pptx", "out"])
def test_a_target_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch, to):
    monkeypatch.chdir(tmp_path)
    Path("brief.toml").write_text(one_part('chart = "trips"'), "utf-8")
    result = run("brief.toml", "--to", to)
    assert result.exit_code == 1
    assert result.stderr.strip().splitlines()[-1].startswith("shipments: ")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.toml"]


def test_a_file_that_is_no_text_is_a_sentence(tmp_path):
    (tmp_path / "brief.toml").write_bytes(b"\xff\xfe")
    result = run(tmp_path / "brief.toml", "--to", tmp_path / "out.pptx")
    assert result.exit_code == 1
    assert "is not a text in UTF-8" in result.stderr


@pytest.mark.slow
def test_control_c_leaves_nothing(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    arguments = ["-m", "dashboard", "brief", str(STANDING), "--to", str(out)]
    running = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == 1, errors
    assert "cancelled; nothing was written" in errors
    assert "Traceback" not in errors
    assert list(out.iterdir()) == []


# ------------------------------------------------------------------ the page


def test_the_page_begins_with_the_standing_brief(standing, charts):
    page = opened("briefing")
    assert faults(page) == []
    for number, chart in enumerate(charts, 1):
        assert f"**{number}.** {chart.title}"[:40] in words(page)


def test_the_address_holds_parts_and_looks():
    page = opened(
        "briefing",
        part=["claims", "trips"],
        claims=[WASHINGTON],
        title="A brief",
        marking="NATO RESTRICTED",
        format="zip",
        ratio="4:3",
        paper="a4",
    )
    assert page.multiselect(key="part").value == ["claims", "trips"]
    assert page.multiselect(key="claims").value == [WASHINGTON]
    assert page.text_input(key="marking").value == "NATO RESTRICTED"
    assert page.session_state["ratio"] == "4:3"
    assert page.session_state["paper"] == "a4"


def test_a_part_can_be_moved_up():
    page = opened("briefing", part=["trips", "sea"])
    page.button(key="earlier_sea").click().run()
    assert page.query_params["part"] == ["sea", "trips"]
    assert page.multiselect(key="part").value == ["sea", "trips"]


def test_an_emptied_briefing_stays_empty_and_says_so():
    page = opened("briefing")
    page.multiselect(key="part").set_value([]).run()
    assert page.query_params["part"] in ("none", ["none"])
    page.run()
    assert page.multiselect(key="part").value == []
    assert "The briefing is empty" in words(page)


def test_many_claims_make_several_pages(dataset):
    ids = list(dataset.claims["claim_id"].head(6))
    page = opened("briefing", part=["claims"], claims=ids)
    assert "**1.** 4 claims side by side" in words(page)
    assert "**2." in words(page)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"marking": "TLP:PINK"}, "is no label of TLP 2.0"),
        ({"marking": "x" * 100}, "The marking has 100 characters"),
        ({"part": "none"}, "The briefing is empty"),
    ],
)
def test_bad_words_on_the_page_are_a_sentence(keys, said):
    page = opened("briefing", **keys)
    assert faults(page) == []
    assert said in words(page)
    assert not [button for button in page.button if button.label == "Make the briefing"]


def finished(page: AppTest) -> AppTest:
    """Return the page once its briefing is made, refused or cancelled."""
    for _ in range(100):
        if not page.session_state["briefing job"].is_running:
            return page.run()
        time.sleep(0.2)
    raise TimeoutError


def made_on_page(**keys) -> AppTest:
    page = opened("briefing", **keys)
    next(button for button in page.button if button.label == "Make the briefing").click().run()
    return finished(page)


def test_the_page_makes_a_briefing():
    page = made_on_page(part=["trips"], title="Trips only", format="xlsx")
    assert faults(page) == []
    job = page.session_state["briefing job"]
    assert openpyxl.load_workbook(io.BytesIO(job.made.data)).sheetnames[0] == "Contents"
    assert "briefing-Trips-only-" in words(page)


def test_another_choice_takes_the_file_away():
    page = made_on_page(part=["trips"], format="xlsx")
    page.text_input(key="title").set_value("Another").run()
    assert "The choices have changed" in words(page)


def test_a_title_that_does_not_fit_is_told_on_the_page():
    page = made_on_page(part=["trips"], title="W" * 200)
    assert "does not fit on a slide" in words(page)


def test_a_cancelled_briefing_keeps_nothing(monkeypatch):
    from dashboard.web import briefing_job

    make = briefing_job.make_briefing

    def slow(dataset, briefing, format, progress):
        for _ in range(100):
            progress(0, 1, "Waiting")
            time.sleep(0.1)
        return make(dataset, briefing, format, progress)

    monkeypatch.setattr(briefing_job, "make_briefing", slow)
    page = opened("briefing", part=["trips"])
    next(button for button in page.button if button.label == "Make the briefing").click().run()
    page.button(key="cancel_briefing").click().run()
    page = finished(page)
    assert "Cancelled. Nothing was kept." in words(page)
    assert page.session_state["briefing job"].made is None


def test_without_a_browser_the_page_offers_no_pdf(monkeypatch):
    from dashboard.web import briefing_page

    monkeypatch.setattr(briefing_page, "browser_path", lambda: None)
    page = opened("briefing", format="pdf")
    assert "PDF is not offered. This needs Chromium or Chrome" in words(page)
    assert page.session_state["format"] == "pptx"


def test_the_page_is_a_view_of_its_own():
    assert (Path(frame.__file__).parent / "views" / "briefing.py").is_file()
