"""A few claims side by side, each with all that is recorded of it: the captioned table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart, sources_of_claims
from dashboard.claimants import full_names, short_names
from dashboard.claims import claim
from dashboard.codes import Credibility, Reliability, Status
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme, layout_template
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words
from dashboard.records import Record, is_given
from dashboard.selection import as_known_in_words
from dashboard.series import Comparison, ComparisonError, compare
from dashboard.words import (
    bounds_in_words,
    counted,
    figure_in_words,
    sentence_start,
    unit_in_words,
    usage_warnings,
)

MOST_CLAIMS = 4
"""Claims that find room side by side."""


def claims_chart(dataset: Dataset, claim_ids: Sequence[str], theme: Theme) -> CaptionedChart:
    """Return up to four claims side by side: figure, bounds, who, when, grade, origins, documents.

    There is nothing to draw: pages and slides show the table in the place of the figure.

    Raises:
        LookupError: There is no such claim, none was given, or more than find room.
    """
    wanted = tuple(dict.fromkeys(claim_ids))
    if not 1 <= len(wanted) <= MOST_CLAIMS:
        raise LookupError(f"give 1 to {MOST_CLAIMS} claims to stand side by side")
    rows = sorted(
        (claim(dataset, claim_id) for claim_id in wanted),
        key=lambda row: (row["known_on"], row["as_of_day"], row["claim_id"]),
    )
    comparison = _comparison(dataset, wanted)
    table = _table(dataset, rows, comparison)
    claims = dataset.claims[dataset.claims["claim_id"].isin(wanted)]
    return CaptionedChart(
        name="claims",
        title=_title(dataset, rows, comparison),
        subtitle=f"{counted(len(rows), 'claim')} as recorded, with what is behind "
        f"{'it' if len(rows) == 1 else 'each'}",
        figure=go.Figure(layout={"template": layout_template(theme)}),
        table=table,
        alt=_alt(dataset, rows, comparison),
        claim_ids=tuple(row["claim_id"] for row in rows),
        sources=sources_of_claims(dataset, wanted),
        warnings=usage_warnings(claims),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        data_version=dataset.label,
        origins=origins_in_words(origins_of(dataset, wanted)),
        as_known_on=dataset.as_known_on,
    )


def _comparison(dataset: Dataset, claim_ids: Sequence[str]) -> Comparison | None:
    """Return what lies between two claims; None where there are not two that may be compared."""
    if len(claim_ids) != 2:
        return None
    try:
        return compare(dataset, *claim_ids)
    except ComparisonError:
        return None


def _said(row: Record) -> str:
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    return f"{figure}{unit_in_words(row['item'])}"


def _title(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> str:
    if comparison:
        figure = figure_in_words(*(rows[0][key] for key in ("low", "high", "qualifier", "unit")))
        return f"From {figure} to {_said(rows[1])}: {_difference(comparison)}"
    if len(rows) > 1:
        return f"{len(rows)} claims side by side"
    return _sentence(dataset, rows[0])


def _sentence(dataset: Dataset, row: Record) -> str:
    name = short_names(dataset)[row["claimant"]]
    return f"{name}, {in_words(row['stated_on'])}: {_said(row)}"


def _difference(comparison: Comparison) -> str:
    """Return what lies between two claims within their bounds: '+6,300 or more in 183 days'."""
    low, high = comparison.difference_low, comparison.difference_high
    days = f" in {counted(comparison.days, 'day')}" if comparison.days else ""
    if low is not None and high is not None:
        ends = f"{low:+,}" if low == high else f"{low:+,} to {high:+,}"
    elif low is not None:
        ends = f"{low:+,} or more"
    else:
        ends = f"{high:+,} or less" if high is not None else "a difference of any size"
    return ends + days


def _alt(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> str:
    said = "; ".join(_sentence(dataset, row) for row in rows)
    between = f" Between them: {_difference(comparison)}." if comparison else ""
    caution = f" {comparison.caution}" if comparison and comparison.caution else ""
    return f"{said}.{between}{caution}"


def _table(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> pd.DataFrame:
    names = short_names(dataset)
    facts = [_facts(dataset, row) for row in rows]
    if comparison:
        facts[-1]["After the earlier claim"] = _against(comparison)
    keys = list(dict.fromkeys(key for fact in facts for key in fact))
    kept = [key for key in keys if any(fact.get(key) for fact in facts)]
    columns = {"Fact": kept}
    for row, fact in zip(rows, facts, strict=True):
        heading = f"{names[row['claimant']]}, {in_words(row['stated_on'])}"
        while heading in columns:
            heading += " "
        columns[heading] = [fact.get(key) or "" for key in kept]
    return pd.DataFrame(columns)


def _facts(dataset: Dataset, row: Record) -> dict[str, str]:
    claimants = dataset.claimants
    reliability = claimants.loc[claimants["claimant"] == row["claimant"], "reliability"].iloc[0]
    return {
        "Figure as said": sentence_start(_said(row)),
        "Bounds": sentence_start(bounds_in_words(row["low"], row["high"], row["unit"])),
        "Who": full_names(dataset)[row["claimant"]],
        "Through": sentence_start(row["spokesperson"]) if is_given(row["spokesperson"]) else "",
        "Stated on": in_words(row["stated_on"]),
        "Counted up to": in_words(row["as_of"]) if row["as_of"] != row["stated_on"] else "",
        "What was said": row["paraphrase"] if is_given(row["paraphrase"]) else "",
        "Kind of claim": sentence_start(Status(row["status"]).meaning),
        "Claimant’s record": f"{reliability}: {Reliability(reliability).meaning}",
        "Claim’s grade": f"{row['credibility']}: {Credibility(row['credibility']).meaning}",
        "Behind it": origins_in_words(origins_of(dataset, [row["claim_id"]])),
        "Claim": row["claim_id"],
    }


def _against(comparison: Comparison) -> str:
    factor = comparison.factor_low
    more = "" if factor == comparison.factor_high else " or more"
    times = f"; ×{factor:.2f}{more}" if factor else ""
    caution = f". {comparison.caution}" if comparison.caution else ""
    return f"{_difference(comparison)}{times}{caution}"
