"""The unit of publication: a chart that cannot leave without its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.dataset import Dataset
from dashboard.words import UsageWarning


@dataclass(frozen=True, eq=False)
class CaptionedChart:
    """A figure with everything that pages and exports print around it.

    Attributes:
        name: Short name, used in links and by the command.
        title: The finding, in words.
        subtitle: The selection, in words.
        figure: The drawing.
        table: The drawn rows, for readers: one row per mark, headings in words.
        alt: One or two sentences that say what the chart shows.
        claim_ids: The claims drawn.
        sources: The documents behind them, best first, each once (columns of `sources`).
        warnings: What to know before using it.
        origins: '174 articles · 8 claimants · 2–4 origins' behind the claims drawn, if any are.
        as_known: 'As known on …'.
        data_version: Version and digest of the data.
        as_known_on: The past day to which the data are frozen; None where they are not.
    """

    name: str
    title: str
    subtitle: str
    figure: go.Figure
    table: pd.DataFrame
    alt: str
    claim_ids: tuple[str, ...]
    sources: pd.DataFrame
    warnings: tuple[UsageWarning, ...]
    as_known: str
    data_version: str
    origins: str = ""
    as_known_on: date | None = None


def sources_by_id(dataset: Dataset, source_ids: set[str]) -> pd.DataFrame:
    """Return the documents with these ids, in the order of their ids."""
    return dataset.sources[dataset.sources["source_id"].isin(source_ids)].reset_index(drop=True)
