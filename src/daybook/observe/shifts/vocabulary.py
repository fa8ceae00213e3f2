"""The words of the shift's book. Staff say them; the database keeps their keys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What became of a request, one step after the other."""

    PROMISED = "promised", _("promised")
    HANDED_ON = "handed-on", _("handed on")
    KEPT = "kept", _("kept")
    NO = "no", _("the answer is no")
    CANNOT = "cannot", _("can’t be done")
    TOLD = "told", _("told")


class EventKind(models.TextChoices):
    """What people did together. Most of what happens on a wing is good, or ordinary."""

    GAME = "game", _("a match or a game")
    MEAL = "meal", _("a shared meal")
    MUSIC = "music", _("music or a celebration")
    WORK = "work", _("work done together")
    HELP = "help", _("people helped each other")
    TALK = "talk", _("a conversation in a group")
    ARGUMENT = "argument", _("an argument")
    FIGHT = "fight", _("a fight")
    DAMAGE = "damage", _("something was broken")
    PROTEST = "protest", _("people protested together")
    PROVOCATION = "provocation", _("staff were provoked")
    OTHER = "other", _("something else")


class Response(models.TextChoices):
    """What staff did, those ways first that meet anger without answering it."""

    SPACE = "space", _("gave space and time")
    LISTENED = "listened", _("listened")
    TALKED_DOWN = "talked-down", _("talked it down")
    STOOD_BY = "stood-by", _("stood by")
    JOINED_IN = "joined-in", _("joined in")
    CALLED = "called", _("called others")
    HANDS_ON = "hands-on", _("hands-on")
