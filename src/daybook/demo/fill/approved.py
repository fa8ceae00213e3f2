"""The role table, read and approved by the data-protection officer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from daybook.foundation.access.approval import approve, standing
from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import DATA_PROTECTION
from daybook.foundation.access.viewer import look_as
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.models import Second, SignIn

from .keys import Filling

WHY = (
    "Read cell by cell with the works council and a former prisoner; nothing beyond what tasks ask."
)


def fill(filling: Filling) -> None:
    now = timezone.now()
    officer = Assignment.objects.filter(role=DATA_PROTECTION.key).order_by("id")[0].staff_id
    sign_in = SignIn(
        staff_id=officer, began_at=now, expires_at=now + timedelta(hours=1), second=Second.MACHINE
    )
    sign_in.save(force_insert=True)
    with transaction.atomic():
        viewer = look_as(officer, sign_in.key)
        assert viewer is not None
        approve(by=viewer, key=new_key(), fingerprint=standing().fingerprint, reason=WHY)
    SignIn.objects.filter(pk=sign_in.pk).update(ended_at=timezone.now())
