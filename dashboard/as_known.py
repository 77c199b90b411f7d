"""The dataset as it was known on a past day, and what changed between two days.

Three clocks are kept apart: the period that a figure is about, the day on which the public could
know it, and the day on which this dataset took it in. Here the second one counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.claims import known_claims
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.periods import parse_period

_BY_CLAIMS = {
    "claim_links": ("claim_id", "other_claim_id"),
    "conversions": ("from_claim", "to_claim"),
    "claim_places": ("claim_id",),
}
"""Tables whose rows stay with all of the claims that they name."""
_BY_SOURCES = ("route_sources", "place_sources", "vessel_sources", "sighting_sources")
"""Tables whose rows stay with their document."""

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Places = npt.NDArray[np.intp]
"""The number of a row in another table, for each row of one."""


def as_known(dataset: Dataset, day: date) -> Dataset:
    """Return the dataset as the public could know it on a day.

    Claims stated by then and not withdrawn by then stay, with the documents published by then.
    Documents without a date stay, since nothing shows that they came later; so does the earliest
    document of a claim that has no other, as the witness of the statement. Routes stay when they
    were first reported by then, sightings when they were published by then, sanctions when they
    were listed by then.
    """
    ties = _ties_of(dataset)
    claim_of, source_of = ties.claims["claim_sources", "claim_id"], ties.sources["claim_sources"]
    is_known = (ties.known_on <= np.datetime64(day)) & ~_has_come(ties.withdrawn, day)
    is_printed = np.isnat(ties.published) | _has_come(ties.published, day)
    is_of_known, is_carrier = is_known[claim_of], is_printed[source_of]
    has_carrier = _marked(len(is_known), claim_of[is_of_known & is_carrier])
    stays = is_of_known & (is_carrier | (ties.is_earliest & ~has_carrier[claim_of]))
    is_there = is_printed | _marked(len(is_printed), source_of[stays])
    articles = np.bincount(claim_of[stays], minlength=len(is_known))
    routes = dataset.routes[dataset.routes["first_reported"] <= day.isoformat()]
    sanctions = dataset.vessel_sanctions
    listed = _last_days(sanctions["listed_on"])
    return replace(
        dataset,
        claims=_with_articles(dataset.claims, articles)[is_known],
        sources=_kept(dataset.sources, is_there),
        claim_sources=_kept(dataset.claim_sources, stays),
        routes=_reset(routes),
        legs=_reset(dataset.legs[dataset.legs["route_id"].isin(routes["route_id"])]),
        sightings=_kept(dataset.sightings, _has_come(ties.seen, day)),
        vessel_sanctions=_kept(sanctions, np.isnat(listed) | _has_come(listed, day)),
        as_known_on=day,
        **_kept_links(dataset, ties, is_known, is_there),
    )


def _kept_links(dataset: Dataset, ties: _Ties, is_known: Flags, is_there: Flags) -> dict[str, Any]:
    """Return the tables whose rows hang on claims or on documents, by name."""
    kept = {
        table: np.logical_and.reduce([is_known[ties.claims[table, name]] for name in names])
        for table, names in _BY_CLAIMS.items()
    }
    kept |= {table: is_there[ties.sources[table]] for table in _BY_SOURCES}
    return {table: _kept(getattr(dataset, table), stays) for table, stays in kept.items()}


@dataclass(frozen=True)
class _Ties:
    """What all days need: when things became known, and which rows hang together.

    Attributes:
        known_on: When each claim became known.
        withdrawn: When it was withdrawn, if it was.
        published: The last day of the date of each document, if it has one.
        seen: When each sighting could be known.
        is_earliest: Where a document is the earliest of those that carry its claim.
        claims: The claim of each row, by table and column.
        sources: The document of each row, by table.
    """

    known_on: Days
    withdrawn: Days
    published: Days
    seen: Days
    is_earliest: Flags
    claims: Mapping[tuple[str, str], Places]
    sources: Mapping[str, Places]


@kept(2)
def _ties_of(dataset: Dataset) -> _Ties:
    claim_ids, source_ids = (
        pd.Index(dataset.claims["claim_id"]),
        pd.Index(dataset.sources["source_id"]),
    )
    claim_of = claim_ids.get_indexer(dataset.claim_sources["claim_id"])
    of_claims = {
        (table, name): claim_ids.get_indexer(getattr(dataset, table)[name])
        for table, names in _BY_CLAIMS.items()
        for name in names
    }
    sources = {
        table: source_ids.get_indexer(getattr(dataset, table)["source_id"])
        for table in ("claim_sources", *_BY_SOURCES)
    }
    return _Ties(
        known_on=dataset.claims["known_on"].to_numpy(),
        withdrawn=pd.to_datetime(dataset.claims["withdrawn_on"]).to_numpy(),
        published=_last_days(dataset.sources["published_on"]),
        seen=dataset.sightings["known_on"].to_numpy(),
        is_earliest=_are_earliest(
            dataset.sources["published_on"], sources["claim_sources"], claim_of
        ),
        claims={**of_claims, ("claim_sources", "claim_id"): claim_of},
        sources=sources,
    )


def _are_earliest(published: pd.Series[str], source_of: Places, claim_of: Places) -> Flags:
    """Return for each link whether its document is the earliest dated one of its claim."""
    ranks = pd.factorize(published, sort=True)[0]
    dated = np.where(ranks < 0, len(ranks), ranks)[source_of]
    earliest = np.full(claim_of.max(initial=-1) + 1, len(ranks))
    np.minimum.at(earliest, claim_of, dated)
    is_first: Flags = (dated == earliest[claim_of]) & (dated < len(ranks))
    return is_first


def _has_come(days: Days, day: date) -> Flags:
    """Return where a day has come; a missing one never has."""
    return np.asarray(days <= np.datetime64(day))


def _marked(count: int, places: Places) -> Flags:
    """Return flags for so many rows, set at some places."""
    flags = np.zeros(count, dtype=bool)
    flags[places] = True
    return flags


def _with_articles(claims: pd.DataFrame, articles: npt.NDArray[np.intp]) -> pd.DataFrame:
    return claims.assign(articles=pd.arrays.IntegerArray(articles.astype("int64"), articles == 0))


def _last_days(periods: pd.Series[str]) -> Days:
    """Return the last day of each date, and no day where it is not given."""
    last_days = {text: parse_period(text).last for text in periods.dropna().unique()}
    return pd.to_datetime(periods.map(last_days)).to_numpy().astype("datetime64[D]")


def _kept(frame: pd.DataFrame, stays: Flags) -> pd.DataFrame:
    return frame if stays.all() else _reset(frame[stays])


def statement_days(claims: pd.DataFrame) -> tuple[date, ...]:
    """Return the days on which something became known, oldest first."""
    return tuple(sorted({moment.date() for moment in claims["known_on"]}))


@dataclass(frozen=True)
class Changes:
    """What became known after one day and up to another.

    Attributes:
        added: Claims, oldest first, with the columns of `Dataset.claims`.
        withdrawn: Claims withdrawn in that time.
        moved: Series whose newest figure is another: columns series, name, claimant, old_claim
            (missing where the series is new) and new_claim.
    """

    added: pd.DataFrame
    withdrawn: pd.DataFrame
    moved: pd.DataFrame


@kept(16)
def changes(dataset: Dataset, after: date, until: date) -> Changes:
    """Return what changed between two days.

    Args:
        dataset: With all claims, not frozen to a day before `until`.
        after: The earlier day; what was known on it is old.
        until: The later day.
    """
    claims = dataset.claims
    start, end = pd.Timestamp(after), pd.Timestamp(until)
    withdrawn = pd.to_datetime(claims["withdrawn_on"])
    is_new = (claims["known_on"] > start) & (claims["known_on"] <= end)
    is_gone = (withdrawn > start) & (withdrawn <= end)
    return Changes(
        added=_reset(claims[is_new].sort_values(["known_on", "claim_id"])),
        withdrawn=_reset(claims[is_gone]),
        moved=_moved(dataset, after, until),
    )


def _moved(dataset: Dataset, after: date, until: date) -> pd.DataFrame:
    old, new = (_latest(dataset.claims, day) for day in (after, until))
    names = dict(zip(dataset.series["series"], dataset.series["name"], strict=True))
    rows = new.to_frame("new_claim").join(old.rename("old_claim"), how="left").reset_index()
    moved = rows[rows["new_claim"] != rows["old_claim"]]
    claimants = dict(zip(dataset.claims["claim_id"], dataset.claims["claimant"], strict=True))
    return _reset(
        moved.assign(name=moved["series"].map(names), claimant=moved["new_claim"].map(claimants))[
            ["series", "name", "claimant", "old_claim", "new_claim"]
        ]
    )


def _latest(claims: pd.DataFrame, day: date) -> pd.Series[str]:
    """Return the newest claim of each series as known on a day, by series."""
    known = known_claims(claims, day).sort_values(["known_on", "claim_id"])
    has_figure = known["low"].notna() | known["high"].notna()
    newest = known[known["series"].notna() & has_figure].drop_duplicates("series", keep="last")
    return newest.set_index("series")["claim_id"]


def _reset(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.reset_index(drop=True)


def next_day(days: Sequence[date], after: date | None) -> date | None:
    """Return the first of the days after a day, or the very first; None where there is none."""
    later = [day for day in days if after is None or day > after]
    return later[0] if later else None


def change_records(dataset: Dataset, found: Changes) -> pd.DataFrame:
    """Return the series that moved with the columns that the command shows, old and new bounds."""
    bounds = dataset.claims.set_index("claim_id")[["low", "high", "qualifier", "stated_on"]]
    old = bounds.reindex(found.moved["old_claim"]).add_prefix("old_").reset_index(drop=True)
    new = bounds.reindex(found.moved["new_claim"]).add_prefix("new_").reset_index(drop=True)
    return pd.concat([found.moved, old, new], axis=1)
