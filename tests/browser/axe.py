"""What axe-core finds on a page: the same rules that browsers' accessibility checkers use."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
STANDING_STILL = "*, ::before, ::after { transition: none !important; animation: none !important; }"
"""Colours in the middle of a change are no faults."""


ADD_STYLE = """style => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}"""
"""A style that the security policy of no page forbids."""
HEIGHT = "(document.querySelector('[data-testid=stMain]') ?? document.body).scrollHeight"
LOOKS, MILLISECONDS_BETWEEN = 4, 500


@dataclass(frozen=True)
class Findings:
    """What axe-core found on a page.

    Attributes:
        passed: Rules that something on the page was measured by, and held.
        faults: Serious and critical faults: rule, place, and what is wrong.
    """

    passed: frozenset[str]
    faults: tuple[str, ...]


def findings(page: Page) -> Findings:
    """Return what axe-core finds on a page by all of its rules.

    A page may run once more just after it was opened, and is faint meanwhile: what is wrong then
    is looked at again a moment later.
    """
    page.evaluate(ADD_STYLE, STANDING_STILL)
    page.mouse.move(0, 0)
    show_all(page)
    found = _findings_now(page)
    for _ in range(LOOKS):
        if not found.faults:
            break
        page.wait_for_timeout(MILLISECONDS_BETWEEN)
        found = _findings_now(page)
    return found


def show_all(page: Page) -> None:
    """Make the window as high as the page: the colours of what is out of sight are not measured."""
    height = page.evaluate(HEIGHT)
    width = page.viewport_size["width"] if page.viewport_size else 1440
    page.set_viewport_size({"width": width, "height": int(height) + 20})


def _findings_now(page: Page) -> Findings:
    answer = Axe().run(page, options={}).response
    return Findings(
        frozenset(rule["id"] for rule in answer["passes"]),
        tuple(
            f"{rule['id']} at {' '.join(map(str, node['target']))}: {node['html']} "
            f"{node['failureSummary']}"
            for rule in answer["violations"]
            for node in rule["nodes"]
            if node["impact"] in GRAVE
        ),
    )
