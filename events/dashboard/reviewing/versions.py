"""What a new version of a story changed: its words, and the events that it tells of.

For the story view. Outlets rewrite their stories under one address; the store keeps each version with the events that were
read of it. Old and new words are shown as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

import streamlit as st

from events.corrections.anchoring import find
from events.dashboard import loading
from events.dashboard.desk.visitor import moment
from events.look import wording
from events.model import Event, Story
from events.store.reading import StoryVersion

MOST_PARAGRAPHS = 40  # that changed, of one version
MOST_WORDS = 600  # of a paragraph that are compared one by one: the time grows with their square
ALIKE = 0.3  # share of words in common from which two paragraphs are one, rewritten
_PIECE = re.compile(r"\s+|[^\s\w]|\w+")


def versions_fold(story: Story) -> None:
    """Write the fold with what the versions of a story changed; nothing for a story that has one."""
    versions = loading.store().versions(story.id)
    if len(versions) < 2:
        return
    fold = st.expander(f"Version {len(versions)}: what it changed", key=f"versions_{story.id}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        later = len(versions) - 1
        if len(versions) > 2:
            later = st.selectbox(
                "Version", range(len(versions) - 1, 0, -1), key=f"version_of_{story.id}",
                format_func=lambda number: _came(versions, number),
            )  # fmt: skip
        else:
            st.html(f'<p class="small">{escape(_came(versions, later))}</p>')
        st.html(changes_html(versions[later - 1], versions[later]))


def changes_html(old: StoryVersion, new: StoryVersion) -> str:
    """What changed from one version to the next: the events in a list, then the paragraphs with old and new words."""
    told = "".join(f"<li>{escape(line)}</li>" for line in changed_events(old, new))
    events = f"<ul>{told}</ul>" if told else '<p class="small">The events that it tells of are the same.</p>'
    changed = list(changed_paragraphs(_paragraphs(old.story), _paragraphs(new.story)))
    words = "".join(f"<p>{paragraph}</p>" for paragraph in changed[:MOST_PARAGRAPHS])
    rest = len(changed) - MOST_PARAGRAPHS
    more = f'<p class="small">and {wording.plural(rest, "further paragraph")}</p>' if rest > 0 else ""
    return f'<div class="versions">{events}{words}{more}</div>'


def changed_events(old: StoryVersion, new: StoryVersion) -> list[str]:
    """Which events a version told anew, told no longer, or told otherwise, a line each."""
    kept: dict[str, Event] = {}
    lines = []
    for event in old.events:
        now = find(event, [one for one in new.events if one.id not in kept], new.story)
        if now is None:
            lines.append(f"No longer told: {event.what}")
            continue
        kept[now.id] = event
        lines += [f"{now.what}: {change}" for change in _otherwise(event, now)]
    return [*(f"New: {event.what}" for event in new.events if event.id not in kept), *lines]


def changed_paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The paragraphs that changed, as HTML with what was taken out and what was put in.

    >>> list(changed_paragraphs(["Same.", "Two died <here>."], ["Same.", "Three died <here>."]))
    ['<del>Two</del><ins>Three</ins> died &lt;here&gt;.']
    """
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        for one, other in zip(old[a : a + both], new[c : c + both], strict=True):
            yield _rewritten(one, other)
        yield from (_taken(paragraph) for paragraph in old[a + both : b])
        yield from (_put(paragraph) for paragraph in new[c + both : d])


def _rewritten(old: str, new: str) -> str:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if max(len(before), len(after)) > 2 * MOST_WORDS:
        return _taken(old) + _put(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _taken(old) + _put(new)
    runs: list[tuple[bool, str, str]] = []  # whether it stayed, the old words, the new ones
    for kind, a, b, c, d in matcher.get_opcodes():
        one, other = "".join(before[a:b]), "".join(after[c:d])
        stayed = kind == "equal" and bool(one.strip())  # a space alone is a part of what changed around it
        if runs and runs[-1][0] == stayed:
            one, other = runs[-1][1] + one, runs.pop()[2] + other
        runs.append((stayed, one, other))
    return "".join(escape(new) if stayed else _taken(old) + _put(new) for stayed, old, new in runs)


def _taken(words: str) -> str:
    return f"<del>{escape(words)}</del>" if words else ""


def _put(words: str) -> str:
    return f"<ins>{escape(words)}</ins>" if words else ""


def _otherwise(before: Event, now: Event) -> Iterator[str]:
    """What is told otherwise of an event, attribute by attribute."""
    readings = (
        ("place", wording.place_name(before.place, ""), wording.place_name(now.place, "")),
        ("date", _date(before), _date(now)),
        ("type", before.type.title(), now.type.title()),
        ("told as", before.status, now.status),
        ("wording", before.what, now.what),
    )
    for name, old, new in readings:
        if old != new:
            yield f"{name} {new}, before {old}"


def _date(event: Event) -> str:
    return wording.days(event.when.start, event.when.end) if event.when else "No date"


def _paragraphs(story: Story) -> list[str]:
    return [part for part in [story.title, *story.text.split("\n")] if part.strip()]


def _came(versions: Sequence[StoryVersion], later: int) -> str:
    """When a version replaced the one before it, which ended then."""
    ended = versions[later - 1].replaced_at
    when = f", read {moment(ended)}" if ended else ""
    return f"Version {later + 1} of {len(versions)}{when}"
