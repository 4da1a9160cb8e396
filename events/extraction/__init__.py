"""A story to its events."""
