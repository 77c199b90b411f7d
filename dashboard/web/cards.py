"""Cards: a chart with its proof, a claim, a document, a place, a leg."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from dashboard.captioned import CaptionedChart
from dashboard.citation import cited_chart, cited_claim
from dashboard.claimants import full_names
from dashboard.claims import claim, documents, links_of
from dashboard.codes import (
    Credibility,
    LegStatus,
    Measure,
    Method,
    Mode,
    Qualifier,
    Relation,
    Reliability,
    Status,
)
from dashboard.dataset import Dataset
from dashboard.languages import language_name
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import covered_in_words, in_words
from dashboard.records import Record, is_given, records, records_by
from dashboard.routes import route_legs
from dashboard.web.charts import cached_relays
from dashboard.web.cite import cite_popover
from dashboard.web.state import current_theme
from dashboard.web.text import is_web_address, plain
from dashboard.words import counted, figure_in_words, listed, sentence_start, unit_in_words

PLOTLY_CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "width": 1280, "height": 720},
    "responsive": True,
}
SHORT_SOURCES = 3

_LINK_WORDS = {
    (Relation.RESTATES, True): "Says again",
    (Relation.RESTATES, False): "Said again in",
    (Relation.COMPUTED_FROM, True): "Worked out from",
    (Relation.COMPUTED_FROM, False): "Used to work out",
    (Relation.AGGREGATES, True): "Takes into its sum",
    (Relation.AGGREGATES, False): "Taken into the sum of",
    (Relation.CITES, True): "Rests on",
    (Relation.CITES, False): "Relied on by",
    (Relation.UPDATES, True): "Replaces",
    (Relation.UPDATES, False): "Replaced by",
    (Relation.CORROBORATES, True): "Agrees, on evidence of its own, with",
    (Relation.CORROBORATES, False): "Backed, on other evidence, by",
    (Relation.DISPUTES, True): "Contradicts",
    (Relation.DISPUTES, False): "Contradicted by",
}


def chart_card(
    chart: CaptionedChart, on_pick: Callable[[str], None] | None = None, height: int | None = None
) -> None:
    """Show a chart with title, subtitle, sentence, table, sources and warnings.

    Args:
        chart: The chart.
        on_pick: Called with the key of the chart when the reader clicks a mark.
        height: Height in pixels; None keeps the figure's own.
    """
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.subheader(plain(chart.title), anchor=False)
        st.caption(f"{plain(chart.subtitle)} · {plain(chart.as_known)}")
        views = st.tabs(["Chart", "Table", "Sources"], key=f"view_{chart.name}", on_change="rerun")
        if views[0].open:
            with views[0]:
                figure_with_alt(chart, on_pick, height)
        if views[1].open:
            with views[1]:
                chart_table(chart)
        if views[2].open:
            with views[2]:
                source_list(chart.sources)
        chart_footer(chart)


def figure_with_alt(
    chart: CaptionedChart, on_pick: Callable[[str], None] | None, height: int | None
) -> None:
    """Show the drawing and, under it, the sentence that says what it shows."""
    key = f"chart_{chart.name}"
    st.plotly_chart(
        chart.figure,
        theme=None,
        height=height or "content",
        key=key,
        alt=chart.alt,
        config={
            **PLOTLY_CONFIG,
            "toImageButtonOptions": {
                **PLOTLY_CONFIG["toImageButtonOptions"],  # type: ignore[dict-item]
                "filename": f"{chart.name}-{chart.data_version.split()[0]}",
            },
        },
        on_select=(lambda: on_pick(key)) if on_pick else "ignore",
        selection_mode="points",
    )
    st.caption(plain(chart.alt))


def chart_table(chart: CaptionedChart) -> None:
    """Show the rows behind a chart."""
    st.dataframe(
        chart.table,
        hide_index=True,
        height=min(430, 38 + 35 * max(len(chart.table), 1)),
        column_config={
            "Low": st.column_config.NumberColumn(format="localized"),
            "High": st.column_config.NumberColumn(format="localized"),
            "What was said": st.column_config.TextColumn(width="large"),
        },
        alt=f"Table of the rows drawn: {chart.title}",
    )


def chart_footer(chart: CaptionedChart) -> None:
    """Show usage warnings, short sources, the version of the data, and how to cite the chart."""
    notes = [f"▸ {plain(warning.meaning)}" for warning in chart.warnings]
    if chart.origins:
        notes.insert(0, f"**{plain(chart.origins)}.**")
    if notes:
        st.caption(" ".join(notes))
    st.caption(f"{short_sources(chart.sources)} · Data {plain(chart.data_version)}")
    cite_popover(cited_chart(chart))


def short_sources(sources: pd.DataFrame) -> str:
    """Return the first few documents in words, and how many more there are."""
    if sources.empty:
        return "No documents in this selection"
    first = [
        f"{plain(row['publisher'])}, {_when(row['published_on'])}"
        for row in records(sources.head(SHORT_SOURCES))
    ]
    more = len(sources) - len(first)
    rest = f" and {counted(more, 'more document')}" if more > 0 else ""
    return f"Sources: {'; '.join(first)}{rest}"


def claim_card(dataset: Dataset, claim_id: str) -> None:
    """Show everything about one claim, down to its documents.

    Raises:
        LookupError: There is no such claim.
    """
    row = claim(dataset, claim_id)
    figure = figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
    unit = unit_in_words(row["item"])
    has_figure = is_given(row["low"]) or is_given(row["high"])
    title = sentence_start(f"{figure}{unit}") if has_figure else "No figure given"
    st.title(plain(title), anchor=False)
    who = full_names(dataset)[row["claimant"]]
    spoken = f" ({row['spokesperson']})" if is_given(row["spokesperson"]) else ""
    st.markdown(f"**{plain(who)}**{plain(spoken)}, {in_words(row['stated_on'])}")
    st.markdown(plain(row["paraphrase"]))
    st.markdown(f"**{plain(origins_in_words(origins_of(dataset, [claim_id])))}**")
    fact_list(_claim_facts(dataset, row))
    cite_popover(cited_claim(dataset, claim_id))
    _linked_claims(dataset, claim_id)
    _who_printed_whom(dataset, claim_id)
    rows = documents(dataset, [claim_id])
    st.header(f"{counted(len(rows), 'document')}", anchor=False)
    source_list(rows)
    st.caption(f"Claim {plain(claim_id)} · Data {plain(dataset.label)}")


def _claim_facts(dataset: Dataset, row: Record) -> list[tuple[str, str]]:
    claimant = records_by(dataset.claimants, "claimant")[row["claimant"]]
    qualifier = Qualifier(row["qualifier"]).meaning if is_given(row["qualifier"]) else ""
    period = covered_in_words(row["period_start"], row["period_end"])
    facts = [
        ("Hedge", qualifier),
        ("Period", period),
        ("Kind of figure", Measure(row["measure"]).meaning),
        ("What is claimed", Status(row["status"]).meaning),
        ("How they know", Method(row["method"]).meaning),
        (
            "Claimant's record",
            f"{claimant['reliability']}: {Reliability(claimant['reliability']).meaning}. "
            f"{claimant['reliability_reason']}",
        ),
        (
            "This claim",
            f"{row['credibility']}: {Credibility(str(row['credibility'])).meaning}. "
            f"{row['credibility_reason']}",
        ),
        ("Our reading of the documents", row["confidence"]),
        ("Note", row["note"] if is_given(row["note"]) else ""),
    ]
    return [(name, value) for name, value in facts if value]


def fact_list(facts: Iterable[tuple[str, str]]) -> None:
    """Show named facts, one a line."""
    st.markdown("  \n".join(f"**{plain(name)}:** {plain(value)}" for name, value in facts))


def _linked_claims(dataset: Dataset, claim_id: str) -> None:
    links = links_of(dataset, claim_id)
    if links.empty:
        return
    st.header("How it hangs together with other claims", anchor=False)
    names = full_names(dataset)
    claims = records_by(dataset.claims, "claim_id")
    for row in records(links):
        other = claims[row["other_claim_id"]]
        figure = figure_in_words(other["low"], other["high"], other["qualifier"], other["unit"])
        words = _LINK_WORDS[(Relation(row["relation"]), bool(row["is_outgoing"]))]
        note = f" {row['note']}" if is_given(row["note"]) else ""
        st.markdown(
            f"- **{words}** {plain(names[other['claimant']])}, "
            f"{in_words(other['stated_on'])}: {plain(figure)} {plain(other['unit'])}."
            f"{plain(note)}"
        )


def _who_printed_whom(dataset: Dataset, claim_id: str) -> None:
    chart = cached_relays(dataset, claim_id, current_theme())
    if len(chart.table) < 2:
        return
    outline = st.expander("Who printed whom", key="who_printed_whom", on_change="rerun")
    if not outline.open:
        return
    with outline:
        st.markdown(f"**{plain(chart.title)}**")
        picture, table = st.tabs(["Picture", "Table"])
        with picture:
            figure_with_alt(chart, None, None)
        with table:
            chart_table(chart)


def source_list(sources: pd.DataFrame) -> None:
    """Show documents, one card each; needs the columns of `sources`."""
    if sources.empty:
        st.info("No document stands behind this selection. Widen the filters.")
    for row in records(sources):
        source_card(row)


def source_card(row: Record) -> None:
    """Show one document: title, publisher, date, language, relays, link and archived copy."""
    has_title = isinstance(row["title"], str)
    title = plain(row["title"]) if has_title else "*Title not seen*"
    if row["title_basis"] == "address":
        title += " *(title rebuilt from the address)*"
    facts = [
        plain(row["publisher"]),
        _when(row["published_on"]),
        language_name(str(row["language"])),
    ]
    if isinstance(row.get("role"), str):
        facts.append(_ROLE_WORDS[str(row["role"])])
    lines = [f"**{title}**", " · ".join(facts)]
    if isinstance(row["relays"], str):
        lines.append(f"Relay chain: {plain(row['relays'])}")
    if isinstance(row.get("misprint"), str):
        printed = f": {plain(row['as_printed'])}" if isinstance(row["as_printed"], str) else ""
        lines.append(f"⚠ Prints the claim differently ({plain(row['misprint'])}){printed}")
    lines.append(_source_links(row))
    st.markdown("  \n".join(lines))


_ROLE_WORDS = {
    "first": "first printer",
    "relay": "relay",
    "copy": "copy",
    "mention": "mention",
}


def _source_links(row: Record) -> str:
    links = []
    if is_web_address(row["url"]):
        links.append(f"[Open the document]({_link_target(str(row['url']))})")
    if is_web_address(row["archived_url"]):
        links.append(f"[Archived copy]({_link_target(str(row['archived_url']))})")
    else:
        links.append("no archived copy yet")
    return " · ".join(links)


def _link_target(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def _when(published_on: object) -> str:
    return in_words(str(published_on)) if isinstance(published_on, str) else "date not seen"


def place_card(dataset: Dataset, place_id: str) -> None:
    """Show one place with its names, precision, routes, sightings and documents.

    Raises:
        LookupError: There is no such place.
    """
    rows = dataset.places[dataset.places["place_id"] == place_id]
    if rows.empty:
        raise LookupError(f"there is no place '{place_id}'")
    place = records(rows)[0]
    st.title(plain(place["name"]), anchor=False)
    st.markdown(plain(place["role"]))
    legs = dataset.legs
    touching = legs[(legs["from_place"] == place_id) | (legs["to_place"] == place_id)]
    routes = dataset.routes[dataset.routes["route_id"].isin(touching["route_id"])]
    facts = [("Also written", place["alt_names"])] if is_given(place["alt_names"]) else []
    facts += [
        (
            "Position",
            f"{place['lat']:.3f} N, {place['lon']:.3f} E, within {place['precision_km']} km",
        ),
        ("How the position is known", place["coordinate_basis"]),
        ("On these routes", listed(list(routes["name"])) or "none"),
    ]
    fact_list(facts)
    sighting_list(dataset, _sightings_at(dataset, place_id))
    _claims_naming(dataset, place_id)
    _documents_of(dataset, dataset.place_sources, "place_id", place_id)


def leg_card(dataset: Dataset, leg: str) -> None:
    """Show one leg, written route_id/leg_no, with every route that runs along it.

    Raises:
        LookupError: There is no such leg.
    """
    route_id, _, number = leg.partition("/")
    legs = route_legs(dataset, route_id)
    rows = legs[legs["leg_no"].astype(str) == number]
    if rows.empty:
        raise LookupError(f"there is no leg '{leg}'")
    row = records(rows)[0]
    st.title(plain(f"{row['from_name']} to {row['to_name']}"), anchor=False)
    fact_list(
        [
            ("By", Mode(row["mode"]).meaning),
            ("How known", f"{row['status']}: {LegStatus(row['status']).meaning}"),
            ("Length as drawn", f"{row['length_km']:,.0f} km"),
            ("Note", row["note"]),
        ]
    )
    alongside = dataset.legs[
        (dataset.legs["from_place"] == row["from_place"])
        & (dataset.legs["to_place"] == row["to_place"])
        & (dataset.legs["mode"] == row["mode"])
    ]
    for other in alongside["route_id"].unique():
        route_card(dataset, other)


def route_card(dataset: Dataset, route_id: str) -> None:
    """Show one route with its summary and documents.

    Raises:
        LookupError: There is no such route.
    """
    rows = dataset.routes[dataset.routes["route_id"] == route_id]
    if rows.empty:
        raise LookupError(f"there is no route '{route_id}'")
    route = records(rows)[0]
    st.title(plain(route["name"]), anchor=False)
    st.markdown(plain(route["summary"]))
    fact_list(
        [
            ("First reported", in_words(route["first_reported"])),
            ("Last reported", in_words(route["last_reported"])),
            ("Status", route["status"].replace("-", " ")),
        ]
    )
    _documents_of(dataset, dataset.route_sources, "route_id", route_id)


def sighting_list(dataset: Dataset, sightings: pd.DataFrame) -> None:
    """Show dated sightings as a numbered list, oldest first."""
    if sightings.empty:
        return
    names = dict(zip(dataset.vessels["vessel_id"], dataset.vessels["name"], strict=True))
    st.header(f"{counted(len(sightings), 'sighting')}", anchor=False)
    st.markdown(
        "\n".join(
            f"1. **{_span(row)}** {plain(row['paraphrase'])} "
            f"*{plain(names[row['vessel_id']])}; seen by {plain(row['observed_by'])}*"
            for row in records(sightings)
        )
    )


def _span(row: Record) -> str:
    start, end = row["observed_from"], row["observed_to"]
    return in_words(start) if start == end else f"{in_words(start)} to {in_words(end)}"


def _sightings_at(dataset: Dataset, place_id: str) -> pd.DataFrame:
    sightings = dataset.sightings
    is_there = (sightings["from_place"] == place_id) | (sightings["to_place"] == place_id)
    return sightings[is_there].sort_values(["observed_from", "sighting_id"])


def _claims_naming(dataset: Dataset, place_id: str) -> None:
    ids = dataset.claim_places.loc[dataset.claim_places["place_id"] == place_id, "claim_id"]
    claims = dataset.claims[dataset.claims["claim_id"].isin(ids)].sort_values("known_on")
    if claims.empty:
        return
    st.header(f"{counted(len(claims), 'claim')} naming it", anchor=False)
    st.markdown(
        "\n".join(
            f"- {in_words(row['stated_on'])}: {plain(row['paraphrase'])}" for row in records(claims)
        )
    )


def _documents_of(dataset: Dataset, links: pd.DataFrame, column: str, value: str) -> None:
    ids = set(links.loc[links[column] == value, "source_id"])
    rows = dataset.sources[dataset.sources["source_id"].isin(ids)]
    st.header(f"{counted(len(rows), 'document')}", anchor=False)
    source_list(rows)
