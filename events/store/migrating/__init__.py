"""Makes a new store's tables, and brings those of an older schema up to date."""
