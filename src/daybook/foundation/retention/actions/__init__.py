"""Limits, the list of what is due, erasures and holds: every write of the room."""
