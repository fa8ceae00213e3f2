"""Pages of the joint review, one subject a file."""
