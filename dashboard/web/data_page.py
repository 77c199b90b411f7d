"""Sections of the Data page."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard.citation import cited_dataset
from dashboard.dataset import Dataset
from dashboard.exports.formats import safe_name
from dashboard.exports.offline import offline_page
from dashboard.feed import PATH as FEED_PATH
from dashboard.health import (
    coverage_by_claimant,
    coverage_by_year,
    restatements,
    share_with_two_documents,
    table_counts,
    weak_spot,
    weak_spots,
)
from dashboard.packaging import data_zip
from dashboard.schema import TABLES
from dashboard.tables import leads_out
from dashboard.web.address import chosen_tabs
from dashboard.web.cite import citations
from dashboard.web.state import data_folder, data_issues, last_good_dataset, show_issues
from dashboard.words import counted

_HEIGHT = 493
"""Of tables that would be longer than a screen: header and thirteen rows."""


def contents(dataset: Dataset) -> None:
    """Show version, checks and the number of rows of each table."""
    counts = table_counts(dataset)
    rows = dict(zip(counts["Table"], counts["Rows"], strict=True))
    columns = st.columns(4)
    columns[0].metric("Claims", f"{rows['claims']:,}")
    columns[1].metric("Documents", f"{rows['sources']:,}")
    columns[2].metric("Languages", f"{dataset.sources['language'].nunique()}")
    columns[3].metric("Version", dataset.version, help=f"SHA-256 starts with {dataset.digest}")
    issues = data_issues()
    if issues:
        show_issues(issues)
    else:
        st.success("The checks find no fault in these files.")


def health(dataset: Dataset) -> None:
    """Show where the dataset is weak, what it covers, and which counts have gone stale."""
    with st.container(border=True):
        st.header("How sound it is", anchor=False)
        with st.container(horizontal=True, gap="medium"):
            for label, share in _shares(dataset).items():
                st.metric(label, f"{share:.0f} %", width="content")
        for view, show in zip(
            chosen_tabs(list(_HEALTH_VIEWS), "health"), _HEALTH_VIEWS.values(), strict=True
        ):
            if view.open:
                with view:
                    show(dataset)


def _coverage_by_year(dataset: Dataset) -> None:
    alt = "Table of the number of claims by item and year"
    st.dataframe(coverage_by_year(dataset), hide_index=True, height=_HEIGHT, alt=alt)


def _coverage_by_claimant(dataset: Dataset) -> None:
    alt = "Table of the number of claims by claimant"
    st.dataframe(coverage_by_claimant(dataset), hide_index=True, height=_HEIGHT, alt=alt)


def _shares(dataset: Dataset) -> dict[str, float]:
    """Return the shares that say most, in percent."""
    undated, archived, graded = (
        weak_spot(dataset, spot) for spot in ("undated", "not-archived", "not-graded")
    )
    return {
        "Claims in two or more documents": share_with_two_documents(dataset),
        "Claims graded": 100 - graded.share if graded else 0.0,
        "Documents with a date": 100 - undated.share if undated else 0.0,
        "Documents with an archived copy": 100 - archived.share if archived else 0.0,
    }


def _weak_spot_table(dataset: Dataset) -> None:
    spots = weak_spots(dataset)
    table = pd.DataFrame(
        {
            "Weak spot": [spot.name for spot in spots],
            "Count": [len(spot.ids) for spot in spots],
            "Of": [spot.of for spot in spots],
            "Share": [spot.share for spot in spots],
            "Rows": [f"evidence?weak={spot.spot}" if spot.ids else None for spot in spots],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        column_config={
            "Share": st.column_config.ProgressColumn(format="%.0f %%", max_value=100),
            "Rows": st.column_config.LinkColumn(display_text="Show"),
        },
        alt="Table of the weak spots of the dataset, each with a link to its rows",
    )


def _restatement_table(dataset: Dataset) -> None:
    table = restatements(dataset, dataset.as_known_on or datetime.now(UTC).date())
    overdue = int(table["Overdue"].sum())
    st.caption(
        f"{overdue} of {counted(len(table), 'running count')} were not restated for six months. "
        "That may mean that nobody said more, or that nobody has looked."
    )
    shown = table.assign(
        Claim=[f"evidence?claim={claim}" for claim in table["Claim"]],
        Overdue=table["Overdue"].map({True: "over six months", False: ""}),
    )
    st.dataframe(
        shown.drop(columns="Days"),
        hide_index=True,
        height=_HEIGHT,
        column_config={"Claim": st.column_config.LinkColumn("Last claim", display_text="Open")},
        alt="Table of the running counts and when each was last restated",
    )


_HEALTH_VIEWS = {
    "Weak spots": _weak_spot_table,
    "By item and year": _coverage_by_year,
    "By claimant": _coverage_by_claimant,
    "Running counts": _restatement_table,
}


def downloads(dataset: Dataset) -> None:
    """Offer each table as CSV and everything as one zip."""
    with st.container(border=True):
        st.header("Take it with you", anchor=False)
        name = safe_name(f"arms-shipments-{dataset.version}-{dataset.digest}")
        st.download_button(
            "Everything as one zip (CSV and data package)",
            data=lambda: data_zip(data_folder()),
            file_name=f"{name}.zip",
            mime="application/zip",
            on_click="ignore",
            type="primary",
            icon=":material/folder_zip:",
        )
        st.download_button(
            "The whole dataset as one page that opens without internet",
            data=lambda: offline_page(last_good_dataset() or dataset),
            file_name=f"{name}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/draft:",
        )
        counts = table_counts(dataset)
        rows = dict(zip(counts["Table"], counts["Rows"], strict=True))
        with st.expander("One table as CSV"), st.container(horizontal=True):
            for row in TABLES:
                path = data_folder() / f"{row.table}.csv"
                if leads_out(path):
                    continue
                st.download_button(
                    f"{row.table}.csv ({rows[row.table]:,} rows)",
                    data=path.read_bytes,
                    file_name=f"{row.table}.csv",
                    mime="text/csv",
                    on_click="ignore",
                    key=f"download_{row.table}",
                )
        with st.expander("What is in each table"):
            st.dataframe(counts, hide_index=True, alt="Table of the tables and their rows")
        st.markdown(f"[Follow changes (Atom)]({FEED_PATH})")


def cite_this(dataset: Dataset) -> None:
    """Show how to cite the dataset."""
    with st.container(border=True):
        st.header("Cite this", anchor=False)
        citations(cited_dataset(dataset))
