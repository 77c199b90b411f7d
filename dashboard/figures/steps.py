"""Drawing stated figures over time: steps, marks with their hedge, direct labels.

The offline page draws the same in the browser (`dashboard/exports/offline/steps.js`, with the
constants from here); a browser test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.claimants import kinds, short_names, top_level_bodies
from dashboard.codes import Status
from dashboard.dataset import Dataset
from dashboard.figures.labels import Box, Label, place_labels, place_note, step_points
from dashboard.figures.palette import Theme, body_colour, layout_template, surface, text_colour
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words
from dashboard.records import Record, is_given, records, records_by
from dashboard.translation import message, translated, whole_number
from dashboard.words import figure_of_item, number_in_words

MARK_WEIGHT = 6
"""How much worse it is to cover a mark than a bit of a line."""
PLOT_SIZE = (300.0, 230.0)
"""Pixels for which labels are laid out: the plot on a phone, where room is scarcest."""

SYMBOLS = {
    "exactly": "circle",
    "about": "circle",
    "at-least": "triangle-up",
    "more-than": "triangle-up",
    "up-to": "triangle-down",
    "between": "diamond",
}
HOLLOW = (Status.INFERRED_CAPACITY, Status.PLANNED)
"""Figures that nobody says were counted."""
MEANINGS = {
    message("▲ at least"): ("at-least", "more-than"),
    message("▼ up to"): ("up-to",),
    message("● about"): ("about", "exactly"),
    message("◆ range"): ("between",),
}
CROWDED = 12.0
"""A single mark's name that would cover as much is left to its hover."""
CLICK = message("Click for the evidence")
AXIS_MARGIN, DIGIT_WIDTH = 20, 7.5
"""Pixels left of the plot: beside the tick labels, and for each of their signs."""
MONTHLY_TICKS_DAYS = 220
"""A shorter axis gets one tick a month; two would bear one name."""
SHORTEST_AXIS = pd.Timedelta(days=60)
SILENCE = pd.Timedelta(days=182)
"""A figure older than half a year is drawn dotted until its body states another."""


@dataclass(frozen=True)
class NamedStep:
    """The step between two claims that the chart names in words (Plotly's small HTML)."""

    from_claim: str
    to_claim: str
    words: str


@dataclass(frozen=True)
class _Canvas:
    """What every part of the drawing needs."""

    points: pd.DataFrame
    colours: dict[str, str]
    hovers: dict[str, str]
    start: pd.Timestamp
    end: pd.Timestamp
    newest: pd.Timestamp
    theme: Theme


def step_figure(
    dataset: Dataset,
    points: pd.DataFrame,
    answers: pd.DataFrame,
    step: NamedStep | None,
    first: date | None,
    newest: pd.Timestamp,
    theme: Theme,
) -> go.Figure:
    """Return the drawing of stated figures.

    Args:
        dataset: For names and colours.
        points: Claims with `figure`, `line` and `name`, oldest first.
        answers: Denials and admissions, marked on the time axis.
        step: The step to name, if any.
        first: First day of the axis; None starts at the first claim.
        newest: Last day of the axis: lines run on to it, dotted.
        theme: Light or dark.
    """
    figure = go.Figure(layout=go.Layout(template=layout_template(theme)))
    canvas = _canvas(dataset, points, first, newest, theme)
    groups = [group for _, group in points.groupby("line", sort=False)]
    for group in groups:
        _add_steps(figure, canvas, group)
    for group in groups:
        _add_marks(figure, canvas, group)
    _add_answers(figure, canvas, dataset, answers)
    occupied = [_add_named_step(figure, canvas, answers, step)] if step else []
    if groups:
        _add_names(figure, canvas, groups, answers, occupied)
    _lay_out(figure, canvas, _key(canvas, answers))
    return figure


