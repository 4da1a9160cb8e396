"""What sets the project up and starts it; nothing of the product imports from here."""
