"""What waited sealed arrives once, under its author's name, and nothing of it is lost."""

from base64 import urlsafe_b64encode as b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from joserfc.jwk import ECKey

from daybook.web.carry import sealing
from tests.world import World

from .envelopes import arrive, envelope

pytestmark = pytest.mark.django_db(transaction=True)

ME, AMIR, JONAS = "wing-officer", "Amir Kaya", "Jonas Petit"


def reflections(world: World) -> list[Any]:
    return world.owner.execute(
        "select person_id, author_id, seen_heard, day from reflections_reflection order by saved_at"
    ).fetchall()


def arrivals(world: World) -> list[Any]:
    return world.owner.execute(
        "select outcome, said is not null from carry_arrival order by arrived_at"
    ).fetchall()


def test_an_entry_arrives_as_if_written_on_its_own_page(world: World) -> None:
    written = timezone.now() - timedelta(hours=3)
    sent = envelope(world, ME, AMIR, written=written)
    assert arrive(world.client(ME), sent) == ["saved"]
    [(person, author, words, day)] = reflections(world)
    assert (person, author) == (world.people[AMIR], world.staff[ME])
    assert words == "Spoke of Amir Kaya at length."
    assert day == timezone.localdate(written)
    assert arrivals(world) == [("saved", False)]
    logged = world.owner.execute(
        "select people from audit_entry where kind = 'collection' and subject = 'reflection'"
    ).fetchall()
    assert logged == [([world.people[AMIR]],)]


def test_a_row_of_the_round_arrives_too(world: World) -> None:
    said = [["contact", "seen"], ["difference", "as-usual"]]
    assert arrive(world.client(ME), envelope(world, ME, AMIR, form="round", said=said)) == ["saved"]
    assert world.owner.execute(
        "select form, difference from reflections_reflection"
    ).fetchall() == [("quick", "as-usual")]


def test_the_same_envelope_again_changes_nothing(world: World) -> None:
    sent = envelope(world, ME, AMIR)
    client = world.client(ME)
    assert [arrive(client, sent, sent), arrive(client, sent)] == [["saved", "saved"], ["saved"]]
    assert arrive(world.client(ME), sent) == ["saved"]
    assert len(reflections(world)) == 1


