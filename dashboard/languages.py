"""Names of languages for readers."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from dashboard.translation import current_language

_OF_TWO_SCRIPTS = ("zh-Hant", "zh-Hans")


def language_name(tag: str) -> str:
    """Return the name of a BCP 47 tag, in English or as captions say it; without one the tag."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(current_language()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def language_tag(name: str) -> str:
    """Return the BCP 47 tag of a language by its name; 'und' where none has it."""
    for tag in _OF_TWO_SCRIPTS:
        if name == language_name(tag):
            return tag
    tags = {word: tag for tag, word in Locale(current_language()).languages.items()}
    plain, _, script = name.partition(" (")
    tag = tags.get(plain, "und").replace("_", "-")
    return f"{tag}-Hant" if script.startswith("Traditional") else tag
