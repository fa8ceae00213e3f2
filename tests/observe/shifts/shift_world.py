"""Rows of the shift's book, written as the owner, for tests to read and to change."""

from datetime import timedelta

from django.utils import timezone

from daybook.foundation.registry.keys import new_key


def add_request(
    world, person="Amir Kaya", by="wing-officer", asked="A call with my mother", at=None
):
    at = at or timezone.now() - timedelta(days=2)
    return world.insert(
        "shifts_request", id=new_key(), person_id=world.people[person], asked=asked,
        asked_of_id=world.staff[by], asked_on=at.date(), written_by_id=world.staff[by],
        written_at=at,
    )  # fmt: skip


def add_step(world, request, number, kind, by="wing-officer", due=None, words=""):
    person, asked = world.owner.execute(
        "select person_id, written_at from shifts_request where id = %s", [request]
    ).fetchone()
    promised = due is not None
    at = min(asked + timedelta(hours=number), timezone.now())
    return world.insert(
        "shifts_requeststep", id=new_key(), request_id=request, person_id=person, number=number,
        kind=kind, promised_by_id=world.staff[by] if promised else None, due_on=due, words=words,
        written_by_id=world.staff[by], written_at=at,
    )  # fmt: skip


def add_event(world, *people, unit="a", by="wing-officer", kind="game", at=None, **values):
    """An event and the parts of those who took part, named as in the world."""
    at = at or timezone.now() - timedelta(minutes=30)
    event = world.insert(
        "shifts_sharedevent", id=new_key(), unit_id=world.units[unit], kind=kind,
        happened_at=at, written_by_id=world.staff[by], written_at=at,
        **{"place": "the yard", "fact": "Six a side, and a draw.", "reading": "", "responses": [],
           "response": "", "opening": "", "present": "", "others": False} | values,
    )  # fmt: skip
    for person in people:
        world.insert(
            "shifts_eventpart", id=new_key(), event_id=event, person_id=world.people[person],
            part=f"{person.split()[0].lower()} part", written_by_id=world.staff[by], written_at=at,
        )  # fmt: skip
    return event


def move(world, person, unit, hours=1, to_nobody=False):
    """Move somebody so many hours ago; ``to_nobody``: released."""
    key = world.people[person]
    at = timezone.now() - timedelta(hours=hours)
    world.owner.execute(
        "update people_stay set ended_at = %s where person_id = %s and ended_at is null", [at, key]
    )
    if not to_nobody:
        world.insert(
            "people_stay", person_id=key, unit_id=world.units[unit], began_at=at, reason="",
            source="",
        )  # fmt: skip
