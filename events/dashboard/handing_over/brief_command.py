"""The command `brief`: a view of a store as a briefing, in the format that the file's ending names.

It stands in the page's room because the HTML briefing holds the page's own map; nothing of Streamlit is loaded for the
other formats. Messages go to standard error.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from events.command_output import write_bytes
from events.look import locale
from events.selected_view import selected
from events.terminal import Messages, told_as_bad_use
from events.view_options import DAY, ViewOptions, takes_a_view

if TYPE_CHECKING:
    from events.briefing import Briefing, Sheet

RUN_BY_STREAMLIT = "streamlit.runtime.scriptrunner_utils.script_run_context"  # the logger of a warning
ENDINGS = (".pdf", ".png", ".svg", ".md", ".html")
messages = Messages()


@takes_a_view
def brief(
    view: ViewOptions,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Ends in .pdf, .png, .svg, .md or .html.")
    ],
    title: Annotated[str, typer.Option(metavar="TEXT", help="The headline; else made from the view.")] = "",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=[DAY], metavar="YYYY-MM-DD", help="The day it stands for; else the newest story's."
        ),
    ] = None,
    layout: Annotated[
        Literal["page", "slide"], typer.Option(help="Paper in the light, or a dark slide of 16:9 for screens.")
    ] = "page",
    paper: Annotated[Literal["a4", "letter"], typer.Option(help="The size of the pages.")] = "a4",
) -> None:
    """A view of the store as a briefing: map, timeline strip and list, as PDF, PNG, SVG, Markdown or HTML.

    The same stories, view and --as-of give the same bytes.

    Example: python -m events brief --region "Baltic Sea" --title "Watch over the Baltic" -o baltic.pdf
    """
    if output.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"{output} ends in none of {', '.join(ENDINGS)}", param_hint="-o")
    from events.briefing import Choices, Sheet, compose

    chosen = view.filter()
    with told_as_bad_use(messages):
        with selected(view.store, chosen) as found:
            choices = Choices(title=title, as_of=as_of.date() if as_of else None)
            briefing = compose(found.view, found.table, found.gazetteer, choices)
        made = written(briefing, output.suffix.lower(), Sheet(layout, paper))
    write_bytes(output, made)
    messages.print(f"{briefing.title}: {' '.join(briefing.coverage)} Written to {output}.")


def written(briefing: Briefing, ending: str, sheet: Sheet) -> bytes:
    """A briefing in the format of an ending (".pdf"); Markdown and HTML have no sheet. Raises BriefingError."""
    from events.briefing import markdown, pdf, png, svg

    with locale.usual():
        if ending == ".md":
            return markdown(briefing)
        if ending == ".html":
            logging.getLogger(RUN_BY_STREAMLIT).disabled = True  # it warns of every other command
            from events.dashboard.handing_over.briefing_html import html

            return html(briefing)
        return {".pdf": pdf, ".png": png, ".svg": svg}[ending](briefing, sheet)
