"""Section of the Method page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

METHODS = Path(__file__).parents[2] / "docs" / "methods.md"


@st.cache_data(show_spinner=False)
def _text() -> str:
    return METHODS.read_text(encoding="utf-8")


def method_text() -> None:
    """Show docs/methods.md."""
    st.markdown(_text())
