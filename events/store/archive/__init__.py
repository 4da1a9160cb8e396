"""A store that is a folder of GeoParquet files: written once, then only read."""
