"""Every write of the shift’s book, one subject a file. Each is atomic, signed and logged."""
