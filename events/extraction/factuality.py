"""How a happening is told: as a fact, as going on, as planned, alleged, denied or cancelled, or not as a happening at all.

For the finding of happenings. It goes by the parse: auxiliaries, negation, the verbs that govern the clause and who reports.
Wishes, bare possibilities, conditions, habits and negated acts are no happenings. Each answer points to the words that gave
it; plain past tense has none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from events.extraction import dependency as tree
from events.model import Sentence, Span, Status, Token


class Telling(NamedTuple):
    """The status, the words that gave it, and why the clause tells of no happening ("" where it does)."""

    status: Status
    span: Span | None
    no_event: str = ""


_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_POSSIBLE = frozenset({"could", "may", "might", "can", "should", "must", "ought", "ca"})
_PLANNING = frozenset(
    "plan schedule expect set slate due prepare intend aim vow pledge promise agree decide threaten order commit book "
    "announce pencil ready poise commission forecast".split()
)
_WISHING = frozenset(
    "want hope seek wish try need like ask urge call demand request beg appeal fail refuse decline hesitate propose "
    "suggest recommend consider mull offer press push encourage invite tempt allow let able unable want struggle".split()
)
_ALLEGING = frozenset("allege accuse suspect claim charge rumour rumor blame implicate purport".split())
_DENYING = frozenset("deny refute rebut dispute disavow disclaim".split())
_CANCELLING = frozenset("cancel postpone scrap abandon shelve abort scrub delay defer adjourn suspend".split())
_PREVENTING = frozenset("prevent avoid avert stop foil thwart block ban forbid bar deter forestall".split())
_ALLEGED_WORDS = re.compile(
    r"\b(?:allegedly|reportedly|purportedly|supposedly|apparently|said to have|believed to have|thought to have|"
    r"accused of|suspected of|charged with|there were reports|according to (?:unconfirmed |local )?reports|unconfirmed|"
    r"is (?:said|believed|alleged|reported|thought|suspected) to|are (?:said|believed|alleged|reported|thought|suspected) to|"
    r"was (?:said|alleged|reported) to|were (?:said|alleged|reported) to|alleged|suspected)\b",
    re.IGNORECASE,
)
_PLANNED_NOUN = re.compile(r"\b(?:planned|upcoming|scheduled|forthcoming|proposed|looming|next)\b", re.IGNORECASE)
_CONDITION = frozenset({"if", "unless", "whether", "should", "in case", "lest"})
_NEGATION = frozenset({"not", "n't", "n’t", "never", "no", "without", "nor", "neither", "none", "nobody", "nothing"})


def telling_of(sentence: Sentence, index: int) -> Telling:
    """How the sentence tells of the happening that a token stands for."""
    if not sentence.tokens:
        return Telling("occurred", None)
    token = sentence.tokens[index]
    verb = token if token.pos == "VERB" else _verb_of_noun(sentence, token)
    if verb is None:
        return _of_bare_noun(sentence, token)
    own = _of_verb(sentence, verb, token)
    if own.no_event or own.status != "occurred":
        return own
    return _alleged_nearby(sentence, index) or own


def _verb_of_noun(sentence: Sentence, token: Token) -> Token | None:
    """The verb that a nominal happening is the subject or the object of, None for one that hangs on another noun."""
    if token.dep.split(":")[0] in {"nsubj", "obj", "ROOT", "xcomp", "obl", "csubj"}:
        return tree.clause_verb(sentence, token.index)
    return None


def _of_bare_noun(sentence: Sentence, token: Token) -> Telling:
    """A noun without a verb of its own: in a headline, a caption, or after a preposition."""
    before = sentence.text[max(0, token.start - sentence.start - 24) : token.start - sentence.start]
    if match := _PLANNED_NOUN.search(before):
        start = sentence.start + max(0, token.start - sentence.start - 24) + match.start()
        return Telling("planned", _span(sentence, start, start + len(match[0])))
    verb = tree.clause_verb(sentence, token.index)
    if verb is not None and verb.lemma in _WISHING | _PREVENTING:
        return Telling("occurred", None, "wished or prevented")
    return _alleged_nearby(sentence, token.index) or Telling("occurred", None)


def _of_verb(sentence: Sentence, verb: Token, token: Token) -> Telling:
    own = tree.children(sentence, verb.index)
    helpers = [t for t in own if t.dep in {"aux", "aux:pass"}]
    words = {t.text.lower() for t in helpers}
    noun = token.index != verb.index
    if noun and (telling := _noun_under(sentence, verb, token)):
        return telling
    negation = next((t for t in own if t.text.lower() in _NEGATION and t.dep in {"advmod", "det", "cc", "case"}), None)
    if negation is not None:
        return Telling("occurred", None, "negated")
    if any(t.dep == "mark" and t.text.lower() in _CONDITION for t in own):
        return Telling("occurred", None, "a condition")
    future = next((t for t in helpers if t.text.lower() in _FUTURE), None)
    if future is not None:
        return Telling("planned", _span(sentence, future.start, future.end))
    if words & _POSSIBLE:
        return Telling("occurred", None, "a possibility")
    if "would" in words:
        return _of_would(sentence, verb, helpers)
    if any(t.tag == "TO" for t in own) or verb.tag == "VB":
        return _of_infinitive(sentence, verb, own)
    governed = _governed(sentence, verb)
    if governed is not None:
        return governed
    if verb.tag == "VBG" and words & {"is", "are", "'s", "’s", "'re", "’re"}:
        return Telling("ongoing", _span(sentence, verb.start, verb.end))
    if verb.tag in {"VBZ", "VBP"} and not helpers and sentence.kind == "body" and verb.index == token.index:
        return _of_present(sentence, verb)
    return Telling("occurred", None)


def _noun_under(sentence: Sentence, verb: Token, token: Token) -> Telling | None:
    """A nominal happening under a verb that cancels, denies, wishes or plans it."""
    role = token.dep.split(":")[0]
    if role == "obj" or (role == "nsubj" and tree.is_passive(sentence, verb.index)):
        if verb.lemma in _CANCELLING or (verb.lemma == "call" and _has_particle(sentence, verb, "off")):
            return Telling("cancelled", _span(sentence, verb.start, verb.end))
        if verb.lemma in _DENYING:
            return Telling("denied", _span(sentence, verb.start, verb.end))
        if verb.lemma in _PREVENTING | _WISHING:
            return Telling("occurred", None, "wished or prevented")
        if verb.lemma in {"plan", "schedule", "prepare", "threaten", "announce", "propose"}:
            return Telling("planned", _span(sentence, verb.start, verb.end))
    if role == "obl" and verb.lemma in {"call", "appeal", "push", "ask", "press", "vote", "hope", "wait", "prepare"}:
        return Telling("occurred", None, "wished or prevented")
    return None


def _of_would(sentence: Sentence, verb: Token, helpers: list[Token]) -> Telling:
    """The word "would" under a verb of saying is a plan told in the past; elsewhere it is a bare possibility."""
    above = next(iter(tree.ancestors(sentence, verb.index)), None)
    said = any(t.pos == "VERB" and t.tag in {"VBD", "VBN"} for t in tree.ancestors(sentence, verb.index)) or (
        above is None and any(t.lemma in {"say", "announce", "tell"} for t in sentence.tokens)
    )
    word = next(t for t in helpers if t.text.lower() == "would")
    if said or any(t.lemma in {"say", "announce"} and t.tag == "VBD" for t in sentence.tokens):
        return Telling("planned", _span(sentence, word.start, word.end))
    return Telling("occurred", None, "a possibility")


def _of_infinitive(sentence: Sentence, verb: Token, own: list[Token]) -> Telling:
    """An infinitive is what its governing word makes of it."""
    marker = next((t for t in own if t.tag == "TO"), None)
    span = _span(sentence, marker.start, marker.end) if marker else None
    head = sentence.tokens[verb.head]
    if head.index == verb.index:
        if sentence.kind == "headline" or (marker and marker.index <= verb.index):
            return Telling("planned", span)
        return Telling("occurred", None)  # a bare form: most often the parser took a past tense for one
    if marker is None and verb.dep in {"ROOT", "conj", "parataxis"}:
        return Telling("occurred", None)
    if head.lemma in _PLANNING or head.lemma in {"be", "go"}:
        if head.lemma == "go" and head.tag != "VBG":
            return Telling("occurred", None)
        return Telling("planned", _span(sentence, head.start, head.end))
    if head.lemma in _ALLEGING | {"say", "believe", "think", "report"}:
        return Telling("alleged", _span(sentence, head.start, head.end))
    if head.lemma in {"manage", "begin", "start", "continue", "help", "use", "appear", "seem", "gather", "go", "come"}:
        return telling_of(sentence, head.index) if head.pos == "VERB" else Telling("occurred", None)
    if head.lemma in _WISHING:
        return Telling("occurred", None, "wished or prevented")
    if head.pos == "NOUN":
        planned = head.lemma in {
            "plan",
            "decision",
            "deal",
            "agreement",
            "mission",
            "promise",
            "pledge",
            "intention",
            "date",
        }
        return Telling("planned", span) if planned else Telling("occurred", None, "a purpose")
    return (
        Telling("occurred", None, "a purpose") if verb.dep in {"advcl", "xcomp", "acl"} else Telling("occurred", None)
    )


def _governed(sentence: Sentence, verb: Token) -> Telling | None:
    """What a verb above makes of a finite clause or a gerund: claimed, denied, wished, prevented."""
    above = next((t for t in tree.ancestors(sentence, verb.index) if t.pos in {"VERB", "ADJ", "NOUN"}), None)
    if above is None:
        return None
    if verb.dep in {"ccomp", "advcl", "xcomp", "acl", "obl"}:
        if above.lemma in _ALLEGING:
            return Telling("alleged", _span(sentence, above.start, above.end))
        if above.lemma in _DENYING:
            return Telling("denied", _span(sentence, above.start, above.end))
        if verb.tag == "VBG" and above.lemma in _PREVENTING | {"consider", "mull", "suggest", "favour", "favor"}:
            return Telling("occurred", None, "wished or prevented")
        if above.lemma in {"want", "hope", "wish", "fear", "imagine"}:
            return Telling("occurred", None, "wished or prevented")
    return None


def _of_present(sentence: Sentence, verb: Token) -> Telling:
    """A simple present in running text: what always is, unless a date or the act itself is there ("I resign")."""
    if verb.dep in {"acl:relcl", "advcl", "acl"}:
        return Telling("occurred", None, "a state or habit")
    if re.search(
        r"\b(?:today|tonight|now|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|tomorrow)\b", sentence.text
    ):
        return Telling("occurred", None)
    return Telling("occurred", None, "a state or habit")


def _alleged_nearby(sentence: Sentence, index: int) -> Telling | None:
    """Words such as "allegedly" or "accused of" in the clause or just before it."""
    clause = tree.clause_of(sentence, index)
    first = min(sentence.tokens[i].start for i in clause) - sentence.start
    last = max(sentence.tokens[i].end for i in clause) - sentence.start
    match = _ALLEGED_WORDS.search(sentence.text, max(0, first - 22), last)
    if match is None:
        return None
    return Telling("alleged", _span(sentence, sentence.start + match.start(), sentence.start + match.end()))


def _has_particle(sentence: Sentence, verb: Token, particle: str) -> bool:
    return any(t.dep == "compound:prt" and t.text.lower() == particle for t in tree.children(sentence, verb.index))


def _span(sentence: Sentence, start: int, end: int) -> Span:
    return Span(part=sentence.part, start=start, end=end)
