"""The pages and their addresses."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

VIEWS = Path(__file__).parent / "views"

PAGES = {
    "overview": st.Page(VIEWS / "overview.py", title="Overview", url_path="overview", default=True),
    "timeline": st.Page(VIEWS / "timeline.py", title="Timeline", url_path="timeline"),
    "routes": st.Page(VIEWS / "routes.py", title="Routes", url_path="routes"),
    "evidence": st.Page(VIEWS / "evidence.py", title="Evidence", url_path="evidence"),
    "vessels": st.Page(VIEWS / "vessels.py", title="Vessels", url_path="vessels"),
    "briefing": st.Page(VIEWS / "briefing.py", title="Briefing", url_path="briefing"),
    "data": st.Page(VIEWS / "data.py", title="Data", url_path="data"),
    "method": st.Page(VIEWS / "method.py", title="Method", url_path="method"),
}
