"""Questions to outside services and from them, what was answered, and whether it helped."""

from django.db import models
from django.db.models import Q

from daybook.foundation.people import columns
from daybook.foundation.places.models import Establishment
from daybook.foundation.terms.columns import OPEN, PERSONAL, one_of, says

from ..vocabulary import Way
from .concerns import Concern


class Enquiry(models.Model):
    """One question about one person, out or in, and by when an answer is expected."""

    id = columns.key()
    person = columns.person()
    concern = models.ForeignKey(
        Concern,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,  # What was asked is kept longer than most concerns.
        db_comment=says("Beside which concern, if beside one.", OPEN),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Whose desk asks, or is asked.", PERSONAL),
    )
    way = columns.word("Who asks whom.", Way)
    agency = columns.words("Which service outside.", 120)
    question = columns.words("What is asked.", 1000)
    legal_basis = columns.words("On which law.", 300)
    due_on = models.DateField(db_comment=says("By when an answer is expected.", OPEN))
    written_by = columns.staff("Who asked, or took the question down.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Questions to outside services and from them.", PERSONAL)
        constraints = [
            one_of("way", Way, table="information_enquiry"),
            models.CheckConstraint(
                condition=~Q(agency="") & ~Q(question="") & ~Q(legal_basis=""),
                name="information_enquiry_says_whom_what_and_why",
            ),
        ]
        indexes = [models.Index(fields=["person", "-written_at"], name="information_enquiry_of")]


class Answer(models.Model):
    """What was answered, once: theirs or ours, also that nothing is known or may be said."""

    id = columns.key()
    enquiry = models.OneToOneField(
        Enquiry,
        on_delete=models.PROTECT,
        related_name="answer",
        db_comment=says("To which question.", OPEN),
    )
    person = columns.person()
    words = columns.words("What was answered.", 3000)
    conditions = columns.words("On which conditions it may be used.", 500, blank=True)
    written_by = columns.staff("Who wrote or took it down.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("Answers of outside services, and to them.", PERSONAL)
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="information_answer_says_something")
        ]


class Feedback(models.Model):
    """What came of an answer, told to whoever gave it: information flows both ways."""

    id = columns.key()
    enquiry = models.OneToOneField(
        Enquiry,
        on_delete=models.PROTECT,
        related_name="feedback",
        db_comment=says("On which question.", OPEN),
    )
    person = columns.person()
    words = columns.words("What they were told.", 1000)
    written_by = columns.staff("Who told it, or took it down.")
    written_at = columns.at("When.")

    class Meta:
        db_table_comment = says("What outside services heard back, and what we did.", PERSONAL)
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="information_feedback_says_something"
            )
        ]
