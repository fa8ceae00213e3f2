"""Second factors in tests: a code device that somebody has, and what it shows."""

import json
from typing import Any

import psycopg
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import encrypt
from django.test import Client
from playwright.sync_api import Page

from tests.world import PASSWORD

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def give_device(owner: psycopg.Connection, username: str) -> None:
    """A code device with ``SECRET``, put into the database as its owner."""
    owner.execute(
        "insert into mfa_authenticator (user_id, type, data, created_at)"
        " select id, 'totp', %s, now() from staff_staff where username = %s",
        [json.dumps({"secret": encrypt(SECRET), "last_counter": -1}), username],
    )


def shown(later: int = 0) -> str:
    """What the device shows now, or that many half minutes later."""
    counter = list(totp.yield_hotp_counters_from_time())[1] + later
    code: str = totp.format_hotp_value(totp.hotp_value(SECRET, counter))
    return code


def come_in(client: Client, username: str, **more: Any) -> Any:
    """Password, and what the device shows where that is asked; gives the last answer."""
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD, **more})
    if answer.headers.get("Location") == "/sign-in/second/":
        answer = client.post("/sign-in/second/", {"code": shown()})
    return answer


def sign_in(page: Page, address: str, username: str, password: str = PASSWORD) -> None:
    """The same in a browser, for somebody to whom ``give_device`` gave one."""
    page.goto(f"{address}/sign-in/")
    page.get_by_label("Staff number").fill(username)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))
    if page.url.endswith("/sign-in/second/"):
        page.get_by_label("Code").fill(shown())
        page.get_by_label("Code").press("Enter")
