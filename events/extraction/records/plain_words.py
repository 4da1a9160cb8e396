"""A clause in the text's own words and order, at most twelve, cut at the end of a phrase.

For labels: what is taken where the cutting of a clause by its parse gives a fragment. Only the date and what stands before
the subject are left out.
"""

from __future__ import annotations

from dataclasses import replace

from events.extraction import dependency as tree
from events.extraction.records.clause_faults import NEEDS_OBJECT
from events.extraction.records.clause_words import own_subject
from events.extraction.records.kept_words import Words
from events.extraction.records.label_draft import Draft
from events.extraction.records.label_form import fault_of
from events.extraction.records.label_text import MOST_WORDS, cleaned
from events.extraction.records.phrase_words import phrase
from events.extraction.records.word_order import FINITE, RELATIVES, clause_by_order, is_finite
from events.model import Sentence, Token

LONGEST_CLAUSE = 60  # tokens
_CUT_BEFORE = frozenset(
    "in on at for with from by after before as because when while since until amid despite against over under near to "
    "between during through across along and or but where that who which following including toward towards into".split()
)
_OTHER_CLAUSE = frozenset("after before as because when while since until where that who which and or but".split())
_PARTICLES = frozenset("on up out off down away back over".split())
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "who", "which"})
_NO_END = frozenset("connection addition order response terms front favour favor charge view light case search".split())


def plain_clause(sentence: Sentence, verb: Token, left_out: set[int]) -> Draft | None:
    """The clause of a finite verb from its subject on; None where no subject is plain or no cut leaves a whole."""
    if not is_finite(sentence, verb):
        return None
    clause = clause_by_order(sentence, verb, left_out)
    kept = set(range(clause.group, min(clause.end, clause.group + LONGEST_CLAUSE))) - left_out
    subject = clause.subject
    if subject is not None:
        kept |= set(range(clause.first_of_subject, clause.group)) - left_out
    else:
        subject = own_subject(sentence, verb)
        inside = sentence.tokens[clause.start : clause.group]
        parted = any(t.pos == "VERB" and t.tag in FINITE for t in inside)  # "a drought that ruined the crop cut …"
        if clause.opener in RELATIVES and (parted or not clause.has_nouns) and clause.start > 1:
            subject = _antecedent(sentence, clause.start - 2)
        if subject is None or subject.pos not in {"NOUN", "PROPN"} or subject.index >= clause.group:
            return None
        kept |= phrase(sentence, subject, left_out, case=False)
    words = _cut(Words(sentence, _without_dangling(kept, sentence)), verb)
    if words is None:
        return None
    return Draft(cleaned(words.text()), "plain", sentence, frozenset(words.kept), verb, subject, frozenset(left_out))


def _antecedent(sentence: Sentence, before: int) -> Token | None:
    """The noun right before a relative pronoun, with a comma between them at most."""
    token = sentence.tokens[before - 1 if sentence.tokens[before].text == "," and before else before]
    return token if token.pos in {"NOUN", "PROPN"} else None


def _cut(words: Words, least: Token) -> Words | None:
    """The words up to the last phrase that fits behind a word; None where that is too long or cuts an object off."""
    tokens = words.sentence.tokens
    most = MOST_WORDS + (tokens[min(words.kept)].pos == "DET")
    if words.count() <= most:
        return words
    ends = sorted(i for i in words.kept if i >= least.index)
    for n in reversed(range(1, len(ends))):
        first_gone, last = tokens[ends[n]], tokens[ends[n - 1]]
        word = first_gone.text.lower()
        if word not in _CUT_BEFORE or last.lemma in _NO_END or last.pos in {"DET", "ADJ", "NUM"}:
            continue
        particle = last.text.lower() in _PARTICLES and ends[n - 1] == least.index + 1
        if (last.pos == "ADP" and not particle) or (ends[n - 1] == least.index and not _is_loose(word, least)):
            continue
        shorter = Words(words.sentence, words.kept - set(ends[n:]))
        if shorter.count() <= most:
            return shorter
    return None


