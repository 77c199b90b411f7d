"""In the automatic check the whole suite runs without a network: `scripts/offline.sh make test`."""

import errno
import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OUTSIDE = "192.0.2.1"
"""An address that is nobody's: TEST-NET-1 of RFC 5737."""

IS_CUT_OFF = "SHIPMENTS_CUT_OFF" in os.environ
in_cut_off_network = pytest.mark.skipif(
    not IS_CUT_OFF, reason="the network is not cut off: scripts/offline.sh"
)


@in_cut_off_network
def test_no_packet_finds_a_way_out():
    with socket.socket() as way_out:
        assert way_out.connect_ex((OUTSIDE, 443)) == errno.ENETUNREACH


@in_cut_off_network
def test_no_name_is_found():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.org", 443)


@in_cut_off_network
def test_loopback_is_the_only_network():
    assert [name for _, name in socket.if_nameindex()] == ["lo"]


def test_the_automatic_check_cuts_the_network_off():
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert last == "scripts/offline.sh make test"


def test_the_automatic_check_did_cut_it_off():
    is_automatic = bool(os.environ.get("CI"))
    assert IS_CUT_OFF or not is_automatic, "run scripts/offline.sh make test"


def test_without_a_command_offline_says_how_it_is_used():
    told = subprocess.run(
        [ROOT / "scripts" / "offline.sh"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert told.stderr.startswith("usage: ")
