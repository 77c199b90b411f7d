"""What comes from outside has its bounds: templates in size, paths in the data folder."""

from __future__ import annotations

import io
import re
import shutil
import struct
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.checks import check_folder
from dashboard.dataset import SHIPPED_DATA, DatasetError, load_dataset
from dashboard.exports.briefing import Briefing, BriefingFormat
from dashboard.exports.briefing_making import briefing_name
from dashboard.exports.formats import ExportError, ExportFormat, file_name, safe_name
from dashboard.exports.pptx.deck import (
    LARGEST_TEMPLATE,
    LARGEST_UNPACKED,
    LARGEST_XML,
    MOST_PARTS,
    own_stock,
    template_stock,
)
from dashboard.figures.growth import growth_chart
from dashboard.packaging import data_zip
from dashboard.selection import Selection
from tests.build import good_dataset, write_good_folder

CONFIG = Path(__file__).parents[1] / ".streamlit" / "config.toml"


# ------------------------------------------------------------------ templates


def good_template() -> bytes:
    target = io.BytesIO()
    own_stock("16:9").deck.save(target)
    return target.getvalue()


def with_parts(**parts: bytes) -> bytes:
    """Return the good template with more parts; `ppt_x` is written `ppt/x`."""
    target = io.BytesIO(good_template())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", content)
    return target.getvalue()


def with_part_instead(name: str, content: bytes) -> bytes:
    """Return the good template with the content of a part replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good_template())) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            archive.writestr(part.filename, content if part.filename == name else source.read(part))
    return target.getvalue()


def many_parts() -> bytes:
    return with_parts(**{f"ppt_p{number}": b"<p/>" for number in range(MOST_PARTS + 1)})


def one_huge_part() -> bytes:
    return with_parts(ppt_huge=b"<p>" + b" " * LARGEST_XML + b"</p>")


def gigabytes() -> bytes:
    """About 1 MB that says it unpacks to 1 GB, and does."""
    content = bytes(LARGEST_UNPACKED // 2)
    return with_parts(**{f"ppt_b{number}": content for number in range(5)})


def one_that_lies() -> bytes:
    """A part of 300 MB whose headers say 10 bytes."""
    huge = with_parts(ppt_lie=bytes(300_000_000))
    true, said = struct.pack("<L", 300_000_000), struct.pack("<L", 10)
    assert huge.count(true) == 2
    return huge.replace(true, said)


def many_laughs() -> bytes:
    """The entities of ten thousand million laughs."""
    entities = "".join(
        f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
    )
    text = f'<!DOCTYPE p [<!ENTITY l0 "ha">{entities}]><p>&l9;</p>'
    return with_part_instead("ppt/presentation.xml", text.encode())


def a_stolen_file() -> bytes:
    text = '<!DOCTYPE p [<!ENTITY e SYSTEM "/etc/passwd">]><p>&e;</p>'
    return with_part_instead("ppt/presentation.xml", text.encode())


BOMBS = {
    "many parts": (many_parts, "5,000 parts"),
    "one huge part": (one_huge_part, "MB of XML"),
    "gigabytes": (gigabytes, "unpacks to more than 200 MB"),
    "entities in entities": (many_laughs, "no PowerPoint file"),
    "an entity of another file": (a_stolen_file, "no PowerPoint file"),
}


@pytest.mark.parametrize(("bomb", "words"), BOMBS.values(), ids=[*BOMBS])
def test_a_template_that_unpacks_to_too_much_is_refused_in_a_sentence(bomb, words):
    template = bomb()
    assert len(template) < LARGEST_TEMPLATE
    with pytest.raises(ExportError, match=words):
        template_stock(template)


def test_a_part_that_lies_about_its_size_is_refused_in_a_sentence():
    with pytest.raises(ExportError, match="no PowerPoint file"):
        template_stock(one_that_lies())


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "ppt/../../../evil.xml"])
def test_a_part_named_like_a_path_writes_no_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = io.BytesIO(good_template())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, "<p/>")
    assert template_stock(target.getvalue()).is_template
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "evil.xml").exists()
    assert not Path("/etc/evil.xml").exists()


def test_the_server_takes_no_larger_upload_than_a_template():
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == LARGEST_TEMPLATE // 1_000_000


# ------------------------------------------------------------------ paths

NAMES = [
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\x",
    "a/../../b",
    "x\r\nSet-Cookie: a=b",
    "....",
]
IS_A_NAME = re.compile(r"[A-Za-z0-9.-]+")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_made_of_words_is_no_path(name):
    made = safe_name(name)
    assert not made or IS_A_NAME.fullmatch(made)
    assert ".." not in made


@pytest.mark.parametrize("name", NAMES)
def test_a_version_like_a_path_does_not_lead_anywhere(name):
    dataset = replace(good_dataset(), version=name)
    briefing = Briefing(title=name)
    chart = replace(growth_chart(dataset, Selection(), "light"), name=name)
    for made in (
        file_name(chart, ExportFormat.XLSX),
        briefing_name(briefing, dataset, BriefingFormat.ZIP),
    ):
        assert IS_A_NAME.fullmatch(made)
        assert ".." not in made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good data folder, beside which lies a file that is nobody's business."""
    (tmp_path / "secret.csv").write_text("secret words\n")
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(SHIPPED_DATA / "datapackage.json", folder)
    return write_good_folder(folder)


def lead_out(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(folder.parent / "secret.csv")


def test_a_table_that_leads_out_of_the_folder_is_a_fault(folder):
    lead_out(folder, "claims.csv")
    [issue] = [each for each in check_folder(folder)[1] if each.file == "claims.csv"]
    assert "leads out of the data folder" in str(issue)
    assert "secret" not in str(issue)


def test_a_folder_with_such_a_table_is_not_loaded(folder):
    lead_out(folder, "places.csv")
    with pytest.raises(DatasetError):
        load_dataset(folder)


def test_a_link_within_the_folder_is_followed(folder):
    (folder / "claims.csv").rename(folder / "claims-of-today")
    (folder / "claims.csv").symlink_to("claims-of-today")
    assert check_folder(folder)[1] == ()


@pytest.mark.parametrize("name", ["README.md", "LICENSE.md", "claims.csv"])
def test_the_zip_holds_no_file_from_outside(name, folder):
    lead_out(folder, name)
    with zipfile.ZipFile(io.BytesIO(data_zip(folder))) as archive:
        assert name not in archive.namelist()
        assert "datapackage.json" in archive.namelist()
