"""Who did what others blame, punish or praise somebody for: in "police arrested a man for killing …" the man, not the police.

For labels and participants. Only where the verb that blames has its object, or in the passive its subject, in the parse.
"""

from __future__ import annotations

from events.extraction import dependency as tree
from events.model import Sentence, Token

_ACCUSING = frozenset(
    "accuse arrest blame charge criticise criticize condemn detain denounce fault hold indict investigate question remand "
    "suspect sue summon slam try wanted".split()
)
_FINDING = frozenset(
    "acquit award commend convict congratulate disqualify exonerate execute expel fine fire forgive hail honour honor imprison "
    "jail pardon penalise penalize praise prosecute punish rebuke reprimand sack sanction sentence suspend thank".split()
)
_LINKS = frozenset({"for", "of", "with", "over"})
_CLEARED = frozenset({"acquit", "exonerate"})
_LEGAL = frozenset("charge charges allegation suspicion accusation count".split())
ADVERBS = frozenset({"allegedly", "reportedly", "purportedly"})


def blamed_for(sentence: Sentence, verb: Token) -> Token | None:
    """Whose act a gerund tells that stands behind "arrested X for", "accused X of"; None for every other verb."""
    judge = judging_verb(sentence, verb) if is_gerund(sentence, verb) else None
    return whom_it_judges(sentence, judge) if judge is not None else None


def is_gerund(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb is a gerund, by itself or by its helper: "killing", "having killed"."""
    having = any(
        t.text.lower() in {"having", "being"} and t.dep.startswith("aux") for t in tree.children(sentence, verb.index)
    )
    return verb.pos == "VERB" and (verb.tag == "VBG" or having)


def judging_verb(sentence: Sentence, act: Token) -> Token | None:
    """The verb of blame or praise above an act that it names by "for", "of" or "with"."""
    below = tree.children(sentence, act.index)
    if not any(t.dep in {"mark", "case"} and t.text.lower() in _LINKS and t.index < act.index for t in below):
        return None
    head = sentence.tokens[act.head]
    if head.lemma in _LEGAL and head.pos == "NOUN":
        head = sentence.tokens[head.head]
    if head.pos in {"NOUN", "PROPN", "PRON"}:  # the phrase hangs on the one who is judged
        head = sentence.tokens[head.head]
    known = head.pos == "VERB" and head.lemma in _ACCUSING | _FINDING
    return head if known and head.index < act.index else None


def whom_it_judges(sentence: Sentence, judge: Token) -> Token | None:
    """The object of a verb of blame, in the passive its subject; None where that is a pronoun or isn't plain."""
    below = tree.children(sentence, judge.index)
    found = [t for t in below if t.dep == "obj"]
    passive = any(t.dep in {"aux:pass", "nsubj:pass"} for t in below)
    if judge.tag == "VBN" and not found and not passive:
        head = sentence.tokens[judge.head]
        if judge.dep in {"acl", "acl:relcl"}:
            found = [head]
        elif judge.dep == "conj":
            return whom_it_judges(sentence, head)
    if passive:
        found = [t for t in below if t.dep in {"nsubj:pass", "nsubj"}]
        if not found and judge.dep in {"conj", "xcomp"}:
            above = tree.children(sentence, judge.head)
            found = [t for t in above if t.dep in {"nsubj:pass", "nsubj"}]
    if len(found) != 1:
        return None
    if found[0].tag in {"WP", "WDT"} and judge.dep == "acl:relcl":
        return sentence.tokens[judge.head]
    return found[0] if found[0].pos in {"NOUN", "PROPN"} else None


def is_only_accused(sentence: Sentence, act: Token) -> bool:
    """Whether an act is told as a reproach or a charge and not as found: "accused of", "arrested for", "allegedly"."""
    judge = judging_verb(sentence, act)
    alleged = any(t.text.lower() in ADVERBS for t in tree.children(sentence, act.index))
    return alleged or (judge is not None and judge.lemma in _ACCUSING | _CLEARED)
