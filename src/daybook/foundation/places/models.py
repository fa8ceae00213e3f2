"""Where people live, and what the day was like there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from daybook.foundation.terms.columns import OPEN, Row, says


class Establishment(Row):
    """A prison, or an office of the probation service."""

    code = models.SlugField(
        unique=True, db_comment=says("Short name in addresses and imports.", OPEN)
    )
    name = models.CharField(max_length=120, db_comment=says("Name as staff say it.", OPEN))

    class Meta:
        db_table_comment = says("Prisons and probation offices of the service.", OPEN)
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(Row):
    """A wing, or a team's area: the people one team knows."""

    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="units",
        db_comment=says("Where the unit is.", OPEN),
    )
    code = models.SlugField(unique=True, db_comment=says("Short name in addresses.", OPEN))
    name = models.CharField(max_length=120, db_comment=says("Name as staff say it.", OPEN))
    regime = models.CharField(
        max_length=200, blank=True, db_comment=says("How the unit is run, in words.", OPEN)
    )
    staff_needed = models.PositiveSmallIntegerField(
        default=0, db_comment=says("Staff that a usual shift should have.", OPEN)
    )

    class Meta:
        db_table_comment = says("Wings and other living units.", OPEN)
        ordering = ["establishment__name", "name"]

    def __str__(self) -> str:
        return self.name


class Cell(Row):
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="cells",
        db_comment=says("The unit it is on.", OPEN),
    )
    name = models.CharField(max_length=40, db_comment=says("What stands on the door.", OPEN))

    class Meta:
        db_table_comment = says("Cells and rooms.", OPEN)
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="places_cell_once_a_unit")
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UnitDay(Row):
    """What a day was like for everyone on a unit: its weather, in facts."""

    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="days",
        db_comment=says("Which unit.", OPEN),
    )
    day = models.DateField(db_comment=says("Which day.", OPEN))
    staff_present = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment=says("Staff who were there on the main shift.", OPEN)
    )
    staff_needed = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment=says("Staff who should have been there.", OPEN)
    )
    hours_out = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        db_comment=says("Hours out of cell that people had.", OPEN),
    )
    hours_locked_down = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=0,
        db_comment=says("Hours of unplanned lock-down.", OPEN),
    )
    incident = models.CharField(
        max_length=200, blank=True, db_comment=says("An incident, in a few words, no names.", OPEN)
    )
    event = models.CharField(
        max_length=200, blank=True, db_comment=says("Something out of the ordinary.", OPEN)
    )
    feast = models.CharField(
        max_length=200, blank=True, db_comment=says("A feast or holiday kept by the unit.", OPEN)
    )

    class Meta:
        db_table_comment = says("The unit's own day: staffing, hours, what happened.", OPEN)
        verbose_name = _("unit day")
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="places_unitday_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(hours_out__isnull=True) | models.Q(hours_out__range=(0, 24)),
                name="places_unitday_hours_out_in_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_locked_down__range=(0, 24)),
                name="places_unitday_locked_hours_in_a_day",
            ),
        ]
