"""The editor on the Data page in a real browser, and files that change under open pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.data_folder import LAST_SAVE, save_changes
from dashboard.dataset import SHIPPED_DATA
from dashboard.row_changes import revised, rows_by_key
from dashboard.schema import Claim, Publisher
from dashboard.tables import file_of, read_table
from tests.browser.axe import findings
from tests.browser.conftest import serving, settled, watched_page
from tests.build import change_cell, write_good_folder

SEOUL = "rok-mnd-20240226-containers"
WITHIN = 2_000
"""Milliseconds from an interaction until a saved file is on the screen."""


def good_folder(folder: Path) -> Path:
    write_good_folder(folder)
    shutil.copy(SHIPPED_DATA / "datapackage.json", folder)
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A small data folder and the address of the dashboard that edits it."""
    folder = good_folder(tmp_path_factory.mktemp("edited"))
    with serving(folder, "--edit") as address:
        yield folder, address


@pytest.fixture
def folder(served: tuple[Path, str]) -> Path:
    folder, _ = served
    (folder / LAST_SAVE).unlink(missing_ok=True)
    return good_folder(folder)


@pytest.fixture
def pages(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Open pages of different people; each fails the test on an error of its own."""
    opened, wrong = [], []

    def open_one() -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        page, faults = watched_page(context)
        opened.append(context)
        wrong.append(faults)
        return page

    yield open_one
    for context in opened:
        context.close()
    assert [fault for faults in wrong for fault in faults] == []


# ------------------------------------------------------------------ typing into the grid


def editing(page: Page, address: str, table: str, words: str) -> Page:
    """Open the table editor at the rows that hold some words."""
    page.goto(f"{address}/data")
    settled(page)
    page.get_by_role("tab", name="Edit tables").click()
    chooser = page.get_by_role("combobox", name="Table")
    chooser.click()
    page.get_by_role("option", name=f"({table}.csv)").click()
    expect(grid(page, table)).to_be_visible()
    page.get_by_role("textbox", name="Find rows").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of ")).to_be_visible()
    return settled(page)


def grid(page: Page, table: str) -> Locator:
    return page.get_by_role("region", name=f"Rows of {table}.csv, to edit")


def type_into(page: Page, table: str, steps: int, text: str) -> None:
    """Type into the first row, some cells to the right of its first one."""
    rows = grid(page, table)
    rows.scroll_into_view_if_needed()
    rows.click(position={"x": 30, "y": 52})
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    field = page.locator(".gdg-input, #portal textarea, #portal input").first
    expect(field).to_be_visible()
    field.fill(text)
    page.keyboard.press("Enter")


NAME = 1 + list(Publisher.model_fields).index("name")


def name_in_file(folder: Path, publisher: str = "voa") -> str:
    table, _ = read_table(folder / file_of(Publisher), Publisher)
    return rows_by_key(table, Publisher)[(publisher,)][1]


def save_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Save", exact=True)


def test_a_cell_is_changed_saved_seen_and_undone(folder, served, pages):
    page = editing(pages(), served[1], "publishers", "voa")
    type_into(page, "publishers", NAME, "Voice of America")
    expect(page.get_by_text("1 publisher revised")).to_be_visible()
    save_button(page).click()
    expect(page.get_by_text("Saved. Revised voa")).to_be_visible()
    assert name_in_file(folder) == "Voice of America"
    page.goto(f"{served[1]}/evidence?show=documents")
    expect(page.get_by_text("Voice of America").first).to_be_visible()
    page.goto(f"{served[1]}/data")
    page.get_by_role("button", name="Undo the last save").click()
    expect(page.get_by_text("Undone: Revised voa").first).to_be_visible()
    assert name_in_file(folder) == "VOA"


def test_a_fault_is_at_its_cell_before_saving(folder, served, pages):
    page = editing(pages(), served[1], "sightings", "y-001")
    type_into(page, "sightings", 3, "12-Sep-23")
    expect(page.get_by_text("'12-Sep-23' is not a date").first).to_be_visible()
    expect(save_button(page)).to_be_disabled()
    type_into(page, "sightings", 3, "2023-09-11")
    expect(save_button(page)).to_be_enabled()


def test_two_people_edit_one_row_and_neither_loses_anything(folder, served, pages):
    one, other = (editing(pages(), served[1], "publishers", "voa") for _ in range(2))
    type_into(one, "publishers", NAME, "Voice of America")
    type_into(other, "publishers", NAME, "The Voice")
    for page in (one, other):
        expect(page.get_by_text("1 publisher revised")).to_be_visible()
        save_button(page).click()
    expect(other.get_by_text("Somebody else has changed 1 row")).to_be_visible()
    assert name_in_file(folder) == "Voice of America"
    other.get_by_role("button", name="Apply my changes to the current rows").click()
    expect(other.get_by_text("‘Voice of America’ → ‘The Voice’")).to_be_visible()
    save_button(other).click()
    expect(other.get_by_text("Saved. Revised voa")).to_be_visible()
    assert name_in_file(folder) == "The Voice"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_in_the_editor(theme, folder, served, pages):
    page = pages()
    page.emulate_media(color_scheme=theme)
    editing(page, served[1], "sightings", "y-001")
    type_into(page, "sightings", 3, "12-Sep-23")
    expect(page.get_by_text("'12-Sep-23' is not a date").first).to_be_visible()
    assert findings(settled(page)).faults == ()
    page.get_by_role("tab", name="Add a claim").click()
    page.get_by_role("textbox", name="When").fill("3-Sep-24")
    page.keyboard.press("Enter")
    expect(page.get_by_text("'3-Sep-24' is not a date")).to_be_visible()
    assert findings(settled(page)).faults == ()


# ------------------------------------------------------------------ files change under open pages


def open_claims(page: Page, address: str) -> Page:
    page.goto(f"{address}/evidence")
    return settled(page)


def find(page: Page, words: str) -> None:
    """Search the register: the next interaction, after which files are looked at again."""
    page.get_by_role("textbox", name="Search").fill(words)
    page.keyboard.press("Enter")


def test_a_saved_file_is_on_another_open_page_after_its_next_click(folder, served, pages):
    page = open_claims(pages(), served[1])
    claims, _ = read_table(folder / file_of(Claim), Claim)
    row = rows_by_key(claims, Claim)[(SEOUL,)]
    save_changes(folder, [revised("claims", row, paraphrase="Told anew.")], None)
    find(page, "anew")
    expect(page.get_by_text("Told anew.").first).to_be_visible(timeout=WITHIN)


def break_a_cell(folder: Path) -> None:
    change_cell(folder, "claims", 3, "stated_on", "26-Feb-24")


def remove(folder: Path) -> None:
    (folder / "claims.csv").unlink()


def empty(folder: Path) -> None:
    (folder / "claims.csv").write_bytes(b"")


def write_half(folder: Path) -> None:
    data = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").write_bytes(data[: len(data) // 2])


def lock_away(folder: Path) -> None:
    (folder / "claims.csv").chmod(0)


def shut(folder: Path) -> None:
    folder.chmod(0)


def may_only_read(folder: Path) -> None:
    folder.chmod(0o555)


@pytest.fixture(scope="module")
def unprivileged() -> Iterator[tuple[Path, str]]:
    """The dashboard run by somebody whom the modes of files bind; root is not bound by them."""
    run_by: tuple[str, ...] = ()
    if os.geteuid() == 0:
        run_by = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/")
        tried = subprocess.run([*run_by, sys.executable, "-c", ""], check=False)
        if tried.returncode:
            pytest.skip("only root can run this Python: run the tests as another user")
    with tempfile.TemporaryDirectory() as made:
        folder = good_folder(Path(made))
        own(folder)
        with serving(folder, "--edit", run_by=run_by) as address:
            yield folder, address


def own(folder: Path) -> None:
    folder.chmod(0o755)
    for path in (folder, *folder.iterdir()):
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)


@contextmanager
def mended(folder: Path) -> Iterator[None]:
    """Make the folder good again afterwards."""
    yield
    folder.chmod(0o755)
    (folder / "claims.csv").unlink(missing_ok=True)
    own(good_folder(folder))


BANNER = "the last good data stay on screen"
BREAK = {
    break_a_cell: "claims.csv:3",
    remove: "claims.csv: is missing",
    empty: "claims.csv:1: is empty",
    write_half: "claims.csv:",
}
SHUT_OUT = {lock_away: "claims.csv: cannot be read", shut: "cannot be read"}


def parametrized(ways: dict[Callable[[Path], None], str]) -> pytest.MarkDecorator:
    names = [way.__name__ for way in ways]
    return pytest.mark.parametrize(("broken", "told"), ways.items(), ids=names)


@parametrized(BREAK)
def test_faulty_files_leave_the_last_good_data_until_they_are_mended(
    broken, told, folder, served, pages
):
    outlives(broken, told, folder, open_claims(pages(), served[1]))


@parametrized(SHUT_OUT)
def test_files_that_cannot_be_read_leave_the_last_good_data_until_they_can(
    broken, told, unprivileged, pages
):
    folder, address = unprivileged
    outlives(broken, told, folder, open_claims(pages(), address))


def outlives(broken: Callable[[Path], None], told: str, folder: Path, page: Page) -> None:
    """See that an open page keeps its data while the files are broken, and says so."""
    shown = page.get_by_text("6,700").first
    banner = page.get_by_text(BANNER)
    expect(shown).to_be_visible()
    with mended(folder):
        broken(folder)
        find(page, "Seoul")
        expect(banner).to_be_visible(timeout=WITHIN)
        expect(banner).to_contain_text(told)
        expect(shown).to_be_visible()
    find(page, "said")
    expect(banner).to_have_count(0, timeout=WITHIN)
    expect(shown).to_be_visible()


def test_a_folder_that_may_only_be_read_is_served_and_refuses_to_save(unprivileged, pages):
    folder, address = unprivileged
    page = editing(pages(), address, "publishers", "voa")
    type_into(page, "publishers", NAME, "Voice of America")
    expect(page.get_by_text("1 publisher revised")).to_be_visible()
    with mended(folder):
        may_only_read(folder)
        save_button(page).click()
        expect(page.get_by_text("the data folder cannot be written")).to_be_visible()
        expect(page.get_by_text(BANNER)).to_have_count(0)
    save_button(page).click()
    expect(page.get_by_text("Saved. Revised voa")).to_be_visible()
    assert name_in_file(folder) == "Voice of America"
