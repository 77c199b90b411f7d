"""The command: every query in every form, and one sentence for every mistake."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.cli import app, options
from dashboard.dataset import SHIPPED_DATA, Dataset, load_dataset
from tests.build import good_tables, write_good_folder

SEOUL = "rok-mnd-20240226-containers"
SEOUL_LATER = "rok-dia-20240827-containers"
WASHINGTON = "us-state-20240904-containers"
QUERIES = {
    "claims": ["claims", "--item", "containers"],
    "series": ["series"],
    "compare": ["compare", SEOUL, SEOUL_LATER],
    "route": ["route", "r-sea-rajin-dunai"],
    "origins": ["origins", SEOUL_LATER, WASHINGTON],
    "sum": ["sum", "msmt-20250529-troops2024", "msmt-20250529-troops2025"],
    "conflicts": ["conflicts", "--window", "7"],
    "convert": ["convert", "containers", "shells_152mm"],
    "changes": ["changes", "2024-02-26", "2024-08-28"],
}
UPKEEP = {
    *("check", "format", "describe", "serve", "export", "brief"),
    *("add", "withdraw", "undo", "diff", "release", "links"),
}


@pytest.fixture(autouse=True)
def shipped_data_are_loaded_once(monkeypatch: pytest.MonkeyPatch, dataset: Dataset) -> None:
    def load(folder: Path) -> Dataset:
        return dataset if folder == SHIPPED_DATA else load_dataset(folder)

    monkeypatch.setattr(options, "load_dataset", load)


def run(*words: str):
    return CliRunner().invoke(app, list(words))


def answer(*words: str):
    """Return what a query prints as JSON."""
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refusal(*words: str) -> str:
    """Return the last line of what a query says when it ends with code 1, on standard error."""
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    return result.stderr.strip().splitlines()[-1]


def last_of(records: list[dict], series: str) -> dict:
    return [record for record in records if record["series"] == series][-1]


# ------------------------------------------------------------------ every command


def test_every_command_is_tried_here():
    assert set(typer.main.get_command(app).commands) == set(QUERIES) | UPKEEP


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_prints_a_table(query):
    result = run(*QUERIES[query], "--format", "table")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "┃" in result.stdout


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_prints_json_without_nan(query):
    result = run(*QUERIES[query], "--format", "json")
    assert result.exit_code == 0
    json.loads(result.stdout, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_prints_one_table_as_csv(query):
    result = run(*QUERIES[query], "--format", "csv")
    header, *rows = csv.reader(io.StringIO(result.stdout))
    assert result.exit_code == 0
    assert rows
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize("query", ["claims", "series", "conflicts", "convert", "changes"])
def test_csv_and_json_say_the_same(query):
    printed = run(*QUERIES[query], "--format", "csv").stdout
    records = [
        {name: "" if value is None else str(value) for name, value in record.items()}
        for record in answer(*QUERIES[query])
    ]
    assert list(csv.DictReader(io.StringIO(printed))) == records


def test_no_cell_of_csv_is_a_list_of_python():
    assert f"{SEOUL_LATER}; {WASHINGTON}" in run(*QUERIES["origins"], "--format", "csv").stdout


@pytest.mark.parametrize("command", [*QUERIES, *sorted(UPKEEP)])
def test_every_command_explains_itself_with_an_example(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: shipments {command}" in result.stdout


def test_without_a_command_the_commands_are_listed():
    assert all(command in run().output for command in QUERIES)


# ------------------------------------------------------------------ what was known when


@pytest.mark.parametrize(
    ("day", "series", "claim_id", "low", "high"),
    [
        ("2024-02-25", "us-containers", "us-state-20240223-containers", 10000, None),
        ("2024-02-25", "rok-containers", "rok-mnd-20240110-containers", 5000, 5000),
        ("2024-02-26", "rok-containers", SEOUL, 6700, 6700),
        ("2024-08-26", "rok-containers", "rok-mnd-20240808-containers", 12000, None),
        ("2024-08-31", "rok-containers", SEOUL_LATER, 13000, None),
    ],
)
def test_the_last_figure_is_the_one_known_on_the_day(day, series, claim_id, low, high):
    records = answer("series", "--item", "containers", "--as-known-on", day)
    last = last_of(records, series)
    assert (last["claim_id"], last["low"]) == (claim_id, low)
    assert last["high"] == high


def test_a_month_stands_for_its_last_day_as_the_day_known():
    of_month = answer("series", "--as-known-on", "2024-02")
    assert of_month == answer("series", "--as-known-on", "2024-02-29")


def test_a_month_stands_for_its_first_day_as_the_start():
    of_month = answer("claims", "--from", "2024-02", "--to", "2024-02")
    assert of_month == answer("claims", "--from", "2024-02-01", "--to", "2024-02-29")


def test_claims_of_a_state_are_those_of_its_bodies():
    claimants = {record["claimant"] for record in answer("claims", "--claimant", "rok")}
    assert {"rok-mnd", "rok-dia", "nis"} <= claimants
    assert not claimants & {"us-state", "hur"}


def test_options_that_name_an_id_may_be_repeated():
    records = answer("series", "--series", "rok-containers", "--series", "us-containers")
    assert {record["series"] for record in records} == {"rok-containers", "us-containers"}


def test_claims_are_found_by_words():
    records = answer("claims", "--text", "6700 containers mnd")
    assert SEOUL in {record["claim_id"] for record in records}


# ------------------------------------------------------------------ the other queries


def test_the_central_pair_is_compared():
    found = answer("compare", SEOUL, SEOUL_LATER)
    assert (found["difference"], found["factor"], found["days"]) == (6300, 1.94, 183)
    assert found["difference_high"] is None


def test_the_way_from_rajin_to_dunai_by_sea_is_some_two_hundred_kilometres():
    found = answer("route", "r-sea-rajin-dunai")
    [length] = [leg["length_km"] for leg in found["legs"] if leg["mode"] == "sea"]
    assert 195 <= length <= 220
    assert {"mode": "sea", "legs": 1}.items() <= found["totals"][0].items()


def test_origins_are_counted():
    found = answer("origins", SEOUL_LATER, WASHINGTON)
    assert (found["claimants"], found["origins_low"], found["origins_high"]) == (2, 1, 2)


# ------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["compare", SEOUL, "rok-dia-20240828-containers"],
            f"there is no claim 'rok-dia-20240828-containers': did you mean '{SEOUL_LATER}'?",
        ),
        (["origins", "nobody"], "there is no claim 'nobody'"),
        (
            ["route", "r-sea-rajin-duna"],
            "there is no route 'r-sea-rajin-duna': did you mean 'r-sea-rajin-dunai'?",
        ),
        (
            ["claims", "--claimant", "rok-mdn"],
            "there is no claimant 'rok-mdn': did you mean 'rok-mnd'?",
        ),
        (
            ["series", "--series", "rok-container"],
            "there is no series 'rok-container': did you mean 'rok-containers'?",
        ),
        (
            ["claims", "--status", "denie"],
            "there is no status 'denie': did you mean 'denied'?",
        ),
        (
            ["claims", "--from", "27-Aug-24"],
            "--from: '27-Aug-24' is not a date: write YYYY-MM-DD, e.g. 2024-02-26",
        ),
        (
            ["claims", "--to", "2024-02-30"],
            "--to: '2024-02-30' is not a day of the calendar: that month has 29 days",
        ),
        (
            ["series", "--as-known-on", "2024-13"],
            "--as-known-on: '2024-13' has no such month: write a month from 01 to 12",
        ),
        (["series", "--as-known-on", ""], "--as-known-on: '' is not a date"),
        (["series", "--item", "container"], "there is no item 'container'; items are containers,"),
        (
            ["compare", SEOUL, "rok-mnd-20240226-cap152"],
            f"{SEOUL} and rok-mnd-20240226-cap152 count different things "
            "(containers and shells_152mm), so they cannot be compared",
        ),
        (["claims", "--data", "nowhere"], "the data in nowhere have faults"),
        (["describe", "--data", "nowhere"], "nowhere is not a folder"),
        (["describe", "--data", "nowhere", "--write"], "nowhere is not a folder"),
        (["links", "--data", "nowhere"], "the data in nowhere have faults"),
        (["check", "nowhere"], "1 fault in nowhere"),
        (["format", "nowhere"], "files with these faults were left as they are"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(words, sentence):
    assert refusal(*words).startswith(f"shipments: {sentence}")


@pytest.mark.parametrize(
    "words",
    [
        ["claims", "--format", "xml"],
        ["check", "--format", "json"],
        ["nosuch"],
        ["compare", SEOUL],
        ["claims", "--from"],
    ],
)
def test_a_command_that_cannot_be_read_ends_with_code_2(words):
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr


@pytest.mark.parametrize("query", QUERIES)
def test_faulty_data_end_every_query_with_their_first_fault(query, tmp_path):
    write_good_folder(tmp_path, claims=[*good_tables()["claims"]][1:])
    result = run(*QUERIES[query], "--data", str(tmp_path))
    assert result.exit_code == 1
    assert "claim_links.csv:" in result.stderr or "claim_sources.csv:" in result.stderr
    assert result.stdout == ""


# ------------------------------------------------------------------ upkeep


def test_the_shipped_data_have_no_faults():
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "no faults\n")


def test_a_fault_is_printed_with_its_line(tmp_path):
    write_good_folder(tmp_path, claim_links=[("rok-mnd-20240226-shells", "cites", "nobody", "")])
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout.startswith("claim_links.csv:2: other_claim_id: 'nobody' is not in")


def test_a_fault_is_marked_for_github(tmp_path):
    write_good_folder(tmp_path, claim_links=[("rok-mnd-20240226-shells", "cites", "nobody", "")])
    result = run("check", str(tmp_path), "--format", "github")
    assert result.stdout.startswith("::error file=")
    assert "claim_links.csv,line=2" in result.stdout


def test_format_writes_only_what_is_not_canonical(tmp_path):
    write_good_folder(tmp_path)
    path = tmp_path / "claimants.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"\n", b"\r\n"))
    result = run("format", str(tmp_path))
    assert "claimants.csv: written in canonical form\n1 of " in result.stdout
    assert path.read_bytes() == good


def test_describe_prints_the_data_dictionary():
    assert run("describe").stdout.startswith("# Reported arms shipments from North Korea to Russia")


def test_describe_writes_into_the_folder_given(tmp_path):
    write_good_folder(tmp_path)
    assert run("describe", "--write", "--data", str(tmp_path)).exit_code == 0
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]


def test_serve_starts_a_script_that_exists(monkeypatch, tmp_path):
    started: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHIPMENTS_DATA", "")
    monkeypatch.setattr(os, "execv", lambda _program, arguments: started.append(arguments))
    assert run("serve", "--port", "8502").exit_code == 0
    [arguments] = started
    assert Path(arguments[arguments.index("run") + 1]).is_file()
    assert "--server.port=8502" in arguments
    assert os.environ["SHIPMENTS_DATA"] == str(SHIPPED_DATA.resolve())


def test_serve_follows_a_symbolic_link_that_is_swapped(monkeypatch, tmp_path):
    link = tmp_path / "current"
    link.symlink_to(SHIPPED_DATA)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHIPMENTS_DATA", "")
    monkeypatch.setattr(os, "execv", lambda _program, _arguments: None)
    assert run("serve", "--data", "current").exit_code == 0
    assert os.environ["SHIPMENTS_DATA"] == str(link)


@pytest.fixture
def served(monkeypatch, tmp_path):
    """What would be run in place of the command, and with SHIPMENTS_EDIT set to what."""
    started: list[str | None] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHIPMENTS_DATA", "")
    monkeypatch.setenv("SHIPMENTS_EDIT", "1")
    monkeypatch.delenv("SHIPMENTS_EDITORS", raising=False)
    monkeypatch.setattr(os, "execv", lambda *_: started.append(os.environ.get("SHIPMENTS_EDIT")))
    return started


def test_only_serve_with_edit_opens_the_editor(served):
    assert run("serve").exit_code == 0
    assert run("serve", "--edit").exit_code == 0
    assert served == [None, "1"]


def test_the_editor_is_not_served_to_other_machines(served):
    assert "this machine only" in refusal("serve", "--edit", "--address", "0.0.0.0")
    assert served == []


def test_a_list_of_editors_without_a_login_is_not_served(served, monkeypatch):
    monkeypatch.setenv("SHIPMENTS_EDITORS", "a@example.org")
    assert "go together" in refusal("serve", "--edit")
    assert served == []


def test_secrets_that_cannot_be_read_are_told_in_words(served, monkeypatch):
    def refuse(*_args, **_given):
        raise PermissionError(13, "Permission denied", "secrets.toml")

    monkeypatch.setattr("dashboard.web.editing_rights.server_at", refuse)
    assert "secrets.toml" in refusal("serve", "--edit")
    assert served == []


def test_the_module_is_the_command():
    result = subprocess.run(
        [sys.executable, "-m", "dashboard", "compare", SEOUL, "nobody"],
        cwd=SHIPPED_DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("shipments: there is no claim 'nobody'")
    assert result.stderr.count("\n") == 1
