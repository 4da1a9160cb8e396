"""What a participant is called: the whole name within the story, for a part of it, a title or a safe pronoun.

For participants and labels. "Otieno" is "Amina Otieno" where the story says so, "the Kenyan president" is Amina Otieno where
it says "Kenyan President Amina Otieno"; what a pronoun means is in pronouns.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.records.actor_words import bare_name
from events.extraction.records.noun_phrases import noun_phrase
from events.model import Mention, Sentence, Token

MOST_NAMES = 4096  # whose titles are remembered
LONGEST = 60  # characters of a participant's name
_TITLES = (
    r"president-elect|president|prime minister|vice[- ]president|premier|chancellor|(?:foreign|defen[cs]e|interior|finance|"
    r"health|trade|energy|transport|justice) minister|minister|secretary[- ]general|secretary of state|king|queen|pope|"
    r"supreme leader|governor|mayor|ambassador|envoy|general|commander|judge|chief|chairman|chairwoman|leader"
)
_BEFORE = re.compile(rf"(?:\b([\w’'-]+)\s+)?\b({_TITLES}),?\s+$", re.IGNORECASE)
_AFTER = re.compile(
    rf"^,\s+(?:the\s+|an?\s+)?(?:([\w’'-]+)\s+)?({_TITLES})\b(?:\s+of\s+(?:the\s+)?([A-Z][\w-]+))?", re.IGNORECASE
)
_ROLE = re.compile(rf"^(?:(?:the|a|an|his|her|its|their)\s+)?(?:([\w’'-]+)\s+)?({_TITLES}|counterpart)$", re.IGNORECASE)
_HONORIFIC = re.compile(
    rf"^(?:(?:{_TITLES}|mr|mrs|ms|dr|sir|dame|sheikh|colonel|col|gen|lt|capt|sgt|sen|rep|gov|rev|father|bishop)\.?\s+)+",
    re.IGNORECASE,
)


class Titled(NamedTuple):
    """A person whom the story calls by a title, with the country that stands beside it: ("russian", "president")."""

    name: str
    adjective: str
    title: str
    country: str | None


def name_of(head: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """The name of a participant; None for a pronoun (pronouns.py) and for what is too long."""
    if head.pos in {"PRON", "PUNCT", "VERB"}:
        return None
    person = person_at(head, sentence, analysis)
    if person is not None:
        return fuller_name(person.text, analysis)
    words = bare_name(noun_phrase(head, sentence))
    if ", " in words and (named := _person_behind_comma(words, analysis)):
        return named
    titled = person_by_title(words, head, sentence, analysis)
    if titled is not None:
        return titled
    whole = next((t.text for t in analysis.toponyms_in(sentence) if t.start <= head.start < t.end), "")
    if words and whole != words and set(words.split()) < set(whole.split()):
        return whole
    if words[:1].isupper() and " " not in words and (full := _last_name(words, analysis)):
        return full
    if whole.lower() == f"the {words}".lower():
        return whole
    return words if words and len(words) <= LONGEST else None


def _person_behind_comma(words: str, analysis: Analysis) -> str | None:
    """The person of "Minister of Labour and Employment, Chris Ngige"; None where no name ends the words."""
    last = words.rsplit(", ", 1)[1]
    found = next((m.text for m in analysis.persons if m.text.startswith(last) or last == m.text), None)
    return fuller_name(found, analysis) if found else None


def person_at(head: Token, sentence: Sentence, analysis: Analysis) -> Mention | None:
    """The person's name that a word belongs to, or that stands beside it as an apposition."""
    words = [head, *(t for t in tree.children(sentence, head.index) if t.dep in {"appos", "flat"})]
    for word in words:
        for mention in analysis.names_in(sentence):
            if mention.label == "PER" and mention.start <= word.start and word.end <= mention.end:
                return mention
    return None


def is_person(head: Token, sentence: Sentence, analysis: Analysis) -> bool:
    """Whether a word is a person's name, or has one beside it."""
    return person_at(head, sentence, analysis) is not None


