"""The growth chart: each body's running count as steps, and the words around it."""

from datetime import date

import pandas as pd
import pytest

from dashboard.dataset import Dataset
from dashboard.figures.growth import (
    CENTRAL_CLAIMS,
    drawable_measures,
    drawn_points,
    growth_chart,
    step_in_words,
)
from dashboard.schema import Item, Measure
from dashboard.selection import Selection
from dashboard.series import compare
from tests.build import cells, claim, dataset_of_claims, good_dataset, said

SEOUL, SEOUL_LATER = CENTRAL_CLAIMS


def ids(points: pd.DataFrame) -> list[str]:
    return list(points["claim_id"])


def chart_of(dataset: Dataset, selection: Selection = Selection()):  # noqa: B008
    return growth_chart(dataset, selection, "light")


def lines(chart):
    return [trace for trace in chart.figure.data if trace.mode == "lines"]


def marks(chart):
    """Return the drawn marks: id of the claim, day, height and symbol."""
    return [
        (leads_to[1], pd.Timestamp(x), y, symbol)
        for trace in chart.figure.data
        if trace.mode == "markers" and trace.customdata is not None
        for leads_to, x, y, symbol in zip(
            trace.customdata, trace.x, trace.y, trace.marker.symbol, strict=True
        )
    ]


def total(claim_id: str, stated_on: str, figure: int, **given: str):
    """Return a figure of Seoul's running count."""
    return claim(
        claim_id,
        stated_on=stated_on,
        **({"series": "rok-containers"} | said("about", figure) | given),
    )


# ------------------------------------------------------------------ what is drawn


def test_of_marks_that_lie_on_each_other_the_last_is_drawn():
    alike = [total(name, "2024-02-26", 6700) for name in ("seoul-a", "seoul-b")]
    later = total("seoul-later", "2024-08-27", 13000)
    chart = chart_of(dataset_of_claims([*alike, later]))
    assert [mark[0] for mark in marks(chart)] == ["seoul-b", "seoul-later"]
    assert chart.claim_ids == ("seoul-a", "seoul-b", "seoul-later")
    assert len(chart.table) == 3


def test_marks_that_differ_in_their_hedge_are_all_drawn():
    totals = [
        total("seoul-a", "2024-02-26", 6700),
        total("seoul-b", "2024-02-26", 6700, **said("at-least", 6700)),
        total("seoul-c", "2024-02-26", 6700),
    ]
    chart = chart_of(dataset_of_claims(totals))
    assert [mark[0] for mark in marks(chart)] == ["seoul-a", "seoul-b", "seoul-c"]


def test_a_denial_is_not_a_total():
    rows = [
        total("a", "2024-01-01", 100),
        claim("no", measure="denial", status="denied", **said("exactly", 0)),
    ]
    assert ids(drawn_points(dataset_of_claims(rows), Selection())) == ["a"]


def test_a_denial_does_not_bend_the_line():
    dataset = good_dataset()
    with_denial = [trace.y for trace in lines(chart_of(dataset))]
    rows = [total(SEOUL, "2024-02-26", 6700), total(SEOUL_LATER, "2024-08-27", 13000)]
    without = [trace.y for trace in lines(chart_of(dataset_of_claims(rows)))]
    assert [[*y] for y in with_denial] == [[*y] for y in without]


@pytest.mark.parametrize(("measure"), ["increment", "capacity", "stock"])
def test_only_one_kind_of_quantity_is_drawn(measure):
    rows = [
        total("a", "2024-01-01", 100),
        total("b", "2024-01-02", 10, measure=measure, series="other"),
    ]
    assert ids(drawn_points(dataset_of_claims(rows), Selection())) == ["a"]


def test_another_kind_of_quantity_is_drawn_when_it_is_chosen():
    rows = [
        total("a", "2024-01-01", 100),
        total("b", "2024-01-02", 10, measure="increment", series="other"),
    ]
    dataset = dataset_of_claims(rows)
    assert ids(drawn_points(dataset, Selection(measure=("increment",)))) == ["b"]
    assert drawable_measures(dataset, Selection()) == (Measure.CUMULATIVE, Measure.INCREMENT)


def test_a_plan_is_not_a_total():
    rows = [total("a", "2024-01-01", 100), total("b", "2024-01-02", 500, status="planned")]
    assert ids(drawn_points(dataset_of_claims(rows), Selection())) == ["a"]


def test_plans_are_drawn_where_there_is_nothing_else():
    rows = [total("a", "2024-01-01", 100, status="planned")]
    assert ids(drawn_points(dataset_of_claims(rows), Selection())) == ["a"]


