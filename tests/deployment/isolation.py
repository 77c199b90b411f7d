"""Commands in a world of their own: without a network, or with files that cannot be written."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.deployment.conftest import missing

WITHOUT_WRITING = """
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
findmnt --raw --noheadings --output TARGET | while read -r place; do
  case $place in
    /proc* | /sys* | /dev* | "$1") ;;
    *) mount -o remount,ro,bind "$(printf %b "$place")" 2>/dev/null || test "$place" != / ;;
  esac
done
export TMPDIR="$1" HOME="$1"
cd "$2"
reuid=$3 regid=$4
shift 4
exec setpriv --reuid "$reuid" --regid "$regid" --clear-groups --bounding-set=-all --inh-caps=-all \\
  --no-new-privs "$@"
"""
"""Arguments: the one folder that can be written, the folder to be in, user, group, the command."""

WITHOUT_NETWORK = """
set -eu
ip link set lo up
reuid=$1 regid=$2
shift 2
exec setpriv --reuid "$reuid" --regid "$regid" --clear-groups "$@"
"""
"""Arguments: user, group, the command."""


def without_writing(command: Sequence[str], writable: Path, folder: Path) -> list[str]:
    """Return a command as it runs where only one folder can be written, without any power."""
    script = ["sh", "-c", WITHOUT_WRITING, "sh", str(writable), str(folder)]
    return [*_as_root(), "unshare", "--mount", *script, *_user(), *command]


def without_network(command: Sequence[str]) -> list[str]:
    """Return a command as it runs on a machine that reaches nobody but itself."""
    script = ["sh", "-c", WITHOUT_NETWORK, "sh"]
    return [*_as_root(), "unshare", "--net", *script, *_user(), *command]


def _user() -> list[str]:
    return [str(os.geteuid()), str(os.getegid())]


def _as_root() -> list[str]:
    """Return what makes a command run as root, who alone may make such a world."""
    if os.geteuid() == 0:
        return []
    command = ["sudo", "--non-interactive", "--preserve-env=PATH"]
    if not shutil.which("sudo") or subprocess.run([*command, "true"], check=False).returncode:
        missing("the right to run `unshare` as root")
    return command