def _key(canvas: _Canvas, answers: pd.DataFrame) -> str:
    """Return what the marks mean, of those that are drawn."""
    points = canvas.points
    present = set(points["qualifier"])
    parts = [translated(words) for words, of in MEANINGS.items() if present & set(of)]
    if points["status"].isin(HOLLOW).any():
        parts.append(translated("○ inferred"))
    if (answers["status"] == Status.DENIED).any():
        parts.append(translated("✕ denial"))
    if (answers["status"] == Status.ADMITTED).any():
        parts.append(translated("★ admission"))
    if points.duplicated("line").any():
        parts.append(translated("┄ not restated"))
    return "  ".join(parts)


def _canvas(
    dataset: Dataset, points: pd.DataFrame, first: date | None, newest: pd.Timestamp, theme: Theme
) -> _Canvas:
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    colours = {
        claimant: body_colour(tops[claimant], kind_of[claimant], theme)
        for claimant in points["claimant"].unique()
    }
    start = pd.Timestamp(first) if first else points["known_on"].min()
    if points.empty:
        start = pd.Timestamp(first) if first else newest - pd.Timedelta(days=365)
    start = min(start, newest - SHORTEST_AXIS)
    margin = pd.Timedelta(days=max((newest - start).days, 60) * 0.03)
    names = short_names(dataset)
    hovers = {row["claim_id"]: mark_words(dataset, names, row) for row in records(points)}
    return _Canvas(points, colours, hovers, start - margin, newest + margin, newest, theme)


def mark_words(dataset: Dataset, names: dict[str, str], row: Record) -> str:
    """Return what the pointer tells of a mark, in Plotly's small HTML."""
    figure = figure_of_item(row["low"], row["high"], row["qualifier"], row["item"])
    low, high = (
        number_in_words(int(row[bound])) if is_given(row[bound]) else ""
        for bound in ("low", "high")
    )
    lower = translated("low {number}", number=low) if low else translated("no low")
    upper = translated("high {number}", number=high) if high else translated("no high")
    return (
        f"<b>{figure}</b><br>{_text(names[row['claimant']])}, "
        f"{in_words(row['stated_on'])}<br>{lower} · {upper}<br>"
        f"{origins_in_words(origins_of(dataset, [row['claim_id']]))}<br>"
        f"{translated(CLICK)}"
    )


def answer_words(names: dict[str, str], row: Record) -> str:
    """Return what the pointer tells of a denial or an admission."""
    is_admission = row["status"] == "admitted"
    answer = translated("Admission") if is_admission else translated("Denial")
    return (
        f"<b>{answer}</b><br>{_text(names[row['claimant']])}, {in_words(row['stated_on'])}<br>"
        f"{translated(CLICK)}"
    )


def _text(words: str) -> str:
    """Return words from the data as Plotly shows them as they are."""
    return escape(words, quote=False)


def _add_steps(figure: go.Figure, canvas: _Canvas, group: pd.DataFrame) -> None:
    if len(group) < 2:
        return
    fresh, silent = _fresh_and_silent(canvas, group)
    line = {"color": canvas.colours[group["claimant"].iloc[-1]], "shape": "hv"}
    common = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}
    figure.add_scatter(
        x=[x for x, _ in fresh],
        y=[y for _, y in fresh],
        line={**line, "width": 2.5},
        name=group["name"].iloc[0],
        connectgaps=False,
        **common,
    )
    figure.add_scatter(
        x=[x for x, _ in silent],
        y=[y for _, y in silent],
        line={**line, "width": 1.5, "dash": "dot"},
        connectgaps=False,
        **common,
    )


Corner = tuple[pd.Timestamp | None, float | None]


