"""Schema 4: who brought each story and on which way, how sure each attribute of an event is, when each was last written.

Of what is there already nobody knows it.
"""

from alembic import op

from events.store.migrating.structure import complete

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Add the table and the columns."""
    complete(op.get_bind())
