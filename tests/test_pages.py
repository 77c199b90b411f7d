"""Every page on good, odd, broken and hostile addresses and data, run without a browser."""

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.as_known import as_known
from dashboard.checks import check_folder
from dashboard.columns import columns_of
from dashboard.dataset import SHIPPED_DATA, load_dataset
from dashboard.exports.permalink import permalink_of
from dashboard.figures.catalogue import ChartOrder, draw
from dashboard.figures.growth import drawable_measures, growth_chart
from dashboard.health import weak_spot, weak_spots
from dashboard.layout import Cells
from dashboard.schema import TABLES, Item, Measure, Mode
from dashboard.selection import Selection
from dashboard.tables import file_of, read_table
from dashboard.web import frame
from tests.build import (
    ROW_CLASSES,
    change_bytes,
    change_cell,
    good_dataset,
    good_tables,
    write_good_folder,
)
from tests.drawn_charts import drawn_charts

WEB = Path(frame.__file__).parent
PAGES = sorted(path.stem for path in (WEB / "views").glob("*.py"))
PAGES_WITH_DATA = [page for page in PAGES if page != "method"]
SEOUL_6700 = "rok-mnd-20240226-containers"
SEOUL_13000 = "rok-dia-20240827-containers"
SEOUL_6_MILLION_SHELLS = "rok-dia-20240827-capacity"
WASHINGTON_10000 = "us-state-20240223-containers"
NORTH_KOREAS_DENIAL = "dprk-20220922-denial"

HOSTILE = (
    "qzx <b>b</b> <img src=x onerror=alert(1)> <script>alert(2)</script> **bold** _i_ # 1. + "
    "[l](https://evil.example) ![i](https://evil.example/x.png) https://evil.example "
    "www.evil.example me@evil.example $x^2$ $$y$$ :material/delete: :red[r] :smile: `c` ~~s~~ "
    "&amp; &lt; a -- b -> c <- d >= e <= f ~= g | \\ \" ' :blue-badge[w] :small[s] ==m== "
    f":streamlit: <a href='javascript:alert(3)'>a</a> {'w' * 300} qzy"
)
"""What must stay plain text between its first and its last word."""

TITLES = ("title", "header", "subheader")
NOTICES = ("info", "warning", "error", "success")
TEXTS = (*TITLES, *NOTICES, "markdown", "caption", "code", "button", "metric")


# ------------------------------------------------------------------ opening and reading pages


def opened(page: str, **keys: str | list[str]) -> AppTest:
    """Return a page as it stands after its first run; `from` is written `from_`."""
    app = AppTest.from_file(str(WEB / "entry.py"), default_timeout=30)
    app.switch_page(f"views/{page}.py")
    for key, value in keys.items():
        app.query_params[key.rstrip("_")] = value
    return app.run()


def faults(app: AppTest) -> list[str]:
    """Return what went wrong; nothing where the page ran to its end."""
    return [*(fault.message for fault in app.exception), *(fault.value for fault in app.error)]


def bodies(app: AppTest) -> list[str]:
    """Return the text of each element as it is sent to the browser, in Markdown."""
    texts = [
        str(getattr(element, name, ""))
        for kind in TEXTS
        for element in app.get(kind)
        for name in ("label", "value")
    ]
    return [text for text in texts if text]


def words(app: AppTest) -> str:
    """Return the text of a page as a reader sees it."""
    return unescaped("\n".join(bodies(app)))


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u2060", "")


def charts(app: AppTest) -> list[str]:
    """Return the keys of the charts of a page."""
    return list(drawn_charts(app))


@cache
def usual_words(page: str, **keys: str) -> str:
    """Return the text of a page of the shipped data."""
    return words(opened(page, **keys))


@pytest.fixture(autouse=True)
def _faults_in_full():
    """Let a fault of the code say what it is; readers are told only that there is one."""
    details = st.get_option("client.showErrorDetails")
    st.set_option("client.showErrorDetails", "full")
    yield
    st.set_option("client.showErrorDetails", details)


