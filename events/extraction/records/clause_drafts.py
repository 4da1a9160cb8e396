"""A label of what a verb tells: who, what is done, to whom or what, by the parse.

For labels. A subject that is missing or a pronoun is found in the sentence or the one before; where that isn't safe the
object comes first ("Agreement was signed").
"""

from __future__ import annotations

from dataclasses import replace

from events.extraction import dependency as tree
from events.extraction.analysis import Analysis
from events.extraction.happenings.happening import Happening
from events.extraction.records.blamed import blamed_for, is_gerund, is_only_accused, judging_verb
from events.extraction.records.clause_subjects import best_subject, subject_of_clause
from events.extraction.records.clause_words import clause_words, own_subject, without_object
from events.extraction.records.kept_words import Words
from events.extraction.records.label_draft import Draft
from events.extraction.records.label_text import MOST_WORDS, cleaned
from events.extraction.records.noun_phrases import noun_phrase
from events.extraction.records.phrase_words import mended, phrase, short_phrase
from events.extraction.records.pronouns import stand_in
from events.extraction.records.verb_forms import participle_of, particle_of, past_of
from events.extraction.records.word_order import STOPS
from events.model import Sentence, Token

_HELPERS = frozenset({"aux", "aux:pass", "compound:prt", "cop"})


def clause_draft(
    sentence: Sentence,
    verb: Token,
    happening: Happening,
    analysis: Analysis,
    left_out: set[int],
    most: int = MOST_WORDS,
) -> Draft:
    """The clause of a verb, cut. left_out: tokens of dates; most: how many words."""
    blamed = blamed_for(sentence, verb)
    if blamed is not None:
        return _of_blamed(sentence, verb, blamed, left_out, most)
    judged = is_gerund(sentence, verb) and judging_verb(sentence, verb) is not None
    subject = None if judged else best_subject(sentence, verb, left_out)
    name = stand_in(subject, sentence, analysis)
    acronym = subject is not None and subject.text.isupper() and len(subject.text) > 1
    if subject is not None and (acronym or (subject.pos != "PRON" and subject.tag != "DT")):
        article = any(t.dep == "det" for t in tree.children(sentence, subject.index))
        words = clause_words(sentence, verb, subject, left_out, most + article)
        words = _with_relative_object(words, sentence, verb, most)
        if words.count() - article <= 2 and verb.dep == "parataxis" and own_subject(sentence, verb) is not None:
            text = _with_what_is_said(words, sentence, verb, left_out, most)
            return Draft(cleaned(text), "saying", sentence, frozenset(words.kept), verb, subject, frozenset(left_out))
        words = whole_names(mended(words, left_out, most + article), analysis, most + article)
        return Draft(
            cleaned(words.text()), "clause", sentence, frozenset(words.kept), verb, subject, frozenset(left_out)
        )
    words = mended(clause_words(sentence, verb, None, left_out, most - len(name.split())), left_out, most)
    if name and any(
        t.text == "whom" or (t.dep == "obj" and t.tag == "WDT") for t in tree.children(sentence, verb.index)
    ):
        words = _with_relative_object(words, sentence, verb, most - len(name.split()))
    draft = Draft(cleaned(words.text()), "clause", sentence, frozenset(words.kept), verb, None, frozenset(left_out))
    if name:
        return replace(draft, text=cleaned(f"{name} {words.text()}"), has_name=True)
    turned = _object_first(sentence, verb, happening, left_out)
    return replace(draft, text=cleaned(turned), kind="object first") if turned else draft


def bare_clause_draft(sentence: Sentence, verb: Token, analysis: Analysis, left_out: set[int]) -> Draft | None:
    """Subject, verb and object alone, where the rest of a clause is misread; None without a subject of its own."""
    subject = own_subject(sentence, verb)
    if subject is None or subject.pos not in {"NOUN", "PROPN"}:
        return None
    objects = [t for t in tree.children(sentence, verb.index) if t.dep == "obj"]
    kept = phrase(sentence, subject, left_out, short=True, case=False) | {verb.index}
    kept |= {t.index for t in tree.children(sentence, verb.index) if t.dep in _HELPERS or t.tag == "TO"}
    kept |= {
        t.index for t in tree.children(sentence, verb.index) if t.text.lower() in {"not", "n't", "n’t", "never", "no"}
    }
    for noun in objects:
        kept |= phrase(sentence, noun, left_out, short=True)
    if not objects and not _is_complete_alone(sentence, verb, left_out):
        return None
    words = whole_names(mended(Words(sentence, kept), left_out, MOST_WORDS), analysis, MOST_WORDS)
    if words.count() > MOST_WORDS + 1:
        return None
    return Draft(cleaned(words.text()), "clause", sentence, frozenset(words.kept), verb, subject, frozenset(left_out))


