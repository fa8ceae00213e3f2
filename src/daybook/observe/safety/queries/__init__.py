"""Every read of the room, one subject a file."""
