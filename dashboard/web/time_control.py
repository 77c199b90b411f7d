"""As known on: one control that freezes every page to a past day, and plays the statements."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.as_known import next_day, statement_days
from dashboard.codes import Item
from dashboard.dataset import Dataset
from dashboard.kept import kept
from dashboard.periods import in_words
from dashboard.web.state import as_known_day, choose_day, current_theme, full_dataset

SECONDS_A_STATEMENT = 1.2
_BOX, _SLIDER, _PLAYING = "as known box", "as known slider", "playing"


def time_control() -> None:
    """Show the day box, the slider whose stops are the days of statements, and the play button."""
    dataset = full_dataset()
    labels = _stops(dataset)
    days = tuple(labels)
    day = as_known_day(dataset)
    _set_widgets(day, days)
    box, slider, play = st.columns([1.4, 1.6, 0.8], vertical_alignment="bottom")
    with box:
        st.date_input(
            "As known on",
            min_value=days[0],
            max_value=days[-1],
            key=_BOX,
            format="YYYY-MM-DD",
            on_change=_take_box,
            value=None,
            help="Leaves out, on every page, what was said or printed after this day",
        )
    with slider:
        _colour_of_chosen_day()
        st.select_slider(
            "Day of a statement",
            days,
            format_func=labels.__getitem__,
            key=_SLIDER,
            on_change=_take_slider,
            label_visibility="collapsed",
        )
    with play:
        _play_button()
    _play(dataset, day)


@kept(2)
def _stops(dataset: Dataset) -> dict[date, str]:
    """Return the days of statements, oldest first, each in words as the slider shows them."""
    days = statement_days(dataset.claims)
    return {day: in_words(day.isoformat()) for day in days}


def _colour_of_chosen_day() -> None:
    """Write the day on the slider in the colour of chosen options; a sign in it would be read out.

    Streamlit writes it in the primary colour, which has too little contrast in the dark theme.
    """
    colour = st.get_option(f"theme.{current_theme()}.blueTextColor")
    st.html(f"<style>.st-key-as-known-slider p {{ color: {colour}; }}</style>")


def _set_widgets(day: date | None, days: tuple[date, ...]) -> None:
    """Set box and slider to a day.

    What they show already is not set again: a reader may have moved on meanwhile, and the browser
    would go back.
    """
    earlier = [stop for stop in days if day is None or stop <= day]
    for key, value in ((_BOX, day), (_SLIDER, earlier[-1])):
        if key not in st.session_state or st.session_state[key] != value:
            st.session_state[key] = value


def _take_box() -> None:
    st.session_state[_PLAYING] = False
    choose_day(st.session_state[_BOX])


def _take_slider() -> None:
    st.session_state[_PLAYING] = False
    stops = tuple(_stops(full_dataset()))
    day = st.session_state[_SLIDER]
    choose_day(None if day == stops[-1] else day)


def _play_button() -> None:
    is_playing = st.session_state.get(_PLAYING, False)
    st.button(
        "Pause" if is_playing else "Play",
        icon=":material/pause:" if is_playing else ":material/play_arrow:",
        key="play",
        on_click=_toggle,
        width="stretch",
        help="Step through the statements, one after another",
    )


def _toggle() -> None:
    st.session_state[_PLAYING] = not st.session_state.get(_PLAYING, False)


def _play(dataset: Dataset, day: date | None) -> None:
    """Move on to the next statement after a moment, while the reader lets it play."""
    if not st.session_state.get(_PLAYING, False):
        return
    claims = dataset.claims
    item = st.query_params.get("item", Item.CONTAINERS.value)
    of_item = claims[claims["item"] == item]
    stops = statement_days(claims if of_item.empty else of_item)

    @st.fragment(run_every=SECONDS_A_STATEMENT)
    def ticker() -> None:
        if st.session_state.get(_STARTED) is None:
            st.session_state[_STARTED] = True
            return
        following = next_day(stops, day)
        if following is None or following >= stops[-1]:
            st.session_state[_PLAYING] = False
        choose_day(following if following and following < stops[-1] else None)
        st.session_state[_STARTED] = None
        st.rerun()

    ticker()


_STARTED = "tick begun"
