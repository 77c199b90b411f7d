"""The file that needs no server: small, sealed, the same for the same data, and deaf to markup."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from dashboard.as_known import as_known
from dashboard.codes import Item
from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportError
from dashboard.exports.offline import embedded_json, html_bytes, offline_page
from dashboard.exports.offline_content import (
    Known,
    change_days,
    dataset_content,
    figure_content,
    main_items,
    theme_content,
)
from dashboard.figures.growth import growth_chart
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.figures.palette import surface
from dashboard.figures.relays import relay_chart
from dashboard.selection import Selection
from tests.build import good_dataset
from tests.test_pages import HOSTILE, hostile_tables

LARGEST = 3_000_000


@pytest.fixture(scope="module")
def small():
    return good_dataset()


@pytest.fixture(scope="module")
def page(small) -> str:
    return offline_page(small).decode()


@pytest.fixture(scope="module")
def chart(dataset):
    return growth_chart(dataset, Selection(), "light")


class Elements(HTMLParser):
    """Collects elements with their attributes, and what scripts and styles hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.code: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag in self.code:
            self.code[tag].append("")

    def handle_data(self, data):
        if self.lasttag in self.code and self.cdata_elem == self.lasttag:
            self.code[self.lasttag][-1] += data

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def content_of(page: str):
    [text, *_] = Elements(page).code["script"]
    return json.loads(text)


def policy_of(page: str) -> str:
    metas = Elements(page).attributes("meta")
    [policy] = [
        each["content"] for each in metas if each.get("http-equiv") == "Content-Security-Policy"
    ]
    return str(policy)


def state_on(content, item: str, change: int):
    """Return the state of an item after a change, filled from those before it."""
    [states] = [each["states"] for each in content["items"] if each["id"] == item]
    full: dict[str, object] = {}
    for state in states:
        if state["from"] <= change:
            full |= state
    return full


# ------------------------------------------------------------------ the file


@pytest.mark.slow
def test_the_page_of_the_shipped_data_is_smaller_than_three_megabytes(dataset):
    assert len(offline_page(dataset)) < LARGEST


def test_the_page_of_a_chart_is_smaller_than_three_megabytes(chart):
    assert len(html_bytes(chart, caption_of(chart))) < LARGEST


def test_the_same_content_gives_the_same_bytes(small, page, chart):
    assert offline_page(small).decode() == page
    assert html_bytes(chart, caption_of(chart)) == html_bytes(chart, caption_of(chart))


def test_the_page_names_no_file_and_no_host_beside_itself(page):
    elements = Elements(page)
    for tag, attributes in elements.found:
        for name in ("src", "href"):
            address = attributes.get(name) or ""
            is_click = tag == "a" and (address.startswith(("#", "https://")))
            assert is_click or not address or address.startswith("data:"), (tag, address)
    assert "url(" not in re.sub(r"url\(data:[^)]*\)", "", "".join(elements.code["style"]))


def test_the_policy_allows_these_scripts_and_styles_and_nothing_else(page):
    elements, policy = Elements(page), policy_of(page)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe-eval" not in policy
    assert not re.search(r"script-src[^;]*unsafe-inline", policy)
    for code in [*elements.code["script"][1:], elements.code["style"][0]]:
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_page_carries_version_hash_licence_and_marking(small, page):
    assert small.label in page
    assert "CC BY 4.0" in page
    assert len(re.findall(r'<p class="marking"[^>]*>TLP:CLEAR</p>', page)) == 2


def test_a_national_marking_stands_on_screen_and_in_print(small):
    page = offline_page(small, marking='대외비 "x" </style>').decode()
    assert page.count("대외비 &#34;x&#34; &lt;/style&gt;</p>") == 2
    assert 'content:"\\00b300\\00c678\\00be44' in page
    assert "</style>" not in Elements(page).code["style"][0]


def test_a_marking_that_is_no_label_is_refused(small):
    with pytest.raises(ExportError, match="no label of TLP"):
        offline_page(small, marking="TLP:PINK")


def test_the_newest_state_is_told_without_scripts(page):
    told = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.search(r'<h1 id="figure">More than 13,000 containers</h1>', told)


def test_a_home_is_linked_only_where_it_is_given(small, page):
    assert "Open the dashboard" not in page
    assert '<a class="home" href="/">' in offline_page(small, home="/").decode()


def test_the_drawing_library_is_the_one_whose_checksum_is_written_down():
    assets = files("dashboard") / "assets"
    digest = hashlib.sha256((assets / "plotly-geo.min.js").read_bytes()).hexdigest()
    assert digest in (assets / "README.md").read_text(encoding="utf-8")
    assert "MIT License" in (assets / "LICENSE-plotly-geo.txt").read_text(encoding="utf-8")


