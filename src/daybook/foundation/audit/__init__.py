"""The log: who read or wrote what, when and why, in the same transaction or not at all."""
