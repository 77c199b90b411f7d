"""A maintainer's day at the command line: add, withdraw, undo, diff, release."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.adding import (
    bounds,
    claim_id,
    date_in_address,
    document_at,
    publisher_at,
    same_claims,
    series_of,
    slug,
    source_id,
    unused,
)
from dashboard.change_words import as_markdown, as_text, summary, told_changes
from dashboard.checks import check_folder
from dashboard.cli import app
from dashboard.data_folder import save_changes
from dashboard.dataset import SHIPPED_DATA
from dashboard.describe import write_descriptions
from dashboard.releasing import (
    changelog_entry,
    cited,
    cited_in_words,
    next_version,
    with_entry,
)
from dashboard.row_changes import ROW_CLASSES, added, revised, row_changes
from tests.build import cells, good_dataset, good_tables, write_good_folder

TODAY = date(2026, 11, 24)
NEW_CLAIM = {
    "address": "https://en.yna.example.org/view/20260301/arms",
    "publisher": "yonhap",
    "title": "Seoul: 33,000 containers",
    "published-on": "2026-03-01",
    "language": "en",
    "kind": "news",
    "role": "first",
    "relays": "",
    "claimant": "rok-dia",
    "spokesperson": "",
    "stated-on": "2026-03-01",
    "item": "containers",
    "measure": "cumulative",
    "qualifier": "more-than",
    "figure": "33000",
    "period-start": "",
    "period-end": "",
    "status": "reported-shipped",
    "method": "official-statement",
    "series": "rok-containers",
    "paraphrase": "Seoul said that more than 33,000 containers had been sent.",
    "confidence": "high",
    "note": "",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The data folder of a git checkout with one commit."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_descriptions(write_good_folder(folder), TODAY)
    for name in ("CITATION.cff", "README.md", "data/LICENSE.md"):
        shutil.copy(SHIPPED_DATA.parent / name, tmp_path / name)
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 2026.11.0 - 2026-11-24\n\nFirst.\n")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return folder


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A maintainer", "-c", "user.email=maintainer@example.org")
    return subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Data")


def run(*words: str, typed: str | None = None):
    return CliRunner().invoke(app, list(words), input=typed)


def add(folder: Path, *more: str, typed: str | None = None, **other: str):
    """Run `shipments add` with the answers of a new claim, some of them others."""
    given = NEW_CLAIM | {name.replace("_", "-"): value for name, value in other.items()}
    options = [word for name, value in given.items() for word in (f"--{name}", value)]
    return run("add", *options, "--data", str(folder), *more, typed=typed)


def row(folder: Path, table: str, *key: str) -> dict[str, str]:
    tables, _ = check_folder(folder)
    rows = [dict(zip(tables[table].header, one, strict=True)) for one in tables[table].rows]
    names = ROW_CLASSES[table].key
    [found] = [one for one in rows if tuple(one[name] for name in names) == key]
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


# ------------------------------------------------------------------ add


def test_a_claim_is_added_with_its_document_and_their_link(checkout):
    result = add(checkout, "--yes")
    assert result.exit_code == 0, result.output
    said = row(checkout, "claims", "rok-dia-20260301-containers")
    assert (said["low"], said["high"], said["unit"]) == ("33000", "", "containers")
    assert (said["credibility"], said["credibility_reason"]) == ("6", "Not yet graded.")
    document = row(checkout, "sources", "yonhap-20260301-containers")
    assert (document["date_basis"], document["title_basis"]) == ("address", "page")
    link = row(checkout, "claim_sources", said["claim_id"], document["source_id"])
    assert link["role"] == "first"
    assert check_folder(checkout, date.today())[1] == ()


def test_before_saving_it_says_what_will_change_and_asks(checkout):
    before = bytes_of(checkout)
    result = add(checkout, typed="n\n")
    assert result.exit_code == 1
    assert "1 claim added; 1 document added; 1 document behind a claim added." in result.output
    assert "rok-dia, 1 March 2026: more than 33,000 containers" in result.output
    assert "nothing was saved" in result.output
    assert bytes_of(checkout) == before


def test_what_no_option_gives_is_asked_for_and_a_wrong_answer_is_told(checkout):
    del_figure = {name: value for name, value in NEW_CLAIM.items() if name != "figure"}
    options = [word for name, value in del_figure.items() for word in (f"--{name}", value)]
    result = run("add", *options, "--data", str(checkout), typed="33,000\n33000\ny\n")
    assert "The figure, in digits: " in result.output
    assert "'33,000' is not a whole number in plain digits: write 33000" in result.output
    assert row(checkout, "claims", "rok-dia-20260301-containers")["low"] == "33000"


def test_a_wrong_option_ends_the_command_and_saves_nothing(checkout):
    before = bytes_of(checkout)
    result = add(checkout, "--yes", claimant="rok-dai")
    assert result.exit_code == 1
    assert "there is no claimant 'rok-dai': did you mean 'rok-dia'?" in result.output
    assert bytes_of(checkout) == before


def test_when_the_answers_end_nothing_is_saved(checkout):
    before = bytes_of(checkout)
    result = run("add", "--data", str(checkout), typed="https://example.org/new\n")
    assert result.exit_code == 1
    assert "nothing was saved" in result.output
    assert bytes_of(checkout) == before


def test_a_claim_that_may_be_there_already_is_shown_and_its_document_added_to_it(checkout):
    same = {"figure": "13000", "stated_on": "2024-08-29", "claimant": "rok-mnd"}
    result = add(checkout, typed="y\ny\n", **same)
    assert "There is rok-dia-20240827-containers, 27 August 2024: more than 13,000" in result.output
    assert result.exit_code == 0, result.output
    assert row(
        checkout, "claim_sources", "rok-dia-20240827-containers", "yonhap-20260301-containers"
    )
    tables, _ = check_folder(checkout)
    assert len(tables["claims"].rows) == 6


def test_a_script_must_say_whether_it_is_the_same_claim(checkout):
    same = {"figure": "13000", "stated_on": "2024-08-29", "claimant": "rok-mnd"}
    refused = add(checkout, "--yes", **same)
    assert "say --same-as rok-dia-20240827-containers, or --same-as none" in refused.output
    assert add(checkout, "--yes", "--same-as", "none", **same).exit_code == 0
    assert row(checkout, "claims", "rok-mnd-20240829-containers")


def test_a_known_document_is_found_by_its_address(checkout):
    url = row(checkout, "sources", "voa-20240223")["url"].replace("https://", "http://www.")
    result = add(checkout, "--yes", address=f"{url}/")
    assert "known already: voa-20240223" in result.output
    assert row(checkout, "claim_sources", "rok-dia-20260301-containers", "voa-20240223")


def test_a_document_is_not_put_behind_a_claim_twice(checkout):
    url = row(checkout, "sources", "voa-20240223")["url"]
    result = run(
        *("add", "--address", url, "--same-as", "us-202409-missiles", "--yes"),
        *("--data", str(checkout)),
    )
    assert result.exit_code == 1
    assert "voa-20240223 stands behind us-202409-missiles already" in result.output


def test_a_new_publisher_is_asked_for_its_kind(checkout):
    answers = {name: value for name, value in NEW_CLAIM.items() if name != "publisher"}
    options = [word for name, value in answers.items() for word in (f"--{name}", value)]
    typed = "The New Paper\nnewspaper\nKOR\nits own address\ny\n"
    result = run("add", *options, "--data", str(checkout), typed=typed)
    assert result.exit_code == 0, result.output
    assert row(checkout, "publishers", "the-new-paper")["name"] == "The New Paper"
    assert row(checkout, "sources", "the-new-paper-20260301-containers")


def test_at_a_terminal_known_ids_complete_themselves(checkout):
    """A real terminal: 'mnd' and the tab key give the ministry's id."""
    answers = {name: value for name, value in NEW_CLAIM.items() if name != "claimant"}
    options = [word for name, value in answers.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "dashboard", "add", *options, "--yes"]
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*command, "--data", str(checkout)],
        cwd=SHIPPED_DATA.parent,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120", "LINES": "40"},
    )
    os.close(slave)
    seen = _read_until(master, "Who said it")
    os.write(master, b"dia")
    seen += _read_until(master, "rok-dia")
    os.write(master, b"\t\r")
    seen += _read_until(master, "Saved in data")
    assert "Saving" in seen
    assert process.wait(30) == 0, seen
    assert row(checkout, "claims", "rok-dia-20260301-containers")


