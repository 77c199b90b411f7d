"""Names of languages for readers."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError


def language_name(tag: str) -> str:
    """Return the English name of a BCP 47 tag, or the tag itself where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def language_tag(name: str) -> str:
    """Return the BCP 47 tag of a language by its English name; 'und' where none has it."""
    tags = {english: tag for tag, english in Locale("en").languages.items()}
    plain, _, script = name.partition(" (")
    tag = tags.get(plain, "und").replace("_", "-")
    return f"{tag}-Hant" if script.startswith("Traditional") else tag
