"""The words of a joint review. Each says how the record reads, never what somebody is.

No word here is a faith, a dress, a language, an origin or an opinion, and none says how somebody
looked or sounded: demeanour is no evidence.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daybook.foundation.access.roles import (
    ACTIVITY_STAFF,
    CASE_LEAD,
    CHAPLAIN,
    DUTY_MANAGER,
    HEAD_OF_UNIT,
    PERSONAL_OFFICER,
    PROBATION_OFFICER,
    PSYCHOLOGIST,
    WING_OFFICER,
)

PARTS = {
    role.key: role.name
    for role in (
        CASE_LEAD,
        PSYCHOLOGIST,
        PROBATION_OFFICER,
        PERSONAL_OFFICER,
        WING_OFFICER,
        ACTIVITY_STAFF,
        HEAD_OF_UNIT,
        DUTY_MANAGER,
        CHAPLAIN,
    )
}
"""Roles in whose name somebody takes part. The intelligence desk doesn't: it is asked through
what it confirms. The governor doesn't either."""


class Explanation(models.TextChoices):
    """What might explain the record. All of them stand from the first hour, side by side."""

    GENUINE = "genuine", _("A real change")
    INSTRUMENTAL = "instrumental", _("A means to an end")
    HABIT = "habit", _("Habit, or fitting in here")
    CONCEALED = "concealed", _("A commitment kept hidden")
    COERCED = "coerced", _("Pressed by others, or afraid")
    PROTEST = "protest", _("Protest at unfairness")
    HEALTH = "health", _("Health, trauma or being misread")
    UNKNOWN = "unknown", _("Not enough known")
    OWN = "own", _("The team’s own words")


STANDING = tuple(kind for kind in Explanation if kind is not Explanation.OWN)
STAYS = (Explanation.GENUINE, Explanation.HEALTH, Explanation.UNKNOWN)
"""Nobody takes these off a review."""

MEANING = {
    Explanation.GENUINE: _("It would go on with nobody looking and nothing to gain."),
    Explanation.INSTRUMENTAL: _("It serves something: a visit, a place, an earlier release."),
    Explanation.HABIT: _("It is how one gets by here, and says little about outside."),
    Explanation.CONCEALED: _(
        "What is shown is one thing, what is held on to another; the two are kept apart."
    ),
    Explanation.COERCED: _("Somebody else’s will, or fear of somebody, lies behind it."),
    Explanation.PROTEST: _("It answers a refusal, a wait or a wrong that was done here."),
    Explanation.HEALTH: _("Illness, grief, trauma, language or another way of taking things in."),
    Explanation.UNKNOWN: _("The record can’t tell these apart yet. That is an honest end."),
}


class Dimension(models.TextChoices):
    """What is looked at, one row of the board each."""

    SETTINGS = "settings", _("Across settings")
    OBSERVERS = "observers", _("Across observers")
    TIME = "time", _("Across time")
    DEPTH = "depth", _("Depth")
    EFFORT = "effort", _("Effort without reward")
    SETBACK = "setback", _("After a setback")
    TIES = "ties", _("Words, deeds and ties")
    RESPONSIBILITY = "responsibility", _("Responsibility")
    NEEDS = "needs", _("Needs that are met")


ASKS = {
    Dimension.SETTINGS: _("Is it the same on the wing, at work, on visits, with teachers?"),
    Dimension.OBSERVERS: _("Do people agree who hadn’t talked about it first?"),
    Dimension.TIME: _("Does it last, also away from hearings and reviews?"),
    Dimension.DEPTH: _("Own words, detail, doubts, a cost? Or phrases?"),
    Dimension.EFFORT: _("Does it go on with nobody looking and nothing to gain?"),
    Dimension.SETBACK: _("What was done after a refusal, a loss, an unfairness?"),
    Dimension.TIES: _("Do words, deeds and company go the same way?"),
    Dimension.RESPONSIBILITY: _("What is owned, repaired, put right?"),
    Dimension.NEEDS: _("What was needed, and has it been given?"),
}

