"""Care first: what to know before a door is opened, concerns for safety, and looking in."""
