"""Saving the day: Daybook beside GNU Health's patient rounding and beside bare SQL."""
