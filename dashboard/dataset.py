"""The dataset: every table of `data/`, read once, checked, and never changed."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.checks import check_folder
from dashboard.issues import Issue
from dashboard.periods import Period, parse_period
from dashboard.raw_table import RawTable
from dashboard.schema import TABLES
from dashboard.tables import typed_frame

_PART = 2**18
"""Bytes read at once for the digest: room for a whole large file costs more than to read it."""
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
        sources: Beside its own columns: `publisher_name`, as found or else from the table of
            publishers, and `publisher_kind`.
        version: Calendar version of the data.
        digest: First twelve hex digits of the SHA-256 of the data files.
        sightings: Beside its own columns `known_on`, the day on which it could be known.
        as_known_on: The past day to which the dataset is frozen; None where it is not.
    """

    claimants: pd.DataFrame
    series: pd.DataFrame
    claims: pd.DataFrame
    publishers: pd.DataFrame
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
    as_known_on: date | None = None

    @property
    def label(self) -> str:
        """Version and digest as printed on every screen and export."""
        return f"{self.version} ({self.digest})"

    @property
    def last_day(self) -> date:
        """The day to which the dataset is frozen, or on which its newest claim became known."""
        return self.as_known_on or self.claims["known_on"].max().date()


def load_dataset(folder: Path = SHIPPED_DATA, today: date | None = None) -> Dataset:
    """Return the dataset in a folder.

    Args:
        folder: A folder with one CSV file per table and `datapackage.json`.
        today: Claims stated later than this day are faults; None leaves that check out.

    Raises:
        DatasetError: With every fault that the checks found.
    """
    with _collector_paused():
        tables, issues = check_folder(folder, today)
        if issues:
            raise DatasetError(issues)
        return dataset_from_tables(tables, data_version(folder), _digest(folder))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Collect no garbage meanwhile: a table is made of many small parts, and all are kept."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def dataset_from_tables(tables: Mapping[str, RawTable], version: str, digest: str) -> Dataset:
    """Return the dataset made of checked tables."""
    frames = {row.table: typed_frame(tables[row.table], row) for row in TABLES}
    frames["sources"] = _with_publishers(frames["sources"], frames["publishers"])
    frames["claims"] = _with_clocks(frames["claims"], frames["claim_sources"])
    frames["sightings"] = _with_known_on(
        frames["sightings"], frames["sighting_sources"], frames["sources"]
    )
    return Dataset(version=version, digest=digest, as_known_on=None, **frames)


def _with_publishers(sources: pd.DataFrame, publishers: pd.DataFrame) -> pd.DataFrame:
    codes, ids = pd.factorize(sources["publisher"])
    known = publishers.set_index("publisher").reindex(ids).reset_index()
    names = known["name"].reindex(codes).set_axis(sources.index)
    kinds = known["kind"].astype("str").reindex(codes).set_axis(sources.index)
    as_found = sources["publisher_as_found"]
    return sources.assign(
        publisher_name=as_found.where(as_found.notna(), names), publisher_kind=kinds
    )


def _with_clocks(claims: pd.DataFrame, claim_sources: pd.DataFrame) -> pd.DataFrame:
    as_of = claims["period_end"].where(claims["period_end"].notna(), claims["stated_on"])
    articles = claim_sources["claim_id"].value_counts(sort=False)
    return claims.assign(
        stated_first=_first_days(claims["stated_on"]),
        known_on=_last_days(claims["stated_on"]),
        as_of=as_of,
        as_of_day=_last_days(as_of),
        articles=claims["claim_id"].map(articles).astype("Int64"),
    )


def _with_known_on(
    sightings: pd.DataFrame, links: pd.DataFrame, sources: pd.DataFrame
) -> pd.DataFrame:
    """Return sightings with the day on which the public could know them.

    That is the day of the earliest dated document, or, with none, the last day observed; never a
    day before the observation.
    """
    is_linked = sources["source_id"].isin(links["source_id"])
    dated = sources.loc[is_linked, ["source_id", "published_on"]]
    published = dated.set_index("source_id")["published_on"]
    dates = _last_days(links["source_id"].map(published))
    earliest = dates.groupby(links["sighting_id"]).min()
    observed = _last_days(sightings["observed_to"])
    first_print = earliest.reindex(sightings["sighting_id"]).set_axis(sightings.index)
    return sightings.assign(known_on=first_print.where(first_print > observed, observed))


def _first_days(periods: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    return _days(periods, lambda period: period.first)


def _last_days(periods: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    return _days(periods, lambda period: period.last)


def _days(periods: pd.Series[str], day: Callable[[Period], date]) -> pd.Series[pd.Timestamp]:
    """Return a day of each period, missing where that is; each different one is parsed once."""
    codes, texts = pd.factorize(periods)
    days = pd.to_datetime(pd.Series([day(parse_period(text)) for text in texts], dtype=object))
    return pd.Series(days.reindex(codes).to_numpy(), periods.index)


def data_version(folder: Path) -> str:
    """Return the calendar version of the data in a folder.

    Raises:
        OSError: There is no data package.
        ValueError: It is no JSON.
        LookupError: It names no version.
    """
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return str(package["version"])


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for row in TABLES:
        with (folder / f"{row.table}.csv").open("rb", buffering=0) as file:
            while part := file.read(_PART):
                digest.update(part)
    return digest.hexdigest()[:12]
