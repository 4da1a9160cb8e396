"""The gazetteer from the command line: python -m geodata build | lookup NAME."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Column, Table

from geodata.gazetteer import Gazetteer, default_path
from geodata.place import Candidate, GazetteerError
from geodata.prior import prior

if TYPE_CHECKING:
    from geodata.build import BuildReport

BORDERS = Path(__file__).resolve().parents[1] / "static" / "base" / "countries-50m.geojson"
STAGES = 8

app = typer.Typer(help="The gazetteer: build it, look names up.", no_args_is_help=True, add_completion=False)
console = Console(highlight=False, markup=False, emoji=False)
messages = Console(stderr=True, highlight=False, markup=False, emoji=False)


@app.command()
def build(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to; else your cache folder.")] = None,
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing where the file was built from the inputs of today.")
    ] = False,
    geonames: Annotated[
        Path | None,
        typer.Option("--geonames", help="A full GeoNames dump: allCountries.txt, one country's file, or their folder."),
    ] = None,
) -> None:
    """Build the gazetteer file from the pinned packages and the curated tables; about 20 seconds.

    With --geonames it is built from a full dump as well, and says what that gained; alternateNamesV2.txt,
    admin1CodesASCII.txt and admin2Codes.txt are used where they lie beside it.
    """
    target = output or default_path()
    if if_needed and geonames is None and _is_current(target):
        return
    from geodata.build import build as build_file  # half a second that a look-up does not need

    columns = (SpinnerColumn(), TextColumn("Building the gazetteer: {task.description}"), BarColumn())
    with Progress(*columns, console=messages, transient=True) as progress:
        task = progress.add_task("starting", total=STAGES)
        try:
            report = build_file(
                target, BORDERS, lambda stage: progress.update(task, description=stage, advance=1), geonames
            )
        except (OSError, ValueError) as error:
            messages.print(str(error))
            raise typer.Exit(2) from error
    _say(target, report)


@app.command()
def lookup(name: str) -> None:
    """The places that a name may mean, likeliest first, and why the first is first.

    Example: python -m geodata lookup Georgia
    """
    try:
        candidates = Gazetteer.open().candidates(name)
    except GazetteerError as error:
        messages.print(str(error))
        raise typer.Exit(2) from error
    if not candidates:
        messages.print(f"{name} is not in the gazetteer")
        raise typer.Exit(1)
    console.print(_table(candidates))
    console.print(why_first(candidates))


def why_first(candidates: tuple[Candidate, ...]) -> str:
    """One line on what puts the first candidate before the second, with no story around."""
    first = candidates[0]
    if len(candidates) == 1:
        return "The only place of this name."
    if first.place.standing:
        return "Common use puts it before the others: the largest town of the division that bears its name, or by our table."
    if first.place.curated:
        return "A fact of our own tables outranks towns of the same name."
    if first.place.kind in {"country", "continent", "province"}:
        return f"Its {first.place.kind} outranks towns of the same name."
    return f"The most people ({first.place.population:,}) of {len(candidates)} places of this name."


def _table(candidates: tuple[Candidate, ...]) -> Table:
    """The first fifteen, in eighty columns: a name may take two lines, and an id is never cut, for one copies it."""
    numbers = [Column(heading, justify="right", no_wrap=True) for heading in ("lat", "lon", "people")]
    end = [Column(heading, no_wrap=True) for heading in ("prior", "id")]
    table = Table("", "name", "kind", "in", *numbers, "by", *end, box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for number, candidate in enumerate(candidates[:15], 1):
        place = candidate.place
        countries = place.country or " ".join(place.countries[:4])
        table.add_row(
            str(number), place.name, place.kind, f"{countries} {place.admin1}".strip(), f"{place.lat:.2f}",
            f"{place.lon:.2f}", f"{place.population:,}", candidate.match, f"{prior(place, candidate.match):.1f}", place.id,
        )  # fmt: skip
    return table


def _is_current(target: Path) -> bool:
    """Whether the file is there, of this format, and built from today's tables and packages (or a dump with them)."""
    from geodata.inputs import digest, inputs

    try:
        return Gazetteer.open(target).facts().get("digest") == digest(inputs(BORDERS))
    except GazetteerError:
        return False


def _say(target: Path, report: BuildReport) -> None:
    size = target.stat().st_size / 1e6
    messages.print(f"{report.places:,} places with {report.names:,} names in {target} ({size:.0f} MB)")
    if gain := report.gain:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in gain.kinds)
        messages.print(f"{gain.source}: {gain.rows:,} rows gave {gain.places:,} places more ({kinds or 'none'})")
        messages.print(f"and {gain.names:,} names more; {gain.skipped:,} lines could not be read and were skipped")
    for note in report.notes:
        messages.print(note)
    for row in report.problems:
        messages.print(f"passed over geodata/curated/{row.file}:{row.line}: {row.reason}")


if __name__ == "__main__":
    app()
