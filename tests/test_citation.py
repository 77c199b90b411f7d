"""How to cite the dataset: every form names the version, the longer ones the bytes."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.citation import (
    AUTHORS,
    TITLE,
    bibtex,
    cited_chart,
    cited_claim,
    cited_dataset,
    csl_json,
    full_citation,
    ris,
    short_citation,
)
from dashboard.figures.growth import growth_chart
from dashboard.selection import Selection
from tests.build import good_dataset


@pytest.mark.parametrize("cite", [short_citation, full_citation, bibtex, csl_json, ris])
def test_every_citation_names_authors_title_and_version(cite):
    text = cite(cited_dataset(good_dataset()))
    assert all(part in text for part in (AUTHORS, TITLE, "2026.11.0"))


@pytest.mark.parametrize("cite", [full_citation, bibtex, csl_json, ris])
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


# ------------------------------------------------------------------ a claim, a chart


SEOUL_13000 = "rok-dia-20240827-containers"


@pytest.fixture
def seoul():
    return cited_claim(good_dataset(), SEOUL_13000, "https://shipments.example/evidence")


@pytest.fixture(scope="module")
def chart(dataset):
    return growth_chart(dataset, Selection(), "light")


@pytest.mark.parametrize("cite", [short_citation, full_citation, bibtex, csl_json, ris])
def test_a_claim_is_cited_with_figure_body_day_and_id(seoul, cite):
    text = cite(seoul)
    assert all(part in text for part in ("13,000 containers", "27 August 2024", SEOUL_13000))
    assert TITLE in text


def test_an_unknown_claim_cannot_be_cited():
    with pytest.raises(LookupError):
        cited_claim(good_dataset(), "no-such-claim")


def test_a_chart_is_cited_with_title_and_as_known_day(chart):
    text = full_citation(cited_chart(chart))
    assert chart.title in text
    assert chart.as_known in text
    version, digest = chart.data_version.rstrip(")").split(" (")
    assert f"Version {version}, SHA-256 {digest}." in text


def test_charts_of_two_days_have_two_keys(chart):
    frozen = replace(chart, as_known_on=date(2024, 8, 28))
    assert cited_chart(frozen).key == f"{cited_chart(chart).key}-2024-08-28"


def test_signs_that_tex_would_run_are_escaped_in_bibtex(chart):
    text = bibtex(cited_chart(replace(chart, title="100 % of {a} & b_c $d$ \\input{x}")))
    title = re.search(r"title = \{\{(.*)\}\},", text)[1]
    assert title == r"100 \% of \{a\} \& b\_c \$d\$ \textbackslash{}input\{x\}"


def test_csl_json_is_one_item_with_its_container(seoul):
    (item,) = json.loads(csl_json(seoul))
    assert item["type"] == "dataset"
    assert item["container-title"] == TITLE
    assert item["issued"] == {"date-parts": [[2026]]}
    assert item["author"] == [{"literal": AUTHORS}]
    assert item["URL"] == "https://shipments.example/evidence"


def test_every_line_of_ris_is_a_tag_and_the_last_ends_the_record(chart):
    work = cited_chart(replace(chart, title="A title\r\nER  - of two lines"))
    lines = ris(work).split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines[0] == "TY  - DATA"
    assert [line for line in lines if line.startswith("ER")] == ["ER  - "]


def test_a_work_without_an_address_has_none_in_any_form():
    work = cited_dataset(good_dataset())
    assert "url" not in bibtex(work)
    assert "URL" not in csl_json(work)
    assert "UR  -" not in ris(work)


def test_the_screen_shows_a_work_in_all_five_forms():
    def page():
        from dashboard.citation import cited_dataset
        from dashboard.web.cite import citations
        from tests.build import good_dataset

        citations(cited_dataset(good_dataset()))

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert [each.value.partition(":**")[0] for each in app.markdown] == [
        "**In a footnote",
        "**In full",
    ]
    work = cited_dataset(good_dataset())
    shown = [each.value.split() for each in app.code]
    assert shown == [cite(work).split() for cite in (bibtex, csl_json, ris)]
