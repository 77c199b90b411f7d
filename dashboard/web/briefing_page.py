"""Sections of the Briefing page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.citation import TITLE
from dashboard.claimants import short_names
from dashboard.codes import Item
from dashboard.dataset import Dataset
from dashboard.exports.briefing import (
    Briefing,
    BriefingFormat,
    ChartPart,
    ClaimsPart,
    Part,
    briefing_to_toml,
    checked_briefing,
)
from dashboard.exports.briefing_making import drawn_part
from dashboard.exports.caption import DEFAULT_MARKING
from dashboard.exports.formats import ExportError
from dashboard.exports.pptx.deck import LARGEST_TEMPLATE
from dashboard.exports.renderer import NO_BROWSER, browser_path
from dashboard.figures.catalogue import ChartOrder, chart_names
from dashboard.figures.claim_facts import MOST_CLAIMS
from dashboard.figures.growth import CENTRAL_CLAIMS
from dashboard.kept import kept
from dashboard.periods import in_words
from dashboard.records import records
from dashboard.selection import Selection
from dashboard.translation import ENGLISH, LANGUAGES
from dashboard.web.address import (
    chosen,
    chosen_in_order,
    chosen_pill,
    move_earlier,
    typed_text,
)
from dashboard.web.briefing_job import BriefingJob, started_job
from dashboard.web.controls import items_with_figures
from dashboard.web.text import plain
from dashboard.words import figure_in_words, sentence_start, unit_in_words

STANDING_PARTS = ("growth", "claims", "routes", "sea", "relays", "trips", "conversion")
SECONDS_BETWEEN_LOOKS = 0.4
_JOB = "briefing job"
_RATIOS = {"16:9": "16:9", "4:3": "4:3"}
_PAPERS = {"16:9": "16:9", "a4": "A4"}

_cached_part = kept(256)(drawn_part)


def briefing_builder(dataset: Dataset) -> None:
    """Let the reader choose what is in a briefing and how it looks, and make it."""
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(border=True):
        st.header("What is in it", anchor=False)
        parts = _chosen_parts(dataset)
    with right:
        with st.container(border=True):
            st.header("How it looks", anchor=False)
            looks, format = _chosen_looks(dataset)
        with st.container(border=True):
            _make_it(dataset, replace(looks, parts=parts), format)


# ------------------------------------------------------------------ what is in it


def _chosen_parts(dataset: Dataset) -> tuple[Part, ...]:
    labels = {name: sentence_start(words) for name, words in chart_names().items()}
    labels["claims"] = "Claims side by side"
    names = chosen_in_order("Charts, maps and claims", labels, "part", STANDING_PARTS)
    claims: tuple[str, ...] = ()
    if "claims" in names:
        claims = chosen_in_order("Claims", _claim_labels(dataset), "claims", CENTRAL_CLAIMS)
    order = _chosen_order(dataset, names)
    parts: list[Part] = []
    for name in names:
        found = list(_parts_named(name, claims, order))
        _list_part(dataset, name, found, len(parts) + 1, is_first=name == names[0])
        parts += found
    if not parts:
        st.info("The briefing is empty. Choose at least one chart or claim.")
    return tuple(parts)


def _chosen_order(dataset: Dataset, names: Sequence[str]) -> ChartOrder:
    """Return what the charts draw, asked for those charts only that take it."""
    item, relays_of, vessel = Item.CONTAINERS.value, ChartOrder.claim, ChartOrder.vessel
    columns = iter(st.columns(3))
    if {"growth", "conversion", "factors"} & set(names):
        with next(columns):
            item = chosen("What is counted", items_with_figures(dataset), "item", item)
    if "relays" in names:
        with next(columns):
            relays_of = chosen("Relays of", _claim_labels(dataset), "relays_of", relays_of)
    if "vessel" in names:
        vessels = dataset.vessels
        labels = dict(zip(vessels["vessel_id"], vessels["name"], strict=True))
        with next(columns):
            vessel = chosen("Vessel", labels, "vessel", vessel)
    return ChartOrder(selection=Selection(item=Item(item)), claim=relays_of, vessel=vessel)


@kept(16)
def _claim_labels(dataset: Dataset) -> dict[str, str]:
    names = short_names(dataset)
    claims = dataset.claims.sort_values(["known_on", "claim_id"], ascending=False)
    return {
        row["claim_id"]: f"{in_words(row['stated_on'])} · {names[row['claimant']]} · "
        + figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])
        + unit_in_words(row["item"])
        for row in records(claims)
    }


def _parts_named(name: str, claims: tuple[str, ...], order: ChartOrder) -> Iterator[Part]:
    if name == "claims":
        for at in range(0, len(claims), MOST_CLAIMS):
            yield ClaimsPart(claims[at : at + MOST_CLAIMS])
    else:
        yield ChartPart(name, order)


def _list_part(
    dataset: Dataset, name: str, parts: Sequence[Part], number: int, *, is_first: bool
) -> None:
    """Show the finding of a part, or why it cannot be drawn, with the button that moves it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        with st.container(gap="xxsmall", width="stretch"):
            for at, part in enumerate(parts, number):
                try:
                    title = _cached_part(dataset, part).title
                    st.markdown(f"**{at}.** {plain(title)}")
                except LookupError as fault:
                    st.warning(plain(f"{at}. {sentence_start(str(fault.args[0]))}"))
            if not parts:
                st.caption("No claim is chosen, so no page of claims is made.")
        if not is_first:
            st.button(
                "Earlier",
                icon=":material/arrow_upward:",
                type="tertiary",
                key=f"earlier_{name}",
                on_click=move_earlier,
                args=("part", name, STANDING_PARTS),
                help="Move this one place up",
            )


