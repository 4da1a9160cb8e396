"""What was called off: "cancelled a trip", "the vote was put off", "a plan to shut the bridge was dropped".

For factuality. A thing cancelled is one that was to come; ending what is under way ("lifted the siege") is another happening.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.happenings.telling import SHELLS, Telling, governor, is_negated, is_patient, told
from events.extraction.verbs_of_setting import SETTING
from events.model import Sentence, Token

_ALWAYS = frozenset("cancel postpone scrap shelve abort scrub axe nix defer reschedule".split())
_OF_PLANS = frozenset("drop abandon ditch withdraw delay adjourn suspend scupper".split())
_WITH_PARTICLE = {"call": {"off"}, "put": {"off"}, "strike": {"off", "out"}, "stand": {"down"}, "pull": {"plug"}}
_COMING = frozenset(
    "plan proposal bid idea project scheme visit trip tour vote meeting talk summit hearing match game fixture rally march "
    "strike walkout stoppage flight launch trial election referendum concert festival session signing ceremony convoy "
    "deal pact sale closure airlift swap exchange mission expedition move decision".split()
)
_STANDING = frozenset(
    "accord treaty fee tax law rule subsidy ban contract visa licence license decree debt sanction order policy currency "
    "passport permit tariff licence levy service ferry appeal booking ticket account".split()
)
_OTHER_CLAUSE = frozenset({"as", "after", "while", "when", "amid", "before"})
_HEADLINE_WORDS = re.compile(
    r"\b(?:cancel|postpone|scrap|shelve|ax)(?:e?s|(?:l?l|p)?ed|d)\b|\b(?:calls?|called|puts?) (?:[\w-]+ ){0,3}?off\b",
    re.IGNORECASE,
)
_NEVER_CAME = re.compile(
    r"\b(?:never|not|n[o'’]t) (?:take|took|taken) place\b|\b(?:will|would|did) not (?:go ahead|take place)\b|"
    r"\b(?:is|are|was|were) off(?= the table\b|[.,;]|$)",
    re.IGNORECASE,
)
_HAD_BEEN_DUE = re.compile(
    r"\b(?:had|has) been (?:due|scheduled|set|expected|planned|slated)\b|\bw(?:as|ere) to have\b|"
    r"\bw(?:as|ere) (?:due|scheduled|expected) to\b",
    re.IGNORECASE,
)
_WILL_NOT_COME = re.compile(r"\bwill (?:not|no longer) (?:come|travel|attend|go|visit|take part)\b", re.IGNORECASE)


def cancellation_of(sentence: Sentence, token: Token) -> Telling | None:
    """The cancelled status of a happening with the words that say so; None where nothing calls it off."""
    if token.pos == "VERB":
        if calls_off(sentence, token):
            return _told(sentence, token)
        noun = _noun_of_clause(sentence, token)
        return _of_noun(sentence, noun) if noun is not None else _by_words(sentence, token)
    return _of_noun(sentence, token) or _by_words(sentence, token)


def calls_off(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb calls something off and is not negated, wished or merely possible itself."""
    if verb.pos != "VERB" or is_negated(sentence, verb):
        return False
    helpers = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep == "aux"}
    if helpers & {"could", "may", "might", "should", "would"}:
        return False
    if verb.lemma in _ALWAYS:
        if any(t.lemma in _STANDING and _undergoes(sentence, verb, t) for t in tree.children(sentence, verb.index)):
            return False
        return verb.tag != "VB" or not any(t.tag == "TO" for t in tree.children(sentence, verb.index))
    if particles := _WITH_PARTICLE.get(verb.lemma):
        after = sentence.tokens[verb.index + 1 : verb.index + 7]
        return any(t.text.lower() in particles and (t.head == verb.index or t is after[0]) for t in after)
    return verb.lemma in _OF_PLANS and _drops_a_plan(sentence, verb)


def is_called_off_by(sentence: Sentence, token: Token, verb: Token) -> bool:
    """Whether a verb calls off what a word stands for: rally or "called" in "a rally called for Monday was cancelled"."""
    noun = _noun_set_for_later(sentence, token)
    if noun is None or verb.index == token.index:
        return False
    above, role = governor(sentence, noun)
    if above is None or not is_patient(sentence, above, role) or not calls_off(sentence, above):
        return False
    other = _noun_set_for_later(sentence, verb)
    return above.index == verb.index or (other is not None and other.index == noun.index)


