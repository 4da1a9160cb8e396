"""From happenings to event records: where, when, who, what it is called, which mentions are one, how sure."""
