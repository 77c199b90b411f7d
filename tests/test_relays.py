"""Who printed whom: chains of relays, the tree that they make, and its drawing."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.palette import misprint_colour, surface
from dashboard.figures.relays import relay_chart
from dashboard.relays import ORIGIN, RelayGraph, outlet_key, parse_relays, relay_graph
from tests import build
from tests.build import cells, dataset_of_claims, source
from tests.test_palette import contrast

CENTRAL = (
    "rok-mnd-20240226-containers",
    "rok-dia-20240827-containers",
    "nis-20231101-shells",
    "us-nsc-20231013-containers",
)


def dataset_of_chains(*chains: str, **given_links: dict[str, str]):
    """Return a dataset of one claim; each chain is a document whose publisher is its first name."""
    sources, links = [], []
    for number, chain in enumerate(chains, start=1):
        source_id = f"s{number}"
        publisher = chain.split(" < ")[0].split(" @")[0]
        sources.append(source(source_id, publisher_as_found=publisher, relays=chain.split(" @")[0]))
        more = {"role": "relay" if " < " in chain else "first"} | given_links.get(source_id, {})
        links.append(cells("claim_sources", claim_id="a", source_id=source_id, **more))
    claim = build.claim("a", low="6700", high="6700", qualifier="about", item="containers")
    return dataset_of_claims([claim], sources=sources, claim_sources=links)


def graph_of(*chains: str, **given_links: dict[str, str]) -> RelayGraph:
    return relay_graph(dataset_of_chains(*chains, **given_links), "a")


def tree(graph: RelayGraph) -> dict[str, str]:
    """Return for each name the name of the main parent."""
    names = {node.node_id: node.name for node in graph.nodes}
    return {names[child]: names[parent] for child, parent in graph.parents.items()}


def layers(graph: RelayGraph) -> dict[str, int]:
    return {node.name: node.layer for node in graph.nodes}


# ------------------------------------------------------------------ chains


def test_a_chain_is_read_from_the_outside_in():
    assert parse_relays("Turan < Reuters < Minister Shin") == (
        ("Turan",),
        ("Reuters",),
        ("Minister Shin",),
    )


def test_names_side_by_side_are_one_step():
    assert parse_relays("RBC < Reuters; New York Times")[1] == ("Reuters", "New York Times")


def test_a_remark_is_no_step():
    assert parse_relays("Asia Economy < ROK MND; recalls NIS of 2023")[1] == ("ROK MND",)


@pytest.mark.parametrize("nothing", [None, float("nan"), "", " < ", "; "])
def test_nothing_gives_no_steps(nothing):
    assert parse_relays(nothing) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yonhap", "Yonhap News Agency"),
        ("Yonhap", "Yonhap (English, translated back)"),
        ("The Korea Herald", "Korea Herald"),
        ("AP", "Associated Press"),
        ("Bloomberg interview", "Bloomberg News interview"),
    ],
)
def test_spellings_of_one_outlet_have_one_key(one, other):
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Yonhap", "Yonhap News TV"), ("Bloomberg", "Bloomberg Línea"), ("KBS", "KBS World")],
)
def test_outlets_of_one_house_stay_apart(one, other):
    assert outlet_key(one) != outlet_key(other)


# ------------------------------------------------------------------ the tree


def test_the_origin_is_the_claimant():
    assert graph_of("KBS").nodes[0].name == "rok-mnd"


def test_documents_that_went_through_one_agency_hang_on_one_node():
    graph = graph_of("Turan < Yonhap < rok-mnd", "Babel < Yonhap (Japanese) < Minister Shin")
    assert tree(graph) == {"Yonhap": "rok-mnd", "Turan": "Yonhap", "Babel": "Yonhap"}


def test_a_relay_of_whom_there_is_a_document_is_that_document():
    graph = graph_of("Euromaidan < Yonhap < rok-mnd", "Copycat < Euromaidan < Yonhap < rok-mnd")
    assert tree(graph)["Copycat"] == "Euromaidan"
    assert [node.kind for node in graph.nodes if node.name == "Euromaidan"] == ["document"]


def test_two_unnamed_wires_are_not_one_wire():
    graph = graph_of("Turan < unnamed wire < rok-mnd", "Babel < unnamed wire < rok-mnd")
    assert sum(node.name == "unnamed wire" for node in graph.nodes) == 2


def test_who_speaks_for_the_claimant_is_no_relay():
    graph = graph_of("Turan < Rep. Kang Dae-sik < rok-dia report")
    assert tree(graph) == {"Turan": "rok-mnd"}


def test_another_body_of_the_same_state_is_no_relay():
    assert tree(graph_of("Turan < rok-dia < rok-mnd")) == {"Turan": "rok-mnd"}


def test_an_innermost_outlet_is_a_relay():
    graph = graph_of("Turan < Yonhap", "Yonhap")
    assert tree(graph) == {"Turan": "Yonhap", "Yonhap": "rok-mnd"}


def test_the_second_of_two_named_side_by_side_does_not_move_the_document():
    graph = graph_of("RBC < Reuters; Tass < rok-mnd")
    assert tree(graph)["RBC"] == "Reuters"
    assert [node.name for node in graph.beside("document:s1")] == ["Tass"]


def test_a_named_agency_comes_before_an_unnamed_one():
    assert tree(graph_of("RBC < foreign media; Yonhap < rok-mnd"))["RBC"] == "Yonhap"


def test_a_chain_that_names_a_step_beats_one_that_leaves_it_out():
    graph = graph_of("Turan < Reuters < rok-mnd", "Babel < Reuters < Yonhap < rok-mnd")
    assert tree(graph)["Reuters"] == "Yonhap"


def test_a_circle_still_ends_at_the_origin():
    graph = graph_of("Alpha < Beta < rok-mnd", "Beta < Alpha < rok-mnd")
    assert tree(graph) in (
        {"Alpha": "Beta", "Beta": "rok-mnd"},
        {"Beta": "Alpha", "Alpha": "rok-mnd"},
    )


def test_a_document_does_not_print_itself():
    assert tree(graph_of("Yonhap < Yonhap (English) < rok-mnd")) == {"Yonhap": "rok-mnd"}


def test_a_document_without_a_chain_hangs_on_the_origin():
    rows = [source("s1")]
    links = [cells("claim_sources", claim_id="a", source_id="s1", role="first")]
    dataset = dataset_of_claims([build.claim("a")], sources=rows, claim_sources=links)
    assert relay_graph(dataset, "a").parents == {"document:s1": ORIGIN}


def test_each_step_is_one_layer():
    graph = graph_of("Turan < Reuters < Yonhap < rok-mnd")
    assert layers(graph) == {"rok-mnd": 0, "Yonhap": 1, "Reuters": 2, "Turan": 3}


def test_a_relay_stands_no_nearer_than_second_hand():
    graph = graph_of("Turan < rok-mnd")
    assert layers(graph)["Turan"] == 2


def test_an_agency_counts_documents_at_any_depth():
    graph = graph_of("Turan < Reuters < Yonhap < rok-mnd", "Babel < Yonhap < rok-mnd")
    assert graph.carried["relay:yonhap"] == 2


def test_an_unknown_claim_names_the_nearest():
    with pytest.raises(LookupError, match="did you mean 'a'"):
        relay_graph(dataset_of_chains("KBS"), "aa")


NAMES = st.sampled_from(["A", "B", "C", "unnamed wire", "A; B", "", "Rep. X", "<", "a (b", ")"])


@given(st.lists(st.lists(NAMES, min_size=1, max_size=5).map(" < ".join), min_size=1, max_size=6))
def test_any_chains_make_a_tree_that_holds_every_document(chains):
    rows = [source(f"s{n}", publisher_as_found="A", relays=chain) for n, chain in enumerate(chains)]
    links = [cells("claim_sources", claim_id="a", source_id=f"s{n}") for n in range(len(chains))]
    dataset = dataset_of_claims([build.claim("a")], sources=rows, claim_sources=links)
    graph = relay_graph(dataset, "a")
    assert {node.source_id for node in graph.nodes} - {""} == {f"s{n}" for n in range(len(chains))}
    assert graph.carried[ORIGIN] == len(chains)
    for edge in graph.edges:
        if edge.is_main:
            assert graph.by_id[edge.parent].layer < graph.by_id[edge.child].layer


def test_every_claim_of_the_data_has_its_documents_in_the_tree(dataset):
    for claim_id, articles in zip(
        dataset.claims["claim_id"], dataset.claims["articles"], strict=True
    ):
        assert relay_graph(dataset, claim_id).carried[ORIGIN] == articles, claim_id


def test_yonhap_carries_most_of_seouls_6700(dataset):
    graph = relay_graph(dataset, CENTRAL[0])
    assert max(graph.carried.items(), key=lambda item: item[1] * (item[0] != ORIGIN))[0] == (
        "relay:yonhap"
    )


# ------------------------------------------------------------------ the drawing


def chart_of(*chains: str, **given_links: dict[str, str]):
    return relay_chart(dataset_of_chains(*chains, **given_links), "a", "light")


def words_on(chart: Any) -> list[str]:
    return [re.sub(r"<[^>]+>", "", note.text) for note in chart.figure.layout.annotations]


WRONG = {"s2": {"misprint": "rounded", "as_printed": "7,000", "role": "relay"}}


def test_the_title_tells_the_finding():
    chart = chart_of("KBS", "Turan < Yonhap < rok-mnd", "Babel < Yonhap < rok-mnd", **WRONG)
    assert chart.title == (
        "3 documents, one statement: 2 took it from others, through Yonhap; 1 prints it differently"
    )


def test_no_agency_is_named_where_two_are_equal():
    chart = chart_of("Turan < Yonhap < rok-mnd", "Babel < Reuters < rok-mnd")
    assert chart.title == "2 documents, one statement: all took it from others"


def test_a_misprint_is_written_out_and_has_its_own_mark():
    chart = chart_of("KBS", "Turan < Yonhap < rok-mnd", **WRONG)
    assert "prints: 7,000" in words_on(chart)
    marks = next(trace for trace in reversed(chart.figure.data) if trace.type == "scatter").marker
    assert [symbol == "x" for symbol in marks.symbol].count(True) == 1
    assert misprint_colour("light") in marks.color


def test_each_document_shows_language_and_date():
    assert "KBS · ko · no date" in words_on(chart_of("KBS"))


def test_the_lines_of_documents_carry_their_ids():
    rows = chart_of("KBS", "Turan < Yonhap < rok-mnd").figure.data[-1]
    assert [list(each) for each in rows.customdata if each[0] == "source"] == [
        ["source", "s2"],
        ["source", "s1"],
    ]


def test_the_table_has_one_row_a_document():
    table = chart_of("KBS", "Turan < Yonhap < rok-mnd", **WRONG).table
    assert sorted(table["Publisher"]) == ["KBS", "Turan"]
    turan = table[table["Publisher"] == "Turan"].iloc[0]
    assert turan["Came through"] == "Turan ← Yonhap ← rok-mnd"
    assert turan["Prints differently"] == "7,000 (another figure, rounded or mistyped)"


def test_hostile_words_stay_words():
    chart = chart_of("<b>KBS</b>")
    assert not any("<b><b>" in note.text for note in chart.figure.layout.annotations)


@pytest.mark.parametrize("claim_id", CENTRAL)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_two_lines_of_words_stand_on_each_other(dataset, claim_id, theme):
    notes = relay_chart(dataset, claim_id, theme).figure.layout.annotations
    heights = sorted(note.y for note in notes)
    assert all(later - earlier >= 15 for earlier, later in pairwise(heights))


@pytest.mark.parametrize("claim_id", CENTRAL)
def test_labels_fit_a_phone(dataset, claim_id):
    chart = relay_chart(dataset, claim_id, "light")
    for note, words in zip(chart.figure.layout.annotations, words_on(chart), strict=True):
        assert note.x * 268 + 9 + 6.4 * len(" ".join(words.split())) <= 283, words


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_misprints_stand_out_as_text(theme):
    assert contrast(misprint_colour(theme), surface(theme).page) >= 4.5


def test_a_claim_with_one_document_is_still_drawn():
    assert chart_of("KBS").title == "1 document, one statement: at first hand"
