"""The documents say what is true of the code and the data, or a test here fails."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from inspect import signature
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.arithmetic import ArithmeticRefusal, total
from dashboard.cli import app
from dashboard.codes import Item
from dashboard.conflicts import conflicts
from dashboard.dataset import SHIPPED_DATA, Dataset, load_dataset
from dashboard.explanations import explanation
from dashboard.origins import origins_of
from dashboard.schema import TABLES
from dashboard.selection import Selection
from dashboard.series import compare, latest_points, series_points, stated_figure
from dashboard.web import address
from dashboard.words import bounds_in_words, figure_in_words, number_in_words, unit_in_words

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
METHODS = ROOT / "docs" / "methods.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
COMMAND = ROOT / "docs" / "command.md"

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

SEOUL_6700 = "rok-mnd-20240226-containers"
SEOUL_13000 = "rok-dia-20240827-containers"
WASHINGTON_10000 = "us-state-20240223-containers"
WASHINGTON_16500 = "us-state-20240904-containers"
OPEN_SOURCE_CENTRE = "osc-20250415-containers"
MONITORING_TEAM = "msmt-20250529-containers"

WORKED_ORIGINS = {
    "Seoul's 6,700 containers, in all their articles": [SEOUL_6700],
    "Seoul's 13,000 containers and the 6 million shells worked out from them": [
        SEOUL_13000,
        "rok-dia-20240827-capacity",
    ],
    "Seoul's 13,000 and Washington's 16,500": [SEOUL_13000, WASHINGTON_16500],
    "these two and the Open Source Centre's count of containers": [
        SEOUL_13000,
        WASHINGTON_16500,
        OPEN_SOURCE_CENTRE,
    ],
    "these three and the report of the Multilateral Sanctions Monitoring Team": [
        SEOUL_13000,
        WASHINGTON_16500,
        OPEN_SOURCE_CENTRE,
        MONITORING_TEAM,
    ],
}
SEOUL_10000_MORE = "rok-jcs-20241223-increment"
SOLDIERS_2024 = "msmt-20250529-troops2024"
WORKED_SUMS = {
    "the monitoring team's soldiers of late 2024 and of early 2025": [
        SOLDIERS_2024,
        "msmt-20250529-troops2025",
    ],
    "Seoul's 6,700 containers of February and its 13,000 of August 2024": [
        SEOUL_6700,
        SEOUL_13000,
    ],
    "Washington's 10,000 containers and Seoul's 6,700 of the same week": [
        WASHINGTON_10000,
        SEOUL_6700,
    ],
    "Seoul's 10,000 containers of late 2024 and a newspaper's 6,000 since July 2025": [
        SEOUL_10000_MORE,
        "ltn-20260302-increment",
    ],
    "NK Pro's one voyage of August and September 2025 and its nine of October to December": [
        "nkpro-202510-ladyr",
        "nknews-20260130-monthly",
    ],
    "Seoul's 10,000 containers of late 2024 and the monitoring team's soldiers of those months": [
        SEOUL_10000_MORE,
        SOLDIERS_2024,
    ],
}
WORKED_CONFLICTS = (
    (WASHINGTON_10000, SEOUL_6700),
    (SEOUL_13000, WASHINGTON_16500),
    ("nis-20241018-containers", "rok-dia-20241023-containers"),
    ("hur-20250123-missiles", "hur-20250223-missilesplan"),
    (OPEN_SOURCE_CENTRE, "us-usun-20250507-containers"),
)
WORKED_DAYS = {
    "25 February 2024": date(2024, 2, 25),
    "26 February 2024": date(2024, 2, 26),
    "31 August 2024": date(2024, 8, 31),
}


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """Return a document's text from a heading to the next of the same level or above."""
    lines = text_of(path).splitlines()
    start = lines.index(heading)
    level = len(heading.split()[0])
    ends = (
        number
        for number, line in enumerate(lines[start + 1 :], start + 1)
        if re.match(rf"#{{1,{level}}} ", line)
    )
    return "\n".join(lines[start : next(ends, len(lines))])


