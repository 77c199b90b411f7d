"""Text from the data as plain text on screen, whatever signs it holds."""

from __future__ import annotations

import re

from dashboard.faults import TURNS_DIRECTION

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&@=\"'])")
_MADE_AFTER_PARSING = re.compile(
    r"(?=https?://|www\.|@)|(?<=:)(?=material/|streamlit:)|(?<!\S)(?=(?:<?->|<-|--|[<>~]=)(?!\S))"
)
"""Where the page makes links, icons, arrows and dashes of text, whatever stands escaped in it."""
_WORD_JOINER = "\u2060"
_TURNED = re.compile(f"[{TURNS_DIRECTION}]")


def plain(text: object) -> str:
    """Return text that Markdown shows as it is: no markup, formula, icon or link comes alive."""
    one_line = re.sub(r"\s+", " ", _TURNED.sub("", str(text)))
    return _SPECIAL.sub(r"\\\1", _MADE_AFTER_PARSING.sub(_WORD_JOINER, one_line))


def chosen_text(markdown: str) -> str:
    """Return text in the colour of chosen options.

    Streamlit writes them in the primary colour, on which it also writes in white: in the dark
    theme no colour has contrast enough for both.
    """
    return f":blue[{markdown}]"


def is_web_address(address: object) -> bool:
    """Return True for an address that may become a link: https and http only."""
    return isinstance(address, str) and address.lower().startswith(("https://", "http://"))
