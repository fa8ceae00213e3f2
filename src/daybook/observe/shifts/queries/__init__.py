"""Every read of the shift’s book, one subject a file."""
