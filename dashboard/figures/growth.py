"""The growth chart: each body's running count as it was stated, with the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.captioned import CaptionedChart
from dashboard.claimants import full_names, short_names, top_level_bodies
from dashboard.claims import claims_table, denials_and_admissions, selected_claims, sources_behind
from dashboard.codes import Measure, Status
from dashboard.dataset import Dataset
from dashboard.figures.palette import Theme
from dashboard.figures.steps import NamedStep, step_figure
from dashboard.kept import kept
from dashboard.origins import origins_in_words, origins_of
from dashboard.periods import in_words, month_in_words
from dashboard.records import Record, records, records_by
from dashboard.selection import EVERYTHING, Selection, as_known_in_words, selection_in_words
from dashboard.series import Comparison, comparison_of, series_points, single_points, stated_figure
from dashboard.translation import (
    decimal_number,
    translated,
    translated_plural,
    whole_number,
)
from dashboard.words import (
    MEASURE_WORDS,
    figure_in_words,
    figure_of_item,
    listed,
    months_in_words,
    number_in_words,
    sentence_start,
    usage_warnings,
)

CENTRAL_CLAIMS = ("rok-mnd-20240226-containers", "rok-dia-20240827-containers")
"""The two statements from which the project started; the chart names the step between them."""


@dataclass(frozen=True)
class GrowthStory:
    """What the growth chart tells, before it is drawn.

    Attributes:
        points: The claims drawn: see `drawn_points`.
        answers: Denials and admissions, marked on the time axis.
        comparison: The step that the chart names, if any.
        title: The finding, in words.
        subtitle: The selection, in words.
        alt: One or two sentences that say what the chart shows.
    """

    points: pd.DataFrame
    answers: pd.DataFrame
    comparison: Comparison | None
    title: str
    subtitle: str
    alt: str

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims drawn or marked."""
        return (*self.points["claim_id"], *self.answers["claim_id"])

    @property
    def central(self) -> tuple[str, ...]:
        """The claims whose documents come first: those of the named step, the later before."""
        return (self.comparison.to_claim, self.comparison.from_claim) if self.comparison else ()

    @property
    def step(self) -> NamedStep | None:
        """The step that the chart names, as it is drawn."""
        return _named_step(self.comparison)


def growth_story(dataset: Dataset, selection: Selection) -> GrowthStory:
    """Return what the growth chart tells of the selected item."""
    points = drawn_points(dataset, selection)
    answers = denials_and_admissions(dataset, selection)
    comparison = highlighted_step(points)
    told = _told(points, comparison)
    return GrowthStory(
        points=points,
        answers=answers,
        comparison=comparison,
        title=_title(dataset, selection, told, comparison),
        subtitle=_subtitle(dataset, selection, points),
        alt=_alt(dataset, points, answers, told, comparison),
    )


def growth_chart(dataset: Dataset, selection: Selection, theme: Theme) -> CaptionedChart:
    """Return the stated running counts of the selected item, each body's as steps.

    A total holds until its body states another: steps, no interpolation.
    """
    story = growth_story(dataset, selection)
    points, answers = story.points, story.answers
    newest = pd.Timestamp(selection.to or dataset.last_day)
    return CaptionedChart(
        name="growth",
        title=story.title,
        subtitle=story.subtitle,
        figure=step_figure(dataset, points, answers, story.step, selection.from_, newest, theme),
        table=claims_table(
            dataset, pd.concat([points, answers]).sort_values(["known_on", "claim_id"])
        ),
        alt=story.alt,
        claim_ids=story.claim_ids,
        sources=sources_behind(dataset, story.claim_ids, story.central),
        warnings=usage_warnings(points),
        as_known=as_known_in_words(dataset.as_known_on, dataset.last_day),
        as_known_on=dataset.as_known_on,
        data_version=dataset.label,
        origins=origins_in_words(origins_of(dataset, points["claim_id"])) if len(points) else "",
    )


