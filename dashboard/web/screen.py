"""How wide the reader's screen is: a map fits its width, so a narrow one needs less height."""

from __future__ import annotations

import streamlit as st

NARROW_PX = 640
"""Below this width Streamlit stacks columns."""

_IS_NARROW, _WATCH = "screen is narrow", "width_watch"

_WIDTH_WATCH_JS = f"""
export default function ({{ data, setStateValue }}) {{
  const query = window.matchMedia("(max-width: {NARROW_PX}px)")
  const tell = () => setStateValue("narrow", query.matches)
  if (query.matches !== data.narrow) tell()
  query.addEventListener("change", tell)
  return () => query.removeEventListener("change", tell)
}}
"""


def height_for(wide_px: int, narrow_px: int) -> int:
    """Return the height of a map in pixels that suits the reader's screen."""
    return narrow_px if st.session_state.get(_IS_NARROW, False) else wide_px


def watch_width() -> None:
    """Run the page again when the screen is, or becomes, another than the page was made for."""
    watch = st.components.v2.component(_WATCH, html="<i hidden></i>", js=_WIDTH_WATCH_JS)
    is_narrow = st.session_state.get(_IS_NARROW, False)
    watch(
        key=_WATCH,
        data={"narrow": is_narrow},
        default={"narrow": False},
        on_narrow_change=_remember_width,
        height=1,
    )


def _remember_width() -> None:
    st.session_state[_IS_NARROW] = bool(st.session_state[_WATCH]["narrow"])
