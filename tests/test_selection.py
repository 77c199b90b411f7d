"""A selection can say itself in words."""

from datetime import date

import pytest

from dashboard.codes import Item
from dashboard.selection import Selection, as_known_in_words, selection_in_words

NAMES = {"rok": "South Korea", "us": "United States"}


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(), "Containers of arms"),
        (Selection(item=None), "Everything reported"),
        (Selection(item=Item.TROOPS), "Soldiers"),
        (
            Selection(claimant=("rok", "us")),
            "Containers of arms, as stated by South Korea and United States",
        ),
        (Selection(claimant=("who",)), "Containers of arms, as stated by who"),
        (Selection(series=("a", "b")), "Containers of arms, in 2 series"),
        (
            Selection(status=("denied",), measure=("denial",)),
            "Containers of arms, only denied and denial",
        ),
        (
            Selection(from_=date(2024, 1, 1), to=date(2024, 8, 27)),
            "Containers of arms, stated from 1 January 2024, stated up to 27 August 2024",
        ),
        (Selection(text="Najin pier"), "Containers of arms, with the words “Najin pier”"),
    ],
)
def test_a_selection_says_what_was_chosen(selection, words):
    assert selection_in_words(selection, NAMES) == words


def test_nothing_chosen_means_containers():
    assert Selection().item is Item.CONTAINERS


def test_equal_choices_are_one_selection():
    assert len({Selection(claimant=("rok",)), Selection(claimant=("rok",))}) == 1


def test_a_day_is_named():
    assert as_known_in_words(date(2024, 8, 28), date(2026, 3, 1)) == "As known on 28 August 2024"


def test_without_a_day_the_newest_claim_is_named():
    assert as_known_in_words(None, date(2026, 3, 1)) == "All reports up to 1 March 2026"
