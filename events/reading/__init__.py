"""Any input to stories."""
