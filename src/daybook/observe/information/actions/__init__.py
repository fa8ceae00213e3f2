"""Every write of information, one subject a file."""
