"""Opening what was sealed, for whoever the walls of its table have shown it to."""

import enum
from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import connection
from django.utils.translation import gettext_lazy as _

from .boxes import Sealed, Shut, opened
from .fields import Slot
from .service_keys import unwrapped

log = structlog.get_logger(__name__)


class Unreadable(enum.Enum):
    """Why there is a box and no words."""

    ERASED = _("Erased: nobody can read it any more.")
    BROKEN = _(
        "This can’t be opened: it was changed or moved outside Daybook, or its key is missing. "
        "Tell whoever keeps Daybook running."
    )

    def __str__(self) -> str:
        return str(self.value)


def unseal(sealed: Sealed, *, slot: Slot) -> str | Unreadable:
    """The words of one box."""
    return unseal_all([(sealed, slot)])[0]


def unseal_all(boxes: Sequence[tuple[Sealed, Slot]]) -> list[str | Unreadable]:
    """The words of each box, in order; the keys come in one question.

    One that does not open keeps nobody from the others.
    """
    data_keys = _data_keys({name for sealed, _slot in boxes if (name := _name(sealed))})
    return [_unsealed(sealed, slot, data_keys) for sealed, slot in boxes]


def _unsealed(
    sealed: Sealed, slot: Slot, data_keys: dict[UUID, bytes | Unreadable]
) -> str | Unreadable:
    key = data_keys.get(_name(sealed) or UUID(int=0), Unreadable.BROKEN)
    if isinstance(key, bytes):
        try:
            return opened(sealed, key=key, belongs=slot.belongs)
        except Shut:
            key = Unreadable.BROKEN
    if key is Unreadable.BROKEN:
        log.error("sealed words do not open", table=slot.table, row=str(slot.row))
    return key


def _name(sealed: Sealed) -> UUID | None:
    try:
        return sealed.data_key
    except Shut:
        return None


def _data_keys(names: set[UUID]) -> dict[UUID, bytes | Unreadable]:
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select * from daybook.data_keys(%s::uuid[])", [sorted(names)])
        rows = cursor.fetchall()
    return {name: _data_key(name, *rest) for name, *rest in rows}


def _data_key(
    name: UUID, whose: str, compartment: str, wrapped: bytes | None, service_key: str
) -> bytes | Unreadable:
    if wrapped is None:
        return Unreadable.ERASED
    try:
        belongs = (str(name), whose, compartment)
        return unwrapped(bytes(wrapped), service_key, belongs=belongs)
    except Shut:
        return Unreadable.BROKEN
