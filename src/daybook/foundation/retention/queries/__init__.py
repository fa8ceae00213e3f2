"""What is due, held, set and erased: every read of the room."""
