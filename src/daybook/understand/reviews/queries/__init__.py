"""What a joint review shows, one subject a file."""