def table_rows(markdown: str) -> list[list[str]]:
    """Return the cells of all table rows in a text, without heading rows."""
    lines = markdown.splitlines()
    rules = {number for number, line in enumerate(lines) if re.fullmatch(r"\|(-+\|)+", line)}
    headings = {number - 1 for number in rules}
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for number, line in enumerate(lines)
        if line.startswith("|") and number not in rules | headings
    ]


def tracked_files() -> list[Path]:
    """Return the files of the repository, or of the folder where it is not one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def markdown_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix == ".md"]


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_section_with_an_example(command: str) -> None:
    assert f"    shipments {command}" in section(COMMAND, f"## {command}")


def test_no_command_is_documented_that_does_not_exist() -> None:
    documented = {cell.partition("]")[0].strip("[`") for cell, _ in table_rows(text_of(COMMAND))}
    assert documented == set(COMMANDS)


def example_lines() -> list[str]:
    """Return the examples that change nothing, and do not hang on what has changed.

    Right after a release there is nothing to release; `tests/test_maintaining.py` tries that.
    """
    lines = [*text_of(README).splitlines(), *text_of(COMMAND).splitlines()]
    examples = {line.strip() for line in lines if line.startswith("    shipments ")}
    changing = tuple(
        f"shipments {words}"
        for words in (
            *("serve", "format", "describe --write", "add", "withdraw", "undo", "links"),
            "release",
        )
    )
    return sorted(example for example in examples if not example.startswith(changing))


@pytest.mark.parametrize("example", example_lines())
def test_every_example_runs(example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(SHIPPED_DATA)
    (tmp_path / "briefs").symlink_to(ROOT / "briefs")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, example.split()[1:])
    assert result.exit_code == 0, result.output
    assert result.output.strip()


# ------------------------------------------------------------------ data model


@pytest.mark.parametrize("row_class", TABLES, ids=lambda row_class: row_class.table)
def test_every_column_is_in_the_data_dictionary(row_class: type) -> None:
    dictionary = text_of(SHIPPED_DATA / "README.md")
    missing = [name for name in row_class.model_fields if f"`{name}`" not in dictionary]
    assert f"{row_class.table}.csv" in dictionary
    assert missing == []


# ------------------------------------------------------------------ architecture


def web_modules() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "dashboard" / "web").rglob("*.py")):
        yield ast.parse(text_of(path))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Return the calls in a module with the last part of the name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield name, node


def argument(call: ast.Call, name: str, position: int) -> object:
    """Return an argument that is written as a constant, or None."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return getattr(keyword.value, "value", None)
    if position < len(call.args):
        return getattr(call.args[position], "value", None)
    return None


def address_keys() -> set[str]:
    """Return the keys of the address that the web part binds, read from its code."""
    widgets = {
        name: list(signature(function).parameters).index("key")
        for name, function in vars(address).items()
        if not name.startswith("_")
        and getattr(function, "__module__", "") == address.__name__
        and "key" in signature(function).parameters
    }
    keys = {
        argument(call, "key", widgets[name])
        for tree in web_modules()
        for name, call in calls(tree)
        if name in widgets
    }
    from dashboard.web.evidence_dialog import _CARDS
    from dashboard.web.evidence_page import WEAK
    from dashboard.web.state import AS_KNOWN_ON, DATA_VERSION

    by_hand = {*_CARDS, AS_KNOWN_ON, DATA_VERSION, WEAK}
    return {key for key in keys if isinstance(key, str)} | by_hand


def test_every_key_of_the_address_is_in_the_table() -> None:
    rows = table_rows(section(ARCHITECTURE, "## Where state lives"))
    assert {row[0].strip("`") for row in rows} == address_keys()


