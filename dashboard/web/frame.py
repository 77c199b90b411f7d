"""The frame around every page: title, theme watch, warning about faulty files, footer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.web.screen import watch_width
from dashboard.web.snapshot import PATH
from dashboard.web.state import AS_KNOWN_ON, DATA_VERSION, data_issues, full_dataset
from dashboard.web.text import plain
from dashboard.web.time_control import time_control

ICON = Path(__file__).parent / "static" / "icon.svg"

_THEME_WATCH_JS = """
export default function ({ parentElement, setTriggerValue }) {
  const node = parentElement.host ?? parentElement
  const background = () =>
    getComputedStyle(node).getPropertyValue("--st-background-color").trim()
  let seen = background()
  const timer = setInterval(() => {
    const now = background()
    if (now !== seen) {
      seen = now
      setTriggerValue("changed", now)
    }
  }, 400)
  return () => clearInterval(timer)
}
"""


def begin_page() -> None:
    """Set the page up; comes before the navigation."""
    st.set_page_config(
        page_title="Reported arms shipments",
        page_icon=str(ICON),
        layout="wide",
        menu_items={"Get help": None, "Report a bug": None},
    )


def end_page() -> None:
    """Close the page with what holds on every screen."""
    dataset = full_dataset()
    issues = data_issues()
    if issues:
        st.warning(
            f"Newer data files have {len(issues)} fault{'s' if len(issues) > 1 else ''}; the last "
            f"good data stay on screen. First: {plain(issues[0])}"
        )
    linked = st.query_params.get(DATA_VERSION, dataset.version)
    if linked != dataset.version:
        st.info(
            f"This link was made with data {plain(linked)}; you see {plain(dataset.version)}. "
            "Figures may have been added or revised since."
        )
    # Small and not a caption: captions are faint, and a faint link could not be read.
    st.markdown(
        f":small[Data {plain(dataset.label)} · Public reporting only: what was said, not what is "
        f"proven · Data CC BY 4.0, code MIT · [Instant page, works offline]({_snapshot_address()})]"
    )
    watch_theme()
    watch_width()


def _snapshot_address() -> str:
    """Return the address of the instant page, at the day to which the pages are frozen."""
    day = st.query_params.get(AS_KNOWN_ON, "")
    return f"{PATH}#as_known_on={day}" if day else PATH


def watch_theme() -> None:
    """Run the page again when the reader switches between light and dark."""
    watch = st.components.v2.component("theme_watch", html="<i hidden></i>", js=_THEME_WATCH_JS)
    watch(key="theme_watch", on_changed_change=lambda: None, height=1)


def page_title(title: str, lead: str) -> None:
    """Show the heading of a page, the sentence that says what it is for, and the time control."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left, st.container(gap="xxsmall"):
        st.title(title, anchor=False)
        st.caption(lead)
    with right:
        time_control()
