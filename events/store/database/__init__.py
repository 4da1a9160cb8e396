"""Where the tables live: the address, the engines, the schema, and values as rows."""
