"""A slip of the parser mended: a noun under a preposition taken for the subject of the verb after a relative clause.

In "A parade that veterans had set for Sunday in Porto was cancelled" the small parser makes Porto the subject of
"was cancelled". For syntax.py, so that status, place, day and label all see the parade there. It goes by the order of the
words: the noun that opens the clause, a relative pronoun, the relative's verb, the preposition's noun, the verb of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.extraction.verbs_of_setting import SETTING
from events.model import Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_RELATIVE = frozenset({"that", "which", "who"})
_STOPS = frozenset({",", ";", ":", "—", "–", "“", '"', "(", "and", "but"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_BEFORE_NOUN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PUNCT"})
LONGEST_RELATIVE = 25  # words between the pronoun and the false subject


def with_matrix_subjects(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a sentence, with the noun before a relative clause as the subject of the verb after it."""
    found = list(tokens)
    for index in range(len(found)):
        if _is_false_subject(found, index):
            _mend(found, index)
    return found


def _is_false_subject(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.dep not in _SUBJECTS or token.head <= index or tokens[token.head].pos not in {"VERB", "ADJ"}:
        return False
    return _has_preposition(tokens, index)


def _has_preposition(tokens: Sequence[Token], index: int) -> bool:
    return any(t.head == index and t.dep == "case" and t.tag in {"IN", "TO"} for t in tokens[:index])


def _mend(tokens: list[Token], false: int) -> None:
    pronoun = next(
        (n for n in range(false - 1, max(0, false - LONGEST_RELATIVE), -1) if tokens[n].text.lower() in _RELATIVE), None
    )
    if pronoun is None:
        return
    verbs = [n for n in range(pronoun + 1, false) if tokens[n].pos == "VERB"]
    noun = _opening_noun(tokens, pronoun)
    if not verbs or noun is None:
        return
    verb, matrix = verbs[-1], tokens[false].head
    relation = tokens[false].dep
    tokens[false] = replace(tokens[false], dep="obl", head=verb)
    word = tokens[noun]
    if word.pos not in _NOMINAL:
        word = tokens[noun] = replace(word, pos="NOUN", tag="NN", lemma=word.text.lower())
    if not tokens[verb].dep.startswith("acl") or tokens[verb].lemma in SETTING:
        tokens[verb] = replace(tokens[verb], dep="acl:relcl", head=noun)
    for other in [t for t in tokens[:pronoun] if t.dep in _SUBJECTS and t.head == matrix]:
        if other.index == noun or not _has_preposition(tokens, other.index):
            return  # the parser knows the right one as well
        tokens[other.index] = replace(other, dep="nmod", head=noun)
    _free(tokens, matrix, noun, verb)
    tokens[noun] = replace(word, dep=relation, head=matrix)


def _opening_noun(tokens: Sequence[Token], pronoun: int) -> int | None:
    """The noun whose phrase ends before the relative pronoun and begins its clause; None where that is not plain."""
    end = pronoun - 1 if pronoun and tokens[pronoun - 1].text == "," else pronoun
    start = end
    while start > 0 and tokens[start - 1].text not in _STOPS and not _is_verb(tokens, start - 1):
        start -= 1
    phrase = next((n for n in range(start, end) if tokens[n].pos == "ADP"), end)
    if phrase <= start or tokens[start].pos not in _BEFORE_NOUN:
        return None
    noun = phrase - 1
    opened = tokens[start].pos == "DET" and noun > start
    return noun if tokens[noun].pos in _NOMINAL or (opened and tokens[noun].pos in {"ADV", "ADJ", "VERB"}) else None


def _is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word before the noun is a verb; a gerund behind an article ("a public hearing") is none."""
    token = tokens[index]
    named = token.tag == "VBG" and index > 0 and tokens[index - 1].pos in {"DET", "ADJ"}
    return token.pos in {"VERB", "AUX"} and not named


def _free(tokens: list[Token], matrix: int, noun: int, verb: int) -> None:
    """Make the verb after the relative clause the head of the whole, where it hung on something in it."""
    above = tokens[matrix].head
    if above == matrix or above < min(noun, verb) or above > matrix:
        return
    root = next((t.index for t in tokens if t.head == t.index), None)
    if root is not None and root < min(noun, verb):
        tokens[matrix] = replace(tokens[matrix], dep="ccomp", head=root)
        return
    tokens[matrix] = replace(tokens[matrix], dep="ROOT", head=matrix)
    if root is not None and root not in {matrix, noun, verb}:
        tokens[root] = replace(tokens[root], dep="advcl", head=matrix)
