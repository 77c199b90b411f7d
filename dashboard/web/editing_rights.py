"""Who may edit the data on screen: the owner of this machine, or whoever the owner has listed.

Nothing in a web address grants anything. Without `SHIPMENTS_EDIT` in the environment nobody edits.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import streamlit as st

EDIT = "SHIPMENTS_EDIT"
EDITORS = "SHIPMENTS_EDITORS"
_FORWARDED_BY_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


class Rights(StrEnum):
    """What a visitor may do with the data."""

    READ = "read"
    LOG_IN = "log-in"
    EDIT = "edit"


@dataclass(frozen=True)
class Server:
    """How the dashboard is served.

    Attributes:
        address: The address that the server is bound to; empty where it listens on every one.
        has_login: Whether the owner has set up a login, the section `[auth]` of secrets.toml.
        is_started_for_editing: Whether the environment says so.
        editors: E-mail addresses of those who may edit, in small letters.
    """

    address: str
    has_login: bool
    is_started_for_editing: bool
    editors: frozenset[str]


@dataclass(frozen=True)
class Visitor:
    """Whoever asks for a page.

    Attributes:
        host: The host that the browser asked for; empty where it named none.
        is_forwarded: Whether another server handed the request on.
        user: What the login service says of the visitor; nothing without a login.
    """

    host: str
    is_forwarded: bool
    user: Mapping[str, object]


def rights_of(server: Server, visitor: Visitor) -> Rights:
    """Return what a visitor may do.

    Where a login or a list of editors is set up, both decide, on any address. Otherwise only who
    sits at the machine itself may edit.
    """
    if not server.is_started_for_editing:
        return Rights.READ
    if not (server.has_login or server.editors):
        is_here = is_loopback(server.address) and is_loopback(visitor.host)
        return Rights.EDIT if is_here and not visitor.is_forwarded else Rights.READ
    if not (server.has_login and server.editors):
        return Rights.READ
    if visitor.user.get("is_logged_in") is not True:
        return Rights.LOG_IN
    return Rights.EDIT if _is_listed(server, visitor.user) else Rights.READ


def _is_listed(server: Server, user: Mapping[str, object]) -> bool:
    """Return True if the login service vouches for an address that is in the list."""
    is_verified = user.get("email_verified") in (True, "true")
    return is_verified and str(user.get("email", "")).strip().lower() in server.editors


def refusal_to_serve(server: Server) -> str:
    """Return why the dashboard may not be served for editing at an address; nothing if it may."""
    if server.has_login != bool(server.editors):
        return (
            f"a login and a list of editors go together: set up [auth] in .streamlit/secrets.toml "
            f"and name the editors in {EDITORS}, or neither"
        )
    if server.has_login:
        has_library = importlib.util.find_spec("authlib") is not None
        return "" if has_library else "the login needs the library Authlib: install it first"
    if is_loopback(server.address):
        return ""
    return (
        f"editing is for this machine only: '{server.address}' can be reached by others. Leave out "
        "--address, or set up a login and a list of editors (docs/command.md, serve)"
    )


def is_loopback(host: str) -> bool:
    """Return True for an address, or a host with or without a port, of the machine itself."""
    try:
        name = host if host.count(":") > 1 and "]" not in host else urlsplit(f"//{host}").hostname
        return name == "localhost" or ipaddress.ip_address(name or "").is_loopback
    except ValueError:
        return False


def editors_of(environment: Mapping[str, str]) -> frozenset[str]:
    """Return the e-mail addresses that the environment lists, in small letters."""
    listed = environment.get(EDITORS, "").split(",")
    return frozenset(address.strip().lower() for address in listed if address.strip())


def server_at(address: str, is_started_for_editing: bool) -> Server:
    """Return how the dashboard is served, or would be at that address.

    Raises:
        OSError: secrets.toml cannot be read; it is not looked at where nobody is to edit.
    """
    has_login = is_started_for_editing and st.secrets.load_if_toml_exists() and "auth" in st.secrets
    return Server(address, has_login, is_started_for_editing, editors_of(os.environ))


def current_rights() -> Rights:
    """Return what the visitor of this session may do."""
    address = st.get_option("server.address") or ""
    return rights_of(server_at(address, os.environ.get(EDIT) == "1"), _visitor())


def is_logged_in() -> bool:
    """Return whether the visitor has logged in to a dashboard that is started for editing."""
    return os.environ.get(EDIT) == "1" and _visitor().user.get("is_logged_in") is True


def _visitor() -> Visitor:
    headers = st.context.headers
    return Visitor(
        host=headers.get("Host", ""),
        is_forwarded=any(name in headers for name in _FORWARDED_BY_A_PROXY),
        user=st.user.to_dict(),
    )
