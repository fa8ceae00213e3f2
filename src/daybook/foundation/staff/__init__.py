"""The people who work here, their sign-ins, and the competences they hold."""
