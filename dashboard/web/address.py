"""Widgets whose value stands in the web address, so that a pasted link gives the same view.

Streamlit's own binding writes the label of an option into the address. A label may be reworded,
an id may not; so choices are bound here, by id. Dates and text use Streamlit's binding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from dashboard.web.text import chosen_text, plain

_NOTHING = "none"


def chosen(label: str, options: Mapping[str, str], key: str, default: str) -> str:
    """Return the id of the option that the reader chose from a list.

    Args:
        label: What is chosen.
        options: Label of each id, in the order shown.
        key: Name in the address.
        default: Id that stands for a missing name in the address; never a moving one.
    """
    _take_from_address(key, options, default)
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=_put_into_address,
        args=(key, default),
    )
    value = st.session_state[key]
    return default if value is None else str(value)


def chosen_many(
    label: str, options: Mapping[str, str], key: str, placeholder: str
) -> tuple[str, ...]:
    """Return the ids of the options that the reader chose; none stands for all."""
    _take_from_address(key, options, [])
    st.multiselect(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        placeholder=placeholder,
        on_change=_put_into_address,
        args=(key, []),
    )
    return tuple(st.session_state[key])


def chosen_in_order(
    label: str, options: Mapping[str, str], key: str, default: Sequence[str]
) -> tuple[str, ...]:
    """Return the ids of the options that the reader chose, in the reader's order.

    An emptied list stands in the address as one word, so that it differs from the default.
    """
    written = st.query_params.get_all(key)
    valid = list(dict.fromkeys(value for value in written if value in options))
    usual = [value for value in default if value in options]
    st.session_state[key] = [] if written == [_NOTHING] else valid or usual
    if written != [_NOTHING] and written != valid:
        _write(key, valid)
    st.multiselect(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=key,
        on_change=_put_order_into_address,
        args=(key, usual),
    )
    return tuple(st.session_state[key])


def move_earlier(key: str, value: str, default: Sequence[str]) -> None:
    """Put an option that was chosen one place earlier; called by a button."""
    order = list(st.session_state[key])
    at = order.index(value) if value in order else 0
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    _write(key, [] if order == list(default) else order)


def chosen_pill(
    label: str, options: Mapping[str, str], key: str, default: str | None
) -> str | None:
    """Return the id of the one option that the reader marked among few, or the default."""
    _take_from_address(key, options, default)
    st.segmented_control(
        label,
        list(options),
        format_func=lambda option: chosen_text(plain(options.get(option, option))),
        key=key,
        on_change=_put_into_address,
        args=(key, default),
    )
    value = st.session_state[key]
    return default if value is None else str(value)


def chosen_tabs(names: Sequence[str], key: str) -> Sequence[TabContainer]:
    """Return tabs, of which the one that the reader chose is open; the first is the usual one."""
    written = st.query_params.get_all(key)
    valid = [name for name in written if name in names][:1]
    if written != valid:
        _write(key, valid)
    st.session_state[key] = chosen_text((valid or names)[0])
    labels = {chosen_text(name): name for name in names}
    return st.tabs(list(labels), key=key, on_change=_put_tab_into_address, args=(key, labels))


def _put_tab_into_address(key: str, labels: Mapping[str, str]) -> None:
    usual, name = next(iter(labels.values())), labels[st.session_state[key]]
    _write(key, [] if name == usual else [name])


def chosen_day(label: str, key: str, first: date, last: date, help_text: str) -> date | None:
    """Return the day that the reader entered, or None."""
    value = st.date_input(
        label,
        value=None,
        min_value=first,
        max_value=last,
        key=key,
        bind="query-params",
        format="YYYY-MM-DD",
        help=help_text,
    )
    return value if isinstance(value, date) else None


def typed_text(label: str, key: str, placeholder: str) -> str:
    """Return the words that the reader typed."""
    return st.text_input(
        label, key=key, placeholder=placeholder, max_chars=200, bind="query-params"
    )


def chosen_number(label: str, key: str, about: str, start: int, most: int) -> int:
    """Return the whole number above zero that the reader entered.

    The number always stands in the address, because what it starts from may move with the data.
    An emptied field starts anew.

    Args:
        label: What is entered.
        key: Name in the address.
        about: What the number is about; when that changes, it starts anew.
        start: What it starts from where the address has no fitting number.
        most: The greatest number allowed.
    """
    subject = f"subject of {key}"
    is_of_other = st.session_state.get(subject, about) != about
    written = [] if is_of_other else st.query_params.get_all(key)
    st.session_state[key] = _whole_number(written, most) or start
    st.session_state[subject] = about
    if written != [str(st.session_state[key])]:
        _put_number_into_address(key)
    st.number_input(
        label,
        min_value=1,
        max_value=most,
        value=None,
        step=1,
        key=key,
        on_change=_put_number_into_address,
        args=(key,),
    )
    return int(st.session_state[key])


def _put_number_into_address(key: str) -> None:
    value = st.session_state[key]
    _write(key, [] if value is None else [str(int(value))])


def _whole_number(written: Sequence[str], most: int) -> int | None:
    text = written[0] if written else ""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if is_number and 1 <= int(text) <= most else None


def part_shown(count: int, key: str, size: int) -> slice:
    """Return which part of a list is on the page that the reader chose.

    Args:
        count: How long the list is.
        key: Name of the page number in the address.
        size: Rows on a page; a list that is no longer has no pages to turn.
    """
    pages = max(1, ceil(count / size))
    if pages == 1:
        return slice(None)
    # The reader may have been on a later page of a longer list.
    number = min(st.pagination(pages, key=key, bind="query-params"), pages)
    return slice((number - 1) * size, number * size)


def switched(label: str, key: str, help_text: str) -> bool:
    """Return whether the reader switched something on; off stands for a missing name."""
    return st.toggle(label, key=key, help=help_text, bind="query-params")


def _take_from_address(
    key: str, options: Mapping[str, str], default: str | Sequence[str] | None
) -> None:
    """Set the widget to what the address says: the address alone holds the choice."""
    written = st.query_params.get_all(key)
    valid = [value for value in written if value in options]
    is_list = isinstance(default, list)
    st.session_state[key] = (valid if is_list else valid[0]) if valid else default
    kept = valid if is_list else valid[:1]
    if written != kept:
        _write(key, kept)


def _put_into_address(key: str, default: str | Sequence[str] | None) -> None:
    value = st.session_state[key]
    values = list(value) if isinstance(value, list | tuple) else [value]
    _write(key, [] if value == default or value is None else values)


def _put_order_into_address(key: str, usual: list[str]) -> None:
    order = list(st.session_state[key])
    _write(key, [] if order == usual else order or [_NOTHING])


def _write(key: str, values: list[str]) -> None:
    if values:
        st.query_params[key] = values
    elif key in st.query_params:
        del st.query_params[key]
