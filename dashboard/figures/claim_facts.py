"""A few claims side by side, each with all that is recorded of it: the captioned table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart
from dashboard.claimants import full_names, short_names
from dashboard.claims import claim, sources_behind
from dashboard.codes import Credibility, Reliability, Status
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme, layout_template
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words
from dashboard.records import Record, is_given
from dashboard.selection import as_known_in_words
from dashboard.series import Comparison, ComparisonError, compare
from dashboard.translation import (
    decimal_number,
    translated,
    translated_plural,
    whole_number,
)
from dashboard.words import (
    bounds_in_words,
    figure_in_words,
    figure_of_item,
    sentence_start,
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
        subtitle=translated_plural(
            "{number} claim as recorded, with what is behind it",
            "{number} claims as recorded, with what is behind each",
            len(rows),
        ),
        figure=go.Figure(layout={"template": layout_template(theme)}),
        table=table,
        alt=_alt(dataset, rows, comparison),
        claim_ids=tuple(row["claim_id"] for row in rows),
        sources=sources_behind(dataset, wanted),
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
    return figure_of_item(row["low"], row["high"], row["qualifier"], row["item"])


def _title(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> str:
    if comparison:
        figure = figure_in_words(*(rows[0][key] for key in ("low", "high", "qualifier", "unit")))
        return translated(
            "From {first_figure} to {second_figure}: {difference}",
            first_figure=figure,
            second_figure=_said(rows[1]),
            difference=_difference(comparison),
        )
    if len(rows) > 1:
        return translated("{number} claims side by side", number=len(rows))
    return _sentence(dataset, rows[0])


def _sentence(dataset: Dataset, row: Record) -> str:
    name = short_names(dataset)[row["claimant"]]
    return f"{name}, {in_words(row['stated_on'])}: {_said(row)}"


def _difference(comparison: Comparison) -> str:
    """Return what lies between two claims within their bounds: '+6,300 or more in 183 days'."""
    ends = _ends(comparison.difference_low, comparison.difference_high)
    if not comparison.days:
        return ends
    return translated_plural(
        "{difference} in {number} day",
        "{difference} in {number} days",
        comparison.days,
        difference=ends,
    )


def _ends(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        if low == high:
            return _signed(low)
        return translated("{low} to {high}", low=_signed(low), high=_signed(high))
    if low is not None:
        return translated("{figure} or more", figure=_signed(low))
    if high is not None:
        return translated("{figure} or less", figure=_signed(high))
    return translated("a difference of any size")


def _signed(number: int) -> str:
    return f"{'-' if number < 0 else '+'}{whole_number(abs(number))}"


def _alt(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> str:
    said = "; ".join(_sentence(dataset, row) for row in rows)
    between = ""
    if comparison:
        between = " " + translated(
            "Between them: {difference}.", difference=_difference(comparison)
        )
    caution = f" {comparison.caution}" if comparison and comparison.caution else ""
    return f"{said}.{between}{caution}"


def _table(dataset: Dataset, rows: Sequence[Record], comparison: Comparison | None) -> pd.DataFrame:
    names = short_names(dataset)
    facts = [_facts(dataset, row) for row in rows]
    if comparison:
        facts[-1][translated("After the earlier claim")] = _against(comparison)
    keys = list(dict.fromkeys(key for fact in facts for key in fact))
    kept = [key for key in keys if any(fact.get(key) for fact in facts)]
    columns = {translated("Fact"): kept}
    for row, fact in zip(rows, facts, strict=True):
        heading = f"{names[row['claimant']]}, {in_words(row['stated_on'])}"
        while heading in columns:
            heading += " "
        columns[heading] = [fact.get(key) or "" for key in kept]
    return pd.DataFrame(columns)


def _facts(dataset: Dataset, row: Record) -> dict[str, str]:
    claimants = dataset.claimants
    reliability = claimants.loc[claimants["claimant"] == row["claimant"], "reliability"].iloc[0]
    record, grade = Reliability(reliability), Credibility(row["credibility"])
    status = Status(row["status"])
    return {
        translated("Figure as said"): sentence_start(_said(row)),
        translated("Bounds"): sentence_start(bounds_in_words(row["low"], row["high"], row["unit"])),
        translated("Who"): full_names(dataset)[row["claimant"]],
        translated("Through"): sentence_start(row["spokesperson"])
        if is_given(row["spokesperson"])
        else "",
        translated("Stated on"): in_words(row["stated_on"]),
        translated("Counted up to"): in_words(row["as_of"])
        if row["as_of"] != row["stated_on"]
        else "",
        translated("What was said"): row["paraphrase"] if is_given(row["paraphrase"]) else "",
        translated("Kind of claim"): sentence_start(translated(status.meaning)),
        translated("Claimant’s record"): f"{record}: {translated(record.meaning)}",
        translated("Claim’s grade"): f"{grade}: {translated(grade.meaning)}",
        translated("Behind it"): origins_in_words(origins_of(dataset, [row["claim_id"]])),
        translated("Claim"): row["claim_id"],
    }


def _against(comparison: Comparison) -> str:
    factor = comparison.factor_low
    times = f"×{decimal_number(factor, 2)}" if factor else ""
    if factor and factor != comparison.factor_high:
        times = translated("{figure} or more", figure=times)
    times = f"; {times}" if times else ""
    caution = f". {comparison.caution}" if comparison.caution else ""
    return f"{_difference(comparison)}{times}{caution}"
