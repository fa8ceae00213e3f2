"""What a team does in a joint review, one subject a file."""
