"""Reports of one happening become one event.

For the store. Two reports are of one happening when their types fit, their intervals (nearly) meet, their places can be
the same, and they are worded alike; date and place also block, so that only near pairs are ever compared. What a person
merged or split stands above all of it.
"""

from events.linking.grouping import groups
from events.linking.joining import link

__all__ = ["groups", "link"]
