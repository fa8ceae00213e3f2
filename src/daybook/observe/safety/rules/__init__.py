"""Decisions about safety, as pure functions."""
