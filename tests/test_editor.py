"""The editor on the Data page: for whom it is there, and what it does, run without a browser."""

import errno
import re
import shutil
import subprocess

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboard.checks import check_folder
from dashboard.dataset import SHIPPED_DATA
from dashboard.row_changes import ROW_CLASSES, rows_by_key
from dashboard.schema import Claim
from dashboard.tables import file_of, read_table
from dashboard.web import editing_rights, review
from tests.build import change_bytes, change_cell, write_good_folder
from tests.test_pages import HOSTILE, bodies, live_signs, opened, unescaped, words

SEOUL = ("rok-mnd-20240226-containers",)
HERE = editing_rights.Visitor("localhost:8501", False, {})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small good data folder that the pages read."""
    folder = tmp_path / "data"
    folder.mkdir()
    write_good_folder(folder)
    shutil.copy(SHIPPED_DATA / "datapackage.json", folder)
    monkeypatch.setenv("SHIPMENTS_DATA", str(folder))
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def at_home(monkeypatch):
    """The app as `shipments serve --edit` starts it, asked from the machine itself."""
    monkeypatch.setenv("SHIPMENTS_EDIT", "1")
    monkeypatch.delenv("SHIPMENTS_EDITORS", raising=False)
    monkeypatch.setattr(editing_rights, "_visitor", lambda: HERE)
    address = st.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield
    config.set_option("server.address", address)


@pytest.fixture
def editor(folder, at_home) -> AppTest:
    return editing_tables()


def editing_tables() -> AppTest:
    """Return the Data page with the table editor open."""
    app = opened("data")
    app.session_state["editor"] = "Edit tables"
    return app.run()


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def grid(app: AppTest, name: str):
    """Return the grid of rows that are there, or of new rows."""
    [found] = [each for each in app.data_editor if each.key.startswith(f"{name} ")]
    return found


def typed(app: AppTest, key=SEOUL, id_column="claim_id", **cells: object) -> AppTest:
    """Type into cells of the row with a key, as Streamlit's editor tells it."""
    rows = grid(app, "rows")
    [place] = [n for n, value in enumerate(rows.value[id_column]) if value == key[0]]
    before = app.session_state.get(rows.key, {})
    edited = {**before.get("edited_rows", {}), place: cells}
    app.session_state[rows.key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    return app.run()


def added(app: AppTest, *rows: dict[str, object]) -> AppTest:
    state = {"edited_rows": {}, "added_rows": list(rows), "deleted_rows": []}
    app.session_state[grid(app, "new rows").key] = state
    return app.run()


def press(app: AppTest, label: str) -> AppTest:
    [button] = [button for button in app.button if button.label == label]
    assert not button.disabled, label
    return button.click().run()


def is_ready(app: AppTest) -> bool:
    [save] = [button for button in app.button if button.label == "Save"]
    return not save.disabled


def choose(app: AppTest, table: str) -> AppTest:
    return app.selectbox(key="edited table").set_value(table).run()


def file_rows(folder, row_class=Claim):
    return rows_by_key(read_table(folder / file_of(row_class), row_class)[0], row_class)


def cell(folder, column: str, key=SEOUL) -> str:
    return dict(zip(Claim.model_fields, file_rows(folder)[key], strict=True))[column]


def said(app: AppTest) -> str:
    return unescaped(
        " ".join(
            each.value for kind in ("success", "warning", "info", "error") for each in app.get(kind)
        )
    )


# ------------------------------------------------------------------ for whom it is there


def test_a_reader_finds_no_editor(folder):
    app = opened("data")
    assert not labels(app) & {"Save", "Save the claim"}
    assert "Maintain" not in words(app)


@pytest.mark.parametrize("key", ["edit", "SHIPMENTS_EDIT", "propose", "rights"])
def test_no_word_in_the_address_opens_the_editor(folder, key):
    assert "Save the claim" not in labels(opened("data", **{key: "1"}))


def test_the_maintainer_finds_the_editor(editor):
    assert not editor.exception
    assert "Save" in labels(editor)
    assert "Maintain" in words(editor)


def test_an_open_address_shuts_the_editor(folder, at_home):
    config.set_option("server.address", "0.0.0.0")
    assert "Save the claim" not in labels(opened("data"))


def test_the_address_names_nothing_of_the_editor(editor):
    typed(editor, note="Mine.")
    choose(editor, "sources")
    assert dict(editor.query_params) == {}


@pytest.fixture
def with_login(folder, monkeypatch):
    """The app on any address, with a login and a list of editors."""
    server = editing_rights.Server("0.0.0.0", True, True, frozenset({"ann@example.org"}))
    monkeypatch.setattr(editing_rights, "server_at", lambda *_: server)
    monkeypatch.setenv("SHIPMENTS_EDIT", "1")


def as_user(**user: object) -> AppTest:
    app = opened("data")
    app.user = user
    return app.run()


def test_with_a_login_only_listed_people_find_the_editor(with_login):
    ann = as_user(is_logged_in=True, email="ANN@example.org", email_verified=True)
    bob = as_user(is_logged_in=True, email="bob@example.org", email_verified=True)
    nobody = as_user(is_logged_in=False)
    assert ["Save the claim" in labels(app) for app in (ann, bob, nobody)] == [True, False, False]
    assert ["Log in to maintain the data" in labels(app) for app in (ann, bob, nobody)] == [
        False,
        False,
        True,
    ]
    assert ["Log out" in labels(app) for app in (ann, bob, nobody)] == [True, True, False]


# ------------------------------------------------------------------ the grid


def test_the_grid_shows_every_row_and_locks_its_id(editor, folder):
    rows = grid(editor, "rows")
    assert list(rows.value["claim_id"]) == [key[0] for key in file_rows(folder)]
    assert '"claim_id": {"label": "claim_id"' in rows.proto.columns
    assert re.search(r'"claim_id": \{[^}]*"disabled": true', rows.proto.columns)


def test_dates_are_text_and_figures_have_no_separators(editor):
    columns = grid(editor, "rows").proto.columns
    assert re.search(r'"stated_on": \{[^{]*"type_config": \{"type": "text"', columns)
    assert re.search(r'"low": \{[^{]*"type_config": \{"type": "number"[^}]*"format": "%d"', columns)
    assert re.search(r'"measure": \{[^{]*"type_config": \{"type": "selectbox"', columns)
    assert re.search(r'"claimant": \{[^{]*"type_config": \{"type": "selectbox"', columns)


def test_rows_are_found_by_their_words(editor):
    editor.text_input(key="rows to edit").set_value("denial").run()
    assert list(grid(editor, "rows").value["claim_id"]) == ["dprk-20240301-denial"]


def test_a_row_with_a_change_or_a_fault_says_so(editor):
    rows = grid(typed(editor, note="Mine."), "rows").value.set_index("claim_id")["State"]
    assert (rows[SEOUL[0]], rows["dprk-20240301-denial"]) == ("changed", "")
    rows = grid(typed(editor, stated_on="26-Feb-24"), "rows").value.set_index("claim_id")["State"]
    assert rows[SEOUL[0]] == "fault: stated_on"


def test_claims_have_no_box_to_remove_them_and_links_have(editor):
    assert "Remove" not in grid(editor, "rows").value
    assert "Remove" in grid(choose(editor, "claim_sources"), "rows").value


# ------------------------------------------------------------------ faults before saving


def test_without_a_change_there_is_nothing_to_save(editor):
    assert not is_ready(editor)


def test_a_fault_stands_at_its_cell_in_words_and_cannot_be_saved(editor, folder):
    typed(editor, stated_on="26-Feb-24")
    assert f"claims, {SEOUL[0]}, stated_on: '26-Feb-24' is not a date" in said(editor)
    assert "Write YYYY-MM-DD" in said(editor)
    cells = editor.dataframe[-1].value
    assert list(cells.loc[0, ["Row", "Column", "Was", "Will be"]]) == [
        SEOUL[0],
        "stated_on",
        "2024-02-26",
        "26-Feb-24",
    ]
    assert "is not a date" in cells.loc[0, "Fault"]
    assert not is_ready(editor)
    assert cell(folder, "stated_on") == "2024-02-26"


def test_a_mended_fault_can_be_saved(editor, folder):
    typed(editor, stated_on="26-Feb-24")
    typed(editor, stated_on="2024-02-25", period_end="2024-02-25")
    press(editor, "Save")
    assert cell(folder, "stated_on") == "2024-02-25"


def test_what_will_change_is_told_before_saving(editor):
    typed(editor, low=6900, high=6900)
    assert "factor" in said(editor)
    choose(editor, "conversions")
    typed(editor, ("rok-mnd-rounds",), "conversion_id", factor=435)
    assert "1 claim revised; 1 conversion revised" in said(editor)
    assert "about 6,700 containers → about 6,900 containers" in said(editor)
    assert is_ready(editor)


# ------------------------------------------------------------------ saving


def test_a_saved_cell_is_in_the_file_and_on_the_page(editor, folder):
    press(typed(editor, note="Said at a briefing."), "Save")
    assert cell(folder, "note") == "Said at a briefing."
    assert "Saved. Revised" in said(editor)
    assert check_folder(folder)[1] == ()
    assert not is_ready(editor)


def test_a_claim_its_document_and_their_link_are_saved_together(editor, folder):
    claim = dict(zip(Claim.model_fields, file_rows(folder)[SEOUL], strict=True))
    claim |= {"claim_id": "rok-mnd-20240301-containers", "stated_on": "2024-03-01"}
    added(editor, {name: value or None for name, value in claim.items()})
    assert "has no document in claim_sources.csv" in said(editor)
    added(
        choose(editor, "claim_sources"),
        {
            "claim_id": claim["claim_id"],
            "source_id": "kbs-20240226",
            "role": "first",
        },
    )
    press(editor, "Save")
    assert (claim["claim_id"],) in file_rows(folder)
    assert check_folder(folder)[1] == ()


def test_a_link_is_removed_by_its_tick_and_kept_without(editor, folder):
    choose(editor, "claim_sources")
    rows = grid(editor, "rows")
    place = list(rows.value["source_id"]).index("yonhap-20240827")
    link = rows.value.loc[place, "claim_id"]
    editor.session_state[rows.key] = {"edited_rows": {place - 1: {"Remove": True}}}
    press(editor.run(), "Save")
    left = file_rows(folder, ROW_CLASSES["claim_sources"])
    assert (link, "yonhap-20240827") in left
    assert (link, "kbs-20240226") not in left


def test_edits_outlive_another_search_another_table_and_another_page(editor, folder):
    typed(editor, note="Kept.")
    editor.text_input(key="rows to edit").set_value("denial").run()
    choose(editor, "sources")
    editor.switch_page("views/method.py").run()
    editor.switch_page("views/data.py").run()
    editor.session_state["editor"] = "Edit tables"
    press(editor.run(), "Save")
    assert cell(folder, "note") == "Kept."


def test_the_same_cell_can_be_saved_twice(editor, folder):
    press(typed(editor, note="One."), "Save")
    press(typed(editor, note="Two."), "Save")
    assert cell(folder, "note") == "Two."


def test_discarded_edits_are_gone(editor, folder):
    press(typed(editor, note="Mine."), "Discard my changes")
    assert not is_ready(editor)
    assert "Mine." not in set(grid(editor, "rows").value["note"].dropna())


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "cannot be written"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (review.FolderBusyError("busy"), "another program is saving"),
    ],
)
def test_a_folder_that_cannot_be_written_keeps_the_edit(
    editor, folder, monkeypatch, fault, expected
):
    def refuse(*_args):
        raise fault

    typed(editor, note="Kept.")
    with monkeypatch.context() as patch:
        patch.setattr("dashboard.web.review.save_changes", refuse)
        press(editor, "Save")
    assert not editor.exception
    assert expected in said(editor)
    assert str(folder) not in said(editor)
    press(editor, "Save")
    assert cell(folder, "note") == "Kept."


