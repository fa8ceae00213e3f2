"""What may be typed, and the plain sentence when it can’t be taken."""
