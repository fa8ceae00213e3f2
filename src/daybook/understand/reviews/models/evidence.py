"""What the team lays on the board: a fact, its innocent explanation, and where it goes back to."""

from django.db import models
from django.db.models import Q

from daybook.foundation.terms.columns import INTIMATE, OPEN, SECRET, one_of, says

from ..vocabulary import Dimension, RecordKind, Source, What
from . import columns


class Evidence(models.Model):
    """One item. ``origin`` stands for who said it first; the database works it out, and nobody
    can read from it who that is. What goes back to one origin counts once."""

    id = columns.key()
    review = columns.review()
    person = columns.person()
    dimension = columns.word("In which row of the board it stands.", Dimension)
    source = columns.word("From what kind of source.", Source)
    what = columns.word("What it is: done, said, kept or found.", What)
    words = columns.words("The fact.", 2000)
    innocent = columns.words("The innocent explanation.", 1000)
    seen_on = models.DateField(
        null=True, blank=True, db_comment=says("The day it is about.", INTIMATE)
    )
    told_by = models.CharField(
        max_length=200, blank=True, db_comment=says("Who said it first, in words.", SECRET)
    )
    same_as = columns.part_of(
        "Evidence",
        "Another item that goes back to the same origin.",
        null=True,
        blank=True,
        db_constraint=False,
    )
    record_kind = columns.word("From what kind of record it is laid.", RecordKind, blank=True)
    record = models.UUIDField(null=True, blank=True, db_comment=says("Key of that record.", OPEN))
    origin = models.CharField(
        max_length=64, db_comment=says("Stands for who said it first; set by the database.", OPEN)
    )
    written_by = columns.staff("Who laid it there.")
    written_at = columns.at("When.")
    struck_at = columns.later("When its writer took it back.")
    struck_because = columns.words("Why.", 300, blank=True)

    class Meta:
        db_table_comment = says("Items on the board of a joint review.", INTIMATE)
        constraints = [
            one_of("dimension", Dimension, table="reviews_evidence"),
            one_of("source", Source, table="reviews_evidence"),
            one_of("what", What, table="reviews_evidence"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(innocent=""), name="reviews_evidence_says_both"
            ),
            models.CheckConstraint(
                condition=Q(record_kind="", record__isnull=True)
                | Q(record_kind__in=RecordKind.values, record__isnull=False),
                name="reviews_evidence_laid_from_a_record",
            ),
            models.CheckConstraint(
                condition=(Q(source__in=RecordKind.values) & Q(record_kind=models.F("source")))
                | (~Q(source__in=RecordKind.values) & Q(record_kind="")),
                name="reviews_evidence_of_a_record_is_laid_from_it",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_because="")
                | Q(struck_at__isnull=False) & ~Q(struck_because=""),
                name="reviews_evidence_taken_back_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["review", "record"],
                condition=Q(struck_at__isnull=True),
                name="reviews_evidence_record_once",
            ),
        ]
        indexes = [
            models.Index(fields=["review", "dimension", "source"], name="reviews_evidence_cell")
        ]
