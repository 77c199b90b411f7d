"""The pieces of the benchmarks work; nothing here measures time."""

import asyncio

import pytest

from benchmarks.floors import write_floors
from benchmarks.scaling import multiplied
from benchmarks.servers import running
from benchmarks.sessions import session
from benchmarks.table import Figure, with_table
from dashboard.checks import check_folder
from dashboard.dataset import load_dataset


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    return multiplied(tmp_path_factory.mktemp("twice"), 2)


def test_multiplied_data_have_no_fault(twice):
    _, issues = check_folder(twice)
    assert issues == ()


def test_multiplied_data_have_as_many_claims_and_documents_more(twice):
    shipped, larger = load_dataset(), load_dataset(twice)
    for table in ("claims", "sources", "claim_sources"):
        assert len(getattr(larger, table)) == 2 * len(getattr(shipped, table))
    assert len(larger.claimants) == len(shipped.claimants)


def test_no_two_multiplied_documents_share_an_address(twice):
    shipped, larger = load_dataset(), load_dataset(twice)
    assert larger.sources["url"].nunique() == 2 * shipped.sources["url"].nunique()


@pytest.mark.slow
def test_a_session_without_a_browser_changes_a_control(tmp_path):
    async def changed(port):
        async with session(port) as reader:
            return [await reader.change("step", place) for place in (1, 2)]

    with running(write_floors(tmp_path / "floors")["streamlit"]) as server:
        reruns = asyncio.run(changed(server.port))
        assert server.memory_mb() > 10
        assert server.cpu_seconds() > 0
    assert all(rerun.bytes > 1000 for rerun in reruns)


@pytest.mark.parametrize(
    ("figure", "row"),
    [
        (
            Figure("redraw", 30, "ms", 20, "Dash", most_ratio=2),
            "| redraw | 30.0 ms | 20.0 ms (Dash) | 1.50 | ≤ 2 × | yes |",
        ),
        (
            Figure("bytes", 1234.5, "kB", most=60),
            "| bytes | 1,234 kB |  |  | ≤ 60 kB | **no** |",
        ),
        (Figure("files", 12, "", 4, "static"), "| files | 12.0 | 4.00 (static) | 3.00 | – |  |"),
    ],
)
def test_a_figure_is_a_row_of_the_table(figure, row):
    assert figure.row() == row


def test_a_table_goes_between_its_markers():
    page = "before\n<!-- bench loads -->\nold\n<!-- end loads -->\nafter"
    written = "before\n<!-- bench loads -->\n\nnew\n\n<!-- end loads -->\nafter"
    assert with_table(page, "loads", "new") == written


def test_a_page_without_markers_is_left_alone():
    with pytest.raises(ValueError, match="no markers for loads"):
        with_table("before <!-- bench loads --> after", "loads", "new")
