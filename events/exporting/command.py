"""The command `export`: a view of a store as a file.

Data go to -o or to standard output, what was written and what was left out to standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from events.command_output import Output, write_parts
from events.selected_view import Selected, selected
from events.terminal import Messages, told_as_bad_use
from events.view_options import ViewOptions, takes_a_view

if TYPE_CHECKING:
    from events.exporting.dataset import Scope
    from events.exporting.formats import Format

TEXT = frozenset({"geojson", "csv", "kml", "ics", "jsonl"})
messages = Messages()


@takes_a_view
def export(
    view: ViewOptions,
    format_name: Annotated[
        str,
        typer.Option(
            "--format", metavar="NAME", help="geojson, csv, gpkg, kml, parquet, ics or jsonl; else by the ending."
        ),
    ] = "",
    output: Output = None,
    to_dataset: Annotated[
        Path | None,
        typer.Option(
            "--to-dataset", metavar="DIR", help="Write a folder of GeoParquet, a month a file, with the stories beside."
        ),
    ] = None,
) -> None:
    """A view of the store as GeoJSON, CSV, GeoPackage, KML, GeoParquet, iCalendar or JSON Lines; or, however large it is, as
    a dataset: a folder of GeoParquet files that other programs read, and --store too.

    Example: python -m events export --region "Baltic Sea" --from 2025-01-01 -o baltic.gpkg
    """
    if to_dataset and (output or format_name):
        raise typer.BadParameter("a dataset takes neither --format nor -o", param_hint="--to-dataset")
    form = None if to_dataset else _form(format_name, output)
    chosen = view.filter()
    with told_as_bad_use(messages), selected(view.store, chosen, near=not to_dataset) as found:
        if to_dataset:
            _write_dataset(found, to_dataset)
        elif form:
            _write_file(found, form, output)


def _write_file(found: Selected, form: Format, output: Path | None) -> None:
    from events.exporting.dataset import (  # GDAL takes a moment to load: --help does without it
        dataset_of,
        grounded,
        scope_of,
    )

    scope = scope_of(found.view, found.stories, found.elsewhere)
    if form.in_parts:
        write_parts(output, form.in_parts(scope, grounded(found.view, found.gazetteer)))
    else:
        write_parts(output, [form.write(dataset_of(found.view, found.gazetteer, found.stories, found.elsewhere))])
    _say(scope, f"{form.label}{f' in {output}' if output else ''}")


def _write_dataset(found: Selected, folder: Path) -> None:
    from events.exporting.archive import write_view

    try:
        scope = write_view(found.view, found.store, found.gazetteer, folder)
    except OSError as error:
        raise typer.BadParameter(f"{folder} can't be written: {error.strerror}", param_hint="--to-dataset") from error
    _say(scope, f"a dataset in {folder}")


def _say(scope: Scope, what: str) -> None:
    messages.print(
        f"{scope.events} events as {what}: {scope.undated} undated and {scope.unplaced} unplaced among them, "
        f"{scope.left_out} left out. Filters: {scope.filters_in_words()}."
    )


def _form(name: str, output: Path | None) -> Format:
    """The format that is meant. Raises typer.BadParameter for none that is known, and for bytes on a terminal."""
    from events.exporting.formats import FORMATS, format_of

    form = format_of(name or output or "geojson")
    if form is None:
        known = ", ".join(FORMATS)
        raise typer.BadParameter(f"{name or output} is of no format that is known: {known}", param_hint="--format")
    if output is None and form.name not in TEXT and sys.stdout.isatty():
        raise typer.BadParameter(f"{form.label} is no text: name a file with -o", param_hint="-o")
    return form
