"""The register of claims as a captioned table: what a selection holds, with its documents."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart
from dashboard.claimants import full_names
from dashboard.claims import claims_table, selected_claims, sources_behind
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme, layout_template
from dashboard.origins import origins_in_words, origins_of
from dashboard.selection import Selection, as_known_in_words, selection_in_words
from dashboard.words import counted, usage_warnings


def register_chart(dataset: Dataset, selection: Selection, theme: Theme) -> CaptionedChart:
    """Return the selected claims as a table, newest first.

    There is nothing to draw: it is saved as a table.

    Raises:
        LookupError: The selection holds no claim.
    """
    claims = selected_claims(dataset, selection)
    if claims.empty:
        raise LookupError("the selection holds no claim: give fewer words, bodies or days")
    claim_ids = tuple(claims["claim_id"])
    title = counted(len(claims), "claim")
    return CaptionedChart(
        name="register",
        title=title,
        subtitle=selection_in_words(selection, full_names(dataset)),
        figure=go.Figure(layout=go.Layout(template=layout_template(theme))),
        table=claims_table(dataset, claims),
        alt=title,
        claim_ids=claim_ids,
        sources=sources_behind(dataset, claim_ids),
        warnings=usage_warnings(claims),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        data_version=dataset.label,
        origins=origins_in_words(origins_of(dataset, claim_ids)),
        as_known_on=dataset.as_known_on,
    )