# ------------------------------------------------------------------ two editors at once


def two_editors(folder):
    one, other = editing_tables(), editing_tables()
    typed(one, note="By one.")
    typed(other, note="By the other.", method="unknown")
    return press(one, "Save"), other


def test_the_second_editor_is_told_cell_by_cell_and_loses_nothing(folder, at_home):
    _, other = two_editors(folder)
    press(other, "Save")
    assert "Somebody else has changed 1 row" in said(other)
    cells = other.dataframe[-1].value
    assert [tuple(row) for row in cells[["Column", "Was", "Now, by others", "Yours"]].values] == [
        ("method", "official-statement", "official-statement", "unknown"),
        ("note", "", "By one.", "By the other."),
    ]
    assert cell(folder, "note") == "By one."


def test_the_second_editor_can_make_the_change_again(folder, at_home):
    _, other = two_editors(folder)
    press(press(other, "Save"), "Apply my changes to the current rows")
    assert "‘By one.’ → ‘By the other.’" in said(other)
    press(other, "Save")
    assert (cell(folder, "note"), cell(folder, "method")) == ("By the other.", "unknown")


def test_the_second_editor_can_leave_it(folder, at_home):
    _, other = two_editors(folder)
    press(press(other, "Save"), "Discard my changes")
    assert not is_ready(other)
    assert cell(folder, "note") == "By one."


