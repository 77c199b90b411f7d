"""The links of documents: which are due to be tried, what an answer means, and how it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from dashboard.codes import UrlStatus
from dashboard.columns import names_of
from dashboard.data_folder import ChangedMeanwhileError, save_changes
from dashboard.layout import Cells
from dashboard.row_changes import Conflict, RowChange, revised
from dashboard.schema import Source

_COPIES = "https://web.archive.org/web/2/"
_BLOCKED = frozenset((401, 402, 403, 405, 406, 407, 429, 451, 999))
_GONE = frozenset((404, 410))
_HEADINGS = {
    UrlStatus.GONE: "No longer there",
    UrlStatus.MOVED: "At another address",
    UrlStatus.UNREACHABLE: "No sound answer",
}


class Answer(NamedTuple):
    """What came back from an address.

    Attributes:
        status: What it means; None where the address was not asked.
        remark: What was seen, in words.
        address: Where it answers for good, if that is elsewhere.
        is_from_network: False where nothing came back at all: no name, no way, no answer in time.
    """

    status: UrlStatus | None
    remark: str
    address: str = ""
    is_from_network: bool = True


@dataclass(frozen=True)
class Look:
    """A look at the links of one document.

    Attributes:
        source_id: The document.
        url: Its address.
        answer: What its address answered.
        archived: What the address of the archived copy answered; None where there is none.
    """

    source_id: str
    url: str
    answer: Answer
    archived: Answer | None = None


# ------------------------------------------------------------------ which are due


def host_of(address: str) -> str:
    """Return the host of an address with its port, without `www.`."""
    return urlsplit(address).netloc.rpartition("@")[2].lower().removeprefix("www.")


def due_documents(
    rows: Iterable[Cells], today: date, again_after: int, hosts: Sequence[str] = ()
) -> list[Cells]:
    """Return the documents whose link is to be tried, those that waited longest first.

    Args:
        rows: Rows of the table of documents.
        today: The day of the look.
        again_after: Leave out links that were tried less than so many days ago.
        hosts: Leave out links to other hosts than these; none means every host.
    """
    since = (today - timedelta(days=again_after)).isoformat()
    named = ((named_cells(row), row) for row in rows)
    due = [
        (cells["url_checked_on"], row)
        for cells, row in named
        if cells["url_checked_on"] <= since and (not hosts or host_of(cells["url"]) in hosts)
    ]
    return [row for _, row in sorted(due, key=lambda pair: pair[0])]


def named_cells(row: Cells) -> dict[str, str]:
    """Return the cells of a document by column."""
    return dict(zip(names_of(Source), row, strict=True))


# ------------------------------------------------------------------ what an answer means


def status_of_code(code: int) -> UrlStatus:
    """Return what a final HTTP status says of an address."""
    if 200 <= code < 300:
        return UrlStatus.OK
    if code in _GONE:
        return UrlStatus.GONE
    return UrlStatus.BLOCKED if code in _BLOCKED else UrlStatus.UNREACHABLE


def is_same_address(one: str, other: str) -> bool:
    """Return True where two addresses differ in https, `www.` or a last slash alone."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return host + port, parts.path.rstrip("/"), parts.query


# ------------------------------------------------------------------ how it is kept


def changes_of(
    looks: Iterable[Look], rows: Mapping[str, Cells], today: date
) -> tuple[RowChange, ...]:
    """Return the changes that enter what was found; an address that was not asked changes nothing.

    Args:
        looks: What was found.
        rows: The rows of the documents by id, as they were read.
        today: The day of the look.
    """
    return tuple(
        revised(
            "sources",
            rows[look.source_id],
            url_status=look.answer.status.value,
            url_checked_on=today.isoformat(),
        )
        for look in looks
        if look.answer.status
    )


def rebased_changes(
    changes: Iterable[RowChange], conflicts: Sequence[Conflict]
) -> tuple[RowChange, ...]:
    """Return changes made to the documents as they are now.

    What was found at an address says nothing of a document that is gone or has another address
    meanwhile, so that is left out.
    """
    contested = {conflict.wanted.key for conflict in conflicts}
    kept = [change for change in changes if change.key not in contested]
    return (*kept, *(conflict.rebased for conflict in conflicts if _is_same_document(conflict)))


def _is_same_document(conflict: Conflict) -> bool:
    if conflict.found is None:
        return False
    return named_cells(conflict.found)["url"] == conflict.wanted.cells_after["url"]


