"""The Feeds page: which feeds are watched and how they are."""
