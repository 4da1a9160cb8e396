"""A label for an event, of at most twelve words, from the text's own: who, what is done, to whom or what.

For records. A headline that tells of the event is its label; else the clause is cut to its subject, its verb and its object
(clause_words.py). A subject that is missing or a pronoun is found in the sentence or the one before; where that isn't safe
the object comes first ("Agreement signed").
"""

from __future__ import annotations

import re

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.arguments import Parsed
from events.extraction.happenings.frames import LIGHT_VERBS
from events.extraction.happenings.happening import Happening
from events.extraction.records.clause_subjects import best_subject, stand_in, subject_of_clause
from events.extraction.records.clause_words import (
    Words,
    clause_words,
    mended,
    own_subject,
    participle_of,
    particle_of,
    phrase_words,
    short_phrase,
    without_object,
)  # fmt: skip
from events.extraction.records.headlines import part_of_headline
from events.extraction.records.noun_phrases import noun_phrase
from events.extraction.verbs_of_saying import SAYING
from events.model import Sentence, Token

MOST_WORDS = 12
REACH = 40  # sentences in which a bare noun's fuller words are sought
_SMALL = frozenset(
    "of in on at to for with from by the a an and or as that into over after before during near between when while "
    "which who but its his her their is was were are be been will has had have than".split()
)
_EMPTY = frozenset(
    "be last come begin start follow include take occur happen continue end remain go become see mark bring involve".split()
)
_MISREAD = frozenset({"ADP", "SCONJ", "CCONJ", "ADV", "PART", "DET"})  # classes in which a trigger is misread
_CLOCK = frozenset("p.m. a.m. morning afternoon evening night dawn dusk noon midnight midday overnight".split())
_LENGTHS = frozenset("minutes hours days weeks months years day".split())
_AUXILIARIES = frozenset("was were is are has have had be been will would".split())
_SPANS = frozenset({"day", "week", "month", "year"})
_SAME = frozenset("same next previous following last this".split())
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday today yesterday tomorrow".split())
_QUOTES = '"“”'


def label_of(happening: Happening, analysis: Analysis) -> str:
    """What happened, in at most twelve words."""
    sentence = analysis.sentences[happening.sentence]
    if sentence.kind == "headline":
        part = part_of_headline(sentence.text, happening.trigger.start - sentence.start)
        if len(part.split()) <= MOST_WORDS or not sentence.tokens:
            return _clean(_within(part))
    if not sentence.tokens:
        return _clean(_within(sentence.text))
    token = sentence.tokens[happening.token]
    left_out = _times_of(happening.sentence, analysis)
    if token.pos in _MISREAD and len((whole := _around(sentence, token)).split()) > 2:
        return whole
    if token.pos == "VERB" and token.dep == "amod":
        token = sentence.tokens[token.head]  # "stepped-up patrols", "the impeached president"
    told = _of_verb if token.pos in {"VERB", "AUX"} or own_subject(sentence, token) is not None else _of_noun
    label = _clean(told(sentence, token, happening, analysis, left_out))
    if len(label.split()) > 1:
        if label.split()[0].lower() in _AUXILIARIES:
            return _by_the_headline(happening, analysis, anywhere=True) or _without_auxiliaries(label)
        if len(label.split()) == 2 and token.lemma in SAYING:
            return _by_the_headline(happening, analysis, anywhere=True) or _around(sentence, token)
        return label
    around = _around(sentence, token)
    if token.pos == "VERB" and len(around.split()) > 2:
        return around
    return _same_noun_elsewhere(token, analysis) or _by_the_headline(happening, analysis) or around


def _without_auxiliaries(label: str) -> str:
    """A clause without a subject as a headline has it: "Declared dead after the crash"."""
    words = label.split()
    while len(words) > 1 and words[0].lower() in _AUXILIARIES:
        words.pop(0)
    return _clean(" ".join(words))


def _same_noun_elsewhere(token: Token, analysis: Analysis) -> str:
    """A bare "meeting" by the words of another sentence that says whose: "Meeting in Accra with the leaders of …"."""
    if token.pos != "NOUN":
        return ""
    for number, sentence in enumerate(analysis.sentences[:REACH]):
        for other in sentence.tokens:
            if other.lemma == token.lemma and other.pos == "NOUN" and sentence.kind == "body":
                left_out = _times_of(number, analysis)
                words = phrase_words(sentence, other, left_out, MOST_WORDS)
                if _is_bare(words) and (verb := _reading(sentence, other).governor()) is not None:
                    _add_place(words, sentence, verb, left_out)
                if not _is_bare(words) and words.count() >= 3:
                    return _clean(_whole_names(mended(words, set(), MOST_WORDS), analysis, MOST_WORDS).text())
    return ""


