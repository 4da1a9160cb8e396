"""Reading the story behind an event: its full text, with the event's sentences and words marked.

For the page. The text is shown as text: escaped, never as Markdown, links only to web addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from events.dashboard.cards import own_report
from events.dashboard.evidence import Attribute, link, marked, spans_of
from events.look import wording
from events.model import Event, Report, Span, Story

MOST_OTHERS = 30
BASIS = {
    "metadata": "as the file says",
    "header": "as its header says",
    "dateline": "as its dateline says",
    "inferred": "inferred from the text",
    "by hand": "set by hand",
}


@st.dialog("The story", width="medium")
def read(event: Event, story: Story | None) -> None:
    """Open the story of an event in a dialog."""
    if story is None:
        st.html('<div class="empty"><p>This story is no longer in the store.</p></div>')
        return
    st.html(story_html(event, story))
    if others := other_reports(event):
        st.html(others)


def story_html(event: Event, story: Story) -> str:
    """Headline, by-line and paragraphs; the event's quotes are underlaid, the words behind its attributes marked."""
    spans: list[tuple[Attribute, Span]] = [("quote", quote) for quote in event.evidence]
    spans += spans_of(event).items()
    title = f"<h2>{marked(story.title, 'title', 0, spans)}</h2>" if story.title else ""
    body = "".join(
        f'<p class="{kind} body">{marked(text, "text", start, spans)}</p>' for start, text, kind in paragraphs(story)
    )
    return f'<div class="reading">{title}<p class="by">{by_line(event, story)}</p>{body}</div>'


def paragraphs(story: Story) -> Iterator[tuple[int, str, str]]:
    r"""(offset, text, "caption" or "prose") of each paragraph; paragraphs are parted by blank lines.

    >>> list(paragraphs(Story(id="1", text="Quake.\n\nIt shook.", captions=((0, 6),))))
    [(0, 'Quake.', 'caption'), (8, 'It shook.', 'prose')]
    """
    captions = {start for start, _ in story.captions}
    start = 0
    for text in story.text.split("\n\n"):
        if text.strip():
            yield start, text, "caption" if start in captions else "prose"
        start += len(text) + 2


def by_line(event: Event, story: Story) -> str:
    """The outlet, with a link, and when the story was published and how that is known."""
    report = own_report(event)
    source = link(story.source or (report.source if report else None) or "Source unnamed", story.url)
    if story.published is None:
        return f"{source}, date of publication unknown"
    basis = BASIS.get(story.published_basis or "", "")
    return f"{source}, {escape(wording.days(story.published, story.published))}{f' ({basis})' if basis else ''}"


def other_reports(event: Event) -> str:
    """The other stories that tell of the event, as a list of links."""
    others = [report for report in event.reports if report.story_id != event.story_id]
    if not others:
        return ""
    rest = len(others) - MOST_OTHERS
    more = f"<li>and {rest:,} more</li>" if rest > 0 else ""
    rows = "".join(f"<li>{_report(report)}</li>" for report in others[:MOST_OTHERS])
    count = wording.plural(len(others), "other story", "other stories")
    return f'<div class="others">Also told in {count}:<ul>{rows}{more}</ul></div>'


def _report(report: Report) -> str:
    name = report.source or "Source unnamed"
    title = f": {escape(report.title)}" if report.title else ""
    day = f", {escape(wording.day(report.published, year=True))}" if report.published else ""
    return f"{link(name, report.url)}{title}{day}"
