"""A chart with its caption as a picture: PNG in three sizes, and SVG."""

from __future__ import annotations

import base64

from dashboard.captioned import CaptionedChart
from dashboard.exports.caption import Caption
from dashboard.exports.formats import ExportError
from dashboard.exports.renderer import Job, render
from dashboard.exports.sheet import PICTURE_SIZE, Typeface, sheet_html, typefaces_for

SCALES = (1, 2, 3)
"""1280 x 720, 2560 x 1440 and 3840 x 2160 pixels."""
LARGEST_INSIDE = 100_000
"""Bytes of a font that a drawing may carry."""


def png_bytes(chart: CaptionedChart, caption: Caption, *, scale: int = 1) -> bytes:
    """Return a picture of 1280 x 720 pixels times the scale.

    Raises:
        ExportError: There is no such scale, no browser, or the browser failed.
    """
    if scale not in SCALES:
        offered = ", ".join(str(scale) for scale in SCALES)
        raise ExportError(f"There is no scale {scale}. The scales are: {offered}.")
    return render([Job(sheet_html([chart], [caption], "picture"), "png", *PICTURE_SIZE, scale)])[0]


def svg_bytes(chart: CaptionedChart, caption: Caption) -> bytes:
    """Return a drawing of 1280 x 720 that stands by itself: text stays text, letters are inside.

    Hangul, kana and Han are left to the reader's own fonts: theirs would add megabytes.

    Raises:
        ExportError: There is no browser, or the browser failed.
    """
    job = Job(sheet_html([chart], [caption], "picture"), "svg", *PICTURE_SIZE)
    drawing = render([job])[0].decode()
    faces = [face for face in typefaces_for(drawing) if face.path.stat().st_size < LARGEST_INSIDE]
    style = f"<style>{''.join(map(_embedded, faces))}</style>"
    head, bracket, rest = drawing.partition(">")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{bracket}{style}{rest}'.encode()


def _embedded(face: Typeface) -> str:
    letters = base64.b64encode(face.path.read_bytes()).decode("ascii")
    return face.face(f"data:font/woff2;base64,{letters}")
