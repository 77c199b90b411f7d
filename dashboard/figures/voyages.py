"""Sightings of vessels on a time axis, and the published trip totals side by side."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.captioned import CaptionedChart, sources_by_id
from dashboard.claimants import kinds, short_names, top_level_bodies
from dashboard.claims import claims_table, sources_behind
from dashboard.codes import Unit
from dashboard.dataset import Dataset
from dashboard.figures.drawing import Drawing
from dashboard.figures.palette import Theme, body_colour, text_colour
from dashboard.periods import in_words, month_in_words, parse_period
from dashboard.records import Record, records
from dashboard.selection import as_known_in_words
from dashboard.sightings import event_name
from dashboard.translation import plural_message, translated, translated_plural
from dashboard.trip_totals import LEAST_TOTAL, trip_totals
from dashboard.words import figure_in_words, figure_of, listed, usage_warnings

ROW_HEIGHT = 40
NAME_LETTERS = 24
"""Longer names of rows are broken, so that a phone has room for the marks."""
_LOOK_OF_TOTAL = ["claimant", "stated_on", "period_start", "as_of_day", "low", "high", "qualifier"]
_LOOK_OF_SIGHTING = ["vessel", "observed_from", "observed_to", "event", "observed_by"]
"""Of rows that are alike in all that is drawn or told of them, the last is drawn."""
_TRIPS = plural_message("{figure} trips", "{figure} trips")


def trip_totals_chart(dataset: Dataset, theme: Theme) -> CaptionedChart:
    """Return the published totals of ship voyages, each over the period that it covers."""
    totals = trip_totals(dataset)
    claim_ids = tuple(totals["claim_id"])
    return CaptionedChart(
        name="trips",
        title=_trip_title(dataset, totals),
        subtitle=translated(
            "Ship voyages as counted by each body, drawn over the period counted; "
            "counts below {number} or without a start are left out",
            number=LEAST_TOTAL,
        ),
        figure=_trip_figure(dataset, totals, theme),
        table=claims_table(dataset, totals),
        alt=_trip_alt(dataset, totals),
        claim_ids=claim_ids,
        sources=sources_behind(dataset, claim_ids),
        warnings=usage_warnings(totals),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def _trip_title(dataset: Dataset, totals: pd.DataFrame) -> str:
    if totals.empty:
        return translated("No count of voyages in the data")
    low, high = totals["figure"].min(), totals["figure"].max()
    return translated(
        "Counts of voyages run from {low} to {high}: they cover different periods and ships",
        low=low,
        high=high,
    )


def _trip_alt(dataset: Dataset, totals: pd.DataFrame) -> str:
    names = short_names(dataset)
    largest = [
        translated(
            "{figure} ({who}, {start} to {end})",
            figure=figure_in_words(row["low"], row["high"], row["qualifier"]),
            who=names[row["claimant"]],
            start=month_in_words(row["period_start"]),
            end=month_in_words(row["as_of"]),
        )
        for row in records(totals.nlargest(6, "figure"))
    ]
    return translated_plural(
        "{number} count of voyages; the largest are {largest}.",
        "{number} counts of voyages; the largest are {largest}.",
        len(totals),
        largest=listed(largest),
    )


def _trip_figure(dataset: Dataset, totals: pd.DataFrame, theme: Theme) -> go.Figure:
    tops, kind_of, names = (
        top_level_bodies(dataset.claimants),
        kinds(dataset),
        short_names(dataset),
    )
    drawing = Drawing(theme)
    totals = totals.drop_duplicates(_LOOK_OF_TOTAL, keep="last")
    labels: dict[str, None] = {}
    for row in records(totals):
        said = figure_in_words(row["low"], row["high"], row["qualifier"])
        label = f"{names[row['claimant']]}, {month_in_words(row['stated_on'])}"
        while label in labels:
            label += " "
        labels[label] = None
        colour = body_colour(tops[row["claimant"]], kind_of[row["claimant"]], theme)
        drawing.add_scatter(
            x=[parse_period(row["period_start"]).first, row["as_of_day"]],
            y=[label, label],
            mode="lines+text",
            line={"color": colour, "width": 9},
            text=["", f"  {said}"],
            textposition="middle right",
            textfont={"color": text_colour(colour, theme), "size": 13},
            customdata=[["claim", row["claim_id"]]] * 2,
            hovertext=translated(
                "{figure}, {start} to {end}",
                figure=_trips(row),
                start=in_words(row["period_start"]),
                end=in_words(row["as_of"]),
            ),
            hovertemplate="%{hovertext}<extra></extra>",
            showlegend=False,
            cliponaxis=False,
        )
    across: dict[str, object] = {"fixedrange": True}
    if len(totals):
        starts = [parse_period(start).first for start in totals["period_start"]]
        across["range"] = _span(min(starts), totals["as_of_day"].max().date())
    return drawing.figure(
        height=60 + 34 * len(totals),
        margin={"l": 8, "r": 86, "t": 8, "b": 8},
        dragmode=False,
        hovermode="closest",
        xaxis=across,
        yaxis={"autorange": "reversed", "showgrid": False, **_row_names(list(labels))},
    )


def _trips(row: Record) -> str:
    return figure_of(row["low"], row["high"], row["qualifier"], Unit.TRIPS, _TRIPS)


def sightings_chart(dataset: Dataset, theme: Theme) -> CaptionedChart:
    """Return every dated sighting of a vessel on a time axis, one row a vessel."""
    vessels = dict(zip(dataset.vessels["vessel_id"], dataset.vessels["name"], strict=True))
    sightings = dataset.sightings.assign(
        first=dataset.sightings["observed_from"].map(lambda text: parse_period(text).first),
        last=dataset.sightings["observed_to"].map(lambda text: parse_period(text).last),
        vessel=dataset.sightings["vessel_id"].map(vessels),
    ).sort_values(["first", "sighting_id"], ignore_index=True)
    links = dataset.sighting_sources
    sources = sources_by_id(dataset, set(links["source_id"]))
    counts = sightings["vessel"].value_counts()
    return CaptionedChart(
        name="sightings",
        title=translated(
            "{sightings} of {vessels}",
            sightings=translated_plural(
                "{number} dated sighting", "{number} dated sightings", len(sightings)
            ),
            vessels=translated_plural(
                "{number} vessel or group", "{number} vessels and groups", len(counts)
            ),
        ),
        subtitle=translated(
            "Most often seen first; each mark is a dated report, a bar a period of counting"
        ),
        figure=_sightings_figure(sightings, list(counts.index), theme),
        table=_sightings_table(dataset, sightings),
        alt=translated(
            "{sightings} between {first_day} and {last_day}; most are of {vessel} ({number}).",
            sightings=translated_plural("{number} sighting", "{number} sightings", len(sightings)),
            first_day=in_words(sightings["observed_from"].iloc[0]),
            last_day=in_words(sightings["observed_to"].iloc[-1]),
            vessel=counts.index[0],
            number=counts.iloc[0],
        ),
        claim_ids=(),
        sources=sources,
        warnings=(),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
    )


def _sightings_table(dataset: Dataset, sightings: pd.DataFrame) -> pd.DataFrame:
    places = dict(zip(dataset.places["place_id"], dataset.places["short_name"], strict=True))
    return pd.DataFrame(
        {
            translated("From"): sightings["observed_from"],
            translated("To"): sightings["observed_to"],
            translated("Vessel"): sightings["vessel"],
            translated("Seen"): sightings["event"].map(event_name),
            translated("Coming from"): sightings["from_place"].map(places),
            translated("At or bound for"): sightings["to_place"].map(places),
            translated("Seen by"): sightings["observed_by"],
            translated("What was seen"): sightings["paraphrase"],
        }
    )


def _sightings_figure(sightings: pd.DataFrame, order: list[str], theme: Theme) -> go.Figure:
    drawing = Drawing(theme)
    sightings = sightings.drop_duplicates(_LOOK_OF_SIGHTING, keep="last")
    colour = body_colour("osc", "think-tank", theme)
    spans = sightings[sightings["first"] != sightings["last"]]
    for row in records(spans):
        drawing.add_scatter(
            x=[row["first"], row["last"]],
            y=[row["vessel"]] * 2,
            mode="lines",
            line={"color": colour, "width": 7},
            opacity=0.35,
            hoverinfo="skip",
            showlegend=False,
        )
    drawing.add_scatter(
        x=sightings["last"].to_numpy(),
        y=sightings["vessel"].to_numpy(),
        mode="markers",
        marker={"color": colour, "size": 9, "opacity": 0.9},
        hovertext=[
            f"<b>{escape(row['vessel'], quote=False)}</b><br>"
            f"{in_words(row['observed_from'])}: {event_name(row['event'])}<br>"
            f"{escape(row['observed_by'], quote=False)}"
            for row in records(sightings)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    return drawing.figure(
        height=60 + ROW_HEIGHT * len(order),
        margin={"l": 8, "r": 12, "t": 8, "b": 8},
        dragmode=False,
        hovermode="closest",
        xaxis={
            "fixedrange": True,
            "range": _span(sightings["first"].min(), sightings["last"].max()),
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": order[::-1],
            "range": [-0.7, len(order) - 0.3],
            **_row_names(order),
        },
    )


def _row_names(names: list[str]) -> dict[str, object]:
    """Return the settings of an axis whose rows have these names, broken into short lines."""
    broken = [
        "<br>".join(escape(line, quote=False) for line in wrap(name, NAME_LETTERS))
        for name in names
    ]
    return {
        "tickvals": names,
        "ticktext": broken,
        "tickfont": {"size": 11},
        "automargin": True,
        "fixedrange": True,
    }


def _span(first: date, last: date) -> list[date]:
    """Return the ends of a time axis with a little room; names inside the plot take none of it."""
    room = (last - first) * 0.03 + timedelta(days=3)
    return [first - room, last + room]
