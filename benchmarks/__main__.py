"""Run the benchmarks, print their tables and write them into docs/performance.md.

make bench                        # everything
make bench ARGS="loads reruns"    # some tables
make bench ARGS=--quick           # a try with few runs; writes nothing
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from benchmarks.loading import loading
from benchmarks.pages import loads, redraws, starts
from benchmarks.readers import crowds, reruns, reruns_at_100
from benchmarks.servers import ROOT
from benchmarks.table import table, with_table

PAGE = ROOT / "docs" / "performance.md"
RUNS, QUICK_RUNS = 7, 2


class Part(StrEnum):
    """A table of the report."""

    STARTS = "starts"
    LOADS = "loads"
    REDRAWS = "redraws"
    RERUNS = "reruns"
    RERUNS_AT_100 = "reruns-at-100"
    CROWDS = "crowds"
    LOADING = "loading"


_MEASURE = {
    Part.STARTS: starts,
    Part.LOADS: loads,
    Part.REDRAWS: redraws,
    Part.RERUNS: reruns,
    Part.RERUNS_AT_100: reruns_at_100,
    Part.CROWDS: crowds,
    Part.LOADING: loading,
}


def main(
    parts: Annotated[list[Part] | None, typer.Argument(help="Tables to measure; all if none.")] = (
        None
    ),
    quick: Annotated[bool, typer.Option("--quick", help="Few runs; writes nothing.")] = False,
) -> None:
    """Measure, print, and write the tables into docs/performance.md."""
    runs = QUICK_RUNS if quick else RUNS
    for part in parts or list(Part):
        found = table(_MEASURE[part](runs), runs)
        print(f"\n{part.value}\n\n{found}", flush=True)
        if not quick:
            written = with_table(PAGE.read_text(encoding="utf-8"), part.value, found)
            PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
