"""Converted figures as ranges, and the published factors by which they are converted.

Stated figures of the unit that comes out are never in these charts: a range here is arithmetic.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart
from dashboard.claimants import full_names, kinds, short_names, top_level_bodies
from dashboard.claims import sources_behind
from dashboard.codes import Item, Measure, Unit
from dashboard.conversions import (
    OWN,
    PUBLISHED,
    Bridge,
    FactorRange,
    bridge,
    bridge_factors,
    claimants_with_factors,
    converted_series,
    factors,
    published_range,
)
from dashboard.dataset import Dataset
from dashboard.figures.drawing import Drawing
from dashboard.figures.labels import Label, place_labels
from dashboard.figures.palette import Theme, body_colour, surface, text_colour
from dashboard.periods import in_words
from dashboard.records import Record, is_given, records
from dashboard.selection import Selection, as_known_in_words, selection_in_words
from dashboard.translation import (
    ENGLISH,
    MANY,
    current_language,
    message,
    plural_message,
    translated,
    translated_plural,
)
from dashboard.words import (
    MEASURE_WORDS,
    UsageWarning,
    figure_in_words,
    figure_of,
    figure_of_item,
    figure_with_unit,
    listed,
    number_in_words,
    range_in_words,
    rounded_in_words,
    sentence_start,
    unit_in_words,
    usage_warnings,
)

PLOT_SIZE = (300.0, 230.0)
"""Pixels for which labels are laid out: the plot on a phone, where room is scarcest."""
RANGE_WIDTH = 9

_RANGE_KEY = message("▮ least to greatest factor")
_FACTOR_KEY = message("▲ at least   ▼ up to   ● about")
_SYMBOLS = {
    "exactly": "circle",
    "about": "circle",
    "at-least": "triangle-up",
    "more-than": "triangle-up",
    "up-to": "triangle-down",
    "between": "circle",
}
_THINGS = {
    Item.SHELLS_152MM: "152 mm shells",
    Item.SHELLS_122MM: "122 mm rounds",
    Item.SHELLS_ANY: "rounds of any calibre",
    Item.EXPLOSIVES: "tonnes of explosives",
    Item.OIL: "barrels of oil",
}
_THING_FIGURES = {
    Item.SHELLS_152MM: plural_message("{figure} 152 mm shells", "{figure} 152 mm shells"),
    Item.SHELLS_122MM: plural_message("{figure} 122 mm rounds", "{figure} 122 mm rounds"),
    Item.SHELLS_ANY: plural_message(
        "{figure} rounds of any calibre", "{figure} rounds of any calibre"
    ),
    Item.EXPLOSIVES: plural_message(
        "{figure} tonnes of explosives", "{figure} tonnes of explosives"
    ),
    Item.OIL: plural_message("{figure} barrels of oil", "{figure} barrels of oil"),
}
_FACTOR_UNITS = {
    (Unit.ROUNDS, Unit.CONTAINERS): message("rounds a container"),
    (Unit.ROUNDS, Unit.TONNES): message("rounds a tonne"),
    (Unit.CONTAINERS, Unit.TRIPS): message("containers a voyage"),
    (Unit.ROUNDS, Unit.TRIPS): message("rounds a voyage"),
    (Unit.BARRELS, Unit.TRIPS): message("barrels a tanker call"),
}
"""How factors are counted in languages whose words change with their place."""
_CALIBRES = {
    Item.SHELLS_152MM.value: message("152 mm"),
    Item.SHELLS_122MM.value: message("122 mm"),
}
_VERBS = {
    (Unit.CONTAINERS, Unit.ROUNDS): message("would hold"),
    (Unit.ROUNDS, Unit.CONTAINERS): message("would fill"),
    (Unit.ROUNDS, Unit.TONNES): message("would weigh"),
    (Unit.TONNES, Unit.ROUNDS): message("would equal"),
    (Unit.TRIPS, Unit.CONTAINERS): message("would carry"),
    (Unit.TRIPS, Unit.ROUNDS): message("would carry"),
    (Unit.TRIPS, Unit.BARRELS): message("would carry"),
    (Unit.CONTAINERS, Unit.TRIPS): message("would take"),
    (Unit.ROUNDS, Unit.TRIPS): message("would take"),
    (Unit.BARRELS, Unit.TRIPS): message("would take"),
}


WOULD_BE = message("would be")
_ONES = {
    Unit.CONTAINERS: message("container"),
    Unit.TONNES: message("tonne"),
    Unit.TRIPS: message("voyage"),
}


def things_in_words(item: Item) -> str:
    """Return what a converted number counts: '152 mm shells', 'containers', 'voyages'."""
    return _THINGS.get(item, unit_in_words(item).strip())


def things_counted(figure: str, item: Item) -> str:
    """Return a converted number with what it counts: '6.5 million 152 mm shells'."""
    if current_language() == ENGLISH:
        return f"{figure} {things_in_words(item)}"
    if item in _THING_FIGURES:
        return translated_plural(*_THING_FIGURES[item], MANY, figure=figure)
    return figure_with_unit(figure, item)


def things_said(row: Record, item: Item) -> str:
    """Return a stated figure with its hedge and what it counts."""
    if current_language() == ENGLISH or item not in _THING_FIGURES:
        said = figure_in_words(row["low"], row["high"], row["qualifier"])
        return (
            f"{said} {things_in_words(item)}"
            if current_language() == ENGLISH
            else (figure_of_item(row["low"], row["high"], row["qualifier"], item))
        )
    return figure_of(row["low"], row["high"], row["qualifier"], item.unit, _THING_FIGURES[item])


def factor_unit(across: Bridge) -> str:
    """Return what a factor is counted in: 'rounds a container'."""
    known = _FACTOR_UNITS.get((across.many.unit, across.one.unit))
    if known and current_language() != ENGLISH:
        return translated(known)
    return f"{unit_in_words(across.many).strip()} a {_one_of(across.one)}"


def _one_of(item: Item) -> str:
    return unit_in_words(item).strip().removesuffix("s")


def factors_in_words(low: int, high: int) -> str:
    """Return a range of factors: '429–500', '700', or '184,000' where three digits are enough."""
    start, end = rounded_in_words(low), rounded_in_words(high)
    return start if start == end else f"{start}–{end}"


# ------------------------------------------------------------------ converted figures


def conversion_chart(
    dataset: Dataset, selection: Selection, to_item: Item, factor: FactorRange, theme: Theme
) -> CaptionedChart:
    """Return the stated figures of the selected item, each as a range of another unit.

    Raises:
        ConversionError: The item cannot be converted into the other, or the factors are no range.
    """
    points = converted_series(dataset, selection, to_item, factor.low, factor.high)
    across = bridge(dataset, points_item(selection), to_item)
    claim_ids = tuple(points["claim_id"])
    pairs = _pairs_used(dataset, across, factor)
    return CaptionedChart(
        name="conversion",
        title=_title(points, across, factor),
        subtitle=_subtitle(dataset, selection, points, across, factor),
        figure=_range_figure(dataset, points, across, theme),
        table=_converted_table(dataset, points, across),
        alt=_alt(dataset, points, across, factor),
        claim_ids=claim_ids,
        sources=sources_behind(dataset, (*claim_ids, *pairs["to_claim"]), claim_ids[-1:]),
        warnings=_warnings(points),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def points_item(selection: Selection) -> Item:
    """Return the item of a selection that names one.

    Raises:
        ValueError: It names none.
    """
    if selection.item is None:
        raise ValueError("the selection names no item")
    return selection.item


def _pairs_used(dataset: Dataset, across: Bridge, factor: FactorRange) -> pd.DataFrame:
    """Return the published pairs that the factors come from; none for the reader's own."""
    pairs = bridge_factors(dataset, across)
    if factor.factor_of == OWN:
        return pairs.iloc[:0]
    if factor.factor_of == PUBLISHED:
        return pairs
    return pairs[pairs["claimant"] == factor.factor_of]


