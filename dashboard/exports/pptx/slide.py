"""What stands on every slide: title, handling marking, slide number, small print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from dashboard.exports.caption import TLP_INKS, TLP_PAPER
from dashboard.exports.formats import ExportError
from dashboard.exports.plot.clipping import Rectangle
from dashboard.exports.plot.lettering import LINE_SPACING, line_count, text_width
from dashboard.exports.pptx.deck import MARGIN, TITLE_TOP, Stock
from dashboard.exports.pptx.ink import MUTED, PAPER, TEXT, Ink
from dashboard.exports.pptx.shapes import add_rectangle
from dashboard.exports.pptx.text import (
    SMALL_TYPE,
    SMALLEST,
    Box,
    Paragraph,
    Run,
    add_text,
    letters_xml,
    write,
)

SMALLEST_TITLE = 24.0
USUAL_HEIGHT = 540.0
"""Height of usual slides in points; on smaller ones, all letters look larger."""
TITLE_SIZES = (44.0, 40.0, 36.0, 32.0, 28.0, 26.0, SMALLEST_TITLE)
OWN_TITLE = 28.0
SUBTITLE_SIZE = 20.0
TEMPLATE_ROOM = 1.12
"""Fonts of templates may be wider than the one that is measured."""
HIGHEST_TITLE = 0.3
"""Part of the slide that a title may take."""
PADDING = 7.2
"""PowerPoint's usual padding of placeholders, which the words below line up with."""
MARKING_TOP = 8.0
ROW = 18.0
FOOT = 46.0
"""What small print, slide number and marking take at the foot of a slide."""
GAP = 6.0

MOST_SHARED = 0.03
"""Part of the room that a template may draw on before a sheet of paper is laid over it."""
_PICTURES = ("blipFill", "gradFill", "pattFill")


@dataclass(frozen=True)
class Sheet:
    """A slide with its title, and the room that is left for everything else.

    Attributes:
        slide: The slide.
        room: The room that its layout gives to the content.
        lowest: How far down the room may be extended, to the small print.
    """

    slide: Slide
    room: Box
    lowest: float

    @property
    def shapes(self) -> Any:
        """The shapes of the slide."""
        return self.slide.shapes


def new_sheet(
    stock: Stock,
    layout: SlideLayout,
    title: str,
    marking: str,
    small: str,
    subtitle: Sequence[str] = (),
) -> Sheet:
    """Add a slide with a title, the marking at top and bottom, a number and a line of small print.

    Args:
        stock: The presentation.
        layout: Its layout for such a slide.
        title: The title.
        marking: How the slide may be handled.
        small: The small print.
        subtitle: Lines below the title, for a title slide.

    Raises:
        ExportError: The title does not fit.
    """
    slide = stock.deck.slides.add_slide(layout)
    body = _body_box(layout)
    title_box = _set_title(slide, stock, title)
    if subtitle:
        _set_subtitle(slide, subtitle, title_box)
    _drop_empty_placeholders(slide)
    foot = stock.height - FOOT
    if body is None:
        body = Box(title_box.left, 0, title_box.width, foot)
    top = max(title_box.bottom + GAP, body.top if stock.is_template else 0)
    room = Box(body.left, top, body.width, min(body.bottom, foot) - top)
    whole = Box(room.left, room.top, room.width, foot - top)
    if stock.is_template and not subtitle and is_unquiet(layout, whole):
        _add_panel(slide, stock, room)
    _add_marking(slide, stock, marking)
    _add_small_print(slide, stock, room, small)
    _add_number(slide, layout, Box(room.left, stock.height - 26, 60, ROW))
    return Sheet(slide, room, foot)


def _body_box(layout: Any) -> Box | None:
    """Return the room of a layout's body or content, in line with its words."""
    for shape in layout.placeholders:
        kind = shape.element.ph_type.name
        if kind in ("BODY", "OBJECT") and shape.width and shape.width.pt > 300:
            left, top, width, height = (
                side.pt for side in (shape.left, shape.top, shape.width, shape.height)
            )
            return Box(left + PADDING, top, width - 2 * PADDING, height)
    return None