def _noun_set_for_later(sentence: Sentence, token: Token) -> Token | None:
    """The noun itself, or the one whose day a relative clause sets: the rally, of "called" in "a rally called for Monday"."""
    noun = _noun_of_clause(sentence, token) if token.pos == "VERB" and token.lemma in SETTING else token
    return noun if noun is not None and noun.pos in {"NOUN", "PROPN"} else None


def _told(sentence: Sentence, verb: Token) -> Telling:
    """Cancelled, by the verb and its particle where that follows at once."""
    after = sentence.tokens[verb.index + 1] if verb.index + 1 < len(sentence.tokens) else verb
    return told(
        sentence, "cancelled", verb, after if after.text.lower() in _WITH_PARTICLE.get(verb.lemma, ()) else verb
    )


def _drops_a_plan(sentence: Sentence, verb: Token) -> bool:
    """Whether what the verb drops was to come: a plan, or something called planned, or due at a later day."""
    for child in tree.children(sentence, verb.index):
        if _undergoes(sentence, verb, child):
            below = {t.lemma for t in tree.children(sentence, child.index)}
            if child.lemma in {"plan", "proposal", "bid", "idea"} or below & {
                "planned",
                "plan",
                "schedule",
                "announced",
            }:
                return True
            if verb.lemma in {"delay", "adjourn"} and child.lemma in _COMING:
                return True
    return False


def _undergoes(sentence: Sentence, verb: Token, noun: Token) -> bool:
    return is_patient(sentence, verb, noun.dep.split(":")[0])


def _noun_of_clause(sentence: Sentence, verb: Token) -> Token | None:
    """The noun that a relative or infinitive clause hangs on: the strike, of "a strike that was to begin on Monday"."""
    for token in (verb, *tree.ancestors(sentence, verb.index)):
        if token.dep.split(":")[0] == "acl":
            head = sentence.tokens[token.head]
            return head if head.pos in {"NOUN", "PROPN"} else None
        if token.dep not in {"xcomp", "ccomp", "advcl"}:
            return None
    return None


def _of_noun(sentence: Sentence, noun: Token) -> Telling | None:
    above, role = governor(sentence, noun)
    if above is not None and is_patient(sentence, above, role) and calls_off(sentence, above):
        return _told(sentence, above)
    later = [t for t in tree.children(sentence, above.index) if t.dep == "conj"] if above is not None else []
    for verb in later:
        if role == "nsubj" and tree.is_passive(sentence, verb.index) and calls_off(sentence, verb):
            return _told(sentence, verb)
    if above is not None and role == "nsubj" and sentence.kind != "body" and calls_off(sentence, above):
        return _told(sentence, above)
    for child in tree.children(sentence, noun.index):
        if child.dep in {"acl", "acl:relcl"} and child.tag in {"VBN", "VBD"} and calls_off(sentence, child):
            return _told(sentence, child)
    head = sentence.tokens[noun.head]
    return _of_noun(sentence, head) if noun.dep == "nmod" and head.lemma in SHELLS and head.index < noun.index else None


def _by_words(sentence: Sentence, token: Token) -> Telling | None:
    """What no single verb says: "had been due on Tuesday … will not come", "never took place"."""
    at = token.start - sentence.start
    if sentence.kind == "headline" and (off := _in_headline(sentence, token)):
        return off
    missing = _NEVER_CAME.search(sentence.text, max(0, at - 10))
    if missing is None and (due := _HAD_BEEN_DUE.search(sentence.text)):
        missing = _WILL_NOT_COME.search(sentence.text, due.end())
    if missing is None or missing.start() - at > 160:
        return None
    inside = [t for t in sentence.tokens if missing.start() <= t.start - sentence.start < missing.end()]
    return told(sentence, "cancelled", inside[0], inside[-1]) if inside else None


def _in_headline(sentence: Sentence, token: Token) -> Telling | None:
    """Headlines are parsed badly: "Japan scraps launch", "Vote on budget postponed" go by the words of one clause."""
    at = token.start - sentence.start
    for match in _HEADLINE_WORDS.finditer(sentence.text):
        low, high = sorted((at, match.start()))
        between = sentence.text[low:high]
        inside = [t for t in sentence.tokens if match.start() <= t.start - sentence.start < match.end()]
        words = between.lower().split()
        if inside and len(words) <= 6 and not any(s in between for s in ";:,") and not _OTHER_CLAUSE & set(words):
            return told(sentence, "cancelled", inside[0], inside[-1])
    return None