def test_edits_of_other_rows_do_not_hinder_each_other(folder, at_home):
    one, other = editing_tables(), editing_tables()
    denial = ("dprk-20240301-denial",)
    typed(one, note="By one.")
    typed(other, denial, note="By the other.")
    press(one, "Save")
    press(other, "Save")
    assert (cell(folder, "note"), cell(folder, "note", denial)) == ("By one.", "By the other.")


def test_a_change_of_the_files_is_in_the_grid_where_nothing_is_edited(editor, folder):
    change_bytes(folder, "claims.csv", b"13000", b"13999")
    assert 13999 in list(grid(editor.run(), "rows").value["low"].dropna())


def test_a_change_of_the_files_is_told_to_whoever_is_editing(editor, folder):
    typed(editor, note="Mine.")
    change_bytes(folder, "claims.csv", b"13000", b"13999")
    assert "The files have changed since you began" in said(editor.run())
    press(editor, "Save")
    assert cell(folder, "note") == "Mine."


# ------------------------------------------------------------------ undo


def test_the_last_save_is_undone_and_made_again(editor, folder):
    press(typed(editor, note="Mine."), "Save")
    press(editor, "Undo the last save")
    assert cell(folder, "note") == ""
    assert "Undone: Revised" in said(editor)
    press(editor, "Undo the last save")
    assert cell(folder, "note") == "Mine."