def _without_dangling(kept: set[int], sentence: Sentence) -> set[int]:
    """The words less the beginning of another clause whose verb comes behind an aside: "… after its owner, Ali, died"."""
    tokens = sentence.tokens
    last = max(kept)
    if last + 1 >= len(tokens) or tokens[last + 1].text != ",":
        return kept
    openers = [i for i in kept if tokens[i].text.lower() in {"after", "before", "when", "while", "because", "as"}]
    begun = max(openers, default=last)
    open_ended = begun < last and not any(tokens[i].pos in {"VERB", "AUX"} for i in range(begun, last + 1))
    goes_on = any(t.tag in FINITE for t in tokens[last + 1 :])
    return {i for i in kept if i < begun} if open_ended and goes_on else kept


def _is_loose(word: str, verb: Token) -> bool:
    """Whether a clause may end at its verb before that word: another clause follows, or where it was."""
    return word in _OTHER_CLAUSE or (word in {"in", "at", "during", "near"} and verb.lemma not in NEEDS_OBJECT)


def words_between_stops(sentence: Sentence, token: Token, left_out: set[int], name: str = "") -> Draft | None:
    """The words around one that the parser leaves alone, between stops and words that open a clause.

    A pronoun that they begin with gives way to its name or is left out; None where no cut leaves the word itself.
    """
    clause = clause_by_order(sentence, token, left_out)
    start = _noun_before_infinitive(sentence, clause.start, clause.group, token) or clause.start
    if token.index - start > LONGEST_CLAUSE:
        return None
    inside = [t for t in sentence.tokens[start : clause.end][: 2 * LONGEST_CLAUSE] if t.index not in left_out]
    named = bool(name and inside and inside[0].tag == "PRP" and inside[0].head == token.index)
    if named:
        inside.pop(0)
    while inside and not named and (inside[0].text.lower() in _PRONOUNS or inside[0].pos in {"AUX", "SCONJ", "CCONJ"}):
        inside.pop(0)
    if not inside:
        return None
    words = _cut(Words(sentence, _without_dangling({t.index for t in inside}, sentence)), token)
    if words is None or token.index not in words.kept:
        return None
    verb = token if token.pos == "VERB" else None
    text = cleaned(f"{name} {words.text()}" if named else words.text())
    kept = frozenset(words.kept)
    return Draft(text, "between stops", sentence, kept, verb, left_out=frozenset(left_out), has_name=named)


def _noun_before_infinitive(sentence: Sentence, start: int, group: int, verb: Token) -> int | None:
    """Where the phrase begins that an infinitive hangs on, if much stands before it: "proposal to strip …"."""
    if sentence.tokens[group].tag != "TO" or verb.index - start < MOST_WORDS // 2:
        return None
    return next((i + 1 for i in range(group - 2, start, -1) if sentence.tokens[i].pos == "ADP"), None)


def trimmed(draft: Draft) -> Draft | None:
    """A faulty draft without its last phrases, the longest that is whole; None where its verb or its object would go."""
    if draft.verb is None or draft.verb.index not in draft.kept or draft.kind not in {"clause", "plain"}:
        return None
    tokens = draft.sentence.tokens
    objects = [
        t.index for t in tree.children(draft.sentence, draft.verb.index) if t.dep == "obj" and t.index in draft.kept
    ]
    least = max([draft.verb.index, *objects])
    order = sorted(draft.kept)
    for n in range(len(order) - 1, 1, -1):
        if order[n - 1] < least:
            return None
        word = tokens[order[n]].text.lower()
        at_verb = order[n - 1] == draft.verb.index and not _is_loose(word, draft.verb)
        if word not in _CUT_BEFORE or at_verb:
            continue
        kept = frozenset(order[:n])
        shorter = replace(draft, text=_text_of(draft, kept), kept=kept)
        if len(shorter.text.split()) > 1 and not fault_of(shorter):
            return shorter
    return None


def _text_of(draft: Draft, kept: frozenset[int]) -> str:
    """A draft's text down to fewer words; a name that stands for a pronoun stays before them."""
    whole = cleaned(Words(draft.sentence, set(draft.kept)).text()) if not draft.has_name else ""
    shorter = Words(draft.sentence, set(kept)).text()
    if draft.has_name or whole != draft.text:
        gone = len(Words(draft.sentence, set(draft.kept)).text().split()) - len(shorter.split())
        return cleaned(" ".join(draft.text.split()[: len(draft.text.split()) - gone]))
    return cleaned(shorter)
