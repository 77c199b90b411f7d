"""Sections of the Data page."""

from __future__ import annotations

import streamlit as st

from dashboard.citation import cited_dataset
from dashboard.dataset import Dataset
from dashboard.exports.offline import offline_page
from dashboard.health import coverage_by_year, table_counts, weak_spots
from dashboard.packaging import data_zip
from dashboard.schema import TABLES
from dashboard.web.cite import citations
from dashboard.web.state import data_folder, data_issues, last_good_dataset, show_issues


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
    """Show the weak spots and the coverage."""
    left, right = st.columns(2)
    with left, st.container(border=True):
        st.subheader("Weak spots, counted", anchor=False)
        st.dataframe(
            weak_spots(dataset),
            hide_index=True,
            column_config={"Share": st.column_config.NumberColumn(format="%.0f %%")},
            alt="Table of the weak spots of the dataset",
        )
    with right, st.container(border=True):
        st.subheader("Claims by item and year", anchor=False)
        st.dataframe(
            coverage_by_year(dataset),
            hide_index=True,
            height=353,
            alt="Table of the number of claims by item and year",
        )


def downloads(dataset: Dataset) -> None:
    """Offer each table as CSV and everything as one zip."""
    with st.container(border=True):
        st.subheader("Take it with you", anchor=False)
        st.download_button(
            "Everything as one zip (CSV and data package)",
            data=lambda: data_zip(data_folder()),
            file_name=f"arms-shipments-{dataset.version}-{dataset.digest}.zip",
            mime="application/zip",
            on_click="ignore",
            type="primary",
            icon=":material/folder_zip:",
        )
        st.download_button(
            "The whole dataset as one page that opens without internet",
            data=lambda: offline_page(last_good_dataset() or dataset),
            file_name=f"arms-shipments-{dataset.version}-{dataset.digest}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/draft:",
        )
        counts = table_counts(dataset)
        with st.expander("One table as CSV"), st.container(horizontal=True):
            for row in TABLES:
                path = data_folder() / f"{row.table}.csv"
                number = int(counts.loc[counts["Table"] == row.table, "Rows"].iloc[0])
                st.download_button(
                    f"{row.table}.csv ({number:,} rows)",
                    data=path.read_bytes,
                    file_name=f"{row.table}.csv",
                    mime="text/csv",
                    on_click="ignore",
                    key=f"download_{row.table}",
                )
        with st.expander("What is in each table"):
            st.dataframe(counts, hide_index=True, alt="Table of the tables and their rows")


def cite_this(dataset: Dataset) -> None:
    """Show how to cite the dataset."""
    with st.container(border=True):
        st.subheader("Cite this", anchor=False)
        citations(cited_dataset(dataset))
