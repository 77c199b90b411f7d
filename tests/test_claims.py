"""Which claims a selection holds, what was known on a day, and what stands behind a claim."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.claims import (
    RECORD_COLUMNS,
    claim,
    claim_records,
    claims_table,
    claims_with_words,
    documents,
    known_claims,
    links_of,
    selected_claims,
)
from dashboard.codes import Item
from dashboard.selection import Selection
from tests import build
from tests.build import cells, dataset_of_claims, good_dataset, said, source

EVERYTHING = Selection(item=None)


def ids(claims):
    return list(claims["claim_id"])


def ids_known_on(day: date | None, **given_cells: str) -> list[str]:
    """Return what is known on a day of one claim."""
    dataset = dataset_of_claims([build.claim("a", **given_cells)])
    return ids(known_claims(dataset.claims, day))


# ------------------------------------------------------------------ as known on a day


@pytest.mark.parametrize(("day", "known"), [(25, []), (26, ["a"]), (27, ["a"])])
def test_a_claim_is_known_from_its_day_on(day, known):
    assert ids_known_on(date(2024, 2, day), stated_on="2024-02-26") == known


@pytest.mark.parametrize(
    ("stated_on", "day", "known"),
    [
        ("2024-02", date(2024, 2, 1), []),
        ("2024-02", date(2024, 2, 28), []),
        ("2024-02", date(2024, 2, 29), ["a"]),
        ("2024", date(2024, 12, 30), []),
        ("2024", date(2024, 12, 31), ["a"]),
    ],
)
def test_a_claim_of_a_month_or_year_is_known_on_its_last_day(stated_on, day, known):
    assert ids_known_on(day, stated_on=stated_on) == known


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2024, 2, 25), []),
        (date(2024, 2, 26), ["a"]),
        (date(2024, 5, 31), ["a"]),
        (date(2024, 6, 1), []),
        (None, []),
    ],
)
def test_a_withdrawn_claim_is_known_until_the_day_before(day, known):
    withdrawn = {"withdrawn_on": "2024-06-01", "withdrawn_reason": "Misread."}
    assert ids_known_on(day, stated_on="2024-02-26", **withdrawn) == known


def test_without_a_day_everything_is_known():
    assert ids_known_on(None, stated_on="2024") == ["a"]


def test_when_the_data_took_a_claim_in_does_not_matter():
    assert ids_known_on(date(2024, 3, 1), recorded_on="2026-11-24") == ["a"]


@settings(max_examples=50)
@given(
    st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), max_size=4),
    st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    st.integers(0, 100),
)
def test_what_is_known_once_stays_known(stated, day, later):
    claims = [
        build.claim(f"c{number}", stated_on=day.isoformat()[: (4, 7, 10)[number % 3]])
        for number, day in enumerate(stated)
    ]
    table = dataset_of_claims(claims).claims
    before = set(ids(known_claims(table, day)))
    assert before <= set(ids(known_claims(table, day + timedelta(days=later))))


# ------------------------------------------------------------------ filters


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            Selection(),
            [
                "us-20240223-containers",
                "rok-mnd-20240226-containers",
                "rok-dia-20240827-containers",
            ],
        ),
        (Selection(item=Item.BALLISTIC_MISSILES), ["us-202409-missiles"]),
        (Selection(item=Item.MLRS), []),
        (Selection(claimant=("us",)), ["us-20240223-containers"]),
        (Selection(claimant=("rok-dia",)), ["rok-dia-20240827-containers"]),
        (
            Selection(claimant=("rok",)),
            ["rok-mnd-20240226-containers", "rok-dia-20240827-containers"],
        ),
        (Selection(item=None, series=("rok-shells",)), ["rok-mnd-20240226-shells"]),
        (Selection(item=None, status=("denied",)), ["dprk-20240301-denial"]),
        (Selection(item=None, measure=("capacity",)), ["rok-mnd-20240226-shells"]),
        (Selection(from_=date(2024, 2, 27)), ["rok-dia-20240827-containers"]),
        (Selection(to=date(2024, 2, 25)), ["us-20240223-containers"]),
        (
            Selection(from_=date(2024, 2, 26), to=date(2024, 2, 26)),
            ["rok-mnd-20240226-containers"],
        ),
        (Selection(claimant=("rok",), to=date(2024, 3, 1)), ["rok-mnd-20240226-containers"]),
        (Selection(as_known_on=date(2024, 2, 25)), ["us-20240223-containers"]),
    ],
)
def test_a_selection_holds_the_claims_that_fit(selection, expected):
    assert ids(selected_claims(good_dataset(), selection)) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 9, 1), date(2024, 9, 30)),
        (date(2024, 9, 15), date(2024, 9, 16)),
        (date(2024, 9, 30), None),
        (None, date(2024, 9, 1)),
    ],
)
def test_a_claim_of_a_month_is_held_by_every_span_that_it_may_lie_in(first, last):
    selection = Selection(item=Item.BALLISTIC_MISSILES, from_=first, to=last)
    assert ids(selected_claims(good_dataset(), selection)) == ["us-202409-missiles"]


@pytest.mark.parametrize(("first", "last"), [(date(2024, 10, 1), None), (None, date(2024, 8, 31))])
def test_a_claim_of_a_month_is_not_held_by_a_span_outside_it(first, last):
    selection = Selection(item=Item.BALLISTIC_MISSILES, from_=first, to=last)
    assert selected_claims(good_dataset(), selection).empty


def test_claims_come_oldest_first_and_then_by_id():
    rows = [
        build.claim("b", stated_on="2024-02-26"),
        build.claim("c", stated_on="2024-02"),
        build.claim("a", stated_on="2024-02-26"),
        build.claim("d", stated_on="2023"),
    ]
    assert ids(selected_claims(dataset_of_claims(rows), EVERYTHING)) == ["d", "a", "b", "c"]


def test_selecting_leaves_the_dataset_as_it_was():
    dataset = good_dataset()
    before = dataset.claims.copy()
    selected_claims(dataset, Selection(claimant=("rok",), text="seoul"))
    assert dataset.claims.equals(before)


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("angara", {"a"}),
        ("ANGARA", {"a"}),
        ("pier angara", {"a"}),
        ("angara lunch", set()),
        ("spokeswoman", {"b"}),
        ("the tally", {"b"}),
        ("defence ministry", {"a", "b"}),
        ("containers", {"a"}),
        ("포탄", {"b"}),
        ("the herald", {"b"}),
        ("newsweek", {"b"}),
        ("(", set()),
        (".*", set()),
    ],
)
def test_words_are_found_in_a_claim_and_in_its_documents(text, found):
    dataset = dataset_of_claims(
        [
            build.claim("a", paraphrase="Angara lay at the pier."),
            build.claim("b", item="arms", spokesperson="A spokeswoman", note="The tally bends."),
        ],
        claimants=[build.claimant("rok-mnd", name="Defence Ministry")],
        sources=[
            source("plain"),
            source(
                "doc",
                title="러시아에 포탄",
                publisher_as_found="The Herald",
                relays="Herald < Newsweek",
            ),
        ],
        claim_sources=[
            cells("claim_sources", claim_id="a", source_id="plain"),
            cells("claim_sources", claim_id="b", source_id="doc"),
        ],
    )
    assert claims_with_words(dataset, text) == found


def test_blank_words_choose_nothing_out():
    assert len(selected_claims(good_dataset(), Selection(item=None, text="  "))) == 6


# ------------------------------------------------------------------ one claim


def test_a_claim_is_found_by_its_id():
    found = claim(good_dataset(), "rok-dia-20240827-containers")
    assert (found["claimant"], found["low"], found["qualifier"]) == ("rok-dia", 13000, "more-than")


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(LookupError, match="did you mean 'rok-dia-20240827-containers'") as refusal:
        claim(good_dataset(), "rok-dia-20240828-containers")
    assert "there is no claim 'rok-dia-20240828-containers'" in str(refusal.value)


def test_a_claim_counts_its_documents():
    assert claim(good_dataset(), "rok-dia-20240827-containers")["articles"] == 2


@pytest.mark.parametrize(
    ("period_end", "as_of", "last_day"),
    [("", "2024-02-26", 26), ("2024-02-20", "2024-02-20", 20), ("2024-02", "2024-02", 29)],
)
def test_a_figure_is_as_of_the_end_of_its_period_or_of_its_statement(period_end, as_of, last_day):
    rows = [build.claim("a", stated_on="2024-02-26", period_end=period_end)]
    row = claim(dataset_of_claims(rows), "a")
    assert (row["as_of"], row["as_of_day"].day) == (as_of, last_day)


def documents_of(*rows: tuple[str, str, str, str]) -> list[str]:
    """Return the order of documents, given by source_id, role, published_on and title."""
    dataset = dataset_of_claims(
        [build.claim("a")],
        sources=[
            source(source_id, published_on=published_on, title=title)
            for source_id, _, published_on, title in rows
        ],
        claim_sources=[
            cells("claim_sources", claim_id="a", source_id=source_id, role=role)
            for source_id, role, _, _ in rows
        ],
    )
    return list(documents(dataset, ["a"])["source_id"])


def test_first_printers_come_before_relays_copies_and_mentions():
    assert documents_of(
        ("a", "mention", "2024-01-01", "T"),
        ("b", "copy", "2024-01-01", "T"),
        ("c", "relay", "2024-01-01", "T"),
        ("d", "first", "2024-12-31", "T"),
    ) == ["d", "c", "b", "a"]


def test_older_documents_come_first_and_undated_ones_last():
    assert documents_of(
        ("a", "relay", "", "T"),
        ("b", "relay", "2024-08-28", "T"),
        ("c", "relay", "2024-08-27", "T"),
    ) == ["c", "b", "a"]


def test_documents_with_a_title_come_before_those_without():
    assert documents_of(
        ("a", "relay", "2024-01-01", ""),
        ("b", "relay", "2024-08-28", "T"),
    ) == ["b", "a"]


def test_of_equal_roles_the_kind_of_publisher_decides():
    dataset = dataset_of_claims(
        [build.claim("a")],
        publishers=[
            cells("publishers", publisher=kind, name=kind, kind=kind)
            for kind in ("aggregator", "newspaper", "wire")
        ],
        sources=[
            source("a", publisher="aggregator", published_on="2024-01-01"),
            source("b", publisher="newspaper", published_on="2024-01-02"),
            source("c", publisher="wire", published_on="2024-01-03"),
        ],
        claim_sources=[
            cells("claim_sources", claim_id="a", source_id=source_id, role="relay")
            for source_id in ("a", "b", "c")
        ],
    )
    assert list(documents(dataset, ["a"])["source_id"]) == ["c", "b", "a"]


def test_a_document_whose_link_is_gone_comes_after_one_that_can_be_opened():
    gone = {"url_status": "gone", "url_checked_on": "2026-11-20"}
    dataset = dataset_of_claims(
        [build.claim("a")],
        sources=[
            source("a", published_on="2024-01-01", **gone),
            source("b", published_on="2024-01-02"),
        ],
        claim_sources=[
            cells("claim_sources", claim_id="a", source_id=source_id, role="relay")
            for source_id in ("a", "b")
        ],
    )
    assert list(documents(dataset, ["a"])["source_id"]) == ["b", "a"]


def test_a_document_comes_once_for_each_claim_that_it_carries():
    rows = documents(good_dataset(), ["rok-mnd-20240226-containers", "rok-mnd-20240226-shells"])
    assert list(rows["source_id"]) == ["kbs-20240226", "kbs-20240226"]


def test_links_are_told_from_both_ends():
    rows = links_of(good_dataset(), "rok-mnd-20240226-containers")
    assert rows[["relation", "other_claim_id", "is_outgoing"]].values.tolist() == [
        ["updates", "rok-dia-20240827-containers", False],
        ["computed-from", "rok-mnd-20240226-shells", False],
    ]


def test_a_link_is_outgoing_at_the_claim_that_depends():
    rows = links_of(good_dataset(), "rok-mnd-20240226-shells")
    assert rows[["other_claim_id", "is_outgoing"]].values.tolist() == [
        ["rok-mnd-20240226-containers", True]
    ]


# ------------------------------------------------------------------ tables


def test_records_have_the_columns_of_the_data_files():
    assert list(claim_records(good_dataset().claims).columns) == list(RECORD_COLUMNS)


def test_the_table_for_readers_has_the_newest_first():
    dataset = good_dataset()
    table = claims_table(dataset, selected_claims(dataset, Selection()))
    assert table["Claim"].tolist() == [
        "rok-dia-20240827-containers",
        "rok-mnd-20240226-containers",
        "us-20240223-containers",
    ]


def test_the_table_for_readers_says_who_and_how_many():
    rows = [build.claim("a", **said("more-than", 13000))]
    dataset = dataset_of_claims(
        rows, claimants=[build.claimant("rok-mnd", short_name="Seoul (MND)")]
    )
    row = claims_table(dataset, dataset.claims).iloc[0]
    assert (row["Who"], row["Figure"], row["Articles"]) == ("Seoul (MND)", "more than 13,000", 1)


def test_an_open_bound_stays_empty_in_the_table():
    dataset = dataset_of_claims([build.claim("a", **said("more-than", 13000))])
    row = claims_table(dataset, dataset.claims)[["Low", "High"]].isna().iloc[0]
    assert row.tolist() == [False, True]
