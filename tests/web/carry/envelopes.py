"""Envelopes as a browser makes them, for tests that need none."""

import json
from datetime import timedelta
from typing import Any

from django.core import signing
from django.test import Client
from django.utils import timezone
from joserfc import jwe
from joserfc.jwk import ECKey

from daybook.foundation.registry.keys import new_key
from daybook.web.carry.sealing import ALGORITHMS, STAMP, public_key
from tests.world import World


def envelope(world: World, name: str, person: str, **more: Any) -> str:
    """Sealed by the member of staff called ``name``, just now, unless ``more`` says otherwise."""
    now = timezone.now()
    written = more.pop("written", now)
    stamped = more.pop("stamped", written)
    clock = more.pop("clock", timedelta())
    text = more.pop("text", None)
    key = more.pop("to", None) or ECKey.import_key(public_key())
    staff = world.owner.execute(
        "select key from staff_staff where id = %s", [world.staff[name]]
    ).fetchone()[0]
    content = {
        "key": str(new_key()),
        "stamp": signing.dumps([str(staff), stamped.isoformat()], salt=STAMP),
        "loaded": (stamped + clock).timestamp() * 1000,
        "written": (written + clock).timestamp() * 1000,
        "form": "reflect",
        "person": world.people[person],
        "said": [["contact", "talk"], ["seen_heard", f"Spoke of {person} at length."]],
        "half": False,
    } | more
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1], "kid": public_key()["kid"]}
    return jwe.encrypt_compact(header, text or json.dumps(content), key, algorithms=ALGORITHMS)


def arrive(client: Client, *envelopes: str) -> list[str]:
    answer = client.post("/carry/arrive/", {"sealed": envelopes})
    assert answer.status_code == 200, answer
    said: list[str] = answer.json()["answers"]
    return said
