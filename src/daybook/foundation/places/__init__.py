"""Establishments, units, cells, and what each unit's day was like."""