def test_every_page_is_in_the_architecture() -> None:
    tree = ast.parse(text_of(ROOT / "dashboard" / "web" / "pages.py"))
    titles = [argument(call, "title", 1) for name, call in calls(tree) if name == "Page"]
    documented = [row[0] for row in table_rows(section(ARCHITECTURE, "## Pages"))]
    assert documented == titles


SUBFOLDERS = ("cli", "exports", "exports/plot", "exports/pptx", "figures", "web")


def test_every_module_is_in_the_architecture() -> None:
    package = ROOT / "dashboard"
    folders = (package, *(package / name for name in SUBFOLDERS))
    modules = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.glob("*.py")
        if not path.name.startswith("__")
    }
    rows = table_rows(section(ARCHITECTURE, "## Modules"))
    assert {row[0].strip("`") for row in rows} == modules


# ------------------------------------------------------------------ all documents


def test_no_file_names_a_path_of_the_machine_on_which_it_was_written() -> None:
    homes = "|".join(("work", "root", "home", "Users"))
    machine_path = re.compile(rf"(?<![\w.:/~-])/(?:{homes})/|\.\./shared\b|file:///")
    found = []
    for path in tracked_files():
        try:
            text = text_of(path)
        except UnicodeDecodeError:
            continue
        if path != Path(__file__) and machine_path.search(text):
            found.append(path.relative_to(ROOT).as_posix())
    assert found == []


