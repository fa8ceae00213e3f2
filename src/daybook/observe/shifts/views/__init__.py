"""The pages of the shift's book."""
