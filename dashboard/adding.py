"""A new claim in the making: what can be filled in by itself, and whether it is there already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

import pandas as pd

from dashboard.claimants import top_level_bodies
from dashboard.codes import NO_GRADE, Credibility, Item, Qualifier
from dashboard.dataset import Dataset
from dashboard.periods import parse_period
from dashboard.records import Record, records
from dashboard.row_changes import RowChange, added

SAME_WITHIN = timedelta(days=45)
"""How far apart two statements may lie to be taken for one, if all else is equal."""
NOT_GRADED = {"credibility": Credibility.UNKNOWN.value, "credibility_reason": NO_GRADE}

Cells = Mapping[str, str]
"""Cells of a row by column, as text; what is missing is empty."""


# ------------------------------------------------------------------ ids


def slug(text: str) -> str:
    """Return a text as an id: small letters, digits and hyphens; empty where none are left."""
    parted = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in parted if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def unused(wanted: str, taken: Collection[str]) -> str:
    """Return an id, with a number behind it if it is taken: ids are never used again."""
    if wanted not in taken:
        return wanted
    number = next(n for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
    return f"{wanted}-{number}"


def claim_id(claim: Cells, taken: Collection[str]) -> str:
    """Return the id for a claim: claimant, day, item."""
    day = claim["stated_on"].replace("-", "")
    return unused(f"{claim['claimant']}-{day}-{slug(claim['item'])}", taken)


def source_id(source: Cells, matter: str, taken: Collection[str]) -> str:
    """Return the id for a document: publisher, day where it has one, matter."""
    day = source.get("published_on", "").replace("-", "")
    return unused(
        "-".join(part for part in (source["publisher"], day, slug(matter)) if part), taken
    )


# ------------------------------------------------------------------ what is known already


def document_at(sources: pd.DataFrame, address: str) -> Record | None:
    """Return the document at a web address, if it is known; https or www make no difference."""
    same = sources[sources["url"].map(_bare_address) == _bare_address(address)]
    return records(same)[0] if len(same) else None


def publisher_at(sources: pd.DataFrame, address: str) -> str:
    """Return the id of the publisher most of whose documents are on a host; empty for none."""
    at_host = sources[sources["url"].map(_host) == _host(address)]
    return str(at_host["publisher"].mode().iloc[0]) if len(at_host) else ""


def language_of(sources: pd.DataFrame, publisher: str) -> str:
    """Return the language of most documents of a publisher; empty for a new one."""
    languages = sources.loc[sources["publisher"] == publisher, "language"]
    return str(languages.mode().iloc[0]) if len(languages) else ""


def date_in_address(address: str) -> str:
    """Return the full date that stands in a web address; empty where there is none, or two."""
    found = {
        "-".join((year, month.zfill(2), day.zfill(2)))
        for year, month, day in re.findall(
            r"(?<!\d)(20\d\d)[-/_.]?(\d\d|(?<=/)\d)[-/_.]?(\d\d|(?<=/)\d)(?!\d)", address
        )
    }
    days = [text for text in found if _is_day(text)]
    return days[0] if len(days) == 1 else ""


def same_claims(dataset: Dataset, claim: Cells) -> list[Record]:
    """Return claims that may be this one: same item, figure and state, within 45 days.

    A claim of another body of the same state counts too: agencies repeat each other. A claim that
    was withdrawn does not.
    """
    claims = dataset.claims[dataset.claims["withdrawn_on"].isna()]
    tops = top_level_bodies(dataset.claimants)
    body = tops.get(claim["claimant"], claim["claimant"])
    day = pd.Timestamp(parse_period(claim["stated_on"]).last)
    is_near = (claims["known_on"] - day).abs() <= SAME_WITHIN
    is_same = (
        (claims["item"] == claim["item"])
        & (claims["claimant"].map(tops) == body)
        & _equal(claims["low"], claim.get("low", ""))
        & _equal(claims["high"], claim.get("high", ""))
    )
    return records(claims[is_same & is_near])


def series_of(dataset: Dataset, claim: Cells) -> list[str]:
    """Return the running counts that a claim may restate: same item, measure and body or state."""
    tops = top_level_bodies(dataset.claimants)
    bodies = {claim["claimant"], tops.get(claim["claimant"], "")}
    series = dataset.series
    is_fitting = (
        (series["item"] == claim["item"])
        & (series["measure"] == claim["measure"])
        & series["claimant"].isin(bodies)
    )
    return [str(name) for name in series.loc[is_fitting, "series"]]


def _equal(bounds: pd.Series[int], cell: str) -> pd.Series[bool]:
    return (bounds == int(cell)).fillna(False) if cell else bounds.isna()


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower().removeprefix("www.")


def _bare_address(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")


def _is_day(text: str) -> bool:
    try:
        return parse_period(text).is_day
    except ValueError:
        return False


# ------------------------------------------------------------------ the rows


def bounds(qualifier: str, figure: str, other: str = "") -> dict[str, str]:
    """Return low and high of a figure with its hedge.

    Args:
        qualifier: A value of `Qualifier`.
        figure: The figure, in plain digits.
        other: The higher figure of a range.
    """
    open_above = qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
    open_below = qualifier == Qualifier.UP_TO
    high = other if qualifier == Qualifier.BETWEEN else figure
    return {
        "low": "" if open_below else figure,
        "high": "" if open_above else high,
    }


def completed(claim: Cells, today: date, taken: Collection[str]) -> dict[str, str]:
    """Return a claim with what follows from its item, and with an id if it has none.

    It is not graded: that is for a second reader.
    """
    item = Item(claim["item"])
    usual = {"unit": item.unit.value, "direction": item.direction.value, **NOT_GRADED}
    filled = usual | {name: cell for name, cell in claim.items() if cell}
    filled.setdefault("recorded_on", today.isoformat())
    filled.setdefault("claim_id", claim_id(filled, taken))
    return filled


def changes_for(
    claim: Cells | str, source: Cells | str, role: str, publisher: Cells | None = None
) -> tuple[RowChange, ...]:
    """Return the changes that enter a claim, its document and their link in one step.

    Args:
        claim: The cells of a new claim, or the id of a known one.
        source: The cells of a new document, or the id of a known one.
        role: How the document stands to the claim, a value of `SourceRole`.
        publisher: The cells of a new publisher.
    """
    link = {"claim_id": _id_in(claim, "claim_id"), "source_id": _id_in(source, "source_id")}
    rows: Iterable[tuple[str, Cells | str | None]] = (
        ("publishers", publisher),
        ("sources", source),
        ("claims", claim),
        ("claim_sources", link | {"role": role}),
    )
    return tuple(
        added(table, cells) for table, cells in rows if cells and not isinstance(cells, str)
    )


def _id_in(row: Cells | str, column: str) -> str:
    return row if isinstance(row, str) else row[column]
