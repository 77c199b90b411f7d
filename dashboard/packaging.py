"""The data as one zip file, with checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from dashboard.describe import DICTIONARY_FILE, PACKAGE_FILE
from dashboard.schema import TABLES
from dashboard.tables import file_of, leads_out

CHECKSUMS = "SHA256SUMS"
CHANGELOG = "CHANGELOG.md"
_FILES = (
    *(file_of(row) for row in TABLES),
    PACKAGE_FILE,
    DICTIONARY_FILE,
    "LICENSE.md",
    CHANGELOG,
)
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def data_zip(folder: Path) -> bytes:
    """Return a data folder as a zip file: tables, descriptions, licence, changelog, checksums.

    Equal files give equal bytes, whenever and wherever it is made. The checksums are in the form
    that `sha256sum --check` reads. Optional files that are not there are left out,
    and so are links that lead out of the folder.

    Raises:
        OSError: A file cannot be read.
    """
    there = [name for name in _FILES if (folder / name).is_file() and not leads_out(folder / name)]
    files = {name: (folder / name).read_bytes() for name in there}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (files | {CHECKSUMS: sums.encode("ascii")}).items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
