"""Establishments, units and their days; staff and the roles they hold."""

import uuid

from daybook.demo.world.shapes import Post
from daybook.foundation.access.models import Assignment
from daybook.foundation.access.roles import (
    AT_AN_ESTABLISHMENT,
    PERSONAL_OFFICER,
    ROLES,
    WING_OFFICER,
    Reach,
)
from daybook.foundation.audit.bulk import add_many, reserve_keys
from daybook.foundation.places.models import Cell, Establishment, Unit, UnitDay
from daybook.foundation.staff.models import Staff

from .keys import REASON, Filling


def fill(filling: Filling) -> None:
    _places(filling)
    _unit_days(filling)
    _staff(filling)
    _assignments(filling)


def sign_ins_by_role() -> list[tuple[str, str]]:
    """One member of staff for each role, as (name of the role, staff number)."""
    held = dict(
        Assignment.objects.filter(until__isnull=True)
        .order_by("role", "-staff_id")
        .values_list("role", "staff__username")
    )
    return [
        (str(role.name), held[role.key])
        for role in ROLES.values()
        if role.key in held and role.key != "clerk"
    ]


def _places(filling: Filling) -> None:
    world, by = filling.world, filling.by
    filling.establishments = reserve_keys(Establishment, len(world.establishments))
    filling.units = reserve_keys(Unit, len(world.units))
    filling.cells = reserve_keys(Cell, len(world.cells))
    add_many(
        Establishment,
        ("id", "code", "name"),
        [(filling.establishments[e.id], e.code.lower(), e.name) for e in world.establishments],
        by=by,
        reason=REASON,
        key="id",
    )
    add_many(
        Unit,
        ("id", "establishment_id", "code", "name", "regime", "staff_needed"),
        [
            (
                filling.units[unit.id],
                filling.establishments[unit.establishment],
                unit.letter.lower(),
                unit.name,
                unit.regime,
                unit.staff_needed,
            )
            for unit in world.units
        ],
        by=by,
        reason=REASON,
        key="id",
    )
    add_many(
        Cell,
        ("id", "unit_id", "name"),
        [(filling.cells[cell.id], filling.units[cell.unit], cell.name) for cell in world.cells],
        by=by,
        reason=REASON,
        key="id",
    )


def _unit_days(filling: Filling) -> None:
    add_many(
        UnitDay,
        (
            "unit_id", "day", "staff_present", "staff_needed", "hours_out", "hours_locked_down",
            "incident", "event", "feast",
        ),
        [
            (
                filling.units[day.unit],
                day.day,
                day.staff_present,
                day.staff_needed,
                day.hours_out,
                day.hours_locked_down,
                day.incident or day.lock_down_reason,
                day.event,
                day.feast,
            )
            for day in filling.world.unit_days
        ],
        by=filling.by,
        reason=REASON,
    )  # fmt: skip


def _staff(filling: Filling) -> None:
    world = filling.world
    filling.staff = reserve_keys(Staff, len(world.staff))
    titles = {post.staff: post.title for post in world.posts}
    add_many(
        Staff,
        (
            "id", "key", "username", "password", "given_name", "family_name", "post", "language",
            "is_active",
        ),
        [
            (
                filling.staff[member.id],
                uuid.uuid4(),
                member.username,
                filling.password,
                member.given_name,
                member.family_name,
                titles.get(member.id, ""),
                "",
                True,
            )
            for member in world.staff
        ],
        by=filling.by,
        reason=REASON,
        key="id",
    )  # fmt: skip


def _assignments(filling: Filling) -> None:
    rows = []
    for post in filling.world.posts:
        roles = [post.role] if post.role in ROLES else []
        if post.role == PERSONAL_OFFICER.key:
            # A personal officer works the wing like everyone else on the shift.
            roles.append(WING_OFFICER.key)
        for role in roles:
            for unit, establishment in _where(filling, post, ROLES[role].reach):
                rows.append(
                    (
                        filling.staff[post.staff],
                        role,
                        unit,
                        establishment,
                        filling.morning(post.start),
                        filling.after(post.end),
                    )
                )
    add_many(
        Assignment,
        ("staff_id", "role", "unit_id", "establishment_id", "since", "until"),
        rows,
        by=filling.by,
        reason=REASON,
    )


def _where(filling: Filling, post: Post, reach: Reach) -> list[tuple[int | None, int | None]]:
    """The place a role is held for, as (unit, establishment)."""
    if reach in AT_AN_ESTABLISHMENT and post.establishment is not None:
        return [(None, filling.establishments[post.establishment])]
    if reach is not Reach.UNIT:
        return [(None, None)]
    if post.unit is not None:
        return [(filling.units[post.unit], None)]
    # Teachers and instructors work with a whole establishment: one unit after another.
    return [
        (filling.units[unit.id], None)
        for unit in filling.world.units
        if post.establishment in (None, unit.establishment)
    ]
