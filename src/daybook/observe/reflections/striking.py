"""What may be struck, as each app tells it: where it is kept, and in which voices it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from daybook.foundation.access.roles import Compartment

from .vocabulary import Entered


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a kind of entry is kept, and under which names its author, its time and its words.

    ``voices``: columns with words, each with the voice that it speaks in. ``ends``: columns of
    which one is set once it no longer stands. ``parts`` and ``within``: tables that are opened
    with it, and their columns with words.
    """

    model: type[Model]
    author: str
    at: str
    voices: Mapping[str, str]
    ends: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compartment: Compartment = Compartment.WING


kept: dict[Entered, Kept] = {}
"""By kind. A reflection has a reader of its own."""
