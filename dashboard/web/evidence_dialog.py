"""The evidence card over a page: opened by a click on a mark, or by `?claim=…` in the address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.dataset import Dataset
from dashboard.origins import origins_in_words, origins_of
from dashboard.web.evidence_cards import (
    claim_card,
    claim_title,
    leg_card,
    leg_title,
    place_card,
    place_title,
    route_card,
    route_title,
)
from dashboard.web.text import plain

_CARDS: dict[str, tuple[Callable[[Dataset, str], str], Callable[[Dataset, str], None]]] = {
    "claim": (claim_title, claim_card),
    "place": (place_title, place_card),
    "leg": (leg_title, leg_card),
    "route": (route_title, route_card),
}
"""Title and card of each kind of evidence, by its key in the address."""


def pick_mark(mark: object) -> None:
    """Put the mark that the reader clicked, by its custom data, into the address."""
    kind, value = _kind_and_value([str(field) for field in mark] if isinstance(mark, list) else [])
    if kind:
        open_evidence(kind, value)


def open_evidence(kind: str, value: str) -> None:
    """Open the card of a claim, a place or a route on this page."""
    _close()
    st.query_params[kind] = value


def evidence_button(dataset: Dataset, claim_id: str, key: str, words: str = "") -> None:
    """Show a button that opens the card of a claim; its words are the claim's origins or others."""
    st.button(
        words or origins_in_words(origins_of(dataset, [claim_id])),
        key=key,
        on_click=open_evidence,
        args=("claim", claim_id),
        type="tertiary",
        icon=":material/fact_check:",
        help="Open the evidence",
    )


def evidence_dialog(dataset: Dataset) -> None:
    """Show the card that the address names, if any."""
    for kind in _CARDS:
        if kind in st.query_params:
            _show(dataset, kind, st.query_params[kind])
            return


def _close() -> None:
    for kind in _CARDS:
        if kind in st.query_params:
            del st.query_params[kind]


def _show(dataset: Dataset, kind: str, value: str) -> None:
    title_of, card = _CARDS[kind]
    try:
        title = title_of(dataset, value)
    except LookupError as fault:
        sentence = f"{str(fault.args[0]).capitalize()}."
        st.dialog("Evidence", width="large", on_dismiss=_close)(st.warning)(plain(sentence))
        return
    st.dialog(plain(title), width="large", on_dismiss=_close)(card)(dataset, value)


def _kind_and_value(fields: list[str]) -> tuple[str, str]:
    if len(fields) == 3 and fields[0] == "route":
        return "leg", fields[2].split("; ")[0]
    if len(fields) == 2 and fields[0] in _CARDS:
        return fields[0], fields[1]
    return "", ""
