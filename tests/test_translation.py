"""Captions in other languages: the catalogue, numbers and dates, hedges, files."""

import io
import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from pptx import Presentation
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.codes import Item
from dashboard.exports.briefing import Briefing, BriefingFormat, ChartPart, ClaimsPart
from dashboard.exports.briefing_making import make_briefing
from dashboard.exports.caption import caption_of
from dashboard.exports.formats import ExportError, ExportFormat, export_chart
from dashboard.exports.pptx.presentation import pptx_bytes
from dashboard.figures.axes import MOST_TICKS, ticks_of_months
from dashboard.figures.catalogue import ChartOrder, chart_names, draw
from dashboard.figures.growth import CENTRAL_CLAIMS
from dashboard.languages import language_name, language_tag
from dashboard.periods import in_words, month_in_words, short_in_words
from dashboard.selection import Selection
from dashboard.translation import (
    LANGUAGES,
    caption_language,
    current_language,
    translated,
    translated_plural,
)
from dashboard.words import (
    figure_in_words,
    figure_of_item,
    listed,
    months_in_words,
    number_in_words,
    range_in_words,
)

LOCALE = Path(__file__).parent.parent / "dashboard" / "locale"
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
KEYWORDS = {
    "translated": None,
    "message": None,
    "translated_plural": (1, 2),
    "plural_message": (1, 2),
}
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
OWN_SIGNS = {
    "ko": re.compile("[\uac00-\ud7af]"),
    "uk": re.compile("[іїєґІЇЄҐ]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "id": re.compile(r"\b(yang|dan|dari|pada)\b"),
}

browser = pytest.mark.browser


def catalogue(path: Path, language: str | None = None) -> Catalog:
    with path.open(encoding="utf-8") as file:
        return read_po(file, locale=language)


def own_catalogue(language: str) -> Catalog:
    return catalogue(LOCALE / language / "LC_MESSAGES" / "captions.po", language)


def ids(messages: Catalog) -> set[object]:
    return {message.id for message in messages if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def spaced(text: str) -> str:
    """Return a text whose spaces that do not break are plain ones."""
    return re.sub(r"\s", " ", text)


# ------------------------------------------------------------------ catalogue


@pytest.fixture(scope="module")
def in_code() -> set[object]:
    found = extract_from_dir(LOCALE.parent, METHODS, keywords=KEYWORDS, comment_tags=())
    return {message for _, _, message, _, _ in found}


def test_the_template_holds_what_the_code_says(in_code) -> None:
    assert ids(catalogue(LOCALE / "captions.pot")) == in_code


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_of_the_code_is_translated_and_no_other(in_code, language) -> None:
    assert ids(own_catalogue(language)) == in_code


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_empty_doubtful_or_lacks_a_placeholder(language) -> None:
    messages = own_catalogue(language)
    for message in messages:
        if not message.id:
            continue
        one = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else message.string
        assert not message.fuzzy, one
        assert all(forms), one
        assert len(forms) == (1 if isinstance(message.id, str) else messages.num_plurals), one
        assert all(placeholders(form) == placeholders(one) for form in forms), one


def test_every_language_has_a_catalogue_and_no_other_has() -> None:
    assert sorted(path.parent.parent.name for path in LOCALE.glob("*/*/*.po")) == sorted(OTHERS)


# ------------------------------------------------------------------ which language


def test_captions_are_english_unless_a_block_says_otherwise() -> None:
    assert current_language() == "en"
    with caption_language("KO"):
        assert current_language() == "ko"
        with caption_language("uk"):
            assert current_language() == "uk"
        assert current_language() == "ko"
    assert current_language() == "en"


def test_an_unknown_language_names_the_five() -> None:
    with pytest.raises(LookupError, match=r"no captions in ‘fr’.*en \(English\).*ja \(Japanese\)"):
        caption_language("fr").__enter__()


def test_a_caption_in_an_unknown_language_is_a_sentence(dataset) -> None:
    chart = draw(dataset, "growth", ChartOrder(), "light")
    with pytest.raises(ExportError, match="There are no captions in ‘tlh’"):
        caption_of(chart, language="tlh")


def test_english_says_itself() -> None:
    assert translated("at least {figure}", figure="3") == "at least 3"
    assert translated_plural("{number} day", "{number} days", 1) == "1 day"
    assert translated_plural("{number} day", "{number} days", 1200) == "1,200 days"


# ------------------------------------------------------------------ numbers and dates


@pytest.mark.parametrize(
    ("language", "thousands", "millions"),
    [
        ("en", "13,000", "9.4 million"),
        ("ko", "13,000", "940만"),
        ("uk", "13 000", "9,4 млн"),
        ("id", "13.000", "9,4 juta"),
        ("ja", "13,000", "940万"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(language, thousands, millions) -> None:
    with caption_language(language):
        assert spaced(number_in_words(13_000)) == thousands
        assert spaced(number_in_words(9_400_000)) == millions


def test_a_large_number_keeps_its_value_in_ten_thousands() -> None:
    with caption_language("ko"):
        assert number_in_words(123_450_000) == "1.2345억"
        assert number_in_words(14_160_000) == "1416만"
        assert number_in_words(1_234_567) == "1,234,567"


@pytest.mark.parametrize(
    ("language", "day", "month", "label"),
    [
        ("en", "27 August 2024", "August 2024", "27 Aug 2024"),
        ("ko", "2024년 8월 27일", "2024년 8월", "2024년 8월 27일"),
        ("uk", "27 серпня 2024", "серпень 2024", "27 серп. 2024"),
        ("id", "27 Agustus 2024", "Agustus 2024", "27 Agu 2024"),
        ("ja", "2024年8月27日", "2024年8月", "2024年8月27日"),
    ],
)
def test_dates_are_no_sharper_in_any_language(language, day, month, label) -> None:
    with caption_language(language):
        assert in_words("2024-08-27") == day
        assert in_words("2024-08") == month
        assert in_words("2024") == "2024"
        assert short_in_words("2024-08-27") == label
        assert short_in_words("2024-08") == month_in_words("2024-08")


def test_ukrainian_counts_in_three_forms() -> None:
    with caption_language("uk"):
        assert [months_in_words(round(30.44 * months)) for months in (3, 6, 21)] == [
            "3 місяці",
            "6 місяців",
            "21 місяць",
        ]


def test_lists_and_ranges_are_joined_as_the_language_joins_them() -> None:
    with caption_language("ja"):
        assert listed(["A", "B", "C"]) == "A、BおよびC"
        assert range_in_words(5_580_000, 6_500_000) == "558万~650万"
    with caption_language("uk"):
        assert spaced(range_in_words(5_580_000, 6_500_000)) == "від 5,58 млн до 6,5 млн"


def test_languages_are_named_in_the_language_of_the_caption_and_found_again() -> None:
    with caption_language("ko"):
        assert language_name("uk") == "우크라이나어"
        for tag in ("uk", "ja", "zh-Hant"):
            assert language_tag(language_name(tag)) == tag


# ------------------------------------------------------------------ hedges


@pytest.mark.parametrize(
    ("language", "about", "at_least", "more_than", "up_to"),
    [
        ("en", "about 5", "at least 5", "more than 5", "up to 5"),
        ("ko", "약 5", "최소 5", "5 초과", "최대 5"),
        ("uk", "близько 5", "щонайменше 5", "понад 5", "до 5"),
        ("id", "sekitar 5", "sedikitnya 5", "lebih dari 5", "hingga 5"),
        ("ja", "約5", "少なくとも5", "5超", "最大5"),
    ],
)
def test_a_hedge_is_exact_in_every_language(language, about, at_least, more_than, up_to) -> None:
    with caption_language(language):
        assert figure_in_words(5, 5, "exactly") == "5"
        assert figure_in_words(5, 5, "about") == about
        assert figure_in_words(5, None, "at-least") == at_least
        assert figure_in_words(5, None, "more-than") == more_than
        assert figure_in_words(None, 5, "up-to") == up_to


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "more than 13,000 containers"),
        ("ko", "컨테이너 13,000개 초과"),
        ("uk", "понад 13 000 контейнерів"),
        ("id", "lebih dari 13.000 kontainer"),
        ("ja", "コンテナ13,000個超"),
    ],
)
def test_a_hedge_after_its_figure_follows_the_unit(language, said) -> None:
    with caption_language(language):
        assert spaced(figure_of_item(13_000, None, "more-than", Item.CONTAINERS)) == said


def test_a_range_and_an_approximation_govern_the_genitive() -> None:
    with caption_language("uk"):
        assert figure_of_item(3, None, "at-least", Item.SHIPS) == "щонайменше 3 судна"
        assert figure_of_item(3, 3, "about", Item.SHIPS) == "близько 3 суден"
        assert figure_of_item(2, 4, "between", Item.SHIPS) == "від 2 до 4 суден"


# ------------------------------------------------------------------ charts


@pytest.mark.parametrize("language", OTHERS)
def test_the_title_of_growth_says_both_figures(dataset, language) -> None:
    with caption_language(language):
        chart = draw(dataset, "growth", ChartOrder(), "light")
        figures = [number_in_words(figure) for figure in (6_700, 13_000)]
    assert all(figure in chart.title for figure in figures)
    assert OWN_SIGNS[language].search(chart.title)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", chart_names())
def test_every_chart_speaks_the_language(dataset, language, name) -> None:
    with caption_language(language):
        chart = draw(dataset, name, ChartOrder(), "light")
        caption = caption_of(chart)
    english = draw(dataset, name, ChartOrder(), "light")
    assert caption.language == language
    assert chart.subtitle != english.subtitle
    assert chart.alt != english.alt
    assert list(chart.table.columns) != list(english.table.columns)
    assert len(set(chart.table.columns)) == len(english.table.columns)
    assert caption.source_line != caption_of(english).source_line
    assert set(caption.warnings).isdisjoint(caption_of(english).warnings)


@pytest.mark.parametrize("item", list(Item))
def test_every_item_can_be_said_in_every_language(dataset, item) -> None:
    for language in OTHERS:
        with caption_language(language):
            assert draw(dataset, "growth", ChartOrder(Selection(item=item)), "light").title


def test_names_and_paraphrases_stay_as_in_the_data(dataset) -> None:
    english = draw(dataset, "growth", ChartOrder(), "light").table
    with caption_language("ko"):
        korean = draw(dataset, "growth", ChartOrder(), "light").table
    for ours, theirs in (("Who", "주체"), ("What was said", "발언 내용"), ("Claim", "주장")):
        assert korean[theirs].tolist() == english[ours].tolist()


def test_a_web_chart_after_an_export_is_english_again(dataset) -> None:
    before = draw(dataset, "growth", ChartOrder(), "light")
    with caption_language("ja"):
        draw(dataset, "growth", ChartOrder(), "light")
    after = draw(dataset, "growth", ChartOrder(), "light")
    assert (after.title, after.figure.to_json()) == (before.title, before.figure.to_json())


def test_axes_name_months_and_separate_digits(dataset) -> None:
    with caption_language("uk"):
        figure = draw(dataset, "growth", ChartOrder(), "light").figure
    assert "січ. 2024" in figure.layout.xaxis.ticktext
    assert spaced(figure.layout.separators) == ", "


def test_ticks_stand_on_the_first_days_of_round_months() -> None:
    ticks = ticks_of_months(date(2023, 10, 12), date(2026, 3, 1))
    assert len(ticks) <= MOST_TICKS + 1
    assert ticks[0] == date(2024, 1, 1)
    assert {tick.day for tick in ticks} == {1}
    assert ticks_of_months(date(2024, 1, 1), date(2024, 3, 5)) == [
        date(2024, 1, 1),
        date(2024, 2, 1),
        date(2024, 3, 1),
    ]


# ------------------------------------------------------------------ files


@pytest.fixture(scope="module", params=OTHERS)
def spoken(dataset, request):
    """A chart with its caption in each other language."""
    with caption_language(request.param):
        chart = draw(dataset, "growth", ChartOrder(), "light")
        return chart, caption_of(chart)


def test_slides_are_in_the_language_of_their_captions(spoken) -> None:
    chart, caption = spoken
    deck = Presentation(io.BytesIO(pptx_bytes(chart, caption)))
    tag = {"ko": "ko-KR", "uk": "uk-UA", "id": "id-ID", "ja": "ja-JP"}[caption.language]
    shapes = list(deck.slides[0].shapes)
    texts = " ".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    languages = {run.get("lang") for shape in shapes for run in shape._element.iter("{*}rPr")}
    assert OWN_SIGNS[caption.language].search(texts)
    assert caption.title in texts
    assert tag in languages
    assert deck.core_properties.language == tag
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert caption.method in notes


def test_a_workbook_has_its_sheets_in_the_language(spoken) -> None:
    from openpyxl import load_workbook

    chart, caption = spoken
    data = export_chart(chart, ExportFormat.XLSX, caption).data
    book = load_workbook(io.BytesIO(data))
    with caption_language(caption.language):
        names = ["Chart", "Table", "Sources", "About", "Chart data"]
        assert book.sheetnames == [translated(name) for name in names]
        heading = translated("Stated on")
    assert book.worksheets[1]["A1"].value == heading
    formulas = [
        cell.value
        for row in book.worksheets[4].iter_rows(max_row=8)
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert any(book.sheetnames[1] in formula for formula in formulas)


def test_a_table_and_its_json_say_which_language(spoken) -> None:
    chart, caption = spoken
    content = json.loads(export_chart(chart, ExportFormat.JSON, caption).data)
    assert content["caption"]["language"] == caption.language
    assert content["columns"] == list(chart.table.columns)
    header = export_chart(chart, ExportFormat.CSV, caption).data.decode("utf-8-sig")
    assert header.startswith(chart.table.columns[0])


def test_an_offline_page_names_its_language(spoken) -> None:
    chart, caption = spoken
    page = export_chart(chart, ExportFormat.HTML, caption).data.decode()
    assert f'<html lang="{caption.language}">' in page
    with caption_language(caption.language):
        assert translated("Filter rows") in page
    assert caption.title in page


def test_an_english_caption_is_what_it_was(dataset) -> None:
    caption = caption_of(draw(dataset, "growth", ChartOrder(), "light"))
    assert asdict(caption)["language"] == "en"
    assert caption.licence == "Data: CC BY 4.0. The documents belong to their publishers."
    assert caption.source_line.startswith("Sources: [1] ")
    assert caption.version_line.startswith("Data 20")


def test_the_command_takes_a_language(tmp_path) -> None:
    file = tmp_path / "growth.json"
    result = CliRunner().invoke(app, ["export", "growth", "--to", str(file), "--language", "ko"])
    assert result.exit_code == 0
    assert "컨테이너" in json.loads(file.read_text(encoding="utf-8"))["caption"]["title"]
    refused = CliRunner().invoke(app, ["export", "growth", "--to", str(file), "--language", "fr"])
    assert refused.exit_code != 0
    assert "There are no captions in" in refused.output


def test_a_briefing_speaks_its_language(dataset) -> None:
    parts = (ChartPart("growth"), ClaimsPart(CENTRAL_CLAIMS))
    briefing = Briefing(parts=parts, title="6,700", language="ko")
    file = make_briefing(dataset, briefing, BriefingFormat.PPTX)
    slides = Presentation(io.BytesIO(file.data)).slides
    texts = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in slides
    ]
    assert len(texts) == 3
    assert all(OWN_SIGNS["ko"].search(text) for text in texts)


@browser
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["컨테이너", "출처", "이 도표에 관하여"]),
        ("uk", ["контейнерів", "Джерела", "Ліцензія"]),
    ],
)
def test_a_pdf_can_be_searched_in_the_language(rendering, dataset, language, words) -> None:
    with caption_language(language):
        chart = draw(dataset, "growth", ChartOrder(), "light")
        caption = caption_of(chart)
    reader = PdfReader(io.BytesIO(export_chart(chart, ExportFormat.PDF, caption).data))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    assert all(re.sub(r"\s+", "", word) in text for word in words)
    assert re.sub(r"\s+", "", caption.title) in text
    assert reader.trailer["/Root"]["/Lang"] == language
