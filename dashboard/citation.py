"""How to cite the dataset."""

from __future__ import annotations

from dashboard.dataset import Dataset

TITLE = "Reported arms shipments from North Korea to Russia"
AUTHORS = "The arms shipments dashboard authors"


def short_citation(dataset: Dataset) -> str:
    """Return the citation for a footnote."""
    return f"{AUTHORS}, {TITLE}, data {dataset.version}."


def full_citation(dataset: Dataset) -> str:
    """Return the citation for a bibliography."""
    year = dataset.version.split(".", maxsplit=1)[0]
    return (
        f"{AUTHORS} ({year}). {TITLE} [Data set]. Version {dataset.version}, "
        f"SHA-256 {dataset.digest}. CC BY 4.0."
    )


def bibtex(dataset: Dataset) -> str:
    """Return the citation as a BibTeX entry."""
    year = dataset.version.split(".", maxsplit=1)[0]
    return "\n".join(
        (
            f"@misc{{arms-shipments-{dataset.version},",
            f"  author = {{{{{AUTHORS}}}}},",
            f"  title = {{{TITLE}}},",
            f"  year = {{{year}}},",
            f"  version = {{{dataset.version}}},",
            f"  note = {{Data set, SHA-256 {dataset.digest}, CC BY 4.0}}",
            "}",
        )
    )
