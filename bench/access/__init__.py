"""What the two walls cost: the same questions and saves, walled and without any scoping."""
