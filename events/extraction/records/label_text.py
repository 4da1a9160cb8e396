"""The text of a label: cut to twelve words, without what is left dangling at its ends, with a capital.

For labels.
"""

from __future__ import annotations

import re

from events.model import Status

MOST_WORDS = 12
_SMALL = frozenset(
    "of in on at to for with from by the a an and or as that into over after before during near between when while "
    "which who but its his their is was were are be been will has had have than".split()
)
_LENGTHS = frozenset("minutes hours days weeks months years day".split())
_AUXILIARIES = frozenset("was were is are has have had be been will would".split())
_QUOTES = '"“”'
_OPENING = re.compile(r"^(?:and|but|while|meanwhile,?) (?=\S)", re.IGNORECASE)
_SUBORDINATE = re.compile(r"^(?:where|when|because|since|though|although|if|as) (?=\S+ \S)", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|whose|its|his|her|their) (?=\S+ \S)", re.IGNORECASE)
_BY_LINE = re.compile(r"^By: (?:[A-Z][\w.’'-]+ ){2}(?=\S+ \S)")
_DANGLING = re.compile(
    r"(?<![ ,])[ ,]+(?:for|as|so) as (?:long|far|many|much|soon)$|, for (?:its|his|her|their) part,?"
)
_VAGUE_LENGTH = re.compile(r"(?<!for)(?<!in)(?<!after)(?<!within) (?:a few|several) (?:minutes|hours|days|weeks)$")


def cleaned(text: str) -> str:
    """A label as it is shown; "Event" where nothing is left.

    >>> cleaned("and the strike that was called by")
    'Strike that was called'
    """
    text = _BY_LINE.sub("", re.sub(r"\s+", " ", text).strip(" ,;:—–-"))
    if sum(text.count(q) for q in _QUOTES) % 2 or text.count("“") != text.count("”"):
        text = "".join(c for c in text if c not in _QUOTES)
    text = _SUBORDINATE.sub("", _OPENING.sub("", text))
    text = _ARTICLE.sub("", _DANGLING.sub("", text)).strip(" ,;:—–-")
    text = _without_lone_apostrophe(_VAGUE_LENGTH.sub("", text))
    words = text.split()
    while len(words) > 1 and (words[-1].lower() in _SMALL or (words[-1] in _LENGTHS and words[-2].istitle())):
        words.pop()
    text = " ".join(words)
    return text[:1].upper() + text[1:] if text else "Event"


def _without_lone_apostrophe(text: str) -> str:
    """Without a quote mark of one stroke at either end or before a word that nothing closes: "arrest over 'Eta arms".

    >>> _without_lone_apostrophe("Police find 'Eta arms cache"), _without_lone_apostrophe("'Four' freed")
    ('Police find Eta arms cache', "'Four' freed")
    """
    opened = len(re.findall(r"(?<!\w)['‘](?=\w)", text))
    closed = len(re.findall(r"(?<=[\w.,!?])['’](?!\w)", text))
    return re.sub(r"(?<!\w)['‘](?=\w)", "", text) if opened > closed else text


def within(text: str) -> str:
    """At most twelve words, cut before a small word where there is one."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    cut = next((n for n in range(MOST_WORDS, 5, -1) if words[n].lower() in _SMALL), MOST_WORDS)
    return " ".join(words[:cut])


def without_auxiliaries(label: str, status: Status = "occurred") -> str:
    """A clause without a subject as a headline has it.

    >>> without_auxiliaries("Was declared dead after the crash")
    'Declared dead after the crash'
    >>> without_auxiliaries("Will be produced before a court", "planned")
    'To be produced before a court'
    """
    words = label.split()
    ahead = status == "planned" and [w.lower() for w in words[:2]] == ["will", "be"]
    while len(words) > 1 and words[0].lower() in _AUXILIARIES:
        words.pop(0)
    return cleaned(" ".join(["to", "be", *words] if ahead else words))
