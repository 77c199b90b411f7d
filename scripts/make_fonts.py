"""Make the fonts that exports carry with them.

Run once, when the fonts change, on a machine with Debian's package fonts-noto-cjk:

    uv run --with fonttools,brotli python scripts/make_fonts.py

It takes the Korean face of Noto Sans CJK (SIL Open Font License 1.1) and keeps Hangul, kana and
the Chinese characters of the Korean, Japanese and simplified Chinese national standards, in one
file. Latin and Cyrillic come from Inter, beside the web pages.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).parent.parent / "dashboard" / "assets" / "fonts"
KOREAN_FACE = 1
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


def main() -> None:
    """Write the font."""
    options = Options(flavor="woff2", font_number=KOREAN_FACE, hinting=False, desubroutinize=True)
    options.layout_features = ["locl", "ccmp", "kern"]
    font = load_font(str(SOURCE), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    save_font(font, str(TARGET / "noto-sans-cjk-regular.woff2"), options)


if __name__ == "__main__":
    main()
