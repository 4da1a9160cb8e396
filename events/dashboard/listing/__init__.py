"""The events beside the map: as cards or as a table, with the words that each rests on."""
