"""Notices: that something waits for somebody, where it leads, and how the word went out.

A notice holds no content and no name of anybody in custody: its kind gives the words, and the
page it leads to obeys the walls like any other. So whoever it is for may always see it, also
once they no longer reach the person.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, Row, one_of, says


class Notice(models.Model):
    """Something waits for one member of staff. It is no record: once seen, it goes in time."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="notices", db_comment=says("To whom.", STAFF)
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment=says("About whom, where it is about one person.", PERSONAL),
    )
    kind = models.CharField(
        max_length=40, db_comment=says("What kind of notice; the kind gives the words.", OPEN)
    )
    path = models.CharField(
        max_length=200, db_comment=says("Where it leads, on this site.", PERSONAL)
    )
    urgent = models.BooleanField(
        default=False, db_comment=says("Whether it can't wait for the next look.", OPEN)
    )
    once = models.CharField(
        max_length=120,
        blank=True,
        db_comment=says("What it stands for: told once only to each.", OPEN),
    )
    made_at = models.DateTimeField(db_comment=says("When.", OPEN))
    seen_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was looked at.", STAFF)
    )
    answered_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When what it leads to was answered, by anybody.", OPEN),
    )

    class Meta:
        db_table_comment = says("That something waits for somebody, and where.", PERSONAL)
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "once"], condition=~Q(once=""), name="duties_notice_told_once"
            ),
            models.CheckConstraint(
                # Never to another site: "//elsewhere" and "/\elsewhere" would be.
                condition=Q(path__regex=r"^/([^/\\]|$)"),
                name="duties_notice_stays_on_this_site",
            ),
        ]
        indexes = [
            models.Index(
                fields=["staff"],
                condition=Q(seen_at__isnull=True, answered_at__isnull=True),
                name="duties_notice_waiting",
            ),
            models.Index(fields=["staff", "-made_at"], name="duties_notice_latest"),
            models.Index(
                fields=["once"],
                condition=Q(answered_at__isnull=True) & ~Q(once=""),
                name="duties_notice_unanswered",
            ),
        ]


class Wish(Row):
    """How somebody wishes to hear of one kind of notice, where they have said so."""

    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Whose wish.", STAFF)
    )
    kind = models.CharField(max_length=40, db_comment=says("Of which kind of notice.", OPEN))
    ways = ArrayField(
        models.CharField(max_length=16),
        db_comment=says("By which ways; app is the page of notices, none is not at all.", STAFF),
    )

    class Meta:
        db_table_comment = says("What each member of staff wishes to hear of, and how.", STAFF)
        constraints = [
            models.UniqueConstraint(fields=["staff", "kind"], name="duties_wish_one_a_kind")
        ]


class Outcome(models.TextChoices):
    """What became of the word that should go out."""

    WAITING = "waiting", _("waiting to go out")
    SENT = "sent", _("sent")
    NOT_NEEDED = "not-needed", _("not needed: looked at, answered, or said already")
    NO_ADDRESS = "no-address", _("nowhere to send it to")
    GIVEN_UP = "given-up", _("given up after many attempts")


class Delivery(Row):
    """The word that something waits, on its way by one channel. The worker alone sees it."""

    notice = models.ForeignKey(
        Notice,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_comment=says("Of which notice.", OPEN),
    )
    channel = models.CharField(max_length=16, db_comment=says("By which channel.", OPEN))
    attempts = models.PositiveSmallIntegerField(
        default=0, db_comment=says("How often it was tried.", OPEN)
    )
    tried_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was tried last.", OPEN)
    )
    sent_at = models.DateTimeField(null=True, blank=True, db_comment=says("When it went.", OPEN))
    outcome = models.CharField(
        max_length=12,
        choices=Outcome.choices,
        default=Outcome.WAITING,
        db_comment=says("What became of it.", OPEN),
    )
    failed = models.CharField(
        max_length=200, blank=True, db_comment=says("Why the last attempt failed.", OPEN)
    )

    class Meta:
        db_table_comment = says("Words on their way out of Daybook, and what became of them.", OPEN)
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], name="duties_delivery_once_a_channel"
            ),
            one_of("outcome", Outcome, table="duties_delivery"),
            models.CheckConstraint(
                condition=Q(outcome="sent", sent_at__isnull=False)
                | (~Q(outcome="sent") & Q(sent_at__isnull=True)),
                name="duties_delivery_sent_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["notice"], condition=Q(outcome="waiting"), name="duties_delivery_waiting"
            )
        ]
