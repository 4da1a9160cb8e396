"""Which places a story names, and which of the world's places each name means."""
