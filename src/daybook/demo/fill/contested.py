"""What people say is wrong about their record, and who had received it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DATA_PROTECTION, HEAD_OF_UNIT, Role
from daybook.foundation.access.viewer import Viewer, look_as
from daybook.foundation.contests.actions import contest, settle
from daybook.foundation.contests.models import Given, Outcome
from daybook.foundation.disclosures.actions.giving import disclose
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Second, SignIn
from daybook.observe.reflections.actions.recording import add
from daybook.observe.reflections.models import Reflection
from daybook.observe.safety.models import UnlockNote

from .keys import Filling

OLD_ENOUGH = timedelta(days=1)


def fill(filling: Filling) -> None:
    """Two wait for an answer, one of them about what to know before unlock; one was put right, and
    a court that had it is to be told; one is to be erased, and waits for data protection."""
    head = Assignment.objects.filter(role=HEAD_OF_UNIT.key, until__isnull=True).order_by("id")[0]
    assert head.unit_id is not None
    here = Stay.objects.filter(unit_id=head.unit_id, ended_at__isnull=True).values("person_id")
    written = (
        Reflection.objects.filter(
            person_id__in=here,
            saved_at__lt=timezone.now() - OLD_ENOUGH,
            withdrawn_at__isnull=True,
        )
        .exclude(seen_heard="")
        .exclude(author_id=head.staff_id)
        .order_by("-saved_at")
        .values_list("id", "person_id")
    )
    first, waits_for = written[0]
    second, settled_for = next(each for each in written[1:60] if each[1] != waits_for)
    third = next(key for key, whom in written[1:60] if whom not in {waits_for, settled_for})
    note = UnlockNote.objects.filter(person_id__in=here, ended_at__isnull=True).order_by("id")[0]
    with _looking(DATA_PROTECTION) as officer:
        disclose(
            by=officer, key=new_key(), person_id=settled_for,
            recipient="The district court, second chamber",
            what="Reflections of the last month, as a summary",
            purpose="A hearing on release on licence", legal_basis="Prison Act, section 31",
            handling="For this hearing alone; not to be passed on.",
        )  # fmt: skip
    with _looking(HEAD_OF_UNIT) as leader:
        contest(
            by=leader, key=new_key(), kind="reflection", entry=first,
            words="It was another afternoon, and somebody else was there, too.", language="en",
            given=Given.SPOKEN,
        )  # fmt: skip
        key = contest(
            by=leader, key=new_key(), kind="reflection", entry=second,
            words="I was at the dentist that morning. Ask there.", language="en",
            given=Given.WRITTEN,
        )  # fmt: skip
        add(
            by=leader, reflection=second, key=new_key(),
            text="In the morning they were at the dentist: what is told here was in the afternoon.",
        )  # fmt: skip
        settle(
            by=leader, contest_id=key, key=new_key(), outcome=Outcome.PUT_RIGHT,
            reasons="The dentist’s list says so. It stands beside the entry as an addition.",
        )  # fmt: skip
        key = contest(
            by=leader, key=new_key(), kind="reflection", entry=third,
            words="That was my neighbour. I was in the workshop until four.", language="en",
            given=Given.SPOKEN,
        )  # fmt: skip
        settle(
            by=leader, contest_id=key, key=new_key(), outcome=Outcome.ERASED,
            reasons="The workshop’s list says so, and the writer agrees.",
        )  # fmt: skip
        contest(
            by=leader, key=new_key(), kind="unlock-note", entry=note.id,
            words="That was so in spring. I should like it looked at again.", language="en",
            given=Given.SPOKEN,
        )  # fmt: skip


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