# ------------------------------------------------------------------ hostile text


def test_embedded_json_cannot_end_its_script():
    text = embedded_json({"a": "</script><!-- & \u2028\u2029"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & \u2028\u2029"}


def test_hostile_text_adds_no_element(page):
    hostile = offline_page(good_dataset(**hostile_tables())).decode()
    tags = [[tag for tag, _ in Elements(text).found if tag != "option"] for text in (page, hostile)]
    assert tags[0] == tags[1]
    assert "qzx" in hostile


def test_a_hostile_chart_adds_no_element(chart):
    plain = html_bytes(chart, caption_of(chart)).decode()
    spoilt = replace(chart, title=HOSTILE[:150], subtitle=HOSTILE, alt=HOSTILE, origins=HOSTILE)
    hostile = html_bytes(spoilt, caption_of(spoilt)).decode()
    assert [tag for tag, _ in Elements(hostile).found] == [tag for tag, _ in Elements(plain).found]


def test_only_addresses_of_the_web_travel_as_links(small):
    sources = small.sources.assign(url="javascript:alert(1)")
    content = dataset_content(replace(small, sources=sources))
    at = content["sources"]["fields"].index("link")
    assert {row[at] for row in content["sources"]["rows"]} == {""}


# ------------------------------------------------------------------ what is known when


def test_what_came_and_went_and_came_again_has_three_turns():
    known = Known()
    known.update(0, ["a"])
    known.update(2, ["a", "b"])
    known.update(3, ["b"])
    known.update(5, ["a", "b"])
    assert known.changes(["a", "b", "never"]) == [[0, 3, 5], 2, []]


def test_what_is_known_on_each_change_is_what_the_dataset_holds_then(small):
    content, days = dataset_content(small), change_days(small)
    for change, day in enumerate(days):
        known = as_known(small, day)
        came = zip(small.claims["claim_id"], content["claims"]["known"], strict=True)
        assert [claim for claim, turn in came if isinstance(turn, int) and turn <= change] == list(
            known.claims["claim_id"]
        )


def test_the_words_of_a_day_are_those_of_the_chart_on_that_day(small):
    content, days = dataset_content(small), change_days(small)
    for change, day in enumerate(days):
        chart = growth_chart(as_known(small, day), Selection(), "light")
        state = state_on(content, "containers", change)
        told = [content["words"][state[part]] for part in ("title", "alt", "origins")]
        assert told == [chart.title, chart.alt, chart.origins]


def test_the_newest_words_are_those_of_the_whole_dataset(small, page):
    content = content_of(page)
    state = state_on(content, "containers", len(content["days"]))
    assert content["words"][state["title"]] == growth_chart(small, Selection(), "light").title


def test_the_items_offered_have_figures_enough_for_a_chart(dataset):
    items = main_items(dataset)
    assert items[0] is Item.CONTAINERS
    assert {Item.TROOPS, Item.SHELLS_152MM, Item.VOYAGES} <= set(items)
    assert Item.TRAINS not in items


def test_a_frozen_dataset_says_so(dataset):
    frozen = as_known(good_dataset(), date(2024, 6, 1))
    assert "As known on 1 June 2024" in offline_page(frozen).decode()


# ------------------------------------------------------------------ themes


def unpacked(value):
    if isinstance(value, dict):
        if set(value) == {"runs"}:
            return [item for item, times in value["runs"] for _ in range(times)]
        return {key: unpacked(item) for key, item in value.items()}
    return [unpacked(item) for item in value] if isinstance(value, list) else value


def test_packing_loses_nothing(dataset):
    figure = routes_chart(dataset, main_route_ids(dataset), "light").figure
    written = json.loads(figure.to_json())
    assert unpacked(figure_content(figure)) == written


@pytest.mark.parametrize("name", ["growth", "routes", "relays"])
def test_the_dark_colours_of_a_chart_are_the_twins_of_its_light_ones(dataset, name):
    draw = {
        "growth": lambda theme: growth_chart(dataset, Selection(), theme),
        "routes": lambda theme: routes_chart(dataset, main_route_ids(dataset), theme),
        "relays": lambda theme: relay_chart(dataset, "rok-dia-20240827-containers", theme),
    }[name]
    light, dark = (json.dumps(figure_content(draw(theme).figure)) for theme in ("light", "dark"))
    pairs = theme_content()["pairs"]
    assert re.sub(r"#[0-9a-f]{6}\b", lambda colour: pairs[colour[0]], light) == dark


def test_each_colour_has_one_twin_in_either_theme():
    pairs = theme_content()["pairs"]
    assert len(set(pairs.values())) == len(pairs)
    assert pairs[surface("light").page] == surface("dark").page
