"""What came in while somebody looks, and the tables of events that sessions share."""
