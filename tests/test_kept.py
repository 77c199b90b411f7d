"""What was worked out of a dataset is kept as long as the dataset, and of a large one less."""

import gc
from dataclasses import replace
from weakref import ref

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.kept import FEWEST, kept


def of_size(dataset: Dataset, claims: int) -> Dataset:
    return replace(dataset, claims=pd.DataFrame({"claim_id": range(claims)}))


def calls_for(dataset: Dataset, questions: int, *, are_small: bool = False) -> int:
    """Return how often a function works that is asked all questions twice."""
    calls = []

    @kept(1000, are_small=are_small)
    def work(_: Dataset, question: int) -> int:
        calls.append(question)
        return question

    for _ in range(2):
        assert [work(dataset, question) for question in range(questions)] == [*range(questions)]
    return len(calls)


def test_an_answer_is_worked_out_once(dataset):
    assert calls_for(dataset, 500) == 500


def test_answers_of_one_dataset_are_not_those_of_another(dataset):
    answer = kept(10)(lambda of: len(of.claims))
    assert (answer(of_size(dataset, 3)), answer(of_size(dataset, 5))) == (3, 5)


def test_of_a_large_dataset_fewer_answers_are_kept(dataset):
    assert calls_for(of_size(dataset, 30_000), 24) == 24
    assert calls_for(of_size(dataset, 30_000), 25) == 50
    assert calls_for(of_size(dataset, 500_000), FEWEST) == FEWEST


def test_small_answers_are_kept_whatever_the_size(dataset):
    assert calls_for(of_size(dataset, 30_000), 500, are_small=True) == 500


def test_a_dataset_that_nobody_needs_goes_with_its_answers(dataset):
    answer = kept(10)(lambda of: of.claims)
    passing = of_size(dataset, 3)
    answer(passing)
    seen = ref(passing)
    del passing
    gc.collect()
    assert seen() is None
