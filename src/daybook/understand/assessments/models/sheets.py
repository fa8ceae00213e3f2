"""What one assessor answers, by themselves: a draft until it is signed, and locked from then on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from daybook.foundation.people.columns import at, key, person, staff, word, words
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, one_of, says

from ..vocabulary import Course, Rests, Source
from .assessments import Assessment

LONGEST = 4000


class Sheet(models.Model):
    """Who answers, and whether they have signed. What they answered lies beside it, unread by
    anybody else until all sheets are signed."""

    id = key()
    assessment = models.ForeignKey(
        Assessment,
        on_delete=models.PROTECT,
        related_name="sheets",
        db_comment=says("Of which assessment.", OPEN),
    )
    person = person()
    assessor = staff("Whose sheet it is.")
    given_at = at("When it was given to them.")
    signed_at = at("When it was signed.", null=True, blank=True)

    class Meta:
        db_table_comment = says("Sheets of assessors.", INTIMATE)
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "assessor"], name="assessments_sheet_one_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["assessor"],
                condition=Q(signed_at__isnull=True),
                name="assessments_sheet_to_fill",
            )
        ]


class Draft(models.Model):
    """What was typed on a sheet so far, as it was typed: its assessor's alone."""

    sheet = models.OneToOneField(
        Sheet,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="draft",
        db_comment=says("Of which sheet.", OPEN),
    )
    person = person()
    typed = models.JSONField(db_comment=says("Field by field; empty once it is signed.", INTIMATE))
    saved_at = at("When it was last kept.")

    class Meta:
        db_table_comment = says("Sheets that are not signed yet, as they were typed.", INTIMATE)


class Basis(models.Model):
    """What a sheet rests on: how far on what the person says, and on behaviour that obeys."""

    sheet = models.OneToOneField(
        Sheet,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="basis",
        db_comment=says("Which sheet.", OPEN),
    )
    person = person()
    on_self_report = word("How far on what the person says.", Rests, longest=24)
    on_compliance = word("How far on behaviour that obeys.", Rests, longest=24)
    words = words("What else there is than that.", 1000)
    used_on = models.DateField(
        null=True,
        blank=True,
        db_comment=says("The day a tool that is kept elsewhere was used.", INTIMATE),
    )

    class Meta:
        db_table_comment = says("What sheets rest on.", INTIMATE)
        constraints = [
            one_of("on_self_report", Rests, table="assessments_basis"),
            one_of("on_compliance", Rests, table="assessments_basis"),
            models.CheckConstraint(condition=~Q(words=""), name="assessments_basis_is_said"),
        ]


class SheetAnswer(models.Model):
    """One answer to one item, within the anchors of its version; why, and from whom it is known."""

    id = key()
    sheet = models.ForeignKey(
        Sheet,
        on_delete=models.PROTECT,
        related_name="answers",
        db_comment=says("On which sheet.", OPEN),
    )
    person = person()
    item = models.CharField(max_length=40, db_comment=says("Which item.", OPEN))
    answer = models.CharField(max_length=40, db_comment=says("Which anchored answer.", INTIMATE))
    fact = words("What was seen, heard or read.", LONGEST, blank=True)
    reading = words("What the assessor makes of it.", LONGEST, blank=True)
    sources = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        db_comment=says("From which kinds of source.", INTIMATE),
    )
    cited = words("Which: who, what, when.", 500, blank=True)

    class Meta:
        db_table_comment = says("Answers on sheets.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(sources__contained_by=list(Source.values)),
                name="assessments_sheetanswer_sources_known",
            ),
            models.UniqueConstraint(fields=["sheet", "item"], name="assessments_sheetanswer_once"),
        ]


class Account(models.Model):
    """The account of one domain of a tool that is kept elsewhere, and what changed since."""

    id = key()
    sheet = models.ForeignKey(
        Sheet,
        on_delete=models.PROTECT,
        related_name="accounts",
        db_comment=says("On which sheet.", OPEN),
    )
    person = person()
    domain = models.CharField(max_length=40, db_comment=says("Which domain.", PERSONAL))
    words = words("What was found in it.", LONGEST)
    course = word("How it is since the last use.", Course, longest=24)

    class Meta:
        db_table_comment = says("Accounts of domains of tools kept elsewhere.", INTIMATE)
        constraints = [
            one_of("course", Course, table="assessments_account"),
            models.UniqueConstraint(fields=["sheet", "domain"], name="assessments_account_once"),
            models.CheckConstraint(
                condition=~Q(words=""), name="assessments_account_says_something"
            ),
        ]
