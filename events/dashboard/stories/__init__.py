"""Stories on the page: adding them, and reading one beside its map."""
