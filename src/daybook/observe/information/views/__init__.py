"""The pages of information, one subject a file."""
