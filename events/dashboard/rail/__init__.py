"""The rail at the left: every way to narrow what is shown, with counts, and what is chosen in words."""