def _fresh_and_silent(canvas: _Canvas, group: pd.DataFrame) -> tuple[list[Corner], list[Corner]]:
    """Return the corners of a line while its figures are fresh, and while they are not restated.

    A gap (None, None) ends each stretch.
    """
    fresh: list[Corner] = []
    silent: list[Corner] = []
    known = [*group["known_on"], max(canvas.newest, group["known_on"].iloc[-1])]
    stated = [float(figure) for figure in group["figure"]]
    for start, end, figure, after in zip(
        known[:-1], known[1:], stated, [*stated[1:], stated[-1]], strict=True
    ):
        fresh.append((start, figure))
        if end - start > SILENCE:
            fresh += [(start + SILENCE, figure), (None, None), (end, figure), (end, after)]
            silent += [(start + SILENCE, figure), (end, figure), (None, None)]
        else:
            fresh.append((end, figure))
    return fresh, silent


def _add_answers(
    figure: go.Figure, canvas: _Canvas, dataset: Dataset, answers: pd.DataFrame
) -> None:
    """Mark denials and admissions on the time axis."""
    names, tops, kind_of = (
        short_names(dataset),
        top_level_bodies(dataset.claimants),
        kinds(dataset),
    )
    is_admission = answers["status"] == "admitted"
    colours = [
        body_colour(tops[claimant], kind_of[claimant], canvas.theme)
        for claimant in answers["claimant"]
    ]
    figure.add_scatter(
        x=answers["known_on"],
        y=[0] * len(answers),
        mode="markers",
        name=translated("Denials and admissions"),
        marker={
            "symbol": is_admission.map({True: "star", False: "x-thin"}).tolist(),
            "size": 9,
            "color": colours,
            "line": {"width": 2, "color": colours},
        },
        customdata=[["claim", claim_id] for claim_id in answers["claim_id"]],
        hovertext=[answer_words(names, row) for row in records(answers)],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        cliponaxis=False,
        showlegend=False,
    )


def _add_marks(figure: go.Figure, canvas: _Canvas, group: pd.DataFrame) -> None:
    colours = group["claimant"].map(canvas.colours)
    is_hollow = group["status"].isin(HOLLOW)
    is_range = group["qualifier"] == "between"
    figure.add_scatter(
        x=group["known_on"],
        y=group["figure"].astype(float),
        mode="markers",
        marker={
            "color": colours.where(~is_hollow, surface(canvas.theme).page).tolist(),
            "line": {"color": colours.tolist(), "width": 2},
            "symbol": group["qualifier"].map(SYMBOLS).tolist(),
            "size": 10,
            "opacity": 1,
        },
        error_y={
            "type": "data",
            "array": (group["high"] - group["low"]).where(is_range, 0).astype(float),
            "arrayminus": [0] * len(group),
            "color": colours.iloc[0],
            "thickness": 1.5,
            "width": 5,
            "visible": bool(is_range.any()),
        },
        name=group["name"].iloc[0],
        customdata=[["claim", claim_id] for claim_id in group["claim_id"]],
        hovertext=group["claim_id"].map(canvas.hovers).tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )


def _add_names(
    figure: go.Figure,
    canvas: _Canvas,
    groups: list[pd.DataFrame],
    answers: pd.DataFrame,
    occupied: list[Box],
) -> None:
    """Write the name of each line beside its newest mark, clear of lines, marks and names."""
    pixels = _pixels(canvas)
    newest = sorted((records(group)[-1] for group in groups), key=lambda row: -row["figure"])
    drawn = _drawn(canvas, answers, pixels)
    labels = [Label(row["name"], *pixels[row["claim_id"]]) for row in newest]
    placements = place_labels(labels, drawn, *PLOT_SIZE, occupied)
    lengths = canvas.points["line"].value_counts()
    for row, placement in zip(newest, placements, strict=True):
        if placement.cost > CROWDED and lengths[row["line"]] == 1:
            continue
        figure.add_annotation(
            x=row["known_on"],
            y=int(row["figure"]),
            text=f"<b>{_text(row['name'])}</b>",
            font={"color": text_colour(canvas.colours[row["claimant"]], canvas.theme), "size": 12},
            showarrow=False,
            borderpad=0,
            xanchor=placement.xanchor,
            xshift=placement.xshift,
            yshift=placement.yshift,
        )


