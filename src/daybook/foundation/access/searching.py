"""Finding words in what was written, in one kind of record at a time (``search.sql``)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.migrations.operations import RunSQL

from daybook.foundation.registry.providers import FoundWords

from .roles import Compartment, Right
from .scope import scope
from .viewer import Viewer


def searchable(
    table: str, *, compartment: str, words: Sequence[str], at: str, stands: str = "true"
) -> RunSQL:
    """For migrations: let these columns of a table be found by their words.

    ``stands`` says which rows are there to be found: none that was struck or taken back.
    """
    said = " || ' ' || ".join(words)
    there = f"({' || '.join(words)}) <> '' and {stands}"
    kept = ", ".join(
        "'" + text.replace("'", "''") + "'" for text in (table, compartment, said, there, at)
    )
    return RunSQL(
        [
            f"create index {table}_words on {table} using gin (daybook.folded({said}))"
            f" where {there}",
            f"insert into daybook.searchable values ({kept})",
        ],
        reverse_sql=[
            f"drop index {table}_words",
            f"delete from daybook.searchable where kept_in = '{table}'",
        ],
    )


@dataclass(frozen=True)
class Written:
    """Where words are looked for: a provider of ``registry.providers.written``."""

    model: type[models.Model]
    columns: tuple[str, ...]
    compartment: Compartment
    at: str
    label: object

    def __call__(self, *, viewer: Viewer, words: Sequence[str], limit: int) -> Iterator[FoundWords]:
        """The newest rows in which each word begins a word, about people in reach there."""
        if not viewer.may(Right.READ, self.compartment) or not words:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "select id from daybook.find_words(%s, %s, %s)",
                [self.model._meta.db_table, list(words), limit],
            )
            keys = [key for (key,) in cursor.fetchall()]
        manager: Any = self.model._default_manager
        rows = scope(manager.filter(id__in=keys), viewer=viewer, compartment=self.compartment)
        for person, at, *said in rows.values_list("person_id", self.at, *self.columns):
            yield FoundWords(person, at, str(self.label), tuple(filter(None, said)))
