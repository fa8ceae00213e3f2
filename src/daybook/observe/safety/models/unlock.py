"""Know before you unlock: protections that stand until a named person ends them."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says
from daybook.observe.reflections.models.strikes import Strikable

from ..vocabulary import UnlockKind


class UnlockNote(Strikable):
    """One thing to know before a door is opened, and why. It doesn't fade: it is reviewed."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="unlock_notes",
        db_comment=says("Whose door.", PERSONAL),
    )
    kind = models.CharField(
        max_length=16, choices=UnlockKind.choices, db_comment=says("Which kind.", INTIMATE)
    )
    apart_from = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who is kept apart from the person; a note stands for each.", INTIMATE),
    )
    pair = models.UUIDField(
        null=True, blank=True, db_comment=says("What two notes of one keep-apart share.", OPEN)
    )
    staff_needed = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment=says("How many staff open the door.", INTIMATE)
    )
    instruction = models.CharField(
        max_length=200, db_comment=says("What staff do, in a few words.", INTIMATE)
    )
    reason = models.CharField(
        max_length=500, db_comment=says("Why, without offence or label.", INTIMATE)
    )
    written_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    written_at = models.DateTimeField(db_comment=says("When.", STAFF))
    review_on = models.DateField(
        db_comment=says("When a named person looks at it again.", INTIMATE)
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was ended.", INTIMATE)
    )
    ended_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who ended it.", STAFF),
    )
    ended_because = models.CharField(
        max_length=500, blank=True, db_comment=says("Why it was ended.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("What to know before a door is opened.", INTIMATE)
        constraints = [
            one_of("kind", UnlockKind, table="safety_unlocknote"),
            models.CheckConstraint(
                condition=~Q(instruction="") & ~Q(reason=""), name="safety_unlocknote_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=UnlockKind.KEEP_APART, apart_from__isnull=False, pair__isnull=False
                )
                | (~Q(kind=UnlockKind.KEEP_APART) & Q(apart_from__isnull=True, pair__isnull=True)),
                name="safety_unlocknote_apart_from_somebody",
            ),
            models.CheckConstraint(
                condition=Q(apart_from__isnull=True) | ~Q(apart_from=F("person")),
                name="safety_unlocknote_not_from_oneself",
            ),
            models.CheckConstraint(
                condition=Q(kind=UnlockKind.STAFF, staff_needed__range=(2, 9))
                | (~Q(kind=UnlockKind.STAFF) & Q(staff_needed__isnull=True)),
                name="safety_unlocknote_staff_counted",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="safety_unlocknote_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["person", "apart_from"],
                condition=Q(ended_at__isnull=True, apart_from__isnull=False),
                name="safety_unlocknote_apart_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="safety_unlocknote_now"
            )
        ]


class Review(Strikable):
    """That a named person looked at a protection again, and let it stand until another day."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose protection.", PERSONAL),
    )
    note = models.ForeignKey(
        UnlockNote,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        db_comment=says("The unlock note looked at.", INTIMATE),
    )
    plan = models.ForeignKey(
        "safety.Plan",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        db_comment=says("Or the keep-safe plan.", INTIMATE),
    )
    words = models.CharField(max_length=500, db_comment=says("Why it stands.", INTIMATE))
    reviewed_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    reviewed_at = models.DateTimeField(db_comment=says("When.", STAFF))
    next_on = models.DateField(db_comment=says("When to look again.", INTIMATE))

    class Meta:
        db_table_comment = says("Reviews of protections.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(note__isnull=True, plan__isnull=False)
                | Q(note__isnull=False, plan__isnull=True),
                name="safety_review_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="safety_review_says_why"),
        ]
        indexes = [models.Index(fields=["person", "-reviewed_at"], name="safety_review_of")]