class Findings:
    """What a run has found, saved bit by bit into the table of documents.

    Attributes:
        looks: All that was found so far.
    """

    def __init__(self, folder: Path, rows: Mapping[str, Cells], today: date) -> None:
        self._folder = folder
        self._rows = rows
        self._today = today
        self._saved = 0
        self.looks: list[Look] = []

    @property
    def unsaved(self) -> int:
        """How many looks are not in the table yet."""
        return len(self.looks) - self._saved

    @property
    def silent_hosts(self) -> int:
        """How many hosts in a row gave no sign at all, up to now.

        Many of them mean that it is the network that is not there. So silence is entered only once
        another host has answered after it, or at the end of a run.
        """
        return len({host_of(look.url) for look in self.looks[self._certain :]})

    @property
    def _certain(self) -> int:
        """How many looks, from the first, are followed by an answer of some host."""
        heard = (n for n, look in enumerate(self.looks, 1) if look.answer.is_from_network)
        return max(heard, default=0)

    @property
    def is_nothing_heard(self) -> bool:
        """True where hosts were asked and none of them gave a sign."""
        return bool(self.looks) and not self._certain

    def save_certain(self) -> None:
        """Enter what is not saved yet, but for hosts that have only just fallen silent.

        Raises:
            DatasetError: The folder has faults.
            OSError: It cannot be written, or another writer holds it.
        """
        self._save(self._certain)

    def save_all(self) -> None:
        """Enter all that is not saved yet.

        Raises:
            DatasetError: The folder has faults.
            OSError: It cannot be written, or another writer holds it.
        """
        self._save(len(self.looks))

    def _save(self, end: int) -> None:
        """Change the two columns of the look, and nothing else."""
        changes = changes_of(self.looks[self._saved : end], self._rows, self._today)
        said = f"Links of {len(changes)} documents tried."
        while changes:
            try:
                save_changes(self._folder, changes, self._today, said)
                break
            except ChangedMeanwhileError as fault:
                changes = rebased_changes(changes, fault.conflicts)
        self._saved = max(self._saved, end)


# ------------------------------------------------------------------ the report


def dead_link_report(rows: Iterable[Cells], looks: Iterable[Look], today: date) -> str:
    """Return the documents whose link does not lead to them, as Markdown.

    Args:
        rows: All documents, as they are now.
        looks: What this run found; of these the report can say more.
        today: The day of the report.
    """
    seen = {look.source_id: look for look in looks}
    documents = [named_cells(row) for row in rows]
    parts = [
        (heading, [_entry(cells, seen) for cells in documents if cells["url_status"] == status])
        for status, heading in _HEADINGS.items()
    ]
    parts.append(("Archived copies without a sound answer", _archives(seen.values())))
    parts.append(("Not tried", _not_tried(seen.values())))
    lines = ["# Links of documents", "", f"As of {today.isoformat()}; {len(documents)} documents."]
    for heading, entries in parts:
        if entries:
            lines += ["", f"## {heading}: {len(entries)}", "", *entries]
    if not any(entries for _, entries in parts):
        lines += ["", "No dead link is known."]
    return "\n".join(lines) + "\n"


def _archives(looks: Iterable[Look]) -> list[str]:
    sound = (UrlStatus.OK, UrlStatus.MOVED, UrlStatus.BLOCKED)
    return [
        f"- `{look.source_id}`: {look.archived.remark}"
        for look in looks
        if look.archived and look.archived.status not in sound
    ]


def _not_tried(looks: Iterable[Look]) -> list[str]:
    return [
        f"- `{look.source_id}`: <{look.url}>: {look.answer.remark}"
        for look in looks
        if look.answer.status is None
    ]


def _entry(cells: Mapping[str, str], seen: Mapping[str, Look]) -> str:
    """Return a line of the list of dead links: the address, what was seen, and where a copy is."""
    look = seen.get(cells["source_id"])
    parts = [f"- `{cells['source_id']}`: <{cells['url']}>", f"tried on {cells['url_checked_on']}"]
    if look:
        parts.append(look.answer.remark)
    if cells["archived_url"]:
        parts.append(f"archived copy: <{cells['archived_url']}>")
    elif cells["url_status"] == UrlStatus.GONE:
        parts.append(f"no archived copy yet, look for one: <{_COPIES}{cells['url']}>")
    return "; ".join(parts)
