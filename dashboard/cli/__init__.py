"""The command `shipments`: everything that the screen can show, as a table, CSV or JSON."""

from __future__ import annotations

import typer

from dashboard.cli.adding import adding
from dashboard.cli.briefing import briefing
from dashboard.cli.exporting import exporting
from dashboard.cli.links import links_of_documents
from dashboard.cli.queries import queries
from dashboard.cli.revising import revising
from dashboard.cli.upkeep import upkeep

app = typer.Typer(
    help="Reported arms shipments from North Korea to Russia: what was said, by whom, and when.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(upkeep)
app.add_typer(adding)
app.add_typer(revising)
app.add_typer(queries)
app.add_typer(exporting)
app.add_typer(briefing)
app.add_typer(links_of_documents)
