"""Entry of the web dashboard: the frame around every page."""

from __future__ import annotations

import streamlit as st

from dashboard.web.frame import begin_page, end_page
from dashboard.web.pages import own_pages

begin_page()
page = st.navigation(own_pages(), position="top")
page.run()
end_page()
