"""Make dashboard/assets/fonts/noto-signs-400-normal.woff2: the signs that charts use as marks.

Few machines have them all, and a server may have none. To run it again, in an empty folder:

    npm pack @fontsource/noto-sans-math @fontsource/noto-sans-symbols-2
    for archive in *.tgz; do tar xzf $archive --transform "s,^package,${archive%-5*},"; done
    uv run --no-project --with fonttools --with brotli python make_signs_font.py \
        fontsource-noto-sans-math/files/noto-sans-math-latin-400-normal.woff2 \
        fontsource-noto-sans-symbols-2/files/noto-sans-symbols-2-symbols-400-normal.woff2 \
        noto-signs-400-normal.woff2
"""

import sys

from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SIGNS_OF_MATH = "←↑→↓↔∼≈≠≤≥■□▲△▶▷▼▽◀◁◆◇○●★☆"
OTHER_SIGNS = "✓✕✗"
DASHES = "┄"
FAMILY = "Noto Sans Signs"


def cut(path: str, signs: str) -> TTFont:
    """Return a font with these signs alone."""
    font = TTFont(path)
    options = Options()
    options.layout_features = []
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=signs)
    subsetter.subset(font)
    for table in ("MATH", "GSUB", "GPOS", "GDEF"):
        if table in font:
            del font[table]
    return font


def add_signs(font: TTFont, symbols: TTFont) -> None:
    """Copy the other signs, which are drawn on the same grid of 1000 units."""
    glyphs, names = symbols.getGlyphSet(), symbols.getBestCmap()
    for sign in OTHER_SIGNS:
        pen = TTGlyphPen(None)
        glyphs[names[ord(sign)]].draw(DecomposingFilterPen(pen, glyphs))
        _add(font, sign, pen, glyphs[names[ord(sign)]].width)


def add_dashes(font: TTFont) -> None:
    """Add three dashes at half the height of a capital, as wide as the letters of Noto."""
    pen = TTGlyphPen(None)
    for left in (30, 230, 430):
        pen.moveTo((left, 320))
        pen.lineTo((left, 390))
        pen.lineTo((left + 140, 390))
        pen.lineTo((left + 140, 320))
        pen.closePath()
    _add(font, DASHES, pen, 600)


def _add(font: TTFont, sign: str, pen: TTGlyphPen, width: int) -> None:
    name, glyph = f"uni{ord(sign):04X}", pen.glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, glyph.xMin)
    for table in font["cmap"].tables:
        table.cmap[ord(sign)] = name


def main(math: str, symbols: str, result: str) -> None:
    """Write the font."""
    font = cut(math, SIGNS_OF_MATH)
    add_signs(font, TTFont(symbols))
    add_dashes(font)
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 16):
            platform = (record.platformID, record.platEncID, record.langID)
            font["name"].setName(FAMILY, record.nameID, *platform)
    font.flavor = "woff2"
    font.save(result)


if __name__ == "__main__":
    main(*sys.argv[1:])
