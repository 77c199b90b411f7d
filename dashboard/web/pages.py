"""The pages and their addresses."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

VIEWS = Path(__file__).parent / "views"


def own_pages() -> list[StreamlitPage]:
    """Return the pages, made anew for each run.

    A page remembers whether it may run; shared by two readers at the same moment, it would refuse
    one of them.
    """
    return [
        st.Page(VIEWS / "overview.py", title="Overview", url_path="overview", default=True),
        st.Page(VIEWS / "timeline.py", title="Timeline", url_path="timeline"),
        st.Page(VIEWS / "routes.py", title="Routes", url_path="routes"),
        st.Page(VIEWS / "evidence.py", title="Evidence", url_path="evidence"),
        st.Page(VIEWS / "vessels.py", title="Vessels", url_path="vessels"),
        st.Page(VIEWS / "briefing.py", title="Briefing", url_path="briefing"),
        st.Page(VIEWS / "data.py", title="Data", url_path="data"),
        st.Page(VIEWS / "method.py", title="Method", url_path="method"),
    ]