def _set_subtitle(slide: Slide, lines: Sequence[str], below: Box) -> None:
    """Write lines below a title, in the layout's placeholder for them where it has one."""
    paragraphs: list[Paragraph] = [[Run(line, 0, None)] for line in lines]
    for shape in slide.placeholders:
        if shape.element.ph_type.name == "SUBTITLE":
            write(shape.text_frame, paragraphs)
            return
    paragraphs = [[Run(line, SUBTITLE_SIZE, MUTED)] for line in lines]
    box = Box(below.left, below.bottom + GAP, below.width, 30 * len(lines))
    add_text(slide.shapes, box, paragraphs, "Subtitle")


def _drop_empty_placeholders(slide: Slide) -> None:
    for shape in list(slide.placeholders):
        if not shape.has_text_frame or not shape.text_frame.text:
            shape._element.getparent().remove(shape._element)


# ------------------------------------------------------------------ title


def _set_title(slide: Slide, stock: Stock, title: str) -> Box:
    """Write the title, shrink it where it is long, and return the room of its words."""
    shape = slide.shapes.title
    if shape is None:
        box = Box(MARGIN, TITLE_TOP, stock.width - 2 * MARGIN, 68)
        size, height = fitted_title(title, box, OWN_TITLE, stock)
        box = Box(box.left, box.top, box.width, height)
        add_text(slide.shapes, box, [[Run(title, size, bold=True)]], "Title")
        return box
    inset = PADDING if stock.is_template else 0.0
    own = Box(shape.left.pt + inset, shape.top.pt, shape.width.pt - 2 * inset, shape.height.pt)
    usual = _usual_size(slide.slide_layout)
    size, height = fitted_title(title, own, usual, stock)
    write(shape.text_frame, [[Run(title, size, None)]])
    shape.text_frame.auto_size = MSO_AUTO_SIZE.NONE
    shape.text_frame.word_wrap = True
    top = max(own.top, MARKING_TOP + ROW)
    if shape.element.ph_type.name == "TITLE" and not stock.is_template:
        return _moved(shape, Box(own.left, top, own.width, height))
    if height > own.height or top > own.top:
        return _moved(shape, Box(own.left, top, own.width, max(height, own.bottom - top)))
    return own


def _moved(shape: Any, box: Box) -> Box:
    """Set top and height of a placeholder, and return the room of its words."""
    shape.left, shape.width = shape.left, shape.width
    shape.top, shape.height = Pt(box.top), Pt(box.height)
    return box


def fitted_title(title: str, box: Box, usual: float, stock: Stock) -> tuple[float, float]:
    """Return the size at which a title fits, and the height that it takes.

    Raises:
        ExportError: It does not fit, not even at the smallest size.
    """
    width = box.width / (TEMPLATE_ROOM if stock.is_template else 1.0)
    smallest = min(usual, SMALLEST_TITLE * min(1.0, stock.height / USUAL_HEIGHT))
    sizes = [size for size in (usual, *TITLE_SIZES) if smallest <= size <= usual]
    for size in sizes or [usual]:
        lines = line_count(title, size, width, weight="bold")
        if lines <= 2 and lines * size * LINE_SPACING <= max(box.height, 2 * 34):
            return size, lines * size * LINE_SPACING
    lines = line_count(title, smallest, width, weight="bold")
    height = lines * smallest * LINE_SPACING
    if height > HIGHEST_TITLE * stock.height:
        raise ExportError(
            f"The title ‘{title[:40]}…’ has {len(title)} characters and does not fit on a slide. "
            "Shorten it."
        )
    return smallest, height


