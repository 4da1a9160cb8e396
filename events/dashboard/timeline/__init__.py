"""The strip under the map: events by day, its brush, its steps and its play."""
