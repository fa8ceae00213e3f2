"""The wrong person, the wrong word: what was struck, and what was moved to whom it is about."""

from typing import TypeVar

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import Entered

M = TypeVar("M", bound=models.Model)
LONGEST_REASON = 300


class Standing(models.Manager[M]):
    """Rows that nobody struck: the first wall of the seal. The second is a policy."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(struck_at__isnull=True)


class Strikable(models.Model):
    """A row that may be struck. From then on the app sees it no more, whoever looks."""

    struck_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When it was struck; from then on it is sealed.", STAFF),
    )

    objects = Standing()
    # For the owner's work, such as an import that must know what came in before.
    even_struck = models.Manager()  # noqa: DJ012

    class Meta:
        abstract = True


class Strike(models.Model):
    """That somebody who leads struck an entry, when and why. It holds none of its words."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    kind = models.CharField(
        max_length=12, choices=Entered.choices, db_comment=says("What kind of entry.", OPEN)
    )
    record = models.UUIDField(unique=True, db_comment=says("Key of the entry.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("On whose page it stood.", PERSONAL),
    )
    author = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who wrote it.", STAFF)
    )
    moved = models.BooleanField(
        db_comment=says("Whether its words stand with whom they are about now.", OPEN)
    )
    struck_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who struck it.", STAFF)
    )
    struck_at = models.DateTimeField(db_comment=says("When.", STAFF))
    reason = models.CharField(
        max_length=LONGEST_REASON, db_comment=says("Why, naming nobody.", STAFF)
    )

    class Meta:
        db_table_comment = says("Entries that were struck, and why. They stay, sealed.", PERSONAL)
        constraints = [
            one_of("kind", Entered, table="reflections_strike"),
            models.CheckConstraint(condition=~Q(reason=""), name="reflections_strike_says_why"),
        ]
        indexes = [
            models.Index(fields=["-struck_at"], name="reflections_strike_latest"),
            models.Index(fields=["person"], name="reflections_strike_of"),
            models.Index(fields=["author", "-struck_at"], name="reflections_strike_of_author"),
        ]


class Move(models.Model):
    """That an entry stood with somebody else, who is not named. Its key is the entry's."""

    id = models.UUIDField(primary_key=True, db_comment=says("Key of the entry as it stands.", OPEN))
    kind = models.CharField(
        max_length=12, choices=Entered.choices, db_comment=says("What kind of entry.", OPEN)
    )
    strike = models.OneToOneField(
        Strike,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("By which strike it came.", OPEN),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whom it is about.", PERSONAL),
    )
    moved_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("Who moved it.", STAFF)
    )
    moved_at = models.DateTimeField(db_comment=says("When.", STAFF))
    reason = models.CharField(
        max_length=LONGEST_REASON, db_comment=says("Why, naming nobody.", STAFF)
    )

    class Meta:
        db_table_comment = says("Entries that were moved to whom they are about.", PERSONAL)
        constraints = [one_of("kind", Entered, table="reflections_move")]
        indexes = [models.Index(fields=["person"], name="reflections_move_to")]
