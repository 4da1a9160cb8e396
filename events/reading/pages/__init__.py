"""Web pages to stories.

markup.py       a page's text -> a tree, and what of it is certainly not the story taken away
blocks.py       the paragraphs, headings and captions of a tree in their order
linked_data.py  the schema.org facts that a page brings as JSON-LD
facts.py        headline, address, outlet, author of a page
page_dates.py   the day a page was published, and what gave it
choosing.py     which blocks are the story (trafilatura)
page.py         a page -> a Story, with its captions
"""

from events.reading.pages.page import fragment_paragraphs, read_page

__all__ = ["fragment_paragraphs", "read_page"]
