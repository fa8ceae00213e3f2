"""Daybook: dynamic-security case management for prisons and probation.

What it does follows one natural way, and so do the folders:
observe, understand, decide, support, learn.
"""

__version__ = "0.1.0"
