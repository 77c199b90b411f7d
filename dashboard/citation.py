"""How to cite the dataset, a chart or a claim: short, in full, BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.claimants import full_names
from dashboard.claims import claim
from dashboard.dataset import Dataset
from dashboard.periods import in_words
from dashboard.translation import message
from dashboard.words import figure_in_words, sentence_start, unit_in_words

if TYPE_CHECKING:
    from dashboard.captioned import CaptionedChart

TITLE = message("Reported arms shipments from North Korea to Russia")
AUTHORS = "The arms shipments dashboard authors"
DATA_LICENCE = "CC BY 4.0"

_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class CitedWork:
    """What is cited: the dataset, or a part of it.

    Attributes:
        key: Id for bibliographies, of letters, digits, dots and hyphens.
        part: The title of the chart, or the claim in words; empty for the whole dataset.
        as_known: 'As known on …' for a chart; else empty.
        version: Calendar version of the data.
        digest: First twelve hex digits of the SHA-256 of the data files.
        address: Where it can be seen; empty where that is not known.
    """

    key: str
    part: str
    as_known: str
    version: str
    digest: str
    address: str = ""

    @property
    def year(self) -> int:
        """The year of the version."""
        return int(self.version.split(".", maxsplit=1)[0])

    @property
    def title(self) -> str:
        """The part, or else the dataset."""
        return self.part or TITLE

    @property
    def note(self) -> str:
        """What a bibliography must say beside title, authors and year."""
        known = f"{self.as_known}. " if self.as_known else ""
        return f"{known}Data version {self.version}, SHA-256 {self.digest}, {DATA_LICENCE}"


def cited_dataset(dataset: Dataset, address: str = "") -> CitedWork:
    """Return the whole dataset as a work to cite."""
    return CitedWork(
        key=f"arms-shipments-{dataset.version}",
        part="",
        as_known="",
        version=dataset.version,
        digest=dataset.digest,
        address=address,
    )


def cited_chart(chart: CaptionedChart, address: str = "") -> CitedWork:
    """Return a chart as a work to cite."""
    version, _, digest = chart.data_version.partition(" ")
    day = f"-{chart.as_known_on.isoformat()}" if chart.as_known_on else ""
    return CitedWork(
        key=_key(f"arms-shipments-{version}-{chart.name}{day}"),
        part=chart.title,
        as_known=chart.as_known,
        version=version,
        digest=digest.strip("()"),
        address=address,
    )


def cited_claim(dataset: Dataset, claim_id: str, address: str = "") -> CitedWork:
    """Return one claim, as this dataset records it, as a work to cite.

    Raises:
        LookupError: There is no such claim.
    """
    row = claim(dataset, claim_id)
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    figure = sentence_start(f"{figure}{unit_in_words(row['item'])}")
    who = full_names(dataset)[row["claimant"]]
    return CitedWork(
        key=_key(f"arms-shipments-{dataset.version}-{claim_id}"),
        part=f"{figure}: claim of {who}, {in_words(row['stated_on'])} (claim {claim_id})",
        as_known="",
        version=dataset.version,
        digest=dataset.digest,
        address=address,
    )


def short_citation(work: CitedWork) -> str:
    """Return the citation for a footnote."""
    part = f"“{work.part}”, " if work.part else ""
    return f"{AUTHORS}, {part}{TITLE}, data {work.version}."


def full_citation(work: CitedWork) -> str:
    """Return the citation for a bibliography."""
    part = f"{work.part.rstrip('.')}. In: " if work.part else ""
    known = f" {work.as_known}." if work.as_known else ""
    address = f" {work.address}" if work.address else ""
    return (
        f"{AUTHORS} ({work.year}). {part}{TITLE} [Data set].{known} Version {work.version}, "
        f"SHA-256 {work.digest}. {DATA_LICENCE}.{address}"
    )


def bibtex(work: CitedWork) -> str:
    """Return the citation as a BibTeX entry."""
    fields = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{_bibtex_text(work.title)}}}",
        "year": str(work.year),
        "version": work.version,
        "note": _bibtex_text(work.note),
    }
    if work.part:
        fields["howpublished"] = f"In: {TITLE} [Data set]"
    if work.address:
        fields["url"] = work.address.replace("{", "%7B").replace("}", "%7D")
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}\n}}"


def csl_json(work: CitedWork) -> str:
    """Return the citation as CSL-JSON: a list of one item, as reference managers read it."""
    item: dict[str, object] = {
        "id": work.key,
        "type": "dataset",
        "title": work.title,
        "author": [{"literal": AUTHORS}],
        "issued": {"date-parts": [[work.year]]},
        "version": work.version,
        "note": work.note,
    }
    if work.part:
        item["container-title"] = TITLE
    if work.address:
        item["URL"] = work.address
    return json.dumps([item], ensure_ascii=False, indent=2)


def ris(work: CitedWork) -> str:
    """Return the citation as an RIS record."""
    fields = [
        ("TY", "DATA"),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", AUTHORS),
        ("PY", str(work.year)),
        ("ET", work.version),
        ("N1", work.note),
    ]
    if work.part:
        fields.insert(3, ("T2", TITLE))
    if work.address:
        fields.append(("UR", work.address))
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in [*fields, ("ER", "")]]
    return "\r\n".join(lines) + "\r\n"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _bibtex_text(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(sign, sign) for sign in _one_line(text))


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text)
