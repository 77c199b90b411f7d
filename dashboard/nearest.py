"""A mistyped id, and the one that was meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def no_such(what: str, value: str, choices: Iterable[str]) -> str:
    """Return the sentence for an id that does not exist, with the nearest one that does."""
    match = process.extractOne(value, list(choices), scorer=fuzz.ratio)
    hint = f": did you mean '{match[0]}'?" if match else ""
    return f"there is no {what} '{value}'{hint}"
