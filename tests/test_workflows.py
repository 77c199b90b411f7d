"""The workflows: they may do no more than they must, run what exists, and do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
import typer
import yaml

from dashboard.cli import app
from dashboard.data_folder import save_changes
from dashboard.describe import write_descriptions
from dashboard.row_changes import revised
from tests.build import good_tables, write_good_folder

ROOT = Path(__file__).parent.parent
VENV = Path(sys.prefix)
WORKFLOWS = {path.stem: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
COMMANDS: dict[str, click.Command] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def loaded(path: Path) -> dict:
    """Return a YAML file with every value as text, so that the key `on` is not taken for true."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def steps(workflow: str) -> list[dict]:
    return [step for job in loaded(WORKFLOWS[workflow])["jobs"].values() for step in job["steps"]]


def script(workflow: str, name: str) -> str:
    """Return what a step runs."""
    [found] = [step["run"] for step in steps(workflow) if step.get("name") == name]
    return found


def run_lines() -> Iterator[tuple[str, str]]:
    """Return every line that a workflow runs, with the file it is in."""
    for name in WORKFLOWS:
        for step in steps(name):
            for line in step.get("run", "").replace("\\\n", " ").splitlines():
                yield name, line.strip()


def words_after(line: str, program: str) -> list[str]:
    """Return the words with which a line runs a program; none where it does not."""
    run = re.search(rf"(?:^|[\s/]){program} ([^|&;<>]*)", line)
    return run[1].split() if run else []


# ------------------------------------------------------------------ workflows


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_no_more_than_it_says_and_ends(name):
    workflow = loaded(WORKFLOWS[name])
    assert workflow["name"] == name
    assert "permissions" in workflow
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 120
        assert job["runs-on"] == "ubuntu-24.04"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_uses_the_actions_of_github_alone_at_a_major_version(name):
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_what_may_write_runs_nothing_that_a_stranger_sends(name):
    workflow = loaded(WORKFLOWS[name])
    triggers = set(workflow["on"])
    assert "pull_request_target" not in triggers
    granted = [workflow, *workflow["jobs"].values()]
    levels = {level for one in granted for level in (one.get("permissions") or {}).values()}
    if "pull_request" in triggers:
        assert "write" not in levels
    if "workflow_run" in triggers:
        assert not [one for one in steps(name) if "checkout" in one.get("uses", "")]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_script_holds_a_value_that_a_stranger_may_choose(name):
    assert not [step["run"] for step in steps(name) if "${{" in step.get("run", "")]


def test_every_command_that_runs_by_itself_exists_with_its_options():
    tried = []
    for where, line in run_lines():
        words = words_after(line, "shipments")
        if not words:
            continue
        name, *rest = words
        assert name in COMMANDS, f"{where}: {line}"
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        used = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", " ".join(rest)))
        assert used <= known, f"{where}: {line}"
        tried.append(name)
    assert set(tried) >= {"check", "diff", "release", "links"}


def test_every_verb_of_make_that_runs_by_itself_exists():
    verbs = set(re.findall(r"(?m)^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8")))
    used = {tuple(words) for _, line in run_lines() if (words := words_after(line, "make"))}
    assert {verb for words in used for verb in words} <= verbs
    assert ("setup",) in used


def test_every_workflow_is_explained():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert re.findall(r"(?m)^\| `([a-z-]+)` \|", text) == sorted(WORKFLOWS)


# ------------------------------------------------------------------ workflows, run


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one commit and an origin, and a `gh` that writes down what it is told."""
    here = tmp_path / "here"
    (here / "data").mkdir(parents=True)
    write_descriptions(write_good_folder(here / "data"), date(2026, 11, 24))
    (here / "data/CHANGELOG.md").write_text("# Changes\n\n## 2026.11.0 - 2026-11-24\n\nFirst.\n")
    (here / ".gitignore").write_text("build/\n.venv\n")
    (here / ".venv").symlink_to(VENV)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    git(here, "init", "-q", "-b", "main")
    git(here, "remote", "add", "origin", str(tmp_path / "origin.git"))
    commit(here, "Data")
    git(here, "push", "-q", "origin", "main")
    programs = tmp_path / "programs"
    programs.mkdir()
    _program(programs / "gh", GH)
    _program(programs / "make", "#!/bin/sh\nexit 0\n")
    return here


GH = f"""#!{sys.executable}
import json, os, subprocess, sys
words = sys.argv[1:]
with open(os.environ["GH_LOG"], "a", encoding="utf-8") as log:
    log.write(json.dumps(words) + "\\n")
