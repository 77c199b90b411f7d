"""Empty presentations: the project's own, and those made from a reader's template."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Pt

from dashboard.exports.formats import ExportError
from dashboard.exports.office import east_asian_font, language_tag_of_captions
from dashboard.exports.pptx.ink import Inks, own_theme_colours

Ratio = Literal["16:9", "4:3"]
RATIOS: tuple[Ratio, ...] = ("16:9", "4:3")
OWN_FONT = "Arial"
"""On every computer with an office program, or with a font of the same widths in its place."""
LARGEST_TEMPLATE = 20_000_000
LARGEST_UNPACKED = 200_000_000
LARGEST_XML = 20_000_000
"""Of one part that is read as XML: read, it takes up many times its size."""
MOST_PARTS = 5_000
MARGIN = 36.0
TITLE_TOP = 32.0

_SIZES = {"16:9": (960.0, 540.0), "4:3": (720.0, 540.0)}
_KEPT_LAYOUTS = ("Title Slide", "Title Only")
_TEMPLATE_TYPES = (
    b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    OSError,
    SyntaxError,
    PythonPptxError,
)
"""What reading a file raises that is no presentation, or a spoilt one."""
_NO_TEMPLATE = "The template is no PowerPoint file. Choose a .pptx file that opens in PowerPoint."


@dataclass(frozen=True)
class Stock:
    """An empty presentation and what slides need of it.

    Attributes:
        deck: The presentation, without slides.
        inks: Its colours.
        width: Width of its slides in points.
        height: Their height.
        title_layout: For the first slide of many.
        chart_layout: For slides with a chart.
        is_template: It was made from a reader's template.
    """

    deck: Deck
    inks: Inks
    width: float
    height: float
    title_layout: SlideLayout
    chart_layout: SlideLayout
    is_template: bool


# ------------------------------------------------------------------ the project's own


def own_stock(ratio: Ratio) -> Stock:
    """Return the project's own empty presentation.

    Raises:
        ExportError: There is no such ratio.
    """
    if ratio not in _SIZES:
        raise ExportError(f"There is no ratio ‘{ratio}’ of slides. Choose {' or '.join(RATIOS)}.")
    width, height = _SIZES[ratio]
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(width), Pt(height)
    if ratio == "16:9":
        deck.part._element.sldSz.attrib.pop("type", None)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT_LAYOUTS:
            deck.slide_layouts.remove(layout)
    _set_theme(deck)
    _set_master(deck, width, height)
    _drop_thumbnail(deck)
    title_layout, chart_layout = deck.slide_layouts
    return Stock(deck, _inks(deck), width, height, title_layout, chart_layout, is_template=False)


def _set_theme(deck: Deck) -> None:
    """Give the theme the project's colours and font."""
    part = _theme_part(deck)
    theme = part.blob.decode("utf-8")
    for slot, colour in own_theme_colours().items():
        value = f'<a:{slot}><a:srgbClr val="{colour[1:].upper()}"/></a:{slot}>'
        theme = re.sub(f"<a:{slot}>.*?</a:{slot}>", value, theme, count=1)
    theme = theme.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{OWN_FONT}"/>')
    if east_asian_font():
        theme = theme.replace('<a:ea typeface=""/>', f'<a:ea typeface="{east_asian_font()}"/>')
    part._blob = theme.replace('name="Office', 'name="Arms shipments').encode("utf-8")


def _set_master(deck: Deck, width: float, height: float) -> None:
    """Set the titles of master and layouts: bold, to the left, in line with what stands below."""
    master = deck.slide_master
    style = master._element.find(".//{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    letters = style.find("{*}defRPr")
    letters.set("sz", "2800")
    letters.set("b", "1")
    room = width - 2 * MARGIN
    for owner in (master, *deck.slide_layouts):
        for shape in list(owner.placeholders):
            kind = shape.element.ph_type.name
            if kind in ("DATE", "FOOTER"):
                shape._element.getparent().remove(shape._element)
            elif kind == "SLIDE_NUMBER":
                _place(shape, MARGIN, height - 28, 60, 18, "l")
            elif kind == "TITLE":
                _place(shape, MARGIN, TITLE_TOP, room, 68, "l", "t")
            elif kind == "BODY":
                _place(shape, MARGIN, 120, room, height - 170, None, "t")
            elif kind == "CENTER_TITLE":
                _place(shape, MARGIN, 110, room, 150, "l", "b")
                _set_size(shape, 40)
            elif kind == "SUBTITLE":
                _place(shape, MARGIN, 276, room, 110, "l", "t")
                _set_size(shape, 20)


def _place(
    shape: Any,
    left: float,
    top: float,
    width: float,
    height: float,
    align: str | None,
    anchor: str = "ctr",
) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Pt, (left, top, width, height))
    body = shape._element.txBody.bodyPr
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")
    body.set("anchor", anchor)
    if align:
        for style in shape._element.findall(".//{*}lstStyle/*"):
            style.set("algn", align)


def _set_size(shape: Any, size: int) -> None:
    """Set the size of a placeholder's first level, in quiet letters below titles."""
    styles = shape._element.txBody.find("{*}lstStyle")
    for level in styles.findall("{*}lvl1pPr"):
        styles.remove(level)
    xml = (
        f'<a:lvl1pPr {nsdecls("a")} marL="0" indent="0" algn="l"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}"/></a:lvl1pPr>'
    )
    styles.insert(0, parse_xml(xml))


