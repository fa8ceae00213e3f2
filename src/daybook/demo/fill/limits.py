"""Two people who left years ago, and what two people make of their records; a hold on a third."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DATA_PROTECTION, GOVERNOR, HEAD_OF_UNIT, Role
from daybook.foundation.access.viewer import Viewer, look_as
from daybook.foundation.disclosures.actions.giving import decide
from daybook.foundation.people.models import LegalStatus, Person, Status, Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.retention.actions import erasing, holds
from daybook.foundation.retention.models import Erasure, Ground
from daybook.foundation.staff.models import Second, SignIn
from daybook.observe.reflections.models import Reflection, Strength

from .keys import Filling

YEARS_AGO = timedelta(days=365 * 3)
# Given and family name, status, what was seen, and a strength.
LEFT = (
    (
        "Tobias", "Arendt", Status.SENTENCED,
        ("Read the whole evening, asked for the second volume.", "Helped to carry the tables."),
        "Finishes what he begins.",
    ),
    (
        "Marisol", "Quispe", Status.REMAND,
        ("Slept late, said the night was loud.", "Laughed with her neighbour at the window."),
        "Knows everybody’s name after a day.",
    ),
)  # fmt: skip


def fill(filling: Filling) -> None:
    """One record is proposed, one kind was erased, one is kept, the rest waits."""
    head = Assignment.objects.filter(role=HEAD_OF_UNIT.key, until__isnull=True).order_by("id")[0]
    assert head.unit_id is not None
    people = [_somebody_long_gone(head.unit_id, head.staff_id, *each) for each in LEFT]
    erasing.list_due(by=filling.by, today=timezone.localdate())
    waiting = {(row.person_key, row.kind): row.id for row in Erasure.objects.all()}
    first, second = people
    with _looking(GOVERNOR) as governor:
        for key in (waiting[first, "reflection"], waiting[second, "reflection"]):
            erasing.propose(by=governor, key=key, reason="Its limit has passed.")
    with _looking(DATA_PROTECTION) as officer:
        erasing.approve(by=officer, key=waiting[second, "reflection"])
        erasing.keep(
            by=officer, key=waiting[first, "strength"],
            reason="The person asked for a reference and has not had it yet.",
            look_again_on=timezone.localdate() + timedelta(days=90),
        )  # fmt: skip
        living = Stay.objects.filter(unit_id=head.unit_id, ended_at__isnull=True)
        holds.place(
            by=officer, key=new_key(), person_id=living.order_by("id")[0].person_id,
            ground=Ground.COURT, reason="The district court asks for the file, 12/26.",
        )  # fmt: skip
        decide(
            by=officer, key=new_key(), person_id=living.order_by("id")[1].person_id,
            recipient="Mr Halloran, lawyer", asked_on=timezone.localdate() - timedelta(days=4),
            justification="Asked for through the lawyer; data-protection act, section 57.",
            withheld=["observation"], withheld_because="A complaint is being looked into.",
            names_staff=False,
        )  # fmt: skip


def _somebody_long_gone(
    unit: int, staff: int, given: str, family: str, status: Status, seen: tuple[str, ...], good: str
) -> int:
    left = timezone.now() - YEARS_AGO
    came = left - timedelta(days=90)
    person = Person.objects.create(given_name=given, family_name=family, languages=["en"])
    Stay.objects.create(
        person=person, unit_id=unit, began_at=came, ended_at=left, ended_as="released",
        ended_by_id=staff,
    )  # fmt: skip
    LegalStatus.objects.create(person=person, status=status, since=came.date())
    for days, words in enumerate(seen, start=20):
        at: datetime = came + timedelta(days=days)
        Reflection.objects.create(
            person=person, author_id=staff, unit_id=unit, day=at.date(), saved_at=at, form="full",
            contact="talk", setting="wing", seen_heard=words,
        )  # fmt: skip
    Strength.objects.create(person=person, words=good, written_by_id=staff, written_on=left.date())
    return int(person.pk)


@contextmanager
def _looking(role: Role) -> Iterator[Viewer]:
    holder = Assignment.objects.filter(role=role.key, until__isnull=True).order_by("id")[0]
    now = timezone.now()
    sign_in = SignIn(
        staff_id=holder.staff_id,
        began_at=now,
        expires_at=now + timedelta(hours=1),
        second=Second.MACHINE,
    )
    sign_in.save(force_insert=True)
    with transaction.atomic():
        viewer = look_as(holder.staff_id, sign_in.key)
        assert viewer is not None
        yield viewer
    SignIn.objects.filter(pk=sign_in.pk).update(ended_at=timezone.now())
