"""What a store's keeper does: check it, back it up, move it to another database."""
