"""`python -m dashboard` is the command `shipments`."""

from dashboard.cli import app

app(prog_name="shipments")
