"""What must be true of the shift's book, as pure functions."""
