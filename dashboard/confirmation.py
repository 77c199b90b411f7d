"""The check of grades: a claim graded 1 is confirmed by two independent origins."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard import faults
from dashboard.claimants import top_level_bodies
from dashboard.codes import Credibility, Relation
from dashboard.issues import Issue
from dashboard.origins import Ground, evidence_free_links, origins_on
from dashboard.sheets import Sheets


def check_confirmed(sheets: Sheets) -> Iterator[Issue]:
    """Yield an issue for each claim graded 1 that has not two independent origins.

    What counts is the claim itself with those that corroborate it, or that it corroborates.
    """
    confirmed = [
        (line, claim_id)
        for line, (claim_id, credibility) in sheets["claims"].rows("claim_id", "credibility")
        if credibility == Credibility.CONFIRMED
    ]
    if not confirmed:
        return
    ground, backing = _ground(sheets), _backing(sheets)
    for line, claim_id in confirmed:
        known = [other for other in backing.get(claim_id, ()) if other in ground.claimant_of]
        if claim_id not in ground.claimant_of:
            continue
        origins = origins_on(ground, [claim_id, *known]).origins_low
        if origins < 2:
            fault = faults.not_confirmed(origins)
            yield sheets["claims"].issue(line, fault, "credibility", "1")


def _backing(sheets: Sheets) -> dict[str, set[str]]:
    backing: dict[str, set[str]] = {}
    columns = ("claim_id", "relation", "other_claim_id")
    for claim_id, relation, other in sheets["claim_links"].cells(*columns):
        if relation == Relation.CORROBORATES:
            backing.setdefault(claim_id, set()).add(other)
            backing.setdefault(other, set()).add(claim_id)
    return backing


def _ground(sheets: Sheets) -> Ground:
    claimants = pd.DataFrame(
        sheets["claimants"].cells("claimant", "kind", "part_of", "shares_with"),
        columns=["claimant", "kind", "part_of", "shares_with"],
    )
    links = pd.DataFrame(
        sheets["claim_links"].cells("claim_id", "relation", "other_claim_id"),
        columns=["claim_id", "relation", "other_claim_id"],
    )
    known = set(claimants["claimant"])
    claimant_of = {
        claim_id: claimant
        for claim_id, claimant in sheets["claims"].cells("claim_id", "claimant")
        if claimant in known
    }
    is_known = links["claim_id"].isin(claimant_of) & links["other_claim_id"].isin(claimant_of)
    sharing = claimants[claimants["shares_with"].isin(known)]
    return Ground(
        claimant_of=claimant_of,
        articles_of={},
        links=pd.DataFrame(columns=["claim_id", "source_id"]),
        rests_on=evidence_free_links(links[is_known]),
        tops=top_level_bodies(claimants),
        kinds=dict(zip(claimants["claimant"], claimants["kind"], strict=True)),
        sharing=[
            {one, other}
            for one, other in zip(sharing["claimant"], sharing["shares_with"], strict=True)
        ],
    )
