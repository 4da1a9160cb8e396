"""The map: what is drawn, what is asked for when it moves, and a viewer's own layers."""
