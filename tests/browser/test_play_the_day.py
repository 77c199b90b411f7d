"""A maintainer's day, from the article to the screen of a reader."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from dashboard.dataset import SHIPPED_DATA
from tests.browser.conftest import ROOT, serving, settled, watched_page

PARAPHRASE = "Seoul said in an exercise of ours that more than 34,500 containers had been sent."
ANSWERS = {
    "Web address": "https://en.yna.co.kr/view/exercise/2026/03/05/containers",
    "Publisher": "",
    "Title as printed": "S. Korea: over 34,500 containers sent (exercise)",
    "Published on": "",
    "Language": "en",
    "Kind of document": "",
    "On whom it draws": "",
    "Who said it": "rok-dia",
    "Who spoke for it": "",
    "Said on": "",
    "What is counted": "containers",
    "Kind of quantity": "",
    "Hedge of the figure": "more-than",
    "The figure": "34500",
    "Counts from": "",
    "Counts until": "",
    "What is said": "",
    "How the body": "",
    "Running count": "",
    "The claim in": PARAPHRASE,
    "How sure": "",
    "What a reader": "",
    "How the document": "",
    "Save this?": "y",
}
"""What is typed at each question; an empty line takes the proposal."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The shipped data in a git checkout of their own."""
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED_DATA, folder, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", tmp_path)
    _git(tmp_path, "init", "-q")
    _git(tmp_path, "add", "-A")
    _git(tmp_path, "commit", "-qm", "Data")
    return folder


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=A maintainer", "-c", "user.email=maintainer@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


def _shipments(*words: str, typed: str = "") -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "dashboard", *words],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_from_an_article_to_the_screen(checkout: Path, context: BrowserContext) -> None:
    with serving(checkout) as address:
        page, wrong = watched_page(context)
        page.goto(f"{address}/timeline")
        settled(page)

        said = _shipments("add", "--data", str(checkout), typed="\n".join(ANSWERS.values()) + "\n")
        questions = [words for words in ANSWERS if words not in said]
        assert questions == []
        assert "1 claim added; 1 document added; 1 document behind a claim added." in said

        assert _shipments("check", str(checkout)) == "no faults\n"

        told = json.loads(_shipments("diff", "HEAD", "--format", "json", "--data", str(checkout)))
        assert [(one["table"], one["id"]) for one in told] == [
            ("claims", "rok-dia-20260305-containers"),
            ("sources", "yonhap-20260305-containers"),
            ("claim_sources", "rok-dia-20260305-containers / yonhap-20260305-containers"),
        ]

        build = checkout.parent / "build"
        _shipments("release", "--since", "HEAD", "--to", str(build), "--data", str(checkout))
        version = json.loads((checkout / "datapackage.json").read_text("utf-8"))["version"]
        with zipfile.ZipFile(build / f"arms-shipments-{version}.zip") as archive:
            assert PARAPHRASE in archive.read("claims.csv").decode("utf-8")
        assert "rok-dia-20260305-containers" in (checkout / "CHANGELOG.md").read_text("utf-8")

        # The reader's next step, whatever it is, brings the new figure.
        page.get_by_role("tab", name="Table").first.click()
        expect(page.get_by_text(f"Data {version}")).to_be_visible(timeout=2_000)
        page.goto(f"{address}/timeline?claim=rok-dia-20260305-containers")
        expect(page.get_by_text(PARAPHRASE)).to_be_visible()
        page.goto(f"{address}/")
        settled(page)
        expect(page.get_by_text("34,500").first).to_be_visible()
        page.close()
    assert wrong == []
