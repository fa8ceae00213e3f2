"""Every read of the shift's book."""
