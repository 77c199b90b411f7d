"""Section of the Method page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

TEXT_PX = 820
METHODS = Path(__file__).parents[2] / "docs" / "methods.md"


@st.cache_data(show_spinner=False)
def _text() -> str:
    return METHODS.read_text(encoding="utf-8")


def method_text() -> None:
    """Show docs/methods.md, in lines of a length that can be read."""
    with st.container(width=TEXT_PX):
        st.markdown(_text())
