"""How the shipped models and lists were made; the product imports nothing from here."""
