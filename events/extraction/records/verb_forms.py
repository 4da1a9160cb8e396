"""Forms of a verb for labels: its past tense, its participle, its particle."""

from __future__ import annotations

import lemminflect

from events.extraction import dependency as tree
from events.model import Sentence, Token


def past_of(verb: Token) -> str:
    """A verb in the past tense, as its lemma inflects."""
    forms = lemminflect.getInflection(verb.lemma, "VBD")
    return str(forms[0]) if forms else verb.text


def participle_of(verb: Token) -> str:
    """A verb's past participle, as its lemma inflects."""
    forms = lemminflect.getInflection(verb.lemma, "VBN")
    return str(forms[0]) if forms else verb.text


def particle_of(sentence: Sentence, verb: Token) -> str:
    """The particle of a phrasal verb with a blank before it, "" where it has none."""
    found = [t.text for t in tree.children(sentence, verb.index) if t.dep == "compound:prt"]
    return f" {found[0]}" if found else ""