@kept(32)
def drawn_points(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the claims to draw, oldest first, all of one measure.

    They are the running counts; where the item has none, single statements. Beside the columns of
    `Dataset.claims`: `figure`, as said; `line`, the series, or else the claim itself; `name`, for
    the label.
    """
    points = _of_one_measure(_totals(series_points(dataset, selection)), selection)
    if points.empty:
        points = _of_one_measure(single_points(dataset, selection), selection)
    names = dict(zip(dataset.series["series"], dataset.series["name"], strict=True))
    bodies = short_names(dataset)
    line = points["series"].where(points["series"].notna(), points["claim_id"])
    name = [
        names.get(series) or bodies[claimant]
        for series, claimant in zip(line.tolist(), points["claimant"].tolist(), strict=True)
    ]
    return points.assign(
        figure=stated_figure(points["low"], points["high"]), line=line, name=_shortened(name)
    )


@kept(32)
def drawable_measures(dataset: Dataset, selection: Selection) -> tuple[Measure, ...]:
    """Return the measures among which a reader may choose, in the order of the data model."""
    points = series_points(dataset, selection)
    if points.empty:
        points = single_points(dataset, selection)
    present = set(points["measure"])
    return tuple(measure for measure in Measure if measure in present)


def highlighted_step(points: pd.DataFrame) -> Comparison | None:
    """Return the step that the chart names.

    The two central claims where both are drawn, or else the first and the last figure of the
    series with the most claims.
    """
    if set(CENTRAL_CLAIMS) <= set(points["claim_id"]):
        return comparison_of(*records(points[points["claim_id"].isin(CENTRAL_CLAIMS)]))
    if points["series"].notna().sum() < 2:
        return None
    longest = points[points["series"] == points["series"].value_counts().idxmax()]
    if len(longest) < 2:
        return None
    return comparison_of(*records(longest.iloc[[0, -1]]))


@dataclass(frozen=True)
class _Told:
    """The claims of which the words around the chart speak.

    Attributes:
        newest: The newest one.
        ends: The earlier and the later one of the named step, if there is one.
    """

    newest: Record
    ends: tuple[Record, Record] | None


def _told(points: pd.DataFrame, comparison: Comparison | None) -> _Told | None:
    """Return the claims of which the words speak; None where nothing is drawn."""
    if points.empty:
        return None
    newest = records(points.tail(1))[0]
    if comparison is None:
        return _Told(newest, None)
    ends = (comparison.from_claim, comparison.to_claim)
    rows = records_by(points[points["claim_id"].isin(ends)], "claim_id")
    return _Told(newest, (rows[ends[0]], rows[ends[1]]))


def step_in_words(comparison: Comparison, separator: str = " · ") -> str:
    """Return '+6,300 · ×1.94 · 6 months', with a separator before the time."""
    sign = "+" if comparison.difference >= 0 else "-"
    words = f"{sign}{whole_number(abs(comparison.difference))}"
    if comparison.factor is not None:
        words += f" · {_times(comparison.factor)}"
    if comparison.days:
        words += separator + months_in_words(comparison.days)
    return words


def _times(factor: float) -> str:
    return f"×{decimal_number(factor, 2)}"


def _of_one_measure(points: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    present = set(points["measure"])
    if selection.measure or len(present) < 2:
        return points
    first = next(measure.value for measure in Measure if measure in present)
    return points[points["measure"] == first].reset_index(drop=True)


def _totals(points: pd.DataFrame) -> pd.DataFrame:
    """Return points without plans, which are no totals; all of them where nothing else is left."""
    is_plan = points["status"] == Status.PLANNED
    return points if is_plan.all() else points[~is_plan].reset_index(drop=True)


def _shortened(names: list[str]) -> list[str]:
    """Return names without what follows a colon or stands in brackets, where they stay apart."""
    for mark in (":", " ("):
        alike: dict[str, set[str]] = {}
        for name in names:
            alike.setdefault(name.split(mark)[0], set()).add(name)
        short = {whole.pop(): start for start, whole in alike.items() if len(whole) == 1}
        names = [short.get(name, name) for name in names]
    return names


def _named_step(comparison: Comparison | None) -> NamedStep | None:
    if comparison is None:
        return None
    start, end = number_in_words(comparison.from_figure), number_in_words(comparison.to_figure)
    return NamedStep(
        from_claim=comparison.from_claim,
        to_claim=comparison.to_claim,
        words=f"{start} → {end}<br><b>{step_in_words(comparison, '<br>')}</b>",
    )


def _title(
    dataset: Dataset, selection: Selection, told: _Told | None, comparison: Comparison | None
) -> str:
    if told is None:
        label = translated(selection.item.label if selection.item else EVERYTHING)
        return sentence_start(translated("{item}: no figure in this selection", item=label))
    names = short_names(dataset)
    if comparison is None or told.ends is None:
        return translated(
            "{who} said {figure} in {month}",
            who=names[told.newest["claimant"]],
            figure=_said_in_full(told.newest),
            month=month_in_words(told.newest["stated_on"]),
        )
    start, end = told.ends
    body = names[top_level_bodies(dataset.claimants)[end["claimant"]]]
    finding = translated(
        "{who} said {first_figure} in {first_month} and {second_figure} in {second_month}",
        who=body,
        first_figure=_said_in_full(start),
        first_month=month_in_words(start["stated_on"]),
        second_figure=_said(end),
        second_month=month_in_words(end["stated_on"]),
    )
    return f"{finding}: {_times(comparison.factor)}" if comparison.factor else finding


def _subtitle(dataset: Dataset, selection: Selection, points: pd.DataFrame) -> str:
    words = selection_in_words(replace(selection, measure=()), full_names(dataset))
    if points.empty:
        return words
    claims = selected_claims(dataset, selection)
    figures = claims[claims["low"].notna() | claims["high"].notna()]
    left_out = len(figures) - len(points)
    measure = translated(MEASURE_WORDS[Measure(points["measure"].iloc[0])])
    if not left_out:
        return f"{words}: {measure}"
    rest = translated_plural(
        "{number} other not drawn, see Evidence",
        "{number} others not drawn, see Evidence",
        left_out,
    )
    return f"{words}: {measure}; {rest}"


def _alt(
    dataset: Dataset,
    points: pd.DataFrame,
    answers: pd.DataFrame,
    told: _Told | None,
    comparison: Comparison | None,
) -> str:
    if told is None:
        nothing = translated("No figure is drawn: the selection holds no claim with one.")
        return f"{nothing}{_answers_in_words(answers)}"
    bodies = points["claimant"].map(top_level_bodies(dataset.claimants)).nunique()
    newest = told.newest
    names = short_names(dataset)
    sentences = [
        translated(
            "{figures} by {bodies} between {first_day} and {last_day}.",
            figures=translated_plural("{number} figure", "{number} figures", len(points)),
            bodies=bodies_in_words(bodies),
            first_day=in_words(points["stated_on"].iloc[0]),
            last_day=in_words(newest["stated_on"]),
        )
    ]
    if comparison and told.ends:
        start, end = told.ends
        sentences.append(
            translated(
                "{who} stated {figure} on {day}, after {first_figure} on {first_day} ({step}).",
                who=names[end["claimant"]],
                figure=_said_in_full(end),
                day=in_words(end["stated_on"]),
                first_figure=_said(start),
                first_day=in_words(start["stated_on"]),
                step=step_in_words(comparison),
            )
        )
    sentences.append(
        translated(
            "The newest figure is {figure} ({who}, {day}).",
            figure=_said_in_full(newest),
            who=names[newest["claimant"]],
            day=in_words(newest["stated_on"]),
        )
    )
    return " ".join(sentences) + _answers_in_words(answers)


def _answers_in_words(answers: pd.DataFrame) -> str:
    admissions = int((answers["status"] == Status.ADMITTED).sum())
    denials = len(answers) - admissions
    marked = []
    if denials:
        marked.append(translated_plural("{number} denial", "{number} denials", denials))
    if admissions:
        marked.append(translated_plural("{number} admission", "{number} admissions", admissions))
    if not marked:
        return ""
    return " " + translated("Marked on the time axis: {answers}.", answers=listed(marked))


def bodies_in_words(number: int) -> str:
    """Return '1 state or organisation' or '3 states and organisations'."""
    return translated_plural(
        "{number} state or organisation", "{number} states and organisations", number
    )


def _said(row: Record) -> str:
    return figure_in_words(row["low"], row["high"], row["qualifier"], row["unit"])


def _said_in_full(row: Record) -> str:
    return figure_of_item(row["low"], row["high"], row["qualifier"], row["item"])
