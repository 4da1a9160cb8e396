"""How a happening is told: as a fact, as going on, as planned, alleged, denied or cancelled, or not as a happening at all.

For the finding of happenings. It goes by the parse: auxiliaries, negation, the verbs that govern the clause and who reports.
Wishes, bare possibilities, conditions, habits and negated acts are no happenings. Each answer points to the words that gave
it; plain past tense has none. What is called off is read by cancelling.py, what is claimed or denied by claims.py.
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.happenings.cancelling import cancellation_of
from events.extraction.happenings.claims import claim_of
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.happenings.telling import Telling, governor, is_negated, is_patient, negation_of, told, untold
from events.model import Sentence, Token

_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_POSSIBLE = frozenset({"could", "may", "might", "can", "should", "must", "ought", "ca"})
_PLANNING = frozenset(
    "plan schedule expect set slate due prepare intend aim vow pledge promise agree decide threaten order commit book "
    "announce pencil ready poise commission forecast foresee undertake".split()
)
_SET_FOR_LATER = frozenset("expect schedule set slate due plan pencil forecast foresee bill".split())
_ANNOUNCING = frozenset("plan schedule prepare threaten announce propose order promise pledge call".split())
_BE = frozenset({"is", "are", "was", "were", "'s", "’s"})
_MEANWHILE = frozenset(
    "next this later also now still then on week month year today tomorrow monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)
_WISHING = frozenset(
    "want hope seek wish try need like ask urge call demand request beg appeal fail refuse decline hesitate propose "
    "suggest recommend consider mull offer press push encourage invite tempt allow let able unable want struggle".split()
)
_WISHED = frozenset(
    "want hope seek need urge demand request beg propose suggest recommend consider mull discuss".split()
)
_PREVENTING = frozenset("prevent avoid avert foil thwart block ban forbid bar deter forestall".split())
_ENDING = frozenset("end halt stop lift quit leave break".split())
_GOING_ON = frozenset("continue persist rage linger".split())
_LASTING_ACTS = frozenset(
    "lay besiege siege blockade block occupy hold detain close shut suspend strike rage wage fight protest boycott".split()
)
_EVENTIVE = LIGHT_VERBS | {"attend", "join", "sign", "plan", "announce", "schedule", "send", "do", "become"}
_ACTS = frozenset(
    "accuse deny reject warn appeal condemn demand apologise apologize urge call offer threaten pledge vow announce "
    "declare order ban approve sign resign beat arrest kill welcome back support denounce dismiss claim insist".split()
)
_PLANS = frozenset("plan decision deal agreement mission promise pledge intention date invitation ultimatum".split())
_MANAGING = frozenset("manage begin start continue help use appear seem gather go come meet".split())
_REMEMBERING = frozenset({"anniversary", "commemoration", "remembrance", "memory", "centenary", "jubilee"})
_PLANNED_NOUN = re.compile(r"\b(?:planned|upcoming|scheduled|forthcoming|proposed|looming|next)\b", re.IGNORECASE)
_POSSIBLE_NOUN = re.compile(
    r"\b(?:possible|potential|hypothetical|any (?:possible|future))(?: \w+){0,2} ?$", re.IGNORECASE
)
_CONDITION = frozenset({"if", "unless", "whether", "should", "lest"})
_BACKGROUND = frozenset("after following over since amid despite by during from".split())
_TIMELY = frozenset("when after before while because as since until although though by".split())
_TIMETABLED = frozenset(
    "leave fly arrive travel open meet start begin sail go visit play return depart resume end close hear host".split()
)
_NAMED_DAY = re.compile(
    r"\b(?:on|from) (?:\w{3,6}day|\d{1,2} [A-Z]\w+|[A-Z]\w+\.? \d{1,2})\b|\b(?:\w{3,6}day|in (?:January|February|March|April|"
    r"May|June|July|August|September|October|November|December))\b"
)
_TO_COME = re.compile(r"\b(?:tomorrow|next (?:week|month|year|\w+day))\b", re.IGNORECASE)
_HABIT = re.compile(
    r"\b(?:each|every) (?:year|day|week|month|spring|summer|autumn|winter)\b|\b(?:often|usually|regularly|routinely|annually|"
    r"typically|always)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:today|tonight|now|\w{3,6}day)\b")
_LASTING = re.compile(
    r"\benter(?:s|ed)? (?:its|a|the|their) \w+ (?:day|week|month|night)\b|\bfor (?:a|the) \w+ (?:straight |consecutive )?"
    r"(?:day|week|month|night)\b|\bwent into its \w+ (?:day|week|month)\b",
    re.IGNORECASE,
)


def telling_of(sentence: Sentence, index: int) -> Telling:
    """How the sentence tells of the happening that a token stands for."""
    if not sentence.tokens:
        return Telling("occurred", None)
    token = sentence.tokens[index]
    called_off = cancellation_of(sentence, token)
    if called_off is not None:
        return called_off
    claim = claim_of(sentence, token)
    if claim is not None and claim.status == "denied":
        return claim
    verb = token if token.pos in {"VERB", "AUX"} else _verb_of_noun(sentence, token)
    own = _of_noun(sentence, token, verb) if verb is not token else _of_verb(sentence, tree.carrier_of(sentence, token))
    return claim if claim is not None and own.status == "occurred" and own.no_event != "negated" else own


def _verb_of_noun(sentence: Sentence, token: Token) -> Token | None:
    """The verb of whose clause a nominal happening is a part; None for one that hangs on another noun or on "after"."""
    above, role = governor(sentence, token)
    if role == "obl" and tree.preposition(sentence, token.index) in _BACKGROUND:
        return None
    if role == "ROOT" or above is None:
        return None
    return tree.clause_verb(sentence, above.index) if above.pos == "ADJ" else above


def _of_noun(sentence: Sentence, token: Token, verb: Token | None) -> Telling:
    """A nominal happening: what its own modifiers say, else what its verb does with it."""
    own = _by_company(sentence, token)
    if own is not None:
        return own
    if verb is None:
        return _lasting(sentence, token) or Telling("occurred", None)
    role = governor(sentence, token)[1]
    if verb.lemma in {"cancel", "postpone", "call", "put", "shelve", "scrap"} and is_negated(sentence, verb):
        return Telling("planned", None)
    under = _noun_under(sentence, verb, token, role)
    if under is not None:
        return under
    before = role == "obl" and tree.preposition(sentence, token.index) in {"before", "until"}
    if role != "nsubj" and not before and not _shares_fate(sentence, verb, token):
        return Telling("occurred", None)
    return _of_verb(sentence, verb, noun=True)


def _by_company(sentence: Sentence, noun: Token) -> Telling | None:
    """Words beside a noun such as "planned", "possible", "due on Friday", "that is to open on Monday"."""
    if noun.lemma == "due" or noun.text.lower() == "due":
        return told(sentence, "planned", noun)
    head = sentence.tokens[noun.head]
    if noun.dep.startswith("nmod") and head.lemma in _REMEMBERING:
        return untold("a state or habit")
    at = noun.start - sentence.start
    before = sentence.text[max(0, at - 24) : at]
    if _POSSIBLE_NOUN.search(before):
        return untold("a possibility")
    for match in _PLANNED_NOUN.finditer(before):
        words = [t for t in sentence.tokens[max(0, noun.index - 4) : noun.index] if t.text.lower() == match[0].lower()]
        if words and all(t.pos not in {"VERB", "ADP"} for t in sentence.tokens[words[-1].index + 1 : noun.index]):
            return told(sentence, "planned", words[-1])
    for child in tree.children(sentence, noun.index):
        if child.dep == "acl" and _is_set_for_later(sentence, child):
            return told(sentence, "planned", child)
        if child.dep == "acl:relcl" and (relative := _of_verb(sentence, child)).status == "planned":
            return relative
    return None


def _shares_fate(sentence: Sentence, verb: Token, noun: Token) -> bool:
    """Whether a nominal happens when its verb does ("will hold talks"): it does not in "vowed to challenge the vote"."""
    if verb.lemma in _EVENTIVE:
        return True
    definite = any(
        t.dep in {"det", "nmod:poss"} and t.text.lower() not in {"a", "an", "no", "any", "some"}
        for t in tree.children(sentence, noun.index)
    )
    return not definite and verb.lemma not in _ENDING


def _noun_under(sentence: Sentence, verb: Token, token: Token, role: str) -> Telling | None:
    """A nominal happening under a verb that plans, wishes, prevents or goes on with it."""
    if role == "nsubj" and _goes_on(sentence, verb) and verb.tag in {"VBZ", "VBP", "VBD"}:
        return told(sentence, "ongoing", verb)
    if role == "nsubj" and _is_supposed(sentence, verb):
        return untold("a possibility")
    if is_patient(sentence, verb, role):
        if verb.lemma in _PREVENTING | _WISHED:
            return untold("wished or prevented")
        if verb.lemma in _ANNOUNCING | _SET_FOR_LATER and _is_new(sentence, token):
            return told(sentence, "planned", verb)
    if role == "nsubj" and _is_set_for_later(sentence, verb):
        return told(sentence, "planned", verb)
    if role == "obl" and verb.lemma in {"call", "appeal", "push", "press", "vote", "hope", "wait", "prepare", "ask"}:
        word = tree.preposition(sentence, token.index)
        return untold("wished or prevented") if word == "for" else None
    return None


def _goes_on(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb says that something goes on: "continued", "also went on"."""
    after = sentence.tokens[verb.index + 1 : verb.index + 3]
    goes_on = verb.lemma == "go" and len(after) == 2 and after[0].text.lower() == "on"
    return verb.lemma in _GOING_ON or (goes_on and after[1].pos in {"ADP", "PUNCT", "ADV"})


