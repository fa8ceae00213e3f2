"""What can be wrong with the ratings, each by its own name."""


class SignalsError(ValueError):
    """The input can't be used; the message says why in plain words."""


class NoRatings(SignalsError):
    """There is not a single rating to look at."""

    def __init__(self) -> None:
        super().__init__("There are no ratings.")


class LengthMismatch(SignalsError):
    """Two columns that belong together differ in length."""

    def __init__(self, column: str, found: int, expected: int) -> None:
        super().__init__(f"{column} has {found} rows where value has {expected}.")


class BadRating(SignalsError):
    """One row can't be used.

    `row` counts from 0 in arrays and is the line number in a file; `reason` is a full clause.
    """

    def __init__(self, row: int, reason: str, *, where: str = "row") -> None:
        self.row = row
        self.reason = reason
        super().__init__(f"{where} {row}: {reason}")


class BadColumn(SignalsError):
    """A column is absent or not of the kind asked for."""


class BadParameter(SignalsError):
    """A parameter lies outside the values for which the method means anything."""


class NoVariation(SignalsError):
    """All values are the same, so there is nothing to explain."""


class OneLevel(SignalsError):
    """A column that should tell things apart holds one label only."""

    def __init__(self, column: str, label: object) -> None:
        super().__init__(f"{column} is {label!s} in every row; at least two are needed.")


class NotSeparable(SignalsError):
    """Two effects always go together, so nobody can say which of them it was."""


class NoConvergence(SignalsError):
    """The search for the best answer did not end."""

    def __init__(self, steps: int) -> None:
        super().__init__(f"no answer was found in {steps} steps.")


class OutOfOrder(SignalsError):
    """A day came that is not after those already taken in."""

    def __init__(self, day: int, after: int) -> None:
        self.day, self.after = day, after
        super().__init__(f"Day {day} is not after day {after}, which was taken in already.")


class StateUnreadable(SignalsError):
    """What was kept of a filter is of another version, or broken; it must be computed anew."""

    def __init__(self) -> None:
        super().__init__("What was kept of the filter can't be read; compute it anew.")


class NoCluster(SignalsError):
    """Nobody listens where a scheduler was said to."""

    def __init__(self, address: str) -> None:
        super().__init__(f"no cluster answers at {address}.")
