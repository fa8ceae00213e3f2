"""Shared desks in tests: a browser that is one, and somebody with a badge."""

import uuid

from django.core.signing import get_cookie_signer
from django.test import Client
from django.utils import timezone

from daybook.foundation.staff.badges import hidden_code, hidden_pin
from daybook.foundation.staff.desks import COOKIE, SALT
from tests.world import World

BADGE, PIN = "kw7rm-2xh9c", "483920"


def a_desk(world: World, name: str = "the office", unit: str = "a") -> uuid.UUID:
    return world.insert(
        "staff_desk", key=uuid.uuid4(), name=name, unit_id=world.units[unit],
        made_at=timezone.now(), made_by_id=world.staff["head-of-unit"],
    )  # fmt: skip


def cookie_of(desk: uuid.UUID) -> str:
    """What the browser at this desk holds."""
    return get_cookie_signer(salt=COOKIE + SALT).sign(str(desk))


def sit_at(world: World, desk: uuid.UUID | None = None) -> Client:
    """A browser at a desk, at which nobody has signed in."""
    client = Client()
    client.cookies[COOKIE] = cookie_of(desk or a_desk(world))
    return client


def give_badge(world: World, staff: str, code: str = BADGE, pin: str = PIN) -> None:
    world.insert(
        "staff_badge", staff_id=world.staff[staff], code=hidden_code(code), wrong_pins=0,
        given_at=timezone.now(), pin=hidden_pin(pin) if pin else "",
        pin_set_at=timezone.now() if pin else None,
    )  # fmt: skip
