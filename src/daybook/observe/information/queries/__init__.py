"""Every read of information, one subject a file."""
