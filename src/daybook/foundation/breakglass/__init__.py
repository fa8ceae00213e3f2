"""Break-glass: a record out of reach opened for three hours, with a reason, and reviewed."""
