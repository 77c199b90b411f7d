"""The drawing of who printed whom: each step away from the claimant is indented.

An outline stays readable at any width and any number of documents; a drawing in columns does not.
Lines of documents carry customdata ["source", source_id].
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from dashboard.codes import SourceRole
from dashboard.figures.drawing import Drawing
from dashboard.figures.palette import Theme, misprint_colour, surface
from dashboard.figures.relay_story import (
    ROLE_WORDS,
    RelayStory,
    chain_in_words,
    figure_said,
    long_date,
    misprint_in_words,
    short_date,
    short_publisher,
    title_as_printed,
)
from dashboard.languages import language_name
from dashboard.periods import in_words
from dashboard.records import Record, is_given
from dashboard.relays import RelayNode
from dashboard.translation import message, translated, translated_plural
from dashboard.words import listed, sentence_start

ROW_HEIGHT = 24
NOTE_HEIGHT = 16
HEADING_HEIGHT = 18
INDENTED_PART = 0.22
"""Part of the width that all indents take together, so that labels have room on a phone."""
WIDEST_INDENT = 0.1
NARROWEST = 268
"""Pixels of plot for which labels are laid out: the evidence card on a phone."""
LETTER_WIDTH = 6.4
LABEL_SHIFT = 9
NOTE_LINES = 2
HOVER_WIDTH = 44
NOT_SEEN = message("named, not seen")

_HEADINGS = (
    message("Origin"),
    message("First printers"),
    message("Second hand"),
    message("Third hand"),
    message("Fourth hand"),
)
_SYMBOLS = {
    SourceRole.FIRST: "circle",
    SourceRole.RELAY: "circle",
    SourceRole.COPY: "square",
    SourceRole.MENTION: "diamond",
}
_SIGNS = {"circle": "●", "square": "■", "diamond": "◆"}


@dataclass(frozen=True)
class _Line:
    """A line of the outline.

    Attributes:
        node: Who it stands for.
        y: Pixels from the top of the plot to its mark.
        words: What stands beside the mark, and under it (Plotly's small HTML).
        hover: What the pointer shows.
        colour: Colour of the mark.
        symbol: Plotly's name of the mark.
    """

    node: RelayNode
    y: float
    words: tuple[str, ...]
    hover: str
    colour: str
    symbol: str

    @property
    def height(self) -> float:
        """Pixels that it takes with everything under it."""
        return ROW_HEIGHT + NOTE_HEIGHT * (len(self.words) - 1)


# ------------------------------------------------------------------ lines


def _indent(story: RelayStory) -> float:
    """Return the part of the width by which each layer is indented."""
    return min(WIDEST_INDENT, INDENTED_PART / max(story.deepest, 1))


def _room(story: RelayStory, node: RelayNode) -> int:
    """Return how many letters fit beside a mark on a phone."""
    return int((NARROWEST * (1 - _indent(story) * node.layer) - LABEL_SHIFT) / LETTER_WIDTH)


def _lines(story: RelayStory, top: float) -> list[_Line]:
    lines = []
    y = top
    for node in story.drawn:
        line = _line(story, node, y)
        lines.append(line)
        y += line.height
    return lines


def _line(story: RelayStory, node: RelayNode, y: float) -> _Line:
    if node.kind == "document":
        return _document_line(story, node, y)
    if node.kind == "relay":
        return _relay_line(story, node, y)
    return _origin_line(story, node, y)


def _origin_line(story: RelayStory, node: RelayNode, y: float) -> _Line:
    who, figure = story.origin_name, figure_said(story.claim)
    spoken = [str(story.claim["spokesperson"])] if is_given(story.claim["spokesperson"]) else []
    words = [
        *_label(story, node, who, [short_date(story.claim["stated_on"])]),
        *_note(story, node, figure, surface(story.theme).muted),
    ]
    hover = _hover(who, [figure, *spoken, in_words(story.claim["stated_on"])])
    return _Line(node, y, tuple(words), hover, story.origin_colour, "square")


def _relay_line(story: RelayStory, node: RelayNode, y: float) -> _Line:
    carried = story.graph.carried[node.node_id]
    name = sentence_start(short_publisher(node.name))
    words = _label(
        story, node, name, [translated("passed it to {number}", number=carried)] * (carried > 1)
    )
    others = dict.fromkeys(other.name for other in story.graph.beside(node.node_id))
    hover = _hover(
        sentence_start(node.name),
        [
            translated("Named in the chains; its own text is not in the data"),
            translated_plural(
                "{number} document came through it", "{number} documents came through it", carried
            ),
            *(
                [translated("Also said to have it from {names}", names=", ".join(others))]
                if others
                else []
            ),
        ],
    )
    return _Line(node, y, tuple(words), hover, surface(story.theme).muted, "circle-open")


def _document_line(story: RelayStory, node: RelayNode, y: float) -> _Line:
    row = story.rows[node.source_id]
    role = SourceRole(str(row["role"]))
    is_misprint = is_given(row["misprint"])
    facts = [str(row["language"]), short_date(row["published_on"])]
    words = [
        *_label(story, node, short_publisher(row["publisher_name"]), facts),
        *_document_notes(story, node, row),
    ]
    return _Line(
        node,
        y,
        tuple(words),
        _document_hover(row),
        misprint_colour(story.theme) if is_misprint else _role_colours(story.theme)[role],
        "x" if is_misprint else _SYMBOLS[role],
    )


def _document_notes(story: RelayStory, node: RelayNode, row: Record) -> list[str]:
    notes = []
    if is_given(row["misprint"]):
        printed = row["as_printed"] if is_given(row["as_printed"]) else misprint_in_words(row)
        notes += _note(
            story, node, translated("prints: {words}", words=printed), misprint_colour(story.theme)
        )
    others = dict.fromkeys(
        short_publisher(other.name) for other in story.graph.beside(node.node_id)
    )
    if others:
        notes += _note(
            story,
            node,
            translated("also from {names}", names=listed([*others])),
            surface(story.theme).muted,
        )
    return notes


def _document_hover(row: Record) -> str:
    role = SourceRole(str(row["role"]))
    printed = misprint_in_words(row)
    return _hover(
        title_as_printed(row),
        [
            f"{row['publisher_name']}, {language_name(str(row['language']))}, "
            f"{long_date(row['published_on'])}",
            f"{sentence_start(translated(ROLE_WORDS[role]))}: {translated(role.meaning)}",
            translated("Chain: {chain}", chain=chain_in_words(row["relays"])),
            *([translated("Prints it differently: {words}", words=printed)] if printed else []),
        ],
    )


def _hover(heading: str, facts: Sequence[str]) -> str:
    lines = [f"<b>{_wrapped(heading)}</b>", *(_wrapped(fact) for fact in facts)]
    return "<br>".join(lines)


def _wrapped(text: str) -> str:
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(text, HOVER_WIDTH))


def _label(story: RelayStory, node: RelayNode, name: str, facts: Sequence[str]) -> list[str]:
    """Return a name in bold with its facts after it, or under it where a phone has no room."""
    bold = f"<b>{escape(name, quote=False)}</b>"
    after = "".join(f" · {fact}" for fact in facts)
    muted = surface(story.theme).muted
    if len(name + after) <= _room(story, node):
        return [bold + _coloured(after, muted)]
    return [bold, _coloured(" · ".join(facts), muted)] if facts else [bold]


def _note(story: RelayStory, node: RelayNode, text: str, colour: str) -> list[str]:
    lines = textwrap.wrap(text, _room(story, node), max_lines=NOTE_LINES, placeholder=" …")
    return [_coloured(line, colour) for line in lines]


def _coloured(words: str, colour: str) -> str:
    return f'<span style="color:{colour}">{escape(words, quote=False)}</span>'


def _role_colours(theme: Theme) -> dict[SourceRole, str]:
    """Return the inks of the roles: they fade with the distance from the statement."""
    colours = surface(theme)
    return {
        SourceRole.FIRST: colours.ink,
        SourceRole.RELAY: colours.muted,
        SourceRole.COPY: colours.baseline,
        SourceRole.MENTION: colours.baseline,
    }


# ------------------------------------------------------------------ the drawing


def outline_figure(story: RelayStory) -> go.Figure:
    """Return the outline; its height grows with its lines, and it may be of any width."""
    drawing = Drawing(story.theme)
    key = _key(story)
    layers = story.deepest
    top = len(key) * HEADING_HEIGHT + 10
    first = top + (layers + 1) * HEADING_HEIGHT + 14
    lines = _lines(story, first)
    bottom = lines[-1].y + lines[-1].height
    for number, entries in enumerate(key):
        _write(drawing, 0, HEADING_HEIGHT * (number + 0.5), entries, -8)
    _add_headings(drawing, story, top, bottom - ROW_HEIGHT / 2)
    _add_branches(drawing, story, lines)
    _add_marks(drawing, story, lines)
    _add_rows(drawing, lines)
    for line in lines:
        for number, words in enumerate(line.words):
            x = line.node.layer * _indent(story)
            _write(drawing, x, line.y + NOTE_HEIGHT * number, words, LABEL_SHIFT)
    return _laid_out(drawing, bottom)


def _key(story: RelayStory) -> list[str]:
    """Return the lines that say what the marks mean, those of the drawing only."""
    roles = {str(row["role"]) for row in story.rows.values() if not is_given(row["misprint"])}
    colours = _role_colours(story.theme)
    marks = [
        _key_entry(_SIGNS[_SYMBOLS[role]], colours[role], translated(words))
        for role, words in ROLE_WORDS.items()
        if role in roles
    ]
    others = []
    if any(node.kind == "relay" for node in story.drawn):
        others.append(_key_entry("○", surface(story.theme).muted, translated(NOT_SEEN)))
    if any(is_given(row["misprint"]) for row in story.rows.values()):
        others.append(
            _key_entry("✕", misprint_colour(story.theme), translated("prints it differently"))
        )
    return ["   ".join(entries) for entries in (marks, others) if entries]


def _key_entry(sign: str, colour: str, words: str) -> str:
    return f'<span style="color:{colour}">{sign}</span> {words}'


def _write(drawing: Drawing, x: float, y: float, words: str, shift: float) -> None:
    drawing.add_annotation(
        x=x,
        y=y,
        text=words,
        xanchor="left",
        yanchor="middle",
        xshift=shift,
        showarrow=False,
        borderpad=0,
        font={"size": 12},
        align="left",
    )


def _add_headings(drawing: Drawing, story: RelayStory, top: float, bottom: float) -> None:
    """Write the headings of the layers like stairs, each with its line down the outline."""
    colours = surface(story.theme)
    layers = story.deepest
    for layer in range(layers + 1):
        y = top + HEADING_HEIGHT * (layer + 0.5)
        words = (
            translated(_HEADINGS[layer])
            if layer < len(_HEADINGS)
            else translated("{number} hands away", number=layer)
        )
        _write(drawing, layer * _indent(story), y, f"<i>{_coloured(words, colours.muted)}</i>", -4)
        drawing.add_scatter(
            x=[layer * _indent(story)] * 2,
            y=[y + HEADING_HEIGHT / 2, bottom],
            mode="lines",
            line={"color": colours.grid, "width": 1},
            hoverinfo="skip",
            showlegend=False,
        )


def _add_branches(drawing: Drawing, story: RelayStory, lines: Sequence[_Line]) -> None:
    """Draw the lines of descent: one down from each parent, and from it one across to each child.

    The line down is drawn once, to the last child: drawn over itself it would look thicker.
    """
    by_id = {line.node.node_id: line for line in lines}
    xs: list[float | None] = []
    ys: list[float | None] = []
    last_child = {story.graph.parents[line.node.node_id]: line for line in lines[1:]}
    for parent_id, child in last_child.items():
        xs += [by_id[parent_id].node.layer * _indent(story)] * 2 + [None]
        ys += [by_id[parent_id].y, child.y, None]
    for line in lines[1:]:
        parent = by_id[story.graph.parents[line.node.node_id]]
        xs += [parent.node.layer * _indent(story), line.node.layer * _indent(story), None]
        ys += [line.y, line.y, None]
    drawing.add_scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": surface(story.theme).baseline, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_marks(drawing: Drawing, story: RelayStory, lines: Sequence[_Line]) -> None:
    """Draw the marks, each on a spot of page colour, so that no line runs through it."""
    page, spots = surface(story.theme).page, {"symbol": "circle", "size": 13}
    colours = [line.colour for line in lines]
    edges = [1.5 if line.node.kind == "relay" else 0 for line in lines]
    for marker in (
        {"color": page, "line": {"width": 0}, **spots},
        {
            "color": colours,
            "symbol": [line.symbol for line in lines],
            "size": [11 if line.node.kind == "origin" else 9 for line in lines],
            "line": {"color": colours, "width": edges},
        },
    ):
        drawing.add_scatter(
            x=[line.node.layer * _indent(story) for line in lines],
            y=[line.y for line in lines],
            mode="markers",
            marker={"opacity": 1, **marker},
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )


def _add_rows(drawing: Drawing, lines: Sequence[_Line]) -> None:
    """Lay an unseen bar over each line, so that all of it answers the pointer and the finger."""
    tops = [line.y - ROW_HEIGHT / 2 for line in lines]
    drawing.add_bar(
        orientation="h",
        x=[1] * len(lines),
        y=[top + line.height / 2 for top, line in zip(tops, lines, strict=True)],
        width=[line.height for line in lines],
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        customdata=[_custom(line.node) for line in lines],
        hovertext=[line.hover for line in lines],
        hovertemplate="%{hovertext}<extra></extra>",
        textposition="none",
        showlegend=False,
    )


def _custom(node: RelayNode) -> list[str]:
    return ["source", node.source_id] if node.kind == "document" else [node.kind, node.name]


def _laid_out(drawing: Drawing, bottom: float) -> go.Figure:
    return drawing.figure(
        height=bottom + 8,
        margin={"l": 12, "r": 2, "t": 4, "b": 4},
        dragmode=False,
        hovermode="closest",
        xaxis={"visible": False, "range": [0, 1], "fixedrange": True},
        yaxis={"visible": False, "range": [bottom, 0], "fixedrange": True},
    )
