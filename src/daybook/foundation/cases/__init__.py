"""Concern is never a status of a person: it is a case, with a basis, a team and an end."""
