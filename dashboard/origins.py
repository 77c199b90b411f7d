"""Origins: how many bodies really stand behind claims, however many articles print them.

Method: walk each claim up its evidence-free links (restates, computed-from, aggregates, cites) to
its roots. `high` counts the distinct top-level bodies of the roots; `low` counts them again after
merging bodies that share intelligence and leaving out unnamed ones. A circle of claims that cite
each other counts once: its bodies are taken for one, and for unnamed if one of them is. So another
link never adds an origin. See docs/methods.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.claimants import kinds, top_level_bodies
from dashboard.codes import ClaimantKind, Relation
from dashboard.kept import kept
from dashboard.nearest import no_such
from dashboard.translation import translated_plural

if TYPE_CHECKING:
    from dashboard.dataset import Dataset

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
    return origins_on(ground_of(dataset), claim_ids)


def origins_on(ground: Ground, claim_ids: Iterable[str]) -> Origins:
    """Return the articles, claimants and origins behind claims.

    Raises:
        LookupError: A claim is unknown.
    """
    wanted = list(dict.fromkeys(claim_ids))
    unknown = [claim_id for claim_id in wanted if claim_id not in ground.claimant_of]
    if unknown:
        raise LookupError(no_such("claim", unknown[0], ground.claimant_of))
    if len(wanted) == 1 and not ground.rests_on.get(wanted[0]):
        return _origins_of_root(ground, wanted[0])
    circles = circles_behind(ground.rests_on, wanted)
    roots = {circle for circle in circles if _is_root(circle, ground.rests_on)}
    low, high = _count(ground, roots, circles)
    return Origins(
        articles=ground.articles_behind(wanted),
        claimants=len({ground.claimant_of[claim_id] for claim_id in wanted}),
        origins_low=low,
        origins_high=high,
        roots=tuple(sorted(claim_id for circle in roots for claim_id in circle)),
    )


def _origins_of_root(ground: Ground, claim_id: str) -> Origins:
    """Return what stands behind a claim that rests on no other: one origin, if it has a name."""
    is_named = ground.kinds[ground.claimant_of[claim_id]] != ClaimantKind.UNNAMED
    return Origins(ground.articles_behind([claim_id]), 1, int(is_named), 1, (claim_id,))


@dataclass(frozen=True)
class Ground:
    """What every walk needs.

    Attributes:
        claimant_of: The claimant of each claim.
        articles_of: The number of documents that carry each claim.
        links: The documents that carry each claim: columns claim_id and source_id.
        rests_on: The claims on which each claim rests without evidence of its own.
        tops: The top-level body of each claimant.
        kinds: The kind of each claimant.
        sharing: Pairs of bodies that share intelligence.
    """

    claimant_of: Mapping[str, str]
    articles_of: Mapping[str, int]
    links: pd.DataFrame
    rests_on: Mapping[str, set[str]]
    tops: Mapping[str, str]
    kinds: Mapping[str, str]
    sharing: Sequence[set[str]]

    def articles_behind(self, claim_ids: Sequence[str]) -> int:
        """Return how many documents carry claims, each counted once."""
        if len(claim_ids) == 1:
            return self.articles_of.get(claim_ids[0], 0)
        links = self.links
        return int(links.loc[links["claim_id"].isin(claim_ids), "source_id"].nunique())


@kept(64)
def ground_of(dataset: Dataset) -> Ground:
    """Return the ground of a dataset."""
    claim_ids = dataset.claims["claim_id"].tolist()
    links = dataset.claim_sources
    carriers = links["claim_id"].value_counts()
    shared = dataset.claimants.dropna(subset=["shares_with"])
    return Ground(
        claimant_of=dict(zip(claim_ids, dataset.claims["claimant"].tolist(), strict=True)),
        articles_of=dict(zip(carriers.index.tolist(), carriers.tolist(), strict=True)),
        links=links,
        rests_on=evidence_free_links(dataset.claim_links),
        tops=top_level_bodies(dataset.claimants),
        kinds=kinds(dataset),
        sharing=[
            {one, other}
            for one, other in zip(shared["claimant"], shared["shares_with"], strict=True)
        ],
    )


def evidence_free_links(claim_links: pd.DataFrame) -> dict[str, set[str]]:
    """Return for each claim the claims that it rests on without evidence of its own."""
    rows = claim_links[claim_links["relation"].isin(EVIDENCE_FREE)]
    rests_on: dict[str, set[str]] = {}
    pairs = zip(rows["claim_id"].tolist(), rows["other_claim_id"].tolist(), strict=True)
    for claim_id, other in pairs:
        rests_on.setdefault(claim_id, set()).add(other)
    return rests_on


def circles_behind(
    rests_on: Mapping[str, set[str]], claim_ids: Sequence[str]
) -> set[frozenset[str]]:
    """Return the claims behind claims, these included, as circles that cite each other.

    A claim that is in no circle is a set of its own.
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

    behind: set[str] = set().union(*(reached(claim_id) for claim_id in claim_ids))
    alone = {claim_id for claim_id in behind if not rests_on.get(claim_id)}
    return {frozenset((claim_id,)) for claim_id in alone} | {
        frozenset(other for other in reached(claim_id) if claim_id in reached(other))
        for claim_id in behind - alone
    }


def _is_root(circle: frozenset[str], rests_on: Mapping[str, set[str]]) -> bool:
    return all(rests_on.get(claim_id, set()) <= circle for claim_id in circle)


def _count(
    ground: Ground, roots: set[frozenset[str]], circles: set[frozenset[str]]
) -> tuple[int, int]:
    def bodies(circle: frozenset[str]) -> frozenset[str]:
        return frozenset(ground.tops[ground.claimant_of[claim_id]] for claim_id in circle)

    def is_named(claim_id: str) -> bool:
        return ground.kinds[ground.claimant_of[claim_id]] != ClaimantKind.UNNAMED

    ties = {bodies(circle) for circle in circles}
    named = {bodies(circle) for circle in roots if all(map(is_named, circle))}
    return (
        _number_apart(named, ties | set(map(frozenset, ground.sharing))),
        _number_apart({bodies(circle) for circle in roots}, ties),
    )


def _number_apart(groups: Set[frozenset[str]], ties: Set[frozenset[str]]) -> int:
    """Return how many groups are left when those that a chain of ties joins are one."""
    joined: list[frozenset[str]] = []
    for tie in ties:
        touching = [other for other in joined if other & tie]
        joined = [other for other in joined if not other & tie]
        joined.append(tie.union(*touching))
    members: set[str] = set().union(*groups)
    return sum(bool(bodies & members) for bodies in joined)


def origins_in_words(origins: Origins) -> str:
    """Return '34 articles · 1 claimant · 1 origin' or '… · 2–3 origins'."""
    articles = translated_plural("{number} article", "{number} articles", origins.articles)
    claimants = translated_plural("{number} claimant", "{number} claimants", origins.claimants)
    return f"{articles} · {claimants} · {span_of_origins(origins)}"


def span_of_origins(origins: Origins) -> str:
    """Return '1 origin' or '2–3 origins'."""
    low, high = origins.origins_low, origins.origins_high
    span = f"{high}" if low == high else f"{low}–{high}"
    number = 1 if low == high == 1 else max(high, 2)
    return translated_plural("{span} origin", "{span} origins", number, span=span)
