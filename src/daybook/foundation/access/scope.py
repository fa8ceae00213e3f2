"""The first wall: the one function through which every read of a person's records goes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Lookup, Model, QuerySet
from django.http import Http404

from .roles import Compartment, Right
from .viewer import LARGEST, Viewer

M = TypeVar("M", bound=Model)


class Among(Lookup):
    """Whether a key is one of many, told as one array: a parameter each costs Django more than
    the answer costs the database."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = any(%s::bigint[])", [*params, f"{{{','.join(map(str, self.rhs))}}}"]


def scope(
    rows: QuerySet[M],
    *,
    viewer: Viewer,
    compartment: Compartment,
    right: Right = Right.READ,
    person: str = "person_id",
) -> QuerySet[M]:
    """Only the rows about people whom ``viewer`` reaches in ``compartment``."""
    viewer.asks(compartment, right)
    if viewer.everywhere:
        return rows if viewer.may(right, compartment) else rows.none()
    within = viewer.people(compartment, right)
    return rows.filter(Among(F(person), list(within))) if within else rows.none()


def reached(
    people: Iterable[int],
    *,
    viewer: Viewer,
    compartment: Compartment,
    right: Right = Right.READ,
) -> list[int]:
    """Of these people, those whom ``viewer`` reaches in ``compartment``: for reads in plain SQL,
    which lists ask where the words of the ORM would cost more than the answer."""
    viewer.asks(compartment, right)
    if not viewer.may(right, compartment):
        return []
    if viewer.everywhere:
        return sorted({person for person in people if person <= LARGEST})
    return sorted(viewer.people(compartment, right).intersection(people))


def require(
    person_id: int,
    *,
    viewer: Viewer,
    compartment: Compartment = Compartment.IDENTITY,
    right: Right = Right.READ,
) -> None:
    """Go on, or answer exactly as if the person did not exist."""
    if person_id > LARGEST:
        raise Http404
    if viewer.everywhere:
        within = viewer.may(right, compartment)
    elif right is Right.READ:
        # A page that reads about one person soon asks about others: all are asked for at once.
        within = person_id in viewer.people(compartment, right)
    else:
        within = viewer.reaches(person_id, compartment, right)
    if not within:
        raise Http404


@contextmanager
def as_author(viewer: Viewer) -> Iterator[None]:
    """Inside, the database shows what the viewer wrote, about anyone, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("set local role daybook_author")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(
                    "set local role daybook_wide" if viewer.everywhere else "set local role none"
                )
