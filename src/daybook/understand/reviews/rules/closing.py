"""What a closing needs, and how long it stays in view."""

from datetime import date, timedelta

LONGEST_TO_NEXT_LOOK = timedelta(days=180)
USUAL_NEXT_LOOK = timedelta(days=56)
FADES_AFTER = timedelta(days=28)
"""From the day of the next look: then what it took to be least contradicted drops from view."""


def faded(fades_on: date, today: date) -> bool:
    return fades_on < today
