"""Requests, what was given to whom, and everything about somebody."""