@pytest.fixture(scope="module")
def dataset():
    return load_dataset()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small good data folder that the pages read."""
    write_good_folder(tmp_path)
    shutil.copy(SHIPPED_DATA / "datapackage.json", tmp_path)
    monkeypatch.setenv("SHIPMENTS_DATA", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


# ------------------------------------------------------------------ the shipped data


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_the_shipped_data(page):
    assert faults(opened(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_is_in_one_title(page):
    assert len(opened(page).title) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_which_data_it_shows(page, dataset):
    assert dataset.label in usual_words(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_a_small_dataset(page, folder):
    assert faults(opened(page)) == []


@pytest.mark.parametrize("page", ["overview", "timeline", "routes", "vessels"])
def test_every_chart_says_in_words_what_it_shows(page):
    texts = [chart["alt"] for chart in drawn_charts(opened(page)).values()]
    assert texts
    assert [text for text in texts if len(text) < 40] == []


@pytest.mark.parametrize("item", [*Item])
def test_every_item_of_the_timeline_is_drawn(item, dataset):
    measures = drawable_measures(dataset, Selection(item=item))
    pages = [opened("timeline", item=item.value, measure=measure.value) for measure in measures]
    assert [faults(page) for page in pages] == [[]] * len(measures)
    assert all("chart_growth" in charts(page) for page in pages)


# ------------------------------------------------------------------ good addresses


def test_an_item_in_the_address_is_chosen():
    assert opened("timeline", item="troops").selectbox(key="item").value == "troops"


def test_an_item_in_the_address_is_drawn(dataset):
    chart = growth_chart(dataset, Selection(item=Item.TROOPS), "light")
    assert chart.title in words(opened("timeline", item="troops"))


def test_all_filters_of_the_address_are_those_of_the_chart(dataset):
    day = date(2024, 8, 31)
    selection = Selection(
        claimant=("rok",), from_=date(2024, 1, 1), to=date(2024, 12, 31), as_known_on=day
    )
    chart = growth_chart(as_known(dataset, day), selection, "light")
    page = opened(
        "timeline",
        item="containers",
        claimant="rok",
        from_="2024-01-01",
        to="2024-12-31",
        as_known_on="2024-08-31",
    )
    assert f"{chart.subtitle} · {chart.as_known}" in words(page)


@pytest.mark.parametrize("name", ["growth", "conversion", "routes", "sea", "trips", "vessel"])
def test_the_address_in_a_file_opens_the_page_that_shows_its_chart(name, dataset):
    order = ChartOrder(
        selection=Selection(claimant=("rok",)), mode=(Mode.SEA,), convert_to=Item.SHELLS_152MM
    )
    address = urlsplit(permalink_of(dataset, name, order))
    page = opened(address.path.strip("/"), **parse_qs(address.query))
    assert faults(page) == []
    assert draw(dataset, name, order, "light").title in words(page)


def test_several_bodies_in_the_address_are_all_chosen():
    page = opened("timeline", claimant=["us", "rok"])
    assert page.multiselect(key="claimant").value == ["us", "rok"]


def test_the_kind_of_figure_in_the_address_is_drawn(dataset):
    selection = Selection(item=Item.TROOPS, measure=(Measure.STOCK.value,))
    page = opened("timeline", item="troops", measure="stock")
    assert growth_chart(dataset, selection, "light").title in words(page)


def test_a_choice_on_the_page_is_written_into_the_address():
    page = opened("timeline")
    page.selectbox(key="item").set_value("troops").run()
    assert page.query_params["item"] == "troops"


def test_the_usual_choice_is_not_written_into_the_address():
    page = opened("timeline", item="troops")
    page.selectbox(key="item").set_value("containers").run()
    assert "item" not in page.query_params


def test_two_claims_in_the_address_are_compared():
    page = opened("timeline", from_claim=SEOUL_6700, to_claim=SEOUL_13000)
    assert [metric.value for metric in page.metric][:2] == ["+6,300", "×1.94"]


def test_compared_and_added_figures_lead_to_their_evidence():
    added = ["ltn-20260302-increment", "rok-jcs-20241223-increment"]
    page = opened("timeline", item="containers", add=added)
    keys = {button.key for button in page.button}
    assert {f"open_added_{claim_id}" for claim_id in added} <= keys
    page.button(key="open_from_claim").click().run()
    assert page.query_params["claim"] in (
        "rok-mnd-20240226-containers",
        ["rok-mnd-20240226-containers"],
    )


def test_two_bodies_are_compared_with_a_warning():
    page = opened("timeline", from_claim=WASHINGTON_10000, to_claim=SEOUL_13000)
    assert len(page.warning) == 1


def test_the_search_finds_words_of_a_title(dataset):
    claims = dataset.claims.set_index("claim_id")
    assert claims.loc[SEOUL_13000, "paraphrase"] in words(opened("evidence", text="Pasundan"))


def test_the_documents_of_a_search_are_listed_over_several_pages():
    keys = {"text": "Pasundan", "show": "documents"}
    pages = [words(opened("evidence", **keys, documents_page=number)) for number in ("1", "2")]
    assert ["Pasundan" in page for page in pages].count(True) == 1


# ------------------------------------------------------------------ odd addresses

KEYS = {
    "timeline": ("item", "claimant", "from", "to", "as_known_on", "from_claim", "to_claim"),
    "evidence": ("item", "claimant", "status", "from", "to", "as_known_on", "show", "claims_page"),
    "routes": ("as_known_on", "mode", "route_status", "leg_route"),
    "vessels": ("as_known_on", "vessel"),
    "data": ("as_known_on",),
}
VALUES = ["nonsense", "", "-1", "9" * 30]


@pytest.mark.parametrize(
    ("page", "key"), [(page, key) for page, keys in KEYS.items() for key in keys]
)
def test_an_invalid_value_in_the_address_is_ignored(page, key):
    assert words(opened(page, **{key: "nonsense"})) == usual_words(page)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("page", [*KEYS])
def test_invalid_values_of_all_keys_are_ignored(page, value):
    assert words(opened(page, **dict.fromkeys(KEYS[page], value))) == usual_words(page)


@pytest.mark.parametrize("value", VALUES)
def test_invalid_values_among_the_documents_are_ignored(value):
    app = opened("evidence", show="documents", kind=value, documents_page=value)
    assert words(app) == usual_words("evidence", show="documents")


@pytest.mark.parametrize("value", VALUES)
def test_an_invalid_kind_of_figure_is_ignored(value):
    usual = usual_words("timeline", item="troops")
    assert words(opened("timeline", item="troops", measure=value)) == usual


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_key_in_the_address_is_ignored(page):
    assert words(opened(page, nonsense="1")) == usual_words(page)


@pytest.mark.parametrize("spot", [one.spot for one in weak_spots(good_dataset())])
def test_the_rows_of_a_weak_spot_are_listed(spot, dataset):
    app = opened("evidence", weak=spot)
    assert faults(app) == []
    found = weak_spot(dataset, spot)
    assert f"({len(found.ids):,} of {found.of:,})" in words(app)


def test_an_unknown_body_beside_a_known_one_is_ignored():
    assert opened("timeline", claimant=["nobody", "rok"]).query_params["claimant"] == "rok"


@pytest.mark.parametrize("other", [SEOUL_6_MILLION_SHELLS, NORTH_KOREAS_DENIAL])
@pytest.mark.parametrize("key", ["from_claim", "to_claim"])
def test_unlike_claims_are_not_compared(key, other):
    assert words(opened("timeline", **{key: other})) == usual_words("timeline")


def test_a_claim_compared_with_itself_has_no_rate():
    page = opened("timeline", from_claim=SEOUL_13000, to_claim=SEOUL_13000)
    assert faults(page) == []
    assert page.metric[-1].value == "none"


NOTHING_FOUND = {
    "no such words": ("evidence", {"text": "xyzzy"}),
    "odd signs in the search": ("evidence", {"text": "((( [a-"}),
    "no body said such a thing": ("evidence", {"item": "containers", "claimant": "dprk"}),
    "dates the wrong way round": ("timeline", {"from_": "2024-12-31", "to": "2024-01-01"}),
}


@pytest.mark.parametrize(("page", "keys"), NOTHING_FOUND.values(), ids=[*NOTHING_FOUND])
def test_an_empty_result_says_what_to_change(page, keys):
    app = opened(page, **keys)
    assert faults(app) == []
    assert gives_advice(app)


def gives_advice(app: AppTest) -> bool:
    advice = " ".join(info.value for info in app.info)
    return bool(re.search(r"\b(Widen|Clear|Choose|Use fewer)\b", advice))


def test_filters_that_leave_no_route_say_so(folder):
    app = opened("routes", mode="air")
    assert faults(app) == []
    assert gives_advice(app)


# ------------------------------------------------------------------ past days


@pytest.mark.parametrize("day", ["1066-01-01", "2022-09-06", "2022-12-31", "2024-08-31"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_a_past_day(page, day):
    assert faults(opened(page, as_known_on=day)) == []


def test_a_past_day_leaves_out_what_was_said_later():
    page = opened("evidence", item="containers", as_known_on="2024-08-26")
    assert "13,000 containers" not in words(page)


def test_a_past_day_holds_on_the_next_page():
    page = opened("timeline", as_known_on="2024-08-31")
    page.switch_page("views/evidence.py").run()
    assert page.query_params["as_known_on"] == "2024-08-31"


@pytest.mark.parametrize("page", ["timeline", "vessels"])
def test_a_day_on_which_nothing_was_known_says_what_to_change(page):
    assert gives_advice(opened(page, as_known_on="2022-09-06"))


# ------------------------------------------------------------------ the evidence card


def card(app: AppTest) -> str:
    """Return the text of the card that lies over a page, which must be one."""
    (dialog,) = app.get("dialog")
    kinds = ("header", "subheader", "markdown", "caption", "warning")
    return unescaped("\n".join(each.value for kind in kinds for each in dialog.get(kind)))


@pytest.mark.parametrize("page", PAGES)
def test_a_claim_in_the_address_opens_its_card(page, dataset):
    claims = dataset.claims.set_index("claim_id")
    app = opened(page, claim=SEOUL_13000)
    assert faults(app) == []
    assert claims.loc[SEOUL_13000, "paraphrase"] in card(app)


def test_a_card_links_every_document_of_its_claim(dataset):
    links = dataset.claim_sources
    ids = links.loc[links["claim_id"] == SEOUL_13000, "source_id"]
    urls = dataset.sources.loc[dataset.sources["source_id"].isin(ids), "url"]
    linked = set(re.findall(r"\]\((\S+?)\)", card(opened("overview", claim=SEOUL_13000))))
    assert {url.replace("(", "%28").replace(")", "%29") for url in urls} <= linked


def test_every_claim_has_a_card(dataset, folder):
    """On the small dataset, whose claims are of every sort: with and without a figure."""
    claim_ids = load_dataset(folder).claims["claim_id"]
    assert all(claim_id in card(opened("method", claim=claim_id)) for claim_id in claim_ids)


@pytest.mark.parametrize(
    ("kind", "value", "name"),
    [
        ("place", "rajin-port", "Rajin"),
        ("leg", "r-sea-rajin-dunai/1", "Dunai"),
        ("route", "r-sea-rajin-dunai", "Tikhoretsk"),
    ],
)
def test_a_place_leg_or_route_in_the_address_opens_its_card(kind, value, name):
    app = opened("routes", **{kind: value})
    assert faults(app) == []
    assert name in card(app)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("claim", "nothing-of-the-kind"),
        ("claim", ""),
        ("claim", "<b>*x*</b>"),
        ("place", "nowhere"),
        ("leg", "nowhere"),
        ("leg", "r-sea-rajin-dunai/99"),
        ("leg", "r-sea-rajin-dunai"),
        ("route", "nowhere"),
    ],
)
def test_an_unknown_mark_in_the_address_gets_a_sentence(kind, value):
    app = opened("overview", **{kind: value})
    assert faults(app) == []
    assert re.fullmatch(r"There is no (claim|place|leg|route) .*[.?]+", card(app))


def test_a_misspelt_claim_gets_the_nearest_one():
    assert SEOUL_13000 in card(opened("overview", claim=SEOUL_13000[:-1]))


# ------------------------------------------------------------------ broken data


def break_a_date(folder: Path) -> None:
    change_cell(folder, "claims", 3, "stated_on", "26-Feb-24")


def remove_claims(folder: Path) -> None:
    (folder / "claims.csv").unlink()


def empty_claims(folder: Path) -> None:
    (folder / "claims.csv").write_bytes(b"")


def write_claims_as_spreadsheet(folder: Path) -> None:
    (folder / "claims.csv").write_bytes(b"PK\x03\x04 not a text file \xff\xfe\x00")


def cut_claims_short(folder: Path) -> None:
    data = (folder / "claims.csv").read_bytes()
    (folder / "claims.csv").write_bytes(data[: len(data) // 2])


BREAK: list[Callable[[Path], None]] = [
    break_a_date,
    remove_claims,
    empty_claims,
    write_claims_as_spreadsheet,
    cut_claims_short,
]


def remove_the_package(folder: Path) -> None:
    (folder / "datapackage.json").unlink()


def cut_the_package_short(folder: Path) -> None:
    (folder / "datapackage.json").write_text("{")


def write_a_list_as_package(folder: Path) -> None:
    (folder / "datapackage.json").write_text("[]")


def remove_everything(folder: Path) -> None:
    shutil.rmtree(folder)


BREAK_THE_FOLDER: list[Callable[[Path], None]] = [
    remove_the_package,
    cut_the_package_short,
    write_a_list_as_package,
    remove_everything,
]


@pytest.mark.parametrize("page", PAGES)
def test_a_fault_in_newer_files_is_shown_with_file_and_line(page, folder):
    app = opened(page)
    break_a_date(folder)
    app.run()
    assert "claims.csv:3" in unescaped(" ".join(warning.value for warning in app.warning))


@pytest.mark.parametrize("broken", BREAK)
def test_any_fault_in_newer_files_names_the_file(broken, folder):
    app = opened("timeline")
    broken(folder)
    app.run()
    assert faults(app) == []
    assert "claims.csv" in unescaped(app.warning[-1].value)


@pytest.mark.parametrize("broken", [*BREAK, *BREAK_THE_FOLDER])
def test_with_faulty_newer_files_the_last_good_data_stay(broken, folder):
    app = opened("timeline")
    before = bodies(app)
    broken(folder)
    app.run()
    banner = app.warning[-1].value
    assert [body for body in bodies(app) if body != banner] == before


def test_with_faulty_newer_files_a_new_reader_sees_the_last_good_data(folder):
    opened("timeline")
    break_a_date(folder)
    assert "chart_growth" in charts(opened("timeline"))


def test_the_data_page_lists_every_fault_of_newer_files(folder):
    app = opened("data")
    break_a_date(folder)
    change_cell(folder, "places", 2, "lat", "142.88")
    app.run()
    assert faults_on_screen(app) == [str(issue) for issue in check_folder(folder)[1]]


def test_mended_files_are_shown_again(folder):
    app = opened("timeline")
    before = words(app)
    break_a_date(folder)
    app.run()
    write_good_folder(folder)
    assert words(app.run()) == before


def test_a_changed_figure_is_on_screen_after_the_next_run(folder):
    app = opened("evidence")
    change_cell(folder, "claims", 6, "low", "14321")
    assert "14,321" in words(app.run())


def test_a_file_changed_to_the_same_length_is_read_again(folder):
    app = opened("evidence")
    change_bytes(folder, "claims.csv", b"13000", b"13999")
    assert "13,999" in words(app.run())


@pytest.mark.parametrize("page", PAGES)
def test_a_start_on_faulty_data_lists_the_faults_on_every_page(page, folder):
    break_a_date(folder)
    assert faults_on_screen(opened(page)) == [str(issue) for issue in check_folder(folder)[1]]


@pytest.mark.parametrize("broken", BREAK)
def test_a_start_on_faulty_data_lists_every_fault(broken, folder):
    broken(folder)
    app = opened("overview")
    assert faults_on_screen(app) == [str(issue) for issue in check_folder(folder)[1]]
    assert not app.exception


def faults_on_screen(app: AppTest) -> list[str]:
    return str(app.get("code")[0].value).splitlines()


@pytest.mark.parametrize("broken", BREAK_THE_FOLDER)
def test_a_start_on_a_faulty_folder_says_what_to_do(broken, folder):
    broken(folder)
    app = opened("overview")
    assert not app.exception
    assert re.fullmatch(r"[^:]+(: [^:]+)?: .+: \w.+", app.get("code")[0].value)


@pytest.mark.parametrize("broken", BREAK_THE_FOLDER)
def test_a_faulty_folder_does_not_tell_where_it_lies(broken, folder):
    broken(folder)
    assert str(folder.parent) not in words(opened("overview"))


def test_after_a_start_on_faulty_data_mended_files_are_shown(folder):
    break_a_date(folder)
    app = opened("timeline")
    write_good_folder(folder)
    assert faults(app.run()) == []


def test_an_unreadable_file_is_a_fault_and_no_crash(folder):
    if os.geteuid() == 0:
        (folder / "claims.csv").unlink()
        (folder / "claims.csv").mkdir()
    else:
        (folder / "claims.csv").chmod(0)
    app = opened("timeline")
    assert not app.exception
    assert app.get("code")[0].value.startswith("claims.csv")


def shut(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Refuse every look into a folder, as the system does to whoever has no right to it."""
    scan, read = os.scandir, Path.read_bytes

    def refuse(path: Path) -> None:
        if folder in (path, path.parent):
            raise PermissionError(13, "Permission denied", str(path))

    patch.setattr(os, "scandir", lambda path=".": refuse(Path(path)) or scan(path))
    patch.setattr(Path, "read_bytes", lambda path: refuse(path) or read(path))


