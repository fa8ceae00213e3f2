"""What was seen of a colleague's conduct, and what the custodian did about it."""

from django.db import models
from django.db.models import F, Q

from daybook.foundation.people.models import Person
from daybook.foundation.places.models import Establishment
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Staff
from daybook.foundation.terms.columns import OPEN, SECRET, STAFF, says


class Observation(models.Model):
    """One thing that was seen or heard. Signed when it is saved; nobody changes it, ever."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    about = models.ForeignKey(
        Staff,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("About which colleague, if one was chosen.", SECRET),
    )
    about_words = models.CharField(
        max_length=200, blank=True, db_comment=says("About whom, in the writer's words.", SECRET)
    )
    fact = models.CharField(max_length=3000, db_comment=says("What was seen or heard.", SECRET))
    seen_on = models.DateField(db_comment=says("On which day.", SECRET))
    place = models.CharField(max_length=200, db_comment=says("Where.", SECRET))
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("In which establishment: its governor hears the outcome.", SECRET),
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Who was harmed, if somebody in custody was.", SECRET),
    )
    written_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("By whom. The custodian alone reads it.", SECRET),
    )
    written_at = models.DateTimeField(db_comment=says("When it was signed.", SECRET))

    class Meta:
        db_table_comment = says("What was seen of colleagues' conduct.", SECRET)
        constraints = [
            models.CheckConstraint(
                condition=Q(about__isnull=False) | ~Q(about_words=""),
                name="conduct_observation_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(about__isnull=True) | ~Q(about=F("written_by")),
                name="conduct_observation_about_a_colleague",
            ),
            models.CheckConstraint(
                condition=~Q(fact="") & ~Q(place=""), name="conduct_observation_says_something"
            ),
        ]
        indexes = [
            models.Index(fields=["written_by", "-written_at"], name="conduct_observation_by")
        ]


class Outcome(models.Model):
    """That it arrived, and in the end what was done, in words that name nobody."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    observation = models.OneToOneField(
        Observation,
        on_delete=models.PROTECT,
        related_name="outcome",
        db_comment=says("Of what was written.", OPEN),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("In which establishment.", OPEN),
    )
    received_at = models.DateTimeField(db_comment=says("When the custodian had read it.", STAFF))
    received_by = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which custodian.", STAFF),
    )
    words = models.CharField(
        max_length=1000,
        blank=True,
        db_comment=says("What was done; it names nobody.", STAFF),
    )
    closed_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was answered.", STAFF)
    )
    closed_by = models.ForeignKey(
        Staff,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment=says("Which custodian answered it.", STAFF),
    )

    class Meta:
        db_table_comment = says("What came of observations about staff.", STAFF)
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, words="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(words="")),
                name="conduct_outcome_closed_when_by_whom_and_how",
            ),
        ]
