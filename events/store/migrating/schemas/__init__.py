"""The steps that lead from one schema of the store to the next, for Alembic; forward only.

For events.store.migrating.migration. A step is a module `schema_N.py` that names itself, the schema before it, and what to
do. The steps use the store's own code as it is today, which writes the tables as they are today: so each of them first
completes the tables, whatever schema it leads to.
"""
