"""Who makes claims, and to which state or organisation each body belongs."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset


def top_level_bodies(claimants: pd.DataFrame) -> dict[str, str]:
    """Return for each claimant the body at the top of its `part_of` chain."""
    part_of = dict(zip(claimants["claimant"], claimants["part_of"], strict=True))

    def top(claimant: str) -> str:
        while isinstance(part_of[claimant], str):
            claimant = part_of[claimant]
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
