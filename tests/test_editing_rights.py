"""Who may edit on screen, and who may not, whatever else they try."""

from dataclasses import replace

import pytest

from dashboard.web.editing_rights import (
    Rights,
    Server,
    Visitor,
    editors_of,
    is_loopback,
    refusal_to_serve,
    rights_of,
)

AT_HOME = Server("127.0.0.1", False, True, frozenset())
WITH_LOGIN = Server("0.0.0.0", True, True, frozenset({"ann@example.org"}))
HERE = Visitor("127.0.0.1:8501", False, {})
ANN = Visitor(
    "data.example.org",
    True,
    {"is_logged_in": True, "email": "Ann@Example.org", "email_verified": True},
)


def user(**claims: object) -> Visitor:
    """Return Ann with other words of the login service; None takes one away."""
    merged = {**ANN.user, **claims}
    return replace(ANN, user={name: value for name, value in merged.items() if value is not None})


def test_who_sits_at_the_machine_may_edit():
    assert rights_of(AT_HOME, HERE) is Rights.EDIT


def test_nobody_edits_where_the_app_was_not_started_for_it():
    assert rights_of(replace(AT_HOME, is_started_for_editing=False), HERE) is Rights.READ
    assert rights_of(replace(WITH_LOGIN, is_started_for_editing=False), ANN) is Rights.READ


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.168.1.7", "::", "example.org"])
def test_an_address_that_others_can_reach_is_for_reading(address):
    assert rights_of(replace(AT_HOME, address=address), HERE) is Rights.READ


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "[bad"])
def test_a_page_under_another_name_is_for_reading(host):
    """A foreign page whose name was made to lead to this machine gets no editor."""
    assert rights_of(AT_HOME, replace(HERE, host=host)) is Rights.READ


def test_behind_a_proxy_one_needs_a_login():
    assert rights_of(AT_HOME, replace(HERE, is_forwarded=True)) is Rights.READ


def test_a_listed_address_may_edit_whatever_its_case():
    assert rights_of(WITH_LOGIN, ANN) is Rights.EDIT


@pytest.mark.parametrize("claims", [{"is_logged_in": None}, {"is_logged_in": False}])
def test_who_is_not_logged_in_is_offered_the_login(claims):
    assert rights_of(WITH_LOGIN, user(**claims)) is Rights.LOG_IN


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "bob@example.org"},
        {"email": None},
        {"email": ""},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
    ],
)
def test_an_address_that_is_not_listed_or_not_verified_is_for_reading(claims):
    assert rights_of(WITH_LOGIN, user(**claims)) is Rights.READ


@pytest.mark.parametrize(
    "half", [{"has_login": False}, {"editors": frozenset()}], ids=["no login", "no list"]
)
def test_a_login_without_a_list_or_a_list_without_a_login_opens_nothing(half):
    server = replace(WITH_LOGIN, address="127.0.0.1", **half)
    assert rights_of(server, HERE) is Rights.READ
    assert rights_of(server, ANN) is Rights.READ
    assert "go together" in refusal_to_serve(server)


def test_with_a_login_nobody_edits_without_it_even_at_the_machine():
    assert rights_of(replace(WITH_LOGIN, address="127.0.0.1"), HERE) is Rights.LOG_IN


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_the_machine_itself_is_served_for_editing(address):
    assert refusal_to_serve(replace(AT_HOME, address=address)) == ""


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "example.org", ""])
def test_other_addresses_are_refused_with_the_way_out(address):
    refusal = refusal_to_serve(replace(AT_HOME, address=address))
    assert "this machine only" in refusal
    assert "--address" in refusal


def test_a_login_needs_its_library(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert "Authlib" in refusal_to_serve(WITH_LOGIN)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: object())
    assert refusal_to_serve(WITH_LOGIN) == ""


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:8501", True),
        ("localhost:8501", True),
        ("LOCALHOST", True),
        ("[::1]:8501", True),
        ("::1", True),
        ("localhost.example.org", False),
        ("user@evil.example", False),
        ("2130706433", False),
    ],
)
def test_the_machine_itself_is_told_from_others(host, expected):
    assert is_loopback(host) is expected


def test_the_list_of_editors_is_read_whatever_its_spaces_and_case():
    listed = {"SHIPMENTS_EDITORS": " A@example.org ,b@Example.org,, "}
    assert editors_of(listed) == {"a@example.org", "b@example.org"}
    assert editors_of({}) == frozenset()
