"""Two records opened in an emergency: one reviewed long since, one open now."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DATA_PROTECTION, HEAD_OF_UNIT
from daybook.foundation.access.viewer import look_as
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.breakglass.actions import break_glass
from daybook.foundation.breakglass.models import Finding, Opening, Review
from daybook.foundation.breakglass.rules import LASTS
from daybook.foundation.people.models import Identifier, Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Second, SignIn

from .keys import REASON, Filling

THEN = "Brought over to us after a flood on their landing, and restless: what calms him at night?"
ANSWER = (
    "I rang the night manager. Eight people had come over from a flooded landing, and nobody had "
    "handed anything over. She read one page and closed it after ten minutes."
)
NOW = "Collapsed in the shared workshop; the ambulance asks what was seen of him this morning."


def fill(filling: Filling) -> None:
    """By the head of the first unit, about people on a unit that others lead."""
    heads = list(
        Assignment.objects.filter(role=HEAD_OF_UNIT.key, until__isnull=True)
        .order_by("id")
        .values_list("staff_id", "unit_id")
    )
    opener = heads[0][0]
    known = {unit for staff, unit in heads if staff == opener}
    number_of = dict(Identifier.objects.filter(system="prison").values_list("person_id", "number"))
    there = Stay.objects.filter(ended_at__isnull=True, person_id__in=number_of)
    earlier, now = list(
        there.exclude(unit_id__in=known)
        .order_by("-unit_id", "person_id")
        .values_list("person_id", flat=True)[:2]
    )
    other = there.get(person_id=earlier).unit_id
    _reviewed(filling, opener, earlier, other)
    moment = timezone.now()
    sign_in = SignIn(
        staff_id=opener,
        began_at=moment,
        expires_at=moment + timedelta(hours=1),
        second=Second.MACHINE,
    )
    sign_in.save(force_insert=True)
    with transaction.atomic():
        viewer = look_as(opener, sign_in.key)
        assert viewer is not None
        assert break_glass(by=viewer, key=new_key(), number=number_of[now], reason=NOW) == now
    SignIn.objects.filter(pk=sign_in.pk).update(ended_at=timezone.now())


def _reviewed(filling: Filling, opener: int, person: int, unit: int | None) -> None:
    key, at = new_key(), timezone.now() - timedelta(days=16, hours=5)
    reviewer = Assignment.objects.filter(role=DATA_PROTECTION.key).values_list("staff_id")[0][0]
    add_many(
        Opening,
        ("id", "staff_id", "person_id", "unit_id", "reason", "opened_at", "ends_at", "closed_at"),
        [(key, opener, person, unit, THEN, at, at + LASTS, at + timedelta(minutes=10))],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )
    add_many(
        Review,
        ("id", "opening_id", "reviewed_by_id", "reviewed_at", "finding", "words"),
        [(new_key(), key, reviewer, at + timedelta(hours=9), Finding.NEEDED.value, ANSWER)],
        by=filling.by,
        reason=REASON,
        key="id",
    )