def _warnings(points: pd.DataFrame) -> tuple[UsageWarning, ...]:
    """Return the warnings of the stated figures; all that is drawn is worked out."""
    return usage_warnings(points.assign(status="inferred-capacity")) if len(points) else ()


def _title(points: pd.DataFrame, across: Bridge, factor: FactorRange) -> str:
    if points.empty:
        return translated(
            "No figure to convert into {things} in this selection", things=_name_of(across.to_item)
        )
    newest = records(points)[-1]
    drawn = range_in_words(newest["drawn_low"], newest["drawn_high"])
    return translated(
        "{things} {verb} {others}, at {factors} a {one}",
        things=things_counted(_plain_figure(newest), across.from_item),
        verb=translated(_VERBS.get((across.from_item.unit, across.to_item.unit), WOULD_BE)),
        others=things_counted(drawn, across.to_item),
        factors=factors_in_words(factor.low, factor.high),
        one=_one_name(across.one),
    )


def _name_of(item: Item) -> str:
    """Return what a converted number counts, for a table or a sentence of captions."""
    return things_in_words(item) if current_language() == ENGLISH else translated(item.label)


def _one_name(item: Item) -> str:
    """Return what a factor takes one of: 'container'."""
    if current_language() == ENGLISH:
        return _one_of(item)
    return translated(_ONES[item.unit]) if item.unit in _ONES else translated(item.label)


