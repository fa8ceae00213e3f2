"""What stands beside information before anything may rest on it: asked for, or offered."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people import columns
from daybook.foundation.terms.columns import OPEN, SECRET, one_of, says

from ..vocabulary import Context, Reply
from .concerns import Concern


class Asking(models.Model):
    """The desk asks a colleague for one kind of context. A chaplain is never asked."""

    id = columns.key()
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Beside which concern.", OPEN),
    )
    person = columns.person()
    kind = columns.word("Which kind of context.", Context)
    question = columns.words("What is asked; it tells nothing of the report.", 500)
    asked = columns.staff("Who is asked.")
    reply = columns.word("What came of it.", Reply, blank=True)
    replied_at = columns.at("When it was answered.", null=True, blank=True)
    written_by = columns.staff("Who asks.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Questions of the desk to those who know the person.", OPEN)
        constraints = [
            one_of("kind", Context, table="information_asking"),
            models.CheckConstraint(
                condition=~Q(question=""), name="information_asking_says_something"
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True)
                | Q(reply__in=Reply.values, replied_at__isnull=False),
                name="information_asking_replied_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(asked=F("written_by")), name="information_asking_somebody_else"
            ),
        ]
        indexes = [
            models.Index(fields=["concern"], name="information_asking_beside"),
            models.Index(fields=["asked"], condition=Q(reply=""), name="information_asking_waits"),
        ]


class Account(models.Model):
    """What somebody who knows says: in their words, and theirs to take back.

    One that nobody asked for is laid beside a concern by the desk; until then it lies with it.
    """

    id = columns.key()
    person = columns.person()
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Beside which concern it was laid.", OPEN),
    )
    asking = models.OneToOneField(
        Asking,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="account",
        db_comment=says("To which question; none where it was offered.", OPEN),
    )
    kind = columns.word("Which kind of context it is.", Context)
    words = columns.words("What they say.", 3000)
    told_by = columns.words(
        "From whom they have it, if not of their own knowledge.", 200, blank=True
    )
    chaplain = models.BooleanField(
        default=False, db_comment=says("Offered by a chaplain, by own choice.", OPEN)
    )
    agency = columns.words("For which agency it speaks, if for one.", 120, blank=True)
    source = models.UUIDField(
        null=True, blank=True, db_comment=says("How the custodian calls a source it has.", SECRET)
    )
    goes_back_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        db_constraint=False,  # What it goes back to may be erased first.
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Which other account it goes back to.", OPEN),
    )
    goes_back_to_report = models.ForeignKey(
        "information.Report",
        on_delete=models.PROTECT,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("Or which report it goes back to.", OPEN),
    )
    laid_at = columns.at("When it was laid beside the concern.", null=True, blank=True)
    laid_by = columns.staff("Who laid it there.", null=True, blank=True)
    withdrawn_at = columns.at("When its writer took it back.", null=True, blank=True)
    written_by = columns.staff("Who says it.")
    written_at = columns.at("When it was signed.")

    class Meta:
        db_table_comment = says("What those who know say, as context.", OPEN)
        constraints = [
            one_of("kind", Context, table="information_account"),
            models.CheckConstraint(
                condition=~Q(words=""), name="information_account_says_something"
            ),
            models.CheckConstraint(
                condition=Q(concern__isnull=True, laid_at__isnull=True, laid_by__isnull=True)
                | Q(concern__isnull=False, laid_at__isnull=False, laid_by__isnull=False),
                name="information_account_laid_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(chaplain=False) | Q(asking__isnull=True, kind=Context.CLOSE),
                name="information_account_of_a_chaplain_is_offered",
            ),
            models.CheckConstraint(
                condition=Q(goes_back_to__isnull=True) | Q(goes_back_to_report__isnull=True),
                name="information_account_goes_back_to_one",
            ),
        ]
        indexes = [
            models.Index(fields=["concern"], name="information_account_beside"),
            models.Index(fields=["person"], name="information_account_of"),
            models.Index(fields=["written_by", "-written_at"], name="information_account_by"),
        ]
