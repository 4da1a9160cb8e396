"""The five formats of a briefing: the same bytes each time, tagged and embedded, and hostile words as plain text."""

import hashlib
import io
import json
import os
import platform
import re
import subprocess
import sys
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from events.briefing import Sheet, markdown, pdf, png, svg
from events.briefing.land import BASE
from events.briefing.plain_text import plain
from events.briefing.typefaces import TYPEFACES
from events.dashboard.handing_over.briefing_html import html
from tests.briefings import HOSTILE, briefing, odd_views, places, told

DATA = Path(__file__).parent / "data" / "briefing"
WRITERS = {"pdf": pdf, "png": png, "svg": svg, "md": markdown, "html": html}
LIBRARIES = ("typst", "shapely", "pyproj", "numpy")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "path", "g", "use", "defs", "symbol", "clipPath", "image", "pattern", "text", "rect", "circle", "a"}


@pytest.fixture(autouse=True)
def browser_files():
    if not (BASE / "countries-50m.geojson").exists() or not TYPEFACES.exists():
        pytest.skip("set-up has not fetched land and typefaces")


class Page(HTMLParser):
    """The elements, handlers, links and words of a page, its scripts apart."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.handlers, self.links, self.words, self.inside = [], [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.inside = tag
        self.handlers += [name for name, _ in attributes if name.startswith("on")]
        self.links += [value for name, value in attributes if name in {"href", "src"}]

    def handle_data(self, data):
        if self.inside not in {"script", "style"}:
            self.words.append(data)


def hostile_briefing(words):
    place = places()["Riga"].model_copy(update={"name": words})
    event = told(1, place, what=words, quote=words)
    report = event.reports[0].model_copy(
        update={"source": words, "title": words, "url": f"https://example.org/{words}"}
    )
    event = event.model_copy(update={"attribution": words, "reports": (report,)})
    return briefing([event, event.model_copy(update={"id": "other", "place": None})], title=words)


def pdf_text(data):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("ending", WRITERS)
def test_the_same_briefing_has_the_same_bytes(ending):
    events = odd_views()["seven"]
    assert WRITERS[ending](briefing(events)) == WRITERS[ending](briefing(list(reversed(events))))


def test_another_process_makes_the_same_bytes():
    code = "import hashlib; from tests.briefings import *; from events.briefing import pdf; "
    code += "print(hashlib.sha256(pdf(briefing(odd_views()['scripts']))).hexdigest())"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert run.stdout.strip() == hashlib.sha256(pdf(briefing(odd_views()["scripts"]))).hexdigest()


def test_markdown_is_as_it_was_byte_for_byte():
    assert markdown(briefing(odd_views()["seven"])) == (DATA / "seven.md").read_bytes()


@pytest.mark.parametrize("ending", ["pdf", "png", "svg"])
def test_pages_are_as_they_were_byte_for_byte(ending):
    golden = json.loads((DATA / "golden.json").read_text(encoding="utf-8"))
    here = {**{name: version(name) for name in LIBRARIES}, "machine": platform.machine()}
    if here != golden["made with"]:
        pytest.skip(f"the sums are of {golden['made with']}")
    assert hashlib.sha256(WRITERS[ending](briefing(odd_views()["seven"]))).hexdigest() == golden["sha256"][ending]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_seven_events_stand_on_one_page(paper):
    reader = pypdf.PdfReader(io.BytesIO(pdf(briefing(odd_views()["seven"]), Sheet(paper=paper))))
    width = round(float(reader.pages[0].mediabox.width))
    assert (len(reader.pages), width) == (1, {"a4": 595, "letter": 612}[paper])


def test_sixty_events_take_more_pages_and_are_all_listed():
    reader = pypdf.PdfReader(io.BytesIO(pdf(briefing(odd_views()["sixty"]))))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 3
    assert all(f"happening number {n}\n" in text or f"happening number {n} " in text for n in range(60))


def test_the_pdf_is_tagged_for_readers_and_brings_its_typefaces():
    reader = pypdf.PdfReader(io.BytesIO(pdf(briefing(odd_views()["scripts"]))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a PDF's own boolean
    assert (root["/Lang"], reader.metadata.title) == ("en", "Events, 3–6 March 2025")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    below = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in below)


def test_other_scripts_are_set_or_named():
    data = pdf(briefing(odd_views()["scripts"]))
    text = pdf_text(data)
    assert "Переговоры в Киеве" in text
    assert "Συνάντηση στην Αθήνα" in text
    assert "[Japanese, 10 letters] [1 symbol]" in " ".join(text.split())
    drawn = pypdf.PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data()
    named = [bytes.fromhex(found.decode()).decode("utf-16") for found in re.findall(rb"/ActualText<(\w+)>", drawn)]
    assert set("نرخس") <= set(named)  # joined letters whose glyphs alone would not say what they are


def test_a_slide_is_dark_and_sixteen_by_nine():
    picture = Image.open(io.BytesIO(png(briefing(odd_views()["sixty"]), Sheet("slide"))))
    assert picture.size == (1920, 1080)
    assert max(picture.convert("RGB").getpixel((5, 5))) < 40


@pytest.mark.parametrize("name", ["none", "undated", "lines", "long titles"])
@pytest.mark.parametrize("layout", ["page", "slide"])
def test_odd_views_can_be_set_too(name, layout):
    made = briefing(odd_views()[name])
    assert pdf(made, Sheet(layout)).startswith(b"%PDF-1.7")
    assert svg(made, Sheet(layout)).startswith(b"<svg")
    assert b"folium-map" in html(made) or not made.entries


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_plain_text_in_html(words):
    page = Page(html(hostile_briefing(words)).decode())
    assert page.handlers == []
    assert set(page.tags) & {"img", "iframe", "object", "form", "b", "embed"} <= {"b"}
    assert all(link.startswith("https://example.org/") for link in page.links)
    assert plain(words)[:150] in "".join(page.words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_plain_text_in_the_pdf(words):
    data = pdf(hostile_briefing(words))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert not {"/JavaScript", "/AA", "/OpenAction", "/AcroForm"} & set(reader.trailer["/Root"])
    actions = [note.get_object()["/A"] for page in reader.pages for note in page.get("/Annots", [])]
    assert all(action["/S"] == "/URI" and action["/URI"].startswith("https://example.org/") for action in actions)
    first = max(plain(words).split(), key=len)[:12]
    assert first in pdf_text(data).replace("\n", "")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_outlines_in_the_svg(words):
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg(hostile_briefing(words))).iter()}
    assert tags <= DRAWN


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_escaped_in_markdown(words):
    text = markdown(hostile_briefing(words)).decode()
    for line in re.sub(r"\]\(<[^<>]*>\)", "", text).splitlines():
        body = line.removeprefix("> ").removeprefix("**").removesuffix("**")
        assert re.search(r"(?<!\\)[<`*_\]]", body.replace("\\\\", "")) is None
    assert text.count("](<https://example.org/") == text.count("](<")


@settings(max_examples=3, deadline=None)
@given(st.text(min_size=1, max_size=50))
def test_any_words_can_be_written_in_all_formats(words):
    made = hostile_briefing(words)
    assert all(write(made) for write in WRITERS.values())
    assert Page(html(made).decode()).handlers == []
