"""The lines that a page puts around a story: buttons, links, an advertisement's place, who reported and who edited.

For lines.py. Phrases are compared whole, without case; patterns are for those with a number or a name in them.
"""

from __future__ import annotations

import re

_LONGEST = 240
_PHRASES = """
    share; share this; share this article; share this story; share this page; share on facebook; share on twitter;
    share on x; share on whatsapp; share via email; print; print this; print article; print this article; email;
    e-mail; save; bookmark; facebook; twitter; x; whatsapp; telegram; linkedin; reddit; messenger; pinterest; copy;
    copy link; copy url; link copied; link copied!; advertisement; advertisements; ad; ads; sponsored;
    sponsored content; promoted; listen; listen to article; listen to this article; comment; comments;
    leave a comment; reply; like; follow; follow us; subscribe; subscribe now; sign up; sign up now; sign in;
    log in; login; register; newsletter; newsletters; home; news; menu; search; breaking news; skip to content;
    skip to main content; close; back; back to top; next; previous; prev; loading; loading...; play; play video;
    watch; watch now; video; gallery; photo; photos; in pictures; text size; font size; a a a; aa; a- a+; a-a+;
    read more; read also; also read; read next; read full story; see also; related; related stories;
    related articles; related topics; related news; related content; more on this story; more on this topic;
    most read; most popular; most viewed; recommended; recommended for you; you may also like; you might also like;
    trending; trending now; tags; topics; story continues below; story continues below advertisement;
    article continues below; continue reading; article continues below advertisement;
    article continues after advertisement; view comments; view more; view all; view gallery; show more; show less;
    all rights reserved; all rights reserved.; more stories; latest news; top stories;
    getting your trinity audio player ready...; click here; tap here; download app; published; updated; live;
    exclusive; view image in fullscreen; open image in gallery; enlarge this image; hide caption; toggle caption;
    image source, getty images; associated press; the associated press; reuters; afp; dpa; xinhua; tass; interfax;
    getty images; agence france-presse; staff writer; staff reporter; news desk; web desk
"""
_KNOWN = frozenset(phrase.strip() for phrase in _PHRASES.split(";"))
_PATTERNS = re.compile(
    r"^(?:"
    r"\W*\w{0,2}\W*|"  # "TT", "A+", "|"
    r"\d+ comments?|\d+ shares?|\d+ ?min(?:ute)?s?(?: read)?|"
    r"(?:updated |published |posted )?(?:\d+|an?) (?:minutes?|hours?|days?) ago|"
    r"image source, .{1,60}|(?:\w+ )?via (?:getty images|reuters|ap)|\d+ of \d+|"
    r"follow(?: us)? on \w+(?: \w+)?|toggle \w+|(?:click|tap) here to .{1,60}|filed under.{0,80}|"
    r"(?:©|\(c\)|copyright) .{1,160}|"
    r"(?:also read|read also|read more|read|related|see also|more|recommended|don['’]t miss)\s?[:|»>]\s?.{1,200}|"
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled) by .{1,200}|"
    r"our standards: .{1,80}|"
    r"(?:sign up|subscribe|follow us|join us|download) .{0,40}(?:newsletter|app|channel|updates)\b.{0,80}"
    r")$",
    re.IGNORECASE,
)

_COOKIES = re.compile(r"\b(?:we use|uses|accept|store) (?:all )?cookies\b", re.IGNORECASE)
_LINKS = re.compile(
    r"^(?:related|more (?:on|stories|news)|most|tags|topics|recommended|you m|trending|latest|top stories)\b"
)


def is_furniture(text: str) -> bool:
    """Whether a line is of the page and not of the story.

    >>> is_furniture("TT"), is_furniture("3 min read"), is_furniture("Share prices fell.")
    (True, True, False)
    """
    if len(text) >= _LONGEST:
        return False
    if text.casefold() in _KNOWN or _PATTERNS.match(text):
        return True
    return "cookies" in text and bool(_COOKIES.search(text))


def opens_links(text: str) -> bool:
    """Whether a line of page furniture heads a list of other stories or of topics.

    >>> opens_links("Related topics"), opens_links("Related by blood, they ruled Oman.")
    (True, False)
    """
    return is_furniture(text) and bool(_LINKS.match(text.casefold()))
