"""How wide words are, so that they can be set on slides without a screen.

Widths are those of Helvetica, from Adobe's font metrics; Arial and Liberation Sans share them.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Literal

LINE_SPACING = 1.2
"""Height of a line, in sizes of its letters."""
ROOM = 1.01
"""Other fonts may be a little wider."""
Weight = Literal["regular", "bold"]

_REGULAR = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " \u00a0!,./:;I[]\\ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckvsxyz",
    556: "#$?0123456789L_abdeghnopqu–",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " \u00a0,./I\\ijl",
    280: "|",
    333: "!()-:;[]`ft",
    389: "*r{}",
    474: '"',
    500: "z",
    556: "#$0123456789J_aceksvxy–",
    584: "+<=>^~×",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…→",
}
_WIDTHS: dict[Weight, dict[str, int]] = {
    "regular": {letter: width for width, letters in _REGULAR.items() for letter in letters},
    "bold": {letter: width for width, letters in _BOLD.items() for letter in letters},
}
_WIDE = 1000
_OTHER = 600


def text_width(text: str, size: float, *, weight: Weight = "regular") -> float:
    """Return the width of one line in the unit of the size."""
    widths = _WIDTHS[weight]
    return sum(widths.get(letter) or _other(letter) for letter in text) / 1000 * size * ROOM


def _other(letter: str) -> int:
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER


def line_count(text: str, size: float, width: float, *, weight: Weight = "regular") -> int:
    """Return on how many lines a text stands when it is wrapped at spaces."""
    return sum(_lines_of(part, size, width, weight) for part in text.split("\n"))


def _lines_of(paragraph: str, size: float, width: float, weight: Weight) -> int:
    lines, used = 1, 0.0
    space = text_width(" ", size, weight=weight)
    for word in paragraph.split(" "):
        needed = text_width(word, size, weight=weight)
        if used and used + space + needed > width:
            lines, used = lines + 1, 0.0
        if needed > width:
            lines += math.ceil(needed / width) - 1
            needed %= width
        used += needed + (space if used else 0)
    return lines


def text_height(text: str, size: float, width: float, *, weight: Weight = "regular") -> float:
    """Return the height of a wrapped text."""
    return line_count(text, size, width, weight=weight) * size * LINE_SPACING


def shortened(text: str, size: float, width: float) -> str:
    """Return a text that fits on one line, cut short with '…' where it must be."""
    if text_width(text, size) <= width:
        return text
    end = len(text)
    while end and text_width(text[:end].rstrip() + "…", size) > width:
        end -= 1
    return text[:end].rstrip() + "…"


def fitted(text: str, size: float, width: float, lines: int) -> str:
    """Return a text that wraps to some lines at most, cut short with '…' where it must be."""
    words = text
    while line_count(words, size, width) > lines:
        shorter = words.removesuffix("…").rstrip()[: -max(1, len(words) // 20)]
        words = shorter.rstrip() + "…"
    return words
