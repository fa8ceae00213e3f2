"""Questions to outside services and urgent steps, as they stand once signed, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from daybook.observe.information.actions import outside, urgent
from daybook.observe.information.vocabulary import Way
from tests.world import World

from .information_world import AMIR

ASKED = "Is a threat against him known since May?"
ANSWERED = "Nothing is known."
LAW = "Prison Act, section 44"
WHY = "He named tonight."
SAID: dict[str, Any] = {
    "danger": "Bao may be hurt over a debt.",
    "why_now": "They share the yard at six.",
    "step": "Amir takes his exercise on the other yard today.",
    "instead_of": "A talk alone: he was not there to talk with.",
}


def enquiry(world: World, way: str = "out", by: str = "analyst", **more: Any) -> UUID:
    key = new_key()
    said = {
        "agency": "Police, district north", "question": ASKED, "legal_basis": LAW,
        "due_on": timezone.localdate() + timedelta(days=14),
        "person_id": world.people[more.pop("about", AMIR)],
    } | more  # fmt: skip
    with world.viewing(by) as viewer:
        outside.ask(by=viewer, key=key, way=Way(way), **said)
    return key


def answered(world: World, key: UUID, words: str = ANSWERED, conditions: str = "") -> UUID:
    own = new_key()
    with world.viewing("analyst") as viewer:
        outside.answer(
            by=viewer, key=own, enquiry_id=key, words=words, conditions=conditions
        )  # fmt: skip
    return own


def old_enquiry(world: World, days: int, due: int, **more: Any) -> UUID:
    """As if it had been asked so many days ago, and expected ``due`` days ago."""
    today = timezone.localdate()
    return world.insert(
        "information_enquiry",
        **{
            "id": new_key(), "person_id": world.people[AMIR], "way": "out",
            "establishment_id": world.establishments["north"],
            "agency": "Police, district north", "question": ASKED, "legal_basis": LAW,
            "due_on": today - timedelta(days=due), "written_by_id": world.staff["analyst"],
            "written_at": timezone.now() - timedelta(days=days),
        } | more,
    )  # fmt: skip


def urge(world: World, concern: UUID, *managers: str) -> None:
    chosen = [world.staff[name] for name in managers or ["duty-manager"]]
    with world.viewing("analyst") as viewer:
        urgent.urge(by=viewer, key=new_key(), concern=concern, managers=chosen, why=WHY)


def protect(world: World, concern: UUID, by: str = "duty-manager", **more: Any) -> UUID:
    key = more.pop("key", new_key())
    said = SAID | {"lasts": timedelta(hours=4)} | more
    with world.viewing(by) as viewer:
        urgent.protect(by=viewer, key=key, concern=concern, **said)
    return key


def old_urging(world: World, concern: UUID, hours: float, to: str = "duty-manager") -> UUID:
    """As if it had been shown so many hours ago."""
    return world.insert(
        "information_urging", id=new_key(), concern_id=concern, person_id=world.people[AMIR],
        staff_id=world.staff[to], why=WHY, written_by_id=world.staff["analyst"],
        written_at=ago(hours),
    )  # fmt: skip


def old_protection(
    world: World, concern: UUID, hours: float = 26, by: str = "duty-manager", lasts: float = 4
) -> UUID:
    """As if it had been decided so many hours ago."""
    at = ago(hours)
    return world.insert(
        "information_protection", id=new_key(), concern_id=concern,
        person_id=world.people[AMIR], establishment_id=world.establishments["north"],
        danger=SAID["danger"], why_now=SAID["why_now"], step=SAID["step"],
        instead_of=SAID["instead_of"], until=at + timedelta(hours=lasts), reviewed_words="",
        review_on=timezone.localtime(at).date() + timedelta(days=1),
        written_by_id=world.staff[by], written_at=at,
    )  # fmt: skip


def ago(hours: float) -> datetime:
    return timezone.now() - timedelta(hours=hours)
