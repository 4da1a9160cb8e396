"""How much of one input is read: sizes, levels of packing, and an allowance that archives draw on.

For the readers. What goes beyond is refused with the bound in the message; what stands beside it is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.model import StoryError

MOST_BYTES = 1 << 30  # of one file: it is read in one go
MOST_CHARACTERS = 1_000_000  # of one story: ten times the longest report there is
MOST_PAGE_BYTES = 8 << 20  # a tree takes ten to twenty times as much
MOST_FEED_BYTES = 32 << 20
MOST_DOCUMENT_BYTES = 128 << 20
MOST_MEMBER_BYTES = 256 << 20  # of one thing in an archive, unpacked
MOST_UNPACKED_BYTES = 2 << 30  # of all that is in one file, however it is packed
MOST_MEMBERS = 100_000
MOST_LEVELS = 3  # an archive in a mail in an archive
MOST_RATIO, RATIO_COUNTS_FROM = 250, 16 << 20  # text packs 3 to 30 times; a bomb a thousand


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked of one input. Shared by all that is within it."""

    bytes_left: int = MOST_UNPACKED_BYTES
    level: int = 0

    def take(self, size: int) -> None:
        """Draw on the allowance. Raises StoryError when it is used up."""
        if size > self.bytes_left:
            raise StoryError(f"would unpack to more than {MOST_UNPACKED_BYTES:,} bytes in all: it is left packed")
        self.bytes_left -= size


def check_size(size: int, most: int, what: str) -> None:
    """Raises StoryError for what is larger than is read.

    >>> check_size(10, 9, "page")
    Traceback (most recent call last):
    events.model.StoryError: is a page of 10 bytes; one is read up to 9
    """
    if size > most:
        raise StoryError(f"is a {what} of {size:,} bytes; one is read up to {most:,}")


def check_length(text: str) -> None:
    """Raises StoryError for a text that is longer than a story may be."""
    if len(text) > MOST_CHARACTERS:
        raise StoryError(f"has a text of {len(text):,} characters; one is read up to {MOST_CHARACTERS:,}")


def check_ratio(packed: int, unpacked: int) -> None:
    """Raises StoryError for what unpacks to so much more than news does that it can only be a trap."""
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * max(packed, 1):
        raise StoryError(
            f"would unpack {packed:,} bytes to {unpacked:,} or more, as only a bomb does: it is left packed"
        )
