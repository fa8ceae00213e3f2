"""The words of information. Each says what somebody did or how sure we are, never what they are.

No word here is a faith, a conversion, a prayer, a dress, a diet, a language, an origin or an
opinion, and none ever may be: ``tests/observe/information/test_never_an_indicator.py``.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Behaviour(models.TextChoices):
    """What was done. Each would concern us whoever did it, whatever they believe."""

    THREATENED = "threatened", _("threatened somebody")
    HURT = "hurt", _("hurt somebody")
    PRESSED = "pressed", _("pressed or used somebody: for money, goods, silence or a cause")
    URGED = "urged", _("urged others to harm somebody")
    PREPARED = "prepared", _("prepared to harm somebody: made or hid something, or planned it")
    TRADED = "traded", _("brought in or traded what is dangerous")
    ESCAPE = "escape", _("prepared to get out, or to get somebody out")
    WATCHED = "watched", _("gathered what helps to harm somebody: addresses, routines, routes")


class Harmed(models.TextChoices):
    """Whom it harmed, pressed or was meant for."""

    SELF = "self", _("themself")
    PRISONERS = "prisoners", _("others in custody")
    STAFF = "staff", _("staff")
    PUBLIC = "public", _("somebody outside")


class Sure(models.TextChoices):
    """How the writer knows."""

    SAW = "saw", _("I saw or heard it myself")
    TOLD_BY_WITNESS = "told", _("somebody who was there told me")
    HEARSAY = "hearsay", _("somebody told me who had it from others")
    FOUND = "found", _("I found or read it")


class Ordinary(models.TextChoices):
    """The ordinary prison explanation that comes nearest. Always asked, and never none."""

    PROTECTION = "protection", _("seeks protection, or belongs to a group to be safe")
    STANDING = "standing", _("a struggle about standing, debts or the phone")
    REGIME = "regime", _("anger about the regime, a refusal or an unfairness")
    NEWS = "news", _("bad news, grief, or worry about family")
    UNWELL = "unwell", _("ill, tired, withdrawing, or not understood")
    TALK = "talk", _("big words, a joke, or boredom")
    MISTAKEN = "mistaken", _("I may have seen or heard it wrongly")
    OTHER = "other", _("something else")


class Said(models.TextChoices):
    """How much of it is seen. Words that nobody can add, average or rank."""

    NONE_SEEN = "none-seen", pgettext_lazy("a level", "none seen")
    LOW = "low", pgettext_lazy("a level", "low")
    SOME = "some", pgettext_lazy("a level", "some")
    STRONG = "strong", pgettext_lazy("a level", "strong")
    UNKNOWN = "unknown", pgettext_lazy("a level", "unknown")


class Level(models.TextChoices):
    """What is kept apart, and never made one."""

    CAPABILITY = "capability", _("Capability: what the person could do")
    INTENT = "intent", _("Intent: what the person means to do")
    ENGAGEMENT = "engagement", _("Engagement: with whom, and how far")


class MeantFor(models.TextChoices):
    """Whom the threat concerns."""

    SELF = "self", _("the person")
    STAFF = "staff", _("staff")
    PRISONERS = "prisoners", _("other prisoners")
    PUBLIC = "public", _("the public")


class FromOthers(models.TextChoices):
    """Whether the person may themselves be at risk from others."""

    NO = "no", _("nothing points to it")
    COERCED = "coerced", _("may be coerced")
    BULLIED = "bullied", _("may be bullied or exploited")
    UNKNOWN = "unknown", pgettext_lazy("at risk from others", "unknown")


class Influence(models.TextChoices):
    """How the person's influence on others works. To lead is nothing bad."""

    UNKNOWN = "unknown", pgettext_lazy("influence", "unknown")
    PRO_SOCIAL = "pro-social", _("brings calm, order or help")
    MIXED = "mixed", _("mixed")
    COERCIVE = "coercive", _("presses others")


class Context(models.TextChoices):
    """The five kinds of source beside which information is read."""

    CLOSE = "close", _("close personal knowledge")
    ACTUARIAL = "actuarial", _("facts about the person and the offence")
    DYNAMIC = "dynamic", _("what changes: work, housing, health, family")
    CLINICAL = "clinical", _("professional judgement from interviews and files")
    MULTI_AGENCY = "multi-agency", _("other agencies")


class Ended(models.TextChoices):
    """How information ends. Nothing returns by itself."""

    INVALID = "invalid", _("it was not so")
    OUT_OF_DATE = "out-of-date", _("out of date")
    EXPLAINED = "explained", _("explained: it was something ordinary")
    JOINED = "joined", _("read on in another concern")
    LAPSED = "lapsed", _("lapsed: nobody renewed it")


DISMISSED = (Ended.INVALID, Ended.OUT_OF_DATE, Ended.EXPLAINED)
"""Endings that somebody decides, with a reason."""


class Missing(models.TextChoices):
    """What a concern still lacks before anything may rest on it. ``citable.sql`` finds it out."""

    ENDED = "ended", _("it has ended")
    PAST = "past", _("its time is over, or its review is overdue")
    BASIS = "basis", _("a legal basis")
    GRADE = "grade", _("a grade of the source and of the information")
    LEVELS = "levels", _("its levels, with their evidence")
    CLOSE = "close", _("the account of somebody who knows the person closely")
    SECOND_KIND = "second-kind", _("a second kind of context, from somebody else")
    EXPLANATION = "explanation", _("another explanation, weighed")


class Reply(models.TextChoices):
    """What somebody who was asked for context did."""

    GIVEN = "given", _("given")
    NOTHING = "nothing", _("has nothing to say to it")
    DECLINED = "declined", _("would rather not")


class Way(models.TextChoices):
    """Which way a question to or from an outside service goes."""

    OUT = "out", _("we asked")
    IN = "in", _("we were asked")


class Step(models.TextChoices):
    """What was decided about a concern, in the order it happened."""

    BASIS = "basis", _("legal basis set")
    WEIGHED = "weighed", _("another explanation weighed")
    KEPT = "kept", _("reviewed, and kept for a while")
    ENDED = "ended", _("ended")
