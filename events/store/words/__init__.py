"""Which events tell of a word, for stores of millions: an index in files, made beside the store and grown with it."""