def test_two_tablets_send_the_same_entry_at_once(world: World) -> None:
    sent = envelope(world, ME, AMIR)
    clients = [world.client(ME) for _ in range(4)]

    def send(client: Any) -> list[str]:
        try:
            return arrive(client, sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as tablets:
        assert list(tablets.map(send, clients)) == [["saved"]] * 4
    assert len(reflections(world)) == len(arrivals(world)) == 1


def test_the_same_key_with_other_words_is_not_taken_for_them(world: World) -> None:
    key = "0199c0de-0000-7000-8000-000000000001"
    client = world.client(ME)
    assert arrive(client, envelope(world, ME, AMIR, key=key)) == ["saved"]
    assert arrive(world.client("b-officer"), envelope(world, "b-officer", "Bao Tran", key=key)) == [
        "shut"
    ]
    assert len(reflections(world)) == 1


def test_another_s_entry_waits_for_its_author(world: World) -> None:
    sent = envelope(world, ME, AMIR)
    assert arrive(world.client("personal-officer"), sent) == ["not-yours"]
    assert reflections(world) == arrivals(world) == []
    assert arrive(world.client(ME), sent) == ["saved"]


def test_who_has_the_public_key_alone_leaves_nothing_in_a_colleagues_name(world: World) -> None:
    for stamp in ("", "forged:stamp:here"):
        assert arrive(world.client(ME), envelope(world, ME, AMIR, stamp=stamp)) == ["shut"]
    assert reflections(world) == arrivals(world) == []


def test_tampered_with_or_sealed_to_another_key_it_stays_shut(world: World) -> None:
    good = envelope(world, ME, AMIR)
    header, key, iv, sealed, tag = good.split(".")
    other = ECKey.generate_key("P-256")
    bad = [
        ".".join((header, key, iv, sealed[:-2] + ("AA" if sealed[-2:] != "AA" else "BB"), tag)),
        ".".join((header, key, iv, sealed, "A" * len(tag))),
        envelope(world, ME, AMIR, to=other),
        envelope(world, ME, AMIR, form="delete-everything"),
        envelope(world, ME, AMIR, loaded="x"),
        envelope(world, ME, AMIR, said=[["contact"]]),
        envelope(world, ME, AMIR, text="[" * 10_000),
        envelope(world, ME, AMIR, text='{"key":' * 10_000),
        ".".join((b64encode(b"[" * 10_000).decode().rstrip("="), key, iv, sealed, tag)),
        "",
        "x.y.z",
        "....",
    ]
    assert arrive(world.client(ME), *bad) == ["shut"] * len(bad)
    assert reflections(world) == arrivals(world) == []


@pytest.fixture
def other_keys(settings: Any) -> Iterator[Any]:
    sealing.keys.cache_clear()
    yield settings
    sealing.keys.cache_clear()


def test_an_earlier_key_still_opens_what_waits(
    world: World, other_keys: Any, tmp_path: Any
) -> None:
    old, new = (ECKey.generate_key("P-256").as_pem(private=True) for _ in range(2))
    file = tmp_path / "old.pem"
    file.write_bytes(old)
    other_keys.SEAL_KEY = str(file)
    sent = envelope(world, ME, AMIR)
    sealing.keys.cache_clear()
    other_keys.SEAL_KEY, other_keys.SEAL_KEYS_OLD = new.decode(), []
    assert arrive(world.client(ME), sent) == ["shut"]
    sealing.keys.cache_clear()
    other_keys.SEAL_KEYS_OLD = [str(file)]
    assert arrive(world.client(ME), sent) == ["saved"]


def test_a_clock_that_is_wrong_is_put_right(world: World) -> None:
    written = timezone.now() - timedelta(hours=2)
    sent = envelope(
        world, ME, AMIR, stamped=written - timedelta(hours=1), written=written,
        clock=timedelta(days=-400),
    )  # fmt: skip
    assert arrive(world.client(ME), sent) == ["saved"]
    [(device, right, arrived)] = world.owner.execute(
        "select device_at, written_at, arrived_at from carry_arrival"
    ).fetchall()
    assert abs(right - written) < timedelta(seconds=1)
    assert written - device > timedelta(days=399)
    assert arrived > written
    assert reflections(world)[0][3] == timezone.localdate(written)


def test_five_hundred_entries_arrive_in_batches(world: World) -> None:
    client = world.client(ME)
    sent = [envelope(world, ME, (AMIR, JONAS)[n % 2]) for n in range(500)]
    for start in range(0, 500, 50):
        assert arrive(client, *sent[start : start + 50]) == ["saved"] * 50
    # The line dropped before an answer came: all of them once more.
    assert arrive(client, *sent[:50]) == ["saved"] * 50
    assert len(reflections(world)) == len(arrivals(world)) == 500


def test_no_more_than_fifty_are_taken_at_once(world: World) -> None:
    assert len(arrive(world.client(ME), *["x"] * 60)) == 50


def test_one_that_cannot_be_saved_keeps_none_of_the_others_waiting(world: World) -> None:
    sent = [
        envelope(world, ME, AMIR, said=[["contact", "not-seen"], ["difference", "as-usual"]]),
        envelope(world, ME, "Cem Demir"),
        envelope(world, ME, JONAS),
    ]
    assert arrive(world.client(ME), *sent) == ["look", "look", "saved"]
    assert len(reflections(world)) == 1


def test_nobody_who_writes_of_nobody_gets_anything_in(world: World) -> None:
    sent = envelope(world, "governor", AMIR)
    assert arrive(world.client("governor"), sent) == ["look"]
    assert reflections(world) == []
