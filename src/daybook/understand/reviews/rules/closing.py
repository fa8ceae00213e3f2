"""What a closing still lacks, field by field, and how long it stays in view."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ..vocabulary import PersonHow
from .matrix import UNKNOWN

LONGEST_TO_NEXT_LOOK = timedelta(days=180)
USUAL_NEXT_LOOK = timedelta(days=56)
FADES_AFTER = timedelta(days=28)
"""From the day of the next look: then what it took to be least contradicted drops from view."""


def faded(fades_on: date, today: date) -> bool:
    return fades_on < today


def missing(said: Mapping[str, Any], *, may_close: Collection[str], today: date) -> dict[str, str]:
    """What keeps it from being closed, by field; nothing where all is there."""
    return (
        _least(list(said.get("least") or ()), may_close)
        | _unsaid(said)
        | _next_look(said.get("next_on"), today)
        | _dissent(said)
        | _person(said)
    )


def _least(least: list[str], may_close: Collection[str]) -> dict[str, str]:
    if not least:
        return {"least": _("Choose what is least contradicted, or “not enough known”.")}
    if UNKNOWN in least and len(least) > 1:
        return {"least": _("“Not enough known” stands alone. Choose it, or the others.")}
    if UNKNOWN not in least and not set(least) <= set(may_close):
        return {
            "least": _(
                "One of these is contradicted by more than another, or couldn’t be tested. Choose "
                "from those that the matrix leaves open, or “not enough known”."
            )
        }
    return {}


def _unsaid(said: Mapping[str, Any]) -> dict[str, str]:
    asked = {
        "because": _("Say in a few sentences why."),
        "would_change": _("Say what would change the team’s mind. There is always something."),
        "support": _("Choose what the person is given: a chance to be trusted, or support."),
        "support_words": _("Say what it is, so that somebody can do it."),
        "next_look": _("Say what is looked at next."),
        "means_for_harm": _("Say what it means for keeping people from harm, if only: nothing."),
        "means_for_needs": _("Say what it means for what the person needs."),
    }
    return {field: sentence for field, sentence in asked.items() if not said.get(field)}


def _next_look(next_on: date | None, today: date) -> dict[str, str]:
    if next_on is None:
        return {"next_on": _("Choose the day of the next look.")}
    if next_on <= today:
        return {"next_on": _("Choose a day after today.")}
    if next_on > today + LONGEST_TO_NEXT_LOOK:
        days = {"days": LONGEST_TO_NEXT_LOOK.days}
        return {"next_on": _("Choose a day within %(days)d days.") % days}
    return {}


def _dissent(said: Mapping[str, Any]) -> dict[str, str]:
    if said.get("dissent") and said.get("nobody_differs"):
        return {"dissent": _("Somebody differs, or nobody does. Leave one of the two.")}
    if not said.get("dissent") and not said.get("nobody_differs"):
        return {"dissent": _("Ask who sees it otherwise; where nobody does, say so below.")}
    return {}


def _person(said: Mapping[str, Any]) -> dict[str, str]:
    words, how, because = (said.get(f"person_{name}") for name in ("said", "how", "because"))
    if words and (how or because):
        return {"person_said": _("They answered, or they didn’t. Leave one of the two.")}
    if not words and not how:
        return {
            "person_said": _("Ask them, and write down what they say; or say why it isn’t here.")
        }
    if how == PersonHow.NOT_YET and not because:
        return {"person_because": _("Say why they could not be asked yet.")}
    if how == PersonHow.RATHER_NOT and because:
        return {"person_because": _("They would rather not say, and need give no reason.")}
    return {}