def test_without_a_save_there_is_nothing_to_undo(editor):
    assert "Undo the last save" not in labels(editor)


def test_a_save_is_not_undone_where_somebody_changed_the_row_since(editor, folder):
    press(typed(editor, note="Mine."), "Save")
    change_bytes(folder, "claims.csv", b"Mine.", b"Hers.")
    press(editor, "Undo the last save")
    assert "Somebody else has changed 1 row since" in said(editor)
    assert cell(folder, "note") == "Hers."


# ------------------------------------------------------------------ adding a claim

CLAIM = {
    "claimant": "rok-mnd",
    "stated_on": "2024-09-03",
    "item": "containers",
    "measure": "cumulative",
    "qualifier": "more-than",
    "low": "14000",
    "paraphrase": "Seoul said that more than 14,000 containers had gone.",
    "status": "reported-shipped",
    "method": "unknown",
    "confidence": "high",
}
ADDRESS = "https://example.org/2024/09/03/containers"
DOCUMENT = {
    "url": ADDRESS,
    "role": "first",
    "title": "Seoul: 14,000 containers",
    "publisher": "kbs",
    "language": "ko",
    "kind": "news",
}


@pytest.fixture
def form(folder, at_home) -> AppTest:
    return opened("data")


def filled(app: AppTest, **cells: str) -> AppTest:
    """Fill in fields of the form; those that only others bring about, as soon as they are there."""
    while cells:
        there = {name: key for name in cells for key in [form_key(app, name)] if key}
        assert there, f"no field for {', '.join(cells)}"
        for name, key in there.items():
            app.session_state[key] = cells[name]
        app.run()
        cells = {name: cell for name, cell in cells.items() if name not in there}
    assert not app.exception
    return app


