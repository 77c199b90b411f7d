"""What was worked out of a dataset, kept for the next who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

CLAIMS_KEPT = 720_000
FEWEST = 16
Others = ParamSpec("Others")
Result = TypeVar("Result")
Work = Callable[Concatenate["Dataset", Others], Result]


def kept(
    most: int, *, are_small: bool = False
) -> Callable[[Work[Others, Result]], Work[Others, Result]]:
    """Have a function keep its newest results for each dataset, as long as that dataset lives.

    Of a large dataset fewer are kept: so many that, were each the whole of it frozen to some day,
    they would hold 720,000 claims together, which is half a gigabyte.

    Args:
        most: The number of results for one dataset that is not large.
        are_small: Results are so small that the size of the dataset does not matter.
    """

    def keeping(work: Work[Others, Result]) -> Work[Others, Result]:
        of_dataset: WeakKeyDictionary[Dataset, Callable[..., Result]] = WeakKeyDictionary()

        def kept_or_worked_out(
            dataset: Dataset, /, *others: Others.args, **named: Others.kwargs
        ) -> Result:
            of_this = of_dataset.get(dataset)
            if of_this is None:
                number = most if are_small else min(most, _fitting(dataset))
                of_this = of_dataset.setdefault(dataset, _keeping(work, dataset, number))
            return of_this(*others, **named)

        kept_or_worked_out.__doc__ = work.__doc__
        return kept_or_worked_out

    return keeping


def _fitting(dataset: Dataset) -> int:
    return max(FEWEST, CLAIMS_KEPT // max(len(dataset.claims), 1))


def _keeping(work: Callable[..., Result], dataset: Dataset, number: int) -> Callable[..., Result]:
    """Return the function for one dataset; it must not hold the dataset, or both would live on."""
    itself = ref(dataset)

    @lru_cache(maxsize=number)
    def of_this(*others: object, **named: object) -> Result:
        return work(itself(), *others, **named)

    return of_this
