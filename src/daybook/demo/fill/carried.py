"""On each wing, an entry that was half written without the network when the screen locked."""

import json
from datetime import timedelta

from django.utils import timezone

from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import WING_OFFICER
from daybook.foundation.audit.bulk import add_many
from daybook.foundation.people.models import Stay
from daybook.foundation.registry.keys import new_key
from daybook.web.carry.models import Arrival
from daybook.web.carry.vocabulary import Outcome

from .keys import REASON, Filling

AGO = timedelta(hours=3)
SAID = [
    ["contact", "talk"],
    ["seen_heard", "Asked twice whether the letter had come. Sat by the window afterwards and"],
]


def fill(filling: Filling) -> None:
    now = timezone.now()
    officers = Assignment.objects.filter(role=WING_OFFICER.key, until__isnull=True)
    writers = dict(officers.order_by("-staff_id").values_list("unit_id", "staff_id"))
    here = Stay.objects.filter(unit_id__in=writers, ended_at__isnull=True)
    about = dict(here.order_by("-person_id").values_list("unit_id", "person_id"))
    add_many(
        Arrival,
        (
            "id", "staff_id", "person_id", "form", "device_at", "written_at", "arrived_at",
            "outcome", "said",
        ),
        [
            (
                new_key(), writers[unit], person, "reflect", now - AGO, now - AGO, now - AGO / 2,
                Outcome.HALF.value, json.dumps(SAID),
            )
            for unit, person in sorted(about.items())
        ],
        by=filling.by,
        reason=REASON,
        key="id",
        person="person_id",
    )  # fmt: skip
