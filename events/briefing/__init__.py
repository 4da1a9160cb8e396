"""A view becomes a briefing that can be sent: one page with map, timeline strip and list, in PDF, PNG, SVG and Markdown.

Standalone HTML with the page's interactive map is written where Folium is known, by
events.dashboard.handing_over.briefing_html.
"""

from events.briefing.briefing import Briefing, BriefingError, Entry, Layout, Paper, Source
from events.briefing.composing import Choices, compose
from events.briefing.markdown import markdown
from events.briefing.typesetting import Sheet, pdf, png, svg

__all__ = [
    "Briefing",
    "BriefingError",
    "Choices",
    "Entry",
    "Layout",
    "Paper",
    "Sheet",
    "Source",
    "compose",
    "markdown",
    "pdf",
    "png",
    "svg",
]
