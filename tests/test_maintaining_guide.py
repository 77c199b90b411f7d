"""The guide for maintainers: its worked example is typed as it stands, and must go as it says."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.dataset import SHIPPED_DATA
from tests.build import write_good_folder

GUIDE = SHIPPED_DATA / "MAINTAINING.md"
EXAMPLE = "## From article to release: a worked example"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def section(heading: str) -> str:
    text = GUIDE.read_text("utf-8")
    start = text.index(f"\n{heading}\n") + 1
    end = text.find("\n## ", start)
    return text[start:end]


def blocks(markdown: str) -> list[list[str]]:
    """Return the lines of each indented block."""
    found = re.findall(r"(?m)(?:^    .*\n(?:\n(?=    ))?)+", markdown + "\n")
    return [[line[4:] for line in block.splitlines()] for block in found]


class Maintainer(io.StringIO):
    """Types what the guide shows after each question, and sees it on the screen as it is typed."""

    def __init__(self, shown: list[str], screen: io.StringIO) -> None:
        super().__init__()
        self.shown = shown
        self.screen = screen

    def readline(self, size: int | None = -1) -> str:
        *before, question = self.screen.getvalue().split("\n")
        line = self.shown[len(before)] if len(before) < len(self.shown) else ""
        if not line.startswith(question.rstrip()):
            pytest.fail(f"the command asks {question!r}, where the guide shows {line!r}")
        typed = line[len(question) :] + "\n"
        self.screen.write(typed)
        return typed


def printed(command: str, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is on the screen after a command for the data in the current folder."""
    words = shlex.split(command)[1:]
    options = {option for one in COMMANDS[words[0]].params for option in one.opts}
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stdin", Maintainer(shown, screen))
    with contextlib.redirect_stdout(screen):
        app([*words, *(["--data", "data"] if "--data" in options else [])], standalone_mode=False)
    return [line.rstrip() for line in screen.getvalue().rstrip().splitlines()]


def without_day(lines: list[str]) -> list[str]:
    """Return lines whose heading of a release names no version and no day."""
    return [re.sub(r"^## [\d.]+ - [\d-]+$", "## version - day", line) for line in lines]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of the shipped data with an origin, as the current folder."""
    shutil.copytree(SHIPPED_DATA, tmp_path / "here/data", ignore=shutil.ignore_patterns(".*"))
    monkeypatch.chdir(tmp_path / "here")
    for name, value in {"NAME": "A maintainer", "EMAIL": "maintainer@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    Path(".gitignore").write_text("data/.*\n", encoding="utf-8")
    for words in (
        "init -q --bare ../origin.git",
        "init -q -b main",
        "remote add origin ../origin.git",
        "add -A",
        "commit -qm Data",
    ):
        git(f"git {words}")
    return tmp_path / "here"


def git(command: str) -> str:
    done = subprocess.run(shlex.split(command), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_worked_example_goes_as_the_guide_says(checkout, monkeypatch):
    before = git("git rev-parse main")
    ran = []
    for command, *shown in blocks(section(EXAMPLE)):
        program, *words = command.split()
        ran += words[:1]
        if program == "git":
            for one in (command, *shown):
                git(one)
        else:
            found = printed(command, shown, monkeypatch)
            assert without_day(found) == without_day([line.rstrip() for line in shown]), command
    assert ran == ["switch", "add", "check", "diff", "add", "push", "release", "switch"]
    assert git("git rev-parse main") == before
    assert git("git branch --format=%(refname:short)") == "main"
    assert git("git status --porcelain") == ""


def test_the_example_is_an_exercise_and_no_claim_of_the_data():
    text = section(EXAMPLE)
    assert "Exercise, not a fact" in text
    assert set(re.findall(r"https?://([^/\s>:]+)", text)) <= {"example.org", "127.0.0.1"}
    assert "99999" not in (SHIPPED_DATA / "claims.csv").read_text("utf-8")


# What is done to a good folder: the table, the cells as they were, the cells as they are.
SLIPS = {
    "is not a date": ("claims", "2024-02-26", "26-Feb-24"),
    "is not a whole number in plain digits": ("claims", ",6700,", ',"6,700",'),
    "is above the upper bound": ("claims", ",6700,6700,", ",9000,6700,"),
    "is not in claimants.csv": ("claims", ",rok-dia,", ",rok-dai,"),
    "is already the id of line": ("claims", "\nrok-dia-20240827-", "\nrok-mnd-20240226-"),
    "is not in claims.csv": ("claims", "\nrok-mnd-20240226-containers,", "\nrok-mnd-1,"),
    "the row belongs above": ("claims", ",2024-02-26,", ",2024-09-26,"),
    "begins or ends with a space": ("claims", ",about,", ",about ,"),
    "has semicolons between its cells": ("claims", ",", ";"),
}


def messages() -> list[str]:
    return re.findall(r"(?m)^\| `(.+?)` \|", section("## When something is red"))


def test_every_message_that_the_guide_explains_is_tried_here():
    assert messages() == list(SLIPS)


@pytest.mark.parametrize("message", SLIPS)
def test_a_slip_is_told_in_the_words_that_the_guide_explains(message, tmp_path):
    table, old, new = SLIPS[message]
    path = write_good_folder(tmp_path) / f"{table}.csv"
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert message in result.output


def test_every_command_of_the_guide_exists():
    run = re.findall(r"(?:`|    )(?:shipments) ([a-z]+)((?: --[a-z-]+)*)", GUIDE.read_text("utf-8"))
    for name, options in run:
        known = {option for one in COMMANDS[name].params for option in one.opts}
        assert set(options.split()) <= known
    verbs = set(re.findall(r"`make ([a-z-]+)`", GUIDE.read_text("utf-8")))
    makefile = (SHIPPED_DATA.parent / "Makefile").read_text("utf-8")
    assert verbs <= set(re.findall(r"(?m)^([a-z-]+):.*## ", makefile))
    assert {name for name, _ in run} >= {"add", "check", "diff", "release", "withdraw", "undo"}