def _read_until(terminal: int, words: str) -> str:
    seen = b""
    while words.encode() not in re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen):
        if not select.select([terminal], [], [], 30)[0]:
            pytest.fail(f"{words!r} never came; seen: {seen!r}")
        if b"\x1b[6n" in seen[-8:]:
            os.write(terminal, b"\x1b[1;1R")
        seen += os.read(terminal, 4096)
    return seen.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The New Paper", "the-new-paper"),
        ("L’Express", "l-express"),
        ("El Periódico", "el-periodico"),
        ("朝鮮日報", ""),
        ("shells_152mm", "shells-152mm"),
    ],
)
def test_a_slug_is_of_letters_digits_and_hyphens(text, expected):
    assert slug(text) == expected


def test_an_id_is_never_used_again():
    assert unused("a", {"a", "a-2"}) == "a-3"
    said = {"claimant": "rok-dia", "stated_on": "2024-08-27", "item": "containers"}
    taken = {"rok-dia-20240827-containers"}
    assert claim_id(said, taken) == "rok-dia-20240827-containers-2"
    assert source_id({"publisher": "kbs"}, "containers", set()) == "kbs-containers"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.org/2024/8/27/title", "2024-08-27"),
        ("https://a.org/20240827-title", "2024-08-27"),
        ("https://a.org/2024-08-27/2024-08-28", ""),
        ("https://a.org/2024/08/title", ""),
        ("https://a.org/id/20241399", ""),
        ("https://a.org/id/120240827", ""),
    ],
)
def test_a_full_date_is_read_off_an_address(address, day):
    assert date_in_address(address) == day


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("more-than", "5", ""),
        ("at-least", "5", ""),
        ("up-to", "", "5"),
        ("about", "5", "5"),
        ("exactly", "5", "5"),
        ("between", "5", "9"),
    ],
)
def test_a_hedge_gives_the_bounds(qualifier, low, high):
    assert bounds(qualifier, "5", "9") == {"low": low, "high": high}


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [
        ({}, True),
        ({"claimant": "rok-mnd"}, True),
        ({"stated_on": "2024-10-11"}, True),
        ({"stated_on": "2024-10-12"}, False),
        ({"claimant": "us"}, False),
        ({"low": "12000"}, False),
        ({"item": "shells_any"}, False),
    ],
)
def test_same_item_figure_and_state_within_45_days_may_be_one_claim(changed, is_same):
    said = {
        "claimant": "rok-dia",
        "stated_on": "2024-08-27",
        "item": "containers",
        "low": "13000",
        "high": "",
    } | changed
    found = [known["claim_id"] for known in same_claims(good_dataset(), said)]
    assert found == (["rok-dia-20240827-containers"] if is_same else [])