@pytest.mark.parametrize("page", PAGES)
def test_a_folder_without_access_leaves_the_last_good_data_and_says_so(page, folder, monkeypatch):
    app = opened(page)
    before, drawn = bodies(app), charts(app)
    with monkeypatch.context() as patch:
        shut(folder, patch)
        app.run()
    banner = app.warning[-1].value
    assert not app.exception
    assert "cannot be read: Permission denied" in unescaped(banner)
    assert charts(app) == drawn
    assert bodies(app.run()) == before


EMPTY_TABLES = {
    "no sightings": ("sightings", "sighting_sources"),
    "no vessels": (
        "vessels",
        "vessel_sources",
        "vessel_sanctions",
        "sightings",
        "sighting_sources",
    ),
    "no routes": ("routes", "route_sources", "legs"),
    "no conversions": ("conversions",),
    "no links": ("claim_links", "conversions"),
}


@pytest.mark.parametrize("tables", EMPTY_TABLES.values(), ids=[*EMPTY_TABLES])
@pytest.mark.parametrize("page", PAGES_WITH_DATA)
def test_a_page_opens_where_a_table_has_no_rows(page, tables, folder):
    write_good_folder(folder, **{table: [] for table in tables})
    assert not check_folder(folder)[1]
    assert faults(opened(page)) == []


