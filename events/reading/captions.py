"""What gives a picture caption away: a photographer's credit, an agency's lead, "(not pictured)".

For the readers. Some signs are sure wherever they stand; others ("(AP)" at the end of a line) close paragraphs too and
count only at the head of a story, among the pictures.
"""

from __future__ import annotations

import re

LONGEST_CAPTION = 900
_AGENCY = (
    r"AP|AFP|EPA|EFE|ANSA|APA|dpa|PA|TASS|Xinhua|Kyodo|Yonhap|Anadolu|ANP|ANI|PTI|Reuters|REUTERS|NTB|Ritzau|Lehtikuva|TT|"
    r"Keystone|Belga|Getty|Shutterstock|Alamy|Bloomberg|UPI|SIPA|Zuma|NurPhoto|IMAGO|CTK|PAP|MTI|Ukrinform|SANA|IRNA|NASA"
)
_PICTURE = r"[Pp]hotos?|[Pp]hotograph|[Pp]ictures?|[Ii]mages?|[Hh]andout|HANDOUT|[Cc]ourtesy|[Ff]ile|[Aa]rchives?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SURE = tuple(
    re.compile(sign)
    for sign in (
        # dpa and its like: "08 January 2025, Iran, Tehran: The president ..."
        rf"^\d{{1,2}} (?:{_MONTHS}) \d{{4}}, [^:]{{2,80}}: ?\S",
        r"^(?:FILE|File)(?: [Pp]hoto| PHOTO)?(?: ?[-–—:]|,) ?\S|^(?:File|FILE) (?:photo|PHOTO|picture|image)\b",
        r"^(?:Photos?|Picture|Image|Caption|Photograph|PHOTO|IMAGE|(?:Photo|Image) caption)(?: \d{1,2})? ?[:|,] ?\S",
        r"\(not (?:pictured|seen|shown|in (?:the )?picture)\)",
        r"\((?:pictured|seen here|left|right|centre|center|[LRC]|far left|far right|second (?:left|right))\)[^.]{0,200}"
        r"[(\[|/][^()\[\]]{2,60}[)\]]?$",
        # a credit: "(Iranian Presidency/dpa)", "[Jane Doe/Reuters]", "(AP Photo/Jane Doe)", "(Meridian Pictures)"
        rf"[(\[][^()\[\]]{{0,60}}(?:/ ?(?:{_AGENCY})|(?:{_AGENCY})(?: [Pp]hotos?| [Ii]mages?| [Pp]ictures?)? ?/|"
        rf"\b(?:{_PICTURE}))\b[^()\[\]]{{0,60}}[)\]]\.?$",
        rf"(?:[-–—|/]|[.!?][\"”’]?) ?(?:(?:{_PICTURE})(?: [Cc]redit)?(?::| by\b| courtesy\b)|Credit: )[^.]{{2,60}}\.?$",
        rf"\s(?:via )?(?:{_AGENCY})(?: [Pp]hoto)? ?/ ?[A-Z][^.]{{2,50}}$|\[(?:{_AGENCY})\]$",
        r"\s[-–—|] ?(?:[A-Z][\w.&'’]* ){0,4}(?:[Pp]hotos?|[Pp]ictures?|[Ii]mages?)$|\bGetty Images$",
    )
)
_AT_THE_HEAD = tuple(
    re.compile(sign)
    for sign in (
        r"\.?\s\((?:[A-Z][\w.&'’-]*|dpa)(?: [A-Z][\w.&'’-]*){0,4}\)$",  # "... in Tehran. (Harbour Post)"
        r"\s[-–—|] ?(?:[Tt]he )?[A-Z][\w.&'’/-]*(?: [A-Z][\w.&'’/-]*){0,4}$",  # "... suspected sabotage - The AP"
        r"[.!?][\"”’]? (?:Photo|Credit|Picture|Image|©|Courtesy)\b",
        r"\s©\s?\S",
    )
)

_SMALL_WORD = re.compile(r"\s[a-z]{3,}\s")  # a dateline by itself, "ISLAMABAD, March 18 (AFP)", has none


def is_caption(line: str, at_the_head: bool = False) -> bool:
    """Whether a line is a picture caption; at_the_head: between a story's headline and its body.

    >>> is_caption("03 March 2025, Peru, Lima: Rescuers search a hillside. (Andes News/dpa)")
    True
    >>> is_caption("Men dig in mud - The AP"), is_caption("Men dig in mud - The AP", at_the_head=True)
    (False, True)
    """
    line = line.strip()
    if not 12 <= len(line) <= LONGEST_CAPTION or len(line.split(maxsplit=3)) < 4:
        return False
    if any(sign.search(line) for sign in _SURE):
        return True
    return at_the_head and bool(_SMALL_WORD.search(line)) and any(sign.search(line) for sign in _AT_THE_HEAD)
