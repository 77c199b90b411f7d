"""How healthy the dataset is: what it covers, and where it is weak, with the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from dashboard.claimants import full_names
from dashboard.claims import known_claims
from dashboard.codes import NO_GRADE, DateBasis, Item, TitleBasis, UrlStatus
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.schema import TABLES

RESTATED_WITHIN = pd.DateOffset(months=6)


@dataclass(frozen=True)
class WeakSpot:
    """Something that is wanting in some rows.

    Attributes:
        spot: Id, as it stands in the web address.
        name: What is wanting, in words.
        table: In which table.
        ids: The rows in which it is wanting.
        of: The number of rows of that table.
    """

    spot: str
    name: str
    table: Literal["claims", "sources"]
    ids: tuple[str, ...]
    of: int

    @property
    def share(self) -> float:
        """The share of rows in percent."""
        return 100 * len(self.ids) / self.of if self.of else 0.0


def table_counts(dataset: Dataset) -> pd.DataFrame:
    """Return one row per table: Table, Rows and What a row is."""
    return pd.DataFrame(
        {
            "Table": [row.table for row in TABLES],
            "Rows": [len(getattr(dataset, row.table)) for row in TABLES],
            "What a row is": [str(row.__doc__).split("\n")[0] for row in TABLES],
        }
    )


@kept(8)
def weak_spots(dataset: Dataset) -> tuple[WeakSpot, ...]:
    """Return every weak spot, documents first; those that no row has are there too."""
    return (*_of_documents(dataset.sources), *_of_claims(dataset))


def _of_documents(sources: pd.DataFrame) -> Iterable[WeakSpot]:
    spots = {
        "undated": ("Documents without a publication date", sources["published_on"].isna()),
        "date-not-recorded": (
            "Documents whose date has no recorded basis",
            sources["date_basis"] == DateBasis.NOT_RECORDED,
        ),
        "title-not-seen": (
            "Documents whose title was not seen",
            sources["title_basis"] == TitleBasis.NOT_SEEN,
        ),
        "title-rebuilt": (
            "Documents with a title rebuilt from the address",
            sources["title_basis"] == TitleBasis.ADDRESS,
        ),
        "not-archived": ("Documents without an archived copy", sources["archived_url"].isna()),
        "link-not-tried": ("Documents whose link was never tried", sources["url_status"].isna()),
        "link-dead": (
            "Documents whose link is dead",
            sources["url_status"].isin([UrlStatus.GONE, UrlStatus.UNREACHABLE]),
        ),
    }
    for spot, (name, mask) in spots.items():
        yield WeakSpot(spot, name, "sources", tuple(sources.loc[mask, "source_id"]), len(sources))


def _of_claims(dataset: Dataset) -> Iterable[WeakSpot]:
    claims = known_claims(dataset.claims, None)
    sources, links = dataset.sources, dataset.claim_sources
    dated_sources = sources.loc[sources["published_on"].notna(), "source_id"]
    dated = links.loc[links["source_id"].isin(dated_sources), "claim_id"]
    spots = {
        "one-document": ("Claims found in one document only", claims["articles"] == 1),
        "no-dated-document": (
            "Claims without any dated document",
            ~claims["claim_id"].isin(dated),
        ),
        "no-figure": ("Claims without a figure", claims["low"].isna() & claims["high"].isna()),
        "month-only": ("Claims dated only to a month or year", claims["stated_on"].str.len() < 10),
        "not-graded": ("Claims never graded", claims["credibility_reason"] == NO_GRADE),
        "low-confidence": ("Claims read with low confidence", claims["confidence"] == "low"),
    }
    for spot, (name, mask) in spots.items():
        yield WeakSpot(spot, name, "claims", tuple(claims.loc[mask, "claim_id"]), len(claims))


def weak_spot(dataset: Dataset, spot: str) -> WeakSpot | None:
    """Return a weak spot by its id; None where there is none of that id."""
    return next((one for one in weak_spots(dataset) if one.spot == spot), None)


def share_with_two_documents(dataset: Dataset) -> float:
    """Return the share in percent of claims that two or more documents carry."""
    claims = known_claims(dataset.claims, None)
    return 100 * float((claims["articles"] >= 2).mean()) if len(claims) else 0.0


@kept(8)
def coverage_by_year(dataset: Dataset) -> pd.DataFrame:
    """Return claims per year of statement and item: one row an item, one column a year."""
    claims = dataset.claims
    labels = {item.value: item.label for item in Item}
    return (
        pd.crosstab(claims["item"].map(labels), claims["stated_on"].str[:4])
        .assign(Total=lambda table: table.sum(axis=1))
        .sort_values("Total", ascending=False, kind="stable")
        .rename_axis(index="Item", columns=None)
        .reset_index()
    )


@kept(8)
def coverage_by_claimant(dataset: Dataset) -> pd.DataFrame:
    """Return one row per body with claims, most claims first.

    Columns: Who, Claims, With two or more documents, Graded, First, Last (as written in the data).
    """
    claims = known_claims(dataset.claims, None)
    table = (
        claims.assign(
            several=claims["articles"] >= 2,
            graded=claims["credibility_reason"] != NO_GRADE,
        )
        .groupby("claimant")
        .agg(
            Claims=("claim_id", "size"),
            several=("several", "sum"),
            Graded=("graded", "sum"),
            First=("stated_on", "min"),
            Last=("stated_on", "max"),
        )
        .rename(columns={"several": "With two or more documents"})
        .reset_index()
    )
    table.insert(0, "Who", table.pop("claimant").map(full_names(dataset)))
    return table.sort_values(["Claims", "Who"], ascending=[False, True], ignore_index=True)


def restatements(dataset: Dataset, today: date) -> pd.DataFrame:
    """Return one row per running count, the one not restated for longest first.

    Columns: Running count, Claims, Last restated (as written), Claim (its id), Days, and Overdue:
    True where it was not restated for six months.
    """
    claims = known_claims(dataset.claims, None)
    restated = claims[claims["series"].notna()].sort_values(["known_on", "claim_id"])
    last = restated.groupby("series").tail(1)
    names = dict(zip(dataset.series["series"], dataset.series["name"], strict=True))
    sizes = restated.groupby("series").size()
    day = pd.Timestamp(today)
    return pd.DataFrame(
        {
            "Running count": last["series"].map(names),
            "Claims": last["series"].map(sizes),
            "Last restated": last["stated_on"],
            "Claim": last["claim_id"],
            "Days": (day - last["known_on"]).dt.days,
            "Overdue": last["known_on"] < day - RESTATED_WITHIN,
        }
    ).reset_index(drop=True)
