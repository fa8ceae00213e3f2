"""The words of a reflection. Staff say them; the database keeps their keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(models.TextChoices):
    FULL = "full", _("reflection")
    PAPER = "paper", _("from paper")
    QUICK = "quick", _("quick round")
    SHORT = "short", _("short form")


class Setting(models.TextChoices):
    """Where somebody was seen. Worship is not among them, and is refused."""

    WING = "wing", _("wing")
    WORK = "work", _("work")
    EDUCATION = "education", _("education")
    EXERCISE = "exercise", _("exercise")
    VISIT = "visit", _("visit")
    ESCORT = "escort", _("escort")
    COMMUNITY = "community", _("community")


class Contact(models.TextChoices):
    NOT_SEEN = "not-seen", _("not seen")
    SEEN = "seen", _("seen only")
    WORDS = "words", _("a few words")
    TALK = "talk", _("conversation")
    REAL_TALK = "real-talk", _("real talk")


class Difference(models.TextChoices):
    AS_USUAL = "as-usual", _("as usual")
    LITTLE = "a-little", _("a little different")
    CLEARLY = "clearly", _("clearly different")
    DONT_KNOW = "dont-know", _("don’t know them well enough")


class Way(models.TextChoices):
    """More or less of what is usual: a direction, never a judgement."""

    MORE = "more", pgettext_lazy("of what is usual", "more")
    LESS = "less", pgettext_lazy("of what is usual", "less")


class Leaning(models.TextChoices):
    """Whether a difference is welcome: asked apart from the difference itself."""

    GOOD = "good", _("good for them")
    WORRIES = "worries", _("worries me")
    CANT_TELL = "cant-tell", _("can’t tell")


class Circumstance(models.TextChoices):
    VISIT = "visit", _("visit")
    NO_VISIT = "no-visit", _("no visit")
    COURT = "court", _("court")
    REFUSAL = "refusal", _("refusal")
    BAD_NEWS = "bad-news", _("bad news")
    MOVE = "move", _("move")
    REGIME_CUT = "regime-cut", _("regime cut")
    CONFLICT = "conflict", _("conflict")
    HEALTH = "health", _("health")


class CareWord(models.TextChoices):
    """The team's own words for the care somebody needs until the next meeting."""

    CHECK_IN = "check-in", _("check in")
    STAY_CLOSE = "stay-close", _("stay close")


class ChartState(models.TextChoices):
    BASELINE = "baseline-forming", _("baseline forming")
    NO_CHANGE = "no-lasting-change", _("no lasting change seen")
    TALK = "worth-talking-about", _("worth talking about")
    NOT_SEPARABLE = "not-separable", _("not separable")
    HARD_TO_SEE = "hard-to-see", _("hard to see")


class ExplanationKind(models.TextChoices):
    ORDINARY = "ordinary", _("ordinary: need, event, health, mood")
    REGIME = "regime", _("regime or staff: what we did or didn’t do")
    OTHER = "other", _("another explanation")


class Outcome(models.TextChoices):
    """Where a person stands in a meeting."""

    WAITING = "waiting", _("not yet discussed")
    NOTHING_NEW = "nothing-new", _("nothing new")
    DISCUSSED = "discussed", _("discussed")


class AnsweredHow(models.TextChoices):
    """How somebody who objected was told the answer."""

    IN_PERSON = "in-person", _("in person")
    INTERPRETED = "interpreted", _("in person, with an interpreter")
    IN_WRITING = "in-writing", _("in writing, and talked through")


class Entered(models.TextChoices):
    """Kinds of entry that may be struck, or moved to whom they are about."""

    REFLECTION = "reflection", _("reflection")
    ADDITION = "addition", _("addition to a reflection")
    STRENGTH = "strength", _("strength")
    TRUST = "trust", _("trust")
    TOLD = "told", _("what was told")
    USUAL = "usual", _("usual pattern")
    REQUEST = "request", _("what was asked")
    HANDOVER = "handover", _("note from shift to shift")
    LAST_NOTE = "last-note", _("last note after a move")
    PART = "event-part", _("part in a shared event")
    UNLOCK = "unlock-note", _("what to know before unlock")
    CONCERN = "concern", _("concern for safety")
    PLAN = "plan", _("keep-safe plan")