# ------------------------------------------------------------------ hostile data


def hostile_tables(
    tables: Mapping[str, Sequence[Cells]] | None = None,
) -> dict[str, list[Cells]]:
    """Return tables, the good ones unless given, with hostile text wherever words may stand."""
    spoilt = {}
    for table, rows in (tables or good_tables()).items():
        columns = columns_of(ROW_CLASSES[table])
        is_hostile = [
            column.is_free_text and column.name != "withdrawn_reason" for column in columns
        ]
        spoilt[table] = [
            tuple(
                HOSTILE.replace(" # ", f" {table}{number} # ") if spoil else cell
                for spoil, cell in zip(is_hostile, row, strict=True)
            )
            for number, row in enumerate(rows)
        ]
    return spoilt


def write_hostile_folder(folder: Path) -> Path:
    """Write the shipped data with hostile text in every cell that may hold words; return it."""
    shipped = {row.table: read_table(SHIPPED_DATA / file_of(row), row)[0].rows for row in TABLES}
    write_good_folder(folder, **hostile_tables(shipped))
    shutil.copy(SHIPPED_DATA / "datapackage.json", folder)
    return folder


def live_signs(body: str) -> set[str]:
    """Return the signs of hostile text in a body that no backslash stands before."""
    hostile = "".join(re.findall(r"qzx(.*?)qzy", body, flags=re.DOTALL))
    return set(re.findall(r"[<>\[\]()*_`$:~#|&@!+=]", re.sub(r"\\.", "", hostile)))


