"""Whether a label has the form of what a person would write, or is a fragment of it.

For labels. A draft knows which words of which sentence it keeps, so the faults are told by the classes of words, not guessed
from the string alone. What a headline says in its own words is not tested.
"""

from __future__ import annotations

from events.extraction.records import clause_faults, phrase_faults
from events.extraction.records.label_draft import Draft

_BAD_START = frozenset(
    "by or and nor but to of with from than that which who whom whose for into onto upon over under between through "
    "against toward towards because although though if while when where as so also not then there it he she they him "
    "her them its was were is are be been being has had having have will would could should may might did does do "
    "after before until since amid despite including following according quoting citing said says".split()
)
_BAD_END = frozenset(
    "the a an of to and or by with from in on at for as that which who his her its their than into between early late "
    "he she they and/or is are was were has have had will would be been few many some whom what where when how".split()
)
_OPEN_NOUNS = frozenset("connection addition response terms favour favor".split())  # "in connection" with what?
_FIGURES = frozenset("about over around under nearly almost some at".split())
_ALONE, _UNSAID = "a word alone", "a request without what is asked"
# Faults that are bad, worse, worst: which fragment is put out where no draft is whole.
_GRAVITY = (
    "", _UNSAID, "a participle without its noun", "a noun that says nothing", "a subject of another number",
    "a phrase cut in two", "ends in the middle", _ALONE, "a verb without its object", "a saying without what is said",
    "begins in the middle", "two phrases unjoined", "two verbs unjoined", "a subject that another clause has",
)  # fmt: skip


def gravity_of(draft: Draft) -> int:
    """How bad a draft's fault is, 0 for none."""
    fault = fault_of(draft)
    if fault == _ALONE and not _is_noun_alone(draft):
        return len(_GRAVITY)
    return _GRAVITY.index(fault)


def _is_noun_alone(draft: Draft) -> bool:
    """Whether a lone word names a happening ("Kidnapping") and is no verb without all that belongs to it."""
    words = [draft.sentence.tokens[i] for i in draft.kept if draft.sentence.tokens[i].pos not in {"DET", "PRON"}]
    return len(words) == 1 and (words[0].pos in {"NOUN", "PROPN"} or words[0].tag == "VBG")


def fault_of(draft: Draft) -> str:
    """What is wrong with a draft's form, "" where nothing is seen to be.

    >>> from events.model import Sentence
    >>> fault_of(Draft("By multiple other explosions", "noun", Sentence("text", 0, 0, "", "body", 0)))
    'begins in the middle'
    """
    words = draft.text.split()
    if len(words) < 2:
        return _ALONE
    if draft.kind == "headline":
        return ""
    if _begins_in_the_middle(draft, words):
        return "begins in the middle"
    if words[-1].lower().strip(".,") in _BAD_END | _OPEN_NOUNS:
        return "ends in the middle"
    tests = (
        (clause_faults.opens_with_other_verb, "begins in the middle"),
        (clause_faults.is_bare_participle, "a participle without its noun"),
        (clause_faults.has_two_verbs_unjoined, "two verbs unjoined"),
        (clause_faults.only_says, "a saying without what is said"),
        (clause_faults.lacks_object, "a verb without its object"),
        (phrase_faults.has_two_phrases, "two phrases unjoined"),
        (phrase_faults.lacks_what_is_asked, _UNSAID),
        (phrase_faults.is_clipped, "a phrase cut in two"),
        (phrase_faults.has_a_hole, "a phrase cut in two"),
        (clause_faults.has_false_subject, "a subject that another clause has"),
        (clause_faults.disagrees, "a subject of another number"),
        (phrase_faults.says_nothing, "a noun that says nothing"),
    )
    tested = draft.kept and draft.kind not in {"object first", "blamed"}
    return next((name for test, name in tests if test(draft)), "") if tested else ""


def _begins_in_the_middle(draft: Draft, words: list[str]) -> bool:
    first = words[0].lower().strip("“\"'")
    counted = (
        draft.kept and draft.sentence.tokens[min(min(draft.kept) + 1, len(draft.sentence.tokens) - 1)].pos == "NUM"
    )
    if first in _FIGURES and (counted or words[1][:1].isdigit() or words[1] in {"least", "all", "half", "a", "one"}):
        return False
    if first in _BAD_START or first in {"about", "around", "at"}:
        return True
    if draft.has_name or not draft.kept:
        return False
    opening = draft.sentence.tokens[min(draft.kept)]
    return opening.text.lower() == first and opening.pos in {"SCONJ", "CCONJ", "AUX", "PART"}
