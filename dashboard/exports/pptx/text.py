"""Words on slides: paragraphs with size, ink, language and links; text boxes without padding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.util import Pt

from dashboard.exports.office import is_of_captions, language_tag_of_captions
from dashboard.exports.pptx.ink import TEXT, Ink, fill_xml

LANGUAGE = "en-GB"
"""Of names and titles that no script tells apart."""
SMALLEST = 12.0
SMALL_TYPE = 10.0
Align = Literal["left", "center", "right"]

_ALIGNS = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja-JP"),
    (re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"), "ko-KR"),
    (re.compile("[іїєґІЇЄҐ]"), "uk-UA"),
    (re.compile("[\u0400-\u04ff]"), "ru-RU"),
    (re.compile("[\u4e00-\u9fff]"), "zh-CN"),
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """Some words of one look.

    Attributes:
        text: The words, on one line.
        size: Points; 0 leaves it to the placeholder.
        ink: Their colour; None leaves it to the placeholder.
        bold: Bold letters.
        link: Web address to which a click leads; empty for none.
    """

    text: str
    size: float = SMALLEST
    ink: Ink | None = TEXT
    bold: bool = False
    link: str = ""


Paragraph = Sequence[Run]


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def lengths(self) -> tuple[Pt, Pt, Pt, Pt]:
        """Left, top, width and height as python-pptx takes them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def language_of(text: str) -> str:
    """Return the language that proofing tools should take a text for, by its script."""
    if is_of_captions(text):
        return language_tag_of_captions()
    for script, language in _SCRIPTS:
        if script.search(text):
            return language
    return LANGUAGE


def printable(text: str) -> str:
    """Return a text without the signs that XML does not allow."""
    return _UNPRINTABLE.sub("", text)


def add_text(
    shapes: Any,
    box: Box,
    paragraphs: Sequence[Paragraph],
    name: str,
    *,
    align: Align = "left",
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Shape:
    """Add a text box without padding and return it."""
    shape: Shape = shapes.add_textbox(*box.lengths)
    shape.name = printable(name)
    write(shape.text_frame, paragraphs, align)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.word_wrap = True
    return shape


def write(frame: Any, paragraphs: Sequence[Paragraph], align: Align | None = None) -> None:
    """Replace the words of a text frame."""
    frame.clear()
    for number, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if align:
            paragraph.alignment = _ALIGNS[align]
        for run in runs:
            _add_run(paragraph, run)
        if not runs:
            paragraph._p.append(
                parse_xml(
                    f'<a:endParaRPr {nsdecls("a")} lang="{language_tag_of_captions()}" '
                    f'sz="{SMALLEST:.0f}00"/>'
                )
            )


def _add_run(paragraph: Any, words: Run) -> None:
    run = paragraph.add_run()
    run.text = printable(words.text)
    properties = run._r.get_or_add_rPr()
    properties.set("lang", language_of(words.text))
    if words.size:
        run.font.size = Pt(words.size)
    if words.bold:
        run.font.bold = True
    if words.ink:
        properties.insert(0, parse_xml(_with_namespace(fill_xml(words.ink))))
    if words.link:
        run.hyperlink.address = words.link


def _with_namespace(xml: str) -> str:
    return xml.replace(">", f" {nsdecls('a')}>", 1) if not xml.endswith("/>") else xml


def letters_xml(tag: str, size: float, ink: Ink, *, bold: bool = False) -> str:
    """Return the properties of letters in the theme's font as DrawingML, for charts and fields."""
    return (
        f'<a:{tag} lang="{language_tag_of_captions()}" sz="{round(size * 100)}" '
        f'b="{int(bold)}">{fill_xml(ink)}'
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:{tag}>'
    )


def escaped(text: str) -> str:
    """Return a text for the inside of an XML element or a quoted attribute."""
    return escape(printable(text), {'"': "&quot;"})
