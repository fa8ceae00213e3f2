"""Structured assessments: two look apart, then together; the person reads it in plain words."""