def test_known_documents_publishers_and_series_are_proposed():
    data = good_dataset()
    assert document_at(data.sources, "http://example.org/voa-20240223/")["publisher"] == "voa"
    assert document_at(data.sources, "https://example.org/other") is None
    assert publisher_at(data.sources, "https://nowhere.org/x") == ""
    said = {"claimant": "rok-dia", "item": "containers", "measure": "cumulative"}
    assert series_of(data, said) == ["rok-containers"]


# ------------------------------------------------------------------ withdraw and undo


def test_a_withdrawn_claim_stays_with_its_reason_and_can_be_brought_back(checkout):
    words = ["us-202409-missiles", "--reason", "Misread.", "--yes", "--data", str(checkout)]
    result = run("withdraw", *words)
    assert result.exit_code == 0, result.output
    assert "1 claim withdrawn." in result.output
    assert row(checkout, "claims", "us-202409-missiles")["withdrawn_reason"] == "Misread."
    again = run("withdraw", *words)
    assert again.exit_code == 1
    assert "already" in again.output
    assert "Taken back: 1 claim withdrawn." in run("undo", "--data", str(checkout)).output
    assert row(checkout, "claims", "us-202409-missiles")["withdrawn_on"] == ""


def test_a_claim_that_is_not_there_cannot_be_withdrawn(checkout):
    result = run("withdraw", "us-202409-missile", "--reason", "x", "--data", str(checkout))
    assert "did you mean 'us-202409-missiles'?" in result.output
    assert result.exit_code == 1


