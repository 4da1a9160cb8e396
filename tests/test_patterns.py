"""Every regular expression of the product takes time in proportion to its text, whatever the text is made of.

Each pattern is searched for in texts that are made against it: what leads to one of its unbounded repeats, the repeat's own
body thousands of times, and an end that can't match. Four times the text may take four times as long, not sixteen.
"""

import ast
import functools
import importlib
import itertools
import pkgutil
import re
import signal
import time
import warnings
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("events", "geodata")
LENGTH = 2_000  # of the shorter attack, in characters
QUICK = 0.002  # seconds; what is done by then is not looked at further
WORST = 9.0  # times as long for four times the text
PUMPS = (" ", "\n", "a", "A ", "1", "-", ".", '"', "<a")
ENDS = ("\x00", "")
# Patterns that see no more than so many characters, by what calls them; there they take no time to speak of.
BOUNDED = {
    "events.extraction.records.actor_names._BEFORE": 140,
    "events.extraction.places.containers._BEFORE": 70,
    "[a-z]+(?= )": 400,  # a list of our own
    r"\s*\[.*?\]": 200,  # names of divisions in a package's table
}
FOR_A_WHOLE_EXPRESSION = {"RULES", "_RULES"}  # events.extraction.times.time_values gives them to fullmatch
BOUNDED_SECONDS = 0.03


def modules():
    for room in ROOMS:
        for found in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not found.name.endswith("__main__") and not found.name.startswith("events.dashboard"):
                yield found.name


@functools.cache
def patterns():
    """Where each pattern of the product is and how it is used: all that are compiled on import, and literal ones."""
    found = {}
    for name in modules():
        module = importlib.import_module(name)
        source = Path(module.__file__).read_text(encoding="utf-8")
        for variable, value in vars(module).items():
            how = used_as(variable, source)
            for pattern in compiled_in(value):
                found.setdefault((pattern.pattern, pattern.flags), (f"{name}.{variable}", how))
    for path in itertools.chain.from_iterable((ROOT / room).rglob("*.py") for room in ROOMS):
        for call, pattern, line in written_in(ast.parse(path.read_text(encoding="utf-8"))):
            how = call if call in {"match", "fullmatch"} else "search"
            if call != "compile" and (pattern, 0) not in found:
                found[pattern, 0] = (f"{path.relative_to(ROOT)}:{line}", how)
    for path in (ROOT / "events" / "dashboard").rglob("*.py"):  # which are not imported: that takes the page's packages
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                for _, pattern, line in written_in(node.value):
                    where = f"{path.relative_to(ROOT)}:{line}"
                    found.setdefault((pattern, 0), (where, used_as(node.targets[0].id, source)))
    return found


def used_as(variable, source):
    """Whether a module only ever holds a pattern against the beginning of a text, or the whole of it."""
    used = set(re.findall(rf"\b{re.escape(variable)}\.(\w+)\(", source))
    if used == {"fullmatch"} or variable in FOR_A_WHOLE_EXPRESSION:
        return "fullmatch"
    return "match" if used and used <= {"match", "fullmatch"} else "search"


def compiled_in(value, depth=0):
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth < 3:
        yield from itertools.chain.from_iterable(compiled_in(inner, depth + 1) for inner in [*value, *value.values()])
    elif isinstance(value, tuple | list | set | frozenset) and depth < 3:
        yield from itertools.chain.from_iterable(compiled_in(inner, depth + 1) for inner in value)