def _lasts_since(sentence: Sentence, verb: Token, helpers: set[str]) -> Token | None:
    """The "since" of a state that began then and holds: "have laid siege to the town since March"."""
    if not helpers & {"has", "have"} or verb.lemma not in _LASTING_ACTS:
        return None
    clause = tree.clause_of(sentence, verb.index)
    return next((t for t in sentence.tokens if t.text.lower() == "since" and t.head in clause), None)


def _is_supposed(sentence: Sentence, verb: Token) -> bool:
    """Whether something is only what one would look for: "such rain would be expected to flood the valley"."""
    helpers = {t.text.lower() for t in tree.children(sentence, verb.index)}
    return verb.lemma in _SET_FOR_LATER and {"would", "be"} <= helpers


def _is_set_for_later(sentence: Sentence, verb: Token) -> bool:
    """Whether a participle puts something off to a day: "expected", "set for Friday" and not "set on fire"."""
    if verb.lemma not in _SET_FOR_LATER or verb.tag not in {"VBN", "VBD", "JJ"}:
        return False
    after = sentence.tokens[verb.index + 1].text.lower() if verb.index + 1 < len(sentence.tokens) else ""
    return verb.lemma != "set" or after in {"for", "to"}


def _is_new(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun brings something new: "announced a strike", not "called the killings an outrage"."""
    return not any(
        t.text.lower() in {"the", "this", "that", "these", "those"} for t in tree.children(sentence, noun.index)
    )


def _of_verb(sentence: Sentence, verb: Token, noun: bool = False) -> Telling:
    """What the auxiliaries, the negation and the governing words of a verb make of it."""
    own = tree.children(sentence, verb.index)
    helpers = [t for t in own if t.dep in {"aux", "aux:pass"}]
    words = {t.text.lower() for t in helpers}
    if negation_of(sentence, verb) is not None:
        return untold("negated")
    if any(t.dep == "mark" and t.text.lower() in _CONDITION for t in own):
        return untold("a condition")
    future = next((t for t in helpers if t.text.lower() in _FUTURE), None)
    if future is not None:
        return told(sentence, "planned", future)
    if words & _POSSIBLE:
        return untold("a possibility")
    if "would" in words:
        return _of_would(sentence, verb, helpers)
    if _is_set_for_later(sentence, verb) and words & {"is", "are", "be", "was", "were", "been"}:
        return told(sentence, "planned", verb)
    if any(t.tag == "TO" for t in own) or (verb.tag == "VB" and verb.dep not in {"ROOT", "parataxis"}):
        return _of_infinitive(sentence, verb, own)
    governed = _governed(sentence, verb)
    if governed is not None:
        return governed
    return _of_tense(sentence, verb, words, noun)


def _of_tense(sentence: Sentence, verb: Token, helpers: set[str], noun: bool) -> Telling:
    """Under way, habitual, or plainly told."""
    if verb.tag == "VBG" and helpers & {"is", "are", "'s", "’s", "'re", "’re"} and not noun:
        return told(sentence, "ongoing", verb)
    if verb.tag == "VBG" and "been" in helpers and helpers & {"has", "have"} and not noun:
        return told(sentence, "ongoing", verb)
    if verb.tag not in {"VBD", "VBN"} and _HABIT.search(sentence.text):
        return untold("a state or habit")
    if (since := _lasts_since(sentence, verb, helpers)) is not None:
        return told(sentence, "ongoing", since)
    if (lasting := _lasting(sentence, verb)) is not None:
        return lasting
    if verb.tag in {"VBZ", "VBP"} and not helpers and sentence.kind == "body" and not noun:
        return _of_present(sentence, verb)
    return Telling("occurred", None)


def _lasting(sentence: Sentence, token: Token) -> Telling | None:
    """As in "the strike entered its second week"."""
    match = _LASTING.search(sentence.text)
    if match is None or abs(match.start() - (token.start - sentence.start)) > 50:
        return None
    inside = [t for t in sentence.tokens if match.start() <= t.start - sentence.start < match.end()]
    return told(sentence, "ongoing", inside[0], inside[-1]) if inside else None


def _of_would(sentence: Sentence, verb: Token, helpers: list[Token]) -> Telling:
    """The word "would" under a verb of saying is a plan told in the past; elsewhere it is a bare possibility."""
    if _is_supposed(sentence, verb):
        return untold("a possibility")
    said = any(t.pos == "VERB" and t.tag in {"VBD", "VBN"} for t in tree.ancestors(sentence, verb.index))
    announced = any(t.lemma in {"say", "announce", "tell"} and t.tag == "VBD" for t in sentence.tokens)
    if said or announced:
        return told(sentence, "planned", next(t for t in helpers if t.text.lower() == "would"))
    return untold("a possibility")


def _of_infinitive(sentence: Sentence, verb: Token, own: list[Token]) -> Telling:
    """An infinitive is what its governing word makes of it."""
    marker = next((t for t in own if t.tag == "TO"), None)
    head = sentence.tokens[verb.head]
    if marker is not None and (be := _to_be(sentence, verb, marker)) is not None:
        return told(sentence, "planned", be, marker)
    if head.index != verb.index and any(
        t.dep == "aux" and t.text.lower() in _POSSIBLE | {"would"} for t in tree.children(sentence, head.index)
    ):
        return untold("a possibility")
    if marker is None and verb.dep == "conj" and head.pos == "VERB" and head.tag == "VB":
        return _of_verb(sentence, head)
    if head.index == verb.index or marker is None:
        planned = marker is not None and head.index == verb.index
        return told(sentence, "planned", marker) if planned and marker else _bare_infinitive(verb, head)
    if head.lemma in _PLANNING or head.lemma in {"be", "go"}:
        if head.lemma == "go" and head.tag != "VBG":
            return Telling("occurred", None)
        return told(sentence, "planned", head)
    if head.lemma == "continue" and head.tag != "VBD":
        return told(sentence, "ongoing", head)
    if head.lemma in _MANAGING:
        return telling_of(sentence, head.index) if head.pos == "VERB" else Telling("occurred", None)
    if head.lemma in _WISHING:
        return untold("wished or prevented")
    if head.pos in {"NOUN", "PROPN"}:
        if sentence.kind == "headline" and head.dep == "ROOT" and head.index == marker.index - 1:
            return told(sentence, "planned", marker)
        return told(sentence, "planned", marker) if head.lemma in _PLANS else untold("a purpose")
    return untold("a purpose") if verb.dep in {"advcl", "xcomp", "acl"} else Telling("occurred", None)


def _bare_infinitive(verb: Token, head: Token) -> Telling:
    """A bare form: under "let" or "see" what that makes of it; most often the parser took a past tense for one."""
    if head.index != verb.index and head.lemma in _WISHING and verb.dep in {"ccomp", "xcomp"}:
        return untold("wished or prevented")
    return Telling("occurred", None)


def _to_be(sentence: Sentence, verb: Token, marker: Token) -> Token | None:
    """The form of "be" whose infinitive a verb is: "the talks are to open on Monday", "is next week to visit"."""
    before = sentence.tokens[marker.index - 1] if marker.index else None
    if before is not None and before.text.lower() in _BE | {"due", "set"}:
        return before
    back = marker.index - 1
    while back > 0 and marker.index - back < 5 and sentence.tokens[back].text.lower() in _MEANWHILE:
        back -= 1
    if back >= 0 and sentence.tokens[back].text.lower() in _BE:
        return sentence.tokens[back]
    helpers = [t for t in tree.children(sentence, verb.index) if t.dep in {"aux", "cop"} and t.index < marker.index]
    return next((t for t in helpers if t.text.lower() in _BE), None)


def _governed(sentence: Sentence, verb: Token) -> Telling | None:
    """What a verb above makes of a finite clause or a gerund: wished or prevented."""
    above = next((t for t in tree.ancestors(sentence, verb.index) if t.pos in {"VERB", "ADJ", "NOUN"}), None)
    marks = {t.text.lower() for t in tree.children(sentence, verb.index) if t.dep in {"mark", "advmod"}}
    if above is None or marks & _TIMELY or verb.dep not in {"ccomp", "advcl", "xcomp", "acl", "obl"}:
        return None
    if verb.tag == "VBG" and above.lemma in _PREVENTING | {"consider", "mull", "suggest", "favour", "favor"}:
        return untold("wished or prevented")
    if above.lemma in {"want", "hope", "wish", "fear", "imagine"}:
        return untold("wished or prevented")
    return None


def _of_present(sentence: Sentence, verb: Token) -> Telling:
    """A simple present in running text: what always is, unless a date or the act itself is there ("I resign")."""
    if verb.dep in {"acl:relcl", "advcl", "acl"}:
        return untold("a state or habit")
    ahead = _TO_COME.search(sentence.text)
    if ahead is None and verb.lemma in _TIMETABLED:
        ahead = _NAMED_DAY.search(sentence.text)
    if ahead:
        inside = [t for t in sentence.tokens if ahead.start() <= t.start - sentence.start < ahead.end()]
        return told(sentence, "planned", inside[0], inside[-1]) if inside else Telling("occurred", None)
    if verb.lemma in _ACTS or _DATED.search(sentence.text):
        return Telling("occurred", None)
    return untold("a state or habit")