def test_where_nothing_was_saved_undo_says_so(checkout):
    result = run("undo", "--data", str(checkout))
    assert (result.exit_code, "nothing was saved here" in result.output) == (1, True)


# ------------------------------------------------------------------ diff


def changed(folder: Path) -> None:
    """Add a claim, revise a figure and a note, withdraw a claim, remove a link."""
    good = {one[0]: one for one in good_tables()["claims"]}
    seoul = revised("claims", good["rok-dia-20240827-containers"], low="14000", note="More.")
    gone = revised(
        "claims",
        good["us-202409-missiles"],
        withdrawn_on="2026-11-24",
        withdrawn_reason="Misread.",
    )
    place = cells(
        "claim_places",
        claim_id="rok-dia-20240827-containers",
        place_id="rajin-port",
        as_written="Najin",
    )
    removed = added("claim_places", dict(zip(_names("claim_places"), place, strict=True))).inverse
    save_changes(folder, [seoul, gone, removed], TODAY)


def _names(table: str) -> tuple[str, ...]:
    return tuple(ROW_CLASSES[table].model_fields)


def test_differences_are_told_in_words(checkout):
    changed(checkout)
    assert run("diff", "HEAD", "--data", str(checkout)).output.splitlines() == [
        "1 claim revised, 1 withdrawn; 1 place named by a claim removed.",
        "",
        "Claims revised",
        "  rok-dia-20240827-containers: rok-dia: more than 13,000 containers → "
        "more than 14,000 containers; note nothing → ‘More.’",
        "",
        "Claims withdrawn",
        "  us-202409-missiles: us, September 2024: 40 to 50 missiles; Misread.",
        "",
        "Places named by claims removed",
        "  rok-dia-20240827-containers / rajin-port",
    ]


def test_differences_as_json_name_each_row(checkout):
    changed(checkout)
    told = json.loads(run("diff", "HEAD", "--format", "json", "--data", str(checkout)).output)
    assert [(one["table"], one["change"], one["id"]) for one in told] == [
        ("claims", "revised", "rok-dia-20240827-containers"),
        ("claims", "withdrawn", "us-202409-missiles"),
        ("claim_places", "removed", "rok-dia-20240827-containers / rajin-port"),
    ]


def test_markdown_of_a_hostile_cell_is_plain_text():
    hostile = "<b>x</b> [a](javascript:b) `c` #1 $d$"
    before = good_tables()["claims"][1]
    told = told_changes([revised("claims", before, note=hostile)], {})
    assert "\\<b\\>x\\</b\\> \\[a\\](javascript\\:b)" in as_markdown(told)


def test_a_long_list_is_counted_in_markdown_and_whole_in_text():
    many = [added("sources", {"source_id": f"s{n}", "publisher": "p"}) for n in range(60)]
    told = told_changes(many, {})
    assert "- and 10 more" in as_markdown(told)
    assert as_text(told).count("\n  s") == 60


def test_every_table_has_its_words():
    every = [added(table, {_names(table)[0]: "x"}) for table in ROW_CLASSES if table != "claims"]
    assert summary(told_changes(every, {})).count(" added") == len(ROW_CLASSES) - 1


def test_no_change_is_told_as_such(checkout):
    assert run("diff", "HEAD", "--data", str(checkout)).output == "Nothing changed.\n"


@pytest.mark.parametrize("revision", ["nowhere", "--help-me", "HEAD:data"])
def test_a_revision_that_is_not_there_is_told(checkout, revision):
    result = run("diff", "--data", str(checkout), "--", revision)
    assert result.exit_code == 1
    assert "git finds no such state of data" in result.output


