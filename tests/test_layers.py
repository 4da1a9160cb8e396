"""The layers hold: nothing imports upward, and only the page knows Streamlit, Folium and Altair."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ORDER = [
    ("geodata",),
    ("events.model", "events.ontology", "events.attribute_sureness", "events.terminal"),
    ("events.reading", "events.extraction"),
    ("events.fetching",),
    ("events.command_input", "events.command_output"),
    ("events.linking", "events.corrections", "events.reprints", "events.preparing"),
    ("events.distributing",),
    ("events.store",),
    ("events.view",),
    ("events.store_options", "events.view_options", "events.selected_view", "events.look"),
    ("events.briefing", "events.exporting", "events.importing", "events.watching"),
    (
        "events.dashboard",
        "events.extraction_commands",
        "events.store_commands",
        "events.audit_command",
        "events.__main__",
    ),
    ("app",),
]
PAGE_ONLY = {"streamlit", "folium", "branca", "streamlit_folium", "altair"}
SOURCES = [ROOT / "app.py", *sorted((ROOT / "events").rglob("*.py")), *sorted((ROOT / "geodata").rglob("*.py"))]


def module_name(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def rank(name: str) -> int | None:
    for number, rooms in enumerate(ORDER):
        if any(name == room or name.startswith(room + ".") for room in rooms):
            return number
    return None


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_module_imports_only_from_its_own_layer_or_below(path):
    own = rank(module_name(path))
    if own is None:
        return  # the package's own __init__ belongs to no layer
    upward = {name for name in imports_of(path) if (r := rank(name)) is not None and r > own}
    assert upward == set()


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_only_the_page_knows_streamlit_folium_and_altair(path):
    name = module_name(path)
    foreign = {imported.split(".")[0] for imported in imports_of(path)} & PAGE_ONLY
    assert not foreign or name == "app" or name.startswith("events.dashboard")


def test_reading_and_extraction_do_not_know_each_other():
    for path in SOURCES:
        name = module_name(path)
        for room, other in (("events.reading", "events.extraction"), ("events.extraction", "events.reading")):
            if name.startswith(room):
                assert not any(imported.startswith(other) for imported in imports_of(path)), name


INSIDE_EXTRACTION = [
    ("events.extraction.times", "events.extraction.places", "events.extraction.tagging"),
    ("events.extraction.happenings",),
    ("events.extraction.records",),
    ("events.extraction.pipeline",),
]


@pytest.mark.parametrize("path", [p for p in SOURCES if "extraction" in p.parts], ids=module_name)
def test_inside_extraction_places_times_and_names_come_before_happenings_and_those_before_records(path):
    def room(name):
        return next((n for n, rooms in enumerate(INSIDE_EXTRACTION) if name.startswith(rooms)), None)

    own = room(module_name(path))
    above = {name for name in imports_of(path) if own is not None and (room(name) or 0) > own}
    beside = {
        n for n in imports_of(path) if own == 0 and room(n) == 0 and n.split(".")[2] != module_name(path).split(".")[2]
    }
    assert (above, beside) == (set(), set())


def test_no_module_is_longer_than_400_lines_or_vaguely_named():
    for path in SOURCES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc", "manager"}, path


def test_nothing_hands_story_text_to_foliums_html_or_runs_it():
    banned = (
        "folium.Popup",
        "folium.Tooltip",
        "GeoJsonTooltip",
        "GeoJsonPopup",
        "DivIcon",
        "pickle",
        "yaml.load",
        "unsafe_allow_html",
    )
    for path in SOURCES:
        code = path.read_text(encoding="utf-8")
        assert [word for word in banned if word in code] == [], path


INSIDE_STORE = [
    ("database",),
    ("grouping", "columns"),
    ("keeping", "keeping_events", "standing", "reading", "streaming", "searching", "read_store"),
    ("words", "changes", "migrating", "archive"),
    ("upkeep",),
    ("store",),
    ("archive_store",),
]
MODULES_OF_STORE = INSIDE_STORE[2]  # no rooms: they know one another


def room_of_store(name: str) -> str:
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[:2] == ["events", "store"] else ""


@pytest.mark.parametrize("path", sorted((ROOT / "events" / "store").rglob("*.py")), ids=module_name)
def test_a_room_of_the_store_knows_only_those_below_and_none_knows_the_store_itself(path):
    ranks = {room: number for number, rooms in enumerate(INSIDE_STORE) for room in rooms}
    own = room_of_store(module_name(path))
    if not own:
        return  # the package's own __init__ joins them
    known = {room_of_store(name) for name in imports_of(path)} & ranks.keys() - {own}
    beside = set(MODULES_OF_STORE) if own in MODULES_OF_STORE else set()
    assert {room for room in known if ranks[room] >= ranks[own]} <= beside
