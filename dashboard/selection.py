"""What the reader chose: the fields are the URL's keys, the command's options, the export's header.

`from` is a word of Python, so its field is called `from_`; everywhere else it is `from`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.codes import Item
from dashboard.periods import in_words
from dashboard.translation import message, translated, translated_plural
from dashboard.words import listed, sentence_start

EVERYTHING = message("Everything reported")
"""What a selection without an item is called."""


@dataclass(frozen=True)
class Selection:
    """Which claims to show. Empty means no restriction.

    Attributes:
        item: What is counted; None means every item.
        claimant: Ids of claimants; a state stands for all its bodies.
        series: Ids of series.
        status: Values of `Status`.
        measure: Values of `Measure`.
        reliability: Admiralty grades A to F of the claimant.
        credibility: Admiralty grades 1 to 6 of the claim.
        from_: First day on which a claim may have been stated.
        to: Last day on which a claim may have been stated.
        as_known_on: Leave out what was stated later, or withdrawn by then.
        text: Words to find in paraphrase, note, spokesperson and titles.
    """

    item: Item | None = Item.CONTAINERS
    claimant: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    reliability: tuple[str, ...] = ()
    credibility: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None
    as_known_on: date | None = None
    text: str = ""


def selection_in_words(selection: Selection, claimant_names: Mapping[str, str]) -> str:
    """Return the selection as a phrase: a chart's subtitle and an export's header."""
    parts = [sentence_start(translated(selection.item.label if selection.item else EVERYTHING))]
    if selection.claimant:
        names = [claimant_names.get(claimant, claimant) for claimant in selection.claimant]
        parts.append(translated("as stated by {who}", who=listed(names)))
    if selection.series:
        parts.append(
            translated_plural("in {number} series", "in {number} series", len(selection.series))
        )
    if selection.status or selection.measure:
        parts.append(
            translated("only {kinds}", kinds=listed([*selection.status, *selection.measure]))
        )
    if selection.reliability or selection.credibility:
        grades = [*selection.reliability, *selection.credibility]
        parts.append(translated("graded {grades}", grades=listed(grades)))
    if selection.from_:
        day = in_words(selection.from_.isoformat())
        parts.append(translated("stated from {day}", day=day))
    if selection.to:
        day = in_words(selection.to.isoformat())
        parts.append(translated("stated up to {day}", day=day))
    if selection.text:
        parts.append(translated("with the words “{text}”", text=selection.text))
    return translated(", ").join(parts)


def as_known_in_words(as_known_on: date | None, last_known: date) -> str:
    """Return 'As known on 28 August 2024', or the day of the newest claim.

    Args:
        as_known_on: The day to which the data are frozen, if any.
        last_known: The day on which the newest claim became known.
    """
    if as_known_on is None:
        return translated("All reports up to {day}", day=in_words(last_known.isoformat()))
    return translated("As known on {day}", day=in_words(as_known_on.isoformat()))
