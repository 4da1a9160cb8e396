"""A PDF to stories: the words of its pages in order, without what every page repeats at its head and foot.

For files.py. A PDF knows no paragraphs; they are found by what the lines look like, as in a text wrapped at a fixed width.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence

import pypdf
from pypdf.errors import PyPdfError

from events.model import StoryError
from events.reading.limits import MOST_DOCUMENT_BYTES, check_size
from events.reading.plain_stories import read_plain
from events.reading.result import Problem, Result, refused

MOST_PAGES = 2_000
MOST_SECONDS = 120.0  # for all pages: a page may be made to take for ever, the rest of the file should not
_MOST_CHARACTERS = 20_000_000
_EDGE = 3  # lines at the head and foot of a page that may be running ones
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^(?:page )?[-–— ]{0,4}\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–— ]{0,4}$", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<=[a-z]{2})-\n(?=[a-z]{2})")
_SENTENCE_END = re.compile(r"[.!?:”\"')…]$")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it says of a broken file, we say ourselves


def read_pdf(data: bytes, name: str) -> Result:
    """The stories of a PDF; a page that can't be read is a problem and holds up no other."""
    try:
        check_size(len(data), MOST_DOCUMENT_BYTES, "document")
        pages, problems = _pages(data, name)
    except StoryError as error:
        return refused(name, str(error))
    text = _joined(_without_running_lines([page.split("\n") for page in pages]))
    if not text.strip():
        said = "holds no text: its pages are pictures; run character recognition over it first"
        return Result(problems=(*problems, Problem(name, None, said)))
    result = read_plain(text, name)
    unplaced = [Problem(name, None, problem.reason) for problem in result.problems]
    return Result(result.stories, (*problems, *unplaced))


def _pages(data: bytes, name: str) -> tuple[list[str], list[Problem]]:
    """The text of each page, and the pages that have none to give. Raises StoryError where nothing can be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise StoryError("is a PDF locked with a password")
        count = len(reader.pages)
    except StoryError:
        raise
    except Exception as error:  # broken and hostile files break pypdf in many ways
        raise StoryError(_why(error)) from error
    problems, texts, end, size = [], [], time.monotonic() + MOST_SECONDS, 0
    if count > MOST_PAGES:
        problems.append(Problem(name, MOST_PAGES + 1, f"is one of {count:,} pages; {MOST_PAGES:,} are read"))
    for number in range(1, min(count, MOST_PAGES) + 1):
        if time.monotonic() > end or size > _MOST_CHARACTERS:
            problems.append(
                Problem(name, number, "and the pages below are not read: the file takes too long or too much")
            )
            break
        try:
            texts.append(reader.pages[number - 1].extract_text().replace("\r", "\n"))
            size += len(texts[-1])
        except Exception as error:
            problems.append(Problem(name, number, f"is a page that can't be read: {type(error).__name__}"))
    return texts, problems


def _why(error: Exception) -> str:
    if "cryptography" in str(error):
        return "is a PDF locked in a way that can't be opened here: save it without a password"
    if isinstance(error, PyPdfError):
        return f"is a damaged PDF: {str(error)[:120]}"
    return f"is a damaged PDF: {type(error).__name__}"


def _without_running_lines(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines of each page without page numbers and without what most pages repeat at an edge."""
    pages = [[line.rstrip() for line in page if line.strip()] for page in pages]
    counts = Counter(key for page in pages for key in {_running_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    running = {key for key, count in counts.items() if count > 2 and 2 * count > len(pages)}
    found = []
    for page in pages:
        edges = {*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))}
        found.append(
            [
                line for n, line in enumerate(page)
                if n not in edges or not (_running_key(line) in running or _PAGE_NUMBER.match(line.strip()))
            ]
        )  # fmt: skip
    return found


def _running_key(line: str) -> str:
    return _NUMBER.sub("#", line.strip().casefold())


def _joined(pages: Sequence[Sequence[str]]) -> str:
    """The lines as one text: a paragraph ends at a short line that ends a sentence, and goes on over the page's end."""
    lines = [line.strip() for page in pages for line in page]
    widths = sorted(len(line) for line in lines if len(line) > 20)
    full = widths[int(0.8 * len(widths))] if widths else 0
    pieces = []
    for line in lines:
        ends = len(line) < 0.85 * full and bool(_SENTENCE_END.search(line))
        label = len(line) < 0.6 * full and not _SENTENCE_END.search(line)
        pieces.append(line + ("\n\n" if ends or label else "\n"))
    return _HYPHENATED.sub("", "".join(pieces))