def form_key(app: AppTest, name: str) -> str:
    """Return the key of a field of the form; nothing where it is not there."""
    fields = [*app.selectbox, *app.text_input, *app.text_area]
    pattern = re.compile(rf"claim form \d+ {name}( .*)?")
    return next((field.key for field in fields if pattern.fullmatch(field.key or "")), "")


def test_a_claim_its_document_and_their_link_are_entered_by_one_form(form, folder):
    filled(form, **CLAIM, **DOCUMENT)
    assert "1 claim added; 1 document added; 1 document behind a claim added" in said(form)
    press(form, "Save the claim")
    claim = dict(
        zip(Claim.model_fields, file_rows(folder)[("rok-mnd-20240903-containers",)], strict=True)
    )
    assert CLAIM.items() <= claim.items()
    assert (claim["unit"], claim["high"], claim["credibility"]) == ("containers", "", "6")
    document = file_rows(folder, ROW_CLASSES["sources"])[("kbs-20240903-14000",)]
    assert "address" in document
    assert check_folder(folder)[1] == ()


def test_the_form_is_empty_again_once_its_claim_is_saved(form):
    press(filled(form, **CLAIM, **DOCUMENT), "Save the claim")
    assert "Saved. 1 claim added" in said(form)
    assert {field.value for field in form.text_input if "claim form" in field.key} == {""}


def test_the_form_says_what_is_still_missing(form):
    filled(form, claimant="rok-mnd", stated_on="2024-09")
    assert "Still to fill in: what is counted, the web address" in words(form)
    [button] = [button for button in form.button if button.label == "Save the claim"]
    assert button.disabled


def test_a_fault_stands_under_its_field(form):
    filled(form, stated_on="3-Sep-24")
    assert "'3-Sep-24' is not a date" in words(form)


def test_a_claim_that_is_there_already_is_pointed_out_and_only_its_document_added(form, folder):
    claim = CLAIM | {"low": "13000", "claimant": "rok-dia"}
    filled(form, **claim, **DOCUMENT)
    assert "there already" in said(form)
    form.radio[0].set_value("rok-dia-20240827-containers").run()
    press(form, "Save the claim")
    assert ("rok-dia-20240903-containers",) not in file_rows(folder)
    links = file_rows(folder, ROW_CLASSES["claim_sources"])
    assert ("rok-dia-20240827-containers", "kbs-20240903-13000") in links


def test_a_known_document_is_linked_and_not_added_again(form, folder):
    known = {"url": "http://www.example.org/voa-20240223/", "role": "relay"}
    filled(form, **CLAIM, **known)
    assert "This document is known" in said(form)
    press(form, "Save the claim")
    links = file_rows(folder, ROW_CLASSES["claim_sources"])
    assert ("rok-mnd-20240903-containers", "voa-20240223") in links


def type_publisher(form: AppTest, name: str) -> None:
    """Fill in the form, with a publisher that is typed and not chosen."""
    filled(form, **CLAIM, **(DOCUMENT | {"url": "https://tass.example/1"}))
    offered(form, name).set_value(name).run()


def offered(form: AppTest, publisher: str):
    """Return the field of the publisher; the test driver knows only options that are offered."""
    [field] = [field for field in form.selectbox if field.label.startswith("Publisher")]
    field.options.append(publisher)
    return field


