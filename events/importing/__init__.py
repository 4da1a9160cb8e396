"""Events that come as data: our own JSON Lines and GeoJSON, and the event tables of GDELT 2, ACLED and UCDP GED.

`read_table_or_events` in files.py looks at what a file is; a module each reads one kind; command.py stores what comes of
it. Every event has a story with the words that it quotes, as the model asks.
"""
