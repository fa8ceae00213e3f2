"""Every write of the room, one subject a file."""
