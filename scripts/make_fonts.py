"""Make the fonts that exports carry with them.

Run once, when the fonts change, on a machine with Debian's package fonts-noto-cjk:

    uv run --with fonttools,brotli python scripts/make_fonts.py

It takes the Korean face of Noto Sans CJK (SIL Open Font License 1.1) and keeps Hangul, kana and
the Chinese characters of the Korean, Japanese and simplified Chinese national standards, in one
file. Its outlines become quadratic (TrueType), because Chromium would put others into a PDF as
drawings instead of a font. Latin and Cyrillic come from Inter.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont, newTable

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).parent.parent / "dashboard" / "assets" / "fonts"
KOREAN_FACE = 1
LARGEST_ERROR = 1.5
"""Thousandths of a letter's size by which an outline may differ from its original."""
STANDARDS = ("euc_kr", "euc_jp", "gb2312")
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x2000, 0x206F),
    (0x3000, 0x30FF),
    (0xAC00, 0xD7A3),
    (0xFF00, 0xFFEF),
)


def characters() -> set[int]:
    """Return the code points to keep."""
    kept = {point for start, end in RANGES for point in range(start, end + 1)}
    for standard in STANDARDS:
        kept |= {point for point in range(0x4E00, 0xA000) if _is_in(chr(point), standard)}
    return kept


def _is_in(character: str, standard: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def make_quadratic(font: TTFont) -> None:
    """Give a font TrueType outlines in place of its cubic ones."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, glyphs
    widths = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        glyph.recalcBounds(outlines)
        widths[name] = (widths[name][0], glyph.xMin if glyph.numberOfContours else 0)
    for table in {"CFF ", "VORG"} & set(font.keys()):
        del font[table]
    _describe_outlines(font, len(order))


def _describe_outlines(font: TTFont, count: int) -> None:
    profile = font["maxp"] = newTable("maxp")
    profile.tableVersion, profile.numGlyphs, profile.maxZones = 0x00010000, count, 1
    for limit in (
        *("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"),
        *("SizeOfInstructions", "ComponentElements", "ComponentDepth", "Points", "Contours"),
        *("CompositePoints", "CompositeContours"),
    ):
        setattr(profile, f"max{limit}", 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def drop_letter_apostrophe() -> None:
    """Take U+02BC out of Inter: it shares its glyph with U+2019, and PDF would name the former."""
    for path in TARGET.glob("inter-latin-[47]00-normal.woff2"):
        font = TTFont(path)
        for table in font["cmap"].tables:
            table.cmap.pop(0x02BC, None)
        font.save(path)


def main() -> None:
    """Write the font."""
    drop_letter_apostrophe()
    options = Options(flavor="woff2", font_number=KOREAN_FACE, hinting=False, desubroutinize=True)
    options.layout_features = ["locl", "ccmp", "kern"]
    font = load_font(str(SOURCE), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    make_quadratic(font)
    save_font(font, str(TARGET / "noto-sans-cjk-regular.woff2"), options)


if __name__ == "__main__":
    main()