def _plain_figure(row: Record) -> str:
    """Return a figure without its hedge; the range in the same sentence is of this number."""
    qualifier = row["qualifier"] if row["qualifier"] == "between" else "exactly"
    low = row["low"] if is_given(row["low"]) else row["high"]
    return figure_in_words(low, row["high"], qualifier)


def _subtitle(
    dataset: Dataset,
    selection: Selection,
    points: pd.DataFrame,
    across: Bridge,
    factor: FactorRange,
) -> str:
    words = selection_in_words(replace(selection, measure=()), full_names(dataset))
    if len(points):
        words += f": {translated(MEASURE_WORDS[Measure(points['measure'].iloc[0])])}"
    return translated(
        "{selection}, converted at {factors} {unit}, {whose}",
        selection=words,
        factors=factors_in_words(factor.low, factor.high),
        unit=factor_unit(across),
        whose=whose_factor(dataset, across, factor),
    )


def whose_factor(dataset: Dataset, across: Bridge, factor: FactorRange) -> str:
    """Return whose a range of factors is: 'the factor of Seoul (DIA)'."""
    names = short_names(dataset)
    if factor.factor_of == OWN:
        return translated("a factor of your own")
    if factor.factor_of == PUBLISHED:
        bodies = claimants_with_factors(dataset, across.from_item, across.to_item)
        whose = listed([names[claimant] for claimant in bodies])
        return translated("the factors of {who}", who=whose)
    return translated("the factor of {who}", who=names[factor.factor_of])


def _alt(dataset: Dataset, points: pd.DataFrame, across: Bridge, factor: FactorRange) -> str:
    if points.empty:
        return translated("Nothing is drawn: the selection holds no figure that can be converted.")
    bodies = points["claimant"].map(top_level_bodies(dataset.claimants)).nunique()
    newest = records(points)[-1]
    return translated(
        "Arithmetic, not a report: {figures} by {bodies}, each drawn as a range. The newest, "
        "{said} ({who}, {day}), comes to {converted}.",
        figures=translated_plural("{number} stated figure", "{number} stated figures", len(points)),
        bodies=translated_plural(
            "{number} state or organisation", "{number} states and organisations", bodies
        ),
        said=things_said(newest, across.from_item),
        who=full_names(dataset)[newest["claimant"]],
        day=in_words(newest["stated_on"]),
        converted=things_counted(range_in_words(*_ends(newest)), across.to_item),
    )


def _ends(row: Record) -> tuple[int | None, int | None]:
    low, high = row["converted_low"], row["converted_high"]
    return (int(low) if is_given(low) else None, int(high) if is_given(high) else None)


