"""A refusal that a person can read."""


class Cannot(Exception):
    """It can't be done so. The message is one plain sentence that says what to do instead."""
