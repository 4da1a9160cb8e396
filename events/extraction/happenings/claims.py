"""What is claimed and not confirmed, and what is denied: "allegedly", "accused of", "reports that", "denies bombing".

For factuality. A claim touches what hangs on it: "suspected sabotage" makes the sabotage doubtful and not the patrols of its
sentence; the arrest of a man accused of theft is a fact and the theft is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from events.extraction import dependency as tree
from events.extraction.happenings.cancelling import cancellation_of
from events.extraction.happenings.telling import Telling, governor, is_negated, told
from events.model import Sentence, Token

_ALLEGING = frozenset("allege accuse suspect claim charge rumour rumor blame implicate purport presume fear".split())
_SAID_TO = frozenset("say believe think report allege suspect presume rumour rumor understand fear suppose".split())
_SEEN = frozenset("see spot observe sight hear".split())
_DENYING = frozenset("deny refute rebut dispute disavow disclaim rubbish".split())
_TURNING_DOWN = frozenset("reject dismiss contradict scorn ridicule".split())
_CLAIMS = frozenset(
    "report rumour rumor claim allegation accusation speculation suspicion suggestion charge account".split()
)
_ADVERBS = frozenset("allegedly reportedly purportedly supposedly apparently presumably".split())
_ADJECTIVES = frozenset("alleged suspected purported reported supposed presumed rumoured rumored".split())
_OF_CLAIM = frozenset("of for with over in".split())
_FALSE = re.compile(
    r"\b(?:reports?|rumou?rs?|claims?|allegations?)\b[^.;]{3,90}?\b(?:is|are|was|were) (?:baseless|false|untrue|unfounded|"
    r"groundless|wrong|not true)\b",
    re.IGNORECASE,
)
_UNCONFIRMED = re.compile(
    r"\baccording to (?:unconfirmed|local|media|some|unverified)? ?(?:reports|rumou?rs)\b|\bit is (?:presumed|believed|"
    r"thought|feared|alleged|rumou?red)\b|\bclaims? (?:that )?.{0,40}(?:could|would|did) not (?:be )?(?:verif|confirm)\w+",
    re.IGNORECASE,
)
_RETORT = re.compile(
    r"[,;]\s*(?:(?:an? )?(?:charge|claim|account|accusation|allegation|version|report)s? )?(?:that |which )?[^,;]{0,60}?\b"
    r"(?:den(?:y|ies|ied)|dismiss(?:es|ed)?|reject(?:s|ed)?|disput(?:es|ed)|rubbish(?:es|ed)|call(?:s|ed) (?:that|it|this) an? "
    r"(?:lie|fabrication|provocation|hoax))\b",
    re.IGNORECASE,
)


def unless_disputed(sentence: Sentence, token: Token, plain: Callable[[], Telling]) -> Telling:
    """What calls a happening off, denies it or only claims it; where nothing does, its plain telling."""
    called_off = cancellation_of(sentence, token)
    if called_off is not None:
        return called_off
    claim = claim_of(sentence, token)
    if claim is not None and claim.status == "denied":
        return claim
    own = plain()
    return claim if claim is not None and own.status == "occurred" and own.no_event != "negated" else own


def claim_of(sentence: Sentence, token: Token) -> Telling | None:
    """The alleged or denied status of a happening with the words that say so; None for what is told as a fact."""
    denied = _denial(sentence, token)
    if denied is not None:
        return denied
    alleged = _allegation(sentence, token)
    if alleged is None:
        return None
    retort = _RETORT.search(sentence.text, token.end - sentence.start)
    if retort is None:
        return alleged
    inside = [t for t in sentence.tokens if retort.start() < t.start - sentence.start < retort.end()]
    return told(sentence, "denied", inside[-1]) if inside else alleged


def _denial(sentence: Sentence, token: Token) -> Telling | None:
    """Under a verb of denying, under a claim that is turned down, or with "no" after "there is" in what someone says."""
    for above in _above(sentence, token):
        if above.lemma in _DENYING and above.pos == "VERB" and not is_negated(sentence, above):
            return told(sentence, "denied", above)
        if above.lemma in _CLAIMS and above.pos == "NOUN" and (verdict := _verdict(sentence, above)):
            return verdict
    for child in tree.children(sentence, token.index):
        relative = child.dep == "acl:relcl" and child.lemma in _DENYING
        if relative and any(t.tag in {"WDT", "WP"} for t in tree.children(sentence, child.index)):
            return told(sentence, "denied", child)
    before = sentence.tokens[max(0, token.index - 4) : token.index]
    denying = next((t for t in before if t.lemma in {"deny", "denies"}), None)
    if sentence.kind == "headline" and denying is not None:
        return told(sentence, "denied", denying)
    for match in _FALSE.finditer(sentence.text):
        if match.start() < token.start - sentence.start < match.end():
            last = next(t for t in reversed(sentence.tokens) if t.start - sentence.start < match.end())
            return told(sentence, "denied", last)
    return _there_is_none(sentence, token)


def _above(sentence: Sentence, token: Token) -> list[Token]:
    """The words whose content a happening is: heads of complement clauses, gerunds, objects and "of" phrases."""
    found: list[Token] = []
    below = token
    for head in tree.ancestors(sentence, token.index):
        relation = below.dep.split(":")[0]
        marks = {t.text.lower() for t in tree.children(sentence, below.index) if t.dep in {"mark", "case", "advmod"}}
        if below.pos == "VERB" and marks & {
            "when",
            "after",
            "before",
            "while",
            "because",
            "as",
            "since",
            "until",
            "by",
        }:
            break
        if relation in {"acl", "amod"} and below.dep == "acl:relcl" and head.lemma not in _CLAIMS:
            break
        if relation in {"nsubj", "csubj", "parataxis"} or (relation == "obl" and not marks & _OF_CLAIM):
            break
        if relation == "conj":
            if below.tag == "VBD" and head.tag == "VBN":
                break  # "denied that it had struck … and blamed …": the second act is the denier's own
            below = head
            continue
        if relation == "advcl" and not (below.tag == "VBG" and marks & _OF_CLAIM) and "that" not in marks:
            break
        found.append(head)
        if head.pos == "VERB" and relation != "xcomp":
            break
        below = head
    return found


def _verdict(sentence: Sentence, claim: Token) -> Telling | None:
    """What becomes of a claim: turned down, or called untrue."""
    above, role = governor(sentence, claim)
    if above is not None and role == "obj" and above.lemma in _DENYING | _TURNING_DOWN:
        return told(sentence, "denied", above)
    return None


def _there_is_none(sentence: Sentence, token: Token) -> Telling | None:
    """As in "the ministry said there had been no kidnapping"."""
    if token.pos not in {"NOUN", "PROPN"}:
        return None
    no = next((t for t in tree.children(sentence, token.index) if t.text.lower() == "no"), None)
    there = [t for t in sentence.tokens[max(0, token.index - 8) : token.index] if t.tag == "EX"]
    said = any(t.lemma in {"say", "insist", "tell"} for t in sentence.tokens)
    return told(sentence, "denied", no) if no is not None and there and said else None


def _allegation(sentence: Sentence, token: Token) -> Telling | None:
    for above in _above(sentence, token):
        if (
            above.pos == "VERB"
            and above.lemma in _ALLEGING
            and _is_content(above, token)
            and not is_negated(sentence, above)
        ):
            return told(sentence, "alleged", above)
        if above.pos == "NOUN" and above.lemma in _CLAIMS - {"charge", "account"} and _is_loose(sentence, above):
            return told(sentence, "alleged", above)
        if above.pos == "VERB" and above.lemma in _SAID_TO | _SEEN and _is_said_to(sentence, above):
            return told(sentence, "alleged", above)
    return _by_modifier(sentence, token) or _by_words(sentence, token)


def _is_content(verb: Token, token: Token) -> bool:
    """Whether a happening is what is claimed: "claimed the attack" takes a fact upon oneself."""
    direct = token.head == verb.index and token.dep == "obj"
    return not direct or verb.lemma == "allege"


def _is_loose(sentence: Sentence, claim: Token) -> bool:
    """Whether a noun of claiming is one: "reports that", "an unconfirmed report of"; "a report of the UN" is a paper."""
    if claim.lemma != "report":
        return True
    return claim.tag == "NNS" or any(t.lemma in {"unconfirmed", "local"} for t in tree.children(sentence, claim.index))


def _is_said_to(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb of saying or seeing is a passive that names nobody: "is said to have left", "was seen circling"."""
    if not tree.is_passive(sentence, verb.index) or is_negated(sentence, verb):
        return False
    below = tree.children(sentence, verb.index)
    return any(t.dep in {"xcomp", "ccomp", "advcl"} and (t.tag == "VBG" or _is_infinitive(sentence, t)) for t in below)


