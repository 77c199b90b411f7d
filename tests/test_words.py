"""Figures, counts and warnings as readers see them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import Item, Qualifier
from dashboard.words import (
    UsageWarning,
    counted,
    figure_in_words,
    figures_in_words,
    listed,
    months_in_words,
    number_in_words,
    ranged,
    sentence_start,
    unit_in_words,
    usage_warnings,
)

FACTORS = {"million": 10**6, "billion": 10**9}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (999, "999"),
        (6700, "6,700"),
        (1_000_000, "1 million"),
        (4_800_000, "4.8 million"),
        (1_234_567, "1,234,567"),
        (9_800_000_000, "9.8 billion"),
        (20_000_000_000, "20 billion"),
    ],
)
def test_round_millions_and_billions_are_words(number, words):
    assert number_in_words(number) == words


@given(st.integers(0, 10**15) | st.integers(0, 10**9).map(lambda number: number * 10_000))
def test_a_number_in_words_keeps_all_its_digits(number):
    digits, _, word = number_in_words(number).partition(" ")
    whole, _, fraction = digits.replace(",", "").partition(".")
    value = int(whole) * FACTORS.get(word, 1)
    if fraction:
        value += int(fraction) * FACTORS[word] // 10 ** len(fraction)
    assert value == number


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (64, 64, "exactly", "64"),
        (6700, 6700, "about", "about 6,700"),
        (10000, None, "at-least", "at least 10,000"),
        (13000, pd.NA, "more-than", "more than 13,000"),
        (pd.NA, 9_000_000, "up-to", "up to 9 million"),
        (4_200_000, 5_800_000, "between", "4.2 million to 5.8 million"),
        (0, 0, "exactly", "0"),
        (None, pd.NA, None, "no figure"),
        (float("nan"), None, None, "no figure"),
    ],
)
def test_a_figure_keeps_its_hedge(low, high, qualifier, words):
    assert figure_in_words(low, high, qualifier) == words


def test_every_hedge_has_its_own_words():
    words = {figure_in_words(1, 2, qualifier.value) for qualifier in Qualifier}
    assert len(words) == len(Qualifier)


@pytest.mark.parametrize(
    ("unit", "words"),
    [("percent", "about 60 %"), ("usd", "about US$ 60"), ("rounds", "about 60")],
)
def test_percentages_and_dollars_say_so(unit, words):
    assert figure_in_words(60, 60, "about", unit) == words


def test_each_claim_has_its_own_figure():
    claims = pd.DataFrame(
        {
            "low": pd.array([6700, None], dtype="Int64"),
            "high": pd.array([6700, 40], dtype="Int64"),
            "qualifier": ["about", "up-to"],
            "unit": ["containers", "percent"],
        }
    )
    assert figures_in_words(claims) == ["about 6,700", "up to 40 %"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (Item.CONTAINERS, " containers"),
        (Item.TROOPS, " soldiers"),
        (Item.WORKERS, " workers"),
        (Item.VOYAGES, " voyages"),
        (Item.VALUE_OF_ARMS, ""),
        (Item.SHARE_OF_SHELLS, ""),
        (Item.ARMS, ""),
    ],
)
def test_an_item_is_counted_in_words_of_its_own(item, words):
    assert unit_in_words(item.value) == words


@pytest.mark.parametrize("item", Item)
def test_every_item_has_words_for_its_unit(item):
    assert unit_in_words(item.value) == unit_in_words(item.value).rstrip()


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 articles"), (1, "1 article"), (1058, "1,058 articles")]
)
def test_one_is_singular(number, words):
    assert counted(number, "article") == words


def test_an_odd_plural_is_given():
    assert counted(2, "body", "bodies") == "2 bodies"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (44, "44 days"),
        (45, "1 month"),
        (183, "6 months"),
        (700, "23 months"),
        (913, "2.5 years"),
    ],
)
def test_a_span_is_told_in_days_months_or_years(days, words):
    assert months_in_words(days) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_a_list_reads_as_a_sentence(words, sentence):
    assert listed(words) == sentence


def test_only_the_first_letter_is_raised():
    assert sentence_start("about 10 of KCNA's") == "About 10 of KCNA's"


# ------------------------------------------------------------------ warnings


def one_claim(**given_cells: object) -> pd.DataFrame:
    """Return one plain claim that calls for no warning."""
    plain = {
        "qualifier": "about",
        "status": "reported-shipped",
        "stated_on": "2024-02-26",
        "articles": 2,
    }
    return pd.DataFrame([plain | given_cells])


def test_a_plain_claim_calls_for_no_warning():
    assert usage_warnings(one_claim()) == ()


@pytest.mark.parametrize(
    ("given_cells", "warning"),
    [
        ({"qualifier": "more-than"}, UsageWarning.LOWER_BOUND),
        ({"qualifier": "at-least"}, UsageWarning.LOWER_BOUND),
        ({"qualifier": "up-to"}, UsageWarning.UPPER_BOUND),
        ({"status": "inferred-capacity"}, UsageWarning.CAPACITY),
        ({"stated_on": "2024-02"}, UsageWarning.PARTIAL_DATE),
        ({"articles": 1}, UsageWarning.SINGLE_SOURCE),
        ({"articles": 3}, UsageWarning.RELAYED),
    ],
)
def test_each_trait_calls_for_its_warning(given_cells, warning):
    assert usage_warnings(one_claim(**given_cells)) == (warning,)


def test_two_claims_must_not_be_added_up():
    assert usage_warnings(pd.concat([one_claim(), one_claim()])) == (UsageWarning.NOT_ADDITIVE,)


def test_no_claim_calls_for_no_warning():
    assert usage_warnings(one_claim().iloc[:0]) == ()


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "4"), ([1, 2], "1–2"), ([1, 3, 4, 5, 9], "1, 3–5, 9")],
)
def test_runs_of_numbers_are_drawn_together(numbers, words):
    assert ranged(numbers) == words
