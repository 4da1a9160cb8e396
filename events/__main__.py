"""The command line: python -m events COMMAND; --help names the commands.

For people in a terminal and for scripts. Data go to standard output or to -o, as JSON Lines in UTF-8; messages and
progress go to standard error. Exit status: 0 all well, 1 some input was bad (it is named, the rest is done), 2 bad use.
"""

from __future__ import annotations

import typer
from typer.main import get_command

from events.audit_command import audit
from events.dashboard.handing_over.brief_command import brief
from events.exporting.command import export
from events.extraction_commands import extract, geoparse, ingest, read, times
from events.importing.command import import_events
from events.store_commands import backup, check, copy, gold, index, migrate, reextract, restore
from events.terminal import Commands, guard_logs
from events.watching.command import watch

app = typer.Typer(
    cls=Commands,
    help="News stories in, dated and placed events out.",
    epilog="Input: text, web pages, feeds, tables (CSV, xlsx), PDF, Word, e-mails, JSON Lines, .zip and .gz of these, "
    "or folders; see docs/input-formats.md. "
    "Exit status: 0 all well, 1 some input was bad (it is named, the rest is done), 2 bad use.",
    no_args_is_help=True,
    add_completion=False,
)
for _command in (ingest, watch, brief, export):
    app.command()(_command)
app.command("import")(import_events)
for _command in (read, extract, geoparse, times, check, backup, restore, copy, migrate, reextract, index, audit, gold):
    app.command()(_command)


if __name__ == "__main__":
    guard_logs()
    get_command(app)()  # and not app(), which would put a hook of Typer's own in the place of ours
