"""The documents keep to the truth: links lead somewhere, commands exist, every folder is explained."""

import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|src(?:set)?=\"([^\"]+)\"")
COMMAND = re.compile(r"python -m (events|geodata) ([a-z]+)([^\n`]*)")
LEAST_PICTURE, LARGEST_PICTURE = 20_000, 400_000  # bytes


def commands(page):
    return sorted({(program, name) for program, name, _ in COMMAND.findall(page.read_text(encoding="utf-8"))})


def options(page, program, name):
    lines = [rest for p, n, rest in COMMAND.findall(page.read_text(encoding="utf-8")) if (p, n) == (program, name)]
    words = [word for line in lines for word in shlex.split(line.split("|")[0].split("]")[0], comments=True)]
    return {word for word in words if re.fullmatch(r"--?[a-z-]+", word)}


def help_of(program, name=""):
    app = import_module(f"{program}.__main__").app
    told = CliRunner().invoke(app, [*([name] if name else []), "--help"], prog_name=program)
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file(page):
    links = ["".join(found).split("#")[0] for found in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [link for link in links if link and not link.startswith(("http:", "https:", "mailto:"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_command_of_the_readme_exists_with_its_options():
    for program, name in commands(README):
        text = help_of(program, name)
        assert [option for option in options(README, program, name) if option not in text] == []


def test_every_command_that_there_is_stands_in_the_readme():
    named = {name for program, name in commands(README) if program == "events"}
    there_are = set(re.findall(r"^│ ([a-z]+) ", help_of("events"), re.MULTILINE))
    assert named == there_are


def test_every_make_target_of_the_documents_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"\n{''.join(target)}:" in makefile, f"{page.name} names make {''.join(target)}"


def test_every_folder_at_the_top_is_explained_in_the_architecture():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: what belongs to the project can't be told from what lies in the folder")
    folders = {path.split("/")[0] for path in listed.stdout.splitlines() if "/" in path}
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [name for name in sorted(folders) if not name.startswith(".") and f"[{name}/]" not in text] == []


def test_the_readme_opens_with_a_picture_of_a_moderate_size():
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert README.read_text(encoding="utf-8").index("<picture>") < 300
    assert all(LEAST_PICTURE < picture.stat().st_size < LARGEST_PICTURE for picture in pictures)
    assert pictures


def test_the_readme_s_python_prints_what_the_readme_says():
    code = "\n".join(re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL))
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    assert said.splitlines() == re.findall(r"^# (.*)$", code, re.MULTILINE) != []
