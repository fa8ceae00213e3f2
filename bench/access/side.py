"""One side of the comparison, in a process of its own: ``python -m bench.access.side``.

Walled, it is the app's role behind row-level security, and the queries scope by the viewer.
Open, it is the owner of the tables, whom no policy binds, and the queries scope by nothing. Both
run the same code, and both tell the database who is looking, for triggers and the log.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import cycle

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from daybook.foundation.access.roles import Compartment, Right  # noqa: E402
from daybook.foundation.access.viewer import Viewer, look_as  # noqa: E402
from daybook.foundation.places.models import Unit  # noqa: E402
from daybook.foundation.registry.keys import new_key  # noqa: E402
from daybook.foundation.staff.models import Second, SignIn  # noqa: E402
from daybook.observe.reflections.actions.recording import save  # noqa: E402
from daybook.observe.reflections.models import Channel  # noqa: E402
from daybook.observe.reflections.queries.board import wing_today  # noqa: E402
from daybook.observe.reflections.rules.recording import Entry  # noqa: E402

UNIT, PEOPLE = "u1", 60
OPEN = os.environ.get("DAYBOOK_AS") == "owner"


class Unscoped(Viewer):
    """Asks nobody whom it reaches: everything is there."""

    everywhere = True  # type: ignore[assignment]

    def may(self, right: Right, compartment: Compartment) -> bool:
        return True

    def people(self, compartment: Compartment, right: Right = Right.READ) -> frozenset[int]:
        raise AssertionError("Nothing is scoped here.")

    def units(self, compartment: Compartment, right: Right = Right.READ) -> frozenset[int]:
        return ALL_UNITS


ALL_UNITS = frozenset(Unit.objects.values_list("id", flat=True))
CHANNELS = list(Channel.objects.values_list("id", flat=True))


def viewer_of(staff_id: int, sign_in: SignIn) -> Viewer:
    viewer = look_as(staff_id, sign_in.key)
    assert viewer is not None, "nobody is signed in"
    if not OPEN:
        return viewer
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
    return Unscoped(
        viewer.staff_id, viewer.key, viewer.sign_in_key, viewer.name, viewer.held, viewer.language
    )


def read(viewer: Viewer, person: int) -> None:
    wing = wing_today(UNIT, viewer=viewer, today=timezone.localdate())
    assert len(wing.places) == PEOPLE
    viewer.write_down("reflections:board")


def write(viewer: Viewer, person: int) -> None:
    entry = Entry(
        key=new_key(), person_id=person, day=timezone.localdate(), form="full", contact="talk",
        setting="wing", steps=dict.fromkeys(CHANNELS, 3), difference="as-usual",
        seen_heard="Ate with the others, asked about the workshop list.",
    )  # fmt: skip
    save(by=viewer, entry=entry)


DOES: dict[str, Callable[[Viewer, int], None]] = {"read": read, "save": write}
EVERYBODY = cycle(range(1, PEOPLE + 1))


def spent(what: str, staff_id: int, sign_in: SignIn, times: int) -> list[float]:
    """Milliseconds of each, from begin to commit."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        with transaction.atomic():
            DOES[what](viewer_of(staff_id, sign_in), next(EVERYBODY))
        took.append((time.perf_counter() - began) * 1000)
    return took


def main() -> None:
    """Answer lines of ``what staff times`` with what each took, as JSON, until there are none."""
    sign_ins: dict[int, SignIn] = {}
    for line in sys.stdin:
        what, staff, times = line.split()
        if int(staff) not in sign_ins:
            now = timezone.now()
            sign_ins[int(staff)] = SignIn(
                staff_id=int(staff), began_at=now, expires_at=now + timedelta(hours=8),
                second=Second.CODE.value,
            )  # fmt: skip
            sign_ins[int(staff)].save(force_insert=True)
        print(json.dumps(spent(what, int(staff), sign_ins[int(staff)], int(times))), flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