def _is_infinitive(sentence: Sentence, verb: Token) -> bool:
    return any(t.tag == "TO" for t in tree.children(sentence, verb.index))


def _by_modifier(sentence: Sentence, token: Token) -> Telling | None:
    """An adverb of the happening's own clause, or an adjective right before its noun."""
    verb = tree.clause_verb(sentence, token.index)
    for other in sentence.tokens:
        word = other.text.lower()
        if word in _ADVERBS:
            head = sentence.tokens[other.head]
            at_verb = verb is not None and (other.head in {verb.index, verb.head if verb.dep == "conj" else -1})
            close = 0 < abs(other.index - token.index) <= 3
            if other.head == token.index or (at_verb and head.pos != "NOUN") or close:
                return told(sentence, "alleged", other)
        elif word in _ADJECTIVES and _stands_before(sentence, other, token):
            return told(sentence, "alleged", other)
    return None


def _stands_before(sentence: Sentence, adjective: Token, noun: Token) -> bool:
    """Whether an adjective is the noun's own: only words of the same phrase lie between."""
    if noun.pos == "VERB" or not 0 < noun.index - adjective.index <= 4:
        return False
    between = sentence.tokens[adjective.index + 1 : noun.index]
    return all(t.pos in {"ADJ", "NOUN", "PROPN"} or t.text == "-" for t in between)


def _by_words(sentence: Sentence, token: Token) -> Telling | None:
    match = _UNCONFIRMED.search(sentence.text)
    at = token.start - sentence.start
    aside = match is not None and match[0].lower().startswith("it is")
    if match is None or (aside and abs(match.start() - at) > 60):
        return None
    inside = [t for t in sentence.tokens if match.start() <= t.start - sentence.start < match.end()]
    return told(sentence, "alleged", inside[0], inside[-1]) if inside else None