def _drop_thumbnail(deck: Deck) -> None:
    """Leave out the picture of the empty presentation."""
    package = deck.part.package
    for key, relationship in list(package._rels.items()):
        if relationship.reltype == RT.THUMBNAIL:
            package.drop_rel(key)


# ------------------------------------------------------------------ a reader's template


def template_stock(template: bytes) -> Stock:
    """Return an empty presentation with the master, the theme and the size of a template.

    Raises:
        ExportError: The template is no PowerPoint file, or too large.
    """
    deck = _opened(template)
    try:
        return _stock_of(deck)
    except ExportError:
        raise
    except _BROKEN as fault:
        raise ExportError(_NO_TEMPLATE) from fault


def _stock_of(deck: Deck) -> Stock:
    _drop_slides(deck)
    _drop_thumbnail(deck)
    _add_view(deck)
    layouts = list(deck.slide_layouts)
    if not layouts or not deck.slide_width or not deck.slide_height:
        raise ExportError("The template has no slide layouts. Choose another .pptx file.")
    chart_layout = _best_layout(layouts, ("obj", "titleOnly", "title"))
    return Stock(
        deck=deck,
        inks=_inks(deck),
        width=deck.slide_width.pt,
        height=deck.slide_height.pt,
        title_layout=_best_layout(layouts, ("title", "obj", "titleOnly")),
        chart_layout=chart_layout,
        is_template=True,
    )


def _opened(template: bytes) -> Deck:
    if len(template) > LARGEST_TEMPLATE:
        raise ExportError(
            f"The template has {len(template) / 1e6:,.0f} MB. It may have "
            f"{LARGEST_TEMPLATE // 1_000_000} at most."
        )
    try:
        return Presentation(BytesIO(_checked(template)))
    except ExportError:
        raise
    except _BROKEN as fault:
        raise ExportError(_NO_TEMPLATE) from fault


def _checked(template: bytes) -> bytes:
    """Return a template as a presentation: bounded in size, and no .potx."""
    with zipfile.ZipFile(BytesIO(template)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise ExportError(
                "The template unpacks to more than "
                f"{LARGEST_UNPACKED // 1_000_000} MB or {MOST_PARTS:,} parts. Choose a smaller one."
            )
        xml = [part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))]
        if max(xml, default=0) > LARGEST_XML:
            raise ExportError(
                f"One part of the template unpacks to {max(xml) / 1e6:,.0f} MB of XML. "
                f"{LARGEST_XML // 1_000_000} MB is the most. Choose a simpler template."
            )
        types = archive.read("[Content_Types].xml")
        if _TEMPLATE_TYPES[0] not in types:
            return template
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
            for part in parts:
                content = archive.read(part)
                if part.filename == "[Content_Types].xml":
                    content = types.replace(*_TEMPLATE_TYPES)
                changed.writestr(part.filename, content)
        return target.getvalue()


def _drop_slides(deck: Deck) -> None:
    """Remove all slides, and the lists of sections and shows that name them."""
    presentation = deck.part._element
    slide_ids = presentation.find("{*}sldIdLst")
    for slide_id in list(slide_ids if slide_ids is not None else ()):
        deck.part.drop_rel(slide_id.rId)
        slide_ids.remove(slide_id)
    for path in ("{*}custShowLst", "{*}extLst"):
        for element in presentation.findall(path):
            presentation.remove(element)


def _add_view(deck: Deck) -> None:
    """Add the part without which PowerPoint offers to repair a file."""
    if any(one.reltype == RT.VIEW_PROPS for one in deck.part.rels.values()):
        return
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    view = f"{head}<p:viewPr {nsdecls('p', 'a', 'r')}/>"
    name = PackURI("/ppt/viewProps.xml")
    part = Part(name, CT.PML_VIEW_PROPS, deck.part.package, view.encode())
    deck.part.relate_to(part, RT.VIEW_PROPS)


def _best_layout(layouts: list[SlideLayout], kinds: tuple[str, ...]) -> SlideLayout:
    """Return the first layout of the first of some kinds, else one with a title, else the first."""
    for kind in kinds:
        for layout in layouts:
            if layout._element.get("type") == kind and _has_title(layout):
                return layout
    return next((layout for layout in layouts if _has_title(layout)), layouts[0])


def _has_title(layout: SlideLayout) -> bool:
    holders: Any = layout.placeholders
    return any(shape.element.ph_type.name in ("TITLE", "CENTER_TITLE") for shape in holders)


# ------------------------------------------------------------------ theme


def _theme_part(deck: Deck) -> Any:
    return deck.slide_master.part.part_related_by(RT.THEME)


def _inks(deck: Deck) -> Inks:
    """Return the colours of the theme, as the master maps them."""
    scheme = parse_xml(_theme_part(deck).blob).find(".//{*}clrScheme")
    fixed = {slot.tag.split("}")[1]: _fixed(slot[0]) for slot in scheme if len(slot)}
    mapped = deck.slide_master._element.find("{*}clrMap").attrib
    return Inks({place: fixed.get(str(slot), "#000000") for place, slot in mapped.items()})


def _fixed(colour: Any) -> str:
    value = str(colour.get("lastClr") or colour.get("val"))
    return f"#{value.lower()}" if re.fullmatch("[0-9A-Fa-f]{6}", value) else "#808080"


def set_language(deck: Deck) -> None:
    """Set the language of what is typed into the presentation later."""
    for letters in deck.part._element.iter("{*}defRPr"):
        letters.set("lang", language_tag_of_captions())
