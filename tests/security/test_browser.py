"""What every answer tells the browser, and what no page takes from one."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from tests.security.doors import DOORS, Given, everything, furnish, takes, url
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

OPENED_BY = (
    "head-of-unit", "case-lead", "chaplain", "duty-manager", "governor", "complaints-custodian",
    "administrator", "data-protection-officer", "wing-officer", "oversight",
)  # fmt: skip
IN_MARKUP = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
KEPT_BY_BROWSERS = {"carry:worker", "carry:offline", "alive", "ready"}
"""Hold nothing about anybody: the worker that stands in without the network, and its page."""


@pytest.fixture
def here(world: World) -> Given:
    world.add_staff("a-officer", "wing-officer", "personal-officer", unit="a")
    return furnish(
        world, "a", "Amir Kaya", officer="head-of-unit", second="a-officer", lead="case-lead"
    )


def opened(world: World, here: Given) -> dict[str, Any]:
    """Each page once, by somebody to whom it opens."""
    found: dict[str, Any] = {}
    for who in OPENED_BY:
        client = world.client(who)
        for name, door in DOORS.items():
            if door.get and name not in found:
                answer = client.get(url(name, here))
                if answer.status_code == 200:
                    found[name] = answer
    return found


@pytest.mark.slow
def test_every_page_is_ours_alone_and_kept_nowhere(world: World, here: Given) -> None:
    answers, wrong = opened(world, here), []
    assert len(answers) > 80
    answers["nothing here"] = world.client("governor").get("/people/999999/")
    answers["only by button"] = world.client("governor").get("/lock/")
    for name, answer in answers.items():
        headers, text = answer.headers, answer.content.decode("latin-1")
        policy = headers.get("Content-Security-Policy", "")
        fine = {
            "policy": "default-src 'none'" in policy and "unsafe" not in policy,
            "markup": "html" not in headers["Content-Type"] or not IN_MARKUP.search(text),
            "kept": name in KEPT_BY_BROWSERS or "no-store" in headers.get("Cache-Control", ""),
            "sniffed": headers.get("X-Content-Type-Options") == "nosniff",
            "framed": headers.get("X-Frame-Options") == "DENY",
            "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "resource": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
            "device": "camera=()" in headers.get("Permissions-Policy", ""),
            "referrer": headers.get("Referrer-Policy") == "same-origin",
        }
        wrong += [f"{name}: {what}" for what, holds in fine.items() if not holds]
    assert wrong == []


def test_cookies_go_to_this_site_alone() -> None:
    from daybook.config import settings as shipped

    assert shipped.SESSION_COOKIE_SAMESITE == shipped.CSRF_COOKIE_SAMESITE == "Strict"
    assert shipped.SESSION_COOKIE_HTTPONLY
    # Secure wherever HTTPS is spoken, which is everywhere but on one machine.
    assert shipped.SESSION_COOKIE_SECURE == shipped.CSRF_COOKIE_SECURE == (not shipped.PLAIN_HTTP)


# ---- No page takes a file ----


def with_a_file(client: Client, address: str, said: Given, file: SimpleUploadedFile) -> Any:
    """As a browser sends it: with the token of the page, which is looked for before the view."""
    client.cookies["csrftoken"] = token = "a" * 32
    return client.post(address, said | {"file": file}, headers={"X-CSRFToken": token})


@pytest.mark.slow
def test_no_door_takes_a_file(world: World, here: Given) -> None:
    signed_in = [world.client(who).cookies for who in ("head-of-unit", "chaplain")]
    before, wrong = everything(world), []
    for cookies in signed_in:
        client = Client(enforce_csrf_checks=True)
        client.cookies = cookies
        for name in DOORS:
            file = SimpleUploadedFile("bomb.zip", b"PK\x03\x04" + b"\0" * 100_000)
            with transaction.atomic():
                answer = with_a_file(client, url(name, here), DOORS[name].send(here), file)
                transaction.set_rollback(True)
            refused = (answer.status_code, "Daybook takes no files" in answer.content.decode())
            if refused != (415, True):
                wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []
    assert everything(world) == before


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(world: World, here: Given) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.client("head-of-unit").cookies
    file = SimpleUploadedFile("large.bin", b"x" * 50_000_000)
    address = url("reflections:reflect", here)
    assert with_a_file(client, address, {}, file).status_code == 415


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
@pytest.mark.parametrize("body", [b"[" * 10_000, b"\0\xff" * 5000])
@pytest.mark.slow
def test_a_body_of_another_kind_is_a_form_with_nothing_in_it(
    world: World, here: Given, kind: str, body: bytes
) -> None:
    client, broken = world.client("head-of-unit"), []
    for name in DOORS:
        with transaction.atomic():
            answer = client.post(url(name, here), body, content_type=kind)
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            broken.append(f"{name}: {answer.status_code}")
    assert broken == []


# ---- A form sent again, by somebody else ----


@pytest.mark.slow
def test_another_s_form_sent_again_changes_nothing_of_theirs(world: World, here: Given) -> None:
    """A colleague who came by the form of another, key and all, adds nothing under their name
    and alters nothing that they signed."""
    world.add_staff("other-head", "head-of-unit", unit="a")
    mine, other, wrong = world.client("head-of-unit"), world.client("other-head"), []
    for name, door in DOORS.items():
        if door.post is None or not takes(name):
            continue
        said = door.send(here)
        if "key" not in said:
            continue
        if mine.post(url(name, here), said).status_code != 302:
            continue
        signed = rows_of(world, said["key"])
        again = other.post(url(name, here), said)
        if again.status_code >= 500 or rows_of(world, said["key"]) != signed:
            wrong.append(f"{name}: {again.status_code}")
    assert wrong == []


def rows_of(world: World, key: Any) -> list[str]:
    """Everything stored under this key, in whichever table."""
    tables = world.owner.execute(
        "select table_name from information_schema.columns where table_schema = 'public'"
        " and column_name = 'id' and data_type = 'uuid' and table_name !~ '^audit'"
    ).fetchall()
    found = []
    for (table,) in tables:
        found += world.owner.execute(f"select r::text from {table} r where id = %s", [key])
    return [row for (row,) in found]
