"""The forms for issues: what GitHub asks of a form, and what a maintainer needs of a reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).parent.parent / ".github" / "ISSUE_TEMPLATE"
CONFIG = FOLDER / "config.yml"
FORMS = {path.stem: path for path in sorted(FOLDER.glob("*.yml")) if path != CONFIG}
# What GitHub's form schema lets an element be, and what it must say then.
ELEMENTS = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "dropdown": {"label", "options"},
    "checkboxes": {"label", "options"},
}


def loaded(path: Path) -> dict:
    return yaml.safe_load(path.read_text("utf-8"))


def fields_of(name: str) -> dict[str, dict]:
    """Return the elements of a form that are filled in, by id."""
    return {one["id"]: one for one in loaded(FORMS[name])["body"] if one["type"] != "markdown"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_has_what_the_schema_of_forms_asks(name):
    form = loaded(FORMS[name])
    assert set(form) <= {"name", "description", "title", "labels", "assignees", "projects", "body"}
    assert form["name"]
    assert form["description"]
    for element in form["body"]:
        assert element["type"] in ELEMENTS
        assert ELEMENTS[element["type"]] <= set(element["attributes"])
    filled_in = [one for one in form["body"] if one["type"] != "markdown"]
    ids = [one["id"] for one in filled_in]
    labels = [one["attributes"]["label"] for one in filled_in]
    assert all(re.fullmatch(r"[a-z-]+", one) for one in ids)
    assert (len(set(ids)), len(set(labels))) == (len(ids), len(labels))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_demands_a_public_source_with_its_words(name):
    fields = fields_of(name)
    for field in ("source", "quote"):
        assert fields[field]["validations"]["required"] is True
    [promise] = fields["public"]["attributes"]["options"]
    assert promise["required"] is True
    assert "classified, leaked or private" in promise["label"]


def test_the_form_for_a_wrong_figure_asks_for_the_claim():
    assert {"claim", "says", "should", "source", "quote"} <= set(fields_of("wrong-figure"))


def test_the_form_for_a_new_claim_asks_for_what_makes_a_claim():
    assert {"claimant", "stated", "figure", "period", "source"} <= set(fields_of("new-claim"))


def test_an_issue_may_be_opened_without_a_form():
    assert set(FORMS) == {"wrong-figure", "new-claim"}
    assert loaded(CONFIG) == {"blank_issues_enabled": True}
