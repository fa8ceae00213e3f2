"""What a joint review may conclude, as pure functions over values."""
