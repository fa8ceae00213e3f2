"""Checking the log: is it the one that was signed, entry by entry, and do its records still say
what they said? Reads the database as its owner and trusts nothing in it but PostgreSQL itself."""

from .findings import Finding, Report, What
from .ledger import verify
from .records import verify_records

__all__ = ["Finding", "Report", "What", "verify", "verify_records"]
