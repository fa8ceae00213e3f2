"""Taking down what somebody says of themself, and taking it back. The log tells neither apart."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction

from daybook.foundation.access.roles import Compartment
from daybook.foundation.access.viewer import Viewer
from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind

from .queries import whom

HANDED = "a screen handed over, to say something of oneself or nothing"


@transaction.atomic
def take_down(*, by: Viewer, person_id: int, sheet: UUID, said: Mapping[str, str]) -> None:
    """Put what the person says now in the place of all they said before.

    ``said`` holds keys of what was asked and of the answers; empty takes everything back. The log
    keeps that the screen was handed over, and the same whatever was said.
    """
    whom(person_id, viewer=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "select daybook.declare_of_oneself(%s, %s, %s::jsonb)",
            [person_id, sheet, json.dumps(dict(said))],
        )
    record(
        by=by,
        kind=Kind.COLLECTION,
        subject=HANDED,
        people=[person_id],
        compartments=[Compartment.EQUALITY],
    )
