"""How healthy the dataset is: counts of what it holds and of its weak spots."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from dashboard.codes import Item
from dashboard.dataset import Dataset
from dashboard.schema import TABLES


def table_counts(dataset: Dataset) -> pd.DataFrame:
    """Return one row per table: Table, Rows and What a row is."""
    return pd.DataFrame(
        {
            "Table": [row.table for row in TABLES],
            "Rows": [len(getattr(dataset, row.table)) for row in TABLES],
            "What a row is": [str(row.__doc__).split("\n")[0] for row in TABLES],
        }
    )


@lru_cache(maxsize=16)
def weak_spots(dataset: Dataset) -> pd.DataFrame:
    """Return one row per weak spot: Weak spot, Count, Of, and Share in percent."""
    claims, sources = dataset.claims, dataset.sources
    spots = [
        ("Documents without a publication date", sources["published_on"].isna()),
        ("Documents whose title was not seen", sources["title_basis"] == "not-seen"),
        ("Documents with a title rebuilt from the address", sources["title_basis"] == "address"),
        ("Documents without an archived copy", sources["archived_url"].isna()),
        ("Documents whose link was never tried", sources["url_status"].isna()),
        ("Claims found in one document only", claims["articles"] == 1),
        ("Claims without a figure", claims["low"].isna() & claims["high"].isna()),
        ("Claims dated only to a month or year", claims["stated_on"].str.len() < 10),
        ("Claims never graded", claims["credibility_reason"] == "Not yet graded."),
    ]
    return pd.DataFrame(
        {
            "Weak spot": [name for name, _ in spots],
            "Count": [int(mask.sum()) for _, mask in spots],
            "Of": [len(mask) for _, mask in spots],
            "Share": [round(100 * float(mask.mean()), 1) for _, mask in spots],
        }
    )


@lru_cache(maxsize=16)
def coverage_by_year(dataset: Dataset) -> pd.DataFrame:
    """Return claims per year of statement and item: one row an item, one column a year."""
    claims = dataset.claims
    labels = {item.value: item.label for item in Item}
    return (
        pd.crosstab(claims["item"].map(labels), claims["stated_on"].str[:4])
        .rename_axis(index="Item", columns=None)
        .reset_index()
    )
