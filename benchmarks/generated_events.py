"""The event that a generated story tells of, as an extractor would give it, in no time: for a store that is to be filled.

For benchmarks/soak.py; the stories are those of benchmarks/generated_stories.py. A story whose words say no more which town
it means, or that has no day, has none.
"""

from __future__ import annotations

import re

from events.model import Event, EventPlace, Quote, Report, Span, Story, When
from events.ontology import family_of

TOWNS = {
    "Kisumu": (-0.1, 34.75), "Gdynia": (54.52, 18.53), "Arequipa": (-16.4, -71.54), "Batna": (35.56, 6.17),
    "Sokoto": (13.06, 5.24), "Muscat": (23.58, 58.41), "Beira": (-19.84, 34.84), "Cork": (51.9, -8.47),
    "Tromso": (69.65, 18.96), "Hilo": (19.72, -155.08), "Oran": (35.7, -0.64), "Lviv": (49.84, 24.03),
    "Nukus": (42.46, 59.61), "Padang": (-0.95, 100.35), "Salto": (-31.39, -57.96), "Turku": (60.45, 22.27),
}  # fmt: skip
KINDS = {
    "burned down": "ACCIDENT", "wrecked": "ACCIDENT", "swept away": "DISASTER", "damaged": "DISASTER",
    "tore open": "DISASTER", "buried": "DISASTER",
}  # fmt: skip
_TOLD = re.compile(rf"[^.]*?({'|'.join(KINDS)})[^.]*? in ({'|'.join(TOWNS)})\b[^.]*\.")


def events_in(story: Story) -> list[Event]:
    """The event of a story's first sentence that tells of one; none where no sentence does.

    >>> told = Story(id="s", text="A flood swept away a footbridge in Cork.", published="2025-03-04")
    >>> [(event.type, event.place.name, str(event.when.start)) for event in events_in(told)]
    [('DISASTER', 'Cork', '2025-03-04')]
    """
    found = _TOLD.search(story.text)
    if found is None or story.published is None:
        return []
    kind, (lat, lon) = KINDS[found[1]], TOWNS[found[2]]
    place = EventPlace(name=found[2], lat=lat, lon=lon, precision="city", radius_km=10, place_id=found[2],
                       evidence=Span(part="text", start=found.start(2), end=found.end(2)))  # fmt: skip
    return [
        Event(id=f"{story.id}-1", story_id=story.id, type=kind, family=family_of(kind), status="occurred",
              what=found[0].strip()[:80], place=place, confidence=0.5,
              when=When(start=story.published, end=story.published, precision="day"),
              evidence=(Quote(part="text", start=found.start(), end=found.end(), text=found[0]),),
              type_evidence=Span(part="text", start=found.start(1), end=found.end(1)),
              reports=(Report(story_id=story.id, title=story.title, source=story.source, url=story.url,
                              published=story.published),))
    ]  # fmt: skip