def test_outside_a_checkout_there_is_nothing_to_compare_with(tmp_path):
    result = run("diff", "HEAD", "--data", str(write_good_folder(tmp_path)))
    assert (result.exit_code, "not a git repository" in result.output) == (1, True)


def test_a_table_that_did_not_exist_yet_had_no_rows(checkout):
    git(checkout, "rm", "-q", "--cached", "publishers.csv")
    git(checkout, "commit", "-qm", "Before publishers")
    assert "5 publishers added." in run("diff", "HEAD", "--data", str(checkout)).output


# ------------------------------------------------------------------ release


@pytest.mark.parametrize(
    ("version", "day", "expected"),
    [
        ("2026.11.0", "2026-11-24", "2026.11.1"),
        ("2026.11.9", "2026-11-30", "2026.11.10"),
        ("2026.11.3", "2026-12-01", "2026.12.0"),
        ("2026.11.3", "2027-01-01", "2027.01.0"),
    ],
)
def test_the_next_version_is_year_month_and_number(version, day, expected):
    assert next_version(version, date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("version", "words"), [("1.0", "is not a version"), ("2027.01.0", "of a later month")]
)
def test_a_version_that_cannot_be_followed_is_refused(version, words):
    with pytest.raises(ValueError, match=words):
        next_version(version, TODAY)


def test_a_release_writes_version_changelog_citation_and_zip(checkout, tmp_path):
    changed(checkout)
    build = tmp_path / "build"
    result = run("release", "--to", str(build), "--data", str(checkout))
    assert result.exit_code == 0, result.output
    version = next_version("2026.11.0", date.today())
    assert json.loads((checkout / "datapackage.json").read_text("utf-8"))["version"] == version
    changelog = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert changelog.index(f"## {version} - ") < changelog.index("## 2026.11.0 - ")
    assert (
        "### Revised\n\n- `rok-dia-20240827-containers`: rok-dia\\: more than 13,000" in changelog
    )
    assert "### Withdrawn\n\n- `us-202409-missiles`:" in changelog
    assert f"    version: {version}" in (tmp_path / "CITATION.cff").read_text("utf-8")
    assert f"Version {version}." in (tmp_path / "README.md").read_text("utf-8")
    assert f", data {version}," in (checkout / "LICENSE.md").read_text("utf-8")
    with zipfile.ZipFile(build / f"arms-shipments-{version}.zip") as archive:
        archive.extractall(build / "unpacked")
    sums = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=build / "unpacked", check=False
    )
    assert sums.returncode == 0
    commit(tmp_path)
    again = run("release", "--to", str(build), "--data", str(checkout))
    assert (again.exit_code, "nothing changed since" in again.output) == (1, True)


def test_a_dry_run_prints_the_entry_and_writes_nothing(checkout, tmp_path):
    changed(checkout)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = run("release", "--dry-run", "--to", str(tmp_path / "x"), "--data", str(checkout))
    assert result.output.startswith("## 20")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_faulty_data_are_not_released(checkout):
    path = checkout / "claims.csv"
    path.write_bytes(path.read_bytes().replace(b"6700", b"6,700", 1))
    result = run("release", "--data", str(checkout))
    assert (result.exit_code, "data with faults are not released" in result.output) == (1, True)


def test_an_entry_of_a_version_is_written_once():
    entry = changelog_entry("2026.11.1", TODAY, ())
    with pytest.raises(ValueError, match="already"):
        with_entry(with_entry("# Changelog\n", entry), entry)


def test_quoted_citations_get_the_version_and_its_year():
    text = "Since 2026.11.0:\n\n> Authors (2026). Data. Version 2026.11.0.\n> Of (2024).\n"
    assert cited_in_words(text, "2026.11.0", "2027.01.0", date(2027, 1, 2)) == (
        "Since 2026.11.0:\n\n> Authors (2027). Data. Version 2027.01.0.\n> Of (2024).\n"
    )


def test_a_citation_without_the_data_set_is_refused():
    with pytest.raises(ValueError, match="no reference of type data"):
        cited("cff-version: 1.2.0\n", "2026.11.1", TODAY)


def test_equal_states_have_no_changes(checkout):
    tables, _ = check_folder(checkout)
    assert row_changes(tables, tables) == ()
