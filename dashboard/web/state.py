"""What the pages share: the dataset, good or last good, and the reader's theme."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import streamlit as st

from dashboard.as_known import as_known
from dashboard.data_folder import finish_interrupted_save
from dashboard.dataset import SHIPPED_DATA, Dataset, DatasetError, load_dataset
from dashboard.figures.online_map import Tiles
from dashboard.figures.palette import Theme
from dashboard.issues import Issue
from dashboard.kept import kept
from dashboard.periods import parse_period

AS_KNOWN_ON = "as_known_on"
DATA_VERSION = "data"
_CHOSEN_DAY = "chosen day"
_READINGS = 3
"""How often changed files are read before they are taken as they are: a writer may be at work."""


Fingerprint = tuple[tuple[str, int, int, int], ...]
"""Names, times of change of content and of rights, and sizes of the files of a data folder."""


def configured_tiles() -> Tiles | None:
    """Return the server of map tiles that the owner of the site configured, if any."""
    address = os.environ.get("SHIPMENTS_TILES_URL", "")
    if not address.startswith(("https://", "http://")):
        return None
    return Tiles(address, os.environ.get("SHIPMENTS_TILES_CREDIT", ""))


@dataclass
class _Store:
    """The dataset that all sessions share, and the faults of newer files, if any."""

    fingerprint: Fingerprint | None = None
    dataset: Dataset | None = None
    issues: tuple[Issue, ...] = ()
    lock: threading.Lock = field(default_factory=threading.Lock)


def data_folder() -> Path:
    """Return the folder that holds the data; SHIPMENTS_DATA names another than the shipped one."""
    return Path(os.environ.get("SHIPMENTS_DATA", SHIPPED_DATA))


@st.cache_resource(show_spinner=False)
def _store() -> _Store:
    return _Store()


def current_dataset() -> Dataset:
    """Return the dataset as known on the day that the reader chose; all of it where none is."""
    dataset = full_dataset()
    day = as_known_day(dataset)
    return cached_as_known(dataset, day) if day else dataset


cached_as_known = kept(512)(as_known)


def as_known_day(dataset: Dataset) -> date | None:
    """Return the past day that the reader chose, kept from page to page.

    The address has the word; where it says nothing, the day chosen before is put into it again.
    """
    first, last = dataset.claims["known_on"].min().date(), dataset.last_day
    if AS_KNOWN_ON in st.query_params:
        day = _day_between(st.query_params[AS_KNOWN_ON], first, last)
        choose_day(day)
        return day
    day = st.session_state.get(_CHOSEN_DAY)
    if day:
        st.query_params[AS_KNOWN_ON] = day.isoformat()
    return day if isinstance(day, date) else None


def choose_day(day: date | None) -> None:
    """Freeze every page to a past day, or show everything again."""
    st.session_state[_CHOSEN_DAY] = day
    if day:
        st.query_params[AS_KNOWN_ON] = day.isoformat()
    elif AS_KNOWN_ON in st.query_params:
        del st.query_params[AS_KNOWN_ON]


def _day_between(text: str, first: date, last: date) -> date | None:
    try:
        day = parse_period(text).last
    except ValueError:
        return None
    return min(max(day, first), last)


def full_dataset() -> Dataset:
    """Return the dataset, read again when a file has changed.

    Faulty files leave the last good dataset in place; with none, the page says what is wrong and
    ends here.
    """
    dataset = last_good_dataset()
    if dataset is None:
        show_issues(data_issues())
        st.stop()
    return dataset


def last_good_dataset() -> Dataset | None:
    """Return the dataset, read again when a file has changed; None where there never was one."""
    store, folder = _store(), data_folder()
    with store.lock:
        for _ in range(_READINGS):
            fingerprint = fingerprint_of(folder)
            is_whole = finish_interrupted_save(folder)
            if fingerprint == store.fingerprint or (store.dataset and not is_whole):
                break
            _read(store, folder)
            store.fingerprint = fingerprint
    return store.dataset


def _read(store: _Store, folder: Path) -> None:
    try:
        dataset = load_dataset(folder, datetime.now(UTC).date())
    except (DatasetError, OSError, ValueError, LookupError, TypeError) as fault:
        store.issues = _issues_of(fault)
    else:
        store.dataset, store.issues = dataset, ()


def data_issues() -> tuple[Issue, ...]:
    """Return the faults of files that are newer than the dataset on screen."""
    return _store().issues


def show_issues(issues: tuple[Issue, ...]) -> None:
    """Say that the files have faults, and which."""
    st.error("The data files have faults, so they cannot be shown.")
    st.code("\n".join(str(issue) for issue in issues), language=None)


def current_theme() -> Theme:
    """Return the theme on the reader's screen."""
    return "dark" if st.context.theme.type == "dark" else "light"


def fingerprint_of(folder: Path) -> Fingerprint:
    """Return what is another once a file of a data folder has changed; nothing without access."""
    try:
        files = [entry for entry in os.scandir(folder) if entry.name.endswith((".csv", ".json"))]
        stats = [(entry.name, entry.stat()) for entry in files]
    except OSError:
        return ()
    return tuple(
        sorted((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size) for name, stat in stats)
    )


def _issues_of(fault: Exception) -> tuple[Issue, ...]:
    if isinstance(fault, DatasetError):
        return fault.issues
    what = fault.strerror if isinstance(fault, OSError) else fault
    file = Path(getattr(fault, "filename", None) or data_folder()).name
    remedy = "look whether the folder and its files are there and readable"
    return (Issue(file, 0, "", "", f"cannot be read: {what}", remedy),)
