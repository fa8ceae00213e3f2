"""The forms of the shift's book."""
