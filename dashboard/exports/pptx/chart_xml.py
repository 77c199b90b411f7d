"""The part of a slide's chart, in the order of ECMA-376, part 1, chapter 21.2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.exports.office import language_tag_of_captions
from dashboard.exports.plot.xy_axes import Axis
from dashboard.exports.plot.xy_series import Mark, PointLabel, Series, Stroke
from dashboard.exports.pptx.book import Block, blocks
from dashboard.exports.pptx.ink import BASELINE, GRID, MUTED, Ink, Inks, fill_xml
from dashboard.exports.pptx.text import SMALLEST, Box, escaped, letters_xml

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LETTER_SIZES = {"circle": 1.8}
_LETTER_SIZE = 1.35
"""Size of letters that are marks, in sizes of the mark: their signs are smaller than they."""
_ACROSS, _UP = 20010001, 20010002
_NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
"""Words that were moved get no line to their point."""
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


@dataclass(frozen=True)
class Plot:
    """The plot within the frame of a chart, in points, and its axes."""

    box: Box
    left: float
    top: float
    width: float
    height: float
    across: Axis
    up: Axis
    rows: bool


def chart_xml(series: Sequence[Series], plot: Plot, inks: Inks, *, has_row_lines: bool) -> str:
    """Return the chart part of series on a plot."""
    drawn = "".join(
        _series_xml(number, one, block, plot, inks)
        for number, (one, block) in enumerate(zip(series, blocks(series), strict=True))
    )
    has_grid = has_row_lines or not plot.rows
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<c:chartSpace {_NAMESPACES}>"
        f'<c:date1904 val="0"/><c:lang val="{language_tag_of_captions()}"/>'
        '<c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>'
        f"{_plot_layout(plot)}"
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f"{drawn}"
        f'<c:axId val="{_ACROSS}"/><c:axId val="{_UP}"/></c:scatterChart>'
        f"{_axis_xml(plot.across, _ACROSS, _UP, 'b', has_grid=False, is_named=True)}"
        f"{_axis_xml(plot.up, _UP, _ACROSS, 'l', has_grid=has_grid, is_named=not plot.rows)}"
        "<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"{_letters(SMALLEST, MUTED)}</c:chartSpace>"
    )


def _plot_layout(plot: Plot) -> str:
    width, height = plot.box.width, plot.box.height
    parts = (plot.left / width, plot.top / height, plot.width / width, plot.height / height)
    x, y, w, h = (f"{part:.5f}" for part in parts)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{x}"/><c:y val="{y}"/><c:w val="{w}"/><c:h val="{h}"/>'
        "</c:manualLayout></c:layout>"
    )


def _axis_xml(
    axis: Axis, own: int, other: int, place: str, *, has_grid: bool, is_named: bool
) -> str:
    is_across = place == "b"
    grid = f"<c:majorGridlines><c:spPr>{_line(0.75, GRID)}</c:spPr></c:majorGridlines>"
    line = _line(0.75, BASELINE) if is_across else "<a:ln><a:noFill/></a:ln>"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high:.10g}"/><c:min val="{axis.low:.10g}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{place}"/>{grid if has_grid else ""}'
        f'<c:numFmt formatCode="{escaped(axis.number_format)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="{"out" if is_across else "none"}"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"low" if is_named else "none"}"/>'
        f"<c:spPr>{line}</c:spPr>{_letters(SMALLEST, MUTED)}"
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{axis.step:.10g}"/></c:valAx>'
    )


# ------------------------------------------------------------------ series


def _series_xml(number: int, one: Series, block: Block, plot: Plot, inks: Inks) -> str:
    marks = one.marks or (None,) * len(one.xs)
    usual = Counter(marks).most_common(1)[0][0] if one.marks else None
    points = "".join(
        f'<c:dPt><c:idx val="{at}"/>{_mark_xml(mark, inks)}<c:bubble3D val="0"/>'
        f"{_line_properties(one.line, inks)}</c:dPt>"
        for at, mark in enumerate(marks)
        if mark != usual and one.ys[at] is not None
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>{escaped(block.name_cell)}</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escaped(one.name)}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
        f"{_line_properties(one.line, inks)}{_mark_xml(usual, inks)}{points}"
        f"{_labels_xml(one, marks, plot, inks)}"
        f"<c:xVal>{_numbers(block, 'x', one.xs)}</c:xVal>"
        f"<c:yVal>{_numbers(block, 'y', one.ys)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _numbers(block: Block, axis: Literal["x", "y"], values: Sequence[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value:.12g}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{escaped(block.cells(axis))}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{block.rows}"/>{points}</c:numCache></c:numRef>'
    )


def _line_properties(line: Stroke | None, inks: Inks) -> str:
    if line is None:
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    ink = inks.of_marks(line.colour, line.opacity)
    return f"<c:spPr>{_line(line.width, ink, line.dash)}</c:spPr>"


def _line(width: float, ink: Ink, dash: str = "solid") -> str:
    return (
        f'<a:ln w="{round(width * 12700)}" cap="flat">{fill_xml(ink)}'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )


def _mark_xml(mark: Mark | None, inks: Inks) -> str:
    if mark is None or mark.letter:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    ink = inks.of_marks(mark.edge, mark.opacity)
    return (
        f'<c:marker><c:symbol val="{mark.shape}"/><c:size val="{round(mark.size)}"/>'
        f"<c:spPr>{fill_xml(ink)}{_line(mark.edge_width, ink)}</c:spPr></c:marker>"
    )


# ------------------------------------------------------------------ labels


def _labels_xml(one: Series, marks: Sequence[Mark | None], plot: Plot, inks: Inks) -> str:
    letters = {at: _letter(mark) for at, mark in enumerate(marks) if mark and mark.letter}
    labels = {**letters, **one.labels}
    if not labels:
        return ""
    each = "".join(_label_xml(at, label, plot, inks) for at, label in sorted(labels.items()))
    return (
        f"<c:dLbls>{each}{_NOTHING}{_letters(SMALLEST, MUTED)}{_shown('')}{_NO_LEADERS}</c:dLbls>"
    )


def _letter(mark: Mark) -> PointLabel:
    """Return a mark as a letter in its middle."""
    size = round(mark.size * _LETTER_SIZES.get(mark.shape, _LETTER_SIZE))
    return PointLabel((mark.letter,), "ctr", mark.edge, bold=True, size=float(size))


def _label_xml(at: int, label: PointLabel, plot: Plot, inks: Inks) -> str:
    ink = inks.of_letters(label.colour)
    words = "" if label.is_name else f"<c:tx>{_rich(label, ink)}</c:tx>"
    return (
        f'<c:dLbl><c:idx val="{at}"/>{_offset(label, plot)}{words}{_NOTHING}'
        f"{_letters(label.size, ink, bold=label.bold)}"
        f'<c:dLblPos val="{label.place}"/>{_shown("SerName" if label.is_name else "Val")}</c:dLbl>'
    )


def _offset(label: PointLabel, plot: Plot) -> str:
    """Return how far words stand from their usual place, in parts of the chart."""
    if not label.across and not label.up:
        return ""
    across, down = label.across / plot.box.width, -label.up / plot.box.height
    return (
        f'<c:layout><c:manualLayout><c:x val="{across:.5f}"/><c:y val="{down:.5f}"/>'
        "</c:manualLayout></c:layout>"
    )


def _rich(label: PointLabel, ink: Ink) -> str:
    letters = letters_xml("rPr", label.size, ink, bold=label.bold)
    strong = letters_xml("rPr", label.size, ink, bold=True)
    align = {"l": "r", "r": "l"}.get(label.place, "ctr")
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}"/><a:r>{strong if at in label.strong else letters}'
        f"<a:t>{escaped(line)}</a:t></a:r></a:p>"
        for at, line in enumerate(label.lines)
    )
    return f"<c:rich>{_body()}<a:lstStyle/>{paragraphs}</c:rich>"


def _shown(only: str) -> str:
    return "".join(f'<c:show{what} val="{int(what == only)}"/>' for what in _SHOWN)


def _body() -> str:
    return (
        '<a:bodyPr wrap="none" lIns="38100" tIns="19050" rIns="38100" bIns="19050" anchor="ctr">'
        "<a:spAutoFit/></a:bodyPr>"
    )


def _letters(size: float, ink: Ink, *, bold: bool = False) -> str:
    properties = letters_xml("defRPr", size, ink, bold=bold)
    return (
        f"<c:txPr>{_body()}<a:lstStyle/><a:p><a:pPr>{properties}</a:pPr>"
        f'<a:endParaRPr lang="{language_tag_of_captions()}"/></a:p></c:txPr>'
    )
