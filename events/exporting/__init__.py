"""A view of events as data that leave the house: GeoJSON, CSV, GeoPackage, KML, GeoParquet, iCalendar, JSON Lines.

`dataset_of` in dataset.py says what goes out, `FORMATS` in formats.py how; command.py is the command line's part.
"""
