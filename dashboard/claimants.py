"""Who makes claims, and to which state or organisation each body belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from dashboard.dataset import Dataset


def top_level_bodies(claimants: pd.DataFrame) -> dict[str, str]:
    """Return for each claimant the body at the top of its `part_of` chain.

    A chain that leads nowhere, or in a circle, ends where it last made sense.
    """
    part_of = dict(zip(claimants["claimant"], claimants["part_of"], strict=True))

    def top(claimant: str) -> str:
        seen = {claimant}
        while part_of[claimant] in part_of and part_of[claimant] not in seen:
            claimant = part_of[claimant]
            seen.add(claimant)
        return claimant

    return {claimant: top(claimant) for claimant in part_of}


def short_names(dataset: Dataset) -> dict[str, str]:
    """Return the label of each claimant."""
    return dict(zip(dataset.claimants["claimant"], dataset.claimants["short_name"], strict=True))


def full_names(dataset: Dataset) -> dict[str, str]:
    """Return the full name of each claimant."""
    return dict(zip(dataset.claimants["claimant"], dataset.claimants["name"], strict=True))


def kinds(dataset: Dataset) -> dict[str, str]:
    """Return the kind of each claimant."""
    return dict(zip(dataset.claimants["claimant"], dataset.claimants["kind"], strict=True))