answers = json.loads(os.environ.get("GH_ANSWERS", "{{}}"))
asked = next((word for word in words if word in answers), None)
if asked and "--jq" in words:
    given = json.dumps(answers[asked])
    wanted = words[words.index("--jq") + 1]
    subprocess.run(["jq", "--raw-output", wanted], input=given, text=True, check=True)
"""


def _program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A maintainer", "-c", "user.email=maintainer@example.org")
    return subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path, said: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", said)


def raised(folder: Path) -> None:
    """Change Seoul's 13,000 containers to 14,000."""
    good = {one[0]: one for one in good_tables()["claims"]}
    seoul = revised("claims", good["rok-dia-20240827-containers"], low="14000")
    save_changes(folder / "data", [seoul], None)


@pytest.fixture
def jq() -> None:
    """The program jq: without it, tests fail in CI and skip elsewhere."""
    if shutil.which("jq") is None:
        if os.environ.get("CI"):
            pytest.fail("jq is missing: the automatic check must have it")
        pytest.skip("jq is missing")


def run_step(folder: Path, workflow: str, step: str, **environment: object):
    """Run a step as GitHub does, in a checkout, and return how it ended."""
    path = f"{folder.parent / 'programs'}{os.pathsep}{os.environ['PATH']}"
    given = {
        name: one if isinstance(one, str) else json.dumps(one) for name, one in environment.items()
    }
    files = {name: str(folder.parent / name) for name in ("GH_LOG", "GITHUB_STEP_SUMMARY")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(workflow, step)],
        cwd=folder,
        env=os.environ | files | given | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def told_gh(folder: Path) -> list[list[str]]:
    log = folder.parent / "GH_LOG"
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def merged(checkout: Path) -> None:
    """Check out the merge of a branch with one changed figure, as for a pull request."""
    git(checkout, "switch", "-qc", "raise")
    raised(checkout)
    commit(checkout, "Raise")
    git(checkout, "switch", "-q", "--detach", "main")
    git(checkout, "merge", "-q", "--no-ff", "raise", "-m", "Merge")


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [("success", "find no fault"), ("failure", "**The checks find faults.**")],
)
def test_the_review_says_in_words_what_a_pull_request_changes(checkout, outcome, verdict):
    merged(checkout)
    result = run_step(checkout, "data-review", "Say what changes", CHECK=outcome)
    assert result.returncode == 0, result.stderr
    review = (checkout / "build/data-review.md").read_text("utf-8")
    assert review.startswith("### What this changes in the data\n\n1 claim revised.")
    assert "more than 13,000 containers → more than 14,000 containers" in review
    assert verdict in review
    assert (checkout.parent / "GITHUB_STEP_SUMMARY").read_text("utf-8") == review


PULLS = "repos/a/b/pulls"
COMMENTS = "repos/a/b/issues/7/comments"
OURS = {"login": "github-actions[bot]"}
MARKED = "<!-- data-review -->\nold"


def commented(checkout: Path, comments: list, sha: str = "abc"):
    (checkout / "data-review.md").write_text("### What this changes\n", encoding="utf-8")
    pulls = [{"number": 6, "head": {"sha": "older"}}, {"number": 7, "head": {"sha": "abc"}}]
    return run_step(
        checkout,
        "data-review-comment",
        "Write or renew the comment",
        GH_REPO="a/b",
        HEAD="someone:raise",
        HEAD_SHA=sha,
        GH_ANSWERS={PULLS: pulls, COMMENTS: comments},
    )