def test_a_new_publisher_is_entered_with_its_document(form, folder):
    type_publisher(form, "TASS")
    offered(form, "TASS")
    form.session_state[form_key(form, "kind TASS")] = "wire"
    form.session_state[form_key(form, "basis TASS")] = "Well known."
    form.session_state[form_key(form, "language")] = "en"
    form.run()
    offered(form, "TASS")
    press(form, "Save the claim")
    assert ("tass",) in file_rows(folder, ROW_CLASSES["publishers"])


def test_a_publisher_typed_by_its_name_is_not_entered_twice(form):
    type_publisher(form, "KBS ")
    assert "1 document added" in said(form)
    assert "publisher" not in said(form)


def test_a_new_publisher_that_is_nearly_a_known_one_is_pointed_out(form):
    type_publisher(form, "A mapping agency of Seoul")
    assert "There is already: A mapping agency" in said(form)


def test_an_id_that_is_taken_meanwhile_gets_a_number(form, folder, at_home):
    other = filled(opened("data"), **CLAIM, **DOCUMENT)
    filled(form, **(CLAIM | {"low": "15000"}), **(DOCUMENT | {"url": f"{ADDRESS}-2"}))
    press(other, "Save the claim")
    press(form.run(), "Save the claim")
    assert ("rok-mnd-20240903-containers-2",) in file_rows(folder)


# ------------------------------------------------------------------ files with faults


def test_a_file_that_cannot_be_read_as_rows_is_not_edited_here(editor, folder):
    (folder / "claims.csv").write_bytes(b"")
    editor.run()
    assert not editor.exception
    assert "Save" not in labels(editor)
    assert "Mend these files by hand first" in words(editor)


def test_a_faulty_cell_can_be_mended_here(editor, folder):
    change_cell(folder, "claims", 3, "note", "=1+1")
    press(typed(editor.run(), note="A sum."), "Save")
    assert check_folder(folder)[1] == ()


# ------------------------------------------------------------------ proposing a change


@pytest.fixture
def proposal(folder) -> AppTest:
    app = opened("data")
    app.session_state["propose"] = True
    app.session_state["editor"] = "Edit tables"
    return app.run()


def downloads(app: AppTest):
    return [each for each in app.get("download_button") if each.proto.label.startswith("Download")]


def test_a_reader_can_propose_a_change_and_nothing_is_written(proposal, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    typed(proposal, note="A proposal.")
    assert not proposal.exception
    assert "Revised" in said(proposal)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "Save" not in labels(proposal)
    assert not downloads(proposal)[0].proto.disabled


def test_a_proposal_with_a_fault_cannot_be_downloaded(proposal):
    typed(proposal, stated_on="26-Feb-24")
    assert downloads(proposal)[0].proto.disabled


def test_a_proposal_has_a_limit(proposal, monkeypatch):
    monkeypatch.setattr(review, "MOST_CHANGES", 0)
    typed(proposal, note="A proposal.")
    assert "0 are the most" in said(proposal)
    assert downloads(proposal)[0].proto.disabled


def test_git_applies_what_a_reader_downloads(proposal, folder, monkeypatch):
    taken: list[bytes] = []
    offer = st.download_button
    monkeypatch.setattr(
        st,
        "download_button",
        lambda *args, **given: (taken.append(given["data"]), offer(*args, **given))[1],
    )
    typed(proposal, note="A proposal, “quoted”.")
    git = ["git", "-C", str(folder.parent)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "apply", "--check", "-"], input=taken[-1], check=True)
    subprocess.run([*git, "apply", "-"], input=taken[-1], check=True)
    assert cell(folder, "note") == "A proposal, “quoted”."
    assert check_folder(folder)[1] == ()


# ------------------------------------------------------------------ hostile text


def test_hostile_text_in_edits_is_sent_as_plain_text(editor, folder):
    hostile = f"x {HOSTILE}"
    typed(editor, note=hostile, withdrawn_on=HOSTILE)
    assert {body for body in bodies(editor) if live_signs(body)} == set()
    typed(editor, note=hostile)
    assert {body for body in bodies(editor) if live_signs(body)} == set()
    press(editor, "Save")
    assert {body for body in bodies(editor) if live_signs(body)} == set()