def _is_complete_alone(sentence: Sentence, verb: Token, left_out: set[int]) -> bool:
    """Whether nothing but a stop, a date or another clause follows a verb without an object."""
    following = [t for t in sentence.tokens[verb.index + 1 :] if t.index not in left_out]
    return not following or following[0].pos in {"PUNCT", "SCONJ", "CCONJ"} or following[0].tag in {"WRB", "WDT", "WP"}


def _of_blamed(sentence: Sentence, verb: Token, blamed: Token, left_out: set[int], most: int) -> Draft:
    """What somebody is arrested, sued or praised for: that one did it, or is said to have."""
    words = clause_words(sentence, verb, None, left_out, most - 4, below=True)
    words.kept -= {i for i in words.kept if i < verb.index and sentence.tokens[i].pos == "AUX"}
    said = "allegedly " if is_only_accused(sentence, verb) else ""
    words.kept -= {i for i in words.kept if sentence.tokens[i].text.lower() == "allegedly"}
    words.instead[verb.index] = past_of(verb)
    who = short_phrase(sentence, blamed, left_out)
    text = f"{who.text()} {said}{words.text()}"
    return Draft(
        cleaned(text), "blamed", sentence, frozenset(words.kept), verb, None, frozenset(left_out), has_name=True
    )


def whole_names(words: Words, analysis: Analysis, most: int) -> Words:
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
    """The act without its unknown doer: "Agreement was signed", "Embassy to be closed"; "" where there is no object."""
    noun = _near_object(sentence, verb)
    pronoun = any(t.dep == "obj" and t.tag == "PRP" for t in tree.children(sentence, verb.index))
    if noun is None:
        words = clause_words(sentence, verb, None, left_out, MOST_WORDS).text().split()
        bare = [w for w in words if w.lower() not in {"him", "her", "it", "them"}]
        return " ".join([participle_of(verb), *bare[1:]]) if pronoun and len(bare) > 2 and words[0] == verb.text else ""
    what = short_phrase(sentence, noun, left_out)
    if verb.lemma == "meet":
        return f"meeting with {what.text()}"
    done = f"{_passive_helper(what, happening)}{participle_of(verb)}{particle_of(sentence, verb)}"
    clause = clause_words(sentence, verb, None, left_out, MOST_WORDS - 2)
    rest = without_object(clause, verb, noun, left_out).text()
    return f"{what.text()} {done} {rest}".strip()


def _near_object(sentence: Sentence, verb: Token) -> Token | None:
    """The verb's object where no stop parts them."""
    objects = [t for t in tree.children(sentence, verb.index) if t.dep == "obj"]
    if verb.dep == "acl:relcl" and any(t.tag in {"WP", "WDT"} for t in objects):
        return sentence.tokens[verb.head]  # "Cole, whom he ousted"
    nouns = [t for t in objects if t.pos in {"NOUN", "PROPN"}]
    near = [t for t in nouns if not any(other.text in STOPS for other in sentence.tokens[verb.index : t.index])]
    return next(iter(near), None)


def _passive_helper(what: Words, happening: Happening) -> str:
    """The helper of a passive: "was" or "were" by the number of what it is done to, "to be" where it is to come."""
    if happening.status == "planned":
        return "to be "
    nouns = [
        what.sentence.tokens[i] for i in sorted(what.kept) if what.sentence.tokens[i].dep.startswith(("obj", "conj"))
    ]
    plural = len(nouns) > 1 or any(t.tag in {"NNS", "NNPS"} for t in nouns)
    return "were " if plural else "was "
