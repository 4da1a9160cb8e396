"""All events of a store as columns of numbers: read in bulk, brought up to date, kept in files."""
