"""Dask loads this into a test's workers: an extractor of straw, that knows three words.

A story "slow" takes a moment, one that is "broken" raises, one that is "poisoned" ends its worker's process.
"""

import os
import time

from events.distributing import on_worker
from events.model import Event, Quote


class Analysis:
    def __init__(self, story):
        self.story = story


class Straw:
    def read(self, story):
        if "poisoned" in story.text:
            os._exit(1)
        if "broken" in story.text:
            raise KeyError(story.id)
        if "slow" in story.text:
            time.sleep(0.1)
        return Analysis(story)

    def events_of(self, analysis):
        story = analysis.story
        quote = Quote(part="text", start=0, end=len(story.text), text=story.text)
        kind = {"type": "CONSULT", "family": "verbal cooperation", "status": "occurred"}
        return [Event(id=f"of {story.id}", story_id=story.id, what=story.text, evidence=(quote,), **kind)]


on_worker._extractor = lambda profile: Straw()
