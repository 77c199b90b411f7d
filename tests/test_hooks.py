"""What a commit is held to before it is made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dashboard.dataset import SHIPPED_DATA

ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-config.yaml"
VENV = Path(sys.prefix)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    home = {"PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home")}
    return subprocess.run(
        words, cwd=folder, env=os.environ | home, capture_output=True, text=True, check=False
    )


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=A maintainer", "-c", "user.email=maintainer@example.org")
    return run(folder, "git", *who, *words)


def pre_commit(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, sys.executable, "-m", "pre_commit", *words)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the shipped data with the hooks of this repository."""
    here = tmp_path / "here"
    shutil.copytree(SHIPPED_DATA, here / "data", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(HOOKS, here)
    (here / ".venv").symlink_to(VENV)
    git(here, "init", "-q")
    git(here, "add", "data", HOOKS.name)
    git(here, "commit", "-qm", "Data")
    return here


def test_the_hooks_are_the_own_programs_of_the_project(tmp_path):
    assert pre_commit(tmp_path, "validate-config", str(HOOKS)).returncode == 0
    [repo] = yaml.safe_load(HOOKS.read_text("utf-8"))["repos"]
    assert repo["repo"] == "local"
    for hook in repo["hooks"]:
        assert hook["language"] == "system"
        assert (ROOT / hook["entry"].split()[0]).exists()


@pytest.mark.slow
def test_the_shipped_data_pass_the_hooks(checkout):
    result = pre_commit(checkout, "run", "--all-files")
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.count("Passed") == 3


@pytest.mark.slow
def test_a_commit_with_a_fault_in_the_data_is_stopped_at_its_place(checkout):
    path = checkout / "data/claims.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("rok-mnd-20240226-containers,"))
    lines[at] = lines[at].replace("2024-02-26", "26-Feb-24", 1)
    path.write_text("".join(lines), encoding="utf-8")
    assert pre_commit(checkout, "install").returncode == 0
    git(checkout, "add", "data")
    result = git(checkout, "commit", "-m", "Broken")
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert re.search(r"claims\.csv:\d+: stated_on: '26-Feb-24' is not a date", said)
    assert "Traceback" not in said
    assert git(checkout, "log", "--format=%s").stdout == "Data\n"
