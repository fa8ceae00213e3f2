"""Instruments are data: versioned, checked, and never added up."""
