"""What may be asked, how much is taken, how long it may take, and who we say we are."""

from __future__ import annotations

import os
from dataclasses import dataclass

from events import __version__


@dataclass(frozen=True, slots=True)
class Settings:
    """The bounds of fetching. Sizes in bytes, times in seconds.

    allowed: host names (or internet addresses), in lower case, that may stand in a private network. robots: whether
    pages that nobody pasted are read only where the site's robots.txt lets programs.
    """

    allowed: frozenset[str] = frozenset()
    robots: bool = True
    contact: str = ""
    most_bytes: int = 32 << 20
    connect_seconds: float = 10
    read_seconds: float = 15  # without a byte
    total_seconds: float = 30  # from the first look-up to the last byte, redirects included
    most_redirects: int = 5
    pace_seconds: float = 1  # between two requests to one host

    @classmethod
    def from_environment(cls) -> Settings:
        """The usual bounds, with DATELINE_ALLOW_HOSTS (host names, parted by commas) and DATELINE_CONTACT.

        >>> Settings.from_environment().most_redirects
        5
        """
        allowed = os.environ.get("DATELINE_ALLOW_HOSTS", "").lower().replace(",", " ").split()
        contact = "".join(sign for sign in os.environ.get("DATELINE_CONTACT", "") if " " <= sign <= "~")[:200]
        return cls(allowed=frozenset(allowed), contact=contact)

    @property
    def user_agent(self) -> str:
        """What servers are told.

        >>> Settings(contact="desk@example.org").user_agent
        'Dateline/0.1.0 (news reader; desk@example.org)'
        """
        return f"Dateline/{__version__} (news reader{f'; {self.contact}' if self.contact else ''})"
