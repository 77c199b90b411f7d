"""Long lists over several pages."""

from __future__ import annotations

from math import ceil

import streamlit as st


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
