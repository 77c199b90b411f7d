"""10,000 random values of the address: every page shows something, and none raises."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from dashboard.codes import Item, Measure, Mode, RouteStatus, Status
from dashboard.dataset import Dataset
from dashboard.figures.catalogue import chart_names
from tests.test_pages import HOSTILE, PAGES, faults, opened

ARCHITECTURE = Path(__file__).parents[1] / "docs" / "architecture.md"
VALUES, RUNS_A_PAGE = 10_000, 40
VALUES_A_RUN = VALUES // (RUNS_A_PAGE * len(PAGES)) + 1
STRANGE_KEYS = (
    "",
    "x",
    "__proto__",
    "view_growth",
    "view_",
    "embed",
    "key",
    "ключ",
    "a[]",
    "item ",
)
ODD = [
    *("", " ", "none", "None", "null", "undefined", "NaN", "Infinity", "-0", "1e309", "0x1f", "١٢"),
    *("2024-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2024", "2024-06", "-2024-01-01"),
    *(
        "true",
        "false",
        "on",
        "own",
        "any",
        "published",
        "Chart",
        "Table",
        "Sources",
        ":blue[Table]",
    ),
    *(
        "../../etc/passwd",
        "..\\..\\x",
        "/dev/null",
        f"file:{'//'}/etc/passwd",
        "C:\\x",
        "%00",
        "%2e%2e/",
    ),
    *(
        "' OR 1=1 --",
        "{{7*7}}",
        "${7*7}",
        "=1+1",
        "[[]",
        "(?:(",
        "\\",
        "\0",
        "\x1b[31m",
        "\n",
        "\r\n",
    ),
    *(
        "\u202eabc",
        "\ufeff",
        "\U0001f600",
        "한국",
        "a" * 5_000,
        "9" * 400,
        "[1,2]",
        '{"a": 1}',
        HOSTILE,
    ),
]

pytestmark = pytest.mark.slow


def documented_keys() -> list[str]:
    """Return every key of the table of the address."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    table = text.split("Every key of the address:")[1].split("A new control needs")[0]
    return re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def true_values(dataset: Dataset) -> list[str]:
    """Values that are right for some key, so that the others around them are looked at."""
    ids = [
        *dataset.claims["claim_id"].sample(40, random_state=1),
        *dataset.claimants["claimant"],
        *dataset.places["place_id"],
        *dataset.routes["route_id"],
        *dataset.vessels["vessel_id"],
    ]
    words = [each.value for kind in (Item, Measure, Mode, RouteStatus, Status) for each in kind]
    shown = [
        "documents",
        "conflicts",
        "table",
        "pptx",
        "pdf",
        "xlsx",
        "zip",
        "4:3",
        "a4",
        "ko",
        "ja",
    ]
    legs = [f"{route}/1" for route in dataset.routes["route_id"]]
    days = dataset.claims["stated_on"].sample(20, random_state=1)
    numbers = [
        str(number) for number in (0, 1, 2, 3, 7, 30, 90, 429, 500, 1_000_000, 1_000_001, -1)
    ]
    return [*ids, *words, *shown, *legs, *days, *numbers, *chart_names(), "claims", "year"]


def any_value(chance: random.Random, true_values: list[str]) -> str:
    """Return a true value, an odd one, one that was spoilt, or noise."""
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(true_values)
    if kind < 0.7:
        return chance.choice(ODD)
    if kind < 0.85:
        value = chance.choice(true_values)
        at = chance.randrange(len(value) + 1)
        return value[:at] + any_letter(chance) + value[at + chance.randrange(2) :]
    return "".join(any_letter(chance) for _ in range(chance.randrange(1, 40)))


def any_letter(chance: random.Random) -> str:
    """Return any character but a half of a pair, which no address can hold."""
    code = chance.randrange(1, 128) if chance.random() < 0.7 else chance.randrange(0x11_0000)
    return "�" if 0xD800 <= code <= 0xDFFF else chr(code)


def any_address(chance: random.Random, true_values: list[str]) -> dict[str, list[str]]:
    """Return an address of many keys, some of them repeated."""
    keys = [*documented_keys(), *STRANGE_KEYS]
    found: dict[str, list[str]] = {}
    for _ in range(VALUES_A_RUN):
        found.setdefault(chance.choice(keys), []).append(any_value(chance, true_values))
    return found


def test_the_table_of_the_address_is_read():
    assert {"item", "claim", "as_known_on", "factor_low", "part"} <= set(documented_keys())


def test_ten_thousand_values_are_tried():
    assert VALUES_A_RUN * RUNS_A_PAGE * len(PAGES) >= VALUES


@pytest.mark.parametrize("page", PAGES)
def test_no_address_raises(page, true_values):
    chance = random.Random(f"{page} 20240827")
    for _ in range(RUNS_A_PAGE):
        keys = any_address(chance, true_values)
        assert faults(opened(page, **keys)) == [], keys