def _converted_table(dataset: Dataset, points: pd.DataFrame, across: Bridge) -> pd.DataFrame:
    """Return the drawn ranges for readers, newest first; an open end is empty."""
    table = pd.DataFrame(
        {
            translated("Stated on"): points["stated_on"],
            translated("Who"): points["claimant"].map(short_names(dataset)),
            translated("Stated"): [
                figure_of_item(row["low"], row["high"], row["qualifier"], row["item"])
                for row in records(points)
            ],
            translated("Converted"): [range_in_words(*_ends(row)) for row in records(points)],
            translated("Low"): points["converted_low"],
            translated("High"): points["converted_high"],
            translated("Unit"): _name_of(across.to_item),
            translated("Factor"): [
                f"{number_in_words(row['factor_low'])}–{number_in_words(row['factor_high'])}"
                for row in records(points)
            ],
            translated("Claim"): points["claim_id"],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def _range_figure(
    dataset: Dataset, points: pd.DataFrame, across: Bridge, theme: Theme
) -> go.Figure:
    drawing = Drawing(theme)
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    bodies = points["claimant"].map(tops)
    for body, group in points.groupby(bodies, sort=False):
        colour = body_colour(str(body), kind_of[str(body)], theme)
        _add_ranges(drawing, group, colour)
        _add_ends(drawing, dataset, group, across, colour, theme)
    if len(points):
        _add_body_names(drawing, dataset, points, theme)
    key = [translated(_RANGE_KEY)]
    key += [translated("△ no upper limit")] if points["converted_high"].isna().any() else []
    key += [translated("▽ no lower limit")] if points["converted_low"].isna().any() else []
    return _laid_out(drawing, "   ".join(key))


def _add_ranges(drawing: Drawing, group: pd.DataFrame, colour: str) -> None:
    """Draw each range as a pale bar, wide on any screen, from the least to the greatest."""
    gaps: list[object] = []
    heights: list[object] = []
    for row in records(group):
        gaps += [row["known_on"], row["known_on"], None]
        heights += [int(row["drawn_low"]), int(row["drawn_high"]), None]
    drawing.add_scatter(
        x=gaps,
        y=heights,
        mode="lines",
        line={"color": colour, "width": RANGE_WIDTH},
        opacity=0.3,
        hoverinfo="skip",
        showlegend=False,
    )


def _add_ends(
    drawing: Drawing,
    dataset: Dataset,
    group: pd.DataFrame,
    across: Bridge,
    colour: str,
    theme: Theme,
) -> None:
    """Draw the ends of each range: a stroke, or a hollow triangle where the figure is open."""
    names = short_names(dataset)
    hovers = [_hover(names, row, across) for row in records(group)]
    for end, triangle in (("low", "triangle-down"), ("high", "triangle-up")):
        is_open = group[f"converted_{end}"].isna()
        drawing.add_scatter(
            x=group["known_on"].to_numpy(),
            y=group[f"drawn_{end}"].to_numpy(dtype=float),
            mode="markers",
            marker={
                "symbol": is_open.map({True: triangle, False: "line-ew"}).tolist(),
                "size": is_open.map({True: 10, False: RANGE_WIDTH + 3}).tolist(),
                "color": surface(theme).page,
                "line": {"color": colour, "width": 2},
                "opacity": 1,
            },
            customdata=[["claim", claim_id] for claim_id in group["claim_id"]],
            hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        )


def _hover(names: dict[str, str], row: Record, across: Bridge) -> str:
    return translated(
        "<b>{converted}</b>, converted<br>from {said}: {who}, {day}<br>at {factors} {unit}"
        "<br>Click for the stated figure",
        converted=things_counted(range_in_words(*_ends(row)), across.to_item),
        said=figure_of_item(row["low"], row["high"], row["qualifier"], row["item"]),
        who=escape(names[row["claimant"]], quote=False),
        day=in_words(row["stated_on"]),
        factors=factors_in_words(row["factor_low"], row["factor_high"]),
        unit=factor_unit(across),
    )


def _add_body_names(drawing: Drawing, dataset: Dataset, points: pd.DataFrame, theme: Theme) -> None:
    """Write the name of each state or organisation beside its newest range."""
    tops, kind_of, names = (
        top_level_bodies(dataset.claimants),
        kinds(dataset),
        short_names(dataset),
    )
    bodies = points["claimant"].map(tops)
    newest = points.assign(body=bodies).drop_duplicates("body", keep="last")
    newest = newest.sort_values("drawn_high", ascending=False)
    across, up = _pixels(points["known_on"], points["drawn_high"])
    _, foot = _pixels(points["known_on"], points["drawn_low"], points["drawn_high"])
    drawn = [
        (x, low + (high - low) * step / 6)
        for x, low, high in zip(across, foot, up, strict=True)
        for step in (0, 1, 2, 3, 4, 5, 6, 6, 6, 6)
    ]
    labels = [Label(names[row["body"]], across[at], up[at]) for at, row in _numbered(newest)]
    placements = place_labels(labels, drawn, *PLOT_SIZE)
    for row, placement in zip(records(newest), placements, strict=True):
        body = row["body"]
        drawing.add_annotation(
            x=row["known_on"],
            y=int(row["drawn_high"]),
            text=f"<b>{escape(names[body], quote=False)}</b>",
            font={"color": text_colour(body_colour(body, kind_of[body], theme), theme), "size": 12},
            showarrow=False,
            borderpad=0,
            xanchor=placement.xanchor,
            xshift=placement.xshift,
            yshift=placement.yshift,
        )


def _numbered(frame: pd.DataFrame) -> list[tuple[int, Record]]:
    """Return rows with the position that their index gives."""
    return list(zip(frame.index.tolist(), records(frame), strict=True))


def _pixels(
    days: pd.Series[pd.Timestamp], heights: pd.Series[int], tallest: pd.Series[int] | None = None
) -> tuple[list[float], list[float]]:
    """Return where marks stand on the smallest plot, from its lower left corner."""
    width, height = PLOT_SIZE
    start, end = _span(days)
    top = 1.05 * float((heights if tallest is None else tallest).max())
    across = (days - start) / (end - start) * width
    return list(across.astype(float)), list(heights.astype(float) / top * height)


def _span(days: pd.Series[pd.Timestamp]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the ends of the time axis, with room beside the outermost marks."""
    margin = pd.Timedelta(days=max((days.max() - days.min()).days, 60) * 0.05)
    return days.min() - margin, days.max() + margin


def _laid_out(
    drawing: Drawing,
    key: str,
    days: tuple[pd.Timestamp, pd.Timestamp] | None = None,
    top: float | None = None,
) -> go.Figure:
    """Return the figure with its key; its axes end at these days and this height, if given."""
    drawing.add_annotation(
        text=key,
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        showarrow=False,
        font={"color": surface(drawing.theme).muted, "size": 11},
    )
    return drawing.figure(
        height=380,
        margin={"l": 8, "r": 14, "t": 28, "b": 8},
        hovermode="closest",
        clickmode="event+select",
        dragmode=False,
        xaxis={"fixedrange": True, "showgrid": False, **({"range": list(days)} if days else {})},
        yaxis={
            "rangemode": "tozero",
            "tickformat": ",~r",
            "fixedrange": True,
            "automargin": True,
            **({"range": [0, top]} if top is not None else {}),
        },
    )


# ------------------------------------------------------------------ published factors


def factor_chart(dataset: Dataset, from_item: Item, to_item: Item, theme: Theme) -> CaptionedChart:
    """Return the published factors between two items, and those into the same unit, over time.

    Raises:
        ConversionError: Nobody published a factor between the two.
    """
    across = bridge(dataset, from_item, to_item)
    pairs = _comparable_factors(dataset, across)
    claim_ids = tuple(dict.fromkeys(pairs["to_claim"]))
    return CaptionedChart(
        name="factors",
        title=_factor_title(dataset, pairs, across),
        subtitle=translated(
            "Published factors: {unit}, as each body gave the pair of figures",
            unit=factor_unit(across),
        ),
        figure=_factor_figure(dataset, pairs, across, theme),
        table=_factor_table(dataset, pairs),
        alt=_factor_alt(dataset, pairs, across),
        claim_ids=claim_ids,
        sources=sources_behind(dataset, claim_ids),
        warnings=_factor_warnings(dataset, claim_ids),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def _comparable_factors(dataset: Dataset, across: Bridge) -> pd.DataFrame:
    """Return the factors of the bridge and of all that ends in its unit, oldest first.

    Beside the columns of `factors`: `is_standing`, of the bridge itself and not replaced.
    """
    pairs = factors(dataset)
    units = pairs["to_item"].map(lambda item: Item(item).unit)
    pairs = pairs[(pairs["from_item"] == across.one) & (units == across.many.unit)]
    is_standing = (pairs["to_item"] == across.many) & pairs["replaced_by"].isna()
    return pairs.assign(is_standing=is_standing).reset_index(drop=True)


def _factor_title(dataset: Dataset, pairs: pd.DataFrame, across: Bridge) -> str:
    used = published_range(dataset, across.from_item, across.to_item)
    standing = pairs[pairs["is_standing"]]
    span = factors_in_words(used.low, used.high)
    title = translated_plural(
        "For {things}, {number} published pair gives {span} a {one}",
        "For {things}, {number} published pairs give {span} a {one}",
        len(standing),
        things=_name_of(across.many),
        span=span,
        one=_one_name(across.one),
    )
    others = pairs[~pairs["is_standing"]]
    title = sentence_start(title)
    if others.empty:
        return title
    low, high = int(others["factor"].min()), int(others["factor"].max())
    rest = translated("other factors run from {span}", span=range_in_words(low, high))
    return f"{title}; {rest}"


def _factor_alt(dataset: Dataset, pairs: pd.DataFrame, across: Bridge) -> str:
    standing = pairs[pairs["is_standing"]]
    names = short_names(dataset)
    bodies = listed([names[claimant] for claimant in sorted(standing["claimant"].unique())])
    groups = listed([name for name, _ in _named_groups(dataset, pairs)])
    return translated_plural(
        "{number} factor, in {unit}: {groups}. Those for {things} are by {bodies}.",
        "{number} factors, in {unit}: {groups}. Those for {things} are by {bodies}.",
        len(pairs),
        unit=factor_unit(across),
        groups=groups,
        things=_name_of(across.many),
        bodies=bodies,
    )


def _factor_warnings(dataset: Dataset, claim_ids: tuple[str, ...]) -> tuple[UsageWarning, ...]:
    warnings = usage_warnings(dataset.claims[dataset.claims["claim_id"].isin(claim_ids)])
    return tuple(warning for warning in warnings if warning is not UsageWarning.CAPACITY)


def _factor_table(dataset: Dataset, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the published factors for readers, newest first."""
    table = pd.DataFrame(
        {
            translated("Stated on"): pairs["stated_on"],
            translated("Who"): pairs["claimant"].map(short_names(dataset)),
            translated("Factor"): pairs["factor"],
            translated("From"): [
                _count_of(row["from_figure"], row["from_item"]) for row in records(pairs)
            ],
            translated("To"): [
                _count_of(row["to_figure"], row["to_item"]) for row in records(pairs)
            ],
            translated("Replaced"): pairs["replaced_by"].notna(),
            translated("Note"): pairs["note"],
            translated("Claim"): pairs["to_claim"],
        }
    )
    return table.iloc[::-1].reset_index(drop=True)


def _count_of(figure: object, item: str) -> str:
    return things_counted(number_in_words(int(str(figure))), Item(item))


def _factor_figure(
    dataset: Dataset, pairs: pd.DataFrame, across: Bridge, theme: Theme
) -> go.Figure:
    drawing = Drawing(theme)
    used = published_range(dataset, across.from_item, across.to_item)
    if used.high > used.low:
        drawing.add_band(used.low, used.high, surface(theme).grid)
    _add_factors(drawing, dataset, pairs, theme)
    _add_factor_names(drawing, dataset, pairs, theme)
    hollow = "" if pairs["is_standing"].all() else "   " + translated("○ other load, or replaced")
    return _laid_out(
        drawing,
        f"{translated(_FACTOR_KEY)}{hollow}",
        _span(pairs["known_on"]),
        1.12 * float(pairs["factor"].max()),
    )


def _add_factors(drawing: Drawing, dataset: Dataset, pairs: pd.DataFrame, theme: Theme) -> None:
    colours = _colours(dataset, pairs, theme)
    names = short_names(dataset)
    drawing.add_scatter(
        x=pairs["known_on"].to_numpy(),
        y=pairs["factor"].to_numpy(dtype=float),
        mode="markers",
        marker={
            "color": colours.where(pairs["is_standing"], surface(theme).page).tolist(),
            "line": {"color": colours.tolist(), "width": 2},
            "symbol": pairs["qualifier"].map(_SYMBOLS).tolist(),
            "size": 10,
            "opacity": 1,
        },
        customdata=[["claim", claim_id] for claim_id in pairs["to_claim"]],
        hovertext=[_factor_hover(names, row) for row in records(pairs)],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _colours(dataset: Dataset, pairs: pd.DataFrame, theme: Theme) -> pd.Series[str]:
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    return pairs["claimant"].map(
        {
            claimant: body_colour(tops[claimant], kind_of[claimant], theme)
            for claimant in pairs["claimant"].unique()
        }
    )


def _factor_hover(names: dict[str, str], row: Record) -> str:
    who = escape(names[row["claimant"]], quote=False)
    note = f"<br>{escape(row['note'], quote=False)}" if is_given(row["note"]) else ""
    replaced = ""
    if is_given(row["replaced_by"]):
        replaced = "<br>" + translated("Replaced by a later figure")
    pair = translated(
        "{many} for {one}",
        many=_count_of(row["to_figure"], row["to_item"]),
        one=_count_of(row["from_figure"], row["from_item"]),
    )
    return (
        f"<b>{number_in_words(row['factor'])}</b>: {pair}<br>{who}, "
        f"{in_words(row['stated_on'])}{note}{replaced}"
    )


def _add_factor_names(
    drawing: Drawing, dataset: Dataset, pairs: pd.DataFrame, theme: Theme
) -> None:
    """Name each group of factors beside its newest mark."""
    colours = dict(zip(pairs["claimant"], _colours(dataset, pairs, theme), strict=True))
    groups = _named_groups(dataset, pairs)
    x, y = _pixels(pairs["known_on"], pairs["factor"])
    labels = [Label(name, x[at], y[at]) for name, at in groups]
    drawn = [point for point in zip(x, y, strict=True) for _ in range(6)]
    placements = place_labels(labels, drawn, *PLOT_SIZE)
    rows = records(pairs)
    for (name, at), placement in zip(groups, placements, strict=True):
        drawing.add_annotation(
            x=rows[at]["known_on"],
            y=int(rows[at]["factor"]),
            text=f"<b>{escape(name, quote=False)}</b>",
            font={"color": text_colour(colours[rows[at]["claimant"]], theme), "size": 12},
            showarrow=False,
            borderpad=0,
            xanchor=placement.xanchor,
            xshift=placement.xshift,
            yshift=placement.yshift,
        )


def _named_groups(dataset: Dataset, pairs: pd.DataFrame) -> list[tuple[str, int]]:
    """Return names, each with the position of the newest factor that it stands for.

    Factors for one calibre go together; the others by body; a replaced one tells what came after.
    """
    names = short_names(dataset)
    factor_of = dict(zip(pairs["conversion_id"], pairs["factor"], strict=True))
    replaced = pairs["replaced_by"].map(factor_of)
    calibre = pairs["to_item"].map({item: translated(words) for item, words in _CALIBRES.items()})
    name = calibre.where(calibre.notna(), pairs["claimant"].map(names))
    groups = []
    for (label, _), rows in pairs.groupby([name, replaced.fillna(0)], sort=False):
        at = int(rows.index[-1])
        span = factors_in_words(int(rows["factor"].min()), int(rows["factor"].max()))
        later = replaced[at]
        replaced_by = (
            translated("{span}, later {number}", span=span, number=int(later))
            if (is_given(later))
            else f"{label} {span}"
        )
        groups.append((replaced_by, at))
    return groups