def written_in(tree):
    """The patterns that are written out in calls of re; what is put into them at run time stands as a word."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr != "escape":
            first = node.args[0]
            parts = first.values if isinstance(first, ast.JoinedStr) else [first]
            if all(isinstance(part, ast.Constant | ast.FormattedValue) for part in parts):
                words = [part.value if isinstance(part, ast.Constant) else "abc" for part in parts]
                yield node.func.attr, (words[0] if len(words) == 1 else "".join(words)), node.lineno


# ------------------------------------------------------------------ texts against a pattern


def samples(tree):
    """A few texts that a part of a pattern matches, without what it looks at around it."""
    found = [""]
    for kind, value in tree:
        found = [one + other for one in found for other in of_node(kind, value)][:6]
    return found


def of_node(kind, value):
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.NOT_LITERAL or kind is sre.ANY:
        return ["a", " "] if value != ord("a") else ["b", " "]
    if kind is sre.IN:
        return in_class(value)
    if kind is sre.BRANCH:
        return [text for branch in value[1][:4] for text in samples(branch)[:2]] or [""]
    if kind is sre.SUBPATTERN:
        return samples(value[3])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [text * max(value[0], 1) for text in samples(value[2])]
    return samples(value) if kind is sre.ATOMIC_GROUP else [""]


def in_class(items):
    if items[0][0] is sre.NEGATE:
        test = re.compile(f"[{re.escape(''.join(chr(v) for k, v in items[1:] if k is sre.LITERAL)) or 'x'}]")
        return [sign for sign in "a 1.A\n-" if not test.match(sign)][:3] or ["é"]
    signs = {sre.CATEGORY_SPACE: " ", sre.CATEGORY_DIGIT: "1", sre.CATEGORY_WORD: "a"}
    found = []
    for kind, value in items:
        found.append(
            chr(value) if kind is sre.LITERAL else chr(value[0]) if kind is sre.RANGE else signs.get(value, "a")
        )
    return list(dict.fromkeys(found))[:4]


def repeats(tree, before=("",)):
    """Each repeat without a near bound: texts that lead to it, and texts of its body."""
    for kind, value in tree:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            if value[1] is sre.MAXREPEAT or value[1] > 200:
                yield before[:2], samples(value[2])
            yield from repeats(value[2], before)
        elif kind is sre.SUBPATTERN:
            yield from repeats(value[3], before)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(value[1], before)
        before = tuple(one + other for one in before for other in of_node(kind, value)[:2])[:4]


def attacks(pattern, flags):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = _parser.parse(pattern, flags & ~re.DEBUG)
    found = list(repeats(tree))
    if not found:
        return
    own = {(lead, body) for before, bodies in found for lead in before for body in bodies if body}
    for (lead, body), end in itertools.product(sorted(own | {("", pump) for pump in PUMPS}), ENDS):
        yield lambda length, lead=lead, body=body, end=end: lead + body * (length // len(body)) + end


def seconds(pattern, text, how):
    """The least time of two goes through the whole text; infinity for what a second does not end."""

    def too_long(*_):
        raise TimeoutError

    signal.signal(signal.SIGVTALRM, too_long)
    best = float("inf")
    for _ in range(2):
        signal.setitimer(signal.ITIMER_VIRTUAL, 1)
        begun = time.thread_time()
        try:
            if how == "search":
                list(pattern.finditer(text))
            else:
                getattr(pattern, how)(text)
        except TimeoutError:
            break
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        best = min(best, time.thread_time() - begun)
        if best < QUICK:
            break
    return best


def is_slow(pattern, attack, how="search", bound=None):
    def took(length):
        text = attack(length)
        return seconds(pattern, text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text, how)

    if bound:
        return took(bound) > BOUNDED_SECONDS
    short = took(LENGTH)
    return short >= QUICK and (short == float("inf") or took(4 * LENGTH) > WORST * short)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a search is stopped by a timer of POSIX")
def test_no_pattern_can_be_made_to_take_more_than_linear_time():
    slow = []
    for (pattern, flags), (where, how) in patterns().items():
        compiled, bound = re.compile(pattern, flags), BOUNDED.get(where) or BOUNDED.get(pattern)
        bad = next((a for a in attacks(pattern, flags) if is_slow(compiled, a, how, bound)), None)
        if bad:
            slow.append(f"{where} ({how}): {pattern!r} on {bad(40)!r}")
    assert slow == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?:\w|\d)+x", r"\s+$", r" *\n *\n *x"])
def test_a_pattern_that_blows_up_is_found(pattern):
    assert any(is_slow(re.compile(pattern), attack) for attack in attacks(pattern, 0))


def test_the_patterns_of_all_rooms_are_looked_at():
    places = [where for where, _ in patterns().values()]
    assert len(places) > 250
    assert {"reading", "fetching", "extraction", "linking"} <= {
        place.split(".")[1] for place in places if "/" not in place
    }
    assert set(BOUNDED) <= {*places, *(pattern for pattern, _ in patterns())}
