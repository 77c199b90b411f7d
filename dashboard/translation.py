"""The language of captions: fixed sentences from a catalogue, numbers and dates as it writes them.

Sentences are written in English where they are used. What leaves as a file may be drawn inside
`with caption_language("ko")`; pages never are. Names of bodies, places and vessels, titles of
documents and paraphrases stay as they are in the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO, StringIO

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

ENGLISH = "en"
LANGUAGES = {
    "en": "English",
    "ko": "Korean",
    "uk": "Ukrainian",
    "id": "Indonesian",
    "ja": "Japanese",
}
"""The languages of captions by their tags."""
MANY = 5
"""A number that takes the form of 'many' in every language."""

_COMPACT_FROM = 1_000_000
_LONG_SCALES = ("id",)
"""Where the short word for a million is not one of ministries; elsewhere it needs no case."""
_DAYS = {"ko": "y년 M월 d일", "uk": "d MMMM y", "id": "d MMMM y", "ja": "y年M月d日"}
_MONTHS = {"ko": "y년 M월", "uk": "LLLL y", "id": "LLLL y", "ja": "y年M月"}
_SHORT_DAYS = {"ko": "y년 M월 d일", "uk": "d MMM y", "id": "d MMM y", "ja": "y年M月d日"}
_SHORT_MONTHS = {"ko": "y년 M월", "uk": "LLL y", "id": "LLL y", "ja": "y年M月"}
"""Babel's patterns; Ukrainian ones without 'р.', whose stop would meet that of the sentence."""

_language: ContextVar[str] = ContextVar("caption_language", default=ENGLISH)


def known_language(tag: str) -> str:
    """Return the tag of a caption language, in small letters.

    Raises:
        LookupError: Captions are not written in it; the message names those in which they are.
    """
    known = tag.strip().lower()
    if known not in LANGUAGES:
        names = ", ".join(f"{tag} ({name})" for tag, name in LANGUAGES.items())
        raise LookupError(f"There are no captions in ‘{tag}’. The languages are: {names}.")
    return known


@contextmanager
def caption_language(tag: str) -> Iterator[None]:
    """Write captions in a language, as long as the block lasts.

    Raises:
        LookupError: Captions are not written in it.
    """
    token = _language.set(known_language(tag))
    try:
        yield
    finally:
        _language.reset(token)


def current_language() -> str:
    """Return the tag of the language in which captions are written now."""
    return _language.get()


# ------------------------------------------------------------------ sentences


def message(text: str) -> str:
    """Return an English text as it is; marks it for the catalogue, to be looked up later."""
    return text


def plural_message(singular: str, plural: str) -> tuple[str, str]:
    """Return both English forms of a text as they are; marks them for the catalogue."""
    return singular, plural


def translated(text: str, /, **values: object) -> str:
    """Return an English text in the language of captions, with its {names} filled in."""
    language = current_language()
    template = text if language == ENGLISH else _catalogue(language).gettext(text)
    return template.format(**values) if values else template


def translated_plural(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the form of a text for a number, which stands at {number} as captions write it."""
    language = current_language()
    if language == ENGLISH:
        template = singular if number == 1 else plural
    else:
        template = _catalogue(language).ngettext(singular, plural, number)
    return template.format(**{"number": whole_number(number), **values})


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> GNUTranslations:
    path = files("dashboard").joinpath(f"locale/{language}/LC_MESSAGES/captions.po")
    compiled = BytesIO()
    write_mo(compiled, read_po(StringIO(path.read_text(encoding="utf-8")), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


# ------------------------------------------------------------------ numbers and dates


def whole_number(number: int) -> str:
    """Return a whole number in groups of digits: 13,000 in English, 13.000 in Indonesian."""
    language = current_language()
    return f"{number:,}" if language == ENGLISH else format_decimal(number, locale=language)


def any_number(number: float) -> str:
    """Return a number with the decimals that it has, in groups of digits."""
    language = current_language()
    return f"{number:,}" if language == ENGLISH else format_decimal(number, locale=language)


def large_number(number: int) -> str:
    """Return a number as a language other than English writes large ones: 940만, 9,4 млн."""
    language = current_language()
    if number < _COMPACT_FROM or number % 10_000:
        return format_decimal(number, locale=language)
    if language in _LONG_SCALES:
        return format_compact_decimal(
            number, format_type="long", locale=language, fraction_digits=4
        )
    return format_compact_decimal(number, format_type="short", locale=language, fraction_digits=4)


def decimal_number(number: float, digits: int) -> str:
    """Return a number with a fixed count of decimals: 1.94, or 1,94."""
    if current_language() == ENGLISH:
        return f"{number:,.{digits}f}"
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(number, format=pattern, locale=current_language())


def day_of_captions(day: date) -> str:
    """Return a day in a language other than English: 2024년 8월 27일, 27 серпня 2024."""
    return format_date(day, _DAYS[current_language()], locale=current_language())


def month_of_captions(day: date) -> str:
    """Return the month of a day in a language other than English: 2024년 8월, серпень 2024."""
    return format_date(day, _MONTHS[current_language()], locale=current_language())


def short_day_of_captions(day: date) -> str:
    """Return a day for labels in a language other than English."""
    return format_date(day, _SHORT_DAYS[current_language()], locale=current_language())


def short_month_of_captions(day: date) -> str:
    """Return a month for labels in a language other than English: 'Agu 2024'."""
    return format_date(day, _SHORT_MONTHS[current_language()], locale=current_language())