@pytest.mark.usefixtures("jq")
@pytest.mark.parametrize(
    ("comments", "way"),
    [
        ([], ["POST", COMMENTS]),
        ([{"id": 1, "user": OURS, "body": "another"}], ["POST", COMMENTS]),
        ([{"id": 1, "user": {"login": "other"}, "body": MARKED}], ["POST", COMMENTS]),
        (
            [{"id": n, "user": OURS, "body": MARKED} for n in (5, 6)],
            ["PATCH", "repos/a/b/issues/comments/5"],
        ),
    ],
)
def test_a_pull_request_has_one_comment_that_is_renewed(checkout, comments, way):
    result = commented(checkout, comments)
    assert result.returncode == 0, result.stderr
    written = told_gh(checkout)[-1]
    assert written == ["api", "--method", *way, "-F", "body=@comment.md"]
    text = (checkout / "comment.md").read_text("utf-8")
    assert text == "<!-- data-review -->\n### What this changes\n"


@pytest.mark.usefixtures("jq")
def test_a_review_of_an_older_commit_is_not_put_anywhere(checkout):
    result = commented(checkout, [], sha="of nobody")
    assert (result.returncode, "No open pull request" in result.stdout) == (0, True)
    assert len(told_gh(checkout)) == 1


def links_found(checkout: Path, pulls: list):
    (checkout / "build").mkdir(exist_ok=True)
    (checkout / "build/dead-links.md").write_text("# Dead links\n", encoding="utf-8")
    return run_step(
        checkout,
        "links",
        "Propose what was found",
        BRANCH="weekly-link-check",
        GITHUB_REF_NAME="main",
        GH_ANSWERS={"pr": pulls},
    )


@pytest.mark.usefixtures("jq")
@pytest.mark.parametrize(
    ("pulls", "verb"), [([], ["pr", "create"]), ([{"number": 9}], ["pr", "edit", "9"])]
)
def test_links_that_changed_are_proposed_in_one_pull_request(checkout, pulls, verb):
    raised(checkout)
    result = links_found(checkout, pulls)
    assert result.returncode == 0, result.stderr
    changed = git(checkout, "diff", "--name-only", "main", "origin/weekly-link-check")
    assert set(changed.splitlines()) <= {"data/claims.csv", "data/README.md"}
    assert told_gh(checkout)[-1][: len(verb)] == verb
    assert (checkout / "build/body.md").read_text("utf-8") == "# Dead links\n"


def test_links_that_stayed_are_proposed_to_nobody(checkout):
    result = links_found(checkout, [])
    assert (result.returncode, "Nothing is new" in result.stdout) == (0, True)
    assert git(checkout, "ls-remote", "origin").endswith("refs/heads/main")


@pytest.mark.slow
@pytest.mark.usefixtures("jq")
def test_a_release_is_marked_published_and_comes_with_its_entry(checkout):
    raised(checkout)
    commit(checkout, "Raise")
    shown = run_step(checkout, "release", "Show the entry")
    assert shown.returncode == 0, shown.stderr
    result = run_step(checkout, "release", "Release", GITHUB_REF_NAME="main")
    assert result.returncode == 0, result.stderr
    version = json.loads((checkout / "data/datapackage.json").read_text("utf-8"))["version"]
    assert version > "2026.11.0"
    tag = f"data-{version}"
    heads = git(checkout, "ls-remote", "origin")
    assert heads.count(git(checkout, "rev-parse", "HEAD")) == 3  # HEAD, main and the tag
    assert f"refs/tags/{tag}" in heads
    package = f"build/arms-shipments-{version}.zip"
    assert told_gh(checkout)[-1][:4] == ["release", "create", tag, package]
    assert (checkout / package).is_file()
    entry = (checkout / "build/entry.md").read_text("utf-8")
    assert entry.strip() in (checkout / "data/CHANGELOG.md").read_text("utf-8")
    assert (checkout.parent / "GITHUB_STEP_SUMMARY").read_text("utf-8") == entry
