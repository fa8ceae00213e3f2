"""What people say of themselves, of their own accord: kept to see whether we are fair to all.

No member of staff reads it back. It leaves as figures alone, in which nobody can be told apart.
"""
