"""A view of events as data that leave the house: GeoJSON, CSV, GeoPackage, KML, GeoParquet, iCalendar, JSON Lines."""

from events.exporting.dataset import Dataset, Scope, dataset_of
from events.exporting.formats import FORMATS, Format, format_of

__all__ = ["FORMATS", "Dataset", "Format", "Scope", "dataset_of", "format_of"]
