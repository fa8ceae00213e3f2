"""The reflection meeting: who was talked about, how it was explained, what will be done."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import CareWord, ExplanationKind, Outcome


class Shift(models.TextChoices):
    EARLY = "early", _("early")
    LATE = "late", _("late")
    NIGHT = "night", _("night")


class Meeting(models.Model):
    """One meeting of a unit's team. It may be handed from shift to shift before it closes."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="meetings",
        db_comment=says("Which unit.", OPEN),
    )
    shift = models.CharField(
        max_length=8, choices=Shift.choices, db_comment=says("Shift it began on.", OPEN)
    )
    opened_at = models.DateTimeField(db_comment=says("When it began.", STAFF))
    opened_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who opened it.", STAFF)
    )
    led_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who leads it now; a hand-over changes it.", STAFF),
    )
    went_well = models.TextField(blank=True, db_comment=says("What went well.", INTIMATE))
    how_we_are = models.TextField(
        blank=True, db_comment=says("How the team is, in its own words, no names.", STAFF)
    )
    theme = models.TextField(blank=True, db_comment=says("One theme of the unit itself.", OPEN))
    closed_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was closed.", STAFF)
    )
    closed_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who closed it.", STAFF),
    )

    class Meta:
        db_table_comment = says("Reflection meetings.", STAFF)
        constraints = [
            one_of("shift", Shift, table="reflections_meeting"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(closed_at__isnull=True),
                name="reflections_meeting_one_open_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="reflections_meeting_closed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-opened_at"], name="reflections_meeting_latest")]


class MeetingPerson(models.Model):
    """One person's place in one meeting."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="people",
        db_comment=says("Which meeting.", STAFF),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="meetings",
        db_comment=says("About whom.", PERSONAL),
    )
    at = models.DateTimeField(db_comment=says("When the meeting began.", STAFF))
    why = models.CharField(
        max_length=300,
        blank=True,
        db_comment=says("Why they were put forward, in words; no officer's words.", INTIMATE),
    )
    said_in = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        db_comment=says(
            "Entries that put them forward. Their words are read there, and only while they stand.",
            INTIMATE,
        ),
    )
    carried_because = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("Why they wait for the next meeting.", INTIMATE),
    )
    outcome = models.CharField(
        max_length=12,
        choices=Outcome.choices,
        default=Outcome.WAITING,
        db_comment=says("Discussed, nothing new, or still waiting.", INTIMATE),
    )
    facts = models.TextField(blank=True, db_comment=says("Facts the team has.", INTIMATE))
    stance = models.TextField(
        blank=True, db_comment=says("The stance agreed, so that all meet them alike.", INTIMATE)
    )
    dissent = models.TextField(
        blank=True, db_comment=says("What somebody sees otherwise.", INTIMATE)
    )
    went_well = models.TextField(blank=True, db_comment=says("What went well with them.", INTIMATE))
    noted_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Who wrote it down.", STAFF),
    )
    noted_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was written down.", STAFF)
    )

    class Meta:
        db_table_comment = says("What a meeting said about a person.", INTIMATE)
        constraints = [
            one_of("outcome", Outcome, table="reflections_meetingperson"),
            models.UniqueConstraint(
                fields=["meeting", "person"], name="reflections_meetingperson_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="reflections_meetings_of")]


class Explanation(models.Model):
    """One way to explain what was seen. A discussion needs two, one of them ordinary or ours."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    discussion = models.ForeignKey(
        MeetingPerson,
        on_delete=models.PROTECT,
        related_name="explanations",
        db_comment=says("The discussion it belongs to.", INTIMATE),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", PERSONAL),
    )
    kind = models.CharField(
        max_length=12, choices=ExplanationKind.choices, db_comment=says("Which kind.", INTIMATE)
    )
    words = models.CharField(max_length=500, db_comment=says("The explanation.", INTIMATE))
    dropped_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When the team dropped it.", STAFF)
    )

    class Meta:
        db_table_comment = says("Explanations weighed in a meeting.", INTIMATE)
        constraints = [
            one_of("kind", ExplanationKind, table="reflections_explanation"),
            models.CheckConstraint(
                condition=~Q(words=""), name="reflections_explanation_says_something"
            ),
        ]


class Care(models.Model):
    """The team's word for the care somebody needs. It ends with the next meeting, always."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="care",
        db_comment=says("For whom.", PERSONAL),
    )
    word = models.CharField(
        max_length=12, choices=CareWord.choices, db_comment=says("The word.", INTIMATE)
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="care",
        db_comment=says("The meeting that chose it.", STAFF),
    )
    set_at = models.DateTimeField(db_comment=says("When.", STAFF))
    set_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    ends_at = models.DateTimeField(
        db_comment=says("When it lapses at the latest, meeting or none.", PERSONAL)
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When the next meeting ended it.", PERSONAL)
    )

    class Meta:
        db_table_comment = says("Care words: check in, stay close. They lapse.", INTIMATE)
        constraints = [
            one_of("word", CareWord, table="reflections_care"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("set_at")), name="reflections_care_always_ends"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="reflections_care_now"
            )
        ]
