"""Vector shapes on slides: groups, paths, rectangles and dots, without effects of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.exports.plot.clipping import Point, Rectangle
from dashboard.exports.pptx.ink import Ink, fill_xml
from dashboard.exports.pptx.text import Box, escaped, printable

EMU = 12700
"""English metric units in a point."""
STEPS = 20
"""Steps of a path's own grid in a point: small numbers keep files small."""


@dataclass(frozen=True)
class Outline:
    """The line around or along a shape: colour, width in points, dash."""

    ink: Ink
    width: float
    dash: str = "solid"


def add_group(shapes: Any, name: str) -> Any:
    """Add an empty group and return its shapes."""
    group = shapes.add_group_shape()
    group.name = printable(name)
    return group.shapes


def describe(shapes: Any, words: str) -> None:
    """Set the alternative text of a group by its shapes."""
    shapes._element.nvGrpSpPr.cNvPr.set("descr", printable(words))


def add_rectangle(shapes: Any, frame: Rectangle, fill: Ink, name: str) -> None:
    """Add a filled rectangle."""
    box = Box(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
    _add(shapes, name, box, '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>', fill, None)


def add_dot(
    shapes: Any, box: Box, shape: str, name: str, *, fill: Ink, outline: Outline | None = None
) -> None:
    """Add a mark of a preset shape: ellipse, diamond, rect, triangle."""
    geometry = f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom>'
    _add(shapes, name, box, geometry, fill, outline)


def add_path(
    shapes: Any,
    contours: Sequence[Sequence[Point]],
    name: str,
    *,
    fill: Ink | None = None,
    outline: Outline | None = None,
    is_closed: bool = False,
) -> None:
    """Add contours, in points of the slide, as one freeform shape."""
    xs = [x for contour in contours for x, _ in contour]
    ys = [y for contour in contours for _, y in contour]
    box = Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    paths = "".join(_contour_xml(contour, box, is_closed) for contour in contours)
    width, height = (max(1, round(side * STEPS)) for side in (box.width, box.height))
    filled = "" if fill else ' fill="none"'
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}"{filled}>{paths}</a:path></a:pathLst>'
        "</a:custGeom>"
    )
    _add(shapes, name, box, geometry, fill, outline)


def _contour_xml(contour: Sequence[Point], box: Box, is_closed: bool) -> str:
    places = [(round((x - box.left) * STEPS), round((y - box.top) * STEPS)) for x, y in contour]
    start, *others = (f'<a:pt x="{x}" y="{y}"/>' for x, y in places)
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in others)
    return f"<a:moveTo>{start}</a:moveTo>{lines}{'<a:close/>' if is_closed else ''}"


def _add(
    shapes: Any, name: str, box: Box, geometry: str, fill: Ink | None, outline: Outline | None
) -> None:
    left, top, width, height = (
        round(side * EMU) for side in (box.left, box.top, box.width, box.height)
    )
    line = "<a:ln><a:noFill/></a:ln>"
    if outline:
        line = (
            f'<a:ln w="{round(outline.width * EMU)}" cap="flat">{fill_xml(outline.ink)}'
            f'<a:prstDash val="{outline.dash}"/><a:round/></a:ln>'
        )
    element = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{shapes._next_shape_id}" name="{escaped(name)}"/>'
        "<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f"{geometry}{fill_xml(fill)}{line}</p:spPr></p:sp>"
    )
    shapes._element.insert_element_before(element, "p:extLst")
    shapes._recalculate_extents()