def _usual_size(layout: Any) -> float:
    """Return the size of titles that a layout and its master set."""
    kinds = ("title", "ctrTitle")
    for owner in (layout, layout.slide_master):
        for shape in owner.placeholders:
            if shape._element.ph.get("type") in kinds:
                letters = shape._element.find(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr")
                if letters is not None and letters.get("sz"):
                    return int(letters.get("sz")) / 100
    letters = layout.slide_master._element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    return int(letters.get("sz")) / 100 if letters is not None and letters.get("sz") else OWN_TITLE


# ------------------------------------------------------------------ head and foot


def _add_marking(slide: Slide, stock: Stock, marking: str) -> None:
    """Write the marking at the top and the bottom, to the right; TLP labels in their colours."""
    is_tlp = marking in TLP_INKS
    width = text_width(marking, SMALLEST, weight="bold") + 2 * PADDING
    ink = Ink(TLP_INKS[marking]) if is_tlp else TEXT
    for place, top in (("top", MARKING_TOP), ("bottom", stock.height - 26)):
        shape = add_text(
            slide.shapes,
            Box(stock.width - MARGIN - width, top, width, ROW),
            [[Run(marking, SMALLEST, ink, bold=True)]],
            f"Handling marking, {place}",
            align="center" if is_tlp else "right",
            anchor=MSO_ANCHOR.MIDDLE,
        )
        shape.text_frame.word_wrap = False
        if is_tlp:
            shape.fill.solid()
            paper = parse_xml(f"<a:solidFill {nsdecls('a')}>{Ink(TLP_PAPER).xml()}</a:solidFill>")
            filled = shape._element.spPr.find("{*}solidFill")
            filled.getparent().replace(filled, paper)


def is_unquiet(layout: Any, room: Box) -> bool:
    """Return True where no ink is sure to be read: on pictures, gradients and drawn shapes."""
    owners = (layout, layout.slide_master)
    grounds = [owner._element.find("{*}cSld/{*}bg/{*}bgPr") for owner in owners]
    first = next((ground for ground in grounds if ground is not None), None)
    if first is not None and any(first.find(f"{{*}}{fill}") is not None for fill in _PICTURES):
        return True
    drawn = [shape for owner in owners for shape in owner.shapes if not shape.is_placeholder]
    return any(_shared(shape, room) > MOST_SHARED for shape in drawn if shape.width)


def _shared(shape: Any, room: Box) -> float:
    """Return the part of a room that a shape stands under."""
    left, top, width, height = (
        side.pt for side in (shape.left, shape.top, shape.width, shape.height)
    )
    across = min(left + width, room.right) - max(left, room.left)
    up = min(top + height, room.bottom) - max(top, room.top)
    return float(max(0.0, across) * max(0.0, up) / (room.width * room.height))


def _add_panel(slide: Slide, stock: Stock, room: Box) -> None:
    """Add a sheet of paper below the words where the background is a picture."""
    panel = Rectangle(room.left - 2 * GAP, room.top - GAP, room.right + 2 * GAP, stock.height - 2)
    add_rectangle(slide.shapes, panel, PAPER, "Paper")


def _add_small_print(slide: Slide, stock: Stock, room: Box, words: str) -> None:
    box = Box(room.left, stock.height - FOOT + 4, room.width, SMALL_TYPE * LINE_SPACING)
    add_text(slide.shapes, box, [[Run(words, SMALL_TYPE, MUTED)]], "Data version and licence")


def _add_number(slide: Slide, layout: Any, box: Box) -> None:
    """Add the number of the slide as a field, in the layout's placeholder where it has one."""
    holder = next(
        (shape for shape in layout.placeholders if shape._element.ph.get("type") == "sldNum"), None
    )
    kind = f'<p:ph type="sldNum" sz="quarter" idx="{holder._element.ph.idx}"/>' if holder else ""
    left, top, width, height = (length.emu for length in box.lengths)
    letters = letters_xml("rPr", SMALLEST, MUTED)
    number = len(slide.part.package.presentation_part.presentation.slides)
    shapes: Any = slide.shapes
    element = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{shapes._next_shape_id}" name="Slide number"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        '<a:p><a:pPr algn="l"/><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" '
        f'type="slidenum">{letters}<a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>'
    )
    shapes._spTree.insert_element_before(element, "p:extLst")
