"""Relays: who printed whom for one claim, from the claimant down to the last copy.

The chain of a document is written outermost first: `Newsweek copy < Newsweek < Yonhap < NIS`. The
outermost name is the document itself, the innermost the claimant or one of its people. What lies
between are those who passed the statement on.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from dashboard.claimants import top_level_bodies
from dashboard.claims import claim, documents
from dashboard.codes import ClaimantKind, SourceKind, SourceRole
from dashboard.dataset import Dataset
from dashboard.records import Record, is_given, records

NodeKind = Literal["origin", "relay", "document"]

ORIGIN = "origin"
_UNKNOWN = "relay::"

_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_BESIDE = re.compile(r"; | / |/(?=[A-Z]{2})")
_ASIDE = re.compile(r"(also |re)?(recalls|cites|quotes)\b|also\b|stored text|no container figure")
_NAMELESS = re.compile(
    r"(an? )?(unnamed|unattributed|several|foreign|agencies|other|news report|wire|press release)\b"
    r"|.*\b(style|state media|state television)\b"
    r"|(rok|russian|ukrainian|japanese|(south |north )?korean|indonesian-language|military) "
    r"(media|daily|newspaper|broadcaster|outlet)\b"
)
_SPOKEN = re.compile(
    r"reps?\.|(president|kremlin|senior|hur|nis|pentagon|white house|us|un|x post of .* fm)\b"
    r"|.*\b(lawmakers?|minister|secretary general|ambassador|director|adviser|officials?"
    r"|diplomatic source|government source|briefing|press material|delegation)\b"
)
_ENDINGS = ("copy", "repost", "rewrite", "text", "report", "interview", "analysis", "news agency")
_SAME_OUTLET = {
    "agence france presse": "afp",
    "associated press": "ap",
    "bloomberg news": "bloomberg",
    "chosun": "chosun ilbo",
    "kyodo news": "kyodo",
    "rss": "",
    "voice of america": "voa",
    "wall street journal": "wsj",
    "yomiuri": "yomiuri shimbun",
}
_ROLE_LAYERS = {
    SourceRole.FIRST: 1,
    SourceRole.RELAY: 2,
    SourceRole.COPY: 2,
    SourceRole.MENTION: 2,
}


@dataclass(frozen=True)
class RelayNode:
    """The claimant, a document, or somebody named in a chain of whom there is no document.

    Attributes:
        node_id: `origin`, `relay:` and a name, or `document:` and the id of the source.
        kind: Which of the three it is.
        name: The claimant's id, the publisher, or the name as written in most chains.
        layer: Steps from the origin: 0 the origin, 1 first printers, 2 and more those who took
            it from others.
        source_id: Id of the document; empty for the others.
    """

    node_id: str
    kind: NodeKind
    name: str
    layer: int
    source_id: str = ""


@dataclass(frozen=True)
class RelayEdge:
    """One node passed the statement to another.

    Attributes:
        parent: Who printed or said it before.
        child: Who took it from there.
        is_main: True for the one edge by which the child hangs in the tree; False where a chain
            names a second one beside it, or where chains differ.
    """

    parent: str
    child: str
    is_main: bool


@dataclass(frozen=True)
class RelayGraph:
    """Who printed whom for one claim.

    Attributes:
        claim_id: The claim.
        nodes: The origin first, then down each branch: an outline read from top to bottom.
        edges: Main edges make a tree with the origin as its root; the others only add to it.
    """

    claim_id: str
    nodes: tuple[RelayNode, ...]
    edges: tuple[RelayEdge, ...]

    @cached_property
    def parents(self) -> dict[str, str]:
        """The main parent of each node but the origin."""
        return {edge.child: edge.parent for edge in self.edges if edge.is_main}

    @cached_property
    def by_id(self) -> dict[str, RelayNode]:
        """The nodes by their ids."""
        return {node.node_id: node for node in self.nodes}

    @cached_property
    def carried(self) -> dict[str, int]:
        """How many documents have it from each node, by whatever number of steps."""
        counts: Counter[str] = Counter()
        for node in self.nodes:
            if node.kind == "document":
                counts.update(_line_of(self.parents, node.node_id)[1:])
        return {node.node_id: counts[node.node_id] for node in self.nodes}

    def beside(self, node_id: str) -> tuple[RelayNode, ...]:
        """Return from whom else a node is said to have it, the origin left out."""
        others = [edge.parent for edge in self.edges if edge.child == node_id and not edge.is_main]
        return tuple(self.by_id[parent] for parent in others if parent != ORIGIN)


def parse_relays(text: object) -> tuple[tuple[str, ...], ...]:
    """Return the steps of a chain, outermost first; each step holds the names side by side.

    Remarks such as 'recalls NIS of April' are no step and are left out. Anything that is not text
    gives no steps.
    """
    if not isinstance(text, str):
        return ()
    steps = (_names_of_step(step) for step in text.split("<"))
    return tuple(step for step in steps if step)


def _names_of_step(step: str) -> tuple[str, ...]:
    names = [name.strip() for name in _BESIDE.split(step)]
    return tuple(name for name in names if name and not _ASIDE.match(name.casefold()))


def outlet_key(name: str) -> str:
    """Return a name without what varies between chains, so that one outlet has one key.

    'The Korea Herald' and 'Korea Herald' are one, as are 'Yonhap', 'Yonhap (Japanese)' and
    'Yonhap News Agency'. 'Yonhap News TV' is another.
    """
    plain = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFKC", _bare(name)).casefold()).strip()
    plain = plain.removeprefix("the ")
    for ending in _ENDINGS:
        plain = plain.removesuffix(f" {ending}")
    return _SAME_OUTLET.get(plain, plain)


def _bare(name: str) -> str:
    """Return a name without brackets, unless nothing else is there."""
    return _IN_BRACKETS.sub("", name).strip() or name.strip()


def relay_graph(dataset: Dataset, claim_id: str) -> RelayGraph:
    """Return who printed whom for one claim.

    A name in a chain that is the publisher of a document of this claim is that document; every
    other name is one node, however many documents went through it. Unnamed wires stay apart:
    nothing shows that two of them are one. Where chains differ about whom somebody had it from, a
    chain that names somebody beats those that leave it out, and then most documents decide.

    Raises:
        LookupError: There is no such claim; the message names the nearest id.
    """
    claimant = str(claim(dataset, claim_id)["claimant"])
    rows = records(documents(dataset, [claim_id]))
    paths = _paths(rows, _Names.of_claimant(dataset, claimant))
    names = {ORIGIN: claimant, **_names_of_relays(paths.values())}
    names |= {_document_id(row): str(row["publisher_name"]) for row in rows}
    merged = _documents_named(rows, paths.values())
    steps = _steps(paths, merged)
    parents = _main_parents(steps, [_document_id(row) for row in rows])
    layers = _layers(parents, {_document_id(row): _lowest_layer(row) for row in rows})
    dates = {
        _document_id(row): row["published_on"] for row in rows if is_given(row["published_on"])
    }
    nodes = tuple(
        _node(node_id, names[node_id], layers[node_id])
        for node_id in _outline(parents, names, dates)
    )
    return RelayGraph(claim_id, nodes, _edges(nodes, parents, steps))


# ------------------------------------------------------------------ names


@dataclass(frozen=True)
class _Names:
    """How to tell those who print from those who speak.

    Attributes:
        own: Keys of the claimant and of all bodies of its state or organisation.
        printers: Keys of publishers, and of those named in the middle of a chain.
    """

    own: frozenset[str]
    printers: frozenset[str]

    @classmethod
    def of_claimant(cls, dataset: Dataset, claimant: str) -> _Names:
        tops = top_level_bodies(dataset.claimants)
        relatives = [
            row
            for row in records(dataset.claimants)
            if tops[row["claimant"]] == tops[claimant] and row["kind"] != ClaimantKind.UNNAMED
        ]
        own = {
            outlet_key(name)
            for row in relatives
            for name in (row["name"], *_listed_names(row["aliases"]))
        }
        return cls(frozenset(own), frozenset(_printers(dataset)) - own)

    def printed(self, name: str, is_innermost: bool) -> bool:
        """Return True where a name in a chain printed the statement, False where it made it."""
        key, folded = outlet_key(name), name.casefold()
        if key in self.own or not key:
            return False
        if key in self.printers:
            return True
        is_own = any(key.startswith(f"{own} ") for own in self.own)
        return not (is_innermost or is_own or _SPOKEN.match(folded))


def _listed_names(aliases: object) -> list[str]:
    return aliases.split("; ") if isinstance(aliases, str) else []


def _printers(dataset: Dataset) -> set[str]:
    sources = dataset.sources
    own_voice = [SourceKind.OFFICIAL, SourceKind.MULTILATERAL]
    publishers = sources.loc[~sources["kind"].isin(own_voice), "publisher_name"].dropna()
    between = {
        name
        for text in sources["relays"].dropna().unique()
        for step in parse_relays(text)[1:-1]
        for name in step
        if not _SPOKEN.match(name.casefold()) and not _NAMELESS.match(name.casefold())
    }
    return {outlet_key(name) for name in (*publishers, *between)}


# ------------------------------------------------------------------ paths

Path = tuple[tuple[str, ...], ...]
"""The nodes behind a document, nearest first; each step holds those named side by side."""


def _document_id(row: Record) -> str:
    return f"document:{row['source_id']}"


@dataclass(frozen=True)
class _Named:
    """A step of a path: the id of its node and the name as written."""

    node_id: str
    name: str


def _named(name: str, row: Record) -> _Named:
    """Return a relay; a nameless one belongs to the one document alone."""
    if _NAMELESS.match(name.casefold()):
        return _Named(f"{_UNKNOWN}{row['source_id']}:{name}", name)
    return _Named(f"relay:{outlet_key(name)}", _bare(name))


def _paths(rows: Sequence[Record], names: _Names) -> dict[str, list[list[_Named]]]:
    return {_document_id(row): _path(row, names) for row in rows}


def _path(row: Record, names: _Names) -> list[list[_Named]]:
    """Return those who printed the statement before a document, nearest first.

    An innermost step that names outlets beside bodies lists origins: there the body comes first.
    """
    behind = parse_relays(row["relays"])[1:]
    path = []
    for number, step in enumerate(behind):
        is_innermost = number == len(behind) - 1
        printed = [
            _named(name, row) if names.printed(name, is_innermost) else _Named(ORIGIN, "")
            for name in step
        ]
        if is_innermost:
            printed.sort(key=lambda named: named.node_id != ORIGIN)
        if any(named.node_id != ORIGIN for named in printed):
            path.append(printed)
    return path


def _names_of_relays(paths: Iterable[list[list[_Named]]]) -> dict[str, str]:
    """Return the name of each relay as most chains write it."""
    spellings: dict[str, Counter[str]] = {}
    for path in paths:
        for named in (named for step in path for named in step if named.node_id != ORIGIN):
            spellings.setdefault(named.node_id, Counter())[named.name] += 1
    return {
        node_id: min(counts, key=lambda name: (-counts[name], len(name), name))
        for node_id, counts in spellings.items()
    }


def _documents_named(rows: Sequence[Record], paths: Iterable[list[list[_Named]]]) -> dict[str, str]:
    """Return for each relay that is a document of the claim the id of that document."""
    used = {named.node_id for path in paths for step in path for named in step}
    merged: dict[str, str] = {}
    for row in rows:
        relay_id = f"relay:{outlet_key(str(row['publisher_name']))}"
        if relay_id in used:
            merged.setdefault(relay_id, _document_id(row))
    return merged


def _steps(
    paths: Mapping[str, list[list[_Named]]], merged: Mapping[str, str]
) -> dict[str, list[Path]]:
    """Return for each node what the chains say is behind it."""
    behind: dict[str, list[Path]] = {}
    for document, path in paths.items():
        line: list[tuple[str, ...]] = [(document,)]
        for step in path:
            named_here = [merged.get(named.node_id, named.node_id) for named in step]
            others = tuple(node_id for node_id in named_here if node_id not in line[-1])
            line += [others] if others else []
        line.append((ORIGIN,))
        for number, node_ids in enumerate(line[:-1]):
            for node_id in node_ids:
                if node_id != ORIGIN:
                    behind.setdefault(node_id, []).append(tuple(line[number + 1 :]))
    return behind


# ------------------------------------------------------------------ the tree


def _main_parents(steps: Mapping[str, list[Path]], document_ids: Sequence[str]) -> dict[str, str]:
    """Return the one parent of each node, so that no line leads back to itself.

    A document's own chain decides for it.
    """
    is_document = set(document_ids)
    parents: dict[str, str] = {}
    order = [*document_ids, *sorted(set(steps) - is_document)]
    for node_id in order:
        said = steps[node_id][:1] if node_id in is_document else steps[node_id]
        parents[node_id] = next(
            parent
            for parent in (*_by_weight(said), ORIGIN)
            if node_id not in _line_of(parents, parent)
        )
    return parents


def _by_weight(paths: Sequence[Path]) -> list[str]:
    """Return the nearest of each path: names before the nameless, the origin last."""
    counts = Counter(min(path[0], key=_is_nameless) for path in paths)

    def weight(node_id: str) -> tuple[bool, bool, int, str]:
        return (node_id == ORIGIN, _is_nameless(node_id), -counts[node_id], node_id)

    return sorted(counts, key=weight)


def _is_nameless(node_id: str) -> bool:
    return node_id.startswith(_UNKNOWN)


def _line_of(parents: Mapping[str, str], node_id: str) -> list[str]:
    """Return a node and those above it as far as known, nearest first."""
    line = [node_id]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def _lowest_layer(row: Record) -> int:
    return _ROLE_LAYERS[SourceRole(str(row["role"]))]


def _layers(parents: Mapping[str, str], lowest: Mapping[str, int]) -> dict[str, int]:
    """Return the layer of each node: one below its parent, and no less than its role asks."""
    layers = {ORIGIN: 0}

    def layer(node_id: str) -> int:
        if node_id not in layers:
            layers[node_id] = max(layer(parents[node_id]) + 1, lowest.get(node_id, 1))
        return layers[node_id]

    return {node_id: layer(node_id) for node_id in (ORIGIN, *parents)}


def _outline(
    parents: Mapping[str, str], names: Mapping[str, str], dates: Mapping[str, str]
) -> list[str]:
    """Return the ids from top to bottom: large branches first, then by date, undated last."""
    sizes = Counter(above for node_id in parents for above in _line_of(parents, node_id))
    children: dict[str, list[str]] = {}
    for node_id, parent in parents.items():
        children.setdefault(parent, []).append(node_id)

    def below(node_id: str) -> list[str]:
        order = sorted(
            children.get(node_id, []),
            key=lambda child: (-sizes[child], dates.get(child, "9999"), names[child], child),
        )
        return [node_id, *(each for child in order for each in below(child))]

    return below(ORIGIN)


def _node(node_id: str, name: str, layer: int) -> RelayNode:
    kind, _, rest = node_id.partition(":")
    if kind == "document":
        return RelayNode(node_id, "document", name, layer, rest)
    return RelayNode(node_id, "relay" if kind == "relay" else "origin", name, layer)


def _edges(
    nodes: Sequence[RelayNode], parents: Mapping[str, str], steps: Mapping[str, list[Path]]
) -> tuple[RelayEdge, ...]:
    """Return the edges in the order of the outline, the main one of each child first."""
    edges = []
    for node in nodes[1:]:
        main = RelayEdge(parents[node.node_id], node.node_id, is_main=True)
        said = dict.fromkeys(each for path in steps[node.node_id] for each in path[0])
        others = [each for each in said if each not in (main.parent, node.node_id)]
        edges += [main, *(replace(main, parent=other, is_main=False) for other in others)]
    return tuple(edges)
