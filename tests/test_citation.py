"""How to cite the dataset: every form names the version, the longer ones the bytes."""

import re

import pytest

from dashboard.citation import AUTHORS, TITLE, bibtex, cited_dataset, full_citation, short_citation
from tests.build import good_dataset


@pytest.mark.parametrize("cite", [short_citation, full_citation, bibtex])
def test_every_citation_names_authors_title_and_version(cite):
    text = cite(cited_dataset(good_dataset()))
    assert all(part in text for part in (AUTHORS, TITLE, "2026.11.0"))


@pytest.mark.parametrize("cite", [full_citation, bibtex])
def test_a_full_citation_names_digest_and_licence(cite):
    text = cite(cited_dataset(good_dataset()))
    assert all(part in text for part in ("0123456789ab", "CC BY 4.0"))


def test_a_footnote_is_one_line():
    assert short_citation(cited_dataset(good_dataset())) == (
        "The arms shipments dashboard authors, "
        "Reported arms shipments from North Korea to Russia, data 2026.11.0."
    )


def test_the_year_is_that_of_the_version():
    assert "authors (2026)." in full_citation(cited_dataset(good_dataset()))


def test_bibtex_has_balanced_braces_and_a_key_without_spaces():
    text = bibtex(cited_dataset(good_dataset()))
    assert text.count("{") == text.count("}")
    assert re.match(r"@misc\{[\w.-]+,\n", text)


def test_every_field_of_bibtex_but_the_last_ends_with_a_comma():
    fields = [
        line for line in bibtex(cited_dataset(good_dataset())).splitlines() if line.startswith("  ")
    ]
    assert [line.endswith(",") for line in fields] == [True] * (len(fields) - 1) + [False]
