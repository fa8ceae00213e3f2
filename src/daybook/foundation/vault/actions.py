"""Sealing words, and erasing what opens them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from daybook.foundation.audit.actions import Actor, record
from daybook.foundation.audit.models import Kind
from daybook.foundation.registry import keys

from .boxes import Sealed, new_key, shut
from .fields import Slot
from .service_keys import unwrapped, wrapped_now


def seal(words: str, *, slot: Slot) -> Sealed:
    """The words, sealed to where they are about to be saved, in the same transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("What is sealed is saved in the transaction that sealed it.")
    whose, compartment = str(slot.whose), slot.compartment
    found = _key_for(whose, compartment)
    if found is None:
        _make_key(whose, compartment)
        found = _key_for(whose, compartment)
    if found is None:
        raise RuntimeError("Nobody is signed in for whom anything could be sealed.")
    name, wrapped, service_key = found
    key = unwrapped(wrapped, service_key, belongs=(str(name), whose, compartment))
    return shut(words, key=key, data_key=name, belongs=slot.belongs)


@transaction.atomic
def erase_keys(
    *, by: Actor | None, whose: UUID | int, compartments: Iterable[str], reason: str
) -> int:
    """Make every word that was sealed there unreadable, for ever; how many keys that took.

    Only for a database role that ``daybook.erase_data_keys`` was granted to. Copies of the
    database still hold the keys until they expire.
    """
    names = sorted(compartments)
    with connection.cursor() as cursor:
        cursor.execute("select daybook.erase_data_keys(%s, %s)", [str(whose), names])
        erased = int(cursor.fetchone()[0])
    record(
        by=by,
        kind=Kind.ERASURE,
        subject=f"keys of sealed words: {', '.join(names)}",
        people=[whose] if isinstance(whose, int) else [],
        record=whose,
        reason=reason,
    )
    return erased


def _key_for(whose: str, compartment: str) -> tuple[UUID, bytes, str] | None:
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.data_key_for(%s, %s)", [whose, compartment])
        row = cursor.fetchone()
    return row and (row[0], bytes(row[1]), row[2])


def _make_key(whose: str, compartment: str) -> None:
    name = keys.new_key()
    wrapped, service_key = wrapped_now(new_key(), belongs=(str(name), whose, compartment))
    with connection.cursor() as cursor:
        cursor.execute(
            "select daybook.keep_data_key(%s, %s, %s, %s, %s)",
            [name, whose, compartment, wrapped, service_key],
        )
