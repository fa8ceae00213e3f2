"""What is ahead of a person, and whoever is out under escort."""