def _around(sentence: Sentence, token: Token) -> str:
    """The words between stops around a word that the parser leaves alone."""
    at = token.start - sentence.start
    start = max((m.end() for m in re.finditer(r"[,;:—–()] ?", sentence.text[:at])), default=0)
    stop = re.search(r"[,;:—–()]|[.!?]$", sentence.text[at:])
    return _clean(_within(sentence.text[start : at + stop.start() if stop else len(sentence.text)]))


def _times_of(number: int, analysis: Analysis) -> set[int]:
    """The tokens of a sentence's time expressions with their prepositions, durations apart."""
    found: set[int] = set()
    sentence = analysis.sentences[number]
    for time, head in analysis.times_by_sentence.get(number, ()):
        if time.type != "DURATION":
            found |= {t.index for t in sentence.tokens if t.start < time.end and time.start < t.end}
            if head is not None:
                found |= {t.index for t in tree.children(sentence, head.index) if t.dep == "case"}
    for token in sentence.tokens:
        if token.lemma in _CLOCK or token.text in _WEEKDAYS or token.lemma in _SPANS:
            below = tree.children(sentence, token.index)
            if token.lemma not in _SPANS or any(t.text.lower() in _SAME for t in below):
                found |= {token.index} | {t.index for t in below if t.dep in {"case", "det", "amod"}}
    return found


def _of_verb(
    sentence: Sentence,
    verb: Token,
    happening: Happening,
    analysis: Analysis,
    left_out: set[int],
    most: int = MOST_WORDS,
) -> str:
    subject = best_subject(sentence, verb, left_out)
    name = stand_in(subject, sentence, analysis)
    acronym = subject is not None and subject.text.isupper() and len(subject.text) > 1
    if subject is not None and (acronym or (subject.pos != "PRON" and subject.tag != "DT")):
        article = any(t.dep == "det" for t in tree.children(sentence, subject.index))
        words = clause_words(sentence, verb, subject, left_out, most + article)
        words = _with_relative_object(words, sentence, verb, most)
        if words.count() - article <= 2 and verb.dep == "parataxis":
            return _with_what_is_said(words, sentence, verb, left_out, most)
        return _whole_names(mended(words, left_out, most + article), analysis, most + article).text()
    words = mended(clause_words(sentence, verb, None, left_out, most - len(name.split())), left_out, most)
    if name:
        return f"{name} {words.text()}"
    return _object_first(sentence, verb, happening, left_out) or words.text()


def _whole_names(words: Words, analysis: Analysis, most: int) -> Words:
    """Names of which a part is kept, whole."""
    sentence = words.sentence
    spans = [(name.start, name.end) for name in analysis.names_in(sentence)]
    spans += [(toponym.start, toponym.end) for toponym in analysis.toponyms_in(sentence)]
    for start, end in spans:
        if sentence.start <= start < sentence.end:
            own = {t.index for t in sentence.tokens if start <= t.start < end}
            if own & words.kept:
                words.add([own], most)
    return words


def _with_what_is_said(words: Words, sentence: Sentence, verb: Token, left_out: set[int], most: int) -> str:
    """In "trucks will stop, the mayor warned" the label goes on with what was said."""
    head = sentence.tokens[verb.head]
    said = clause_words(sentence, head, subject_of_clause(sentence, head), left_out, most - words.count() - 1)
    return f"{words.text()} that {said.text()}" if said.count() > 1 and head.index < verb.index else words.text()


def _with_relative_object(words: Words, sentence: Sentence, verb: Token, most: int) -> Words:
    """In "the pact, which Ali signed" the pact is what was signed."""
    own = own_subject(sentence, verb)
    has_object = any(t.dep == "obj" and t.tag not in {"WP", "WDT"} for t in tree.children(sentence, verb.index))
    marked = any(t.tag == "WRB" or t.dep == "aux:pass" for t in tree.children(sentence, verb.index))
    if verb.dep == "acl:relcl" and own is not None and own.tag not in {"WP", "WDT"} and not has_object and not marked:
        noun = noun_phrase(sentence.tokens[verb.head], sentence)
        if words.count() + len(noun.split()) <= most and verb.index not in words.instead:
            words.instead[verb.index] = f"{verb.text} {noun}"
    return words


def _object_first(sentence: Sentence, verb: Token, happening: Happening, left_out: set[int]) -> str:
    """The act without its unknown doer: "Agreement signed", "Embassy to be closed"."""
    noun = next((t for t in tree.children(sentence, verb.index) if t.dep == "obj" and t.pos in {"NOUN", "PROPN"}), None)
    pronoun = any(t.dep == "obj" and t.tag == "PRP" for t in tree.children(sentence, verb.index))
    if noun is None:
        words = clause_words(sentence, verb, None, left_out, MOST_WORDS).text().split()
        bare = [w for w in words if w.lower() not in {"him", "her", "it", "them"}]
        return " ".join([participle_of(verb), *bare[1:]]) if pronoun and len(bare) > 2 and words[0] == verb.text else ""
    what = short_phrase(sentence, noun, left_out)
    if verb.lemma == "meet":
        return f"meeting with {what.text()}"
    done = f"{'to be ' if happening.status == 'planned' else ''}{participle_of(verb)}{particle_of(sentence, verb)}"
    clause = clause_words(sentence, verb, None, left_out, MOST_WORDS - 2)
    rest = without_object(clause, verb, noun, left_out).text()
    return f"{what.text()} {done} {rest}".strip()