ORDINARY = {
    Dimension.SETTINGS: _("Each place asks for another manner; fear of peers."),
    Dimension.OBSERVERS: _("One colleague simply gets on better."),
    Dimension.TIME: _("Hope, nerves before a date, a lawyer’s advice."),
    Dimension.DEPTH: _("Language, schooling, coaching for a hearing."),
    Dimension.EFFORT: _("Low mood, tiredness, no chance to show it."),
    Dimension.SETBACK: _("Grief or a real wrong; anger is no sign of anything else."),
    Dimension.TIES: _("Company chosen for safety; family who can’t come."),
    Dimension.RESPONSIBILITY: _("Shame, an appeal that is running, advice to say nothing."),
    Dimension.NEEDS: _("We haven’t offered it yet."),
}
"""Innocent explanations that come up often: an offer to the writer, never an answer."""


class What(models.TextChoices):
    """What an item of evidence is. How somebody looked, sounded or seemed is none of these."""

    DONE = "done", _("something done")
    SAID = "said", _("something said")
    KEPT = "kept", _("something kept or not kept")
    FOUND = "found", _("something found or read")


SEEMED = "seemed"
"""A choice of the form alone, there to be refused with the reason."""


class Source(models.TextChoices):
    """From what kind of source an item is. There is none for health or pastoral care: what a
    clinician or a chaplain chooses to say, they say as members of the team."""

    REFLECTION = "reflection", _("the daily record")
    WING = "wing", _("the wing")
    WORK = "work", _("work, school or workshop")
    OWN_WORDS = "own-words", _("the person’s own words")
    FAMILY = "family", _("family or friends")
    PARTNER = "partner", _("a service outside")
    ASSESSMENT = "assessment", _("an assessment")
    PLAN = "plan", _("a plan and what became of it")
    MEMBER = "member", _("what a member of the team knows")
    INFORMATION = "information", _("confirmed information")


class Group(models.TextChoices):
    """Sources that stand in one column of the board."""

    WING = "wing", _("The wing")
    WORK = "work", _("Work and school")
    PERSON = "person", _("The person")
    OUTSIDE = "outside", _("Outside")
    CASEWORK = "casework", _("Casework")
    INFORMATION = "information", _("Confirmed information")


GROUP_OF = {
    Source.REFLECTION: Group.WING,
    Source.WING: Group.WING,
    Source.WORK: Group.WORK,
    Source.OWN_WORDS: Group.PERSON,
    Source.FAMILY: Group.OUTSIDE,
    Source.PARTNER: Group.OUTSIDE,
    Source.ASSESSMENT: Group.CASEWORK,
    Source.PLAN: Group.CASEWORK,
    Source.MEMBER: Group.CASEWORK,
    Source.INFORMATION: Group.INFORMATION,
}


class RecordKind(models.TextChoices):
    """Records from which an item can be laid, each still standing where it was written."""

    REFLECTION = "reflection", _("a reflection")
    INFORMATION = "information", _("confirmed information")
    ASSESSMENT = "assessment", _("an assessment")


class Mark(models.TextChoices):
    """How an item sits with an explanation, says one member alone."""

    STRONGLY = "strongly-against", _("speaks strongly against it")
    AGAINST = "against", _("speaks against it")
    NEITHER = "neither", pgettext_lazy("a mark", "says nothing either way")
    FITS = "fits", pgettext_lazy("a mark", "fits")


STEPS = {Mark.STRONGLY: -2, Mark.AGAINST: -1, Mark.NEITHER: 0, Mark.FITS: 1}


class Support(models.TextChoices):
    """What the person is given by this review. There is always one."""

    TRUST = "trust", _("a chance to be trusted with something")
    HELP = "help", _("a step of support")


class PersonHow(models.TextChoices):
    """Why the person’s own answer isn’t there."""

    RATHER_NOT = "rather-not", _("would rather not say")
    NOT_YET = "not-yet", _("could not be asked yet")


class Asked(models.TextChoices):
    """What the daily record is asked. Each answer describes the record."""

    SETTINGS = "settings", _("Across settings")
    OBSERVERS = "observers", _("Across observers")
    BEFORE = "before", _("Before hearings and reviews")


class Silent(models.TextChoices):
    """Why the record can't answer."""

    TOO_LITTLE = "too-little", _("too little is written")
    FLAT = "flat", _("one value was written throughout")
    NOT_SEPARABLE = "not-separable", _("the person can’t be told apart from rater or wing")