def anchors(markdown: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", markdown, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(document: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = (document.parent / name).resolve() if name else document
        is_broken = not linked.exists() or (anchor and anchor not in anchors(text_of(linked)))
        if is_broken:
            yield target


@pytest.mark.parametrize(
    "document", markdown_files(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    assert list(broken_links(document)) == []


def test_the_method_page_needs_no_other_file_and_no_html() -> None:
    text = text_of(METHODS)
    assert text.startswith("## ")
    assert not re.search(r"^# ", text, flags=re.MULTILINE)
    assert not re.search(r"<[a-zA-Z/!]", text)
    assert not re.search(r"\]\(", text)
    assert "$" not in text


# ------------------------------------------------------------------ worked numbers


def test_the_worked_origins_are_those_of_the_data(dataset: Dataset) -> None:
    rows = table_rows(section(METHODS, "## Origins, not articles"))
    worked = {label: span(dataset, claim_ids) for label, claim_ids in WORKED_ORIGINS.items()}
    assert dict(rows) == worked


def span(dataset: Dataset, claim_ids: list[str]) -> str:
    origins = origins_of(dataset, claim_ids)
    low, high = origins.origins_low, origins.origins_high
    return str(high) if low == high else f"{low}–{high}"


def test_the_worked_days_are_those_of_the_data(dataset: Dataset) -> None:
    rows = table_rows(section(METHODS, "## As known on a day"))
    worked = [[label, *newest_figures(dataset, day)] for label, day in WORKED_DAYS.items()]
    assert rows == worked


def newest_figures(dataset: Dataset, day: date) -> list[str]:
    points = latest_points(series_points(dataset, Selection(as_known_on=day)))
    newest = points.set_index("series")[["low", "high", "qualifier"]]
    return [figure_in_words(*newest.loc[name]) for name in ("rok-containers", "us-containers")]


def test_the_worked_comparison_is_that_of_the_data(dataset: Dataset) -> None:
    text = section(METHODS, "## Comparing two figures")
    step = compare(dataset, SEOUL_6700, SEOUL_13000)
    assert f"there are {step.days} days" in text
    assert f"The difference is {step.difference:+,} or more" in text
    assert f"the factor ×{step.factor:.2f} or more" in text
    assert f"{step.rate_per_30_days:,} containers per 30 days or more" in text
    assert (step.difference_low, step.difference_high) == (step.difference, None)
    assert step.caution
    other = compare(dataset, WASHINGTON_10000, SEOUL_6700)
    assert f"{other.days}" == "3"
    assert f"{other.difference:,}".replace("-", "−") in text
    assert other.caution


def test_the_worked_sums_are_those_of_the_data(dataset: Dataset) -> None:
    rows = dict(table_rows(section(METHODS, "## Adding figures")))
    assert set(rows) == set(WORKED_SUMS)
    for label, claim_ids in WORKED_SUMS.items():
        outcome = sum_or_refusal(dataset, claim_ids)
        assert rows[label].removeprefix("refused: ") in outcome
        assert rows[label].startswith("refused: ") == outcome.endswith("not added")


def sum_or_refusal(dataset: Dataset, claim_ids: list[str]) -> str:
    try:
        result = total(dataset, claim_ids)
    except ArithmeticRefusal as refusal:
        return str(refusal)
    return bounds_in_words(result.low, result.high) + unit_in_words(result.item)


def test_the_worked_conflicts_are_those_of_the_data(dataset: Dataset) -> None:
    _, rows = (
        table_rows(table) for table in section(METHODS, "## Conflicts side by side").split("**not")
    )
    claims = dataset.claims.set_index("claim_id")
    found = {
        (conflict.claim_id, conflict.other_claim_id): conflict.days_apart
        for item in (Item.CONTAINERS, Item.BALLISTIC_MISSILES)
        for conflict in conflicts(dataset, item, 30)
    }
    for (one, other, days, verdict), pair in zip(rows, WORKED_CONFLICTS, strict=True):
        for words, claim_id in ((one, pair[0]), (other, pair[1])):
            low, high, qualifier = claims.loc[claim_id, ["low", "high", "qualifier"]]
            assert figure_in_words(low, high, qualifier) in words
        account = explanation(dataset, *pair)
        yes_or_no, _, reason = verdict.partition(": ")
        assert int(days) == found[pair]
        assert (yes_or_no == "yes") is account.is_explained
        assert any(reason in text.lower() for text in account.reasons)


def test_the_worked_conversions_are_those_of_the_data(dataset: Dataset) -> None:
    rows = table_rows(section(METHODS, "## Conversions: containers into shells"))
    claims = dataset.claims.set_index("claim_id")
    figures = stated_figure(claims["low"], claims["high"])
    pairs = {
        (
            number_in_words(int(figures[row["from_claim"]])),
            number_in_words(int(figures[row["to_claim"]])),
            str(row["factor"]),
        )
        for row in dataset.conversions.to_dict("records")
    }
    assert len(rows) == 8
    assert {(containers, shells, factor) for _, containers, shells, factor in rows} <= pairs
    factors = [int(row[-1]) for row in rows]
    assert f"between {min(factors)} and {max(factors)} shells a container" in text_of(METHODS)
    assert f"constant of {min(factors)} to {max(factors)} rounds" in text_of(README)


def test_nobody_has_the_highest_grade_as_the_methods_say(dataset: Dataset) -> None:
    assert "nobody has it so far" in text_of(METHODS)
    assert "A" not in set(dataset.claimants["reliability"])


def test_the_readme_tells_the_newest_figure_of_seoul(dataset: Dataset) -> None:
    points = series_points(dataset, Selection())
    seoul: Mapping[str, object] = points[points["series"] == "rok-containers"].iloc[-1]
    figure = figure_in_words(seoul["low"], seoul["high"], seoul["qualifier"])
    assert f"**{figure}**" in text_of(README)


def test_the_versions_agree(dataset: Dataset) -> None:
    citation = text_of(ROOT / "CITATION.cff")
    project = text_of(ROOT / "pyproject.toml")
    version = re.search(r'^version = "(.+)"$', project, flags=re.MULTILINE)
    assert version
    assert f"\nversion: {version[1]}\n" in citation
    assert f"## [{version[1]}]" in text_of(ROOT / "CHANGELOG.md")
    assert f"    version: {dataset.version}\n" in citation
    assert f"## {dataset.version} " in text_of(SHIPPED_DATA / "CHANGELOG.md")
    assert f"Version {dataset.version}." in text_of(README)
    assert f", data {dataset.version}," in text_of(SHIPPED_DATA / "LICENSE.md")
