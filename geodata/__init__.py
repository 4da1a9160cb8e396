"""The world, offline: a gazetteer, a geocoder and an atlas. Knows nothing of events."""

from geodata.place import Candidate, GazetteerError, Place

__all__ = ["Candidate", "GazetteerError", "Place"]
