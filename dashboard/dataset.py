"""The dataset: every table of `data/`, read once, checked, and never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.checks import check_folder
from dashboard.issues import Issue
from dashboard.periods import parse_period
from dashboard.schema import TABLES
from dashboard.tables import RawTable, typed_frame

SHIPPED_DATA = Path(__file__).parent.parent / "data"


class DatasetError(ValueError):
    """The data folder has faults; `issues` holds them all."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(str(issue) for issue in issues))
        self.issues = tuple(issues)


@dataclass(frozen=True, eq=False)
class Dataset:
    """All tables as data frames, columns as in `dashboard.schema`.

    Attributes:
        claims: Beside its own columns: `stated_first` and `known_on` (the first and the last day
            of `stated_on`), `as_of` (`period_end`, or else `stated_on`), `as_of_day` (its last
            day) and `articles` (the number of documents that carry the claim).
        version: Calendar version of the data.
        digest: First twelve hex digits of the SHA-256 of the data files.
    """

    claimants: pd.DataFrame
    series: pd.DataFrame
    claims: pd.DataFrame
    sources: pd.DataFrame
    claim_sources: pd.DataFrame
    claim_links: pd.DataFrame
    conversions: pd.DataFrame
    places: pd.DataFrame
    place_sources: pd.DataFrame
    claim_places: pd.DataFrame
    routes: pd.DataFrame
    route_sources: pd.DataFrame
    legs: pd.DataFrame
    vessels: pd.DataFrame
    vessel_sources: pd.DataFrame
    vessel_sanctions: pd.DataFrame
    sightings: pd.DataFrame
    sighting_sources: pd.DataFrame
    version: str
    digest: str

    @property
    def label(self) -> str:
        """Version and digest as printed on every screen and export."""
        return f"{self.version} ({self.digest})"


def load_dataset(folder: Path = SHIPPED_DATA, today: date | None = None) -> Dataset:
    """Return the dataset in a folder.

    Args:
        folder: A folder with one CSV file per table and `datapackage.json`.
        today: Claims stated later than this day are faults; None leaves that check out.

    Raises:
        DatasetError: With every fault that the checks found.
    """
    tables, issues = check_folder(folder, today)
    if issues:
        raise DatasetError(issues)
    return dataset_from_tables(tables, _version(folder), _digest(folder))


def dataset_from_tables(tables: Mapping[str, RawTable], version: str, digest: str) -> Dataset:
    """Return the dataset made of checked tables."""
    frames = {row.table: typed_frame(tables[row.table], row) for row in TABLES}
    frames["claims"] = _with_clocks(frames["claims"], frames["claim_sources"])
    return Dataset(**frames, version=version, digest=digest)


def _with_clocks(claims: pd.DataFrame, claim_sources: pd.DataFrame) -> pd.DataFrame:
    periods = {text: parse_period(text) for text in claims["stated_on"].unique()}
    as_of = claims["period_end"].where(claims["period_end"].notna(), claims["stated_on"])
    ends = {text: parse_period(text).last for text in as_of.unique()}
    articles = claim_sources.groupby("claim_id").size()
    return claims.assign(
        stated_first=pd.to_datetime(claims["stated_on"].map(lambda text: periods[text].first)),
        known_on=pd.to_datetime(claims["stated_on"].map(lambda text: periods[text].last)),
        as_of=as_of,
        as_of_day=pd.to_datetime(as_of.map(ends)),
        articles=claims["claim_id"].map(articles).astype("Int64"),
    )


def _version(folder: Path) -> str:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return str(package["version"])


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for row in TABLES:
        digest.update((folder / f"{row.table}.csv").read_bytes())
    return digest.hexdigest()[:12]
