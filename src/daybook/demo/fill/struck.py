"""What went wrong in writing: an entry with a wrong word, and two that stood on another page."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import HEAD_OF_UNIT
from daybook.foundation.access.viewer import look_as
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Second, SignIn
from daybook.observe.reflections.actions.strikes import strike
from daybook.observe.reflections.models import Reflection
from daybook.observe.reflections.vocabulary import Entered
from daybook.observe.shifts.models import Request

from .keys import Filling

OLD_ENOUGH = timedelta(days=2)


def fill(filling: Filling) -> None:
    """On the first wing, by the head of its unit, each with an ordinary reason."""
    head = Assignment.objects.filter(role=HEAD_OF_UNIT.key, until__isnull=True).order_by("id")[0]
    assert head.unit_id is not None
    now = timezone.now()
    sign_in = SignIn(
        staff_id=head.staff_id,
        began_at=now,
        expires_at=now + timedelta(hours=1),
        second=Second.MACHINE,
    )
    sign_in.save(force_insert=True)
    stays = Stay.objects.filter(unit_id=head.unit_id, ended_at__isnull=True).order_by("person_id")
    here = list(stays.values_list("person_id", flat=True))
    written = Reflection.objects.filter(
        person_id__in=here, saved_at__lt=now - OLD_ENOUGH, withdrawn_at__isnull=True
    ).exclude(seen_heard="")
    asked = Request.objects.filter(person_id__in=here, ended_at__isnull=True)
    first, second = written.order_by("-saved_at").values_list("id", "person_id")[:2]
    moved = asked.order_by("-written_at").values_list("id", "person_id").first()
    with transaction.atomic():
        viewer = look_as(head.staff_id, sign_in.key)
        assert viewer is not None
        strike(
            by=viewer, kind=Entered.REFLECTION, entry=first[0], key=new_key(),
            reason="It repeats what was said in confidence in a visit.",
        )  # fmt: skip
        for kind, entry in ((Entered.REFLECTION, second), (Entered.REQUEST, moved)):
            if entry is not None:
                strike(
                    by=viewer, kind=kind, entry=entry[0], key=new_key(),
                    reason="Two doors were mixed up; its author says so, too.",
                    moved_to=next(person for person in here if person != entry[1]),
                )  # fmt: skip
    SignIn.objects.filter(pk=sign_in.pk).update(ended_at=timezone.now())