@pytest.fixture
def hostile_folder(folder):
    write_hostile_folder(folder)
    assert not check_folder(folder)[1]
    return folder


HOSTILE_VIEWS = [
    *((page, {}) for page in PAGES),
    ("timeline", {"view_growth": "Sources"}),
    ("timeline", {"factor_of": "own", "add": [SEOUL_6700, SEOUL_13000]}),
    ("evidence", {"show": "conflicts"}),
    ("routes", {"sightings": "true"}),
    ("evidence", {"show": "documents"}),
    ("evidence", {"show": "table"}),
    ("overview", {"claim": SEOUL_13000}),
    ("overview", {"place": "rajin-port"}),
    ("overview", {"leg": "r-sea-rajin-dunai/1"}),
    ("overview", {"route": "r-sea-rajin-dunai"}),
]


@pytest.mark.parametrize(("page", "keys"), HOSTILE_VIEWS)
def test_hostile_text_is_sent_as_plain_text(page, keys, hostile_folder):
    app = opened(page, **keys)
    assert faults(app) == []
    assert {body for body in bodies(app) if live_signs(body)} == set()


@pytest.mark.parametrize(("page", "keys"), HOSTILE_VIEWS)
def test_no_text_of_the_pages_is_sent_as_html(page, keys, hostile_folder):
    app = opened(page, **keys)
    assert [each.value for each in app.markdown if each.allow_html] == []


@pytest.mark.parametrize("kind", ["claim", "place", "leg", "route"])
def test_a_hostile_value_in_the_address_is_sent_as_plain_text(kind):
    app = opened("overview", **{kind: HOSTILE})
    assert {body for body in bodies(app) if live_signs(body)} == set()


def test_a_hostile_search_is_harmless():
    app = opened("evidence", text=HOSTILE)
    assert faults(app) == []
    assert {body for body in bodies(app) if live_signs(body)} == set()
