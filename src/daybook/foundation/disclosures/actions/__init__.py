"""Deciding on a request, and giving: each in the log with who receives it and why."""
