"""The log. Entries are added and never changed, by anyone (a trigger holds it)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key
from daybook.foundation.terms.columns import OPEN, PERSONAL, STAFF, one_of, says


class Kind(models.TextChoices):
    """The six kinds of Directive (EU) 2016/680 Art. 25, and what happens at the door."""

    COLLECTION = "collection", _("written")
    ALTERATION = "alteration", _("changed")
    CONSULTATION = "consultation", _("read")
    DISCLOSURE = "disclosure", _("given out")
    COMBINATION = "combination", _("brought together")
    ERASURE = "erasure", _("erased")
    DENIAL = "denial", _("refused")
    SIGN_IN = "sign-in", _("signed in or out")


class Entry(models.Model):
    """One thing somebody did. It says who, when, what and why, and holds no case content."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    at = models.DateTimeField(db_comment=says("When.", OPEN))
    staff_key = models.UUIDField(
        null=True, db_comment=says("Who: a key that outlives the account.", STAFF)
    )
    sign_in_key = models.UUIDField(null=True, db_comment=says("Through which sign-in.", STAFF))
    kind = models.CharField(
        max_length=16, choices=Kind.choices, db_comment=says("What kind of act.", OPEN)
    )
    subject = models.CharField(
        max_length=600, db_comment=says("What kind of record, or the page that was read.", OPEN)
    )
    record = models.CharField(
        max_length=64, blank=True, db_comment=says("Key of the record, if it was one.", OPEN)
    )
    people = ArrayField(
        models.BigIntegerField(),
        default=list,
        db_comment=says("The people in custody whom the act concerned.", PERSONAL),
    )
    reason = models.CharField(
        max_length=500, blank=True, db_comment=says("Why, where a reason is asked.", STAFF)
    )

    class Meta:
        db_table_comment = says("Who read or wrote what, when and why. Append only.", STAFF)
        constraints = [one_of("kind", Kind, table="audit_entry")]
        indexes = [models.Index(fields=["at"], name="audit_entry_at")]
