"""The dataset as it was known on a past day, and what changed between two days.

Three clocks are kept apart: the period that a figure is about, the day on which the public could
know it, and the day on which this dataset took it in. Here the second one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from dashboard.claims import known_claims
from dashboard.dataset import Dataset
from dashboard.periods import parse_period


def as_known(dataset: Dataset, day: date) -> Dataset:
    """Return the dataset as the public could know it on a day.

    Claims stated by then and not withdrawn by then stay, with the documents published by then.
    Documents without a date stay, since nothing shows that they came later; so does the earliest
    document of a claim that has no other, as the witness of the statement. Routes stay when they
    were first reported by then, sightings when they were published by then, sanctions when they
    were listed by then.
    """
    claims = known_claims(dataset.claims, day)
    sources = dataset.sources[_is_known(dataset.sources["published_on"], day)]
    links = _documents_by(dataset, set(claims["claim_id"]), set(sources["source_id"]))
    sightings = dataset.sightings[dataset.sightings["known_on"] <= pd.Timestamp(day)]
    routes = dataset.routes[dataset.routes["first_reported"] <= day.isoformat()]
    sanctions = dataset.vessel_sanctions
    known_sources = set(sources["source_id"]) | set(links["source_id"])
    is_witness = dataset.sources["source_id"].isin(known_sources)
    articles = links.groupby("claim_id").size()
    return replace(
        dataset,
        claims=claims.assign(articles=claims["claim_id"].map(articles).astype("Int64")),
        sources=_reset(dataset.sources[is_witness]),
        claim_sources=links,
        claim_links=_within(dataset.claim_links, claims, "claim_id", "other_claim_id"),
        conversions=_within(dataset.conversions, claims, "from_claim", "to_claim"),
        claim_places=_within(dataset.claim_places, claims, "claim_id"),
        routes=_reset(routes),
        legs=_reset(dataset.legs[dataset.legs["route_id"].isin(routes["route_id"])]),
        route_sources=_of(dataset.route_sources, known_sources),
        place_sources=_of(dataset.place_sources, known_sources),
        vessel_sources=_of(dataset.vessel_sources, known_sources),
        sightings=_reset(sightings),
        sighting_sources=_of(dataset.sighting_sources, known_sources),
        vessel_sanctions=_reset(sanctions[_is_known(sanctions["listed_on"], day)]),
        as_known_on=day,
    )


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


@lru_cache(maxsize=16)
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


def _documents_by(dataset: Dataset, claim_ids: set[str], known_sources: set[str]) -> pd.DataFrame:
    links = dataset.claim_sources
    links = links[links["claim_id"].isin(claim_ids)]
    published = links["source_id"].map(
        dict(zip(dataset.sources["source_id"], dataset.sources["published_on"], strict=True))
    )
    is_known = links["source_id"].isin(known_sources)
    has_known = links["claim_id"].isin(links.loc[is_known, "claim_id"])
    earliest = published.groupby(links["claim_id"]).transform("min")
    is_witness = ~has_known & (published == earliest)
    return _reset(links[is_known | is_witness])


def _is_known(periods: pd.Series[str], day: date) -> pd.Series[bool]:
    """Return where a date has passed on a day, or is not given."""
    last_days = {text: parse_period(text).last for text in periods.dropna().unique()}
    passed = {text: last <= day for text, last in last_days.items()}
    return periods.map(passed).astype("boolean").fillna(True).astype(bool)


def _within(frame: pd.DataFrame, claims: pd.DataFrame, *columns: str) -> pd.DataFrame:
    mask = pd.Series(True, index=frame.index)
    for column in columns:
        mask &= frame[column].isin(claims["claim_id"])
    return _reset(frame[mask])


def _of(links: pd.DataFrame, source_ids: set[str]) -> pd.DataFrame:
    return _reset(links[links["source_id"].isin(source_ids)])


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
