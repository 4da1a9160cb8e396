"""Which reports are one event and which stories are copies of one: decided as they come, and kept."""