def _path(
    canvas: _Canvas, group: pd.DataFrame, pixels: dict[str, tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return the corners of a line in pixels, its dotted end included."""
    path = [pixels[claim_id] for claim_id in group["claim_id"]]
    width = PLOT_SIZE[0] * ((canvas.newest - canvas.start) / (canvas.end - canvas.start))
    return [*path, (width, path[-1][1])] if len(path) > 1 else path


def _pixels(canvas: _Canvas) -> dict[str, tuple[float, float]]:
    width, height = PLOT_SIZE
    points = canvas.points
    top = 1.05 * float(points[["figure", "high"]].max().max()) or 1.0
    across = (points["known_on"] - canvas.start) / (canvas.end - canvas.start) * width
    up = points["figure"].astype(float) / top * height
    return dict(zip(points["claim_id"], zip(across, up, strict=True), strict=True))


def _drawn(
    canvas: _Canvas, answers: pd.DataFrame, pixels: dict[str, tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return points along everything drawn, those of marks several times over."""
    groups = [group for _, group in canvas.points.groupby("line", sort=False)]
    drawn = [point for group in groups for point in step_points(_path(canvas, group, pixels))]
    across = (answers["known_on"] - canvas.start) / (canvas.end - canvas.start) * PLOT_SIZE[0]
    marks = [*pixels.values(), *((x, 0.0) for x in across)]
    return drawn + [point for point in marks for _ in range(MARK_WEIGHT)]


def _add_named_step(
    figure: go.Figure, canvas: _Canvas, answers: pd.DataFrame, step: NamedStep
) -> Box:
    """Ring the two marks of the step, write its name, and return where that stands."""
    drawn = records_by(canvas.points, "claim_id")
    start, end = drawn[step.from_claim], drawn[step.to_claim]
    colours = surface(canvas.theme)
    figure.add_scatter(
        x=[start["known_on"], end["known_on"]],
        y=[float(start["figure"]), float(end["figure"])],
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": 19,
            "color": colours.ink,
            "line": {"width": 1.5, "color": colours.ink},
        },
        hoverinfo="skip",
        showlegend=False,
    )
    pixels = _pixels(canvas)
    lines = step.words.replace("<b>", "").replace("</b>", "").split("<br>")
    drawn_points = _drawn(canvas, answers, pixels)
    place, box = place_note(lines, pixels[step.to_claim], drawn_points, *PLOT_SIZE)
    figure.add_annotation(
        x=end["known_on"],
        y=float(end["figure"]),
        text=step.words,
        font={"color": colours.ink, "size": 11},
        align=place.xanchor,
        ax=place.xshift,
        ay=-place.yshift,
        xanchor=place.xanchor,
        arrowcolor=colours.muted,
        arrowwidth=1,
        standoff=11,
    )
    return box


def _lay_out(figure: go.Figure, canvas: _Canvas, key: str) -> None:
    points = canvas.points
    top = 0 if points.empty else int(points[["figure", "high"]].max().max())
    left = AXIS_MARGIN + DIGIT_WIDTH * len(whole_number(top))
    figure.add_annotation(
        text=key or translated("No figure in this selection"),
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        xshift=6 - left,
        yshift=6,
        showarrow=False,
        font={"color": surface(canvas.theme).muted, "size": 11},
    )
    figure.update_layout(
        height=430,
        margin={"l": left, "r": 14, "t": 28, "b": 8},
        hovermode="closest",
        clickmode="event+select",
        dragmode=False,
    )
    days = (canvas.end - canvas.start).days
    figure.update_xaxes(
        type="date",
        range=[canvas.start, canvas.end],
        fixedrange=True,
        tickformat="%b %Y" if days < 500 else None,
        nticks=-(-days // 30) if days < MONTHLY_TICKS_DAYS else None,
        showgrid=False,
    )
    figure.update_yaxes(
        rangemode="tozero",
        tickformat=",~r",
        fixedrange=True,
        automargin=False,
        visible=not points.empty,
    )