# ------------------------------------------------------------------ how it looks


def _chosen_looks(dataset: Dataset) -> tuple[Briefing, BriefingFormat]:
    title = typed_text("Title", "title", TITLE)
    subtitle = typed_text("Line below the title", "subtitle", "")
    marking = typed_text("Handling marking: TLP 2.0 or national", "marking", DEFAULT_MARKING)
    language = chosen("Language of captions", LANGUAGES, "language", ENGLISH)
    has_browser = browser_path() is not None
    formats = {
        format.value: format.meaning
        for format in BriefingFormat
        if has_browser or format is not BriefingFormat.PDF
    }
    format = BriefingFormat(chosen_pill("File", formats, "format", "pptx") or "pptx")
    if not has_browser:
        st.caption(plain(f"PDF is not offered. {NO_BROWSER}"))
    ratio, paper, template = "16:9", "16:9", None
    if format in (BriefingFormat.PPTX, BriefingFormat.ZIP):
        ratio = chosen_pill("Slides", _RATIOS, "ratio", "16:9") or "16:9"
        template = _template()
    if has_browser and format in (BriefingFormat.PDF, BriefingFormat.ZIP):
        paper = chosen_pill("Pages of the PDF", _PAPERS, "paper", "16:9") or "16:9"
    briefing = Briefing(
        title=title,
        subtitle=subtitle,
        marking=marking,
        language=language,
        as_known_on=dataset.as_known_on,
        ratio="4:3" if ratio == "4:3" else "16:9",
        paper=paper,
        template=template,
    )
    return briefing, format


def _template() -> bytes | None:
    file = st.file_uploader(
        "Your own template",
        type="pptx",
        key="template",
        max_upload_size=LARGEST_TEMPLATE // 1_000_000,
        help="A .pptx file: its slide size, layouts, fonts and colours are used",
    )
    return file.getvalue() if file else None


# ------------------------------------------------------------------ making


def _make_it(dataset: Dataset, briefing: Briefing, format: BriefingFormat) -> None:
    """Offer to make the briefing; show how far it is, and then the file."""
    try:
        wanted = checked_briefing(briefing)
    except ExportError as refusal:
        st.warning(plain(refusal))
        return
    job: BriefingJob | None = st.session_state.get(_JOB)
    if job is not None and job.is_running:
        _watch(job)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Make the briefing", type="primary", icon=":material/slideshow:"):
            st.session_state[_JOB] = started_job(dataset, wanted, format)
            st.rerun()
        _offer_toml(wanted)
    if job is not None:
        _show_outcome(job, wanted, format)


def _offer_toml(briefing: Briefing) -> None:
    st.download_button(
        "Save these choices (TOML)",
        data=lambda: briefing_to_toml(briefing).encode(),
        file_name="briefing.toml",
        mime="application/toml",
        on_click="ignore",
        type="tertiary",
        key="briefing_toml",
        help="A file for the command: shipments brief briefing.toml --to briefing.pptx",
    )


def _watch(job: BriefingJob) -> None:
    """Show how far the work is, until it ends."""

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def bar() -> None:
        if not job.is_running:
            st.rerun()
        st.progress(min(job.share, 1.0), text=plain(job.words))
        st.button("Cancel", key="cancel_briefing", on_click=job.cancel, icon=":material/close:")

    bar()


def _show_outcome(job: BriefingJob, briefing: Briefing, format: BriefingFormat) -> None:
    has_changed = (job.briefing, job.format) != (briefing, format)
    if has_changed and job.made is not None:
        st.info("The choices have changed since the last briefing was made. Make it again.")
    elif has_changed:
        return
    elif job.is_cancelled.is_set():
        st.info("Cancelled. Nothing was kept.")
    elif job.fault or job.made is None:
        st.warning(plain(job.fault))
    else:
        st.download_button(
            f"Download {format.value.upper()} ({_size(len(job.made.data))})",
            data=job.made.data,
            file_name=job.made.file_name,
            mime=job.made.media_type,
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            key="briefing_file",
        )
        st.caption(plain(job.made.file_name))


def _size(number: int) -> str:
    """Return a size as readers say it: '231 kB', '1.9 MB'."""
    return f"{number / 1e6:.1f} MB" if number >= 1_000_000 else f"{number / 1e3:,.0f} kB"
