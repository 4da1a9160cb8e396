"""Any input to stories, chosen by content and not by name.

    result.py             what reading gives: stories, problems, the account of what was guessed, the spans to be resolved
    files.py              a file, a folder, bytes or a text -> Result: which reader is asked
    kinds.py              what an input is, by its first bytes
    limits.py             how much of one input is read
    archives.py           what is in a .gz or a .zip, and nothing of what is a trap
    pages/                web pages
    feeds.py              RSS and Atom
    tables/               CSV and workbooks, by a mapping of columns that is guessed and said
    documents/            PDF and Word
    mail.py               e-mails and what is attached to them
    paragraphs.py         paragraphs and captions -> a story's text and offsets
    encodings.py          bytes -> text, or the reason why it is none
    json_stories.py       JSON Lines, an array or one object, by the contract; text is kept to the character
    plain_stories.py      plain text -> stories
    story_parts.py        the lines of one story -> headline, header fields, captions, body
    separating.py         where one story ends in a file and the next begins
    shared_words.py       whether two parts of a file speak of the same thing
    wrapping.py           paragraphs broken into lines made whole
    lines.py              lines and what they look like: headline, header, byline, dateline, page furniture
    furniture.py          the lines that a page puts around a story
    captions.py           what gives a picture caption away
    publication_dates.py  the day in "Date: 8 January 2025", "2025-01-08T10:00Z" and the like
    identity.py           a story's id, made of its content, and the address it is known by

It knows nothing of extraction: a date inferred from what a story says is found there.
"""

from events.reading.files import files_of, read_bytes, read_path, read_text
from events.reading.result import Note, Problem, Result, joined, same_words

__all__ = ["Note", "Problem", "Result", "files_of", "joined", "read_bytes", "read_path", "read_text", "same_words"]
