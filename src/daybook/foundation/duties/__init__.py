"""Every action somebody owes, when it is due, and what came of it."""
