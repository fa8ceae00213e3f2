"""The keys that seal words: one for each person and compartment, each wrapped by the service's."""

from django.db import models
from django.db.models import Q

from daybook.foundation.registry.keys import new_key
from daybook.foundation.terms.columns import OPEN, PERSONAL, SECRET, says


class DataKey(models.Model):
    """Opens what was sealed about one person in one compartment, until it is erased.

    The app's roles may not even ask for this table; ``keys.sql`` gives keys out by name.
    """

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))
    whose = models.CharField(
        max_length=36, db_comment=says("Key of the person, or of the source.", PERSONAL)
    )
    compartment = models.CharField(
        max_length=24, db_comment=says("Of which kind of record.", PERSONAL)
    )
    wrapped = models.BinaryField(
        null=True,
        db_comment=says("The key, under the service's key; nothing once erased.", SECRET),
    )
    service_key = models.CharField(
        max_length=16, db_comment=says("Mark of the service key it is wrapped by.", OPEN)
    )
    made_at = models.DateTimeField(db_comment=says("When it was made.", OPEN))
    erased_at = models.DateTimeField(
        null=True, blank=True, db_comment=says("When it was erased, and its words with it.", OPEN)
    )

    class Meta:
        db_table_comment = says("Keys of sealed words. Useless without the service key.", SECRET)
        constraints = [
            models.UniqueConstraint(
                fields=["whose", "compartment"],
                condition=Q(erased_at__isnull=True),
                name="vault_datakey_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, erased_at__isnull=True)
                | Q(wrapped__isnull=True, erased_at__isnull=False),
                name="vault_datakey_there_or_erased",
            ),
        ]
