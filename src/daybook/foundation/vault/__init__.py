"""Words that a copy of the database does not tell: sealed here, and opened here."""
