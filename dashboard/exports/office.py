"""What office programs must know of the language of captions: tags, formats of dates, typefaces."""

from __future__ import annotations

import re

from dashboard.translation import ENGLISH, current_language

_TAGS = {"en": "en-GB", "ko": "ko-KR", "uk": "uk-UA", "id": "id-ID", "ja": "ja-JP"}
_DAYS = {
    "en": "d mmm yyyy",
    "ko": '[$-412]yyyy"년" m"월" d"일"',
    "uk": "[$-422]d mmm yyyy",
    "id": "[$-421]d mmm yyyy",
    "ja": '[$-411]yyyy"年"m"月"d"日"',
}
_MONTHS = {
    "en": "mmm yyyy",
    "ko": '[$-412]yyyy"년" m"월"',
    "uk": "[$-422]mmm yyyy",
    "id": "[$-421]mmm yyyy",
    "ja": '[$-411]yyyy"年"m"月"',
}
_WIDER_DAYS = {"ko": 6, "ja": 5}
"""Signs by which a written day is wider than an English one."""
_WIDER_MONTHS = {"ko": 1.4, "ja": 1.4}
"""How many times as wide a written month is."""
_EAST_ASIAN_FONTS = {"ko": "Malgun Gothic", "ja": "Yu Gothic"}
"""Fonts that come with Windows; other programs take their own for the same script."""
_OWN_SCRIPTS = {
    "ko": re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"),
    "uk": re.compile("[\u0400-\u04ff]"),
    "id": re.compile("^[^\u0400-\u04ff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\ud7af]*$"),
    "ja": re.compile("[\u3040-\u30ff\u4e00-\u9fff]"),
}
"""Signs by which a text is taken to be in the language of its captions."""


def language_tag_of_captions() -> str:
    """Return the language of captions with its country, as office programs want it."""
    return _TAGS[current_language()]


def is_of_captions(text: str) -> bool:
    """Return True for a text that is written in the script of the captions, if not in English."""
    language = current_language()
    return language != ENGLISH and _OWN_SCRIPTS[language].search(text) is not None


def day_format() -> str:
    """Return the format of cells that hold days."""
    return _DAYS[current_language()]


def month_format() -> str:
    """Return the format of axes whose ticks are months."""
    return _MONTHS[current_language()]


def extra_signs_of_a_day() -> int:
    """Return by how many signs a column of days must be wider than in English."""
    return _WIDER_DAYS.get(current_language(), 0)


def width_of_a_month() -> float:
    """Return how many times as wide as in English the month under a tick is."""
    return _WIDER_MONTHS.get(current_language(), 1.0)


def east_asian_font() -> str:
    """Return the font for Hangul, kana and Han; empty where captions have none of them."""
    return _EAST_ASIAN_FONTS.get(current_language(), "")
