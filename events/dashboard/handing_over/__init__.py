"""What leaves the page: the briefing with its dialog and its sheet, and files to take away."""
