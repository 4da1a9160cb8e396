"""A clause by the order of its words: where it begins and ends, and the noun that stands before its verb as its subject.

For labels and participants, beside the parse: the small parser takes "a blaze" for the object of the verb before "after a
blaze killed …". Where order and parse name different subjects neither is sure.
"""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Sentence, Token

STOPS = frozenset(", ; : — – - ( ) ... … -- [ ]".split())
_OPENERS = frozenset(
    "that which who whom where when while because although though if as after before since until unless whereas".split()
)
_PREPOSITIONS_TOO = frozenset("as after before since until".split())  # they open a clause beside another one only
_OPENER_TAGS = frozenset({"IN", "WDT", "WP", "WRB", "DT"})
RELATIVES = frozenset({"that", "which", "who"})
_JOINING = frozenset({"and", "or", "but"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_GROUP_TAGS = frozenset({"MD", "RB", "TO"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_IN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "SYM"})
_BEFORE_FIGURE = frozenset("at least more than up to about around nearly almost some over fewer less most".split())


@dataclass(frozen=True, slots=True)
class OrderedClause:
    """Tokens [start, end) of a clause, its verb group's first token, and its subject where the order makes one plain.

    has_nouns: whether any noun at all stands before the verb; opener: the word that opens the clause, "" for none.
    """

    start: int
    group: int
    end: int
    subject: Token | None
    first_of_subject: int
    has_nouns: bool
    opener: str


def clause_by_order(sentence: Sentence, verb: Token, left_out: set[int]) -> OrderedClause:
    """The clause around a verb. left_out: tokens of dates, which count for nothing."""
    tokens = sentence.tokens
    group = _group_start(tokens, verb.index)
    start, opener = _left(tokens, group)
    end = _right(tokens, verb.index, opener in RELATIVES)
    phrases = _phrases(tokens, start, group, left_out)
    bare = [p for p in phrases if not p[2]]
    subject, first = None, group
    parted = any(t.pos == "VERB" and t.tag in FINITE | {"VB"} for t in tokens[start:group])
    if not parted and len(bare) == 1 and (chosen := bare[0])[1].pos in {"NOUN", "PROPN"}:
        first, subject = chosen[0], chosen[1]
    return OrderedClause(start, group, end, subject, first, bool(phrases), opener)


def is_finite(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb has a tense of its own or by its helpers; a participle right before its object counts as one."""
    tokens = sentence.tokens
    if any(tokens[i].tag in FINITE for i in range(_group_start(tokens, verb.index), verb.index + 1)):
        return True
    return verb.tag == "VBN" and has_object_by_order(sentence, verb)


def stands_under_preposition(sentence: Sentence, noun: Token) -> bool:
    """Whether a preposition has a noun for its own: "in Warsaw" is no subject. What may open a clause doesn't count."""
    return any(
        t.head == noun.index and t.dep == "case" and t.pos == "ADP" and t.index < noun.index
        and t.text.lower() not in {"of", *_BEFORE_FIGURE, *_OPENERS}
        for t in sentence.tokens
    )  # fmt: skip


def has_object_by_order(sentence: Sentence, verb: Token) -> bool:
    """Whether a noun phrase follows a verb at once: "killed at least 44 people", "received the envoy"."""
    after = sentence.tokens[verb.index + 1 : verb.index + 3]
    if not after:
        return False
    figure = after[0].text.lower() in _BEFORE_FIGURE and after[-1].text.lower() in {
        "least",
        "than",
        "to",
        *_figures(after),
    }
    return figure or after[0].pos in {"DET", "NUM", "PRON", "NOUN", "PROPN", "ADJ"}


def _figures(tokens: tuple[Token, ...]) -> set[str]:
    return {t.text.lower() for t in tokens if t.pos == "NUM"}


def _group_start(tokens: tuple[Token, ...], verb: int) -> int:
    """Where the verb with its helpers and adverbs begins."""
    start = verb
    while start and (tokens[start - 1].pos == "AUX" or tokens[start - 1].tag in _GROUP_TAGS):
        start -= 1
    return start


def _left(tokens: tuple[Token, ...], group: int) -> tuple[int, str]:
    """Where the clause begins, and the word that opens it."""
    for i in range(group - 1, -1, -1):
        word = tokens[i].text.lower()
        if word in STOPS and not _in_hyphened(tokens, i):
            return i + 1, ""
        if word in _OPENERS and _opens_clause(tokens, i):
            return i + 1, word
        if word in _JOINING and (i + 1 == group or _has_verb_before(tokens, i)):
            return i + 1, word
    return 0, ""


def _opens_clause(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether "that", "after" and the like open a clause here and are no article or preposition."""
    is_word = tokens[i].tag in _OPENER_TAGS and tokens[i].pos != "DET"
    return is_word and (tokens[i].text.lower() not in _PREPOSITIONS_TOO or any(t.tag in FINITE for t in tokens[:i]))


def _in_hyphened(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a stop is a hyphen inside a word."""
    return tokens[i].text == "-" and 0 < i < len(tokens) - 1 and tokens[i - 1].end == tokens[i].start


def _has_verb_before(tokens: tuple[Token, ...], joining: int) -> bool:
    for i in range(joining - 1, -1, -1):
        if (tokens[i].text in STOPS and not _in_hyphened(tokens, i)) or tokens[i].text.lower() in _OPENERS:
            return False
        if tokens[i].tag in FINITE:
            return True
    return False


def _right(tokens: tuple[Token, ...], verb: int, is_relative: bool) -> int:
    """Where the clause ends: at a stop, where a word opens another clause, a relative one before the main verb."""
    for i in range(verb + 1, len(tokens)):
        word = tokens[i].text.lower()
        if (word in STOPS and not _in_hyphened(tokens, i)) or tokens[i].text in {".", "!", "?"}:
            return i
        if word in {"which", "who", "whom", "where", "when", "while", "because", "although", "though"}:
            return i
        if is_relative and (tokens[i].tag in FINITE or (tokens[i].tag == "VBN" and tokens[i].pos == "VERB")):
            return i
        if word in {"and", "but", "or"} and _verb_soon(tokens, i):
            return i
    return len(tokens)


def _verb_soon(tokens: tuple[Token, ...], joining: int) -> bool:
    """Whether a finite verb follows a joining word before any stop: then another clause begins."""
    for token in tokens[joining + 1 : joining + 8]:
        if token.text in STOPS or token.pos == "ADP":
            return False
        if token.tag in FINITE or token.tag == "VBN":
            return True
    return False


def _phrases(tokens: tuple[Token, ...], start: int, group: int, left_out: set[int]) -> list[tuple[int, Token, bool]]:
    """The noun phrases before a verb: first token, head, whether a preposition stands before it."""
    found: list[tuple[int, Token, bool]] = []
    after_preposition, first, head = False, -1, None
    for i in range(start, group):
        token = tokens[i]
        possessive = token.tag == "POS"
        opens = token.pos in {"DET", "NUM"} or token.tag == "PRP$"
        if i in left_out:
            continue
        if head is not None and ((token.pos == "ADP" and not possessive) or (opens and not _joined(tokens, i))):
            found.append((first, head, after_preposition))
            after_preposition, first, head = False, -1, None
        if token.pos == "ADP" and not possessive:
            after_preposition = token.text.lower() not in _BEFORE_FIGURE
        elif token.pos in _IN_PHRASE or token.pos == "VERB":
            first = i if first < 0 else first
            head = token if token.pos in _NOMINAL else head
    if head is not None:
        found.append((first, head, after_preposition))
    return found


def _joined(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether what stands before a word belongs to its own phrase: "and the", "all the", "city's two"."""
    before = tokens[i - 1]
    return (
        before.text.lower() in _JOINING or before.pos in {"DET", "ADJ", "NUM", "SYM"} or before.tag in {"POS", "PRP$"}
    )