def test_single_statements_are_drawn_where_there_is_no_running_count():
    rows = [total("a", "2024-01-01", 100, series=""), claim("b")]
    points = drawn_points(dataset_of_claims(rows), Selection())
    assert (ids(points), list(points["line"])) == (["a"], ["a"])


def test_what_was_said_later_is_not_drawn():
    selection = Selection(as_known_on=date(2024, 8, 26))
    assert ids(drawn_points(good_dataset(), selection)) == [SEOUL]


# ------------------------------------------------------------------ the drawing


def test_a_total_holds_until_the_next_one():
    rows = [total("a", "2024-01-01", 100), total("b", "2024-03-01", 300)]
    drawn = [trace for trace in lines(chart_of(dataset_of_claims(rows))) if len(trace.y)]
    assert {trace.line.shape for trace in drawn} == {"hv"}
    assert {y for trace in drawn for y in trace.y} <= {100, 300, None}


def test_nothing_is_drawn_between_two_statements_but_level_lines(dataset):
    chart = chart_of(dataset)
    stated = {y for _, _, y, _ in marks(chart)}
    for trace in lines(chart):
        assert trace.line.shape == "hv"
        assert not trace.connectgaps
        assert set(trace.y) - {None} <= stated


def test_every_mark_leads_to_its_claim():
    chart = chart_of(good_dataset())
    assert [mark[0] for mark in marks(chart)] == list(chart.claim_ids)


def test_a_mark_stands_on_its_day_at_its_figure():
    drawn = {mark[0]: mark[1:3] for mark in marks(chart_of(good_dataset()))}
    assert drawn[SEOUL] == (pd.Timestamp(2024, 2, 26), 6700)
    assert drawn[SEOUL_LATER] == (pd.Timestamp(2024, 8, 27), 13000)


def test_a_mark_of_a_month_stands_on_its_last_day():
    [mark] = marks(chart_of(dataset_of_claims([total("a", "2024-02", 100)])))[:1]
    assert mark[1] == pd.Timestamp(2024, 2, 29)


@pytest.mark.parametrize(
    ("qualifier", "symbol"),
    [
        ("exactly", "circle"),
        ("about", "circle"),
        ("at-least", "triangle-up"),
        ("more-than", "triangle-up"),
        ("up-to", "triangle-down"),
    ],
)
def test_a_mark_shows_its_hedge(qualifier, symbol):
    rows = [total("a", "2024-01-01", 100, **said(qualifier, 100))]
    [mark] = marks(chart_of(dataset_of_claims(rows)))[:1]
    assert mark[3] == symbol


def test_a_range_has_a_whisker_from_its_low_to_its_high():
    rows = [total("a", "2024-01-01", 100, **said("between", 100, 250))]
    [trace] = [t for t in chart_of(dataset_of_claims(rows)).figure.data if t.error_y.visible]
    assert (list(trace.y), list(trace.error_y.array), list(trace.error_y.arrayminus)) == (
        [100],
        [150],
        [0],
    )


def test_what_was_worked_out_is_hollow():
    rows = [
        total("a", "2024-01-01", 100, measure="capacity", status="inferred-capacity"),
        total("b", "2024-01-02", 100, measure="capacity"),
    ]
    [trace] = [
        t for t in chart_of(dataset_of_claims(rows)).figure.data if t.customdata is not None
    ][:1]
    hollow, full = trace.marker.color
    assert (hollow, full) == ("#ffffff", trace.marker.line.color[0])


def test_the_scale_starts_at_zero():
    assert chart_of(good_dataset()).figure.layout.yaxis.rangemode == "tozero"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_draw_the_same_marks(theme):
    chart = growth_chart(good_dataset(), Selection(), theme)
    assert marks(chart) == marks(chart_of(good_dataset()))


# ------------------------------------------------------------------ the words around it


def test_the_title_names_the_central_step():
    assert chart_of(good_dataset()).title == (
        "rok said about 6,700 containers in Feb 2024 and more than 13,000 in Aug 2024: ×1.94"
    )


def test_the_chart_names_the_central_step_beside_its_end():
    words = " ".join(note.text for note in chart_of(good_dataset()).figure.layout.annotations)
    assert "6,700 → 13,000" in words
    assert "+6,300 · ×1.94<br>6 months" in words


def test_elsewhere_the_title_names_the_longest_count_from_end_to_end():
    rows = [
        total("a", "2024-01-01", 100),
        total("b", "2024-02-01", 200),
        total("c", "2024-03-01", 400),
        total("d", "2024-04-01", 900, series="other"),
    ]
    assert chart_of(dataset_of_claims(rows)).title == (
        "rok said about 100 containers in Jan 2024 and about 400 in Mar 2024: ×4.00"
    )


