import pytest

from events.extraction.happenings.frames import holds
from events.extraction.happenings.lexicon import KINDS, VETO, lexicon, read_classes, read_rows, spelled
from events.model import ExtractionError
from events.ontology import TYPES

ROWS = [row for rows in lexicon().values() for row in rows]


def row(line, classes=None):
    return next(read_rows([line.replace("|t|", "\t")], classes or {}))


def test_the_lexicon_has_rows_for_every_type_and_vetoes():
    assert {r.type for r in ROWS} == {*TYPES, VETO}
    assert len(ROWS) >= 1000
    assert len({(r.words, r.pos) for r in ROWS if r.type != VETO}) >= 800


def test_no_row_stands_twice():
    seen = [(r.words, r.pos, frozenset(r.frame)) for r in ROWS]
    assert len(seen) == len(set(seen))


def test_no_example_serves_two_rows():
    examples = [r.example for r in ROWS]
    assert sorted(e for e in set(examples) if examples.count(e) > 1) == []


def test_sureness_stays_within_its_bounds():
    assert [r.key for r in ROWS if not 0.1 <= r.sure <= 0.95] == []


def test_plain_saying_is_no_trigger():
    saying = {"say", "tell", "add", "note", "explain", "state", "remark", "comment"}
    assert [r.key for r in ROWS if r.words[0] in saying and len(r.words) == 1 and not r.frame] == []


def test_a_row_that_asks_for_more_is_more_specific():
    bare = row("strike|t|NOUN|t||t|PROTEST|t|0.5|t|x")
    framed = row("strike|t|NOUN|t|mod:air|t|ASSAULT|t|0.8|t|x")
    long = row("hunger strike|t|NOUN|t||t|PROTEST|t|0.8|t|x")
    assert bare.specific < framed.specific <= long.specific


def test_a_constraint_is_read_with_its_case_words_and_negation():
    (taken,) = row("take|t|VERB|t|prep:into|in+custody|t|COERCE|t|0.9|t|x").frame
    assert (taken.kind, taken.cases, taken.words) == ("prep", {"into", "in"}, {"custody"})
    (other,) = row("attack|t|NOUN|t|not-mod:heart|panic|t|ASSAULT|t|0.6|t|x").frame
    assert other.negated and other.words == {"heart", "panic"}
    (none,) = row("meet|t|VERB|t|no-obj|t|CONSULT|t|0.7|t|x").frame
    assert none.negated and none.kind == "obj"


def test_a_class_of_words_is_taken_in_by_its_name():
    classes = read_classes(["boat\tferry ship", "vehicle\t@boat bus"])
    (sinks,) = row("sink|t|VERB|t|subj:@vehicle|t|ACCIDENT|t|0.8|t|x", classes).frame
    assert sinks.words == {"ferry", "ship", "bus"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("sink|t|VERB|t|subj:@boat|t|ACCIDENT|t|0.8|t|x", "no such class of words"),
        ("sink|t|VERB|t|whom:x|t|ACCIDENT|t|0.8|t|x", "no such constraint"),
        ("sink|t|VERB|t|prep|t|ACCIDENT|t|0.8|t|x", "no such constraint"),
        ("sink|t|VERB|t||t|SHIPWRECK|t|0.8|t|x", "no such word class or type"),
        ("sink|t|VERB|t||t|ACCIDENT", "six cells"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason(line, says):
    with pytest.raises(ExtractionError, match=says):
        row(line)


def test_a_hyphen_parts_words():
    assert spelled("by-election") == ("by", "election")


def test_every_kind_of_constraint_is_used_and_can_be_checked():
    assert {c.kind for r in ROWS for c in r.frame} <= set(KINDS)
    assert callable(holds)
