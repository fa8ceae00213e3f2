"""A small service for tests: two wings, a few people, somebody in every role.

Written as the owner, committed, in the test's own clone; read and changed by the code
under test as the app role, behind both walls.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import psycopg
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.test import Client
from django.utils import timezone
from psycopg import sql

from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, ROLES, Reach
from daybook.foundation.access.viewer import Viewer, look_as
from daybook.foundation.registry.keys import new_key
from daybook.foundation.staff.door import SESSION_KEY
from daybook.foundation.staff.models import Second, SignIn, Staff

PASSWORD = "correct horse battery staple"


@cache
def _hashed() -> str:
    return Argon2PasswordHasher().encode(PASSWORD, "salt for tests")


@dataclass
class World:
    """Keys of what was made, under speaking names."""

    owner: psycopg.Connection
    establishments: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    cases: dict[str, uuid.UUID] = field(default_factory=dict)

    def insert(self, table: str, **values: Any) -> Any:
        """Add one row as the owner; gives its key."""
        query = sql.SQL("insert into {} ({}) values ({}) returning *").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(sql.Placeholder() * len(values)),
        )
        return self.owner.execute(query, list(values.values())).fetchone()[0]

    def add_staff(self, name: str, *roles: str, unit: str = "", establishment: str = "") -> int:
        """A member of staff called ``name`` (also the sign-in), holding ``roles`` now."""
        staff = self.staff[name] = self.insert(
            "staff_staff", key=uuid.uuid4(), username=name, password=_hashed(), given_name="Alex",
            family_name=name.replace("-", " ").title(), post="", language="", is_active=True,
        )  # fmt: skip
        for role in roles:
            self.assign(staff, role, unit=unit, establishment=establishment)
        return staff

    def assign(self, staff: int, role: str, *, unit: str = "", establishment: str = "") -> int:
        return self.insert(
            "access_assignment", staff_id=staff, role=role,
            unit_id=self.units.get(unit), establishment_id=self.establishments.get(establishment),
            since=timezone.now() - timedelta(days=400),
        )  # fmt: skip

    def add_person(self, name: str, unit: str, cell: str = "", **values: Any) -> int:
        """Somebody called ``name`` who has lived on ``unit`` for 60 days."""
        given, _, family = name.partition(" ")
        person = self.people[name] = self.insert(
            "people_person", given_name=given, family_name=family or "Test", known_as="",
            pronoun="they", languages=["en"], **values,
        )  # fmt: skip
        from daybook.foundation.people.queries import search_words

        for word in search_words(name):
            self.insert("people_searchword", person_id=person, word=word)
        door = self.insert(
            "places_cell", unit_id=self.units[unit], name=cell or f"{unit}-{person:02d}"
        )
        self.insert(
            "people_stay", person_id=person, unit_id=self.units[unit], cell_id=door, reason="",
            source="", began_at=timezone.now() - timedelta(days=60),
        )  # fmt: skip
        self.insert(
            "people_legalstatus", person_id=person, status="sentenced",
            since=date.today() - timedelta(days=60),  # noqa: DTZ011
        )  # fmt: skip
        return person

    def add_people(self, count: int, unit: str) -> list[int]:
        return [self.add_person(f"Person{i:03d} Test", unit) for i in range(count)]

    def add_personal_officer(self, staff: str, person: str, side: str = "A") -> int:
        return self.insert(
            "people_personalofficer", person_id=self.people[person], staff_id=self.staff[staff],
            side=side, since=timezone.now() - timedelta(days=30),
        )  # fmt: skip

    def add_coming(
        self, person: str, kind: str, at: datetime, words: str = "", **values: Any
    ) -> uuid.UUID:
        """Something ahead of somebody, as another system tells it."""
        return self.insert(
            "people_coming", id=new_key(), person_id=self.people[person], kind=kind, at=at,
            words=words, **{"source": "", **values},
        )  # fmt: skip

    def add_escort(self, person: str, kind: str, left_at: datetime, **values: Any) -> uuid.UUID:
        """Somebody left under escort, and is not back unless ``values`` say so."""
        return self.insert(
            "people_escort", id=new_key(), person_id=self.people[person], kind=kind,
            left_at=left_at, **values,
        )  # fmt: skip

    def add_case(self, person: str, lead: str, *team: str) -> uuid.UUID:
        today = timezone.localdate()
        key = self.insert(
            "cases_case", id=new_key(), person_id=self.people[person], lead_id=self.staff[lead],
            legal_basis="Prison Act, section 12", opened_for="Help before release",
            opened_at=timezone.now(), review_on=today + timedelta(days=28),
            ends_on=today + timedelta(days=90), closed_because="",
        )  # fmt: skip
        for member in {lead, *team}:
            self.insert(
                "cases_teammember", id=new_key(), case_id=key, staff_id=self.staff[member],
                part="", since=timezone.now() - timedelta(days=1),
            )  # fmt: skip
        self.cases[person] = key
        return key

    def add_reflection(
        self,
        person: str,
        author: str,
        *,
        day: date | None = None,
        steps: dict[str, int | None] | None = None,
        **values: Any,
    ) -> uuid.UUID:
        """An entry as it stands once it was saved; ``steps`` by key of channel."""
        day = day or timezone.localdate()
        key = values.pop("id", None) or new_key()
        unit = self.owner.execute(
            "select unit_id from people_stay where person_id = %s and ended_at is null",
            [self.people[person]],
        ).fetchone()
        entry = {
            "contact": "talk", "form": "full", "setting": "wing", "difference": "", "way": "",
            "of_what": "", "leaning": "", "circumstances": [], "seen_heard": "", "reading": "",
            "own_words": "", "response": "", "opening": "",
            "saved_at": datetime.combine(day, datetime.min.time(), timezone.get_current_timezone())
            + timedelta(hours=10),
        } | values  # fmt: skip
        self.insert(
            "reflections_reflection", id=key, person_id=self.people[person],
            author_id=self.staff[author], unit_id=unit and unit[0], day=day, **entry,
        )  # fmt: skip
        for channel, step in (steps or {}).items():
            self.owner.execute(
                "insert into reflections_rating (reflection_id, channel_id, person_id, rater_id,"
                " unit_id, day, step, counts)"
                " select %s, id, %s, %s, %s, %s, %s, true from reflections_channel where key = %s",
                [
                    key,
                    self.people[person],
                    self.staff[author],
                    unit and unit[0],
                    day,
                    step,
                    channel,
                ],
            )
        return key

    @contextmanager
    def viewing(self, name: str) -> Iterator[Viewer]:
        """A transaction of the app in which the member of staff called ``name`` looks."""
        staff = Staff.objects.get(pk=self.staff[name])
        now = timezone.now()
        sign_in = SignIn(
            staff=staff, began_at=now, expires_at=now + timedelta(hours=1), second=Second.KEY
        )
        sign_in.save(force_insert=True)
        with transaction.atomic():
            viewer = look_as(staff.pk, sign_in.key)
            assert viewer is not None
            yield viewer

    def client(self, name: str) -> Client:
        """A browser's worth of requests, signed in as the member of staff called ``name``.

        Whatever second factor their roles ask of them was shown; ``tests.factors`` shows one.
        """
        client = Client()
        client.force_login(Staff.objects.get(pk=self.staff[name]))
        self.owner.execute(
            "update staff_signin set second = 'key' where key = %s", [client.session[SESSION_KEY]]
        )
        return client


def small_world(owner: psycopg.Connection) -> World:
    """Prison "north" with wings "a" and "b", prison "south" with wing "c".

    On wing a live Amir Kaya and Jonas Petit, on b Bao Tran, on c Cem Demir. Each role of
    the table is held by somebody of that name at wing a or prison north; "b-officer" works
    on wing b. Amir's personal officer is "personal-officer"; the case team around him is
    "case-lead", "psychologist" and "probation-officer".
    """
    world = World(owner)
    for code in ("north", "south"):
        world.establishments[code] = world.insert(
            "places_establishment", code=code, name=code.title()
        )
    for code, where in (("a", "north"), ("b", "north"), ("c", "south")):
        world.units[code] = world.insert(
            "places_unit", code=code, name=f"{code.upper()} wing", regime="", staff_needed=4,
            establishment_id=world.establishments[where],
        )  # fmt: skip
    for role in ROLES.values():
        world.add_staff(
            role.key, role.key,
            unit="a" if role.reach is Reach.UNIT else "",
            establishment="north" if role.reach in AT_AN_ESTABLISHMENT else "",
        )  # fmt: skip
    world.add_staff("b-officer", "wing-officer", unit="b")
    world.add_staff("nobody")
    for name, unit in (
        ("Amir Kaya", "a"), ("Jonas Petit", "a"), ("Bao Tran", "b"), ("Cem Demir", "c"),
    ):  # fmt: skip
        world.add_person(name, unit)
    world.add_personal_officer("personal-officer", "Amir Kaya")
    world.add_case("Amir Kaya", "case-lead", "psychologist", "probation-officer")
    return world
