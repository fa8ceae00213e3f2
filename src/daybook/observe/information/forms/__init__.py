"""The forms of information, one subject a file."""
