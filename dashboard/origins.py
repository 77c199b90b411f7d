"""Origins: how many bodies really stand behind claims, however many articles print them.

Method: walk each claim up its evidence-free links (restates, computed-from, aggregates, cites) to
its roots. `high` counts the distinct top-level bodies of the roots; `low` counts them again after
merging bodies that share intelligence and leaving out unnamed ones. A circle of claims that cite
each other counts once. See docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.claimants import kinds, top_level_bodies
from dashboard.dataset import Dataset
from dashboard.schema import ClaimantKind, Relation
from dashboard.words import counted

EVIDENCE_FREE = (Relation.RESTATES, Relation.COMPUTED_FROM, Relation.AGGREGATES, Relation.CITES)


@dataclass(frozen=True)
class Origins:
    """How independent a set of claims is.

    Attributes:
        articles: Distinct documents that carry the claims.
        claimants: Distinct claimants of the claims.
        origins_low: Least number of independent origins.
        origins_high: Greatest number of independent origins.
        roots: Ids of the claims at which the walk ends, in order.
    """

    articles: int
    claimants: int
    origins_low: int
    origins_high: int
    roots: tuple[str, ...]


def origins_of(dataset: Dataset, claim_ids: Iterable[str]) -> Origins:
    """Return the articles, claimants and origins behind claims.

    Raises:
        LookupError: A claim is unknown.
    """
    wanted = list(dict.fromkeys(claim_ids))
    claimant_of = dict(zip(dataset.claims["claim_id"], dataset.claims["claimant"], strict=True))
    unknown = [claim_id for claim_id in wanted if claim_id not in claimant_of]
    if unknown:
        raise LookupError(f"there is no claim '{unknown[0]}'")
    links = dataset.claim_sources
    documents = links.loc[links["claim_id"].isin(wanted), "source_id"].nunique()
    circles = root_circles(evidence_free_links(dataset.claim_links), wanted)
    low, high = _count(dataset, claimant_of, circles)
    return Origins(
        articles=int(documents),
        claimants=len({claimant_of[claim_id] for claim_id in wanted}),
        origins_low=low,
        origins_high=high,
        roots=tuple(sorted(claim_id for circle in circles for claim_id in circle)),
    )


def evidence_free_links(claim_links: pd.DataFrame) -> dict[str, set[str]]:
    """Return for each claim the claims that it rests on without evidence of its own."""
    rows = claim_links[claim_links["relation"].isin(EVIDENCE_FREE)]
    rests_on: dict[str, set[str]] = {}
    for claim_id, other in zip(rows["claim_id"], rows["other_claim_id"], strict=True):
        rests_on.setdefault(claim_id, set()).add(other)
    return rests_on


def root_circles(rests_on: Mapping[str, set[str]], claim_ids: Sequence[str]) -> set[frozenset[str]]:
    """Return the roots of claims, each as the set of claims that cite each other in a circle.

    A claim is in a root when everything that it rests on rests on it in turn.
    """
    reachable: dict[str, set[str]] = {}

    def reached(claim_id: str) -> set[str]:
        if claim_id not in reachable:
            seen, waiting = {claim_id}, [claim_id]
            while waiting:
                fresh = rests_on.get(waiting.pop(), set()) - seen
                seen |= fresh
                waiting.extend(fresh)
            reachable[claim_id] = seen
        return reachable[claim_id]

    found = set()
    for claim_id in claim_ids:
        for candidate in reached(claim_id):
            if all(candidate in reached(other) for other in reached(candidate)):
                found.add(frozenset(reached(candidate)))
    return found


def _count(
    dataset: Dataset, claimant_of: Mapping[str, str], circles: set[frozenset[str]]
) -> tuple[int, int]:
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    bodies = [{tops[claimant_of[claim_id]] for claim_id in circle} for circle in circles]
    named = [
        body
        for body, circle in zip(bodies, circles, strict=True)
        if any(kind_of[claimant_of[claim_id]] != ClaimantKind.UNNAMED for claim_id in circle)
    ]
    shared = dataset.claimants.dropna(subset=["shares_with"])
    pairs = [
        {one, other} for one, other in zip(shared["claimant"], shared["shares_with"], strict=True)
    ]
    return len(_merged(named, pairs)), len(_merged(bodies, []))


def _merged(groups: Sequence[set[str]], ties: Sequence[set[str]]) -> list[set[str]]:
    """Return the groups, joined wherever two have a member, or a tie between members, in common."""
    merged: list[set[str]] = []
    for group in [*groups, *ties]:
        touching = [other for other in merged if other & group]
        merged = [other for other in merged if not other & group]
        merged.append(group.union(*touching))
    members = set().union(*groups)
    return [group for group in merged if group & members]


def origins_in_words(origins: Origins) -> str:
    """Return '34 articles · 1 claimant · 1 origin' or '… · 2–3 origins'."""
    low, high = origins.origins_low, origins.origins_high
    span = f"{high}" if low == high else f"{low}–{high}"
    return (
        f"{counted(origins.articles, 'article')} · {counted(origins.claimants, 'claimant')} · "
        f"{span} {'origin' if low == high == 1 else 'origins'}"
    )
