"""What is asked in a joint review, one subject a file."""
