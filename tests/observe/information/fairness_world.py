"""A prison in which two groups are reported unlike, and what became of those reports, for tests."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from daybook.foundation.registry.keys import new_key
from tests.foundation.equality.equality_world import declare
from tests.world import World

NORTH = "north"


def last_month() -> datetime:
    """The middle of the last whole month: within the twelve that are counted."""
    first = timezone.localtime().replace(day=1, hour=10, minute=0, second=0, microsecond=0)
    return first - timedelta(days=15)


def crowd(world: World, number: int, unit: str = "a", **said: str) -> list[int]:
    """So many people on a unit for a year, who all said the same of themselves."""
    began = timezone.now() - timedelta(days=370)
    people = []
    for _ in range(number):
        person = world.insert(
            "people_person", given_name="Person", family_name="Test", known_as="", pronoun="they",
            languages=["en"],
        )  # fmt: skip
        world.insert(
            "people_stay", person_id=person, unit_id=world.units[unit], reason="", source="",
            began_at=began,
        )  # fmt: skip
        world.insert("people_legalstatus", person_id=person, status="sentenced", since=began.date())
        declare(world, person, **said)
        people.append(person)
    return people


def report_on(
    world: World, person: int, by: str = "wing-officer", at: datetime | None = None,
    establishment: str = NORTH,
) -> uuid.UUID:  # fmt: skip
    """As a writer signed it then; the database opens its concern."""
    at = at or last_month()
    return world.insert(
        "information_report", id=new_key(), person_id=person,
        establishment_id=world.establishments[establishment], behaviour="threatened",
        harmed=["staff"], how="He would hit him.", fact="He shouted.", assessment="", sure="saw",
        happened_on=at.date(), place="The landing", others="", ordinary="regime",
        ordinary_words="No exercise for two days.", regime="", fears=[], whoever=True,
        written_by_id=world.staff[by], written_at=at,
    )  # fmt: skip


def step(
    world: World, concern: uuid.UUID, what: str, reason: str = "A reason.",
    at: datetime | None = None, ended_how: str = "",
) -> None:  # fmt: skip
    person = world.owner.execute(
        "select person_id from information_concern where report_id = %s", [concern]
    ).fetchone()[0]
    world.insert(
        "information_concernstep", id=new_key(), concern_id=concern, person_id=person, step=what,
        reason=reason, ended_how=ended_how, written_by_id=world.staff["analyst"],
        written_at=at or timezone.now(),
    )  # fmt: skip


def strong(world: World, concern: uuid.UUID, word: str = "strong", ago: int = 1) -> None:
    """Its levels, as somebody set them so many days ago."""
    person = world.owner.execute(
        "select person_id from information_concern where report_id = %s", [concern]
    ).fetchone()[0]
    world.insert(
        "information_levelling", id=new_key(), concern_id=concern, person_id=person,
        capability="unknown", capability_evidence="", intent=word, intent_evidence="Said so.",
        engagement="unknown", engagement_evidence="", meant_for=[], from_others="no",
        from_others_words="", influence="unknown", influence_words="",
        written_by_id=world.staff["analyst"], written_at=timezone.now() - timedelta(days=ago),
    )  # fmt: skip


def unlike(world: World) -> tuple[list[int], list[int]]:
    """Of a majority sixty-three people, of whom six were reported; of a minority thirty, of whom
    fifteen were, and ten of those reports explained. Nobody in the prison said nothing."""
    majority = crowd(world, 60, origin="majority")
    for name in ("Amir Kaya", "Jonas Petit", "Bao Tran"):
        declare(world, world.people[name], origin="majority")
    minority = crowd(world, 30, "b", origin="minority")
    for person in majority[:6]:
        report_on(world, person)
    for number, person in enumerate(minority[:15]):
        concern = report_on(world, person, by="b-officer")
        if number < 10:
            step(world, concern, "ended", ended_how="explained")
    return majority, minority
