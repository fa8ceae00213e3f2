"""Decisions over values, without database or clock."""