def _last_name(word: str, analysis: Analysis) -> str | None:
    """The person whose last name the word is, where the tagger missed it (in a headline)."""
    names = {fuller_name(m.text, analysis) for m in analysis.persons if m.text.split()[-1] == word}
    return names.pop() if len(names) == 1 else None


def fuller_name(name: str, analysis: Analysis) -> str:
    """The longest name of a person in the story that ends in this one, without titles."""
    short = without_titles(name)
    longer = [without_titles(m.text) for m in analysis.persons]
    longer = [n for n in longer if n.endswith((" " + short, "-" + short)) and len(n) <= LONGEST]
    if not longer and not analysis.names and " " not in short and short.isalpha():
        text = f"{analysis.story.title}\n{analysis.story.text}"
        found = re.findall(rf"\b((?:[A-Z][\w’'-]+ ){{1,3}}){re.escape(short)}\b", text)
        longer = [n for n in (without_titles(f"{first}{short}") for first in found[:20]) if " " in n]
    return max(longer, key=len, default=short)


@lru_cache(MOST_NAMES)
def without_titles(name: str) -> str:
    """A person's name without what stands before it.

    >>> without_titles("President Joe Biden"), without_titles("Amina Otieno")
    ('Joe Biden', 'Amina Otieno')
    """
    cut = _HONORIFIC.sub("", name)
    return cut if cut[:1].isupper() else name


def titled_persons(analysis: Analysis) -> list[Titled]:
    """The persons whom the story names together with a title, in order."""
    found = []
    for mention in analysis.persons:
        if _is_place(mention, analysis):
            continue
        text = analysis.story.part(mention.part)
        name = without_titles(mention.text)
        inside = mention.text[: len(mention.text) - len(name)]
        before = text[max(0, mention.start - 60) : mention.start] + inside
        if match := _BEFORE.search(before):
            adjective = (match[1] or "").lower()
        elif match := _AFTER.match(text[mention.end : mention.end + 80]):
            adjective = (match[1] or match[3] or "").lower()
        else:
            continue
        country = _country_near(mention, analysis)
        found.append(Titled(fuller_name(name, analysis), _bare(adjective), match[2].lower(), country))
    return found


def _is_place(mention: Mention, analysis: Analysis) -> bool:
    """Whether what the tagger takes for a person is the name of a country."""
    return any(
        t.place is not None
        and t.place.kind == "country"
        and (t.part, t.start, t.end) == (mention.part, mention.start, mention.end)
        for t in analysis.toponyms
    )


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


def _country_near(mention: Mention, analysis: Analysis) -> str | None:
    near = [
        t.place.country
        for t in analysis.toponyms
        if t.place and t.part == mention.part and -40 <= t.start - mention.start <= 60 and t.place.country
        and (t.end <= mention.start or t.start >= mention.end)
    ]  # fmt: skip
    return near[0] if near else None


def person_by_title(words: str, head: Token, sentence: Sentence, analysis: Analysis) -> str | None:
    """The person behind "the Russian president", "Iraq's prime minister", "his Iranian counterpart"; None if not one."""
    match = _ROLE.match(words)
    if match is None:
        return None
    adjective, title = _bare((match[1] or "").lower()), match[2].lower()
    beside = [t for t in analysis.toponyms if t.place and t.part == sentence.part and 0 <= head.start - t.end <= 30]
    nearest = max(beside, key=lambda t: t.end, default=None)
    country = nearest.place.country if nearest and nearest.place else None
    known = titled_persons(analysis)
    if title != "counterpart":
        known = [p for p in known if p.title.endswith(title) or title.endswith(p.title)]
    if adjective and not adjective.istitle() and (country or adjective):
        known = [p for p in known if p.adjective == adjective or (country is not None and p.country == country)]
    elif title == "counterpart":
        return None
    names = {p.name for p in known}
    return names.pop() if len(names) == 1 else None
