"""Who is looking. Every read takes a viewer, and notes with it what was seen."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from daybook.foundation.audit.actions import record
from daybook.foundation.audit.models import Kind
from daybook.foundation.staff.models import short_name

from .roles import ROLES, Compartment, Reach, Right, Role

LARGEST = 2**63 - 1
"""The last key that a table can hold: an address may ask for any number."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force now, and the place it is held for."""

    role: Role
    establishment_id: int | None
    unit_id: int | None

    @property
    def ground(self) -> str:
        """The role and the reach it gives, by keys that stay: as the log keeps it."""
        place = self.unit_id or self.establishment_id
        return f"{self.role.key} {self.role.reach.value}" + (f" {place}" if place else "")


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody out of reach whose record was opened in an emergency, until when and why."""

    key: UUID
    person_id: int
    until: datetime
    reason: str


@dataclass
class Viewer:
    """A signed-in member of staff inside one transaction.

    ``people`` asks the database, once for each compartment and right, whom the
    viewer reaches there; ``saw`` collects what a page has shown, and
    ``write_down`` puts it in the log before the page may leave.
    """

    staff_id: int
    key: UUID
    sign_in_key: UUID
    name: str
    held: tuple[Held, ...]
    language: str = ""
    waiting: int = 0
    """How many notices wait to be looked at."""
    locks_after: timedelta = timedelta(minutes=15)
    """How long nobody need touch the browser before it locks."""
    opened: tuple[Opened, ...] = ()
    _reach: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    _reaches: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    _seen: dict[str, set[int]] = field(default_factory=dict)
    _asked: set[Compartment] = field(default_factory=set)
    _reasons: list[str] = field(default_factory=list)

    @property
    def grounds(self) -> tuple[str, ...]:
        """On what somebody reads: the log keeps it beside each act."""
        return tuple(held.ground for held in self.held) or ("no role",)

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is held now."""
        return any(held.role in roles for held in self.held)

    def may(self, right: Right, compartment: Compartment) -> bool:
        """Whether any role held now has the right in the compartment, for anyone at all."""
        return any(right in held.role.rights.get(compartment, ()) for held in self.held)

    @property
    def everywhere(self) -> bool:
        """Whether the viewer looks at the whole service: then the wide database role looks."""
        return any(held.role.reach is Reach.SERVICE for held in self.held)

    def people(self, compartment: Compartment, right: Right = Right.READ) -> frozenset[int]:
        """Keys of the people whom the viewer reaches in the compartment with the right.

        Meaningless for a viewer who looks ``everywhere``; ask ``scope`` instead.
        """
        self.asks(compartment, right)
        key = (compartment.value, right.value)
        if key not in self._reach:
            with connection.cursor() as cursor:
                cursor.execute("select daybook.reach(%s, %s)", key)
                self._reach[key] = frozenset(cursor.fetchone()[0])
        return self._reach[key]

    def reaches(self, person_id: int, compartment: Compartment, right: Right) -> bool:
        """Whether this one person is within reach there, however many others are."""
        self.asks(compartment, right)
        if person_id > LARGEST:
            return False
        if (everybody := self._reach.get((compartment.value, right.value))) is not None:
            return person_id in everybody
        key = (person_id, compartment.value, right.value)
        if key not in self._reaches:
            with connection.cursor() as cursor:
                cursor.execute("select daybook.reaches(%s, %s, %s)", key)
                self._reaches[key] = bool(cursor.fetchone()[0])
        return self._reaches[key]

    def units(self, compartment: Compartment, right: Right = Right.READ) -> frozenset[int]:
        """Keys of the units on which the viewer has the right in the compartment."""
        key = (f"units of {compartment.value}", right.value)
        if key not in self._reach:
            with connection.cursor() as cursor:
                cursor.execute("select daybook.units(%s, %s)", [compartment.value, right.value])
                self._reach[key] = frozenset(cursor.fetchone()[0])
        return self._reach[key]

    def asks(self, compartment: Compartment, right: Right = Right.READ) -> None:
        """Note in which compartments records were looked for."""
        if right is Right.READ:
            self._asked.add(compartment)

    def justify(self, reason: str) -> None:
        """Note a reason of one's own for this reading, beside the roles that are held: a named
        inquiry, an opening in need. The log keeps it with what was read."""
        self._reasons.append(reason)

    def saw(self, what: str, people: "set[int] | frozenset[int] | list[int]") -> None:
        """Note that records of the kind ``what`` about ``people`` were read."""
        self._seen.setdefault(what, set()).update(people)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Inside, records are read to work something out and shown to nobody: none is noted."""
        seen, self._seen = self._seen, {}
        asked, self._asked = self._asked, set()
        try:
            yield
        finally:
            self._seen, self._asked = seen, asked

    def write_down(self, page: str) -> None:
        """Log everything seen so far as one consultation of ``page``: who was shown, of which
        compartments, on what grounds; and one for each person opened in an emergency, with the
        reason that was typed. Asks the database nothing."""
        if not self._seen:
            return
        subject = f"{page}: {', '.join(sorted(self._seen))}"
        people = set().union(*self._seen.values())
        through = self.opened_here()
        shown = [({each.person_id}, [each.reason]) for each in through]
        rest = people.difference(*(each for each, _reason in shown))
        if rest or not through:
            shown.append((rest, []))
        for some, reasons in shown:
            record(
                by=self,
                kind=Kind.CONSULTATION,
                subject=subject,
                people=some,
                reason="; ".join([*reasons, *self._reasons]),
                compartments=self._asked,
            )
        self._seen.clear()

    def opened_here(self) -> list[Opened]:
        """Of those opened in an emergency, whose records this page has shown so far."""
        return [
            each
            for each in self.opened
            if any(each.person_id in people for people in self._seen.values())
        ]

    def forget_reach(self) -> None:
        """Ask again: something was written that may have changed whom one reaches."""
        self._reach.clear()
        self._reaches.clear()
        with connection.cursor() as cursor:
            cursor.execute("select daybook.forget_reach()")


def look_as(staff_id: int, sign_in_key: UUID) -> Viewer | None:
    """Tell the database who is looking, for this transaction, and say who that is.

    None if the sign-in has ended, has expired, or is somebody else's. Needs an open
    transaction: the setting must end with it, or it would leak through the pool.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A viewer lives inside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.look_as(%s, %s)", [staff_id, sign_in_key])
        rows = cursor.fetchall()
    if not rows:
        return None
    key, given_name, family_name, language, waiting, opened, *_, locks_after = rows[0]
    held = tuple(
        Held(ROLES[role], establishment, unit)
        for *_, role, establishment, unit, _ in rows
        if role in ROLES
    )
    name = short_name(given_name, family_name)
    viewer = Viewer(
        staff_id, key, sign_in_key, name, held, language, waiting, locks_after,
        tuple(
            Opened(UUID(each), person, datetime.fromisoformat(until), reason)
            for each, person, until, reason in json.loads(opened or "[]")
        ),
    )  # fmt: skip
    if viewer.everywhere:
        with connection.cursor() as cursor:
            cursor.execute("set local role daybook_wide")
    return viewer
