"""Drawing stated figures over time: steps, marks with their hedge, direct labels.

The offline page draws the same in the browser (`dashboard/exports/offline/steps.js`, with the
constants from here); a browser test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.claimants import kinds, short_names, top_level_bodies
from dashboard.codes import Status
from dashboard.dataset import Dataset
from dashboard.figures.drawing import Drawing
from dashboard.figures.labels import Box, Label, Point, place_labels, place_note, step_points
from dashboard.figures.palette import Theme, body_colour, surface, text_colour
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
_LOOK_COLUMNS = ["known_on", "claimant", "name", "figure", "low", "high", "qualifier", "status"]
_LOOK_OF_ANSWER = ["known_on", "claimant", "status", "stated_on"]
_MARK_COLUMNS = [*_LOOK_COLUMNS, "claim_id", "series", "line", "item", "stated_on"]
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
    """What every part of the drawing needs.

    Attributes:
        points: The claims drawn.
        answers: Denials and admissions.
        lines: The marks of each line, oldest first; a line without steps is a single mark.
        colours: The colour of each claimant.
        names: The label of each claimant.
        start: The left end of the axis.
        end: Its right end.
        newest: The day up to which lines run on.
        theme: Light or dark.
    """

    points: pd.DataFrame
    answers: pd.DataFrame
    lines: list[list[Record]]
    colours: dict[str, str]
    names: dict[str, str]
    start: pd.Timestamp
    end: pd.Timestamp
    newest: pd.Timestamp
    theme: Theme

    @cached_property
    def top(self) -> float:
        """The greatest figure, or upper end of one."""
        greatest = self.points[["figure", "high"]].max().max()
        return float(greatest) if is_given(greatest) else 0.0

    @cached_property
    def pixels(self) -> dict[str, Point]:
        """Where the mark of each claim stands, from the lower left corner of the plot."""
        width, height = PLOT_SIZE
        across = (self.points["known_on"] - self.start) / (self.end - self.start) * width
        up = self.points["figure"].astype(float) / (1.05 * self.top or 1.0) * height
        places = zip(across.tolist(), up.tolist(), strict=True)
        return dict(zip(self.points["claim_id"].tolist(), places, strict=True))

    @cached_property
    def drawn(self) -> list[Point]:
        """Points along everything drawn, those of marks several times over."""
        drawn = [point for line in self.lines for point in step_points(self._path(line))]
        across = (self.answers["known_on"] - self.start) / (self.end - self.start) * PLOT_SIZE[0]
        stated = [self.pixels[mark["claim_id"]] for line in self.lines for mark in line]
        marks = [*stated, *((x, 0.0) for x in across.tolist())]
        return drawn + marks * MARK_WEIGHT

    def _path(self, line: list[Record]) -> list[Point]:
        """Return the corners of a line in pixels, its dotted end included."""
        path = [self.pixels[mark["claim_id"]] for mark in line]
        width = PLOT_SIZE[0] * ((self.newest - self.start) / (self.end - self.start))
        return [*path, (width, path[-1][1])] if len(path) > 1 else path


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
    drawing = Drawing(theme)
    canvas = _canvas(dataset, points, answers, first, newest, theme)
    for line in canvas.lines:
        _add_steps(drawing, canvas, line)
    for line in canvas.lines:
        _add_marks(drawing, canvas, dataset, line)
    _add_answers(drawing, canvas)
    occupied = [_add_named_step(drawing, canvas, step)] if step else []
    _add_names(drawing, canvas, occupied)
    return _laid_out(drawing, canvas)


def _key(canvas: _Canvas) -> str:
    """Return what the marks mean, of those that are drawn."""
    points, answers = canvas.points, canvas.answers
    present = set(points["qualifier"])
    parts = [translated(words) for words, of in MEANINGS.items() if present & set(of)]
    if points["status"].isin(HOLLOW).any():
        parts.append(translated("○ inferred"))
    if (answers["status"] == Status.DENIED).any():
        parts.append(translated("✕ denial"))
    if (answers["status"] == Status.ADMITTED).any():
        parts.append(translated("★ admission"))
    if any(len(line) > 1 for line in canvas.lines):
        parts.append(translated("┄ not restated"))
    return "  ".join(parts)


def _canvas(
    dataset: Dataset,
    points: pd.DataFrame,
    answers: pd.DataFrame,
    first: date | None,
    newest: pd.Timestamp,
    theme: Theme,
) -> _Canvas:
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    colours = {
        claimant: body_colour(tops[claimant], kind_of[claimant], theme)
        for claimant in {*points["claimant"].unique(), *answers["claimant"].unique()}
    }
    start = pd.Timestamp(first) if first else points["known_on"].min()
    if points.empty:
        start = pd.Timestamp(first) if first else newest - pd.Timedelta(days=365)
    start = min(start, newest - SHORTEST_AXIS)
    margin = pd.Timedelta(days=max((newest - start).days, 60) * 0.03)
    return _Canvas(
        points=points,
        answers=answers.drop_duplicates(_LOOK_OF_ANSWER, keep="last"),
        lines=_lines(points),
        colours=colours,
        names=short_names(dataset),
        start=start - margin,
        end=newest + margin,
        newest=newest,
        theme=theme,
    )


def _lines(points: pd.DataFrame) -> list[list[Record]]:
    """Return the marks of each line.

    Of marks that follow each other and are alike in all that is drawn, the last is kept: it would
    lie on the others, which could neither be seen nor pointed at.
    """
    lines: dict[str, list[Record]] = {}
    latest: dict[str, tuple[str, tuple[object, ...]]] = {}
    for mark in records(points[_MARK_COLUMNS]):
        whose = mark["series"] if is_given(mark["series"]) else mark["claimant"]
        look = tuple(mark[column] for column in _LOOK_COLUMNS)
        line, look_before = latest.get(whose, ("", ()))
        if look == look_before:
            lines[line][-1] = mark
            continue
        lines.setdefault(mark["line"], []).append(mark)
        latest[whose] = (mark["line"], look)
    return list(lines.values())


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


def _add_steps(drawing: Drawing, canvas: _Canvas, marks: list[Record]) -> None:
    if len(marks) < 2:
        return
    fresh, silent = _fresh_and_silent(canvas, marks)
    line = {"color": canvas.colours[marks[-1]["claimant"]], "shape": "hv"}
    common = {"mode": "lines", "hoverinfo": "skip", "showlegend": False, "connectgaps": False}
    drawing.add_scatter(
        x=[x for x, _ in fresh],
        y=[y for _, y in fresh],
        line={**line, "width": 2.5},
        name=marks[0]["name"],
        **common,
    )
    drawing.add_scatter(
        x=[x for x, _ in silent],
        y=[y for _, y in silent],
        line={**line, "width": 1.5, "dash": "dot"},
        **common,
    )


Corner = tuple[str | None, float | None]
"""A day and the figure that holds on it."""


def _fresh_and_silent(canvas: _Canvas, marks: list[Record]) -> tuple[list[Corner], list[Corner]]:
    """Return the corners of a line while its figures are fresh, and while they are not restated.

    A gap (None, None) ends each stretch.
    """
    fresh: list[Corner] = []
    silent: list[Corner] = []
    known = [mark["known_on"] for mark in marks]
    known.append(max(canvas.newest, known[-1]))
    days = [moment.isoformat() for moment in known]
    stated = [float(mark["figure"]) for mark in marks]
    for at, (figure, after) in enumerate(zip(stated, [*stated[1:], stated[-1]], strict=True)):
        start, end = days[at], days[at + 1]
        fresh.append((start, figure))
        if known[at + 1] - known[at] > SILENCE:
            hushed = (known[at] + SILENCE).isoformat()
            fresh += [(hushed, figure), (None, None), (end, figure), (end, after)]
            silent += [(hushed, figure), (end, figure), (None, None)]
        else:
            fresh.append((end, figure))
    return fresh, silent


def _days(moments: list[pd.Timestamp]) -> np.ndarray:
    """Return days as an array, which is drawn faster than as many timestamps."""
    return np.array(moments, dtype="datetime64[s]")


def _add_answers(drawing: Drawing, canvas: _Canvas) -> None:
    """Mark denials and admissions on the time axis."""
    answers = records(canvas.answers[["claim_id", "claimant", "status", "stated_on", "known_on"]])
    colours = [canvas.colours[row["claimant"]] for row in answers]
    drawing.add_scatter(
        x=_days([row["known_on"] for row in answers]),
        y=[0] * len(answers),
        mode="markers",
        name=translated("Denials and admissions"),
        marker={
            "symbol": ["star" if row["status"] == Status.ADMITTED else "x-thin" for row in answers],
            "size": 9,
            "color": colours,
            "line": {"width": 2, "color": colours},
        },
        customdata=[["claim", row["claim_id"]] for row in answers],
        hovertext=[answer_words(canvas.names, row) for row in answers],
        cliponaxis=False,
        **_AS_EVER,
    )


_AS_EVER = {
    "hovertemplate": "%{hovertext}<extra></extra>",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
    "showlegend": False,
}
"""What all marks have in common: they tell their words, and look the same when one is chosen."""


def _add_marks(drawing: Drawing, canvas: _Canvas, dataset: Dataset, marks: list[Record]) -> None:
    page = surface(canvas.theme).page
    colours = [canvas.colours[mark["claimant"]] for mark in marks]
    is_hollow = [mark["status"] in HOLLOW for mark in marks]
    is_range = [mark["qualifier"] == "between" for mark in marks]
    spans = [
        float(mark["high"] - mark["low"]) if ranged else 0.0
        for mark, ranged in zip(marks, is_range, strict=True)
    ]
    drawing.add_scatter(
        x=_days([mark["known_on"] for mark in marks]),
        y=[float(mark["figure"]) for mark in marks],
        mode="markers",
        marker={
            "color": [
                page if hollow else colour
                for hollow, colour in zip(is_hollow, colours, strict=True)
            ],
            "line": {"color": colours, "width": 2},
            "symbol": [SYMBOLS[mark["qualifier"]] for mark in marks],
            "size": 10,
            "opacity": 1,
        },
        error_y={
            "type": "data",
            "array": [float(span) for span in spans],
            "arrayminus": [0] * len(marks),
            "color": colours[0],
            "thickness": 1.5,
            "width": 5,
            "visible": any(is_range),
        },
        name=marks[0]["name"],
        customdata=[["claim", mark["claim_id"]] for mark in marks],
        hovertext=[mark_words(dataset, canvas.names, mark) for mark in marks],
        **_AS_EVER,
    )


def _add_names(drawing: Drawing, canvas: _Canvas, occupied: list[Box]) -> None:
    """Write the name of each line beside its newest mark, clear of lines, marks and names."""
    lines = sorted(canvas.lines, key=lambda line: -line[-1]["figure"])
    labels = [Label(line[-1]["name"], *canvas.pixels[line[-1]["claim_id"]]) for line in lines]
    placements = place_labels(labels, canvas.drawn, *PLOT_SIZE, occupied)
    for line, placement in zip(lines, placements, strict=True):
        if placement.cost > CROWDED and len(line) == 1:
            continue
        newest = line[-1]
        colour = canvas.colours[newest["claimant"]]
        drawing.add_annotation(
            x=newest["known_on"],
            y=int(newest["figure"]),
            text=f"<b>{_text(newest['name'])}</b>",
            font={"color": text_colour(colour, canvas.theme), "size": 12},
            showarrow=False,
            borderpad=0,
            xanchor=placement.xanchor,
            xshift=placement.xshift,
            yshift=placement.yshift,
        )


def _add_named_step(drawing: Drawing, canvas: _Canvas, step: NamedStep) -> Box:
    """Ring the two marks of the step, write its name, and return where that stands."""
    ends = [step.from_claim, step.to_claim]
    found = canvas.points[canvas.points["claim_id"].isin(ends)]
    rows = records_by(found[["claim_id", "known_on", "figure"]], "claim_id")
    marks = [rows[claim_id] for claim_id in ends]
    colours = surface(canvas.theme)
    drawing.add_scatter(
        x=[mark["known_on"] for mark in marks],
        y=[float(mark["figure"]) for mark in marks],
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
    lines = step.words.replace("<b>", "").replace("</b>", "").split("<br>")
    place, box = place_note(lines, canvas.pixels[step.to_claim], canvas.drawn, *PLOT_SIZE)
    drawing.add_annotation(
        x=marks[-1]["known_on"],
        y=float(marks[-1]["figure"]),
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


def _laid_out(drawing: Drawing, canvas: _Canvas) -> go.Figure:
    left = AXIS_MARGIN + DIGIT_WIDTH * len(whole_number(int(canvas.top)))
    drawing.add_annotation(
        text=_key(canvas) or translated("No figure in this selection"),
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
    days = (canvas.end - canvas.start).days
    ticks: dict[str, object] = {"tickformat": "%b %Y"} if days < 500 else {}
    if days < MONTHLY_TICKS_DAYS:
        ticks["nticks"] = -(-days // 30)
    return drawing.figure(
        height=430,
        margin={"l": left, "r": 14, "t": 28, "b": 8},
        hovermode="closest",
        clickmode="event+select",
        dragmode=False,
        xaxis={
            "type": "date",
            "range": [canvas.start, canvas.end],
            "fixedrange": True,
            "showgrid": False,
            **ticks,
        },
        yaxis={
            "rangemode": "tozero",
            "tickformat": ",~r",
            "fixedrange": True,
            "automargin": False,
            "visible": not canvas.points.empty,
        },
    )
