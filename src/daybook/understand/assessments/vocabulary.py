"""The words of an assessment. Staff say them; the database keeps their keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """What it is used for: recorded each time, and nothing else may be made of it."""

    NEEDS = "needs", _("to see what is needed")
    PLACEMENT = "placement", _("to decide where to live")
    PROGRAMMES = "programmes", _("to choose programmes")
    SUPPORT = "support", _("to plan support")


class Because(models.TextChoices):
    """Why now: its interval has passed, or something has changed."""

    FIRST = "first", _("first assessment")
    INTERVAL = "interval", _("its time has come")
    TRANSFER = "transfer", _("transfer")
    LOST_VISIT = "lost-visit", _("a visit that did not come")
    BEREAVEMENT = "bereavement", _("bad news, or a loss")
    COURT = "court", _("court")
    RELEASE_DATE = "release-date", _("a release date was set")
    INCIDENT = "incident", _("incident")
    RECORD = "change-in-the-record", _("a change in the daily record")
    ASKED = "asked", _("the person asked for it")


class Source(models.TextChoices):
    """Where an answer comes from. What was said in confidence is none: only its teller gives it."""

    TALK = "talk", _("talk with the person")
    SEEN = "seen", _("seen by myself")
    REFLECTIONS = "reflections", _("daily reflections")
    COLLEAGUE = "colleague", _("told by a colleague")
    FILE = "file", _("file, judgment, earlier assessment")
    FAMILY = "family", _("family or friends, as they wished")
    PARTNER = "partner", _("another agency")


class Rests(models.TextChoices):
    """How far a sheet rests on what the person says, or on behaviour that obeys."""

    LITTLE = "little", _("hardly")
    PARTLY = "partly", _("in part")
    MAINLY = "mainly", _("mainly")


class Course(models.TextChoices):
    """Since the last use of the same tool, domain by domain."""

    FIRST = "first", _("first use")
    BETTER = "better", _("better")
    SAME = "same", _("as it was")
    WORSE = "worse", _("worse")
    UNKNOWN = "unknown", _("can’t be said")


class OwnView(models.TextChoices):
    """Whether the person says how they see it."""

    SAID = "said", pgettext_lazy("the person's own view", "said")
    RATHER_NOT = "rather-not", _("asked, and would rather not say")
    COULD_NOT = "could-not", _("could not be asked")
