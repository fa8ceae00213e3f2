"""What people were told about the record, what they said to it, and what they were answered."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people.models import Person
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import INTIMATE, OPEN, PERSONAL, STAFF, one_of, says

from ..vocabulary import AnsweredHow
from .strikes import Strikable


class Told(Strikable):
    """That the person was told, in a language they speak, what is written and how to object."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="told",
        db_comment=says("Who was told.", PERSONAL),
    )
    told_on = models.DateField(db_comment=says("Which day.", PERSONAL))
    language = models.CharField(max_length=12, db_comment=says("In which language.", PERSONAL))
    told_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    with_interpreter = models.BooleanField(
        default=False, db_comment=says("Whether somebody interpreted.", PERSONAL)
    )
    said = models.TextField(
        blank=True, db_comment=says("What the person said to it, in their words.", INTIMATE)
    )
    objects_to_it = models.BooleanField(
        default=False, db_comment=says("Whether the person objects.", INTIMATE)
    )

    class Meta:
        db_table_comment = says("What people were told about the record at admission.", PERSONAL)
        indexes = [
            models.Index(fields=["person", "-told_on"], name="reflections_told_latest"),
            models.Index(
                fields=["told_on"],
                condition=Q(objects_to_it=True),
                name="reflections_told_objects",
            ),
        ]


class Answer(Strikable):
    """What somebody who leads the unit answered to an objection. Each has one, and it stays."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    told = models.OneToOneField(
        Told,
        on_delete=models.PROTECT,
        related_name="answer",
        db_comment=says("The objection that is answered.", INTIMATE),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who objected.", PERSONAL),
    )
    words = models.TextField(db_comment=says("The answer, as it was given.", INTIMATE))
    answered_on = models.DateField(db_comment=says("Which day it was given.", PERSONAL))
    answered_by = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="+", db_comment=says("By whom.", STAFF)
    )
    language = models.CharField(max_length=12, db_comment=says("In which language.", PERSONAL))
    how = models.CharField(
        max_length=12,
        choices=AnsweredHow.choices,
        db_comment=says("How it was told to the person.", PERSONAL),
    )

    class Meta:
        db_table_comment = says("Answers to those who object to the record.", INTIMATE)
        constraints = [
            one_of("how", AnsweredHow, table="reflections_answer"),
            models.CheckConstraint(
                condition=~Q(words=""), name="reflections_answer_says_something"
            ),
        ]
