"""Questions at the command line: known answers complete themselves, and each is judged at once."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass

from prompt_toolkit import prompt
from prompt_toolkit.completion import FuzzyWordCompleter

from dashboard.cells import cell_fault
from dashboard.cli.printing import fail
from dashboard.columns import Column
from dashboard.nearest import no_such

NOTHING_SAVED = "nothing was saved"


@dataclass(frozen=True)
class Question:
    """What is asked for one cell.

    Attributes:
        words: What is asked.
        column: What the cell may hold.
        proposal: The answer that an empty line stands for; empty for none.
        known: Known answers with what each means; where there are some, no other is taken.
        completions: Answers that complete themselves beside others, with what each means.
    """

    words: str
    column: Column
    proposal: str = ""
    known: Mapping[str, str] | None = None
    completions: Mapping[str, str] | None = None


def answer(question: Question, given: str | None) -> str:
    """Return the answer to a question: the one given as an option, or else the one typed.

    A given answer that is wrong ends the command; a typed one is asked for again.
    """
    if given is not None:
        fault = _fault(question, given)
        if fault:
            fail(f"{question.column.name}: {fault}; {NOTHING_SAVED}")
        return given
    while True:
        typed = _typed(question).strip() or question.proposal
        fault = _fault(question, typed)
        if not fault:
            return typed
        print(f"  {fault}")


def agrees(words: str, proposal: bool) -> bool:
    """Return whether the answer to a question is yes."""
    choices = "Y/n" if proposal else "y/N"
    while True:
        typed = _line(f"{words} [{choices}] ", {}).strip().lower()
        if not typed:
            return proposal
        if typed in ("y", "yes", "n", "no"):
            return typed.startswith("y")
        print("  answer yes or no")


def _fault(question: Question, cell: str) -> str:
    if question.known and cell and cell not in question.known:
        return no_such(question.column.name, cell, question.known)
    fault = cell_fault(question.column, cell)
    return f"{fault.message}: {fault.remedy}" if fault else ""


def _typed(question: Question) -> str:
    proposal = f" [{question.proposal}]" if question.proposal else ""
    coded = dict.fromkeys(question.column.allowed, "")
    return _line(f"{question.words}{proposal}: ", question.known or question.completions or coded)


def _line(words: str, known: Mapping[str, str]) -> str:
    try:
        if not sys.stdin.isatty():
            print(words, end="", flush=True)
            return input()
        completer = FuzzyWordCompleter(list(known), meta_dict=dict(known)) if known else None
        return prompt(words, completer=completer, complete_while_typing=True)
    except (EOFError, KeyboardInterrupt):
        print()
        fail(f"no answer to ‘{words.strip()}’: {NOTHING_SAVED}")
