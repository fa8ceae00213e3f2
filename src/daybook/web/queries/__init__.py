"""Reads that cross floors: what somebody needs when they come to the desk."""
