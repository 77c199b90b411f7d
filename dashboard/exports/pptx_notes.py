"""The notes under a slide: what it shows in words, and every document behind it with its link."""

from __future__ import annotations

from typing import Any

from dashboard.exports.caption import LICENCE_ADDRESS, Caption, CitedDocument
from dashboard.exports.pptx_text import SMALLEST, Paragraph, Run, write

ARCHIVED = "archived copy"


def set_notes(slide: Any, caption: Caption) -> None:
    """Write the notes of a slide with a chart."""
    frame = slide.notes_slide.notes_text_frame
    write(frame, [*_about(caption), [], *_documents(caption), [], *_imprint(caption)])


def document_words(document: CitedDocument, size: float = SMALLEST) -> list[Run]:
    """Return a document on one line, its title a link to it."""
    words = [
        Run(f"[{document.number}] {document.short} ({document.language}): ", size),
        Run(document.title, size, link=document.link),
    ]
    if document.link:
        words.append(Run(f" {document.link}", size))
    if document.archived_link:
        words += [Run(" · ", size), Run(ARCHIVED, size, link=document.archived_link)]
    return words


def _about(caption: Caption) -> list[Paragraph]:
    lines = [caption.alt, f"{caption.subtitle}. {caption.as_known}."]
    if caption.origins:
        lines.append(f"Behind it: {caption.origins}.")
    lines += [*caption.warnings, caption.method]
    return [_plain(line) for line in lines if line]


def _documents(caption: Caption) -> list[Paragraph]:
    if not caption.documents:
        return [_plain("There are no documents in this selection.")]
    return [[Run("Sources", 0, None, bold=True)], *map(document_words, caption.documents)]


def _imprint(caption: Caption) -> list[Paragraph]:
    lines: list[Paragraph] = [
        _plain(f"Data {caption.data_version}."),
        [Run(caption.licence, 0, None, link=LICENCE_ADDRESS)],
        _plain(f"Cite as: {caption.citation}"),
    ]
    if caption.permalink:
        is_web = caption.permalink.startswith("http")
        link = caption.permalink if is_web else ""
        lines.append([Run(f"Shown at: {caption.permalink}", 0, None, link=link)])
    return [*lines, _plain(f"Handling: {caption.marking}")]


def _plain(words: str) -> Paragraph:
    return [Run(words, 0, None)]
