"""Every write of the shift's book."""