def test_without_a_step_the_title_names_the_newest_figure():
    rows = [total("a", "2024-01-01", 100), total("b", "2024-02-01", 70, series="other")]
    assert chart_of(dataset_of_claims(rows)).title == "rok-mnd said about 70 containers in Feb 2024"


def test_a_step_is_told_with_its_factor_and_time():
    assert step_in_words(compare(good_dataset(), *CENTRAL_CLAIMS)) == "+6,300 · ×1.94 · 6 months"


def test_a_step_without_days_has_no_time():
    rows = [total("a", "2024-01", 100), total("b", "2024-06-01", 50)]
    assert step_in_words(compare(dataset_of_claims(rows), "a", "b")) == "-50 · ×0.50"


def test_the_subtitle_counts_what_is_not_drawn():
    rows = [
        total("a", "2024-01-01", 100),
        total("b", "2024-01-02", 10, measure="increment", series=""),
        total("c", "2024-01-03", 10, series=""),
        claim("without-a-figure"),
    ]
    assert chart_of(dataset_of_claims(rows)).subtitle == (
        "Containers of arms: running totals as stated; 2 others not drawn, see Evidence"
    )


def test_the_subtitle_is_silent_where_all_is_drawn():
    rows = [total("a", "2024-01-01", 100)]
    subtitle = chart_of(dataset_of_claims(rows)).subtitle
    assert subtitle == "Containers of arms: running totals as stated"


def test_the_alt_text_tells_the_step_and_the_newest_figure():
    alt = chart_of(good_dataset()).alt
    assert alt.startswith("2 figures by 1 state or organisation between 26 February 2024 and ")
    assert "rok-dia stated more than 13,000 containers on 27 August 2024" in alt
    assert "after about 6,700 on 26 February 2024 (+6,300 · ×1.94 · 6 months)." in alt
    assert "The newest figure is more than 13,000 containers (rok-dia, 27 August 2024)." in alt


def test_the_alt_text_tells_the_denials_that_are_marked():
    assert "Marked on the time axis: 1 denial." in chart_of(good_dataset()).alt


def test_an_empty_selection_says_so():
    chart = chart_of(good_dataset(), Selection(item=Item.OIL))
    assert chart.title == "Oil products: no figure in this selection"
    assert chart.alt == "No figure is drawn: the selection holds no claim with one."
    assert (marks(chart), chart.claim_ids, len(chart.table), len(chart.sources)) == ([], (), 0, 0)


def test_the_table_has_a_row_for_each_mark():
    chart = chart_of(good_dataset())
    assert sorted(chart.table["Claim"]) == sorted(mark[0] for mark in marks(chart))


def test_sources_are_those_of_the_claims_drawn_each_once():
    chart = chart_of(good_dataset())
    assert sorted(chart.sources["source_id"]) == [
        "kbs-20240226",
        "kcna-20240301",
        "yonhap-20240827",
    ]


def test_the_caption_names_the_day_and_the_data():
    chart = chart_of(good_dataset())
    assert chart.as_known == "All reports up to 30 September 2024"
    assert chart.data_version == "2026.11.0 (0123456789ab)"


def test_the_caption_counts_origins_and_not_articles_alone():
    assert chart_of(good_dataset()).origins == "2 articles · 2 claimants · 1 origin"


def test_a_name_is_shortened_only_where_it_stays_apart():
    rows = [
        total("a", "2024-01-01", 1, series="one"),
        total("b", "2024-01-01", 1, series="two"),
        total("c", "2024-01-01", 1, series="three"),
    ]
    names = {"one": "Seoul (MND): boxes", "two": "Seoul (NIS): boxes", "three": "OSC: boxes"}
    dataset = dataset_of_claims(
        rows, series=[cells("series", series=key, name=name) for key, name in names.items()]
    )
    assert list(drawn_points(dataset, Selection())["name"]) == ["Seoul (MND)", "Seoul (NIS)", "OSC"]


def test_a_name_with_markup_is_drawn_as_text():
    series = [cells("series", series="rok-containers", name="<i>Seoul</i> & co")]
    chart = chart_of(dataset_of_claims([total("a", "2024-02-26", 6700)], series=series))
    written = [note.text for note in chart.figure.layout.annotations]
    assert "<b>&lt;i&gt;Seoul&lt;/i&gt; &amp; co</b>" in written
