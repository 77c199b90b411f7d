"""How to cite what is on screen."""

from __future__ import annotations

import streamlit as st

from dashboard.citation import (
    CitedWork,
    bibtex,
    csl_json,
    full_citation,
    ris,
    short_citation,
)
from dashboard.web.text import plain


def cite_popover(work: CitedWork) -> None:
    """Show a small button that opens the citations of a work; they are made when it is opened."""
    key = f"cite_{work.key}"
    icon = ":material/format_quote:"
    popover = st.popover("Cite", icon=icon, type="tertiary", key=key, on_change="rerun")
    if popover.open:
        with popover:
            citations(work)


def citations(work: CitedWork) -> None:
    """Show how to cite a work: short, full, and for reference managers."""
    st.markdown(f"**In a footnote:** {plain(short_citation(work))}")
    st.markdown(f"**In full:** {plain(full_citation(work))}")
    for name, cite in (("BibTeX", bibtex), ("CSL-JSON", csl_json), ("RIS", ris)):
        st.caption(name)
        st.code(cite(work).replace("\r\n", "\n").strip(), language=None, wrap_lines=True)