def _of_noun(sentence: Sentence, noun: Token, happening: Happening, analysis: Analysis, left_out: set[int]) -> str:
    """A nominal happening by the clause that tells of it, else by its own phrase."""
    own = phrase_words(sentence, noun, left_out, MOST_WORDS)
    verb = _reading(sentence, noun).governor()
    role = noun.dep.split(":")[0]
    carried = role == "obj" and verb is not None and (verb.lemma in LIGHT_VERBS or _is_bare(own))
    tells = role == "nsubj" and verb is not None and verb.pos == "VERB" and verb.lemma not in _EMPTY
    if verb is not None and verb.pos == "VERB" and (carried or tells):
        clause = _of_verb(sentence, verb, happening, analysis, left_out)
        if noun.text in clause.split():
            return clause
    if _is_bare(own) and verb is not None:
        _add_place(own, sentence, verb, left_out)
        if _is_bare(own) and role == "nsubj" and verb.pos == "VERB":
            if borrowed := _same_noun_elsewhere(noun, analysis):
                return borrowed
            return _of_verb(sentence, verb, happening, analysis, left_out)
    return _whole_names(mended(own, left_out, MOST_WORDS), analysis, MOST_WORDS).text()


def _is_bare(words: Words) -> bool:
    """Whether there is but one word beside articles and the like."""
    return sum(words.sentence.tokens[i].pos not in {"DET", "PRON"} for i in words.kept) < 2


def _add_place(words: Words, sentence: Sentence, verb: Token, left_out: set[int]) -> None:
    """Where a bare "meeting" or "rally" was, so that it is more than a word."""
    for child in tree.children(sentence, verb.index):
        near = child.index > max(words.kept) and child.index - max(words.kept) < 5
        if (
            child.dep == "obl"
            and near
            and tree.preposition(sentence, child.index) in {"in", "at", "near", "on", "with"}
        ):
            if child.index not in left_out:
                words.kept |= phrase_words(sentence, child, left_out, 6).kept
                words.kept |= {t.index for t in tree.children(sentence, child.index) if t.dep == "case"}
            return


def _reading(sentence: Sentence, token: Token) -> Parsed:
    children: list[list[Token]] = [[] for _ in sentence.tokens]
    for other in sentence.tokens:
        if other.head != other.index:
            children[other.head].append(other)
    return Parsed(sentence, children, token)


def _by_the_headline(happening: Happening, analysis: Analysis, anywhere: bool = False) -> str:
    """The story's headline for a bare word of its first sentences; "" elsewhere.

    anywhere: in later sentences too, where the headline has the same verb.
    """
    title = analysis.story.title.strip()
    tells = happening.sentence <= analysis.first_body + 1 or (anywhere and _has_lemma(happening.lemma, analysis))
    return _clean(title) if title and tells and len(title.split()) <= MOST_WORDS else ""


def _has_lemma(lemma: str, analysis: Analysis) -> bool:
    headlines = (s for s in analysis.sentences if s.part == "title")
    return any(token.lemma == lemma for sentence in headlines for token in sentence.tokens)


def _within(text: str) -> str:
    """At most twelve words, cut before a small word where there is one."""
    words = text.split()
    if len(words) <= MOST_WORDS:
        return text
    cut = next((n for n in range(MOST_WORDS, 5, -1) if words[n].lower() in _SMALL), MOST_WORDS)
    return " ".join(words[:cut])


def _clean(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,;:—–-")
    if sum(text.count(q) for q in _QUOTES) % 2 or text.count("“") != text.count("”"):
        text = "".join(c for c in text if c not in _QUOTES)
    text = re.sub(r"^(?:and|but|while|meanwhile,?) (?=\S)", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^(?:where|when|because|since|though|although|if|as) (?=\S+ \S)", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?<![ ,])[ ,]+(?:for|as|so) as (?:long|far|many|much|soon)$|, for (?:its|his|her|their) part,?", "", text
    )
    text = re.sub(
        r"^(?:the|a|an|this|that|these|those|whose|its|his|her|their) (?=\S+ \S)", "", text, flags=re.IGNORECASE
    ).strip(" ,;:—–-'")
    text = re.sub(r"(?<!for)(?<!in)(?<!after)(?<!within) (?:a few|several) (?:minutes|hours|days|weeks)$", "", text)
    words = text.split()
    while len(words) > 1 and (words[-1].lower() in _SMALL or (words[-1] in _LENGTHS and words[-2].istitle())):
        words.pop()
    text = " ".join(words)
    return text[:1].upper() + text[1:] if text else "Event"
