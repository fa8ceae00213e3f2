"""The log. Entries are added and never changed, by anyone (triggers hold it).

What somebody does adds an ``Entry``. The sequencer numbers it: it becomes a ``Leaf`` of the
tree, word for word, and with its number leaves the table it waited in.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daybook.foundation.registry.keys import new_key
from daybook.foundation.terms.columns import OPEN, PERSONAL, SECRET, STAFF, one_of, says


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


class Act(models.Model):
    """One thing somebody did. It says who, when, what and why, and holds no case content."""

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
    compartments = ArrayField(
        models.CharField(max_length=24),
        default=list,
        db_default=[],
        blank=True,
        db_comment=says("Kinds of record that were asked for, of a consultation.", OPEN),
    )
    grounds = ArrayField(
        models.CharField(max_length=80),
        default=list,
        db_default=[],
        blank=True,
        db_comment=says("The roles held just then, each with the reach it gives.", STAFF),
    )
    reason = models.CharField(
        max_length=500, blank=True, db_comment=says("Why, where a reason is asked.", STAFF)
    )
    recipient = models.CharField(
        max_length=200,
        blank=True,
        db_default="",
        db_comment=says("To whom something was given out.", STAFF),
    )
    kept_in = models.CharField(
        max_length=63,
        blank=True,
        db_default="",
        db_comment=says("Table of the signed record, if it was.", OPEN),
    )
    commitment = models.BinaryField(
        null=True,
        db_comment=says("HMAC of the signed record under its own salt.", OPEN),
    )

    class Meta:
        abstract = True


class Entry(Act):
    """An act that waits for its number: for a second at most, while a worker runs."""

    id = models.UUIDField(primary_key=True, default=new_key, db_comment=says("Key.", OPEN))

    class Meta:
        db_table_comment = says("Who read or wrote what, when and why: not yet numbered.", STAFF)
        constraints = [
            one_of("kind", Kind, table="audit_entry"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CONSULTATION) | ~Q(grounds=[]) | ~Q(reason=""),
                name="audit_entry_read_on_some_ground",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.DISCLOSURE) | (~Q(recipient="") & ~Q(reason="")),
                name="audit_entry_given_out_to_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kept_in="", commitment__isnull=True)
                | (~Q(kept_in="") & Q(commitment__isnull=False)),
                name="audit_entry_commits_to_what_is_signed",
            ),
        ]


class Leaf(Act):
    """A numbered entry: a leaf of the tree."""

    number = models.BigIntegerField(primary_key=True, db_comment=says("From 1, no gap.", OPEN))
    id = models.UUIDField(unique=True, db_comment=says("Key of the entry.", OPEN))
    hash = models.BinaryField(db_comment=says("Hash of the leaf (RFC 9162).", OPEN))

    class Meta:
        db_table_comment = says("Who read or wrote what, when and why, numbered.", STAFF)
        indexes = [
            GinIndex(fields=["people"], name="audit_leaf_of_people"),
            BrinIndex(fields=["at"], name="audit_leaf_by_day", pages_per_range=32),
        ]


class Node(models.Model):
    """The root of a perfect subtree, of each 256 leaves, 65,536, and so on: proofs start there."""

    pk = models.CompositePrimaryKey("height", "place")
    height = models.SmallIntegerField(db_comment=says("Over 2 to this power leaves.", OPEN))
    place = models.BigIntegerField(db_comment=says("From 0, of its height.", OPEN))
    hash = models.BinaryField(db_comment=says("Hash of the node (RFC 9162).", OPEN))

    class Meta:
        db_table_comment = says("Inner nodes of the tree over the log.", OPEN)


class Head(models.Model):
    """The log as it stood: how long, under which root, signed."""

    size = models.BigIntegerField(primary_key=True, db_comment=says("Entries it is over.", OPEN))
    root = models.BinaryField(db_comment=says("Root of the tree.", OPEN))
    at = models.DateTimeField(db_comment=says("When it was signed.", OPEN))
    key = models.BinaryField(db_comment=says("Public key, Ed25519.", OPEN))
    signature = models.BinaryField(db_comment=says("Signature, Ed25519.", OPEN))
    peaks = models.BinaryField(
        db_comment=says("Roots of its perfect subtrees: the tree grows from there.", OPEN)
    )

    class Meta:
        db_table_comment = says("Signed tree heads.", OPEN)


class Salt(models.Model):
    """Makes one commitment unguessable. It is erased with the record; then nothing tells of it."""

    entry = models.UUIDField(primary_key=True, db_comment=says("The entry that commits.", OPEN))
    kept_in = models.CharField(max_length=63, db_comment=says("Table of the record.", OPEN))
    record = models.CharField(max_length=64, db_comment=says("Key of the record.", OPEN))
    salt = models.BinaryField(db_comment=says("32 random bytes.", SECRET))

    class Meta:
        db_table_comment = says("Salts of commitments, each erased with its record.", SECRET)
        indexes = [models.Index(fields=["record", "kept_in"], name="audit_salt_of_record")]
