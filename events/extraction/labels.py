"""A label for an event, of at most twelve words, from the text's own: who, what is done, to whom or what.

For records. A headline that tells of the event is its label; else the clause is cut to its subject, its verb and its
object, in the tense of the text. It never ends in the middle of a name.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happening import Happening
from events.extraction.noun_phrases import noun_phrase
from events.model import Sentence, Token

MOST_WORDS = 12
_DROPPED = frozenset({"punct", "parataxis", "advcl", "discourse", "cc", "mark", "list", "dep", "vocative"})
_SMALL = frozenset(
    "of in on at to for with from by the a an and or as that into over after before during near between".split()
)


def label_of(happening: Happening, analysis: Analysis) -> str:
    """What happened, in at most twelve words."""
    sentence = analysis.sentences[happening.sentence]
    if sentence.kind == "headline" and len(sentence.text.split()) <= MOST_WORDS:
        return _clean(_own_clause_of_headline(sentence, happening))
    if not sentence.tokens:
        return _clean(" ".join(sentence.text.split()[:MOST_WORDS]))
    token = sentence.tokens[happening.token]
    verb = token if token.pos == "VERB" else tree.clause_verb(sentence, token.index)
    if verb is None or (token.pos != "VERB" and not _near(token, verb)):
        return _clean(_limited(noun_phrase_with_tail(token, sentence)))
    return _clean(_limited(_clause_words(sentence, verb, token)))


def _own_clause_of_headline(sentence: Sentence, happening: Happening) -> str:
    """The part of a headline between semicolons that holds the trigger."""
    at = happening.trigger.start - sentence.start
    pieces = [m.span() for m in re.finditer(r"[^;]+", sentence.text)]
    start, end = next(((a, b) for a, b in pieces if a <= at < b), (0, len(sentence.text)))
    return sentence.text[start:end]


def _near(noun: Token, verb: Token) -> bool:
    """Whether a nominal happening is the verb's own subject or object, so that the clause tells of it."""
    return noun.head == verb.index and noun.dep.split(":")[0] in {"nsubj", "obj", "obl"}


def _clause_words(sentence: Sentence, verb: Token, token: Token) -> list[str]:
    """Subject, verb with its auxiliaries and particles, object, and what hangs on them closely."""
    keep: set[int] = set()
    own = tree.children(sentence, verb.index)
    subject = tree.subject_of(sentence, verb.index)
    if subject is not None:
        keep |= _short_phrase(sentence, subject.index)
    keep.add(verb.index)
    for child in own:
        if child.dep in {"aux", "aux:pass", "compound:prt", "advmod"} and (
            child.dep != "advmod" or child.text.lower() in {"not", "n't"}
        ):
            keep.add(child.index)
        elif (child.dep in {"obj", "iobj", "xcomp"}) or (child.dep in {"obl", "obl:agent"} and not _is_time(child)):
            keep |= _short_phrase(sentence, child.index)
    keep |= _short_phrase(sentence, token.index) if token.index != verb.index else set()
    return _words(sentence, keep)


def _short_phrase(sentence: Sentence, index: int) -> set[int]:
    """A phrase without clauses, asides and appositions."""
    keep, below = {index}, [index]
    while below:
        for child in tree.children(sentence, below.pop()):
            if child.dep in _DROPPED - {"cc", "mark"} or child.dep in {"acl:relcl", "appos"} or (child.dep == "punct"):
                continue
            if child.dep == "conj" and child.pos in {"VERB", "AUX"}:
                continue
            keep.add(child.index)
            below.append(child.index)
    return keep


def _is_time(token: Token) -> bool:
    return bool(
        re.search(
            r"day$|^(?:yesterday|today|tomorrow|week|month|year|night|morning|evening|afternoon)", token.text.lower()
        )
    )


def noun_phrase_with_tail(token: Token, sentence: Sentence) -> list[str]:
    """A nominal happening with what follows it: "string of incidents in the Baltic"."""
    keep = _short_phrase(sentence, token.index)
    keep -= {t.index for t in tree.children(sentence, token.index) if t.dep == "case"}
    words = _words(sentence, keep)
    return words or [noun_phrase(token, sentence)]


def _words(sentence: Sentence, keep: set[int]) -> list[str]:
    """The kept tokens as words: parts of a hyphenated or possessive word are joined as in the text."""
    words: list[str] = []
    previous: Token | None = None
    for index in sorted(keep):
        token = sentence.tokens[index]
        if previous is not None and token.start == previous.end:
            words[-1] += token.text
        elif (
            previous is not None
            and token.index == previous.index + 2
            and sentence.tokens[previous.index + 1].tag in {"HYPH", "POS"}
        ):
            words[-1] += sentence.text[previous.end - sentence.start : token.end - sentence.start].replace("  ", " ")
        else:
            words.append(token.text)
        previous = token
    return words


def _limited(words: list[str]) -> str:
    """At most twelve words, cut where a phrase begins and not inside one."""
    split = [w for word in words for w in word.split()]
    if len(split) <= MOST_WORDS:
        return " ".join(split)
    cut = MOST_WORDS
    while cut > 5 and not (split[cut].lower() in _SMALL and split[cut - 1].lower() not in _SMALL):
        cut -= 1
    return " ".join(split[: cut if cut > 5 else MOST_WORDS])


def _clean(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(' ,;:—–-"“”')
    text = re.sub(r"^(?:the|The|a|A|an|An) (?=\S)", "", text)
    words = text.split()
    while len(words) > 1 and words[-1].lower() in _SMALL:
        words.pop()
    text = " ".join(words)
    return text[:1].upper() + text[1:] if text else "Event"
