"""Origins: however many articles print a claim, how many bodies stand behind it."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.codes import Relation
from dashboard.origins import EVIDENCE_FREE, Origins, origins_in_words, origins_of
from tests.build import Cells, cells, claim, claimant, dataset_of_claims

BODIES = [
    claimant("msmt", kind="international", country=""),
    claimant("osc", kind="think-tank", country="GBR"),
    claimant("rok", kind="state", shares_with="us"),
    claimant("rok-dia", part_of="rok"),
    claimant("rok-mnd", part_of="rok"),
    claimant("rok-source", part_of="rok", kind="unnamed"),
    claimant("us", kind="state", country="USA", shares_with="rok"),
    claimant("us-state", part_of="us", country="USA"),
    claimant("western-officials", kind="unnamed", country=""),
]
NAMES = [row[0] for row in BODIES]

Link = tuple[str, str, str]


def dataset_of(claimant_of: dict[str, str], links: list[Link]):
    """Return a dataset of claims by their claimants, with links (claim, relation, other claim)."""
    return dataset_of_claims(
        [claim(claim_id, claimant=body) for claim_id, body in claimant_of.items()],
        claimants=BODIES,
        claim_links=[link_cells(link) for link in links],
    )


def link_cells(link: Link) -> Cells:
    claim_id, relation, other = link
    return cells("claim_links", claim_id=claim_id, relation=relation, other_claim_id=other)


def span(claimant_of: dict[str, str], links: list[Link], chosen: str) -> tuple[int, int]:
    """Return the low and the high count of origins behind the chosen claims."""
    origins = origins_of(dataset_of(claimant_of, links), chosen.split())
    return origins.origins_low, origins.origins_high


# ------------------------------------------------------------------ worked cases

CLAIMS = {
    "dia-13000": "rok-dia",
    "dia-6m-shells": "rok-dia",
    "state-16500": "us-state",
    "osc-ships": "osc",
    "msmt-28000": "msmt",
}
LINKS = [
    ("dia-6m-shells", "computed-from", "dia-13000"),
    ("msmt-28000", "aggregates", "dia-13000"),
    ("msmt-28000", "aggregates", "state-16500"),
]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("dia-13000", (1, 1)),
        ("dia-13000 dia-6m-shells", (1, 1)),
        ("dia-6m-shells", (1, 1)),
        ("dia-13000 state-16500", (1, 2)),
        ("dia-13000 state-16500 osc-ships", (2, 3)),
        ("dia-13000 state-16500 osc-ships msmt-28000", (2, 3)),
        ("msmt-28000", (1, 2)),
        ("osc-ships", (1, 1)),
        ("", (0, 0)),
    ],
)
def test_the_worked_cases_come_out_as_documented(chosen, expected):
    assert span(CLAIMS, LINKS, chosen) == expected


def test_two_bodies_of_one_state_are_one_origin():
    assert span({"a": "rok-dia", "b": "rok-mnd"}, [], "a b") == (1, 1)


def test_two_claims_that_cite_each_other_are_one_origin():
    links = [("a", "cites", "b"), ("b", "cites", "a")]
    assert span({"a": "osc", "b": "msmt"}, links, "a b") == (1, 1)


def test_a_circle_that_cites_another_claim_is_no_root():
    links = [("a", "cites", "b"), ("b", "cites", "a"), ("b", "cites", "c")]
    origins = origins_of(dataset_of({"a": "osc", "b": "msmt", "c": "rok"}, links), ["a"])
    assert origins.roots == ("c",)


def test_bodies_that_cite_each_other_in_a_circle_are_not_two_origins_elsewhere():
    links = [("a", "cites", "b"), ("b", "cites", "a")]
    bodies = {"a": "osc", "b": "msmt", "c": "osc", "d": "msmt"}
    assert span(bodies, links, "a b c d") == (1, 1)


def test_an_unnamed_body_counts_in_the_high_only():
    assert span({"a": "western-officials"}, [], "a") == (0, 1)


def test_an_unnamed_source_of_a_state_is_no_second_origin():
    assert span({"a": "rok-source", "b": "rok-mnd"}, [], "a b") == (1, 1)


def test_a_circle_with_an_unnamed_body_counts_in_the_high_only():
    links = [("a", "cites", "b"), ("b", "cites", "a")]
    assert span({"a": "western-officials", "b": "osc"}, links, "a b") == (0, 1)


def test_a_root_counts_though_it_was_not_chosen():
    origins = origins_of(dataset_of(CLAIMS, LINKS), ["dia-6m-shells"])
    assert origins.roots == ("dia-13000",)


@pytest.mark.parametrize("relation", EVIDENCE_FREE)
def test_a_link_without_evidence_makes_one_origin_of_two(relation):
    assert span({"a": "osc", "b": "rok"}, [("a", relation, "b")], "a b") == (1, 1)


@pytest.mark.parametrize("relation", sorted(set(Relation) - set(EVIDENCE_FREE)))
def test_a_link_of_another_sort_leaves_two_origins(relation):
    assert span({"a": "osc", "b": "rok"}, [("a", relation, "b")], "a b") == (2, 2)


def test_a_chain_is_walked_to_its_end():
    links = [("a", "cites", "b"), ("b", "restates", "c")]
    origins = origins_of(dataset_of({"a": "osc", "b": "msmt", "c": "rok"}, links), ["a"])
    assert (origins.roots, origins.origins_high) == (("c",), 1)


def test_an_article_that_carries_two_claims_is_one_article():
    dataset = dataset_of_claims(
        [claim("a"), claim("b")],
        claim_sources=[
            cells("claim_sources", claim_id=claim_id, source_id=source_id)
            for claim_id, source_id in (("a", "x"), ("a", "y"), ("b", "x"))
        ],
    )
    assert origins_of(dataset, ["a", "b"]).articles == 2


def test_a_claim_named_twice_counts_once():
    dataset = dataset_of(CLAIMS, LINKS)
    assert origins_of(dataset, ["dia-13000"] * 2) == origins_of(dataset, ["dia-13000"])


def test_an_unknown_claim_is_refused():
    with pytest.raises(LookupError, match="there is no claim 'nobody'"):
        origins_of(dataset_of(CLAIMS, LINKS), ["dia-13000", "nobody"])


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((34, 1, 1, 1), "34 articles · 1 claimant · 1 origin"),
        ((1, 2, 2, 2), "1 article · 2 claimants · 2 origins"),
        ((27, 3, 2, 3), "27 articles · 3 claimants · 2–3 origins"),
        ((2, 1, 0, 1), "2 articles · 1 claimant · 0–1 origins"),
    ],
)
def test_origins_are_told_beside_articles_and_claimants(counts, words):
    assert origins_in_words(Origins(*counts, roots=())) == words


# ------------------------------------------------------------------ whatever the claims

EMPTY = dataset_of({"a": "rok"}, [])
SLOTS = range(6)
PAIRS = st.tuples(st.sampled_from(SLOTS), st.sampled_from(SLOTS)).filter(lambda ab: ab[0] != ab[1])


class Web:
    """Claims by their claimants, who cites whom, and which claims are chosen."""

    def __init__(self, bodies: list[str], cites: set[tuple[int, int]], chosen: set[int]) -> None:
        self.bodies, self.cites = bodies, sorted(cites)
        self.chosen = sorted(chosen)

    def __repr__(self) -> str:
        return f"Web({self.bodies}, cites={self.cites}, chosen={self.chosen})"

    def origins(self, *, more=(), articles=(), backwards=False) -> Origins:
        """Return the origins, with further links or articles, or with all rows turned round."""
        step = -1 if backwards else 1
        claims = [(f"c{slot}", body) for slot, body in enumerate(self.bodies)]
        links = [(f"c{one}", "cites", f"c{other}") for one, other in [*self.cites, *more]]
        dataset = replace(
            EMPTY,
            claims=pd.DataFrame(claims[::step], columns=["claim_id", "claimant"]),
            claim_links=pd.DataFrame(
                links[::step], columns=["claim_id", "relation", "other_claim_id"]
            ),
            claim_sources=pd.DataFrame(articles, columns=["claim_id", "source_id"], dtype=object),
        )
        return origins_of(dataset, [f"c{slot}" for slot in self.chosen][::step])


WEBS = st.builds(
    Web,
    st.lists(st.sampled_from(NAMES), min_size=len(SLOTS), max_size=len(SLOTS)),
    st.sets(PAIRS, max_size=8),
    st.sets(st.sampled_from(SLOTS), min_size=2),
)


@given(WEBS)
def test_the_low_count_is_never_above_the_high(web):
    origins = web.origins()
    assert 0 <= origins.origins_low <= origins.origins_high <= origins.claimants + len(web.cites)


@given(WEBS)
def test_something_always_stands_behind_a_claim(web):
    origins = web.origins()
    assert origins.origins_high >= 1
    assert origins.roots


@given(WEBS, st.lists(st.sampled_from(SLOTS), max_size=5))
def test_another_article_never_adds_an_origin(web, carried):
    articles = [(f"c{slot}", f"article-{number}") for number, slot in enumerate(carried)]
    before, after = web.origins(), web.origins(articles=articles)
    assert replace(after, articles=before.articles) == before


@settings(max_examples=200)
@given(WEBS, st.data())
def test_linking_two_chosen_claims_never_adds_an_origin(web, data):
    link = data.draw(PAIRS.filter(lambda pair: set(pair) <= set(web.chosen)))
    before, after = web.origins(), web.origins(more=[link])
    assert after.origins_low <= before.origins_low
    assert after.origins_high <= before.origins_high


@given(WEBS)
def test_the_order_of_claims_and_rows_does_not_matter(web):
    assert web.origins() == web.origins(backwards=True)


@given(WEBS)
def test_taking_the_roots_instead_of_the_claims_changes_no_count(web):
    origins = web.origins()
    web.chosen = sorted(int(claim_id[1:]) for claim_id in origins.roots)
    roots = web.origins()
    assert roots.roots == origins.roots
    assert roots.origins_high >= origins.origins_high
