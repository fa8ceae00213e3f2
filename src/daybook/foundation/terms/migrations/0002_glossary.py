"""The glossary as shipped. A service adds its own terms, and rewords these."""

from django.db import migrations
from django.utils.translation import gettext_noop as _

TERMS = [
    (
        "person-in-custody",
        _("Person in custody"),
        _("Your name."),
        _(
            "We say the name. An offence is something that was done; it does not say what somebody "
            "is, nor how they are today. Words for a kind of person stick, and some wear them "
            "as a badge."
        ),
    ),
    (
        "daily-reflection",
        _("Daily reflection"),
        _("What we write down about how the day was with you."),
        _(
            "A short signed note by somebody who was there: how much contact there was, how the "
            "person seemed, what was seen or heard. It adds to other knowledge and replaces none."
        ),
    ),
    (
        "seen-or-heard",
        _("Seen or heard"),
        _("What happened, as anyone in the room could tell it."),
        _("A fact, without what one makes of it. It stands apart, so that it can be checked."),
    ),
    (
        "reading",
        _("What I make of it"),
        _("How I understand it. You may see it otherwise."),
        _("One colleague’s reading of facts, named as such. Others may read them differently."),
    ),
    (
        "own-words",
        _("Own words"),
        _("What you say yourself, as you say it."),
        _(
            "Written down as it was said, or marked by the person’s own hand. Saying nothing is "
            "everyone’s right, and is never held against anybody."
        ),
    ),
    (
        "usual-pattern",
        _("Usual pattern"),
        _("How things usually are for you, as you and we described it together."),
        _(
            "Written with the person. Change is always told against one’s own usual, never another’s."
        ),
    ),
    (
        "early-sign",
        _("Early sign"),
        _("What tells you, and us, that a hard time may be coming."),
        _("Agreed with the person beforehand, with what helps then and who does it."),
    ),
    (
        "different-from-usual",
        _("Different from usual"),
        _("We noticed that something is different. How are you?"),
        _(
            "More or less of something than is usual for this person. It may be good, hard, or "
            "nothing at all: it is a reason to ask, not an answer."
        ),
    ),
    (
        "worth-talking-about",
        _("Worth talking about"),
        _("We would like to talk with you, and among us, about how things are going."),
        _(
            "What a chart may say when a change has lasted. People decide what it means, with at "
            "least two explanations, one of them an ordinary one."
        ),
    ),
    (
        "no-lasting-change-seen",
        _("No lasting change seen"),
        _("As far as we can see, things go on as they were."),
        _(
            "What a chart may say when nothing has lasted. It is not the same as all being well: "
            "that, only somebody who was there can say."
        ),
    ),
    (
        "not-seen",
        _("Not seen"),
        _("We have not met today."),
        _("Entered by a colleague. It says where we have not looked, and nothing of the person."),
    ),
    (
        "weather-of-the-wing",
        _("The wing’s weather"),
        _("How the days were here for everyone."),
        _(
            "Staffing, hours out of cell, a lock-down, a feast. What is shared by all is taken out "
            "before one person’s days are looked at."
        ),
    ),
    (
        "explanation",
        _("Explanation"),
        _("Why it might be so. What would you say?"),
        _(
            "A possible reason, kept beside at least one other: an ordinary one, or one that lies "
            "with the regime or with staff."
        ),
    ),
    (
        "stance",
        _("Agreed stance"),
        _("How all of us have agreed to be with you."),
        _("What the team holds to until the next meeting, so that a person meets one answer."),
    ),
    (
        "opening",
        _("Opening"),
        _("A moment when something could be said that could not be said before."),
        _(
            "A conversation in which somebody begins to see a thing in another way. It is often "
            "made by a calm answer where a hard one was expected."
        ),
    ),
    (
        "trust-step",
        _("Trust step"),
        _("Something we trust you with, and what we promise for our part."),
        _("Trust that is offered, taken and kept, by both sides. Staff promises count, too."),
    ),
    (
        "strength",
        _("Strength"),
        _("What you are good at, and what carries you."),
        _("Seen or told. Looked for as carefully as what is hard."),
    ),
    (
        "disengagement",
        _("Disengagement"),
        _("What you do differently now: whom you spend time with, what you take part in."),
        _(
            "A change in what somebody does: leaving a group, or taking another part in it. It can "
            "come without a change of view, and is written down by itself."
        ),
    ),
    (
        "change-of-view",
        _("Change of view"),
        _("How you see things now, and how that came."),
        _(
            "A change in whether somebody holds violence to be right. Kept apart from what they "
            "do. Holding strong views, or finding a faith, is not a concern."
        ),
    ),
    (
        "outward-agreement",
        _("Outward agreement"),
        _("Saying yes because it is easier, as we all do at times."),
        _(
            "One possible explanation of what is seen, beside others such as hope, fear or wanting "
            "peace. It needs evidence from several people and places, and is never a trait."
        ),
    ),
    (
        "declining",
        _("Declining"),
        _("You would rather not, and that is all right."),
        _("Not wishing to talk or take part. It has many reasons, and by itself says nothing."),
    ),
    (
        "influence",
        _("Influence"),
        _("How others listen to you, and how you listen to them."),
        _("Neutral. It can calm a wing or unsettle it; friends can help each other grow."),
    ),
    (
        "concern",
        _("Concern"),
        _("Something we would like to understand better, with you where we can."),
        _("A reason to look more closely for a while. It belongs to a case, never to a person."),
    ),
    (
        "case",
        _("Case"),
        _("Work we do for a while, for a reason we can give, by people we can name."),
        _(
            "Work on one concern, with a legal basis, a lead, a team, a review and a last day. "
            "Only its team works with it, and it ends by itself unless somebody renews it."
        ),
    ),
    (
        "review",
        _("Review"),
        _("The day we look again whether this is still needed."),
        _("Both ways are open: what has become better counts as much as what has not."),
    ),
    (
        "lapse",
        _("Lapse"),
        _("It has ended, because nobody needed to go on with it."),
        _("What nobody renews by its day leaves the working lists. Only protections do not lapse."),
    ),
    (
        "protection",
        _("Protection"),
        _("What we do to keep you safe, and whom you can tell if it does not work."),
        _(
            "Keeping people apart, or a plan to keep somebody safe. It ends only when a named "
            "person decides so, never by itself."
        ),
    ),
    (
        "personal-officer",
        _("Personal officer"),
        _("The officer who knows you best, and whom you can ask for. There is one on each shift."),
        _("Knows five to eight people well. A colleague stands in while the officer is away."),
    ),
    (
        "action",
        _("Action"),
        _("What somebody has promised to do for you, and by when."),
        _("One thing, one owner, one day. Closed by saying what came of it."),
    ),
]


def add(apps, schema_editor):
    term = apps.get_model("terms", "Term")
    term.objects.bulk_create(
        term(key=key, staff_words=staff, person_words=person, meaning=meaning)
        for key, staff, person, meaning in TERMS
    )


def remove(apps, schema_editor):
    apps.get_model("terms", "Term").objects.filter(key__in=[key for key, *_rest in TERMS]).delete()


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
