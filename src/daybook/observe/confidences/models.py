"""What is told in confidence, who asked for it and why, and what was answered. Words lie sealed."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, SECRET, STAFF, one_of, says
from daybook.foundation.vault.fields import SealedField

from .vocabulary import ABOUT_A_PERSON, Discipline, Kept, Reply, Struck


def _by(meaning: str, **more: object) -> "models.ForeignKey[Staff, Staff]":
    return models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says(meaning, STAFF),
        **more,  # type: ignore[arg-type]
    )


class Confidence(models.Model):
    """One note of what a chaplain or clinician was told. Signed when saved; it never changes."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who told it.", INTIMATE),
    )
    discipline = models.CharField(
        max_length=16,
        choices=Discipline.choices,
        db_comment=says("In whose confidence.", INTIMATE),
    )
    words = SealedField(db_comment=says("What was told, sealed.", SECRET))
    written_by = _by("By whom.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", INTIMATE))
    struck_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When its writer struck it.", INTIMATE)
    )
    struck_because = models.CharField(
        max_length=16, blank=True, db_comment=says("Why, in one of a few words.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("What was told to chaplains and clinicians, sealed.", SECRET)
        constraints = [
            one_of("discipline", Discipline, table="confidences_confidence"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | Q(struck_at__isnull=False, struck_because__in=Struck.values),
                name="confidences_confidence_struck_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-written_at"], name="confidences_confidence_of"),
            models.Index(fields=["written_by", "-written_at"], name="confidences_confidence_by"),
        ]


class Addition(models.Model):
    """What its writer adds to a note later. The note stays as it was signed."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    confidence = models.ForeignKey(
        Confidence,
        on_delete=models.PROTECT,
        related_name="additions",
        db_comment=says("To which note.", OPEN),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who told it.", INTIMATE),
    )
    words = SealedField(db_comment=says("What is added, sealed.", SECRET))
    written_by = _by("By whom.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", INTIMATE))

    class Meta:
        db_table_comment = says("What was added to notes told in confidence.", SECRET)
        indexes = [models.Index(fields=["confidence"], name="confidences_addition_to")]


class Source(models.Model):
    """Who somebody is that said something. What was said points here by key, and names nobody."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    words = SealedField(db_comment=says("Who it is and how they know, sealed.", SECRET))
    written_by = _by("Who took it down.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))

    class Meta:
        db_table_comment = says("Who sources are, sealed, apart from what they said.", SECRET)


class Question(models.Model):
    """One request to learn something of what was told, with its reason."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    kept = models.CharField(
        max_length=16, choices=Kept.choices, db_comment=says("Of which kind.", INTIMATE)
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", INTIMATE),
    )
    source = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Or about which source.", SECRET),
    )
    words = SealedField(db_comment=says("What is asked, sealed.", SECRET))
    reason = SealedField(db_comment=says("Why it must be known, sealed.", SECRET))
    written_by = _by("Who asks.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", INTIMATE))

    class Meta:
        db_table_comment = says("Who asked for what was told in confidence, and why.", SECRET)
        constraints = [
            one_of("kept", Kept, table="confidences_question"),
            models.CheckConstraint(
                condition=Q(kept=Kept.SOURCE, source__isnull=False, person__isnull=True)
                | Q(kept__in=ABOUT_A_PERSON, source__isnull=True, person__isnull=False),
                name="confidences_question_about_one",
            ),
        ]
        indexes = [models.Index(fields=["written_by", "-written_at"], name="confidences_asked_by")]


class Answer(models.Model):
    """What whoever keeps it decided, why, and what was told. Given once; it stays as given."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    question = models.OneToOneField(
        Question,
        on_delete=models.PROTECT,
        related_name="answer",
        db_comment=says("To which request.", OPEN),
    )
    reply = models.CharField(
        max_length=8, choices=Reply.choices, db_comment=says("Yes, in part, or no.", INTIMATE)
    )
    reason = SealedField(db_comment=says("Why so, sealed.", SECRET))
    words = SealedField(
        null=True, blank=True, db_comment=says("What was told, sealed; nothing for a no.", SECRET)
    )
    written_by = _by("Who decided.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", INTIMATE))

    class Meta:
        db_table_comment = says("What was answered of what was told in confidence.", SECRET)
        constraints = [
            one_of("reply", Reply, table="confidences_answer"),
            models.CheckConstraint(
                condition=Q(reply=Reply.NO, words__isnull=True)
                | Q(reply__in=[Reply.YES, Reply.PART], words__isnull=False),
                name="confidences_answer_tells_something_or_no",
            ),
        ]


class Consent(models.Model):
    """The person's own word that the oversight body may read, for a while, until taken back."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose word it is.", INTIMATE),
    )
    kept = models.CharField(
        max_length=16, choices=Kept.choices, db_comment=says("For what was told to whom.", INTIMATE)
    )
    how = models.CharField(
        max_length=300, db_comment=says("How it was given: on paper, before whom.", INTIMATE)
    )
    given_on = models.DateField(db_comment=says("On which day.", INTIMATE))
    until = models.DateField(db_comment=says("Up to and on which day it holds.", INTIMATE))
    written_by = _by("Who took it down.")
    written_at = models.DateTimeField(db_comment=says("When it was signed.", INTIMATE))
    ended_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When the person took it back.", INTIMATE)
    )
    ended_by = _by("Who took that down.", null=True, blank=True)

    class Meta:
        db_table_comment = says("Whom the oversight body may read about, by their word.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(kept__in=ABOUT_A_PERSON), name="confidences_consent_for_what"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("given_on")) & ~Q(how=""),
                name="confidences_consent_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="confidences_consent_ended_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="confidences_consent_of")]
