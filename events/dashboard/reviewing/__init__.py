"""A story read beside its map, and everything a person may say of its events.

    told.py           the events that a story tells of, as the story has them and as the map has them
    reasons.py        why an attribute is what it is, in words; and what people said of an event
    marked_story.py   the story's text with its marked words, as a component that reports clicks and selections
    versions.py       what a new version of the story changed, in its words and its events
    story_map.py      the map beside it, on which a point or an area can be drawn
    panel.py          the events of the story; the open one with its reasons and the ways to correct it
    queue.py          which event to look at next: the least sure first, as far as the filter selects it
    reviewed.py       which events somebody has looked at
    signing.py        who speaks; a correction is stored, and taken back in one click
    choosing_place.py places that a name, a click or an outline may stand for
    place_editor.py   correcting a place, for this event, the story or the outlet
    editors.py        correcting dates, type, status, label and actors
    together.py       reports joined to one event, or parted
    missed.py         an event that was missed, from the words that somebody marked
    history.py        all that people said, what they rejected, and the gold standard made of it

Nothing here applies a correction: that is `events.corrections`, through the store.
"""
