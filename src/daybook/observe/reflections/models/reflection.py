"""A reflection: what one member of staff saw of one person. Saved means signed, and locked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Unit
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import Circumstance, Contact, Difference, Form, Leaning, Setting, Way
from .channels import Channel
from .strikes import Strikable

LONGEST_NOTE = 20_000
"""Characters in one field: some twelve pages. A longer one is refused with its length."""


def _one_of_or_empty(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": ["", *choices.values]}),
        name=f"reflections_reflection_{field}_known",
    )


def _on_earth(bound: str) -> Func:
    """Where the day of an entry begins or ends, at the first or the last place to have it.

    The time of day is the service's; a table can hold every row only to what holds everywhere.
    """
    return Func(
        F("day"),
        template=f"((%(expressions)s {bound}) at time zone 'UTC')",
        output_field=models.DateTimeField(),
    )


class Reflection(Strikable):
    """One entry. Its key comes with the form, so that a double tap finds itself."""

    id = models.UUIDField(
        primary_key=True, default=new_key, db_comment=says("Key, made with the form.", OPEN)
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="reflections",
        db_comment=says("About whom.", PERSONAL),
    )
    author = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="reflections",
        db_comment=says("Who saw it and signed by saving.", STAFF),
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_comment=says("Where the person lived that day.", PERSONAL),
    )
    day = models.DateField(db_comment=says("The day it is about.", PERSONAL))
    saved_at = models.DateTimeField(db_comment=says("When it was signed.", STAFF))
    noted_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When the author noted it on paper, as far as the sheet says.", STAFF),
    )
    form = models.CharField(
        max_length=8, choices=Form.choices, db_comment=says("Which form was used.", OPEN)
    )
    setting = models.CharField(
        max_length=12,
        choices=Setting.choices,
        blank=True,
        db_comment=says("Where the person was seen; never at worship.", INTIMATE),
    )
    contact = models.CharField(
        max_length=12, choices=Contact.choices, db_comment=says("How much contact.", INTIMATE)
    )
    difference = models.CharField(
        max_length=12,
        choices=Difference.choices,
        blank=True,
        db_comment=says("Different from the person’s own usual, says the author.", INTIMATE),
    )
    way = models.CharField(
        max_length=8, choices=Way.choices, blank=True, db_comment=says("More or less.", INTIMATE)
    )
    of_what = models.CharField(
        max_length=200, blank=True, db_comment=says("More or less of what.", INTIMATE)
    )
    leaning = models.CharField(
        max_length=12,
        choices=Leaning.choices,
        blank=True,
        db_comment=says("Whether the difference is welcome, says the author.", INTIMATE),
    )
    circumstances = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        db_comment=says("What else there was that day.", INTIMATE),
    )
    seen_heard = models.TextField(
        blank=True, db_comment=says("Fact: what was seen or heard.", INTIMATE)
    )
    reading = models.TextField(
        blank=True, db_comment=says("Assessment: what the author makes of it.", INTIMATE)
    )
    own_words = models.TextField(blank=True, db_comment=says("The person’s own words.", INTIMATE))
    own_mark = models.PositiveSmallIntegerField(
        null=True, blank=True, db_comment=says("The person’s own mark for mood, 1-5.", INTIMATE)
    )
    response = models.TextField(blank=True, db_comment=says("What the author did.", INTIMATE))
    opening = models.TextField(blank=True, db_comment=says("What it opened.", INTIMATE))
    withdrawn_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment=says("When the author took it back, within 15 minutes.", STAFF),
    )

    class Meta:
        db_table_comment = says("Daily reflections. Locked 15 minutes after saving.", INTIMATE)
        constraints = [
            one_of("contact", Contact, table="reflections_reflection"),
            one_of("form", Form, table="reflections_reflection"),
            _one_of_or_empty("setting", Setting),
            _one_of_or_empty("difference", Difference),
            _one_of_or_empty("way", Way),
            _one_of_or_empty("leaning", Leaning),
            models.CheckConstraint(
                condition=Q(circumstances__contained_by=list(Circumstance.values)),
                name="reflections_reflection_circumstances_known",
            ),
            models.CheckConstraint(
                condition=Q(own_mark__isnull=True) | Q(own_mark__range=(1, 5)),
                name="reflections_reflection_own_mark_in_steps",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True)
                | Q(form=Form.PAPER, noted_at__lte=F("saved_at")),
                name="reflections_reflection_noted_on_paper_before_it_was_signed",
            ),
            models.CheckConstraint(
                condition=Q(noted_at__isnull=True)
                | Q(
                    noted_at__gte=_on_earth("- interval '14 hours'"),
                    noted_at__lt=_on_earth("+ interval '36 hours'"),
                ),
                name="reflections_reflection_noted_on_the_day_it_is_about",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-day", "-saved_at"], name="reflections_of_person"),
            models.Index(fields=["author", "-saved_at"], name="reflections_of_author"),
        ]


class Rating(Strikable):
    """One step on one channel. No step means "can't tell", which is an answer."""

    pk = models.CompositePrimaryKey("reflection_id", "channel_id")
    reflection = models.ForeignKey(
        Reflection,
        on_delete=models.PROTECT,
        related_name="ratings",
        db_comment=says("The entry it belongs to.", INTIMATE),
    )
    channel = models.ForeignKey(
        Channel,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which channel.", OPEN),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", PERSONAL),
    )
    rater = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_comment=says("Where the person lived that day.", PERSONAL),
    )
    day = models.DateField(db_comment=says("The day it is about.", PERSONAL))
    step = models.PositiveSmallIntegerField(
        null=True, db_comment=says("1-5, empty for can’t tell.", INTIMATE)
    )
    counts = models.BooleanField(
        default=True, db_comment=says("False once the entry was withdrawn.", OPEN)
    )

    class Meta:
        db_table_comment = says("The steps of a reflection, one row a channel.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=True) | Q(step__range=(1, 5)),
                name="reflections_rating_step_1_to_5",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "channel", "day"], name="reflections_rating_by_unit"),
            models.Index(fields=["person", "channel", "day"], name="reflections_rating_by_person"),
        ]


class Addition(Strikable):
    """What somebody adds to a locked entry. It shows beside the original, for good."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    reflection = models.ForeignKey(
        Reflection,
        on_delete=models.PROTECT,
        related_name="additions",
        db_comment=says("The entry it is added to.", INTIMATE),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About whom.", PERSONAL),
    )
    author = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    text = models.TextField(db_comment=says("What is added.", INTIMATE))
    added_at = models.DateTimeField(db_comment=says("When.", STAFF))

    class Meta:
        db_table_comment = says("Additions to reflections.", INTIMATE)
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="reflections_addition_says_something"
            )
        ]
        indexes = [models.Index(fields=["person", "-added_at"], name="reflections_addition_of")]
