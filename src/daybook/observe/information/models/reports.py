"""What somebody saw or heard of harm: signed when it is saved, and never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.people import columns
from daybook.foundation.places.models import Establishment, Unit
from daybook.foundation.terms.columns import INTIMATE, PERSONAL, SECRET, one_of, says
from daybook.observe.safety.vocabulary import ConcernKind

from ..vocabulary import Behaviour, Harmed, Ordinary, Sure


class Report(models.Model):
    """One account of one thing: what was seen, what the writer makes of it, and what else it
    may have been. There is no way to write one that describes no harm."""

    id = columns.key()
    person = columns.person()
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Where the person was then, so whose desk reads it.", PERSONAL),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("On which unit the person was then.", PERSONAL),
    )
    behaviour = columns.word("What was done.", Behaviour)
    harmed = ArrayField(
        models.CharField(max_length=16),
        db_comment=says("Whom it harmed, pressed or was meant for.", INTIMATE),
    )
    how = columns.words("How it harmed or pressed them, or would have.", 500)
    fact = columns.words("What was seen or heard.", 3000)
    assessment = columns.words("What the writer makes of it.", 2000, blank=True)
    sure = columns.word("How the writer knows.", Sure)
    happened_on = models.DateField(db_comment=says("On which day.", INTIMATE))
    place = columns.words("Where, and at about what time.", 200)
    others = columns.words("Who else was there.", 500, blank=True)
    ordinary = columns.word("The ordinary explanation that comes nearest.", Ordinary)
    ordinary_words = columns.words("That explanation, in the writer's words.", 1000)
    regime = columns.words("What the regime was like that day.", 1000, blank=True)
    fears = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        db_comment=says("For which fears a safety concern was opened with it.", INTIMATE),
    )
    whoever = models.BooleanField(
        db_comment=says(
            "The writer confirms: it would concern us whoever did it, whatever they believe.",
            INTIMATE,
        )
    )
    source = models.UUIDField(
        null=True,
        blank=True,
        db_comment=says("How the custodian calls who said it, if it was a source.", SECRET),
    )
    written_by = columns.staff("By whom.")
    written_at = columns.at("When it was signed.")

    class Meta:
        db_table_comment = says("Reports of harm, as their writers signed them.", INTIMATE)
        constraints = [
            one_of("behaviour", Behaviour, table="information_report"),
            one_of("sure", Sure, table="information_report"),
            one_of("ordinary", Ordinary, table="information_report"),
            models.CheckConstraint(
                condition=Q(harmed__contained_by=list(Harmed.values)) & ~Q(harmed=[]),
                name="information_report_harmed_somebody",
            ),
            models.CheckConstraint(
                condition=Q(fears__contained_by=list(ConcernKind.values)),
                name="information_report_fears_known",
            ),
            models.CheckConstraint(
                condition=~Q(fact="") & ~Q(how="") & ~Q(place="") & ~Q(ordinary_words=""),
                name="information_report_says_what_how_where_and_what_else",
            ),
            models.CheckConstraint(
                condition=Q(whoever=True), name="information_report_whoever_did_it"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-written_at"], name="information_report_of"),
            models.Index(fields=["written_by", "-written_at"], name="information_report_by"),
        ]
