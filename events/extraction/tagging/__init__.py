"""Names and the words that tell of happenings, as a learned tagger sees them."""
