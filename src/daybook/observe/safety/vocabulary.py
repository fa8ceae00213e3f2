"""The words of safety. Staff say them; the database keeps their keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnlockKind(models.TextChoices):
    """What must be known before a door is opened. None of them is an offence or a label."""

    KEEP_APART = "keep-apart", _("keep apart")
    STAFF = "staff", _("number of staff")
    MEDICAL = "medical", _("medical need")
    EVACUATION = "evacuation", _("help to get out")
    INTERPRETER = "interpreter", _("interpreter")


class ConcernKind(models.TextChoices):
    """What somebody fears for a person: always whom it may harm, never what they are."""

    SELF_HARM = "self-harm", _("may hurt themself")
    FROM_OTHERS = "from-others", _("may be hurt by others")
    TO_OTHERS = "to-others", _("may hurt somebody else")
    COERCION = "coercion", _("is being pressed or used")
    HEALTH = "health", _("looks unwell")


class Ended(models.TextChoices):
    """How a concern ended. A named person says so."""

    PLAN = "plan", _("a keep-safe plan was made")
    HELPED = "helped", _("seen and helped, no plan needed")
    ELSEWHERE = "elsewhere", _("taken on by health care or a case team")
    MISTAKEN = "mistaken", _("it was something else")


class Duty(models.TextChoices):
    """Who answers for others' safety during a turn of duty."""

    CARE = "care", _("on-call care")
    MANAGER = "manager", _("duty manager")


class Step(models.TextChoices):
    """How far the call for an answer has gone."""

    CALLED = "called", _("on-call care and the duty manager were called")
    AGAIN = "again", _("called again, and the head of unit")
    EVERYBODY = "everybody", _("called everybody who can answer in the establishment")


class Occasion(models.TextChoices):
    """Why staff look in on somebody. The event itself opens the check-in."""

    FIRST_NIGHT = "first-night", _("first night")
    DAY_2 = "day-2", _("second day")
    DAY_3 = "day-3", _("third day")
    DAY_7 = "day-7", _("end of the first week")
    COURT = "court", _("back from court")
    TRANSFER = "transfer", _("after a transfer")
    SENTENCE = "sentence", _("after the sentence")
    BAD_NEWS = "bad-news", _("after bad news")


class LookIn(models.TextChoices):
    """What came of a check-in. Declining to speak is never a mark."""

    TALKED = "talked", _("we talked")
    SEEN = "seen", _("seen, did not want to talk")
    AWAY = "away", _("not here, carried on")


class ApartFor(models.TextChoices):
    """Why somebody is kept apart from others, or keeps apart."""

    OWN_WISH = "own-wish", _("own wish")
    PROTECTION = "protection", _("for their protection")
    ORDER = "order", _("for good order")
    DISCIPLINE = "discipline", _("a disciplinary decision")
    HEALTH = "health", _("on health grounds")
