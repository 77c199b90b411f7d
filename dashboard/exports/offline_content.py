"""What the offline page carries of a dataset, so that a browser can show any day by itself.

What is known changes on certain days only. Each claim, document and link carries the changes at
which it came and went; whatever takes thought (titles, sentences, origins) is worked out here, once
for each change that bears on it, and the browser only looks it up.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.as_known import as_known, statement_days
from dashboard.captioned import CaptionedChart
from dashboard.claimants import full_names, kinds, short_names, top_level_bodies
from dashboard.claims import (
    denials_and_admissions,
    documents,
    grades,
    known_claims,
)
from dashboard.codes import Credibility, Item, Measure, Reliability, Status, Unit
from dashboard.dataset import Dataset
from dashboard.exports.caption import cited_documents
from dashboard.exports.tabular import PlainValue, plain_rows, plain_value
from dashboard.figures import labels, steps
from dashboard.figures.growth import GrowthStory, drawn_points, growth_story
from dashboard.figures.map_view import OVERVIEW, ground
from dashboard.figures.maps import main_route_ids, routes_chart
from dashboard.figures.palette import (
    body_colour,
    group_colours,
    layout_template,
    misprint_colour,
    mode_colour,
    surface,
    text_colours,
)
from dashboard.kept import kept
from dashboard.origins import evidence_free_links, origins_in_words, origins_of
from dashboard.periods import on_or_in_words, parse_period
from dashboard.records import Record, is_given, records
from dashboard.selection import Selection
from dashboard.series import stated_figure
from dashboard.words import (
    UsageWarning,
    figure_in_words,
    sentence_start,
    unit_in_words,
    usage_warnings,
)

Content = dict[str, Any]
"""Plain values, as JSON has them."""

_NOTHING = object()
FEWEST_FIGURES = 3
"""An item with fewer figures to draw is in the table of claims only."""
NOTHING_SENT = "No route was reported by this day."
_MOVED = {
    Unit.CONTAINERS: "shipped",
    Unit.ROUNDS: "shipped",
    Unit.MISSILES: "shipped",
    Unit.SYSTEMS: "shipped",
    Unit.PEOPLE: "sent",
}
_SOURCE_FIELDS = ("publisher", "published_on", "language", "title", "link")
_CLAIM_FIELDS = (
    "id",
    "known",
    "stated",
    "line",
    "who",
    "body",
    "said",
    "figure",
    "low",
    "high",
    "qualifier",
    "status",
    "colour",
    "item",
    "grade",
    "meaning",
    "paraphrase",
)


@kept(1)
def dataset_content(dataset: Dataset) -> Content:
    """Return all that the page of a whole dataset carries beside its words; not to be changed."""
    indices = _Indices.of(dataset)
    history = _history(dataset, indices)
    return {
        "days": [day.isoformat() for day in history.days],
        "stops": [day.isoformat() for day in statement_days(dataset.claims)],
        "last_day": dataset.last_day.isoformat(),
        "frozen": dataset.as_known_on is not None,
        "claims": {
            "fields": list(_CLAIM_FIELDS),
            "rows": _claim_rows(dataset, history.words),
            "known": history.claims.changes(indices.claims),
        },
        "sources": {
            **source_content(dataset.sources),
            "known": history.sources.changes(indices.sources),
        },
        "links": {
            "rows": [
                [indices.claims[claim_id], indices.sources[source_id]]
                for claim_id, source_id in indices.links
            ],
            "known": history.links.changes(indices.links),
        },
        "items": [
            {"id": item.value, "label": item.label, "states": _differences(states)}
            for item, states in history.items.items()
        ],
        "map": _map_content(history.maps),
        "words": list(history.words.places),
        "warnings": [warning.meaning for warning in UsageWarning],
        "drawing": drawing_content(),
        "themes": theme_content(),
    }


# ------------------------------------------------------------------ what is known when


@dataclass
class Known:
    """At which changes things came to be known, or ceased to be, in turns."""

    now: frozenset[Hashable] = frozenset()
    turns: dict[Hashable, list[int]] = field(default_factory=dict)

    def update(self, change: int, known: Iterable[Hashable]) -> frozenset[Hashable]:
        """Take in what is known at a change; return what came or went with it."""
        known = frozenset(known)
        turned = known ^ self.now
        for thing in turned:
            self.turns.setdefault(thing, []).append(change)
        self.now = known
        return turned

    def changes(self, things: Iterable[Hashable]) -> list[int | list[int]]:
        """Return the turns of each thing: one number where it came and stayed."""
        turns = [self.turns.get(thing, []) for thing in things]
        return [turn[0] if len(turn) == 1 else turn for turn in turns]


@dataclass
class Words:
    """Texts that recur, each kept once."""

    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        """Return where a text stands in the list."""
        return self.places.setdefault(text, len(self.places))


@dataclass(frozen=True)
class _Indices:
    """The place of each claim, document and link in the lists of the page."""

    claims: Mapping[str, int]
    sources: Mapping[str, int]
    links: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, dataset: Dataset) -> _Indices:
        """Return the places in a dataset: links stand best first, as `documents` orders them."""
        ordered = documents(dataset, list(dataset.claims["claim_id"]))
        pairs = zip(ordered["claim_id"], ordered["source_id"], strict=True)
        return cls(
            claims={claim_id: at for at, claim_id in enumerate(dataset.claims["claim_id"])},
            sources={source_id: at for at, source_id in enumerate(dataset.sources["source_id"])},
            links={pair: at for at, pair in enumerate(pairs)},
        )


@dataclass(frozen=True)
class _History:
    """Everything that depends on the day, as it unfolded."""

    days: tuple[date, ...]
    words: Words
    claims: Known
    sources: Known
    links: Known
    items: dict[Item, list[Content]]
    maps: list[tuple[int, tuple[str, ...], CaptionedChart, list[int]]]


def main_items(dataset: Dataset) -> tuple[Item, ...]:
    """Return the items with enough figures for a chart, in the order of the data model."""
    return tuple(
        item
        for item in Item
        if len(drawn_points(dataset, Selection(item=item))) >= FEWEST_FIGURES
        or item is Item.CONTAINERS
    )


def change_days(dataset: Dataset) -> tuple[date, ...]:
    """Return the days on which what is known changed, oldest first."""
    claims, routes = dataset.claims, dataset.routes
    withdrawn = claims["withdrawn_on"].dropna()
    published = dataset.sources["published_on"].dropna()
    days = set(statement_days(claims))
    days |= {date.fromisoformat(text) for text in withdrawn}
    days |= {parse_period(text).last for text in published}
    days |= {parse_period(text).first for text in routes["first_reported"]}
    first = min(statement_days(claims))
    return tuple(sorted(day for day in days if day >= first))


def _history(dataset: Dataset, indices: _Indices) -> _History:
    history = _History(
        days=change_days(dataset),
        words=Words(),
        claims=Known(),
        sources=Known(),
        links=Known(),
        items={item: [] for item in main_items(dataset)},
        maps=[],
    )
    bearing = {item: _bearing_on(dataset, item) for item in history.items}
    for change, day in enumerate([*history.days, None]):
        frozen = as_known(dataset, day) if day else dataset
        touched = _take_in(history, change, frozen)
        for item, states in history.items.items():
            if not states or touched & bearing[item]:
                state = _state(frozen, item, indices, history.words)
                states.append({"from": change, **state})
        route_ids = main_route_ids(frozen)
        if not history.maps or history.maps[-1][1] != route_ids:
            chart = routes_chart(frozen, route_ids, "light")
            history.maps.append((change, route_ids, chart, _map_sources(dataset, route_ids)))
    return history


def _take_in(history: _History, change: int, frozen: Dataset) -> frozenset[Hashable]:
    """Take in what is known at a change; return the claims that it touches."""
    links = frozen.claim_sources
    claims = known_claims(frozen.claims, frozen.as_known_on)["claim_id"]
    turned = history.links.update(change, zip(links["claim_id"], links["source_id"], strict=True))
    history.sources.update(change, frozen.sources["source_id"])
    of_links = {pair[0] for pair in turned if isinstance(pair, tuple)}
    return history.claims.update(change, claims) | of_links


def _bearing_on(dataset: Dataset, item: Item) -> set[str]:
    """Return the claims on which the chart of an item depends: its own and those behind them."""
    own = dataset.claims.loc[dataset.claims["item"] == item.value, "claim_id"]
    answers = denials_and_admissions(dataset, Selection(item=item))["claim_id"]
    rests_on = evidence_free_links(dataset.claim_links)
    found, waiting = set[str](), [*own, *answers]
    while waiting:
        claim_id = waiting.pop()
        if claim_id not in found:
            found.add(claim_id)
            waiting.extend(rests_on.get(claim_id, ()))
    return found


# ------------------------------------------------------------------ the chart


def _differences(states: Sequence[Content]) -> list[Content]:
    """Return each state with only what differs from the one before it."""
    before: Content = {}
    differences = []
    for state in states:
        differences.append(
            {key: value for key, value in state.items() if before.get(key, _NOTHING) != value}
        )
        before = state
    return differences


def _state(dataset: Dataset, item: Item, indices: _Indices, words: Words) -> Content:
    """Return what the chart of an item tells and draws; texts by their place among the words."""
    story = growth_story(dataset, Selection(item=item))
    names = short_names(dataset)
    places = indices.claims
    step = story.step
    warnings = list(UsageWarning)
    return {
        "title": words.place(story.title),
        "subtitle": words.place(story.subtitle.replace("see Evidence", "see Claims")),
        "alt": words.place(story.alt),
        "points": [
            [
                places[row["claim_id"]],
                words.place(escape(row["name"], quote=False)),
                words.place(steps.mark_words(dataset, names, row)),
            ]
            for row in records(story.points)
        ],
        "answers": [
            [places[row["claim_id"]], words.place(steps.answer_words(names, row))]
            for row in records(story.answers)
        ],
        "step": [places[step.from_claim], places[step.to_claim], words.place(step.words)]
        if step
        else None,
        "warnings": [warnings.index(warning) for warning in usage_warnings(story.points)],
        "origins": words.place(_origins(dataset, story.points["claim_id"])),
        "headline": _headline(dataset, item, story, indices, words),
    }


def _headline(
    dataset: Dataset, item: Item, story: GrowthStory, indices: _Indices, words: Words
) -> Content | None:
    """Return the newest figure of the line with the most, or None where nothing is drawn."""
    if story.points.empty:
        return None
    longest = story.points["line"].value_counts().idxmax()
    newest = records(story.points[story.points["line"] == longest])[-1]
    figure = figure_in_words(newest["low"], newest["high"], newest["qualifier"], newest["unit"])
    return {
        "figure": words.place(sentence_start(f"{figure}{unit_in_words(newest['item'])}")),
        "lead": words.place(_lead(item, newest)),
        "who": words.place(full_names(dataset)[newest["claimant"]]),
        "when": words.place(on_or_in_words(newest["stated_on"])),
        "origins": words.place(_origins(dataset, [newest["claim_id"]])),
        "claim": indices.claims[newest["claim_id"]],
    }


def _lead(item: Item, newest: Record) -> str:
    is_total = newest["measure"] == Measure.CUMULATIVE
    if is_total and newest["status"] == Status.REPORTED_SHIPPED and item.unit in _MOVED:
        return f"reported {_MOVED[item.unit]} {item.direction.meaning}: the newest total, stated by"
    return f"{item.label}: the newest {'total' if is_total else 'figure'}, stated by"


def _origins(dataset: Dataset, claim_ids: Iterable[str]) -> str:
    wanted = list(claim_ids)
    return origins_in_words(origins_of(dataset, wanted)) if wanted else ""


def _claim_rows(dataset: Dataset, words: Words) -> list[list[PlainValue]]:
    """Return all claims, one row each with the fields that the page names."""
    claims = dataset.claims
    tops, kind_of = top_level_bodies(dataset.claimants), kinds(dataset)
    short, full = short_names(dataset), full_names(dataset)
    graded = zip(
        records(claims),
        stated_figure(claims["low"], claims["high"]),
        grades(dataset, claims),
        strict=True,
    )
    rows = [
        (
            row["claim_id"],
            row["known_on"].date().isoformat(),
            row["stated_on"],
            row["series"] if is_given(row["series"]) else row["claim_id"],
            short[row["claimant"]],
            words.place(full[row["claimant"]]),
            _said(row),
            figure,
            row["low"],
            row["high"],
            row["qualifier"],
            row["status"],
            body_colour(tops[row["claimant"]], kind_of[row["claimant"]], "light"),
            Item(row["item"]).label,
            grade,
            words.place(f"{Reliability(grade[0]).meaning}; {Credibility(grade[1]).meaning}"),
            row["paraphrase"],
        )
        for row, figure, grade in graded
    ]
    return [[plain_value(value) for value in row] for row in rows]


def _said(row: Record) -> str:
    """Return the figure with its unit, or what the claim is instead of one."""
    if row["status"] == Status.DENIED:
        return "Denial"
    if not is_given(row["low"]) and not is_given(row["high"]):
        return "Admission" if row["status"] == Status.ADMITTED else "No figure"
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    return sentence_start(f"{figure}{unit_in_words(row['item'])}")


# ------------------------------------------------------------------ the map


def _map_sources(dataset: Dataset, route_ids: Sequence[str]) -> list[int]:
    """Return the places of the documents behind routes."""
    links = dataset.route_sources
    source_ids = set(links.loc[links["route_id"].isin(list(route_ids)), "source_id"])
    is_behind = dataset.sources["source_id"].isin(source_ids)
    return [int(at) for at in dataset.sources.index[is_behind]]


def _map_content(maps: Sequence[tuple[int, tuple[str, ...], CaptionedChart, list[int]]]) -> Content:
    """Return the ground once, and for each change of the routes what is drawn on it."""
    below = len(ground(OVERVIEW, "light"))
    figures = [figure_content(chart.figure) for _, _, chart, _ in maps]
    return {
        "ground": figures[-1]["data"][:below],
        "layout": figures[-1]["layout"],
        "states": [
            {
                "from": change,
                "title": chart.title,
                "subtitle": chart.subtitle,
                "alt": chart.alt if route_ids else NOTHING_SENT,
                "columns": [str(heading) for heading in chart.table.columns],
                "rows": plain_rows(chart.table),
                "sources": sources,
                "traces": figure["data"][below:],
            }
            for (change, route_ids, chart, sources), figure in zip(maps, figures, strict=True)
        ],
    }


# ------------------------------------------------------------------ drawing


def source_content(sources: pd.DataFrame) -> Content:
    """Return documents as the page lists them, in their order; needs the columns of `sources`."""
    return {
        "fields": list(_SOURCE_FIELDS),
        "rows": [
            [getattr(document, name) for name in _SOURCE_FIELDS]
            for document in cited_documents(sources)
        ],
    }


def figure_content(figure: go.Figure) -> Content:
    """Return a figure as JSON has it, with repeated values drawn together."""
    content: Content = json.loads(figure.to_json())
    packed: Content = _packed({"data": content["data"], "layout": content["layout"]})
    return packed


def _packed(value: Any) -> Any:
    """Return a value whose lists with long runs are written as {"runs": [[value, times], …]}."""
    if isinstance(value, dict):
        return {key: _packed(item) for key, item in value.items()}
    if not isinstance(value, list):
        return value
    runs: list[list[Any]] = []
    for item in value:
        if runs and runs[-1][0] == item:
            runs[-1][1] += 1
        else:
            runs.append([item, 1])
    if len(runs) * 2 < len(value):
        return {"runs": runs}
    return [_packed(item) for item in value]


def drawing_content() -> Content:
    """Return what the browser needs to draw steps as `dashboard.figures.steps` does."""
    return {
        "template": layout_template("light").to_plotly_json(),
        "symbols": dict(steps.SYMBOLS),
        "hollow": list(steps.HOLLOW),
        "meanings": [[words, list(of)] for words, of in steps.MEANINGS.items()],
        "crowded": steps.CROWDED,
        "axis_margin": steps.AXIS_MARGIN,
        "digit_width": steps.DIGIT_WIDTH,
        "monthly_ticks_days": steps.MONTHLY_TICKS_DAYS,
        "shortest_axis_days": steps.SHORTEST_AXIS.days,
        "silence_days": steps.SILENCE.days,
        "mark_weight": steps.MARK_WEIGHT,
        "plot_size": list(steps.PLOT_SIZE),
        "letter_width": labels.LETTER_WIDTH,
        "line_height": labels.LINE_HEIGHT,
        "note_letter_width": labels.NOTE_LETTER_WIDTH,
        "note_line_height": labels.NOTE_LINE_HEIGHT,
        "note_overhang": labels.NOTE_OVERHANG,
        "label_step": labels.STEP,
        "note_placements": [asdict(candidate) for candidate in labels.NOTE_CANDIDATES],
        "names": text_colours("light"),
        "placements": [asdict(candidate) for candidate in labels.CANDIDATES],
    }


def theme_content() -> Content:
    """Return the surfaces of both themes, and each colour of the light one with its dark twin."""
    light, dark = asdict(surface("light")), asdict(surface("dark"))
    pairs = {light[name]: dark[name] for name in light}
    bodies = group_colours("dark")
    pairs |= {colour: bodies[group] for group, colour in group_colours("light").items()}
    pairs |= dict(zip(text_colours("light").values(), text_colours("dark").values(), strict=True))
    for mode in ("sea", "rail", "air"):
        pairs[mode_colour(mode, "light")] = mode_colour(mode, "dark")
    pairs[misprint_colour("light")] = misprint_colour("dark")
    return {"light": light, "dark": dark, "pairs": pairs}
