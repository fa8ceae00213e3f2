"""Which PINs a colleague, or anyone who saw the officer's papers, would guess first."""

import re

from django.utils.translation import gettext as _

SHORTEST, LONGEST = 6, 12
RUNS = ("0123456789012345678901", "9876543210987654321098")
YEAR = re.compile(r"^(19|20)\d\d|(19|20)\d\d$")


def why_not_this_pin(pin: str, *, staff_number: str = "") -> str:
    """What is wrong with a PIN, as a sentence that says what to do; empty if nothing is."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return _("Choose %(shortest)s to %(longest)s digits.") % {
            "shortest": SHORTEST,
            "longest": LONGEST,
        }
    if any(pin in run for run in RUNS):
        return _("Digits in a row are guessed first. Choose others.")
    if _repeats(pin):
        return _("Digits that repeat are guessed first. Choose others.")
    if YEAR.search(pin):
        return _("A year is guessed early. Choose digits that neither begin nor end with one.")
    if staff_number and (pin in staff_number or staff_number in pin):
        return _("Your staff number is known to others. Choose other digits.")
    return ""


def _repeats(pin: str) -> bool:
    """Whether it is one to three digits over and over, or holds two different digits at most."""
    over_and_over = any(pin == (pin[:n] * len(pin))[: len(pin)] for n in (1, 2, 3))
    return over_and_over or len(set(pin)) <= 2
