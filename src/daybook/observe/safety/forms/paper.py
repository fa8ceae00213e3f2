"""The day's questions as a sheet of paper asks them: the words of the screen, in its order."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from daybook.foundation.people.queries import PersonLine
from daybook.observe.reflections.forms.recording import CONTACTS, DIFFERENCES, SPOKEN
from daybook.observe.reflections.models import Channel
from daybook.observe.reflections.vocabulary import Circumstance


def questions(
    people: Iterable[PersonLine], channels: Iterable[Channel], *, unit: str
) -> dict[str, Any]:
    """What is printed. Of anybody it says the cell and the name on the door, and no more."""
    return {
        "to-fill-in": [_("Day"), _("Time"), _("Written by")],
        "contact": {
            "question": _("How much contact?"),
            "answers": [str(words) for _key, words in CONTACTS],
        },
        "channels": [
            {"name": str(each), "low": _(each.low), "high": _(each.high)} for each in channels
        ],
        "cannot-tell": _("can’t tell"),
        "circumstances": {
            "question": _("Today"),
            "answers": [str(words) for words in Circumstance.labels],
        },
        "words": _("Seen or heard"),
        "people": [
            {"cell": line.cell, "name": line.full_name, "difference": _difference(line.pronoun)}
            for line in people
        ],
        "foot": _(
            "Enter it the same day on the screen “From paper, {unit}”, beside the round. "
            "It stands in this order. Then destroy it."
        ).format(unit=unit),
    }


def _difference(pronoun: str) -> dict[str, Any]:
    spoken = SPOKEN.get(pronoun, SPOKEN["they"])
    return {
        "question": str(spoken["usual"]),
        "answers": [str(words) for _key, words in DIFFERENCES] + [str(spoken["unknown"])],
    }
