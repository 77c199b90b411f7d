"""The notes under a slide: what it shows in words, and every document behind it with its link."""

from __future__ import annotations

from typing import Any

from dashboard.exports.caption import LICENCE_ADDRESS, Caption, CitedDocument, version_in_words
from dashboard.exports.pptx.text import SMALLEST, Paragraph, Run, write
from dashboard.translation import translated


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
        words += [
            Run(" · ", size),
            Run(translated("archived copy"), size, link=document.archived_link),
        ]
    return words


def _about(caption: Caption) -> list[Paragraph]:
    lines = [caption.alt, f"{caption.subtitle}. {caption.as_known}."]
    if caption.origins:
        lines.append(translated("Behind it: {origins}.", origins=caption.origins))
    lines += [*caption.warnings, caption.method]
    return [_plain(line) for line in lines if line]


def _documents(caption: Caption) -> list[Paragraph]:
    if not caption.documents:
        return [_plain(translated("There are no documents in this selection."))]
    return [
        [Run(translated("Sources"), 0, None, bold=True)],
        *map(document_words, caption.documents),
    ]


def _imprint(caption: Caption) -> list[Paragraph]:
    lines: list[Paragraph] = [
        _plain(f"{version_in_words(caption.data_version)}."),
        [Run(caption.licence, 0, None, link=LICENCE_ADDRESS)],
        _plain(translated("Cite as: {citation}", citation=caption.citation)),
    ]
    if caption.permalink:
        is_web = caption.permalink.startswith("http")
        link = caption.permalink if is_web else ""
        lines.append(
            [Run(translated("Shown at: {address}", address=caption.permalink), 0, None, link=link)]
        )
    return [*lines, _plain(translated("Handling: {marking}", marking=caption.marking))]


def _plain(words: str) -> Paragraph:
    return [Run(words, 0, None)]
